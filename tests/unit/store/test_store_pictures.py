"""A product's picture: kept, replaced, found by name, and gone with its product."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.domain import Brief
from engine.domain.records import Product
from engine.errors import NotFound
from engine.paths import Paths
from engine.store import BackupKind, Store


def product_of(store: Store, name: str = "围巾") -> int:
    return store.products.add(Product(name, Brief(name)))


def test_a_picture_is_kept_replaced_and_removed(store: Store) -> None:
    product_id = product_of(store)
    assert store.pictures.get(product_id) is None
    store.pictures.put(product_id, b"one")
    store.pictures.put(product_id, b"two")
    assert store.pictures.get(product_id) == b"two"
    store.pictures.remove(product_id)
    assert store.pictures.get(product_id) is None


def test_a_picture_without_a_product_is_refused(store: Store) -> None:
    with pytest.raises(NotFound):
        store.pictures.put(7, b"x")


def test_changing_a_product_leaves_its_picture(store: Store) -> None:
    product_id = product_of(store)
    store.pictures.put(product_id, b"x")
    store.products.update(Product("长围巾", Brief("长围巾"), product_id=product_id))
    assert store.pictures.get(product_id) == b"x"
    assert [(one.product_id, one.name) for one in store.pictures.all()] == [(product_id, "长围巾")]


def test_by_name_the_last_changed_product_counts_and_a_deleted_one_does_not(store: Store, clock) -> None:
    first, second = product_of(store), product_of(store)
    store.pictures.put(first, b"first")
    store.pictures.put(second, b"second")
    clock.move(minutes=1)
    store.products.update(Product("围巾", Brief("围巾"), product_id=first))
    assert store.pictures.of_name("围巾") == b"first"
    store.products.delete(first)
    assert store.pictures.of_name("围巾") == b"second"
    store.products.undelete(first)
    assert store.pictures.get(first) == b"first" and store.pictures.of_name("没有") is None


def test_an_emptied_recycle_bin_takes_the_picture_along(store: Store, clock) -> None:
    product_id = product_of(store)
    store.pictures.put(product_id, b"x")
    store.products.delete(product_id)
    clock.move(days=31)
    store.maintain()
    assert store.pictures.get(product_id) is None and list(store.pictures.all()) == []


def test_a_backup_brings_the_picture_back(store: Store) -> None:
    product_id = product_of(store)
    store.pictures.put(product_id, b"x")
    backup = store.backups.make(BackupKind.MANUAL)
    store.pictures.remove(product_id)
    store.restore(backup.name)
    assert store.pictures.get(product_id) == b"x"


def test_no_pixel_of_it_can_be_read_on_the_disk(store: Store, paths: Paths) -> None:
    secret = b"pixels of a scarf " * 40
    store.pictures.put(product_of(store), secret)
    store.maintain()
    files: list[Path] = [file for file in paths.home.rglob("*") if file.is_file()]
    assert files and not any(b"pixels of a scarf" in file.read_bytes() for file in files)
