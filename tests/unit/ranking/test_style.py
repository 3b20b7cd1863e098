"""Style features, voices, and hashed n-grams."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.domain.preference import BrandVoice
from engine.ranking.features import FEATURES, hash_grams, named_features, split_sentences, squeeze
from engine.ranking.style import ADJECTIVES, describe_voice, measure_style, voice_fit

LIVELY = (
    "姐妹们看过来！这条裙子也太好看啦！😍快来试试呀！",
    "姐妹们！新款到啦！颜色美哭我啦！🌸喜欢就拍呀！",
    "姐妹们快冲呀！今天上新啦！超软的哦！🎉",
)
SOBER = "本款采用纯棉面料，织法细密，洗涤后尺寸稳定，适合日常穿着。"


def test_a_text_like_the_samples_fits_better_than_another() -> None:
    voice = BrandVoice("小甜铺", samples=LIVELY)
    assert voice_fit("姐妹们，裙子到货啦！太美啦！😍快来呀！", voice) > voice_fit(SOBER, voice) + 0.15


def test_adjectives_lean_where_there_are_no_samples() -> None:
    assert voice_fit(LIVELY[0], BrandVoice("甲", ("活泼",))) > voice_fit(SOBER, BrandVoice("甲", ("活泼",)))
    assert voice_fit(SOBER, BrandVoice("乙", ("专业",))) > voice_fit(LIVELY[0], BrandVoice("乙", ("专业",)))


def test_a_word_never_used_costs_much_and_a_liked_one_helps() -> None:
    assert voice_fit(SOBER, BrandVoice("丙", never=("纯棉",))) <= 0.25
    assert voice_fit(SOBER, BrandVoice("丙", liked=("日常",))) > voice_fit(SOBER, BrandVoice("丙", liked=("惊艳",)))


def test_an_empty_voice_fits_everything() -> None:
    assert voice_fit(SOBER, BrandVoice("空")) == 1.0
    assert describe_voice(BrandVoice("空")) == ""


def test_the_description_is_plain_chinese() -> None:
    told = describe_voice(BrandVoice("小甜铺", ("活泼",), ("宝藏",), ("廉价",), LIVELY))
    assert "语气活泼" in told and "常带表情" in told and "多感叹" in told
    assert "常以“姐妹们”开头" in told and "不用“廉价”" in told


def test_style_measures_what_is_there() -> None:
    style = measure_style(["甲乙丙。甲乙丙丁戊！", "😀"])
    assert style.texts == 2 and dict(style.punctuation)["。"] > 0 and style.emoji > 0
    assert style.openings == ("甲乙丙",)
    assert measure_style([]).sentence_length == 0.0


def test_every_adjective_leans_on_a_feature_that_exists() -> None:
    names = {feature.name for feature in FEATURES}
    assert all(set(leaning) <= names for leaning in ADJECTIVES.values())
    assert len(names) == len(FEATURES)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=80))
def test_any_text_has_finite_features_and_a_unit_bag(text: str) -> None:
    values = named_features(text)
    assert np.isfinite(values).all() and np.abs(values).max() <= 3.0
    buckets, weights = hash_grams(text, 12)
    assert (np.diff(buckets) > 0).all() and (buckets < 4096).all()
    assert not len(buckets) or abs(float(weights @ weights) - 1.0) < 1e-9
    assert squeeze("".join(split_sentences(text))) in squeeze(text) or not text.isalnum()


def test_the_hash_never_changes() -> None:
    buckets, _ = hash_grams("雪纺连衣裙", 14, (1, 2))
    assert len(buckets) == 9
    assert buckets.tolist() == hash_grams("雪 纺\n连衣裙", 14, (1, 2))[0].tolist()
