"""Provinces and their cities as a tree, with how many orders, units and how much money went there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop import formats
from desktop.i18n import tr

if TYPE_CHECKING:
    from services.queries.region_counts import RegionRow

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
NAME, BAR, ORDERS, UNITS, PAID = range(5)


@dataclass(eq=False, slots=True)
class Place:
    """A province (no `province`) or a city of one; blank is not filled in. `share` is of the fullest province, `part` of all orders; 0…1."""

    name: str
    orders: int
    units: int
    paid: int
    share: float
    part: float
    province: Place | None = None
    row: int = 0
    cities: list[Place] = field(default_factory=list)

    @property
    def words(self) -> str:
        return self.name or tr("Not filled in")


class RegionModel(QAbstractItemModel):
    """`set_rows(rows)`; every row is a Place."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.places: list[Place] = []
        self._before: list[Place] = []

    def set_rows(self, rows: Sequence[RegionRow]) -> None:
        self.beginResetModel()
        self._before = self.places  # Qt may hold indexes of the old rows a moment longer than the reset
        most, total = max((row.orders for row in rows), default=1), sum(row.orders for row in rows)
        self.places = []
        for row in rows:
            province = Place(row.name, row.orders, row.units, row.paid, row.orders / most, row.orders / total, None, len(self.places))
            for city in row.cities:
                place = Place(
                    city.name, city.orders, city.units, city.paid, city.orders / most, city.orders / total, province, len(province.cities)
                )
                province.cities.append(place)
            self.places.append(province)
        self.endResetModel()

    def place(self, index: _Index) -> Place | None:
        found = index.internalPointer() if index.isValid() else None
        return found if isinstance(found, Place) else None

    def index(self, row: int, column: int, parent: _Index = _NOWHERE) -> QModelIndex:
        inside = self._inside(parent)
        if not (0 <= row < len(inside) and 0 <= column <= PAID):
            return QModelIndex()
        return self.createIndex(row, column, inside[row])

    def _inside(self, parent: _Index) -> list[Place]:
        if not parent.isValid():
            return self.places
        place = self.place(parent)
        return place.cities if place is not None and parent.column() == 0 else []

    def parent(self, index: _Index = _NOWHERE) -> QModelIndex:  # type: ignore[override]
        place = self.place(index)
        province = place.province if place is not None else None
        return QModelIndex() if province is None else self.createIndex(province.row, 0, province)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return len(self._inside(parent))

    def columnCount(self, _parent: _Index = _NOWHERE) -> int:
        return PAID + 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        place = self.place(index)
        if place is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return cell(place, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.headerData(index.column(), Qt.Orientation.Horizontal)} {cell(place, index.column())}".strip()
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Region"), tr("Share of orders"), tr("Orders"), tr("Units"), tr("Paid"))[section]


def cell(place: Place, column: int) -> str:
    match column:
        case 0:
            return place.words
        case 1:
            return formats.percent(place.part)
        case 2:
            return formats.count(place.orders)
        case 3:
            return formats.count(place.units)
        case _:
            return formats.money(place.paid)
