"""Where one field comes from, in full: one column, several, or always the same; words of a state's column put into our states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.i18n import language, tr
from desktop.models.map_draft import COLUMN, CONST, FIRST, MONEY, NUMBER, NUMBERS, STATES, SUM, Draft, MapDraft
from desktop.views.widgets.buttons import CheckBox, Combo, QuietButton, Segments
from desktop.views.widgets.labels import Elided, Label
from desktop.views.widgets.panel import ScrollPanel
from services.words import term

if TYPE_CHECKING:
    from services.imports.map_look import FileLook, Heading

WIDTH = 300
MOST_WORDS = 40
"""Words of a state's column that are offered for translation."""


def understood(words: Sequence[str]) -> dict[str, str]:
    """{word: state} of those that an import knows without being told."""
    from services.imports.clean import parse_status

    found: dict[str, str] = {}
    for word in words:
        if word in STATUS_CODES:
            found[word] = word
            continue
        try:
            found[word] = parse_status(word).status
        except ValueError:
            continue
    return found


class MapSource(ScrollPanel):
    """Changes the draft and says so; `show_field` draws it anew."""

    changed = Signal()

    def __init__(self, draft: MapDraft) -> None:
        super().__init__(margin=14, spacing=8)
        self.draft = draft
        self.setFixedWidth(WIDTH)
        self.target = ""
        self._headings: Sequence[Heading] = ()
        self._look: FileLook | None = None
        self.column_choice: Combo | None = None
        self.const: QLineEdit | None = None
        self.combine: Segments | None = None
        self.words: dict[str, Combo] = {}

    def set_look(self, look: FileLook) -> None:
        self._look, self._headings = look, look.headings

    def show_field(self, target: str) -> None:
        """The field's own form."""
        self.target = target
        self.clear()
        self.column_choice = self.const = self.combine = None
        self.words = {}
        if not target:
            return
        one = self.draft.draft(target)
        self.column.addWidget(Label(term("map_field", target, language()), "section"))
        kinds = [(COLUMN, tr("One column"))]
        if target not in STATES and target != NUMBER:
            kinds.append((SUM, tr("Added up")) if target in NUMBERS else (FIRST, tr("First filled")))
        kinds.append((CONST, tr("Always")))
        self.combine = Segments(kinds, tr("Comes from"))
        shown = one.combine if one.combine in dict(kinds) else COLUMN
        self.combine.value = shown
        self.combine.chosen.connect(partial(self._set_combine, target))
        self.column.addWidget(self.combine)
        if shown == CONST:
            self._show_const(target, one.const)
        elif shown == COLUMN:
            self._show_column(target, one.headings[0] if one.headings else "")
        else:
            self._show_several(target, one.headings)
        if target in MONEY and not one.empty:
            box = CheckBox(tr("Round to two decimals"))
            box.setChecked(one.rounded)
            box.toggled.connect(partial(self._set_rounded, target))
            self.column.addWidget(box)
        if target in STATES and shown == COLUMN and one.headings:
            self._show_words(target, one.headings[0])
        if target == "line.quantity":
            box = CheckBox(tr("Below zero means given back"))
            box.setChecked(self.draft.options.get("negative_quantity") == "return")
            box.toggled.connect(self._set_returns)
            self.column.addWidget(box)
        if self._only_first(target, one):
            words = tr(
                "The rows of one order differ here, and only the first one counts. Amounts of each row belong to the goods of a row."
            )
            self.column.addWidget(Label(words, "warn", wrap=True))
        self.column.addWidget(Label(hint_of(self.draft.kind, target), "label", wrap=True))

    def _only_first(self, target: str, one: Draft) -> bool:
        """Whether an order's amount stands in a column of which each row has its own."""
        number = self.draft.draft(NUMBER).headings
        if target not in OF_A_ROW or one.combine == CONST or not number or self._look is None:
            return False
        return bool(self._look.varying(number[0]) & set(one.headings))

    # ---- one column, several, always the same

    def _choice(self, first: str, current: str, name: str) -> Combo:
        choice = Combo([("", first), *((one.name, one.name) for one in self._headings)], name)
        choice.choose(current)
        choice.setMaximumWidth(WIDTH - 40)
        choice.setMinimumWidth(WIDTH - 40)
        return choice

    def _show_column(self, target: str, current: str) -> None:
        choice = self._choice(tr("Not imported"), current, tr("Column"))
        choice.activated.connect(lambda place: self._choose(target, str(choice.itemData(place))))
        self.column_choice = choice
        self.column.addWidget(choice)

    def _choose(self, target: str, heading: str) -> None:
        self.draft.choose(target, heading)
        self._tell()

    def _show_several(self, target: str, headings: Sequence[str]) -> None:
        for name in headings:
            box = QWidget()
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(Elided(name), 1)
            row.addWidget(QuietButton(icon="close", name=tr("Take out {column}", column=name), run=partial(self._take_out, target, name)))
            self.column.addWidget(box)
        choice = self._choice(tr("Add a column…"), "", tr("Add a column…"))
        choice.activated.connect(lambda place: self._add(target, str(choice.itemData(place))))
        self.column_choice = choice
        self.column.addWidget(choice)

    def _add(self, target: str, heading: str) -> None:
        if heading:
            self.draft.put(target, heading)
            self._tell()

    def _take_out(self, target: str, heading: str) -> None:
        self.draft.take_out(target, heading)
        self._tell()

    def _show_const(self, target: str, text: str) -> None:
        if target in STATES:
            states = [(code, term("status", code, language())) for code in STATUS_CODES]
            choice = Combo([("", tr("Choose a state")), *states], tr("Always"))
            choice.choose(text)
            choice.activated.connect(lambda place: self._set_const(target, str(choice.itemData(place))))
            self.column_choice = choice
            self.column.addWidget(choice)
            return
        if target == "carrier":
            self._show_carriers(text)
            return
        line = QLineEdit(text)
        line.setPlaceholderText(tr("The same in every row"))
        line.setAccessibleName(tr("Always"))
        line.textEdited.connect(partial(self._set_const, target))
        self.const = line
        self.column.addWidget(line)

    def _show_carriers(self, text: str) -> None:
        from services.queries.ship_rows import carriers_to_choose

        names = [name for _code, name in carriers_to_choose(language())]
        choice = Combo([("", tr("Choose a carrier")), *((name, name) for name in dict.fromkeys([*names, text]) if name)], tr("Always"))
        choice.choose(text)
        choice.activated.connect(lambda place: self._set_const("carrier", str(choice.itemData(place))))
        self.column_choice = choice
        self.column.addWidget(choice)

    def _set_const(self, target: str, text: str) -> None:
        self.draft.set_const(target, text)
        self.changed.emit()

    def _set_combine(self, target: str, combine: str) -> None:
        self.draft.set_combine(target, combine)
        self._tell()

    def _set_rounded(self, target: str, on: bool) -> None:
        self.draft.set_rounded(target, on)
        self.changed.emit()

    def _set_returns(self, on: bool) -> None:
        self.draft.options["negative_quantity"] = "return" if on else ""
        self.changed.emit()

    # ---- words of a state

    def _show_words(self, target: str, heading: str) -> None:
        words = next((one.values for one in self._headings if one.name == heading), ())[:MOST_WORDS]
        known = understood(words)
        told: Mapping[str, str] = self.draft.draft(target).values
        self.column.addWidget(Label(tr("What their words mean"), "label"))
        for word in words:
            box = QWidget()
            row = QHBoxLayout(box)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(8)
            row.addWidget(Elided(word), 1)
            choice = Combo([("", tr("Not known")), *((code, term("status", code, language())) for code in STATUS_CODES)], word)
            choice.choose(told.get(word, "" if told else known.get(word, "")))
            choice.setFixedWidth(126)
            choice.activated.connect(
                lambda place, word=word, choice=choice: self._translate(target, word, str(choice.itemData(place)), known)
            )
            self.words[word] = choice
            row.addWidget(choice)
            self.column.addWidget(box)

    def _translate(self, target: str, word: str, state: str, known: Mapping[str, str]) -> None:
        self.draft.set_value(target, word, state, known)
        self.changed.emit()

    def _tell(self) -> None:
        self.changed.emit()
        self.show_field(self.target)

    def take_focus(self) -> None:
        """To the first thing that can be chosen here."""
        first = self.const or self.column_choice or self.combine
        if first is not None:
            first.setFocus()


