"""A small copy of each product's picture, kept in the encrypted file; it goes when its product goes."""

from __future__ import annotations

from collections.abc import Iterator

from engine.domain.records import ProductPicture
from engine.errors import NotFound
from engine.ports import Clock
from engine.store.codec import to_time
from engine.store.session import Session


class Pictures:
    """One picture a product; bytes in, the same bytes out."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def put(self, product_id: int, content: bytes) -> None:
        """Keep a picture in place of the one of before; raises ``NotFound`` for a product that does not exist."""
        with self._session.transaction():
            if not self._session.scalar("SELECT count(*) FROM product WHERE id = ?", (product_id,)):
                raise NotFound("product", str(product_id))
            self._session.sql(
                "INSERT OR REPLACE INTO product_picture (product_id, data, updated_at) VALUES (?, ?, ?)",
                (product_id, content, to_time(self._clock.now())),
            )

    def get(self, product_id: int) -> bytes | None:
        """The picture of a product, or None."""
        return self._one("SELECT data FROM product_picture WHERE product_id = ?", product_id)

    def of_name(self, name: str) -> bytes | None:
        """The picture of the product of this name that was last changed, or None."""
        return self._one(
            "SELECT data FROM product_picture JOIN product ON product.id = product_id "
            "WHERE product.name = ? AND product.deleted_at IS NULL ORDER BY product.updated_at DESC LIMIT 1",
            name,
        )

    def remove(self, product_id: int) -> None:
        """Forget a product's picture."""
        self._session.sql("DELETE FROM product_picture WHERE product_id = ?", (product_id,))

    def all(self) -> Iterator[ProductPicture]:
        """Every picture with its product's name, read one at a time."""
        rows = self._session.sql(
            "SELECT product_id, product.name FROM product_picture JOIN product ON product.id = product_id ORDER BY product_id"
        )
        for product_id, name in rows:
            content = self.get(product_id)
            if content is not None:
                yield ProductPicture(product_id, name, content)

    def _one(self, query: str, value: int | str) -> bytes | None:
        found = self._session.scalar(query, (value,))
        return None if found is None else bytes(found)
