"""``python -m training``: base | pack | pretrain | sft | merge | evaluate | feedback | usage | words | characters |
discriminator | corpus-check.

Each command reads paths from its options and prints progress with time left; a run that was stopped goes on from its
last checkpoint when it is started again.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING

from training.corpus import check
from training.examples import corpus_examples, lawful, read_jsonl
from training.mixture import (
    DEFAULT_ADGEN_ROWS,
    DEFAULT_LITERARY_ROWS,
    formula_examples,
    plain_examples,
    sft_mixture,
    shuffled,
)

if TYPE_CHECKING:
    from training.packed import Packed

DEFAULT_DATA = Path("../shared/data")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; 0 when it succeeded, 1 when a check found problems, 2 for wrong usage."""
    options = _parser().parse_args(arguments)
    try:
        return int(options.run(options))
    except FileNotFoundError as error:
        print(f"training: not found: {error.filename}", file=sys.stderr)
        return 3


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    commands = parser.add_subparsers(required=True)
    base = commands.add_parser("base", help="prune a pre-trained model to a base checkpoint")
    base.add_argument("--origin", required=True, help="folder, hub name, or .gguf file")
    base.add_argument("--data", type=Path, default=DEFAULT_DATA)
    base.add_argument("--out", type=Path, required=True)
    base.add_argument("--vocabulary", type=int, default=22016)
    base.add_argument("--width", type=int, default=4096)
    base.set_defaults(run=_base)
    _training_options(
        commands.add_parser("pretrain", help="go on pre-training on plain Chinese of the trade"), "passages"
    )
    _training_options(commands.add_parser("sft", help="supervised fine-tuning"), "copy")
    pack = commands.add_parser("pack", help="tokenise a stage's data, to train where the corpora are not")
    pack.add_argument("--stage", choices=("passages", "copy"), required=True)
    pack.add_argument("--base", type=Path, required=True, help="whose tokenizer")
    pack.add_argument("--data", type=Path, default=DEFAULT_DATA)
    pack.add_argument("--adgen-rows", type=int, default=DEFAULT_ADGEN_ROWS)
    pack.add_argument("--literary-rows", type=int, default=DEFAULT_LITERARY_ROWS)
    pack.add_argument("--feedback", type=Path, help="folder made by `feedback`: sellers' choices are added")
    pack.add_argument("--out", type=Path, required=True)
    pack.set_defaults(run=_pack)
    merge = commands.add_parser("merge", help="write the merged checkpoint of an sft run")
    merge.add_argument("--run", dest="folder", type=Path, required=True)
    merge.add_argument("--base", type=Path, required=True)
    merge.add_argument("--out", type=Path, required=True)
    merge.set_defaults(run=_merge)
    _evaluate_options(commands.add_parser("evaluate", help="score the installed GGUF through the engine"))
    feedback = commands.add_parser("feedback", help="collect sellers' feedback bundles for retraining")
    feedback.add_argument("bundles", type=Path, nargs="+")
    feedback.add_argument("--out", type=Path, required=True, help="the folder that keeps every choice once")
    feedback.add_argument("--private-key", type=Path, help="file with the key (hex) that opens sealed bundles")
    feedback.set_defaults(run=_feedback)
    words = commands.add_parser("words", help="make the table of words from the installed jieba's dictionary")
    words.add_argument("--out", type=Path, default=Path("assets/lexicons/words.bin"))
    words.set_defaults(run=_words)
    usage = commands.add_parser("usage", help="count what the plain copy says of which facts and products")
    usage.add_argument("--data", type=Path, default=DEFAULT_DATA)
    usage.add_argument("--out", type=Path, default=Path("assets/lexicons/usage.json.gz"))
    usage.set_defaults(run=_usage)
    characters = commands.add_parser("characters", help="vectors of characters, for the shop's learned taste")
    characters.add_argument("--data", type=Path, default=DEFAULT_DATA)
    characters.add_argument("--out", type=Path, default=Path("assets/ranking/characters.npz"))
    characters.set_defaults(run=_characters)
    judge = commands.add_parser("discriminator", help="what tells a person's copy from the model's, for the ranking")
    judge.add_argument("--texts", type=int, default=900)
    judge.add_argument("--out", type=Path, default=Path("assets/ranking"))
    judge.set_defaults(run=_discriminator)
    corpus = commands.add_parser("corpus-check", help="check the project's own plain rows")
    corpus.add_argument("files", type=Path, nargs="*")
    corpus.set_defaults(run=_corpus_check)
    return parser


