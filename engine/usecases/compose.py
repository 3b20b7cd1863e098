"""From one click to ranked, checked, stored drafts.

The brief becomes a prompt in the model's own format; all candidates are decoded as one batch; each is tidied, checked
and committed to the store as it lands; at the end the set is ranked once. A crash or a stop in the middle therefore
loses only what was not finished.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from engine.domain import (
    CHANNELS,
    MAX_DRAFTS,
    NOT_SHOWN,
    Brief,
    Channel,
    ComposeRequest,
    ComposeResult,
    Draft,
    Finding,
    StopReason,
    Task,
    count_characters,
)
from engine.errors import BriefInvalid, Cancelled, ChoiceUnknown, WorkerCrashed
from engine.ports import DraftStore, Generated, Generation, TextChecker, TextListener, TextModel
from engine.progress import Ticket
from engine.prompts import (
    BRIEF_V1,
    PLAIN_V1,
    aimed_length,
    grammar_of,
    length_for_facts,
    render_brief_v1,
    render_plain_v1,
)
from engine.ranking import describe_voice
from engine.usecases.shape import fitted, short_of, tidy, with_hashtags, with_required
from engine.usecases.voices import VoiceShelf, find_voice, speak_as

RENDERERS = {BRIEF_V1: render_brief_v1, PLAIN_V1: render_plain_v1}
TOKENS_PER_CHARACTER = 1.0
"""Upper estimate for shop copy with digits and emoji; Chinese text itself needs about 0.7."""

SPARE_TOKENS = 48
LENGTH_TOLERANCE = 1.35
LEAST_OF_WANTED = 0.9
LEAST_LEFT = 0.6
"""Of a channel's shortest length: a draft with less left says next to nothing."""

FORMED = (Task.COMPOSE, Task.REWRITE)
"""Tasks whose text has its channel's form."""

SEED_LIMIT = 2**31 - MAX_DRAFTS


@dataclass(frozen=True, slots=True)
class ComposeListener:
    """Who hears of drafts as they grow (whole text so far) and as they land (checked, stored, not ranked yet)."""

    on_text: Callable[[int, str], None]
    on_draft: Callable[[Draft], None]


class Ranker(Protocol):
    """Gives each draft a score and orders the set, best first."""

    def rank(self, drafts: Sequence[Draft], request: ComposeRequest) -> tuple[Draft, ...]:
        """The same drafts with ``score`` and ``rank`` set, in shown order."""
        ...


