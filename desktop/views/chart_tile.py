"""One report as a card: the trader's question, its answer, the chart or its numbers, and what can be done with them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, QUrl, Signal
from PySide6.QtGui import QActionGroup, QDesktopServices, QImage, QPainter
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QMenu, QStackedWidget, QVBoxLayout, QWidget

from desktop import icons
from desktop.context import AppContext
from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.models.report_columns import LEAST_NAME, report_columns, report_rows
from desktop.models.simple_table import SimpleTable
from desktop.theme import BODY_SIZE, LABEL_SIZE, PANEL_MARGIN, SECTION_SIZE, colour, font, metrics, theme
from desktop.views.chart_period import Days
from desktop.views.widgets.buttons import QuietButton, Segments
from desktop.views.widgets.charts.bars import DayBars
from desktop.views.widgets.charts.heat import HourHeat
from desktop.views.widgets.charts.marks import MarkedChart
from desktop.views.widgets.charts.province_map import ProvinceMap
from desktop.views.widgets.charts.ranking import Ranking
from desktop.views.widgets.charts.signs import Legend, SkeletonChart
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.labels import Elided, Label
from desktop.views.widgets.table import TableView
from services.errors import DeskError, Environment

if TYPE_CHECKING:
    from desktop.runner import Task
    from desktop.views.export_dialog import ExportDialog
    from services.desk import Desk
    from services.progress import Progress
    from services.reports import Report, Table

CHARTS: dict[str, Callable[[str, bool], MarkedChart]] = {"bars": DayBars, "heat": HourHeat, "map": ProvinceMap, "ranking": Ranking}
"""A report's `chart` → the widget that draws it."""
PICTURE_MARGIN, PICTURE_SCALE = 24, 2
MOST_DAYS, MOST_WEEKS = 92, 60
"""Bars that are still told apart: beyond so many days they are weeks, beyond so many weeks months."""


def fitting(by: tuple[str, ...], days: Days) -> str:
    """Of day, week and month what suits so many days; of other choices the first; "" where there is none."""
    if "week" not in by:
        return by[0] if by else ""
    return "day" if days.count <= MOST_DAYS else "week" if days.count <= MOST_WEEKS * 7 else "month"


