"""Makes a tiny but real GGUF: a random two-layer qwen2 with a byte-level tokenizer, in well under two seconds.

It writes nonsense, but through every real path: tokenizer, chat template, key-value cells, sampling. The weights come
from a seeded generator, so that the file is the same each time.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import gguf
import numpy as np

from engine.domain import InstalledModel, ModelFile, ModelManifest
from engine.files.manifest import write_manifest

LAYERS, WIDTH, HEADS, KV_HEADS, INNER, CONTEXT = 2, 64, 4, 2, 128, 2048
CONTROL = ("<|endoftext|>", "<|im_start|>", "<|im_end|>")
WORDS = ("你好", "商品", "文案", "雪纺", "连衣裙", "好看", "轻盈", "最好", "第一", "，", "。", "！", "的", "我", "卖")
CHATML = (
    "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n'}}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)


def byte_alphabet() -> dict[int, str]:
    """The byte-level alphabet of GPT-2: each byte as a printable character."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return {byte: chr(byte) for byte in plain} | {byte: chr(256 + n) for n, byte in enumerate(others)}


def write_tiny_model(path: Path, *, context: int = CONTEXT, template: str | None = CHATML, seed: int = 1) -> Path:
    """Write the GGUF to ``path``."""
    tokens, merges = _vocabulary()
    writer = gguf.GGUFWriter(path, "qwen2")
    writer.add_name("tiny")
    writer.add_context_length(context)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(KV_HEADS)
    writer.add_rope_freq_base(10000.0)
    writer.add_layer_norm_rms_eps(1e-6)
    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("qwen2")
    writer.add_token_list(tokens)
    writer.add_token_types([3 if token in CONTROL else 1 for token in tokens])
    writer.add_token_merges(merges)
    writer.add_eos_token_id(tokens.index("<|im_end|>"))
    writer.add_add_bos_token(False)
    if template is not None:
        writer.add_chat_template(template)
    for name, array in _weights(len(tokens), np.random.default_rng(seed)):
        writer.add_tensor(name, array)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return path


def install_tiny_model(
    folder: Path, *, prompt_format: str = "brief-v1", context: int = CONTEXT, **more: Any
) -> InstalledModel:
    """A model folder around the tiny GGUF, as the engine knows models."""
    folder.mkdir(parents=True, exist_ok=True)
    path = write_tiny_model(folder / "tiny.gguf", context=context, **more)
    file = ModelFile(path.name, path.stat().st_size, hashlib.sha256(path.read_bytes()).hexdigest())
    manifest = ModelManifest("tiny", "Tiny", "none", "MIT", prompt_format, context, "F32", (file,), {})
    write_manifest(folder, manifest)
    return InstalledModel(folder, manifest, shipped=False)


def _vocabulary() -> tuple[list[str], list[str]]:
    letters = byte_alphabet()
    tokens, merges = list(letters.values()), []
    for word in WORDS:
        left = ""
        for byte in word.encode("utf-8"):
            right = letters[byte]
            if left:
                if f"{left} {right}" not in merges:
                    merges.append(f"{left} {right}")
                if left + right not in tokens:
                    tokens.append(left + right)
            left += right
    return [*tokens, *CONTROL], merges


def _weights(vocabulary: int, random: np.random.Generator) -> list[tuple[str, np.ndarray[Any, Any]]]:
    def matrix(rows: int, columns: int, scale: float = 0.2) -> np.ndarray[Any, Any]:
        return (random.standard_normal((rows, columns)) * scale).astype(np.float32)

    ones, kv_width = np.ones(WIDTH, np.float32), WIDTH // HEADS * KV_HEADS
    found = [("token_embd.weight", matrix(vocabulary, WIDTH, 0.6)), ("output_norm.weight", ones)]
    for layer in range(LAYERS):
        rows = {"attn_q": (WIDTH, WIDTH), "attn_k": (kv_width, WIDTH), "attn_v": (kv_width, WIDTH),
                "attn_output": (WIDTH, WIDTH), "ffn_gate": (INNER, WIDTH), "ffn_up": (INNER, WIDTH),
                "ffn_down": (WIDTH, INNER)}  # fmt: skip
        found += [(f"blk.{layer}.{name}.weight", matrix(*shape)) for name, shape in rows.items()]
        found += [(f"blk.{layer}.{name}.weight", ones) for name in ("attn_norm", "ffn_norm")]
        found += [(f"blk.{layer}.attn_{name}.bias", np.zeros(size, np.float32)) for name, size in
                  (("q", WIDTH), ("k", kv_width), ("v", kv_width))]  # fmt: skip
    return found
