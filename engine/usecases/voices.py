"""How a brand voice steers what is written: its tone goes into the prompt, its never-used words may not be written.

What else is known of it (rhythm, openings, liked words) a model that follows instructions is told in one line
(``engine.prompts.plain_v1``); drafts of every model are ranked by how well they fit (``engine.ranking.style``).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from engine.domain import ComposeRequest, Tone
from engine.domain.preference import BrandVoice
from engine.errors import NotFound

ADJECTIVE_TONES: dict[str, Tone] = {
    **{tone.value: tone for tone in Tone if tone is not Tone.NONE},
    "可爱": Tone.LIVELY,
    "幽默": Tone.LIVELY,
    "温柔": Tone.WARM,
    "朴实": Tone.WARM,
    "实在": Tone.WARM,
    "沉稳": Tone.EXPERT,
    "干净": Tone.TERSE,
    "利落": Tone.TERSE,
}
"""The tone that the models know for a seller's adjective."""


class VoiceShelf(Protocol):
    """Where voices are kept."""

    def get(self, voice_id: int) -> BrandVoice:
        """One voice; raises ``NotFound``."""
        ...


def find_voice(shelf: VoiceShelf, voice_id: int | None) -> BrandVoice | None:
    """The voice of a request; None when it asks for none, or for one that was deleted meanwhile."""
    if not voice_id:
        return None
    try:
        return shelf.get(voice_id)
    except NotFound:
        return None


def speak_as(request: ComposeRequest, voice: BrandVoice | None) -> ComposeRequest:
    """The request in this voice: its tone where the seller chose none, its never-used words among the forbidden."""
    if voice is None:
        return request
    brief = request.brief
    if brief.tone is Tone.NONE:
        brief = replace(brief, tone=voice_tone(voice))
    never = (word.strip() for word in (*request.never_say, *voice.never))
    return replace(request, brief=brief, never_say=tuple(dict.fromkeys(filter(None, never))))


def voice_tone(voice: BrandVoice) -> Tone:
    """The tone of the first adjective that has one."""
    return next((ADJECTIVE_TONES[word] for word in voice.adjectives if word in ADJECTIVE_TONES), Tone.NONE)
