"""A download over a real connection to a small hub on this machine: resumed, verified, cancelled, refused in words."""

from __future__ import annotations

import hashlib
import http.server
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from engine.errors import Cancelled, DownloadFailed
from engine.hub.download import HubDownloader
from engine.progress import Step, Ticket

CONTENT = b"GGUF" + bytes(range(256)) * 4096
SHA256 = hashlib.sha256(CONTENT).hexdigest()
NAME = "模型 q4.gguf"


@dataclass
class Hub:
    """What the server does: its content, how often it breaks off, and what it was asked."""

    content: bytes = CONTENT
    etag: str = f'"{SHA256}"'
    status: int = 200
    ranges: bool = True
    break_after: list[int] = field(default_factory=list)
    stall: threading.Event | None = None
    requests: list[tuple[str, str, str]] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    endpoint: str = ""


def handler(hub: Hub) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.0"

        def do_HEAD(self) -> None:
            self.answer(body=False)

        def do_GET(self) -> None:
            self.answer(body=True)

        def log_message(self, *_: object) -> None:
            return

        def answer(self, *, body: bool) -> None:
            asked = self.headers.get("Range", "")
            hub.requests.append((self.command, self.path, asked))
            hub.headers.extend(f"{name}: {value}" for name, value in self.headers.items())
            start = int(asked.removeprefix("bytes=").split("-")[0]) if asked and hub.ranges else 0
            status = 206 if start and hub.status == 200 else hub.status
            part = hub.content[start:]
            self.send_response(status)
            self.send_header("Content-Length", str(len(part)))
            self.send_header("ETag", hub.etag)
            self.send_header("X-Linked-Size", str(len(hub.content)))
            self.send_header("X-Linked-Etag", hub.etag)
            self.send_header("X-Repo-Commit", "a" * 40)
            if status == 206:
                self.send_header("Content-Range", f"bytes {start}-{len(hub.content) - 1}/{len(hub.content)}")
            self.end_headers()
            if body and status in (200, 206):
                self.send_body(part)

        def send_body(self, part: bytes) -> None:
            if hub.break_after:
                part = part[: hub.break_after.pop(0)]
            try:
                self.wfile.write(part)
                self.wfile.flush()
                if hub.stall is not None:
                    hub.stall.wait(10)
            except OSError:
                return

    return Handler


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    import huggingface_hub.constants

    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_OFFLINE", False)
    state = Hub()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler(state))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    state.endpoint = f"http://127.0.0.1:{server.server_address[1]}"
    yield state
    server.shutdown()
    server.server_close()
    thread.join()
    huggingface_hub.utils.close_session()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "C盘 我的 文件"


def fetch(hub: Hub, folder: Path, ticket: Ticket | None = None) -> Path:
    ticket = ticket or Ticket()
    downloader = HubDownloader(hub.endpoint, retry_wait_s=0.0)
    return downloader.fetch(downloader.describe("shop/model", NAME, ticket), folder, ticket)


def failure(hub: Hub, folder: Path) -> str:
    with pytest.raises(DownloadFailed) as caught:
        fetch(hub, folder)
    return caught.value.reason


def test_a_file_of_the_hub_arrives_whole_and_alone(hub: Hub, folder: Path) -> None:
    steps: list[Step] = []
    path = fetch(hub, folder, Ticket(steps.append))
    assert path.name == NAME and path.read_bytes() == CONTENT
    assert list(folder.iterdir()) == [path]
    assert {step.stage for step in steps} == {"download_model", "verify_model"}
    assert steps[-1].done == steps[-1].total == len(CONTENT)
    assert all(request[1].startswith("/shop/model/resolve/main/") for request in hub.requests)


def test_the_program_tells_a_server_nothing_of_the_computer(hub: Hub, folder: Path) -> None:
    fetch(hub, folder)
    told = "\n".join(hub.headers).lower()
    assert "user-agent: zhanggui" in told
    assert not any(word in told for word in ("python", "authorization", "cookie", "torch", "hf_hub"))


def test_a_connection_that_breaks_is_taken_up_where_it_broke(hub: Hub, folder: Path) -> None:
    hub.break_after = [300_000, 200_000]
    assert fetch(hub, folder).read_bytes() == CONTENT
    ranges = [asked for method, _, asked in hub.requests if method == "GET"]
    assert ranges[0] == "" and len(ranges) == 3
    assert [int(asked[6:-1]) for asked in ranges[1:]] == [300_000, 500_000]


def test_what_has_come_is_kept_for_the_next_try(hub: Hub, folder: Path) -> None:
    hub.break_after = [300_000, 0, 0, 0, 0, 0]
    assert failure(hub, folder) == "offline"
    part = folder / (NAME + ".part")
    assert part.read_bytes() == CONTENT[:300_000]
    hub.break_after.clear()
    hub.requests.clear()
    assert fetch(hub, folder).read_bytes() == CONTENT
    assert [asked for method, _, asked in hub.requests if method == "GET"] == ["bytes=300000-"]


