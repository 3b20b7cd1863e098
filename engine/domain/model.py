"""A model as the app knows it: a folder with a GGUF (or its shards), ``manifest.json`` and ``MODEL_CARD.md``."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any


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
