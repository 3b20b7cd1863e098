"""The settings as declared fields: type, default, range, a Chinese title and one sentence; file, dialog and docs derive.

``Settings`` is a frozen value; ``changed`` gives a new one and checks it, ``load_settings`` and ``save_settings`` move it
to and from a JSON file. Reading never fails for a broken file: it is put aside under a name of its own (nothing of it is
lost) and the defaults hold. A single value that does not fit its field falls back alone. Fields that this version does
not know (written by a newer one) are kept in the file.

This module is a low layer: it knows no channel table and no use case, so choices are spelled out here and a test
compares them with the tables they mirror.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field, fields, replace
from enum import Enum
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from engine.errors import FileUnreadable, FileUnwritable, SettingInvalid, reason_of

MAX_FILE_BYTES = 1024 * 1024

_log = logging.getLogger(__name__)


class SettingKind(Enum):
    """How a setting is edited: a switch, a number between bounds, one of a few, or an address."""

    SWITCH = "switch"
    NUMBER = "number"
    CHOICE = "choice"
    ADDRESS = "address"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values that a setting can have, and what the seller reads."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class Setting:
    """One declared field: what the dialog, the file and the docs need to know of it."""

    kind: SettingKind
    title: str
    sentence: str
    low: int = 0
    high: int = 0
    choices: tuple[Choice, ...] = ()
    name: str = ""
    default: Any = None


def _switch(default: bool, title: str, sentence: str) -> Any:
    return field(default=default, metadata={"setting": Setting(SettingKind.SWITCH, title, sentence)})


def _number(default: int, low: int, high: int, title: str, sentence: str) -> Any:
    setting = Setting(SettingKind.NUMBER, title, sentence, low=low, high=high)
    return field(default=default, metadata={"setting": setting})


def _choice(default: str, title: str, sentence: str, titles: dict[str, str]) -> Any:
    choices = tuple(Choice(value, shown) for value, shown in titles.items())
    return field(default=default, metadata={"setting": Setting(SettingKind.CHOICE, title, sentence, choices=choices)})


def _words(kind: SettingKind, title: str, sentence: str) -> Any:
    return field(default="", metadata={"setting": Setting(kind, title, sentence)})


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that a seller can set; each field is one ``Setting``."""

    language: str = _choice("zh", "界面语言", "窗口里用哪种文字。", {"zh": "简体中文", "en": "English"})
    theme: str = _choice(
        "system", "外观", "浅色、深色，或跟随系统。", {"system": "跟随系统", "light": "浅色", "dark": "深色"}
    )
    drafts: int = _number(4, 1, 16, "一次写几条", "每次点“写几条”写出几条文案供您挑选。")
    channel: str = _choice(
        "detail",
        "默认渠道",
        "打开程序时先选好的渠道。",
        {
            "title": "商品标题",
            "selling_points": "卖点",
            "detail": "详情页",
            "xiaohongshu": "小红书",
            "moments": "朋友圈",
            "short_video": "短视频口播",
            "live_script": "直播话术",
            "feed_ad": "信息流广告",
            "sms": "短信",
            "brand": "品牌故事",
        },
    )
    pace: int = _number(
        240, 120, 360, "朗读语速", "每分钟念几个字，朗读和估算口播时长都按它；对着镜头说话一般是 220 到 280。"
    )
    grounded: bool = _switch(
        True,
        "只留有依据的话",
        "商品信息里没有、同类商品也不这么说的话自动去掉。关闭后文案长一些，请自己多看一眼。",
    )
    model: str = _words(SettingKind.TEXT, "使用的模型", "写文案用哪个模型，空着就用随程序附带的。")
    adapters: str = _words(
        SettingKind.TEXT,
        "适配文件",
        "给模型加上自己训练的适配文件（LoRA），写“文件:强度”，几个用分号分开。空着就不加。",
    )
    threads: int = _number(0, 0, 256, "使用几个处理器核心", "0 为自动：第一次写时试一试几个最快，给窗口留一个。")
    gpu: str = _choice(
        "auto", "显卡加速", "有合适的显卡时用它写，更快；不稳定时请关闭。", {"auto": "自动", "off": "关闭"}
    )
    idle_minutes: int = _number(
        10, 0, 240, "空闲几分钟后释放内存", "这么久不写文案就让出模型占的内存，0 为一直不让出。"
    )
    lock_minutes: int = _number(
        0, 0, 240, "离开几分钟后锁上", "设了启动口令才有用：这么久没有动静就要再输口令，0 为不锁。"
    )
    notify: bool = _switch(True, "写完提醒", "批量或投放写得久、您又去忙别的时，写完提醒您一声。")
    backup: bool = _switch(True, "自动备份", "每天第一次打开时备份一次，旧的备份会自动减少。")
    mirror: str = _words(
        SettingKind.ADDRESS, "模型下载地址", "下载模型用的镜像站地址，空着就用官方地址。只在您点下载时才联网。"
    )
    remote_url: str = _words(
        SettingKind.ADDRESS,
        "自己的模型服务器",
        "店里自己的服务器地址；填了以后商品信息会离开这台电脑。空着就只在本机写。",
    )


