"""The English catalogue of the window: which words it needs, and its compiled form.

    python scripts/translations.py          list the words without a translation; 1 when there are any
    python scripts/translations.py compile  write assets/i18n/zhanggui_en.qm from zhanggui_en.ts (needs pyside6-lrelease)

Needed are all Chinese texts that stand in ``desktop`` outside docstrings, and the names that the engine's tables hold.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import sysconfig
import xml.etree.ElementTree as ElementTree
from dataclasses import fields
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
CATALOGUE = ROOT / "assets" / "i18n" / "zhanggui_en.ts"
CHINESE = re.compile("[\u4e00-\u9fff]")

NOT_WORDS = frozenset({"字", "{stem}-文案.xlsx", "活动：", "卖点：", "人群：", "牌子", "店名"})
"""Chinese that nobody reads as words of the window: a measure of width, a file's name, the form of a template's lines, names
that an attribute may have."""


def needed() -> dict[str, str]:
    """Every text that needs a translation, with the place where it stands."""
    found = {text: name for path in sorted((ROOT / "desktop").rglob("*.py")) for text, name in _texts(path)}
    return {text: name for text, name in (found | _of_engine()).items() if text not in NOT_WORDS}


def translations() -> dict[str, str]:
    """Source to English."""
    messages = ElementTree.parse(CATALOGUE).getroot().iter("message")
    return {m.findtext("source") or "": m.findtext("translation") or "" for m in messages}


def compile_catalogue() -> None:
    """Write the binary form beside the source."""
    tool = Path(sysconfig.get_path("scripts")) / "pyside6-lrelease"
    subprocess.run([str(tool), str(CATALOGUE), "-qm", str(CATALOGUE.with_suffix(".qm"))], check=True)


def _texts(path: Path) -> list[tuple[str, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    return [
        (node.value, path.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        if id(node) not in silent and CHINESE.search(node.value)
    ]


def _of_engine() -> dict[str, str]:
    from engine.domain import CHANNELS, Tone
    from engine.domain.preference import GOAL_NAMES
    from engine.files.columns import FIELD_TITLES
    from engine.ranking.features import FEATURES
    from engine.ranking.style import TRAIT_WORDS
    from engine.settings import Settings
    from engine.usecases.audiences import RULES
    from engine.usecases.campaigns import VERDICTS
    from engine.usecases.redaction import PersonalData

    declared = [f.metadata["setting"] for f in fields(Settings) if f.name not in ("model", "mirror")]
    texts = [text for spec in CHANNELS.values() for text in (spec.name, spec.instruction)]
    texts += [tone.value for tone in Tone] + list(FIELD_TITLES.values()) + [kind.value for kind in PersonalData]
    texts += [text for rule in RULES for text in (rule.name, rule.description)]
    texts += [*GOAL_NAMES.values(), *VERDICTS, "；", *TRAIT_WORDS, *(w for f in FEATURES for w in (f.more, f.less))]
    for setting in declared:
        texts += [setting.title, setting.sentence, *(choice.title for choice in setting.choices)]
    return {text: "engine" for text in texts if CHINESE.search(text)}


def main(arguments: list[str]) -> int:
    """List what is missing, or compile."""
    if arguments == ["compile"]:
        compile_catalogue()
        return 0
    have = translations()
    missing = {text: name for text, name in needed().items() if not have.get(text)}
    for text, name in missing.items():
        print(f"{name}: {text!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
