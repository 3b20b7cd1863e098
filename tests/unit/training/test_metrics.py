"""The figures are those of the field's own tools, and the counts count."""

import pytest

from training.metrics import measure_habits, score_overlap

pytest.importorskip("nltk", reason="the training group is not installed")
pytest.importorskip("rouge_chinese", reason="the training group is not installed")


def test_a_text_equal_to_its_reference_scores_one_hundred():
    found = score_overlap(["这条雪纺裙很轻薄"], ["这条雪纺裙很轻薄"])
    assert found.bleu4 == pytest.approx(100) and found.rouge_l == pytest.approx(100)


def test_a_strange_text_scores_near_zero_and_an_empty_one_does_not_break():
    assert score_overlap(["天气预报今晚有雨"], ["这条雪纺裙很轻薄"]).rouge2 == 0
    assert score_overlap([""], ["这条雪纺裙很轻薄"]).bleu4 < 1


def test_cutting_changes_only_what_lies_behind_it():
    text, reference = "甲乙丙丁戊己庚辛" + "子" * 50, "甲乙丙丁戊己庚辛" + "丑" * 50
    assert score_overlap([text], [reference], 8).bleu4 > score_overlap([text], [reference]).bleu4


def test_coverage_inventions_and_loops_are_counted():
    found = measure_habits(["雪纺裙雪纺裙雪纺裙", "棉衫"], [["雪纺", "碎花"], ["棉"]], [["牛仔"], ["棉衫"]])
    assert found.coverage == pytest.approx(0.75) and found.invented_rate == pytest.approx(0.5)
    assert found.repetition4 > 0 and found.length == pytest.approx(5.5)
