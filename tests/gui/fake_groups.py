"""The fake engine's groups beside writing: models, feedback, privacy, settings, tables."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.api import BatchOptions, BatchProgress, BatchReport, BundlePreview, Machine, RowResult
from engine.domain import (
    Brief,
    Draft,
    Fit,
    InstalledModel,
    ModelFile,
    ModelFit,
    ModelManifest,
    OfferedModel,
    StopReason,
)
from engine.domain.records import Consent, ConsentScope, Template
from engine.errors import Cancelled, ModelBroken
from engine.files.columns import BriefField, ColumnPreview, ColumnTarget, MappingPreview
from engine.progress import Ticket
from engine.settings import Settings, changed
from engine.usecases.models import BrokenModel, ModelListing
from engine.usecases.redaction import PersonalData
from engine.usecases.templates import (
    built_in_templates,
    read_templates,
    templates_json,
    use_template,
    with_variables,
)

if TYPE_CHECKING:
    from fake_engine import FakeState

SMALL_FIT = ModelFit(Fit.FITS, 600 << 20, 6 << 30)
ASSETS = Path(__file__).resolve().parents[2] / "assets"


def sample_model(
    folder: Path, name: str = "starter", title: str = "掌柜小模型", *, shipped: bool = True
) -> InstalledModel:
    """A model's description."""
    files = (ModelFile(f"{name}.gguf", 198_000_000, "0" * 64),)
    manifest = ModelManifest(name, title, "Qwen2.5-0.5B", "Apache-2.0", "brief-v1", 4096, "Q4_K", files, {})
    return InstalledModel(folder, manifest, shipped)


class FakeModels:
    """One shipped model and one imported."""

    def __init__(self, state: FakeState) -> None:
        self.state = state
        self.rows = [sample_model(Path("starter")), sample_model(Path("own"), "own", "导入的模型", shipped=False)]
        self.name = "starter"

    def listing(self) -> ModelListing:
        broken = (BrokenModel(Path("half"), ModelBroken("half", "truncated"), False),)
        return ModelListing(tuple(self.rows), broken)

    def installed(self) -> list[InstalledModel]:
        return self.rows

    def default(self) -> InstalledModel:
        return next(m for m in self.rows if m.manifest.name == self.name)

    def set_default(self, name: str) -> None:
        self.name = self.state.writes_with = name

    def import_from(self, path: Path, ticket: Ticket) -> InstalledModel:
        self.rows.append(sample_model(path, path.stem, path.stem, shipped=False))
        return self.rows[-1]

    def fits(self) -> dict[str, ModelFit]:
        large = ModelFit(Fit.TOO_LARGE, 9 << 30, 6 << 30)
        return {m.manifest.name: large if m.manifest.name == "own" else SMALL_FIT for m in self.rows}

    def offers(self, repo: str, ticket: Ticket) -> tuple[OfferedModel, ...]:
        self.state.calls.append(("offers", repo))
        if self.state.download_error is not None:
            raise self.state.download_error
        big = ModelFit(Fit.TIGHT, 5 << 30, 6 << 30)
        return (
            OfferedModel(repo, "shop-0.5b-q4.gguf", 400 << 20, SMALL_FIT),
            OfferedModel(repo, "shop-7b-q4-00001-of-00002.gguf", 4 << 30, big),
        )

    def download(self, repo: str, filename: str, ticket: Ticket) -> InstalledModel:
        self.state.calls.append(("download", repo, filename))
        for step in range(20):
            ticket.check()
            ticket.report("download_model", step, 20)
            threading.Event().wait(self.state.pause_s)
            if step == 10 and self.state.download_error is not None:
                raise self.state.download_error
        self.rows.append(sample_model(Path(filename), "fetched", "下载的模型", shipped=False))
        return self.rows[-1]

    def verify(self, name: str, ticket: Ticket) -> None:
        if name == "own":
            raise ModelBroken(name, "sha256")

    def remove(self, name: str) -> None:
        self.rows = [m for m in self.rows if m.manifest.name != name]
        self.name = "starter"

    def machine(self) -> Machine:
        return Machine(8, 6, 6_400_000_000, ())


class FakeFeedback:
    """A little that was learned."""

    def __init__(self, state: FakeState) -> None:
        self.state = state
        self.words = "更常选：短句、带场景"
        self.agreed: Consent | None = None

    def learned(self) -> str:
        return self.words

    def forget(self) -> None:
        self.words = ""

    def counts(self) -> dict[str, int]:
        return {"drafts": len(self.state.entries), "picks": 3, "ratings": 1, "favourites": 2}

    def new_consent(self) -> Consent:
        return Consent("1", tuple(ConsentScope))

    def consent(self) -> Consent | None:
        return self.agreed

    def withdraw_consent(self) -> None:
        self.agreed = None

    def withdraw_choice(self, draft_id: int) -> None:
        self.state.calls.append(("withdraw", draft_id))

    def new_installation_id(self) -> None:
        self.state.calls.append(("new_installation_id",))

    def preview_bundle(self) -> BundlePreview:
        return BundlePreview(3, ((PersonalData.PHONE, "13800001111", "〔电话〕"),))

    def export_bundle(self, path: Path, consent: Any, options: Any = None) -> None:
        self.state.calls.append(("bundle", path, consent))
        self.agreed = replace(consent, given_at=datetime(2026, 11, 11, tzinfo=UTC))
        path.write_bytes(b"PK")


