"""Full-text search in Chinese: texts become tokens here, SQLite's FTS5 only keeps and finds them.

The word cutter is a function that the composition root hands in; the default needs none: character pairs, and single
characters so that a one-character search finds something. Tokens are folded (NFKC, lower case, letters and digits
only), so that full-width and half-width, upper and lower case are one. The index splits at ASCII spaces alone.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterable

from engine.store.session import Session

Tokenizer = Callable[[str], list[str]]

MAX_QUERY_TOKENS = 24

_RUN = re.compile(r"[0-9a-z]+|[^\W0-9a-z_]+")
_ASCII = re.compile(r"[0-9a-z]+")


def character_pairs(text: str) -> list[str]:
    """Tokens without a dictionary: words and numbers whole, other scripts as characters and neighbouring pairs."""
    tokens: list[str] = []
    for run in _RUN.findall(_folded(text)):
        if _ASCII.fullmatch(run):
            tokens.append(run)
        else:
            tokens.extend(run)
            tokens.extend(run[at : at + 2] for at in range(len(run) - 1))
    return tokens


def index_text(parts: Iterable[str], tokenize: Tokenizer) -> str:
    """What the index keeps for these texts: each different token once (order and counts are of no use to it)."""
    return " ".join(dict.fromkeys(_tokens("\n".join(parts), tokenize)))


def match_expression(search: str, tokenize: Tokenizer) -> str:
    """An FTS5 query that asks for every token of ``search``; "" when it holds nothing to search for.

    Single characters are left out where longer tokens of the same search say more; the last token of letters or digits
    may go on (so ``ipho`` finds ``iphone`` while it is typed).
    """
    tokens = list(dict.fromkeys(_tokens(search, tokenize)))[:MAX_QUERY_TOKENS]
    longer = [token for token in tokens if len(token) > 1]
    if not longer:
        return " ".join(f'"{token}"*' for token in tokens)
    covered = set("".join(longer))
    kept = longer + [token for token in tokens if len(token) == 1 and token not in covered]
    return " ".join(f'"{token}"' + ("*" if token.isascii() and token == tokens[-1] else "") for token in kept)


class DraftIndex:
    """The full-text index over drafts: current text, product and tags."""

    def __init__(self, session: Session, tokenize: Tokenizer) -> None:
        self._session, self._tokenize = session, tokenize

    def put(self, draft_id: int, parts: Iterable[str]) -> None:
        """Index a draft, or index it anew; belongs into the transaction that changes the draft."""
        self._session.sql("DELETE FROM draft_fts WHERE rowid = ?", (draft_id,))
        self._add(draft_id, parts)

    def match(self, search: str) -> str:
        """The FTS5 query for what the seller typed."""
        return match_expression(search, self._tokenize)

    def rebuild(self) -> None:
        """Fill the index anew (another word cutter, or after a salvage)."""
        rows = "SELECT draft.id, coalesce(edited_text, text), product_name, tags FROM draft JOIN request ON request.id = request_id"
        with self._session.transaction():
            self._session.sql("INSERT INTO draft_fts (draft_fts) VALUES ('delete-all')")
            for draft_id, text, product, tags in self._session.sql(rows):
                self._add(draft_id, (text, product, *json.loads(tags)))

    def _add(self, draft_id: int, parts: Iterable[str]) -> None:
        tokens = index_text(parts, self._tokenize)
        self._session.sql("INSERT INTO draft_fts (rowid, tokens) VALUES (?, ?)", (draft_id, tokens))


def _tokens(text: str, tokenize: Tokenizer) -> Iterable[str]:
    for token in tokenize(text):
        folded = "".join(c if c.isalnum() else " " for c in _folded(token))
        yield from folded.split()


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()
