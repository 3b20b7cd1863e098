"""Is what the draft says in the brief? Numbers, materials, origins, ingredients, certificates, brands, promises.

Everything the seller gave (``Brief.all_text``) is the only source. A claim of the draft is supported when the brief
holds the same quantity on the same scale, the same word, or another name of the same thing (纯棉 and 全棉). What is
denied (不含酒精), compared (像丝绸) or a mere scene is not a claim. False alarms cost trust, so doubtful words need a
context that asserts them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from engine.domain.brief import Brief
from engine.domain.finding import Finding, FindingKind, Severity
from engine.text.quantities import COUNT, Quantity, find_quantities

DENIED = re.compile(
    r"(?:不含|不加|不添加|没加|没有|没放|无添加|无|非|不是|未加|未添加|零|0添加|而不是|不用|代替|替代|告别|别买|避开|除了|不像|比起?|不比|"
    r"胜过|像|如|似|仿佛|好像|怕|刮|擦|洗|扔|不是普通|不同于|仿|未必|禁|谢绝)[^，。！？；,;\n]{0,4}$"
)
DENIED_AFTER = re.compile(r"^(?:似的|一样|般|除外|过敏|也没有|不包括|另计|另购|需另)")
DENIED_LIST = re.compile(r"(?:不含|不加|不添加|没加|无添加|未添加|没有|不放)[^，。！？；\n]{0,16}$")
MATERIAL_CLAIM = re.compile(r"^(?:材质|面料|制|做|的|质地|打造|织|外壳|机身|底|面|内胆|表面|填充|款)")
SCENE_GARMENT = re.compile(r"^(?:服(?!装)|鞋|马甲|大衣|袋子?|背包|衫|缸)")
IDIOM_NUMBERS = re.compile(r"加起来|三伏天|360\s?度|24\s?小时|3D|4K|1对1|一对一|100%|100％|7×24|^1[.、]|0添加|零添加")
HARD_DIMENSIONS = frozenset(
    {"mass", "volume", "money", "discount", "power", "charge", "sound", "voltage", "frequency", "age"}
)
COUNTED_CHINESE = frozenset("节期码册抽")
MIN_OVERLAP = 0.5
SHORT_OVERLAP = 1 / 3
"""Parts of a value's two-character pieces that must be said; four characters are two words, one of which will do."""


@dataclass(frozen=True, slots=True)
class _Kind:
    key: str
    name: str
    strong: tuple[str, ...]
    weak: tuple[str, ...]
    groups: tuple[frozenset[str], ...]

    def names_of(self, word: str) -> frozenset[str]:
        """Every name of the same thing."""
        return frozenset({word}).union(*(group for group in self.groups if word in group))


