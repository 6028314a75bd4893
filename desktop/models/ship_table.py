"""The orders of a shipment with the tracking number of each: what was typed, pasted or scanned, and whether it can leave like this."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from desktop import formats
from desktop.i18n import language, later, tr
from desktop.models.column import Column, Kind
from desktop.models.order_columns import region
from desktop.models.paged_table import _NOWHERE, RowsModel
from services.queries.ship_rows import carrier_names, carrier_of, likely_carrier, looks_right, may_be_passed, plain_number
from services.words import term

if TYPE_CHECKING:
    from services.queries.ship_rows import ShipRow

EDIT = int(Qt.ItemDataRole.EditRole)
TRACKING = "tracking"
_Index = QModelIndex | QPersistentModelIndex
_CELLS = re.compile(r"[\t,;，；|]+|\s{2,}")


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a line can be shipped as it stands, why not (codes of blockers), and how to say it."""

    ready: bool
    words: str
    tone: str
    codes: tuple[str, ...] = ()


@dataclass(slots=True)
class ShipLine:
    """An order in the dialog. `carrier` is its own, "" for the one chosen for all. `refused`: what the last attempt said."""

    row: ShipRow
    number: str = ""
    carrier: str = ""
    refused: tuple[str, ...] = ()
    verdict: Verdict = field(default_factory=lambda: Verdict(False, "", "muted"))

    @property
    def id(self) -> int:
        return self.row.id


