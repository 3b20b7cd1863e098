"""A tiny real model in a real worker process: batching, cancelling, crashes, limits."""

from __future__ import annotations

import os
import re
import signal
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from engine.domain import Channel, InstalledModel, Sampling, StopReason, count_characters
from engine.errors import (
    Cancelled,
    ChoiceUnknown,
    ContextOverflow,
    ModelBroken,
    NotEnoughMemory,
    ProcessorUnfit,
    WorkerCrashed,
)
from engine.inference import InferenceOptions, LocalTextModel, hardware
from engine.ports import Generated, Generation, TextListener
from engine.progress import Ticket
from engine.prompts import Prompt, grammar_of
from tests.tiny_model import install_tiny_model

PROMPT = Prompt("<|im_start|>user\n商品：雪纺连衣裙", "文案<|im_end|>\n<|im_start|>assistant\n")
REQUEST = Generation(PROMPT, 4, 5, Sampling(temperature=1.0), 40)
OPTIONS = InferenceOptions(threads=1, gpu_layers=0, idle_seconds=0)


class Recorder:
    """Keeps what a listener hears."""

    def __init__(self) -> None:
        self.texts: dict[int, list[str]] = {}
        self.done: list[Generated] = []
        self.threads: set[int] = set()

    def listener(self) -> TextListener:
        return TextListener(self._text, self._done)

    def _text(self, index: int, text: str) -> None:
        self.threads.add(threading.get_ident())
        self.texts.setdefault(index, []).append(text)

    def _done(self, generated: Generated) -> None:
        self.done.append(generated)

    def by_index(self) -> dict[int, str]:
        return {g.index: g.text for g in self.done}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> InstalledModel:
    return install_tiny_model(tmp_path_factory.mktemp("模型 甲"))


@pytest.fixture(scope="module")
def model(installed: InstalledModel) -> Iterator[LocalTextModel]:
    local = LocalTextModel(installed, OPTIONS)
    run(local, replace(REQUEST, count=1, max_tokens=1))  # started before the first test counts its threads
    yield local
    local.close()


def run(model: LocalTextModel, request: Generation, ticket: Ticket | None = None) -> Recorder:
    recorder = Recorder()
    model.generate(request, recorder.listener(), ticket or Ticket())
    return recorder


def test_every_draft_comes_once_with_its_seed_and_whole_text(model: LocalTextModel) -> None:
    heard = run(model, REQUEST)
    assert sorted(g.index for g in heard.done) == [0, 1, 2, 3]
    assert all(g.seed == 5 + g.index and g.logprob < 0 and g.text for g in heard.done)
    assert all("\ufffd" not in text for texts in heard.texts.values() for text in texts)
    assert heard.threads == {threading.get_ident()}


def test_the_same_seed_gives_the_same_text_alone_and_among_fifteen_others(model: LocalTextModel) -> None:
    """For the first tokens: a kernel sums in another order for another batch width, and a near tie may fall later."""
    short = replace(REQUEST, max_tokens=12)
    crowd = run(model, replace(short, count=16)).by_index()
    alone = {i: run(model, replace(short, count=1, seed=5 + i)).by_index()[0] for i in (0, 7, 15)}
    assert alone == {i: crowd[i] for i in alone}
    assert len(set(crowd.values())) == 16


def test_more_drafts_than_slots_wait_for_a_place(model: LocalTextModel) -> None:
    heard = run(model, replace(REQUEST, count=37, max_tokens=12))
    assert sorted(g.index for g in heard.done) == list(range(37))


def test_a_prompt_with_the_same_beginning_is_not_read_again(model: LocalTextModel) -> None:
    run(model, REQUEST)
    other = Prompt(PROMPT.shared, "卖<|im_end|>\n<|im_start|>assistant\n")
    timing = model.generate(replace(REQUEST, prompt=other), Recorder().listener(), Ticket())
    assert 10 <= timing.reused_tokens < timing.prompt_tokens


