"""A writer that is killed at a random moment loses nothing that it had committed: drafts, edits, backups, migrations.

``ZHANGGUI_KILLS=500`` kills as often as the store's promise was measured with; a few times otherwise.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

from conftest import MemoryVault, PlainKeys

from engine.paths import Paths
from engine.store import KeyRing, Store
from engine.store.migrations import MIGRATIONS, Migration
from engine.store.session import Session

ROOT = Path(__file__).resolve().parents[3]
KILLS = int(os.environ.get("ZHANGGUI_KILLS", "10"))
LONGEST_S = 0.4
"""A writer lives at most so long after it has opened the store."""

HEAD = f"""
import sys
from pathlib import Path
sys.path[:0] = [{str(ROOT)!r}, {str(Path(__file__).parent)!r}]
from conftest import MemoryVault, PlainKeys, add_draft
from engine.paths import Paths
from engine.store import BackupKind, KeyRing, Store
home, first = Path(sys.argv[1]), int(sys.argv[2])
"""

WRITER = (
    HEAD
    + """
vault = MemoryVault()
vault.there = False
store = Store(Paths(home, home), KeyRing(Paths(home, home), vault)).open()
print("open", flush=True)
number = first
while True:
    draft_id = add_draft(store, "第%d条文案" % number)
    print("draft", draft_id, number, flush=True)
    store.edits.edit(draft_id, "改过的%d" % number)
    print("edit", draft_id, number, flush=True)
    if number % 5 == 3:
        store.backups.make(BackupKind.MANUAL)
        store.backups.thin()
    if number % 11 == 7:
        store.eraser.recycled(store._clock.now())
    number += 1
"""
)

UPGRADER = (
    HEAD
    + """
from test_store_crash import NEXT
from engine.store import store as module
module.MIGRATIONS = NEXT
print("open", flush=True)
Store(Paths(home, home), PlainKeys(Paths(home, home), MemoryVault())).open().close()
print("done", flush=True)
"""
)

LAST = MIGRATIONS[-1].number
NEXT = (
    *MIGRATIONS,
    Migration(LAST + 1, "Test.", "ALTER TABLE product ADD COLUMN unit TEXT;\nUPDATE draft SET text = text || '一';\n"),
    Migration(LAST + 2, "Test.", "UPDATE draft SET text = text || '二';\nALTER TABLE product ADD COLUMN size TEXT;\n"),
)


def killed(script: str, home: Path, first: int, after_s: float) -> list[str]:
    """Run a script, kill it so long after it said that the store is open; the whole lines that it had said."""
    command = [sys.executable, "-c", script, str(home), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        time.sleep(after_s)
        writer.kill()
        return [line.strip() for line in writer.stdout.read().splitlines(keepends=True) if line.endswith("\n")]


def test_killing_the_writer_loses_no_committed_draft(tmp_path: Path) -> None:
    chance = random.Random(5)
    vault = MemoryVault()
    vault.there = False
    texts: dict[int, str] = {}
    for round_number in range(KILLS):
        if round_number % 50 == 0:  # a store of some thousand drafts makes the killing slow, not harder
            home, texts = tmp_path / f"home{round_number}", {}
        for line in killed(WRITER, home, len(texts), chance.uniform(0, LONGEST_S)):
            what, draft_id, number = line.split(" ")
            texts[int(draft_id)] = f"第{number}条文案" if what == "draft" else f"改过的{number}"
        with Store(Paths(home, home), KeyRing(Paths(home, home), vault)) as store:
            assert store.integrity() == ()
            there = {entry.draft.draft_id: entry for entry in store.history(limit=100_000)}
            for draft_id, text in texts.items():
                number = text.strip("第条文案改过的")
                assert there[draft_id].current_text in (text, f"改过的{number}"), (
                    "an edit may land unsaid, none is lost"
                )
            found = {e.draft.draft_id for words in ("文案", "改过") for e in store.history(words, limit=100_000)}
            assert found == there.keys(), "the index knows every draft"
            assert all(store.backups.check(backup.path) for backup in store.backups.all()[:2])


def test_killing_an_upgrade_leaves_whole_steps(tmp_path: Path) -> None:
    chance = random.Random(6)
    rows = 400
    for round_number in range(max(3, KILLS // 5)):
        home = tmp_path / f"home{round_number}"
        paths = Paths(home, home)
        with Store(paths, PlainKeys(paths, MemoryVault())) as store, store._session.transaction():
            from conftest import make_draft, make_request

            request_id = store.add_request(make_request(), "shop-1", 7)
            for number in range(rows):
                store.add_draft(request_id, make_draft("文" * 200, number))
        killed(UPGRADER, home, 0, chance.uniform(0, LONGEST_S / 2))
        with Session(paths.store, lambda: "") as session:
            version = int(session.scalar("PRAGMA user_version"))
            endings = {"" if version == LAST else "一" if version == LAST + 1 else "一二"}
            assert {text.lstrip("文") for (text,) in session.sql("SELECT text FROM draft")} == endings
            columns = {row[1] for row in session.sql("PRAGMA table_info(product)")}
            assert ("unit" in columns, "size" in columns) == (version > LAST, version > LAST + 1)
            assert session.scalar("SELECT count(*) FROM draft") == rows
            assert session.scalar("PRAGMA integrity_check") == "ok"
        if version > LAST:
            assert any(b.version == LAST for b in store.backups.all()), "a copy was put aside first"
