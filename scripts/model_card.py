"""Writes MODEL_CARD.md from the files that the pipeline left: base.json, log.jsonl, report.json and the evaluations.

    python scripts/model_card.py WORK OUT        WORK holds the files named in ``PARTS``; one that is missing is said so

The sense of the 40 drafts is a person's judgement, kept in ``judged.json``: a list of the numbers (from 1) of drafts in
which some clause means nothing or is untrue, each with the clause.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

PARTS = {
    "base": "base.json",
    "settings": "settings.json",
    "report": "report.json",
    "adgen": "adgen.json",
    "before": "adgen_f16.json",
    "corpus": "corpus.json",
    "briefs": "briefs.json",
    "judged": "judged.json",
}

HEAD = """# 掌柜小模型 (starter)

A small Chinese language model that drafts shop copy on a laptop without a network. It is made by this project's own
pipeline (docs/training.md) and ships in `assets/models/starter`.

- **Base:** Qwen2.5-Coder-0.5B-Instruct (Alibaba Cloud, Apache-2.0; official source `Qwen/Qwen2.5-Coder-0.5B-Instruct`). The
  weights used here came from a third-party upload of the Q4_K_M GGUF, SHA-256
  `1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32`, dequantised.
- **Changed:** vocabulary pruned to Chinese shop copy, feed-forward layers narrowed, LoRA fine-tuned, merged, quantised.
- **Licence:** Apache-2.0, as the base; the notice of the base is kept in THIRD_PARTY_LICENSES.md.
- **Prompt format:** `brief-v1` (`engine/prompts/brief_v1.py`), ChatML.

## Data

The project's own plain rows (`training/corpus`, 2,268 targets); the project's corpus with plain targets; plain targets for
real product records; 1,400 AdvertiseGen (Shao et al. 2019) and TaoDescribe (Chen et al. 2019) pairs, without `<UNK>` and
filtered for unlawful claims (research data: the texts are not in the repository); 60 literary rows at half weight. One
product in twenty is held back for evaluation. Chinese shop copy holds brand names; targets were written without them.

## Limits

It says given facts in plain sentences and little more. It can still invent a use or a small benefit, repeat a fact, or
write a clause that means nothing; every draft is checked for unlawful words and for numbers, materials and origins that
the brief does not have, and shown to a person. It knows no news, no prices and no law. Do not use it for medical,
financial or legal statements.
"""


def main(arguments: list[str]) -> int:
    """Write the card."""
    work, out = Path(arguments[0]), Path(arguments[1])
    found = {
        name: json.loads(path.read_text(encoding="utf-8"))
        for name, file in PARTS.items()
        if (path := work / file).exists()
    }
    log = [json.loads(line) for line in (work / "log.jsonl").read_text(encoding="utf-8").splitlines()]
    sections = [HEAD, _made(found, log), _proof(found), _adgen(found), _corpus(found), _drafts(found)]
    out.write_text("\n".join(section for section in sections if section), encoding="utf-8")
    missing = sorted(set(PARTS) - set(found))
    print(f"{out.name} written" + (f"; not there: {', '.join(missing)}" if missing else ""))
    return 0


def _made(found: dict[str, Any], log: list[dict[str, float]]) -> str:
    base, settings = found["base"], found["settings"]
    held = [row["held_loss"] for row in log if "held_loss" in row]
    tokens = max(row.get("tokens", 0) for row in log)
    rates = f"learning rate {settings['learning_rate']} in the last of its runs, 0.00015 before"
    flattery = " (on the copy by which neurons were chosen, which flatters; on other copy narrowing alone cost 0.034)"
    planned = next(row["tokens_planned"] for row in log if "tokens_planned" in row)
    return f"""## How it was made

| step | |
|---|---|
| vocabulary | {base["old_vocabulary"]:,} → {base["vocabulary"]:,} tokens |
| feed-forward width | {base["old_width"]} → {base["width"]} neurons a layer |
| parameters | {base["parameters"] / 1e6:.0f} M |
| loss before and after pruning{flattery} | {base["loss_before"]:.3f} → {base["loss_after"]:.3f} nats a token |
| fine-tuning | LoRA rank {settings["rank"]}, alpha {settings["alpha"]}, from layer {settings["first_layer"]}, {rates} |
| tokens read | {tokens:,.0f} of the {planned:,.0f} of one pass over the mixture, on two CPU cores, stopped by the clock |
| held-out loss, untrained → final | {held[0]:.3f} → {held[-1]:.3f} nats a target token |

