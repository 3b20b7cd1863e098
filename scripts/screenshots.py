"""Pictures of the real window for the documentation: the real engine writes for the sample product.

    python scripts/screenshots.py docs/screenshots [--count 4] [--channel xiaohongshu]

The data folder is a temporary one. Without a display Qt draws off the screen (``QT_QPA_PLATFORM=offscreen``).
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

WIDTH, HEIGHT = 1280, 800
PATIENCE_S = 300.0
SETTLE_S = 1.0


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
    return parser.parse_args()


def _take(options: argparse.Namespace, home: Path) -> int:
    from dataclasses import replace

    from desktop.app import Program, make_application
    from engine.api import Engine
    from engine.domain import Channel
    from engine.domain.sample import sample_brief
    from engine.paths import Paths

    app = make_application([sys.argv[0]])
    paths = Paths(home, ROOT / "assets")
    program = Program(paths, lambda: Engine.open(paths))
    window, form = program.window, program.window.workbench.form
    window.resize(WIDTH, HEIGHT)
    program.start()
    try:
        if not _until(lambda: window.engine is not None, app.processEvents):
            return 1
        window.grab().save(str(options.folder / "start.png"))
        state = replace(form.state(), brief=sample_brief(), channel=Channel(options.channel), count=options.count)
        form.set_state(state)
        form.write_wanted.emit()
        started = _until(lambda: program.jobs.busy, app.processEvents)
        done = started and _until(lambda: not program.jobs.busy, app.processEvents)
        settled = time.monotonic() + SETTLE_S
        _until(lambda: time.monotonic() > settled, app.processEvents)
        window.grab().save(str(options.folder / "drafts.png"))
    finally:
        program.close()
    return 0 if done else 1


def _until(reached: Callable[[], bool], turn: Callable[[], None]) -> bool:
    """Turn the event loop until the condition holds or patience ends."""
    deadline = time.monotonic() + PATIENCE_S
    while not reached() and time.monotonic() < deadline:
        turn()
        time.sleep(0.01)
    return reached()


if __name__ == "__main__":
    sys.exit(main())
