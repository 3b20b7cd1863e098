"""What is said of a text, and how long that takes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain.speaking import FASTEST, SLOWEST, beats, sentences, speaking_seconds, spoken_text


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("，。！🌿", 0),
        ("大家好", 3),
        ("大家好！", 3),
        ("59.9元", 4),
        ("含棉95%", 7),
        ("穿 Oversize 卫衣", 6),
        ("好看🌿 #连衣裙 #通勤", 2),
    ],
)
def test_characters_digits_and_words_are_beats(text: str, count: int) -> None:
    assert beats(text) == count


def test_a_minute_holds_as_many_beats_as_the_pace_says() -> None:
    assert speaking_seconds("字" * 240, 240) == 60
    assert speaking_seconds("字" * 240, 120) == 120
    assert speaking_seconds("好", 360) == 1 and speaking_seconds("……", 240) == 0


def test_hashtags_and_pictograms_are_not_said() -> None:
    assert spoken_text("风来了🌿\n#通勤 #连衣裙\n走吧") == "风来了\n走吧"


def test_a_text_is_said_sentence_by_sentence() -> None:
    assert sentences("姐妹们好！今天讲这条裙子。\n它“不透”。\n🌿\n#话题") == (
        "姐妹们好！",
        "今天讲这条裙子。",
        "它“不透”。",
    )


@given(st.text(max_size=200), st.integers(SLOWEST, FASTEST))
def test_any_text_has_a_time_and_faster_is_not_longer(text: str, pace: int) -> None:
    assert 0 <= speaking_seconds(text, FASTEST) <= speaking_seconds(text, pace) <= speaking_seconds(text, SLOWEST)
    assert sum(map(beats, sentences(text))) <= beats(text) + len(text)