class FactChecker:
    """Matches drafts to briefs by the vocabulary in ``facts.json``; read at the first check."""

    def __init__(self, lexicons: Path) -> None:
        self._lexicons = lexicons

    def check(self, text: str, brief: Brief, must_say: tuple[str, ...] = ()) -> tuple[Finding, ...]:
        """Claims without support in the brief, then what had to be said and is not, in order of start."""
        source = "\n".join((brief.all_text(), *must_say))  # what must be said is the seller's own word
        found = [*self._numbers(text, source)]
        for key in ("material", "ingredient", "promise", "brand"):
            found += self._words(text, source, self._kinds[key])
        found += [*self._origins(text, source), *self._certificates(text, source)]
        found += [_missing(text, phrase) for phrase in must_say if phrase and _flat(phrase) not in _flat(text)]
        return _without_overlaps(found)

    @cached_property
    def _raw(self) -> dict[str, Any]:
        data: dict[str, Any] = json.loads((self._lexicons / "facts.json").read_text(encoding="utf-8"))
        return data

    @cached_property
    def _kinds(self) -> dict[str, _Kind]:
        return {key: _kind(key, row) for key, row in self._raw.items()}

    @cached_property
    def _patterns(self) -> dict[str, re.Pattern[str]]:
        return {key: _alternation(kind.strong) for key, kind in self._kinds.items() if kind.strong}

    @cached_property
    def _origin_rules(self) -> tuple[re.Pattern[str], re.Pattern[str]]:
        row = self._raw["origin"]
        return re.compile(rf"(?:{row['claims']})[^，。！？\n]{{0,4}}$"), re.compile(rf"^(?:{row['allowed_after']})")

    @cached_property
    def _certificate(self) -> re.Pattern[str]:
        return re.compile("|".join(self._raw["certificate"]["patterns"]))

    def _numbers(self, text: str, source: str) -> Iterator[Finding]:
        known = find_quantities(source)
        for quantity in find_quantities(text):
            if _is_claim(quantity, text) and not _supported(quantity, known, source):
                words = text[quantity.start : quantity.end]
                yield _finding(text, quantity.start, quantity.end, *_number_rule(quantity), words.strip())

    def _words(self, text: str, source: str, kind: _Kind) -> Iterator[Finding]:
        flat = source.lower()
        for match in self._patterns[kind.key].finditer(text):
            word = match.group()
            if any(name.lower() in flat for name in kind.names_of(word)) or _denied(text, match):
                continue
            if (word in kind.weak or SCENE_GARMENT.match(text[match.end() :])) and not _asserted(text, match):
                continue
            yield _finding(text, match.start(), match.end(), f"fact.{kind.key}", kind.name, word)

    def _origins(self, text: str, source: str) -> Iterator[Finding]:
        claims, scene = self._origin_rules
        pairs = [frozenset(pair) for pair in self._raw["origin"]["pairs"]]
        for match in self._patterns["origin"].finditer(text):
            word = match.group()
            names = frozenset({word}).union(*(pair for pair in pairs if word in pair))
            if (
                any(name in source for name in names)
                or _denied(text, match)
                or text[match.start() - 1 : match.end()] == "东西藏"
            ):
                continue
            before, after = text[max(0, match.start() - 10) : match.start()], text[match.end() : match.end() + 8]
            if scene.match(after) and not claims.search(before):
                continue
            yield _finding(text, match.start(), match.end(), "fact.origin", "产地", word)

    def _certificates(self, text: str, source: str) -> Iterator[Finding]:
        for match in self._certificate.finditer(text):
            core = re.sub(r"认证|标准|产品|检测|技术|设计|配方|报告|婴幼儿|面料|证书", "", match.group()).strip()
            if (core and core.lower() in source.lower()) or match.group() in source or _denied(text, match):
                continue
            yield _finding(text, match.start(), match.end(), "fact.certificate", "认证", match.group())


