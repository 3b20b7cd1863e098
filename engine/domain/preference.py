"""Whom the copy is by and for, and what worked: voices, buyer segments, arms, versions and their results.

Values only; the rules over them live in ``engine.ranking`` and the use cases. No name, number or address of a buyer
has a place in any of these types: what is kept of an order history is counts (``Segment``).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from engine.domain.brief import Brief
from engine.domain.channels import Channel
from engine.domain.draft import ComposeRequest


@dataclass(frozen=True, slots=True)
class BrandVoice:
    """How a shop speaks: adjectives, words it likes and never uses, samples of its copy; 0 means not stored."""

    name: str
    adjectives: tuple[str, ...] = ()
    liked: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    samples: tuple[str, ...] = ()
    voice_id: int = 0
    updated_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trait:
    """One thing that is known of a voice: a Chinese phrase, and what stands in its one pair of braces, if it has any."""

    words: str
    value: str = ""

    @property
    def told(self) -> str:
        """The phrase in Chinese."""
        return self.words.format(value=self.value)


@dataclass(frozen=True, slots=True)
class Audience:
    """Buyers to write for, by hand or from a segment; ``description`` is what the prompt says of them."""

    name: str
    description: str = ""
    categories: tuple[str, ...] = ()
    from_orders: bool = False
    audience_id: int = 0
    updated_at: datetime | None = None

    @property
    def told(self) -> str:
        """What goes into a brief: the name, and in brackets what else is known of them."""
        unsaid = [thing for thing in self.categories if thing not in self.description]
        known = [self.description] if self.description else []
        known += [f"爱买{'、'.join(unsaid)}"] if unsaid else []
        return f"{self.name}（{'，'.join(known)}）" if known else self.name


@dataclass(frozen=True, slots=True)
class Segment:
    """Buyers of an order history who behave alike: counts and medians, money in cents, days before the newest order."""

    key: str
    name: str
    description: str
    buyers: int
    share: float
    orders_each: float
    spent_each_cents: int
    days_since_last: int
    categories: tuple[str, ...] = ()


class ColumnKind(StrEnum):
    """What a column of an order history holds; only these are read, every other column is dropped."""

    BUYER = "buyer"
    ORDER = "order"
    TIME = "time"
    AMOUNT = "amount"
    REFUND = "refund"
    CATEGORY = "category"
    PRODUCT = "product"
    STATUS = "status"


class OrderTrouble(StrEnum):
    """Why a row of an order history was not counted as it stands."""

    NO_BUYER = "no_buyer"
    NO_DAY = "no_day"
    BAD_DAY = "bad_day"
    BAD_AMOUNT = "bad_amount"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class OrderProblem:
    """A row as the seller numbers it and what is wrong with it; never what stands in it."""

    number: int
    trouble: OrderTrouble


@dataclass(frozen=True, slots=True)
class OrderImport:
    """What an order history came to.

    ``columns`` says which header was read as what, ``dropped`` which were unread; ``skipped`` counts all rows without
    a sale, ``dead`` those of them that were never paid or taken back; ``problems`` are the first rows that could not be read.
    """

    segments: tuple[Segment, ...]
    columns: tuple[tuple[ColumnKind, str], ...]
    dropped: tuple[str, ...]
    rows: int
    skipped: int
    buyers: int
    dead: int = 0
    problems: tuple[OrderProblem, ...] = ()


class ArmKind(StrEnum):
    """What can be tried next."""

    TEMPLATE = "template"
    CHANNEL = "channel"
    TONE = "tone"
    AUDIENCE = "audience"


@dataclass(frozen=True, slots=True)
class Arm:
    """One thing to try; ``value`` is its key (a channel's, a tone's name, a template's or audience's name)."""

    kind: ArmKind
    value: str


@dataclass(frozen=True, slots=True)
class ArmCount:
    """How often an arm was tried and how often it won; both may be fractions, as credited."""

    arm: Arm
    tried: float = 0.0
    won: float = 0.0


class ArmReason(StrEnum):
    """Why an arm is recommended."""

    UNTRIED = "untried"
    FEW = "few"
    LESS = "less"
    BETTER = "better"
    USUAL = "usual"
    WORSE = "worse"


@dataclass(frozen=True, slots=True)
class Recommendation:
    """An arm to try next: how likely it is the best one, whether it is shown to learn of it, and why.

    ``reason`` says in Chinese what ``why``, ``count`` and ``usual`` (the share of wins that is usual in this shop) hold.
    """

    arm: Arm
    chance: float
    exploring: bool
    reason: str
    why: ArmReason
    count: ArmCount
    usual: float


class Goal(StrEnum):
    """What an advertisement is to bring."""

    CLICK = "click"
    PURCHASE = "purchase"
    BRAND = "brand"


GOAL_NAMES: dict[Goal, str] = {Goal.CLICK: "点击", Goal.PURCHASE: "下单", Goal.BRAND: "品牌"}


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """What a campaign tries: versions for each goal × channel × audience, ``each`` of them a cell."""

    brief: Brief
    goals: tuple[Goal, ...]
    channels: tuple[Channel, ...]
    audiences: tuple[str, ...] = ()
    each: int = 1
    voice_id: int | None = None


@dataclass(frozen=True, slots=True)
class Version:
    """One cell of a campaign: ``code`` is its name on the sheet, ``text`` is empty until it was written."""

    code: str
    goal: Goal
    audience: str
    channel: Channel
    request: ComposeRequest
    text: str = ""
    draft_id: int = 0
    template: str = ""


@dataclass(frozen=True, slots=True)
class VersionResult:
    """What the platform counted for a version."""

    code: str
    impressions: int
    clicks: int
    orders: int


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its 95 % interval; ``of`` is what it is a share of."""

    rate: float
    low: float
    high: float
    of: int


@dataclass(frozen=True, slots=True)
class VersionReport:
    """A version's results: clicks of impressions, orders of clicks, and a verdict in Chinese.

    ``better`` is the chance that it beats the others of its goal and channel on the goal's own figure.
    """

    version: Version
    result: VersionResult
    clicks: Interval
    orders: Interval
    better: float
    verdict: str


@dataclass(frozen=True, slots=True)
class CampaignReport:
    """All versions, best first within goal and channel; codes on the sheet that are not of this campaign."""

    versions: tuple[VersionReport, ...]
    unknown_codes: tuple[str, ...] = ()
    bad_rows: tuple[int, ...] = ()
