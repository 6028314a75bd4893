"""The window's icons by our own names: vector files of resources/icons (24 px grid, 1.6 px strokes in currentColor).

A name is the file's stem; a test checks that every name used in desktop/ has its file. An own set instead of an icon font: the font package
costs more to import than QtWidgets itself, which the first paint would pay.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import ceil

from PySide6.QtCore import QByteArray, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPen, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

import resources
from desktop.theme import LABEL_SIZE, RAIL_SIZE, colour, font, metrics, theme, themes


@cache
def _source(name: str) -> str:
    return (resources.path("icons") / f"{name}.svg").read_text(encoding="utf-8")


def ratio() -> float:
    """Device pixels per logical pixel of the sharpest screen: pixmaps are made for it."""
    app = QApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QApplication) else 1.0


def pixmap(name: str, ink: str, size: int = 16) -> QPixmap:
    """The icon `name` in the colour `ink` (`#RRGGBB`), `size` logical px square; cached by all four."""
    return _pixmap(name, ink, size, ratio())


@lru_cache(maxsize=1024)
def _pixmap(name: str, ink: str, size: int, dpr: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_source(name).replace("currentColor", ink).encode()))
    made = _blank(size, size, dpr)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, size, size))
    painter.end()
    return made


def _blank(width: int, height: int, dpr: float) -> QPixmap:
    made = QPixmap(round(width * dpr), round(height * dpr))
    made.setDevicePixelRatio(dpr)
    made.fill(Qt.GlobalColor.transparent)
    return made


def icon(name: str, ink: str | None = None, size: int = 16) -> QIcon:
    """A QIcon for actions and menus; `ink` None is the theme's second text colour, disabled is faint."""
    made = QIcon(pixmap(name, ink or theme().text2, size))
    made.addPixmap(pixmap(name, theme().faint, size), QIcon.Mode.Disabled)
    return made


def app_icon() -> QIcon:
    """The shop sign 掌 on the accent, in the sizes that desktops ask for."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(logo(size))
    return made


@lru_cache(maxsize=32)
def logo(size: int) -> QPixmap:
    """The sign as a square pixmap of `size` px."""
    made = _blank(size, size, ratio())
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme().accent))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.22, size * 0.22)
    face = QFont(font(13, bold=True))
    face.setPixelSize(max(8, round(size * 0.58)))
    painter.setFont(face)
    painter.setPen(QColor(theme().on_accent))
    painter.drawText(QRectF(0, -size * 0.03, size, size), Qt.AlignmentFlag.AlignCenter, "掌")
    painter.end()
    return made


def pill(words: str, tone: str, small: bool = True) -> QPixmap:
    """Words on their soft ground: 18 px high at 11 px in rows, 22 at 12 px in panels."""
    return _pill(words, tone, 18 if small else 22, RAIL_SIZE if small else LABEL_SIZE, ratio())


@lru_cache(maxsize=512)
def _pill(words: str, tone: str, height: int, size: int, dpr: float) -> QPixmap:
    width = ceil(metrics(size).horizontalAdvance(words)) + 16
    made = _blank(width, height, dpr)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(theme().soft(tone)))
    painter.drawRoundedRect(QRectF(0, 0, width, height), height / 2, height / 2)
    painter.setFont(font(size))
    painter.setPen(colour(theme().tone("text2" if tone == "muted" else tone)))
    painter.drawText(QRectF(0, 0, width, height), Qt.AlignmentFlag.AlignCenter, words)
    painter.end()
    return made


def check(state: str, focused: bool = False, form: bool = False) -> QPixmap:
    """A 16 px box: `on`, `off` or `part`; `form` takes the stronger border of controls."""
    return _check(state, focused, form, ratio())


@lru_cache(maxsize=32)
def _check(state: str, focused: bool, form: bool, dpr: float) -> QPixmap:
    made = _blank(16, 16, dpr)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    on = state != "off"
    edge = theme().accent if on or focused else theme().control if form else theme().line2
    painter.setPen(QPen(colour(edge), 2 if focused and not on else 1.2))
    painter.setBrush(colour(theme().accent if on else theme().surface))
    painter.drawRoundedRect(QRectF(1, 1, 14, 14), 4, 4)
    if on:
        pen = QPen(colour(theme().on_accent), 1.8)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        marks = [QPointF(4.5, 8.2), QPointF(7, 10.7), QPointF(11.5, 5.6)] if state == "on" else [QPointF(4.8, 8), QPointF(11.2, 8)]
        painter.drawPolyline(marks)
    painter.end()
    return made


def ring(glyph: str, tone: str, size: int = 14) -> QPixmap:
    """The ring that fills as an order goes on: `dashed` unpaid, `half` to ship, `most` shipped, `done` full with a tick, `dash` closed."""
    return _ring(glyph, tone, size, ratio())


@lru_cache(maxsize=64)
def _ring(glyph: str, tone: str, size: int, dpr: float) -> QPixmap:
    made = _blank(size, size, dpr)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 14, size / 14)
    ink = colour(theme().faint if glyph == "dash" else theme().tone(tone))
    if glyph in {"done", "dash"}:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(QRectF(0.5, 0.5, 13, 13))
        pen = QPen(colour(theme().surface), 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPolyline(
            [QPointF(4, 7.2), QPointF(6.2, 9.4), QPointF(10, 5)] if glyph == "done" else [QPointF(4.3, 7), QPointF(9.7, 7)]
        )
    else:
        pen = QPen(ink, 1.5)
        if glyph == "dashed":
            pen.setDashPattern([1.6, 1.5])
        painter.setPen(pen)
        painter.drawEllipse(QRectF(1, 1, 12, 12))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        if glyph != "dashed":
            painter.drawPie(QRectF(3, 3, 8, 8), 90 * 16, (-180 if glyph == "half" else -270) * 16)
    painter.end()
    return made


def flag(number: int, size: int = 15) -> QPixmap:
    """A seller flag: an outline when grey (0), filled when coloured (1–5)."""
    ink = theme().flags[number]
    return pixmap("flag-filled" if number else "flag", ink, size)


def flag_icon(number: int) -> QIcon:
    """The same for menus."""
    return QIcon(flag(number, 16))


def forget_pixmaps() -> None:
    """Drop what was drawn in the colours or at the ratio of before."""
    for made in (_pixmap, logo, _pill, _check, _ring):
        made.cache_clear()


themes().changed.connect(forget_pixmaps)