class ShipTable(RowsModel):
    """Knows nothing of the database: `used` is told to it after each change of numbers (`numbers_changed`)."""

    judged = Signal()
    """Verdicts were made anew: counts and the verb may differ."""
    numbers_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(_columns(self.carrier_name), parent)
        self.lines: list[ShipLine] = []
        self.carrier = ""
        self.passed: frozenset[str] = frozenset()
        """Blockers that the owner passes over."""
        self._used: frozenset[str] = frozenset()
        self._people: dict[str, set[tuple[str, ...]]] = {}

    # ---- the model

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.lines)

    def row_at(self, row: int) -> ShipLine:
        return self.lines[row]

    def id_at(self, row: int) -> int:
        return self.lines[row].id

    def row_of(self, identity: int) -> int:
        return next((place for place, line in enumerate(self.lines) if line.id == identity), -1)

    def all_ids(self) -> Sequence[int]:
        return [line.id for line in self.lines]

    @property
    def tracking_column(self) -> int:
        return next(place for place, column in enumerate(self.columns) if column.key == TRACKING)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        found = super().flags(index)
        if index.isValid() and index.column() == self.tracking_column:
            return found | Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: _Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> Any:
        if role == EDIT and index.isValid():
            return self.lines[index.row()].number if index.column() == self.tracking_column else None
        return super().data(index, role)

    def setData(self, index: _Index, value: Any, role: int = EDIT) -> bool:
        if role != EDIT or not index.isValid() or index.column() != self.tracking_column:
            return False
        self.set_number(index.row(), str(value))
        return True

    # ---- what is given

    def set_rows(self, rows: Iterable[ShipRow]) -> None:
        """Take these orders; numbers already given to them stay."""
        known = {line.id: line for line in self.lines}
        self.beginResetModel()
        self.lines = []
        for row in rows:
            line = known.get(row.id) or ShipLine(row)
            line.row = row
            self.lines.append(line)
        self._judge()
        self.endResetModel()
        self.loaded.emit(len(self.lines))
        self.judged.emit()

    def remove(self, ids: Iterable[int]) -> None:
        """These have left."""
        gone = set(ids)
        self.beginResetModel()
        self.lines = [line for line in self.lines if line.id not in gone]
        self._judge()
        self.endResetModel()
        self.loaded.emit(len(self.lines))
        self.judged.emit()

    def set_carrier(self, code: str) -> None:
        self.carrier = code
        self._again()

    def set_passed(self, codes: Iterable[str]) -> None:
        self.passed = frozenset(codes)
        for line in self.lines:
            line.refused = ()
        self._again()

    def set_used(self, numbers: frozenset[str]) -> None:
        """Numbers that some parcel of the shop has already."""
        self._used = numbers
        self._again()

    def set_refused(self, refused: Mapping[int, tuple[str, ...]]) -> None:
        """What the last attempt said of the lines that stayed."""
        for line in self.lines:
            line.refused = refused.get(line.id, ())
        self._again()

    def set_number(self, row: int, text: str) -> None:
        line = self.lines[row]
        number = plain_number(text)
        if number != line.number:
            line.number, line.refused = number, ()
            self.numbers_changed.emit()
            self._again()

    def take_text(self, row: int, text: str) -> int:
        """What was typed or scanned in a row ends: the row where typing goes on. A scanned order number only goes to its row."""
        plain = plain_number(text)
        there = next((place for place, line in enumerate(self.lines) if line.row.number.upper() == plain), -1)
        if there >= 0:
            return there
        self.set_number(row, text)
        return row + 1

    def paste(self, row: int, text: str) -> int:
        """Fill numbers down from `row`, a line each; lines with an order number go to that order, a carrier's name is taken, too.

        Returns how many lines got a number. Empty lines keep their place, as in the spreadsheet they came from.
        """
        by_number = {line.row.number.upper(): place for place, line in enumerate(self.lines)}
        filled, place = 0, row
        for written in text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n"):
            cells = [cell.strip() for cell in _CELLS.split(written.strip()) if cell.strip()]
            named = next((cell for cell in cells if plain_number(cell) in by_number), None)
            carrier = next((code for cell in cells if cell != named and not any(map(str.isdigit, cell)) and (code := carrier_of(cell))), "")
            left = [cell for cell in cells if cell != named and not (carrier and carrier_of(cell) == carrier)]
            number = next((cell for cell in left if any(map(str.isdigit, cell))), "")
            target = by_number[plain_number(named)] if named is not None else place
            if named is None and (number or not cells):  # a heading takes no row
                place += 1
            if number and target < len(self.lines):
                line = self.lines[target]
                line.number, line.refused = plain_number(number), ()
                if carrier:
                    line.carrier = "" if carrier == self.carrier else carrier
                filled += 1
        if filled:
            self.numbers_changed.emit()
            self._again()
        return filled

    def change_carriers(self, codes: Mapping[int, str]) -> None:
        """Give lines (by id) a carrier of their own."""
        for line in self.lines:
            if line.id in codes:
                line.carrier = "" if codes[line.id] == self.carrier else codes[line.id]
        self._again()

    # ---- what follows

    def carrier_code(self, line: ShipLine) -> str:
        return line.carrier or self.carrier

    def carrier_name(self, line: ShipLine) -> str:
        return dict(carrier_names(language())).get(self.carrier_code(line), "") if line.number else ""

    def numbers(self) -> list[str]:
        return [line.number for line in self.lines if line.number]

    def ready(self) -> list[ShipLine]:
        return [line for line in self.lines if line.verdict.ready]

    def blocked_by(self) -> Counter[str]:
        """How many lines each blocker that can be passed over holds (passed over or not)."""
        found: Counter[str] = Counter()
        for line in self.lines:
            found.update(code for code in self.codes_of(line) if may_be_passed((code,)))
        return found

    def look_like(self) -> dict[str, list[int]]:
        """{carrier: ids} of the lines whose number has another carrier's shape."""
        found: dict[str, list[int]] = {}
        for line in self.lines:
            code = self.carrier_code(line)
            if line.number and code and not looks_right(code, line.number) and (other := likely_carrier(line.number)) and other != code:
                found.setdefault(other, []).append(line.id)
        return found

    def _again(self) -> None:
        self._judge()
        if self.lines:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.lines) - 1, len(self.columns) - 1))
        self.judged.emit()

    def codes_of(self, line: ShipLine) -> tuple[str, ...]:
        """All that stands in the way of a line, whether it is passed over or not."""
        codes = list(line.row.blockers)
        if line.number:
            if line.number in self._used or len(self._people.get(line.number, ())) > 1:
                codes.append("number_used")
            elif self.carrier_code(line) and not looks_right(self.carrier_code(line), line.number):
                codes.append("number_doubtful")
        codes += [code for code in line.refused if code not in codes]
        return tuple(codes)

    def _judge(self) -> None:
        by_number: Counter[str] = Counter(line.number for line in self.lines if line.number)
        self._people = {}
        for line in self.lines:
            if line.number:
                self._people.setdefault(line.number, set()).add(line.row.person)
        for line in self.lines:
            line.verdict = self._verdict(line, by_number)

    def _verdict(self, line: ShipLine, by_number: Counter[str]) -> Verdict:
        left = tuple(code for code in self.codes_of(line) if code not in self.passed or code in line.refused)
        if left:
            return Verdict(False, self._trouble(line, left), "bad" if not may_be_passed(left) else "warn", left)
        if not line.number:
            if line.row.virtual:
                return Verdict(True, tr("Virtual goods: no parcel needed"), "ok")
            return Verdict(False, tr("No tracking number yet"), "muted")
        if not self.carrier_code(line):
            return Verdict(False, tr("Choose a carrier"), "muted")
        if self.passed & set(line.row.blockers):
            part = "shortage" in line.row.blockers
            return Verdict(True, tr("Ships what is there") if part else tr("Ships, passed over"), "warn")
        if line.row.stale_print:
            return Verdict(True, tr("Ready, but changed after it was printed: print again"), "warn")
        if by_number[line.number] > 1:
            return Verdict(True, tr("Ready, {n} orders in one parcel", n=by_number[line.number]), "ok")
        return Verdict(True, tr("Ready"), "ok")

    def _trouble(self, line: ShipLine, codes: tuple[str, ...]) -> str:
        """The blockers in words, a single one with its remedy."""
        said = language()
        if codes == ("number_doubtful",) and (other := likely_carrier(line.number)) and other != self.carrier_code(line):
            return tr("Looks like {carrier}", carrier=dict(carrier_names(said))[other])
        words = [term("blocker", code, said) for code in codes]
        colon, comma = ("：", "、") if said == "zh" else (": ", ", ")
        return comma.join(words) if len(words) > 1 else words[0] + colon + term("blocker_remedy", codes[0], said)


