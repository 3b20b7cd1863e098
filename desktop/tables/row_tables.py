"""Table models of the batch page: what the columns mean, and the rows that are done."""

from __future__ import annotations

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from desktop.shown import RowShown
from desktop.words import tr

Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
EXCERPT_CHARACTERS = 40


class TextTableModel(QAbstractTableModel):
    """Plain texts in rows under Chinese headings."""

    def __init__(self, headings: tuple[str, ...]) -> None:
        super().__init__()
        self._headings = headings
        self._rows: list[tuple[str, ...]] = []

    def set_rows(self, rows: list[tuple[str, ...]]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def append(self, row: tuple[str, ...]) -> None:
        """One more at the end."""
        place = len(self._rows)
        self.beginInsertRows(_NONE, place, place)
        self._rows.append(row)
        self.endInsertRows()

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NONE) -> int:
        """How many columns."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The headings."""
        if role == Qt.ItemDataRole.DisplayRole and orientation == Qt.Orientation.Horizontal:
            return tr(self._headings[section])
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The texts."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._rows[index.row()][index.column()]
        return None


class DoneRowsModel(TextTableModel):
    """Finished rows of a table, one line each."""

    def __init__(self) -> None:
        super().__init__(("行", "商品", "结果"))
        self._shown: list[RowShown] = []

    def start_anew(self) -> None:
        """Forget everything."""
        self._shown = []
        self.set_rows([])

    def add(self, row: RowShown) -> None:
        """A row is done."""
        self._shown.append(row)
        first = " ".join(row.texts[0][1].split())[:EXCERPT_CHARACTERS] if row.texts else ""
        self.append((str(row.number), row.product, f"⚠ {row.problem}" if row.problem else first))

    def row(self, place: int) -> RowShown | None:
        """A finished row."""
        return self._shown[place] if 0 <= place < len(self._shown) else None
