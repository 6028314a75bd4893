"""The worklists by mouse and keys: each line is mended in its place, and what is done is in the database."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext, Notice, Place
from desktop.models.column import cell_text
from desktop.rail_counts import RailCounts
from desktop.views.edit_dialog import AddressDialog
from desktop.views.manual_order_money import CloseDialog
from desktop.views.match_dialog import MatchDialog
from desktop.views.notice_dialog import NoticeDialog
from desktop.views.sku_dialog import SkuDialog
from desktop.views.today import TodayPage
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import Fact
from desktop.views.widgets.rows import ListRow
from desktop.views.worklist_panel import Change
from desktop.views.worklists import TABS, WorklistsPage
from services.commands.edits import EditOrders
from services.db.schema import ImportBatch
from services.desk import Desk
from services.queries.audit_trail import AuditFilter, AuditIds, AuditRow, AuditRows
from services.queries.order_card import OrderCard
from services.queries.stock_rows import StockIds, StockRows, UnmatchedIds
from services.words import notice
from tests.desktop import hands
from tests.factories import make_order, make_orders, make_sku
from tests.frozen import START
from tests.queries.filling import fill

D = TypeVar("D", bound=DialogBase)


@pytest.fixture
def page(context: AppContext, qtbot: QtBot) -> Iterator[WorklistsPage]:
    with hands.on_screen(WorklistsPage(context), qtbot) as made:
        yield made


def load(page: WorklistsPage, qtbot: QtBot, tab: str = "goods") -> None:
    page.load()
    if tab != page.tab:
        page.tabs.choose(tab)
    ready(page, qtbot)


def ready(page: WorklistsPage, qtbot: QtBot) -> None:
    model = page.model
    qtbot.waitUntil(lambda: not model.rowCount() or model.row_at(0) is not None)


def opened(page: WorklistsPage, kind: type[D], qtbot: QtBot) -> D:
    dialog = page.dialog
    assert isinstance(dialog, kind)
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def words_of(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label) if label.isVisibleTo(widget))


def facts(widget: QWidget) -> dict[str, str]:
    return {fact.findChildren(Label)[0].text(): fact.value.text() for fact in widget.findChildren(Fact) if fact.isVisibleTo(widget)}


def cells(page: WorklistsPage, key: str) -> list[str]:
    place = [column.key for column in page.model.columns].index(key)
    column = page.model.columns[place]
    return [cell_text(column.kind, page.model.cell(row, place)) for row in range(page.model.rowCount())]


def button(page: QWidget, words: str) -> Button:
    return next(one for one in page.findChildren(Button) if one.text() == words and one.isVisible())


def entries(desk: Desk, number: str) -> list[AuditRow]:
    return list(desk.read(AuditRows(tuple(desk.read(AuditIds(AuditFilter(number=number)))))))


def fill_goods(desk: Desk) -> int:
    sku = make_sku(desk, "WL-GH-250", title="桂花乌龙 250g 罐装", stock=9)
    make_sku(desk, "WL-GH-100", title="桂花乌龙 100g 袋装")
    make_sku(desk, "LJ-MQ", title="明前龙井 100g")
    tea = {"title": "【新茶】桂花乌龙茶 250克罐装", "price": 6900}
    make_order(desk, number="1001", unmatched=1, ship_by=START + 5 * 3_600_000, lines=[tea | {"quantity": 2}])
    make_order(desk, number="1002", unmatched=1, lines=[tea])
    make_order(desk, number="1003", unmatched=1, lines=[{"title": "手机壳 磨砂", "code": "SJK-1"}])
    return sku


def test_goods_show_what_they_most_likely_are_and_one_click_matches_them(page: WorklistsPage, desk: Desk, qtbot: QtBot) -> None:
    sku = fill_goods(desk)
    with qtbot.waitSignal(page.context.counted) as told:
        load(page, qtbot)
    hands.check_model(page.model)
    assert told.args == ["worklists", 2, False]
    assert cells(page, "orders") == ["2", "1"]
    assert cells(page, "likely") == ["桂花乌龙 250g 罐装", "没有相近的"]
    assert "2 单在等" in [one.accessibleName() for one in page.panel.findChildren(QWidget)]
    likely = page.panel.findChildren(ListRow)
    assert [row.parts[1].words for row in likely][:2] == ["WL-GH-250", "WL-GH-100"]
    assert facts(page.panel)["售价"] == "¥69.00"
    with qtbot.waitSignal(page.context.noticed) as noticed:
        hands.click(likely[0])
    assert isinstance(noticed.args[0], Notice)
    assert noticed.args[0].words == "已匹配 2 行订单商品"
    assert [row.reserved for row in desk.read(StockRows((sku,)))] == [3]
    ready(page, qtbot)
    assert cells(page, "goods") == ["手机壳 磨砂"]


def test_the_likeliest_of_several_goods_are_taken_and_the_others_stay(page: WorklistsPage, desk: Desk, qtbot: QtBot) -> None:
    fill_goods(desk)
    load(page, qtbot)
    page.table.setFocus()
    hands.press(page.table, Qt.Key.Key_A, hands.CTRL)
    assert button(page, "匹配 2 种").isVisible()
    with qtbot.waitSignal(page.context.noticed) as noticed:
        hands.click(button(page, "采用最像的"))
    assert noticed.args is not None
    assert noticed.args[0].words == "已匹配 2 行订单商品；还有 1 种要自己看"
    ready(page, qtbot)
    hands.press(page.table, Qt.Key.Key_A, hands.CTRL)
    with qtbot.waitSignal(page.context.noticed) as noticed:
        hands.click(button(page, "采用最像的"))
    assert noticed.args[0].tone == "warn"
    assert len(desk.read(UnmatchedIds())) == 1


def test_a_sku_is_made_of_platform_goods(page: WorklistsPage, desk: Desk, qtbot: QtBot) -> None:
    fill_goods(desk)
    load(page, qtbot)
    page.table.go_to(desk.read(UnmatchedIds("手机壳"))[0])
    hands.click(page.panel.make_button)
    dialog = opened(page, SkuDialog, qtbot)
    assert (dialog.code.text(), dialog.name.text(), dialog.price.text()) == ("SJK-1", "手机壳 磨砂", "10.00")
    dialog.code.clear()
    assert not dialog.verb_button.isEnabled()
    dialog.code.setText("WL-GH-250")
    hands.click(dialog.verb_button)
    qtbot.waitUntil(lambda: "已经有了" in words_of(dialog))
    dialog.code.setText("SJK-MS")
    dialog.price.setText("abc")
    assert not dialog.verb_button.isEnabled()
    dialog.price.setText("12.50")
    hands.press(dialog, Qt.Key.Key_Return, hands.CTRL)
    (row,) = desk.read(StockRows(tuple(desk.read(StockIds("SJK-MS")))))
    assert (row.title, row.price, row.shortage) == ("手机壳 磨砂", 1250, 1)
    assert len(desk.read(UnmatchedIds())) == 1


def test_other_goods_are_searched_by_hand(page: WorklistsPage, desk: Desk, qtbot: QtBot) -> None:
    fill_goods(desk)
    load(page, qtbot)
    hands.press(page.table, Qt.Key.Key_Return)
    assert [row.title for row in opened(page, MatchDialog, qtbot).rows] == ["【新茶】桂花乌龙茶 250克罐装"]


def fill_addresses(desk: Desk) -> tuple[int, int, int]:
    city = make_order(desk, number="1001", city="南京市", district="玄武区", ship_by=START + 3_600_000)
    name = make_order(desk, number="1002", recipient="李四13912345678", phone="", ship_by=START + 7_200_000)
    line = make_order(desk, number="1003", phone="", tel="0571-88888888", ship_by=START + 10_800_000)
    return city, name, line


def test_an_address_is_put_right_with_one_click(page: WorklistsPage, desk: Desk, qtbot: QtBot) -> None:
    city, _name, _line = fill_addresses(desk)
    load(page, qtbot, "addresses")
    hands.check_model(page.model)
    assert cells(page, "wrong") == ["省市不符", "缺电话", "只有固定电话"]
    assert cells(page, "better") == ["江苏省", "李四 13912345678", "—"]
    assert "这个省没有这个市，分拣会走错方向。" in words_of(page.panel)
    assert [one.accessibleName() for one in page.panel.findChildren(Change)] == ["省：浙江省 改为 江苏省"]
    hands.click(page.panel.correct_button)
    card = desk.read(OrderCard(city))
    assert (card.province, card.city) == ("江苏省", "南京市")
    assert {one.reason for one in entries(desk, "1001") if one.field == "province"} == {"按识别结果更正：省市不符"}
    ready(page, qtbot)
    assert cells(page, "number") == ["1002", "1003"]
    assert page.tabs.findChildren(QWidget)


def test_several_addresses_are_put_right_at_once_and_the_rest_is_let_stand(page: WorklistsPage, desk: Desk, qtbot: QtBot) -> None:
    _city, name, _line = fill_addresses(desk)
    load(page, qtbot, "addresses")
    hands.press(page.table, Qt.Key.Key_A, hands.CTRL)
    hands.click(button(page, "更正 3 单"))
    card = desk.read(OrderCard(name))
    assert (card.recipient, card.phone) == ("李四", "13912345678")
    ready(page, qtbot)
    assert cells(page, "number") == ["1003"]
    assert not page.panel.correct_button.isVisible()
    with qtbot.waitSignal(page.context.noticed) as noticed:
        hands.click(page.panel.accept_button)
    assert noticed.args is not None
    assert (noticed.args[0].words, noticed.args[0].label) == ("1 条保留原样", "撤销")
    assert page.model.rowCount() == 0
    assert page.table.empty is not None
    assert page.table.empty.accessibleName() == "没有要核对的"
    assert [one.reason for one in entries(desk, "1003") if one.action == "accept_findings"] == ["看过，没有问题：只有固定电话"]
    noticed.args[0].action()
    ready(page, qtbot)
    assert cells(page, "number") == ["1003"]


def test_an_address_is_edited_with_what_was_recognised(page: WorklistsPage, desk: Desk, qtbot: QtBot) -> None:
    _city, name, _line = fill_addresses(desk)
    load(page, qtbot, "addresses")
    page.table.go_to(name)
    hands.press(page.table, Qt.Key.Key_Return)
    dialog = opened(page, AddressDialog, qtbot)
    assert dialog.values() == {"recipient": "李四", "phone": "13912345678"}
    dialog.put({"address": "文三路9号"})
    hands.press(dialog, Qt.Key.Key_Return, hands.CTRL)
    card = desk.read(OrderCard(name))
    assert (card.recipient, card.address) == ("李四", "文三路9号")


def test_a_search_and_a_way_in_from_elsewhere(page: WorklistsPage, desk: Desk, qtbot: QtBot) -> None:
    _city, name, _line = fill_addresses(desk)
    load(page, qtbot)
    page.navigate(tab="addresses", search="139")
    ready(page, qtbot)
    assert (page.tab, cells(page, "number")) == ("addresses", ["1002"])
    page.navigate(id=name)
    assert page.table.current_id() == name
    page.bar.set_text("无此")
    page.bar.searched.emit("无此")
    assert page.model.rowCount() == 0
    assert page.table.empty is not None
    assert page.table.empty.accessibleName() == "没有查到"


def fill_amounts(desk: Desk) -> None:
    make_order(desk, number="2001", payable=9_600, paid=9_700, goods_amount=10_000, discount=1_000, freight=600)
    rejected = [{"row": 7, "column": "总金额", "value": "12.345", "why": "", "code": "decimals", "facts": {}}]
    batch = {"file_name": "Export.csv", "format": "taobao.orders", "encoding": "gbk", "at": START, "rows": 20, "file_hash": "x"}
    fill(desk, ImportBatch, batch | {"report": json.dumps({"rejected": rejected, "warnings": []})})


def test_amounts_say_what_they_mean_and_lead_to_the_order(page: WorklistsPage, desk: Desk, qtbot: QtBot) -> None:
    fill_amounts(desk)
    load(page, qtbot, "amounts")
    hands.check_model(page.model)
    assert cells(page, "how") == ["比应付多 ¥1.00", "第 7 行 总金额 12.345，Export.csv"]
    assert "补差价的写进备注" in words_of(page.panel)
    assert facts(page.panel)["合计应为"] == "¥96.00"
    with qtbot.waitSignal(page.context.went) as went:
        hands.click(page.panel.open_button)
    assert isinstance(went.args[0], Place)
    assert (went.args[0].page, went.args[0].facts["search"]) == ("orders", "2001")
    page.table.step(1)
    qtbot.waitUntil(lambda: "12.345" in facts(page.panel).values())
    assert not page.panel.open_button.isVisible()
    hands.click(page.panel.accept_button)
    ready(page, qtbot)
    assert cells(page, "number") == ["2001"]


def test_of_two_equal_orders_one_is_closed_or_both_stay(page: WorklistsPage, desk: Desk, qtbot: QtBot) -> None:
    tea = {"lines": [{"title": "龙井"}]}
    make_orders(
        desk,
        [
            tea | {"number": "1001", "created_at": START - 7_200_000},
            tea | {"number": "1002", "created_at": START - 3_600_000, "status": "awaiting_payment", "recipient": "王先生"},
        ],
    )
    load(page, qtbot, "duplicates")
    hands.check_model(page.model)
    assert (cells(page, "number"), cells(page, "first"), cells(page, "apart")) == (["1002"], ["1001"], ["1 时 00 分后"])
    hands.click(page.panel.close_button)
    dialog = opened(page, CloseDialog, qtbot)
    assert (dialog.reason.currentData(), dialog.words.text()) == ("duplicate", "和订单 1001 重复")
    dialog.reject()
    hands.click(page.panel.accept_button)
    assert page.model.rowCount() == 0
    assert [one.reason for one in entries(desk, "1002") if one.action == "accept_findings"] == ["看过，是两单：付过又拍一单"]


def test_the_rail_counts_once_it_is_calm(context: AppContext, desk: Desk, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    rail = RailCounts(context, window)
    fill_addresses(desk)
    context.runner.change(EditOrders((1,), {"seller_memo": "x"}))
    assert rail.calm.isActive()
    rail.calm.setInterval(0)
    with qtbot.waitSignal(context.counted, check_params_cb=lambda page, *_facts: page == "worklists") as told:
        rail.calm.start()
    assert told.args == ["worklists", 3, False]


def test_today_tells_the_worklists_and_leads_to_their_tabs(context: AppContext, desk: Desk, qtbot: QtBot) -> None:
    fill_addresses(desk)
    fill_amounts(desk)
    today = TodayPage(context)
    qtbot.addWidget(today)
    today.show()
    today.load()
    row = next(row for row in today.rows if row.todo.code == "bad_addresses")
    assert (row.title, row.details) == ("3 单地址存疑", "省市不符 1，只有固定电话 1，缺电话 1")
    with qtbot.waitSignal(context.went) as went:
        hands.click(row.button)
    assert (went.args[0].page, went.args[0].facts["tab"]) == ("worklists", "addresses")


def test_the_notice_is_made_of_what_happened_edited_and_copied(page: WorklistsPage, desk: Desk, qtbot: QtBot) -> None:
    fill_addresses(desk)
    order = make_order(desk, number="1004")
    desk.perform(EditOrders((order,), {"address": "文三路2号"}), reason="买家要求：搬家了")
    load(page, qtbot)
    hands.click(button(page, "店铺公告…"))
    dialog = opened(page, NoticeDialog, qtbot)
    assert [kind for kind, box in dialog.boxes.items() if box.isChecked()] == ["phone", "region", "changed"]
    lines = dialog.text.toPlainText().split("\n")
    assert len(lines) == 5
    assert "11 位手机号" in lines[1]
    dialog.text.setPlainText(dialog.text.toPlainText() + "\n本店周日休息")
    hands.click(dialog.boxes["phone"])
    hands.click(dialog.boxes["street"])
    text = dialog.text.toPlainText()
    assert "11 位手机号" not in text
    assert "3. 详细地址请写到路名" in text
    assert text.endswith("本店周日休息")
    hands.click(dialog.verb_button)
    assert QGuiApplication.clipboard().text() == text
    dialog.languages.choose("en")
    assert dialog.text.toPlainText().startswith("Before you order")
    dialog.text.clear()
    assert not dialog.verb_button.isEnabled()


def test_the_reason_of_a_wish_is_the_dialog_s_own(context: AppContext, window: QWidget, desk: Desk) -> None:
    """The notice tells wishes from mistakes by the words that the dialog offers first."""
    dialog = AddressDialog(window, context, desk.read(OrderCard(make_order(desk, number="1"))))
    assert notice.is_wish(dialog.reason.choice.itemText(1))
    assert not notice.is_wish(dialog.reason.choice.itemText(2))


def test_every_picture_shows_something(page: WorklistsPage, desk: Desk, qtbot: QtBot) -> None:
    fill_goods(desk)
    make_order(desk, number="2001", recipient="李四13912345678", phone="")
    load(page, qtbot)
    for name, prepare in page.pictures():
        dialog = prepare()
        ready(page, qtbot)
        assert dialog is not None or page.dialog is not None or (page.model.rowCount() and page.panel.row is not None), name
        if page.dialog is not None:
            page.dialog.reject()
            page.dialog = None


def test_each_tab_is_empty_in_its_own_words(page: WorklistsPage, qtbot: QtBot) -> None:
    page.load()
    said = set()
    for tab in TABS:
        page.tabs.choose(tab)
        assert page.table.empty is not None
        said.add(words_of(page.table.empty))
    assert len(said) == len(TABS)
