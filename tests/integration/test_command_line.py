"""The command line with a tiny real model: results, every kind of bad input with its exit code, nothing lost.

Shipped models are hidden, so that these tests say the same whether one is installed or not.
"""

import json
import os
import sys

import pytest
from tiny_model import install_tiny_model, write_tiny_model

from engine.__main__ import main
from engine.cli.words import BAD_FILE, BAD_INPUT, BAD_MODEL, BAD_NETWORK, BAD_STORE, OK
from engine.paths import Paths


@pytest.fixture(autouse=True)
def only_own_models(monkeypatch, tmp_path):
    """No shipped model: an empty folder stands in for the assets' models."""
    monkeypatch.setattr(Paths, "shipped_models", property(lambda self: tmp_path / "none"))


@pytest.fixture
def tiny(private_home):
    """A tiny model installed among the seller's."""
    return install_tiny_model(private_home / "models" / "tiny")


def run(capsys, *arguments):
    """Exit code, stdout, stderr of one command."""
    code = main([str(a) for a in arguments])
    shown = capsys.readouterr()
    assert "Traceback" not in shown.err and len(shown.err.strip().splitlines()) <= 1
    return code, shown.out, shown.err


def test_compose_writes_json_and_the_history_has_it(capsys, tiny):
    code, out, _ = run(capsys, "compose", "--product", "雪纺裙", "--attr", "材质=雪纺", "-n", 2, "--seed", 1, "--json")
    found = json.loads(out)
    assert code == OK and found["model"] == tiny.manifest.name
    for draft in found["drafts"]:
        assert draft["text"] and draft["tokens"] > 0 and draft["stop_reason"] and "\ufffd" not in draft["text"]
    code, out, _ = run(capsys, "history", "--json")
    kept = {d["text"] for d in json.loads(out)["drafts"]}
    assert code == OK and {d["text"] for d in found["drafts"]} <= kept


def test_the_same_seed_writes_the_same(capsys, tiny):
    texts = []
    for _ in range(2):
        _, out, _ = run(capsys, "compose", "--product", "雪纺裙", "-n", 2, "--seed", 3, "--json")
        texts.append([d["text"] for d in json.loads(out)["drafts"]])
    assert texts[0] == texts[1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_brief_is_read_in_every_usual_encoding(capsys, tiny, tmp_path, encoding):
    path = tmp_path / "C盘 我的 文件" / "商品 资料.json"
    path.parent.mkdir()
    path.write_bytes(json.dumps({"product": "雪纺裙🌿"}, ensure_ascii=False).encode(encoding))
    code, out, _ = run(capsys, "compose", "--brief", path, "-n", 1, "--seed", 1, "--json")
    assert code == OK and json.loads(out)["drafts"]


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"{not json", "JSON"),
        (b'{"product": ""}', "商品名称"),
        (b'{"product": 5, "colour": "x"}', "colour"),
        (b'["list"]', "商品资料"),
        (json.dumps({"product": "裙", "points": ["好" * 100_000]}).encode(), "太长"),
        (b"\xff\xfe\x00\xd8\x00\xd8\x00\x01\x80\xff", ""),
    ],
)
def test_a_bad_brief_is_refused_in_one_line(capsys, tiny, tmp_path, content, word):
    path = tmp_path / "坏 资料.json"
    path.write_bytes(content)
    code, _, err = run(capsys, "compose", "--brief", path)
    assert code in (BAD_INPUT, BAD_FILE) and word in err and err.strip()


def test_unknown_choices_name_what_can_be_chosen(capsys, tiny):
    code, _, err = run(capsys, "compose", "--product", "裙", "--channel", "weibo")
    assert code == BAD_INPUT and "xiaohongshu" in err
    code, _, err = run(capsys, "compose", "--product", "裙", "--tone", "怪")
    assert code == BAD_INPUT and "亲切" in err
    code, _, _ = run(capsys, "compose", "--product", "裙", "-n", 99)
    assert code == BAD_INPUT


def test_a_missing_brief_is_named(capsys, tiny, tmp_path):
    code, _, err = run(capsys, "compose", "--brief", tmp_path / "没有.json")
    assert code == BAD_FILE and "没有.json" in err


def test_without_a_model_the_seller_is_told_to_install_one(capsys):
    code, _, err = run(capsys, "compose", "--product", "裙")
    assert code == BAD_MODEL and "模型" in err


@pytest.mark.parametrize("damage", ["truncated", "not_gguf"])
def test_a_broken_model_is_named_and_does_not_write(capsys, tiny, damage):
    path = tiny.first_file
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] if damage == "truncated" else b"PK" + data[2:])
    code, _, err = run(capsys, "compose", "--product", "裙")
    assert code == BAD_MODEL and "模型" in err


def test_a_model_is_imported_from_a_stick(capsys, tmp_path):
    stick = tmp_path / "U 盘"
    stick.mkdir()
    code, out, _ = run(capsys, "models", "import", write_tiny_model(stick / "我的 模型.gguf"), "--json")
    assert code == OK and len(json.loads(out)["models"]) == 1
    code, _, _ = run(capsys, "models", "verify")
    assert code == OK


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_data_folder_is_said(capsys, private_home):
    private_home.mkdir()
    private_home.chmod(0o500)
    code, _, err = run(capsys, "history")
    private_home.chmod(0o700)
    assert code == BAD_STORE and "不能写" in err


def test_a_data_folder_that_is_a_file_is_said(capsys, private_home):
    private_home.write_text("x", encoding="utf-8")
    code, _, err = run(capsys, "history")
    assert code == BAD_STORE and err.strip()


def test_check_names_the_article_and_fixes_what_is_safe(capsys):
    code, out, _ = run(capsys, "check", "--text", "全网最低价的裙子", "--json")
    found = json.loads(out)
    assert code == BAD_INPUT and not found["publishable"] and "广告法" in found["findings"][0]["article"]


def test_a_spreadsheet_is_written_row_by_row_and_continued(capsys, tiny, tmp_path):
    source, target = tmp_path / "商品 表.csv", tmp_path / "结果 表.csv"
    source.write_bytes("商品名称,材质\n雪纺裙,雪纺\n,\n棉布衫,棉\n".encode("gb18030"))
    code = main(["batch", str(source), str(target), "--channel", "title", "--seed", "1"])
    assert code == OK
    lines = target.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) >= 3 and any("雪纺裙" in line for line in lines) and any("棉布衫" in line for line in lines)
    capsys.readouterr()
    assert main(["batch", str(source), str(target), "--channel", "title", "--resume", "--json"]) == OK
    assert target.read_text(encoding="utf-8-sig").splitlines() == lines
    capsys.readouterr()
    code, _, err = run(capsys, "batch", source, target, "--channel", "title")
    assert code == BAD_FILE and "--resume" in err


def test_the_computer_is_measured_and_models_say_whether_they_fit(capsys, tiny):
    code, out, _ = run(capsys, "models", "speed", "--json")
    speed = json.loads(out)["speed"]
    assert code == OK and speed["model"] == "tiny" and speed["seconds"] > 0
    code, out, _ = run(capsys, "models", "--json")
    assert code == OK and json.loads(out)["models"][0]["fit"] in ("fits", "tight", "unknown")


def test_a_repository_that_cannot_be_reached_is_said_in_a_line(capsys, tiny):
    code, _, err = run(capsys, "models", "download", "shop/model-GGUF")
    assert code == BAD_NETWORK and "shop/model-GGUF" in err