class FakePrivacy:
    """Copies that are only names."""

    def __init__(self, state: FakeState) -> None:
        self.state = state
        self.copies: list[Path] = []

    def summary(self) -> dict[str, int]:
        return {"商品": len(self.state.products), "文案": len(self.state.entries)}

    def export_all(self, folder: Path) -> Path:
        return folder / "我的资料.zip"

    def erase_everything(self) -> None:
        self.state.entries.clear()
        self.state.products.clear()

    def backup_now(self) -> Path:
        self.copies.insert(0, Path(f"2026-11-11-{len(self.copies)}.db"))
        return self.copies[0]

    def backups(self) -> list[Path]:
        return self.copies

    def restore(self, backup: Path) -> None:
        self.state.calls.append(("restore", backup))

    def recovery_phrase(self) -> str:
        return "山水 田园 春风 夏雨 秋月 冬雪"

    def key_place(self) -> str:
        return "keyring"

    @property
    def guarded(self) -> bool:
        return bool(self.state.passphrase)

    def set_passphrase(self, passphrase: str) -> None:
        self.state.passphrase = passphrase

    def erase_product(self, name: str) -> None:
        self.state.calls.append(("erase_product", name))

    def erase_period(self, since: Any, until: Any) -> None:
        self.state.calls.append(("erase_period", since, until))


class FakeDesk:
    """Inputs kept in memory."""

    def __init__(self, state: FakeState) -> None:
        self.state = state

    def load(self) -> dict[str, Any]:
        return self.state.desk

    def keep(self, values: dict[str, Any]) -> None:
        self.state.desk = values


class FakeSettings:
    """The declared settings, kept in memory."""

    def __init__(self) -> None:
        self.current = Settings()

    def get(self, name: str) -> Any:
        return getattr(self.current, name)

    def set(self, name: str, value: Any) -> None:
        self.current = changed(self.current, name, value)


class FakeBatch:
    """Writes a line of text for each line of a file."""

    def __init__(self, state: FakeState) -> None:
        self.state = state

    def preview(self, source: Path) -> MappingPreview:
        rows = source.read_text(encoding="utf-8").splitlines()[1:]
        target = ColumnTarget("商品名称", BriefField.PRODUCT)
        return MappingPreview((ColumnPreview(target, rows[0]),), (), len(rows), 0)

    def run(
        self, source: Path, target: Path, options: BatchOptions, ticket: Ticket, on_row: Any, control: Any = None
    ) -> BatchReport:
        self.state.calls.append(("batch", target, options))
        names = source.read_text(encoding="utf-8").splitlines()[1:]
        done, stopped = 0, False
        target.write_text("x", encoding="utf-8")
        try:
            for number, name in enumerate(names, start=2):
                control.wait(ticket)
                ticket.check()
                threading.Event().wait(self.state.pause_s)
                done += 1
                drafts = {c: (Draft(0, f"{name}的文案", 5, 1, StopReason.END),) for c in options.channels}
                problem = "empty" if name == "坏行" else ""
                result = RowResult(number, name, {} if problem else drafts, problem)
                on_row(result, BatchProgress(done, 0, len(names), 12.0, 60.0))
        except Cancelled:
            stopped = True
        return BatchReport(BatchProgress(done, names.count("坏行"), len(names), 12.0, 0.0), (), stopped)


class FakeTemplates:
    """The real built-in templates, and own ones in memory."""

    def __init__(self, state: FakeState) -> None:
        self.state = state
        self.own: dict[str, Template] = {}
        self.gone: dict[str, Template] = {}

    def all(self) -> list[Template]:
        return [*self.own.values(), *built_in_templates(ASSETS)]

    def save(self, template: Template) -> Template:
        key = "" if template.built_in else template.key
        kept = replace(template, built_in=False, key=key or f"own{len(self.own)}", version=template.version + 1)
        self.own[kept.key] = with_variables(kept)
        return self.own[kept.key]

    def delete(self, key: str) -> None:
        self.gone[key] = self.own.pop(key)

    def undelete(self, key: str) -> None:
        self.own[key] = self.gone.pop(key)

    def with_holes(self, template: Template) -> Template:
        return with_variables(template)

    def use(self, template: Template, values: dict[str, str], brief: Brief) -> Any:
        return use_template(template, values, brief)

    def import_from(self, path: Path) -> Any:
        found = read_templates(path)
        for template in found.templates:
            self.save(replace(template, key=""))
        return found

    def export(self, path: Path) -> int:
        path.write_text(templates_json(self.own.values()), encoding="utf-8")
        return len(self.own)
