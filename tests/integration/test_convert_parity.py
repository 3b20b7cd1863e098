"""A tiny random model through the whole chain: same tokens, same logits, same greedy text, shards that load."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="torch is not installed")
pytest.importorskip("transformers", reason="transformers is not installed")
pytest.importorskip("gguf", reason="the gguf package is not installed")
pytest.importorskip("llama_cpp", reason="llama-cpp-python is not installed")

import torch

from convert.__main__ import main
from convert.llama_runtime import LlamaRuntime
from convert.staging import shards_of
from convert.torch_model import TorchModel
from convert.verify import compare_logits
from tests.tiny_checkpoint import SENTENCES, make_tiny_checkpoint, mixed_lines

SMALL_SHARD_BYTES = 70_000


@pytest.fixture(scope="module")
def chain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with spaces and Chinese in its name: checkpoint, texts, F16, importance matrix, shards."""
    folder = tmp_path_factory.mktemp("模型 制作")
    (folder / "checkpoint").mkdir()
    make_tiny_checkpoint(folder / "checkpoint")
    texts = [json.dumps({"text": text}, ensure_ascii=False) for text in SENTENCES * 4]
    (folder / "texts.jsonl").write_text("\n".join(texts), encoding="utf-8")
    lines = [json.dumps({"text": line}, ensure_ascii=False) for line in mixed_lines()]
    (folder / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    checkpoint, texts_path = str(folder / "checkpoint"), str(folder / "texts.jsonl")
    f16, matrix = str(folder / "tiny-f16.gguf"), str(folder / "tiny.npz")
    base = ["--name", "Tiny", "--base-model", "Base"]
    assert main(["gguf", "--checkpoint", checkpoint, "--out", f16, *base]) == 0
    assert main(["importance", "--checkpoint", checkpoint, "--texts", texts_path, "--out", matrix]) == 0
    limits = ["--max-shard-bytes", str(SMALL_SHARD_BYTES)]
    out = ["--out", str(folder / "tiny.gguf"), "--importance", matrix, *limits]
    assert main(["quantize", "--f16", f16, "--recipe", "q8_0", *out]) == 0
    return folder


def test_the_f16_file_gives_the_logits_of_pytorch(chain: Path) -> None:
    reference = TorchModel(chain / "checkpoint")
    ids = list(np.random.default_rng(3).integers(0, 297, 100))
    with LlamaRuntime(chain / "tiny-f16.gguf", context=128) as runtime:
        found = compare_logits(reference.logits, runtime.logits, [ids])
        difference = np.abs(runtime.logits(ids) - reference.logits(ids)).max()
    assert found.mean_kl < 1e-4 and found.top1_agreement >= 0.99
    assert difference < 0.1
    assert found.reference_perplexity > 1.5


def test_the_f16_file_writes_the_same_greedy_tokens_as_pytorch(chain: Path) -> None:
    reference = TorchModel(chain / "checkpoint")
    with LlamaRuntime(chain / "tiny-f16.gguf", context=128) as runtime:
        prompt = runtime.tokenise("<|im_start|>user\n乌龙茶<|im_end|>\n<|im_start|>assistant\n")
        written = runtime.greedy(prompt, 24)
    ids = list(prompt)
    for _ in range(24):
        ids.append(int(reference.logits(ids)[-1].argmax()))
        if ids[-1] in (297, 299):
            ids.pop()
            break
    assert written == ids[len(prompt) :]


def test_the_shards_are_small_named_in_order_and_open_as_one_model(chain: Path) -> None:
    first = next(chain.glob("tiny-00001-of-*.gguf"))
    shards = shards_of(first)
    assert len(shards) >= 2 and all(0 < shard.stat().st_size <= SMALL_SHARD_BYTES for shard in shards)
    with LlamaRuntime(first, context=64) as split, LlamaRuntime(chain / "tiny-f16.gguf", context=64) as whole:
        found = compare_logits(whole.logits, split.logits, [list(range(60))])
    assert 0 < found.mean_kl < 0.05


def test_verification_passes_and_leaves_its_report_beside_the_file(
    chain: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = next(chain.glob("tiny-00001-of-*.gguf"))
    options = ["--checkpoint", str(chain / "checkpoint"), "--f16", str(chain / "tiny-f16.gguf"), "--model", str(first)]
    files = ["--lines", str(chain / "lines.jsonl"), "--texts", str(chain / "texts.jsonl"), "--hard-lines", "300"]
    assert main(["verify", *options, *files]) == 0
    report = json.loads((chain / "report.json").read_text(encoding="utf-8"))
    assert report["passed"] and report["tokens"]["lines"] == 1050 and report["tokens"]["different"] == 0
    assert report["quantised_against_f16"]["mean_kl"] > report["f16_against_pytorch"]["mean_kl"]
    assert 8 < report["sizes"]["bits_per_weight"] < 10
    assert [f["name"] for f in report["files"]] == [path.name for path in shards_of(first)]
    assert set(report["speed"]["by_sequences"]) == {"1", "4", "8", "16"}
    text = (chain / "report.md").read_text(encoding="utf-8")
    assert "Passed." in text and report["files"][0]["sha256"] in text
    assert "Passed." in capsys.readouterr().out


def test_verification_fails_against_another_tokenizer(chain: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    for path in (chain / "checkpoint").iterdir():
        (other / path.name).write_bytes(path.read_bytes())
    data = json.loads((other / "tokenizer.json").read_text(encoding="utf-8"))
    data["model"]["merges"] = data["model"]["merges"][:5]
    (other / "tokenizer.json").write_text(json.dumps(data), encoding="utf-8")
    f16 = tmp_path / "tiny-f16.gguf"
    f16.write_bytes((chain / "tiny-f16.gguf").read_bytes())
    files = ["--lines", str(chain / "lines.jsonl"), "--texts", str(chain / "texts.jsonl"), "--hard-lines", "0"]
    assert main(["verify", "--checkpoint", str(other), "--f16", str(f16), *files]) == 1
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert not report["passed"] and "other token ids" in report["failures"][0]


def test_recipes_are_compared_with_and_without_the_importance_matrix(chain: Path, tmp_path: Path) -> None:
    options = ["--f16", str(chain / "tiny-f16.gguf"), "--checkpoint", str(chain / "checkpoint")]
    files = ["--texts", str(chain / "texts.jsonl"), "--importance", str(chain / "tiny.npz")]
    out = tmp_path / "trial" / "comparison.json"
    assert main(["compare", *options, *files, "--recipe", "q8_0", "--recipe", "iq4_nl", "--out", str(out)]) == 0
    results = json.loads(out.read_text(encoding="utf-8"))
    assert [(r["recipe"], r["importance"]) for r in results] == [
        ("q8_0", False),
        ("q8_0", True),
        ("iq4_nl", False),
        ("iq4_nl", True),
    ]
    assert results[2]["divergence"]["mean_kl"] > results[0]["divergence"]["mean_kl"]
    assert results[2]["file_bytes"] < results[0]["file_bytes"]
    assert [path.name for path in out.parent.iterdir()] == ["comparison.json"]


@pytest.mark.filterwarnings("ignore:.*is_gradient_checkpointing:FutureWarning")
def test_an_adapter_changes_the_logits_as_it_does_in_pytorch(chain: Path, tmp_path: Path) -> None:
    peft = pytest.importorskip("peft", reason="peft is not installed")
    reference = TorchModel(chain / "checkpoint")
    config = peft.LoraConfig(r=4, lora_alpha=12, target_modules=["q_proj", "v_proj", "down_proj"], use_rslora=True)
    adapted = peft.get_peft_model(reference.model, config)
    for name, parameter in adapted.named_parameters():
        if "lora_B" in name:
            torch.nn.init.normal_(parameter, std=0.05)
    adapted.eval().save_pretrained(tmp_path / "adapter")
    out = tmp_path / "adapter.gguf"
    paths = ["--adapter", str(tmp_path / "adapter"), "--checkpoint", str(chain / "checkpoint"), "--out", str(out)]
    assert main(["adapter", *paths, "--name", "Tiny adapter"]) == 0
    ids = list(range(20, 80))
    with torch.inference_mode():
        wanted = adapted(torch.tensor([ids])).logits[0].numpy()
    with LlamaRuntime(chain / "tiny-f16.gguf", context=64, adapter=out) as runtime:
        found = runtime.logits(ids)
    with LlamaRuntime(chain / "tiny-f16.gguf", context=64) as runtime:
        plain = runtime.logits(ids)
    assert np.abs(found - wanted).max() < 0.1 * np.abs(plain - wanted).max()