def declared() -> tuple[Setting, ...]:
    """All settings in the order of the dialog, each with its name and default."""
    return tuple(replace(f.metadata["setting"], name=f.name, default=f.default) for f in fields(Settings))


def changed(settings: Settings, name: str, value: object) -> Settings:
    """The settings with one value changed.

    Raises:
        SettingInvalid: ``unknown`` name, or a value that its field cannot take.
    """
    setting = next((setting for setting in declared() if setting.name == name), None)
    if setting is None:
        raise SettingInvalid(name, "unknown", "、".join(setting.name for setting in declared()))
    return replace(settings, **{name: _CHECKS[setting.kind](setting, value)})


def load_settings(path: Path) -> Settings:
    """What the file says, defaults for the rest.

    Raises:
        FileUnreadable: the file is there and the system does not let us read it (it is not touched then).
    """
    settings = Settings()
    for name, value in _read(path).items():
        try:
            settings = changed(settings, name, value)
        except SettingInvalid as problem:
            if problem.reason != "unknown":
                _log.warning("setting %s in the file is not usable (%s)", name, problem.reason)
    return settings


def save_settings(path: Path, settings: Settings) -> None:
    """Write the file in one step, fields of newer versions kept.

    Raises:
        FileUnwritable, FileUnreadable.
    """
    known = {f.name: getattr(settings, f.name) for f in fields(settings)}
    content = json.dumps({**_read(path), **known}, ensure_ascii=False, indent=2) + "\n"
    temporary: Path | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".settings-", suffix=".part", dir=path.parent)
        temporary = Path(name)
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except OSError as error:
        raise FileUnwritable(path, reason_of(error)) from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _read(path: Path) -> dict[str, Any]:
    """The file's object; an empty one when there is no file, or when it was broken and has been put aside."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise FileUnreadable(path, reason_of(error)) from error
    try:
        if len(content) > MAX_FILE_BYTES:
            raise ValueError("too large")
        value = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return _put_aside(path)
    return value if isinstance(value, dict) else _put_aside(path)


def _put_aside(path: Path) -> dict[str, Any]:
    """Rename the broken file to settings.json.broken, .broken2 …, none of which is ever overwritten."""
    candidates = (path.with_name(f"{path.name}.broken{number or ''}") for number in (0, *range(2, 1000)))
    target = next((candidate for candidate in candidates if not candidate.exists()), None)
    if target is not None:
        with contextlib.suppress(OSError):
            path.rename(target)
    _log.warning("the settings file was not readable and has been put aside")
    return {}


def _checked_switch(setting: Setting, value: object) -> bool:
    if not isinstance(value, bool):
        raise SettingInvalid(setting.name, "wrong_type", "true/false")
    return value


def _checked_number(setting: Setting, value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise SettingInvalid(setting.name, "wrong_type", "整数")
    if not setting.low <= value <= setting.high:
        raise SettingInvalid(setting.name, "out_of_range", f"{setting.low}–{setting.high}")
    return value


def _checked_choice(setting: Setting, value: object) -> str:
    values = [choice.value for choice in setting.choices]
    if not isinstance(value, str):
        raise SettingInvalid(setting.name, "wrong_type", "文字")
    if value not in values:
        raise SettingInvalid(setting.name, "not_a_choice", "、".join(values))
    return value


def _checked_text(setting: Setting, value: object) -> str:
    if not isinstance(value, str) or any(character < " " for character in value):
        raise SettingInvalid(setting.name, "wrong_type", "一行文字")
    return value.strip()


def _checked_address(setting: Setting, value: object) -> str:
    text = _checked_text(setting, value).rstrip("/")
    try:
        parts = urlsplit(text)
        sound = not text or (parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0)
    except ValueError:
        sound = False
    if not sound or " " in text:
        raise SettingInvalid(setting.name, "not_a_choice", "http:// 或 https:// 开头的地址")
    return text


_CHECKS: dict[SettingKind, Callable[[Setting, object], Any]] = {
    SettingKind.SWITCH: _checked_switch,
    SettingKind.NUMBER: _checked_number,
    SettingKind.CHOICE: _checked_choice,
    SettingKind.TEXT: _checked_text,
    SettingKind.ADDRESS: _checked_address,
}
