"""The window's icons by our own names: vector files of resources/icons (24 px grid, 1.6 px strokes in currentColor).

A name is the file's stem; a test checks that every name used in desktop/ has its file. An own set instead of an icon font: the font package
costs more to import than QtWidgets itself, which the first paint would pay.
"""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

import resources
from desktop.theme import colour, font, theme, themes


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


def forget_pixmaps() -> None:
    """Drop what was drawn in the colours or at the ratio of before."""
    _pixmap.cache_clear()
    logo.cache_clear()


themes().changed.connect(forget_pixmaps)
