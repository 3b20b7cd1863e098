"""Lists, keeps, fills, imports and exports templates."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.face import EngineFace
from desktop.jobs import Job, Jobs, Lane
from desktop.shown import FormState, Message
from desktop.words import tr
from engine.domain.records import Template


class TemplatesPresenter(QObject):
    """Between the page and the store."""

    listed = Signal(list)
    shown = Signal(object)
    holes = Signal(object, object)
    used = Signal(object)
    message = Signal(object)
    failed = Signal(object)
    problems = Signal(tuple)

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs

    def refresh(self) -> None:
        """Show what there is."""
        self._jobs.ask(Lane.STORE, self._engine.templates.all, self.listed.emit)

    def save(self, template: Template) -> None:
        """Keep it; a built-in one becomes one of the shop's own."""

        def done(kept: Template) -> None:
            self.shown.emit(kept)
            self.message.emit(Message(tr("模板“{title}”已保存", title=kept.title)))
            self.refresh()

        self._do(lambda: self._engine.templates.save(template), done)

    def delete(self, template: Template) -> None:
        """Put it away, with a way back."""

        def done(_none: Any) -> None:
            undo = lambda: self._do(lambda: self._engine.templates.undelete(template.key), lambda _: self.refresh())  # noqa: E731
            self.message.emit(Message(tr("模板“{title}”已删除", title=template.title), tr("撤销"), undo))
            self.refresh()

        self._do(lambda: self._engine.templates.delete(template.key), done)

    def from_form(self, state: FormState) -> None:
        """A new template of what stands in the brief form."""
        brief = state.brief
        lines = [f"活动：{brief.offer}"] if brief.offer else []
        lines += [f"人群：{brief.audience}"] if brief.audience else []
        lines += [f"卖点：{point}" for point in brief.points]
        self.shown.emit(Template("", state.channel, "\n".join(lines), tone=brief.tone))

    def use(self, template: Template, state: FormState) -> None:
        """Lay it over the form; its holes are asked for first."""

        def done(known: Template) -> None:
            if known.variables:
                self.holes.emit(known, state)
            else:
                self.fill(known, {}, state)

        self._do(lambda: self._engine.templates.with_holes(template), done)

    def fill(self, template: Template, values: dict[str, str], state: FormState) -> None:
        """The form with the template's lines."""

        def done(found: Any) -> None:
            self.used.emit(replace(state, brief=found.brief, channel=found.channel))

        self._do(lambda: self._engine.templates.use(template, values, state.brief), done)

    def import_from(self, path: Path) -> None:
        """Add those of a file."""

        def done(found: Any) -> None:
            self.message.emit(Message(tr("导入了 {count} 个模板", count=len(found.templates))))
            if found.problems:
                self.problems.emit(found.problems)
            self.refresh()

        self._do(lambda: self._engine.templates.import_from(path), done)

    def export(self, path: Path) -> None:
        """Write the shop's own."""
        self._do(
            lambda: self._engine.templates.export(path),
            lambda count: self.message.emit(Message(tr("导出了 {count} 个模板", count=count))),
        )

    def _do(self, work: Any, done: Any) -> None:
        job = Job(Lane.STORE, lambda _job: work(), done)
        job.failed = self.failed.emit
        self._jobs.start(job)
