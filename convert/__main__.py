"""``python -m convert``: gguf | adapter | importance | plan | quantize | compare | verify | install.

Exit codes: 0 done, 1 a verification that failed, 2 wrong usage, 3 a conversion that was refused or a file that could
not be read or written (one line on the error output says why).
"""

from __future__ import annotations

import argparse
import json
import logging
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.errors import EngineError, FileUnreadable, FileUnwritable

EXIT_FAILED, EXIT_REFUSED = 1, 3
DEFAULT_WINDOWS = 8
DEFAULT_TYPES = ("IQ4_NL", "Q5_0", "Q8_0")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    options = _parser().parse_args(arguments)
    logging.basicConfig(level=logging.DEBUG if options.verbose else logging.ERROR, format="%(name)s: %(message)s")
    try:
        return int(options.run(options))
    except (FileUnreadable, FileUnwritable) as error:
        sys.stderr.write(f"convert: {error.path}: {error.reason}\n")
    except EngineError as error:
        sys.stderr.write(f"convert: {error}\n")
    except OSError as error:
        sys.stderr.write(f"convert: {error.filename}: {error.strerror}\n")
    return EXIT_REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m convert", description=__doc__)
    parser.add_argument("--verbose", action="store_true", help="show what llama.cpp says")
    commands = parser.add_subparsers(required=True, metavar="command")
    for add in (
        _add_gguf,
        _add_adapter,
        _add_importance,
        _add_plan,
        _add_quantize,
        _add_compare,
        _add_verify,
        _add_install,
    ):
        add(commands)
    return parser


def _command(commands: Any, name: str, words: str, run: Callable[[argparse.Namespace], int]) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(name, help=words, description=words)
    parser.add_argument("--threads", type=int, default=1)
    parser.set_defaults(run=run)
    return parser


def _paths(parser: argparse.ArgumentParser, *names: str) -> None:
    for name in names:
        parser.add_argument(f"--{name}", type=Path, required=True)


def _add_gguf(commands: Any) -> None:
    parser = _command(commands, "gguf", "checkpoint folder to F16 GGUF", _gguf)
    _paths(parser, "checkpoint", "out")
    parser.add_argument("--name", required=True)
    parser.add_argument("--licence", default="apache-2.0")
    parser.add_argument("--base-model", required=True)
    parser.add_argument("--base-url", default="")
    parser.add_argument("--base-organisation", default="")
    parser.add_argument("--description", default="")
    parser.add_argument("--pad-vocabulary", action="store_true", help="fill embedding rows without a token")


def _gguf(options: argparse.Namespace) -> int:
    from convert.gguf_model import ModelOrigin, convert_checkpoint

    origin = ModelOrigin(
        name=options.name,
        licence=options.licence,
        base_model=options.base_model,
        base_url=options.base_url,
        base_organisation=options.base_organisation,
        description=options.description,
    )
    _say_files([convert_checkpoint(options.checkpoint, options.out, origin, pad_tokens=options.pad_vocabulary)])
    return 0


def _add_adapter(commands: Any) -> None:
    parser = _command(commands, "adapter", "LoRA folder to GGUF adapter", _adapter)
    _paths(parser, "adapter", "checkpoint", "out")
    parser.add_argument("--name", required=True)


def _adapter(options: argparse.Namespace) -> int:
    from convert.adapter import convert_adapter

    _say_files([convert_adapter(options.adapter, options.checkpoint, options.out, options.name)])
    return 0


def _add_importance(commands: Any) -> None:
    parser = _command(commands, "importance", "mean squared inputs of every matrix over texts", _importance)
    _paths(parser, "checkpoint", "texts", "out")
    parser.add_argument("--windows", type=int, default=48, help="windows of 512 tokens")


def _importance(options: argparse.Namespace) -> int:
    from convert.importance import collect_importance, save_importance

    windows = _windows(options)
    found = collect_importance(options.checkpoint, windows, options.texts.name, threads=options.threads)
    save_importance(found, options.out)
    _say(f"{len(found.columns)} matrices, {found.tokens} tokens -> {options.out.name}")
    return 0


def _add_plan(commands: Any) -> None:
    parser = _command(commands, "plan", "a recipe that spends a number of bytes where they save the most", _plan)
    _paths(parser, "checkpoint", "f16", "texts", "out")
    parser.add_argument("--importance", type=Path)
    parser.add_argument("--type", action="append", help="a type to choose from; IQ4_NL, Q5_0 and Q8_0 when left out")
    parser.add_argument("--windows", type=int, default=4)
    parser.add_argument("--max-bytes", type=int, default=205_000_000)


