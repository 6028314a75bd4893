"""Shipping from the window: numbers typed, scanned and pasted; blockers in words; what left and what did not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.models.ship_table import ShipTable
from desktop.views.ship_dialog import ShipDialog
from desktop.views.widgets.labels import Label
from services.commands.parcels import Shipment, ShipOrders
from services.desk import Desk
from services.queries.order_card import OrderCard
from services.queries.order_rows import OrderIds, OrderRows
from services.queries.ship_rows import CarriersUsed, ShipRow, ShipRows, UsedNumbers, likely_carrier
from services.queries.verify import Verify
from tests.desktop import hands

ZTO = ("73120000000001", "73120000000002", "73120000000003", "73120000000004")
CLEAN = "status:awaiting_shipment blocker:none"


def clean(shop: Desk, count: int, virtual: bool = False) -> list[int]:
    """Orders without a blocker that need a parcel (or need none), each of another person."""
    rows = [row for row in shop.read(ShipRows(tuple(shop.read(OrderIds(CLEAN, "ship_by"))))) if row.virtual == virtual]
    people: dict[tuple[str, ...], int] = {}
    for row in rows:
        people.setdefault(row.person, row.id)
    return list(people.values())[:count]


def opened(window: QWidget, context: AppContext, ids: list[int], qtbot: QtBot, carrier: str = "ZTO") -> ShipDialog:
    dialog = ShipDialog(window, context, ids)
    dialog.open()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.carriers.choose(carrier)
    return dialog


def status(shop: Desk, order_id: int) -> str:
    return shop.read(OrderRows((order_id,)))[0].status


def editor(dialog: ShipDialog) -> QLineEdit:
    found = dialog.grid.numbers.box
    assert found is not None
    assert found.isVisible()
    return found


def row(order_id: int, number: str, *, person: str = "a", blockers: tuple[str, ...] = (), virtual: bool = False) -> ShipRow:
    return ShipRow(order_id, number, "tb1", "王小明", "浙江省", "杭州市", "马克杯", 1, 1, None, virtual, (person,), blockers)


@pytest.fixture
def table() -> ShipTable:
    made = ShipTable()
    made.set_carrier("ZTO")
    made.set_rows([row(place, f"300{place}", person=str(place)) for place in range(1, 5)])
    return made


def test_the_rows_keep_qts_rules(table: ShipTable) -> None:
    hands.check_model(table)
    table.paste(0, "\n".join(ZTO))
    assert table.setData(table.index(0, table.tracking_column), "73120000000009")
    assert not table.setData(table.index(0, 0), "x")
    table.remove([2])
    assert [line.number for line in table.lines] == ["73120000000009", ZTO[2], ZTO[3]]


def test_a_column_from_a_spreadsheet_fills_down_and_gaps_stay_gaps(table: ShipTable) -> None:
    assert table.paste(1, f"运单号\r\n{ZTO[0]}\r\n\r\n{ZTO[1]}\r\n") == 2
    assert [line.number for line in table.lines] == ["", ZTO[0], "", ZTO[1]]


def test_lines_with_an_order_number_find_their_order_and_carriers_are_understood(table: ShipTable) -> None:
    assert table.paste(0, f"3003\t顺丰\tSF1234567890123\n3001\t中通快递\t{ZTO[0]}") == 2
    assert table.lines[2].number == "SF1234567890123"
    assert table.carrier_code(table.lines[2]) == "SF"
    assert table.lines[0].number == ZTO[0]
    assert table.carrier_code(table.lines[0]) == "ZTO"


def test_a_scanned_order_number_goes_to_its_row(table: ShipTable) -> None:
    assert table.take_text(0, "3004") == 3
    assert table.lines[0].number == ""
    assert table.take_text(3, f" {ZTO[3]} ") == 4
    assert table.lines[3].number == ZTO[3]


def test_verdicts_in_words(table: ShipTable) -> None:
    table.set_rows(
        [
            row(1, "3001", person="a"),
            row(2, "3002", person="b"),
            row(3, "3003", person="a"),
            row(4, "3004", person="c", blockers=("shortage",)),
            row(5, "3005", person="d", virtual=True),
            row(6, "3006", person="e", blockers=("not_paid",)),
        ]
    )
    table.paste(0, "\n".join([ZTO[0], "12", ZTO[0], ZTO[1], "", ZTO[2]]))
    words = [line.verdict.words for line in table.lines]
    assert words[0] == "可以发货，2 单同一包裹", "one buyer and address share a number"
    assert words[1].startswith("运单号存疑")
    assert words[3].startswith("缺货：先收货入库")
    assert words[4] == "虚拟商品，不用快递"
    assert words[5].startswith("未付款")
    assert {line.id for line in table.ready()} == {1, 3, 5}
    table.set_passed({"shortage", "number_doubtful"})
    assert {line.id for line in table.ready()} == {1, 2, 3, 4, 5}, "not paid can't be passed over"
    table.set_used(frozenset({ZTO[0]}))
    assert table.lines[0].verdict.words.startswith("运单号已用过")


def test_one_number_for_two_people_is_refused(table: ShipTable) -> None:
    table.paste(0, f"{ZTO[0]}\n{ZTO[0]}")
    assert [line.verdict.codes for line in table.lines[:2]] == [("number_used",), ("number_used",)]


def test_scanning_down_the_rows_ships_what_has_a_number(window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    ids = clean(shop, 4)
    dialog = opened(window, demo_context, ids, qtbot)
    qtbot.waitUntil(lambda: dialog.grid.numbers.box is not None)
    for number in ZTO[:3]:
        hands.type_text(editor(dialog), number)
        hands.press(editor(dialog), Qt.Key.Key_Return)
    assert [line.number for line in dialog.table.lines] == [*ZTO[:3], ""]
    assert dialog.verb_button.text() == "发货 3 单"
    hands.click(dialog.verb_button)
    assert [status(shop, order_id) for order_id in ids] == ["shipped"] * 3 + ["awaiting_shipment"]
    for order_id, number in zip(ids[:3], ZTO[:3], strict=True):
        assert [parcel.tracking_number for parcel in shop.read(OrderCard(order_id)).parcels] == [number]
    assert dialog.isVisible()
    assert [line.id for line in dialog.table.lines] == ids[3:], "what has no number stays"
    assert not dialog.verb_button.isEnabled()
    assert shop.read(Verify()).ok


def test_pasting_from_the_clipboard_and_ctrl_enter(window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    ids = clean(shop, 3)
    dialog = opened(window, demo_context, ids, qtbot)
    qtbot.waitUntil(lambda: dialog.grid.numbers.box is not None)
    QGuiApplication.clipboard().setText("")
    hands.click(dialog.paste_button)
    assert "剪贴板里没有运单号" in " ".join(label.text() for label in dialog.findChildren(Label))
    QGuiApplication.clipboard().setText("\n".join(ZTO[:3]))
    hands.press(dialog.grid, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert dialog.verb_button.text() == "发货 3 单"
    hands.press(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert {status(shop, order_id) for order_id in ids} == {"shipped"}
    assert not dialog.isVisible(), "nothing is left: it closes"


def test_enter_on_a_button_ships_nothing_and_esc_leaves_all_as_it_was(
    window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot
) -> None:
    ids = clean(shop, 2)
    dialog = opened(window, demo_context, ids, qtbot)
    dialog.table.paste(0, "\n".join(ZTO[:2]))
    dialog.grid.setFocus()
    hands.press(dialog.grid, Qt.Key.Key_Return)
    assert {status(shop, order_id) for order_id in ids} == {"awaiting_shipment"}
    hands.press(editor(dialog), Qt.Key.Key_Escape)
    assert dialog.isVisible(), "the first Esc leaves the row"
    hands.press(dialog.grid, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert {status(shop, order_id) for order_id in ids} == {"awaiting_shipment"}


def test_a_blocker_is_passed_over_with_a_reason_only(window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    case = shop.read(OrderIds("status:awaiting_shipment blocker:after_sale_open", "ship_by"))[0]
    rows = shop.read(ShipRows((case,)))
    assert rows[0].blockers == ("after_sale_open",)
    ids = [case, *clean(shop, 1)]
    dialog = opened(window, demo_context, ids, qtbot)
    dialog.table.paste(0, "\n".join(ZTO[:2]))
    assert dialog.verb_button.text() == "发货 1 单"
    box = dialog._passes["after_sale_open"]
    assert box.text() == "仍要发货：退款中 1 单"
    hands.click(box)
    assert dialog.verb_button.text() == "请写明为什么放行"
    assert not dialog.verb_button.isEnabled()
    dialog.reason.insert("买家说不退了")
    assert dialog.verb_button.text() == "发货 2 单"
    hands.click(dialog.verb_button)
    assert {status(shop, order_id) for order_id in ids} == {"shipped"}
    trail = shop.read(OrderCard(case)).timeline
    assert any(event.field == "overridden" and event.new == "after_sale_open" and event.reason == "买家说不退了" for event in trail)


def test_a_used_number_is_seen_while_typing_and_refused_at_the_last_moment(
    window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot
) -> None:
    first, *ids = clean(shop, 3)
    shop.perform(ShipOrders((Shipment(first, "ZTO", ZTO[0]),)))
    assert shop.read(UsedNumbers((ZTO[0], ZTO[1]))) == {ZTO[0]}
    dialog = opened(window, demo_context, ids, qtbot)
    dialog.table.paste(0, f"{ZTO[0]}\n{ZTO[1]}")
    assert dialog.table.lines[0].verdict.codes == ("number_used",)
    assert dialog.verb_button.text() == "发货 1 单"
    other = clean(shop, 5)[-1]
    shop.perform(ShipOrders((Shipment(other, "ZTO", ZTO[1]),)))  # meanwhile, from elsewhere
    hands.click(dialog.verb_button)
    assert {status(shop, order_id) for order_id in ids} == {"awaiting_shipment"}
    said = " ".join(label.text() for label in dialog.findChildren(Label))
    assert "1 单没有发出，保持原样。" in said
    assert "运单号已用过" in said


def test_numbers_of_another_carrier_are_offered_to_it(window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    ids = clean(shop, 2)
    dialog = opened(window, demo_context, ids, qtbot)
    dialog.table.paste(0, f"SF1234567890123\n{ZTO[0]}")
    assert likely_carrier("SF1234567890123") == "SF"
    assert dialog.table.lines[0].verdict.words == "像是顺丰速运的"
    assert likely_carrier("7312345678") == "", "too short to tell"
    assert dialog.verb_button.text() == "发货 1 单"
    dialog._take_carrier("SF", [ids[0]])
    assert dialog.verb_button.text() == "发货 2 单"
    hands.click(dialog.verb_button)
    assert [shop.read(OrderCard(order_id)).parcels[0].carrier for order_id in ids] == ["SF", "ZTO"]


def test_one_order_has_a_form_of_its_own(window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    ids = clean(shop, 1)
    dialog = opened(window, demo_context, ids, qtbot)
    assert dialog.verb_button.text() == "还没填运单号"
    assert QApplication.focusWidget() is dialog.number
    hands.type_text(dialog.number, ZTO[0])
    hands.press(dialog.number, Qt.Key.Key_Return)
    assert status(shop, ids[0]) == "awaiting_shipment", "a scanner's Enter does not ship"
    hands.press(dialog.number, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert status(shop, ids[0]) == "shipped"
    assert not dialog.isVisible()
    assert shop.read(CarriersUsed())[0]


def test_an_unpaid_order_says_why_it_stays(window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    unpaid = shop.read(OrderIds("status:awaiting_payment"))[0]
    dialog = opened(window, demo_context, [unpaid], qtbot)
    hands.type_text(dialog.number, ZTO[0])
    assert not dialog.verb_button.isEnabled()
    qtbot.waitUntil(lambda: "未付款" in " ".join(label.text() for label in dialog.findChildren(Label) if label.isVisible()))
    hands.press(dialog.number, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert status(shop, unpaid) == "awaiting_payment"


def test_virtual_goods_leave_without_a_number(window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    virtual = clean(shop, 1, virtual=True)
    if not virtual:
        pytest.fail("the demo shop holds no virtual order any more: choose another seed")
    dialog = opened(window, demo_context, virtual, qtbot)
    assert dialog.verb_button.text() == "发货 1 单"
    hands.click(dialog.verb_button)
    assert status(shop, virtual[0]) == "shipped"
    assert shop.read(OrderCard(virtual[0])).parcels == ()
