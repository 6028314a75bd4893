"""The charts page on a demo shop: questions and answers, periods, marks by mouse and key, the orders behind a mark, files."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from desktop import upkeep as upkeep_module
from desktop.changes import EVERYTHING
from desktop.context import AppContext, Place
from desktop.formats import money
from desktop.runner import InlineRunner, Task, TaskProgress
from desktop.theme import theme, themes
from desktop.upkeep import DAYS_A_STEP, Upkeep
from desktop.views.chart_period import Days, DaysDialog, PeriodChooser, days_of, span_words, typed_day
from desktop.views.chart_tile import CHARTS, ChartTile, fitting
from desktop.views.charts import OVERVIEW, ChartsPage
from desktop.views.export_dialog import ExportDialog
from desktop.views.widgets.charts.bars import DayBars
from desktop.views.widgets.charts.marks import MarkedChart
from desktop.views.widgets.charts.provinces import PROVINCES, province_of, short_name
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from services.commands.upkeep import RebuildDerived
from services.db.schema import Order
from services.desk import Desk
from services.errors import Environment
from services.queries.dirty_days import CountDirtyDays
from services.queries.order_rows import OrderIds, OrderTotals
from services.reports import REPORTS
from tests.desktop import hands
from tests.factories import ZONE, at, make_order
from tests.frozen import START
from tests.queries.filling import Change

TODAY = date(2026, 11, 22).toordinal()
KEYS = [report.key for report in REPORTS]


def show(page: ChartsPage, qtbot: QtBot) -> ChartsPage:
    qtbot.addWidget(page)
    page.resize(1264, 832)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.load()
    page.activate()
    return page


@pytest.fixture
def page(demo_context: AppContext, qtbot: QtBot) -> Iterator[ChartsPage]:
    made = show(ChartsPage(demo_context), qtbot)
    yield made
    for dialog in made.findChildren(DialogBase):
        dialog.reject()


@pytest.fixture
def places(demo_context: AppContext) -> list[Place]:
    """Where the page led."""
    found: list[Place] = []
    demo_context.went.connect(found.append)
    return found


def target(chart: MarkedChart, row: int) -> QPoint:
    return next(one.area.center().toPoint() for one in chart.targets() if one.row == row)


def labels(widget: Any) -> list[str]:
    return [label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget)]


def test_four_questions_are_answered(page: ChartsPage) -> None:
    assert [tile.title for tile in page.tiles.values()] == ["每天卖多少", "几点下单最多", "卖到哪里", "什么卖得好"]
    for tile in page.tiles.values():
        assert tile.table is not None
        assert tile.answer.text() == tile.table.answer[1]
        assert tile.stack.currentWidget() is tile.shape
        assert tile.chart.accessibleName() == tile.title
        assert tile.table.answer[1] in tile.chart.accessibleDescription()
    days = page.tiles["sales_by_day"].table
    assert days is not None
    assert [row[0] for row in days.rows] == list(range(TODAY - 29, TODAY + 1)), "days without a sale are there, too"
    assert len(page.tiles["sales_by_day"].chart.targets()) == 30
    assert money(days.totals["paid"]) in labels(page)


def test_every_kind_of_chart_is_drawn_and_every_province_has_a_tile() -> None:
    assert {report.chart for report in REPORTS} <= set(CHARTS)
    from resources import path

    official = {line.split("\t")[0] for line in path("divisions.tsv").read_text(encoding="utf-8").splitlines() if not line.startswith("#")}
    assert official <= {one.name for one in PROVINCES}
    assert (
        len({(one.x, one.y) for one in PROVINCES}) == len({one.sign for one in PROVINCES}) == len({one.letters for one in PROVINCES}) == 34
    )
    assert short_name("广西壮族自治区") == "广西"
    assert province_of("黑龙江") is province_of("黑龙江省") is not None
    assert province_of("") is province_of("海外") is None


def test_the_best_day_alone_is_in_the_accent(page: ChartsPage) -> None:
    chart = page.tiles["sales_by_day"].chart
    assert isinstance(chart, DayBars)
    picture = chart.grab().toImage()
    paid = chart.figures("paid")
    most = chart._scale()[-1]
    for row in range(len(paid)):
        bar = chart._bar(row, most)
        if bar.height() > 12:
            seen = picture.pixelColor(bar.center().toPoint() + QPoint(0, int(bar.height() / 2) - 3)).name().upper()
            if seen != theme().muted:
                assert seen == (theme().fill_accent if row == chart.best else theme().ramp[1]), row
    assert paid[chart.best] == max(paid)


# ---- the period


def test_the_period_is_chosen_shown_and_remembered(page: ChartsPage, demo_context: AppContext, qtbot: QtBot) -> None:
    assert page.period.button.text() == "10-24 – 11-22"
    page.period.segments.setFocus()
    hands.press(page.period.segments, Qt.Key.Key_Left)
    assert page.tiles["regions"].days == Days(TODAY - 6, TODAY)
    assert page.period.button.text() == "11-16 – 11-22"
    for words, first, last in (
        ("上月", "2026-10-01", "2026-10-31"),
        ("本月", "2026-11-01", "2026-11-22"),
        ("去年", "2025-01-01", "2025-12-31"),
    ):
        next(entry for entry in page.period.button.menu().actions() if entry.text() == words).trigger()
        table = page.tiles["top_goods"].days
        assert table == Days(date.fromisoformat(first).toordinal(), date.fromisoformat(last).toordinal())
    assert page.period.segments.value is None
    again = ChartsPage(demo_context)
    qtbot.addWidget(again)
    assert again.period.days() == page.period.days()


def test_days_are_typed_as_a_person_would(page: ChartsPage) -> None:
    dialog = page.period.ask()
    assert isinstance(dialog, DaysDialog)
    assert dialog.first.text() == "2026-10-24"
    dialog.first.setText("11-1")
    dialog.last.setText("昨天")
    assert "21 天" in labels(dialog)
    dialog.last.setText("10-1")
    assert not dialog.verb_button.isEnabled()
    dialog.last.setText("2026年11月11日")
    hands.press(dialog.last, Qt.Key.Key_Return)
    assert page.period.button.text() == "11-01 – 11-11"
    table = page.tiles["sales_by_day"].table
    assert table is not None
    assert len(table.rows) == 11


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11", "2026-11-01", "2026-11-30"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("11/22", "2026-11-22", "2026-11-22"),
        ("11月23日", "2025-11-23", "2025-11-23"),
        (" today ", "2026-11-22", "2026-11-22"),
        ("上周", "2026-11-09", "2026-11-15"),
    ],
)
def test_what_is_typed_is_a_first_or_a_last_day(text: str, first: str, last: str) -> None:
    assert date.fromordinal(typed_day(text, START, ZONE)).isoformat() == first
    assert date.fromordinal(typed_day(text, START, ZONE, end=True)).isoformat() == last


@pytest.mark.parametrize("text", ["", "13-1", "2-30", "2026-13", "无", "有", "soon", "1969-01-01"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        typed_day(text, START, ZONE)


def test_a_choice_that_nobody_knows_is_the_last_thirty_days() -> None:
    assert days_of("long ago", START, ZONE) == days_of("30", START, ZONE) == Days(TODAY - 29, TODAY)
    assert days_of("2026-11-01..2026-11-02", START, ZONE).count == 2
    assert span_words(Days(TODAY, TODAY), 2026) == "11-22"
    assert span_words(Days(TODAY - 364, TODAY), 2026) == "2025-11-23 – 2026-11-22"


def test_long_periods_have_weeks_then_months(page: ChartsPage) -> None:
    bars = page.tiles["sales_by_day"]
    for choice, by in (("90", "day"), ("365", "week"), ("2024-01-01..2026-11-22", "month")):
        page.period.choose(choice)
        assert bars.table is not None
        assert bars.table.by == by
        assert bars.chart.words_of(len(bars.table.rows) - 1)
    assert fitting(("orders", "paid"), Days(1, 900)) == "orders"
    assert fitting((), Days(1, 900)) == ""


# ---- marks


def pointed(chart: MarkedChart) -> str:
    """What is told first of a chart by name."""
    return chart.accessibleDescription().splitlines()[0]


@pytest.mark.parametrize("key", KEYS)
def test_keys_walk_through_the_marks_and_tell_each(page: ChartsPage, places: list[Place], key: str) -> None:
    tile = page.tiles[key]
    chart = tile.chart
    chart.clearFocus()
    chart.setFocus(Qt.FocusReason.TabFocusReason)
    assert tile.table is not None
    assert chart.walked == chart.best
    assert pointed(chart) == chart.words_of(chart.best)
    told: list[str] = []
    chart.marked.connect(told.append)
    seen = {chart.walked}
    for way in (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Right, Qt.Key.Key_Down):
        hands.press(chart, way)
        seen.add(chart.walked)
        assert pointed(chart) == chart.words_of(chart.walked) == told[-1]
    assert len(seen) > 1
    hands.press(chart, Qt.Key.Key_End)
    hands.press(chart, Qt.Key.Key_Home)
    hands.press(chart, Qt.Key.Key_Return)
    assert places[-1].page == "orders"
    page.tiles["regions" if key != "regions" else "top_goods"].chart.setFocus()
    assert chart.walked == -1


def test_every_mark_can_be_reached_by_keys(page: ChartsPage) -> None:
    chart = page.tiles["sales_by_hour"].chart
    chart.setFocus()
    hands.press(chart, Qt.Key.Key_Home)
    seen = []
    for _weekday in range(7):
        for _hour in range(24):
            seen.append(chart.walked)
            hands.press(chart, Qt.Key.Key_Right)
        for _hour in range(24):
            hands.press(chart, Qt.Key.Key_Left)
        hands.press(chart, Qt.Key.Key_Down)
    assert seen == list(range(168))


def test_the_mouse_shows_what_a_mark_says(page: ChartsPage, qtbot: QtBot) -> None:
    chart = page.tiles["regions"].chart
    bare = chart.grab().toImage()
    with qtbot.waitSignal(chart.marked) as told:
        hands.move(chart, target(chart, 2))
    assert told.args == [chart.words_of(2)]
    assert "单" in chart.words_of(2)
    assert chart.cursor().shape() == Qt.CursorShape.PointingHandCursor
    assert chart.grab().toImage() != bare, "the words stand beside the mark"
    hands.move(chart, QPoint(2, chart.height() - 2))
    assert chart.cursor().shape() == Qt.CursorShape.ArrowCursor
    assert chart.pointed == -1


@pytest.mark.parametrize("key", KEYS[:3])
def test_m10_a_click_leads_to_the_orders_that_the_mark_counts(page: ChartsPage, places: list[Place], demo_desk: Desk, key: str) -> None:
    tile = page.tiles[key]
    chart, table = tile.chart, tile.table
    assert table is not None
    for row in {chart.best, *[one.row for one in chart.targets()][::7]}:
        hands.click(chart, target(chart, row))
        place = places.pop()
        assert place.page == "orders"
        assert "paid" not in place.facts["search"], "in the language of the window"
        totals = demo_desk.read(OrderTotals(place.facts["search"]))
        assert (totals.count, totals.paid) == (chart.figure(row, "orders"), chart.figure(row, "paid"))


def test_m10_goods_lead_to_the_orders_that_hold_them(page: ChartsPage, places: list[Place], demo_desk: Desk) -> None:
    chart = page.tiles["top_goods"].chart
    hands.click(chart, target(chart, 0))
    place = places.pop()
    assert f"编码={chart.words(0, 'code')}" in place.facts["search"]
    assert 0 < demo_desk.read(OrderTotals(place.facts["search"])).count <= chart.figure(0, "quantity")


# ---- numbers


@pytest.mark.parametrize("key", KEYS)
def test_each_report_has_a_tab_with_its_numbers(page: ChartsPage, places: list[Place], key: str) -> None:
    page.tabs.choose(key)
    (tile,) = page.shown_tiles()
    assert tile.wide
    assert tile.table is not None
    assert tile.model.rowCount() == len(tile.table.rows)
    assert tile.numbers.isVisibleTo(page)
    assert tile.chart.isVisibleTo(page)
    hands.check_model(tile.model)
    tile.numbers.setFocus()
    tile.numbers.go_to(1)
    hands.press(tile.numbers, Qt.Key.Key_Return)
    hands.click(tile.chart, target(tile.chart, 1))
    assert places[0] == places[1]
    if tile.choice is not None:
        tile.choice.choose(tile.report.bys[-1])
        assert tile.table.by == tile.report.bys[-1]


def test_the_numbers_take_the_charts_place(page: ChartsPage, places: list[Place]) -> None:
    tile = page.tiles["regions"]
    entry(tile, "看数字").trigger()
    assert tile.numbers.isVisibleTo(page)
    assert not tile.chart.isVisibleTo(page)
    assert tile.numbers.hasFocus()
    tile.numbers.go_to(0)
    hands.press(tile.numbers, Qt.Key.Key_Return)
    assert tile.table is not None
    assert places[-1].facts["search"].endswith(f"省={tile.table.rows[0][0]}")
    page.period.choose("90")
    assert tile.as_numbers, "other days, still the numbers"
    entry(tile, "按实付").trigger()
    assert tile.table.by == "paid"
    entry(tile, "看图").trigger()
    assert tile.chart.isVisibleTo(page)


def move_to(province: str, ids: Sequence[int]) -> Change:
    """A command that moves orders, shipped ones too."""
    return Change(Order, {order: {"province": province} for order in ids})


def entry(tile: ChartTile, words: str) -> Any:
    return next(one for one in tile.menu().actions() if one.text() == words)


# ---- files


def test_the_numbers_are_saved_as_csv(page: ChartsPage, tmp_path: Path, qtbot: QtBot) -> None:
    tile = page.tiles["sales_by_day"]
    entry(tile, "保存数字…").trigger()
    dialog = page.window().findChild(ExportDialog)
    assert isinstance(dialog, ExportDialog)
    assert dialog.target().stem == "按天 20261024-20261122"
    target_file = tmp_path / "天.csv"
    dialog.choose_file(str(target_file))
    with qtbot.waitSignal(page.context.noticed) as told:
        hands.click(dialog.verb_button)
    assert "天.csv" in told.args[0].words
    with target_file.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["日期", "付款订单", "实付", "退款", "实付减退款", "前一段实付"]
    assert len(rows) == 31
    assert tile.table is not None
    assert sum(round(float(row[2]) * 100) for row in rows[1:]) == tile.table.totals["paid"]


def test_a_chart_is_saved_as_a_sharp_picture_without_its_bubble(page: ChartsPage, tmp_path: Path) -> None:
    tile = page.tiles["regions"]
    tile.chart.setFocus(Qt.FocusReason.TabFocusReason)
    assert tile.chart.lit >= 0
    tile.save_picture(tmp_path / "省.png")
    picture = QImage(str(tmp_path / "省.png"))
    assert picture.width() == 2 * (tile.chart.width() + 48)
    tile.chart.clearFocus()
    bare = tile.picture()
    assert picture.convertToFormat(bare.format()) == bare
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix == ".png") == ["省.png"]


def test_a_place_that_cannot_be_written_is_told(page: ChartsPage, tmp_path: Path, qtbot: QtBot) -> None:
    tile = page.tiles["regions"]
    page.context.runner.failed.disconnect()
    with qtbot.waitSignal(page.context.runner.failed) as told:
        tile.save_picture(tmp_path / "nowhere" / "x.png")
    assert isinstance(told.args[0], Environment)
    dialog = tile.ask_numbers()
    assert dialog is not None
    dialog.choose_file(str(tmp_path / "nowhere" / "x.csv"))
    with qtbot.waitSignal(page.context.runner.failed) as told:
        hands.click(dialog.verb_button)
    assert isinstance(told.args[0], Environment)


# ---- nothing, waiting, changes


def test_where_nothing_was_paid_one_sentence_stands_for_all(page: ChartsPage) -> None:
    page.period.choose("2020-01-01..2020-01-31")
    assert page.empty is not None
    assert page.stack.currentWidget() is page.empty
    assert "2020-01-01 – 2020-01-31 没有付款的订单" in labels(page.empty)
    page.tabs.choose("top_goods")
    (tile,) = page.shown_tiles()
    assert tile.stack.currentWidget() is tile.none
    page.tabs.choose(OVERVIEW)
    assert page.stack.currentWidget() is page.empty
    page.period.choose("30")
    assert page.stack.currentWidget() is page.overview
    assert page.tiles["regions"].stack.currentWidget() is page.tiles["regions"].shape


def test_a_new_shop_without_orders_says_what_to_do(context: AppContext, qtbot: QtBot) -> None:
    page = show(ChartsPage(context), qtbot)
    assert page.empty is not None
    assert any("导入" in words for words in labels(page.empty))


class HeldRunner(InlineRunner):
    """Keeps queries until they are let go."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.desk = desk
        self.held: list[tuple[Task, Callable[[], Any]]] = []

    def query(self, query: Any, title: str = "") -> Task:
        task = Task(title, None, self.failed.emit, TaskProgress(lambda _done, _total, _what: None))
        self.held.append((task, (lambda: query(self.desk)) if callable(query) else (lambda: self.desk.read(query))))
        return task

    def let_go(self) -> None:
        held, self.held = self.held, []
        for task, work in held:
            task.settle(work(), None)


