"""A model on the shop's own server, behind the OpenAI chat interface (llama-server, vLLM, …).

Off unless the seller names a server: what is sent leaves this computer. Each draft is one streamed request of its own,
with its own seed, a few at a time, because few servers honour ``n``; the listener is called in the calling thread. A
request that breaks off is tried again with a growing pause. A server cannot be rolled back: a draft that completes a
forbidden phrase is asked for again with another seed, a bounded number of times, and then ends as blocked.
"""

from __future__ import annotations

import http.client
import json
import logging
import queue
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from engine.domain import StopReason, Timing
from engine.errors import Cancelled, RemoteFailed
from engine.inference import text_rules
from engine.inference.text_rules import PhraseIndex
from engine.ports import Generated, Generation, TextListener
from engine.progress import Ticket
from engine.prompts import PLAIN_V1

log = logging.getLogger(__name__)

TICK_S = 0.05
RETRY_STATUS = (408, 429, 500, 502, 503, 504)
MAX_LINE_BYTES = 1 << 20
RESEED = 10_007
MAX_BLOCKED_TRIES = 4


@dataclass(frozen=True, slots=True)
class RemoteOptions:
    """Where the server is: ``url`` ends in ``/v1``; ``key`` goes as a bearer token; pauses grow by doubling."""

    url: str
    model: str = ""
    key: str = ""
    timeout_s: float = 60.0
    retries: int = 3
    pause_s: float = 0.5
    parallel: int = 8


@dataclass(slots=True)
class _Draft:
    """One draft on its way."""

    index: int
    seed: int
    text: str = ""
    tokens: int = 0
    stop: StopReason = StopReason.END
    logprobs: list[float] = field(default_factory=list)


class RemoteTextModel:
    """An OpenAI-compatible server as a text model; the prompt goes as plain instructions."""

    def __init__(self, options: RemoteOptions) -> None:
        self._options = options
        self._stopped: set[int] = set()
        self._end = threading.Event()
        self._open: set[http.client.HTTPConnection] = set()

    @property
    def name(self) -> str:
        """The server's model, or its address."""
        return self._options.model or self._options.url

    @property
    def prompt_format(self) -> str:
        """Always plain instructions."""
        return PLAIN_V1

    def generate(self, generation: Generation, listener: TextListener, ticket: Ticket) -> Timing:
        """Ask for every draft (see ``engine.ports.TextModel``); raises ``RemoteFailed`` when the server does not answer."""
        ticket.check()
        self._stopped.clear()
        self._end.clear()
        began, first = time.monotonic(), 0.0
        news: queue.SimpleQueue[Any] = queue.SimpleQueue()
        tokens, left = 0, generation.count
        pool = ThreadPoolExecutor(max(1, min(self._options.parallel, generation.count)), "remote-draft")
        try:
            for index in range(generation.count):
                pool.submit(self._write, generation, index, news)
            while left:
                item = _next(news, ticket)
                if isinstance(item, Exception):
                    raise item
                if isinstance(item, Generated):
                    left, tokens = left - 1, tokens + item.tokens
                    listener.on_done(item)
                elif item is not None:
                    first = first or time.monotonic() - began
                    listener.on_text(*item)
        finally:
            self.close()
            pool.shutdown(wait=True, cancel_futures=True)
        total = time.monotonic() - began
        return Timing(first_token_s=first, total_s=total, tokens_per_second=tokens / max(1e-6, total))

    def stop_sequence(self, index: int) -> None:
        """End one draft early."""
        self._stopped.add(index)

    def close(self) -> None:
        """End what is running: connections are shut, so that nobody waits for a silent server."""
        self._end.set()
        for connection in list(self._open):
            _shut(connection)

    def _write(self, generation: Generation, index: int, news: queue.SimpleQueue[Any]) -> None:
        try:
            draft = _Draft(index, generation.seed + index)
            for attempt in range(MAX_BLOCKED_TRIES):
                draft = _Draft(index, generation.seed + index + attempt * RESEED)
                self._with_retries(generation, draft, news)
                if draft.stop is not StopReason.BLOCKED:
                    break
            mean = sum(draft.logprobs) / len(draft.logprobs) if draft.logprobs else 0.0
            seed = generation.seed + index
            news.put(Generated(index, draft.text, draft.tokens, seed, draft.stop, mean))
        except RemoteFailed as error:
            news.put(error)
        except Exception as error:  # the last frame of a thread: the caller must hear of it
            log.exception("remote draft")
            news.put(RemoteFailed(self._options.url, type(error).__name__))

    def _with_retries(self, generation: Generation, draft: _Draft, news: queue.SimpleQueue[Any]) -> None:
        for attempt in range(self._options.retries + 1):
            try:
                self._stream(generation, draft, news)
                return
            except (OSError, http.client.HTTPException, _TryAgain) as error:
                if attempt == self._options.retries or self._end.is_set():
                    raise RemoteFailed(self._options.url, _reason(error)) from error
                draft.text, draft.tokens = "", 0
                draft.logprobs.clear()
                self._end.wait(self._options.pause_s * 2**attempt)

    def _stream(self, generation: Generation, draft: _Draft, news: queue.SimpleQueue[Any]) -> None:
        connection = self._connect()
        try:
            body = json.dumps(_body(self._options, generation, draft.seed)).encode("utf-8")
            path = urlsplit(self._options.url).path.rstrip("/") + "/chat/completions"
            self._open.add(connection)
            if self._end.is_set():
                raise _TryAgain("cancelled")
            connection.request("POST", path, body, self._headers())
            with connection.getresponse() as response:
                if response.status in RETRY_STATUS:
                    raise _TryAgain(f"http_{response.status}")
                if response.status != 200:
                    raise RemoteFailed(self._options.url, f"http_{response.status}")
                self._listen(generation, draft, response, news)
        finally:
            self._open.discard(connection)
            connection.close()

    def _listen(self, generation: Generation, draft: _Draft, response: Any, news: queue.SimpleQueue[Any]) -> None:
        phrases, raw, finish = PhraseIndex(generation.forbidden), "", ""
        for choice in _choices(response):
            if self._end.is_set() or draft.index in self._stopped:
                draft.stop = StopReason.CANCELLED
                return
            finish = choice.get("finish_reason") or finish
            added = (choice.get("delta") or {}).get("content") or ""
            if not isinstance(added, str):
                raise _TryAgain("answer")
            draft.logprobs += _logprobs(choice)
            draft.tokens += bool(added)
            hidden, fresh, raw = 0, len(raw), raw + added.replace("\ufffd", "")
            hidden = text_rules.hidden_length(raw)
            visible = raw[hidden:]
            ended = _apply_rules(draft, visible, max(0, fresh - hidden), generation, phrases) if visible else False
            draft.text = draft.text if ended else visible.strip()
            if added and draft.text:
                news.put((draft.index, draft.text))
            if ended:
                return
        if not finish:
            raise _TryAgain("broken_off")
        draft.stop = StopReason.LENGTH if finish == "length" else StopReason.END

    def _connect(self) -> http.client.HTTPConnection:
        parts = urlsplit(self._options.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise RemoteFailed(self._options.url, "address")
        kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        return kind(parts.hostname, parts.port, timeout=self._options.timeout_s)

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "Accept": "text/event-stream"}
        return headers | ({"Authorization": f"Bearer {self._options.key}"} if self._options.key else {})