def _training_options(parser: argparse.ArgumentParser, stage: str) -> None:
    parser.add_argument("--base", type=Path, required=True)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--packed", type=Path, help="what `pack` wrote, instead of --data")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--rank", type=int, default=32, help="LoRA rank; 0 tunes all weights")
    parser.add_argument("--quantised", action="store_true", help="quantisation-aware (with --rank 0)")
    parser.add_argument("--learning-rate", type=float, default=1.5e-4)
    parser.add_argument("--weight-decay", type=float, default=0.0)
    parser.add_argument("--epochs", type=float, default=1.0)
    parser.add_argument("--adgen-rows", type=int, default=DEFAULT_ADGEN_ROWS)
    parser.add_argument("--literary-rows", type=int, default=DEFAULT_LITERARY_ROWS)
    parser.add_argument("--feedback", type=Path, help="folder made by `feedback`: sellers' choices are added")
    parser.add_argument("--step-tokens", type=int, default=3000)
    parser.add_argument(
        "--packs-at-once", type=int, default=1, help="sequences read side by side; 32 fills a large GPU"
    )
    parser.add_argument("--max-minutes", type=float)
    parser.set_defaults(run=_train, stage=stage)


def _evaluate_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--adgen", type=Path, metavar="DEV_1070.JSONL", help="AdvertiseGen's dev split")
    parser.add_argument("--corpus", action="store_true", help="held-back corpus rows")
    parser.add_argument("--briefs", type=Path, help="product records (JSON list) to write one draft for each")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    parser.add_argument("--model", type=Path, help="a model folder; the shipped one by default")
    parser.add_argument("--limit", type=int, default=0, help="only the first so many; 0 for all")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--candidates", type=int, default=8)
    parser.add_argument("--temperature", type=float, default=0.3)
    parser.add_argument("--out", type=Path, help="keep the whole result as JSON")
    parser.set_defaults(run=_evaluate)


