"""The charts page: four questions of a trader, each a tile with its answer in words, its numbers, and its export. A click leads to the orders."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.changes import Changes
from desktop.context import AppContext
from desktop.i18n import language, tr, trn
from desktop.theme import MARGIN
from desktop.views.chart_numbers import NumbersDialog
from desktop.views.chart_tile import Tile
from desktop.views.page import Page
from desktop.views.widgets.buttons import Segments
from desktop.views.widgets.charts.day_bars import DayBar, DayBars
from desktop.views.widgets.charts.heat_map import HeatLegend, HeatMap
from desktop.views.widgets.charts.ranking import Ranked, Ranking
from desktop.views.widgets.charts.tile_map import TileMap
from desktop.views.widgets.figures import FigureStrip, KeyFigure
from desktop.views.widgets.labels import Label, rule
from desktop.views.widgets.tabs import TAB_ROW

if TYPE_CHECKING:
    from desktop.runner import Task
    from desktop.views.widgets.dialog import DialogBase
    from services.desk import Desk
    from services.progress import Progress
    from services.reports import Table

PERIODS = (7, 30, 90, 365)
USUAL = 30
BY_WEEK = 120
"""Days from which the bars are weeks: more than that many bars can't be told apart."""
TILES = ("sales_by_day", "sales_by_hour", "regions", "top_goods")


