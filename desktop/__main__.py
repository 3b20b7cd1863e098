"""``python -m desktop`` opens the window."""

from __future__ import annotations

import multiprocessing
import sys

from desktop.app import main


def run() -> int:
    """The entry of the installed and of the frozen program."""
    multiprocessing.freeze_support()
    return main(sys.argv)


if __name__ == "__main__":
    sys.exit(run())
