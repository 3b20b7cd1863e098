"""Whether a model has room in this computer's memory, in words with a sign."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from desktop.widgets.basics import label
from desktop.words import size_words, tr
from engine.domain import Fit, ModelFit

_WORDS = {
    Fit.FITS: ("✓ 内存够用，大约要 {needed}", "ok"),
    Fit.TIGHT: ("△ 内存有点紧：大约要 {needed}，现在空着 {free}。能写，先关掉别的程序会快些", "warn"),
    Fit.TOO_LARGE: ("⛔ 内存不够：大约要 {needed}，现在空着 {free}。请换小一点的", "bad"),
}
_SHORT = {Fit.FITS: "✓ 内存够用", Fit.TIGHT: "△ 内存有点紧", Fit.TOO_LARGE: "⛔ 内存不够"}


def fit_label(fit: ModelFit | None) -> QLabel | None:
    """A line of its own; None where nobody knows."""
    if fit is None or fit.fit not in _WORDS:
        return None
    words, role = _WORDS[fit.fit]
    made = label("", role, wrap=True)
    made.setText(tr(words, needed=size_words(fit.needed_bytes), free=size_words(fit.free_bytes)))
    return made


def fit_words(fit: ModelFit) -> str:
    """A few words for a list."""
    return tr(_SHORT[fit.fit]) if fit.fit in _SHORT else ""