class ChartsPage(Page):
    tables: ClassVar[tuple[str, ...]] = ("orders", "order_line", "money_entry", "listing")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.made: dict[str, Table] = {}
        self.dialog: DialogBase | None = None
        self._task: Task | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_head())
        column.addWidget(rule())
        body = QVBoxLayout()
        body.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        body.setSpacing(12)
        self.figures = {
            "paid": KeyFigure(tr("Paid")),
            "orders": KeyFigure(tr("Paid orders")),
            "average": KeyFigure(tr("Paid by order")),
            "refunded": KeyFigure(tr("Refunded")),
            "net": KeyFigure(tr("Paid less refunds")),
        }
        body.addWidget(FigureStrip(*self.figures.values()))
        self._make_tiles()
        grid = QGridLayout()
        grid.setSpacing(12)
        for place, key in enumerate(TILES):
            grid.addWidget(self.tiles[key], place // 2, place % 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        grid.setRowStretch(0, 1)
        grid.setRowStretch(1, 1)
        body.addLayout(grid, 1)
        column.addLayout(body, 1)

    def _make_head(self) -> QWidget:
        head = QWidget()
        head.setFixedHeight(TAB_ROW)
        row = QHBoxLayout(head)
        row.setContentsMargins(MARGIN, 0, MARGIN, 0)
        row.setSpacing(12)
        row.addWidget(Label(tr("Overview"), "strong"))
        self.span = Label("", "label")
        row.addWidget(self.span)
        row.addStretch()
        self.period = Segments([(days, trn("{n} day", "{n} days", days)) for days in PERIODS], tr("Period"))
        self.period.choose(int(self.context.prefs.text("charts/days", str(USUAL)) or USUAL))
        self.period.chosen.connect(self._choose_period)
        row.addWidget(self.period)
        return head

    def _make_tiles(self) -> None:
        self.bars = DayBars(tr("Sales by day"))
        self.bars.asked.connect(partial(self._see, "sales_by_day"))
        self.heat = HeatMap(tr("Orders by weekday and hour"))
        self.heat.asked.connect(self._see_hour)
        self.map = TileMap(tr("Orders by province"))
        self.map.asked.connect(self._see_province)
        self.provinces = Ranking(tr("First provinces"), most=6, second_width=0)
        self.provinces.asked.connect(self._see_province)
        self.goods = Ranking(tr("Best goods"))
        self.goods.asked.connect(self._see_goods)
        places = QWidget()
        row = QHBoxLayout(places)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(28)
        row.addWidget(self.map, 3)
        row.addWidget(self.provinces, 2)
        bodies: dict[str, QWidget] = {"sales_by_day": self.bars, "sales_by_hour": self.heat, "regions": places, "top_goods": self.goods}
        self.tiles = {key: Tile(key, bodies[key], self._numbers, self._picture, self._export) for key in TILES}
        self.tiles["sales_by_hour"].add_tool(HeatLegend())

    # ---- reading

    def load(self) -> None:
        """Read all four; days that changed are summed afterwards, since what is summed once is read a hundred times."""
        from services.queries.dirty_days import CountDirtyDays

        self._read()
        self.context.runner.query(CountDirtyDays()).then(self._sum)

    def _sum(self, days: int) -> None:
        from services.commands.upkeep import SumDays

        if days:
            self.context.runner.change(SumDays())

    def _read(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._task = self.context.runner.query(partial(_reports, int(self.period.value)))
        self._task.then(self._show)

    def activate(self) -> None:
        self.period.setFocus()

    def refresh(self, changes: Changes) -> None:
        self.load()

    def _choose_period(self, days: int) -> None:
        self.context.prefs.set_text("charts/days", str(days))
        self._read()

    # ---- showing

    def _show(self, made: Mapping[str, Table]) -> None:
        self.made = dict(made)
        place = 1 if language() == "zh" else 0
        for key, tile in self.tiles.items():
            tile.set_words(made[key].report.title[place], made[key].answer[place])
        days = made["sales_by_day"]
        first, last = days.span.first, days.span.last
        self.span.setText(f"{date.fromordinal(first):%Y-%m-%d} – {date.fromordinal(last):%Y-%m-%d}")
        self.bars.set([DayBar(row[0], row[2], row[1], row[5]) for row in days.rows])  # type: ignore[arg-type]
        self.heat.set({(row[0], row[1]): row[2] for row in made["sales_by_hour"].rows})  # type: ignore[misc]
        regions = [row for row in made["regions"].rows if row[0]]
        self.map.set({str(row[0]): int(row[1] or 0) for row in regions})
        self.provinces.set([Ranked(str(row[0]), str(row[0]), float(row[1] or 0), formats.count(int(row[1] or 0))) for row in regions[:6]])
        goods = made["top_goods"].rows
        self.goods.set(
            [
                Ranked(str(place), str(row[0] or row[1]), float(row[3] or 0), formats.money(int(row[3] or 0)), _share(row[4]))
                for place, row in enumerate(goods)
            ]
        )
        self._show_figures(days)

    def _show_figures(self, days: Table) -> None:
        now, before = days.totals, days.before
        for key, figure in self.figures.items():
            value = now.get(key, 0)
            shown = formats.count(value) if key == "orders" else formats.money(value)
            then = before.get(key, 0)
            if then:
                change = value / then - 1
                good = change < 0 if key == "refunded" else change > 0
                tone = "label" if abs(change) < 0.0005 else "ok" if good else "warn"
                figure.set(
                    shown, tr("{change} on the {n} days before", change=formats.percent(change, signed=True), n=days.span.days), tone
                )
            else:
                figure.set(shown, "")

    # ---- going to the orders

    def _see(self, key: str, place: int) -> None:
        """The orders that a row counts, as the report itself says."""
        from services.search.writer import say

        table = self.made.get(key)
        if table is not None and 0 <= place < len(table.searches):
            self.context.go("orders", search=say(table.searches[place], language()), tab="all")

    def _see_hour(self, weekday: int, hour: int) -> None:
        rows = self.made["sales_by_hour"].rows
        self._see("sales_by_hour", next(place for place, row in enumerate(rows) if row[:2] == (weekday, hour)))

    def _see_province(self, province: str) -> None:
        self._see("regions", next((place for place, row in enumerate(self.made["regions"].rows) if row[0] == province), -1))

    def _see_goods(self, place: str) -> None:
        self._see("top_goods", int(place))

    # ---- numbers and files

    def _numbers(self, key: str) -> DialogBase | None:
        if key not in self.made:
            return None
        self.dialog = NumbersDialog(self, self.made[key], partial(self._export, key))
        self.dialog.destroyed.connect(self._forget)
        self.dialog.open()
        return self.dialog

    def _forget(self) -> None:
        self.dialog = None

    def _ask_file(self, key: str, suffixes: Sequence[tuple[str, str]], then: Callable[[Path], object]) -> None:
        dialog = QFileDialog(self, tr("Save as"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([f"{words} (*.{suffix})" for words, suffix in suffixes])
        dialog.setDefaultSuffix(suffixes[0][1])
        place = 1 if language() == "zh" else 0
        dialog.selectFile(f"{self.made[key].report.name[place]} {self.span.text().replace(' – ', '_')}.{suffixes[0][1]}")
        dialog.filterSelected.connect(lambda words: dialog.setDefaultSuffix(words.rpartition("*.")[2].rstrip(")")))
        dialog.fileSelected.connect(lambda name: then(Path(name)))
        dialog.open()

    def _picture(self, key: str) -> None:
        if key in self.made:
            self._ask_file(key, [(tr("Picture"), "png")], partial(self.save_picture, key))

    def save_picture(self, key: str, path: Path) -> None:
        """The tile as it is seen, at twice its size, so that it can be printed."""
        tile = self.tiles[key]
        picture = tile.grab_at(2)
        if picture.save(str(path), "PNG"):
            self._saved(path)
        else:
            self.context.notify(tr("{file} can't be written. Choose another place.", file=path.name), "warn")

    def _export(self, key: str) -> None:
        if key in self.made:
            self._ask_file(key, [(tr("Text table"), "csv"), (tr("Excel workbook"), "xlsx")], partial(self.save_table, key))

    def save_table(self, key: str, path: Path) -> None:
        """The tile's numbers as csv or xlsx."""
        work = partial(_write, self.made[key], path, language())
        self.context.runner.job(work, tr("Exporting to {name}", name=path.name)).then(partial(self._written, path))

    def _written(self, path: Path, _written: object) -> None:
        self._saved(path)

    def _saved(self, path: Path) -> None:
        open_it = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path)))
        self.context.notify(tr("Saved {file}", file=path.name), "ok", tr("Open"), open_it)

    def pictures(self) -> Sequence[tuple[str, Callable[[], QWidget | None]]]:
        return (("numbers", partial(self._numbers, "sales_by_day")),)


def _share(tenths: object) -> str:
    return formats.percent(int(tenths) / 1000) if isinstance(tenths, int) else ""


def _reports(days: int, desk: Desk) -> dict[str, Table]:
    """All four tables of the last `days` days."""
    from services.clock import day_of
    from services.reports import RunReport, report_named

    last = day_of(desk.clock.now(), desk.shop.zone)
    first = last - days + 1
    by = {"sales_by_day": "week" if days > BY_WEEK else "day"}
    return {key: desk.read(RunReport(report_named(key), first, last, by.get(key, ""))) for key in TILES}


def _write(table: Table, path: Path, lang: str, desk: Desk, progress: Progress) -> Any:
    from services.exports.pipeline import write_file
    from services.exports.table import columns_of_report

    return write_file(
        path, columns_of_report(table, lang), table.rows, zone=desk.shop.zone, lang=lang, total=len(table.rows), progress=progress
    )
