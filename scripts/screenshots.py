"""Pictures of the real window for the documentation: every page, light and dark, in Chinese and English.

    python scripts/screenshots.py docs/screenshots [--count 4] [--channel xiaohongshu] [--fake] [--size 1280x800]

The real engine writes for the sample product once; ``--fake`` shows the tests' engine instead, for a look at the views
without a model. The data folder is a temporary one. Without a display Qt draws off the screen.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "gui")]
if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

PATIENCE_S = 300.0
SETTLE_S = 0.6


def main() -> int:
    """Take the pictures; 1 when the drafts did not come."""
    options = _options()
    options.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        return _take(options, Path(home))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=4)
    parser.add_argument("--channel", default="xiaohongshu")
    parser.add_argument("--fake", action="store_true")
    parser.add_argument("--size", default="1280x800")
    return parser.parse_args()


def _take(options: argparse.Namespace, home: Path) -> int:
    from desktop.app import Program, make_application
    from engine.paths import Paths

    app = make_application([sys.argv[0]])
    paths = Paths(home, ROOT / "assets")
    program = Program(paths, _door(options, paths))
    program.window.around.session.put("toured", True)
    camera = _Camera(program, app.processEvents, options)
    program.window.resize(*map(int, options.size.split("x")))
    program.start()
    try:
        if not camera.until(lambda: program.window.engine is not None):
            return 1
        done = camera.write()
        camera.furnish(home)
        for theme in ("light", "dark"):
            for language in ("zh", "en"):
                camera.take_all(theme, language)
    finally:
        program.close()
    return 0 if done else 1


def _door(options: argparse.Namespace, paths: Any) -> Any:
    if options.fake:
        from fake_engine import FakeDoor, FakeState

        return FakeDoor(FakeState())
    from engine.api import StoreDoor

    return StoreDoor(paths)


class _Camera:
    """Waits for the window and keeps its pictures."""

    def __init__(self, program: Any, turn: Callable[[], None], options: argparse.Namespace) -> None:
        self._program, self._turn, self._options = program, turn, options

    def until(self, reached: Callable[[], bool]) -> bool:
        """Turn the event loop until the condition holds or patience ends."""
        deadline = time.monotonic() + PATIENCE_S
        while not reached() and time.monotonic() < deadline:
            self._turn()
            time.sleep(0.01)
        return reached()

    def settle(self) -> None:
        """Let jobs come home and layouts find their size."""
        self.until(lambda: not self._program.jobs.busy)
        ready = time.monotonic() + SETTLE_S
        self.until(lambda: time.monotonic() > ready)

    def write(self) -> bool:
        """Drafts for the sample product."""
        from engine.domain import Channel
        from engine.domain.sample import sample_brief

        bench = self._program.window.workbench
        state = bench.form.state()
        channel = Channel(self._options.channel)
        bench.form.set_state(replace(state, brief=sample_brief(), channel=channel, count=self._options.count))
        bench.form.write_wanted.emit()
        self.until(lambda: self._program.jobs.busy)
        self.settle()
        return bool(bench.drafts.shown_keys())

    def furnish(self, home: Path) -> None:
        """A voice, an audience and a measured campaign, so that their pages show what they are for."""
        from engine.domain import Channel
        from engine.domain.preference import Audience, BrandVoice, CampaignPlan, Goal
        from engine.domain.sample import sample_brief

        window = self._program.window
        people = window.engine.audiences, window.engine.voices
        audience = people[0].save(Audience("早八人", "赶地铁，怕麻烦", ("女装",)))
        samples = ("早八人的裙子，套上就能走。", "不用烫，不用配，出门十分钟。", "地铁上坐一路，站起来还是平的。")
        voice = people[1].save(BrandVoice("街角裙子铺", ("朴实", "亲切"), ("出门", "好打理"), ("显瘦神器",), samples))
        window.go_to("people")
        window.pages["people"].view.open_voice(voice)
        plan = CampaignPlan(sample_brief(), (Goal.CLICK,), (Channel.FEED_AD,), (audience.told,), 2)
        window.go_to("campaigns")
        joined = window.pages["campaigns"]
        joined.view.plan.start_wanted.emit("双11 裙子", plan)
        self.until(lambda: self._program.jobs.busy)
        self.settle()
        figures = home / "figures.csv"
        figures.write_text("版本号,曝光,点击,成交\nC01,2000,132,9\nC02,2000,71,4\n", encoding="utf-8")
        joined.parts[0].import_results(window.engine.campaigns.all()[0].campaign_id, figures)
        self.settle()

    def take_all(self, theme: str, language: str) -> None:
        """Every page in this look and language."""
        from desktop.main_window import TITLES

        window = self._program.window
        window.use_theme(theme)
        window.use_language(language)
        for page in TITLES:
            window.go_to(page)
            self.settle()
            window.toast.hide()
            window.notice.hide()
            self._turn()
            window.grab().save(str(self._options.folder / f"{page}_{theme}_{language}.png"))


if __name__ == "__main__":
    sys.exit(main())
