"""What the shop likes, learned on this computer from its own picks: kept in the store, explained in words, resettable."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from engine.domain import ComposeRequest, Draft
from engine.ranking import Discriminator, PreferenceModel, RankingContext, rank_drafts
from engine.store import Store
from engine.usecases.voices import find_voice

BLOB = "preference"
EDIT_WEIGHT = 0.5
"""An edited text teaches less than a pick among drafts: it says what was wrong, not what was liked best."""


SMALL_MODEL_WEIGHTS = {"fluency": 0.16, "sense": 0.16, "repetition": 0.16}
"""A small model's slips are clauses without sense: what it is sure of, and what its other drafts say too, counts more."""


class Taste:
    """The preference model of one store; safe from several threads."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._model: PreferenceModel | None = None

    @property
    def model(self) -> PreferenceModel:
        """The learned model; loaded at first use, a new one when what is stored cannot be read."""
        with self._lock:
            if self._model is None:
                data = self._store.blobs.get(BLOB)
                self._model = PreferenceModel.from_bytes(data) if data else PreferenceModel()
                if data and not self._model.picks:  # an older program's layout
                    self._model = self._learned_from_kept()
                    self._store.blobs.put(BLOB, self._model.to_bytes())
            return self._model

    def learn_pick(self, draft_id: int, final_text: str) -> None:
        """The draft was taken, as ``final_text``: it beats the others of its request, and the edit beats the draft."""
        entry = self._store.drafts.get(draft_id)
        request_id = self._store.drafts.request_id(draft_id)
        others = [e.draft.text for e in self._store.drafts.of_request(request_id) if e.draft.draft_id != draft_id]
        model = self.model
        with self._lock:
            if others:
                model.update(final_text, others)
            if final_text != entry.draft.text:
                model.update(final_text, [entry.draft.text], EDIT_WEIGHT)
            self._store.blobs.put(BLOB, model.to_bytes())

    def relearn(self) -> None:
        """Learn anew from the choices that are still kept: nothing stays learned from what was erased."""
        model = self._learned_from_kept()
        with self._lock:
            self._model = model
            self._store.blobs.put(BLOB, model.to_bytes())

    def _learned_from_kept(self) -> PreferenceModel:
        model = PreferenceModel()
        for choice in self._store.feedback.records(withdrawn=True):
            texts = [candidate.draft.text for candidate in choice.candidates]
            for place, candidate in enumerate(choice.candidates):
                if candidate.feedback.picked:
                    final = candidate.feedback.final_text or candidate.edited_text or candidate.draft.text
                    others = [*texts[:place], *texts[place + 1 :]]
                    if others:
                        model.update(final, others)
                    if final != candidate.draft.text:
                        model.update(final, [candidate.draft.text], EDIT_WEIGHT)
        return model

    def explain(self) -> str:
        """What was learned, in words; empty when nothing was."""
        return self.model.explain()

    def reload(self) -> None:
        """Read the store's model again at the next use (after a restore or an erase)."""
        with self._lock:
            self._model = None

    def forget(self) -> None:
        """Start anew."""
        with self._lock:
            self._model = PreferenceModel()
            self._store.blobs.remove(BLOB)


class ShopRanker:
    """``engine.usecases.compose.Ranker`` with the shop's taste, its voices and the discriminator that ships."""

    def __init__(self, store: Store, taste: Taste, discriminator: Discriminator | None) -> None:
        self._store, self._taste, self._discriminator = store, taste, discriminator

    def rank(self, drafts: Sequence[Draft], request: ComposeRequest) -> tuple[Draft, ...]:
        """Score and order; see ``engine.ranking.score``."""
        context = RankingContext(
            channel=request.channel,
            brief=request.brief,
            task=request.task,
            length=request.length,
            voice=find_voice(self._store.voices, request.voice_id),
            preference=self._taste.model,
            discriminator=self._discriminator,
            consensus=request.consensus,
            weights=SMALL_MODEL_WEIGHTS,
        )
        return rank_drafts(drafts, context)
