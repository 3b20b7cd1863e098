"""How a shop writes, measured on its own samples, and how near a text comes to it.

A voice is told in adjectives, words liked and words never used, and samples. What is learned of the samples are means
and spreads of the named features plus how often the function words stand; a text fits when its features lie within the
usual spread. Adjectives lean on the same features where the seller gave too few samples. Pure functions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import exp

import numpy as np

from engine.domain.preference import BrandVoice, Trait
from engine.ranking.features import FEATURES, FloatArray, count_emoji, named_features, split_sentences, squeeze

FUNCTION_WORDS = tuple("的了也就都还和在不这有把给让又才吧呢啊呀哦啦您你我咱")
PUNCTUATION = "，。！？；：、…～~—"
OPENING = 3
LIKED_ENOUGH = 2
SAMPLES_ENOUGH = 5
"""From so many samples on, the learned style outweighs the adjectives."""

NEVER_FACTOR = 0.25
SOUNDS, LIKES, AVOIDS = "语气{value}", "常用{value}", "不用{value}"
SENTENCES, OPENINGS = "一句约{value}字", "常以{value}开头"
MANY_EMOJI, FEW_EMOJI, NO_EMOJI = "常带表情", "少用表情", "不带表情"
TRAIT_WORDS = (SOUNDS, LIKES, AVOIDS, SENTENCES, OPENINGS, MANY_EMOJI, FEW_EMOJI, NO_EMOJI)

ADJECTIVES: dict[str, dict[str, float]] = {
    "活泼": {"particles": 1, "exclamations": 1, "emoji": 1},
    "可爱": {"particles": 1, "emoji": 1, "addresses": 0.5},
    "亲切": {"polite": 0.5, "selves": 0.5, "particles": 0.5, "addresses": 0.5},
    "热情": {"exclamations": 1, "call": 0.5, "addresses": 0.5},
    "专业": {"craft": 1, "digits": 0.5, "particles": -1, "emoji": -0.5, "exclamations": -0.5},
    "沉稳": {"exclamations": -0.5, "particles": -0.5, "emoji": -0.5},
    "简洁": {"length": -0.5, "sentence_length": -1, "modifiers": -0.5},
    "干净": {"sentence_length": -0.5, "modifiers": -0.5, "emoji": -0.5},
    "文艺": {"modifiers": 0.5, "feelings": 0.5, "price": -0.5, "exclamations": -0.5},
    "温柔": {"feelings": 1, "exclamations": -0.5},
    "高级": {"price": -0.5, "exclamations": -0.5, "particles": -0.5, "emoji": -0.5},
    "朴实": {"modifiers": -0.5, "selves": 0.5, "emoji": -0.5},
    "幽默": {"questions": 0.5, "particles": 0.5},
}
"""Where an adjective would move a text, in spreads of the feature."""


@dataclass(frozen=True, slots=True)
class StyleFeatures:
    """The style of some texts: characters of a sentence and their spread, rates for each hundred characters."""

    texts: int
    sentence_length: float
    sentence_spread: float
    emoji: float
    punctuation: tuple[tuple[str, float], ...]
    openings: tuple[str, ...]
    function_words: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class VoiceProfile:
    """What is learned of a voice: mean and spread of ``FEATURES`` over its samples, and its function words' rates."""

    samples: int
    means: tuple[float, ...]
    spreads: tuple[float, ...]
    function_words: tuple[float, ...]


def measure_style(texts: Sequence[str]) -> StyleFeatures:
    """Measure texts together; openings are first characters that at least two sentences share, commonest first."""
    flat = squeeze("".join(texts))
    hundred = max(len(flat), 1) / 100
    sentences = [s for text in texts for s in split_sentences(text)]
    lengths = np.array([len(squeeze(s)) for s in sentences] or [0], dtype=np.float64)
    starts = Counter(s[:OPENING] for s in sentences if len(s) >= OPENING)
    return StyleFeatures(
        texts=len(texts),
        sentence_length=float(lengths.mean()),
        sentence_spread=float(lengths.std()),
        emoji=count_emoji(flat) / hundred,
        punctuation=tuple((mark, flat.count(mark) / hundred) for mark in PUNCTUATION if mark in flat),
        openings=tuple(start for start, count in starts.most_common(3) if count > 1),
        function_words=tuple((word, flat.count(word) / hundred) for word in FUNCTION_WORDS if word in flat),
    )


