"""What the store keeps besides briefs and drafts: products, templates, feedback, jobs, campaigns.

All values are frozen; a number (``product_id`` …) of 0 means *not stored yet*. Times are aware UTC, money integer cents.
JSON texts (``settings``, ``source``) are opaque to the store: the use case that writes them reads them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from engine.domain.brief import Brief
from engine.domain.channels import Channel, Task, Tone
from engine.domain.draft import ComposeRequest, Draft
from engine.domain.preference import CampaignPlan

RECYCLE_DAYS = 30
"""Days that a deleted thing can be fetched back."""


class Author(StrEnum):
    """Who wrote a version of a text: the model, the seller, or a suggestion that the seller took over."""

    MODEL = "model"
    SELLER = "seller"
    SUGGESTION = "suggestion"


class RatingReason(StrEnum):
    """Why a draft was liked or not; ``REASON_NAMES`` has the words for the seller."""

    FITTING = "fitting"
    VIVID = "vivid"
    CLEAR = "clear"
    FORMULAIC = "formulaic"
    UNTRUE = "untrue"
    MISSES_POINTS = "misses_points"
    WRONG_TONE = "wrong_tone"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    UNCLEAR = "unclear"
    UNLAWFUL = "unlawful"
    REPETITIVE = "repetitive"
    OTHER = "other"


REASON_NAMES: dict[RatingReason, str] = {
    RatingReason.FITTING: "贴合商品",
    RatingReason.VIVID: "生动",
    RatingReason.CLEAR: "清楚",
    RatingReason.FORMULAIC: "套话多",
    RatingReason.UNTRUE: "与事实不符",
    RatingReason.MISSES_POINTS: "漏了卖点",
    RatingReason.WRONG_TONE: "语气不对",
    RatingReason.TOO_LONG: "太长",
    RatingReason.TOO_SHORT: "太短",
    RatingReason.UNCLEAR: "看不明白",
    RatingReason.UNLAWFUL: "有违规词",
    RatingReason.REPETITIVE: "重复",
    RatingReason.OTHER: "其他",
}


@dataclass(frozen=True, slots=True)
class Product:
    """A product in the seller's list; ``picture`` is a file name in the pictures folder or ""."""

    name: str
    brief: Brief
    code: str = ""
    price_cents: int | None = None
    picture: str = ""
    tags: tuple[str, ...] = ()
    product_id: int = 0
    created_at: datetime | None = None
    updated_at: datetime | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ProductPicture:
    """The small copy of a product's picture that is kept with it, as a JPEG file's bytes."""

    product_id: int
    name: str
    content: bytes


class VariableType(StrEnum):
    """What may be filled into a template's variable."""

    TEXT = "text"
    NUMBER = "number"
    PRICE = "price"
    DATE = "date"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Variable:
    """One hole of a template: ``{name}`` in its text; ``choices`` only for ``CHOICE``."""

    name: str
    type: VariableType = VariableType.TEXT
    default: str = ""
    choices: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class Template:
    """A ready-made request: text with ``{variable}`` holes for one channel; every change makes a new ``version``."""

    title: str
    channel: Channel
    text: str
    variables: tuple[Variable, ...] = ()
    task: Task = Task.COMPOSE
    tone: Tone = Tone.NONE
    must_say: tuple[str, ...] = ()
    never_say: tuple[str, ...] = ()
    built_in: bool = False
    key: str = ""
    template_id: int = 0
    version: int = 0
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """One state of a draft's text; number 0 is what the model wrote."""

    draft_id: int
    number: int
    text: str
    author: Author
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the seller made of one draft; None and empty mean *not said*. ``rating`` is 1 to 5."""

    draft_id: int
    picked: bool = False
    rating: int | None = None
    reasons: tuple[RatingReason, ...] = ()
    note: str = ""
    final_text: str | None = None
    seconds_to_accept: float | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One shown draft with everything that happened to it."""

    draft: Draft
    feedback: Feedback
    edited_text: str | None = None
    favourite: bool = False


@dataclass(frozen=True, slots=True)
class ChoiceRecord:
    """One whole choice: what was asked, every candidate in shown order, what became of each.

    ``record_key`` is random, so a bundle can name the record without telling anything about the shop.
    """

    record_key: str
    request_id: int
    request: ComposeRequest
    seed: int
    model_name: str
    model_sha256: str
    created_at: datetime
    candidates: tuple[Candidate, ...]
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class HistoryFilter:
    """Which drafts the history shows; None and empty mean *all*. ``search`` is full text over text, product and tags."""

    search: str = ""
    channel: Channel | None = None
    task: Task | None = None
    tag: str = ""
    product: str = ""
    model_name: str = ""
    since: datetime | None = None
    until: datetime | None = None
    min_rating: int | None = None
    favourites: bool = False
    picked: bool = False
    deleted: bool = False


class JobState(StrEnum):
    """Where a job or one of its rows stands."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Job:
    """A long piece of work over many rows (a spreadsheet), resumable row by row; ``settings`` is JSON."""

    kind: str
    title: str
    settings: str = "{}"
    state: JobState = JobState.WAITING
    job_id: int = 0
    created_at: datetime | None = None
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class JobRow:
    """One row of a job: ``source`` is the input as JSON, ``result`` the output as JSON, ``error`` a Chinese sentence."""

    number: int
    source: str
    state: JobState = JobState.WAITING
    result: str = ""
    error: str = ""
    request_id: int | None = None


@dataclass(frozen=True, slots=True)
class JobProgress:
    """How many rows of a job stand where."""

    total: int = 0
    done: int = 0
    failed: int = 0

    @property
    def left(self) -> int:
        """Rows still to do."""
        return self.total - self.done - self.failed


@dataclass(frozen=True, slots=True)
class Campaign:
    """A promotion in which drafts are used; with a ``plan`` its versions are written and compared here."""

    name: str
    channel: Channel | None = None
    note: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    campaign_id: int = 0
    plan: CampaignPlan | None = None


@dataclass(frozen=True, slots=True)
class CampaignResult:
    """What one text brought in a campaign, as the seller read it off the platform; ``code`` is the version's."""

    campaign_id: int
    draft_id: int | None
    shown: int = 0
    clicks: int = 0
    orders: int = 0
    revenue_cents: int = 0
    measured_at: datetime | None = None
    result_id: int = 0
    code: str = ""


class ConsentScope(StrEnum):
    """What a feedback bundle may hold; ``SCOPE_NAMES`` has the words for the seller."""

    CHOICES = "choices"
    TEXTS = "texts"
    BRIEFS = "briefs"
    RESULTS = "results"


SCOPE_NAMES: dict[ConsentScope, str] = {
    ConsentScope.CHOICES: "选用、评分和理由",
    ConsentScope.TEXTS: "草稿和定稿文字",
    ConsentScope.BRIEFS: "商品资料",
    ConsentScope.RESULTS: "投放结果",
}


@dataclass(frozen=True, slots=True)
class Consent:
    """The seller's agreement to make bundles: which wording (``version``), what for, when, and whether it still holds."""

    version: str
    scope: tuple[ConsentScope, ...]
    given_at: datetime | None = None
    withdrawn_at: datetime | None = None
    consent_id: int = 0

    @property
    def holds(self) -> bool:
        """Given and not withdrawn."""
        return self.given_at is not None and self.withdrawn_at is None and bool(self.scope)


@dataclass(frozen=True, slots=True)
class TableDump:
    """All of one kind of stored thing, for the seller's own export: column names and plain values."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...] = field(default=())
