"""The shell: navigation on top, one page below, a notice for what went wrong, a bar for what can be undone.

The frame is painted first, the workbench is made right after that, every other page when it is first visited. The window
is shown before the engine is open; what the seller types or wants until then is done as soon as it is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from desktop.jobs import Jobs, Lane
from desktop.joins.memory import Memory
from desktop.session import Session
from desktop.widgets.basics import column, holder, label, row
from desktop.widgets.style import Style
from desktop.widgets.tokens import SPACE_1, SPACE_2, SPACE_4
from desktop.words import Words, say
from engine.paths import Paths

if TYPE_CHECKING:
    from desktop.face import EngineFace
    from desktop.joins.bench import JoinedWorkbench
    from desktop.joins.joined import JoinedPage
    from desktop.joins.tour import Tour
    from desktop.shown import Message
    from desktop.views.workbench import WorkbenchView
    from desktop.widgets.notice import Notice
    from desktop.widgets.toast import Toast
    from engine.domain import HistoryEntry

MINIMUM = (900, 600)
TITLES = {
    "workbench": "工作台",
    "batch": "批量",
    "history": "历史",
    "templates": "模板",
    "people": "口吻与人群",
    "campaigns": "投放",
    "feedback": "反馈",
    "models": "模型",
    "privacy": "隐私",
    "settings": "设置",
    "help": "帮助",
}
"""The pages in the order of the navigation; ``joins.MAKERS`` makes all but the first."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the window is given: folders, words, look, memory, threads."""

    paths: Paths
    words: Words
    style: Style
    session: Session
    jobs: Jobs


