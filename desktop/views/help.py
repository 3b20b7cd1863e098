"""Help: how to write the first text in a minute, all shortcuts, where the logs are, what this program is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.widgets.basics import button, card, column, label, page, row
from desktop.widgets.tokens import SPACE_2, SPACE_5
from desktop.words import tr

STEPS = (
    "1. 在“商品名称”里写上您卖什么；有整段资料的，点“粘贴资料，自动填好”。",
    "2. 选一个渠道：标题、详情页、小红书、朋友圈……",
    "3. 点“写 4 条”。文案并排写出来，最推荐的排在前面。",
    "4. 有下划线的地方请看一眼：红色是违规，黄色有风险，蓝色是资料里没有。点一下就能换掉。",
    "5. 直接在文案上改，改好点“复制”，粘贴到平台上。",
)
KEYS = (
    ("Ctrl+回车", "开始写"),
    ("Esc", "停止"),
    ("Alt+1 … 9", "复制第几条"),
    ("Ctrl+D", "收藏正在改的这条"),
    ("Ctrl+Z / Ctrl+Y", "撤销 / 重做"),
    ("Ctrl+K", "搜索"),
    ("F6", "到下一栏"),
    ("F1", "帮助"),
)


class HelpView(QWidget):
    """One page to read."""

    tour_wanted = Signal()
    sample_wanted = Signal()
    logs_wanted = Signal()

    def __init__(self, version: str) -> None:
        super().__init__()
        self._version = version
        self.about = label("", wrap=True)
        steps = [label(step, wrap=True) for step in STEPS]
        keys = QGridLayout()
        keys.setHorizontalSpacing(SPACE_5)
        for line, (key, words) in enumerate(KEYS):
            keys.addWidget(label(key, "quiet"), line, 0)
            keys.addWidget(label(words), line, 1)
        keys.setColumnStretch(1, 1)
        self.tour = button("带我走一遍", self.tour_wanted.emit, "primary")
        sample = button("拿样品试试", self.sample_wanted.emit)
        logs = button("打开日志文件夹", self.logs_wanted.emit, tip="日志里没有您的商品和文案")
        cards = (
            card(column(label("一分钟上手", "heading"), *steps, row(self.tour, sample, None), spacing=SPACE_2)),
            card(column(label("快捷键", "heading"), keys, spacing=SPACE_2)),
            card(column(label("关于", "heading"), self.about, row(logs, None), spacing=SPACE_2)),
        )
        self.setLayout(column(page("帮助", *cards)))
        self.show_words()

    def show_words(self) -> None:
        """What is made of data, in the language of now."""
        self.about.setText(
            tr(
                "掌柜文案 {version}，Apache-2.0 许可。所用的开源软件和许可见 THIRD_PARTY_LICENSES.md。\n一切都在这台电脑上，什么也不上传。",
                version=self._version,
            )
        )
