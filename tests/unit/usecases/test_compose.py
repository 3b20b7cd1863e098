"""Composing: drafts land checked and stored one by one, the set is ranked once, nothing that landed is lost."""

from dataclasses import replace

import pytest

from engine.domain import Attribute, Brief, Channel, ComposeRequest, StopReason, Task, Timing
from engine.errors import BriefInvalid, Cancelled, ChoiceUnknown, WorkerCrashed
from engine.ports import Generated
from engine.progress import Ticket
from engine.usecases.compose import ComposeListener, Composer

BRIEF = Brief(product="雪纺连衣裙", attributes=(Attribute("材质", "雪纺"),))


class FakeTextModel:
    """Replays texts, one a sequence, and records what it was asked."""

    name, prompt_format = "fake", "brief-v1"

    def __init__(self, texts, failure=None):
        self.texts, self.failure, self.asked = texts, failure, []

    def generate(self, generation, listener, ticket):
        self.asked.append(generation)
        for index in range(generation.count):
            text = self.texts[index % len(self.texts)]
            listener.on_text(index, text[:3])
            listener.on_text(index, text)
            listener.on_done(Generated(index, text, len(text), generation.seed + index, StopReason.END, -1.0))
            if self.failure is not None:
                raise self.failure
        return Timing(total_s=1.0)

    def stop_sequence(self, index):
        """Not used here."""

    def close(self):
        """Nothing to give back."""


class FakeStore:
    """Keeps what it is given in lists."""

    def __init__(self):
        self.requests, self.drafts, self.ranked = [], [], None

    def add_request(self, request, model_name, seed):
        self.requests.append((request, model_name, seed))
        return len(self.requests)

    def add_draft(self, request_id, draft):
        self.drafts.append(draft)
        return len(self.drafts)

    def set_ranking(self, request_id, drafts):
        self.ranked = list(drafts)


class PlainChecker:
    """Finds nothing; says that the material is covered when it stands there."""

    def check(self, text, brief, *, channel="", domain="general", must_say=()):
        self.must_say = must_say
        return ()

    def forbidden_phrases(self, domain="general"):
        return ("最好",)

    def prepare(self, brief, *, whole_name=False):
        return brief

    def coverage(self, text, brief):
        return (("雪纺",), ()) if "雪纺" in text else ((), ("雪纺",))

    short = 0

    def ground(self, text, brief, channel, *, leniently=False):
        self.points = brief.points
        return "" if "全是编的" in text else text.replace("编的", "")

    def complete(self, text, others, brief, channel, least=0):
        return text if len(text) > self.short else text + "".join(others)


class LongestFirst:
    """Ranks by length."""

    def rank(self, drafts, request):
        order = sorted(drafts, key=lambda d: -len(d.text))
        return tuple(replace(d, rank=rank) for rank, d in enumerate(order))


def make(texts, failure=None, voices=None, prompt_format="brief-v1"):
    model, store = FakeTextModel(texts, failure), FakeStore()
    model.prompt_format = prompt_format
    checker = PlainChecker()
    return Composer(model, store, checker, checker, LongestFirst(), voices), model, store


def listener():
    heard = {"texts": [], "drafts": []}
    return heard, ComposeListener(lambda i, t: heard["texts"].append((i, t)), heard["drafts"].append)


def test_every_draft_is_stored_when_the_seller_hears_of_it():
    composer, _, store = make(["短。", "长一些的雪纺裙。"])
    heard, hear = listener()
    result = composer.compose(ComposeRequest(BRIEF, Channel.DETAIL, count=2, candidates=0, seed=7), hear, Ticket())
    assert [d.draft_id for d in heard["drafts"]] == [1, 2]
    assert [d.text for d in result.drafts] == ["长一些的雪纺裙。", "短。"]
    assert store.ranked is not None and store.requests[0][2] == 7
    assert result.drafts[0].covered == ("雪纺",) and result.drafts[1].missed == ("雪纺",)


def test_more_candidates_than_drafts_leave_only_the_best_ones():
    composer, model, store = make(["一。", "二二。", "三三三。"])
    _, hear = listener()
    result = composer.compose(ComposeRequest(BRIEF, Channel.DETAIL, count=1, candidates=3, seed=1), hear, Ticket())
    assert model.asked[0].count == 3 and len(store.drafts) == 3
    assert [d.text for d in result.drafts] == ["三三三。"]


def test_forbidden_phrases_of_the_law_and_of_the_seller_reach_the_decoder():
    composer, model, _ = make(["好。"])
    _, hear = listener()
    composer.compose(ComposeRequest(BRIEF, Channel.DETAIL, count=1, never_say=("便宜",)), hear, Ticket())
    assert model.asked[0].forbidden == ("最好", "便宜")


