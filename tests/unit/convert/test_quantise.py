"""Quantising keeps to the recipe, the limits and llama.cpp's split format; recipes that do not fit are refused."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("gguf", reason="the gguf package is not installed")
pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")

import gguf

from convert.errors import ConvertRefused, Refusal
from convert.importance import Importance
from convert.llama_runtime import LlamaRuntime, Quantiser
from convert.quantise import QuantiseOptions, open_gguf, planned_size, quantise, quantised_rows, shape_of, values_of
from convert.recipes import RECIPES, Recipe, Rule, find_recipe, recipe_json, type_of
from convert.staging import sha256_of, shards_of
from engine.errors import FileUnreadable

Q = gguf.GGMLQuantizationType
ONE_FILE = QuantiseOptions(max_shard_bytes=0)


def importance_for(f16: Path, value: float = 1.0) -> Importance:
    matrices = [t for t in open_gguf(f16).tensors if len(t.shape) > 1]
    columns = {t.name: np.full(shape_of(t)[-1], value, np.float32) for t in matrices}
    return Importance(columns, 100, 1, "test.jsonl")


@pytest.mark.parametrize(
    ("kind", "most_error"), [("Q4_0", 0.12), ("IQ4_NL", 0.11), ("Q5_0", 0.06), ("Q8_0", 0.01), ("Q6_K", 0.03)]
)
def test_llama_cpps_quantiser_gives_bytes_that_decode_to_nearly_the_same_values(kind: str, most_error: float) -> None:
    rows = np.random.default_rng(1).normal(size=(6, 512)).astype(np.float32)
    packed = Quantiser().quantise(rows, Q[kind], None)
    decoded = gguf.quants.dequantize(packed, Q[kind])
    assert packed.shape == (6, Quantiser().row_size(Q[kind], 512))
    assert np.sqrt(np.mean((decoded - rows) ** 2)) < most_error


def test_threads_and_chunks_do_not_change_the_bytes() -> None:
    rows = np.random.default_rng(2).normal(size=(1100, 64)).astype(np.float32)
    quantiser = Quantiser()
    alone = quantised_rows(rows, Q.IQ4_NL, None, quantiser, 1)
    assert np.array_equal(alone, quantised_rows(rows, Q.IQ4_NL, None, quantiser, 3))
    assert np.array_equal(alone, quantiser.quantise(rows, Q.IQ4_NL, None))


def test_the_importance_matrix_moves_the_error_away_from_important_columns() -> None:
    rows = np.random.default_rng(3).normal(size=(64, 256)).astype(np.float32)
    weights = np.where(np.arange(256) % 8 == 0, 100.0, 0.01).astype(np.float32)
    quantiser = Quantiser()

    def error(importance: np.ndarray | None) -> float:
        decoded = gguf.quants.dequantize(quantiser.quantise(rows, Q.Q4_0, importance), Q.Q4_0)
        return float((((decoded - rows) ** 2) * weights).sum())

    assert error(weights) < 0.7 * error(None)


def test_every_tensor_has_the_type_of_the_first_rule_that_matches_and_vectors_stay_exact(
    tiny_f16: Path, tmp_path: Path
) -> None:
    rules = (Rule(r"blk\.1\.ffn_down\.weight", Q.Q8_0), Rule(r"token_embd.*", Q.Q5_0), Rule(r".*", Q.IQ4_NL))
    out = quantise(tiny_f16, tmp_path / "x.gguf", Recipe("mixed", rules), None, ONE_FILE)[0].path
    written = {t.name: t for t in open_gguf(out).tensors}
    assert written["blk.1.ffn_down.weight"].tensor_type is Q.Q8_0
    assert written["blk.0.ffn_down.weight"].tensor_type is Q.IQ4_NL
    assert written["token_embd.weight"].tensor_type is Q.Q5_0
    source = {t.name: t for t in open_gguf(tiny_f16).tensors}
    for name, tensor in source.items():
        if len(tensor.shape) == 1:
            assert np.array_equal(written[name].data, tensor.data)


def test_metadata_is_carried_over_and_the_file_type_is_new(tiny_f16: Path, tmp_path: Path) -> None:
    matrix = importance_for(tiny_f16)
    out = quantise(tiny_f16, tmp_path / "x.gguf", RECIPES["iq4_nl"], matrix, ONE_FILE)[0].path
    before, after = open_gguf(tiny_f16).fields, open_gguf(out).fields
    for name in before:
        if not name.startswith("GGUF.") and name != "general.file_type":
            assert after[name].contents() == before[name].contents(), name
            assert after[name].types == before[name].types, name
    assert after["general.file_type"].contents() == gguf.LlamaFileType.MOSTLY_IQ4_NL
    assert after["quantize.imatrix.dataset"].contents() == "test.jsonl"


def test_shards_carry_the_split_keys_of_llama_cpp_and_all_metadata_is_in_the_first(
    tiny_f16: Path, tmp_path: Path
) -> None:
    files = quantise(tiny_f16, tmp_path / "m.gguf", RECIPES["q8_0"], None, QuantiseOptions(60_000))
    count = len(files)
    assert count >= 2
    assert [f.path.name for f in files] == [f"m-{i + 1:05d}-of-{count:05d}.gguf" for i in range(count)]
    assert all(f.sha256 == sha256_of(f.path) and f.size == f.path.stat().st_size <= 60_000 for f in files)
    readers = [open_gguf(f.path) for f in files]
    total = sum(len(r.tensors) for r in readers)
    for number, reader in enumerate(readers):
        keys = {k: f for k, f in reader.fields.items() if k.startswith("split.")}
        assert keys["split.no"].contents() == number and keys["split.no"].types == [gguf.GGUFValueType.UINT16]
        assert keys["split.count"].contents() == count and keys["split.count"].types == [gguf.GGUFValueType.UINT16]
        assert keys["split.tensors.count"].contents() == total
        assert keys["split.tensors.count"].types == [gguf.GGUFValueType.INT32]
    assert "tokenizer.ggml.tokens" in readers[0].fields and "tokenizer.ggml.tokens" not in readers[1].fields


def test_older_shards_of_the_same_model_are_removed(tiny_f16: Path, tmp_path: Path) -> None:
    many = quantise(tiny_f16, tmp_path / "m.gguf", RECIPES["q8_0"], None, QuantiseOptions(50_000))
    few = quantise(tiny_f16, tmp_path / "m.gguf", RECIPES["q8_0"], None, QuantiseOptions(80_000))
    assert len(few) < len(many)
    assert sorted(tmp_path.iterdir()) == [f.path for f in few]
    assert shards_of(few[0].path) == tuple(f.path for f in few)


def test_a_file_with_a_missing_shard_is_refused_by_llama_cpp_in_words(tiny_f16: Path, tmp_path: Path) -> None:
    files = quantise(tiny_f16, tmp_path / "m.gguf", RECIPES["q8_0"], None, QuantiseOptions(60_000))
    files[1].path.unlink()
    with pytest.raises(ConvertRefused, match=files[1].path.name):
        LlamaRuntime(files[0].path)


def test_more_bytes_than_allowed_are_refused_before_anything_is_written(tiny_f16: Path, tmp_path: Path) -> None:
    with pytest.raises(ConvertRefused) as caught:
        quantise(tiny_f16, tmp_path / "x.gguf", RECIPES["q8_0"], None, QuantiseOptions(0, max_bytes=50_000))
    assert caught.value.refusal is Refusal.TOO_LARGE and not list(tmp_path.iterdir())


def test_a_tensor_that_no_shard_can_hold_is_named(tiny_f16: Path, tmp_path: Path) -> None:
    with pytest.raises(ConvertRefused, match=r"token_embd\.weight"):
        quantise(tiny_f16, tmp_path / "x.gguf", RECIPES["q8_0"], None, QuantiseOptions(30_000))


def test_the_planned_size_is_an_upper_bound_close_to_the_real_one(tiny_f16: Path, tmp_path: Path) -> None:
    real = quantise(tiny_f16, tmp_path / "x.gguf", RECIPES["iq4_nl"], None, ONE_FILE)[0].size
    assert real <= planned_size(tiny_f16, RECIPES["iq4_nl"]) < real + 13_000


def test_a_file_that_is_quantised_already_is_refused(tiny_f16: Path, tmp_path: Path) -> None:
    once = quantise(tiny_f16, tmp_path / "x.gguf", RECIPES["q8_0"], None, ONE_FILE)[0].path
    with pytest.raises(ConvertRefused, match="already"):
        quantise(once, tmp_path / "y.gguf", RECIPES["iq4_nl"], None, ONE_FILE)


def test_a_file_that_is_no_gguf_or_cut_off_is_unreadable(tiny_f16: Path, tmp_path: Path) -> None:
    for number, data in enumerate((b"", b"not a model at all, but long enough", tiny_f16.read_bytes()[:5000])):
        path = tmp_path / f"{number}.gguf"
        path.write_bytes(data)
        with pytest.raises(FileUnreadable):
            quantise(path, tmp_path / "out.gguf", RECIPES["q8_0"], None, ONE_FILE)


@pytest.mark.parametrize("spoil", ["missing", "short", "zero", "nan"])
def test_an_importance_matrix_that_does_not_fit_is_refused(tiny_f16: Path, tmp_path: Path, spoil: str) -> None:
    columns = dict(importance_for(tiny_f16).columns)
    changed = {
        "missing": lambda: columns.pop("blk.0.ffn_up.weight"),
        "short": lambda: columns.update({"blk.0.ffn_up.weight": np.ones(32, np.float32)}),
        "zero": lambda: columns.update({"blk.0.ffn_up.weight": np.zeros(64, np.float32)}),
        "nan": lambda: columns.update({"blk.0.ffn_up.weight": np.full(64, np.nan, np.float32)}),
    }
    changed[spoil]()
    with pytest.raises(ConvertRefused) as caught:
        quantise(tiny_f16, tmp_path / "x.gguf", RECIPES["q8_0"], Importance(columns, 1, 1, "t"), ONE_FILE)
    assert caught.value.refusal is Refusal.BAD_IMPORTANCE and "blk.0.ffn_up.weight" in str(caught.value)


def test_rows_that_the_blocks_do_not_divide_are_refused() -> None:
    with pytest.raises(ConvertRefused, match="multiples of 256"):
        type_of(Recipe("k", (Rule(".*", Q.Q4_K),)), "blk.0.ffn_up.weight", (96, 64))


def test_a_tensor_that_no_rule_names_is_refused() -> None:
    with pytest.raises(ConvertRefused, match="output"):
        type_of(Recipe("k", (Rule("blk.*", Q.Q8_0),)), "output.weight", (300, 64))


def test_values_are_read_as_float32_in_numpy_order(tiny_f16: Path) -> None:
    tensor = next(t for t in open_gguf(tiny_f16).tensors if t.name == "blk.0.ffn_down.weight")
    assert values_of(tensor).shape == (64, 96) and values_of(tensor).dtype == np.float32


def test_a_recipe_survives_its_json(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text(recipe_json(RECIPES["iq4_nl"]), encoding="utf-8")
    assert find_recipe(str(path)) == RECIPES["iq4_nl"]


@pytest.mark.parametrize("content", ["", "[]", '{"name": "x"}', '{"name": "x", "rules": [["a"]]}'])
def test_a_recipe_file_without_rules_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "r.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConvertRefused):
        find_recipe(str(path))


def test_unknown_types_patterns_and_names_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    for rules, words in (([["a", "Q3_X"]], "Q3_X"), ([["(", "Q8_0"]], "regular expression")):
        path.write_text(json.dumps({"name": "x", "rules": rules}), encoding="utf-8")
        with pytest.raises(ConvertRefused, match=words):
            find_recipe(str(path))
    with pytest.raises(ConvertRefused, match="iq4_nl"):
        find_recipe("no_such_recipe")
    with pytest.raises(FileUnreadable):
        find_recipe(str(tmp_path / "none.json"))
