"""A pack's loss is exactly the loss of its examples one by one, for fewer tokens."""

import random
import threading

import pytest

torch = pytest.importorskip("torch", reason="the training group is not installed")
pytest.importorskip("transformers", reason="the training group is not installed")

from tokenizers import Tokenizer, models, pre_tokenizers  # noqa: E402  (after the skips)
from transformers import Qwen2Config, Qwen2ForCausalLM  # noqa: E402

from engine.domain import Attribute, Brief, Channel, Task  # noqa: E402
from training.examples import Example  # noqa: E402
from training.packing import ahead, build_pack, make_passages, make_trees, pack_trees, side_by_side  # noqa: E402


@pytest.fixture(scope="module")
def tokenizer():
    """One token a byte."""
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    made = Tokenizer(models.BPE(vocab={letter: n for n, letter in enumerate(alphabet)}, merges=[]))
    made.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    return made


@pytest.fixture(scope="module")
def model():
    """A tiny random qwen2 in float32."""
    torch.manual_seed(1)
    config = Qwen2Config(
        vocab_size=256,
        hidden_size=32,
        intermediate_size=64,
        num_hidden_layers=2,
        num_attention_heads=4,
        num_key_value_heads=2,
    )
    return Qwen2ForCausalLM(config).eval()


def examples():
    brief = Brief("雪纺裙", attributes=(Attribute("材质", "雪纺"),))
    other = Brief("棉衫")
    return [
        Example(brief, Channel.TITLE, Task.COMPOSE, "雪纺裙 长裙", "test"),
        Example(brief, Channel.SMS, Task.COMPOSE, "【店】到货。拒收请回复R", "test"),
        Example(other, Channel.TITLE, Task.COMPOSE, "棉衫 短袖", "test", 0.5),
    ]


def losses(model, pack):
    with torch.no_grad():
        logits = model(input_ids=pack.ids[None], position_ids=pack.positions[None], attention_mask=pack.mask()).logits[
            0
        ]
    return torch.nn.functional.cross_entropy(logits[pack.predictors], pack.targets, reduction="none")


def test_examples_of_one_product_share_its_tokens(tokenizer):
    trees = make_trees(examples(), tokenizer, 4000)
    assert [len(tree.branches) for tree in trees] == [2, 1]


def test_the_loss_of_a_pack_is_that_of_its_examples_alone(tokenizer, model):
    packed = build_pack(make_trees(examples(), tokenizer, 4000))
    alone = [losses(model, build_pack(make_trees([example], tokenizer, 4000))) for example in examples()]
    assert torch.allclose(losses(model, packed), torch.cat(alone), atol=1e-4)
    assert packed.weights[-1] == 0.5


def test_a_tree_over_the_budget_is_split_and_nothing_is_lost(tokenizer):
    whole = make_trees(examples(), tokenizer, 4000)
    budget = max(len(t.shared) + len(o) + len(a) for t in whole for o, a, _ in t.branches)
    split = make_trees(examples(), tokenizer, budget)
    assert sum(len(t.branches) for t in split) == 3 and all(t.length <= budget for t in split)


def test_packs_keep_to_the_budget_and_hold_every_tree(tokenizer):
    trees = make_trees(examples() * 5, tokenizer, 2000)
    packs = list(pack_trees(trees, 2000, random.Random(1)))
    assert sum(len(pack) for pack in packs) == len(trees)
    assert all(sum(tree.length for tree in pack) <= 2000 for pack in packs)


def test_packs_side_by_side_lose_what_they_lose_alone(tokenizer, model):
    """Padding is never read: the losses of a padded batch are those of its packs one after the other."""
    packs = [build_pack(make_trees([example], tokenizer, 4000)) for example in examples()]
    batch = side_by_side(packs)
    with torch.no_grad():
        hidden = model.model(
            input_ids=batch.ids, position_ids=batch.positions, attention_mask=batch.mask()
        ).last_hidden_state
        logits = model.lm_head(hidden.flatten(0, 1)[batch.predictors])
    found = torch.nn.functional.cross_entropy(logits, batch.targets, reduction="none")
    assert torch.allclose(found, torch.cat([losses(model, pack) for pack in packs]), atol=1e-4)
    assert batch.ids.shape[1] % 8 == 0 and batch.tokens == sum(len(pack.ids) for pack in packs)


def test_passages_are_cut_to_the_budget_and_end_once():
    letters = {"a": 0, "b": 1, "<|endoftext|>": 2}
    tokenizer = Tokenizer(models.BPE(vocab=letters, merges=[]))
    trees = make_passages(["ab" * 20, "a" * 6], tokenizer, 12)
    answers = [tree.branches[0][1] for tree in trees]
    assert all(tree.shared == [2] and tree.length <= 12 for tree in trees)
    assert sum(len(answer) for answer in answers) == 40 + 6 + 2
    assert [answer[-1] == 2 for answer in answers] == [False, False, False, True, True]


def test_items_made_ahead_come_in_order_and_a_caller_may_stop():
    assert list(ahead(iter(range(30)), 3)) == list(range(30))
    made = []
    endless = (made.append(n) or n for n in iter(int, 1))
    for number, _ in enumerate(ahead(endless, 2)):
        if number == 5:
            break
    threads = [t for t in threading.enumerate() if t.name == "packs"]
    for thread in threads:
        thread.join(5)
    assert len(made) < 20 and not any(t.is_alive() for t in threads)
