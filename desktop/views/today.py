"""The first page: what must be done now in the order of urgency, how the day goes, what was just done. Every line leads to its place."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop import formats
from desktop.changes import Changes
from desktop.context import AppContext
from desktop.i18n import language, tr, trn
from desktop.theme import LABEL_SIZE
from desktop.views.page import Page
from desktop.views.today_parts import DaySteps, TodoRow
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

FIGURES = ("paid", "orders", "shipped", "refunded")
SIDE, EDGE = 360, 28
TICK = 60_000
"""Milliseconds between two looks at the day while the page is shown: deadlines come nearer by themselves."""
MOST_LATEST, MOST_DONE = 6, 4
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class TodayPage(Page):
    tables: ClassVar[tuple[str, ...]] = (
        "orders",
        "order_line",
        "after_sale",
        "money_entry",
        "stock_level",
        "listing",
        "import_batch",
        "print_entry",
        "parcel",
    )

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.day: Day | None = None
        self._task: Task | None = None
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
        self._left = QVBoxLayout()
        self._left.setSpacing(0)
        below.addLayout(self._left, 1)
        below.addWidget(self._make_side())
        self.whole.column.addLayout(below)
        self.rows: list[TodoRow] = []
        self._tick = QTimer(self)
        self._tick.setInterval(TICK)
        self._tick.timeout.connect(self._look_again)
        self._tick.start()

    def _make_head(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(Label(tr("Today {time}", time="").strip(), "page-title"))
        self.date = Label("", "muted")
        row.addWidget(self.date)
        row.addStretch()
        self.imported = Label("", "label")
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
        from services.queries.today import Today

        if self._task is not None:
            self._task.cancel()
        self._task = self.context.runner.query(Today())
        self._task.then(self._show)

    def activate(self) -> None:
        if self.stack.currentWidget() is self.welcome:
            self.welcome.focus_first()
        elif self.rows:
            self.rows[0].button.setFocus()
        else:
            self.import_button.setFocus()

    def refresh(self, changes: Changes) -> None:
        self.load()

    def _look_again(self) -> None:
        if self.isVisible() and self.context.shop is not None:
            self.load()

    # ---- showing

    def _show(self, day: Day) -> None:
        self.day = day
        self.context.count("today", len([one for one in day.todos if one.tone in {"bad", "warn"}]))
        if not day.has_orders:
            self.stack.setCurrentWidget(self.welcome)
            return
        self.stack.setCurrentWidget(self.whole)
        zone = self.context.zone
        self.date.setText(formats.long_day(day.now, zone))
        if day.imported_at is not None:
            when = formats.day_time(day.imported_at, day.now, zone)
            self.imported.setText(tr("Last import {time}, {n} new", time=when, n=formats.count(day.imported_new)))
        else:
            self.imported.setText("")
        for figure in day.figures:
            self._show_figure(figure, day)
        self.steps.set(day.steps)
        left = day.due_today
        self.due_title.setText(trn("{n} order to ship today, by hour", "{n} orders to ship today, by hour", left))
        self.due.set(day.due_hours)
        self._show_todos(day)
        self._show_latest(day)

    def _show_figure(self, figure: Figure, day: Day) -> None:
        write = formats.money if figure.kind == "money" else formats.count
        name = self._weekday(day)
        note, tone = "", "label"
        if figure.code == "shipped":
            note = trn("{n} must leave today", "{n} must leave today", day.due_today + day.late)
            self.figures["shipped"].set(write(figure.today), note, tone, figure.series, of=formats.count(figure.today + day.to_ship))
            return
        delta = figure.today - figure.before
        if figure.before:
            grown = formats.percent(delta / figure.before, signed=True) if figure.kind == "money" else formats.change(delta)
            note = tr("{change} on {weekday}", change=grown, weekday=name)
            if figure.code in {"paid", "orders"}:
                tone = "ok" if delta > 0 else "warn" if delta < 0 else "label"
        elif figure.before_whole:
            note = tr("{weekday}: {amount} in all", weekday=name, amount=write(figure.before_whole))
        self.figures[figure.code].set(write(figure.today), note, tone, figure.series)

    def _weekday(self, day: Day) -> str:
        place = formats.to_local(day.now, self.context.zone).weekday()
        return f"上周{'一二三四五六日'[place]}" if language() == "zh" else f"last {_WEEKDAYS[place]}"

    def _show_todos(self, day: Day) -> None:
        from services.words.today import details, title

        said, focused = language(), next((place for place, row in enumerate(self.rows) if row.button.hasFocus()), -1)
        empty_layout(self._left)
        head = QHBoxLayout()
        head.setSpacing(10)
        head.addWidget(Label(tr("To do"), "section"))
        head.addWidget(Label(formats.count(len(day.todos)), "muted"))
        head.addStretch()
        head.addWidget(Label(tr("by urgency"), "label"))
        self._left.addLayout(head)
        self._left.addSpacing(10)
        self.rows = []
        for todo in day.todos:
            row = TodoRow(todo, title(todo, said), details(todo, said, day.now, self.context.zone), partial(self._go, todo))
            self.rows.append(row)
            self._left.addWidget(row)
        if not day.todos:
            self._left.addLayout(_all_done())
        self._show_done(day)
        self._left.addStretch()
        if 0 <= focused < len(self.rows):
            self.rows[focused].button.setFocus()

    def _show_done(self, day: Day) -> None:
        if not day.done_count:
            return
        self._left.addSpacing(18)
        head = QHBoxLayout()
        head.addWidget(Label(tr("Done today"), "label"))
        head.addStretch()
        head.addWidget(LinkButton(trn("{n} deed", "{n} deeds", day.done_count), partial(self.context.go, "audit", days=1)))
        self._left.addLayout(head)
        self._left.addSpacing(4)
        for deed in day.done[:MOST_DONE]:
            self._left.addWidget(self._deed(deed, done=True))

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
        for deed in day.latest[:MOST_LATEST]:
            self.latest.column.addWidget(self._deed(deed))
        if not day.latest:
            self.latest.column.addWidget(Label(tr("Nothing yet"), "label"))

    # ---- going

    def _go(self, todo: Todo) -> None:
        facts: dict[str, Any] = {"search": todo.search}
        if todo.tab:
            facts["tab"] = todo.tab
        self.context.go(todo.page, **facts)

    def _see_due(self, hours: int) -> None:
        self.context.go("orders", search=f"status:awaiting_shipment ship_by:+{hours}h")

    def _import(self) -> None:
        choose_files(self, self.context)

    def pictures(self) -> Sequence[Any]:
        return (("welcome", self._picture_of_welcome),)

    def _picture_of_welcome(self) -> None:
        self.stack.setCurrentWidget(self.welcome)


def _all_done() -> QVBoxLayout:
    column = QVBoxLayout()
    column.addSpacing(18)
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(IconLabel("check-circle", "ok", 20))
    row.addWidget(Label(tr("Nothing waits. Well done."), "body2"))
    row.addStretch()
    column.addLayout(row)
    column.addSpacing(18)
    column.addWidget(rule())
    return column


def choose_files(parent: QWidget, context: AppContext) -> None:
    """Ask for export files and hand them to the import."""
    dialog = QFileDialog(parent, tr("Import export files"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters([tr("Export files") + " (*.csv *.xlsx *.xls *.txt)", tr("All files") + " (*)"])
    dialog.filesSelected.connect(lambda names: context.import_files([Path(name) for name in names]))
    dialog.open()
