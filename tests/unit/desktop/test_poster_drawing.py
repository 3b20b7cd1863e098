"""Picture files of every kind, and posters as they are painted."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter

from desktop.poster.drawing import draw_poster, png_of
from desktop.poster.fitting import Role
from desktop.poster.picture import Picture, picture_of, read_picture, small_copy
from desktop.poster.values import PIXELS, Arrangement, Box, Ground, PosterWish, PosterWords, Shape
from engine.domain.colours import Colour, contrast
from engine.errors import FileUnreadable

pytestmark = pytest.mark.usefixtures("qapp")
WORDS = PosterWords("地铁口的风", "面料轻软垂坠，走动时裙摆自然散开。", "街角裙子铺", "第二件半价")


def image_of(width: int = 300, height: int = 200, colour: str = "#1F3A5F") -> QImage:
    """White with a square of this colour."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.fillRect(width // 4, height // 4, width // 2, height // 2, QColor(colour))
    painter.end()
    return image


def checkered(size: int = 1200) -> QImage:
    """Black and white squares, the hardest ground for a text."""
    image = QImage(size, size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    step = size // 24
    for row in range(24):
        for column in range(row % 2, 24, 2):
            painter.fillRect(column * step, row * step, step, step, Qt.GlobalColor.black)
    painter.end()
    return image


def saved(image: QImage, path: Path, form: str) -> Path:
    assert image.save(str(path), form)
    return path


def as_picture(image: QImage, folder: Path) -> Picture:
    return read_picture(saved(image, folder / "图.png", "PNG"))


@pytest.mark.parametrize("form", ["JPG", "PNG", "WEBP", "BMP"])
def test_usual_formats_are_read_by_what_is_in_them(tmp_path: Path, form: str) -> None:
    picture = read_picture(saved(image_of(), tmp_path / "名字不对.dat", form))
    assert (picture.image.width(), picture.image.height()) == (300, 200)
    assert picture.plain and picture.palette.colours[0].colour.blue > 80


def png_head(width: int, height: int) -> bytes:
    """A PNG file that says how large it is, and holds nothing."""
    chunk = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    head = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    return head + struct.pack(">I", 900) + b"IDAT"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_picture"),
        (b"PK\x03\x04 a table", "not_picture"),
        (png_head(60000, 60000), "too_large"),
        (png_head(300, 300), "picture_broken"),
        (png_head(300, 8), "picture_small"),
    ],
)
def test_other_files_are_refused_with_their_reason(content: bytes, reason: str, tmp_path: Path) -> None:
    path = tmp_path / "图.png"
    path.write_bytes(content)
    with pytest.raises(FileUnreadable) as refused:
        read_picture(path)
    assert refused.value.reason == reason


def test_half_a_jpeg_is_told_from_a_whole_one(tmp_path: Path) -> None:
    whole = saved(checkered(), tmp_path / "图.jpg", "JPG").read_bytes()
    assert picture_of(whole, tmp_path).image.width() == 1200
    with pytest.raises(FileUnreadable) as refused:
        picture_of(whole[: len(whole) // 2], tmp_path)
    assert refused.value.reason == "picture_broken"


def test_a_folder_and_a_missing_file_are_told(tmp_path: Path) -> None:
    for path, reason in ((tmp_path, "is_folder"), (tmp_path / "没有", "missing")):
        with pytest.raises(FileUnreadable) as refused:
            read_picture(path)
        assert refused.value.reason == reason


def test_a_photo_that_was_taken_sideways_stands_upright_and_loses_what_the_camera_wrote(tmp_path: Path) -> None:
    plain = saved(image_of(), tmp_path / "图.jpg", "JPG").read_bytes()
    tiff = b"MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06\x00\x00\x00\x00\x00\x00"
    exif = b"Exif\x00\x00" + tiff + b"GPS 31.23N"
    turned = plain[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + plain[2:]
    picture = picture_of(turned, tmp_path)
    assert (picture.image.width(), picture.image.height()) == (200, 300)
    assert b"GPS" not in png_of(draw_poster(picture, PosterWish(WORDS)).image)


def test_a_large_photo_is_read_smaller(tmp_path: Path) -> None:
    picture = as_picture(checkered(3600), tmp_path)
    assert picture.image.width() == 2000
    assert small_copy(picture.image, 1024).width() == 1024


@pytest.mark.parametrize("shape", Shape)
@pytest.mark.parametrize("arrangement", Arrangement)
def test_a_poster_has_the_platforms_size_and_its_words_inside(
    tmp_path: Path, shape: Shape, arrangement: Arrangement
) -> None:
    drawn = draw_poster(as_picture(checkered(), tmp_path), PosterWish(WORDS, arrangement, shape))
    assert (drawn.image.width(), drawn.image.height()) == PIXELS[shape]
    assert QImage.fromData(png_of(drawn.image)) == drawn.image
    if arrangement is Arrangement.FULL:
        return
    ground, inside = QColor(*drawn.colours.ground.parts).rgb(), drawn.plan.words
    box = drawn.plan.ground
    written = [
        (x, y)
        for x in range(box.x, box.right, 2)
        for y in range(box.y, box.bottom, 2)
        if drawn.image.pixel(x, y) != ground
    ]
    assert written
    assert all(inside.x - 1 <= x < inside.right and inside.y <= y < inside.bottom for x, y in written)


@pytest.mark.parametrize("ground", Ground)
def test_words_over_the_hardest_picture_can_be_read(tmp_path: Path, ground: Ground) -> None:
    wish = PosterWish(PosterWords("风"), Arrangement.FULL, Shape.SQUARE, ground)
    drawn = draw_poster(as_picture(checkered(), tmp_path), wish)
    words: Box = drawn.plan.words
    beside = QRect(words.x + words.width // 2, words.y, words.width // 2, words.height)
    seen = {
        drawn.image.pixel(x, y)
        for x in range(beside.left(), beside.right(), 3)
        for y in range(beside.top(), beside.bottom(), 3)
    }
    assert len(seen) > 1, "the picture shines through"
    for pixel in seen:
        colour = QColor(pixel)
        assert contrast(drawn.colours.ink, Colour(colour.red(), colour.green(), colour.blue())) >= 4.5


def test_the_preview_is_the_poster_only_smaller(tmp_path: Path) -> None:
    picture, wish = as_picture(checkered(), tmp_path), PosterWish(WORDS)
    small, large = draw_poster(picture, wish, 0.25), draw_poster(picture, wish)
    assert (small.image.width(), small.image.height()) == (270, 360)
    assert small.plan == large.plan


def test_transparent_pictures_stand_on_white(tmp_path: Path) -> None:
    image = QImage(300, 300, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    picture = as_picture(image, tmp_path)
    assert picture.plain and picture.image.pixelColor(5, 5) == QColor("white")


def test_what_did_not_fit_is_told(tmp_path: Path) -> None:
    drawn = draw_poster(as_picture(image_of(), tmp_path), PosterWish(PosterWords("标题", "说不完的话，" * 80)))
    assert drawn.cut == (Role.BODY,) and drawn.soft
