"""The form of a channel as a grammar (GBNF) that the decoder keeps to, for channels whose form can be said so.

A grammar holds what can be counted: lines, labels, topics. Its bounds on characters lie beyond what the channel wants, since
a line that reaches one is cut in the middle of a word; the finishing (``engine.usecases.shape``), the checks and the ranking
see to the rest. Paragraphs have no grammar.
"""

from __future__ import annotations

from engine.domain import CHANNELS, Channel, Form

_FORMS = {
    Form.ONE_LINE: r"""root ::= [^\n]{8,45}""",
    Form.THREE_LINES: r"""root ::= line "\n" line "\n" line
line ::= [^\n]{8,40}""",
    Form.LABELLED_LINES: r"""root ::= line ("\n" line){2,4}
line ::= [^\n：:，。]{2,16} "：" [^\n]{4,60}""",
    Form.SHORT_LINES: r"""root ::= line ("\n" line){3,5}
line ::= [^\n]{3,60}""",
    Form.NOTE: r"""root ::= [^\n#]{2,30} "\n" ([^\n#]{2,200} "\n"){1,5} tag (" "? tag){2,4}
tag ::= "#" [^#\n ]{2,16}""",
    Form.MESSAGE: r"""root ::= "【" [^【】\n]{1,12} "】" [^【】\n]{12,75} "拒收请回复R" """,
}
THINKING = r"""root ::= ("<think>" [^<]* "</think>" [\n]*)? form
"""


def grammar_of(channel: Channel, *, thinks: bool = False) -> str:
    """The channel's grammar, "" where its form is free; ``thinks`` lets a model think before it."""
    grammar = _FORMS.get(CHANNELS[channel].form, "").strip()
    return THINKING + grammar.replace("root ::=", "form ::=") if grammar and thinks else grammar
