"""The seller's products: list, choose, keep, import, delete with undo, fill from a paste."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.face import EngineFace
from desktop.jobs import Job, Jobs, Lane
from desktop.shown import FormState, Message
from desktop.words import tr
from engine.domain import Brief
from engine.domain.records import Product


class ProductsPresenter(QObject):
    """Knows the list and what is in the form."""

    listed = Signal(list)
    filled = Signal(object, int)
    saved = Signal(int)
    selected = Signal(int)
    importing = Signal(bool)
    step = Signal(object)
    message = Signal(object)
    problems = Signal(object)

    def __init__(self, engine: EngineFace, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine, self._jobs = engine, jobs
        self._search = ""
        self._form = FormState()
        self._picture = b""

    def refresh(self) -> None:
        """Read the list again."""
        search = self._search
        self._jobs.ask(Lane.STORE, lambda: self._engine.products.list(search), self._show)

    def _show(self, products: list[Product]) -> None:
        self.listed.emit(products)
        self.selected.emit(self._form.product_id)

    def search(self, words: str) -> None:
        """Show those that match."""
        self._search = words.strip()
        self.refresh()

    def form_changed(self, state: FormState) -> None:
        """Remember what is in the form, so that it can be kept before something else comes in."""
        self._form = state

    def choose(self, product: Product) -> None:
        """Put a product into the form; what was there is kept first."""
        self.keep_form()
        self.filled.emit(product.brief, product.product_id)
        self.selected.emit(product.product_id)

    def start_new(self) -> None:
        """Empty the form; what was there is kept first."""
        self.keep_form()
        self.filled.emit(Brief(""), 0)
        self.selected.emit(0)

    def keep_form(self) -> None:
        """Save the form's product if it has a name."""
        state, picture = self._form, self._picture
        if state.brief.product.strip():
            self._jobs.ask(Lane.STORE, lambda: self._save(state, picture), lambda _id: self.refresh())

    def hold_picture(self, content: bytes) -> None:
        """A picture waits for the form's product to get a number, or no longer."""
        self._picture = content

    def save_form(self) -> None:
        """Save the form's product now, for the sake of its picture."""
        state = self._form
        name = state.brief.product.strip()
        self._jobs.ask(Lane.STORE, lambda: self._save(state, b""), lambda number: self.was_saved(number, name))

    def _save(self, state: FormState, picture: bytes) -> int:
        """Runs on the store's lane."""
        number = self._engine.products.save(replace(state.brief, source=""), state.product_id)
        if picture:
            self._engine.pictures.keep(number, picture)
        return number

    def was_saved(self, product_id: int, name: str) -> None:
        """A product was kept; if it is still the one in the form, the form knows its number from now on."""
        self.refresh()
        if self._form.brief.product.strip() == name and self._form.product_id in (0, product_id):
            self._form = replace(self._form, product_id=product_id)
            self.saved.emit(product_id)

    def delete(self, product: Product) -> None:
        """Take a product away; a bar with 撤销 stays for a while."""
        if self._form.product_id == product.product_id:
            self.filled.emit(Brief(""), 0)
        self._jobs.ask(
            Lane.STORE, lambda: self._engine.products.delete(product.product_id), lambda _none: self.refresh()
        )
        words = tr("已删除“{name}”", name=product.brief.product)
        self.message.emit(Message(words, tr("撤销"), lambda: self._undelete(product)))

    def _undelete(self, product: Product) -> None:
        self._jobs.ask(
            Lane.STORE, lambda: self._engine.products.undelete(product.product_id), lambda _none: self.refresh()
        )

    def fill_from(self, text: str) -> None:
        """Fill the form from any text, or add the products of a copied table; the form's former content can be had back."""
        if _is_table(text):
            self._import(lambda job: self._engine.products.import_text(text, job.ticket))
            return
        before = self._form
        self._jobs.ask(
            Lane.TEXT, lambda: self._engine.texts.parse_pasted(text), lambda brief: self._fill(brief, before)
        )

    def _fill(self, parsed: Brief, before: FormState) -> None:
        old = before.brief
        brief = replace(parsed, audience=parsed.audience or old.audience, tone=parsed.tone or old.tone, source="")
        self.filled.emit(brief, 0)
        self.selected.emit(0)
        words = tr("已填好：{a} 个属性，{p} 个卖点", a=len(brief.attributes), p=len(brief.points))
        undo = lambda: self.filled.emit(old, before.product_id)  # noqa: E731
        self.message.emit(Message(words, tr("撤销"), undo))

    def import_table(self, path: Path) -> None:
        """Add the rows of a table."""
        self._import(lambda job: self._engine.products.import_table(path, job.ticket))

    def _import(self, work: Callable[[Job], Any]) -> None:
        job = Job(Lane.FILES, work, self._imported)
        job.stepped = self.step.emit
        job.ended = lambda: self.importing.emit(False)
        self.importing.emit(True)
        self._jobs.start(job)

    def _imported(self, report: object) -> None:
        added, problems = getattr(report, "added", 0), getattr(report, "problems", ())
        self.refresh()
        words = tr("导入了 {n} 个商品", n=added)
        if problems:
            words = tr("导入了 {n} 个商品，{p} 行有问题", n=added, p=len(problems))
            self.message.emit(Message(words, tr("看看"), lambda: self.problems.emit(problems)))
        else:
            self.message.emit(Message(words))


def _is_table(text: str) -> bool:
    """Whether this was copied out of a spreadsheet: a heading and rows, parted by tabs."""
    lines = [line for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and all("\t" in line for line in lines[:3])
