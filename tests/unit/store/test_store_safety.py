"""Keys, failures, migrations, backups, salvage, erasing: nothing is lost and nothing is left behind."""

from __future__ import annotations

import json
import os
import stat
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from conftest import HandClock, MemoryVault, add_draft, make_request

from engine.domain import Brief
from engine.domain.records import Product
from engine.errors import NotFound, PassphraseNeeded, RecoveryPhraseWrong, StoreTooNew, StoreUnusable
from engine.paths import Paths
from engine.store import BackupKind, KeyPlace, KeyRing, Store, parse_phrase
from engine.store.migrations import MIGRATIONS, Migration, migrate
from engine.store.session import connect, reason_of


def reopen(paths: Paths, vault: MemoryVault, clock: HandClock | None = None) -> Store:
    return Store(paths, KeyRing(paths, vault), clock=clock)


def all_bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file())


def reason(store: Store) -> str:
    with pytest.raises(StoreUnusable) as caught:
        store.open()
    return caught.value.reason


def test_no_word_of_the_seller_is_readable_in_any_file(store: Store, paths: Paths) -> None:
    add_draft(store, "机密文案绝不外传")
    store.backups.make(BackupKind.MANUAL)
    found = all_bytes(paths.home)
    assert "机密".encode() not in found
    assert b"SQLite format 3" not in found


def test_what_was_kept_is_there_after_a_restart(store: Store, paths: Paths, vault: MemoryVault) -> None:
    add_draft(store, "明天还在")
    store.close()
    with reopen(paths, vault) as again:
        assert again.key_place is KeyPlace.KEYRING
        assert again.history()[0].draft.text == "明天还在"


def test_without_a_keyring_the_key_is_in_a_private_file(paths: Paths, vault: MemoryVault) -> None:
    vault.there = False
    with reopen(paths, vault) as store:
        assert store.key_place is KeyPlace.FILE
        if sys.platform != "win32":
            assert stat.S_IMODE(paths.key_file.stat().st_mode) == 0o600
    with reopen(paths, vault) as store:
        assert store.history() == []


def test_a_keyring_that_went_away_is_said_and_loses_nothing(store: Store, paths: Paths, vault: MemoryVault) -> None:
    add_draft(store, "还在")
    store.close()
    vault.there = False
    assert reason(reopen(paths, vault)) == "no_key"
    vault.there = True
    with reopen(paths, vault) as again:
        assert len(again.history()) == 1


def test_the_recovery_phrase_brings_the_key_back(store: Store, keys: KeyRing, paths: Paths, vault: MemoryVault) -> None:
    add_draft(store, "失而复得")
    phrase = keys.recovery_phrase()
    store.close()
    vault.secrets.clear()
    paths.key_file.unlink()
    lost = reopen(paths, vault)
    assert reason(lost) == "no_key"
    lost.recover_key(phrase.upper().replace(" ", "-\n"))
    with lost:
        assert lost.history()[0].draft.text == "失而复得"


def test_a_phrase_of_another_store_replaces_nothing(
    store: Store, paths: Paths, vault: MemoryVault, tmp_path: Path
) -> None:
    add_draft(store, "我的")
    store.close()
    other = KeyRing(Paths(tmp_path / "other", tmp_path), MemoryVault())
    other.obtain(store_exists=False)
    mine = reopen(paths, vault)
    with pytest.raises(StoreUnusable) as caught:
        mine.recover_key(other.recovery_phrase())
    assert caught.value.reason == "wrong_key"
    with mine:
        assert len(mine.history()) == 1


@pytest.mark.parametrize(("change", "why"), [(lambda p: p[:-1], "length"), (lambda p: "g" + p[1:], "characters")])
def test_a_mistyped_phrase_says_why(store: Store, keys: KeyRing, change: object, why: str) -> None:
    with pytest.raises(RecoveryPhraseWrong) as caught:
        parse_phrase(change(keys.recovery_phrase()))  # type: ignore[operator]
    assert caught.value.reason == why


