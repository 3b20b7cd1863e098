"""The project's own rows are sound, and the checker that says so can say no."""

import json

import pytest

from engine.domain import Tone
from training.corpus.check import problems
from training.examples import adgen_brief, adgen_examples, lawful, own_plain_examples

GOOD = {
    "product": "雪纺裙",
    "category": "裙",
    "attributes": [["材质", "雪纺"]],
    "points": [],
    "audience": "",
    "tone": "",
    "offer": "",
    "targets": {"title": "雪纺裙女夏季薄款长裙 上班逛街都能穿"},
}


def test_the_own_rows_are_two_thousand_and_more_and_all_sound():
    assert sum(1 for _ in own_plain_examples()) >= 2000


def test_every_own_row_passes_its_checker(capsys):
    from pathlib import Path

    import training.corpus.check as check

    files = sorted(Path(check.__file__).parent.glob("plain*.jsonl"))
    assert check.main([str(f) for f in files]) == 0


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"targets": {"title": "最好的雪纺裙女夏季薄款长裙上班都能穿"}}, "forbidden"),
        ({"targets": {"title": "雪纺裙女夏季薄款长裙 100元上班逛街都能穿"}}, "numbers"),
        ({"targets": {"title": "雪纺裙"}}, "length"),
        ({"targets": {"sms": "裙子到货啦，雪纺的，轻薄，上班逛街都能穿，欢迎来店里看看。拒收请回复R"}}, "店名"),
        ({"targets": {}}, "missing"),
        ({"task": "rewrite"}, "source"),
    ],
)
def test_the_checker_finds_each_kind_of_fault(change, word):
    assert any(word in problem for problem in problems({**GOOD, **change}))
    assert not list(problems(GOOD))


def test_advertisegen_lines_become_briefs_in_the_clothing_tone():
    brief = adgen_brief("类型#裙*材质#雪纺*风格#简约")
    assert brief.product == "裙" and brief.tone is Tone.FASHION
    assert [(a.name, a.value) for a in brief.attributes] == [("材质", "雪纺"), ("风格", "简约")]


def test_unknown_tokens_and_unlawful_claims_are_filtered(tmp_path):
    good = "这条雪纺裙面料轻薄，穿着舒服，简约的款式上班逛街都合适，腰部收紧显得身材好，裙摆宽松走路也方便。"
    rows = [good, good.replace("轻薄", "<UNK>"), good.replace("舒服", "最舒服")]
    path = tmp_path / "train.jsonl"
    path.write_text(
        "\n".join(json.dumps({"content": "类型#裙", "summary": r}, ensure_ascii=False) for r in rows), "utf-8"
    )
    assert [e.target for e in lawful(adgen_examples(path))] == [good]
