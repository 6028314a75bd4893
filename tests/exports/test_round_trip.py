"""An export of ours imports back to the same orders (invariant I5), whatever is in them and however the file was chosen."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.commands.aftersales import RefundOrder
from services.commands.demo import fill_demo
from services.commands.edits import EditOrders
from services.commands.imports import import_file
from services.commands.manual_draft import DraftLine, OrderDraft
from services.commands.manual_orders import CloseOrder, CreateOrder, Payment
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.exports.orders import line_rows
from services.exports.tables import ALL, LINES, ORDERS, ExportTable, export_table
from services.imports.parse import parse_file
from services.queries.order_json import OrdersJson
from services.queries.order_rows import OrderIds
from services.queries.verify import Verify
from tests.factories import make_order
from tests.frozen import FrozenClock
from tests.imports.sample import order_row, write

CASES = [(table, lang, suffix) for table in (ORDERS, LINES) for lang in ("zh", "en") for suffix in ("csv", "xlsx", "json")]
ids = [f"{table.key}-{lang}-{suffix}" for table, lang, suffix in CASES]
_OF_THE_SHOP = frozenset({"blockers", "checked_at", "checked_by"})
"""What follows from stock and deeds of the shop, which no order's file brings."""


def exported(desk: Desk, folder: Path, table: ExportTable, lang: str, suffix: str, search: str = "", keys: Sequence[str] = ()) -> Path:
    path = folder / f"{table.key}.{suffix}"
    export_table(desk, table, desk.read(OrderIds(search)), path, lang, keys=keys or table.sets[ALL])
    return path


def told(desk: Desk, table: ExportTable) -> dict[tuple[str, str], dict[str, Any]]:
    """The orders as JSON, without what the kind of file can't tell."""
    less = _OF_THE_SHOP | (frozenset() if table is LINES else {"lines", "goods_paid"})
    found = {}
    for order in desk.read(OrdersJson()).orders:
        kept = {name: value for name, value in order.items() if name not in less}
        # A carrier's name is written in the file's language, its code is what counts.
        kept["parcels"] = [(parcel["carrier"], parcel["number"]) for parcel in order["parcels"] if parcel["number"]]
        found[order["channel"], order["number"]] = kept
    return found


def assert_same(desk: Desk, folder: Path, table: ExportTable, lang: str, suffix: str) -> None:
    """Nothing new and nothing changed in the same shop; the same orders in an empty one, all its sums true."""
    path = exported(desk, folder, table, lang, suffix)
    before = desk.read(Verify(digest=True)).digest
    here = import_file(desk, path, dry_run=True).value
    assert (here.format, here.orders_new, here.updated, here.rejected, here.clashes) == (f"zhanggui.{table.key}", 0, {}, [], [])
    assert here.orders_unchanged == len(desk.read(OrderIds()))
    assert desk.read(Verify(digest=True)).digest == before
    with Desk.open(folder / f"{table.key}-{lang}-{suffix}", clock=desk.clock) as other:
        brought = import_file(other, path).value
        assert (brought.orders_new, brought.rejected, brought.unknown_headings) == (len(desk.read(OrderIds())), [], [])
        assert told(other, table) == told(desk, table)
        assert [check.name for check in other.read(Verify()).checks if not check.ok] == []
        again = import_file(other, path).value
        assert (again.orders_new, again.updated) == (0, {})


