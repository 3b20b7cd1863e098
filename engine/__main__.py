"""``python -m engine``: compose, batch, check, keywords, orders, history, models, templates, bundle, store (docs/cli.md)."""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from engine import __version__
from engine.cli import commands, order_commands, template_commands
from engine.cli.brief_options import add_brief_options
from engine.cli.words import BUG, STAGES, STOPPED, describe
from engine.domain import DEFAULT_CANDIDATES, Channel, Task
from engine.errors import EngineError
from engine.paths import Paths
from engine.progress import Step, Ticket

PROGRAM = "zhanggui-cli" if getattr(sys, "frozen", False) else "python -m engine"
MODEL_ACTIONS = ("list", "import", "download", "verify", "remove", "speed")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit codes stand in docs/cli.md."""
    options = _parser().parse_args(arguments)
    ticket = Ticket(_tell)
    previous = signal.signal(signal.SIGINT, lambda *_: ticket.cancel())
    logging.getLogger().addHandler(logging.NullHandler())
    try:
        return _run(options, ticket)
    except EngineError as error:
        code, sentence = describe(error)
        print(sentence, file=sys.stderr)
        return code
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        return BUG
    except Exception as error:  # the last frame of the process: a bug gets one line, its details go to the log
        logging.getLogger(__name__).exception("unexpected")
        print(f"程序出错了（{type(error).__name__}），请把这一行和做法告诉我们。", file=sys.stderr)
        return BUG
    finally:
        signal.signal(signal.SIGINT, previous)


def _tell(step: Step) -> None:
    if step.stage in STAGES:
        print(STAGES[step.stage], file=sys.stderr, flush=True)


def _run(options: argparse.Namespace, ticket: Ticket) -> int:
    if not options.needs_engine:
        from engine.api.texts import Texts

        return int(options.run(options, Texts(Paths.default().assets)))
    from engine.api import StoreDoor
    from engine.cli.store_commands import unlock

    door = StoreDoor()
    unlock(door)
    if options.run is commands.store:
        return int(options.run(options, door))
    with door.open() as engine:
        return int(options.run(options, engine, ticket))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=PROGRAM, description="掌柜文案：在自己的电脑上写商品文案。")
    parser.add_argument("--version", action="version", version=__version__)
    groups = parser.add_subparsers(required=True, metavar="命令")
    _compose(groups.add_parser("compose", help="写文案"))
    _batch(groups.add_parser("batch", help="给一张表格里的商品写文案"))
    _check(groups.add_parser("check", help="检查一段文案"))
    _keywords(groups.add_parser("keywords", help="取关键词，整理商品资料"))
    _orders(groups.add_parser("orders", help="从订单表看出有哪几类顾客"))
    _history(groups.add_parser("history", help="看写过的文案"))
    _models(groups.add_parser("models", help="看、导入、下载、校验、删除模型，测速"))
    _templates(groups.add_parser("templates", help="看、导入、导出模板"))
    _bundle(groups.add_parser("bundle", help="导出、查看、校验反馈包"))
    _store(groups.add_parser("store", help="看护资料：备份、恢复、口令、导出、抹掉"))
    return parser


def _compose(parser: argparse.ArgumentParser) -> None:
    add_brief_options(parser)
    parser.add_argument("--channel", default=Channel.DETAIL.value, help=" ".join(c.value for c in Channel))
    parser.add_argument("--task", default=Task.COMPOSE.value, help=" ".join(t.value for t in Task))
    parser.add_argument("-n", "--count", type=int, default=4, help="几条（1–16）")
    parser.add_argument("--candidates", type=int, default=DEFAULT_CANDIDATES, help="先写这么多条，再留下好的")
    parser.add_argument("--consensus", action="store_true", help="与其他几条最一致的排在前")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--length", type=int, help="大约多少字")
    parser.add_argument("--temperature", type=float)
    parser.add_argument("--domain", default="general", help="行业规则包")
    parser.add_argument("--template", default="", help="用这个模板（编号见 templates），渠道和语气由它定")
    parser.add_argument("--var", action="append", default=[], help="模板里的空，名字=内容，可写多次")
    parser.add_argument("--must-say", action="append", default=[], help="必须写到的话，可写多次")
    parser.add_argument("--never-say", action="append", default=[], help="不能出现的话，可写多次")
    _adapter_option(parser)
    _finish(parser, commands.compose)


def _batch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="输入.csv|.xlsx")
    parser.add_argument("target", type=Path, metavar="输出.csv|.xlsx")
    parser.add_argument("--channel", default=Channel.DETAIL.value, help="一个或几个，用逗号分开")
    parser.add_argument("-n", "--count", type=int, default=1)
    parser.add_argument("--candidates", type=int, default=4, help="每行先写这么多条，再留下好的")
    parser.add_argument("--seed", type=int)
    parser.add_argument("--resume", action="store_true", help="接着上次没写完的写")
    parser.add_argument("--replace", action="store_true", help="输出文件已有时重写")
    _adapter_option(parser)
    _finish(parser, commands.batch)


def _check(parser: argparse.ArgumentParser) -> None:
    _text_options(parser)
    parser.add_argument("--brief", type=Path, help="商品资料（JSON），给了就核对事实")
    parser.add_argument("--channel", default="")
    parser.add_argument("--domain", default="general")
    parser.add_argument("--fix", action="store_true", help="换掉能安全替换的说法")
    parser.add_argument("--clarity", action="store_true", help="也找含糊的地方")
    _finish(parser, commands.check, needs_engine=False)


def _keywords(parser: argparse.ArgumentParser) -> None:
    _text_options(parser)
    parser.add_argument("--limit", type=int, default=12, help="几个关键词")
    parser.add_argument("--title", default="", help="看看这个标题带了几个买家会搜的词")
    parser.add_argument("--reviews", type=Path, metavar="评价.csv|.xlsx", help="买家评价的表格：夸什么，抱怨什么")
    parser.add_argument(
        "--brief-out", type=Path, metavar="资料.json", help="把整理好的商品资料存成文件，给 compose --brief 用"
    )
    _finish(parser, commands.keywords, needs_engine=False)


def _orders(parser: argparse.ArgumentParser) -> None:
    order_commands.add_order_options(parser)
    _finish(parser, commands.orders)


def _history(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("search", nargs="?", default="")
    parser.add_argument("--limit", type=int, default=20)
    parser.add_argument("--favourites", action="store_true")
    _finish(parser, commands.history)


def _models(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", nargs="?", default="list", choices=MODEL_ACTIONS)
    parser.add_argument(
        "what", nargs="?", default="", help="import：文件或文件夹；download：仓库名（要联网）；verify、remove：模型名"
    )
    parser.add_argument("--file", default="", help="download：仓库里的哪个文件，空着就列出有哪些")
    _finish(parser, commands.models)


def _templates(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", nargs="?", default="list", choices=template_commands.ACTIONS)
    parser.add_argument("what", nargs="?", default="", help="show、delete：模板的编号；import、export：JSON 文件")
    _finish(parser, commands.templates)


def _bundle(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("export", "inspect", "verify"))
    parser.add_argument("file", type=Path)
    parser.add_argument(
        "--consent", action="store_true", help="我同意把选用、评分、文字和商品资料（去掉个人信息后）写进反馈包"
    )
    parser.add_argument("--recipient", default="", help="export：只给这个公钥（十六进制）的主人看")
    parser.add_argument("--epsilon", type=float, help="export：给汇总数字加噪声（差分隐私）")
    parser.add_argument("--private-key", type=Path, help="inspect、verify：打开密封包的私钥文件")
    _finish(parser, commands.bundle)


def _store(parser: argparse.ArgumentParser) -> None:
    from engine.cli.store_commands import add_store_options

    add_store_options(parser)
    _finish(parser, commands.store)


def _text_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", nargs="?", default="-", help="文本文件，- 为标准输入")
    parser.add_argument("--text", help="直接给一段文字")


def _adapter_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--adapter", action="append", default=[], metavar="文件[:强度]", help="给模型加上适配文件（LoRA），可写多次"
    )


def _finish(parser: argparse.ArgumentParser, run: object, *, needs_engine: bool = True) -> None:
    parser.add_argument("--json", action="store_true", help="输出 JSON")
    parser.set_defaults(run=run, needs_engine=needs_engine)


if __name__ == "__main__":
    multiprocessing.freeze_support()
    raise SystemExit(main())
