"""What can go wrong for the seller or on the machine, as types with the facts in fields.

Every class is a *situation*; the words for people are written where people are met (``engine.__main__`` for the command
line, ``desktop.errors`` for the window). Anything that is not an ``EngineError`` is a bug.
"""

from __future__ import annotations

import errno
from pathlib import Path

_OS_REASONS = {
    errno.ENOENT: "missing",
    errno.ENOTDIR: "missing",
    errno.EACCES: "permission",
    errno.EPERM: "permission",
    errno.EROFS: "read_only",
    errno.ENOSPC: "disk_full",
    errno.EDQUOT: "disk_full",
    errno.EISDIR: "is_folder",
    errno.EEXIST: "exists",
    errno.ENAMETOOLONG: "name_too_long",
    errno.EFBIG: "too_large",
    errno.EBUSY: "in_use",
}


def reason_of(error: OSError) -> str:
    """The short key for what the operating system said; ``io`` where it has none of its own."""
    return _OS_REASONS.get(error.errno or 0, "io")


class EngineError(Exception):
    """Base of every situation that the engine reports."""


class Cancelled(EngineError):
    """The seller stopped the work; nothing is shown for it."""


class BriefInvalid(EngineError):
    """The brief cannot be written from.

    Args:
        field: name of the brief's field at fault.
        reason: a short key: ``empty``, ``too_long``, ``not_json``, ``wrong_type``, ``unknown_field``.
        detail: the limit or the offending piece, for the message.
    """

    def __init__(self, field: str, reason: str, detail: str = "") -> None:
        super().__init__(f"brief field {field}: {reason} {detail}".strip())
        self.field, self.reason, self.detail = field, reason, detail


class ChoiceUnknown(EngineError):
    """A channel, tone, task or model name that does not exist; ``choices`` says which do."""

    def __init__(self, kind: str, value: str, choices: tuple[str, ...]) -> None:
        super().__init__(f"unknown {kind}: {value}")
        self.kind, self.value, self.choices = kind, value, choices


class FileUnreadable(EngineError):
    """A file that cannot be read: missing, no permission, wrong encoding or form (``reason`` in those words)."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"cannot read {path.name}: {reason}")
        self.path, self.reason = path, reason


class TableUnusable(EngineError):
    """A table without the columns that are needed: ``missing`` are their kinds, ``found`` the headers that are there."""

    def __init__(self, missing: tuple[str, ...], found: tuple[str, ...]) -> None:
        super().__init__(f"columns missing: {', '.join(missing)}")
        self.missing, self.found = missing, found


class FileUnwritable(EngineError):
    """A file or folder that cannot be written: no permission, disk full (``reason``)."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"cannot write {path.name}: {reason}")
        self.path, self.reason = path, reason


class ModelMissing(EngineError):
    """No model is installed under this name or at this place."""

    def __init__(self, name: str) -> None:
        super().__init__(f"model missing: {name}")
        self.name = name


class ModelBroken(EngineError):
    """The model's files are incomplete, changed, not a GGUF, or refused by llama.cpp (``reason``)."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"model broken: {name}: {reason}")
        self.name, self.reason = name, reason


class NotEnoughMemory(EngineError):
    """Loading needs ``needed_bytes`` and only ``free_bytes`` are free."""

    def __init__(self, needed_bytes: int, free_bytes: int) -> None:
        super().__init__(f"needs {needed_bytes} bytes, {free_bytes} free")
        self.needed_bytes, self.free_bytes = needed_bytes, free_bytes


class ContextOverflow(EngineError):
    """The prompt and the asked length do not fit into the model's context."""

    def __init__(self, needed_tokens: int, context_tokens: int) -> None:
        super().__init__(f"{needed_tokens} tokens into a context of {context_tokens}")
        self.needed_tokens, self.context_tokens = needed_tokens, context_tokens


class WorkerCrashed(EngineError):
    """The process that holds the model ended unasked (``exit_code``); finished drafts are kept."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__(f"worker ended with {exit_code}")
        self.exit_code = exit_code


class ProcessorUnfit(WorkerCrashed):
    """llama.cpp was compiled for another processor: it met an instruction that this one does not know."""


class StoreUnusable(EngineError):
    """The store cannot be opened or written; ``reason``: ``read_only``, ``locked``, ``corrupt``, ``disk_full``, ``wrong_key``, ``no_key``,
    ``io_error``."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(f"store {path.name}: {reason}")
        self.path, self.reason = path, reason


class StoreTooNew(EngineError):
    """The store was written by a newer version of the program."""

    def __init__(self, found_version: int, known_version: int) -> None:
        super().__init__(f"store version {found_version}, known {known_version}")
        self.found_version, self.known_version = found_version, known_version


class PassphraseNeeded(EngineError):
    """The store's key is guarded by a passphrase: none was given yet, or (``wrong``) one that does not open it."""

    def __init__(self, *, wrong: bool) -> None:
        super().__init__("wrong passphrase" if wrong else "passphrase needed")
        self.wrong = wrong


class RecoveryPhraseWrong(EngineError):
    """A recovery phrase that cannot be right; ``reason``: ``length``, ``characters``, ``checksum``."""

    def __init__(self, reason: str) -> None:
        super().__init__(f"recovery phrase: {reason}")
        self.reason = reason


class NotFound(EngineError):
    """A stored thing that is asked for by a number or name that does not exist."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"no {kind} {key}")
        self.kind, self.key = kind, key


class ConsentMissing(EngineError):
    """A feedback bundle was asked for without the seller's consent."""


class BundleInvalid(EngineError):
    """A feedback bundle that does not verify (``reason``)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class DownloadFailed(EngineError):
    """A model download that broke off or does not verify (``reason``); what has come is kept for the next try."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"download of {name}: {reason}")
        self.name, self.reason = name, reason


class RemoteFailed(EngineError):
    """The shop's own model server did not answer as it should (``reason``)."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(f"{url}: {reason}")
        self.url, self.reason = url, reason


class SettingInvalid(EngineError):
    """A setting cannot take this value (``reason``: ``unknown``, ``wrong_type``, ``out_of_range``, ``not_a_choice``)."""

    def __init__(self, name: str, reason: str, detail: str = "") -> None:
        super().__init__(f"setting {name}: {reason} {detail}".strip())
        self.name, self.reason, self.detail = name, reason, detail
