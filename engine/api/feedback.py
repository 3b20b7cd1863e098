"""What the program learned, and the feedback bundle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from engine import __version__
from engine.domain.model import ModelManifest
from engine.domain.records import Consent, ConsentScope, HistoryFilter
from engine.errors import ConsentMissing
from engine.paths import Paths
from engine.store import Store
from engine.usecases.bundle import BundleOptions, Bundles
from engine.usecases.bundle_format import BundleSummary
from engine.usecases.bundle_reading import inspect, verify
from engine.usecases.redaction import PersonalData, redact
from engine.usecases.taste import Taste

CONSENT_VERSION = "2026-11"
EVERYTHING = tuple(ConsentScope)


@dataclass(frozen=True, slots=True)
class BundlePreview:
    """What a bundle would hold: choices, and each redaction as kind, what stands there, what it becomes."""

    records: int
    hits: tuple[tuple[PersonalData, str, str], ...]


class FeedbackFace:
    """Learning on this computer, and the bundle for retraining."""

    def __init__(self, store: Store, taste: Taste, manifests: Callable[[], list[ModelManifest]], paths: Paths) -> None:
        self._store, self._taste, self._manifests, self._paths = store, taste, manifests, paths

    def learned(self) -> str:
        """What the shop likes, in words; empty when nothing was learned yet."""
        return self._taste.explain()

    def forget(self) -> None:
        """Start learning anew."""
        self._taste.forget()

    def counts(self) -> dict[str, int]:
        """How many drafts, picks, ratings and favourites there are."""
        count = self._store.drafts.count
        return {
            "drafts": count(HistoryFilter()),
            "picks": count(HistoryFilter(picked=True)),
            "ratings": count(HistoryFilter(min_rating=1)),
            "favourites": count(HistoryFilter(favourites=True)),
        }

    def new_consent(self) -> Consent:
        """The agreement as it would be asked for now: everything, not given yet."""
        return Consent(CONSENT_VERSION, EVERYTHING)

    def preview_bundle(self) -> BundlePreview:
        """Look at what an export would hold; nothing is written and no consent is kept."""
        holding = self._store.consents.current() or _trial_consent()
        hits = self._bundles().preview(holding)
        records = sum(1 for _ in self._store.feedback.records())
        return BundlePreview(records, tuple((h.hit.kind, h.hit.text, redact(h.hit.text)) for h in hits))

    def give_consent(self, consent: Consent) -> Consent:
        """Keep the seller's agreement."""
        return self._store.consents.give(consent.version, consent.scope)

    def consent(self) -> Consent | None:
        """The agreement that holds now, if any."""
        return self._store.consents.current()

    def withdraw_choice(self, draft_id: int) -> None:
        """Keep the choice that this draft belongs to out of every later bundle, and have it removed from earlier ones."""
        self._store.feedback.withdraw(self._store.drafts.request_id(draft_id))

    def new_installation_id(self) -> None:
        """Another random number for this installation, so that later bundles cannot be joined to earlier ones."""
        self._store.consents.rotate_installation_id()

    def withdraw_consent(self) -> None:
        """End it; nothing can be exported until a new one is given."""
        self._store.consents.withdraw()

    def export_bundle(self, path: Path, consent: Consent | None, options: BundleOptions | None = None) -> BundleSummary:
        """Write a bundle under this agreement, which is kept.

        Raises:
            ConsentMissing, FileUnwritable: as they say.
        """
        if consent is None or not consent.scope:
            raise ConsentMissing
        return self._bundles().export(path, self.give_consent(consent), options)

    def inspect_bundle(self, path: Path, private_key: str = "") -> BundleSummary:
        """What is in a bundle; raises ``BundleInvalid``."""
        return inspect(path, private_key)

    def verify_bundle(self, path: Path, private_key: str = "") -> BundleSummary:
        """Check every hash and every row against the schema; raises ``BundleInvalid``."""
        return verify(path, self._paths.assets / "schemas", private_key)

    def _bundles(self) -> Bundles:
        return Bundles(self._store.feedback, self._store.consents.installation_id, self._manifests(), __version__)


def _trial_consent() -> Consent:
    from datetime import UTC, datetime

    return Consent(CONSENT_VERSION, EVERYTHING, given_at=datetime.now(UTC))