def test_requests_of_several_threads_are_decoded_together_and_kept_apart(model: LocalTextModel) -> None:
    alone = {seed: run(model, replace(REQUEST, seed=seed)).by_index() for seed in (100, 200, 300)}
    heard: dict[int, Recorder] = {}
    threads = [
        threading.Thread(target=lambda s=seed: heard.__setitem__(s, run(model, replace(REQUEST, seed=s))))
        for seed in alone
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {seed: recorder.by_index() for seed, recorder in heard.items()} == alone


def test_forbidden_phrases_never_stand_in_a_finished_draft(model: LocalTextModel) -> None:
    free = "".join(run(model, replace(REQUEST, count=16)).by_index().values())
    phrases = ("第", "文案", "雪", "最", "e", "商品")
    assert any(phrase in free for phrase in phrases)
    heard = run(model, replace(REQUEST, count=32, forbidden=phrases))
    assert len(heard.done) == 32
    assert not [g for g in heard.done for phrase in phrases if phrase in g.text.lower()]


def test_a_draft_that_cannot_avoid_a_phrase_is_marked_as_blocked(model: LocalTextModel) -> None:
    grammar = 'root ::= "你好" "。" "最好"'
    heard = run(model, replace(REQUEST, count=1, grammar=grammar, forbidden=("最",)))
    assert (heard.done[0].stop, heard.done[0].text) in ((StopReason.BLOCKED, "你好。"), (StopReason.END, "你好。"))


def test_a_grammar_is_kept_to(model: LocalTextModel) -> None:
    heard = run(
        model,
        replace(REQUEST, grammar='root ::= line line line\nline ::= ("文案" | "商品" | "卖")+ "。\\n"', max_tokens=80),
    )
    ended = [g.text for g in heard.done if g.stop is StopReason.END]
    assert all(len(text.split("\n")) == 3 for text in ended)
    assert all(set(g.text) <= set("文案商品卖。\n") for g in heard.done)


@pytest.mark.parametrize(
    ("channel", "form"),
    [
        (Channel.TITLE, r"[^\n]{8,45}"),
        (Channel.FEED_AD, r"[^\n]{8,40}(\n[^\n]{8,40}){2}"),
        (Channel.SELLING_POINTS, r"[^\n：]{2,16}：[^\n]{4,60}(\n[^\n：]{2,16}：[^\n]{4,60}){2,4}"),
        (Channel.SHORT_VIDEO, r"[^\n]{3,60}(\n[^\n]{3,60}){3,5}"),
        (Channel.SMS, r"【[^】]{1,12}】[^\n]{12,75}拒收请回复R"),
    ],
)
def test_a_draft_that_ends_by_itself_has_the_form_of_its_channel(
    model: LocalTextModel, channel: Channel, form: str
) -> None:
    heard = run(model, replace(REQUEST, grammar=grammar_of(channel), max_tokens=900))
    ended = [g.text for g in heard.done if g.stop is StopReason.END]
    assert ended and all(re.fullmatch(form, text) for text in ended), ended


def test_a_note_begins_with_a_short_title(model: LocalTextModel) -> None:
    grammar = grammar_of(Channel.XIAOHONGSHU, thinks=True)
    texts = run(model, replace(REQUEST, grammar=grammar, max_tokens=100)).by_index().values()
    assert all(2 <= len(text.split("\n")[0]) <= 30 for text in texts if "\n" in text), texts


def test_a_draft_does_not_end_before_the_characters_that_were_asked_for(model: LocalTextModel) -> None:
    short = run(model, replace(REQUEST, count=8, max_tokens=400))
    long = run(model, replace(REQUEST, count=8, max_tokens=400, min_characters=60))
    assert min(count_characters(g.text) for g in short.done) < 60
    assert min(count_characters(g.text) for g in long.done if g.stop is StopReason.END) >= 60


def test_a_grammar_that_is_none_is_refused(model: LocalTextModel) -> None:
    with pytest.raises(ChoiceUnknown):
        run(model, replace(REQUEST, grammar="root ::= ("))
    assert len(run(model, REQUEST).done) == 4


def test_a_request_over_the_context_is_refused_before_it_starts(model: LocalTextModel) -> None:
    with pytest.raises(ContextOverflow) as caught:
        run(model, replace(REQUEST, max_tokens=5000))
    assert caught.value.context_tokens == 2048


def test_a_cancel_in_the_middle_returns_soon_and_the_next_request_works(model: LocalTextModel) -> None:
    ticket, heard = Ticket(), Recorder()
    asked: list[float] = []

    def on_text(index: int, text: str) -> None:
        if not asked:
            asked.append(time.monotonic())
            ticket.cancel()

    with pytest.raises(Cancelled):
        model.generate(replace(REQUEST, count=16, max_tokens=1500), TextListener(on_text, heard.done.append), ticket)
    assert time.monotonic() - asked[0] < 1.0
    assert {g.stop for g in heard.done} <= {StopReason.CANCELLED, StopReason.END, StopReason.LOOP}
    assert len(run(model, REQUEST).done) == 4


def test_a_single_draft_can_be_stopped_while_the_others_go_on(model: LocalTextModel) -> None:
    heard = Recorder()

    def on_text(index: int, text: str) -> None:
        if index == 2 and len(text) > 2:
            model.stop_sequence(2)

    model.generate(replace(REQUEST, max_tokens=300), TextListener(on_text, heard.done.append), Ticket())
    stops = {g.index: g.stop for g in heard.done}
    assert stops[2] in (StopReason.CANCELLED, StopReason.END) and len(stops) == 4
    assert StopReason.CANCELLED not in {stops[i] for i in (0, 1, 3)}


def test_a_processor_that_cannot_run_the_engine_is_not_the_files_fault(installed: InstalledModel) -> None:
    model = LocalTextModel(installed, OPTIONS)

    def kill(generated: Generated) -> None:
        if model.worker_pid:
            os.kill(model.worker_pid, signal.SIGILL)

    try:
        with pytest.raises(ProcessorUnfit):
            model.generate(
                replace(REQUEST, count=60, max_tokens=200), TextListener(lambda _i, _t: None, kill), Ticket()
            )
    finally:
        model.close()


def test_a_killed_worker_costs_no_finished_draft_and_is_started_again(installed: InstalledModel) -> None:
    model, heard = LocalTextModel(installed, OPTIONS), Recorder()

    def kill(generated: Generated) -> None:
        heard.done.append(generated)
        if len(heard.done) == 1 and model.worker_pid:
            os.kill(model.worker_pid, signal.SIGKILL)

    try:
        with pytest.raises(WorkerCrashed) as caught:
            model.generate(
                replace(REQUEST, count=60, max_tokens=200), TextListener(lambda _i, _t: None, kill), Ticket()
            )
        assert caught.value.exit_code == -signal.SIGKILL
        assert 1 <= len(heard.done) < 60
        assert len(run(model, REQUEST).done) == 4
    finally:
        model.close()


def test_an_idle_worker_ends_and_is_started_again_when_needed(installed: InstalledModel) -> None:
    model = LocalTextModel(installed, replace(OPTIONS, idle_seconds=0.05))
    try:
        run(model, replace(REQUEST, count=1))
        ended = threading.Event()
        for _ in range(200):
            if model.worker_pid is None:
                break
            ended.wait(0.02)
        assert model.worker_pid is None
        assert len(run(model, REQUEST).done) == 4
    finally:
        model.close()


def test_a_file_that_llama_refuses_is_broken_and_not_a_crash(tmp_path: Path) -> None:
    installed = install_tiny_model(tmp_path / "m")
    data = installed.first_file.read_bytes().replace(b"qwen2", b"qwenX")
    installed.first_file.write_bytes(data)
    model = LocalTextModel(installed, OPTIONS)
    with pytest.raises(ModelBroken) as caught:
        run(model, REQUEST)
    assert caught.value.reason == "refused"
    model.close()


def test_a_model_larger_than_the_memory_is_refused_before_loading(
    installed: InstalledModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hardware, "free_memory", lambda: 1000)
    model = LocalTextModel(installed, OPTIONS)
    with pytest.raises(NotEnoughMemory):
        run(model, REQUEST)
    assert model.worker_pid is None


def test_a_cancelled_ticket_starts_nothing(installed: InstalledModel) -> None:
    model, ticket = LocalTextModel(installed, OPTIONS), Ticket()
    ticket.cancel()
    with pytest.raises(Cancelled):
        run(model, REQUEST, ticket)
    assert model.worker_pid is None


def test_plain_instructions_go_through_the_models_own_template(tmp_path: Path) -> None:
    model = LocalTextModel(install_tiny_model(tmp_path / "p", prompt_format="plain-v1"), OPTIONS)
    try:
        heard = run(model, replace(REQUEST, prompt=Prompt("你是助手", "写<|im_end|>文案")))
        assert len(heard.done) == 4
    finally:
        model.close()
