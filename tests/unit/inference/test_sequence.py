"""One draft: text from tokens, rollback, ends. Tokens here are numbers whose bytes a small table gives."""

from __future__ import annotations

from collections.abc import Sequence

from engine.domain import StopReason
from engine.inference.sequence import MAX_ROLLBACKS, DraftSequence, Rules
from engine.inference.text_rules import PhraseIndex

PIECES = {1: "这".encode(), 2: "是".encode(), 3: "最".encode(), 4: "好".encode(), 5: "好".encode()[:2], 6: "好".encode()[2:],
          7: "。".encode(), 8: b"<think>", 9: b"</think>"}  # fmt: skip


class FakeSampler:
    """Records how it was rewound."""

    def __init__(self) -> None:
        self.rewound: list[tuple[int, ...]] = []

    def rewind(self, tokens: Sequence[int], attempt: int) -> None:
        self.rewound.append(tuple(tokens))

    def close(self) -> None:
        """Nothing to free."""


def draft(*phrases: str, max_tokens: int = 50, thinks: bool = False, least: int = 0) -> DraftSequence:
    rules = Rules(max_tokens, 0, least, PhraseIndex(phrases), thinks)
    return DraftSequence(0, 0, [90, 91], rules, PIECES.__getitem__)


def take(sequence: DraftSequence, *tokens: int) -> FakeSampler:
    sampler = FakeSampler()
    for token in tokens:
        sequence.take(token, -1.0, sampler)
    return sampler


def test_the_first_row_wanted_is_that_of_the_last_prompt_token() -> None:
    sequence = draft()
    assert (sequence.next_token, sequence.next_position) == (91, 1)
    take(sequence, 1)
    assert (sequence.next_token, sequence.next_position) == (1, 2)


def test_a_forbidden_phrase_is_taken_back_to_before_it_and_its_first_token_banned_there() -> None:
    sequence = draft("最好")
    sampler = take(sequence, 1, 2, 3, 4)
    assert sequence.text == "这是" and sequence.tokens == [1, 2]
    assert sequence.banned == {3} and sampler.rewound == [(1, 2)]
    assert sequence.next_position == 3


def test_a_phrase_that_completes_in_pieces_of_a_character_is_taken_back_whole() -> None:
    sequence = draft("好")
    take(sequence, 1, 5, 6)
    assert sequence.tokens == [1] and sequence.banned == {5} and sequence.text == "这"


def test_a_ban_holds_only_at_its_place() -> None:
    sequence = draft("最好")
    take(sequence, 1, 3, 4, 2)
    assert sequence.text == "这是" and sequence.banned == frozenset()


def test_after_too_many_rollbacks_the_draft_is_blocked_without_the_phrase() -> None:
    sequence = draft("最好")
    take(sequence, 1, 7)
    for _ in range(MAX_ROLLBACKS + 1):
        take(sequence, 3, 4)
    assert sequence.stop is StopReason.BLOCKED and sequence.text == "这。"


def test_the_token_limit_ends_a_draft() -> None:
    sequence = draft(max_tokens=2)
    take(sequence, 1, 2)
    assert sequence.stop is StopReason.LENGTH


def test_thinking_is_neither_shown_nor_held_to_the_rules() -> None:
    sequence = draft("最好", thinks=True)
    take(sequence, 8, 3, 4, 9, 1)
    assert sequence.text == "这" and sequence.rollbacks == 0


def test_a_draft_may_not_end_before_it_has_the_least_characters() -> None:
    sequence = draft(least=3, thinks=True)
    assert sequence.is_short and draft().is_short, "an empty draft is no draft"
    take(sequence, 8, 1, 2, 3, 9)
    assert sequence.is_short, "thinking does not count"
    take(sequence, 1, 2, 3)
    assert not sequence.is_short