def test_every_single_wrong_digit_is_caught(store: Store, keys: KeyRing) -> None:
    digits = keys.recovery_phrase().replace(" ", "")
    for at, digit in enumerate(digits):
        wrong = digits[:at] + ("0" if digit != "0" else "1") + digits[at + 1 :]
        with pytest.raises(RecoveryPhraseWrong):
            parse_phrase(wrong)


def test_a_passphrase_guards_the_start(store: Store, keys: KeyRing, paths: Paths, vault: MemoryVault) -> None:
    keys.set_passphrase("我家的锁")
    store.close()
    guarded = KeyRing(paths, vault)
    closed = Store(paths, guarded)
    with pytest.raises(PassphraseNeeded) as caught:
        closed.open()
    assert not caught.value.wrong
    with pytest.raises(PassphraseNeeded) as caught:
        guarded.unlock("别家的锁")
    assert caught.value.wrong
    guarded.unlock("我家的锁")
    with closed:
        assert closed.is_open
    guarded.set_passphrase(None)
    with reopen(paths, vault):
        pass


def test_a_wrong_key_never_opens(store: Store, paths: Paths, vault: MemoryVault) -> None:
    add_draft(store, "打不开")
    store.close()
    before = paths.store.read_bytes()
    record = json.loads(paths.key_file.read_text())
    vault.secrets[record["name"]] = "ab" * 32
    assert reason(reopen(paths, vault)) == "wrong_key"
    assert paths.store.read_bytes() == before


def test_a_second_window_is_told_that_the_store_is_in_use(store: Store, paths: Paths, vault: MemoryVault) -> None:
    assert reason(reopen(paths, vault)) == "locked"
    add_draft(store, "第一个窗口照常")
    assert len(store.history()) == 1


def test_a_newer_file_is_refused_and_left_alone(store: Store, keys: KeyRing, paths: Paths, vault: MemoryVault) -> None:
    store.close()
    connection = connect(paths.store, keys.obtain(store_exists=True))
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(StoreTooNew) as caught:
        reopen(paths, vault).open()
    assert (caught.value.found_version, caught.value.known_version) == (99, MIGRATIONS[-1].number)


def test_a_full_disk_is_said_and_what_was_kept_stays(store: Store, keys: KeyRing, paths: Paths) -> None:
    kept = add_draft(store, "留下的")
    pages = store._session.scalar("PRAGMA page_count")
    store._session.sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreUnusable) as caught:
        for _ in range(200):
            add_draft(store, "很长的文案" * 200)
    assert caught.value.reason == "disk_full"
    store._session.sql("PRAGMA max_page_count = 1000000")
    assert store.integrity() == ()
    assert store.drafts.get(kept).draft.text == "留下的"


@pytest.mark.parametrize(
    ("words", "why"),
    [("database or disk is full", "disk_full"), ("database is locked", "locked"), ("no such table: x", None)],
)
def test_errors_without_a_code_are_known_by_their_words(words: str, why: str | None) -> None:
    assert reason_of(RuntimeError(words)) == why


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_folder_is_said(store: Store, paths: Paths, vault: MemoryVault) -> None:
    add_draft(store, "只读")
    store.close()
    paths.home.chmod(0o500)
    (paths.home / "store.lock").unlink(missing_ok=True)
    try:
        assert reason(reopen(paths, vault)) == "read_only"
    finally:
        paths.home.chmod(0o700)


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path, vault: MemoryVault) -> None:
    (tmp_path / "file").write_text("")
    assert reason(reopen(Paths(tmp_path / "file" / "home", tmp_path), vault)) in ("read_only", "io_error")


STEP_2 = Migration(MIGRATIONS[-1].number + 1, "A column for the test.", "ALTER TABLE product ADD COLUMN unit TEXT;\n")
BROKEN = Migration(
    STEP_2.number, "Fails half-way.", "ALTER TABLE product ADD COLUMN unit TEXT;\nALTER TABLE nothing ADD COLUMN x;\n"
)


