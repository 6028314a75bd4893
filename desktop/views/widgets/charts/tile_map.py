"""The provinces as tiles about where they lie: not to scale, each as large as the other, so that small ones can be read and hit."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter
from PySide6.QtWidgets import QToolTip

from desktop import formats
from desktop.i18n import language, tr
from desktop.theme import LABEL_SIZE, colour, font, theme
from desktop.views.widgets.charts.base import Chart, shapes

COLUMNS, ROWS, GAP = 9, 8, 3
# Short sign → (column, row, how its official name begins, its letters in GB/T 2260 and ISO 3166-2:CN).
TILES: dict[str, tuple[int, int, str, str]] = {
    "黑": (8, 0, "黑龙江", "HL"), "新": (0, 1, "新疆", "XJ"), "蒙": (4, 1, "内蒙古", "NM"), "吉": (8, 1, "吉林", "JL"),
    "青": (1, 2, "青海", "QH"), "甘": (2, 2, "甘肃", "GS"), "宁": (3, 2, "宁夏", "NX"), "晋": (4, 2, "山西", "SX"), "冀": (5, 2, "河北", "HE"), "京": (6, 2, "北京", "BJ"),
    "津": (7, 2, "天津", "TJ"), "辽": (8, 2, "辽宁", "LN"),
    "藏": (0, 3, "西藏", "XZ"), "川": (2, 3, "四川", "SC"), "陕": (3, 3, "陕西", "SN"), "豫": (4, 3, "河南", "HA"), "鲁": (5, 3, "山东", "SD"), "苏": (6, 3, "江苏", "JS"),
    "渝": (3, 4, "重庆", "CQ"), "鄂": (4, 4, "湖北", "HB"), "皖": (5, 4, "安徽", "AH"), "浙": (6, 4, "浙江", "ZJ"), "沪": (7, 4, "上海", "SH"),
    "云": (2, 5, "云南", "YN"), "贵": (3, 5, "贵州", "GZ"), "湘": (4, 5, "湖南", "HN"), "赣": (5, 5, "江西", "JX"), "闽": (6, 5, "福建", "FJ"), "台": (7, 5, "台湾", "TW"),
    "桂": (3, 6, "广西", "GX"), "粤": (4, 6, "广东", "GD"), "港": (5, 6, "香港", "HK"),
    "琼": (3, 7, "海南", "HI"), "澳": (4, 7, "澳门", "MO"),
}  # fmt: skip


def sign_of(province: str) -> str:
    """`浙` of 浙江省; empty for what is no province."""
    return next((sign for sign, (_x, _y, name, _letters) in TILES.items() if province.startswith(name)), "")


class TileMap(Chart):
    """`set({province: value})`; `asked(province)` as it was given."""

    asked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.values: dict[str, int] = {}
        self._names: dict[str, str] = {}

    def sizeHint(self) -> QSize:
        return QSize(280, 240)

    def set(self, values: Mapping[str, int]) -> None:
        self.values, self._names = {}, {}
        for province, value in values.items():
            sign = sign_of(province)
            if sign:
                self.values[sign] = self.values.get(sign, 0) + value
                self._names[sign] = province
        best = sorted(self.values, key=lambda sign: -self.values[sign])[:5]
        self.describe(", ".join(f"{self._names[sign]} {formats.count(self.values[sign])}" for sign in best) or tr("Nothing was sold"))
        self.update()

    def _tile(self, sign: str) -> QRectF:
        size = min((self.width() + GAP) / COLUMNS, (self.height() + GAP) / ROWS)
        column, row, _name, _letters = TILES[sign]
        return QRectF(column * size, row * size, size - GAP, size - GAP)

    def _at(self, event: QMouseEvent) -> str:
        return next((sign for sign in TILES if self._tile(sign).contains(event.position())), "")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        sign = self._at(event)
        self.setCursor(Qt.CursorShape.PointingHandCursor if sign in self._names else Qt.CursorShape.ArrowCursor)
        if sign:
            words = tr("{province}: {n} orders", province=self._names.get(sign, TILES[sign][2]), n=formats.count(self.values.get(sign, 0)))
            QToolTip.showText(event.globalPosition().toPoint(), words, self)

    def leaveEvent(self, event: QEvent) -> None:
        QToolTip.hideText()
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        sign = self._at(event)
        if sign in self._names:
            self.asked.emit(self._names[sign])

    def draw(self, painter: QPainter) -> None:
        t = theme()
        most = max(self.values.values(), default=0)
        shapes(painter, True)
        for sign in TILES:
            value = self.values.get(sign, 0)
            # The root spreads the many small provinces: by value alone all but three would look empty.
            ground = t.heat((value / most) ** 0.5) if value and most else colour(t.hover)
            tile = self._tile(sign)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawRoundedRect(tile, 3, 3)
            painter.setPen(_readable(ground) if value else colour(t.muted))
            painter.setFont(font(LABEL_SIZE))
            painter.drawText(tile, int(Qt.AlignmentFlag.AlignCenter), sign if language() == "zh" else TILES[sign][3])


def _readable(ground: QColor) -> QColor:
    """Whichever of the text colours has more contrast with the tile."""
    t = theme()
    light = _light(ground)

    def contrast(ink: QColor) -> float:
        high, low = max(_light(ink), light), min(_light(ink), light)
        return (high + 0.05) / (low + 0.05)

    return max((colour(t.text), colour(t.on_accent)), key=contrast)


def _light(value: QColor) -> float:
    def part(channel: float) -> float:
        return channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4

    return float(0.2126 * part(value.redF()) + 0.7152 * part(value.greenF()) + 0.0722 * part(value.blueF()))
