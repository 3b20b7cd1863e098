"""The messages between the two processes, sound and unsound."""

from __future__ import annotations

import json
import random
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine import errors
from engine.domain import Sampling, StopReason, Timing
from engine.inference import protocol
from engine.inference.failures import failed, to_error
from engine.inference.protocol import MessageRefused
from engine.ports import Generated, Generation
from engine.prompts import Prompt

GENERATION = Generation(Prompt("商品", "写"), 4, 7, Sampling(), 100, 50, 'root ::= "a"', ("最好", "第一"))
EXAMPLES = [
    protocol.Load("/模型/a b.gguf", "小模型", "brief-v1", 4096, 2, -1, 16, (protocol.Adapter("a.gguf", 0.5),), 0),
    protocol.Generate(1, GENERATION),
    protocol.Cancel(1),
    protocol.StopDraft(1, 2),
    protocol.Shutdown(),
    protocol.Loading(3),
    protocol.Loaded(1.5, 0, 2),
    protocol.Changes((protocol.Change(1, 2, 3, "好看\n“”"),)),
    protocol.Done(1, Generated(0, "文案", 5, 7, StopReason.LOOP, -1.25)),
    protocol.Finished(1, Timing(total_s=2.5), False),
    protocol.LogLine(30, "x"),
]


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda m: type(m).__name__)
def test_every_message_comes_back_as_it_was_sent(message: object) -> None:
    assert protocol.decode(protocol.encode(message)) == message


@given(st.binary(max_size=200))
def test_any_bytes_are_refused_in_words(data: bytes) -> None:
    with pytest.raises(MessageRefused):
        protocol.decode(data)


def test_mutated_messages_are_read_or_refused_but_never_break_the_reader() -> None:
    dice = random.Random(3)
    for _ in range(8_000):
        data = bytearray(protocol.encode(dice.choice(EXAMPLES)))
        for _ in range(dice.randint(1, 4)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        with suppress(MessageRefused):
            protocol.decode(bytes(data))


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(MessageRefused):
        protocol.decode(b"[" * 100_000)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"v": 2}, "version"),
        ({"t": "Explode"}, "name"),
        ({"t": ["Cancel"]}, "name"),
        ({"job": "1"}, "field"),
        ({"job": True}, "field"),
        ({"job": 2**60}, "field"),
        ({"more": 1}, "field"),
    ],
)
def test_a_wrong_version_name_or_field_is_told_apart(change: dict[str, object], reason: str) -> None:
    body = {"v": 1, "t": "Cancel", "job": 1} | change
    with pytest.raises(MessageRefused) as caught:
        protocol.decode(json.dumps(body).encode())
    assert caught.value.reason == reason


def test_a_message_over_the_limit_is_not_sent() -> None:
    with pytest.raises(MessageRefused):
        protocol.encode(protocol.LogLine(1, "字" * protocol.MAX_BYTES))


@pytest.mark.parametrize(
    "error",
    [
        errors.ContextOverflow(5000, 4096),
        errors.NotEnoughMemory(10, 5),
        errors.ModelBroken("m", "refused"),
        errors.ChoiceUnknown("grammar", "root", ()),
        MessageRefused("field", "x"),
    ],
)
def test_every_situation_survives_the_pipe(error: errors.EngineError) -> None:
    back = to_error(protocol.decode(protocol.encode(failed(3, error))))
    assert type(back) is type(error) and str(back) == str(error)


def test_a_failure_that_makes_no_sense_is_a_crash() -> None:
    assert isinstance(to_error(protocol.Failed(1, "ContextOverflow", (), ())), errors.WorkerCrashed)


def test_a_generation_with_senseless_numbers_is_refused() -> None:
    with pytest.raises(MessageRefused):
        protocol.checked_generation(Generation(Prompt("", "a"), 0, 1, Sampling(), 10), 16)
