"""Errors, sessions, settings of the form and code points: what needs no window."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import error_words
from desktop.session import Session
from desktop.shown import FormState
from desktop.views.brief_form import read_pair
from desktop.widgets.basics import is_rich_paste
from desktop.widgets.growing_edit import to_points, to_units
from engine import errors
from engine.domain import Attribute, Brief, Channel, Tone

SAMPLES = (
    errors.BriefInvalid("product", "empty"),
    errors.BriefInvalid("points", "too_long", "4000/3000"),
    errors.BriefInvalid("brief", "wrong_type", "object"),
    errors.ChoiceUnknown("tone", "狂野", ("亲切",)),
    errors.FileUnreadable(Path("商品.xlsx"), "encrypted"),
    errors.FileUnwritable(Path("结果.xlsx"), "disk_full"),
    errors.ModelMissing("starter"),
    errors.ModelBroken("starter", "truncated"),
    errors.NotEnoughMemory(2**30, 2**20),
    errors.ContextOverflow(5000, 4096),
    errors.WorkerCrashed(-9),
    errors.ProcessorUnfit(-4),
    errors.StoreUnusable(Path("store.db"), "locked"),
    errors.StoreUnusable(Path("store.db"), "something new"),
    errors.StoreTooNew(9, 1),
    errors.NotFound("draft", "3"),
    errors.ConsentMissing(),
    errors.BundleInvalid("hash"),
    errors.DownloadFailed("m", "timeout"),
    errors.RemoteFailed("http://x", "500"),
    errors.SettingInvalid("drafts", "out_of_range"),
    errors.TableUnusable(("product",), ("a",)),
    errors.PassphraseNeeded(wrong=True),
    errors.RecoveryPhraseWrong("checksum"),
)


@pytest.mark.parametrize("error", SAMPLES, ids=lambda error: type(error).__name__)
def test_every_situation_has_a_sentence_and_an_advice(error: errors.EngineError) -> None:
    words = error_words(error)
    assert words.what.endswith(("。", "！")) and words.advice.endswith("。")
    assert "{" not in words.what + words.advice
    assert type(error).__name__ in words.details


def test_no_error_of_the_engine_is_without_words() -> None:
    kinds = {k for _n, k in inspect.getmembers(errors, inspect.isclass) if issubclass(k, errors.EngineError)}
    assert kinds - {errors.EngineError, errors.Cancelled} <= {type(sample) for sample in SAMPLES}


def test_a_bug_has_words_too_and_keeps_its_traceback_in_the_details() -> None:
    words = error_words(ZeroDivisionError("1/0"))
    assert "意外" in words.what and "ZeroDivisionError" in words.details


@given(st.text(max_size=40), st.integers(0, 40))
def test_places_survive_the_way_to_qt_and_back(text: str, place: int) -> None:
    place = min(place, len(text))
    assert to_points(text, to_units(text, place)) == place


def test_an_emoji_counts_two_units() -> None:
    assert to_units("a🌿b", 2) == 3


@pytest.mark.parametrize(
    ("typed", "pair"),
    [
        ("材质：雪纺", "材质 雪纺"),
        ("材质#雪纺", "材质 雪纺"),
        (" 材质  雪纺 ", "材质 雪纺"),
        ("a=b c", "a b c"),
        ("雪纺", ""),
        ("", ""),
    ],
)
def test_a_pair_is_read_in_every_usual_form(typed: str, pair: str) -> None:
    assert read_pair(typed) == pair


@pytest.mark.parametrize(
    ("text", "rich"), [("连衣裙", False), ("类型#裙*材质#雪纺", True), ("a\nb", True), ("长" * 61, True), ("C#", False)]
)
def test_only_more_than_a_name_is_a_rich_paste(text: str, rich: bool) -> None:
    assert is_rich_paste(text) is rich


def test_a_form_survives_the_way_to_the_disk_and_back(tmp_path: Path) -> None:
    brief = Brief("裙", "女装", (Attribute("材质", "雪纺"),), ("垂坠",), "她", Tone.WARM, "半价")
    state = FormState(brief, Channel.SMS, 7, 60, 3)
    session = Session(tmp_path / "掌柜 数据")
    session.put("inputs", state.to_dict())
    session.write(session.snapshot())
    again = Session(tmp_path / "掌柜 数据")
    again.load()
    assert FormState.from_dict(again.get("inputs")) == state


@pytest.mark.parametrize("content", ["", "{", "[1]", "\udcff"])
def test_a_damaged_memory_is_an_empty_one(tmp_path: Path, content: str) -> None:
    (tmp_path / "window.json").write_bytes(content.encode("utf-8", "surrogateescape"))
    session = Session(tmp_path)
    session.load()
    assert session.get("form") is None


def test_a_folder_that_cannot_be_written_loses_no_start(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("x")
    session = Session(blocked)
    session.put("a", 1)
    session.write(session.snapshot())
    assert blocked.read_text() == "x"
