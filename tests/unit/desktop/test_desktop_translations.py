"""The catalogue holds every word of the window, with the same braces, and the compiled form is up to date."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "scripts"))

import translations  # noqa: E402


def test_every_word_of_the_window_has_an_english_translation() -> None:
    have = translations.translations()
    assert [text for text in translations.needed() if not have.get(text)] == []


@pytest.mark.parametrize("source", sorted(s for s in translations.translations() if "{" in s))
def test_a_translation_has_the_same_fields_as_its_source(source: str) -> None:
    fields = re.compile(r"\{[a-z_]*\}")
    assert set(fields.findall(translations.translations()[source])) <= set(fields.findall(source))


def test_the_compiled_catalogue_says_what_the_source_says() -> None:
    translator = QTranslator()
    assert translator.load("zhanggui_en", str(translations.CATALOGUE.parent))
    for source, english in translations.translations().items():
        assert translator.translate("zhanggui", source) == english
