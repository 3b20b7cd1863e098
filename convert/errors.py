"""Why a conversion is refused, in words: a wrong file must never become a model that runs and writes nonsense."""

from __future__ import annotations

from enum import Enum

from engine.errors import EngineError


class Refusal(Enum):
    """The situations, each with its sentence; ``{detail}`` holds the facts."""

    NOT_A_CHECKPOINT = "This is not a readable checkpoint folder: {detail}."
    UNKNOWN_ARCHITECTURE = "Only plain qwen2 checkpoints can be converted, and this one is different: {detail}."
    UNKNOWN_TOKENIZER = "The tokenizer is not a byte-level BPE as llama.cpp knows it: {detail}."
    UNKNOWN_PRETOKENIZER = "The pre-tokenizer is unknown to llama.cpp, so texts would be cut differently: {detail}."
    VOCABULARY_SIZE = "The tokenizer and the embedding disagree about the vocabulary: {detail}."
    MISSING_TENSORS = "Tensors are missing from the checkpoint: {detail}."
    UNEXPECTED_TENSORS = "The checkpoint has tensors that this architecture does not know: {detail}."
    WRONG_SHAPE = "A tensor does not have the shape that config.json promises: {detail}."
    NOT_FINITE = "A tensor holds values that float16 cannot hold (too large, infinite or NaN): {detail}."
    UNMERGED_ADAPTER = "The checkpoint still carries an unmerged LoRA adapter; merge it first: {detail}."
    EMBEDDING_NOT_TIED = "config.json says that embedding and output are tied, but lm_head.weight differs: {detail}."
    DOUBLE_BOS = "The prompt would start with a begin token twice, or with one the model never saw: {detail}."
    WRONG_END_TOKEN = "The end token does not fit the chat template: {detail}."
    ADAPTER_UNSUPPORTED = "This adapter cannot be written as a GGUF adapter: {detail}."
    BAD_RECIPE = "The recipe cannot be applied: {detail}."
    BAD_IMPORTANCE = "The importance matrix does not fit the model: {detail}."
    TOO_LARGE = "The file would be larger than allowed: {detail}."
    NOT_LOADABLE = "llama.cpp refuses the file: {detail}."
    TOO_FEW_LINES = "There is too little text to prove anything: {detail}."
    BAD_MODEL_FOLDER = "The model folder cannot be put together: {detail}."


class ConvertRefused(EngineError):
    """A conversion that would give a wrong or unproved model; ``refusal`` is the kind, ``detail`` the facts."""

    def __init__(self, refusal: Refusal, detail: str) -> None:
        super().__init__(refusal.value.format(detail=detail))
        self.refusal, self.detail = refusal, detail
