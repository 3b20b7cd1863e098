"""A writer that is killed at a random moment loses nothing that it had committed."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

from conftest import MemoryVault

from engine.paths import Paths
from engine.store import KeyRing, Store

ROOT = Path(__file__).resolve().parents[3]
KILLS = 10

WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
sys.path.insert(0, {here!r})
from conftest import MemoryVault, add_draft
from engine.paths import Paths
from engine.store import BackupKind, KeyRing, Store
vault = MemoryVault()
vault.there = False
home = Path({home!r})
store = Store(Paths(home, home), KeyRing(Paths(home, home), vault)).open()
print("open", flush=True)
number = 0
while True:
    draft_id = add_draft(store, "第%d条文案" % number)
    print(draft_id, flush=True)
    store.edits.edit(draft_id, "改过的%d" % number)
    if number % 7 == 3:
        store.backups.make(BackupKind.MANUAL)
    number += 1
"""


def committed_until_killed(home: Path, lines: int) -> list[int]:
    """Start a writer, kill it after it has said so many lines; the drafts that it had reported as kept."""
    script = WRITER.format(root=str(ROOT), here=str(Path(__file__).parent), home=str(home))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        said = [writer.stdout.readline() for _ in range(lines)]
        writer.kill()
        said += writer.stdout.read().splitlines(keepends=True)
    return [int(line) for line in said if line.endswith("\n") and line.strip().isdigit()]


def test_killing_the_writer_loses_no_committed_draft(tmp_path: Path) -> None:
    source = random.Random(5)
    home = tmp_path / "home"
    vault = MemoryVault()
    vault.there = False
    kept: set[int] = set()
    for _ in range(KILLS):
        kept.update(committed_until_killed(home, source.randint(2, 12)))
        with Store(Paths(home, home), KeyRing(Paths(home, home), vault)) as store:
            assert store.integrity() == ()
            there = {entry.draft.draft_id for entry in store.history(limit=10_000)}
            assert kept <= there
            assert len(store.history("文案", limit=10_000)) + len(store.history("改过", limit=10_000)) == len(there)
            assert all(store.backups.check(backup.path) for backup in store.backups.all()[:2])
    assert len(kept) >= KILLS
