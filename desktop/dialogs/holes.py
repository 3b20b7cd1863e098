"""The holes of a template, one line each, filled before it is used."""

from __future__ import annotations

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QComboBox, QDialog, QWidget

from desktop.widgets.basics import LineEdit, button, column, label, row
from desktop.widgets.tokens import SPACE_1, SPACE_4, SPACE_5
from desktop.words import say
from engine.domain.records import Template, Variable, VariableType

WIDTH_CHARACTERS = 26
FORMS = {VariableType.NUMBER: r"\d{1,9}", VariableType.PRICE: r"\d{1,9}(\.\d{1,2})?"}
HINTS = {
    VariableType.NUMBER: "填一个整数",
    VariableType.PRICE: "填金额，例如 59 或 9.9",
    VariableType.DATE: "例如：11月11日",
    VariableType.TEXT: "",
}


class HolesDialog(QDialog):
    """``filled`` brings name → content when every hole has something that fits."""

    filled = Signal(dict)

    def __init__(self, parent: QWidget, template: Template) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(template.title)
        self.editors: dict[str, LineEdit | QComboBox] = {v.name: _editor(v) for v in template.variables}
        self.take = button("填进商品资料", self._take, "primary")
        self.take.setDefault(True)
        parts = []
        for name, editor in self.editors.items():
            title = label("", "field")
            title.setText(name)
            parts.append(column(title, editor, spacing=SPACE_1))
            if isinstance(editor, LineEdit):
                editor.textChanged.connect(self._look)
        box = column(*parts, row(None, button("取消", self.reject), self.take), spacing=SPACE_4)
        box.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        self.setLayout(box)
        self.setFixedWidth(WIDTH_CHARACTERS * self.fontMetrics().horizontalAdvance("字"))
        self._look()

    def _look(self) -> None:
        lines = [editor for editor in self.editors.values() if isinstance(editor, LineEdit)]
        self.take.setEnabled(all(line.text().strip() and line.hasAcceptableInput() for line in lines))

    def _take(self) -> None:
        values = {
            name: editor.currentText() if isinstance(editor, QComboBox) else editor.text().strip()
            for name, editor in self.editors.items()
        }
        self.filled.emit(values)
        self.accept()


def _editor(variable: Variable) -> LineEdit | QComboBox:
    made: LineEdit | QComboBox
    if variable.type is VariableType.CHOICE and variable.choices:
        made = QComboBox()
        made.addItems(list(variable.choices))
        made.setCurrentText(variable.default or variable.choices[0])
    else:
        made = LineEdit()
        made.setText(variable.default)
        if hint := HINTS.get(variable.type, ""):
            say(made.setPlaceholderText, hint)
        if form := FORMS.get(variable.type):
            made.setValidator(QRegularExpressionValidator(QRegularExpression(form), made))
    made.setAccessibleName(variable.name)
    return made
