"""Ways into a store that will not open, by the door and by the command line; none of them destroys anything."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from engine.__main__ import main
from engine.api import Engine, StoreDoor
from engine.domain import Brief, Channel, ComposeRequest, Draft, StopReason
from engine.domain.records import Product
from engine.errors import PassphraseNeeded, RecoveryPhraseWrong, StoreUnusable
from engine.paths import Paths

SECRET = "独一无二的雪纺甲"


def write(engine: Engine, product: str, *texts: str) -> list[int]:
    """A request with drafts, the first of them picked and mended."""
    store = engine._store
    request_id = store.add_request(ComposeRequest(Brief(product), Channel.SMS), "shop-1", 1)
    ids = [store.add_draft(request_id, Draft(i, text, 9, 1, StopReason.END, rank=i)) for i, text in enumerate(texts)]
    store.feedback.pick(ids[0])
    engine._taste.learn_pick(ids[0], texts[0] + "，改过的")
    return ids


def filled(door: StoreDoor) -> None:
    with door.open() as engine:
        engine._store.products.add(Product("裙", Brief("裙")))
        write(engine, "裙", f"{SECRET}到货了", "裙子来了")
        write(engine, "帽", "帽子到货了", "帽子来了")


@pytest.fixture
def door() -> StoreDoor:
    made = StoreDoor()
    filled(made)
    return made


def texts(door: StoreDoor) -> set[str]:
    with door.open() as engine:
        return {entry.draft.text for entry in engine.library.history()}


def test_a_passphrase_is_asked_and_a_wrong_one_is_told_apart(door: StoreDoor) -> None:
    with door.open() as engine:
        engine.privacy.set_passphrase("甲乙 丙")
        assert engine.privacy.guarded
    again = StoreDoor()
    assert again.guarded
    with pytest.raises(PassphraseNeeded) as asked:
        again.open()
    assert not asked.value.wrong
    with pytest.raises(PassphraseNeeded) as refused:
        again.unlock("别的")
    assert refused.value.wrong
    again.unlock("甲乙 丙")
    assert len(texts(again)) == 4


def test_locking_forgets_the_key(door: StoreDoor) -> None:
    engine = door.open()
    engine.privacy.set_passphrase("甲")
    engine.lock()
    with pytest.raises(PassphraseNeeded):
        door.open()


def test_a_lost_key_comes_back_with_the_phrase_only(door: StoreDoor) -> None:
    with door.open() as engine:
        phrase = engine.privacy.recovery_phrase()
    door.paths.key_file.unlink()
    again = StoreDoor()
    with pytest.raises(StoreUnusable, match="no_key"):
        again.open()
    with pytest.raises(RecoveryPhraseWrong):
        again.recover(phrase[:-1] + ("0" if phrase[-1] != "0" else "1"))
    again.recover(phrase)
    assert len(texts(again)) == 4


@pytest.mark.parametrize("way", ["restore", "salvage", "start_anew"])
def test_a_damaged_store_has_ways_out_and_is_kept(door: StoreDoor, way: str) -> None:
    with door.open() as engine:
        engine.privacy.backup_now()
    damaged = bytearray(door.paths.store.read_bytes())
    page = 4096 * (len(damaged) // 4096 // 2)
    if way != "salvage":
        page = 0
    damaged[page : page + 4096] = bytes(4096)
    door.paths.store.write_bytes(damaged)
    again = StoreDoor()
    if way != "salvage":
        with pytest.raises(StoreUnusable, match="corrupt"):
            again.open()
    if way == "restore":
        again.restore(again.backups()[0])
        assert len(texts(again)) == 4
    elif way == "salvage":
        assert sum(again.salvage().saved.values()) > 4
        assert texts(again)
    else:
        aside = again.start_anew()
        assert texts(again) == set()
        assert (aside / "store.db").read_bytes() == bytes(damaged)
    kept = [path for path in door.paths.home.rglob("*") if path.is_file() and path.read_bytes() == bytes(damaged)]
    assert kept, "the damaged file itself is still there"


def test_what_was_erased_is_not_remembered_by_what_was_learned(door: StoreDoor) -> None:
    with door.open() as engine:
        before = engine._store.blobs.get("preference")
        engine.privacy.erase_product("裙")
        after = engine._store.blobs.get("preference")
        assert before is not None and after is not None and before != after
        engine._taste.relearn()
        assert engine._store.blobs.get("preference") == after, "what is left decides alone"
        assert [entry.brief.product for entry in engine.library.history()] == ["帽", "帽"]


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    code = main(["store", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_the_command_guards_copies_and_brings_back(
    door: StoreDoor, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    code, out, _ = run(["status", "--json"], capsys)
    facts = json.loads(out)
    assert code == 0 and facts["rows"]["商品"] == 1 and facts["problems"] == []
    assert run(["backup"], capsys)[0] == 0
    assert run(["export", str(tmp_path)], capsys)[0] == 0
    phrase = run(["phrase"], capsys)[1].strip()
    monkeypatch.setattr("sys.stdin", io.StringIO("甲 乙\n"))
    assert run(["passphrase"], capsys)[0] == 0
    code, _, err = run(["status"], capsys)
    assert code == 6 and "ZHANGGUI_PASSPHRASE" in err and len(err.splitlines()) == 1
    monkeypatch.setenv("ZHANGGUI_PASSPHRASE", "甲 乙")
    assert run(["status"], capsys)[0] == 0
    door.paths.key_file.unlink()
    assert run(["status"], capsys)[0] == 6
    monkeypatch.setattr("sys.stdin", io.StringIO(phrase + "\n"))
    assert run(["recover"], capsys)[0] == 0
    assert run(["restore"], capsys)[0] == 0
    code, _, err = run(["restore", "没有"], capsys)
    assert code == 3 and "没有" in err
    assert run(["erase"], capsys)[0] == 3
    assert run(["erase", "--product", "裙"], capsys)[0] == 0
    assert run(["erase", "--since", "2020-01-01"], capsys)[0] == 0
    assert json.loads(run(["status", "--json"], capsys)[1])["rows"]["草稿（每一条候选、次序、检查结果、得分）"] == 0
    assert run(["erase", "--everything"], capsys)[0] == 0


def test_a_damaged_store_is_told_with_what_to_run(door: StoreDoor, capsys: pytest.CaptureFixture[str]) -> None:
    data = bytearray(door.paths.store.read_bytes())
    data[:4096] = bytes(4096)
    door.paths.store.write_bytes(data)
    code, _, err = run(["status"], capsys)
    assert code == 6 and "store salvage" in err
    code, _, err = run(["salvage"], capsys)
    assert code in (0, 6)
    assert run(["start-anew"], capsys)[0] == 0
    assert run(["status"], capsys)[0] == 0


def test_the_home_of_the_test_is_private(door: StoreDoor, private_home: Path) -> None:
    assert Paths.default().home == private_home == door.paths.home
