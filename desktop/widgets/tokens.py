"""Colours, spaces and sizes of the design, light and dark; every text colour has a contrast of at least 4.5:1."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme."""

    surface: str
    card: str
    ink: str
    quiet: str
    line: str
    field: str
    hover: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_soft: str
    accent_ink: str
    ok: str
    warn: str
    warn_ink: str
    fact: str
    bad: str
    selection: str

    def as_dict(self) -> dict[str, str]:
        """Name to colour, for the style sheet."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


LIGHT = Theme(
    surface="#FAFAF7",
    card="#FFFFFF",
    ink="#1E2328",
    quiet="#646B73",
    line="#E6E4DE",
    field="#FFFFFF",
    hover="#F1EFEA",
    accent="#C8442D",
    accent_hover="#B03A25",
    on_accent="#FFFFFF",
    accent_soft="#FBEDE9",
    accent_ink="#A93521",
    ok="#2F7D4F",
    warn="#B7791F",
    warn_ink="#855610",
    fact="#2B6CB0",
    bad="#C0271D",
    selection="#F3CFC7",
)

DARK = Theme(
    surface="#17181A",
    card="#1F2124",
    ink="#E8E6E1",
    quiet="#9AA0A6",
    line="#2E3136",
    field="#26292D",
    hover="#2A2D31",
    accent="#E0664F",
    accent_hover="#EA7B66",
    on_accent="#17181A",
    accent_soft="#3A2420",
    accent_ink="#F0937F",
    ok="#5BB381",
    warn="#D9A441",
    warn_ink="#D9A441",
    fact="#6AA5E0",
    bad="#F0766C",
    selection="#5A332B",
)

SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_5, SPACE_6 = 4, 8, 12, 16, 24, 32
CONTROL_RADIUS = 6
CARD_RADIUS = 10
TEXT_CONTROL = 13
TEXT_DRAFT = 16
TEXT_TITLE = 20
TEXT_SMALL = 12
LINE_HEIGHT_PERCENT = 145
ICON = 18
TOAST_MS = 10_000
TICK_MS = 50
CHECK_MS = 250
SAVE_MS = 600
ANSWER_MS = 2000
FOLLOW_MS = 120
VEIL_ALPHA = 70
FONT_FAMILIES = (
    "PingFang SC",
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "sans-serif",
)
