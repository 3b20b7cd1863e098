"""Every word that a seller sees, and its change of language while the window is open.

Chinese is the source language: ``tr("复制")``. ``say(button.setText, "复制")`` sets a text and sets it again when the
language changes, so no view needs a method for that. What is made of data (tables, cards) listens to ``Words.changed``.
The English catalogue is ``assets/i18n/zhanggui_en.ts``, compiled to ``.qm`` beside it.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import (
    QCoreApplication,
    QDate,
    QDateTime,
    QLibraryInfo,
    QLocale,
    QObject,
    QTime,
    QTranslator,
    Signal,
)
from shiboken6 import isValid

CONTEXT = "zhanggui"
LANGUAGES = {"zh": "简体中文", "en": "English"}

_said: weakref.WeakKeyDictionary[QObject, dict[str, tuple[str, dict[str, object]]]] = weakref.WeakKeyDictionary()


def tr(source: str, **fields: object) -> str:
    """The words in the language of the window; ``fields`` fill the braces."""
    text = QCoreApplication.translate(CONTEXT, source)
    return text.format(**fields) if fields else text


def say(setter: Callable[[str], Any], source: str, **fields: object) -> None:
    """Set a text through a bound method of a Qt object, now and whenever the language changes."""
    owner: QObject = setter.__self__  # type: ignore[attr-defined]
    _said.setdefault(owner, {})[setter.__name__] = (source, fields)
    setter(tr(source, **fields))


def say_again() -> None:
    """Set every text that was said in the language of now."""
    for owner, texts in list(_said.items()):
        if isValid(owner):
            for name, (source, fields) in texts.items():
                getattr(owner, name)(tr(source, **fields))


class Words(QObject):
    """The language of the window.

    Args:
        folder: where ``zhanggui_<language>.qm`` lies.
    """

    changed = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder
        self._translators: list[QTranslator] = []
        self.language = "zh"

    def use(self, language: str) -> None:
        """Speak this language from now on; an unknown one is Chinese."""
        self.language = language if language in LANGUAGES else "zh"
        for old in self._translators:
            QCoreApplication.removeTranslator(old)
        self._translators = [t for t in (self._own(), self._of_qt()) if t is not None]
        for new in self._translators:
            QCoreApplication.installTranslator(new)
        QLocale.setDefault(QLocale(QLocale.Language.English if self.language == "en" else QLocale.Language.Chinese))
        say_again()
        self.changed.emit()

    def _own(self) -> QTranslator | None:
        if self.language == "zh":
            return None
        return self._loaded(f"zhanggui_{self.language}", str(self._folder))

    def _of_qt(self) -> QTranslator | None:
        if self.language == "en":
            return None
        return self._loaded("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))

    def _loaded(self, name: str, folder: str) -> QTranslator | None:
        translator = QTranslator(self)
        return translator if translator.load(name, folder) else None


def date_words(moment: datetime) -> str:
    """Day and minute in local time, short, as the language writes them."""
    local = moment.astimezone()
    day, clock = QDate(local.year, local.month, local.day), QTime(local.hour, local.minute)
    return QLocale().toString(QDateTime(day, clock), QLocale.FormatType.ShortFormat)


def size_words(size: int) -> str:
    """Bytes as people say them."""
    return QLocale().formattedDataSize(size, 1, QLocale.DataSizeFormat.DataSizeTraditionalFormat)
