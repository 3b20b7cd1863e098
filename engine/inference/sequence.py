"""One draft while it is decoded: its tokens, its text, and what the rules say after each of them.

The text is built from bytes, so a character appears when it is whole. A forbidden phrase sends the sequence back to
before the token that began it; that token is banned at that place, and the rest is drawn anew. Everything that can be
known without llama.cpp is here, so it is tested without it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from engine.domain import StopReason, count_characters
from engine.inference import text_rules
from engine.inference.text_rules import PhraseIndex, Utf8Stream

MAX_ROLLBACKS = 48
"""Rollbacks that one draft may need before it is given up as blocked."""


class TokenSource(Protocol):
    """What a sequence needs of its sampler."""

    def rewind(self, tokens: Sequence[int], attempt: int) -> None:
        """Begin again after ``tokens``."""
        ...

    def close(self) -> None:
        """Free what it holds."""
        ...


@dataclass(frozen=True, slots=True)
class Rules:
    """What a draft is held to: tokens, characters at most and at least (0 for none), phrases; ``thinks`` cuts a thinking head off."""

    max_tokens: int
    max_characters: int
    min_characters: int
    phrases: PhraseIndex
    thinks: bool


@dataclass(slots=True)
class _Mark:
    """The state after a token: characters so far, whether a character is unfinished."""

    characters: int
    pending: bool


class DraftSequence:
    """One draft; ``place`` is its number in the context, ``prompt`` the tokens before it."""

    def __init__(
        self, index: int, place: int, prompt: Sequence[int], rules: Rules, piece: Callable[[int], bytes]
    ) -> None:
        self.index, self.place = index, place
        self.tokens: list[int] = []
        self.stop: StopReason | None = None
        self.rollbacks = 0
        self.raw = ""
        self._last_prompt_token, self._prompt_length = prompt[-1], len(prompt)
        self._rules, self._piece = rules, piece
        self._logprobs: list[float] = []
        self._marks: list[_Mark] = []
        self._banned: dict[int, set[int]] = {}
        self._stream = Utf8Stream()
        self._hidden = 0

    @property
    def next_token(self) -> int:
        """The token whose row is wanted next."""
        return self.tokens[-1] if self.tokens else self._last_prompt_token

    @property
    def next_position(self) -> int:
        """The position of ``next_token``: cells from here on are not computed yet."""
        return self._prompt_length - 1 + len(self.tokens)

    @property
    def banned(self) -> frozenset[int]:
        """Tokens that may not come next."""
        return frozenset(self._banned.get(len(self.tokens), ()))

    @property
    def is_short(self) -> bool:
        """Whether it may not end yet; an empty draft is no draft."""
        least = self._rules.min_characters
        return not self.tokens or (least > 0 and count_characters(self.text) < least)

    @property
    def text(self) -> str:
        """What the seller sees: without thinking and surrounding space."""
        return self.raw[self._hidden :].strip()

    @property
    def logprob(self) -> float:
        """Mean log-probability of the tokens."""
        return sum(self._logprobs) / len(self._logprobs) if self._logprobs else 0.0

    def end(self, stop: StopReason) -> None:
        """The draft is finished; the first reason counts."""
        self.stop = self.stop or stop

    def take(self, token: int, logprob: float, sampler: TokenSource) -> None:
        """Append a drawn token and apply the rules; may roll back, or end the draft."""
        before = len(self.raw)
        self.tokens.append(token)
        self._logprobs.append(logprob)
        self.raw += self._stream.feed(self._piece(token))
        self._marks.append(_Mark(len(self.raw), self._stream.pending))
        if self._rules.thinks:
            self._hidden = text_rules.hidden_length(self.raw)
        fresh = max(before, self._hidden)
        if fresh < len(self.raw) and self._hidden < len(self.raw):
            self._apply_rules(fresh, sampler)
        if self.stop is None and len(self.tokens) >= self._rules.max_tokens:
            self.end(StopReason.LENGTH)

    def _apply_rules(self, fresh: int, sampler: TokenSource) -> None:
        start = self._rules.phrases.find(self.raw, fresh)
        if start is not None and start >= self._hidden:
            self._roll_back(start, sampler)
            return
        visible = self.raw[self._hidden :]
        seen = fresh - self._hidden
        for cut, reason in (
            (text_rules.find_loop(visible, seen), StopReason.LOOP),
            (text_rules.length_cut(visible, seen, self._rules.max_characters), StopReason.LENGTH),
        ):
            if cut is not None:
                self.raw = self.raw[: self._hidden + cut]
                self.end(reason)
                return

    def _roll_back(self, start: int, sampler: TokenSource) -> None:
        """Go back to before the token in which character ``start`` begins, and ban that token there."""
        count = next(i for i, mark in enumerate(self._marks) if mark.characters > start)
        while count and self._marks[count - 1].pending:
            count -= 1
        self.rollbacks += 1
        self._banned = {place: tokens for place, tokens in self._banned.items() if place <= count}
        self._banned.setdefault(count, set()).add(self.tokens[count])
        self._keep(count)
        if self.rollbacks > MAX_ROLLBACKS:
            self.raw = self.raw[: self._hidden + text_rules.last_sentence_end(self.raw[self._hidden :])]
            self.end(StopReason.BLOCKED)
        else:
            sampler.rewind(self.tokens, self.rollbacks)

    def _keep(self, count: int) -> None:
        del self.tokens[count:], self._logprobs[count:], self._marks[count:]
        self._stream = Utf8Stream()
        self.raw = "".join(self._stream.feed(self._piece(token)) for token in self.tokens)
        if self._rules.thinks:
            self._hidden = text_rules.hidden_length(self.raw)
