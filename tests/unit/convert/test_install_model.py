"""A model folder is complete, says the truth about its files, and replaces an older one whole."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

pytest.importorskip("gguf", reason="the gguf package is not installed")
pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")

from convert.__main__ import main
from convert.errors import ConvertRefused, Refusal
from convert.install import ModelFacts, install_model
from convert.quantise import QuantiseOptions, quantise
from convert.recipes import RECIPES
from convert.staging import sha256_of
from engine.domain.model import ModelFile, ModelManifest
from engine.errors import FileUnreadable

FACTS = ModelFacts("starter", "入门模型", "Base", "apache-2.0", "brief-v1", "Q8_0", {"adgen": {"bleu4": 8.1}})


@pytest.fixture
def first_shard(tiny_f16: Path, tmp_path: Path) -> Path:
    return quantise(tiny_f16, tmp_path / "made" / "m.gguf", RECIPES["q8_0"], None, QuantiseOptions(60_000))[0].path


@pytest.fixture
def card(tmp_path: Path) -> Path:
    path = tmp_path / "card.md"
    path.write_text("# 入门模型\n", encoding="utf-8")
    return path


def test_the_manifest_reads_back_as_the_domains_manifest(first_shard: Path, card: Path, tmp_path: Path) -> None:
    folder = tmp_path / "模型 库" / "starter"
    manifest = install_model(first_shard, card, folder, FACTS)
    data = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    files = tuple(ModelFile(**f) for f in data.pop("files"))
    assert ModelManifest(**data, files=files) == manifest
    assert manifest.context_tokens == 256 and manifest.evaluation == {"adgen": {"bleu4": 8.1}}
    for file in manifest.files:
        assert (folder / file.name).stat().st_size == file.size and sha256_of(folder / file.name) == file.sha256
    assert (folder / "MODEL_CARD.md").read_text(encoding="utf-8") == "# 入门模型\n"


def test_an_older_model_is_replaced_whole(first_shard: Path, card: Path, tmp_path: Path) -> None:
    folder = tmp_path / "models" / "starter"
    folder.mkdir(parents=True)
    (folder / "old.gguf").write_bytes(b"old")
    install_model(first_shard, card, folder, FACTS)
    assert not (folder / "old.gguf").exists() and (folder / "manifest.json").is_file()
    assert [path.name for path in folder.parent.iterdir()] == ["starter"]


def test_a_missing_shard_or_card_is_named_and_the_old_model_stays(
    first_shard: Path, card: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "models" / "starter"
    install_model(first_shard, card, folder, FACTS)
    before = (folder / "manifest.json").read_bytes()
    second = sorted(first_shard.parent.glob("*.gguf"))[1]
    second.unlink()
    with pytest.raises(FileUnreadable, match=second.name):
        install_model(first_shard, card, folder, FACTS)
    with pytest.raises(FileUnreadable, match="card"):
        install_model(first_shard, tmp_path / "none.md", folder, FACTS)
    assert (folder / "manifest.json").read_bytes() == before


@pytest.mark.parametrize("facts", [replace(FACTS, name="入门"), replace(FACTS, prompt_format="brief-v9")])
def test_an_unusable_name_or_prompt_format_is_refused(
    first_shard: Path, card: Path, tmp_path: Path, facts: ModelFacts
) -> None:
    with pytest.raises(ConvertRefused) as caught:
        install_model(first_shard, card, tmp_path / "models" / "x", facts)
    assert caught.value.refusal is Refusal.BAD_MODEL_FOLDER


def test_the_command_line_installs_and_tells_the_size(
    first_shard: Path, card: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    evaluation = tmp_path / "adgen.json"
    evaluation.write_text('{"bleu4": 8.4}', encoding="utf-8")
    folder = tmp_path / "models" / "starter"
    facts = ["--name", "starter", "--title", "入门", "--base", "B", "--licence", "apache-2.0", "--quantisation", "Q8_0"]
    paths = ["--model", str(first_shard), "--card", str(card), "--folder", str(folder)]
    assert main(["install", *paths, *facts, "--evaluation", str(evaluation)]) == 0
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["evaluation"] == {"adgen": {"bleu4": 8.4}}
    assert "starter: " in capsys.readouterr().out


def test_a_refusal_is_one_line_and_exit_code_three(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = ["--checkpoint", str(tmp_path / "none"), "--out", str(tmp_path / "x.gguf")]
    assert main(["gguf", *paths, "--name", "x", "--base-model", "y"]) == 3
    error = capsys.readouterr().err
    assert error.startswith("convert: ") and error.count("\n") == 1 and "config.json" in error


def test_wrong_usage_is_exit_code_two(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["gguf"])
    assert caught.value.code == 2 and "--checkpoint" in capsys.readouterr().err
