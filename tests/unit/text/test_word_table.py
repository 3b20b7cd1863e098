"""The table of words cuts as jieba's own dictionary does, and a broken file is refused."""

from __future__ import annotations

from pathlib import Path

import jieba
import pytest

from engine.text.segment import TRADE_WORDS, cut_words, tag_words
from engine.text.word_table import WordTable, read_dictionary, read_rarities

SHIPPED = Path(__file__).resolve().parents[3] / "assets" / "lexicons" / "words.bin"
TEXTS = (
    "这款雪纺碎花连衣裙采用收腰版型，搭配泡泡袖设计，上身显瘦又显高。",
    "净含量250g*12袋，产自云南普洱，常温保存18个月。",
    "周末带孩子去公园露营，帐篷两分钟就能搭好😀 iPhone13也能放",
    "",
)


@pytest.fixture
def table() -> WordTable:
    return WordTable.of(
        [("连衣裙", 30, "n"), ("连衣", 2, "v"), ("裙", 9, "n")], [("连衣裙", 9.5), ("别的", 4.0), ("裙", 6.0)]
    )


def test_the_shipped_table_is_that_of_the_installed_jieba():
    shipped, folder = WordTable.read(SHIPPED), Path(jieba.__file__).parent
    rows = list(read_dictionary(folder / "dict.txt"))
    assert shipped.total == sum(frequency for _, frequency, _ in rows)
    assert all(shipped[word] == frequency and shipped.flag(word) == flag for word, frequency, flag in rows[::997])
    rare = dict(list(read_rarities(folder / "analyse" / "idf.txt"))[::997])
    assert all(shipped.rarity(word) == pytest.approx(value) for word, value in rare.items() if word in shipped)


@pytest.mark.parametrize("text", TEXTS)
def test_texts_are_cut_as_by_jiebas_own_dictionary(text):
    theirs = jieba.Tokenizer()
    for word in TRADE_WORDS:
        theirs.add_word(word)
    assert cut_words(text) == list(theirs.cut(text, HMM=True))
    assert "".join(cut_words(text)) == text


def test_words_are_tagged_and_unknown_ones_taken_for_names():
    assert tag_words("沙发，") == [("沙发", "nz"), ("，", "x")]
    assert tag_words("菲诗蔻") == [("菲诗蔻", "n")], "a word that is in no dictionary"


def test_a_table_is_read_as_it_was_written(table, tmp_path):
    table.write(tmp_path / "words.bin")
    again = WordTable.read(tmp_path / "words.bin")
    assert (len(again), again.total, again.usual_rarity) == (len(table), 41, 6.0)
    assert again["连衣裙"] == 30 and again.flag("连衣裙") == "n" and again.rarity("连衣裙") == 9.5
    assert again["连"] == 0 and "连" in again and again.flag("连") == ""
    assert "裤" not in again and again.get("裤") is None and again.rarity("裤") == 6.0 and again.rarity("连衣") == 6.0
    with pytest.raises(KeyError):
        again["裤"]


def test_added_words_live_beside_the_file(table):
    table["阔腿裤"] = 7
    assert table["阔腿裤"] == 7 and "阔腿裤" in table and table.get("阔腿裤") == 7


@pytest.mark.parametrize("content", [b"", b"ZGW1", b"{}" * 40])
def test_a_broken_table_is_refused(content, tmp_path):
    path = tmp_path / "words.bin"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"words\.bin"):
        WordTable.read(path)
    path.write_bytes(SHIPPED.read_bytes()[:-3])
    with pytest.raises(ValueError, match="not a table"):
        WordTable.read(path)
