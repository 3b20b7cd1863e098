"""Situations on their way through the pipe: each error that the worker may report, as a key with its facts."""

from __future__ import annotations

from collections.abc import Callable

from engine import errors
from engine.inference.protocol import Failed, MessageRefused

Facts = tuple[tuple[int, ...], tuple[str, ...]]

_WRITERS: dict[type[errors.EngineError], Callable[..., Facts]] = {
    errors.ContextOverflow: lambda e: ((e.needed_tokens, e.context_tokens), ()),
    errors.NotEnoughMemory: lambda e: ((e.needed_bytes, e.free_bytes), ()),
    errors.ModelBroken: lambda e: ((), (e.name, e.reason)),
    errors.ChoiceUnknown: lambda e: ((), (e.kind, e.value)),
    MessageRefused: lambda e: ((), (e.reason, e.detail)),
}

_READERS: dict[str, Callable[[Failed], errors.EngineError]] = {
    "ContextOverflow": lambda f: errors.ContextOverflow(f.numbers[0], f.numbers[1]),
    "NotEnoughMemory": lambda f: errors.NotEnoughMemory(f.numbers[0], f.numbers[1]),
    "ModelBroken": lambda f: errors.ModelBroken(f.words[0], f.words[1]),
    "ChoiceUnknown": lambda f: errors.ChoiceUnknown(f.words[0], f.words[1], ()),
    "MessageRefused": lambda f: MessageRefused(f.words[0], f.words[1]),
}


def failed(job: int, error: errors.EngineError) -> Failed:
    """The message for an error (of a table row; anything else is a bug and ends the worker)."""
    numbers, words = _WRITERS[type(error)](error)
    return Failed(job, type(error).__name__, numbers, words)


def to_error(message: Failed) -> errors.EngineError:
    """The error in a message; one that makes no sense is a crash of the worker."""
    try:
        return _READERS[message.kind](message)
    except (KeyError, IndexError):
        return errors.WorkerCrashed(None)
