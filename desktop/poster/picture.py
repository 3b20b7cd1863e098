"""A seller's picture file as an image: upright, of a sensible size, without anything that the camera wrote beside it.

Only formats that carry nothing but pixels are read. Broken, empty and huge files are a ``FileUnreadable`` with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QColorSpace, QImage, QImageReader

from engine.domain.palette import SMALL, Palette, Thumb, palette_of
from engine.errors import FileUnreadable, reason_of

FORMATS = frozenset({b"jpeg", b"jpg", b"png", b"webp", b"bmp", b"gif"})
MAX_BYTES = 60 * 1024 * 1024
MAX_PIXELS = 120_000_000
LONGEST = 2000
LEAST = 40
CALM = 4
JPEG_QUALITY = 86
STORED = "product.jpg"
"""How a picture out of the store is called where it cannot be read."""

JPEG_START, JPEG_END = b"\xff\xd8", b"\xff\xd9"


@dataclass(frozen=True, slots=True)
class Picture:
    """An image and its colours."""

    image: QImage
    palette: Palette

    @property
    def plain(self) -> bool:
        """Whether it stands on a ground of one colour."""
        return self.palette.ground is not None


def read_picture(path: Path) -> Picture:
    """The picture in a file.

    Raises:
        FileUnreadable: with the reason.
    """
    try:
        if path.is_dir():
            raise FileUnreadable(path, "is_folder")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileUnreadable(path, reason_of(error)) from error
    if len(content) > MAX_BYTES:
        raise FileUnreadable(path, "too_large")
    return picture_of(content, path)


def picture_of(content: bytes, path: Path) -> Picture:
    """The picture in these bytes; ``path`` names them where they cannot be read."""
    if not content:
        raise FileUnreadable(path, "empty")
    if content.startswith(JPEG_START) and content.rfind(JPEG_END) < len(content) // 2:
        raise FileUnreadable(path, "picture_broken")
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    _check(reader, path)
    image = reader.read()
    if image.isNull():
        raise FileUnreadable(path, "picture_broken")
    return _made(_on_white(image))


def small_copy(image: QImage, longest: int) -> QImage:
    """The image with no side longer than this."""
    if max(image.width(), image.height()) <= longest:
        return image
    return image.scaled(
        longest, longest, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )


def jpeg_of(image: QImage) -> bytes:
    """The pixels as a JPEG file's bytes, and nothing beside them."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPG", JPEG_QUALITY)  # type: ignore[call-overload]  # Qt takes the name, the stubs want bytes
    return bytes(content.data())


def _check(reader: QImageReader, path: Path) -> None:
    """Look at the head alone: format and size, before a pixel is decoded; large ones are decoded smaller."""
    if not reader.canRead() or bytes(reader.format().data()) not in FORMATS:
        raise FileUnreadable(path, "not_picture")
    size = reader.size()
    if size.isValid():
        if size.width() * size.height() > MAX_PIXELS:
            raise FileUnreadable(path, "too_large")
        if min(size.width(), size.height()) < LEAST:
            raise FileUnreadable(path, "picture_small")
        longest = max(size.width(), size.height())
        if longest > LONGEST:
            share = LONGEST / longest
            reader.setScaledSize(QSize(max(1, round(size.width() * share)), max(1, round(size.height() * share))))


def _on_white(image: QImage) -> QImage:
    """Plain sRGB pixels, transparent ones on white."""
    if image.colorSpace().isValid() and image.colorSpace() != QColorSpace(QColorSpace.NamedColorSpace.SRgb):
        image = image.convertedToColorSpace(QColorSpace(QColorSpace.NamedColorSpace.SRgb))
    plain = QImage(image.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    from PySide6.QtGui import QPainter

    painter = QPainter(plain)
    painter.drawImage(0, 0, image)
    painter.end()
    return plain


def _made(image: QImage) -> Picture:
    return Picture(image, palette_of(thumb_of(image)))


def thumb_of(image: QImage) -> Thumb:
    """The image as few pixels, for its colours: first averaged, which takes noise away, then picked, which mixes nothing."""
    shape = Qt.AspectRatioMode.KeepAspectRatio
    calm = image.scaled(CALM * SMALL, CALM * SMALL, shape, Qt.TransformationMode.SmoothTransformation)
    small = calm.scaled(SMALL, SMALL, shape, Qt.TransformationMode.FastTransformation)
    small = small.convertToFormat(QImage.Format.Format_RGB888)
    width, height, line = small.width(), small.height(), small.bytesPerLine()
    data = bytes(small.constBits())
    rows = (data[row * line : row * line + 3 * width] for row in range(height))
    return Thumb(width, height, b"".join(rows))
