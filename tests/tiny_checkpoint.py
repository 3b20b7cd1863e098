"""Makes a tiny random qwen2 checkpoint with a byte-level BPE of 300 tokens, as training would leave it.

Skips the test, with a reason, where torch or one of the packages of model making is missing.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

TINY_SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
SPECIALS = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"]
SENTENCES = (
    "这条连衣裙用纯棉做成，透气又柔软，夏天穿着不闷。",
    "保温杯容量500ml，316不锈钢内胆，早上倒的水下午还是热的。",
    "【小店】新茶到货，满2件减20元，拒收请回复R",
    "周末在家煮一壶乌龙茶☕，慢慢喝。\n#好茶分享 #下午茶",
)


def write_tokenizer(folder: Path, size: int = 300) -> None:
    """A byte-level BPE trained on a few sentences, with Qwen's split and control tokens."""
    tokenizers = pytest.importorskip("tokenizers", reason="the tokenizers package is not installed")
    tokenizer = tokenizers.Tokenizer(tokenizers.models.BPE())
    byte_level = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=False)
    split = tokenizers.pre_tokenizers.Split(tokenizers.Regex(TINY_SPLIT), "isolated")
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Sequence([split, byte_level])
    tokenizer.decoder = tokenizers.decoders.ByteLevel()
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=size - len(SPECIALS),
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(SENTENCES * 3, trainer)
    tokenizer.add_special_tokens(SPECIALS)
    tokenizer.save(str(folder / "tokenizer.json"))
    settings = {"eos_token": "<|im_end|>", "pad_token": "<|endoftext|>", "bos_token": None, "add_bos_token": False}
    (folder / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")


def make_tiny_checkpoint(folder: Path) -> Path:
    """A bfloat16 checkpoint: hidden 64, two layers, tied embedding, weights large enough to tell tokens apart."""
    torch = pytest.importorskip("torch", reason="torch is not installed")
    transformers = pytest.importorskip("transformers", reason="transformers is not installed")
    pytest.importorskip("gguf", reason="the gguf package is not installed")
    write_tokenizer(folder)
    torch.manual_seed(5)
    config = transformers.Qwen2Config(
        vocab_size=300,
        hidden_size=64,
        intermediate_size=96,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
        max_position_embeddings=256,
        rms_norm_eps=1e-6,
        tie_word_embeddings=True,
        initializer_range=0.2,
        rope_parameters={"rope_type": "default", "rope_theta": 1000000.0},
        eos_token_id=299,
        pad_token_id=297,
        bos_token_id=297,
    )
    model = transformers.Qwen2ForCausalLM(config)
    for name, parameter in model.named_parameters():
        if name.endswith("bias"):
            torch.nn.init.normal_(parameter, std=0.3)
    model.to(torch.bfloat16).save_pretrained(folder)
    return folder


def mixed_lines() -> list[str]:
    """1,050 random lines of Chinese, digits, emoji, full-width forms, line ends."""
    chance = random.Random(11)
    pieces = [*SENTENCES, "\n", "  ", "１２３", "😀", "ＡＢ", "3.5", "\t", "，", "don't", "♥", "<", "|"]

    def line() -> str:
        characters = "".join(chr(chance.randint(0x4E00, 0x9FA5)) for _ in range(chance.randint(1, 12)))
        return "".join(chance.choice([*pieces, characters]) for _ in range(chance.randint(1, 5)))

    return [line() for _ in range(1050)]
