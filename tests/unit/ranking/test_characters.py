"""Characters that are used alike lie near each other, and a text lies where its characters do."""

import numpy as np

from engine.ranking.characters import DIMENSIONS, CharacterSpace, shipped_space


def likeness(first: str, second: str) -> float:
    space = shipped_space()
    a, b = (space.vectors[space.rows[c]] for c in (first, second))
    return float(a @ b)


def test_the_shipped_space_knows_families_of_words():
    assert likeness("甜", "脆") > likeness("甜", "寄") and likeness("软", "柔") > likeness("软", "买")


def test_texts_of_one_family_lie_nearer_than_of_two():
    sweet, crisp, soft = (shipped_space().place(t) for t in ("又甜又脆又香", "味道鲜香，不酸", "柔软蓬松，摸着厚实"))
    assert np.linalg.norm(sweet - crisp) < np.linalg.norm(sweet - soft)


def test_a_text_without_known_characters_stands_nowhere():
    assert not shipped_space().place("😀 🜀").any()


def test_without_a_file_every_text_is_alike(tmp_path):
    assert CharacterSpace.read(tmp_path / "none.npz").place("甜").tolist() == [0.0] * DIMENSIONS
