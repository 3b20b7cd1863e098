"""``python -m engine keywords``: words, a brief, a title's coverage and what reviews say, of whatever was pasted."""

from __future__ import annotations

import argparse
import json
from typing import Any

from engine.api import ReviewReport, Texts
from engine.domain import Brief
from engine.files.atomic import write_text

SHOWN_ASPECTS = 8


def keywords(options: argparse.Namespace, text: str, texts: Texts) -> tuple[dict[str, Any], str]:
    """Facts, and the same in words."""
    facts: dict[str, Any] = {}
    blocks: list[str] = []
    if text.strip():
        brief = texts.parse_pasted(text)
        _add_words(facts, blocks, texts, text, brief, options)
    if options.reviews is not None:
        report = texts.read_reviews(options.reviews)
        facts["reviews"] = _review_facts(report)
        blocks.append(_review_lines(report))
    return facts, "\n\n".join(blocks) or "没有内容。请给一段商品文字，或用 --reviews 给一张评价表。"


def _add_words(
    facts: dict[str, Any], blocks: list[str], texts: Texts, text: str, brief: Brief, options: argparse.Namespace
) -> None:
    words, guesses = texts.keywords(text, options.limit), texts.guesses(text)
    facts |= {
        "keywords": words,
        "brief": brief.to_dict(),
        "guesses": [{"name": g.name, "value": g.value, "start": g.start, "end": g.end} for g in guesses],
    }
    blocks += [f"关键词：{'、'.join(words)}", _brief_lines(brief)]
    if options.title:
        score = texts.title_score(options.title, brief)
        facts["title"] = {"score": round(score.score, 4), "found": list(score.found), "missing": list(score.missing)}
        missing = f"，还没有：{'、'.join(score.missing)}" if score.missing else ""
        found = f"有：{'、'.join(score.found)}" if score.found else "一个搜索词也没有"
        blocks.append(f"标题带了 {score.score:.0%} 的搜索词。{found}{missing}。")
    if options.brief_out is not None:
        write_text(options.brief_out, json.dumps(brief.to_dict(), ensure_ascii=False, indent=1))
        blocks.append(f"商品资料已存到 {options.brief_out}。")


def _brief_lines(brief: Brief) -> str:
    lines = [f"商品：{brief.product}"]
    lines += [f"{attribute.name}：{attribute.value}" for attribute in brief.attributes]
    lines += [f"卖点：{'；'.join(brief.points)}"] if brief.points else []
    lines += [f"人群：{brief.audience}"] if brief.audience else []
    lines += [f"优惠：{brief.offer}"] if brief.offer else []
    return "\n".join(lines)


def _review_facts(report: ReviewReport) -> dict[str, Any]:
    return {
        "column": report.column,
        "count": report.reviews,
        "good": report.good,
        "aspects": [
            {
                "aspect": a.aspect,
                "praised": a.praised,
                "complained": a.complained,
                "praise": a.praise,
                "complaint": a.complaint,
            }
            for a in report.aspects
        ],
    }


def _review_lines(report: ReviewReport) -> str:
    lines = [f"读了 {report.reviews} 条评价（{report.column} 一列），{report.good} 条是好评。"]
    for aspect in report.aspects[:SHOWN_ASPECTS]:
        line = f"{aspect.aspect}：{aspect.praised} 次夸，{aspect.complained} 次抱怨"
        line += f"；夸的如“{aspect.praise}”" if aspect.praise else ""
        line += f"；抱怨的如“{aspect.complaint}”" if aspect.complaint else ""
        lines.append(line)
    return "\n".join(lines)
