"""A pruned tokenizer can still write everything, and what it kept it writes as before."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

tokenizers = pytest.importorskip("tokenizers", reason="the training group is not installed")

from training.vocabulary import count_tokens, gb2312_characters, prune_vocabulary  # noqa: E402  (after the skip)

SPECIAL = "<|im_end|>"
TEXTS = ["雪纺连衣裙 碎花长裙", "雪纺连衣裙 上班穿", "纯棉四件套 柔软透气", "第二件半价，包邮"] * 20


def full_tokenizer():
    made = tokenizers.Tokenizer(tokenizers.models.BPE())
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = tokenizers.decoders.ByteLevel()
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=600,
        special_tokens=[SPECIAL, "<|other|>"],
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
    )
    made.train_from_iterator(TEXTS, trainer)
    return made


FULL = full_tokenizer()
PRUNED = prune_vocabulary(FULL, count_tokens(FULL, TEXTS[:2]), 300, (SPECIAL,))
SMALL = tokenizers.Tokenizer.from_str(PRUNED.tokenizer_json)


def test_it_is_smaller_and_keeps_only_the_wanted_special_token():
    assert SMALL.get_vocab_size() == len(PRUNED.old_ids) <= 300
    assert SMALL.token_to_id(SPECIAL) is not None and SMALL.token_to_id("<|other|>") is None


def test_counted_texts_are_cut_as_before():
    for text in TEXTS[:2]:
        assert SMALL.encode(text).tokens == FULL.encode(text).tokens


def test_every_new_number_names_its_old_token():
    for token, number in SMALL.get_vocab().items():
        assert FULL.token_to_id(token) == PRUNED.old_ids[number]


@given(st.text(max_size=60))
def test_every_text_survives(text):
    assert SMALL.decode(SMALL.encode(text).ids, skip_special_tokens=False) == FULL.decode(
        FULL.encode(text).ids, skip_special_tokens=False
    )


def test_the_commonest_tokens_come_first():
    counts = Counter({FULL.token_to_id(FULL.encode("雪纺").tokens[0]): 5})
    tiny = prune_vocabulary(FULL, counts, 262, (SPECIAL,))
    assert len(tiny.old_ids) >= 257


def test_gb2312_has_its_6763_characters():
    han = [c for c in gb2312_characters() if "\u4e00" <= c <= "\u9fff"]
    assert len(han) == 6763