@pytest.fixture
def busy(desk: Desk) -> Desk:
    """A shop in which a day's work was done by hand, at odd milliseconds."""
    fill_demo(desk, 60, 3)
    clock = desk.clock
    assert isinstance(clock, FrozenClock)
    clock.advance(ms=12_345)
    desk.perform(ReceiveGoods("CUP-9", 20, 900, title="马克杯"))
    lines = (DraftLine(None, "贺卡", 2, 333), DraftLine(1, "", 3, 1999))
    draft = OrderDraft("青柠", "张三", "16812345678", "浙江省", "杭州市", "西湖区", "文一路1号", lines=lines, discount=100, freight=600)
    paid = desk.perform(CreateOrder(draft, Payment(draft_total(draft)))).value.order_id
    unpaid = desk.perform(CreateOrder(replace(draft, buyer_nick="橙子"))).value.order_id
    desk.perform(CloseOrder((unpaid,), "out_of_stock"))
    desk.perform(EditOrders((paid,), {"seller_memo": "第一行\n=第二行", "tags": "加急，礼品", "flag": 3}))
    clock.advance(ms=54_321)
    ready = desk.read(OrderIds("status:awaiting_shipment channel:taobao blocker:none"))[0]
    shipment = ShipOrders((Shipment(ready, "ZTO", "78901234567890"),), overrides=("shortage", "after_sale_open", "goods_unmatched"))
    assert desk.perform(shipment, reason="急").value.shipped
    sent = desk.read(OrderIds("status:completed channel:taobao refunded:0"))[0]
    desk.perform(RefundOrder(sent, "refund_only", amount=100), reason="补偿")
    return desk


def draft_total(draft: OrderDraft) -> int:
    return sum(line.price * line.quantity for line in draft.lines) - draft.discount + draft.freight


@pytest.mark.parametrize(("table", "lang", "suffix"), CASES, ids=ids)
def test_a_shop_at_work_comes_back_as_it_was(busy: Desk, tmp_path: Path, table: ExportTable, lang: str, suffix: str) -> None:
    assert_same(busy, tmp_path, table, lang, suffix)


def test_one_number_in_two_channels_stays_two_orders(desk: Desk, tmp_path: Path) -> None:
    for channel in ("taobao", "pdd", "taobao-2"):
        make_order(desk, number="007", channel=channel, buyer_nick=channel, lines=[{"title": "杯", "code": "00012"}])
    with Desk.open(tmp_path / "other") as other:
        assert import_file(other, exported(desk, tmp_path, LINES, "zh", "csv")).value.orders_new == 3
        found = other.read(OrdersJson()).orders
        assert {(order["channel"], order["number"], order["lines"][0]["code"]) for order in found} == {
            (channel, "007", "00012") for channel in ("taobao", "pdd", "taobao-2")
        }


def test_a_platforms_reason_that_is_also_a_word_of_ours_stays_the_platforms(desk: Desk, tmp_path: Path) -> None:
    row = order_row("5001", 订单状态="交易关闭", 订单关闭原因="退款", 退款金额="90.60", 买家实际支付金额="0.00")
    import_file(desk, write(tmp_path / "a.csv", [row]))
    assert desk.read(OrdersJson()).orders[0]["close_reason"] == "退款"
    again = import_file(desk, exported(desk, tmp_path, ORDERS, "zh", "csv")).value
    assert (again.orders_new, again.updated) == (0, {})


def test_what_was_left_out_tells_nothing(desk: Desk, tmp_path: Path) -> None:
    make_order(desk, number="1001", buyer_nick="小满", seller_memo="送贺卡", lines=[{"title": "杯"}])
    keys = ("status", "paid", "channel", "number")
    path = exported(desk, tmp_path, ORDERS, "zh", "xlsx", keys=keys)
    assert parse_file(path).knows == {"number", "status", "paid"}
    assert import_file(desk, path).value.updated == {}
    assert desk.read(OrdersJson()).orders[0]["seller_memo"] == "送贺卡"


