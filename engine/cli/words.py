"""Exit codes, and for each situation one Chinese line: what happened, to what, what to do next."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from engine import errors

OK, BUG, USAGE, BAD_INPUT, BAD_FILE, BAD_MODEL, BAD_STORE, BAD_NETWORK, STOPPED = 0, 1, 2, 3, 4, 5, 6, 7, 130

STAGES = {"gpu_failed": "显卡没能用上，改用处理器写；以后也这样，除非再把显卡加速设成自动。"}
"""Stages of the work that are worth a line."""

_FIELDS = {
    "product": "商品名称",
    "attributes": "属性",
    "points": "卖点",
    "audience": "人群",
    "offer": "优惠",
    "source": "原文",
    "brief": "商品资料",
    "category": "类目",
    "tone": "语气",
}
_BRIEF_REASONS = {
    "empty": "{field}是空的，没有可写的内容，请填上。",
    "too_long": "{field}太长（{detail} 字），请删短一些。",
    "not_json": "商品资料不是正确的 JSON：{detail}。",
    "wrong_type": "{field}的写法不对，应当是 {detail}。",
    "unknown_field": "商品资料里有不认识的字段“{name}”。",
}
_FILE_REASONS = {
    "missing": "找不到文件 {path}，请检查名字和位置。",
    "permission": "没有权限读取 {path}，请换一个位置。",
    "encoding": "{path} 的编码读不懂，请另存为 UTF-8 或 GBK。",
    "empty": "{path} 是空的。",
    "too_large": "{path} 太大，请拆成几份。",
    "not_json": "{path} 不是正确的 JSON 文件。",
    "old_xls": "{path} 是旧的 .xls 表格，请用 Excel 或 WPS 另存为 .xlsx。",
    "encrypted": "{path} 有密码，请去掉密码后再用。",
    "not_table": "{path} 不是能认出的表格，请用 .csv 或 .xlsx。",
    "no_sheet": "{path} 里没有这张工作表。",
    "is_folder": "{path} 是文件夹，请选里面的文件。",
    "other_headings": "{path} 不是这次任务的结果，请换一个文件名。",
    "not_xlsx": "{path} 不是能打开的 Excel 表格，请另存为 .xlsx 或 .csv。",
}
_WRITE_REASONS = {
    "unknown_suffix": "{path} 的格式不支持，请用 .csv 或 .xlsx 结尾。",
    "name_too_long": "文件名太长：{path}。",
    "in_use": "{path} 正被别的程序打开，请先关掉它。",
    "exists": "{path} 已经有了。接着写请加 --resume，重写请加 --replace。",
    "permission": "没有权限写 {path}，请换一个文件夹。",
    "disk_full": "磁盘满了，写不下 {path}，请清出一些空间。",
}
_MODEL_REASONS = {
    "not_gguf": "模型“{name}”的文件不是 GGUF，请重新下载或从U盘导入。",
    "truncated": "模型“{name}”的文件不完整，可能是上次下载中断。请重新下载，或从U盘导入。",
    "refused": "模型“{name}”的文件写作引擎读不了，请重新下载，或换一个模型。",
    "shard_missing": "模型“{name}”缺少分片文件，请把整个文件夹一起复制。",
    "file_missing": "模型“{name}”缺少文件，请把整个文件夹一起复制。",
    "file_size": "模型“{name}”的文件不完整，可能是上次下载中断。请重新下载，或从U盘导入。",
    "file_hash": "模型“{name}”的内容与清单不符，请重新下载或导入。",
    "manifest": "模型“{name}”的说明文件（manifest.json）不对，请重新导入。",
    "not_adapter": "“{name}”不是适配文件（LoRA），请选训练时导出的那个 .gguf。",
    "adapter_other_model": "适配文件“{name}”是给别的模型做的，和现在的模型对不上，请换一个。",
    "several_gguf": "文件夹“{name}”里有几个模型文件，请选其中一个导入。",
}
_COLUMNS = {
    "buyer": "顾客（买家会员名、客户ID、手机号等）",
    "time": "时间（付款时间、下单日期等）",
    "order": "订单编号",
    "amount": "金额",
    "product": "商品名称",
}
_STORE_REASONS = {
    "read_only": "数据文件夹 {folder} 不能写，请换一个位置，或检查权限。",
    "locked": "数据正被另一个窗口使用，请先关掉它。",
    "corrupt": "数据文件损坏了，原文件没有动。请运行 store restore 恢复备份；没有备份就用 store salvage 救回能读的部分。",
    "disk_full": "磁盘满了，请清出一些空间再试；已写的都在。",
    "wrong_key": "打不开数据文件：钥匙不对。请运行 store recover，用恢复短语找回。",
    "no_key": "找不到数据的钥匙。请运行 store recover，用恢复短语找回。",
}


def describe(error: errors.EngineError) -> tuple[int, str]:
    """Exit code and sentence of a situation."""
    for kind, (code, say) in _TABLE.items():
        if isinstance(error, kind):
            return code, say(error)
    return BAD_INPUT, str(error)


def _brief(error: Any) -> str:
    field = _FIELDS.get(error.field, f"“{error.field}”")
    pattern = _BRIEF_REASONS.get(error.reason, "{field}有问题：{detail}")
    return pattern.format(field=field, name=error.field, detail=error.detail)


def _by_reason(table: dict[str, str], otherwise: str) -> Callable[[Any], str]:
    def say(error: Any) -> str:
        pattern = table.get(str(error.reason).partition(":")[0], otherwise)
        path = getattr(error, "path", "")
        folder = getattr(path, "parent", "")
        return pattern.format(path=path, folder=folder, name=getattr(error, "name", ""), reason=error.reason)

    return say


def _choice(error: Any) -> str:
    return f"不认识“{error.value}”，可以用：{'、'.join(error.choices)}。"


def _table(error: Any) -> str:
    missing = "、".join(_COLUMNS.get(name, name) for name in error.missing)
    return f"表格里没有找到这些列：{missing}。请让第一行是列名，并把这些列也一起导出。"


def _memory(error: Any) -> str:
    return f"内存不够：需要约 {error.needed_bytes >> 20} MB，现在空闲 {error.free_bytes >> 20} MB。请关掉一些程序再试。"


_TABLE: dict[type[errors.EngineError], tuple[int, Callable[[Any], str]]] = {
    errors.Cancelled: (STOPPED, lambda _: "已停止。"),
    errors.BriefInvalid: (BAD_INPUT, _brief),
    errors.ChoiceUnknown: (BAD_INPUT, _choice),
    errors.ContextOverflow: (BAD_INPUT, lambda _: "商品资料太长，放不进模型，请删短一些。"),
    errors.NotFound: (BAD_INPUT, lambda e: f"没有找到：{e.key}。"),
    errors.TableUnusable: (BAD_FILE, _table),
    errors.SettingInvalid: (BAD_INPUT, lambda e: f"设置“{e.name}”不能是这个值{f'：{e.detail}' if e.detail else ''}。"),
    errors.PassphraseNeeded: (
        BAD_STORE,
        lambda e: "口令不对，请再试。" if e.wrong else "数据上了锁，请把口令放进环境变量 ZHANGGUI_PASSPHRASE 再试。",
    ),
    errors.RecoveryPhraseWrong: (BAD_STORE, lambda _: "恢复短语不对，请照打印的 24 组逐组核对。"),
    errors.ConsentMissing: (BAD_INPUT, lambda _: "还没有同意导出反馈包。请加 --consent 表示同意。"),
    errors.BundleInvalid: (BAD_FILE, lambda e: f"反馈包不对：{e.reason}。"),
    errors.FileUnreadable: (BAD_FILE, _by_reason(_FILE_REASONS, "读不了 {path}：{reason}。")),
    errors.FileUnwritable: (BAD_FILE, _by_reason(_WRITE_REASONS, "写不了 {path}：{reason}。")),
    errors.ModelMissing: (BAD_MODEL, lambda e: f"没有找到模型{f'“{e.name}”' if e.name else ''}，请先安装一个。"),
    errors.ModelBroken: (BAD_MODEL, _by_reason(_MODEL_REASONS, "模型“{name}”打不开：{reason}。请重新安装。")),
    errors.NotEnoughMemory: (BAD_MODEL, _memory),
    errors.ProcessorUnfit: (
        BAD_MODEL,
        lambda _: (
            "写作引擎是给别的处理器编译的，在这台电脑上跑不了。请在这台电脑上重新安装（make clean 后再 make run）。"
        ),
    ),
    errors.WorkerCrashed: (BAD_MODEL, lambda _: "写作进程意外停了，已写完的都在，请再试一次。"),
    errors.StoreTooNew: (BAD_STORE, lambda _: "数据是更新版本的程序写的，请升级本程序再打开。"),
    errors.StoreUnusable: (BAD_STORE, _by_reason(_STORE_REASONS, "数据打不开：{reason}。")),
    errors.DownloadFailed: (BAD_NETWORK, lambda e: f"下载“{e.name}”没有成功：{e.reason}。已下载的部分留着，可以再试。"),
    errors.RemoteFailed: (BAD_NETWORK, lambda e: f"模型服务器没有答好：{e.reason}。请检查地址，或改用本机模型。"),
}
