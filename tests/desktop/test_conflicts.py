"""Conflicts of imports decided in the window, by mouse and keys: what is told, what the database holds, and what vanishes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext, Notice, Place
from desktop.models.column import cell_text
from desktop.views.conflict_detail import ConflictNote, ValueBox
from desktop.views.imports_word import WordDialog
from desktop.views.today import TodayPage
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.labels import Label
from desktop.views.worklists import WorklistsPage
from services.commands.edits import EditOrders
from services.commands.import_conflicts import DecideConflicts
from services.commands.imports import import_file
from services.desk import Desk
from services.imports.taught import TaughtWords
from services.queries.verify import Verify
from tests.commands.test_imports import NUMBER, SENT, Sql, bring
from tests.desktop import hands
from tests.imports.sample import order_row


@pytest.fixture
def page(context: AppContext, qtbot: QtBot) -> Iterator[WorklistsPage]:
    with hands.on_screen(WorklistsPage(context), qtbot) as made:
        yield made


def conflicts(desk: Desk, folder: Path) -> None:
    """Two days with edits between: a memo, an address and a state that is past."""
    bring(desk, folder, order_row(订单备注="送小样"), order_row("6001"), order_row("6002", 订单状态=SENT))
    desk.perform(EditOrders((1,), {"seller_memo": "不送"}))
    desk.perform(EditOrders((2,), {"address": "沙河街道 金桂路 9 号"}), reason="买家来电")
    bring(
        desk,
        folder,
        order_row(订单备注="送两份"),
        order_row("6001", 收货地址="浙江省 杭州市 余杭区 仁和街道 望海路1号(311100)"),
        order_row("6002"),
        day=13,
    )


def load(page: WorklistsPage, qtbot: QtBot, tab: str = "conflicts") -> None:
    page.load()
    page.tabs.choose(tab)
    ready(page, qtbot)


def ready(page: WorklistsPage, qtbot: QtBot) -> None:
    model = page.model
    qtbot.waitUntil(lambda: not model.rowCount() or model.row_at(0) is not None)


def cells(page: WorklistsPage, key: str) -> list[str]:
    place = [column.key for column in page.model.columns].index(key)
    return [cell_text(page.model.columns[place].kind, page.model.cell(row, place)) for row in range(page.model.rowCount())]


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget))


def states(desk: Desk) -> list[tuple[str, str]]:
    return desk.read(Sql("SELECT field, state FROM import_conflict ORDER BY field"))


def sound(desk: Desk) -> None:
    assert [(check.name, dict(check.facts)) for check in desk.read(Verify()).checks if not check.ok] == []


def go_to(page: WorklistsPage, desk: Desk, field: str) -> None:
    ((identity,),) = desk.read(Sql(f"SELECT id FROM import_conflict WHERE field = '{field}'"))
    assert page.table.go_to(identity)


def told(noticed: list[Notice], words: str) -> Notice:
    assert noticed[-1].words == words
    return noticed[-1]


def button(page: QWidget, words: str) -> Button:
    return next(one for one in page.findChildren(Button) if one.text() == words and one.isVisible())


def test_both_values_stand_side_by_side_with_where_they_come_from(page: WorklistsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    conflicts(desk, tmp_path)
    load(page, qtbot)
    hands.check_model(page.model)
    assert sorted(zip(cells(page, "field"), cells(page, "here"), cells(page, "told"), strict=True)) == [
        ("卖家备注", "不送", "送两份"),
        ("状态", "已发货", "待发货"),
        ("详细地址", "广东省 深圳市 南山区 沙河街道 金桂路 9 号", "浙江省 杭州市 余杭区 仁和街道 望海路1号"),
    ]
    go_to(page, desk, "seller_memo")
    qtbot.waitUntil(lambda: "不送" in words_of(page.panel))
    boxes = [words_of(box) for box in page.panel.findChildren(ValueBox) if box.isVisible()]
    assert boxes[0].splitlines()[:2] == ["本店", "不送"]
    assert "店主" in boxes[0]
    assert boxes[1].splitlines()[:4] == ["文件", "送两份", "ExportOrderList202611130930.csv", "第 2 行"]
    assert page.panel.title.text().endswith(NUMBER[-4:])


def test_ours_is_kept_with_the_mouse_and_can_be_asked_again(page: WorklistsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    conflicts(desk, tmp_path)
    load(page, qtbot)
    noticed: list[Notice] = []
    page.context.noticed.connect(noticed.append)
    go_to(page, desk, "seller_memo")
    hands.click(page.panel.keep_button)
    assert states(desk) == [("address", "open"), ("seller_memo", "ours"), ("status", "open")]
    assert desk.read(Sql("SELECT seller_memo FROM orders WHERE id = 1")) == [("不送",)]
    ready(page, qtbot)
    assert sorted(cells(page, "field")) == ["状态", "详细地址"]
    undo = told(noticed, "已保留本店 1 处")
    assert (undo.label, undo.action is not None) == ("撤销", True)
    assert undo.action is not None
    undo.action()
    assert ("seller_memo", "open") in states(desk)
    told(noticed, "1 处冲突重新待定")
    sound(desk)


def test_theirs_is_taken_by_keys_for_all_that_can_be(page: WorklistsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    conflicts(desk, tmp_path)
    load(page, qtbot)
    noticed: list[Notice] = []
    page.context.noticed.connect(noticed.append)
    page.table.setFocus()
    hands.press(page.table, Qt.Key.Key_A, hands.CTRL)
    assert button(page, "保留本店 3 处").isVisible()
    hands.press(page.table, Qt.Key.Key_Right, hands.CTRL | hands.SHIFT)
    assert states(desk) == [("address", "theirs"), ("seller_memo", "theirs"), ("status", "open")]
    assert desk.read(Sql("SELECT seller_memo FROM orders WHERE id = 1")) == [("送两份",)]
    assert desk.read(Sql("SELECT province, city, address FROM orders WHERE id = 2")) == [("浙江省", "杭州市", "仁和街道 望海路1号")]
    assert desk.read(Sql("SELECT count(DISTINCT at || actor) FROM audit_entry WHERE action = 'decide_conflicts'")) == [(1,)]
    assert told(noticed, "已采用文件 2 处；另有 1 处只能保留本店").tone == "warn"
    ready(page, qtbot)
    assert cells(page, "field") == ["状态"]
    assert not page.panel.take_button.isEnabled()
    qtbot.waitUntil(lambda: "不能从“已发货”退回“待发货”" in words_of(page.panel))
    hands.press(page.table, Qt.Key.Key_Left, hands.CTRL | hands.SHIFT)
    assert states(desk)[-1] == ("status", "ours")
    assert page.model.rowCount() == 0
    assert page.table.empty is not None
    sound(desk)


def test_what_somebody_else_decided_meanwhile_vanishes(page: WorklistsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    conflicts(desk, tmp_path)
    load(page, qtbot)
    noticed: list[Notice] = []
    page.context.noticed.connect(noticed.append)
    go_to(page, desk, "seller_memo")
    row = page.panel.row
    desk.perform(DecideConflicts((row.id,), "ours"))
    hands.click(page.panel.take_button)
    assert noticed[-1].tone == "warn"
    assert "已处理" in noticed[-1].words
    ready(page, qtbot)
    assert sorted(cells(page, "field")) == ["状态", "详细地址"]
    assert desk.read(Sql("SELECT seller_memo FROM orders WHERE id = 1")) == [("不送",)]


def test_deciding_is_offered_only_where_there_are_conflicts(page: WorklistsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    conflicts(desk, tmp_path)
    load(page, qtbot, "addresses")
    assert not page.keep_action.isEnabled()
    hands.press(page.table, Qt.Key.Key_Left, hands.CTRL | hands.SHIFT)
    assert {state for _field, state in states(desk)} == {"open"}
    page.tabs.choose("conflicts")
    assert page.take_action.isEnabled()


def test_today_and_the_order_s_card_lead_there(page: WorklistsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    conflicts(desk, tmp_path)
    went: list[Place] = []
    page.context.went.connect(went.append)
    with hands.on_screen(TodayPage(page.context), qtbot) as today:
        today.load()
        row = next(one for one in today.rows if one.todo.code == "conflicts")
        hands.click(row.button)
    assert (went[-1].page, went[-1].facts) == ("worklists", {"search": "", "tab": "conflicts"})
    note = ConflictNote(page.context, 1).read()
    qtbot.addWidget(note)
    qtbot.waitUntil(lambda: not note.isHidden())
    assert "有 1 处与导入文件不一致\n卖家备注" in words_of(note)
    hands.click(next(one for one in note.findChildren(Button) if one.text() == "去决定"))
    page.navigate(**went[-1].facts)
    ready(page, qtbot)
    assert (page.tab, cells(page, "field")) == ("conflicts", ["卖家备注"])
    other = ConflictNote(page.context, 99).read()
    qtbot.addWidget(other)
    assert other.isHidden()


def test_rows_with_an_unknown_word_are_listed_with_all_their_cells(page: WorklistsPage, desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    bring(desk, tmp_path, order_row(订单状态="拼团中"), order_row("6001"))
    load(page, qtbot, "held")
    hands.check_model(page.model)
    assert (cells(page, "value"), cells(page, "column"), cells(page, "number")) == (["拼团中"], ["订单状态"], [NUMBER])
    qtbot.waitUntil(lambda: "未知的订单状态；不作猜测" in words_of(page.panel))
    assert "收货人姓名" in words_of(page.panel)
    with qtbot.waitSignal(page.context.went) as went:
        hands.click(button(page.panel, "看这次导入"))
    assert went.args is not None
    assert (went.args[0].page, went.args[0].facts) == ("imports", {"id": 1})


def test_a_word_is_given_its_meaning_and_its_files_are_looked_at_again(
    page: WorklistsPage, desk: Desk, tmp_path: Path, qtbot: QtBot
) -> None:
    bring(desk, tmp_path, order_row(订单状态="拼团中"), order_row("6001"), order_row("6002", 订单状态="拼团中"))
    load(page, qtbot, "held")
    page.table.setFocus()
    hands.press(page.table, Qt.Key.Key_Return)
    dialog = page.dialog
    assert isinstance(dialog, WordDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert "有 2 行在等" in words_of(dialog.body)
    assert (dialog.verb_button.text(), dialog.verb_button.isEnabled()) == ("请选状态", False)
    hands.press(dialog.status, Qt.Key.Key_Down)
    assert dialog.status.currentData() == "awaiting_payment"
    with qtbot.waitSignal(page.context.import_requested) as asked:
        hands.press(dialog, Qt.Key.Key_Return, hands.CTRL)
    assert asked.args is not None
    ((path,),) = asked.args
    assert desk.read(TaughtWords()) == {"拼团中": "awaiting_payment"}
    assert desk.read(Sql("SELECT count(*) FROM orders")) == [(1,)]
    assert import_file(desk, path).value.orders_new == 2
    page.refresh({})
    assert page.model.rowCount() == 0
    sound(desk)
