"""Tables of parcels, goods or counts through a map: each target's cell is made of the file's columns, then read as a format's would be."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from services.errors import BadInput
from services.imports.clean import decimal_commas, parse_money, parse_signed_count, with_point
from services.imports.columns import Columns
from services.imports.count_list import CountList
from services.imports.goods_list import GoodsList
from services.imports.headings import Authority, Kind, Layout, normal
from services.imports.read import Block
from services.imports.records import OrderRecord, Reject, Warned
from services.imports.waybill_list import WaybillList
from services.money import write_amount

if TYPE_CHECKING:
    from services.imports.formats.mapped import MapSpec, Source

TARGETS_OF: dict[str, frozenset[str]] = {
    "tracking": frozenset({"number", "carrier", "tracking"}),
    "goods": frozenset({"code", "title", "properties", "barcode", "item_id", "bin", "price", "cost", "stock", "weight"}),
    "stocktake": frozenset({"code", "barcode", "counted", "expected"}),
}
"""What a map may fill, by what its table holds; of orders see services.imports.formats.mapped."""

NEEDED: dict[str, tuple[tuple[str, ...], ...]] = {
    "orders": (("number",),),
    "tracking": (("number",), ("tracking",)),
    "goods": (("code",),),
    "stocktake": (("counted",), ("code", "barcode")),
}
"""Targets without which a map is none; of several in one place one is enough."""

MONEY = frozenset({"price", "cost"})
_KINDS: dict[str, Kind] = {"tracking": "waybills", "goods": "goods", "stocktake": "counts"}
_READERS: dict[str, Callable[[Layout], WaybillList | GoodsList | CountList]] = {
    "tracking": WaybillList,
    "goods": GoodsList,
    "stocktake": CountList,
}


def missing_of(kind: str, targets: Mapping[str, object] | frozenset[str]) -> str:
    """The first target that a map of this kind lacks, "" for none."""
    return next((some[0] for some in NEEDED[kind] if not any(one in targets for one in some)), "")


class MappedTable:
    """Reads the blocks of such a table. It is understood at the end, because a column of amounts is judged as a whole."""

    def __init__(self, spec: MapSpec, headings: Sequence[str], file: str) -> None:
        self.spec = spec
        self.kind = _KINDS[spec.kind]
        self.authority = Authority.SPARSE
        self.decimal, self.days = spec.decimal or ".", spec.date
        places: dict[str, int] = {}
        for place, heading in enumerate(headings):
            places.setdefault(normal(heading), place)
        for target, source in spec.sources.items():
            for name in source.headings:
                if normal(name) not in places:
                    raise BadInput("map_heading_missing", heading=name, target=target, file=file)
        self._places = {target: [places[normal(name)] for name in source.headings] for target, source in spec.sources.items()}
        self.unmapped = [heading for heading in headings if heading and normal(heading) not in spec.headings]
        self.knows = frozenset(spec.sources)
        self.columns = Columns(Layout({}, [], []), {})
        self.orders: list[OrderRecord] = []
        self.records: list[Any] = []
        self.rejected: list[Reject] = []
        self.warnings: list[Warned] = []
        self._numbers: list[int] = []
        self._rows: list[list[str]] = []

    def read(self, block: Block) -> None:
        self._numbers.extend(block.numbers)
        self._rows.extend(block.rows)

    def finish(self) -> None:
        targets = list(self.spec.sources)
        places = {target: (at, " + ".join(self.spec.sources[target].headings)) for at, target in enumerate(targets)}
        commas = {target for target in targets if target in MONEY and self._has_commas(target)}
        if commas:
            self.decimal = ","
        layout = Layout(places, [], [], frozenset(places[target][1] for target in commas if self._plain(target)))
        reader = _READERS[self.spec.kind](layout)
        if self._rows:
            columns = [self._column(target, target in commas) for target in targets]
            reader.read(Block(self._numbers, [list(cells) for cells in zip(*columns, strict=True)]))
        reader.finish()
        self.records = getattr(reader, self.kind)
        self.columns, self.rejected = reader.columns, reader.columns.rejected
        self.warnings = reader.warnings

    def _has_commas(self, target: str) -> bool:
        if self.spec.decimal:
            return self.spec.decimal == ","
        return decimal_commas([row[place] for place in self._places[target] for row in self._rows])

    def _plain(self, target: str) -> bool:
        """Whether the column's cells go on as they are written; sums and rounded ones are written anew, with a point."""
        source = self.spec.sources[target]
        return source.combine != "sum" and source.digits is None

    def _column(self, target: str, comma: bool) -> list[str]:
        source, places = self.spec.sources[target], self._places[target]
        if source.combine == "const":
            return [source.const or ""] * len(self._rows)
        picked = [[row[place].strip() for place in places] for row in self._rows]
        if source.combine == "first":
            made = [next(filter(None, cells), "") for cells in picked]
        elif source.combine == "sum":
            made = [_sum_of(cells, target, comma) for cells in picked]
        elif source.values is not None:
            made = [source.values.get(cell, cell) for (cell,) in picked]
        else:
            made = [row[places[0]] for row in self._rows]
        if source.digits is None or target not in MONEY:
            return made
        return [_rounded(cell, source, comma and source.combine != "sum") for cell in made]


def _sum_of(cells: Sequence[str], target: str, comma: bool) -> str:
    """Cells that are not empty, added up; what can't be is shown as it stands and rejected by who reads it."""
    some = [cell for cell in cells if cell]
    try:
        if target in MONEY:
            amounts = [parse_money(with_point(cell) if comma else cell) for cell in some]
            return write_amount(sum(amount for amount in amounts if amount is not None)) if some else ""
        counts = [parse_signed_count(cell) for cell in some]
        return str(sum(count for count in counts if count is not None)) if some else ""
    except ValueError:
        return " + ".join(some)


def _rounded(cell: str, source: Source, comma: bool) -> str:
    from services.imports.formats.mapped import rounded

    return rounded(with_point(cell) if comma else cell, source.digits or 0)