class ChartTile(QFrame):
    """`ask(days)` reads; `wide` shows the numbers beside the chart and the choices openly, else both are in its menu."""

    shown = Signal(object)
    """The report's Table has come."""
    opened = Signal(str)
    """A mark or row was opened: the search of the orders it counts."""

    def __init__(self, context: AppContext, report: Report, wide: bool = False) -> None:
        super().__init__()
        self.context, self.report, self.wide = context, report, wide
        self.table: Table | None = None
        self.days: Days | None = None
        self.by = ""
        self.as_numbers = False
        """The table stands in the chart's place."""
        self._task: Task | None = None
        place = 1 if language() == "zh" else 0
        self.title = report.title[place]
        self.setProperty("box", "card")
        self.setAccessibleName(self.title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(PANEL_MARGIN, 12, PANEL_MARGIN, 14)
        outer.setSpacing(10)
        outer.addLayout(self._head(place))
        if language() != "zh":  # English takes twice the room
            outer.setSpacing(4)
            outer.addWidget(self.answer)
            outer.addSpacing(4)
        self.stack = QStackedWidget()
        self.skeleton = SkeletonChart()
        self.chart = CHARTS[report.chart](self.title, wide)
        self.chart.opened.connect(self._open)
        self.chart.setMaximumHeight(self.chart.tallest)
        self.model = SimpleTable((), parent=self)
        self.numbers = TableView(self.model, self.title, context.prefs, f"report/{report.key}")
        self.numbers.opened.connect(self._open)
        self._body()
        outer.addWidget(self.stack, 1)

    # ---- building

    def _head(self, place: int) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(Label(self.title, "strong"))
        self.answer = Elided("", "muted", LABEL_SIZE)
        if language() == "zh":
            head.addWidget(self.answer, 1)
        else:
            head.addStretch()
        self.legend = Legend()
        head.addWidget(self.legend)
        self.choice: Segments | None = None
        by = self.report.by
        if self.wide and by is not None:
            self.choice = Segments([(code, words[place]) for code, words in by.choices], by.title[place])
            self.choice.chosen.connect(self.choose)
            head.addWidget(self.choice)
        self.more = QuietButton(icon="more", name=tr("More: {title}", title=self.title), run=self._show_menu)
        head.addWidget(self.more)
        return head

    def _body(self) -> None:
        self.shape = QWidget()
        row = QHBoxLayout(self.shape)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(28)
        column = QVBoxLayout()
        column.addWidget(self.chart, 1)
        column.addStretch()
        row.addLayout(column, 1)
        if self.wide:
            row.addWidget(self.numbers)
        self.none = QWidget()
        self.none_column = QVBoxLayout(self.none)
        self.none_column.setContentsMargins(0, 0, 0, 0)
        for part in (self.skeleton, self.shape, self.none):
            self.stack.addWidget(part)
        if not self.wide:
            self.stack.addWidget(self.numbers)

    def menu(self) -> QMenu:
        """What can be done with the tile."""
        menu = QMenu(self)
        place = 1 if language() == "zh" else 0
        if not self.wide:
            numbers = menu.addAction(tr("Show as a chart") if self.as_numbers else tr("Show the numbers"))
            numbers.setIcon(icons.icon("charts" if self.as_numbers else "columns"))
            numbers.triggered.connect(lambda _checked=False: self.show_numbers(not self.as_numbers))
            if self.report.by is not None:
                group = QActionGroup(menu)
                menu.addSeparator()
                for code, pair in self.report.by.choices:
                    entry = menu.addAction(f"{self.report.by.title[place]}{'' if place else ' '}{pair[place].lower()}")
                    entry.setCheckable(True)
                    entry.setChecked(self.table is not None and self.table.by == code)
                    entry.triggered.connect(partial(self._chose, code))
                    group.addAction(entry)
            menu.addSeparator()
        for words, sign, run in (
            (tr("Save as a picture…"), "image", self.ask_picture),
            (tr("Save the numbers…"), "export", self.ask_numbers),
        ):
            entry = menu.addAction(words)
            entry.setIcon(icons.icon(sign))
            entry.setEnabled(self.table is not None)
            entry.triggered.connect(lambda _checked=False, run=run: run())
        return menu

    def _show_menu(self) -> None:
        menu = self.menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.more.mapToGlobal(QPoint(self.more.width() - menu.sizeHint().width(), self.more.height() + 2)))

    def _chose(self, code: str, _checked: bool = False) -> None:
        self.choose(code)

    # ---- reading

    def wait(self) -> None:
        """Show the skeleton: what was shown is of other days."""
        if self._task is not None:
            self._task.cancel()
        self.answer.setText("")
        self.legend.set([])
        self.stack.setCurrentWidget(self.skeleton)

    def ask(self, days: Days) -> None:
        """Read the report of these days; what is shown of the same days stays until the answer comes."""
        from services.reports import RunReport

        if days != self.days:
            self.by = ""
            self.wait()
        self.days = days
        if self._task is not None:
            self._task.cancel()
        by = self.by or fitting(self.report.bys, days)
        self._task = self.context.runner.query(RunReport(self.report, days.first, days.last, by))
        self._task.then(self._show, self._failed)

    def choose(self, by: str) -> None:
        """By day or week, by orders or money: read again."""
        self.by = by
        if self.days is not None:
            self.ask(self.days)

    def _show(self, table: Table) -> None:
        self.table = table
        self.answer.setText(table.answer[1 if language() == "zh" else 0])
        if self.choice is not None:
            self.choice.blockSignals(True)
            self.choice.choose(table.by)
            self.choice.blockSignals(False)
        columns = report_columns(table)
        self.model.set_columns(columns)
        self.model.set_rows(report_rows(table))
        if self.wide:
            self.numbers.setFixedWidth(min(sum(column.width or LEAST_NAME for column in columns) + 12, self.width() * 3 // 5))
        self.chart.set(table)
        self.legend.set(self.chart.legend() if self.chart.best >= 0 else [])
        if self.chart.best < 0:
            self._show_none("charts", table.answer[1 if language() == "zh" else 0])
        else:
            self.stack.setCurrentWidget(self.numbers if self.as_numbers else self.shape)
        self.shown.emit(table)

    def _failed(self, error: Exception) -> None:
        if isinstance(error, DeskError):
            self._show_none("alert", error_words(error))
        else:
            self.context.runner.failed.emit(error)

    def _show_none(self, icon: str, words: str) -> None:
        while (item := self.none_column.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        self.none_column.addWidget(EmptyState(icon, tr("Nothing to show"), words))
        self.answer.setText("")
        self.stack.setCurrentWidget(self.none)

    # ---- chart or numbers

    def show_numbers(self, on: bool) -> None:
        """Put the table in the chart's place, or the chart again; the focus goes along."""
        self.as_numbers = on
        if self.table is None or self.stack.currentWidget() in {self.none, self.skeleton}:
            return
        self.stack.setCurrentWidget(self.numbers if on else self.shape)
        (self.numbers if on else self.chart).setFocus()

    def _open(self, row: int) -> None:
        from services.search.writer import say

        if self.table is not None and 0 <= row < len(self.table.searches):
            self.opened.emit(say(self.table.searches[row], language()))

    # ---- files

    def _file_name(self) -> str:
        first, last = (date.fromordinal(day) for day in (self.days.first, self.days.last)) if self.days else (date.min, date.min)
        name = self.report.name[1 if language() == "zh" else 0]
        return f"{name} {first:%Y%m%d}-{last:%Y%m%d}"

    def _ask_file(self, title: str, filters: list[str], suffix: str, save: Callable[[Path], object]) -> QFileDialog:
        dialog = QFileDialog(self, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(filters)
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{self._file_name()}.{suffix}")
        dialog.fileSelected.connect(lambda name: save(Path(name)))
        dialog.open()
        return dialog

    def ask_picture(self) -> QFileDialog:
        """Ask where the chart shall be saved."""
        return self._ask_file(tr("Save as a picture"), ["PNG (*.png)"], "png", self.save_picture)

    def ask_numbers(self) -> ExportDialog | None:
        """Ask which columns of the table shall be saved, and where."""
        from desktop.views.export_dialog import export_rows
        from services.exports.tables import report_table

        if self.table is None:
            return None
        dialog = export_rows(self, self.context, report_table(self.table), (), tr("Save the numbers"), self._file_name())
        dialog.open()
        return dialog

    def save_picture(self, path: Path) -> None:
        """Write the chart as PNG, at twice its size on the screen."""
        work = partial(_write_picture, self.picture(), path)
        self.context.runner.job(work, tr("Saving {name}", name=path.name)).then(self._saved)

    def _saved(self, path: Path) -> None:
        opening = partial(QDesktopServices.openUrl, QUrl.fromLocalFile(str(path)))
        self.context.notify(tr("Saved as {name}", name=path.name), "ok", tr("Open"), opening)

    def picture(self) -> QImage:
        """The chart with question, days and answer above it, in the colours of the moment; no bubble, no buttons."""
        t, chart = theme(), self.chart
        size = chart.size()
        wide = size.width() + 2 * PICTURE_MARGIN
        words = self.table.answer[1 if language() == "zh" else 0] if self.table is not None else ""
        face = metrics(BODY_SIZE)
        rest = float(size.width())
        flags = int(Qt.TextFlag.TextWordWrap)
        beside = self.legend.sizeHint().width() if self.legend.parts else 0
        answer = face.boundingRect(QRectF(0, 0, rest - beside - 16, 400), flags, words)
        head = 26 + answer.height() + 18
        image = QImage(
            round(wide * PICTURE_SCALE), round((head + size.height() + 2 * PICTURE_MARGIN) * PICTURE_SCALE), QImage.Format.Format_RGB32
        )
        image.setDevicePixelRatio(PICTURE_SCALE)
        image.fill(colour(t.surface))
        painter = QPainter(image)
        painter.translate(PICTURE_MARGIN, PICTURE_MARGIN)
        painter.setFont(font(SECTION_SIZE, bold=True))
        painter.setPen(colour(t.text))
        painter.drawText(QRectF(0, 0, rest, 22), int(Qt.AlignmentFlag.AlignVCenter), self.title)
        painter.setFont(font(LABEL_SIZE))
        painter.setPen(colour(t.muted))
        painter.drawText(QRectF(0, 0, rest, 22), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), self._span_words())
        painter.setFont(font(BODY_SIZE))
        painter.setPen(colour(t.text2))
        painter.drawText(QRectF(0, 26, rest - beside - 16, answer.height()), flags, words)
        painter.translate(rest - beside, 28)
        self.legend.paint(painter)
        painter.translate(beside - rest, head - 28)
        chart.quiet = True
        chart.draw(painter)
        chart.quiet = False
        painter.end()
        return image

    def _span_words(self) -> str:
        if self.days is None:
            return ""
        first, last = (date.fromordinal(day).isoformat() for day in (self.days.first, self.days.last))
        return f"{first} – {last}" if first != last else first


def _write_picture(image: QImage, path: Path, _desk: Desk, _progress: Progress) -> Path:
    waiting = path.with_name(f".{path.stem}.part.png")
    if not image.save(str(waiting), "PNG"):  # type: ignore[call-overload]
        raise Environment("file_not_written", path=str(path), why=tr("the picture could not be stored there"))
    waiting.replace(path)
    return path
