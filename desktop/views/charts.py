"""The charts page: the reports as tiles of one period, each on a tab of its own with its numbers; a mark leads to its orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from desktop import formats
from desktop.actions import action
from desktop.changes import Changes
from desktop.context import AppContext
from desktop.i18n import language, tr, trn
from desktop.theme import MARGIN
from desktop.views.chart_period import Days, PeriodChooser, span_words
from desktop.views.chart_tile import ChartTile
from desktop.views.page import Page
from desktop.views.widgets.buttons import Button, PrimaryButton
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.figures import FigureStrip, KeyFigure
from desktop.views.widgets.tabs import Tabs
from services.reports import REPORTS, report_named

if TYPE_CHECKING:
    from services.reports import Table

OVERVIEW = "overview"
SUMS = "sales_by_day"
"""The report whose totals are the key figures."""
GAP, LEAST_TILE = 12, 236
MANY_DAYS = 60
"""Adding up so many days takes long enough to be shown."""


class ChartsPage(Page):
    tables: ClassVar[tuple[str, ...]] = ("orders", "order_line", "listing", "sku")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.days: Days | None = None
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        place = 1 if language() == "zh" else 0
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tabs = Tabs([(OVERVIEW, tr("Overview")), *((report.key, report.name[place]) for report in REPORTS)], tr("Charts"))
        self.period = PeriodChooser(context)
        self.period.changed.connect(self.load)
        self.tabs.add_right(self.period)
        self.tabs.changed.connect(self._change_tab)
        column.addWidget(self.tabs)
        self.stack = QStackedWidget()
        column.addWidget(self.stack, 1)
        self.tiles: dict[str, ChartTile] = {}
        self.wide: dict[str, tuple[QWidget, ChartTile]] = {}
        self.overview = self._make_overview()
        self.stack.addWidget(self.overview)
        self.empty: EmptyState | None = None
        action(self, tr("Choose days…"), self.period.ask, icon="calendar", shortcut="Ctrl+D", menu="view")

    # ---- building

    def _make_overview(self) -> QScrollArea:
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        body = QWidget()
        body.setProperty("box", "surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(GAP)
        names = {
            "paid": tr("Paid"),
            "orders": tr("Paid orders"),
            "average": tr("Average order"),
            "refunded": tr("Refunded"),
            "net": tr("Paid less refunds"),
        }
        self.figures = {key: KeyFigure(words) for key, words in names.items()}
        column.addWidget(FigureStrip(*self.figures.values()))
        grid = QGridLayout()
        grid.setSpacing(GAP)
        for place, report in enumerate(REPORTS):
            tile = ChartTile(self.context, report)
            tile.setMinimumHeight(LEAST_TILE)
            tile.opened.connect(self._drill)
            self.tiles[report.key] = tile
            grid.addWidget(tile, place // 2, place % 2)
        for side in (0, 1):
            grid.setColumnStretch(side, 1)
        self.tiles[SUMS].shown.connect(self._show_figures)
        self.tiles[SUMS].shown.connect(self._take_focus)
        column.addLayout(grid, 1)
        area.setWidget(body)
        return area

    def _room(self, key: str) -> tuple[QWidget, ChartTile]:
        """A report's own tab and the tile in it, made when the tab is first seen."""
        if key not in self.wide:
            tile = ChartTile(self.context, report_named(key), wide=True)
            tile.opened.connect(self._drill)
            around = QWidget()
            column = QVBoxLayout(around)
            column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
            column.addWidget(tile)
            self.wide[key] = around, tile
            self.stack.addWidget(around)
        return self.wide[key]

    # ---- what is shown

    @property
    def tab(self) -> str:
        return self.tabs.current

    def shown_tiles(self) -> list[ChartTile]:
        """The tiles of the tab."""
        return list(self.tiles.values()) if self.tab == OVERVIEW else [self._room(self.tab)[1]]

    def load(self) -> None:
        """Add up the days that changed, then read every tile of the tab; what is shown of other days gives way to skeletons."""
        self.period.show_choice()
        fresh = self.period.days() != self.days
        self.days = self.period.days()
        if fresh:
            for tile in self.shown_tiles():
                tile.wait()
        if self.context.runner.busy:  # an import may hold the lane for minutes; the figures are the same, only slower to get
            self._ask()
        else:
            from services.queries.dirty_days import CountDirtyDays

            self.context.runner.query(CountDirtyDays()).then(self._sum_first, lambda _error: self._ask())

    def _sum_first(self, dirty: int) -> None:
        if not dirty:
            self._ask()
            return
        from services.commands.upkeep import SumDays

        title = trn("Adding up {n} day", "Adding up {n} days", dirty) if dirty > MANY_DAYS else ""
        # Refused or stopped, the tiles are read all the same: only slower.
        self.context.runner.change(SumDays(), title=title).then(self._summed, self._not_summed, self._ask)

    def _summed(self, _outcome: Any) -> None:
        self._ask()

    def _not_summed(self, _error: Exception) -> None:
        self._ask()

    def _ask(self) -> None:
        if self.days is not None:
            for tile in self.shown_tiles():
                tile.ask(self.days)

    def activate(self) -> None:
        """Midnight may have passed."""
        if self.days is not None and self.period.days() != self.days:
            self.load()
        self._focus()

    def _focus(self) -> None:
        """On the first chart of the tab, without a mark until a key is pressed; on the page while it still loads."""
        chart = self.shown_tiles()[0].chart
        (chart if chart.isVisible() else self).setFocus(Qt.FocusReason.MouseFocusReason)

    def _take_focus(self, _table: object) -> None:
        if self.hasFocus():
            self._focus()

    def refresh(self, changes: Changes) -> None:
        """Orders or goods changed: read again, quietly; upkeep sums the days when there is time."""
        if self.days is not None:
            self.days = self.period.days()
            self._ask()

    def navigate(self, **facts: Any) -> None:
        """`tab` of a report, `period` as the chooser keeps it (`30`, `last_month`, `2026-11-01..2026-11-11`)."""
        tab, period = str(facts.get("tab", OVERVIEW)), str(facts.get("period", ""))
        if period:
            self.period.choose(period)
        if tab != self.tab and tab in {OVERVIEW, *self.tiles}:
            self.tabs.choose(tab)

    def _change_tab(self, tab: str) -> None:
        if tab == OVERVIEW:
            self.stack.setCurrentWidget(self.overview)
        else:
            self.stack.setCurrentWidget(self._room(tab)[0])
        self._ask()

    def _drill(self, search: str) -> None:
        self.context.go("orders", search=search)

    # ---- key figures

    def _show_figures(self, table: Table) -> None:
        """The period's totals, each beside those of as many days before."""
        totals, before = table.totals, table.before
        self._show_empty(table)
        days = table.span.days
        for key, figure in self.figures.items():
            value, was = totals[key], before[key]
            said = formats.count(value) if key == "orders" else formats.money(value)
            if key == "refunded":
                rate = formats.percent(value / totals["paid"] if totals["paid"] else 0.0)
                figure.set(said, tr("{rate} of what was paid", rate=rate))
            elif not was:
                figure.set(said, trn("nothing in the {n} day before", "nothing in the {n} days before", days))
            else:
                change = (value - was) / was
                tone = "label" if abs(change) < 0.0005 else "ok" if change > 0 else "bad"
                figure.set(
                    said,
                    trn(
                        "{share} on the {n} day before", "{share} on the {n} days before", days, share=formats.percent(change, signed=True)
                    ),
                    tone,
                )

    def _show_empty(self, table: Table) -> None:
        """Where nothing was paid at all, one sentence stands for all tiles."""
        if self.empty is not None:
            self.stack.removeWidget(self.empty)
            self.empty.deleteLater()
            self.empty = None
        if table.totals["orders"]:
            if self.tab == OVERVIEW:
                self.stack.setCurrentWidget(self.overview)
            return
        year = formats.to_local(self.context.now(), self.context.zone).year
        buttons = [PrimaryButton(tr("Show the last 365 days"), lambda: self.period.choose("365"))]
        if self.period.choice == "365":
            buttons = []
        self.empty = EmptyState(
            "charts",
            tr("Nothing was paid from {days}", days=span_words(Days(table.span.first, table.span.last), year)),
            tr("Choose other days, or import the order list of the platform."),
            *buttons,
            Button(tr("Go to the orders"), lambda: self.context.go("orders")),
        )
        self.stack.addWidget(self.empty)
        if self.tab == OVERVIEW:
            self.stack.setCurrentWidget(self.empty)

    def pictures(self) -> Sequence[tuple[str, Callable[[], QWidget | None]]]:
        return (
            *((report.key, partial(self._picture_tab, report.key)) for report in REPORTS),
            ("numbers", self._picture_numbers),
            ("days", self.period.ask),
            ("year", partial(self._picture_period, "365")),
            ("empty", partial(self._picture_period, "2020-01-01..2020-01-31")),
        )

    def _picture_tab(self, key: str) -> None:
        self.tabs.choose(key)
        self._focus()

    def _picture_numbers(self) -> None:
        self.tabs.choose(OVERVIEW)
        self.tiles["regions"].show_numbers(True)
        self.tiles["sales_by_hour"].chart.setFocus(Qt.FocusReason.TabFocusReason)

    def _picture_period(self, choice: str) -> None:
        self.tabs.choose(OVERVIEW)
        self.tiles["regions"].show_numbers(False)
        self.period.choose(choice, remember=False)
