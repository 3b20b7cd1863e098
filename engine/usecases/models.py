"""The models of this computer: which there are, which one writes, whether it is whole; bring one in, take one away.

A model is a folder with a manifest. Those that came with the app lie in ``Paths.shipped_models`` and are never changed;
the seller's lie in ``Paths.models``. A model comes in from a folder or a bare GGUF on a disk or USB stick (a main path:
downloads fail for many sellers) or from the hub, is hashed on the way, and is in the list only when every byte is safe.
A folder that cannot be used is listed with its reason and hides no other model.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from engine.domain.model import InstalledModel, ModelFile, ModelManifest, OfferedModel
from engine.errors import (
    DownloadFailed,
    EngineError,
    FileUnreadable,
    FileUnwritable,
    ModelBroken,
    ModelMissing,
    reason_of,
)
from engine.files.gguf_header import GgufHeader, read_gguf_header
from engine.files.manifest import (
    CARD_NAME,
    MANIFEST_NAME,
    check_files,
    hash_file,
    read_manifest,
    verify_files,
    write_manifest,
)
from engine.files.model_copy import check_free_space, copy_hashed, incoming_folder, sweep_incoming
from engine.files.names import safe_name
from engine.hub.transport import RemoteFile
from engine.paths import Paths
from engine.progress import Ticket
from engine.usecases.fit import fit_offered

DEFAULT_NAME = "starter"
IMPORT_STAGE = "import_model"
DOWNLOADS_FOLDER = ".downloads"
PLAIN_FORMAT = "plain-v1"
DEFAULT_CONTEXT_TOKENS = 4096
MAX_CONTEXT_TOKENS = 32_768
"""A bare GGUF may name a million; more than this no brief needs and no seller's memory holds."""

_SHARD = re.compile(r"^(?P<stem>.+)-(?P<index>\d{5})-of-(?P<count>\d{5})\.gguf$", re.IGNORECASE)
_NOT_IN_NAMES = re.compile(r"[^\w.\-+ ]+")
_MAX_SHARDS = 99_999
_log = logging.getLogger(__name__)


class ModelSource(Protocol):
    """Where model files can be fetched from; ``engine.hub.download.HubDownloader`` is one."""

    def files(self, repo: str, ticket: Ticket, revision: str = "main") -> tuple[tuple[str, int], ...]:
        """Names and sizes of what a repository has."""
        ...

    def describe(self, repo: str, filename: str, ticket: Ticket, revision: str = "main") -> RemoteFile:
        """Size and SHA-256 of a remote file."""
        ...

    def describe_url(self, url: str, ticket: Ticket, sha256: str = "") -> RemoteFile:
        """The same for a plain address."""
        ...

    def fetch(self, remote: RemoteFile, folder: Path, ticket: Ticket) -> Path:
        """Bring it into a folder, verified."""
        ...


@dataclass(frozen=True, slots=True)
class BrokenModel:
    """A model folder that cannot be used, and the situation that it is in (``ModelBroken``, ``FileUnreadable``)."""

    folder: Path
    problem: EngineError
    shipped: bool


@dataclass(frozen=True, slots=True)
class ModelListing:
    """All model folders: those that can write, the default first, and those that cannot."""

    models: tuple[InstalledModel, ...]
    broken: tuple[BrokenModel, ...]


