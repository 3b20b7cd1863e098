"""Rewrite the table of Python packages in THIRD_PARTY_LICENSES.md from the metadata of what is installed.

The packages are those that a seller's install brings: the project's dependencies and theirs, no extras. What stands
outside the two marker lines is written by hand and kept.
"""

from __future__ import annotations

import re
from importlib import metadata
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "THIRD_PARTY_LICENSES.md"
START, END = "<!-- packages: start -->", "<!-- packages: end -->"

# Packages whose metadata name no licence, read from the licence files that they ship.
READ_BY_HAND = {"peewee": "MIT"}
SHORT_NAMES = {"MIT License": "MIT", "BSD License": "BSD-3-Clause", "Apache 2.0": "Apache-2.0"}


def licence_of(package: metadata.Distribution) -> str:
    """The SPDX expression where the metadata have one, else the short text or the classifier."""
    facts = package.metadata
    classifiers = [line.split(" :: ")[-1] for line in facts.get_all("Classifier") or [] if line.startswith("License")]
    read_by_hand = READ_BY_HAND.get(facts["Name"].lower())
    known = [facts.get("License-Expression"), read_by_hand, facts.get("License"), *classifiers]
    found = next((text for text in known if text and len(text) < 80), "see the package")
    return SHORT_NAMES.get(found, found)


def shipped_packages(root: str = "zhanggui") -> list[metadata.Distribution]:
    """The dependencies of ``root`` and theirs, without extras, as far as they are installed; sorted by name."""
    found: dict[str, metadata.Distribution] = {}
    waiting = [root]
    while waiting:
        name = _normal(waiting.pop())
        if name in found:
            continue
        try:
            found[name] = metadata.distribution(name)
        except metadata.PackageNotFoundError:
            continue
        needs = found[name].requires or []
        waiting += [re.split(r"[\s;<>=!~\[(]", need)[0] for need in needs if "extra ==" not in need]
    found.pop(root, None)
    return [found[name] for name in sorted(found)]


def main() -> None:
    """Rewrite the table."""
    rows = [f"| {p.metadata['Name']} | {p.version} | {licence_of(p)} |" for p in shipped_packages()]
    table = "\n".join([START, "| package | version | licence |", "|---|---|---|", *rows, END])
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(page[: page.index(START)] + table + page[page.index(END) + len(END) :], encoding="utf-8")
    print(f"{len(rows)} packages in {PAGE.name}")


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
