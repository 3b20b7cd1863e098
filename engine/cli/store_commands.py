"""``python -m engine store``: guard, copy, bring back, carry away and erase the seller's data."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from engine.api import Engine, StoreDoor
from engine.cli.words import BAD_INPUT, BAD_STORE, OK
from engine.errors import ChoiceUnknown, FileUnwritable

PASSPHRASE_VARIABLE = "ZHANGGUI_PASSPHRASE"


def unlock(door: StoreDoor) -> None:
    """Give the passphrase of the environment, where the store asks for one."""
    passphrase = os.environ.get(PASSPHRASE_VARIABLE)
    if passphrase and door.guarded:
        door.unlock(passphrase)


def add_store_options(parser: argparse.ArgumentParser) -> None:
    """The actions and their options."""
    parser.add_argument("action", choices=sorted(ACTIONS))
    parser.add_argument("what", nargs="?", default="", help="restore：备份的名字；export：放到哪个文件夹")
    parser.add_argument("--product", help="erase：这个商品和它的文案")
    parser.add_argument("--since", type=_day, help="erase：从这一天起（2026-11-01）")
    parser.add_argument("--until", type=_day, help="erase：到这一天之前")
    parser.add_argument("--everything", action="store_true", help="erase：全部资料、备份和钥匙")


def store(options: argparse.Namespace, door: StoreDoor) -> tuple[int, dict[str, Any], str]:
    """Run one action: exit code, facts, and the same in words."""
    return ACTIONS[options.action](options, door)


Outcome = tuple[int, dict[str, Any], str]


def _status(_options: argparse.Namespace, door: StoreDoor) -> Outcome:
    with door.open() as engine:
        privacy = engine.privacy
        problems, backups = privacy.problems(), [path.name for path in privacy.backups()]
        facts = {
            "key": privacy.key_place(),
            "passphrase": privacy.guarded,
            "problems": list(problems),
            "rows": privacy.summary(),
            "bytes": door.paths.store.stat().st_size,
            "backups": backups,
        }
    lines = [f"钥匙：{'系统钥匙串' if facts['key'] == 'keyring' else '只有您能读的文件'}"]
    lines += [f"启动口令：{'有' if facts['passphrase'] else '没有'}", f"备份：{len(backups)} 份"]
    lines.append(f"检查出 {len(problems)} 处损坏，请用备份恢复。" if problems else "文件完好。")
    return (BAD_STORE if problems else OK), facts, "\n".join(lines)


def _backup(_options: argparse.Namespace, door: StoreDoor) -> Outcome:
    with door.open() as engine:
        path = engine.privacy.backup_now()
    return OK, {"backup": path.name}, f"已备份：{path.name}"


def _backups(_options: argparse.Namespace, door: StoreDoor) -> Outcome:
    names = [path.name for path in door.backups()]
    return OK, {"backups": names}, "\n".join(names) or "还没有备份。"


def _restore(options: argparse.Namespace, door: StoreDoor) -> Outcome:
    found = [path for path in door.backups() if path.name == options.what] if options.what else door.backups()[:1]
    if not found:
        raise ChoiceUnknown("backup", options.what, tuple(path.name for path in door.backups()))
    door.restore(found[0])
    return OK, {"restored": found[0].name}, f"已恢复到 {found[0].name}，原来的资料也留了一份。"


def _salvage(_options: argparse.Namespace, door: StoreDoor) -> Outcome:
    found = door.salvage()
    facts = {"saved": {name: count for name, count in found.saved.items() if count}, "unreadable": found.unreadable}
    saved = sum(found.saved.values())
    return OK, facts, f"救回 {saved} 行，最多 {found.unreadable} 行读不出；损坏的文件留在备份文件夹里。"


def _export(options: argparse.Namespace, door: StoreDoor) -> Outcome:
    folder = Path(options.what or ".")
    if not folder.is_dir():
        raise FileUnwritable(folder, "missing")
    with door.open() as engine:
        path = engine.privacy.export_all(folder)
    return OK, {"file": str(path)}, f"已导出到 {path}"


def _erase(options: argparse.Namespace, door: StoreDoor) -> Outcome:
    wanted = sum((bool(options.product), bool(options.since or options.until), options.everything))
    if wanted != 1:
        return BAD_INPUT, {"erased": False}, "请说明抹掉什么：--product、--since/--until 或 --everything，只选一种。"
    with door.open() as engine:
        _erase_part(options, engine)
    return OK, {"erased": True}, "已抹掉，备份里也没有了。"


def _erase_part(options: argparse.Namespace, engine: Engine) -> None:
    if options.everything:
        engine.privacy.erase_everything()
    elif options.product:
        engine.privacy.erase_product(options.product)
    else:
        since = options.since or datetime.min.replace(tzinfo=UTC)
        engine.privacy.erase_period(since, options.until or datetime.max.replace(tzinfo=UTC))


def _phrase(_options: argparse.Namespace, door: StoreDoor) -> Outcome:
    with door.open() as engine:
        phrase = engine.privacy.recovery_phrase()
    return OK, {"phrase": phrase}, phrase


def _recover(_options: argparse.Namespace, door: StoreDoor) -> Outcome:
    door.recover(_secret("恢复短语（24 组）："))
    return OK, {"recovered": True}, "钥匙找回来了。"


def _passphrase(_options: argparse.Namespace, door: StoreDoor) -> Outcome:
    new = _secret("新的启动口令（空着为不用口令）：")
    with door.open() as engine:
        engine.privacy.set_passphrase(new)
    return OK, {"passphrase": bool(new)}, "下次启动要输入口令。" if new else "下次启动不再问口令。"


def _start_anew(_options: argparse.Namespace, door: StoreDoor) -> Outcome:
    folder = door.start_anew()
    return OK, {"folder": folder.name}, f"原来的资料原样放进了 {folder.name}，下次打开是空的。"


def _secret(question: str) -> str:
    """A line that the screen does not show; from a pipe it is read as it is."""
    if sys.stdin.isatty():
        return getpass.getpass(question).strip()
    return sys.stdin.readline().strip()


def _day(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d").astimezone()


ACTIONS: dict[str, Callable[[argparse.Namespace, StoreDoor], Outcome]] = {
    "status": _status,
    "backup": _backup,
    "backups": _backups,
    "restore": _restore,
    "salvage": _salvage,
    "export": _export,
    "erase": _erase,
    "phrase": _phrase,
    "recover": _recover,
    "passphrase": _passphrase,
    "start-anew": _start_anew,
}
