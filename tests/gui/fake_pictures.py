"""Pictures in a dict; files are written for real."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.files.atomic import write_bytes
from engine.usecases.colour_words import colour_words, read_colour_names

if TYPE_CHECKING:
    from fake_engine import FakeState

ASSETS = Path(__file__).resolve().parents[2] / "assets"


class FakePictures:
    """As ``engine.api.Pictures``."""

    def __init__(self, state: FakeState) -> None:
        self.state = state

    def keep(self, product_id: int, content: bytes) -> None:
        assert product_id in self.state.products
        self.state.pictures[product_id] = content

    def of_product(self, product_id: int) -> bytes | None:
        return self.state.pictures.get(product_id)

    def of_name(self, name: str) -> bytes | None:
        numbers = [number for number, product in self.state.products.items() if product.brief.product == name]
        return next((self.state.pictures[number] for number in numbers if number in self.state.pictures), None)

    def remove(self, product_id: int) -> None:
        self.state.pictures.pop(product_id, None)

    def colour_words(self, colours: Any) -> tuple[str, ...]:
        return colour_words(colours, read_colour_names(ASSETS / "lexicons"))

    def write(self, path: Path, content: bytes) -> None:
        write_bytes(path, content)
