"""What the window remembers between two starts: place, look, numbers of open drafts. One small JSON file, written whole.

No word of the seller's stands in it: inputs lie in the encrypted store (``engine.api.Desk``). A file that cannot be read
is left aside and the window starts with its defaults.
"""

from __future__ import annotations

import json
import logging
import os
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)
FILE_NAME = "window.json"


class Session:
    """Named values in one file.

    Args:
        home: the seller's data folder.
    """

    def __init__(self, home: Path) -> None:
        self._path = home / FILE_NAME
        self._values: dict[str, Any] = {}
        self._written = ""

    def load(self) -> None:
        """Read the file, if there is a good one."""
        try:
            values = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return
        except (OSError, ValueError):
            log.warning("window state unreadable, starting empty")
            return
        if isinstance(values, dict):
            values.pop("form", None)  # an older version kept the inputs here, readable for everyone
            self._values = values

    def get(self, name: str, default: Any = None) -> Any:
        """A value, or the default."""
        return self._values.get(name, default)

    def put(self, name: str, value: Any) -> None:
        """Remember a JSON value."""
        self._values[name] = value

    def snapshot(self) -> str:
        """What would be written now."""
        return json.dumps(self._values, ensure_ascii=False, indent=1)

    def write(self, text: str) -> None:
        """Put a snapshot into the file, whole or not at all; a full or read-only disk is only logged."""
        if text == self._written:
            return
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            part = self._path.with_suffix(".part")
            with part.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            part.replace(self._path)
            self._written = text
        except OSError:
            log.warning("window state cannot be written")