Commands: `make model ORIGIN=… DATA=… WORK=…` runs `python -m training base | sft | merge` and
`python -m convert gguf | importance | quantize | verify | install`; see docs/training.md."""


def _proof(found: dict[str, Any]) -> str:
    report = found.get("report")
    if not report:
        return ""
    f16, quantised, sizes, speed = (
        report[k] for k in ("f16_against_pytorch", "quantised_against_f16", "sizes", "speed")
    )
    types = ", ".join(f"{name} {size / 1e6:.0f} MB" for name, size in sizes["bytes_by_type"].items())
    by_width = ", ".join(f"{width}: {rate:.0f}" for width, rate in speed["by_sequences"].items())
    return f"""
## Proof of the file (`python -m convert verify`)

| check | found |
|---|---|
| token ids against the Hugging Face tokenizer | {report["tokens"]["different"]} of {report["tokens"]["lines"] + report["tokens"]["hard_lines"]} lines differ |
| F16 against PyTorch | same first choice {f16["top1_agreement"]:.2%}, mean KL {f16["mean_kl"]:.1e} nats |
| quantised against F16 | same first choice {quantised["top1_agreement"]:.2%}, mean KL {quantised["mean_kl"]:.3f}, perplexity × {quantised["perplexity_ratio"]:.3f} |
| size | {sizes["file_bytes"]:,} bytes, {sizes["bits_per_weight"]:.2f} bits a weight ({types}) |
| tokens a second on {speed["threads"]} threads | prompt {speed["prompt"]:.0f}; by sequences {by_width} |"""


def _adgen(found: dict[str, Any]) -> str:
    adgen = found.get("adgen")
    if not adgen:
        return ""
    lines = [
        f"\n## AdvertiseGen dev, first {adgen['adgen']['items']} items (`python -m training evaluate --adgen dev_1070.jsonl --limit "
        f"{adgen['adgen']['items']}`)\n",
        f"The shipped GGUF through the engine: {adgen['candidates']} candidates at temperature {adgen['temperature']}, the consensus scored.\n",
        "| | BLEU-4 | ROUGE-1 | ROUGE-2 | ROUGE-L | coverage | invented | distinct-4 | repetition-4 | length |",
        "|---|---|---|---|---|---|---|---|---|---|",
        *(_adgen_row(row) for row in adgen["adgen"]["rows"]),
    ]
    spread = adgen["adgen"]["spread"]["cut"]
    if spread:
        lines.append(
            "\nMean and spread over seeds, cut: "
            + ", ".join(f"{k} {v[0]} ± {v[1]}" for k, v in spread.items() if k[0] in "br")
            + "."
        )
    before = found.get("before")
    if before:
        row = next(r for r in before["adgen"]["rows"] if str(r["name"]).startswith("model") and "cut" in str(r["name"]))
        lines.append(
            f"\nBefore quantisation (F16, first {before['adgen']['items']} items, one seed, cut): "
            f"BLEU-4 {row['bleu4']}, ROUGE-2 {row['rouge2']}, ROUGE-L {row['rouge_l']}."
        )
    return "\n".join(lines)


def _adgen_row(row: dict[str, Any]) -> str:
    keys = ("bleu4", "rouge1", "rouge2", "rouge_l", "coverage", "invented_rate", "distinct4", "repetition4", "length")
    return f"| {row['name']} | " + " | ".join(f"{row[k]:.1f}" if k == "length" else str(row[k]) for k in keys) + " |"


def _corpus(found: dict[str, Any]) -> str:
    corpus = found.get("corpus")
    if not corpus:
        return ""
    keys = ("texts", "form_kept", "length_kept", "ends_itself", "invented", "unlawful")
    rows = [f"| {r['task']} | {r['channel']} | " + " | ".join(str(r[k]) for k in keys) + " |" for r in corpus["corpus"]]
    head = "| task | channel | texts | form kept | length kept | ends by itself | invented facts | unlawful |"
    return "\n".join(
        ["\n## Held-back corpus rows (`python -m training evaluate --corpus`)\n", head, "|---" * 8 + "|", *rows]
    )


def _drafts(found: dict[str, Any]) -> str:
    briefs = found.get("briefs")
    if not briefs:
        return ""
    judged = {entry["number"]: entry["clause"] for entry in found.get("judged", [])}
    total = len(briefs["briefs"])
    lines = [
        f"\n## {total} unseen products, one consensus draft each, read clause by clause\n",
        f"Every clause means something true of the product in **{total - len(judged)} of {total}**; the others are marked with the clause.\n"
        if "judged" in found
        else "Not read yet.\n",
    ]
    for number, entry in enumerate(briefs["briefs"], 1):
        brief = entry["brief"]
        facts = "；".join(f"{n} {v}" for n, v in brief["attributes"]) + (
            f"；优惠 {brief['offer']}" if brief["offer"] else ""
        )
        lines.append(f"{number}. **{entry['channel']}** {brief['product']}（{facts}）\n")
        lines += [f"   > {line}" for line in entry["text"].split("\n")]
        lines.append(f"\n   ✗ {judged[number]}\n" if number in judged else "")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
