"""``assets/lexicons/words.bin``: the dictionary and the document frequencies of the installed jieba, as the engine reads them."""

from __future__ import annotations

from pathlib import Path

from engine.text.word_table import WordTable, read_dictionary, read_rarities


def make_table() -> WordTable:
    """The table of the installed jieba."""
    import jieba

    folder = Path(jieba.__file__).parent
    return WordTable.of(read_dictionary(folder / "dict.txt"), read_rarities(folder / "analyse" / "idf.txt"))