def test_a_part_of_another_version_is_not_continued(hub: Hub, folder: Path) -> None:
    hub.break_after = [300_000, 0, 0, 0, 0, 0]
    failure(hub, folder)
    hub.break_after.clear()
    hub.content = CONTENT[:-1] + b"!"
    hub.etag = f'"{hashlib.sha256(hub.content).hexdigest()}"'
    assert fetch(hub, folder).read_bytes() == hub.content


def test_a_server_without_ranges_starts_over(hub: Hub, folder: Path) -> None:
    hub.break_after, hub.ranges = [300_000], False
    assert fetch(hub, folder).read_bytes() == CONTENT


def test_bytes_that_do_not_match_the_hash_are_thrown_away(hub: Hub, folder: Path) -> None:
    hub.content = CONTENT[:-1] + b"!"
    assert failure(hub, folder) == "hash"
    assert not any(folder.iterdir())


def test_a_web_page_instead_of_a_model_is_noticed_at_once(hub: Hub, folder: Path) -> None:
    hub.content, hub.etag = b"<html>" * 100_000, '"page"'
    assert failure(hub, folder) == "not_gguf"
    assert not (folder / NAME).exists()


@pytest.mark.parametrize(
    ("status", "reason"), [(404, "not_found"), (403, "forbidden"), (401, "forbidden"), (500, "server")]
)
def test_a_refusal_of_the_server_has_its_own_reason(hub: Hub, folder: Path, status: int, reason: str) -> None:
    hub.status = status
    assert failure(hub, folder) == reason


def test_no_server_at_the_address_is_said(hub: Hub, folder: Path) -> None:
    with pytest.raises(DownloadFailed) as caught:
        HubDownloader("http://127.0.0.1:9").describe("shop/model", NAME, Ticket())
    assert caught.value.reason == "offline"


@pytest.mark.parametrize(
    "url",
    [
        "ftp://x/a.gguf",
        "http://",
        "a.gguf",
        "http://x:99999/a.gguf",
        "http://x/..%2Fa.gguf",
        "http://x/..",
        "http://[::1/a",
    ],
)
def test_an_address_that_is_none_is_said(url: str) -> None:
    with pytest.raises(DownloadFailed) as caught:
        HubDownloader().describe_url(url, Ticket())
    assert caught.value.reason == "address"


def test_a_disk_without_room_is_noticed_before_the_first_byte(
    hub: Hub, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.hub.download.RESERVE_BYTES", 1 << 62)
    assert failure(hub, folder) == "disk_full"
    assert not [request for request in hub.requests if request[0] == "GET"]


def test_a_stalled_connection_can_be_left(hub: Hub, folder: Path) -> None:
    hub.stall, hub.break_after = threading.Event(), [300_000]
    ticket = Ticket(lambda step: ticket.cancel() if step.done else None)
    with pytest.raises(Cancelled):
        fetch(hub, folder, ticket)
    assert not hub.stall.is_set(), "the server was still holding the line"
    hub.stall.set()
    assert (folder / (NAME + ".part")).exists()


def test_a_plain_address_is_verified_with_the_callers_hash(hub: Hub, folder: Path) -> None:
    hub.etag = '"x"'
    downloader = HubDownloader(retry_wait_s=0.0)
    remote = downloader.describe_url(f"{hub.endpoint}/files/a.gguf", Ticket(), SHA256.upper())
    assert downloader.fetch(remote, folder, Ticket()).read_bytes() == CONTENT
    wrong = downloader.describe_url(f"{hub.endpoint}/files/b.gguf", Ticket(), "0" * 64)
    with pytest.raises(DownloadFailed) as caught:
        downloader.fetch(wrong, folder, Ticket())
    assert caught.value.reason == "hash"


def test_the_files_of_a_repository_are_told_with_their_sizes(hub: Hub) -> None:
    rows = [{"type": "directory", "path": "a"}, {"type": "file", "path": "a/m.gguf", "size": 7}, {"type": "file"}, 3]
    hub.content = json.dumps(rows).encode()
    assert HubDownloader(hub.endpoint).files("shop/model", Ticket()) == (("a/m.gguf", 7),)
    assert hub.requests[0][1] == "/api/models/shop/model/tree/main?recursive=true"
    assert "authorization" not in "\n".join(hub.headers).lower()


@pytest.mark.parametrize(
    ("repo", "status", "content", "reason"),
    [
        ("shop", 200, b"[]", "address"),
        ("shop/../x", 200, b"[]", "address"),
        ("shop/model", 404, b"", "not_found"),
        ("shop/model", 401, b"", "forbidden"),
        ("shop/model", 200, b"<html>", "server"),
        ("shop/model", 200, b"{}", "server"),
    ],
)
def test_a_repository_that_cannot_be_listed_is_refused_with_its_reason(
    hub: Hub, repo: str, status: int, content: bytes, reason: str
) -> None:
    hub.status, hub.content = status, content
    with pytest.raises(DownloadFailed) as caught:
        HubDownloader(hub.endpoint).files(repo, Ticket())
    assert caught.value.reason == reason