class BriefReader(Protocol):
    """Reads briefs for the model and against the text: what is worth saying, and what was said."""

    def prepare(self, brief: Brief, *, whole_name: bool = False) -> Brief:
        """The brief for the prompt: tidy, lawful, without what no copy should say."""
        ...

    def coverage(self, text: str, brief: Brief) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Values said, values not said."""
        ...

    def ground(self, text: str, brief: Brief, channel: Channel, *, leniently: bool = False) -> str:
        """The text without the clauses that stand neither on the brief nor on what is known of such a product.

        Args:
            leniently: where so little stands that nothing would be left.
        """
        ...

    def complete(self, text: str, others: Sequence[str], brief: Brief, channel: Channel, least: int = 0) -> str:
        """A text of less than ``least`` characters (0: the channel's) with what it lacks from other grounded drafts."""
        ...


@dataclass(slots=True)
class _Landing:
    """The drafts of one running request; ``brief`` as the model reads it, ``grounded`` what stood of each so far.

    ``short`` are those that wait for what others may lend them, each with the model's text, ``unfounded`` those of which
    nothing stood; they land when no more come.
    """

    request: ComposeRequest
    request_id: int
    brief: Brief
    listener: ComposeListener
    drafts: list[Draft] = field(default_factory=list)
    grounded: dict[int, str] = field(default_factory=dict)
    short: list[tuple[Generated, str, str]] = field(default_factory=list)
    unfounded: list[tuple[Generated, str]] = field(default_factory=list)

    @property
    def grounds(self) -> Brief:
        """What a draft may stand on: the brief, and what the seller wants said."""
        return replace(self.brief, points=(*self.brief.points, *self.request.must_say))


class Composer:
    """Composes drafts with one model, one checker, one ranker and one store.

    What a small model (of the project's own prompt format) made up is left out of its drafts.
    """

    def __init__(
        self,
        model: TextModel,
        store: DraftStore,
        checker: TextChecker,
        reader: BriefReader,
        ranker: Ranker,
        voices: VoiceShelf | None = None,
    ) -> None:
        self._model, self._store, self._checker = model, store, checker
        self._reader, self._ranker, self._voices = reader, ranker, voices
        self._grounding = model.prompt_format == BRIEF_V1

    def compose(self, request: ComposeRequest, listener: ComposeListener, ticket: Ticket) -> ComposeResult:
        """Write ``request.count`` drafts (of ``request.candidates`` decoded ones the best).

        Raises:
            BriefInvalid, ChoiceUnknown, and what the model raises (``Cancelled`` when the seller stops): drafts that
            have landed by then are stored and ranked.
        """
        request = checked_request(request)
        seed = request.seed if request.seed is not None else secrets.randbelow(SEED_LIMIT)
        number = self._store.add_request(request, self._model.name, seed)
        landing = _Landing(request, number, self._prepared(request), listener)
        generation = self._generation(request, seed)
        hear = TextListener(
            on_text=lambda index, text: listener.on_text(index, tidy(text, request.channel, finished=False)),
            on_done=lambda generated: self._hear(generated, landing),
        )
        try:
            timing = self._model.generate(generation, hear, ticket)
        except (WorkerCrashed, Cancelled):
            self._settle(landing)
            raise
        return ComposeResult(request, self._settle(landing), timing, self._model.name, number)

    def _generation(self, request: ComposeRequest, seed: int) -> Generation:
        render = RENDERERS[self._model.prompt_format]
        voice = find_voice(self._voices, request.voice_id) if self._voices else None
        request = speak_as(request, voice)
        brief = self._prepared(request)
        wanted = request.length
        if wanted is None and request.task in (Task.COMPOSE, Task.EXPAND):
            wanted = length_for_facts(brief, request.channel)
        prompt = render(brief, request.channel, request.task, wanted, describe_voice(voice) if voice else "")
        length = min(aimed_length(request.channel, request.task, brief.source, wanted), 1000)
        limit = max(length * LENGTH_TOLERANCE, min(CHANNELS[request.channel].max_length, length * 2))
        thinks = self._model.prompt_format == PLAIN_V1
        return Generation(
            prompt=prompt,
            count=max(request.count, request.candidates),
            seed=seed,
            sampling=request.sampling,
            max_tokens=int(limit * TOKENS_PER_CHARACTER) + SPARE_TOKENS,
            max_characters=int(limit),
            min_characters=0 if self._grounding else _least(request),  # a small model only repeats itself
            grammar=grammar_of(request.channel, thinks=thinks) if request.task in FORMED else "",
            forbidden=(*self._checker.forbidden_phrases(request.domain), *request.never_say),
        )

    def _prepared(self, request: ComposeRequest) -> Brief:
        return self._reader.prepare(request.brief, whole_name=request.channel is Channel.TITLE)

    def _hear(self, generated: Generated, landing: _Landing) -> None:
        """A text is whole: it lands, unless it is short and may be completed from those still to come."""
        request = landing.request
        text = tidy(generated.text, request.channel, finished=True, cut_off=generated.stop is not StopReason.END)
        if not self._is_grounded(request):
            self._land(generated, text, landing)
            return
        standing = self._reader.ground(text, landing.grounds, request.channel)
        if not standing:
            landing.unfounded.append((generated, text))
            return
        landing.grounded[generated.index] = standing
        if CHANNELS[request.channel].is_short(standing, _least(request)):
            landing.short.append((generated, text, standing))
        else:
            self._land(generated, standing, landing)

    def _is_grounded(self, request: ComposeRequest) -> bool:
        return self._grounding and request.task is Task.COMPOSE

    def _land_short(self, landing: _Landing) -> None:
        short, landing.short = landing.short, []
        for generated, text, standing in short:
            whole = self._completed(generated, standing, landing)
            self._land(generated, self._fuller(text, whole, landing), landing)

    def _land_unfounded(self, landing: _Landing) -> None:
        """Of drafts with nothing that stands, as many as are wanted: made of the others' sentences, where there are any."""
        unfounded, landing.unfounded = landing.unfounded, []
        for generated, text in unfounded:
            if len(landing.drafts) < landing.request.count:
                whole = self._completed(generated, "", landing)
                self._land(generated, self._fuller(text, whole, landing) or text, landing)

    def _fuller(self, text: str, whole: str, landing: _Landing) -> str:
        """``whole``, or more of the model's ``text`` where next to nothing was left, or the same again.

        All of the text only for a brief that is a bare name: where there are facts, the same again is better than what stands on none.
        """
        request = landing.request
        landed = {draft.text for draft in landing.drafts}
        thin = count_characters(whole) < LEAST_LEFT * CHANNELS[request.channel].min_length
        wanted = len(landed) < request.count
        if not thin and not (wanted and self._finished(whole, landing) in landed):
            return whole
        lenient = self._reader.ground(text, landing.grounds, request.channel, leniently=True)
        best = max(whole, lenient, key=count_characters) if thin else whole
        bare = not (landing.grounds.attributes or landing.grounds.points)
        others = (best, whole, lenient, *([text] if bare else [])) if wanted else ()
        return next((t for t in others if t and self._finished(t, landing) not in landed), best)

    def _completed(self, generated: Generated, standing: str, landing: _Landing) -> str:
        """``standing`` with what it lacks from the others, those that came after it first: no two borrow the same."""
        request, index = landing.request, generated.index
        order = sorted(
            (other for other in landing.grounded if other != index), key=lambda other: (other < index, other)
        )
        others = [landing.grounded[other] for other in order]
        return self._reader.complete(standing, others, landing.grounds, request.channel, _least(request))

    def _land(self, generated: Generated, text: str, landing: _Landing) -> None:
        request = landing.request
        text = self._finished(text, landing)
        if not text:
            return
        covered, missed = self._reader.coverage(text, landing.brief)
        draft = Draft(
            index=generated.index,
            text=text,
            tokens=generated.tokens,
            seed=generated.seed,
            stop=generated.stop,
            logprob=generated.logprob,
            findings=self._findings(text, request),
            covered=covered,
            missed=missed,
        )
        draft = replace(draft, draft_id=self._store.add_draft(landing.request_id, draft))
        landing.drafts.append(draft)
        landing.listener.on_draft(draft)

    def _findings(self, text: str, request: ComposeRequest) -> tuple[Finding, ...]:
        found = self._checker.check(
            text, request.brief, channel=request.channel.value, domain=request.domain, must_say=request.must_say
        )
        return (*found, *short_of(text, request.length or 0))

    def _finished(self, text: str, landing: _Landing) -> str:
        """The text at the wanted length, with what must be said and its topics."""
        request = landing.request
        if request.length:
            text = fitted(text, request.length, request.channel)
        text = with_required(text, request.must_say, request.channel)
        text = with_hashtags(text, request.channel, landing.brief)
        return "\n".join(line for line in text.split("\n") if line.strip())

    def _settle(self, landing: _Landing) -> tuple[Draft, ...]:
        self._land_short(landing)
        self._land_unfounded(landing)
        request = landing.request
        if not landing.drafts:
            return ()
        ranked = self._ranker.rank(landing.drafts, request)
        shown = ranked[: request.count]
        rest = tuple(replace(draft, rank=NOT_SHOWN) for draft in ranked[request.count :])
        self._store.set_ranking(landing.request_id, shown + rest)
        return shown


def _least(request: ComposeRequest) -> int:
    """Characters that a draft of a wanted length must have; 0 where none was named."""
    return int(min(request.length, CHANNELS[request.channel].max_length) * LEAST_OF_WANTED) if request.length else 0


def checked_request(request: ComposeRequest) -> ComposeRequest:
    """The request with a checked brief.

    Raises:
        BriefInvalid: an empty or too long brief, or a text task without a text.
        ChoiceUnknown: a number of drafts outside 1 to 16.
    """
    brief = request.brief.checked()
    if request.task is not Task.COMPOSE and count_characters(brief.source) == 0:
        raise BriefInvalid("source", "empty")
    if not 1 <= request.count <= MAX_DRAFTS or not 0 <= request.candidates <= MAX_DRAFTS:
        raise ChoiceUnknown("count", str(request.count), tuple(str(n) for n in range(1, MAX_DRAFTS + 1)))
    return replace(request, brief=brief)
