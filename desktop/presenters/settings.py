"""Reads the declared settings and keeps changes; language and look change the window at once."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.face import EngineFace
from desktop.jobs import Job, Jobs, Lane
from desktop.shown import SettingRow

ELSEWHERE = frozenset({"model", "mirror"})
"""Settings that have a page of their own, or no use in the window."""


class SettingsPresenter(QObject):
    """Between the page and the settings file."""

    listed = Signal(tuple)
    language = Signal(str)
    theme = Signal(str)
    pace = Signal(int)
    failed = Signal(object)

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs

    def refresh(self) -> None:
        """Show what holds now."""
        current = self._engine.settings.current
        self.listed.emit(tuple(_row(field, current) for field in fields(current) if field.name not in ELSEWHERE))

    def change(self, name: str, value: Any) -> None:
        """Keep a value; one that does not fit is shown as it was again."""
        if self._engine.settings.get(name) == value:
            return
        job = Job(
            Lane.FILES, lambda _job: self._engine.settings.set(name, value), lambda _none: self._changed(name, value)
        )
        job.failed = self._not_changed
        self._jobs.start(job)

    def _changed(self, name: str, value: Any) -> None:
        if name == "language":
            self.language.emit(str(value))
        elif name == "theme":
            self.theme.emit(str(value))
        elif name == "pace":
            self.pace.emit(int(value))

    def _not_changed(self, error: Exception) -> None:
        self.failed.emit(error)
        self.refresh()


def _row(field: Any, current: Any) -> SettingRow:
    declared = field.metadata["setting"]
    choices = tuple((choice.value, choice.title) for choice in declared.choices)
    return SettingRow(
        field.name, declared.kind.value, declared.title, declared.sentence, declared.low, declared.high, choices,
        getattr(current, field.name),
    )  # fmt: skip
