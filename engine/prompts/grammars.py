"""The form of a channel as a grammar (GBNF) that the decoder keeps to, for channels whose form can be said so.

A grammar holds what can be counted: lines, labels, characters. Whether a line is worth reading is left to the model, the
checks and the ranking. Paragraphs have no grammar.
"""

from __future__ import annotations

from engine.domain import CHANNELS, Channel, Form

_FORMS = {
    Form.ONE_LINE: r"""root ::= [^\n]{8,30}""",
    Form.THREE_LINES: r"""root ::= line "\n" line "\n" line
line ::= [^\n]{12,30}""",
    Form.LABELLED_LINES: r"""root ::= line ("\n" line){2,4}
line ::= [^\n：:，。]{2,8} "：" [^\n]{4,60}""",
    Form.SHORT_LINES: r"""root ::= line ("\n" line){3,5}
line ::= [^\n]{4,45}""",
    Form.NOTE: r"""root ::= [^\n#]{2,20} "\n" ([^\n#]{2,200} "\n"){1,5} tag (" "? tag){2,4}
tag ::= "#" [^#\n ]{2,16}""",
    Form.MESSAGE: r"""root ::= "【" [^【】\n]{1,12} "】" [^【】\n]{12,52} "拒收请回复R" """,
}
THINKING = r"""root ::= ("<think>" [^<]* "</think>" [\n]*)? form
"""


def grammar_of(channel: Channel, *, thinks: bool = False) -> str:
    """The channel's grammar, "" where its form is free; ``thinks`` lets a model think before it."""
    grammar = _FORMS.get(CHANNELS[channel].form, "").strip()
    return THINKING + grammar.replace("root ::=", "form ::=") if grammar and thinks else grammar
