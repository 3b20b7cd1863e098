"""The shop's taste: learns, explains, is forgotten, survives being stored."""

from __future__ import annotations

import random

import numpy as np
import pytest

from engine.ranking.characters import shipped_space
from engine.ranking.preference import CHARACTERS, SHORT, PreferenceModel, character_shares, relative_preference

WORDS = (
    "客厅",
    "卧室",
    "面料",
    "柔软",
    "结实",
    "耐用",
    "好洗",
    "轻便",
    "颜色",
    "白色",
    "黑色",
    "尺寸",
    "宽松",
    "纯棉",
    "日常",
    "出门",
    "收纳",
    "方便",
    "安静",
    "省电",
)


def make_text(rng: random.Random) -> str:
    clauses = ["".join(rng.sample(WORDS, rng.randint(1, 4))) for _ in range(rng.randint(3, 9))]
    text = "".join(clause + rng.choice("，。。！") for clause in clauses)
    return rng.choice(("", "想换一件吗？", "😀")) + text + rng.choice(("", "喜欢就下单。", "满99减20元。"))


def hidden_taste(text: str) -> float:
    return 2.0 * ("😀" in text) + 0.6 * (text.count("柔") + text.count("安")) - 0.02 * len(text)


def teach(picks: int, seed: int, noise: float = 0.1) -> PreferenceModel:
    rng, model = random.Random(seed), PreferenceModel()
    for _ in range(picks):
        eight = [make_text(rng) for _ in range(8)]
        picked = rng.choice(eight) if rng.random() < noise else max(eight, key=hidden_taste)
        model.update(picked, [text for text in eight if text is not picked])
    return model


def places(model: PreferenceModel, seed: int, questions: int = 100) -> list[int]:
    rng, found = random.Random(seed), []
    for _ in range(questions):
        eight = [make_text(rng) for _ in range(8)]
        ranked = sorted(eight, key=lambda text: -model.score(text))
        found.append(ranked.index(max(eight, key=hidden_taste)))
    return found


def test_after_a_hundred_noisy_picks_the_favourite_of_eight_is_mostly_first() -> None:
    found = [place for seed in (1, 2) for place in places(teach(100, seed), 100 + seed)]
    assert np.mean([place == 0 for place in found]) >= 0.5
    assert np.mean([place < 4 for place in found]) >= 0.85


def test_after_twenty_picks_it_is_better_than_chance_by_a_clear_interval() -> None:
    found = [place for seed in range(3) for place in places(teach(20, seed), 100 + seed)]
    rate = float(np.mean([place == 0 for place in found]))
    assert rate - 1.96 * (rate * (1 - rate) / len(found)) ** 0.5 > 0.125


def test_a_new_or_reset_model_is_indifferent_and_silent() -> None:
    model = teach(20, 1)
    model.reset()
    assert model.score("满99减20元，喜欢就下单。") == 0.0
    assert model.explain() == "" and model.picks == 0
    assert relative_preference(model, ["甲", "乙丙丁"]) == (0.5, 0.5)


def test_what_was_learned_is_told_in_words() -> None:
    told = teach(60, 4).explain()
    assert told.startswith("更常选：") and "带表情" in told


def test_a_stored_model_scores_as_before_and_holds_no_text() -> None:
    model = teach(30, 5)
    data = model.to_bytes()
    again = PreferenceModel.from_bytes(data)
    assert again.picks == 30
    assert again.score("柔软安静的卧室😀") == pytest.approx(model.score("柔软安静的卧室😀"), abs=1e-6)
    again.update("柔软。", ["结实耐用。"])
    model.update("柔软。", ["结实耐用。"])
    assert again.score("柔软。") == pytest.approx(model.score("柔软。"), abs=1e-3)
    assert len(data) < 300_000 and "客厅".encode() not in data


def test_broken_bytes_are_refused() -> None:
    data = teach(2, 6).to_bytes()
    for broken in (b"", b"nonsense", data[: len(data) // 2]):
        with pytest.raises(ValueError, match="preference"):
            PreferenceModel.from_bytes(broken)


def test_a_choice_without_alternatives_teaches_nothing() -> None:
    model = PreferenceModel()
    model.update("一样。", ["一样。"])
    model.update("一样。", [])
    model.update("好", ["坏"], weight=0.0)
    assert model.picks == 0


def test_a_picked_text_gains_on_the_texts_it_was_preferred_to() -> None:
    model = PreferenceModel()
    model.update("客厅里放一把，周末坐着看书。", ["本品采用优质材料制作。", "全场满99减20元！"])
    ranked = relative_preference(model, ["客厅里放一把，周末坐着看书。", "本品采用优质材料制作。", "全场满99减20元！"])
    assert ranked[0] > 0.5 > max(ranked[1:])


def test_a_changed_mind_is_followed() -> None:
    model = PreferenceModel()
    short, long = "轻便。", "轻便好带，出门、上班、旅行都能装进包里，拿起来就走，省心又方便，还有三种颜色可以选。"
    for _ in range(30):
        model.update(short, [long])
    for _ in range(60):
        model.update(long, [short])
    assert model.score(long) > model.score(short)


def test_a_character_counts_by_its_share_and_a_short_text_counts_less() -> None:
    space = shipped_space()
    long, short = (character_shares("的" * count, space) for count in (2 * SHORT, SHORT // 2))
    assert long.shape == (CHARACTERS,)
    assert long[space.rows["的"]] == pytest.approx(1.0) and short[space.rows["的"]] == pytest.approx(0.5)
    assert np.count_nonzero(long) == np.count_nonzero(short) == 1


def test_a_choice_among_many_teaches_one_taste_not_one_for_each_rival() -> None:
    """The softmax of eight texts: what all rivals share is learned once, whatever their number."""
    few, many = PreferenceModel(), PreferenceModel()
    few.update("轻便。", ["结实耐用。"])
    many.update("轻便。", ["结实耐用。" + "！" * n for n in range(7)])
    gains = [model.score("轻便。") - model.score("结实耐用。") for model in (few, many)]
    assert gains[0] > 0 and 0 < gains[1] < 4 * gains[0]