def test_tiles_show_a_skeleton_until_their_own_answer_comes(demo_desk: Desk, demo_context: AppContext, qtbot: QtBot) -> None:
    runner = HeldRunner(demo_desk)
    demo_context.runner = runner
    page = show(ChartsPage(demo_context), qtbot)
    waiting = [tile.stack.currentWidget() is tile.skeleton for tile in page.tiles.values()]
    assert waiting == [True] * 4
    assert page.hasFocus()
    runner.let_go()  # how many days are to be summed
    assert len(runner.held) == 4
    task, work = runner.held.pop(2)
    task.settle(work(), None)
    shown = [tile.stack.currentWidget() is tile.shape for tile in page.tiles.values()]
    assert shown == [False, False, True, False]
    page.period.choose("7")
    runner.let_go()
    runner.let_go()
    assert [tile.table.span.days for tile in page.tiles.values() if tile.table is not None] == [7] * 4, "late answers are dropped"
    assert page.tiles["sales_by_day"].chart.hasFocus(), "arrow keys work at once"


def test_changed_orders_are_read_again_without_a_flicker(page: ChartsPage, demo_desk: Desk) -> None:
    tile = page.tiles["regions"]
    assert tile.table is not None
    before = tile.table
    ids = list(demo_desk.read(OrderIds("paid_at:30d")))
    page.context.runner.change(move_to("西藏自治区", ids[:5]))
    assert tile.table is not before
    assert "西藏自治区" in {row[0] for row in tile.table.rows}
    assert tile.stack.currentWidget() is tile.shape


