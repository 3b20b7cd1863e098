"""Pictures: a small copy kept with each product, what its colours are called, and picture files that are written."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from engine.domain.palette import MainColour
from engine.files.atomic import write_bytes
from engine.store import Store
from engine.usecases.colour_words import NamedColour, colour_words, read_colour_names


class Pictures:
    """Product pictures; what is kept is on the disk, encrypted, when a call returns."""

    def __init__(self, store: Store, assets: Path) -> None:
        self._store, self._assets = store, assets

    def keep(self, product_id: int, content: bytes) -> None:
        """Keep a JPEG file's bytes with a product; raises ``NotFound``."""
        self._store.pictures.put(product_id, content)

    def of_product(self, product_id: int) -> bytes | None:
        """The picture of a product, or None."""
        return self._store.pictures.get(product_id)

    def of_name(self, name: str) -> bytes | None:
        """The picture of the product of this name, or None."""
        return self._store.pictures.of_name(name)

    def remove(self, product_id: int) -> None:
        """Forget a product's picture."""
        self._store.pictures.remove(product_id)

    def colour_words(self, colours: Sequence[MainColour]) -> tuple[str, ...]:
        """What the main colours of a picture are called, e.g. 藏青, 米白."""
        return colour_words(colours, self._names)

    @cached_property
    def _names(self) -> tuple[NamedColour, ...]:
        return read_colour_names(self._assets / "lexicons")

    def write(self, path: Path, content: bytes) -> None:
        """Put a picture file at ``path``, whole or not at all.

        Raises:
            FileUnwritable: the place cannot be written.
        """
        write_bytes(path, content)
