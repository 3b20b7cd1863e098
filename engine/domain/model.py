"""A model as the app knows it: a folder with a GGUF (or its shards), ``manifest.json`` and ``MODEL_CARD.md``."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from engine.errors import EngineError


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One GGUF shard: file name, size in bytes, SHA-256 in hex."""

    name: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ModelManifest:
    """What ``manifest.json`` says; ``prompt_format`` is ``brief-v1`` or ``plain-v1``."""

    name: str
    title: str
    base: str
    licence: str
    prompt_format: str
    context_tokens: int
    quantisation: str
    files: tuple[ModelFile, ...]
    evaluation: dict[str, Any]

    @property
    def size(self) -> int:
        """Bytes of all shards."""
        return sum(f.size for f in self.files)

    @property
    def sha256(self) -> str:
        """What names these very weights: the file's SHA-256, or that of the shards' SHA-256 texts one after the other."""
        digests = [file.sha256 for file in self.files]
        return digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model folder on this computer; llama.cpp opens ``first_file`` and finds the other shards itself."""

    folder: Path
    manifest: ModelManifest
    shipped: bool

    @property
    def first_file(self) -> Path:
        """The GGUF, or its first shard."""
        return self.folder / self.manifest.files[0].name


class Fit(StrEnum):
    """Whether a model has room in this computer's memory; ``TIGHT`` means less of it than the program would like."""

    FITS = "fits"
    TIGHT = "tight"
    TOO_LARGE = "too_large"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ModelFit:
    """A model's bytes in memory against what is free now (0 where the system does not tell)."""

    fit: Fit
    needed_bytes: int
    free_bytes: int


@dataclass(frozen=True, slots=True)
class OfferedModel:
    """A model that a repository has: its (first) file, bytes of all its files, and whether this computer can hold it."""

    repo: str
    filename: str
    size: int
    fit: ModelFit


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast this computer reads and writes with a model; ``drafts`` are asked for at once and come in ``seconds``.

    ``read_tokens_s`` is 0 for a model that does not tell (the shop's own server).
    """

    model: str
    read_tokens_s: float
    write_tokens_s: float
    drafts: int
    seconds: float
    measured_at: datetime


@dataclass(frozen=True, slots=True)
class AdapterFile:
    """A LoRA adapter on this computer; ``problem`` says why the chosen model cannot use it, ``scale`` is 0 when off."""

    name: str
    size: int
    scale: float = 0.0
    problem: EngineError | None = None
