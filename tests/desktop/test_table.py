"""The paged table: no query while painting, rows by page, late answers dropped, rows chosen by id; driven by mouse and keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.models import delegates
from desktop.models.column import Column, Goods, Kind, Pill, cell_text
from desktop.models.paged_table import CELL_ROLE, FIRST, PAGE, PagedTable, Sort
from desktop.models.simple_table import SimpleTable
from desktop.runner import BaseRunner, Task, TaskProgress
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.table import TableView
from tests.desktop import hands
from tests.desktop.demo import COLUMNS, DemoSource, demo_row


class ManualRunner(BaseRunner):
    """Answers when the test says so, in the order the test says."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[tuple[Task, Callable[[Any, Any], Any]]] = []

    def _start(self, where: str, work: Callable[[Any, Any], Any], title: str, on_outcome: Callable[[Any], None] | None) -> Task:
        task = Task(title, on_outcome, self.failed.emit, TaskProgress(lambda *_: None))
        self.waiting.append((task, work))
        return task

    def answer(self, place: int = 0) -> None:
        task, work = self.waiting.pop(place)
        task.settle(work(None, task.progress), None)


@pytest.fixture
def source() -> DemoSource:
    return DemoSource(1_000)


@pytest.fixture
def model(source: DemoSource, bare_context: AppContext) -> PagedTable:
    return PagedTable(COLUMNS, source, bare_context.runner)


@pytest.fixture
def view(model: PagedTable, qtbot: QtBot, bare_context: AppContext) -> TableView:
    made = TableView(model, "订单", bare_context.prefs, "demo")
    made.set_empty(EmptyState("orders", "还没有订单", "把文件拖进来。"))
    qtbot.addWidget(made)
    made.resize(1_100, 700)
    with qtbot.waitExposed(made):
        made.show()
    model.show()
    qtbot.waitUntil(lambda: model.row_at(0) is not None)
    return made


