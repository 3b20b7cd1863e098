"""A byte-level BPE ``tokenizer.json`` as GGUF tokenizer metadata.

llama.cpp has its own implementation of the pre-tokenizer, chosen by a name; a regular expression that is not exactly
the one behind that name would cut texts differently without an error. So it is looked up in a table, never guessed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gguf import TokenType

from convert.checkpoint import Checkpoint
from convert.errors import ConvertRefused, Refusal

QWEN2_SPLIT = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
PRE_TOKENIZERS: Mapping[str, str] = {QWEN2_SPLIT: "qwen2"}
"""Regular expression of the split to llama.cpp's name for it."""

CHATML_TEMPLATE = (
    "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>\\n' }}"
    "{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
KNOWN_NORMALIZERS = (None, "NFC")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What goes under ``tokenizer.*``: tokens by id, their types, merges, pre-tokenizer, special ids."""

    pre: str
    tokens: tuple[str, ...]
    types: tuple[TokenType, ...]
    merges: tuple[str, ...]
    eos: int
    pad: int
    chat_template: str


def read_vocabulary(checkpoint: Checkpoint, *, pad_tokens: bool = False) -> Vocabulary:
    """Read and check the tokenizer of a checkpoint.

    Args:
        pad_tokens: fill ids above the tokenizer's with unused tokens when the embedding has more rows.

    Raises:
        ConvertRefused: another tokenizer or pre-tokenizer, holes in the ids, a size that differs from the embedding's,
            a begin token, an end token that is none.
    """
    data, model = checkpoint.tokenizer, checkpoint.tokenizer.get("model") or {}
    _check_model(data, model)
    _refuse_begin_token(checkpoint)
    tokens, types = _tokens(data, model)
    tokens, types = _fit(tokens, types, checkpoint.shape.vocabulary, pad_tokens)
    ids = {token: number for number, token in enumerate(tokens)}
    eos = _special_id(checkpoint, "eos", ids, types)
    template = checkpoint.chat_template or CHATML_TEMPLATE
    _check_template(template, tokens[eos], ids)
    return Vocabulary(
        pre=_pre_tokenizer(data.get("pre_tokenizer") or {}),
        tokens=tuple(tokens),
        types=tuple(types),
        merges=tuple(m if isinstance(m, str) else " ".join(m) for m in model["merges"]),
        eos=eos,
        pad=_special_id(checkpoint, "pad", ids, types),
        chat_template=template,
    )


def _check_model(data: Mapping[str, Any], model: Mapping[str, Any]) -> None:
    normalizer = (data.get("normalizer") or {}).get("type")
    demands = (
        (model.get("type") == "BPE", f"model {model.get('type')}"),
        (not model.get("byte_fallback"), "byte fallback"),
        (not model.get("ignore_merges"), "ignore_merges"),
        (not model.get("dropout"), "dropout"),
        (not model.get("continuing_subword_prefix"), "a subword prefix"),
        (not model.get("end_of_word_suffix"), "an end-of-word suffix"),
        (normalizer in KNOWN_NORMALIZERS, f"normalizer {normalizer}"),
    )
    if wrong := [words for holds, words in demands if not holds]:
        raise ConvertRefused(Refusal.UNKNOWN_TOKENIZER, ", ".join(wrong))


def _pre_tokenizer(data: Mapping[str, Any]) -> str:
    parts = data.get("pretokenizers") or [data]
    kinds = [part.get("type") for part in parts]
    if kinds != ["Split", "ByteLevel"]:
        raise ConvertRefused(Refusal.UNKNOWN_PRETOKENIZER, f"it is made of {kinds}, known is Split + ByteLevel")
    split, byte_level = parts
    pattern = str((split.get("pattern") or {}).get("Regex"))
    plain = split.get("behavior") == "Isolated" and not split.get("invert")
    if pattern not in PRE_TOKENIZERS or not plain:
        raise ConvertRefused(Refusal.UNKNOWN_PRETOKENIZER, f"split by {pattern!r}")
    if byte_level.get("add_prefix_space") or byte_level.get("use_regex"):
        raise ConvertRefused(Refusal.UNKNOWN_PRETOKENIZER, "the byte level adds a space or splits again")
    return PRE_TOKENIZERS[pattern]


def _refuse_begin_token(checkpoint: Checkpoint) -> None:
    processor = checkpoint.tokenizer.get("post_processor") or {}
    adds = [part["SpecialToken"]["id"] for part in processor.get("single", []) if "SpecialToken" in part]
    if checkpoint.tokenizer_config.get("add_bos_token"):
        adds.append(str(checkpoint.tokenizer_config.get("bos_token")))
    if adds:
        raise ConvertRefused(Refusal.DOUBLE_BOS, f"the tokenizer adds {adds[0]} by itself")
    if "bos_token" in checkpoint.chat_template:
        raise ConvertRefused(Refusal.DOUBLE_BOS, "the chat template writes bos_token")


def _tokens(data: Mapping[str, Any], model: Mapping[str, Any]) -> tuple[list[str], list[TokenType]]:
    added = {entry["id"]: entry for entry in data.get("added_tokens") or []}
    by_id = {number: token for token, number in model["vocab"].items()}
    by_id.update({number: entry["content"] for number, entry in added.items()})
    if sorted(by_id) != list(range(len(by_id))):
        hole = next(i for i in range(len(by_id)) if i not in by_id)
        raise ConvertRefused(Refusal.UNKNOWN_TOKENIZER, f"no token has the id {hole}")
    kinds = {i: TokenType.CONTROL if e.get("special") else TokenType.USER_DEFINED for i, e in added.items()}
    return [by_id[i] for i in range(len(by_id))], [kinds.get(i, TokenType.NORMAL) for i in range(len(by_id))]


def _fit(tokens: list[str], types: list[TokenType], rows: int, pad: bool) -> tuple[list[str], list[TokenType]]:
    short = rows - len(tokens)
    if short < 0 or (short > 0 and not pad):
        raise ConvertRefused(Refusal.VOCABULARY_SIZE, f"{len(tokens)} tokens, {rows} embedding rows")
    names = [f"[PAD{i}]" for i in range(len(tokens), rows)]
    return [*tokens, *names], [*types, *[TokenType.UNUSED] * short]


def _special_id(checkpoint: Checkpoint, kind: str, ids: Mapping[str, int], types: list[TokenType]) -> int:
    named = checkpoint.tokenizer_config.get(f"{kind}_token")
    content = named.get("content") if isinstance(named, Mapping) else named
    number = ids.get(content) if content else checkpoint.config.get(f"{kind}_token_id")
    if not isinstance(number, int) or number >= len(types):
        raise ConvertRefused(Refusal.WRONG_END_TOKEN, f"{kind} is {content or number}, which the vocabulary lacks")
    if types[number] is not TokenType.CONTROL:
        raise ConvertRefused(Refusal.WRONG_END_TOKEN, f"{kind} is {content or number}, which is an ordinary token")
    return number


def _check_template(template: str, eos: str, ids: Mapping[str, int]) -> None:
    if eos not in template and "eos_token" not in template:
        raise ConvertRefused(Refusal.WRONG_END_TOKEN, f"turns of the template never end with {eos}")
    for mark in ("<|im_start|>", "<|im_end|>"):
        if mark in template and mark not in ids:
            raise ConvertRefused(Refusal.WRONG_END_TOKEN, f"the template writes {mark}, which the vocabulary lacks")
