"""Bundles: consent, redaction, formats, the same bytes, verification, sealing."""

from __future__ import annotations

import json
import os
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.domain import Brief, Channel, ComposeRequest, Draft, StopReason
from engine.domain.records import Candidate, ChoiceRecord, Consent, ConsentScope, Feedback, RatingReason
from engine.errors import BundleInvalid, ConsentMissing, FileUnreadable, FileUnwritable
from engine.usecases.bundle import BundleOptions, Bundles
from engine.usecases.bundle_reading import inspect, verify
from engine.usecases.bundle_seal import make_key_pair

SCHEMAS = Path(__file__).resolve().parents[3] / "assets" / "schemas"
NOW = datetime(2026, 3, 14, tzinfo=UTC)
CONSENT = Consent("2026-1", tuple(ConsentScope), NOW)


def candidate(index: int, text: str, **said: object) -> Candidate:
    draft = Draft(index, text, len(text), index, StopReason.END, -1.0, rank=index, draft_id=index + 1)
    edited = said.pop("edited_text", None)
    return Candidate(draft, Feedback(draft.draft_id, **said), edited)  # type: ignore[arg-type]


def record(number: int = 0, *candidates: Candidate) -> ChoiceRecord:
    shown = candidates or (
        candidate(0, "甲稿，电话13812345678"),
        candidate(
            1, "乙稿", picked=True, rating=5, reasons=(RatingReason.CLEAR,), final_text="乙定稿", seconds_to_accept=9.0
        ),
        candidate(2, "丙稿", rating=1),
    )
    request = ComposeRequest(Brief("雪纺连衣裙", offer="联系人：王芳"), Channel.TITLE)
    return ChoiceRecord(f"{number:024x}", number, request, 7, "shop-1", "ab" * 32, NOW, shown)


class Choices:
    """A source of choices."""

    def __init__(self, *found: ChoiceRecord, withdrawn: tuple[str, ...] = ()) -> None:
        self._found, self._withdrawn = found, withdrawn

    def records(self) -> list[ChoiceRecord]:
        return list(self._found)

    def withdrawn_keys(self) -> list[str]:
        return list(self._withdrawn)


def bundles(*found: ChoiceRecord, withdrawn: tuple[str, ...] = ()) -> Bundles:
    return Bundles(Choices(*found, withdrawn=withdrawn), lambda: "0" * 32, (), "0.1")


def lines(path: Path, name: str) -> list[dict[str, object]]:
    with zipfile.ZipFile(path) as archive:
        return [json.loads(line) for line in archive.read(name).decode().splitlines()]


@pytest.mark.parametrize("consent", [None, replace(CONSENT, withdrawn_at=NOW), replace(CONSENT, scope=())])
def test_without_consent_there_is_no_bundle(tmp_path: Path, consent: Consent | None) -> None:
    with pytest.raises(ConsentMissing):
        bundles(record()).export(tmp_path / "b.zip", consent)
    assert list(tmp_path.iterdir()) == []


def test_a_bundle_verifies_and_counts_its_rows(tmp_path: Path) -> None:
    made = bundles(record(1), record(2), withdrawn=("f" * 24,)).export(tmp_path / "b.zip", CONSENT)
    checked = verify(tmp_path / "b.zip", SCHEMAS)
    assert checked == made == inspect(tmp_path / "b.zip")
    assert checked.rows == {"records.jsonl": 2, "sft.jsonl": 2, "dpo.jsonl": 6, "kto.jsonl": 4}
    assert checked.withdrawn == ("f" * 24,)


def test_the_used_text_is_chosen_over_every_other(tmp_path: Path) -> None:
    bundles(record()).export(tmp_path / "b.zip", CONSENT)
    dpo = lines(tmp_path / "b.zip", "dpo.jsonl")
    assert [(row["chosen"], row["rejected"]) for row in dpo] == [
        ("乙定稿", "甲稿，电话〔电话〕"),
        ("乙定稿", "丙稿"),
        ("乙定稿", "乙稿"),
    ]
    assert lines(tmp_path / "b.zip", "sft.jsonl")[0]["completion"] == "乙定稿"
    kto = lines(tmp_path / "b.zip", "kto.jsonl")
    assert [(row["completion"], row["label"]) for row in kto] == [("乙定稿", True), ("丙稿", False)]
    assert str(dpo[0]["prompt"]).endswith("<|im_start|>assistant\n")


def test_personal_data_is_gone_and_reported(tmp_path: Path) -> None:
    made = bundles(record()).export(tmp_path / "b.zip", CONSENT)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        everything = b"".join(archive.read(name) for name in archive.namelist()).decode()
    assert "13812345678" not in everything and "王芳" not in everything
    assert made.redactions == {"电话": 1, "姓名": 1}


def test_the_preview_shows_each_hit_with_its_place() -> None:
    hits = bundles(record()).preview(CONSENT)
    assert {(hit.field, hit.hit.text) for hit in hits} == {("text", "13812345678"), ("brief.offer", "王芳")}


