"""An order as it was at a moment, beside what stands there today; what is otherwise is marked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.views.widgets.buttons import Button, CheckBox, Combo
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label, rule
from desktop.views.widgets.panel import Band, empty_layout
from services.clock import to_local
from services.errors import BadInput
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task
    from services.queries.order_as_of import OrderThen, RowThen
    from services.queries.order_card import OrderCardRow

NAME, OWN = 104, -1
MOST_MOMENTS = 60


class AsOfDialog(DialogBase):
    """`at` (ms) is the moment shown first, the newest deed without. Only tells."""

    def __init__(self, parent: QWidget, context: AppContext, card: OrderCardRow, at: int | None = None) -> None:
        super().__init__(parent, tr("The order as it was"), tr("Order {number}", number=card.number), width=860)
        self.context, self.card = context, card
        self.found: OrderThen | None = None
        self._task: Task | None = None
        self.moments = Combo(self._moments(card), tr("After which deed"))
        self.moments.activated.connect(lambda _place: self._choose())
        self.time = QLineEdit()
        self.time.setFixedWidth(150)
        self.time.setPlaceholderText("2026-11-22 14:00")
        self.time.setAccessibleName(tr("Moment"))
        self.time.returnPressed.connect(self._typed)
        self.only = CheckBox(tr("Only what is otherwise today"))
        self.only.clicked.connect(lambda _on: self._show())
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.moments, 1)
        row.addWidget(self.time)
        row.addWidget(Button(tr("Show"), self._typed, icon="clock", height=34))
        self.moments.setFixedHeight(34)
        self.column.addLayout(row)
        self.column.addWidget(self.only)
        self.column.addWidget(rule())
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(16)
        self.grid.setVerticalSpacing(6)
        self.grid.setColumnMinimumWidth(0, NAME)
        self.grid.setColumnStretch(1, 1)
        self.grid.setColumnStretch(2, 1)
        self.column.addLayout(self.grid)
        first = at if at is not None else self.moments.itemData(0)
        self.show_moment(int(first) if first is not None else context.now())

    def _moments(self, card: OrderCardRow) -> Sequence[tuple[int, str]]:
        """The order's own deeds, the newest first."""
        from desktop.views.orders_timeline import events_of

        told: dict[int, str] = {}
        for event in events_of(card, self.context.now(), self.context.zone):
            told.setdefault(event.at, f"{event.full}  {event.words}")
        listed = sorted(told.items(), reverse=True)[:MOST_MOMENTS]
        return listed or [(self.context.now(), formats.full_time(self.context.now(), self.context.zone))]

    def _choose(self) -> None:
        at = self.moments.currentData()
        if at is not None:
            self.show_moment(int(at))

    def _typed(self) -> None:
        from services.moments import moment_of

        try:
            self.show_moment(moment_of(self.time.text(), self.context.zone), typed=True)
        except BadInput as error:
            self.refuse(error_words(error))

    def show_moment(self, at: int, *, typed: bool = False) -> None:
        """Ask for the order at `at` (ms); what is on the screen stays until the answer comes."""
        from services.queries.order_as_of import OrderAsOf

        if not typed:
            self.time.setText(f"{to_local(at, self.context.zone):%Y-%m-%d %H:%M:%S}")
            if self.moments.findData(at) < 0:
                self.moments.insertItem(0, formats.full_time(at, self.context.zone), at)
            self.moments.choose(at)
        if self._task is not None:
            self._task.cancel()
        self._task = self.context.runner.query(OrderAsOf(self.card.id, at))
        self._task.then(self._take, self._failed)

    def _failed(self, error: Exception) -> None:
        self.refuse(error_words(error))

    def _take(self, found: OrderThen) -> None:
        self.found = found
        self.refuse("")
        self._show()

    # ---- what is told

    def _show(self) -> None:
        found = self.found
        if found is None:
            return
        empty_layout(self.grid)
        self._place = 0
        at = formats.full_time(found.at, self.context.zone)
        if not found.there:
            since = formats.full_time(found.since, self.context.zone) if found.since is not None else ""
            self._wide(Band("info", tr("It was not in this shop then."), tr("It came in at {at}.", at=since) if since else ""))
            return
        words = trn("{n} thing is otherwise today", "{n} things are otherwise today", found.changes)
        self._wide(Band("info" if found.changes else "ok", words if found.changes else tr("Nothing was changed since"), at))
        self._line("", Label(tr("Then"), "label"), Label(tr("Now"), "label"))
        for one in found.fields:
            if one.changed or ((one.then or one.now) and not self.only.isChecked()):
                then = term("as_of", "erased", language()) if one.erased else self._value("orders", one.field, one.then)
                now = self._value("orders", one.field, one.now) if one.changed else ""
                self._told(term("field", one.field, language()), then, now, one.changed)
        for row in found.rows:
            if row.changed or not self.only.isChecked():
                self._row(row)
        for parcel in found.parcels:
            if not parcel.there_then or not self.only.isChecked():
                self._there(
                    term("entity", "parcel", language()), f"{parcel.carrier_name} {parcel.tracking_number}".strip(), parcel.there_then, True
                )

    def _row(self, row: RowThen) -> None:
        name = term("entity", row.table, language())
        if row.there_then != row.there_now:
            told = [self._field(row, one.field, one.then) for one in row.fields if one.then]
            self._there(name, "  ".join(filter(None, (row.name, *told))), row.there_then, row.there_now)
            return
        then = [self._field(row, one.field, one.then) for one in row.fields if one.then or one.changed]
        now = [self._field(row, one.field, one.now) for one in row.fields if one.changed]
        self._told(name, "  ".join(filter(None, (row.name, *then))), "  ".join(now), row.changed)

    def _there(self, name: str, words: str, then: bool, now: bool) -> None:
        if then and now:
            self._told(name, words, "", False)
        elif then:
            self._told(name, words, term("as_of", "gone_now", language()), True)
        else:
            self._told(name, term("as_of", "came_later", language()), words, True)

    def _field(self, row: RowThen, field: str, kept: str | None) -> str:
        return f"{term('field', field, language())} {self._value(row.table, field, kept)}"

    def _value(self, table: str, field: str, kept: str | None) -> str:
        from services.words.trail import value

        return value(table, field, kept, language(), self.context.zone)

    def _told(self, name: str, then: str, now: str, changed: bool) -> None:
        after = Label(now, "strong" if changed else "muted", wrap=True, copy=bool(now))
        self._line(name, Label(then, "body" if changed else "body2", wrap=True, copy=True), after)

    def _line(self, name: str, then: Label, now: Label) -> None:
        for column, label in enumerate((Label(name, "label", wrap=True), then, now)):
            self.grid.addWidget(label, self._place, column)
        self._place += 1

    def _wide(self, widget: QWidget) -> None:
        self.grid.addWidget(widget, self._place, 0, 1, 3)
        self._place += 1
