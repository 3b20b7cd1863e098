"""A model folder is believed only as far as its manifest and its bytes agree."""

from __future__ import annotations

import hashlib
import json
import random
import struct
from pathlib import Path
from typing import Any

import pytest

from engine.errors import Cancelled, ModelBroken, ModelMissing
from engine.files.gguf_header import read_gguf_header
from engine.files.manifest import check_files, read_manifest, verify_files, write_manifest
from engine.progress import Step, Ticket


def text(value: str) -> bytes:
    return struct.pack("<Q", len(value.encode())) + value.encode()


def tiny_gguf() -> bytes:
    pairs = [
        text("general.architecture") + struct.pack("<I", 8) + text("qwen2"),
        text("general.name") + struct.pack("<I", 8) + text("小模型"),
        text("qwen2.context_length") + struct.pack("<II", 4, 2048),
        text("general.file_type") + struct.pack("<II", 4, 15),
        text("tokens") + struct.pack("<IIQ", 9, 8, 2) + text("甲") + text("乙"),
        text("scores") + struct.pack("<IIQ", 9, 6, 2) + struct.pack("<ff", 1, 2),
        text("flag") + struct.pack("<I?", 7, True),
    ]
    return b"GGUF" + struct.pack("<IQQ", 3, 0, len(pairs)) + b"".join(pairs) + b"weights" * 99


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "C盘 我的 文件"
    path.mkdir()
    (path / "模型 a.gguf").write_bytes(tiny_gguf())
    (path / "manifest.json").write_text(json.dumps(manifest()), "utf-8")
    return path


def manifest(**changes: Any) -> dict[str, Any]:
    content = tiny_gguf()
    file = {"name": "模型 a.gguf", "size": len(content), "sha256": hashlib.sha256(content).hexdigest().upper()}
    return {
        "name": "starter",
        "title": "入门模型",
        "base": "b",
        "licence": "Apache-2.0",
        "prompt_format": "brief-v1",
        "context_tokens": 2048,
        "quantisation": "Q4_0",
        "files": [file],
        "evaluation": {"bleu4": 8.1},
        "made_by_a_newer_version": 1,
    } | changes


def test_a_manifest_comes_back_as_it_was_written(folder: Path) -> None:
    found = read_manifest(folder)
    assert (found.name, found.files[0].name, found.evaluation) == ("starter", "模型 a.gguf", {"bleu4": 8.1})
    write_manifest(folder, found)
    assert read_manifest(folder) == found
    check_files(folder, found)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "../x"),
        ("name", ""),
        ("name", 3),
        ("title", None),
        ("prompt_format", "brief-v9"),
        ("context_tokens", 0),
        ("context_tokens", True),
        ("files", []),
        ("files", [{"name": "../a.gguf", "size": 1, "sha256": "0" * 64}]),
        ("files", [{"name": "a.exe", "size": 1, "sha256": "0" * 64}]),
        ("files", [{"name": "a.gguf", "size": -1, "sha256": "0" * 64}]),
        ("files", [{"name": "a.gguf", "size": 1, "sha256": "short"}]),
        ("evaluation", []),
    ],
)
def test_a_field_that_cannot_be_is_named(folder: Path, field: str, value: object) -> None:
    (folder / "manifest.json").write_text(json.dumps(manifest(**{field: value})), "utf-8")
    with pytest.raises(ModelBroken) as caught:
        read_manifest(folder)
    assert caught.value.reason == f"manifest:{field}"


@pytest.mark.parametrize("content", [b"{", b"[]", b"\xff\xff", b""])
def test_a_manifest_that_is_no_json_object_is_refused(folder: Path, content: bytes) -> None:
    (folder / "manifest.json").write_bytes(content)
    with pytest.raises(ModelBroken) as caught:
        read_manifest(folder)
    assert caught.value.reason == "manifest_not_json"


def test_a_folder_without_a_manifest_is_no_model(folder: Path) -> None:
    with pytest.raises(ModelMissing):
        read_manifest(folder / "没有")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "file_missing"), (b"GGUF", "file_size"), (b"<html>".ljust(len(tiny_gguf())), "not_gguf")],
)
def test_a_changed_file_is_noticed_at_opening(folder: Path, content: bytes | None, reason: str) -> None:
    path = folder / "模型 a.gguf"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(ModelBroken) as caught:
        check_files(folder, read_manifest(folder))
    assert caught.value.reason == f"{reason}:模型 a.gguf"


def test_one_changed_byte_is_found_by_the_full_check_only(folder: Path) -> None:
    steps: list[Step] = []
    verify_files(folder, read_manifest(folder), Ticket(steps.append))
    assert steps[-1].done == steps[-1].total == len(tiny_gguf())
    (folder / "模型 a.gguf").write_bytes(tiny_gguf()[:-1] + b"!")
    check_files(folder, read_manifest(folder))
    with pytest.raises(ModelBroken) as caught:
        verify_files(folder, read_manifest(folder), Ticket())
    assert caught.value.reason.startswith("file_hash")


def test_the_full_check_can_be_stopped(folder: Path) -> None:
    ticket = Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        verify_files(folder, read_manifest(folder), ticket)


def test_a_gguf_header_tells_what_the_model_is(folder: Path) -> None:
    header = read_gguf_header(folder / "模型 a.gguf")
    assert (header.architecture, header.name, header.context_tokens) == ("qwen2", "小模型", 2048)
    assert (header.quantisation, header.shard_count, header.values["flag"]) == ("Q4_K_M", 1, True)


def test_a_damaged_header_is_refused_in_words(folder: Path) -> None:
    chance = random.Random(7)
    path = folder / "b.gguf"
    for _ in range(400):
        content = bytearray(tiny_gguf())
        for _ in range(chance.randrange(1, 6)):
            content[chance.randrange(260)] = chance.randrange(256)
        path.write_bytes(bytes(content[: chance.choice([len(content), chance.randrange(260)])]))
        try:
            read_gguf_header(path)
        except ModelBroken as problem:
            assert problem.reason in {"not_gguf", "gguf_version", "truncated", "header"}
