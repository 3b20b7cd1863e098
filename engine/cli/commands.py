"""The commands: each takes parsed options and an open engine and returns an exit code."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from engine.api import (
    BatchOptions,
    BatchProgress,
    BundleOptions,
    ComposeListener,
    Engine,
    RowResult,
    StoreDoor,
    Texts,
)
from engine.cli import keyword_commands, model_commands, order_commands, template_commands
from engine.cli.brief_options import brief_from_options, parse_channel, parse_task, read_brief, read_text
from engine.cli.shown import entry_json, finding_json, finding_line, result_json, result_text
from engine.cli.template_commands import with_template
from engine.cli.words import BAD_INPUT, OK, STOPPED
from engine.domain import ComposeRequest, Sampling
from engine.progress import Ticket

MAX_TEXT_BYTES = 16 * 1024 * 1024


def compose(options: argparse.Namespace, engine: Engine, ticket: Ticket) -> int:
    """Write drafts for one brief."""
    _put_on_adapters(options, engine)
    defaults = Sampling()
    temperature = defaults.temperature if options.temperature is None else options.temperature
    request = ComposeRequest(
        brief=brief_from_options(options),
        channel=parse_channel(options.channel),
        task=parse_task(options.task),
        count=options.count,
        candidates=options.candidates,
        seed=options.seed,
        length=options.length,
        sampling=Sampling(temperature=temperature),
        domain=options.domain,
        must_say=tuple(options.must_say),
        never_say=tuple(options.never_say),
        consensus=options.consensus,
    )
    request = with_template(request, options, engine)
    result = engine.writing.compose(request, ComposeListener(lambda _i, _t: None, lambda _d: None), ticket)
    _put(options.json, result_json(result), result_text(result))
    return OK


def batch(options: argparse.Namespace, engine: Engine, ticket: Ticket) -> int:
    """Write for every row of a table."""
    _put_on_adapters(options, engine)
    settings = BatchOptions(
        channels=tuple(parse_channel(name) for name in options.channel.split(",")),
        count=options.count,
        candidates=options.candidates,
        seed=options.seed,
        resume=options.resume,
        replace=options.replace,
    )

    def told(row: RowResult, progress: BatchProgress) -> None:
        line = f"{progress.done}/{progress.total} 行 · 每分钟 {progress.rows_per_minute:.1f} 行 · 还要 {progress.seconds_left:.0f} 秒"
        _tell(f"第 {row.number} 行：{row.problem}" if row.problem else line)

    report = engine.batch.run(options.source, options.target, settings, ticket, told)
    progress = report.progress
    summary = {
        "done": progress.done,
        "failed": progress.failed,
        "total": progress.total,
        "problems": [{"row": number, "reason": reason} for number, reason in report.problems],
        "stopped": report.stopped,
    }
    _put(options.json, summary, f"完成 {progress.done} 行，其中 {progress.failed} 行没有写成。")
    return STOPPED if report.stopped else OK


def models(options: argparse.Namespace, engine: Engine, ticket: Ticket) -> int:
    """List, import, fetch, verify, measure or remove models."""
    facts, text = model_commands.models(options, engine, ticket)
    _put(options.json, facts, text)
    return OK


def history(options: argparse.Namespace, engine: Engine, _ticket: Ticket) -> int:
    """Drafts, newest first."""
    entries = engine.library.history(options.search, limit=options.limit, favourites=options.favourites)
    lines = [
        f"{e.draft.draft_id}\t{e.channel.value}\t{e.brief.product}\t{e.current_text.splitlines()[0][:40]}"
        for e in entries
    ]
    _put(options.json, {"drafts": [entry_json(e) for e in entries]}, "\n".join(lines))
    return OK


def orders(options: argparse.Namespace, engine: Engine, ticket: Ticket) -> int:
    """Who the buyers of an order history are."""
    facts, text = order_commands.orders(options, engine, ticket)
    _put(options.json, facts, text)
    return OK


def templates(options: argparse.Namespace, engine: Engine, _ticket: Ticket) -> int:
    """List, show, import, export or delete templates."""
    code, facts, text = template_commands.templates(options, engine)
    _put(options.json, facts, text)
    return code


def bundle(options: argparse.Namespace, engine: Engine, _ticket: Ticket) -> int:
    """Export, inspect or verify a feedback bundle."""
    face = engine.feedback
    if options.action == "export":
        made = BundleOptions(recipient_key=options.recipient, epsilon=options.epsilon)
        summary = face.export_bundle(options.file, face.new_consent() if options.consent else None, made)
    else:
        key = read_text(options.private_key, MAX_TEXT_BYTES).strip() if options.private_key else ""
        summary = (face.inspect_bundle if options.action == "inspect" else face.verify_bundle)(options.file, key)
    facts = {
        "rows": summary.rows,
        "redactions": summary.redactions,
        "withdrawn": len(summary.withdrawn),
        "sealed": summary.sealed,
    }
    _put(options.json, facts, "\n".join(f"{name}\t{count}" for name, count in summary.rows.items()))
    return OK


def store(options: argparse.Namespace, door: StoreDoor) -> int:
    """Guard, copy, bring back, carry away, erase."""
    from engine.cli import store_commands

    code, facts, text = store_commands.store(options, door)
    if code == BAD_INPUT:
        _tell(text)
    else:
        _put(options.json, facts, text)
    return code


def check(options: argparse.Namespace, texts: Texts) -> int:
    """Check a text against the law and, with a brief, the facts; 3 when it may not be published."""
    text = _text(options)
    if options.fix:
        text = texts.fix(text, options.domain)
    brief = read_brief(options.brief) if options.brief else None
    channel = parse_channel(options.channel) if options.channel else None
    findings = [
        *texts.check(text, brief, channel, options.domain),
        *(texts.clarity(text, brief) if options.clarity else ()),
    ]
    facts = {
        "text": text,
        "publishable": not any(f.blocks for f in findings),
        "findings": [finding_json(f) for f in findings],
    }
    lines = [*([text] if options.fix else []), *[finding_line(f) for f in findings]]
    _put(options.json, facts, "\n".join(lines) or "没有发现问题。")
    return OK if facts["publishable"] else BAD_INPUT


def keywords(options: argparse.Namespace, texts: Texts) -> int:
    """Keywords, the brief that a pasted text makes, a title's coverage, what reviews say."""
    alone = options.reviews is not None and options.text is None and str(options.file) == "-"
    facts, text = keyword_commands.keywords(options, "" if alone else _text(options), texts)
    _put(options.json, facts, text)
    return OK


def _put_on_adapters(options: argparse.Namespace, engine: Engine) -> None:
    if options.adapter:
        engine.writing.use_adapters(";".join(options.adapter))


def _text(options: argparse.Namespace) -> str:
    if options.text is not None:
        return str(options.text)
    if str(options.file) == "-":
        return sys.stdin.read()
    return read_text(Path(options.file), MAX_TEXT_BYTES)


def _put(as_json: bool, facts: dict[str, Any], text: str) -> None:
    print(json.dumps(facts, ensure_ascii=False, indent=1) if as_json else text)


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
