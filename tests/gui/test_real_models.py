"""The models page on the real engine: a small hub on this machine, a tiny model in a real worker process."""

from __future__ import annotations

import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

import pytest
from PySide6.QtCore import Qt
from test_real_engine import open_window  # noqa: F401 (a fixture)

from engine.paths import Paths
from tests.tiny_adapter import write_tiny_adapter
from tests.tiny_model import install_tiny_model, write_tiny_model

REPO, NAME = "shop/tiny-GGUF", "q4/小 模型.gguf"
PATIENCE_MS = 60_000


@dataclass
class Hub:
    """One model; ``held`` makes it stop in the middle until it is set."""

    content: bytes
    held: threading.Event = field(default_factory=threading.Event)
    ranges: list[str] = field(default_factory=list)
    endpoint: str = ""

    def __post_init__(self) -> None:
        self.etag = hashlib.sha256(self.content).hexdigest()


def handler(hub: Hub) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            return

        def do_HEAD(self) -> None:
            self.head(200, len(hub.content))

        def do_GET(self) -> None:
            if self.path.startswith(f"/api/models/{REPO}/tree/"):
                rows = json.dumps([{"type": "file", "path": NAME, "size": len(hub.content)}]).encode()
                self.head(200, len(rows))
                self.wfile.write(rows)
                return
            assert unquote(self.path).endswith(NAME)
            asked = self.headers.get("Range", "")
            hub.ranges.append(asked)
            start = int(asked.removeprefix("bytes=").split("-")[0]) if asked else 0
            self.head(206 if start else 200, len(hub.content) - start, start)
            middle = max(start, len(hub.content) // 2)
            try:
                self.wfile.write(hub.content[start:middle])
                self.wfile.flush()
                hub.held.wait(20)
                self.wfile.write(hub.content[middle:])
            except OSError:
                return

        def head(self, status: int, length: int, start: int = 0) -> None:
            self.send_response(status)
            facts = {"Content-Length": length, "ETag": f'"{hub.etag}"', "X-Linked-Etag": f'"{hub.etag}"'}
            facts |= {"X-Linked-Size": len(hub.content), "X-Repo-Commit": "a" * 40}
            if status == 206:
                facts["Content-Range"] = f"bytes {start}-{len(hub.content) - 1}/{len(hub.content)}"
            for name, value in facts.items():
                self.send_header(name, str(value))
            self.end_headers()

    return Handler


@pytest.fixture
def hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    state = Hub(write_tiny_model(tmp_path / "far.gguf", seed=2).read_bytes())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(state))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    state.endpoint = f"http://127.0.0.1:{server.server_address[1]}"
    yield state
    state.held.set()
    server.shutdown()
    server.server_close()
    thread.join()
    huggingface_hub.utils.close_session()


@pytest.fixture
def program(open_window, private_home, tmp_path, monkeypatch):  # noqa: F811
    monkeypatch.setattr(Paths, "shipped_models", property(lambda self: tmp_path / "none"))
    install_tiny_model(private_home / "models" / "tiny")
    opened = open_window(None)
    opened.window.engine.settings.set("threads", 1)
    return opened


def settled(qtbot, program):
    qtbot.waitUntil(lambda: not program.jobs.busy, timeout=PATIENCE_MS)


def page(qtbot, program):
    program.window.go_to("models")
    settled(qtbot, program)
    return program.window.pages["models"].view


def click(qtbot, widget):
    qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)


def look(qtbot, program, card):
    card.agree.click()
    card.repo.setText(REPO)
    click(qtbot, card.look)
    settled(qtbot, program)


def test_without_a_network_one_sentence_says_what_to_do(qtbot, program):
    view = page(qtbot, program)
    program.window.engine.settings.set("mirror", "http://127.0.0.1:9")
    look(qtbot, program, view.fetch)
    notice = program.window.notice
    assert notice.isVisible() and "连不上网" in notice.what.text() and "U盘" in notice.advice.text()


def test_a_model_is_stopped_halfway_taken_up_again_and_writes(qtbot, program, hub, private_home):
    view = page(qtbot, program)
    program.window.engine.settings.set("mirror", hub.endpoint)  # counts without a restart
    card = view.fetch
    look(qtbot, program, card)
    assert not program.window.notice.isVisible(), program.window.notice.details.text()
    assert "✓ 内存够用" in card.choice.currentText()
    click(qtbot, card.fetch)
    parts = private_home / "models" / ".downloads"
    qtbot.waitUntil(lambda: any(p.stat().st_size for p in parts.glob("*.part")), timeout=PATIENCE_MS)
    click(qtbot, card.stop)
    settled(qtbot, program)
    assert card.fetch.text() == "接着下载" and not program.window.notice.isVisible()
    hub.held.set()
    click(qtbot, card.fetch)
    settled(qtbot, program)
    assert not program.window.notice.isVisible(), program.window.notice.details.text()
    assert hub.ranges[0] == "" and hub.ranges[-1].startswith("bytes=") and hub.ranges[-1] != "bytes=0-"
    fetched = next(row for row in view._rows if not row.is_default)
    assert fetched.fit is not None and not fetched.problem
    view.default_wanted.emit(fetched.name)
    settled(qtbot, program)
    click(qtbot, view.machine.measure)
    settled(qtbot, program)
    assert view.machine.felt.text().startswith("一条约"), program.window.notice.details.text()


def test_an_adapter_is_put_on_the_running_model_and_taken_off(qtbot, program, tmp_path, monkeypatch):
    view = page(qtbot, program)
    click(qtbot, view.machine.measure)
    settled(qtbot, program)
    pid = program.window.engine.writing.model().worker_pid
    source = write_tiny_adapter(tmp_path / "口吻.gguf")
    monkeypatch.setattr("desktop.joins.models.choose_file", lambda *_: source)
    view.adapters.add_wanted.emit()
    settled(qtbot, program)
    assert view.adapters.switches["口吻"].isChecked() and "口吻" in program.window.engine.settings.get("adapters")
    click(qtbot, view.machine.measure)
    settled(qtbot, program)
    assert program.window.engine.writing.model().worker_pid == pid, "the model is not loaded again"
    view.adapters.remove_wanted.emit("口吻")
    settled(qtbot, program)
    assert program.window.engine.settings.get("adapters") == "" and not program.window.notice.isVisible()
