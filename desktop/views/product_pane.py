"""The left of the workbench: the seller's products."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QListView, QMenu, QWidget

from desktop.tables.product_list import ProductListModel
from desktop.widgets.basics import LineEdit, button, column, label
from desktop.widgets.busy import BusyLine
from desktop.widgets.tokens import CHECK_MS, SPACE_3
from desktop.words import say, tr

if TYPE_CHECKING:
    from engine.domain.records import Product

PANE_CHARACTERS = 13


class ProductPane(QWidget):
    """Search, choose, add, import, delete."""

    search_wanted = Signal(str)
    chosen = Signal(object)
    new_wanted = Signal()
    import_wanted = Signal()
    delete_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.search = LineEdit("搜索商品")
        say(self.search.setAccessibleName, "搜索商品")
        self.search.setClearButtonEnabled(True)
        self.model = ProductListModel()
        self.list = QListView()
        self.list.setObjectName("bare")
        self.list.setModel(self.model)
        self.list.setUniformItemSizes(True)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        say(self.list.setAccessibleName, "商品")
        self.empty = label("还没有商品。在右边写好一个，或导入表格，就会出现在这里。", "quiet", wrap=True)
        self.new = button("新商品", self.new_wanted.emit, "side", icon="plus")
        self.importer = button("导入表格", self.import_wanted.emit, "side", icon="import", tip="Excel、CSV 或 JSON")
        self.delete = button("删除", self._delete, "side", icon="trash", tip="删除选中的商品（Delete）")
        self.delete.setEnabled(False)
        self.busy = BusyLine()
        box = column(
            label("商品", "heading"),
            self.search,
            self.list,
            self.empty,
            self.busy,
            self.new,
            self.importer,
            self.delete,
        )
        box.setStretch(2, 1)
        box.setContentsMargins(SPACE_3, SPACE_3, SPACE_3, SPACE_3)
        self.setLayout(box)
        self.setMinimumWidth(PANE_CHARACTERS * self.fontMetrics().horizontalAdvance("字"))
        self.empty.hide()
        self._wire()

    def _wire(self) -> None:
        self._pause = QTimer(self, singleShot=True, interval=CHECK_MS)
        self._pause.timeout.connect(lambda: self.search_wanted.emit(self.search.text()))
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self.list.selectionModel().currentChanged.connect(lambda index, _old: self.delete.setEnabled(index.isValid()))
        self.list.customContextMenuRequested.connect(self._menu)
        remove = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.list, context=Qt.ShortcutContext.WidgetShortcut)
        remove.activated.connect(self._delete)

    def show_products(self, products: list[Product]) -> None:
        """Show these; the selection stays where it was."""
        current = self.model.product(self.list.currentIndex().row())
        self.model.set_products(products)
        self.empty.setVisible(not products and not self.search.text())
        self.select(current.product_id if current else 0)

    def select(self, product_id: int) -> None:
        """Mark a product as the one in the form; 0 marks none."""
        row = self.model.row_of(product_id) if product_id else -1
        with QSignalBlocker(self.list):
            if row < 0:
                self.list.clearSelection()
                self.list.setCurrentIndex(QModelIndex())
            else:
                index = self.model.index(row)
                self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.delete.setEnabled(row >= 0)

    def _choose(self, index: QModelIndex) -> None:
        product = self.model.product(index.row())
        if product is not None:
            self.chosen.emit(product)

    def _delete(self) -> None:
        product = self.model.product(self.list.currentIndex().row())
        if product is not None:
            self.delete_wanted.emit(product)

    def _menu(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        if not index.isValid():
            return
        self.list.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("删除"), self._delete)
        menu.popup(self.list.viewport().mapToGlobal(place))
