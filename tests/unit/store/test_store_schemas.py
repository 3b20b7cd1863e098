"""Files that older programs wrote, one of each schema that ever shipped."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import MemoryVault, PlainKeys

from engine.paths import Paths
from engine.store import Store
from engine.store.salvage import salvage
from engine.store.session import Session

SCHEMAS = sorted((Path(__file__).parent / "schemas").glob("v*.sql"))
every_schema = pytest.mark.parametrize("file", SCHEMAS, ids=lambda f: f.stem)


@every_schema
def test_every_shipped_schema_upgrades_with_its_rows(file: Path, paths: Paths, vault: MemoryVault) -> None:
    paths.home.mkdir(parents=True)
    with Session(paths.store, lambda: "") as session, session.transaction():
        session.script(file.read_text(encoding="utf-8"))
    with Store(paths, PlainKeys(paths, vault)) as store:
        assert [entry.current_text for entry in store.history("旧店")] == ["旧店文案"]
        assert store.pictures.get(1) == (b"\xff\xd8\xff\xd9" if file.stem >= "v4" else None)
        assert store.integrity() == ()


@every_schema
def test_every_shipped_schema_can_be_salvaged_whole(file: Path, paths: Paths) -> None:
    paths.home.mkdir(parents=True)
    with Session(paths.store, lambda: "") as session, session.transaction():
        session.script(file.read_text(encoding="utf-8"))
    fresh = paths.home / "fresh.db"
    found = salvage(paths.store, "", fresh)
    assert (found.saved["draft"], found.unreadable) == (1, 0)
    with Session(fresh, lambda: "") as session:
        rows = session.scalar("SELECT count(*) FROM campaign WHERE json_extract(plan, '$.brief.product') = '旧店商品'")
        assert rows == (1 if file.stem >= "v3" else 0)
        assert session.scalar("SELECT count(*) FROM product_picture") == (1 if file.stem >= "v4" else 0)