@pytest.mark.parametrize("failure", [WorkerCrashed(-9), Cancelled()])
def test_what_landed_before_a_crash_or_a_stop_is_kept_and_ranked(failure):
    composer, _, store = make(["第一条。"], failure)
    heard, hear = listener()
    with pytest.raises(type(failure)):
        composer.compose(ComposeRequest(BRIEF, Channel.DETAIL, count=4, candidates=0), hear, Ticket())
    assert len(store.drafts) == len(heard["drafts"]) == len(store.ranked) == 1


@pytest.mark.parametrize(
    "request_, error",
    [
        (ComposeRequest(Brief(product=" "), Channel.DETAIL), BriefInvalid),
        (ComposeRequest(Brief(product="裙", points=("好" * 100_000,)), Channel.DETAIL), BriefInvalid),
        (ComposeRequest(BRIEF, Channel.DETAIL, task=Task.REWRITE), BriefInvalid),
        (ComposeRequest(BRIEF, Channel.DETAIL, count=0), ChoiceUnknown),
        (ComposeRequest(BRIEF, Channel.DETAIL, count=17), ChoiceUnknown),
    ],
)
def test_a_request_that_cannot_be_written_is_refused_before_anything_is_stored(request_, error):
    composer, model, store = make(["好。"])
    _, hear = listener()
    with pytest.raises(error):
        composer.compose(request_, hear, Ticket())
    assert not store.requests and not model.asked


def test_the_same_request_with_a_seed_asks_the_model_for_the_same_seeds():
    composer, model, _ = make(["好。"])
    _, hear = listener()
    for _ in range(2):
        composer.compose(ComposeRequest(BRIEF, Channel.DETAIL, count=2, seed=5), hear, Ticket())
    assert model.asked[0].seed == model.asked[1].seed == 5


def write_one(composer, task=Task.COMPOSE):
    brief = replace(BRIEF, source="雪纺裙。")
    request = ComposeRequest(brief, Channel.DETAIL, task, count=1, candidates=0)
    return composer.compose(request, listener()[1], Ticket()).drafts[0].text


def test_what_stands_on_nothing_is_left_out_of_a_small_models_draft():
    assert write_one(make(["编的雪纺裙。"])[0]) == "雪纺裙。"


@pytest.mark.parametrize("case", ["another model", "another task"])
def test_it_is_left_alone_where_that_is_not_asked_for(case):
    prompt_format = "plain-v1" if case == "another model" else "brief-v1"
    composer, _, _ = make(["编的雪纺裙。"], prompt_format=prompt_format)
    assert write_one(composer, Task.REWRITE if case == "another task" else Task.COMPOSE) == "编的雪纺裙。"


def test_only_what_stood_of_other_drafts_completes_one():
    composer, _, _ = make(["全是编的。", "雪纺裙。", "碎花。"])
    composer._reader.short = 3
    request = ComposeRequest(BRIEF, Channel.DETAIL, count=3, candidates=0, must_say=("包邮",))
    texts = {draft.index: draft.text for draft in composer.compose(request, listener()[1], Ticket()).drafts}
    assert texts == {0: "雪纺裙。碎花。包邮。", 1: "雪纺裙。包邮。", 2: "碎花。雪纺裙。包邮。"}
    assert composer._reader.points == ("包邮",), "what must be said stands"


@pytest.mark.parametrize(
    ("usual", "brief", "others"),
    [
        ("雪纺裙，穿着舒服。", BRIEF, {"雪纺裙，穿着舒服。"}),
        ("雪纺裙。", Brief("雪纺裙"), {"编的雪纺裙。"}),
        ("雪纺裙。", BRIEF, set()),
    ],
)
def test_the_same_text_twice_is_no_choice(usual, brief, others, monkeypatch):
    """Where two drafts come out the same, the second keeps what is usual; of a bare name even what the model made up."""
    composer, _, _ = make(["雪纺裙。", "编的雪纺裙。"])
    strict = composer._reader.ground
    monkeypatch.setattr(
        composer._reader, "ground", lambda *about, leniently=False: usual if leniently else strict(*about)
    )
    request = ComposeRequest(brief, Channel.DETAIL, count=2, candidates=0)
    texts = [draft.text for draft in composer.compose(request, listener()[1], Ticket()).drafts]
    assert set(texts) == {"雪纺裙。"} | others


def test_drafts_of_which_nothing_stood_do_not_all_borrow_the_same():
    composer, _, _ = make(["雪纺裙。", "全是编的。", "碎花。", "全是编的呢。"])
    request = ComposeRequest(BRIEF, Channel.DETAIL, count=4, candidates=0)
    texts = {draft.index: draft.text for draft in composer.compose(request, listener()[1], Ticket()).drafts}
    assert (texts[1], texts[3]) == ("碎花。雪纺裙。", "雪纺裙。碎花。")
