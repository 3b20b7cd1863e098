"""Pictures that the seller makes: written where she wants them."""

from __future__ import annotations

from pathlib import Path

from engine.files.atomic import write_bytes


class Pictures:
    """Picture files."""

    def write(self, path: Path, content: bytes) -> None:
        """Put a picture file at ``path``, whole or not at all.

        Raises:
            FileUnwritable: the place cannot be written.
        """
        write_bytes(path, content)
