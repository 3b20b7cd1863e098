"""Asking for a file or a folder with the system's own dialogs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget


def choose_save(window: QWidget, title: str, name: str, kinds: str) -> Path | None:
    """A name for a new file, or None."""
    chosen, _kind = QFileDialog.getSaveFileName(window, title, name, kinds)
    return Path(chosen) if chosen else None


def choose_folder(window: QWidget, title: str) -> Path | None:
    """A folder that is there, or None."""
    chosen = QFileDialog.getExistingDirectory(window, title)
    return Path(chosen) if chosen else None


def choose_file(window: QWidget, title: str, kinds: str) -> Path | None:
    """A file that is there, or None."""
    chosen, _kind = QFileDialog.getOpenFileName(window, title, "", kinds)
    return Path(chosen) if chosen else None


def give(path: Path | None, take: Callable[[Path], object]) -> None:
    """Hand a chosen path on; nothing for None."""
    if path is not None:
        take(path)


def open_path(path: Path) -> None:
    """Open a file or folder with the program that the system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
