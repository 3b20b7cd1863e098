"""How fast this computer writes: measured on request, kept in a small file until threads or graphics are changed."""

from __future__ import annotations

import json
import logging
import math
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from engine.domain import Speed
from engine.errors import FileUnreadable, FileUnwritable
from engine.files.atomic import read_bytes, write_text
from engine.ports import TextModel
from engine.progress import Ticket
from engine.usecases.speed import measure_speed

MAX_BYTES = 64 * 1024

_log = logging.getLogger(__name__)


class SpeedFile:
    """The last measurement as JSON; a file that cannot be read is as good as none."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Speed | None:
        """What was measured last."""
        try:
            found = json.loads(read_bytes(self._path, MAX_BYTES))
            rates = [float(found[name]) for name in ("read_tokens_s", "write_tokens_s", "seconds")]
            drafts, when = int(found["drafts"]), datetime.fromisoformat(found["measured_at"])
        except (FileUnreadable, ValueError, KeyError, TypeError, RecursionError):
            return None
        if (
            not all(math.isfinite(rate) and rate >= 0 for rate in rates)
            or rates[2] <= 0
            or drafts < 1
            or when.tzinfo is None
        ):
            return None
        return Speed(str(found["model"]), rates[0], rates[1], drafts, rates[2], when)

    def save(self, speed: Speed) -> None:
        """Keep it; one that cannot be written is measured again another day."""
        facts = {
            "model": speed.model,
            "read_tokens_s": round(speed.read_tokens_s, 2),
            "write_tokens_s": round(speed.write_tokens_s, 2),
            "drafts": speed.drafts,
            "seconds": round(speed.seconds, 2),
            "measured_at": speed.measured_at.isoformat(),
        }
        try:
            write_text(self._path, json.dumps(facts, ensure_ascii=False, indent=1) + "\n")
        except FileUnwritable as problem:
            _log.warning("the measured speed could not be kept (%s)", problem.reason)

    def forget(self) -> None:
        """What was measured holds no more."""
        self._path.unlink(missing_ok=True)


class Speedometer:
    """Measures with the model that writes."""

    def __init__(self, path: Path, model: Callable[[], TextModel]) -> None:
        self._file, self._model = SpeedFile(path), model

    def last(self) -> Speed | None:
        """The last measurement, with whichever model it was made."""
        return self._file.load()

    def measure(self, ticket: Ticket) -> Speed:
        """Measure now, and keep it; raises what the model raises."""
        speed = measure_speed(self._model(), datetime.now(UTC), ticket)
        self._file.save(speed)
        return speed
