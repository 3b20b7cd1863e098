"""The products as a list model: name first, then how much is known about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.words import tr

if TYPE_CHECKING:
    from engine.domain.records import Product

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class ProductListModel(QAbstractListModel):
    """Products in the order of the engine."""

    def __init__(self) -> None:
        super().__init__()
        self._products: list[Product] = []

    def set_products(self, products: list[Product]) -> None:
        """Show these."""
        self.beginResetModel()
        self._products = list(products)
        self.endResetModel()

    def product(self, row: int) -> Product | None:
        """The product in a row."""
        return self._products[row] if 0 <= row < len(self._products) else None

    def row_of(self, product_id: int) -> int:
        """Where a product stands, -1 for nowhere."""
        return next((row for row, p in enumerate(self._products) if p.product_id == product_id), -1)

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many there are."""
        return 0 if parent.isValid() else len(self._products)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Name, and facts as a tool tip."""
        product = self.product(index.row())
        if product is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return product.name or product.brief.product or tr("没有名称的商品")
        if role == Qt.ItemDataRole.ToolTipRole:
            pairs = "、".join(f"{a.name} {a.value}" for a in product.brief.attributes)
            return "\n".join(part for part in (product.brief.product, pairs) if part)
        return None
