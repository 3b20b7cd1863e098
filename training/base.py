"""The base checkpoint: a pre-trained model with its vocabulary and feed-forward width pruned, and its tokenizer.

Takes a folder in the Hugging Face form, the name of one on the hub, or a GGUF file. The vocabulary is cut to Chinese
shop copy (``training.vocabulary``); of each layer's feed-forward neurons those that move the least on such copy go:
importance = mean |activation| × norm of the neuron's output column (the criterion of Wanda, arXiv 2306.11695, summed
over a structure). The loss before and after is printed and kept in ``base.json``.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, cast

import torch
from tokenizers import Tokenizer
from transformers import AutoConfig, AutoModelForCausalLM, AutoTokenizer, Qwen2Config, Qwen2ForCausalLM

from training.vocabulary import PrunedVocabulary, count_tokens, gb2312_characters, prune_vocabulary

OFFICIAL_BASE = "Qwen/Qwen2.5-Coder-0.5B-Instruct"
SPECIAL_TOKENS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
CALIBRATION_TOKENS = 6000


@dataclass(frozen=True, slots=True)
class BaseTexts:
    """What pruning looks at.

    Args:
        seen: what the model will read and write; their tokens are counted.
        words: common words and characters that must stay cheap (each counts once).
        calibration: copy on which neurons are judged and the loss is measured.
    """

    seen: Sequence[str]
    words: Sequence[str]
    calibration: Sequence[str]


@dataclass(frozen=True, slots=True)
class BaseReport:
    """What pruning cost: losses in nats a token on the same calibration text, sizes before and after."""

    origin: str
    old_vocabulary: int
    vocabulary: int
    old_width: int
    width: int
    parameters: int
    loss_before: float
    loss_after: float


def load_pretrained(origin: str) -> tuple[Qwen2ForCausalLM, Tokenizer]:
    """Model (float32) and tokenizer from a folder, a hub name or a ``.gguf`` file."""
    path = Path(origin)
    kwargs: dict[str, Any] = {"gguf_file": path.name} if path.suffix == ".gguf" else {}
    where = str(path.parent) if kwargs else origin
    tokenizer = AutoTokenizer.from_pretrained(where, **kwargs)
    model = AutoModelForCausalLM.from_pretrained(where, dtype=torch.float32, **kwargs)
    return cast(Qwen2ForCausalLM, model), cast(Tokenizer, tokenizer.backend_tokenizer)


def make_base(origin: str, texts: BaseTexts, out: Path, *, size: int, width: int) -> BaseReport:
    """Prune ``origin`` to ``size`` tokens and ``width`` neurons a layer and save it to ``out``."""
    model, tokenizer = load_pretrained(origin)
    counts = count_tokens(tokenizer, texts.seen)
    counts.update(count_tokens(tokenizer, [*texts.words, *gb2312_characters()]))
    vocabulary = prune_vocabulary(tokenizer, counts, size, SPECIAL_TOKENS)
    small = Tokenizer.from_str(vocabulary.tokenizer_json)
    before = mean_loss(model, _windows(tokenizer, texts.calibration))
    windows = _windows(small, texts.calibration)
    pruned = _prune_rows(model, vocabulary)
    old_width = int(pruned.config.intermediate_size)
    pruned = prune_width(pruned, windows, width) if width < old_width else pruned
    report = BaseReport(
        Path(origin).name,
        tokenizer.get_vocab_size(),
        len(vocabulary.old_ids),
        old_width,
        width,
        sum(p.numel() for p in pruned.parameters()),
        before,
        mean_loss(pruned, windows),
    )
    save_checkpoint(pruned, small, out)
    (out / "base.json").write_text(json.dumps(asdict(report), indent=1), encoding="utf-8")
    return report


def save_checkpoint(model: Qwen2ForCausalLM, tokenizer: Tokenizer, out: Path) -> None:
    """Write model (bfloat16) and tokenizer in the Hugging Face form."""
    out.mkdir(parents=True, exist_ok=True)
    model.to(torch.bfloat16).save_pretrained(out)
    tokenizer.save(str(out / "tokenizer.json"))
    settings = {
        "tokenizer_class": "Qwen2Tokenizer",
        "eos_token": "<|im_end|>",
        "pad_token": "<|endoftext|>",
        "bos_token": None,
        "add_bos_token": False,
        "model_max_length": 4096,
    }
    (out / "tokenizer_config.json").write_text(json.dumps(settings, indent=1), encoding="utf-8")


def mean_loss(model: Qwen2ForCausalLM, windows: Sequence[torch.Tensor]) -> float:
    """Mean next-token loss in nats over windows of token ids of shape (length,)."""
    total, count = 0.0, 0
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for ids in windows:
            logits = model(ids[None]).logits[0, :-1].float()
            total += float(torch.nn.functional.cross_entropy(logits, ids[1:], reduction="sum"))
            count += len(ids) - 1
    return total / max(1, count)


def prune_width(model: Qwen2ForCausalLM, windows: Sequence[torch.Tensor], width: int) -> Qwen2ForCausalLM:
    """A copy of ``model`` with the ``width`` most important feed-forward neurons of each layer, in their old order."""
    importance = _neuron_importance(model, windows)
    config = Qwen2Config(**{**model.config.to_dict(), "intermediate_size": width})
    small = Qwen2ForCausalLM(config)
    kept = [scores.topk(width).indices.sort().values for scores in importance]
    state = {}
    for name, tensor in model.state_dict().items():
        if ".mlp." in name:
            rows = kept[int(name.split(".")[2])]
            tensor = tensor[:, rows] if "down_proj" in name else tensor[rows]
        state[name] = tensor.clone()
    small.load_state_dict(state)
    small.tie_weights()
    return small


def _neuron_importance(model: Qwen2ForCausalLM, windows: Sequence[torch.Tensor]) -> list[torch.Tensor]:
    sums = [torch.zeros(int(model.config.intermediate_size)) for _ in model.model.layers]
    handles = []
    for layer, total in zip(model.model.layers, sums, strict=True):

        def add(_module: object, inputs: tuple[torch.Tensor], total: torch.Tensor = total) -> None:
            total += inputs[0].float().abs().sum((0, 1))

        handles.append(layer.mlp.down_proj.register_forward_pre_hook(add))
    mean_loss(model, windows)
    for handle in handles:
        handle.remove()
    return [
        total * layer.mlp.down_proj.weight.float().norm(dim=0)
        for total, layer in zip(sums, model.model.layers, strict=True)
    ]


def _prune_rows(model: Qwen2ForCausalLM, vocabulary: PrunedVocabulary) -> Qwen2ForCausalLM:
    rows = torch.tensor(vocabulary.old_ids)
    names = json.loads(vocabulary.tokenizer_json)["model"]["vocab"]
    settings = {
        **AutoConfig.for_model("qwen2").to_dict(),
        **model.config.to_dict(),
        "vocab_size": len(rows),
        "tie_word_embeddings": True,
        "max_position_embeddings": 4096,
        "bos_token_id": names["<|endoftext|>"],
        "pad_token_id": names["<|endoftext|>"],
        "eos_token_id": names["<|im_end|>"],
    }
    settings.pop("quantization_config", None)
    small = Qwen2ForCausalLM(Qwen2Config(**settings))
    state = {name: tensor.clone() for name, tensor in model.state_dict().items() if not name.startswith("lm_head")}
    # The output rows of a quantised file are finer than its embedding rows: tie to those.
    output = cast(torch.Tensor, model.lm_head.weight).detach()[rows]
    state["model.embed_tokens.weight"] = output.clone()
    state["lm_head.weight"] = output.clone()
    small.load_state_dict(state)
    small.tie_weights()
    return small.eval()


def _windows(tokenizer: Tokenizer, texts: Sequence[str], length: int = 512) -> list[torch.Tensor]:
    ids: list[int] = []
    for text in texts:
        ids += tokenizer.encode(text, add_special_tokens=False).ids
        if len(ids) >= CALIBRATION_TOKENS:
            break
    count = math.ceil(len(ids) / length)
    return [torch.tensor(ids[i * length : (i + 1) * length]) for i in range(count) if len(ids[i * length :]) > 1]
