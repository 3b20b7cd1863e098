"""One style sheet made from the tokens, for light, dark or what the system says."""

from __future__ import annotations

from pathlib import Path
from string import Template

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop.widgets.tokens import DARK, LIGHT, Theme

THEMES = {"system": "跟随系统", "light": "浅色", "dark": "深色"}


class Style(QObject):
    """The look of the whole window.

    Args:
        folder: where ``app.qss`` lies.
    """

    changed = Signal()

    def __init__(self, folder: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._icons = (folder.parent / "icons").as_posix()
        self._template = Template((folder / "app.qss").read_text(encoding="utf-8"))
        self._wanted = "system"
        self.theme = LIGHT
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    def use(self, wanted: str) -> None:
        """``light``, ``dark`` or ``system``."""
        self._wanted = wanted if wanted in THEMES else "system"
        self._apply()

    def _system_changed(self) -> None:
        if self._wanted == "system":
            self._apply()

    def _apply(self) -> None:
        dark = self._wanted == "dark" or (self._wanted == "system" and _system_is_dark())
        self.theme = DARK if dark else LIGHT
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.setPalette(_palette(self.theme))
            app.setStyleSheet(self._template.safe_substitute(self.theme.as_dict(), icons=self._icons))
        _CURRENT[0] = self.theme
        self.changed.emit()


_CURRENT: list[Theme] = [LIGHT]


def current_theme() -> Theme:
    """The theme that is shown, for what paints itself."""
    return _CURRENT[0]


def _system_is_dark() -> bool:
    return QGuiApplication.styleHints().colorScheme() is Qt.ColorScheme.Dark


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    table = {
        role.Window: theme.surface,
        role.Base: theme.field,
        role.AlternateBase: theme.hover,
        role.Button: theme.card,
        role.Text: theme.ink,
        role.WindowText: theme.ink,
        role.ButtonText: theme.ink,
        role.ToolTipBase: theme.card,
        role.ToolTipText: theme.ink,
        role.PlaceholderText: theme.quiet,
        role.Highlight: theme.selection,
        role.HighlightedText: theme.ink,
        role.Link: theme.fact,
    }
    for key, colour in table.items():
        palette.setColor(key, QColor(colour))
    for key in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, key, QColor(theme.quiet))
    return palette
