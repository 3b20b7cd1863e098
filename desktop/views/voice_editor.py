"""One brand voice: what it is called, how it sounds, its words, samples of its copy, and what those teach."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop.widgets.basics import LineEdit, button, column, holder, label
from desktop.widgets.chips import ChipsEdit
from desktop.widgets.flow import FlowLayout
from desktop.widgets.tokens import CHECK_MS, SPACE_2, SPACE_4
from desktop.words import say, tr
from engine.domain.preference import BrandVoice, Trait

SAMPLE_LINES = 7
EMPTY = BrandVoice("")


class VoiceEditor(QWidget):
    """Shows a voice, and tells of every change after a short rest of the keys."""

    save_wanted = Signal(object)
    delete_wanted = Signal(object)
    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.voice = self._shown = EMPTY
        self._make_fields()
        self.learned = label("", "quiet", wrap=True)
        self.save = button("保存口吻", lambda: self.save_wanted.emit(self.edited()), "primary")
        self.delete = button("删除", lambda: self.delete_wanted.emit(self.voice), icon="trash")
        self._rest = QTimer(self, singleShot=True, interval=CHECK_MS)
        self._rest.timeout.connect(lambda: self.changed.emit(self.edited()))
        self._watch()
        self._lay_out()
        self._look()

    def _make_fields(self) -> None:
        self.name = LineEdit("例如：小甜铺")
        say(self.name.setAccessibleName, "口吻名称")
        self.adjectives = ChipsEdit("＋ 形容词", "活泼")
        self.liked = ChipsEdit("＋ 爱用的词", "宝藏")
        self.never = ChipsEdit("＋ 不用的词", "廉价")
        self.samples = QPlainTextEdit()
        say(self.samples.setAccessibleName, "范文")
        say(self.samples.setPlaceholderText, "把满意的文案贴进来，几篇都行，中间空一行。")
        self.samples.setTabChangesFocus(True)
        self.samples.setMinimumHeight(SAMPLE_LINES * self.fontMetrics().lineSpacing())

    def _watch(self) -> None:
        self.name.textChanged.connect(self._look)
        self.samples.textChanged.connect(self._rest.start)
        for chips in (self.adjectives, self.liked, self.never):
            chips.changed.connect(self._rest.start)

    def _lay_out(self) -> None:
        actions = FlowLayout()
        actions.addWidget(self.save)
        actions.addWidget(self.delete)
        hint = label("例如活泼、亲切、专业、文艺、简洁、朴实。写的时候会照着来。", "small", wrap=True)
        never = label("写的时候一个也不会出现。", "small", wrap=True)
        parts = (
            label("口吻名称", "field"), self.name,
            label("听起来怎么样", "field"), self.adjectives, hint,
            label("爱用的词", "field"), self.liked,
            label("不用的词", "field"), self.never, never,
            label("范文", "field"), self.samples,
            label("从中学到的", "heading"), self.learned,
            holder(actions), None,
        )  # fmt: skip
        box = column(*parts, spacing=SPACE_2)
        box.setContentsMargins(SPACE_4, SPACE_4, SPACE_4, SPACE_4)
        self.setLayout(box)

    def show_voice(self, voice: BrandVoice) -> None:
        """Show one for reading and changing."""
        self.voice = voice
        self.name.setText(voice.name)
        self.adjectives.set_values(voice.adjectives)
        self.liked.set_values(voice.liked)
        self.never.set_values(voice.never)
        self.samples.setPlainText("\n\n".join(voice.samples))
        self._shown = self.edited()
        self._look()
        self._rest.start()

    def edited(self) -> BrandVoice:
        """The voice as it stands here."""
        return replace(
            self.voice,
            name=self.name.text().strip(),
            adjectives=self.adjectives.values(),
            liked=self.liked.values(),
            never=self.never.values(),
            samples=split_samples(self.samples.toPlainText()),
        )

    def unsaved(self) -> BrandVoice | None:
        """The voice as it stands here, when it has a name and was changed since it was shown."""
        edited = self.edited()
        return edited if edited.name and edited != self._shown else None

    def show_kept(self, kept: BrandVoice) -> None:
        """A voice was kept; when it is the one that stands here, it has its number from now on."""
        if replace(self.edited(), voice_id=kept.voice_id, updated_at=kept.updated_at) == kept:
            self.show_voice(kept)

    def show_learned(self, voice: BrandVoice, traits: tuple[Trait, ...]) -> None:
        """What is known of the voice, unless it was changed since it was asked."""
        if voice == self.edited():
            told = tr("；").join(tr(trait.words, value=trait.value) for trait in traits)
            self.learned.setText(told or tr("还没有。填几个形容词，或贴两三篇范文。"))

    def _look(self) -> None:
        self.save.setEnabled(bool(self.name.text().strip()))
        self.delete.setVisible(bool(self.voice.voice_id))


def split_samples(text: str) -> tuple[str, ...]:
    """Texts that stand between empty lines."""
    return tuple(piece.strip() for piece in re.split(r"\n\s*\n", text) if piece.strip())