def press(view: TableView, row: int, column: int, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    hands.click(view.viewport(), view.visualRect(view.rows.index(row, column)).center(), keys)


def head(view: TableView, column: int) -> None:
    header = view.horizontalHeader()
    hands.click(header.viewport(), QPoint(header.sectionViewportPosition(column) + 14, 12))


def test_the_model_keeps_qts_rules_through_searches_sorts_and_changes(qtbot: QtBot, bare_context: AppContext) -> None:
    model = PagedTable(COLUMNS, DemoSource(FIRST + 30), bare_context.runner)
    hands.check_model(model)
    model.show()
    assert model.rowCount() == FIRST + 30
    model.row_at(0)
    qtbot.waitUntil(lambda: model.row_at(0) is not None)
    model.show(sort=Sort("paid", True))
    model.show("7")
    model.refresh({3})
    model.set_columns(COLUMNS[:4])
    model.selection.all()
    assert model.columnCount() == 4


def test_painting_asks_nothing_and_shows_placeholders(qtbot: QtBot, source: DemoSource) -> None:
    runner = ManualRunner()
    model = PagedTable(COLUMNS, source, runner)
    model.show()
    runner.answer()
    runner.answer()
    assert model.rowCount() == 1_000
    assert source.asked == [f"ids   {FIRST}", "ids   None"]
    assert model.data(model.index(500, 2)) is None
    assert model.data(model.index(500, 2), CELL_ROLE) is None
    assert runner.waiting == []
    qtbot.waitUntil(lambda: bool(runner.waiting))
    runner.answer()
    assert source.asked[-1] == f"rows {PAGE}"
    assert model.data(model.index(500, 2)) == demo_row(500).number


def test_the_answer_of_an_older_search_is_never_seen(qtbot: QtBot, source: DemoSource) -> None:
    runner = ManualRunner()
    model = PagedTable(COLUMNS, source, runner)
    model.show("1")
    model.show(demo_row(7).number)
    runner.answer(1)
    runner.answer(0)
    assert list(model.all_ids()) == [7]


def test_rows_of_a_dropped_result_do_not_land_in_the_new_one(qtbot: QtBot, source: DemoSource) -> None:
    runner = ManualRunner()
    model = PagedTable(COLUMNS, source, runner)
    model.show("1")
    runner.answer()
    model.row_at(0)
    qtbot.waitUntil(lambda: bool(runner.waiting))
    model.show("2")
    runner.answer(1)
    before = model.row_at(0)
    runner.answer(0)
    assert before is None
    assert model.row_at(0) is None


def test_a_change_reads_again_what_is_shown_and_keeps_it_meanwhile(qtbot: QtBot, source: DemoSource) -> None:
    runner = ManualRunner()
    model = PagedTable(COLUMNS, source, runner)
    model.show("1")
    runner.answer()
    model.row_at(0)
    qtbot.waitUntil(lambda: bool(runner.waiting))
    runner.answer()
    identity = model.id_at(0)
    model.refresh({identity})
    assert model.row_at(0) is not None
    qtbot.waitUntil(lambda: len(runner.waiting) == 2)
    while runner.waiting:
        runner.answer()
    assert [asked.split()[0] for asked in source.asked] == ["ids", "rows", "ids", "rows"]


def test_a_row_that_is_gone_is_not_asked_for_again_and_again(qtbot: QtBot, source: DemoSource, view: TableView) -> None:
    source.missing = {3}
    view.rows.refresh()  # type: ignore[attr-defined]
    qtbot.wait(20)
    asked = len(source.asked)
    view.viewport().repaint()
    qtbot.wait(20)
    assert len(source.asked) == asked


def test_a_failing_search_keeps_the_rows_and_is_told(qtbot: QtBot, model: PagedTable, view: TableView, source: DemoSource) -> None:
    def fail(search: str, sort: Sort, limit: int | None) -> Callable[[Any], Any]:
        def broken(_desk: Any) -> Any:
            raise ValueError(search)

        return broken

    source.ids = fail  # type: ignore[method-assign]
    with qtbot.waitSignal(model.failed):
        model.show("x")
    assert model.rowCount() == 1_000


def test_the_box_chooses_a_row_and_the_row_becomes_current_by_click(view: TableView) -> None:
    press(view, 4, 0)
    assert view.rows.selected_ids() == [4]
    assert view.current_id() == -1
    press(view, 6, 3)
    assert view.current_id() == 6
    assert view.rows.selected_ids() == [4]
    press(view, 9, 3, Qt.KeyboardModifier.ShiftModifier)
    assert view.rows.selected_ids() == [4, 6, 7, 8, 9]
    press(view, 7, 3, Qt.KeyboardModifier.ControlModifier)
    assert view.rows.selected_ids() == [4, 6, 8, 9]


def test_the_head_box_chooses_the_query_without_listing_it(view: TableView) -> None:
    head(view, 0)
    chosen = view.rows.selection
    assert chosen.everything
    assert chosen.count(view.rows.rowCount()) == 1_000
    press(view, 2, 0)
    assert chosen.count(view.rows.rowCount()) == 999
    assert 2 not in chosen
    head(view, 0)
    assert chosen.count(view.rows.rowCount()) == 0


def test_keys_move_choose_open_and_copy(view: TableView, qtbot: QtBot) -> None:
    view.setFocus()
    press(view, 0, 3)
    hands.press(view, Qt.Key.Key_Down)
    assert view.current_id() == 1
    hands.press(view, Qt.Key.Key_X)
    hands.press(view, Qt.Key.Key_Down, hands.SHIFT)
    assert view.rows.selected_ids() == [1, 2]
    with qtbot.waitSignal(view.opened) as told:
        hands.press(view, Qt.Key.Key_Return)
    assert told.args == [2]
    with qtbot.waitSignal(view.previewed):
        hands.press(view, Qt.Key.Key_Space)
    hands.press(view, Qt.Key.Key_C, hands.CTRL)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert len(lines) == 3
    assert lines[1].split("\t")[1] == demo_row(1).number
    hands.press(view, Qt.Key.Key_Escape)
    assert view.rows.selected_ids() == []
    hands.press(view, Qt.Key.Key_A, hands.CTRL)
    assert view.rows.selection.everything


def test_a_click_on_a_heading_sorts_and_turns(view: TableView, qtbot: QtBot) -> None:
    paid = next(place for place, column in enumerate(COLUMNS) if column.key == "paid")
    head(view, paid)
    assert view.rows.sorted_by == Sort("paid", False)
    cheapest = min(range(1_000), key=lambda place: demo_row(place).paid)
    assert view.id_of(0) == cheapest
    head(view, paid)
    assert view.rows.sorted_by == Sort("paid", True)
    assert view.id_of(999) == cheapest


def test_current_row_and_chosen_rows_are_kept_by_id_over_a_new_order(view: TableView, model: PagedTable) -> None:
    press(view, 5, 3)
    press(view, 3, 0)
    told: list[int] = []
    view.current_changed.connect(told.append)
    model.show(sort=Sort("paid", True))
    assert view.current_id() == 5
    assert view.currentIndex().row() == model.row_of(5)
    assert model.selected_ids() == [3]
    assert told == []


def test_one_column_stretches_and_widths_are_kept(view: TableView, bare_context: AppContext, qtbot: QtBot) -> None:
    goods = next(place for place, column in enumerate(COLUMNS) if not column.width)
    buyer = next(place for place, column in enumerate(COLUMNS) if column.key == "buyer")
    view.resize(1_400, 700)
    assert sum(view.columnWidth(place) for place in range(len(COLUMNS))) == view.viewport().width()
    before = view.columnWidth(goods)
    view.horizontalHeader().resizeSection(buyer, 120)
    assert view.columnWidth(goods) == before - (120 - COLUMNS[buyer].width)
    assert "buyer=120" in bare_context.prefs.text("columns/demo")
    again = TableView(SimpleTable(COLUMNS, [demo_row(1)]), "x", bare_context.prefs, "demo")
    qtbot.addWidget(again)
    assert again.columnWidth(buyer) == 120


def test_an_empty_result_says_what_to_do(view: TableView, model: PagedTable, qtbot: QtBot) -> None:
    assert view.empty is not None
    assert not view.empty.isVisible()
    model.show("nothing like this")
    assert view.empty.isVisible()
    model.show("")
    assert not view.empty.isVisible()


def test_a_repaint_calls_data_for_nothing(view: TableView, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, source: DemoSource) -> None:
    asked = len(source.asked)
    calls = 0
    plain = PagedTable.data

    def counted(self: PagedTable, index: QModelIndex, role: int = 0) -> Any:
        nonlocal calls
        calls += 1
        return plain(self, index, role)

    monkeypatch.setattr(PagedTable, "data", counted)
    view.viewport().repaint()
    assert calls == 0
    assert len(source.asked) == asked


def test_a_short_list_sorts_itself(qtbot: QtBot) -> None:
    model = SimpleTable((Column("paid", "Paid", Kind.MONEY, lambda row: row.paid, sort="paid"),), [demo_row(place) for place in range(50)])
    hands.check_model(model)
    model.show(sort=Sort("paid", True))
    amounts = [cast("Any", model.row_at(place)).paid for place in range(50)]
    assert amounts == sorted(amounts, reverse=True)
    assert model.id_at(model.row_of(7)) == 7
    assert model.data(model.index(0, 0)) == cell_text(Kind.MONEY, amounts[0])


def test_hover_and_tips_do_not_fail(view: TableView, qtbot: QtBot) -> None:
    hands.move(view.viewport(), view.visualRect(view.rows.index(3, 4)).center())
    view.viewport().repaint()
    assert view.delegate.sizeHint(None, view.rows.index(0, 0)).height() == 32  # type: ignore[arg-type]


@pytest.mark.parametrize(("width", "pills"), [(400, 2), (260, 2), (150, 1), (90, 0)])
def test_pills_give_way_to_the_goods(styled: None, monkeypatch: pytest.MonkeyPatch, width: int, pills: int) -> None:
    drawn: list[int] = []
    monkeypatch.setattr(delegates, "_draw_pills", lambda _painter, _x, _y, _h, made: drawn.append(len(made)))
    picture = QImage(width, 32, QImage.Format.Format_RGB32)
    painter = QPainter(picture)
    delegates._goods(painter, (0, 0, width, 32), Goods("明前龙井 100g 特级", 1, (Pill("加急", "bad"), Pill("买家留言", "info"))))
    painter.end()
    assert drawn == [pills]


def test_any_table_with_a_name_lets_its_columns_be_hidden_and_moved(view: TableView, bare_context: AppContext, qtbot: QtBot) -> None:
    hands.check_model(view.rows)
    press(view, 5, 3)
    view.arranged.show("buyer", False)
    view.arranged.step("paid", -1)
    shown = [column.key for column in view.rows.columns]
    assert "buyer" not in shown
    assert view.current_id() == 5, "the current row stays"
    again = TableView(SimpleTable(COLUMNS, [demo_row(1)]), "x", bare_context.prefs, "demo")
    qtbot.addWidget(again)
    assert [column.key for column in again.rows.columns] == shown
    again.arranged.reset()
    assert [column.key for column in again.rows.columns] == [column.key for column in COLUMNS]
    nameless = TableView(SimpleTable(COLUMNS, [demo_row(1)]), "x")
    qtbot.addWidget(nameless)
    assert not nameless.horizontalHeader().sectionsMovable()


def test_a_row_is_found_wherever_it_is_and_missing_ones_are_not(model: PagedTable) -> None:
    model.show()
    assert [model.row_of(one) for one in (0, 999, 500, 3)] == [0, 999, 500, 3]
    assert model.row_of(5_000) == -1


def test_rows_that_are_held_wait_for_their_release(model: PagedTable, source: DemoSource) -> None:
    hands.check_model(model)
    model.show()
    before = list(model.all_ids())
    model.hold()
    model.show(sort=Sort("paid", True))
    model.refresh()
    assert list(model.all_ids()) == before
    model.release()
    assert list(model.all_ids()) != before
    assert sorted(model.all_ids()) == before
