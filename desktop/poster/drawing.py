"""A planned poster painted into an image; the same code paints the preview, only smaller.

How thick the veil over a full picture lies is computed from the pixels under it, so its words can be read on any picture.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QLinearGradient, QPainter

from desktop.poster.colours import PosterColours, poster_colours, veil_opacity
from desktop.poster.fitting import Face, Role
from desktop.poster.picture import Picture
from desktop.poster.plan import Line, Plan, Subject, plan_poster
from desktop.poster.values import Box, PosterWish
from desktop.widgets.tokens import FONT_FAMILIES
from engine.domain.colours import Colour

MUCH_ROUND = 0.5
MIDDLE = 0.38
"""From a Chinese character's middle down to its base line, in type sizes."""

FADE = ((0.0, 0.0), (0.3, 0.12), (0.6, 0.5), (0.85, 0.88), (0.97, 1.0))
"""How the veil sets in: shares of the fade's height and of the whole opacity."""

CHUNK = 1 << 16
"""Bytes that are looked at in one go: while Python counts, the window's thread waits."""

PLAIN_VEIL = 0.95
"""Over a plain ground the veil is nearly a surface: there is nothing to shine through."""

SPARE = 1.02
"""A line is planned this much wider than it measures, for glyphs that lean out of their advance."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A poster: its image, which words did not fit, whether the picture has too few pixels, and what was computed."""

    image: QImage
    cut: tuple[Role, ...]
    soft: bool
    plan: Plan
    colours: PosterColours


def draw_poster(picture: Picture, wish: PosterWish, scale: float = 1.0) -> Drawn:
    """Paint a poster; ``scale`` below 1 for a preview."""
    image = picture.image
    plan = plan_poster(wish, Subject(image.width(), image.height(), picture.plain), _measure)
    colours = poster_colours(picture.palette, wish.ground)
    width, height = (max(1, round(side * scale)) for side in plan.size)
    canvas = QImage(width, height, QImage.Format.Format_RGB32)
    canvas.fill(_shade(picture.palette.ground or colours.ground))
    painter = QPainter(canvas)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
    painter.scale(width / plan.size[0], height / plan.size[1])
    painter.drawImage(_rect(plan.target), _shown(image, plan, scale))
    if plan.veiled:
        painter.end()
        colours = replace(colours, brand=colours.ink)
        least = PLAIN_VEIL if picture.plain else 0.0
        opacity = max(least, veil_opacity(colours, *_bounds(canvas, plan.ground, scale)))
        painter = QPainter(canvas)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing)
        painter.scale(width / plan.size[0], height / plan.size[1])
        _veil(painter, plan, colours, opacity)
    else:
        painter.fillRect(_rect(plan.ground), _shade(colours.ground))
    _write(painter, plan, colours)
    painter.end()
    return Drawn(canvas, plan.cut, plan.soft, plan, colours)


def png_of(image: QImage) -> bytes:
    """The image as a PNG file's bytes."""
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # Qt takes the name, the stubs want bytes
    return bytes(content.data())


def _font(face: Face) -> QFont:
    font = QFont()
    font.setFamilies(list(FONT_FAMILIES))
    font.setPixelSize(face.size)
    font.setWeight(QFont.Weight.Bold if face.bold else QFont.Weight.Normal)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _measure(text: str, face: Face) -> float:
    return QFontMetricsF(_font(face)).horizontalAdvance(text) * SPARE


def _shown(image: QImage, plan: Plan, scale: float) -> QImage:
    """The part of the picture that is shown, made small by averaging where it is much larger than its place."""
    part = image.copy(_whole(plan.source))
    wide, high = round(plan.target.width * scale), round(plan.target.height * scale)
    if part.width() <= wide or not wide or not high:
        return part
    return part.scaled(wide, high, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation)


def _bounds(canvas: QImage, box: Box, scale: float) -> tuple[Colour, Colour]:
    """Two colours between whose parts those of every pixel in the box lie."""
    area = QRectF(box.x * scale, box.y * scale, box.width * scale, box.height * scale).toAlignedRect()
    part = canvas.copy(area.intersected(canvas.rect())).convertToFormat(QImage.Format.Format_RGB32)
    data = bytes(part.constBits())
    ends = [[255, 255, 255], [0, 0, 0]]
    for start in range(0, len(data), CHUNK):
        chunk = data[start : start + CHUNK]
        for number, place in enumerate((2, 1, 0)):
            values = set(chunk[place::4])
            ends[0][number] = min(ends[0][number], *values)
            ends[1][number] = max(ends[1][number], *values)
    return Colour(*ends[0]), Colour(*ends[1])


def _veil(painter: QPainter, plan: Plan, colours: PosterColours, opacity: float) -> None:
    top, bottom = plan.fade.y, plan.ground.bottom
    gradient = QLinearGradient(QPointF(0, top), QPointF(0, bottom))
    for share, part in FADE:
        shade = _shade(colours.ground)
        shade.setAlphaF(opacity * part)
        gradient.setColorAt(share * plan.fade.height / (bottom - top), shade)
    painter.fillRect(_rect(Box(0, top, plan.size[0], bottom - top)), gradient)


def _write(painter: QPainter, plan: Plan, colours: PosterColours) -> None:
    if plan.rule is not None:
        painter.fillRect(_rect(plan.rule), _shade(colours.brand))
    if plan.pill is not None:
        offer = [line for line in plan.lines if line.role is Role.OFFER]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_shade(colours.accent))
        side = offer[0].box.x - plan.pill.x
        wide = max(_measure(line.text, Face(line.size, line.bold)) for line in offer) + 2 * side
        ground = QRectF(plan.pill.x, plan.pill.y, min(wide, plan.pill.width), plan.pill.height)
        radius = offer[0].size * MUCH_ROUND
        painter.drawRoundedRect(ground, radius, radius)
    inks = {Role.BRAND: colours.brand, Role.OFFER: colours.on_accent}
    for line in plan.lines:
        painter.setPen(_shade(inks.get(line.role, colours.ink)))
        _write_line(painter, line)


def _write_line(painter: QPainter, line: Line) -> None:
    font = _font(Face(line.size, line.bold))
    painter.setFont(font)
    box = line.box
    baseline = box.y + box.height / 2 + line.size * MIDDLE
    painter.drawText(QPointF(box.x, baseline), line.text)


def _shade(colour: Colour) -> QColor:
    return QColor(*colour.parts)


def _rect(box: Box) -> QRectF:
    return QRectF(box.x, box.y, box.width, box.height)


def _whole(box: Box) -> QRect:
    return QRect(box.x, box.y, box.width, box.height)
