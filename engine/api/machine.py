"""What was learnt of this computer, in a small file of the data folder; a file that cannot be read is as good as none."""

from __future__ import annotations

import json
import logging
from pathlib import Path

from engine.errors import FileUnreadable, FileUnwritable
from engine.files.atomic import read_bytes, write_text
from engine.inference.machine_notes import MachineNotes

MAX_BYTES = 64 * 1024

_log = logging.getLogger(__name__)


class NotesFile:
    """Machine notes as JSON (``engine.inference.machine_notes.NoteKeeper``)."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> MachineNotes:
        """What the file says."""
        try:
            found = json.loads(read_bytes(self._path, MAX_BYTES))
            fingerprint, threads, failed = found["fingerprint"], found["threads"], found["gpu_failed"]
        except (FileUnreadable, ValueError, KeyError, TypeError, RecursionError):
            return MachineNotes()
        sound = isinstance(fingerprint, str) and type(threads) is int and 0 <= threads <= 1024 and type(failed) is bool
        return MachineNotes(fingerprint, threads, failed) if sound else MachineNotes()

    def save(self, notes: MachineNotes) -> None:
        """Write the file; one that cannot be written means that things are tried out again next time."""
        facts = {"fingerprint": notes.fingerprint, "threads": notes.threads, "gpu_failed": notes.gpu_failed}
        try:
            write_text(self._path, json.dumps(facts, indent=1) + "\n")
        except FileUnwritable as problem:
            _log.warning("what was learnt of this computer could not be kept (%s)", problem.reason)

    def forget(self) -> None:
        """Try out everything again at the next loading."""
        if self._path.exists():
            self.save(MachineNotes())
