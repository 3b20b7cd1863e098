"""The last touch on a model's text: the outer form of its channel, without changing what it says."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from engine.domain import CHANNELS, Brief, Channel, Finding, FindingKind, Form, Severity, count_characters

SMS_OPT_OUT = "拒收请回复R"
SENTENCE_ENDS = "。！？!?…~～"
MAX_TITLE_CHARACTERS = 30

LEAST_PART = 0.8

TOPIC_ATTRIBUTES = frozenset({"风格", "款式", "图案", "适用季节", "适用场景", "口味", "裙型", "产地"})
MIN_TOPICS, MAX_TOPICS = 3, 4
MAX_TOPIC_CHARACTERS = 16

_CONTROL = re.compile(r"<\|[^|>]{0,40}\|?>?")
_BROKEN_CODE = re.compile(r"[A-Za-z0-9.×*/-]+$")
_SPACES = re.compile(r"[ \t\u3000]{2,}")


def tidy(text: str, channel: Channel, *, finished: bool, cut_off: bool = False) -> str:
    """``text`` in its channel's form.

    Args:
        finished: also set what belongs at the end (an SMS's opt-out), and drop stray marks there.
        cut_off: the model did not end by itself; an unfinished last sentence is dropped when something is left.
    """
    lines = [_SPACES.sub(" ", line).strip() for line in _CONTROL.sub("", text).replace("\r", "").split("\n")]
    body = "\n".join(line for line in lines if line)
    if not finished:
        return body
    form = CHANNELS[channel].form
    if cut_off:
        body = _drop_unfinished(body, form)
    return _FINISHERS.get(form, str)(body)


def with_hashtags(text: str, channel: Channel, brief: Brief) -> str:
    """A note whose last line has fewer than three topics gets more from the product's category, name and style."""
    if CHANNELS[channel].form is not Form.NOTE or not text:
        return text
    head, line = _without_topics(text)
    said = [topic for topic in re.split(r"[#\s]+", line) if topic]
    if len(said) >= MIN_TOPICS:
        return text
    words = [brief.category, brief.product, *(a.value for a in brief.attributes if a.name in TOPIC_ATTRIBUTES)]
    own = (re.sub(r"[^\w]", "", word) for word in words if word)
    more = [topic for topic in own if 1 < len(topic) <= MAX_TOPIC_CHARACTERS]
    topics = list(dict.fromkeys([*said, *more]))[:MAX_TOPICS]
    return f"{head}\n{' '.join(f'#{topic}' for topic in topics)}" if topics else text


def with_required(text: str, phrases: Sequence[str], channel: Channel) -> str:
    """``text`` with the phrases that it lacks, each a sentence (words of a title, lines where the form has lines) of its own.

    They come before what closes the form: topics, an opt-out. A title makes room by leaving its last words out.
    """
    for phrase in (p.strip() for p in phrases):
        if phrase and text and _bare(phrase) not in _bare(text):
            text = _ADDERS.get(CHANNELS[channel].form, _add_sentence)(text, phrase)
    return text


def fitted(text: str, length: int, channel: Channel) -> str:
    """``text`` without its last sentences as far as that brings it nearer to ``length`` characters; forms of lines keep theirs."""
    if CHANNELS[channel].form not in (Form.PARAGRAPHS, Form.NOTE):
        return text
    head, topics = _without_topics(text)
    while True:
        last = max((head.rfind(mark, 0, len(head) - 1) for mark in SENTENCE_ENDS + "\n"), default=-1)
        shorter = head[: last + 1].rstrip()
        if not shorter or abs(count_characters(shorter) - length) >= abs(count_characters(head) - length):
            return head + topics
        head = shorter


def short_of(text: str, length: int) -> tuple[Finding, ...]:
    """What to do about a text that has less than four fifths of the wanted characters."""
    size = count_characters(text)
    if size >= length * LEAST_PART:
        return ()
    reason = f"想要约{length}字，写到{size}字：资料里可说的都说了，再填几条属性或卖点就能写长"
    return (Finding(FindingKind.FORM, Severity.NOTE, len(text), len(text), "", "form.wanted_length", reason, "版式"),)


def _add_sentence(text: str, phrase: str) -> str:
    head, topics = _without_topics(text)
    return head + ("" if head[-1:] in SENTENCE_ENDS else "。") + phrase.rstrip("。") + "。" + topics


def _add_words(text: str, phrase: str) -> str:
    room = MAX_TITLE_CHARACTERS - len(phrase) - 1
    words = text.split(" ")
    while len(words) > 1 and len(" ".join(words)) > room:
        words.pop()
    kept = " ".join(words)
    if len(kept) > room:
        kept = _BROKEN_CODE.sub("", kept[: max(0, room)]).rstrip()
    return f"{kept} {phrase}" if kept else text


def _add_before_opt_out(text: str, phrase: str) -> str:
    body = text.removesuffix(SMS_OPT_OUT).rstrip()
    return body + ("" if body[-1:] in SENTENCE_ENDS else "。") + phrase.rstrip("。") + "。" + SMS_OPT_OUT


def _add_line(text: str, phrase: str) -> str:
    *lines, last = text.split("\n")
    return "\n".join([*lines, phrase, last])


def _add_labelled_line(text: str, phrase: str) -> str:
    return f"{text}\n说明：{phrase}"


def _add_to_shortest(text: str, phrase: str) -> str:
    lines = text.split("\n")
    at = min(range(len(lines)), key=lambda number: len(lines[number]))
    lines[at] = f"{lines[at].rstrip(SENTENCE_ENDS + '，,')}，{phrase}"
    return "\n".join(lines)


_ADDERS: dict[Form, Callable[[str, str], str]] = {
    Form.ONE_LINE: _add_words,
    Form.MESSAGE: _add_before_opt_out,
    Form.SHORT_LINES: _add_line,
    Form.LABELLED_LINES: _add_labelled_line,
    Form.THREE_LINES: _add_to_shortest,
}


def _without_topics(text: str) -> tuple[str, str]:
    """The text before its last line of topics, and that line with its break."""
    head, line_break, last = text.rpartition("\n")
    return (head, line_break + last) if head and last.startswith("#") else (text, "")


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _drop_unfinished(body: str, form: Form) -> str:
    if form in (Form.ONE_LINE, Form.MESSAGE) or not body:
        return body
    last = max((body.rfind(mark) for mark in SENTENCE_ENDS + "\n"), default=-1)
    return body[: last + 1].strip() if last >= len(body) // 3 else body


def _finish_title(body: str) -> str:
    title = body.split("\n")[0].strip().rstrip("。！!，,；;、.")
    if len(title) <= MAX_TITLE_CHARACTERS:
        return title
    cut = title[:MAX_TITLE_CHARACTERS]
    space = cut.rfind(" ")
    if space >= MAX_TITLE_CHARACTERS // 2:
        return cut[:space]
    return _BROKEN_CODE.sub("", cut) if _BROKEN_CODE.match(title[MAX_TITLE_CHARACTERS - 1 :]) else cut


def _finish_message(body: str) -> str:
    line = "".join(body.split("\n"))
    before = re.split(r"拒收请?回复?R?|退订回?\w?", line)[0].rstrip("，,；; ")
    if before and before[-1] not in SENTENCE_ENDS:
        before += "。"
    return before + SMS_OPT_OUT if before else ""


def _finish_three_lines(body: str) -> str:
    return "\n".join(body.split("\n")[:3])


_FINISHERS = {
    Form.ONE_LINE: _finish_title,
    Form.MESSAGE: _finish_message,
    Form.THREE_LINES: _finish_three_lines,
}
