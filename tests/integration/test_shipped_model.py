"""End to end with the model that ships: lawful, true, whole Chinese copy on this computer, from a brief."""

import hashlib
import json
import re

import pytest

from engine.__main__ import main
from engine.api import ComposeListener, Engine
from engine.cli.words import OK
from engine.domain import CHANNELS, Attribute, Brief, Channel, ComposeRequest, StopReason, Task, count_characters
from engine.domain.sample import sample_brief
from engine.paths import Paths
from engine.progress import Ticket

STARTER = Paths.default().shipped_models / "starter"
pytestmark = [
    pytest.mark.shipped_model,
    pytest.mark.skipif(not (STARTER / "manifest.json").exists(), reason="no shipped model in assets/models/starter"),
]
QUIET = ComposeListener(lambda _i, _t: None, lambda _d: None)


@pytest.fixture(scope="module")
def engine(tmp_path_factory):
    """One engine, its model loaded once, for all tests of this module."""
    with Engine.open(Paths(tmp_path_factory.mktemp("掌柜 模型"), Paths.default().assets)) as opened:
        opened.settings.set("model", "starter")
        yield opened


def compose(engine, **changes):
    wanted = {"brief": sample_brief(), "channel": Channel.DETAIL, "count": 2, "seed": 1, **changes}
    return engine.writing.compose(ComposeRequest(**wanted), QUIET, Ticket())


def test_the_files_are_those_of_the_manifest():
    manifest = json.loads((STARTER / "manifest.json").read_text(encoding="utf-8"))
    sizes = []
    for file in manifest["files"]:
        data = (STARTER / file["name"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == file["sha256"] and len(data) == file["size"] <= 95_000_000
        sizes.append(len(data))
    assert sum(sizes) <= 205_000_000
    assert (STARTER / "MODEL_CARD.md").read_text(encoding="utf-8").strip()


@pytest.mark.keeps_threads
@pytest.mark.parametrize("channel", list(Channel))
def test_every_channel_gets_its_form(engine, channel):
    draft = compose(engine, channel=channel).drafts[0]
    spec = CHANNELS[channel]
    assert re.search("[\u4e00-\u9fff]{2}", draft.text) and "\ufffd" not in draft.text
    assert count_characters(draft.text) <= spec.max_length * 1.1
    assert not [f for f in draft.findings if f.blocks]
    if channel is Channel.SMS:
        assert draft.text.startswith("【") and draft.text.endswith("拒收请回复R")
    if channel is Channel.FEED_AD:
        assert len(draft.text.split("\n")) == 3
    if channel is Channel.TITLE:
        assert len(draft.text) <= 30 and "\n" not in draft.text


@pytest.mark.keeps_threads
def test_drafts_end_by_themselves_and_speak_of_the_product(engine):
    result = compose(engine, count=4)
    assert sum(d.stop is StopReason.END for d in result.drafts) >= 3
    assert all("裙" in d.text for d in result.drafts)
    assert result.drafts[0].score.total >= result.drafts[-1].score.total


@pytest.mark.keeps_threads
def test_the_same_seed_writes_the_same_drafts(engine):
    assert [d.text for d in compose(engine, seed=9).drafts] == [d.text for d in compose(engine, seed=9).drafts]


@pytest.mark.keeps_threads
def test_an_unlawful_wish_of_the_seller_does_not_reach_the_copy(engine):
    brief = Brief("黑糖姜茶", attributes=(Attribute("净含量", "120g"),), points=("治疗痛经", "全网最低价"))
    for draft in compose(engine, brief=brief, count=4).drafts:
        assert "治疗" not in draft.text and "最低" not in draft.text


@pytest.mark.keeps_threads
@pytest.mark.parametrize("task", [Task.REWRITE, Task.CONDENSE])
def test_a_text_is_worked_on(engine, task):
    source = "这条裙子是雪纺做的，图案是碎花，裙子是长裙，垂坠感好，有内衬不透，上班的时候可以穿，第二件半价。" * 2
    draft = compose(engine, brief=sample_brief().with_source(source), task=task).drafts[0]
    assert draft.text and draft.text != source
    if task is Task.CONDENSE:
        assert count_characters(draft.text) < count_characters(source)


@pytest.mark.keeps_threads
def test_the_command_line_writes_with_the_shipped_model(capsys):
    code = main(["compose", "--sample", "-n", "1", "--seed", "1", "--channel", "title", "--json"])
    found = json.loads(capsys.readouterr().out)
    assert code == OK and found["model"] == "starter" and found["drafts"][0]["text"]
