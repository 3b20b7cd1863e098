"""The remote back end against a small server on loopback that streams as OpenAI-compatible servers do."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from engine.domain import Sampling, StopReason
from engine.errors import Cancelled, RemoteFailed
from engine.inference import RemoteOptions, RemoteTextModel
from engine.ports import Generated, Generation, TextListener
from engine.progress import Ticket
from engine.prompts import Prompt

REQUEST = Generation(Prompt("你是助手", "写文案"), 3, 9, Sampling(), 50)
Answer = Callable[[dict[str, Any], int], "tuple[int, list[str], str]"]


class Server:
    """Answers each request by ``answer(body, number)``: status, pieces, finish reason ("" breaks off)."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.keys: list[str | None] = []
        self.answer: Answer = lambda _body, _number: (200, ["这条", "裙子", "轻盈。"], "stop")
        self._lock = threading.Lock()
        self.http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.http.daemon_threads = False
        self._thread = threading.Thread(target=self.http.serve_forever, args=(0.02,))
        self._thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.http.server_address[1]}/v1"

    def close(self) -> None:
        self.http.shutdown()
        self.http.server_close()
        self._thread.join()

    def _handler(server: Server) -> type[BaseHTTPRequestHandler]:  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                with server._lock:
                    server.bodies.append(body | {"path": self.path})
                    server.keys.append(self.headers["Authorization"])
                    number = len(server.bodies)
                status, pieces, finish = server.answer(body, number)
                self.send_response(status)
                self.end_headers()
                try:
                    for piece in pieces:
                        self._event({"delta": {"content": piece}, "logprobs": {"content": [{"logprob": -0.5}]}})
                    if finish:
                        self._event({"delta": {}, "finish_reason": finish})
                        self.wfile.write(b"data: [DONE]\n\n")
                except OSError:
                    pass

            def _event(self, choice: dict[str, Any]) -> None:
                self.wfile.write(b"data: " + json.dumps({"choices": [choice]}).encode() + b"\n\n")
                self.wfile.flush()

            def log_message(self, *_args: Any) -> None:
                """Say nothing."""

        return Handler


@pytest.fixture
def server() -> Iterator[Server]:
    made = Server()
    yield made
    made.close()


def run(server: Server, request: Generation = REQUEST, **options: Any) -> list[Generated]:
    done: list[Generated] = []
    model = RemoteTextModel(RemoteOptions(server.url, pause_s=0.001, **options))
    model.generate(request, TextListener(lambda _i, _t: None, done.append), Ticket())
    return sorted(done, key=lambda g: g.index)


def test_every_draft_is_a_streamed_request_with_its_own_seed(server: Server) -> None:
    done = run(server, key="geheim", model="m")
    assert [(g.text, g.stop, g.seed, g.tokens, g.logprob) for g in done] == [
        ("这条裙子轻盈。", StopReason.END, 9 + i, 3, -0.5) for i in range(3)
    ]
    assert sorted(body["seed"] for body in server.bodies) == [9, 10, 11]
    assert server.bodies[0]["path"] == "/v1/chat/completions" and server.keys[0] == "Bearer geheim"
    assert [m["role"] for m in server.bodies[0]["messages"]] == ["system", "user"]


def test_a_busy_server_is_asked_again_and_a_broken_off_answer_too(server: Server) -> None:
    good = (200, ["好"], "stop")
    server.answer = lambda _body, number: {1: (503, [], ""), 2: (200, ["半"], "")}.get(number, good)
    request = Generation(REQUEST.prompt, 1, 9, Sampling(), 50)
    assert [g.text for g in run(server, request)] == ["好"] and len(server.bodies) == 3


def test_a_server_that_stays_away_is_told_in_words(server: Server) -> None:
    server.answer = lambda _body, _number: (500, [], "")
    with pytest.raises(RemoteFailed) as caught:
        run(server, retries=1)
    assert caught.value.reason == "http_500"


def test_a_refusal_is_not_repeated(server: Server) -> None:
    server.answer = lambda _body, _number: (401, [], "")
    with pytest.raises(RemoteFailed) as caught:
        run(server, Generation(REQUEST.prompt, 1, 9, Sampling(), 50))
    assert caught.value.reason == "http_401" and len(server.bodies) == 1


def test_an_address_that_nobody_listens_at_is_told(server: Server) -> None:
    model = RemoteTextModel(RemoteOptions("http://127.0.0.1:9/v1", retries=0))
    with pytest.raises(RemoteFailed) as caught:
        model.generate(REQUEST, TextListener(lambda _i, _t: None, lambda _g: None), Ticket())
    assert caught.value.reason == "no_connection"


def test_a_forbidden_phrase_is_asked_for_again_with_another_seed_and_then_blocked(server: Server) -> None:
    server.answer = lambda body, _number: (
        200,
        ["真好。", "全国", "第一"] if body["seed"] < 100 else ["很好。"],
        "stop",
    )
    request = Generation(REQUEST.prompt, 1, 9, Sampling(), 50, forbidden=("国第一",))
    assert run(server, request)[0].text == "很好。"
    server.answer = lambda _body, _number: (200, ["真好。", "全国", "第一"], "stop")
    blocked = run(server, request)[0]
    assert (blocked.text, blocked.stop) == ("真好。", StopReason.BLOCKED)


def test_thinking_is_cut_off(server: Server) -> None:
    server.answer = lambda _body, _number: (200, ["<think>想", "想</think>\n\n", "文案"], "stop")
    assert {g.text for g in run(server)} == {"文案"}


def test_the_length_is_met_and_an_answer_at_the_token_limit_says_so(server: Server) -> None:
    server.answer = lambda _body, _number: (200, ["一二三四五。", "六七八九十。", "再来。"], "length")
    assert {g.text for g in run(server, Generation(REQUEST.prompt, 1, 9, Sampling(), 50, 8))} == {
        "一二三四五。六七八九十。"
    }
    assert {g.stop for g in run(server)} == {StopReason.LENGTH}


def test_a_cancel_ends_the_request(server: Server) -> None:
    ticket = Ticket()
    model = RemoteTextModel(RemoteOptions(server.url))
    with pytest.raises(Cancelled):
        model.generate(REQUEST, TextListener(lambda _i, _t: ticket.cancel(), lambda _g: None), ticket)
