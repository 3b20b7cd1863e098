"""Settings are declared once, checked at every change, and never lost with a broken file."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.domain import CHANNELS, MAX_DRAFTS, Channel
from engine.errors import FileUnreadable, FileUnwritable, SettingInvalid
from engine.settings import SettingKind, Settings, changed, declared, load_settings, save_settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "C盘 我的 文件" / "settings.json"


def test_every_field_is_declared_with_a_title_and_one_sentence() -> None:
    assert [setting.name for setting in declared()] == [f.name for f in fields(Settings)]
    for setting in declared():
        assert setting.title and setting.sentence.endswith("。")
        assert changed(Settings(), setting.name, setting.default) == Settings()


def test_choices_mirror_the_tables_of_the_domain() -> None:
    by_name = {setting.name: setting for setting in declared()}
    assert [(c.value, c.title) for c in by_name["channel"].choices] == [
        (channel.value, CHANNELS[channel].name) for channel in Channel
    ]
    assert by_name["drafts"].high == MAX_DRAFTS


def test_settings_come_back_from_their_file(path: Path) -> None:
    settings = changed(changed(Settings(), "drafts", 8), "mirror", "https://hf-mirror.example/ ".strip())
    save_settings(path, settings)
    assert load_settings(path) == settings
    assert [file.name for file in path.parent.iterdir()] == ["settings.json"]


def test_without_a_file_the_defaults_hold_and_none_is_made(path: Path) -> None:
    assert load_settings(path) == Settings()
    assert not path.exists()


@pytest.mark.parametrize("content", [b"{broken", b"[1]", b"", b"\xff\xfe\x00", b"[" * 100_000])
def test_a_broken_file_is_put_aside_and_nothing_of_it_is_lost(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert load_settings(path) == Settings()
    assert path.with_name("settings.json.broken").read_bytes() == content
    path.write_bytes(b"{again")
    load_settings(path)
    assert path.with_name("settings.json.broken").read_bytes() == content
    assert path.with_name("settings.json.broken2").read_bytes() == b"{again"


def test_one_bad_value_falls_back_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_text(json.dumps({"drafts": 99, "theme": "dark", "backup": "yes", "gpu": 3, "future": {"a": 1}}))
    assert load_settings(path) == changed(Settings(), "theme", "dark")


def test_fields_of_a_newer_version_stay_in_the_file(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"future": {"a": 1}}')
    save_settings(path, changed(load_settings(path), "drafts", 2))
    assert json.loads(path.read_text("utf-8"))["future"] == {"a": 1}


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("nothing", 1, "unknown"),
        ("drafts", 0, "out_of_range"),
        ("drafts", 17, "out_of_range"),
        ("drafts", "4", "wrong_type"),
        ("drafts", True, "wrong_type"),
        ("backup", 1, "wrong_type"),
        ("theme", "pink", "not_a_choice"),
        ("theme", None, "wrong_type"),
        ("mirror", "ftp://x", "not_a_choice"),
        ("mirror", "https://", "not_a_choice"),
        ("remote_url", "http://[::1", "not_a_choice"),
        ("remote_url", "http://a:99999", "not_a_choice"),
        ("model", "a\nb", "wrong_type"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_in_words(name: str, value: object, reason: str) -> None:
    with pytest.raises(SettingInvalid) as caught:
        changed(Settings(), name, value)
    assert caught.value.reason == reason


@given(st.dictionaries(st.sampled_from([s.name for s in declared()]), st.one_of(st.none(), st.integers(), st.text())))
def test_any_value_is_taken_or_refused(values: dict[str, object]) -> None:
    for name, value in values.items():
        try:
            settings = changed(Settings(), name, value)
        except SettingInvalid:
            continue
        assert getattr(settings, name) is not None


def test_a_folder_in_the_files_place_is_said_and_not_touched(path: Path) -> None:
    path.mkdir(parents=True)
    with pytest.raises(FileUnreadable):
        load_settings(path)
    with pytest.raises((FileUnreadable, FileUnwritable)):
        save_settings(path, Settings())


def test_the_remote_server_and_the_network_are_off_by_default() -> None:
    assert Settings().remote_url == "" and Settings().mirror == ""
    assert {s.kind for s in declared() if s.name in ("remote_url", "mirror")} == {SettingKind.ADDRESS}