def test_what_the_seller_keeps_is_kept(tmp_path: Path) -> None:
    bundles(record()).export(tmp_path / "b.zip", CONSENT, BundleOptions(keep=("13812345678",)))
    assert "13812345678" in json.dumps(lines(tmp_path / "b.zip", "records.jsonl"), ensure_ascii=False)


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        bundles(record(1), record(2)).export(tmp_path / name, CONSENT)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_narrow_consent_gives_no_words(tmp_path: Path) -> None:
    bundles(record()).export(tmp_path / "b.zip", replace(CONSENT, scope=(ConsentScope.CHOICES,)))
    assert verify(tmp_path / "b.zip", SCHEMAS).rows["sft.jsonl"] == 0
    (row,) = lines(tmp_path / "b.zip", "records.jsonl")
    assert row["brief"] is None and row["prompt"] == ""
    assert "乙稿" not in json.dumps(row, ensure_ascii=False)


def test_llama_factory_finds_its_columns(tmp_path: Path) -> None:
    bundles(record()).export(tmp_path / "b.zip", CONSENT)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        info = json.loads(archive.read("dataset_info.json"))
    for entry in info.values():
        rows = lines(tmp_path / "b.zip", entry["file_name"])
        assert rows and all(set(entry["columns"].values()) <= set(row) for row in rows)
    assert info["zhanggui_dpo"]["ranking"] is True


def rewrite(path: Path, name: str, change: object) -> None:
    """Replace one file of a bundle."""
    with zipfile.ZipFile(path) as archive:
        files = {n: archive.read(n) for n in archive.namelist()}
    files[name] = change(files[name])  # type: ignore[operator]
    with zipfile.ZipFile(path, "w") as archive:
        for n, data in files.items():
            archive.writestr(n, data)


@pytest.mark.parametrize("name", ["records.jsonl", "sft.jsonl", "dataset_info.json", "manifest.json"])
def test_a_changed_file_is_named(tmp_path: Path, name: str) -> None:
    path = tmp_path / "b.zip"
    bundles(record()).export(path, CONSENT)
    rewrite(path, name, lambda data: data.replace(b"title", b"titel").replace(b"\xe4\xb9\x99", b"\xe4\xb8\x99") + b" ")
    if name == "manifest.json":
        rewrite(path, name, lambda data: data.replace(b'"schema_version": 1', b'"schema_version": 2'))
    with pytest.raises(BundleInvalid, match=name):
        verify(path, SCHEMAS)


def test_a_sealed_bundle_opens_for_its_reader_only(tmp_path: Path) -> None:
    private, public = make_key_pair()
    other, _ = make_key_pair()
    path = tmp_path / "b.zgb"
    bundles(record()).export(path, CONSENT, BundleOptions(recipient_key=public))
    assert "雪纺".encode() not in path.read_bytes()
    assert verify(path, SCHEMAS, private).rows["records.jsonl"] == 1
    for key, why in (("", "sealed"), (other, "cannot_decrypt"), ("xyz", "bad_key")):
        with pytest.raises(BundleInvalid, match=why):
            inspect(path, key)


def test_noise_comes_only_when_asked_for(tmp_path: Path) -> None:
    plain = json.loads(bundles(record()).export(tmp_path / "a.zip", CONSENT).manifest)["aggregates"]
    assert plain == {"epsilon": None, "requests_by_channel": {"title": 1}, "picks_by_rank": {"1": 1}}
    counts = set()
    for number in range(12):
        made = bundles(*[record(n) for n in range(20)]).export(
            tmp_path / f"{number}.zip", CONSENT, BundleOptions(epsilon=0.5)
        )
        counts.add(json.loads(made.manifest)["aggregates"]["requests_by_channel"]["title"])
    assert len(counts) > 2
    assert verify(tmp_path / "0.zip", SCHEMAS).rows["records.jsonl"] == 20


def test_places_that_cannot_be_written_or_read_are_said(tmp_path: Path) -> None:
    with pytest.raises(FileUnwritable):
        bundles(record()).export(tmp_path / "none" / "b.zip", CONSENT)
    with pytest.raises(FileUnreadable):
        inspect(tmp_path / "none.zip")


@settings(
    max_examples=80 * int(os.environ.get("ZHANGGUI_FUZZ", "1")),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(cut=st.integers(0, 3000), junk=st.binary(max_size=12))
def test_no_damaged_bundle_crashes(tmp_path: Path, cut: int, junk: bytes) -> None:
    whole, path = tmp_path / "whole.zip", tmp_path / "b.zip"
    if not whole.exists():
        bundles(record()).export(whole, CONSENT)
    data = whole.read_bytes()
    path.write_bytes(data[: cut % len(data)] + junk + data[cut % len(data) + len(junk) :])
    try:
        verify(path, SCHEMAS)
    except BundleInvalid:
        assert path.read_bytes() != data