class _TryAgain(Exception):
    """The server did not do this time; its word is the reason."""


def _shut(connection: http.client.HTTPConnection) -> None:
    held = connection.sock
    if held is not None:
        with suppress(OSError):
            held.shutdown(socket.SHUT_RDWR)


def _reason(error: Exception) -> str:
    if isinstance(error, _TryAgain):
        return str(error)
    return "timeout" if isinstance(error, TimeoutError) else "no_connection"


def _next(news: queue.SimpleQueue[Any], ticket: Ticket) -> Any:
    if ticket.cancelled:
        raise Cancelled
    try:
        return news.get(timeout=TICK_S)
    except queue.Empty:
        return None


def _body(options: RemoteOptions, generation: Generation, seed: int) -> dict[str, Any]:
    s, prompt = generation.sampling, generation.prompt
    system = [{"role": "system", "content": prompt.shared}] if prompt.shared else []
    body: dict[str, Any] = {
        "model": options.model or "default",
        "messages": [*system, {"role": "user", "content": prompt.own}],
        "max_tokens": generation.max_tokens,
        "temperature": s.temperature,
        "top_p": s.top_p,
        "seed": seed,
        "stream": True,
        "logprobs": True,
    }
    return body | ({"grammar": generation.grammar} if generation.grammar else {})


def _choices(response: Any) -> Iterator[dict[str, Any]]:
    """The first choice of every event of a stream."""
    while line := response.readline(MAX_LINE_BYTES):
        if not line.startswith(b"data:"):
            continue
        data = line[5:].strip()
        if data == b"[DONE]":
            return
        try:
            event = json.loads(data)
        except ValueError:
            raise _TryAgain("answer") from None
        choices = event.get("choices") if isinstance(event, dict) else None
        if isinstance(choices, list) and choices and isinstance(choices[0], dict):
            yield choices[0]


def _logprobs(choice: dict[str, Any]) -> list[float]:
    found = choice.get("logprobs")
    content = found.get("content") if isinstance(found, dict) else None
    values = [one.get("logprob") for one in content or () if isinstance(one, dict)]
    return [float(value) for value in values if isinstance(value, (int, float))]


def _apply_rules(draft: _Draft, text: str, fresh: int, generation: Generation, phrases: PhraseIndex) -> bool:
    """Hold a visible text to the rules; True when it has ended (``draft`` then says how and with what)."""
    start = phrases.find(text, fresh)
    ends = (
        (None if start is None else text_rules.last_sentence_end(text[:start]), StopReason.BLOCKED),
        (text_rules.find_loop(text, fresh), StopReason.LOOP),
        (text_rules.length_cut(text, fresh, generation.max_characters), StopReason.LENGTH),
    )
    for cut, stop in ends:
        if cut is not None:
            draft.text, draft.stop = text[:cut].strip(), stop
            return True
    return False