def test_days_are_summed_before_they_are_read(demo_desk: Desk, demo_context: AppContext, qtbot: QtBot) -> None:
    ids = list(demo_desk.read(OrderIds("paid_at:30d")))
    demo_desk.perform(move_to("上海市", ids))
    assert demo_desk.read(CountDirtyDays()) > 0
    page = show(ChartsPage(demo_context), qtbot)
    assert demo_desk.read(CountDirtyDays()) == 0
    table = page.tiles["regions"].table
    assert table is not None
    assert [row[0] for row in table.rows] == ["上海市"]


def test_everything_changed_is_read_again_at_the_next_look(page: ChartsPage) -> None:
    before = page.tiles["top_goods"].table
    page.hide()
    page.context.changes.publish(EVERYTHING)
    assert page.tiles["top_goods"].table is before
    page.show()
    assert page.tiles["top_goods"].table is not before


def test_charts_follow_the_theme_and_the_language(page: ChartsPage, english: None, demo_context: AppContext, qtbot: QtBot) -> None:
    light = page.tiles["sales_by_hour"].chart.grab().toImage()
    themes().choose("dark")
    assert page.tiles["sales_by_hour"].chart.grab().toImage() != light
    other = show(ChartsPage(demo_context), qtbot)
    assert next(tile.title for tile in other.tiles.values()) == "How much is sold each day?"
    assert "orders" in other.tiles["regions"].chart.words_of(0)
    themes().choose("light")


