"""From the start of the process to the first paint: this program's window against a bare PySide6 window, in one run.

Both are started as a fresh process, in turn; each prints the time at its first paint event; the medians count. Prints one
JSON line.

    python -m benchmarks.window [--rounds 5]
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

WATCH = """
import sys, time
from PySide6.QtCore import QEvent, QObject
class Watch(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            print(time.time(), time.process_time(), flush=True)
            import os; os._exit(0)
        return False
"""

BARE = (
    WATCH
    + """
from PySide6.QtWidgets import QApplication, QLabel, QWidget, QVBoxLayout
app = QApplication([])
window = QWidget(); box = QVBoxLayout(window); box.addWidget(QLabel("掌柜文案"))
window.resize(1200, 760)
watch = Watch(); window.installEventFilter(watch)
window.show(); app.exec()
"""
)

OURS = (
    WATCH
    + """
from types import SimpleNamespace
from desktop.app import Program, make_application
from engine.paths import Paths
app = make_application([])
program = Program(Paths.default(), SimpleNamespace(open=lambda: None))
watch = Watch(); program.window.installEventFilter(watch)
program.start(); app.exec()
"""
)


def first_paint(code: str, home: str) -> tuple[float, float]:
    """Seconds of wall clock, and of the process's own processor time, to the first paint; bytecode is kept between runs."""
    environment = {**os.environ, "ZHANGGUI_HOME": home, "PYTHONPYCACHEPREFIX": str(Path(home) / "bytecode")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    begun = time.time()
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    painted, processor = map(float, done.stdout.split())
    return painted - begun, processor


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    bare, ours = [], []
    with tempfile.TemporaryDirectory() as home:
        for number in range(rounds + 1):
            pair = first_paint(BARE, home), first_paint(OURS, home)
            if number:
                bare.append(pair[0])
                ours.append(pair[1])
    walls = [statistics.median(wall for wall, _cpu in runs) for runs in (bare, ours)]
    processors = [statistics.median(cpu for _wall, cpu in runs) for runs in (bare, ours)]
    figures = {
        "bare_s": round(walls[0], 3),
        "ours_s": round(walls[1], 3),
        "ratio": round(walls[1] / walls[0], 2),
        "bare_processor_s": round(processors[0], 3),
        "ours_processor_s": round(processors[1], 3),
        "processor_ratio": round(processors[1] / processors[0], 2),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