@lru_cache(maxsize=32)
def learn_voice(voice: BrandVoice) -> VoiceProfile:
    """Learn a voice's samples; the spread is shrunk towards one while samples are few."""
    texts = [text for text in voice.samples if text.strip()]
    if not texts:
        return VoiceProfile(0, (0.0,) * len(FEATURES), (1.0,) * len(FEATURES), (0.0,) * len(FUNCTION_WORDS))
    rows = np.stack([named_features(text) for text in texts])
    spreads = np.sqrt((rows.var(axis=0) * len(texts) + SAMPLES_ENOUGH) / (len(texts) + SAMPLES_ENOUGH))
    words = np.mean([_word_rates(text) for text in texts], axis=0)
    return VoiceProfile(len(texts), tuple(rows.mean(axis=0)), tuple(spreads), tuple(words))


def voice_fit(text: str, voice: BrandVoice) -> float:
    """How well a text sounds like the voice, 0 to 1; a word that is never used quarters it."""
    never = sum(word in text for word in voice.never if word)
    parts = _fit_parts(text, voice)
    weight = sum(w for _, w in parts)
    fit = sum(value * w for value, w in parts) / weight if weight else 1.0
    return fit * NEVER_FACTOR**never


def describe_voice(voice: BrandVoice) -> str:
    """What is known of the voice in one Chinese line; empty when there is nothing to tell."""
    return "；".join(trait.told for trait in voice_traits(voice))


def voice_traits(voice: BrandVoice) -> tuple[Trait, ...]:
    """What the seller said of the voice and what its samples taught, one thing after the other."""
    told = [Trait(SOUNDS, "、".join(voice.adjectives))] if voice.adjectives else []
    told += _sample_traits(voice)
    if voice.liked:
        told.append(Trait(LIKES, _quoted(voice.liked[:4])))
    if voice.never:
        told.append(Trait(AVOIDS, _quoted(voice.never[:4])))
    return tuple(told)


def _sample_traits(voice: BrandVoice) -> list[Trait]:
    profile = learn_voice(voice)
    if not profile.samples:
        return []
    style = measure_style(voice.samples)
    told = [Trait(SENTENCES, f"{style.sentence_length:.0f}"), Trait(_describe_emoji(style.emoji))]
    z = np.array(profile.means)
    order = np.argsort(-np.abs(z), kind="stable")
    standing_out = [i for i in order if abs(z[i]) >= 0.7 and FEATURES[i].name != "emoji"]
    told += [Trait(FEATURES[i].more if z[i] > 0 else FEATURES[i].less) for i in standing_out[:4]]
    if style.openings:
        told.append(Trait(OPENINGS, _quoted(style.openings)))
    return told


def _quoted(words: Sequence[str]) -> str:
    return "“" + "”“".join(words) + "”"


def _describe_emoji(rate: float) -> str:
    if rate > 0.5:
        return MANY_EMOJI
    return FEW_EMOJI if rate else NO_EMOJI


def _fit_parts(text: str, voice: BrandVoice) -> list[tuple[float, float]]:
    """Fit and weight of the samples' style, the adjectives, and the liked words."""
    values = named_features(text)
    profile = learn_voice(voice)
    parts = []
    if profile.samples:
        parts.append((_style_fit(values, text, profile), profile.samples / (profile.samples + 1.0)))
    leanings = [_leaning_fit(values, ADJECTIVES[word]) for word in voice.adjectives if word in ADJECTIVES]
    if leanings:
        share = 1.0 if profile.samples < SAMPLES_ENOUGH else 0.4
        parts.append((sum(leanings) / len(leanings), share))
    if voice.liked:
        hits = sum(word in text for word in voice.liked if word)
        parts.append((0.5 + 0.5 * min(1.0, hits / min(LIKED_ENOUGH, len(voice.liked))), 0.4))
    return parts


def _style_fit(values: FloatArray, text: str, profile: VoiceProfile) -> float:
    """How usual the features are for the voice (mean of exp(−z²/4)), and how near its function words are."""
    z = (values - np.array(profile.means)) / np.array(profile.spreads)
    usual = float(np.mean(np.exp(-np.square(z) / 4)))
    theirs, mine = np.array(profile.function_words), _word_rates(text)
    apart = float(np.abs(theirs - mine).sum() / max(float(theirs.sum() + mine.sum()), 1e-9))
    return 0.75 * usual + 0.25 * (1.0 - apart)


def _leaning_fit(values: FloatArray, leaning: dict[str, float]) -> float:
    along = sum(values[_PLACES[name]] * move for name, move in leaning.items())
    size = sum(abs(move) for move in leaning.values())
    return 1.0 / (1.0 + exp(-float(along) / size))


def _word_rates(text: str) -> FloatArray:
    flat = squeeze(text)
    return np.array([flat.count(word) for word in FUNCTION_WORDS]) / max(len(flat), 20) * 100


_PLACES = {feature.name: place for place, feature in enumerate(FEATURES)}
