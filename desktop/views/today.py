"""The first page: what must be done now in the order of urgency, how the day goes, what was just done. Every line leads to its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop import formats
from desktop.changes import Changes
from desktop.context import AppContext
from desktop.i18n import language, tr, trn
from desktop.theme import LABEL_SIZE
from desktop.views.page import Page
from desktop.views.rejects_dialog import picture as rejects_picture
from desktop.views.rejects_dialog import show_rejects
from desktop.views.today_parts import DaySteps, TodoRow, part_row
from desktop.views.welcome import Welcome
from desktop.views.widgets.buttons import LinkButton, PrimaryButton
from desktop.views.widgets.charts.due_hours import DueHours
from desktop.views.widgets.figures import FigureStrip, KeyFigure
from desktop.views.widgets.labels import IconLabel, Label, rule
from desktop.views.widgets.panel import Card, ScrollPanel, empty_layout
from desktop.views.widgets.rows import ListRow, Part
from services.words import term

if TYPE_CHECKING:
    from desktop.runner import Task
    from services.queries.today import Day, Deed, Figure, Todo

FIGURES = ("paid", "orders", "yesterday", "shipped", "refunded")
SIDE, EDGE = 360, 28
WITH_SIDE, WITH_CURVES = 1020, 1180
"""Widths of the page, px, below which it goes without the cards at the right and without the curves."""
MINUTE = 60_000
MOST_LATEST, MOST_DONE = 6, 4
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class TodayPage(Page):
    tables: ClassVar[tuple[str, ...]] = (
        "accepted",
        "after_sale",
        "approval",
        "audit_entry",
        "import_batch",
        "import_conflict",
        "listing",
        "money_entry",
        "order_line",
        "orders",
        "sales_sum",
        "setting",
        "sku",
    )

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.day: Day | None = None
        self.dialog: QWidget | None = None
        self._task: Task | None = None
        self._stale: set[str] = set()
        self._whole = True
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.stack = QStackedWidget()
        column.addWidget(self.stack)
        self.whole = ScrollPanel(margin=EDGE)
        self.stack.addWidget(self.whole)
        self.welcome = Welcome(context)
        self.stack.addWidget(self.welcome)
        self._make_head()
        self.figures = {code: KeyFigure(term("figure", code, language())) for code in FIGURES}
        self.whole.column.addWidget(FigureStrip(*self.figures.values()))
        self.whole.column.addSpacing(22)
        below = QHBoxLayout()
        below.setSpacing(EDGE)
        self._left, self._done = QVBoxLayout(), QVBoxLayout()
        self._head: QHBoxLayout | None = None
        left = QVBoxLayout()
        for part in (left, self._left, self._done):
            part.setSpacing(0)
        left.addLayout(self._left)
        left.addLayout(self._done)
        left.addStretch()
        below.addLayout(left, 1)
        self.side = self._make_side()
        below.addWidget(self.side)
        self.whole.column.addLayout(below)
        self.rows: list[TodoRow] = []
        self._tick = QTimer(self)
        self._tick.setSingleShot(True)
        self._tick.timeout.connect(self.tick)
        self._wind()

    def _make_head(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(Label(tr("Today {time}", time="").strip(), "page-title"))
        self.date = Label("", "muted")
        row.addWidget(self.date)
        row.addStretch()
        self.imported = LinkButton("", partial(self.context.go, "imports"))
        self.imported.hide()
        row.addWidget(self.imported)
        self.import_button = PrimaryButton(tr("Import orders"), self._import, icon="import", hint="Ctrl O")
        row.addWidget(self.import_button)
        self.whole.column.addLayout(row)
        self.whole.column.addSpacing(18)

    def _make_side(self) -> QWidget:
        side = QWidget()
        side.setFixedWidth(SIDE)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        self.steps = DaySteps()
        flow = Card(tr("The way of today's orders"))
        flow.column.addWidget(self.steps)
        column.addWidget(flow)
        self.due_title = Label("", "strong")
        self.due = DueHours()
        self.due.asked.connect(self._see_due)
        bars = Card()
        bars.column.addWidget(self.due_title)
        bars.column.addWidget(self.due)
        column.addWidget(bars)
        self.latest = Card(tr("Just now"), action=tr("See the whole trail"), run=partial(self.context.go, "audit"))
        self.latest.column.setSpacing(0)
        column.addWidget(self.latest)
        for card in (flow, bars, self.latest):
            card.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column.addStretch()
        return side

    # ---- reading

    def load(self) -> None:
        self._whole = True
        self._read()

    def activate(self) -> None:
        if self.stack.currentWidget() is self.welcome:
            self.welcome.focus_first()
        elif self.rows:
            self.rows[0].button.setFocus()
        else:
            self.import_button.setFocus()

    def refresh(self, changes: Changes) -> None:
        """Read what follows these tables, and nothing else of the day."""
        self._stale |= set(changes)
        self._read()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.day is not None and self._task is None:  # the clock went on while the page was hidden
            self._read()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window what is to be done comes before how the day goes."""
        self.side.setVisible(self.width() >= WITH_SIDE)
        for figure in self.figures.values():
            figure.make_room(self.width() >= WITH_CURVES)
        super().resizeEvent(event)

    def tick(self) -> None:
        """A minute began: a deadline may have passed, or the day."""
        self._wind()
        if self.isVisible() and self.context.shop is not None and self.day is not None:
            self._read()

    def _wind(self) -> None:
        self._tick.start(MINUTE - self.context.now() % MINUTE)

    def _read(self) -> None:
        """Ask for all that is stale; what an unanswered question asked for is asked again."""
        from services.queries.today import Today

        if self._task is not None:
            self._task.cancel()
        self._task = self.context.runner.query(Today() if self._whole else Today(self.day, tuple(sorted(self._stale))))
        self._task.then(self._show, self._failed)

    def _failed(self, error: Exception) -> None:
        self._task = None
        self.context.runner.failed.emit(error)

    # ---- showing

    def _show(self, day: Day) -> None:
        self._task, self._whole = None, False
        self._stale.clear()
        before, self.day = self.day, day
        todos = day.todos
        self.context.count("today", len(todos))
        if not day.has_orders:
            self.stack.setCurrentWidget(self.welcome)
            return
        self.stack.setCurrentWidget(self.whole)
        zone = self.context.zone
        self.date.setText(formats.long_day(day.now, zone))
        if day.imports.at is not None:
            when = formats.day_time(day.imports.at, day.now, zone)
            self.imported.setText(tr("Last import {time}, {n} new", time=when, n=formats.count(day.imports.new)))
        self.imported.setVisible(day.imports.at is not None)
        for figure in day.figures:
            self._show_figure(figure, day)
        self._show_yesterday(day)
        self.steps.set(day.steps)
        left = day.waiting.left_today
        self.due_title.setText(trn("{n} order still due today, by hour", "{n} orders still due today, by hour", left))
        self.due.set(day.waiting.due_hours)
        self._show_todos(day, todos)
        if before is None or before.day != day.day or before.deeds != day.deeds:
            self._show_done(day)
            self._show_latest(day)

    def _show_figure(self, figure: Figure, day: Day) -> None:
        write = formats.money if figure.kind == "money" else formats.count
        if figure.code == "shipped":
            waiting = day.waiting
            must = waiting.left_today + waiting.due["late"].orders
            note = trn("{n} must leave today", "{n} must leave today", must)
            whole = formats.count(figure.today + waiting.whole.orders)
            self.figures["shipped"].set(write(figure.today), note, "label", figure.series, of=whole)
            return
        note, tone = self._compared(figure.kind, figure.today, figure.before, self._weekday(day))
        if not figure.before and figure.before_whole:
            note = tr("{weekday}: {amount} in all", weekday=self._weekday(day), amount=write(figure.before_whole))
        self.figures[figure.code].set(write(figure.today), note, tone if figure.code in {"paid", "orders"} else "label", figure.series)

    def _show_yesterday(self, day: Day) -> None:
        """The whole day, beside the whole same weekday before."""
        figures = {figure.code: figure for figure in day.figures}
        paid, orders = figures["paid"], figures["orders"]
        note, tone = self._compared("money", paid.yesterday, paid.before_yesterday, self._weekday(day, -1))
        count = formats.count(orders.yesterday)
        self.figures["yesterday"].set(formats.money(paid.yesterday), note, tone, paid.series[:-1], of=tr("{n} orders", n=count))

    @staticmethod
    def _compared(kind: str, now: int, then: int, name: str) -> tuple[str, str]:
        """`+12.4% on last Sunday` and its tone; nothing where there is nothing to compare with."""
        if not then:
            return "", "label"
        delta = now - then
        grown = formats.percent(delta / then, signed=True) if kind == "money" else formats.change(delta)
        return tr("{change} on {weekday}", change=grown, weekday=name), "ok" if delta > 0 else "warn" if delta < 0 else "label"

    def _weekday(self, day: Day, back: int = 0) -> str:
        place = (formats.to_local(day.now, self.context.zone).weekday() + back) % 7
        return f"上周{'一二三四五六日'[place]}" if language() == "zh" else f"last {_WEEKDAYS[place]}"

    def _show_todos(self, day: Day, todos: Sequence[Todo]) -> None:
        """The lines anew where one of them says something else than before; the keys stay on the line where they were."""
        from services.words.today import details, title

        said, zone = language(), self.context.zone
        lines = [(todo, title(todo, said), details(todo, said, day.now, zone)) for todo in todos]
        if self._head is not None and [(row.todo, row.title, row.details) for row in self.rows] == lines:
            return
        held = next((code for row in self.rows for code, button in row.stops() if button.hasFocus()), "")
        empty_layout(self._left)
        self._head = QHBoxLayout()
        self._head.setSpacing(10)
        self._head.addWidget(Label(tr("To do"), "section"))
        self._head.addWidget(Label(formats.count(len(todos)), "muted"))
        self._head.addStretch()
        self._head.addWidget(Label(tr("by urgency"), "label"))
        self._left.addLayout(self._head)
        self._left.addSpacing(10)
        self.rows = [TodoRow(todo, words, more, self._go, self._parts(todo)) for todo, words, more in lines]
        for row in self.rows:
            self._left.addWidget(row)
        if not todos:
            self._left.addLayout(_all_done())
        previous: QWidget = self.import_button
        for row in self.rows:
            for _code, button in row.stops():
                QWidget.setTabOrder(previous, button)
                previous = button
        stop = dict(one for row in self.rows for one in row.stops()).get(held)
        if stop is not None:
            stop.setFocus()
        elif held and self.rows:
            self.rows[0].button.setFocus()

    def _parts(self, todo: Todo) -> list[ListRow]:
        from services.words.today import hint, title

        said = language()
        return [part_row(one, title(one, said), hint(one, said), formats.money(one.money), self._go) for one in todo.parts]

    def _show_done(self, day: Day) -> None:
        empty_layout(self._done)
        if not day.deeds.done_count:
            return
        self._done.addSpacing(18)
        head = QHBoxLayout()
        head.addWidget(Label(tr("Done today"), "label"))
        head.addStretch()
        head.addWidget(LinkButton(trn("{n} deed", "{n} deeds", day.deeds.done_count), partial(self.context.go, "audit", days=1)))
        self._done.addLayout(head)
        self._done.addSpacing(4)
        for deed in day.deeds.done[:MOST_DONE]:
            self._done.addWidget(self._deed(deed, done=True))

    def _deed(self, deed: Deed, done: bool = False) -> QWidget:
        from services.words.trail import deed as words_of

        said = language()
        time = formats.short_time(deed.at, self.context.now(), self.context.zone)
        words = words_of(deed, said)
        go = partial(self.context.go, "audit", seq=deed.seq)
        if done:
            parts = (
                Part("", 36, "ok", icon="check-circle"),
                Part(words, 0, "text2"),
                Part(time, 44, "muted", LABEL_SIZE, right=True),
            )
            return ListRow(parts, go, height=26, ruled=False, name=f"{time} {words}")
        who = term("actor", deed.actor, said)
        parts = (Part(time, 40, "muted", LABEL_SIZE), Part(who, 48, "muted", LABEL_SIZE), Part(words, 0, "text2"))
        return ListRow(parts, go, height=32, ruled=False, name=f"{time} {who} {words}", tip=formats.full_time(deed.at, self.context.zone))

    def _show_latest(self, day: Day) -> None:
        empty_layout(self.latest.column)
        for deed in day.deeds.latest[:MOST_LATEST]:
            self.latest.column.addWidget(self._deed(deed))
        if not day.deeds.latest:
            self.latest.column.addWidget(Label(tr("Nothing yet"), "label"))

    # ---- going

    def _go(self, todo: Todo) -> None:
        if todo.page == "rejects":
            self.dialog = show_rejects(self, self.context)
            return
        facts: dict[str, Any] = {"search": todo.search}
        if todo.tab:
            facts["tab"] = todo.tab
        self.context.go(todo.page, **facts)

    def _see_due(self, hour: int) -> None:
        """The orders that a bar counts: those that must leave in this hour of today, and are not late yet."""
        today = f"{formats.to_local(self.day.now, self.context.zone):%Y-%m-%d}" if self.day is not None else "today"
        self.context.go("orders", search=f"status:awaiting_shipment ship_by:{today}T{hour:02}:00..{today}T{hour:02}:59 late:no")

    def _import(self) -> None:
        choose_files(self, self.context)

    def pictures(self) -> Sequence[Any]:
        return (
            ("rejects", partial(rejects_picture, self, self.context)),
            ("done", self._picture_of_done),
            ("welcome", self._picture_of_welcome),
        )

    def _picture_of_done(self) -> None:
        if self.day is not None:
            self._show_todos(self.day, ())

    def _picture_of_welcome(self) -> None:
        self.stack.setCurrentWidget(self.welcome)


def _all_done() -> QVBoxLayout:
    column = QVBoxLayout()
    column.addSpacing(18)
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(IconLabel("check-circle", "ok", 24))
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(Label(tr("All done"), "section"))
    words.addWidget(
        Label(tr("Nothing waits to be shipped, paid, refunded or matched. New orders come with the next import."), "muted", wrap=True)
    )
    row.addLayout(words, 1)
    column.addLayout(row)
    column.addSpacing(18)
    column.addWidget(rule())
    return column


def choose_files(parent: QWidget, context: AppContext) -> None:
    """Ask for export files and hand them to the import."""
    dialog = QFileDialog(parent, tr("Import export files"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters([tr("Export files") + " (*.csv *.xlsx *.xls *.ods *.tsv *.txt *.json)", tr("All files") + " (*)"])
    dialog.filesSelected.connect(lambda names: context.import_files([Path(name) for name in names]))
    dialog.open()
