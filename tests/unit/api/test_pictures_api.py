"""Product pictures through the engine's face, on the real store."""

from __future__ import annotations

import zipfile
from pathlib import Path

from engine.api import Engine
from engine.domain import Brief
from engine.domain.colours import Colour
from engine.domain.palette import MainColour
from engine.paths import Paths

ROOT = Path(__file__).resolve().parents[3]


def test_a_picture_is_kept_exported_backed_up_and_erased_with_its_product(private_home: Path, tmp_path: Path) -> None:
    with Engine.open(Paths(private_home, ROOT / "assets")) as engine:
        number = engine.products.save(Brief("围巾"))
        engine.pictures.keep(number, b"jpeg")
        engine.products.save(Brief("围巾", points=("软",)), number)
        assert engine.pictures.of_product(number) == engine.pictures.of_name("围巾") == b"jpeg"
        assert engine.privacy.summary()["商品图片"] == 1
        with zipfile.ZipFile(engine.privacy.export_all(tmp_path)) as archive:
            assert archive.read(f"pictures/{number}-围巾.jpg") == b"jpeg"
        backup = engine.privacy.backup_now()
        engine.pictures.remove(number)
        engine.privacy.restore(backup)
        assert engine.pictures.of_product(number) == b"jpeg"
        engine.privacy.erase_product("围巾")
        assert engine.pictures.of_product(number) is None


def test_colours_are_named_and_files_are_written_whole(private_home: Path, tmp_path: Path) -> None:
    with Engine.open(Paths(private_home, ROOT / "assets")) as engine:
        assert engine.pictures.colour_words([MainColour(Colour(27, 40, 69), 0.8)]) == ("藏青",)
        engine.pictures.write(tmp_path / "新" / "海报.png", b"png")
    assert [file.name for file in (tmp_path / "新").iterdir()] == ["海报.png"]
