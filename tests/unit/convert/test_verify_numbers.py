"""The formulas of the verification, on distributions whose divergence is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
import pytest

pytest.importorskip("gguf", reason="the gguf package is not installed")
pytest.importorskip("tokenizers", reason="tokenizers is not installed")

from convert.errors import ConvertRefused, Refusal
from convert.texts import hard_lines, token_windows
from convert.verify import compare_logits, compare_tokens, log_softmax
from tests.tiny_checkpoint import SENTENCES, write_tokenizer


def constant(row: Sequence[float]) -> Callable[[Sequence[int]], np.ndarray]:
    return lambda ids: np.tile(np.asarray(row, np.float32), (len(ids), 1))


def test_a_model_has_no_divergence_from_itself() -> None:
    found = compare_logits(constant([1, 2, 3]), constant([1, 2, 3]), [[0, 1, 2, 0]])
    assert found.mean_kl == 0 and found.top1_agreement == 1 and found.perplexity_ratio == 1


def test_the_divergence_is_the_one_of_the_book() -> None:
    p, q = (0.5, 0.25, 0.25), (0.25, 0.25, 0.5)
    found = compare_logits(constant(np.log(p)), constant(np.log(q)), [[0, 2, 2, 1]] * 3)
    assert found.mean_kl == pytest.approx(0.5 * math.log(2) + 0.25 * math.log(0.5), abs=1e-6)
    assert found.top1_agreement == 0
    assert found.positions == 12
    # The tokens predicted are 2, 2, 1: the first of a window has nothing before it.
    assert found.reference_perplexity == pytest.approx(4.0, rel=1e-5)
    assert found.perplexity == pytest.approx(2.0 ** (4 / 3), rel=1e-5)


def test_windows_longer_than_a_piece_count_every_prediction_once() -> None:
    chance = np.random.default_rng(4)
    table = chance.normal(size=(200, 7)).astype(np.float32)
    ids = list(chance.integers(0, 7, 200))
    found = compare_logits(lambda _: table, lambda _: table, [ids])
    expected = -np.mean([log_softmax(table)[i, ids[i + 1]] for i in range(199)])
    assert math.log(found.perplexity) == pytest.approx(expected)


def test_logits_of_different_width_are_refused() -> None:
    with pytest.raises(ConvertRefused) as caught:
        compare_logits(constant([1, 2]), constant([1, 2, 3]), [[0, 1]])
    assert caught.value.refusal is Refusal.VOCABULARY_SIZE


def test_no_text_proves_nothing() -> None:
    with pytest.raises(ConvertRefused):
        compare_logits(constant([1, 2]), constant([1, 2]), [])


def test_large_logits_do_not_overflow() -> None:
    assert np.isfinite(log_softmax(np.array([[1e4, -1e4, 0]], np.float32))).all()


class TokenLister:
    """Stands for llama.cpp: gives the ids of a function, and a token of its own at the start when told to."""

    def __init__(self, encode: Callable[[str], list[int]], begins: bool = False) -> None:
        self.encode, self.begins = encode, begins

    def tokenise(self, text: str, *, add_special: bool = False, parse_special: bool = True) -> list[int]:
        return [297] * (self.begins and add_special) + self.encode(text)


@pytest.fixture
def tokenizer(tmp_path) -> object:  # type: ignore[no-untyped-def]
    from tokenizers import Tokenizer

    write_tokenizer(tmp_path)
    return Tokenizer.from_file(str(tmp_path / "tokenizer.json"))


def test_fewer_than_a_thousand_lines_are_refused(tokenizer) -> None:  # type: ignore[no-untyped-def]
    runtime = TokenLister(lambda text: tokenizer.encode(text).ids)
    with pytest.raises(ConvertRefused, match="1000"):
        compare_tokens(runtime, tokenizer, ["一行"] * 999, extra_hard=0)  # type: ignore[arg-type]


def test_a_single_line_with_other_ids_is_found(tokenizer) -> None:  # type: ignore[no-untyped-def]
    lines = [f"第{n}行" for n in range(1000)]
    runtime = TokenLister(lambda text: [*tokenizer.encode(text).ids, *([1] if text == "第437行" else [])])
    found = compare_tokens(runtime, tokenizer, lines, extra_hard=50)  # type: ignore[arg-type]
    assert (found.different, found.first_difference, found.special_added) == (1, 437, 0)


def test_a_begin_token_that_llama_cpp_would_add_is_found(tokenizer) -> None:  # type: ignore[no-untyped-def]
    runtime = TokenLister(lambda text: tokenizer.encode(text).ids, begins=True)
    found = compare_tokens(runtime, tokenizer, ["行"] * 1000, extra_hard=0)  # type: ignore[arg-type]
    assert found.different == 0 and found.special_added == 1000


def test_hard_lines_are_reproducible_and_full_of_hard_pieces() -> None:
    lines = hard_lines(SENTENCES, 200, 1)
    assert lines == hard_lines(SENTENCES, 200, 1) != hard_lines(SENTENCES, 200, 2)
    for piece in ("\n", "😀", "ＡＢＣ１２３", "\u3000"):
        assert any(piece in line for line in lines)


def test_windows_are_full_and_limited(tokenizer) -> None:  # type: ignore[no-untyped-def]
    windows = token_windows(tokenizer, SENTENCES * 20, limit=3, length=64)
    assert [len(window) for window in windows] == [64, 64, 64]
    assert len(token_windows(tokenizer, SENTENCES[:1], limit=3, length=512)) == 1
    assert token_windows(tokenizer, [], limit=3) == []
