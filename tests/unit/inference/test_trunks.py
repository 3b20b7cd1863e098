"""Which prompt beginnings are kept and reused."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from engine.inference.trunks import KEPT_IDLE, TrunkShelf, common_length


class FakeCells:
    """Keeps what each sequence holds, as a context would."""

    def __init__(self) -> None:
        self.held: dict[int, list[int]] = {}

    def copy(self, source: int, target: int, tokens: int) -> None:
        self.held[target] = self.held.get(source, [])[:tokens]

    def remove(self, sequence: int, start: int = 0) -> None:
        self.held[sequence] = self.held.get(sequence, [])[:start]

    def read(self, place: int, tokens: list[int]) -> None:
        self.held[place] = list(tokens)


def take_and_read(shelf: TrunkShelf, cells: FakeCells, tokens: list[int]) -> tuple[int, int]:
    trunk = shelf.take(tokens)
    assert trunk is not None
    reused = len(trunk.tokens)
    trunk.tokens = list(tokens)
    cells.read(trunk.place, tokens)
    shelf.release(trunk)
    return trunk.place, reused


def test_the_beginning_common_to_two_prompts_is_read_once() -> None:
    cells = FakeCells()
    shelf = TrunkShelf(cells, range(10, 14))
    take_and_read(shelf, cells, [1, 2, 3, 4, 5])
    assert take_and_read(shelf, cells, [1, 2, 3, 9])[1] == 3
    assert take_and_read(shelf, cells, [1, 2, 3, 4, 5, 6])[1] == 5


def test_a_trunk_in_use_is_not_taken_from_its_request() -> None:
    shelf = TrunkShelf(FakeCells(), range(2))
    first = shelf.take([1, 2])
    assert first is not None
    first.tokens = [1, 2]
    second = shelf.take([1, 3])
    assert second is not None and second is not first and first.tokens == [1, 2]
    second.tokens = [1, 3]
    assert shelf.take([4, 5]) is None


def test_idle_trunks_are_given_up_oldest_first() -> None:
    cells = FakeCells()
    shelf = TrunkShelf(cells, range(3))
    old, _ = take_and_read(shelf, cells, [1, 1])
    take_and_read(shelf, cells, [2, 2])
    assert shelf.evict() and cells.held[old] == []
    assert shelf.evict() and not shelf.evict() and shelf.held_tokens == 0


@given(st.lists(st.lists(st.integers(0, 2), min_size=1, max_size=8), max_size=30))
def test_a_trunk_always_holds_a_true_beginning_of_the_prompt(prompts: list[list[int]]) -> None:
    cells = FakeCells()
    shelf = TrunkShelf(cells, range(3))
    for prompt in prompts:
        trunk = shelf.take(prompt)
        assert trunk is not None
        assert trunk.tokens == prompt[: len(trunk.tokens)] == cells.held.get(trunk.place, [])[: len(trunk.tokens)]
        trunk.tokens = list(prompt)
        cells.read(trunk.place, prompt)
        shelf.release(trunk)


def test_common_length_counts_equal_tokens_at_the_beginning() -> None:
    assert common_length([1, 2, 3], [1, 2]) == 2 and common_length([], [1]) == 0


def test_few_idle_trunks_are_kept_however_many_were_in_use() -> None:
    cells = FakeCells()
    shelf = TrunkShelf(cells, range(12))
    for number in range(12):
        take_and_read(shelf, cells, [number, number])
    assert sum(bool(trunk.tokens) for trunk in shelf.trunks) == KEPT_IDLE
    assert {trunk.tokens[0] for trunk in shelf.trunks if trunk.tokens} == {8, 9, 10, 11}