def test_a_migration_puts_a_copy_aside_and_keeps_the_rows(store: Store) -> None:
    store.products.add(Product("锅", Brief("锅")))
    taken = migrate(store._session, lambda: store.backups.make(BackupKind.MIGRATION), (*MIGRATIONS, STEP_2))
    assert taken == 1
    assert [b.kind for b in store.backups.all()] == [BackupKind.MIGRATION]
    assert store._session.sql("SELECT name, unit FROM product") == [("锅", None)]


def test_a_migration_that_fails_leaves_the_file_as_it_was(store: Store) -> None:
    with pytest.raises(Exception, match="nothing"):
        migrate(store._session, lambda: None, (*MIGRATIONS, BROKEN))
    columns = [row[1] for row in store._session.sql("PRAGMA table_info(product)")]
    assert "unit" not in columns
    assert store._session.scalar("PRAGMA user_version") == MIGRATIONS[-1].number


def test_a_backup_is_made_once_a_day(store: Store, clock: HandClock) -> None:
    store.maintain()
    store.maintain()
    clock.move(days=1)
    store.maintain()
    assert [b.kind for b in store.backups.all()] == [BackupKind.DAILY, BackupKind.DAILY]


def test_backups_are_thinned_to_days_weeks_and_months(store: Store, paths: Paths, clock: HandClock) -> None:
    paths.backups.mkdir()
    made = [clock.now() - timedelta(days=day) for day in range(500)]
    for moment in made:
        (paths.backups / f"{moment:%Y%m%dT%H%M%S.%fZ}-daily-v1.db").write_bytes(b"")
    store.backups.thin()
    left = [b.made_at for b in store.backups.all()]
    assert left[:7] == made[:7]
    assert 12 <= len(left) <= 7 + 4 + 12
    assert len({f"{moment:%Y-%m}" for moment in left}) == 12


def test_a_restore_can_be_undone(store: Store, clock: HandClock) -> None:
    add_draft(store, "第一天")
    copy = store.backups.make(BackupKind.MANUAL)
    clock.move(hours=1)
    add_draft(store, "第二天")
    before = store.restore(copy.name)
    assert [e.current_text for e in store.history()] == ["第一天"]
    assert before is not None
    store.restore(before.name)
    assert [e.current_text for e in store.history()] == ["第二天", "第一天"]


def test_a_damaged_copy_is_not_restored(store: Store) -> None:
    add_draft(store, "好的")
    copy = store.backups.make(BackupKind.MANUAL)
    data = bytearray(copy.path.read_bytes())
    data[5000:5100] = b"x" * 100
    copy.path.write_bytes(data)
    with pytest.raises(StoreUnusable):
        store.restore(copy.name)
    store.open()
    assert [e.current_text for e in store.history()] == ["好的"]
    with pytest.raises(NotFound):
        store.restore("nothing.db")


def test_a_vanished_store_is_not_replaced_by_an_empty_one(store: Store, paths: Paths, vault: MemoryVault) -> None:
    add_draft(store, "备份里有")
    copy = store.backups.make(BackupKind.MANUAL)
    store.close()
    paths.store.unlink()
    lost = reopen(paths, vault)
    assert reason(lost) == "corrupt"
    lost.restore(copy.name)
    assert [e.current_text for e in lost.history()] == ["备份里有"]
    lost.close()


def test_a_damaged_first_page_is_damage_and_not_a_wrong_key(store: Store, paths: Paths, vault: MemoryVault) -> None:
    copy = store.backups.make(BackupKind.MANUAL)
    store.close()
    data = bytearray(paths.store.read_bytes())
    data[100:200] = b"\0" * 100
    paths.store.write_bytes(data)
    broken = reopen(paths, vault)
    assert reason(broken) == "corrupt"
    before = broken.restore(copy.name)
    assert before is not None and before.kind is BackupKind.DAMAGED
    assert before.path.read_bytes() == bytes(data)
    broken.close()


