"""The seller's products: kept, found, changed, deleted with a way back."""

from __future__ import annotations

from typing import Any

from engine.domain.records import Product
from engine.errors import NotFound
from engine.ports import Clock
from engine.store.codec import brief_from_text, brief_to_text, texts, time_or_none, to_json, to_time
from engine.store.schema import TABLES
from engine.store.search import Tokenizer, index_text, match_expression
from engine.store.session import Session

PRODUCT = TABLES["product"]


class Products:
    """The part of the store that is about products."""

    def __init__(self, session: Session, clock: Clock, tokenize: Tokenizer) -> None:
        self._session, self._clock, self._tokenize = session, clock, tokenize

    def add(self, product: Product) -> int:
        """Keep a new product; returns its number."""
        now = to_time(self._clock.now())
        with self._session.transaction():
            product_id = int(
                self._session.run(PRODUCT.insert(**{**_columns(product), "created_at": now, "updated_at": now}))
            )
            self._index(product_id, product)
        return product_id

    def update(self, product: Product) -> None:
        """Replace a product by its number; raises ``NotFound``."""
        with self._session.transaction():
            self._change(product.product_id, {**_columns(product), "updated_at": to_time(self._clock.now())})
            self._session.sql("DELETE FROM product_fts WHERE rowid = ?", (product.product_id,))
            self._index(product.product_id, product)

    def get(self, product_id: int) -> Product:
        """One product; raises ``NotFound``."""
        row = self._session.row(PRODUCT.select().where(PRODUCT.id == product_id))
        if row is None:
            raise NotFound("product", str(product_id))
        return _product(row)

    def by_code(self, code: str) -> Product | None:
        """The product with this code of the seller's own, if any."""
        row = self._session.row(PRODUCT.select().where((PRODUCT.code == code) & PRODUCT.deleted_at.is_null()))
        return None if row is None else _product(row)

    def find(self, search: str = "", *, limit: int = 50, offset: int = 0, deleted: bool = False) -> list[Product]:
        """Products, the last changed first; ``search`` is full text over name, code, tags and brief."""
        where, values = self._condition(search, deleted)
        text = f"SELECT * FROM product WHERE {where} ORDER BY updated_at DESC, id DESC LIMIT ? OFFSET ?"
        names = (
            "id",
            "name",
            "code",
            "brief",
            "price_cents",
            "picture",
            "tags",
            "created_at",
            "updated_at",
            "deleted_at",
        )
        return [
            _product(dict(zip(names, row, strict=True))) for row in self._session.sql(text, (*values, limit, offset))
        ]

    def count(self, search: str = "", *, deleted: bool = False) -> int:
        """How many products ``find`` would bring."""
        where, values = self._condition(search, deleted)
        return int(self._session.scalar(f"SELECT count(*) FROM product WHERE {where}", values))

    def delete(self, product_id: int) -> None:
        """Put a product into the recycle bin; its drafts stay."""
        self._change(product_id, {"deleted_at": to_time(self._clock.now())})

    def undelete(self, product_id: int) -> None:
        """Fetch a product back from the recycle bin."""
        self._change(product_id, {"deleted_at": None})

    def reindex(self) -> None:
        """Fill the full-text index anew."""
        with self._session.transaction():
            self._session.sql("INSERT INTO product_fts (product_fts) VALUES ('delete-all')")
            for row in self._session.rows(PRODUCT.select()):
                self._index(row["id"], _product(row))

    def _condition(self, search: str, deleted: bool) -> tuple[str, tuple[Any, ...]]:
        where = "deleted_at IS NOT NULL" if deleted else "deleted_at IS NULL"
        if not search.strip():
            return where, ()
        expression = match_expression(search, self._tokenize)
        if not expression:
            return "0", ()
        return f"{where} AND id IN (SELECT rowid FROM product_fts WHERE product_fts MATCH ?)", (expression,)

    def _change(self, product_id: int, values: dict[str, Any]) -> None:
        if not self._session.run(PRODUCT.update(**values).where(PRODUCT.id == product_id)):
            raise NotFound("product", str(product_id))

    def _index(self, product_id: int, product: Product) -> None:
        tokens = index_text((product.name, product.code, *product.tags, product.brief.all_text()), self._tokenize)
        self._session.sql("INSERT INTO product_fts (rowid, tokens) VALUES (?, ?)", (product_id, tokens))


def _columns(product: Product) -> dict[str, Any]:
    return {
        "name": product.name,
        "code": product.code,
        "brief": brief_to_text(product.brief),
        "price_cents": product.price_cents,
        "picture": product.picture,
        "tags": to_json(product.tags),
    }


def _product(row: dict[str, Any]) -> Product:
    return Product(
        name=row["name"],
        brief=brief_from_text(row["brief"]),
        code=row["code"],
        price_cents=row["price_cents"],
        picture=row["picture"],
        tags=texts(row["tags"]),
        product_id=row["id"],
        created_at=time_or_none(row["created_at"]),
        updated_at=time_or_none(row["updated_at"]),
        deleted_at=time_or_none(row["deleted_at"]),
    )
