"""The trials of ``benchmarks/robustness.py`` with small counts; ``ZHANGGUI_TRIALS=full`` takes the full ones."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest

from benchmarks import robustness
from tests.tiny_model import install_tiny_model

FULL = os.environ.get("ZHANGGUI_TRIALS") == "full"
pytestmark = pytest.mark.keeps_threads


@pytest.fixture
def model(tmp_path):
    """A tiny model in a folder of its own."""
    return install_tiny_model(tmp_path / "小 模型")


def count(trial: str, small: int) -> int:
    """How often a trial is run here."""
    return robustness.COUNTS[trial] if FULL else small


def test_a_batch_whose_worker_is_killed_again_and_again_has_every_row_once(model, tmp_path):
    figures = robustness.kill(model, tmp_path, count("kill", 12), random.Random(1))
    assert figures["rows"] == count("kill", 12) and figures["kills"] >= 1 and figures["skipped_rows"] == 0


def test_mutated_messages_are_refused_by_both_sides_and_nothing_hangs(model):
    figures = robustness.messages(model, count("protocol", 3000), random.Random(2))
    assert {"version", "not_json", "name", "field"} <= set(figures["refused"]) and figures["in_inbox"] > 0


def test_mutated_model_files_are_refused_in_words(tmp_path):
    figures = robustness.ggufs(tmp_path, count("gguf", 12), random.Random(3))
    assert set(figures["results"]) - {"loaded"} and "WorkerCrashed" not in figures["results"]


@pytest.mark.skipif(sys.platform == "win32", reason="reads /proc")
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="reads /proc")
def test_loading_and_unloading_leaves_no_memory_behind(model):
    figures = robustness.unload(model, count("unload", 4))
    assert figures["after_last_mib"] - figures["before_mib"] < 30 and figures["growth_second_half_mib"] < 2


def test_a_cancel_ends_the_work_in_reading_and_in_decoding(model):
    figures = robustness.cancels(model, count("cancel", 12), random.Random(4))
    assert figures["reading"]["count"] >= 6 and figures["decoding"]["count"] >= 6


def test_no_draft_at_a_high_temperature_holds_one_of_three_hundred_phrases(model):
    figures = robustness.forbidden(model, count("forbidden", 32))
    assert figures["phrases"] == 300 and figures["drafts_with_phrases"] >= 32


def test_a_cancel_while_the_context_is_being_made_is_not_lost(model):
    from engine.inference.batching import BatchedDecoder, DecoderOptions
    from engine.inference.llama import LlamaModel

    class Silent:
        def text(self, *_): ...
        def done(self, *_): ...
        def finished(self, *_): ...

    loaded = LlamaModel(model.first_file, "tiny")
    decoder = BatchedDecoder(loaded, DecoderOptions(1, prompt_format="brief-v1"), Silent())
    decoder.submit(1, robustness.REQUEST)
    decoder.abort.set(True)  # before there is a context
    decoder.step()
    assert decoder.context is not None and decoder._jobs[1].trunk.tokens == []
    decoder.abort.set(False)
    while decoder.busy:
        decoder.step()
    decoder.drop_all()
    loaded.close()
