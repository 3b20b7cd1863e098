"""What the seller tells about a product: the only source of facts for a draft."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

from engine.domain.channels import Tone
from engine.errors import BriefInvalid, ChoiceUnknown

MAX_BRIEF_CHARACTERS = 3000
"""Longer briefs are refused: about 2,000 tokens, half of the default context."""

ADGEN_PRODUCT_KEY = "类型"


@dataclass(frozen=True, slots=True)
class Attribute:
    """One fact as a pair, e.g. 材质 雪纺."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Brief:
    """A product as its seller describes it; ``source`` is an existing text for the four text tasks."""

    product: str
    category: str = ""
    attributes: tuple[Attribute, ...] = ()
    points: tuple[str, ...] = ()
    audience: str = ""
    tone: Tone = Tone.NONE
    offer: str = ""
    source: str = ""

    def with_source(self, source: str) -> Brief:
        """The same brief about another text."""
        return replace(self, source=source)

    def checked(self) -> Brief:
        """The brief with surrounding space and empty pairs gone.

        Raises:
            BriefInvalid: nothing to write about, or more than ``MAX_BRIEF_CHARACTERS``.
        """
        tidy = replace(
            self,
            product=self.product.strip(),
            category=self.category.strip(),
            attributes=tuple(
                Attribute(a.name.strip(), a.value.strip())
                for a in self.attributes
                if a.name.strip() and a.value.strip()
            ),
            points=tuple(p.strip() for p in self.points if p.strip()),
            audience=self.audience.strip(),
            offer=self.offer.strip(),
            source=self.source.strip(),
        )
        if not (tidy.product or tidy.attributes or tidy.points or tidy.source):
            raise BriefInvalid("product", "empty")
        length = len(tidy.all_text())
        if length > MAX_BRIEF_CHARACTERS:
            raise BriefInvalid(tidy._longest_field(), "too_long", f"{length}/{MAX_BRIEF_CHARACTERS}")
        return tidy

    def all_text(self) -> str:
        """Every word the seller gave, joined by line breaks: what facts are checked against."""
        pairs = [f"{a.name} {a.value}" for a in self.attributes]
        parts = [self.product, self.category, *pairs, *self.points, self.audience, self.offer, self.source]
        return "\n".join(part for part in parts if part)

    def _longest_field(self) -> str:
        sizes = {
            "product": len(self.product),
            "attributes": sum(len(a.name) + len(a.value) for a in self.attributes),
            "points": sum(map(len, self.points)),
            "audience": len(self.audience),
            "offer": len(self.offer),
            "source": len(self.source),
        }
        return max(sizes, key=lambda name: sizes[name])

    def to_dict(self) -> dict[str, Any]:
        """Plain JSON values; ``from_dict`` reads them back."""
        return {
            "product": self.product,
            "category": self.category,
            "attributes": [[a.name, a.value] for a in self.attributes],
            "points": list(self.points),
            "audience": self.audience,
            "tone": self.tone.value,
            "offer": self.offer,
            "source": self.source,
        }

    @classmethod
    def from_dict(cls, data: Any) -> Brief:
        """Read a brief from JSON values; attributes may be pairs or an object.

        Raises:
            BriefInvalid: not an object, an unknown field, or a field of the wrong type.
            ChoiceUnknown: a tone that does not exist.
        """
        if not isinstance(data, dict):
            raise BriefInvalid("brief", "wrong_type", "object")
        known = {f.name for f in fields(cls)}
        for name in data:
            if name not in known:
                raise BriefInvalid(str(name), "unknown_field")
        texts = {name: _text(data, name) for name in ("product", "category", "audience", "offer", "source")}
        return cls(
            attributes=_attributes(data.get("attributes") or []),
            points=_points(data.get("points") or []),
            tone=parse_tone(_text(data, "tone")),
            **texts,
        )


def parse_tone(name: str) -> Tone:
    """The tone of this Chinese name; raises ``ChoiceUnknown``."""
    try:
        return Tone(name.strip())
    except ValueError:
        raise ChoiceUnknown("tone", name, tuple(t.value for t in Tone if t.value)) from None


def parse_attribute_line(text: str) -> tuple[Attribute, ...]:
    """Pairs from ``属性#值*属性#值`` (AdvertiseGen's form); pieces without # are passed over."""
    pieces = (piece.partition("#") for piece in text.split("*"))
    return tuple(Attribute(name.strip(), value.strip()) for name, mark, value in pieces if mark and value.strip())


def _text(data: dict[str, Any], name: str) -> str:
    value = data.get(name, "")
    if value is None:
        return ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise BriefInvalid(name, "wrong_type", "text")
    return value


def _attributes(value: Any) -> tuple[Attribute, ...]:
    if isinstance(value, str):
        return parse_attribute_line(value)
    pairs = list(value.items()) if isinstance(value, dict) else value
    if not isinstance(pairs, list):
        raise BriefInvalid("attributes", "wrong_type", "pairs")
    found = []
    for pair in pairs:
        if not isinstance(pair, (list, tuple)) or len(pair) != 2:
            raise BriefInvalid("attributes", "wrong_type", "pairs")
        name, content = pair
        joined = "、".join(map(str, content)) if isinstance(content, list) else str(content)
        found.append(Attribute(str(name), joined))
    return tuple(found)


def _points(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise BriefInvalid("points", "wrong_type", "texts")
    return tuple(value)
