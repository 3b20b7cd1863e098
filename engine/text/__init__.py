"""Text checks and preparation: law, facts, form, clarity, word diff, keywords, reviews, pasted text. jieba's only door."""

from engine.text.checker import CopyChecker
from engine.text.clarity import find_ambiguities
from engine.text.cleaning import clean_text
from engine.text.compliance import LawChecker, OwnWords, apply_fixes
from engine.text.diff import Change, DiffPiece, diff_words
from engine.text.facts import FactChecker, coverage
from engine.text.form import check_form
from engine.text.keywords import AttributeGuess, Keyword, KeywordFinder, TitleScore
from engine.text.pasted import parse_pasted
from engine.text.reviews import AspectSummary, Opinion, ReviewReader

__all__ = [
    "AspectSummary",
    "AttributeGuess",
    "Change",
    "CopyChecker",
    "DiffPiece",
    "FactChecker",
    "Keyword",
    "KeywordFinder",
    "LawChecker",
    "Opinion",
    "OwnWords",
    "ReviewReader",
    "TitleScore",
    "apply_fixes",
    "check_form",
    "clean_text",
    "coverage",
    "diff_words",
    "find_ambiguities",
    "parse_pasted",
]
