"""The drafts of the past as a list that fetches fifty more whenever the end comes into sight."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from desktop.words import date_words, tr
from engine.domain import CHANNELS, HistoryEntry

PAGE = 50
Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()


class HistoryListModel(QAbstractListModel):
    """Entries as far as they have been fetched."""

    more_wanted = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._entries: list[HistoryEntry] = []
        self._complete = self._waiting = True

    def start_anew(self) -> None:
        """Forget everything; the first page comes next."""
        self.beginResetModel()
        self._entries = []
        self._complete, self._waiting = False, True
        self.endResetModel()

    def append(self, entries: list[HistoryEntry]) -> None:
        """A page came; a short one is the last."""
        self._waiting = False
        self._complete = len(entries) < PAGE
        if entries:
            first = len(self._entries)
            self.beginInsertRows(_NONE, first, first + len(entries) - 1)
            self._entries += entries
            self.endInsertRows()

    def replace(self, entry: HistoryEntry) -> None:
        """An entry changed."""
        row = self.row_of(entry.draft.draft_id)
        if row >= 0:
            self._entries[row] = entry
            self.dataChanged.emit(self.index(row), self.index(row))

    def remove(self, draft_id: int) -> None:
        """An entry is gone from this list."""
        row = self.row_of(draft_id)
        if row >= 0:
            self.beginRemoveRows(_NONE, row, row)
            del self._entries[row]
            self.endRemoveRows()

    def row_of(self, draft_id: int) -> int:
        """Where a draft stands, -1 for nowhere."""
        return next((row for row, e in enumerate(self._entries) if e.draft.draft_id == draft_id), -1)

    def entry(self, row: int) -> HistoryEntry | None:
        """The entry in a row."""
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def rowCount(self, parent: Index = _NONE) -> int:
        """How many have been fetched."""
        return 0 if parent.isValid() else len(self._entries)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there may be more."""
        return not self._complete and not self._waiting

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page; it comes by ``append``."""
        self._waiting = True
        self.more_wanted.emit(len(self._entries))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """One line of text for screen readers; the delegate paints the entry itself."""
        entry = self.entry(index.row())
        if entry is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{entry_title(entry)}：{entry.current_text[:60]}"
        return entry if role == Qt.ItemDataRole.UserRole else None


def entry_title(entry: HistoryEntry) -> str:
    """Channel and product."""
    return f"{tr(CHANNELS[entry.channel].name)} · {entry.brief.product or tr('没有名称的商品')}"


def entry_facts(entry: HistoryEntry) -> str:
    """When, by which model, what the seller did with it."""
    marks = [date_words(entry.created_at), entry.model_name]
    marks += [tr("已选用")] * entry.picked + [tr("已修改")] * (entry.edited_text is not None)
    return " · ".join(mark for mark in marks if mark)
