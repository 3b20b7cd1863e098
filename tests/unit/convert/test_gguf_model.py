"""The F16 GGUF is the checkpoint: same metadata, same values; whatever does not fit is refused in words."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

pytest.importorskip("gguf", reason="the gguf package is not installed")

from convert.checkpoint import open_checkpoint
from convert.errors import ConvertRefused, Refusal
from convert.gguf_model import ModelOrigin, convert_checkpoint
from convert.quantise import open_gguf, shape_of
from engine.errors import FileUnreadable

ORIGIN = ModelOrigin("Tiny", "apache-2.0", "Base")


@pytest.fixture
def copy(tiny_checkpoint: Path, tmp_path: Path) -> Path:
    """A checkpoint folder that the test may spoil."""
    return Path(shutil.copytree(tiny_checkpoint, tmp_path / "checkpoint"))


def change_json(path: Path, change: Callable[[dict[str, Any]], None]) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def change_tensors(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    torch_files = pytest.importorskip("safetensors.torch", reason="safetensors is not installed")
    path = folder / "model.safetensors"
    tensors = dict(torch_files.load_file(path))
    change(tensors)
    torch_files.save_file(tensors, path)


def refused(folder: Path, tmp_path: Path) -> ConvertRefused:
    with pytest.raises(ConvertRefused) as caught:
        convert_checkpoint(folder, tmp_path / "out" / "x.gguf", ORIGIN)
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True
    return caught.value


def test_the_metadata_says_what_the_checkpoint_says(tiny_f16: Path) -> None:
    fields = {name: field.contents() for name, field in open_gguf(tiny_f16).fields.items()}
    assert fields["general.architecture"] == "qwen2"
    assert fields["general.license"] == "apache-2.0"
    assert fields["general.base_model.0.name"] == "Qwen2.5-Coder-0.5B-Instruct"
    assert fields["qwen2.context_length"] == 256
    assert fields["qwen2.block_count"] == 2
    assert fields["qwen2.embedding_length"] == 64
    assert fields["qwen2.feed_forward_length"] == 96
    assert fields["qwen2.attention.head_count"] == 4
    assert fields["qwen2.attention.head_count_kv"] == 2
    assert fields["qwen2.rope.freq_base"] == 1000000.0
    assert fields["qwen2.attention.layer_norm_rms_epsilon"] == pytest.approx(1e-6)


def test_the_tokenizer_metadata_holds_tokens_types_merges_and_special_ids(tiny_f16: Path) -> None:
    fields = {name: field.contents() for name, field in open_gguf(tiny_f16).fields.items()}
    tokens, types = fields["tokenizer.ggml.tokens"], fields["tokenizer.ggml.token_type"]
    assert fields["tokenizer.ggml.model"] == "gpt2"
    assert fields["tokenizer.ggml.pre"] == "qwen2"
    assert len(tokens) == len(types) == 300
    assert tokens[297:] == ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
    assert types[297:] == [3, 3, 3] and set(types[:297]) == {1}
    assert fields["tokenizer.ggml.eos_token_id"] == 299
    assert fields["tokenizer.ggml.padding_token_id"] == 297
    assert fields["tokenizer.ggml.add_bos_token"] is False
    assert fields["tokenizer.ggml.merges"][0].count(" ") == 1


def test_the_chat_template_gives_the_prompt_that_the_model_was_trained_on(tiny_f16: Path) -> None:
    jinja2 = pytest.importorskip("jinja2", reason="jinja2 is not installed")
    from engine.domain.brief import Brief
    from engine.domain.channels import Channel
    from engine.prompts import render_brief_v1
    from engine.prompts.brief_v1 import SYSTEM

    prompt = render_brief_v1(Brief(product="乌龙茶"), Channel.DETAIL).text
    user = prompt.split("<|im_start|>user\n")[1].split("<|im_end|>")[0]
    template = open_gguf(tiny_f16).fields["tokenizer.chat_template"].contents()
    messages = [{"role": "system", "content": SYSTEM}, {"role": "user", "content": user}]
    assert jinja2.Template(template).render(messages=messages, add_generation_prompt=True) == prompt


def test_matrices_are_float16_and_vectors_float32_with_the_checkpoints_values(
    tiny_checkpoint: Path, tiny_f16: Path
) -> None:
    stored = open_checkpoint(tiny_checkpoint).tensors
    written = {t.name: t for t in open_gguf(tiny_f16).tensors}
    bias, down = written["blk.1.attn_k.bias"], written["blk.0.ffn_down.weight"]
    assert bias.tensor_type.name == "F32" and down.tensor_type.name == "F16"
    assert shape_of(down) == (64, 96)
    assert np.array_equal(bias.data, stored["model.layers.1.self_attn.k_proj.bias"].read())
    source = stored["model.layers.0.mlp.down_proj.weight"].read()
    assert np.array_equal(down.data.reshape(64, 96), source.astype(np.float16))
    assert "output.weight" not in written


def test_a_bfloat16_tensor_reads_as_torch_reads_it(tiny_checkpoint: Path) -> None:
    torch_files = pytest.importorskip("safetensors.torch", reason="safetensors is not installed")
    name = "model.layers.0.self_attn.q_proj.weight"
    expected = torch_files.load_file(tiny_checkpoint / "model.safetensors")[name].float().numpy()
    assert np.array_equal(open_checkpoint(tiny_checkpoint).tensors[name].read(), expected)


def test_an_unknown_split_is_refused(copy: Path, tmp_path: Path) -> None:
    def change(data: dict[str, Any]) -> None:
        data["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"] = r"\p{N}{1,3}"

    change_json(copy / "tokenizer.json", change)
    error = refused(copy, tmp_path)
    assert error.refusal is Refusal.UNKNOWN_PRETOKENIZER and r"\\p{N}{1,3}" in str(error)


def test_a_pre_tokenizer_of_another_kind_is_refused(copy: Path, tmp_path: Path) -> None:
    change_json(copy / "tokenizer.json", lambda data: data.update(pre_tokenizer={"type": "Metaspace"}))
    assert refused(copy, tmp_path).refusal is Refusal.UNKNOWN_PRETOKENIZER


def test_a_byte_level_that_adds_a_space_is_refused(copy: Path, tmp_path: Path) -> None:
    def change(data: dict[str, Any]) -> None:
        data["pre_tokenizer"]["pretokenizers"][1]["add_prefix_space"] = True

    change_json(copy / "tokenizer.json", change)
    assert refused(copy, tmp_path).refusal is Refusal.UNKNOWN_PRETOKENIZER


@pytest.mark.parametrize(("key", "value"), [("type", "Unigram"), ("byte_fallback", True), ("ignore_merges", True)])
def test_another_tokenizer_model_is_refused(copy: Path, tmp_path: Path, key: str, value: Any) -> None:
    change_json(copy / "tokenizer.json", lambda data: data["model"].update({key: value}))
    assert refused(copy, tmp_path).refusal is Refusal.UNKNOWN_TOKENIZER


def test_a_hole_in_the_ids_is_refused(copy: Path, tmp_path: Path) -> None:
    def change(data: dict[str, Any]) -> None:
        token = next(t for t, n in data["model"]["vocab"].items() if n == 270)
        del data["model"]["vocab"][token]

    change_json(copy / "tokenizer.json", change)
    assert "270" in str(refused(copy, tmp_path))


def test_more_tokens_than_embedding_rows_are_refused(copy: Path, tmp_path: Path) -> None:
    added = {"id": 300, "content": "<|new|>", "special": True}
    change_json(copy / "tokenizer.json", lambda data: data["added_tokens"].append(added))
    error = refused(copy, tmp_path)
    assert error.refusal is Refusal.VOCABULARY_SIZE and "301 tokens, 300 embedding rows" in str(error)


def test_more_rows_than_tokens_are_refused_unless_padding_is_asked_for(copy: Path, tmp_path: Path) -> None:
    change_json(copy / "tokenizer.json", lambda data: data["added_tokens"].pop(1))
    change_json(copy / "tokenizer.json", lambda data: data["model"]["vocab"].pop("<|im_start|>", None))

    def renumber(data: dict[str, Any]) -> None:
        data["added_tokens"][-1]["id"] = 298
        data["model"]["vocab"].pop("<|im_end|>", None)

    change_json(copy / "tokenizer.json", renumber)
    (copy / "chat_template.jinja").write_text("{{ messages[0]['content'] }}{{ eos_token }}", encoding="utf-8")
    assert refused(copy, tmp_path).refusal is Refusal.VOCABULARY_SIZE
    out = convert_checkpoint(copy, tmp_path / "padded.gguf", ORIGIN, pad_tokens=True).path
    fields = open_gguf(out).fields
    assert fields["tokenizer.ggml.tokens"].contents()[299] == "[PAD299]"
    assert fields["tokenizer.ggml.token_type"].contents()[299] == 5


def test_a_missing_tensor_is_named(copy: Path, tmp_path: Path) -> None:
    change_tensors(copy, lambda tensors: tensors.pop("model.layers.1.mlp.up_proj.weight"))
    error = refused(copy, tmp_path)
    assert error.refusal is Refusal.MISSING_TENSORS and "model.layers.1.mlp.up_proj.weight" in str(error)


def test_an_unexpected_tensor_is_named(copy: Path, tmp_path: Path) -> None:
    def change(tensors: dict[str, Any]) -> None:
        tensors["model.layers.0.self_attn.q_norm.weight"] = tensors["model.norm.weight"].clone()

    change_tensors(copy, change)
    error = refused(copy, tmp_path)
    assert error.refusal is Refusal.UNEXPECTED_TENSORS and "q_norm" in str(error)


def test_a_tensor_of_the_wrong_shape_is_refused(copy: Path, tmp_path: Path) -> None:
    def change(tensors: dict[str, Any]) -> None:
        tensors["model.norm.weight"] = tensors["model.norm.weight"][:32].clone()

    change_tensors(copy, change)
    assert refused(copy, tmp_path).refusal is Refusal.WRONG_SHAPE


def test_values_that_float16_cannot_hold_are_refused_and_nothing_is_left_behind(copy: Path, tmp_path: Path) -> None:
    def change(tensors: dict[str, Any]) -> None:
        tensors["model.layers.0.mlp.gate_proj.weight"][3, 3] = 70000.0

    change_tensors(copy, change)
    error = refused(copy, tmp_path)
    assert error.refusal is Refusal.NOT_FINITE and "blk.0.ffn_gate.weight" in str(error)


def test_an_unmerged_adapter_is_refused_by_its_tensors(copy: Path, tmp_path: Path) -> None:
    def change(tensors: dict[str, Any]) -> None:
        tensors["model.layers.0.mlp.up_proj.lora_A.weight"] = tensors["model.norm.weight"].clone()

    change_tensors(copy, change)
    assert refused(copy, tmp_path).refusal is Refusal.UNMERGED_ADAPTER


def test_an_unmerged_adapter_is_refused_by_its_settings(copy: Path, tmp_path: Path) -> None:
    (copy / "adapter_config.json").write_text("{}", encoding="utf-8")
    assert refused(copy, tmp_path).refusal is Refusal.UNMERGED_ADAPTER


def test_an_output_matrix_that_is_not_the_embedding_is_refused_when_they_should_be_tied(
    copy: Path, tmp_path: Path
) -> None:
    def change(tensors: dict[str, Any]) -> None:
        tensors["lm_head.weight"] = tensors["model.embed_tokens.weight"] * 2

    change_tensors(copy, change)
    assert refused(copy, tmp_path).refusal is Refusal.EMBEDDING_NOT_TIED


def test_an_output_matrix_equal_to_the_embedding_is_left_out(copy: Path, tmp_path: Path) -> None:
    def change(tensors: dict[str, Any]) -> None:
        tensors["lm_head.weight"] = tensors["model.embed_tokens.weight"].clone()

    change_tensors(copy, change)
    out = convert_checkpoint(copy, tmp_path / "tied.gguf", ORIGIN).path
    assert "output.weight" not in {t.name for t in open_gguf(out).tensors}


def test_an_output_matrix_of_its_own_is_written(copy: Path, tmp_path: Path) -> None:
    def change(tensors: dict[str, Any]) -> None:
        tensors["lm_head.weight"] = tensors["model.embed_tokens.weight"] * 2

    change_tensors(copy, change)
    change_json(copy / "config.json", lambda data: data.update(tie_word_embeddings=False))
    out = convert_checkpoint(copy, tmp_path / "untied.gguf", ORIGIN).path
    assert "output.weight" in {t.name for t in open_gguf(out).tensors}


def test_a_tokenizer_that_adds_a_begin_token_is_refused(copy: Path, tmp_path: Path) -> None:
    change_json(copy / "tokenizer_config.json", lambda data: data.update(add_bos_token=True, bos_token="<|endoftext|>"))
    error = refused(copy, tmp_path)
    assert error.refusal is Refusal.DOUBLE_BOS and "<|endoftext|>" in str(error)


def test_a_post_processor_that_adds_a_begin_token_is_refused(copy: Path, tmp_path: Path) -> None:
    processor = {"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "<|endoftext|>", "type_id": 0}}]}
    change_json(copy / "tokenizer.json", lambda data: data.update(post_processor=processor))
    assert refused(copy, tmp_path).refusal is Refusal.DOUBLE_BOS


def test_a_chat_template_that_writes_a_begin_token_is_refused(copy: Path, tmp_path: Path) -> None:
    (copy / "chat_template.jinja").write_text("{{ bos_token }}<|im_end|>", encoding="utf-8")
    assert refused(copy, tmp_path).refusal is Refusal.DOUBLE_BOS


def test_a_chat_template_without_the_end_token_is_refused(copy: Path, tmp_path: Path) -> None:
    (copy / "chat_template.jinja").write_text("{{ messages[0]['content'] }}</s>", encoding="utf-8")
    assert refused(copy, tmp_path).refusal is Refusal.WRONG_END_TOKEN


@pytest.mark.parametrize("token", ["<|eot|>", "a"])
def test_an_end_token_that_is_unknown_or_ordinary_is_refused(copy: Path, tmp_path: Path, token: str) -> None:
    change_json(copy / "tokenizer_config.json", lambda data: data.update(eos_token=token))
    assert refused(copy, tmp_path).refusal is Refusal.WRONG_END_TOKEN


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("model_type", "llama"),
        ("hidden_act", "gelu"),
        ("use_sliding_window", True),
        ("rope_parameters", {"rope_type": "yarn", "rope_theta": 1e6}),
        ("quantization_config", {"bits": 4}),
        ("num_hidden_layers", None),
    ],
)
def test_a_checkpoint_of_another_architecture_is_refused(copy: Path, tmp_path: Path, key: str, value: Any) -> None:
    change_json(copy / "config.json", lambda data: data.update({key: value}))
    assert refused(copy, tmp_path).refusal is Refusal.UNKNOWN_ARCHITECTURE


def test_a_folder_without_weights_is_refused(copy: Path, tmp_path: Path) -> None:
    (copy / "model.safetensors").unlink()
    assert refused(copy, tmp_path).refusal is Refusal.NOT_A_CHECKPOINT


@pytest.mark.parametrize("keep", [4, 100, 20000])
def test_a_cut_off_weights_file_is_refused(copy: Path, tmp_path: Path, keep: int) -> None:
    path = copy / "model.safetensors"
    path.write_bytes(path.read_bytes()[:keep])
    assert refused(copy, tmp_path).refusal is Refusal.NOT_A_CHECKPOINT


def test_a_missing_or_broken_config_is_unreadable(copy: Path, tmp_path: Path) -> None:
    (copy / "config.json").write_bytes(b"\xff\xfe")
    with pytest.raises(FileUnreadable):
        convert_checkpoint(copy, tmp_path / "x.gguf", ORIGIN)
    (copy / "config.json").unlink()
    with pytest.raises(FileUnreadable, match="missing"):
        convert_checkpoint(copy, tmp_path / "x.gguf", ORIGIN)