def coverage(text: str, brief: Brief) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Which attribute values and points the text says, and which it leaves out: ``(covered, missed)``.

    A value counts as said when its quantities are there on any scale and half of its two-character pieces stand in
    the text; the offer counts when all its quantities do.
    """
    wanted = [a.value for a in brief.attributes if _worth_saying(a.value)] + list(brief.points)
    if brief.offer:
        wanted.append(brief.offer)
    said = find_quantities(text)
    flat = _flat(text)
    covered = tuple(value for value in wanted if _says(value, flat, said))
    return covered, tuple(value for value in wanted if value not in covered)


def _worth_saying(value: str) -> bool:
    return bool(value.strip()) and not re.search(r"其他|其它|other|^否$|^是$|^无$|^\d{8,}$", value)


def _says(value: str, flat: str, said: list[Quantity]) -> bool:
    alternatives = [piece for piece in re.split(r"[、，,；;/]", value) if piece.strip()]
    hits = sum(_says_one(piece, flat, said) for piece in alternatives)
    return hits >= max(1, (len(alternatives) + 1) // 2)


def _says_one(piece: str, flat: str, said: list[Quantity]) -> bool:
    wanted = find_quantities(piece)
    if wanted and not all(any(q.same_as(other) for other in said) for q in wanted):
        return False
    letters = _flat(_without(piece, wanted))
    if len(letters) < 2:
        return bool(wanted) or letters in flat
    if letters in flat:
        return True
    pairs = [letters[i : i + 2] for i in range(len(letters) - 1)]
    return sum(pair in flat for pair in pairs) >= (SHORT_OVERLAP if len(letters) <= 4 else MIN_OVERLAP) * len(pairs)


def _without(text: str, quantities: list[Quantity]) -> str:
    for quantity in reversed(quantities):
        text = text[: quantity.start] + text[quantity.end :]
    return text


def _flat(text: str) -> str:
    return re.sub(r"[\s，。！？、；：,.!?;:“”\"'·*×xX（）()【】\[\]\-—~]+", "", text).lower()


def _kind(key: str, row: dict[str, Any]) -> _Kind:
    groups = tuple(frozenset(group) for group in row.get("groups", ()))
    strong = row.get("strong") or sorted({word for group in groups for word in group})
    return _Kind(key, row["name"], tuple(strong) if "patterns" not in row else (), tuple(row.get("weak", ())), groups)


def _alternation(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(words, key=len, reverse=True))))


def _is_claim(quantity: Quantity, text: str) -> bool:
    """Whether the number states a fact of the product rather than an idiom, a list mark or a scene."""
    around = text[max(0, quantity.start - 4) : quantity.end + 3]
    if IDIOM_NUMBERS.search(around):
        return False
    if not quantity.chinese:
        bare_one = quantity.dimension == COUNT and quantity.number <= 1
        return not bare_one and not re.match(r"[\ufe0f\u20e3]", text[quantity.end : quantity.end + 1])
    return _chinese_claim(quantity, text)


def _chinese_claim(quantity: Quantity, text: str) -> bool:
    if quantity.unit == "块" and text[quantity.end : quantity.end + 1] != "钱":
        return False
    if quantity.dimension == "age":
        return quantity.number > 1 and text[quantity.end : quantity.end + 1] != "的"
    if quantity.unit in ("度", "圆", "米", "寸", "折", "升") and quantity.number < 2 and quantity.unit != "折":
        return False
    if quantity.dimension in HARD_DIMENSIONS:
        return quantity.number > 1 and text[quantity.end : quantity.end + 1] not in ("叠", "服", "腾", "子")
    return quantity.unit in COUNTED_CHINESE and quantity.number >= 10


def _supported(quantity: Quantity, known: list[Quantity], source: str) -> bool:
    if any(quantity.same_as(other) for other in known):
        return True
    if quantity.dimension in ("year", "month", "time"):
        return any(other.number == quantity.number and other.dimension in ("year", "month", "time") for other in known)
    return _as_percent(quantity, known)


def _as_percent(quantity: Quantity, known: list[Quantity]) -> bool:
    """五折 and 50 %: the same reduction in two words."""
    scale = {"discount": 10.0, "percent": 0.1}.get(quantity.dimension)
    other = {"discount": "percent", "percent": "discount"}.get(quantity.dimension)
    return scale is not None and any(k.dimension == other and k.value == quantity.value * scale for k in known)


def _number_rule(quantity: Quantity) -> tuple[str, str]:
    if quantity.dimension in ("money", "discount"):
        return "fact.price", "价格"
    if quantity.dimension in ("month", "year"):
        return "fact.date", "日期"
    return "fact.number", "数字"


def _denied(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 24) : match.start()]
    if DENIED.search(before) or DENIED_AFTER.match(text[match.end() :]):
        return True
    return bool(DENIED_LIST.search(before)) and "、" in before[-6:]


def _asserted(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 6) : match.start()]
    after = text[match.end() : match.end() + 4]
    return bool(
        re.search(
            r"(?:含|添加|加入|富含|蕴含|采用|选用|搭配|成分|材质|甄选|配方|支持|享|赠|送|提供)[^，。]{0,3}$", before
        )
    ) or bool((MATERIAL_CLAIM.match(after) and after[:1] != "的") or re.match(r"成分|配方|提取物|精华|精粹", after))


def _finding(text: str, start: int, end: int, rule: str, name: str, words: str) -> Finding:
    reason = f"{name} {words}：商品信息里没有"
    return Finding(FindingKind.FACT, Severity.RISKY, start, end, text[start:end], rule, reason, name)


def _missing(text: str, phrase: str) -> Finding:
    end = len(text)
    return Finding(FindingKind.FACT, Severity.RISKY, end, end, "", "fact.must_say", f"没有写到：{phrase}", "必写")


def _without_overlaps(findings: list[Finding]) -> tuple[Finding, ...]:
    kept: list[Finding] = []
    for finding in sorted(findings, key=lambda f: (f.start, -f.end)):
        if finding.start == finding.end or not kept or finding.start >= kept[-1].end:
            kept.append(finding)
    return tuple(kept)
