"""The poster's geometry: whatever is written, nothing leaves its box, and what is left out is told."""

from __future__ import annotations

from itertools import pairwise, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.poster.breaking import NO_END, NO_START, balanced, break_lines, shortened
from desktop.poster.colours import poster_colours, veil_opacity
from desktop.poster.fitting import Face, Role
from desktop.poster.plan import Plan, Subject, plan_poster
from desktop.poster.values import PIXELS, Arrangement, Box, Ground, PosterWish, PosterWords, Shape
from desktop.poster.words import starting_words
from engine.domain import Attribute, Brief
from engine.domain.colours import Colour, contrast, mix
from engine.domain.palette import MainColour, Palette

WORDS = PosterWords(
    "地铁口的风，也吹得动这条裙子", "面料轻软垂坠。\n碎花不大，颜色干净。", "街角裙子铺", "第二件半价，11月11日前"
)
LONG = PosterWords("一句很长很长的标题" * 12, "写也写不完的正文，" * 90, "牌子名字也长" * 9, "买一送一再送一" * 20)
texts = st.text(st.sampled_from("裙子的风，。！（）《》“”abc XYZ09.%🌿\n 一"), max_size=160)


def measure(text: str, face: Face) -> float:
    """Chinese characters are as wide as they are high, the rest is half as wide."""
    return sum(face.size if ord(letter) > 0x2E7F else face.size * 0.55 for letter in text)


def planned(words: PosterWords, arrangement: Arrangement, shape: Shape, subject: Subject) -> Plan:
    return plan_poster(PosterWish(words, arrangement, shape), subject, measure)


def keeps_inside(plan: Plan) -> None:
    width, height = plan.size
    whole = Box(0, 0, width, height)
    assert whole.holds(plan.words) and whole.holds(plan.room) and whole.holds(plan.ground)
    assert whole.holds(plan.target) and plan.ground.holds(plan.words)
    for line in plan.lines:
        assert plan.words.holds(line.box), line
        assert measure(line.text, Face(line.size, line.bold)) <= line.box.width, line
        assert line.size <= line.box.height
    for above, below in pairwise(plan.lines):
        assert above.box.bottom <= below.box.y
    assert plan.pill is None or plan.words.holds(plan.pill)
    assert plan.rule is None or all(
        plan.rule.bottom <= line.box.y or line.box.bottom - line.size // 4 <= plan.rule.y for line in plan.lines
    )


EVERY = list(
    product(Arrangement, Shape, [Subject(1600, 1600, True), Subject(900, 2000, False), Subject(3000, 60, False)])
)


@pytest.mark.parametrize(("arrangement", "shape", "subject"), EVERY)
def test_usual_words_fit_whole(arrangement: Arrangement, shape: Shape, subject: Subject) -> None:
    plan = planned(WORDS, arrangement, shape, subject)
    keeps_inside(plan)
    assert plan.cut == () and plan.size == PIXELS[shape]
    assert "".join(line.text for line in plan.lines if line.role is Role.HEADLINE) == WORDS.headline


@pytest.mark.parametrize(("arrangement", "shape", "subject"), EVERY)
def test_endless_words_are_left_out_and_told(arrangement: Arrangement, shape: Shape, subject: Subject) -> None:
    plan = planned(LONG, arrangement, shape, subject)
    keeps_inside(plan)
    assert {Role.HEADLINE, Role.BODY} <= set(plan.cut)
    assert any(line.text.endswith("…") for line in plan.lines)


@settings(max_examples=150, deadline=None)
@given(
    st.builds(PosterWords, texts, texts, texts, texts),
    st.sampled_from(Arrangement),
    st.sampled_from(Shape),
    st.builds(Subject, st.integers(1, 5000), st.integers(1, 5000), st.booleans()),
)
def test_nothing_ever_leaves_its_box(
    words: PosterWords, arrangement: Arrangement, shape: Shape, subject: Subject
) -> None:
    keeps_inside(planned(words, arrangement, shape, subject))


