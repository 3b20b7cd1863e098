"""What the window's process and the model's process say to each other: small typed messages as JSON, never pickle.

A message is a frozen dataclass; on the wire it is one JSON object ``{"v": 1, "t": "<name>", ...fields}`` of at most
``MAX_BYTES``. Reading checks the version, the name, every field's presence and type (nested ones too) and refuses
anything else with ``MessageRefused``: the other side may be broken, and neither side may be brought down by it.
"""

from __future__ import annotations

import json
import math
import typing
from dataclasses import asdict, dataclass, fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any

from engine.domain import Sampling, Timing
from engine.errors import EngineError
from engine.ports import Generated, Generation

VERSION = 1
MAX_BYTES = 1 << 20
MAX_INTEGER = 2**53
MAX_NUMBER = 2**31 - 1
"""The largest number that reaches native code."""


class MessageRefused(EngineError):
    """Bytes that are no message of this protocol (``reason``: ``too_long``, ``not_json``, ``version``, ``name``, ``field``)."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(f"message refused: {reason} {detail}".strip())
        self.reason, self.detail = reason, detail


@dataclass(frozen=True, slots=True)
class Adapter:
    """A LoRA adapter GGUF and how strongly it counts."""

    path: str
    scale: float


@dataclass(frozen=True, slots=True)
class Load:
    """Load a model; the first message to a worker. ``threads`` 0 tries out which number is best, ``gpu_layers`` -1 fits."""

    path: str
    name: str
    prompt_format: str
    context_tokens: int
    threads: int
    gpu_layers: int
    slots: int
    adapters: tuple[Adapter, ...]
    cell_bytes: int


@dataclass(frozen=True, slots=True)
class Generate:
    """Begin a request under a number."""

    job: int
    generation: Generation


@dataclass(frozen=True, slots=True)
class Cancel:
    """End a request, in the middle of a decode if need be."""

    job: int


@dataclass(frozen=True, slots=True)
class StopDraft:
    """End one draft of a request."""

    job: int
    index: int


@dataclass(frozen=True, slots=True)
class UseAdapters:
    """Write with these adapters from now on, without loading the model again."""

    adapters: tuple[Adapter, ...]


@dataclass(frozen=True, slots=True)
class Shutdown:
    """End the process in order."""


@dataclass(frozen=True, slots=True)
class Loading:
    """Loading begins, with so many layers on a GPU: known before anything native can fail."""

    gpu_layers: int


@dataclass(frozen=True, slots=True)
class Loaded:
    """The model is ready."""

    seconds: float
    gpu_layers: int
    threads: int


@dataclass(frozen=True, slots=True)
class Change:
    """A draft's text changed: keep ``keep`` characters of it, then ``added``."""

    job: int
    index: int
    keep: int
    added: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What one step brought."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """A draft has ended."""

    job: int
    generated: Generated


@dataclass(frozen=True, slots=True)
class Finished:
    """A request's last draft has ended."""

    job: int
    timing: Timing
    cancelled: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """A request (or, with job 0, the loading) met a situation: its key and its numbers or words."""

    job: int
    kind: str
    numbers: tuple[int, ...]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LogLine:
    """A line for the log; never customer text."""

    level: int
    text: str


MESSAGES: dict[str, type[Any]] = {
    kind.__name__: kind
    for kind in (
        Load, Generate, Cancel, StopDraft, UseAdapters, Shutdown, Loading, Loaded, Changes, Done, Finished, Failed, LogLine,
    )
}  # fmt: skip


def encode(message: Any) -> bytes:
    """A message as bytes. Raises ``MessageRefused`` when it is too long."""
    body = {"v": VERSION, "t": type(message).__name__, **asdict(message)}
    data = json.dumps(body, ensure_ascii=False, allow_nan=False).encode("utf-8", "surrogatepass")
    if len(data) > MAX_BYTES:
        raise MessageRefused("too_long", type(message).__name__)
    return data


def decode(data: bytes) -> Any:
    """The message in ``data``. Raises ``MessageRefused``."""
    if len(data) > MAX_BYTES:
        raise MessageRefused("too_long")
    try:
        body = json.loads(data.decode("utf-8", "surrogatepass"))
    except (ValueError, RecursionError):
        raise MessageRefused("not_json") from None
    if not isinstance(body, dict) or body.pop("v", None) != VERSION:
        raise MessageRefused("version")
    name = body.pop("t", None)
    kind = MESSAGES.get(name) if isinstance(name, str) else None
    if kind is None:
        raise MessageRefused("name")
    return _read(kind, body, kind.__name__)


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _read(kind: Any, value: Any, where: str) -> Any:
    """``value`` as ``kind``: a dataclass, an enum, a tuple of one kind, or a plain type."""
    if is_dataclass(kind) and isinstance(kind, type):
        return _read_object(kind, value, where)
    if typing.get_origin(kind) is tuple:
        item = typing.get_args(kind)[0]
        if not isinstance(value, list):
            raise MessageRefused("field", where)
        return tuple(_read(item, one, where) for one in value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        try:
            return kind(value)
        except ValueError:
            raise MessageRefused("field", where) from None
    return _read_plain(kind, value, where)


def _read_object(kind: type[Any], value: Any, where: str) -> Any:
    names = {field.name for field in fields(kind)}
    if not isinstance(value, dict) or set(value) != names:
        raise MessageRefused("field", where)
    hints = _hints(typing.cast(Any, kind))
    return kind(**{name: _read(hints[name], value[name], f"{where}.{name}") for name in names})


def _read_plain(kind: Any, value: Any, where: str) -> Any:
    if kind is float and isinstance(value, (int, float)) and not isinstance(value, bool):
        if abs(value) < MAX_INTEGER and math.isfinite(value):
            return float(value)
    elif kind is int:
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) <= MAX_INTEGER:
            return value
    elif kind in (str, bool) and isinstance(value, kind):
        return value
    raise MessageRefused("field", where)


def checked_generation(generation: Generation, slots: int) -> Generation:
    """A generation whose numbers make sense; raises ``MessageRefused`` otherwise."""
    s: Sampling = generation.sampling
    sound = (
        0 < generation.count <= slots * 16
        and 0 < generation.max_tokens <= 1 << 16
        and 0 <= generation.max_characters <= MAX_NUMBER
        and 0 <= generation.min_characters <= MAX_NUMBER
        and 0 <= generation.seed <= MAX_NUMBER
        and 0 <= s.top_k <= MAX_NUMBER
        and 0 <= s.dry_allowed_length <= MAX_NUMBER
        and 0 <= s.dry_multiplier <= 10
        and 0 <= s.temperature <= 10
        and 0 < s.repeat_penalty <= 10
        and 0 <= s.top_p <= 1
        and 0 <= s.min_p <= 1
    )
    if not sound:
        raise MessageRefused("field", "Generate.generation")
    return generation
