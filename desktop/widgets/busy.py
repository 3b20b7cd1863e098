"""A line that shows that something works: stage, elapsed time, progress, time left."""

from __future__ import annotations

import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from desktop.widgets.basics import column, label
from desktop.widgets.tokens import SPACE_1
from desktop.words import tr
from engine.progress import Step

STAGES = {
    "load": "正在准备模型",
    "loading_model": "正在准备模型",
    "gpu_failed": "显卡没能用上，改用处理器写",
    "write": "正在写",
    "writing": "正在写",
    "copy": "正在拷贝",
    "import_model": "正在拷贝",
    "download_model": "正在下载",
    "look": "正在看有哪些",
    "speed": "正在试写",
    "verify": "正在校验",
    "verify_model": "正在校验",
    "import": "正在导入",
    "export": "正在导出",
    "bundle": "正在打包",
    "rows": "正在逐行处理",
    "orders": "正在读订单",
    "versions": "正在写各个版本",
}
LEFT_AFTER_S = 10.0


class BusyLine(QWidget):
    """Hidden while nothing happens."""

    def __init__(self) -> None:
        super().__init__()
        self._words = label("", "quiet", wrap=True)
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self.setLayout(column(self._words, self._bar, spacing=SPACE_1))
        self._timer = QTimer(self, interval=500)
        self._timer.timeout.connect(self._show)
        self._step, self._since = Step(""), 0.0
        self.hide()

    def begin(self, stage: str) -> None:
        """Something began."""
        self._since = time.monotonic()
        self._timer.start()
        self.show()
        self.set_step(Step(stage))

    def set_step(self, step: Step) -> None:
        """Where it stands."""
        self._step = step
        self._bar.setRange(0, step.total)
        self._bar.setValue(step.done)
        self._show()

    def end(self) -> None:
        """It is over."""
        self._timer.stop()
        self.hide()

    def _show(self) -> None:
        elapsed = time.monotonic() - self._since
        stage = tr(STAGES.get(self._step.stage, "正在处理"))
        step = self._step
        if step.total and 0 < step.done < step.total and elapsed > LEFT_AFTER_S:
            left = elapsed / step.done * (step.total - step.done)
            self._words.setText(
                tr(
                    "{stage} · 已用 {elapsed} 秒 · 大约还要 {left} 秒",
                    stage=stage,
                    elapsed=int(elapsed),
                    left=int(left),
                )
            )
        elif elapsed >= 1:
            self._words.setText(tr("{stage} · 已用 {elapsed} 秒", stage=stage, elapsed=int(elapsed)))
        else:
            self._words.setText(tr("{stage}…", stage=stage))
