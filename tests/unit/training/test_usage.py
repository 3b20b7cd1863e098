"""What goes with what is counted from plain copy: enough of it, oftener than with anything, nothing held back."""

from engine.domain import Attribute, Brief, Channel, Task
from training.examples import Example
from training.usage import count_usage


def example(target, product="雪纺连衣裙", material="雪纺", channel=Channel.MOMENTS):
    return Example(Brief(product, attributes=(Attribute("面料", material),)), channel, Task.COMPOSE, target, "own")


def test_a_word_goes_with_the_fact_of_its_sentence():
    usage = count_usage([example("面料是雪纺，轻飘飘。颜色很蓝。")] * 3)
    assert usage.goes_with("轻飘飘", [("面料", "")], []) and usage.goes_with("轻飘飘", [("", "雪纺")], [])
    assert not usage.goes_with("蓝", [("面料", "雪纺")], [])


def test_what_is_said_of_everything_says_nothing_of_one():
    others = [example("真皮好看，好看，好看。", "皮鞋", "真皮")] * 20
    usage = count_usage([*[example("雪纺轻，好看，轻，轻，轻，轻。")] * 2, *others])
    assert usage.goes_with("轻", [("", "雪纺")], []) and not usage.goes_with("好看", [("", "雪纺")], [])


def test_whole_clauses_are_known_of_the_products_they_are_said_of():
    usage = count_usage([example("雪纺的，穿脱方便。")])
    assert "连衣裙" in usage.says_of("穿脱方便")


def test_titles_and_held_back_products_are_not_counted():
    assert not count_usage([example("轻飘飘雪纺", channel=Channel.TITLE)]).clauses
    held = next(f"雪纺裙{n}" for n in range(200) if example("", f"雪纺裙{n}").held_back)
    assert not count_usage([example("轻飘飘。", held)]).clauses