def _plan(options: argparse.Namespace) -> int:
    from convert.importance import load_importance
    from convert.plan import plan_recipe, price_tensors
    from convert.recipes import recipe_json, type_named
    from convert.staging import write_text

    types = tuple(type_named(name) for name in options.type or DEFAULT_TYPES)
    importance = load_importance(options.importance) if options.importance else None
    prices = price_tensors(options.checkpoint, options.f16, _windows(options), types, importance, options.threads)
    plan = plan_recipe(options.f16, prices, options.max_bytes, options.out.stem)
    write_text(options.out, recipe_json(plan.recipe) + "\n")
    rows = [[p.tensor, p.type.name, p.size, p.loss] for p in plan.prices]
    write_text(options.out.with_suffix(".prices.json"), json.dumps(rows) + "\n")
    _say(f"{options.out.name}: at most {plan.size} bytes, expected divergence {plan.loss:.4f} nats a token")
    return 0


def _add_quantize(commands: Any) -> None:
    parser = _command(commands, "quantize", "F16 GGUF to quantised shards", _quantize)
    _paths(parser, "f16", "out")
    parser.add_argument("--recipe", required=True, help="a name of convert/recipes.py or a .json file")
    parser.add_argument("--importance", type=Path)
    parser.add_argument("--max-shard-bytes", type=int, default=95_000_000)
    parser.add_argument("--max-bytes", type=int, default=205_000_000, help="of all shards; 0 for no limit")


def _quantize(options: argparse.Namespace) -> int:
    from convert.importance import load_importance
    from convert.quantise import QuantiseOptions, quantise
    from convert.recipes import find_recipe

    importance = load_importance(options.importance) if options.importance else None
    limits = QuantiseOptions(options.max_shard_bytes, options.max_bytes, options.threads)
    _say_files(quantise(options.f16, options.out, find_recipe(options.recipe), importance, limits))
    return 0


def _add_compare(commands: Any) -> None:
    parser = _command(commands, "compare", "divergence, size and speed of several recipes", _compare)
    _paths(parser, "f16", "checkpoint", "texts", "out")
    parser.add_argument("--recipe", action="append", required=True)
    parser.add_argument("--importance", type=Path, help="each recipe is tried with and without it")
    parser.add_argument("--windows", type=int, default=DEFAULT_WINDOWS)
    parser.add_argument("--no-speed", action="store_true", help="measure divergence only")


def _compare(options: argparse.Namespace) -> int:
    from convert.compare import Bench, compare_recipes, comparison_table
    from convert.importance import load_importance
    from convert.recipes import find_recipe
    from convert.staging import write_text

    matrices = [None, load_importance(options.importance)] if options.importance else [None]
    trials = [(find_recipe(name), matrix) for name in options.recipe for matrix in matrices]
    bench = Bench(options.f16, tuple(_windows(options)), options.out.parent, options.threads, not options.no_speed)
    results = compare_recipes(bench, trials)
    write_text(options.out, json.dumps([asdict(r) for r in results], indent=1) + "\n")
    _say(comparison_table(results))
    return 0


def _add_verify(commands: Any) -> None:
    parser = _command(commands, "verify", "prove a GGUF against its checkpoint; report beside the file", _verify)
    _paths(parser, "checkpoint", "f16", "lines", "texts")
    parser.add_argument("--model", type=Path, help="the quantised file or its first shard")
    parser.add_argument("--windows", type=int, default=DEFAULT_WINDOWS)
    parser.add_argument("--hard-lines", type=int, default=1000)


def _verify(options: argparse.Namespace) -> int:
    from convert.report import VerifyPlan, report_markdown, verify, write_report

    plan = VerifyPlan(
        checkpoint=options.checkpoint,
        f16=options.f16,
        model=options.model,
        lines=options.lines,
        texts=options.texts,
        windows=options.windows,
        hard_lines=options.hard_lines,
        threads=options.threads,
    )
    found = verify(plan)
    write_report(found, (options.model or options.f16).parent)
    _say(report_markdown(found))
    return EXIT_FAILED if found.failures else 0


def _add_install(commands: Any) -> None:
    parser = _command(commands, "install", "model folder with shards, manifest and card", _install)
    _paths(parser, "model", "card", "folder")
    for name in ("name", "title", "base", "licence", "quantisation"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--prompt-format", default="brief-v1")
    parser.add_argument("--evaluation", type=Path, action="append", default=[], help="JSON files, named in it")


def _install(options: argparse.Namespace) -> int:
    from convert.checkpoint import read_json
    from convert.install import ModelFacts, install_model

    facts = ModelFacts(
        name=options.name,
        title=options.title,
        base=options.base,
        licence=options.licence,
        prompt_format=options.prompt_format,
        quantisation=options.quantisation,
        evaluation={path.stem: read_json(path) for path in options.evaluation},
    )
    manifest = install_model(options.model, options.card, options.folder, facts)
    _say(f"{manifest.name}: {len(manifest.files)} files, {manifest.size} bytes -> {options.folder}")
    return 0


def _windows(options: argparse.Namespace) -> list[list[int]]:
    from tokenizers import Tokenizer

    from convert.texts import read_texts, token_windows

    tokenizer = Tokenizer.from_file(str(options.checkpoint / "tokenizer.json"))
    return token_windows(tokenizer, read_texts(options.texts), limit=options.windows)


def _say_files(files: Sequence[Any]) -> None:
    for file in files:
        _say(f"{file.path} {file.size} {file.sha256}")


def _say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
