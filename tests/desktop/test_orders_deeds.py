"""One word for many orders: flags and notes of everything found, checks with what refuses them, checked and on to ship."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext, Notice
from desktop.models.order_columns import ALL
from desktop.models.selection import STEP, Chosen
from desktop.views import orders as orders_module
from desktop.views import orders_actions
from desktop.views.edit_dialog import NoteDialog
from desktop.views.orders import OrdersPage
from desktop.views.refused_dialog import RefusedDialog
from desktop.views.settings_dialog import SettingsDialog
from desktop.views.ship_dialog import ShipDialog
from desktop.views.widgets.dialog import DialogBase, Question
from desktop.views.widgets.labels import Label
from services.commands import edits
from services.commands.edits import EditOrders
from services.desk import Desk
from services.errors import BadInput, Cancelled
from services.queries.order_card import OrderCard
from services.queries.order_rows import OrderIds, OrderRow, OrderRows, OrderTotals
from services.queries.verify import Verify
from services.settings import ChangeSetting, ShopSettings
from tests.desktop import hands

ALT, CTRL, SHIFT = Qt.KeyboardModifier.AltModifier, hands.CTRL, hands.SHIFT
TO_SHIP = "status:awaiting_shipment"


@pytest.fixture
def page(demo_context: AppContext, qtbot: QtBot) -> Iterator[OrdersPage]:
    with hands.on_screen(OrdersPage(demo_context), qtbot) as made:
        made.load()
        made.activate()
        qtbot.waitUntil(lambda: made.model.row_at(0) is not None)
        yield made


@pytest.fixture
def told(demo_context: AppContext) -> list[Notice]:
    notices: list[Notice] = []
    demo_context.noticed.connect(notices.append)
    return notices


def rows_of(shop: Desk, search: str) -> list[OrderRow]:
    return list(shop.read(OrderRows(tuple(shop.read(OrderIds(search, "created_at"))))))


def dialog(page: OrdersPage, qtbot: QtBot, kind: type[DialogBase]) -> Any:
    qtbot.waitUntil(lambda: isinstance(page.deeds.dialog, kind) and page.deeds.dialog.isActiveWindow())
    return page.deeds.dialog


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget))


# ---- everything that is found


def test_a_flag_for_everything_found_is_what_the_query_finds_less_what_was_taken_out(page: OrdersPage, shop: Desk) -> None:
    page.bar.set_text("省:广东 OR 省:江苏")
    found = list(page.model.all_ids())
    assert len(found) > 3
    hands.press(page.table, Qt.Key.Key_A, CTRL)
    hands.click(page.table.viewport(), page.table.visualRect(page.model.index(1, 0)).center())
    before = {row.id: row.flag for row in rows_of(shop, "")}
    hands.press(page.table, Qt.Key.Key_5, ALT)
    after = {row.id: row.flag for row in rows_of(shop, "")}
    changed = set(found) - {found[1]}
    assert all(after[one] == 5 for one in changed)
    assert {one: flag for one, flag in after.items() if one not in changed} == {
        one: flag for one, flag in before.items() if one not in changed
    }
    assert shop.read(Verify()).ok


def test_many_are_asked_about_first_and_one_transaction_takes_all(
    page: OrdersPage, shop: Desk, qtbot: QtBot, told: list[Notice], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders_actions, "MANY", 10)
    monkeypatch.setattr(orders_actions, "A_SECOND", 5)
    monkeypatch.setattr(edits, "STEP", 7)
    page.tabs.choose(ALL)
    hands.press(page.table, Qt.Key.Key_A, CTRL)
    total = page.model.rowCount()
    hands.press(page.table, Qt.Key.Key_2, ALT)
    asked = dialog(page, qtbot, Question)
    assert asked.title.text() == f"给 {total} 单插黄旗"
    assert f"大约需要 {total // 5} 秒" in words_of(asked)
    assert {row.flag for row in rows_of(shop, "")} != {2}
    hands.click(asked.verb_button)
    assert {row.flag for row in rows_of(shop, "")} == {2}
    assert "单" in told[-1].words
    seqs = _entries(shop, "flag", "2")
    assert len({at for at, _seq in seqs}) == 1, "one deed at one moment"
    assert shop.read(Verify()).ok, "the chain of the trail is whole"


def test_a_long_change_that_is_stopped_changes_nothing(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edits, "STEP", 7)
    ids = shop.read(OrderIds(""))
    before = {row.id: (row.flag, row.version) for row in rows_of(shop, "")}

    class Stops:
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            if done >= 20:
                raise Cancelled

    with pytest.raises(Cancelled):
        shop.perform(EditOrders(ids, {"flag": 4}), progress=Stops())
    assert {row.id: (row.flag, row.version) for row in rows_of(shop, "")} == before
    assert shop.read(Verify()).ok


def test_notes_of_very_many_are_set_without_looking_at_each(
    page: OrdersPage, shop: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders_actions, "MOST_COMPARED", 5)
    found = list(page.model.all_ids())
    hands.press(page.table, Qt.Key.Key_A, CTRL)
    hands.press(page.table, Qt.Key.Key_E, CTRL)
    asked = dialog(page, qtbot, NoteDialog)
    assert asked.rows == ()
    assert asked.sub.text() == f"{len(found)} 单"
    assert asked._memo.placeholderText() == "不填就各自不变"
    hands.type_text(asked._memo, "11.11")
    assert "都会被覆盖" in " ".join(line.how for line in asked.consequences.shown)
    hands.click(asked.verb_button)
    rows = shop.read(OrderRows(tuple(found)))
    assert {row.seller_memo for row in rows} == {"11.11"}


def test_of_a_long_result_the_chosen_are_sought_off_the_windows_thread(
    page: OrdersPage, shop: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(orders_module, "AT_ONCE", 3)
    asked: list[str] = []
    plain = page.context.runner.query

    def noted(query: Any, title: str = "") -> Any:
        asked.append("query")
        return plain(query, title)

    monkeypatch.setattr(page.context.runner, "query", noted)
    chosen = [page.model.id_at(5), page.model.id_at(2)]
    page.model.selection.only(chosen)
    asked.clear()
    hands.press(page.table, Qt.Key.Key_3, ALT)
    assert asked
    assert {row.flag for row in shop.read(OrderRows(tuple(chosen)))} == {3}


def test_sums_of_everything_less_some_are_aggregates_not_lists(page: OrdersPage, shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    out = page.model.id_at(3)
    hands.press(page.table, Qt.Key.Key_A, CTRL)
    read: list[Any] = []
    plain = shop.read

    def noted(query: Any) -> Any:
        read.append(query)
        return plain(query)

    monkeypatch.setattr(shop, "read", noted)
    page.model.selection.toggle(out)
    sums = [query for query in read if isinstance(query, OrderTotals)]
    assert [len(query.ids or ()) for query in sums] == [0, 1]
    whole, less = plain(OrderTotals(TO_SHIP)), plain(OrderTotals(ids=(out,)))
    assert page.foot._sums.text() == f"{whole.quantity - less.quantity} 件·¥{(whole.paid - less.paid) / 100:,.2f}"


def test_what_was_taken_out_and_then_left_the_result_is_not_counted_twice(page: OrdersPage, demo_context: AppContext, shop: Desk) -> None:
    from services.commands.parcels import Shipment, ShipOrders

    out = shop.read(OrderIds(f"{TO_SHIP} blocker:none", "ship_by"))[0]
    hands.press(page.table, Qt.Key.Key_A, CTRL)
    page.model.selection.toggle(out)
    demo_context.runner.change(ShipOrders((Shipment(out, "SF", "SF1234567890123"),)))
    total = page.model.rowCount()
    assert page.model.selection.count(total) == total
    assert page.foot._title.text() == f"已选 {total} 单"


def test_no_list_is_made_of_a_range_that_is_still_landing(page: OrdersPage, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = page.model.selection
    chosen.set(range(1_000_000, 1_000_000 + 5 * STEP))
    assert chosen.landing, "the foot asked for no snapshot of it"
    assert page.foot._title.text() == f"已选 {STEP:,} 单"
    assert page.foot._sums.text() == ""
    qtbot.waitUntil(lambda: not chosen.landing)
    assert page.foot._title.text() == f"已选 {5 * STEP:,} 单"


def test_a_long_result_is_walked_in_slices() -> None:
    chosen = Chosen(range(100_000), False, frozenset({99_999, 5, 70_000, 200_000}))
    assert list(chosen.in_order()) == [5, 70_000, 99_999]
    assert chosen.still_there() == {5, 70_000, 99_999}
    assert Chosen(range(5), True, frozenset({2})).in_order().tolist() == [0, 1, 3, 4]  # type: ignore[attr-defined]


# ---- checked


def test_k_checks_and_shift_k_takes_it_back_and_both_are_seen(page: OrdersPage, shop: Desk, qtbot: QtBot, told: list[Notice]) -> None:
    order_id = shop.read(OrderIds(f"{TO_SHIP} blocker:none", "ship_by"))[0]
    page.table.go_to(order_id)
    hands.press(page.table, Qt.Key.Key_K)
    assert told[-1].words == "已核对 1 单"
    card = shop.read(OrderCard(order_id))
    assert (card.checked_at, card.checked_by) == (shop.clock.now(), "owner")
    row = page.model.row_of(order_id)
    checked = next(place for place, column in enumerate(page.model.columns) if column.key == "checked")
    qtbot.waitUntil(lambda: page.model.data(page.model.index(row, checked)) == "已核对")
    tip = page.model.columns[checked].tip
    assert tip is not None
    assert tip(page.model.row_at(row)).startswith("2026-")
    qtbot.waitUntil(lambda: "店主" in words_of(page.panel))
    assert "核对" in words_of(page.panel)
    hands.press(page.table, Qt.Key.Key_K)
    assert told[-1].words == "这些订单都核对过了。"
    hands.press(page.table, Qt.Key.Key_K, SHIFT)
    assert told[-1].words == "已取消 1 单的核对"
    assert shop.read(OrderCard(order_id)).checked_at is None


def test_what_can_not_be_checked_is_told_each_with_its_reason(page: OrdersPage, shop: Desk, qtbot: QtBot, told: list[Notice]) -> None:
    hands.press(page.table, Qt.Key.Key_A, CTRL)
    hands.click(page.foot.check_button)
    rows = rows_of(shop, TO_SHIP)
    blocked = [row for row in rows if row.blockers]
    assert blocked
    assert all((row.checked_at is None) == bool(row.blockers) for row in rows)
    assert told[-1].words.startswith(f"已核对 {len(rows) - len(blocked)} 单；{len(blocked)} 单不能核对：")
    assert told[-1].action is not None
    told[-1].action()
    shown = dialog(page, qtbot, RefusedDialog)
    hands.check_model(shown.model)
    lines = {shown.model.row_at(place).id: shown.model.row_at(place).why for place in range(shown.model.rowCount())}
    assert set(lines) == {row.id for row in blocked}
    assert all("：" in why for why in lines.values())
    hands.press(shown, Qt.Key.Key_Escape)


def test_check_and_ship_checks_what_it_can_and_ships_that(page: OrdersPage, shop: Desk, qtbot: QtBot, told: list[Notice]) -> None:
    good = list(shop.read(OrderIds(f"{TO_SHIP} blocker:none", "ship_by")))[:2]
    bad = next(row.id for row in rows_of(shop, TO_SHIP) if row.blockers)
    page.model.selection.only([*good, bad])
    hands.press(page.table, Qt.Key.Key_Return, CTRL | SHIFT)
    shown = dialog(page, qtbot, ShipDialog)
    assert set(shown.order_ids) == set(good)
    assert told[-1].words.startswith("已核对 2 单；1 单不能核对：")
    assert all(row.checked_at is not None for row in shop.read(OrderRows(tuple(good))))


def test_only_checked_orders_leave_once_the_shop_says_so(page: OrdersPage, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    settings = SettingsDialog(page, demo_context, lambda _language: None, lambda: None)
    settings.open()
    qtbot.waitUntil(settings.isActiveWindow)
    assert not settings.checked.isChecked()
    hands.click(settings.checked)
    hands.click(settings.verb_button)
    assert shop.read(ShopSettings())["ship_only_checked"] is True
    order_id = next(row.id for row in rows_of(shop, TO_SHIP) if row.blockers == ("not_checked",))
    page.table.go_to(order_id)
    qtbot.waitUntil(lambda: "没有核对" in words_of(page.panel) or "未核对" in words_of(page.panel))
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    row = page.model.row_of(order_id)
    qtbot.waitUntil(lambda: getattr(page.model.row_at(row), "blockers", ()) == ("not_checked",))
    hands.press(page.table, Qt.Key.Key_K)
    assert shop.read(OrderRows((order_id,)))[0].blockers == ()


def test_the_setting_takes_yes_or_no(shop: Desk) -> None:
    with pytest.raises(BadInput, match="setting_not_yes_or_no"):
        shop.perform(ChangeSetting("ship_only_checked", "maybe"))


def _entries(shop: Desk, field: str, new: str) -> list[tuple[int, int]]:
    raw = sqlite3.connect(shop.shop.folder / "shop.sqlite")
    try:
        return raw.execute("SELECT at, seq FROM audit_entry WHERE field = ? AND new = ?", (field, new)).fetchall()
    finally:
        raw.close()


def test_more_than_can_be_shipped_at_once_greys_the_verb(page: OrdersPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.views.orders_foot.MOST_SHIPPED", 1)
    page.table.setFocus()
    hands.press(page.table, Qt.Key.Key_X)
    assert page.foot.ship_button.isEnabled()
    hands.press(page.table, Qt.Key.Key_A, hands.CTRL)
    assert (page.foot.ship_button.isEnabled(), page.foot.ship_button.text()) == (False, "一次最多 1 单")