def _evaluate(options: argparse.Namespace) -> int:
    from training import evaluate

    decodings = [
        evaluate.Decoding(options.candidates, options.temperature, seed) for seed in range(1, options.seeds + 1)
    ]
    found: dict[str, object] = {"candidates": options.candidates, "temperature": options.temperature}

    def told(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    with evaluate.Writer(options.model) as writer:
        if options.adgen:
            train = options.data / "advertisegen/train_5000.jsonl"
            found["adgen"] = evaluate.evaluate_adgen(options.adgen, train, writer, decodings, options.limit, told)
        if options.corpus:
            held = [e for e in plain_examples(options.data) if e.held_back]
            held = shuffled(held)[: options.limit or None]
            found["corpus"] = evaluate.evaluate_corpus(held, writer, decodings[0], told)
        if options.briefs:
            rng = random.Random(5)
            records = json.loads(options.briefs.read_text(encoding="utf-8"))[: options.limit or None]
            briefs = [evaluate.product_brief(record, rng) for record in records]
            found["briefs"] = evaluate.evaluate_briefs(briefs, writer, decodings[0], told)
    text = json.dumps(found, ensure_ascii=False, indent=1)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    print(text)
    return 0


def _base(options: argparse.Namespace) -> int:
    from training.base import BaseTexts, make_base

    plain = plain_examples(options.data)
    others = [*formula_examples(options.data), *lawful(corpus_examples(options.data, literary=True))]
    texts = [e.prompt.text + e.target for e in [*plain, *others]] + list(_market_texts(options.data))
    mixed = [e for pair in zip_longest(shuffled(plain)[:60], others[:20]) for e in pair if e is not None]
    calibration = [e.prompt.text + e.target + "<|im_end|>\n" for e in mixed if not e.held_back]
    seen = BaseTexts(texts, _common_words(), calibration)
    report = make_base(options.origin, seen, options.out, size=options.vocabulary, width=options.width)
    print(report)
    return 0


def _pack(options: argparse.Namespace) -> int:
    from training.packed import save_packed

    packed = _stage_trees(options)
    save_packed(packed, options.out)
    print(f"{packed.tokens} tokens in {len(packed.train)} trees, {len(packed.held)} trees held out")
    return 0


def _train(options: argparse.Namespace) -> int:
    from training.packed import load_packed
    from training.sft import SftRun, SftSettings

    packed = load_packed(options.packed) if options.packed else _stage_trees(options)
    settings = SftSettings(
        rank=options.rank,
        alpha=2 * options.rank,
        learning_rate=options.learning_rate,
        weight_decay=options.weight_decay,
        epochs=options.epochs,
        step_tokens=options.step_tokens,
        packs_at_once=options.packs_at_once,
        quantised=options.quantised,
        max_minutes=options.max_minutes,
    )
    run = SftRun(options.base, options.out, settings)
    options.out.mkdir(parents=True, exist_ok=True)
    print(f"{packed.tokens} tokens in {len(packed.train)} trees, {len(packed.held)} held out", flush=True)
    with (options.out / "log.jsonl").open("a", encoding="utf-8") as log:

        def report(facts: dict[str, float]) -> None:
            line = json.dumps({name: round(value, 4) for name, value in facts.items()})
            log.write(line + "\n")
            log.flush()
            print(line, flush=True)

        run.train(packed.train, packed.held, report)
    return 0


def _stage_trees(options: argparse.Namespace) -> Packed:
    from training.packed import copy_trees, passage_trees

    if options.stage == "passages":
        return passage_trees(options.base, options.data)
    return copy_trees(
        options.base, sft_mixture(options.data, options.adgen_rows, options.literary_rows, options.feedback)
    )


def _merge(options: argparse.Namespace) -> int:
    from tokenizers import Tokenizer

    from training.base import save_checkpoint
    from training.sft import SftRun, SftSettings

    settings = SftSettings(**json.loads((options.folder / "settings.json").read_text(encoding="utf-8")))
    run = SftRun(options.base, options.folder, settings)
    if not run.resume():
        raise FileNotFoundError(2, "no checkpoint", str(options.folder / "checkpoint.pt"))
    save_checkpoint(run.merged(), Tokenizer.from_file(str(options.base / "tokenizer.json")), options.out)
    return 0


def _feedback(options: argparse.Namespace) -> int:
    from training.feedback import collect, told

    key = options.private_key.read_text(encoding="ascii").strip() if options.private_key else ""
    found = collect(options.bundles, options.out, key)
    print("\n".join(told(found)))
    return 1 if any(taken.refused for taken in found) else 0


def _words(options: argparse.Namespace) -> int:
    from training.words import make_table

    table = make_table()
    table.write(options.out)
    print(f"{len(table)} words and beginnings of words")
    return 0


def _usage(options: argparse.Namespace) -> int:
    from training.usage import write_usage

    usage, shapes = write_usage([*plain_examples(options.data), *formula_examples(options.data)], options.out)
    print(
        f"{len(usage.names)} names, {len(usage.values)} values, {len(usage.kinds)} kinds, {len(usage.clauses)} clauses, "
        f"{len(shapes)} shapes"
    )
    return 0


def _characters(options: argparse.Namespace) -> int:
    from training.characters import write_space

    options.out.parent.mkdir(parents=True, exist_ok=True)
    print(f"{write_space(options.data, options.out)} characters")
    return 0


def _discriminator(options: argparse.Namespace) -> int:
    from training.discriminator import make_discriminator

    path, report = make_discriminator(options.out, options.texts, lambda line: print(line, file=sys.stderr, flush=True))
    print(f"{path}: accuracy {report.accuracy:.3f}, AUC {report.auc:.3f} on {report.held_out} texts held out")
    return 0


def _corpus_check(options: argparse.Namespace) -> int:
    files = options.files or sorted((Path(__file__).parent / "corpus").glob("plain*.jsonl"))
    return check.main([str(path) for path in files])


def _market_texts(data: Path) -> Iterator[str]:
    for name in ("products_2000.jsonl", "goods_239.jsonl"):
        for row in read_jsonl(data / "products" / name):
            yield json.dumps(row, ensure_ascii=False)
    with gzip.open(data / "reviews/online_shopping_10_cats.csv.gz", "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number >= 20000:
                return
            yield line


def _common_words() -> list[str]:
    import jieba

    path = Path(jieba.__file__).parent / "dict.txt"
    words = (line.split(" ") for line in path.read_text(encoding="utf-8").splitlines())
    return [word[0] for word in words if int(word[1]) >= 300] + [chr(code) for code in range(32, 127)]


if __name__ == "__main__":
    raise SystemExit(main())