def test_states_of_another_pc_that_are_further_on_come_in(desk: Desk, tmp_path: Path) -> None:
    make_order(desk, number="1001", lines=[{"title": "杯"}])
    early = exported(desk, tmp_path, ORDERS, "zh", "csv")
    with Desk.open(tmp_path / "other", clock=desk.clock) as other:
        import_file(other, early)
        (order_id,) = desk.read(OrderIds())
        desk.perform(ShipOrders((Shipment(order_id, "ZTO", "78901234567890"),), overrides=("shortage", "goods_unmatched")), reason="先发")
        late = exported(desk, tmp_path, ORDERS, "en", "xlsx")
        assert "status" in import_file(other, late).value.updated["1001"]
        assert other.read(OrdersJson()).orders[0]["status"] == "shipped"
        # And the earlier one, read again, takes nothing back.
        assert import_file(other, early).value.updated == {}
        assert other.read(OrdersJson()).orders[0]["status"] == "shipped"


def test_a_row_of_another_channel_or_without_one_is_told(desk: Desk, tmp_path: Path) -> None:
    make_order(desk, number="1001", lines=[{"title": "杯"}])
    path = exported(desk, tmp_path, ORDERS, "zh", "csv", keys=("number", "channel", "status", "paid", "masked"))
    text = path.read_text("utf-8-sig")
    path.write_text(text + '"1002","","待发货",1.00,""\n"1003","taobao","飞走了",1.00,""\n"3.02E+18","taobao","待发货",1.00,""\n', "utf-8")
    found = parse_file(path)
    assert [(one.row, one.column, one.code) for one in found.rejected] == [
        (3, "渠道", "own_channel_missing"),
        (4, "状态", "status_unknown"),
        (5, "订单号", "id_scientific"),
    ]


TEXT = st.text(alphabet=st.one_of(st.sampled_from("'=+-@＝ 00123456789\n，;"), st.characters(exclude_categories=["Cs", "Cc"])), max_size=30)
NUMBER = st.from_regex(r"0{0,3}[0-9]{1,19}", fullmatch=True)
CODE = st.one_of(NUMBER, st.from_regex(r"[A-Z]{2}-0[0-9]{3}", fullmatch=True), st.just(""))


@st.composite
def orders(draw: st.DrawFn) -> dict[str, Any]:
    texts = {name: draw(TEXT) for name in ("buyer_nick", "recipient", "address", "seller_memo", "buyer_message")}
    lines = [
        {
            "title": draw(TEXT.filter(str.strip)), "properties": draw(TEXT), "code": draw(CODE), "item_id": draw(NUMBER),
            "quantity": draw(st.integers(1, 99)), "price": draw(st.integers(0, 10_000_000)),
        }
        for _line in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    return texts | {"phone": draw(NUMBER), "postcode": draw(NUMBER), "flag": draw(st.integers(0, 5)), "lines": lines}


@settings(max_examples=25)
@given(numbers=st.lists(NUMBER, min_size=1, max_size=3, unique=True), data=st.data())
def test_all_digits_leading_zeros_and_odd_characters_come_back(numbers: list[str], data: st.DataObject) -> None:
    """Cell by cell: what a file of ours is read as is what it was written from."""
    with tempfile.TemporaryDirectory() as name, Desk.open(Path(name) / "shop", clock=FrozenClock()) as desk:
        for number in numbers:
            make_order(desk, number=number, **data.draw(orders()))
        rows = list(line_rows(desk, desk.read(OrderIds())))
        for suffix in ("csv", "xlsx", "json"):
            found = parse_file(exported(desk, Path(name), LINES, data.draw(st.sampled_from(["zh", "en"])), suffix))
            assert found.rejected == []
            read = [(order, line) for order in found.orders for line in order.lines]
            assert len(read) == len(rows)
            for row, (order, line) in zip(rows, read, strict=True):
                for field in (
                    "number",
                    "buyer_nick",
                    "recipient",
                    "phone",
                    "postcode",
                    "address",
                    "seller_memo",
                    "buyer_message",
                    "flag",
                    "paid",
                ):
                    assert (getattr(order, field) or "") == (row[field] or ""), field
                for field in ("number", "title", "properties", "code", "item_id", "quantity", "price"):
                    assert (getattr(line, field) or "") == (row[f"line.{field}"] or ""), field
