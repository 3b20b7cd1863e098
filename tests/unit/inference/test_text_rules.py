"""The rules that a growing text is held to."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.inference.text_rules import PhraseIndex, Utf8Stream, find_loop, hidden_length, length_cut


@given(
    st.text(alphabet="最好第一AaBb，", max_size=40), st.lists(st.text("最好第一ab", min_size=1, max_size=4), max_size=6)
)
def test_a_phrase_is_found_as_soon_as_it_stands_in_the_text(text: str, phrases: list[str]) -> None:
    index = PhraseIndex(phrases)
    found = any(index.find(text[:end], end - 1) is not None for end in range(1, len(text) + 1))
    assert found == any(phrase in text.lower() for phrase in phrases)


def test_a_phrase_that_ended_before_the_fresh_part_is_not_found_again() -> None:
    assert PhraseIndex(["最好"]).find("最好的裙子", 3) is None


def test_of_two_phrases_ending_together_the_one_that_begins_first_is_told() -> None:
    assert PhraseIndex(["第一", "全国第一"]).find("它是全国第一", 5) == 2


@given(st.text(max_size=30), st.integers(1, 4))
def test_text_in_pieces_of_bytes_comes_out_whole_and_never_broken(text: str, size: int) -> None:
    stream, data = Utf8Stream(), text.encode("utf-8", "ignore")
    out = "".join(stream.feed(data[i : i + size]) for i in range(0, len(data), size))
    assert "\ufffd" not in out
    assert out == "".join(
        c for c in data.decode() if c in "\t\n" or not (ord(c) < 32 or 127 <= ord(c) < 160 or c == "\ufffd")
    )


def test_a_character_is_held_back_until_it_is_whole() -> None:
    stream, data = Utf8Stream(), "好".encode()
    assert stream.feed(data[:2]) == "" and stream.pending
    assert stream.feed(data[2:]) == "好" and not stream.pending


def test_invalid_bytes_are_left_out() -> None:
    assert Utf8Stream().feed(b"\xffa\x00b") == "ab"


def test_a_sentence_said_three_times_is_cut_before_the_second() -> None:
    text = "这条裙子很轻盈。穿着舒服。这条裙子很轻盈。还好搭配。这条裙子很轻盈。"
    assert text[: find_loop(text, len(text) - 1)] == "这条裙子很轻盈。穿着舒服。"


def test_a_piece_without_sentence_ends_said_three_times_is_a_loop() -> None:
    text = "开头。" + "轻盈又好看的雪纺连衣裙子" * 3
    cut = find_loop(text, len(text) - 1)
    assert cut is not None and cut < len("开头。") + 13


def test_a_short_cry_may_be_said_three_times() -> None:
    assert find_loop("买它！买它！买它！", 8) is None


def test_ordinary_text_is_no_loop() -> None:
    assert find_loop("面料轻薄，夏天穿不闷。版型宽松，遮肉显瘦。颜色干净，怎么搭都行。", 30) is None


def test_a_text_ends_at_the_first_sentence_end_past_its_length() -> None:
    text = "第一句话很短。第二句话也短。第三"
    assert text[: length_cut(text, 13, 10) or 0] == "第一句话很短。第二句话也短。"


def test_a_text_without_sentence_end_is_cut_at_a_quarter_more() -> None:
    assert length_cut("字" * 12, 11, 10) == 12
    assert length_cut("字" * 11, 10, 10) is None


def test_at_the_cap_the_last_sentence_end_in_the_second_half_is_taken() -> None:
    assert length_cut("字" * 7 + "。" + "字" * 4, 11, 10) == 8


def test_thinking_is_hidden_from_its_first_character_to_its_end() -> None:
    assert hidden_length("<thi") == 4
    assert hidden_length("<think>想一想") == len("<think>想一想")
    assert "<think>\n想\n</think>\n\n文案"[hidden_length("<think>\n想\n</think>\n\n文案") :] == "文案"
    assert hidden_length("<b>文案") == 0 and hidden_length("文案<think>") == 0