OF_A_ROW = frozenset({"payable", "paid", "goods_amount", "refunded", "quantity"})
"""Order's sums that files often have row by row."""
STATUS_CODES = ("awaiting_payment", "awaiting_shipment", "shipped", "completed", "closed")


def hint_of(kind: str, target: str) -> str:
    """What to know of a field of this kind of table; "" where its name says all."""
    hints = {
        "tracking.number": tr("Several order numbers in one cell are one parcel."),
        "tracking.carrier": tr("Where it is empty the number tells, if it can. If it is always the same one, choose “Always”."),
        "goods.stock": tr("What lies there now: the difference is booked."),
        "stocktake.code": tr("A merchant code or a barcode, one of the two is enough."),
        "stocktake.barcode": tr("A merchant code or a barcode, one of the two is enough."),
        "stocktake.counted": tr("Rows of one code add up; what was not counted stays as it is."),
    }
    if kind != "orders":
        return hints.get(f"{kind}.{target}", "")
    hints = {
        "number": tr("Rows with one number are the goods of one order."),
        "address": tr("A whole address is parted into province, city and district by itself."),
        "status": tr("Without it the times tell: paid, shipped, completed, closed."),
        "line.amount": tr("The total of a row, where there is no unit price."),
    }
    return hints.get(target, "")