def test_a_picture_on_a_plain_ground_is_shown_whole() -> None:
    plan = planned(WORDS, Arrangement.SIDE, Shape.TALL, Subject(1600, 1600, True))
    assert plan.source == Box(0, 0, 1600, 1600) and plan.target.width == plan.target.height
    assert plan.room.holds(plan.target)


def test_another_picture_fills_its_room() -> None:
    plan = planned(WORDS, Arrangement.BELOW, Shape.NOTE, Subject(2000, 1300, False))
    assert plan.target == plan.room
    assert plan.source.width / plan.source.height == pytest.approx(plan.room.width / plan.room.height, rel=0.01)


def test_too_few_pixels_are_told() -> None:
    assert planned(WORDS, Arrangement.FULL, Shape.TALL, Subject(400, 400, False)).soft
    assert not planned(WORDS, Arrangement.FULL, Shape.TALL, Subject(1100, 2000, False)).soft


@given(texts, st.integers(40, 400))
def test_lines_are_as_wide_as_allowed_and_lose_nothing(text: str, width: int) -> None:
    lines = break_lines(text, width, lambda line: measure(line, Face(20, False)))
    assert all(measure(line, Face(20, False)) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_marks_do_not_begin_or_end_a_line() -> None:
    text = "风，雨。（晴）《天》说：“好！”再说一句“行”。"
    for width in range(80, 300, 10):
        lines = break_lines(text, width, lambda line: measure(line, Face(20, False)))
        assert all(line[0] not in NO_START and line[-1] not in NO_END for line in lines), lines


def test_a_headline_breaks_at_its_comma() -> None:
    lines = balanced("一杯挂耳，慢慢醒", 110, lambda line: measure(line, Face(20, True)))
    assert lines == ("一杯挂耳，", "慢慢醒")


def test_a_shortened_line_ends_with_an_ellipsis_and_no_mark_before_it() -> None:
    assert shortened("一二三，四五六", 100, lambda line: measure(line, Face(20, False))) == "一二三…"


hues = st.builds(Colour, *(st.integers(0, 255),) * 3)


@given(st.lists(hues, min_size=1, max_size=5), st.sampled_from(Ground), hues, hues)
def test_every_word_can_be_read_whatever_the_picture(
    found: list[Colour], ground: Ground, one: Colour, other: Colour
) -> None:
    colours = poster_colours(Palette(tuple(MainColour(c, 1 / len(found)) for c in found), None), ground)
    assert contrast(colours.ink, colours.ground) >= 4.5 and contrast(colours.brand, colours.ground) >= 4.5
    assert contrast(colours.on_accent, colours.accent) >= 4.5
    ends = [Colour(*map(choose, one.parts, other.parts)) for choose in (min, max)]
    opacity = veil_opacity(colours, ends[0], ends[1])
    for pixel in (one, other, *ends):
        assert contrast(colours.ink, mix(pixel, colours.ground, opacity)) >= 4.5


def test_a_poster_begins_with_the_drafts_own_words() -> None:
    brief = Brief("连衣裙", attributes=(Attribute("品牌", "街角"),), offer="第二件半价")
    text = "地铁口的风🌿\n面料轻软垂坠。走动时裙摆散开。\n#通勤穿搭 #连衣裙"
    assert starting_words(text, brief) == PosterWords(
        "地铁口的风", "面料轻软垂坠。走动时裙摆散开。", "街角", "第二件半价"
    )


def test_a_long_first_line_gives_its_first_clause() -> None:
    words = starting_words("早上多睡十分钟的办法，一条裙子就是一身。拉链在侧面，穿脱方便。", Brief("裙"))
    assert words.headline == "早上多睡十分钟的办法" and words.body.startswith("一条裙子")


def test_a_text_of_one_line_is_helped_out_with_the_points() -> None:
    assert starting_words("雪纺碎花连衣裙", Brief("裙", points=("垂坠", "不透"))).body == "垂坠\n不透"
    assert starting_words("", Brief("裙")).headline == "裙"
