"""Situations in words: what happened, and what to do next.

A table from the engine's error types to sentences. Whatever is not an ``EngineError`` is a bug of the program: it gets
its own sentence and its technical details, which stay folded until the seller asks for them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desktop.words import size_words, tr
from engine import errors as e


@dataclass(frozen=True, slots=True)
class ErrorWords:
    """A sentence, an advice, details for support, and a page that helps (``models``, ``privacy``) or ``""``."""

    what: str
    advice: str
    details: str
    page: str = ""


def error_words(error: Exception) -> ErrorWords:
    """Words for an error; every error has some."""
    for kind in type(error).__mro__:
        if kind in _WORDS:
            what, advice, page = _WORDS[kind](error)
            return ErrorWords(what, advice, _details(error), page)
    return ErrorWords(
        tr("程序出了意外，刚才的操作没有完成。"),
        tr("您写的内容都还在。可以再试一次；若还是不行，请把详情发给我们。"),
        _details(error),
    )


def _details(error: Exception) -> str:
    if isinstance(error, e.EngineError):
        return f"{type(error).__name__}: {error}"
    import traceback

    return "".join(traceback.format_exception(error))


_FIELDS = {
    "product": "商品名称",
    "attributes": "属性",
    "points": "卖点",
    "audience": "人群",
    "offer": "活动",
    "source": "原文",
    "brief": "商品资料",
    "category": "类目",
}

_BRIEF_REASONS = {
    "empty": ("还没有商品资料，不知道写什么。", "请先填商品名称，或点“粘贴资料”自动填好。"),
    "too_long": ("{field}太长了（{detail}字）。", "请删去一些，只留和商品有关的内容。"),
}


_PLAN_FIELDS = {
    "goals": ("还没有选目标。", "请至少选一个目标。"),
    "channels": ("还没有选渠道。", "请至少选一个渠道。"),
    "versions": ("还没有写好的版本，没有可以导出的。", "请先写，再导出。"),
}


def _brief(error: e.BriefInvalid) -> tuple[str, str, str]:
    if error.field in _PLAN_FIELDS:
        what, advice = _PLAN_FIELDS[error.field]
        return tr(what), tr(advice), ""
    what, advice = _BRIEF_REASONS.get(error.reason, ("{field}的内容读不懂。", "请改一改再试。"))
    field = tr(_FIELDS[error.field]) if error.field in _FIELDS else f"“{error.field}”"
    return tr(what, field=field, detail=error.detail), tr(advice), ""


_ADAPTER_REASONS = {
    "not_adapter": ("“{name}”不是适配文件。", "请选训练时导出的那个文件，或先空着不用。"),
    "adapter_other_model": ("适配文件“{name}”和现在的模型对不上。", "它是给别的模型做的，请换一个，或换回那个模型。"),
}


def _model_broken(error: e.ModelBroken) -> tuple[str, str, str]:
    if error.reason in _ADAPTER_REASONS:
        what, advice = _ADAPTER_REASONS[error.reason]
        return tr(what, name=error.name), tr(advice), ""
    return tr("模型文件不完整，可能是上次拷贝中断。"), tr("请到“模型”页重新导入。"), "models"


_FILE_REASONS = {
    "missing": "文件不见了",
    "permission": "没有权限",
    "no_permission": "没有权限",
    "encoding": "文字编码不对",
    "disk_full": "磁盘满了",
    "read_only": "文件夹只能读",
    "exists": "同名的文件已经在了",
    "is_folder": "这是一个文件夹",
    "io": "读写时出了错",
    "empty": "里面没有内容",
    "encrypted": "设了密码，请先去掉密码",
    "old_xls": "是旧版 xls，请另存为 xlsx",
    "not_xlsx": "不是完好的 xlsx 文件",
    "not_table": "不是表格",
    "too_large": "太大了",
    "no_sheet": "里面没有工作表",
    "not_picture": "不是 JPG、PNG 或 WebP 图片",
    "picture_broken": "图片不完整，可能没有下载完",
    "picture_small": "图片太小，看不清",
    "name_too_long": "文件名太长",
    "in_use": "正被别的程序使用",
}

_ROW_REASONS = {
    "empty": "没有商品资料",
    "no_name": "没有商品名称",
    "too_long": "资料太长",
    "tone_unknown": "语气不认识",
    "too_many_cells": "格子比列名多",
    "bad_bytes": "有乱码",
    "unclosed_quote": "引号没有配对",
    "cell_too_long": "格子里的字太多",
    "not_json": "不是 JSON",
    "not_object": "不是一个商品",
}


def row_words(reason: str) -> str:
    """Why a row of a table was left out, in words."""
    return tr(_ROW_REASONS[reason]) if reason in _ROW_REASONS else reason


def _reason(reason: str) -> str:
    return tr(_FILE_REASONS[reason]) if reason in _FILE_REASONS else reason


_STORE_REASONS = {
    "read_only": ("资料文件夹不能写入，新文案存不下来。", "请检查文件夹的权限，或把程序移到能写入的位置。"),
    "locked": ("资料正被另一个窗口使用。", "请关掉另一个掌柜文案窗口，再试一次。"),
    "corrupt": ("资料文件损坏了。", "请用最近的备份恢复；没有备份，就救回能读的部分。损坏的文件会原样留着。"),
    "disk_full": ("磁盘满了，新文案存不下来。", "请清出一些空间，再试一次。"),
    "wrong_key": ("资料的钥匙不对，打不开。", "请输入抄下的恢复短语。"),
    "no_key": ("找不到资料的钥匙。", "请输入抄下的恢复短语；系统钥匙串锁着的话，先解锁再试。"),
}


def _store(error: e.StoreUnusable) -> tuple[str, str, str]:
    what, advice = _STORE_REASONS.get(error.reason, ("资料文件打不开。", "请重新打开程序；若还是不行，用备份恢复。"))
    return tr(what), tr(advice), "privacy"


def _plain(what: str, advice: str, page: str = "") -> Callable[[e.EngineError], tuple[str, str, str]]:
    return lambda _error: (tr(what), tr(advice), page)


def _named(what: str, advice: str, page: str = "", **fields: str) -> Callable[[e.EngineError], tuple[str, str, str]]:
    """Words with fields of the error in them: ``name="name"`` puts ``error.name`` into ``{name}``."""

    def words(error: e.EngineError) -> tuple[str, str, str]:
        values = {key: getattr(error, attribute) for key, attribute in fields.items()}
        values = {key: value.name if hasattr(value, "name") else value for key, value in values.items()}
        if "reason" in values:
            values["reason"] = _reason(str(values["reason"]))
        return tr(what, **values), tr(advice), page

    return words


def _memory(error: e.NotEnoughMemory) -> tuple[str, str, str]:
    fields = {"needed": size_words(error.needed_bytes), "free": size_words(error.free_bytes)}
    return (
        tr("内存不够：需要{needed}，现在空着{free}。", **fields),
        tr("请关掉一些程序，或到“模型”页换小一点的模型。"),
        "models",
    )


_TABLE_COLUMNS = {
    "buyer": (
        "这张表里找不到顾客那一列。",
        "请用平台导出的订单表，第一行要有列名，例如：买家会员名、付款时间、实付金额。",
    ),
    "time": (
        "这张表里找不到下单时间。",
        "请用平台导出的订单表，第一行要有列名，例如：买家会员名、付款时间、实付金额。",
    ),
    "code": ("这张表里找不到版本号。", "请用导出的那张表填数字，第一行的列名不要改。"),
    "impressions": ("这张表里找不到曝光那一列。", "请用导出的那张表填数字，第一行的列名不要改。"),
    "clicks": ("这张表里找不到点击那一列。", "请用导出的那张表填数字，第一行的列名不要改。"),
}
_NO_PRODUCT = ("这张表里找不到商品名称。", "请在第一行写上列名，例如：商品名称、材质、卖点。")


def _table(error: e.TableUnusable) -> tuple[str, str, str]:
    what, advice = _TABLE_COLUMNS.get(error.missing[0] if error.missing else "", _NO_PRODUCT)
    return tr(what), tr(advice), ""


def _passphrase(error: e.PassphraseNeeded) -> tuple[str, str, str]:
    what = tr("口令不对。") if error.wrong else tr("请输入启动口令。")
    return what, tr("忘了口令，可以用恢复短语打开。"), ""


_REPOSITORY_ADVICE = "仓库名要连斜杠一起写，例如 Qwen/Qwen2.5-1.5B-Instruct-GGUF。"
_DOWNLOAD_REASONS = {
    "offline": ("连不上网，下载停在这里。", "请检查网络，或在“设置”里换一个模型下载地址；也可以从U盘导入。"),
    "timeout": ("下载网站太久没有回应。", "过一会儿接着下，或在“设置”里换一个模型下载地址。"),
    "server": ("下载网站出了问题。", "过一会儿接着下，或在“设置”里换一个模型下载地址。"),
    "not_found": ("网上没有“{name}”。", _REPOSITORY_ADVICE),
    "address": ("“{name}”不像仓库名。", _REPOSITORY_ADVICE),
    "forbidden": ("“{name}”要登录才能下载。", "请换一个公开的仓库，或从U盘导入。"),
    "no_models": ("“{name}”里没有能用的模型文件。", "请找名字里带 GGUF 的仓库。"),
    "size": ("下载的文件和网站上的不一样，已经扔掉。", "请再下载一次。"),
    "hash": ("下载的文件和网站上的不一样，已经扔掉。", "请再下载一次。"),
    "not_gguf": ("网站给的不是模型文件，可能是上网登录页。", "请先在浏览器里登录网络，再试一次。"),
    "disk_full": ("磁盘满了，放不下这个模型。", "请清出一些空间，再接着下载。"),
}


def _download(error: e.DownloadFailed) -> tuple[str, str, str]:
    usual = ("下载中断了，已下载的部分留着。", "请检查网络再试一次，或从U盘导入。")
    what, advice = _DOWNLOAD_REASONS.get(error.reason, usual)
    return tr(what, name=error.name), tr(advice), ""


_WORDS: dict[type, Callable[..., tuple[str, str, str]]] = {
    e.BriefInvalid: _brief,
    e.ChoiceUnknown: _named("没有“{value}”这个选项。", "请从列表里选一个。", value="value"),
    e.FileUnreadable: _named(
        "读不了文件“{path}”：{reason}。", "请换一个文件，或把它另存后再试。", path="path", reason="reason"
    ),
    e.FileUnwritable: _named(
        "写不了文件“{path}”：{reason}。", "请换一个位置，或清出空间后再试。", path="path", reason="reason"
    ),
    e.ModelMissing: _plain("还没有可用的模型。", "请到“模型”页，从U盘或文件夹导入一个。", "models"),
    e.ModelBroken: _model_broken,
    e.NotEnoughMemory: _memory,
    e.ContextOverflow: _plain("商品资料太多，一次写不下。", "请删去一些属性或卖点，再试一次。"),
    e.WorkerCrashed: _plain(
        "写作程序意外停了，已写好的文案都在。", "请再点一次“写几条”；若常这样，换小一点的模型。", "models"
    ),
    e.ProcessorUnfit: _plain("写作程序和这台电脑的处理器不合。", "请重新安装掌柜文案，选适合这台电脑的安装包。"),
    e.StoreUnusable: _store,
    e.StoreTooNew: _plain("资料是新版本程序写的，这个版本打不开。", "请安装新版本的掌柜文案。"),
    e.TableUnusable: _table,
    e.PassphraseNeeded: _passphrase,
    e.RecoveryPhraseWrong: _plain("恢复短语不对。", "请对照抄下的词，一个一个核对。"),
    e.SettingInvalid: _plain("这个设置不能这样填。", "请换一个值；原来的设置没有变。"),
    e.NotFound: _plain("这一条已经不在了。", "列表会自动更新。"),
    e.ConsentMissing: _plain("还没有同意导出。", "请先看过内容，勾选同意，再导出。"),
    e.BundleInvalid: _named("反馈包没有通过检查：{reason}。", "请重新导出。", reason="reason"),
    e.DownloadFailed: _download,
    e.RemoteFailed: _named("连不上店里的模型服务：{reason}。", "请检查地址和网络。", reason="reason"),
}
