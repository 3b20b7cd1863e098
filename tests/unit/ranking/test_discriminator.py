"""Human or generated: the trainer learns, the archive round-trips, an absent one is no error."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from engine.errors import FileUnreadable
from engine.ranking.discriminator import (
    FILE_NAME,
    Discriminator,
    load_discriminator,
    save_discriminator,
    train_discriminator,
)

SUBJECTS = ("裙子", "水杯", "台灯", "书包", "毛巾", "耳机", "砧板", "抱枕")
TAILS = ("放在家里用", "出门也方便", "洗起来省心", "送人也合适", "用了半年没坏", "孩子也拿得动")


def human(rng: random.Random) -> str:
    end = rng.choice(("不贵", "耐用", "好看"))
    return f"{rng.choice(SUBJECTS)}我自己用过，{rng.choice(TAILS)}。{rng.choice(TAILS)}，{end}。"


def generated(rng: random.Random) -> str:
    clause = f"{rng.choice(SUBJECTS)}采用优质材料"
    return f"{clause}，{rng.choice(TAILS)}。{clause}，展现别样魅力，{rng.choice(TAILS)}，彰显品质生活。"


@pytest.fixture(scope="module")
def trained() -> tuple[Discriminator, float]:
    rng = random.Random(3)
    judge, report = train_discriminator(
        [human(rng) for _ in range(150)], [generated(rng) for _ in range(150)], epochs=5
    )
    assert report.held_out >= 40
    return judge, report.auc


def test_it_tells_unseen_texts_apart(trained: tuple[Discriminator, float]) -> None:
    judge, auc = trained
    rng = random.Random(99)
    assert auc > 0.95
    assert sum(judge.probability(human(rng)) > judge.probability(generated(rng)) for _ in range(50)) >= 47


def test_texts_of_one_kind_cannot_be_told_apart() -> None:
    rng = random.Random(5)
    _, report = train_discriminator([human(rng) for _ in range(100)], [human(rng) for _ in range(100)], epochs=3)
    assert 0.2 < report.auc < 0.8


def test_the_archive_is_small_and_judges_the_same(trained: tuple[Discriminator, float], tmp_path: Path) -> None:
    judge, _ = trained
    path = save_discriminator(judge, tmp_path / "资源 夹")
    assert path.stat().st_size < 200_000
    again = load_discriminator(tmp_path / "资源 夹")
    assert again is not None
    assert again.probability("裙子我自己用过。") == pytest.approx(judge.probability("裙子我自己用过。"), abs=0.01)


def test_without_an_archive_there_is_no_judge(tmp_path: Path) -> None:
    assert load_discriminator(tmp_path) is None


def test_a_broken_archive_is_named(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"broken")
    with pytest.raises(FileUnreadable):
        load_discriminator(tmp_path)


def test_training_twice_gives_the_same_judge() -> None:
    rng = random.Random(8)
    people, machine = [human(rng) for _ in range(40)], [generated(rng) for _ in range(40)]
    first, second = (train_discriminator(people, machine, epochs=2, seed=4)[0] for _ in range(2))
    assert first.probability("台灯好看。") == second.probability("台灯好看。")


def test_too_few_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="20"):
        train_discriminator(["一"] * 5, ["二"] * 50)