def _columns(carrier_name: Callable[[Any], str]) -> tuple[Column, ...]:
    return (
        Column("number", later("Order no."), Kind.NUMBER, lambda line: line.row.number, width=166),
        Column("recipient", later("Recipient"), Kind.TEXT, _to_whom, width=150, tip=_to_whom),
        Column("units", later("Qty"), Kind.QUANTITY, lambda line: line.row.units, width=48),
        Column(TRACKING, later("Tracking number"), Kind.TEXT, lambda line: line.number, width=180),
        Column("carrier", later("Carrier"), Kind.SOFT, carrier_name, width=100),
        Column("verdict", later("Can it leave?"), Kind.TEXT, _verdict_cell, width=0, tip=_why),
    )


def _to_whom(line: ShipLine) -> str:
    return "  ".join(part for part in (line.row.recipient or formats.DASH, region(line.row.province, line.row.city)) if part)


def _verdict_cell(line: ShipLine) -> str:
    """What stands in the row; a number that is only missing is seen by its empty box."""
    return line.verdict.words if line.number or line.verdict.ready or line.verdict.codes else ""


def _why(line: ShipLine) -> str:
    said = language()
    colon = "：" if said == "zh" else ": "
    lines = [term("blocker", code, said) + colon + term("blocker_remedy", code, said) for code in line.verdict.codes]
    return "\n".join(lines) or line.verdict.words