class ModelCatalogue:
    """The models of one installation.

    Args:
        paths: where models lie.
        source: where models can be fetched from; None where there is no network code (tests, locked-down shops).
    """

    def __init__(self, paths: Paths, source: ModelSource | None = None) -> None:
        """Nothing is read here."""
        self._paths = paths
        self._source = source

    def listing(self) -> ModelListing:
        """Every model folder, checked cheaply (names, sizes, magic)."""
        models: list[InstalledModel] = []
        broken: list[BrokenModel] = []
        for root, shipped in ((self._paths.shipped_models, True), (self._paths.models, False)):
            for folder in _model_folders(root):
                try:
                    models.append(open_model(folder, shipped=shipped))
                except (ModelBroken, ModelMissing, FileUnreadable) as problem:
                    _log.warning("a model folder is not usable: %s", type(problem).__name__)
                    broken.append(BrokenModel(folder, problem, shipped))
        models.sort(key=lambda model: (model.manifest.name != DEFAULT_NAME, not model.shipped, model.manifest.name))
        return ModelListing(tuple(models), tuple(broken))

    def choose(self, name: str = "") -> InstalledModel:
        """The model of this name, or the default: the shipped one, else the first of the seller's.

        Raises:
            ModelMissing: there is none.
            ModelBroken, FileUnreadable: it is there and cannot be used.
        """
        found = self.listing()
        for model in found.models:
            if name in ("", model.manifest.name, model.folder.name):
                return model
        for broken in found.broken:
            if name in ("", broken.folder.name):
                raise broken.problem
        raise ModelMissing(name)

    def verify(self, name: str, ticket: Ticket) -> InstalledModel:
        """Compare every byte of a model with its manifest; raises ``ModelBroken`` and ``Cancelled``."""
        model = self.choose(name)
        verify_files(model.folder, model.manifest, ticket)
        return model

    def import_from(self, source: Path, ticket: Ticket) -> InstalledModel:
        """Copy a model from a disk: its folder, a bare GGUF, or the first of its shards.

        A model that is here already (the same bytes) is not copied in twice.

        Raises:
            ModelMissing: nothing of that kind lies there.
            ModelBroken: its files are not what its manifest says, not GGUFs, or not all there.
            FileUnreadable, FileUnwritable, Cancelled.
        """
        sweep_incoming(self._paths.models)
        if source.is_dir() and (source / MANIFEST_NAME).exists():
            return self._copy_in(source, read_manifest(source), ticket)
        first = _only_gguf(source) if source.is_dir() else source
        files = _shards_beside(first)
        return self._copy_in(first.parent, _plain_manifest(first, files), ticket)

    def offers(self, repo: str, free_bytes: int, ticket: Ticket) -> tuple[OfferedModel, ...]:
        """The models of a repository on the hub, the smallest first; all shards of one count together.

        Raises:
            DownloadFailed (``no_models`` where it has none), Cancelled.
        """
        sizes = {name: size for name, size in self._wired(repo).files(repo, ticket) if _is_model(name)}
        firsts = [name for name in sizes if _first_shard(name) == name]
        whole = {name: sum(sizes.get(shard, 0) for shard in shard_names(name)) for name in firsts}
        if not whole:
            raise DownloadFailed(repo, "no_models")
        found = [OfferedModel(repo, name, size, fit_offered(size, free_bytes)) for name, size in whole.items()]
        return tuple(sorted(found, key=lambda offer: (offer.size, offer.filename)))

    def download(self, repo: str, filename: str, ticket: Ticket, revision: str = "main") -> InstalledModel:
        """Fetch a GGUF (with all its shards) of a repository on the hub.

        Raises:
            DownloadFailed, ModelBroken, FileUnwritable, Cancelled. What has come is kept for the next try.
        """
        source = self._wired(filename)
        names = shard_names(filename)
        remotes = [source.describe(repo, name, ticket, revision) for name in names]
        return self._bring(remotes, ticket)

    def download_url(self, url: str, ticket: Ticket, sha256: str = "") -> InstalledModel:
        """Fetch one GGUF from a plain address; raises as ``download``."""
        return self._bring([self._wired(url).describe_url(url, ticket, sha256)], ticket)

    def remove(self, name: str) -> None:
        """Take one of the seller's models off the disk; also one that is broken.

        Raises:
            ModelMissing: there is none of this name.
            FileUnwritable: it came with the app (``read_only``), or the system does not let us.
        """
        found = self.listing()
        folders = {
            model.folder: model.shipped for model in found.models if name in (model.manifest.name, model.folder.name)
        }
        folders |= {broken.folder: broken.shipped for broken in found.broken if broken.folder.name == name}
        own = [folder for folder, shipped in folders.items() if not shipped]
        if not own:
            raise FileUnwritable(next(iter(folders)), "read_only") if folders else ModelMissing(name)
        try:
            shutil.rmtree(own[0])
        except OSError as error:
            raise FileUnwritable(own[0], reason_of(error)) from error

    def _wired(self, name: str) -> ModelSource:
        if self._source is None:
            raise DownloadFailed(name, "offline")
        return self._source

    def _bring(self, remotes: Sequence[RemoteFile], ticket: Ticket) -> InstalledModel:
        """Fetch all files, then move them into a folder of their own with a manifest."""
        source = self._wired(remotes[0].name)
        downloads = self._paths.models / DOWNLOADS_FOLDER
        paths = [source.fetch(remote, downloads, ticket) for remote in remotes]
        files = tuple(_hashed(path, remote, ticket) for path, remote in zip(paths, remotes, strict=True))
        manifest = _plain_manifest(paths[0], paths)
        manifest = replace(manifest, files=files, name=self._free_name(manifest.name))
        with incoming_folder(self._paths.models, manifest.name) as folder:
            for path in paths:
                os.replace(path, folder / path.name)
            write_manifest(folder, manifest)
        return open_model(self._paths.models / manifest.name, shipped=False)

    def _copy_in(self, source: Path, manifest: ModelManifest, ticket: Ticket) -> InstalledModel:
        present = self._same_bytes(manifest)
        if present is not None:
            return present
        check_files(source, manifest)
        check_free_space(self._paths.models, manifest.size)
        own = replace(manifest, name=self._free_name(manifest.name))
        with incoming_folder(self._paths.models, own.name) as folder:
            own = replace(own, files=_copied_files(source, folder, manifest, ticket))
            card = source / CARD_NAME
            if card.is_file() and (source / MANIFEST_NAME).exists():
                shutil.copyfile(card, folder / CARD_NAME)
            write_manifest(folder, own)
        return open_model(self._paths.models / own.name, shipped=False)

    def _same_bytes(self, manifest: ModelManifest) -> InstalledModel | None:
        hashes = [file.sha256 for file in manifest.files]
        models = self.listing().models
        return next((m for m in models if all(hashes) and [f.sha256 for f in m.manifest.files] == hashes), None)

    def _free_name(self, name: str) -> str:
        """The name, or name-2, name-3 … when a model, usable or not, has it."""
        found = self.listing()
        taken = {model.manifest.name.lower() for model in found.models}
        taken |= {
            folder.name.lower() for folder in (*(m.folder for m in found.models), *(b.folder for b in found.broken))
        }
        candidates = (name, *(f"{name}-{number}" for number in range(2, 10_000)))
        return next(candidate for candidate in candidates if candidate.lower() not in taken)