def test_an_unknown_province_stands_in_the_list(desk: Desk, context: AppContext, qtbot: QtBot) -> None:
    for number, province in enumerate(("浙江省", "浙江省", "", "海外"), 1):
        make_order(desk, number=str(number), paid_at=at("2026-11-20 12:00"), province=province)
    page = show(ChartsPage(context), qtbot)
    chart = page.tiles["regions"].chart
    said = [chart.words_of(row) for row in range(len(chart.rows))]
    assert said[0].startswith("浙江：2 单")
    assert sorted(words.split("：")[0] for words in said) == ["未写省份", "浙江", "海外"]
    assert {one.row for one in chart.targets()} == {0, 1, 2}


# ---- upkeep


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(upkeep_module, "AFTER", 0)
    monkeypatch.setattr(upkeep_module, "BETWEEN", 0)


def test_idle_upkeep_sums_what_changed_a_few_days_at_a_time(demo_desk: Desk, demo_context: AppContext, qtbot: QtBot, at_once: None) -> None:
    upkeep = Upkeep(demo_context.runner, demo_context.changes)
    published: list[Any] = []
    demo_context.runner.changed.connect(published.append)
    ids = list(demo_desk.read(OrderIds("paid_at:60d")))
    demo_context.runner.change(move_to("上海市", ids))
    dirty = demo_desk.read(CountDirtyDays())
    assert dirty > DAYS_A_STEP
    qtbot.waitUntil(lambda: demo_desk.read(CountDirtyDays()) == 0)
    assert len(published) == 1 + -(-dirty // DAYS_A_STEP)
    qtbot.waitUntil(lambda: not upkeep.timer.isActive())
    assert demo_desk.perform(RebuildDerived()).value.days > 0


def test_upkeep_waits_while_anything_runs(demo_desk: Desk, demo_context: AppContext, qtbot: QtBot, at_once: None) -> None:
    looks: list[int] = []
    """Days to sum at each look whether anything runs."""

    class BusyRunner(InlineRunner):
        @property
        def idle(self) -> bool:
            looks.append(demo_desk.read(CountDirtyDays()))
            return len(looks) > 3

    runner = BusyRunner(demo_desk)
    ids = list(demo_desk.read(OrderIds("paid_at:7d")))
    demo_desk.perform(move_to("上海市", ids))
    upkeep = Upkeep(runner, demo_context.changes)
    runner.open()
    qtbot.waitUntil(lambda: demo_desk.read(CountDirtyDays()) == 0)
    assert looks[:3] == [looks[0]] * 3
    assert looks[0] > 0
    upkeep.stop()


def test_a_chooser_without_a_page_knows_its_days(bare_context: AppContext, qtbot: QtBot) -> None:
    chooser = PeriodChooser(bare_context)
    qtbot.addWidget(chooser)
    assert chooser.days() == Days(TODAY - 29, TODAY)


def test_pictures_leave_the_choice_of_days_as_it_was(page: ChartsPage, demo_context: AppContext) -> None:
    for _name, opener in page.pictures():
        dialog = opener()
        if dialog is not None:
            dialog.close()
    assert page.stack.currentWidget() is page.empty
    assert days_of(demo_context.prefs.text("charts/period", "30"), START, ZONE) == Days(TODAY - 29, TODAY)
