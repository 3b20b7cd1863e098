"""What differs between two texts, word by word: marked by signs and style, never by colour alone."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextOption
from PySide6.QtWidgets import QFrame, QTextEdit

from desktop.widgets.style import current_theme
from desktop.widgets.tokens import LINE_HEIGHT_PERCENT

Pieces = list[tuple[str, str]]
"""``same``, ``added`` and ``removed`` pieces of text, as the engine tells them."""

_SIGNS = {"same": "{}", "added": "<u>＋{}</u>", "removed": "<s>－{}</s>"}
_OWN = '<span style="background-color:{}"><b><u>{}</u></b></span>'


def changes_html(pieces: Pieces) -> str:
    """One text with what came (＋, underlined) and what went (－, struck out)."""
    return "".join(_SIGNS[kind].format(_lines(piece)) for kind, piece in pieces)


def side_html(pieces: Pieces, own: str) -> str:
    """One of two texts; its own words, which are of the kind ``own``, are bold and underlined on a tint."""
    tint = current_theme().accent_soft
    parts = [(kind, _lines(piece)) for kind, piece in pieces if kind in ("same", own)]
    return "".join(_OWN.format(tint, piece) if kind == own else piece for kind, piece in parts)


def own_words(pieces: Pieces, own: str) -> list[str]:
    """The words that only one text has, for those who hear them."""
    return [piece.strip() for kind, piece in pieces if kind == own and piece.strip()]


class MarkedText(QTextEdit):
    """Such a text in the draft's type, to be read and selected; it scrolls by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("draft")
        reading = Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        self.setTextInteractionFlags(reading)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_marked(self, html: str) -> None:
        """Show this, with the air between lines that drafts have."""
        self.setHtml(f'<div style="line-height:{LINE_HEIGHT_PERCENT}%">{html}</div>')


def _lines(piece: str) -> str:
    return escape(piece).replace("\n", "<br>")
