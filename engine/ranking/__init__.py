"""Which draft first, and why: scores with visible parts, consensus, likeness to human copy, style, learned taste."""

import os

# The matrices here are small: threads of the linear algebra would only take the processor from the model.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from engine.ranking.consensus import consensus_order, find_duplicates, sense_support
from engine.ranking.discriminator import Discriminator, load_discriminator, save_discriminator, train_discriminator
from engine.ranking.preference import PreferenceModel
from engine.ranking.score import PARTS, RankingContext, explain_score, rank_drafts
from engine.ranking.style import StyleFeatures, describe_voice, measure_style, voice_fit, voice_traits

__all__ = [
    "PARTS",
    "Discriminator",
    "PreferenceModel",
    "RankingContext",
    "StyleFeatures",
    "consensus_order",
    "describe_voice",
    "explain_score",
    "find_duplicates",
    "load_discriminator",
    "measure_style",
    "rank_drafts",
    "save_discriminator",
    "sense_support",
    "train_discriminator",
    "voice_fit",
    "voice_traits",
]
