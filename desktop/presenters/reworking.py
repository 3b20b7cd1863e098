"""What is made of a draft that is there: its text worked on, more of its kind, another channel, another tone."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from desktop.presenters.slots import Slots
from desktop.presenters.writing import WritingPresenter
from engine.domain import CHANNELS, Channel, ComposeRequest, Task, Tone, count_characters
from engine.domain.channels import TASK_NAMES

PART_CHANNEL = Channel.DETAIL
"""The channel whose form is that of plain paragraphs."""


class ReworkingPresenter(QObject):
    """Turns a wish about a card into a request; the new cards come before it."""

    def __init__(self, writing: WritingPresenter, slots: Slots, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writing, self._slots = writing, slots

    def work_on(self, key: int, task: Task) -> None:
        """Rewrite, expand, condense or clarify the text of a card."""
        slot = self._slots.get(key)
        if slot is not None:
            brief = slot.brief.with_source(slot.text)
            self._writing.add(slot, ComposeRequest(brief, slot.channel, task))

    def more(self, key: int) -> None:
        """Write further drafts just as a card's own was asked for."""
        slot = self._slots.get(key)
        if slot is not None:
            request = ComposeRequest(slot.brief, slot.channel, slot.task, length=slot.length)
            self._writing.add(slot, request, ("再来几条",))

    def change_channel(self, key: int, channel: Channel) -> None:
        """Say a card's text again as another channel wants it; one that is too short for it grows."""
        slot = self._slots.get(key)
        if slot is None:
            return
        least = CHANNELS[channel].min_length
        length = least if count_characters(slot.text) < least else None
        request = ComposeRequest(slot.brief.with_source(slot.text), channel, Task.REWRITE, length=length)
        self._writing.add(slot, request, ("换渠道", CHANNELS[channel].name))

    def change_tone(self, key: int, tone: Tone) -> None:
        """Say a card's text again in another tone."""
        slot = self._slots.get(key)
        if slot is not None:
            brief = replace(slot.brief.with_source(slot.text), tone=tone)
            self._writing.add(slot, ComposeRequest(brief, slot.channel, Task.REWRITE), ("换语气", tone.value))

    def work_on_part(self, key: int, part: str, task: Task, tone: Tone) -> None:
        """Work on a part of a card's text alone, which has no form to keep to: it is written as plain lines."""
        slot = self._slots.get(key)
        if slot is not None:
            brief = replace(slot.brief.with_source(part), tone=slot.brief.tone if tone is Tone.NONE else tone)
            what = TASK_NAMES[task] if tone is Tone.NONE else "换语气"
            self._writing.add(slot, ComposeRequest(brief, PART_CHANNEL, task), (what, "选中的一段"))