def open_model(folder: Path, *, shipped: bool) -> InstalledModel:
    """A model folder, checked cheaply.

    Raises:
        ModelMissing, ModelBroken, FileUnreadable.
    """
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    return InstalledModel(folder, manifest, shipped)


def shard_names(filename: str) -> tuple[str, ...]:
    """All files of a split model, told by the name of any one of them; the name alone for a whole one."""
    match = _SHARD.match(filename)
    if match is None:
        return (filename,)
    count = int(match["count"])
    if not 1 <= count <= _MAX_SHARDS:
        raise ModelBroken(filename, "shards")
    return tuple(f"{match['stem']}-{index:05d}-of-{count:05d}.gguf" for index in range(1, count + 1))


def _is_model(name: str) -> bool:
    """Whether a file of a repository is (a shard of) a language model, not what a vision model sees with."""
    return name.lower().endswith(".gguf") and "mmproj" not in name.lower()


def _first_shard(name: str) -> str:
    try:
        return shard_names(name)[0]
    except ModelBroken:
        return ""


def _model_folders(root: Path) -> list[Path]:
    """The folders of ``root`` that may be models; those that begin with a dot are our own workshop."""
    try:
        return sorted(path for path in root.iterdir() if path.is_dir() and not path.name.startswith("."))
    except OSError:
        return []


def _only_gguf(folder: Path) -> Path:
    """The one model in a folder without manifest: a GGUF, or the first of its shards."""
    found = sorted(path for path in folder.iterdir() if path.suffix.lower() == ".gguf")
    firsts = [path for path in found if shard_names(path.name)[0] == path.name]
    if not firsts:
        raise ModelMissing(folder.name)
    if len(firsts) > 1:
        raise ModelBroken(folder.name, "several_gguf")
    return firsts[0]


def _shards_beside(first: Path) -> list[Path]:
    if not first.exists():
        raise ModelMissing(first.name)
    paths = [first.with_name(name) for name in shard_names(first.name)]
    for path in paths:
        if not path.exists():
            raise ModelBroken(first.name, f"file_missing:{path.name}")
    return paths


def _plain_manifest(first: Path, files: Sequence[Path]) -> ModelManifest:
    """A manifest for a bare GGUF, from what its header says; hashes are filled in when it is copied."""
    header = read_gguf_header(first if first == files[0] else files[0])
    if header.shard_count != len(files):
        raise ModelBroken(first.name, "shards")
    match = _SHARD.match(first.name)
    stem = match["stem"] if match else first.stem
    return ModelManifest(
        name=_slug(stem),
        title=(header.name or stem)[:200],
        base=header.architecture[:200],
        licence=header.licence[:200],
        prompt_format=PLAIN_FORMAT,
        context_tokens=_context(header),
        quantisation=header.quantisation,
        files=tuple(ModelFile(path.name, path.stat().st_size, "") for path in files),
        evaluation={},
    )


def _context(header: GgufHeader) -> int:
    return min(header.context_tokens, MAX_CONTEXT_TOKENS) if header.context_tokens > 0 else DEFAULT_CONTEXT_TOKENS


def _slug(stem: str) -> str:
    """The file's stem as a model's name."""
    bare = _NOT_IN_NAMES.sub("-", safe_name(stem)).strip("-+. ")[:60].strip("-+. ")
    return bare or "model"


def _copied_files(source: Path, folder: Path, manifest: ModelManifest, ticket: Ticket) -> tuple[ModelFile, ...]:
    """The manifest's files, copied; one that has a hash in the manifest must have it in the copy."""
    copied: list[ModelFile] = []
    for file in manifest.files:
        base = sum(earlier.size for earlier in copied)

        def report(size: int, base: int = base) -> None:
            ticket.check()
            ticket.report(IMPORT_STAGE, base + size, manifest.size)

        copied.append(copy_hashed(source / file.name, folder / file.name, report))
        if file.sha256 and copied[-1].sha256 != file.sha256:
            raise ModelBroken(manifest.name, f"file_hash:{file.name}")
    return tuple(copied)


def _hashed(path: Path, remote: RemoteFile, ticket: Ticket) -> ModelFile:
    sha256 = remote.sha256 or hash_file(path, lambda _: ticket.check())
    return ModelFile(path.name, path.stat().st_size, sha256)