def test_salvage_saves_every_row_of_the_healthy_pages(
    store: Store, paths: Paths, vault: MemoryVault, clock: HandClock
) -> None:
    ids = [add_draft(store, f"文案{number}" + "很长" * 100) for number in range(150)]
    store.edits.set_favourite(ids[0], True)
    store.close()
    data = bytearray(paths.store.read_bytes())
    among_drafts = (len(data) // 4096 * 3 // 4) * 4096  # the first half holds the schema and the empty tables
    data[among_drafts : among_drafts + 4096] = os.urandom(4096)
    paths.store.write_bytes(data)
    broken = reopen(paths, vault, clock)
    result = broken.salvage_damaged()
    assert result.saved["draft"] >= 130
    assert broken.integrity() == ()
    assert len(broken.history("文案", limit=1000)) == len(broken.history(limit=1000)) >= 130
    assert next(b.kind for b in broken.backups.all()) in (BackupKind.DAMAGED, BackupKind.RESTORE)
    broken.close()


def test_a_truncated_log_costs_at_most_the_last_commits(
    store: Store, paths: Paths, vault: MemoryVault, tmp_path: Path
) -> None:
    for number in range(20):
        add_draft(store, f"第{number}条")
    copied = Paths(tmp_path / "copy", tmp_path)
    copied.home.mkdir()
    for file in paths.home.iterdir():
        if file.is_file() and file.suffix != ".lock" and not file.name.endswith("-shm"):
            (copied.home / file.name).write_bytes(file.read_bytes())
    log = copied.store.with_name("store.db-wal")
    log.write_bytes(log.read_bytes()[:-5000])
    with reopen(copied, vault) as again:
        assert again.integrity() == ()
        texts = [e.current_text for e in again.history(limit=50)][::-1]
        assert texts == [f"第{number}条" for number in range(len(texts))]
        assert len(texts) >= 18


def test_erasing_a_product_leaves_no_byte_of_it(plain_store: Store, paths: Paths) -> None:
    secret, other = "紫晶绒毯秘方", "留下的毛衣"
    store = plain_store
    paths.pictures.mkdir()
    (paths.pictures / "a.png").write_bytes(secret.encode())
    product_id = store.products.add(Product(secret, Brief(secret), picture="a.png"))
    store.pictures.put(product_id, f"{secret}的图".encode())
    store.drafts.add_request(make_request(secret), "m", 1, product_id=product_id)
    draft_id = add_draft(store, f"{secret}好用", secret)
    store.edits.edit(draft_id, f"{secret}更好用")
    store.feedback.set_final_text(draft_id, f"{secret}定稿")
    add_draft(store, other, other)
    store.maintain()
    assert secret.encode() in all_bytes(paths.home)
    assert f"{secret}的图".encode() in all_bytes(paths.home)
    erased = store.eraser.product(secret)
    assert (erased.products, erased.requests, erased.drafts, erased.backups) == (1, 2, 1, 2)
    found = all_bytes(paths.home)
    assert secret.encode() not in found
    assert "紫晶".encode() not in found
    assert other.encode() in found
    assert store.integrity() == ()
    assert [e.current_text for e in store.history()] == [other]


def test_erasing_a_time_leaves_the_rest(plain_store: Store, paths: Paths, clock: HandClock) -> None:
    add_draft(plain_store, "三月旧文")
    clock.move(days=10)
    since = clock.now()
    add_draft(plain_store, "十日后新文")
    clock.move(days=1)
    assert plain_store.eraser.period(since, clock.now()).drafts == 1
    found = all_bytes(paths.home)
    assert "十日后新文".encode() not in found
    assert "三月旧文".encode() in found


def test_erasing_everything_leaves_neither_files_nor_key(store: Store, paths: Paths, vault: MemoryVault) -> None:
    add_draft(store, "全部清除")
    store.maintain()
    assert store.erase_everything()
    left = [file.name for file in paths.home.rglob("*") if file.is_file()]
    assert left == ["store.lock"]
    assert vault.secrets == {}
    with reopen(paths, vault) as fresh:
        assert fresh.history() == []


def test_several_threads_may_write_at_once(store: Store) -> None:
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        ids = list(pool.map(lambda number: add_draft(store, f"线程{number}"), range(40)))
    assert len(set(ids)) == 40
    assert len(store.history(limit=100)) == 40
