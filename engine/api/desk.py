"""What lies on the seller's desk between two starts: unfinished inputs, kept encrypted with everything else."""

from __future__ import annotations

import json
from typing import Any

from engine.store import Store

BLOB = "desk"


class Desk:
    """Named JSON values in the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def load(self) -> dict[str, Any]:
        """What was left there; empty when nothing was, or when it cannot be read."""
        data = self._store.blobs.get(BLOB)
        try:
            values = json.loads(data) if data else {}
        except ValueError:
            return {}
        return values if isinstance(values, dict) else {}

    def keep(self, values: dict[str, Any]) -> None:
        """Leave these there instead; on the disk when this returns."""
        self._store.blobs.put(BLOB, json.dumps(values, ensure_ascii=False).encode())
