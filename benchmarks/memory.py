"""The most memory that a command holds with all its processes: proportional set size, pages that are shared counted once.

    python -m benchmarks.memory -- python -m engine compose --product 雪纺连衣裙 --channel detail -n 8

Prints one JSON line: the peak in MiB, and each process's part of it, the largest first. Linux only.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

EVERY_S = 0.1


def main() -> int:
    """Run the command after ``--``; its exit code."""
    process = subprocess.Popen(sys.argv[sys.argv.index("--") + 1 :], stdout=subprocess.DEVNULL)
    peak: list[float] = []
    while process.poll() is None:
        now = sorted((held_mib(number) for number in family(process.pid)), reverse=True)
        peak = max(peak, now, key=sum)
        time.sleep(EVERY_S)
    parts = [round(part) for part in peak]
    sys.stdout.write(json.dumps({"benchmark": "memory", "peak_mib": round(sum(peak)), "processes_mib": parts}) + "\n")
    return process.returncode


def family(number: int) -> list[int]:
    """The process and all that it started."""
    try:
        children = Path(f"/proc/{number}/task/{number}/children").read_text(encoding="ascii").split()
    except OSError:
        return [number]
    return [number, *(one for child in children for one in family(int(child)))]


def held_mib(number: int) -> float:
    """Proportional set size; 0 for a process that has ended."""
    try:
        lines = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


if __name__ == "__main__":
    sys.exit(main())
