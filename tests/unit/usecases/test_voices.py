"""A voice's tone and never-used words reach the model; a voice that is gone changes nothing."""

from __future__ import annotations

from test_compose import BRIEF, make

from engine.domain import Channel, ComposeRequest, Tone
from engine.domain.preference import BrandVoice
from engine.errors import NotFound
from engine.progress import Ticket
from engine.usecases.compose import ComposeListener
from engine.usecases.voices import speak_as, voice_tone

VOICE = BrandVoice("小甜铺", ("温柔", "活泼"), ("宝藏",), ("廉价", " "), ("宝，这条裙子真好穿呀！",), 7)
LISTENER = ComposeListener(lambda *_: None, lambda _: None)


class Shelf:
    """One voice."""

    def get(self, voice_id):
        if voice_id != VOICE.voice_id:
            raise NotFound("voice", str(voice_id))
        return VOICE


def asked(request, prompt_format="brief-v1"):
    composer, model, _store = make(["雪纺连衣裙，轻软好穿，日常都合适。"], voices=Shelf())
    model.prompt_format = prompt_format
    composer.compose(request, LISTENER, Ticket())
    return model.asked[0]


def test_the_never_used_words_are_forbidden_while_the_text_is_made() -> None:
    found = asked(ComposeRequest(BRIEF, Channel.DETAIL, voice_id=7, never_say=("便宜",)))
    assert {"便宜", "廉价"} <= set(found.forbidden) and " " not in found.forbidden and "" not in found.forbidden


def test_the_tone_reaches_the_prompt_unless_the_seller_chose_one() -> None:
    assert "语气亲切" in asked(ComposeRequest(BRIEF, Channel.DETAIL, voice_id=7)).prompt.own
    chosen = speak_as(ComposeRequest(BRIEF, Channel.DETAIL), None)
    assert chosen.brief.tone is Tone.NONE
    assert voice_tone(BrandVoice("空", ("随缘",))) is Tone.NONE


def test_a_model_that_follows_instructions_is_told_the_whole_voice() -> None:
    found = asked(ComposeRequest(BRIEF, Channel.DETAIL, voice_id=7), "plain-v1")
    assert "口吻：语气温柔、活泼" in found.prompt.own and "宝藏" in found.prompt.own


def test_a_voice_that_was_deleted_is_no_voice() -> None:
    found = asked(ComposeRequest(BRIEF, Channel.DETAIL, voice_id=8), "plain-v1")
    assert "廉价" not in found.forbidden and "口吻" not in found.prompt.own
