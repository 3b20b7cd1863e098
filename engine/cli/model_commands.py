"""``models``: which there are, what a repository on the net offers, how fast this computer writes."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from engine.api import Engine
from engine.cli.shown import model_json
from engine.domain import Fit
from engine.progress import Ticket

FIT_WORDS = {Fit.FITS: "内存够用", Fit.TIGHT: "内存有点紧", Fit.TOO_LARGE: "内存不够", Fit.UNKNOWN: ""}
Shown = tuple[dict[str, Any], str]


def models(options: argparse.Namespace, engine: Engine, ticket: Ticket) -> Shown:
    """Do what is asked; facts and text to show."""
    if options.action == "speed":
        return _speed(engine, ticket)
    if options.action == "download" and not options.file:
        return _offers(options.what, engine, ticket)
    acts: dict[str, Callable[[], object]] = {
        "import": lambda: engine.models.import_from(Path(options.what), ticket),
        "download": lambda: engine.models.download(options.what, options.file, ticket),
        "verify": lambda: engine.models.verify(options.what or engine.models.default().manifest.name, ticket),
        "remove": lambda: engine.models.remove(options.what),
        "list": lambda: None,
    }
    acts[options.action]()
    return _listing(engine)


def _listing(engine: Engine) -> Shown:
    listing, fits = engine.models.listing(), engine.models.fits()
    found = [(model, fits[model.manifest.name].fit) for model in listing.models]
    broken = [{"folder": b.folder.name, "problem": str(b.problem)} for b in listing.broken]
    lines = [
        f"{m.manifest.name}  {m.manifest.title}  {m.manifest.size / 1e6:.0f} MB  {FIT_WORDS[fit]}".rstrip()
        for m, fit in found
    ]
    lines += [f"✗ {b['folder']}：不能用（{b['problem']}）" for b in broken]
    return {"models": [model_json(m) | {"fit": fit.value} for m, fit in found], "broken": broken}, "\n".join(lines)


def _offers(repo: str, engine: Engine, ticket: Ticket) -> Shown:
    offers = engine.models.offers(repo, ticket)
    facts = [{"file": o.filename, "size": o.size, "fit": o.fit.fit.value} for o in offers]
    lines = [f"{o.filename}  {o.size / 1e6:.0f} MB  {FIT_WORDS[o.fit.fit]}".rstrip() for o in offers]
    return {"repo": repo, "offers": facts}, "\n".join(lines)


def _speed(engine: Engine, ticket: Ticket) -> Shown:
    speed = engine.speed.measure(ticket)
    facts = {
        "model": speed.model,
        "read_tokens_s": round(speed.read_tokens_s, 1),
        "write_tokens_s": round(speed.write_tokens_s, 1),
        "drafts": speed.drafts,
        "seconds": round(speed.seconds, 1),
        "measured_at": speed.measured_at.isoformat(),
    }
    each = speed.seconds / speed.drafts
    return {"speed": facts}, f"一次写 {speed.drafts} 条约 {speed.seconds:.1f} 秒，一条约 {each:.1f} 秒。"
