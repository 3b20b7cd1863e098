"""Which type each tensor gets: rules of (pattern, type), the first that matches decides; vectors always stay float32.

Q4_0 and IQ4_NL are repacked for the CPU when they are loaded and are about twice as fast as Q5_0 in reading prompts, at
the same 4.5 bits; of the two IQ4_NL, whose levels are not evenly spaced, loses less. K-quants need rows of 256.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gguf import GGML_QUANT_SIZES, GGMLQuantizationType

from convert.errors import ConvertRefused, Refusal
from engine.errors import FileUnreadable

Q = GGMLQuantizationType
ALLOWED_TYPES = (Q.F32, Q.F16, Q.Q4_0, Q.IQ4_NL, Q.Q5_0, Q.Q8_0, Q.Q4_K, Q.Q5_K, Q.Q6_K, Q.IQ4_XS)


@dataclass(frozen=True, slots=True)
class Rule:
    """Tensors whose whole name matches the regular expression get the type."""

    pattern: str
    type: GGMLQuantizationType


@dataclass(frozen=True, slots=True)
class Recipe:
    """A named list of rules."""

    name: str
    rules: tuple[Rule, ...]


RECIPES: Mapping[str, Recipe] = {
    recipe.name: recipe
    for recipe in (
        # What training.grid trains for: quantising such a checkpoint changes no weight.
        Recipe("grid", (Rule(r"token_embd.*", Q.Q5_0), Rule(r".*", Q.Q4_0))),
        Recipe("q4_0", (Rule(r"token_embd.*", Q.Q8_0), Rule(r".*", Q.Q4_0))),
        Recipe("iq4_nl", (Rule(r"token_embd.*", Q.Q8_0), Rule(r".*", Q.IQ4_NL))),
        Recipe("q8_0", (Rule(r".*", Q.Q8_0),)),
        Recipe("f16", (Rule(r".*", Q.F16),)),
    )
}


def find_recipe(name_or_path: str) -> Recipe:
    """A recipe of the table, or one from a JSON file: ``{"name": …, "rules": [["pattern", "TYPE"], …]}``."""
    if name_or_path in RECIPES:
        return RECIPES[name_or_path]
    path = Path(name_or_path)
    if path.suffix != ".json":
        raise ConvertRefused(Refusal.BAD_RECIPE, f"there is no recipe {name_or_path}; known are {', '.join(RECIPES)}")
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        rules = tuple(Rule(_checked(pattern), type_named(kind)) for pattern, kind in data["rules"])
        return Recipe(str(data["name"]), rules)
    except OSError as error:
        raise FileUnreadable(path, error.strerror or "it cannot be opened") from error
    except (ValueError, KeyError, TypeError) as error:
        raise ConvertRefused(Refusal.BAD_RECIPE, f"{path.name} has no name or no list of [pattern, type]") from error


def recipe_json(recipe: Recipe) -> str:
    """The recipe in the form that ``find_recipe`` reads."""
    rules = [[rule.pattern, rule.type.name] for rule in recipe.rules]
    return json.dumps({"name": recipe.name, "rules": rules}, indent=1)


def type_of(recipe: Recipe, name: str, shape: Sequence[int]) -> GGMLQuantizationType:
    """The type of a tensor (shape in numpy order); refuses rows that the type's blocks do not divide."""
    if len(shape) < 2:
        return Q.F32
    kind = next((rule.type for rule in recipe.rules if re.fullmatch(rule.pattern, name)), None)
    if kind is None:
        raise ConvertRefused(Refusal.BAD_RECIPE, f"{recipe.name} says nothing about {name}")
    block = GGML_QUANT_SIZES[kind][0]
    if shape[-1] % block:
        raise ConvertRefused(Refusal.BAD_RECIPE, f"{name}: rows of {shape[-1]}, {kind.name} needs multiples of {block}")
    return kind


def type_named(name: str) -> GGMLQuantizationType:
    """A type that recipes may use, by llama.cpp's name."""
    kind = next((kind for kind in ALLOWED_TYPES if kind.name == name), None)
    if kind is None:
        known = ", ".join(kind.name for kind in ALLOWED_TYPES)
        raise ConvertRefused(Refusal.BAD_RECIPE, f"there is no type {name}; known are {known}")
    return kind


def _checked(pattern: str) -> str:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ConvertRefused(Refusal.BAD_RECIPE, f"{pattern} is no regular expression ({error})") from error
    return pattern
