"""A poster from a draft: its words, how picture and words share it, its size; it is drawn anew with every change."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QDialog, QFrame, QPlainTextEdit, QWidget

from desktop.errors import ErrorWords
from desktop.poster.drawing import Drawn
from desktop.poster.fitting import Role
from desktop.poster.values import PIXELS, Arrangement, Ground, PosterWish, PosterWords, Shape
from desktop.widgets.basics import LineEdit, button, column, holder, label, row, scrolled, set_role
from desktop.widgets.finding_popup import finding_look
from desktop.widgets.one_of import Choice, OneOf
from desktop.widgets.picture_view import PictureView
from desktop.widgets.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_5
from desktop.words import say, tr
from engine.domain import Finding

REDRAW_MS = 90
BODY_LINES = 4
SHOWN_FINDINGS = 3
WIDTH_CHARACTERS, HEIGHT_LINES = 66, 40
SIDE_CHARACTERS = 24
ARRANGEMENTS = (
    Choice(Arrangement.BELOW, "上图下文", "图片在上，文字在下"),
    Choice(Arrangement.FULL, "满版", "图片铺满，文字压在图片下方"),
    Choice(Arrangement.SIDE, "左文右图", "文字在左边一栏，图片在右边"),
)
SHAPES = (
    Choice(Shape.NOTE, "小红书 3:4", "1080 × 1440"),
    Choice(Shape.SQUARE, "主图 1:1", "800 × 800"),
    Choice(Shape.TALL, "竖屏 9:16", "1080 × 1920"),
)
GROUNDS = (
    Choice(Ground.LIGHT, "浅色", "浅底深字，颜色取自图片"),
    Choice(Ground.DARK, "深色", "深底浅字，颜色取自图片"),
)
ROLE_NAMES = {Role.HEADLINE: "标题", Role.BODY: "正文", Role.BRAND: "品牌", Role.OFFER: "活动"}


class PosterDialog(QDialog):
    """Tells what is wished and shows what was drawn; ``wished`` comes when the keys rest."""

    wished = Signal()
    file_dropped = Signal(object)
    choose_wanted = Signal()
    export_wanted = Signal()

    def __init__(self, parent: QWidget, wish: PosterWish) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        say(self.setWindowTitle, "海报")
        self.view = PictureView("海报预览", "把商品图拖到这里，或点“选图片”")
        self._make_fields(wish.words)
        self._make_choices(wish)
        self._make_buttons()
        self._lay_out(parent)
        self._pause = QTimer(self, singleShot=True, interval=REDRAW_MS)
        self._pause.timeout.connect(self.wished)
        self._watch()
        self.show_drawn(None)

    def _make_fields(self, words: PosterWords) -> None:
        self.headline, self.brand, self.offer = LineEdit(), LineEdit("可不填"), LineEdit("可不填")
        self.body = QPlainTextEdit()
        self.body.setTabChangesFocus(True)
        self.body.setFixedHeight((BODY_LINES + 1) * self.fontMetrics().lineSpacing())
        for editor, name in ((self.headline, "标题"), (self.body, "正文"), (self.brand, "品牌"), (self.offer, "活动")):
            say(editor.setAccessibleName, name)
        self.headline.setText(words.headline)
        self.body.setPlainText(words.body)
        self.brand.setText(words.brand)
        self.offer.setText(words.offer)
        for line in (self.headline, self.brand, self.offer):
            line.setCursorPosition(0)

    def _make_choices(self, wish: PosterWish) -> None:
        self.arrangement = OneOf("版式", ARRANGEMENTS)
        self.shape = OneOf("尺寸", SHAPES)
        self.ground = OneOf("底色", GROUNDS)
        for chips, value in (
            (self.arrangement, wish.arrangement),
            (self.shape, wish.shape),
            (self.ground, wish.ground),
        ):
            chips.set_value(value)

    def _make_buttons(self) -> None:
        self.choose = button("选图片", self.choose_wanted.emit, icon="picture", tip="JPG、PNG 或 WebP，也可以拖进来")
        self.close_it = button("关闭", self.reject)
        self.export = button("导出 PNG", self.export_wanted.emit, "primary")
        self.note, self.findings = label("", "small", wrap=True), label("", "bad", wrap=True)
        self.findings.hide()
        self._drawn: Drawn | None = None
        self._trouble: ErrorWords | None = None

    def _lay_out(self, parent: QWidget) -> None:
        rule = QFrame()
        rule.setObjectName("rule")
        fields = column(
            self.choose,
            *self._field("版式", self.arrangement),
            *self._field("尺寸", self.shape),
            *self._field("底色", self.ground),
            rule,
            *self._field("标题", self.headline),
            *self._field("正文", self.body),
            row(
                column(*self._field("品牌", self.brand), spacing=SPACE_1),
                column(*self._field("活动", self.offer), spacing=SPACE_1),
            ),
            None,
        )
        side = holder(fields, "page")
        fields.setContentsMargins(0, 0, SPACE_2, 0)
        character = self.fontMetrics().horizontalAdvance("字")
        foot = column(self.findings, self.note, row(None, self.close_it, self.export), spacing=SPACE_2)
        right = column(scrolled(side), foot, spacing=SPACE_3)
        fixed = holder(right)
        fixed.setFixedWidth(SIDE_CHARACTERS * character)
        box = row(self.view, fixed, spacing=SPACE_5)
        box.setStretch(0, 1)
        box.setContentsMargins(SPACE_5, SPACE_5, SPACE_5, SPACE_5)
        self.setLayout(box)
        wanted = QSize(WIDTH_CHARACTERS * character, HEIGHT_LINES * self.fontMetrics().lineSpacing())
        self.resize(wanted.boundedTo(parent.window().size() - QSize(SPACE_5, SPACE_5)))
        self.setAcceptDrops(True)

    def _field(self, name: str, widget: QWidget) -> tuple[QWidget, QWidget]:
        return label(name, "field"), widget

    def _watch(self) -> None:
        for line in (self.headline, self.brand, self.offer):
            line.textChanged.connect(lambda _text: self._went_on())
        self.body.textChanged.connect(self._went_on)
        for chips in (self.arrangement, self.shape, self.ground):
            chips.changed.connect(self._chose)
        self.view.dropped.connect(self.file_dropped)
        self.view.resized.connect(self._pause.start)

    def _went_on(self) -> None:
        self._trouble = None
        self._pause.start()

    def _chose(self) -> None:
        self._trouble = None
        self.wished.emit()

    # a picture may be dropped anywhere

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """As on the preview."""
        self.view.dragEnterEvent(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """As on the preview."""
        self.view.dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """As on the preview."""
        self.view.dropEvent(event)

    # what is wished

    def wish(self) -> PosterWish:
        """The poster as it is wished now."""
        words = PosterWords(self.headline.text(), self.body.toPlainText(), self.brand.text(), self.offer.text())
        return PosterWish(
            words,
            Arrangement(str(self.arrangement.value())),
            Shape(str(self.shape.value())),
            Ground(str(self.ground.value())),
        )

    def scale(self) -> float:
        """How large the preview is against the poster."""
        room, (width, height) = self.view.room(), PIXELS[self.wish().shape]
        return min(1.0, max(0.05, room.width() / width), max(0.05, room.height() / height))

    # what the presenter says

    def show_drawn(self, drawn: Drawn | None) -> None:
        """Show a poster, with what the seller should know of it."""
        self._drawn = drawn
        self.view.show_image(None if drawn is None else drawn.image)
        self.export.setEnabled(drawn is not None)
        self._show_notes()

    def show_findings(self, findings: tuple[Finding, ...]) -> None:
        """Say what in the words may not be published, or is not in the product's data."""
        self.findings.setVisible(bool(findings))
        shown = findings[:SHOWN_FINDINGS]
        if shown:
            set_role(self.findings, finding_look(shown[0])[2])
        self.findings.setText("\n".join(map(_finding_line, shown)))
        self.findings.setToolTip("\n".join(f"{finding.reason} {finding.article}".strip() for finding in shown))

    def _show_notes(self) -> None:
        drawn, trouble = self._drawn, self._trouble
        if trouble is not None:
            set_role(self.note, "bad")
            self.note.setText(f"{trouble.what}{trouble.advice}")
            return
        words = tr("先选一张商品图，文字已经放好了。") if drawn is None else _notes(drawn)
        set_role(self.note, "warn" if drawn is not None and (drawn.cut or drawn.soft) else "small")
        self.note.setText(words)

    def set_working(self, working: bool) -> None:
        """A picture is read or a poster written."""
        for made in (self.choose, self.export):
            made.setEnabled(not working and (made is self.choose or self.view.image is not None))
        if working:
            self._trouble = None
            set_role(self.note, "small")
            self.note.setText(tr("请稍等…"))

    def show_error(self, words: ErrorWords) -> None:
        """Say why a picture could not be read or a poster not be written, until the seller does something else."""
        self._trouble = words
        self._show_notes()


def _finding_line(finding: Finding) -> str:
    sign, words, _role = finding_look(finding)
    return f"{sign} {finding.text}：{tr(words)}" if finding.text else f"{sign} {finding.reason}"


def _notes(drawn: Drawn) -> str:
    """What was left out and what looks soft; otherwise the size that comes out."""
    notes = []
    if drawn.cut:
        names = "、".join(tr(ROLE_NAMES[role]) for role in drawn.cut)
        notes.append(tr("放不下：{names}后面省略了，请删短些。", names=names))
    if drawn.soft:
        notes.append(tr("图片偏小，放大后会有些糊。"))
    width, height = drawn.plan.size
    return "\n".join(notes) or tr("导出 {width} × {height} 像素", width=width, height=height)
