"""The keywords command: a pasted text, a title, a table of reviews; its brief is one that compose reads."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.__main__ import main
from engine.cli.brief_options import read_brief
from engine.cli.words import BAD_FILE, OK
from engine.domain import Attribute

TITLE = "春季新款法式碎花雪纺连衣裙女收腰V领中长款"


def run(capsys, *arguments):
    code = main(["keywords", *map(str, arguments)])
    return code, capsys.readouterr().out


def test_a_title_gives_words_guesses_with_evidence_and_a_brief_that_can_be_read(capsys, tmp_path):
    path = tmp_path / "资料.json"
    code, out = run(capsys, "--text", TITLE, "--brief-out", path, "--json")
    found = json.loads(out)
    assert code == OK and "连衣裙" in found["keywords"] and not any("领中" in word for word in found["keywords"])
    for guess in found["guesses"]:
        assert TITLE[guess["start"] : guess["end"]] == guess["value"]
    assert Attribute("材质", "雪纺") in read_brief(path).attributes


def test_a_titles_coverage_names_what_is_missing(capsys):
    code, out = run(capsys, "--text", TITLE, "--title", "法式碎花连衣裙", "--json")
    score = json.loads(out)["title"]
    assert code == OK and 0 < score["score"] < 1 and "雪纺" in score["missing"] and "碎花" in score["found"]
    assert "还没有：" in run(capsys, "--text", TITLE, "--title", "法式碎花连衣裙")[1]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_reviews_of_a_table_are_summed_by_aspect(capsys, tmp_path, encoding):
    path = tmp_path / "评价.csv"
    rows = ["时间,昵称,评价内容", "2026-1-1,甲,面料很舒服但是物流太慢了", "2026-1-2,乙,面料舒服，物流太慢，等了一周"]
    path.write_bytes("\n".join(rows).encode(encoding))
    code, out = run(capsys, "--reviews", path, "--json")
    found = json.loads(out)["reviews"]
    assert code == OK and found["column"] == "评价内容" and found["count"] == 2
    aspects = {aspect["aspect"]: aspect for aspect in found["aspects"]}
    assert aspects["质量"]["praised"] == 2 and aspects["物流"]["complained"] == 2


def test_a_missing_table_and_an_empty_text_are_said_in_words(capsys, tmp_path):
    assert run(capsys, "--reviews", tmp_path / "没有.csv")[0] == BAD_FILE
    code, out = run(capsys, "--text", " ")
    assert code == OK and "没有内容" in out


@given(st.text(max_size=80))
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_survived(capsys, text):
    assert main(["keywords", f"--text={text}", f"--title={text}"]) == OK
    capsys.readouterr()
