"""Does a text keep its channel's outer form? The platform's hard limits are findings, habits are notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from engine.domain.channels import CHANNELS, Channel, count_characters
from engine.domain.finding import Finding, FindingKind, Severity

TITLE_BYTES = 60
TITLE_CHARACTERS = 30
SMS_CHARACTERS = 70
HOOK_CHARACTERS = 20
EMOJI = re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\u2B50\u2B55\u231A\u231B\u23E9-\u23FA]\ufe0f?")
ANGLES = re.compile(r"[<>]")
OPT_OUT = re.compile(
    r"拒收请?(?:回复?|发)?\s*[A-Za-z0-9]|回复?\s*[A-Za-z]{1,2}\d?\s*(?:退订|拒收)|退订(?:请|回复?)\s*[A-Za-z]{1,2}"
)
SHOP_MARK = re.compile(r"^\s*【[^】\n]{1,20}】")
SMS_LAW = "《广告法》第四十三条第二款"
HASHTAG = re.compile(r"#[^\s#]{1,30}")
LABELLED = re.compile(r"^[^：:\n]{1,16}[：:].+")


def check_form(text: str, channel: str) -> tuple[Finding, ...]:
    """Form findings of ``text`` for a channel's key; an unknown or empty key gives none."""
    if channel not in set(Channel) or not text.strip():
        return ()
    known = Channel(channel)
    found = [*_common(text, known), *CHECKS.get(known, _nothing)(text)]
    return tuple(sorted(found, key=lambda f: (f.start, f.end)))


def _common(text: str, channel: Channel) -> Iterator[Finding]:
    spec = CHANNELS[channel]
    if not spec.emoji_allowed:
        for match in EMOJI.finditer(text):
            yield _place(text, match, Severity.RISKY, "form.emoji", f"{spec.name}里不能用表情符号", "")
    for match in ANGLES.finditer(text):
        wide = "＜" if match.group() == "<" else "＞"
        yield _place(text, match, Severity.RISKY, "form.angle", "半角尖括号会被平台拦下，改用全角", wide)
    if channel not in (Channel.TITLE, Channel.SMS) and count_characters(text) > spec.max_length * 1.5:
        yield _whole(
            text,
            Severity.NOTE,
            "form.length",
            f"{spec.name}一般不超过{spec.max_length}字，现在{count_characters(text)}字",
        )


def _nothing(_: str) -> Iterator[Finding]:
    yield from ()


def _title(text: str) -> Iterator[Finding]:
    size = sum(1 if ord(char) < 128 else 2 for char in text.strip())
    if size > TITLE_BYTES or count_characters(text) > TITLE_BYTES:
        yield _whole(
            text, Severity.RISKY, "form.title_bytes", f"标题最多60字节（{TITLE_CHARACTERS}个汉字），现在{size}字节"
        )
    if "\n" in text.strip():
        yield _whole(text, Severity.RISKY, "form.title_lines", "标题只能有一行")
    match = re.search(r"[。！？；!?;]\s*$", text)
    if match:
        yield _place(text, match, Severity.NOTE, "form.title_stop", "标题末尾不用标点", "")


def _sms(text: str) -> Iterator[Finding]:
    if not OPT_OUT.search(text):
        reason = "营销短信要写退订方式，例如“拒收请回复R”"
        yield _absent(text, Severity.UNLAWFUL, "form.sms_opt_out", reason, SMS_LAW)
    if not SHOP_MARK.match(text):
        yield _absent(text, Severity.UNLAWFUL, "form.sms_sender", "短信要以【店名】开头，表明是谁发的", SMS_LAW)
    if count_characters(text) > SMS_CHARACTERS:
        yield _whole(
            text,
            Severity.NOTE,
            "form.sms_length",
            f"超过{SMS_CHARACTERS}字会按两条计费，现在{count_characters(text)}字",
        )


def _feed_ad(text: str) -> Iterator[Finding]:
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) != 3:
        yield _whole(text, Severity.NOTE, "form.feed_lines", f"信息流广告要三行，现在{len(lines)}行")
    for line in lines:
        if not 12 <= len(line.strip()) <= 30:
            start = text.index(line)
            yield _made(
                text,
                start,
                start + len(line),
                Severity.NOTE,
                "form.feed_length",
                f"每行12到30字，这行{len(line.strip())}字",
            )


def _xiaohongshu(text: str) -> Iterator[Finding]:
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    tags = HASHTAG.findall(lines[-1]) if lines else []
    if not 3 <= len(tags) <= 5:
        yield _absent(text, Severity.NOTE, "form.hashtags", f"最后一行写3到5个话题，现在{len(tags)}个")
    if lines and len(lines[0]) > HOOK_CHARACTERS:
        start = text.index(lines[0])
        yield _made(text, start, start + len(lines[0]), Severity.NOTE, "form.hook", f"首行标题最多{HOOK_CHARACTERS}字")


def _selling_points(text: str) -> Iterator[Finding]:
    lines = [line for line in text.splitlines() if line.strip()]
    if not 3 <= len(lines) <= 5:
        yield _whole(text, Severity.NOTE, "form.point_lines", f"卖点写3到5行，现在{len(lines)}行")
    for line in lines:
        if not LABELLED.match(line.strip()):
            start = text.index(line)
            yield _made(text, start, start + len(line), Severity.NOTE, "form.point_label", "每行写成“小标题：一句话”")


CHECKS: dict[Channel, Callable[[str], Iterator[Finding]]] = {
    Channel.TITLE: _title,
    Channel.SMS: _sms,
    Channel.FEED_AD: _feed_ad,
    Channel.XIAOHONGSHU: _xiaohongshu,
    Channel.SELLING_POINTS: _selling_points,
}


def _made(text: str, start: int, end: int, severity: Severity, rule: str, reason: str) -> Finding:
    return Finding(FindingKind.FORM, severity, start, end, text[start:end], rule, reason, "版式")


def _place(text: str, match: re.Match[str], severity: Severity, rule: str, reason: str, fix: str) -> Finding:
    start, end = match.span()
    return Finding(FindingKind.FORM, severity, start, end, text[start:end], rule, reason, "版式", replacement=fix)


def _whole(text: str, severity: Severity, rule: str, reason: str) -> Finding:
    return _made(text, 0, len(text), severity, rule, reason)


def _absent(text: str, severity: Severity, rule: str, reason: str, article: str = "") -> Finding:
    end = len(text)
    return Finding(FindingKind.FORM, severity, end, end, "", rule, reason, "版式", article)
