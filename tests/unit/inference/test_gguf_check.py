"""Whole and broken GGUF files."""

from __future__ import annotations

import random
from contextlib import suppress
from pathlib import Path

import pytest

from engine.errors import ModelBroken, ModelMissing
from engine.inference.gguf_check import check_gguf, read_head, shard_files
from tests.tiny_model import LAYERS, write_tiny_model


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_tiny_model(tmp_path_factory.mktemp("模型 一") / "tiny.gguf")


def reason(path: Path) -> str:
    with pytest.raises(ModelBroken) as caught:
        check_gguf(path, "m")
    return caught.value.reason


def test_a_whole_file_tells_its_numbers(whole: Path) -> None:
    head = check_gguf(whole, "m")
    assert head.number("block_count") == LAYERS
    assert 0 <= whole.stat().st_size - head.needed_bytes < 64


def test_a_file_cut_anywhere_is_truncated(whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    for size in (10, 24, 100, 5000, len(data) // 2, len(data) - 100):
        cut = tmp_path / "cut.gguf"
        cut.write_bytes(data[:size])
        assert reason(cut) == "truncated"


@pytest.mark.parametrize("data", [b"", b"GG", b"PK\x03\x04" + bytes(100), b"GGUF\x63\x00\x00\x00" + bytes(100)])
def test_other_files_are_not_gguf(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "x.gguf"
    path.write_bytes(data)
    assert reason(path) == "not_gguf"


def test_a_missing_file_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing):
        check_gguf(tmp_path / "none.gguf", "m")


def test_a_missing_shard_is_named(whole: Path, tmp_path: Path) -> None:
    first = tmp_path / "m-00001-of-00002.gguf"
    first.write_bytes(whole.read_bytes())
    assert [p.name for p in shard_files(first)] == ["m-00001-of-00002.gguf", "m-00002-of-00002.gguf"]
    assert reason(first) == "shard_missing"


def test_mutated_files_are_read_or_refused(whole: Path, tmp_path: Path) -> None:
    data, dice, path = whole.read_bytes(), random.Random(5), tmp_path / "m.gguf"
    head = data[:12_000]
    for _ in range(300):
        mutated = bytearray(head)
        for _ in range(dice.randint(1, 6)):
            mutated[dice.randrange(4, 12_000 if dice.random() < 0.5 else 900)] = dice.choice(
                (0, 1, 255, dice.randrange(256))
            )
        path.write_bytes(mutated)
        with suppress(ModelBroken):
            read_head(path, "m")