class MainWindow(QWidget):
    """The whole window.

    Args:
        around: see ``Surroundings``.
    """

    painted = Signal()
    workbench: WorkbenchView
    notice: Notice
    toast: Toast
    workbench_joined: JoinedWorkbench
    tour: Tour

    def __init__(self, around: Surroundings) -> None:
        super().__init__()
        self.around = around
        self._was_painted = self._is_built = False
        self.engine: EngineFace | None = None
        self.setObjectName("shell")
        say(self.setWindowTitle, "掌柜文案")
        self.setMinimumSize(*MINIMUM)
        self._stack = QStackedWidget()
        self._nav: dict[str, QPushButton] = {}
        self.pages: dict[str, JoinedPage] = {}
        self._waiting: list[Callable[[], None]] = []
        self._lay_out()
        self._memory = Memory(self)
        self._memory.restore_place()

    # building

    def build(self) -> None:
        """Make the workbench; a second call does nothing."""
        if self._is_built:
            return
        from desktop.views.workbench import WorkbenchView
        from desktop.widgets.notice import Notice
        from desktop.widgets.toast import Toast

        self._is_built = True
        self.workbench, self.notice = WorkbenchView(), Notice()
        self.toast = Toast(self)
        self._stack.addWidget(self.workbench)
        self._frame.insertWidget(1, self.notice)
        self._memory.restore_widths()
        self._wire()
        self.workbench.form.product.setFocus()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The first one tells that the frame is on the screen."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            QTimer.singleShot(0, self.painted.emit)

    def _lay_out(self) -> None:
        layout = row(label("掌柜文案", "brand"), spacing=0)
        layout.addSpacing(SPACE_1)
        for name, title in TITLES.items():
            layout.addWidget(self._nav_button(name, title))
        layout.addStretch(1)
        self.connection = label("● 离线", "ok")
        say(self.connection.setToolTip, "一切都在这台电脑上，什么也不上传")
        layout.addWidget(self.connection)
        bar = holder(layout, "topbar")
        layout.setContentsMargins(SPACE_4, SPACE_2, SPACE_4, SPACE_2)
        self._frame = column(bar, self._stack, spacing=0)
        self._frame.setStretch(1, 1)
        self.setLayout(self._frame)
        self._nav["workbench"].setChecked(True)

    def _nav_button(self, name: str, title: str) -> QPushButton:
        made = QPushButton()
        made.setProperty("role", "nav")
        made.setCheckable(True)
        made.setAutoExclusive(True)
        made.clicked.connect(lambda _checked: self.go_to(name))
        say(made.setText, title)
        self._nav[name] = made
        return made

    def _wire(self) -> None:
        from desktop.joins.keys import join_keys
        from desktop.widgets.icons import repaint_icons

        form = self.workbench.form
        form.changed.connect(self.remember)
        form.write_wanted.connect(self._write_when_ready)
        self.notice.page_wanted.connect(self.go_to)
        self.around.words.changed.connect(self.workbench.show_words)
        self.around.style.changed.connect(repaint_icons)
        join_keys(self)

    # the engine comes

    def attach(self, engine: EngineFace) -> None:
        """The engine is open: join the pages to it and do what was wanted meanwhile."""
        from desktop.joins.bench import join_workbench
        from desktop.joins.tour import Tour

        self.engine = engine
        self.workbench_joined = join_workbench(self.workbench, engine, self)
        known = self._memory.restore_inputs(engine)
        self._take_settings(engine, known)
        self.workbench_joined.start(tuple(self.around.session.get("drafts", ())))
        self.around.jobs.ask(Lane.FILES, engine.maintain)
        self.around.jobs.ask(Lane.TEXT, engine.texts.warm_up)
        waiting, self._waiting = self._waiting, []
        for act in waiting:
            act()
        self.tour = Tour(self)
        self.tour.start_once()

    def _take_settings(self, engine: EngineFace, known: bool) -> None:
        """The seller's settings hold; what the window remembers only spares a flicker at the start."""
        settings, session = engine.settings, self.around.session
        if session.get("theme") != settings.get("theme"):
            self.use_theme(settings.get("theme"))
        if session.get("language") != settings.get("language"):
            self.use_language(settings.get("language"))
        if not known:
            from engine.domain import Channel

            form = self.workbench.form
            wanted = replace(form.state(), channel=Channel(settings.get("channel")), count=settings.get("drafts"))
            form.set_state(wanted)

    def use_theme(self, theme: str) -> None:
        """Another look, at once."""
        self.around.style.use(theme)
        self.around.session.put("theme", theme)
        self.remember()

    def use_language(self, language: str) -> None:
        """Other words, at once."""
        self.around.words.use(language)
        self.around.session.put("language", language)
        self.remember()

    # going about

    def go_to(self, name: str) -> None:
        """Show a page; it is made when it is first visited."""
        self.build()
        if name != "workbench" and self.engine is None:
            self._waiting.append(lambda: self.go_to(name))
            return
        if name != "workbench" and name not in self.pages:
            from desktop.joins.pages import MAKERS

            assert self.engine is not None
            self.pages[name] = MAKERS[name](self.engine, self)
            self._stack.addWidget(self.pages[name].view)
        view = self.workbench if name == "workbench" else self.pages[name].view
        self._stack.setCurrentWidget(view)
        self._nav[name].setChecked(True)
        if name in self.pages:
            self.pages[name].visit()

    def show_error(self, error: Exception) -> None:
        """Say what went wrong."""
        from desktop.errors import error_words

        self.build()
        self.notice.tell(error_words(error))

    def show_message(self, message: Message) -> None:
        """Say what was done."""
        self.toast.tell(message.words, message.button, message.action)

    def copy_text(self, text: str) -> None:
        """Put a text on the clipboard."""
        QGuiApplication.clipboard().setText(text)

    def restore_entry(self, entry: HistoryEntry) -> None:
        """Go on with a draft of the past, with its product in the form."""
        form = self.workbench.form
        self.workbench_joined.pictures.clear()
        form.set_state(replace(form.state(), brief=entry.brief.with_source(""), channel=entry.channel, product_id=0))
        self.workbench_joined.drafts.show_entries([entry])
        self.go_to("workbench")

    def try_sample(self) -> None:
        """Put the sample product into the form."""
        self.workbench_joined.products.keep_form()
        self.workbench_joined.pictures.clear()
        from engine.domain.sample import sample_brief

        self.workbench.form.set_brief(sample_brief())
        self.go_to("workbench")

    def data_replaced(self) -> None:
        """The store holds other data now: what is on the table may not exist any more."""
        from desktop.shown import FormState

        self.workbench_joined.clear_table()
        self.workbench_joined.pictures.clear()
        self.workbench.form.set_state(FormState())
        self.workbench_joined.products.refresh()
        self.workbench_joined.people.refresh()

    def _write_when_ready(self) -> None:
        if self.engine is None:
            self.workbench.form.set_writing(True)
            self._waiting.append(self.workbench.form.write_wanted.emit)
        else:
            self.notice.hide()

    # memory

    def remember(self) -> None:
        """Write the inputs down when the keys rest."""
        self._memory.remember()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep everything, stop everything, then go."""
        self.build()
        text = self._memory.collect()
        if self.engine is not None:
            form = self.workbench.form
            if number := self.workbench_joined.pictures.keep_now(form.state()):
                form.set_product_id(number)
            self._memory.keep_inputs(self.engine)
            self.workbench_joined.close()
        self.around.jobs.close()
        self.around.session.write(text)
        event.accept()
