"""The frozen program as a seller gets it: moved to a Chinese folder with blanks, without the project beside it.

Runs where ``ZHANGGUI_BUNDLE`` names the folder that ``make build`` made (dist/zhanggui).
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

BUNDLE = os.environ.get("ZHANGGUI_BUNDLE", "")
pytestmark = pytest.mark.skipif(not BUNDLE, reason="ZHANGGUI_BUNDLE names no folder made by `make build`")
SUFFIX = ".exe" if sys.platform == "win32" else ""
PATIENCE_S = 180


@pytest.fixture(scope="module")
def bundle(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("试 一下") / "掌柜 文案"
    shutil.copytree(BUNDLE, place, symlinks=True)
    return place


@pytest.fixture
def surroundings(tmp_path: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "QT_"))}
    return kept | {"ZHANGGUI_HOME": str(tmp_path / "家 里"), "QT_QPA_PLATFORM": "offscreen"}


def run(bundle: Path, surroundings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(bundle / f"zhanggui-cli{SUFFIX}"), *arguments]
    return subprocess.run(
        command,
        env=surroundings,
        cwd=bundle.parent,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE_S,
    )


def test_the_command_line_names_itself_and_its_version(bundle, surroundings):
    assert run(bundle, surroundings, "--version").stdout.strip()
    assert "usage: zhanggui-cli" in run(bundle, surroundings, "--help").stdout


def test_a_sentence_is_checked_with_the_rules_inside(bundle, surroundings):
    done = run(bundle, surroundings, "check", "--text", "全网最低价的裤子", "--json")
    assert any(finding["severity"] == "unlawful" for finding in json.loads(done.stdout)["findings"]), done.stderr


def test_the_shipped_model_writes_in_a_process_of_its_own(bundle, surroundings):
    arguments = (
        "--product",
        "雪纺碎花连衣裙",
        "--attr",
        "材质=雪纺",
        "--channel",
        "moments",
        "-n",
        "2",
        "--seed",
        "1",
        "--json",
    )
    done = run(bundle, surroundings, "compose", *arguments)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(done.stdout)["drafts"]) == 2


def test_a_missing_file_is_told_in_one_line(bundle, surroundings):
    done = run(bundle, surroundings, "check", "没有这个文件.txt")
    assert done.returncode != 0 and len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr


def test_the_window_opens_and_logs_no_error(bundle, surroundings):
    home = Path(surroundings["ZHANGGUI_HOME"])
    window = subprocess.Popen([str(bundle / f"zhanggui{SUFFIX}")], env=surroundings, cwd=bundle.parent)
    try:
        end = time.monotonic() + PATIENCE_S
        while not (home / "store.db").exists():
            assert window.poll() is None and time.monotonic() < end, "the window did not open its data"
            time.sleep(0.2)
        time.sleep(2)
        assert window.poll() is None
    finally:
        window.terminate()
        window.wait(timeout=PATIENCE_S)
    logs = "".join(path.read_text(encoding="utf-8") for path in (home / "logs").glob("*.log"))
    assert "ERROR" not in logs, logs
