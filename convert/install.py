"""A model folder as the app reads it: the shards, ``manifest.json`` and ``MODEL_CARD.md``.

The folder is put together beside its place and takes it in one rename, so the app never sees half a model. What the
manifest says about context and files is read from the files themselves.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from convert.errors import ConvertRefused, Refusal
from convert.quantise import open_gguf
from convert.staging import flush_to_disk, sha256_of, shards_of, staging_folder
from engine.domain.model import ModelFile, ModelManifest
from engine.errors import FileUnreadable
from engine.prompts import BRIEF_V1, PLAIN_V1
from engine.prompts.brief_v1 import END_OF_TURN

MANIFEST_NAME = "manifest.json"
CARD_NAME = "MODEL_CARD.md"
NAME_PATTERN = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")


@dataclass(frozen=True, slots=True)
class ModelFacts:
    """What the maker says about a model; ``evaluation`` is copied into the manifest as it is."""

    name: str
    title: str
    base: str
    licence: str
    prompt_format: str
    quantisation: str
    evaluation: Mapping[str, Any]


def install_model(first_file: Path, card: Path, folder: Path, facts: ModelFacts) -> ModelManifest:
    """Put a model folder together; an older one at the same place is replaced.

    Raises:
        FileUnreadable: a shard or the card is missing.
        ConvertRefused: an unusable name or prompt format, an end token that the prompt format does not use.
    """
    _check(facts, card)
    shards = shards_of(first_file)
    for path in shards:
        if not path.is_file():
            raise FileUnreadable(path, "the file is missing")
    context = _context_tokens(shards[0], facts.prompt_format)
    with staging_folder(folder.parent) as staging:
        made = staging / folder.name
        made.mkdir()
        files = tuple(_copied(path, made) for path in shards)
        manifest = ModelManifest(**asdict(facts), context_tokens=context, files=files)
        (made / MANIFEST_NAME).write_text(manifest_json(manifest), encoding="utf-8")
        shutil.copyfile(card, made / CARD_NAME)
        for name in (MANIFEST_NAME, CARD_NAME):
            flush_to_disk(made / name)
        _swap(made, folder)
    return manifest


def manifest_json(manifest: ModelManifest) -> str:
    """``manifest.json`` as text: the fields of ``ModelManifest`` in their order."""
    return json.dumps(asdict(manifest), indent=1, ensure_ascii=False) + "\n"


def _check(facts: ModelFacts, card: Path) -> None:
    if not NAME_PATTERN.fullmatch(facts.name):
        raise ConvertRefused(Refusal.BAD_MODEL_FOLDER, f"the name {facts.name!r} is not of a-z, 0-9, - and .")
    if facts.prompt_format not in (BRIEF_V1, PLAIN_V1):
        raise ConvertRefused(Refusal.BAD_MODEL_FOLDER, f"the prompt format {facts.prompt_format} is unknown")
    if not card.is_file():
        raise FileUnreadable(card, "the model card is missing")


def _context_tokens(path: Path, prompt_format: str) -> int:
    reader = open_gguf(path)
    values = {
        name: field.contents() for name, field in reader.fields.items() if name.startswith(("general.a", "qwen2."))
    }
    context = values.get(f"{values.get('general.architecture')}.context_length")
    if not isinstance(context, int):
        raise ConvertRefused(Refusal.BAD_MODEL_FOLDER, f"{path.name} does not name its context length")
    if prompt_format == BRIEF_V1:
        tokens, eos = reader.get_field("tokenizer.ggml.tokens"), reader.get_field("tokenizer.ggml.eos_token_id")
        end = tokens.contents(int(eos.contents())) if tokens and eos else None
        if end != END_OF_TURN:
            raise ConvertRefused(
                Refusal.WRONG_END_TOKEN, f"{prompt_format} ends with {END_OF_TURN}, the file with {end}"
            )
    return context


def _copied(path: Path, folder: Path) -> ModelFile:
    target = folder / path.name
    shutil.copyfile(path, target)
    flush_to_disk(target)
    digest = sha256_of(target)
    if digest != sha256_of(path):
        raise FileUnreadable(path, "it changed while it was copied")
    return ModelFile(path.name, target.stat().st_size, digest)


def _swap(made: Path, folder: Path) -> None:
    if not folder.exists():
        os.replace(made, folder)
        return
    old = Path(tempfile.mkdtemp(prefix=".old-", dir=folder.parent))
    os.replace(folder, old / folder.name)
    os.replace(made, folder)
    shutil.rmtree(old, ignore_errors=True)
