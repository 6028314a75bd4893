"""The table's rows, totals and figures."""

from __future__ import annotations

import itertools

import pytest

from services.clock import MS_AN_HOUR
from services.desk import Desk
from services.domain import blockers
from services.queries.counts import RailCounts, StatusCounts
from services.queries.order_rows import MORE, CountOrders, FirstOrders, OrderIds, OrderPage, OrderRow, OrderRows, OrderTotals
from services.search.fields import BLOCKERS
from services.settings import ChangeSetting
from tests.factories import make_order, make_orders, make_sku
from tests.frozen import START, FrozenClock


def test_a_row_tells_what_the_table_shows(desk: Desk) -> None:
    order = make_order(
        desk,
        number="5257473433628969494",
        channel="pdd",
        flag=3,
        buyer_nick="小熊",
        recipient="王小明",
        tags="vip，大件",
        seller_memo="加急",
        buyer_message="送人",
        freight=500,
        slip_copies=2,
        ship_by=START - 1,
        lines=[{"title": "马克杯", "quantity": 2, "price": 1290, "shortage": 1}, {"title": "桌布"}],
    )
    (row,) = desk.read(OrderRows([order]))
    assert row == OrderRow(
        id=order,
        number="5257473433628969494",
        channel="pdd",
        status="awaiting_shipment",
        flag=3,
        buyer_nick="小熊",
        recipient="王小明",
        province="浙江省",
        city="杭州市",
        goods_summary="马克杯",
        goods_kinds=2,
        quantity=3,
        paid=4080,
        payable=4080,
        refunded=0,
        created_at=START - 24 * MS_AN_HOUR,
        paid_at=START - 23 * MS_AN_HOUR,
        ship_by=START - 1,
        shipped_at=None,
        seller_memo="加急",
        buyer_message="送人",
        tags=("vip", "大件"),
        slip_copies=2,
        label_copies=0,
        blockers=("shortage",),
        late=True,
        version=row.version,
        completed_at=None,
        closed_at=None,
        checked_at=None,
        stale_print=False,
    )


def test_rows_come_in_the_order_of_their_ids_and_gaps_do_not_matter(desk: Desk) -> None:
    ids = make_orders(desk, [{"number": str(place)} for place in range(5)])
    asked = [ids[3], 999, ids[0], ids[4]]
    assert [row.id for row in desk.read(OrderRows(asked))] == [ids[3], ids[0], ids[4]]
    assert desk.read(OrderRows([])) == ()


def test_what_is_not_known_comes_last_either_way(desk: Desk) -> None:
    ids = make_orders(
        desk,
        [
            {"number": "1", "paid_at": START, "status": "awaiting_shipment"},
            {"number": "2", "status": "awaiting_payment"},
            {"number": "3", "paid_at": START - 1, "status": "awaiting_shipment"},
            {"number": "4", "status": "awaiting_payment"},
        ],
    )
    assert list(desk.read(OrderIds("", "paid_at"))) == [ids[2], ids[0], ids[1], ids[3]]
    assert list(desk.read(OrderIds("", "-paid_at"))) == [ids[0], ids[2], ids[3], ids[1]]
    assert list(desk.read(FirstOrders("", "paid_at", 3))) == [ids[2], ids[0], ids[1]]
    assert [row.id for row in desk.read(OrderPage("", "paid_at", 3))] == [ids[2], ids[0], ids[1]]


def test_totals_of_a_search_and_of_chosen_orders(desk: Desk) -> None:
    ids = make_orders(
        desk,
        [
            {"number": "1", "paid": 1000, "refunded": 300, "quantity": 2, "payable": 1100},
            {"number": "2", "paid": None, "quantity": None, "payable": None},
            {"number": "3", "status": "shipped", "paid": 500, "payable": 500, "quantity": 1},
        ],
    )
    everything = desk.read(OrderTotals())
    assert (everything.count, everything.quantity, everything.paid, everything.payable, everything.refunded) == (3, 3, 1500, 1600, 300)
    assert desk.read(OrderTotals("status:shipped")).paid == 500
    assert desk.read(OrderTotals(ids=ids[:2])).paid == 1000
    assert desk.read(OrderTotals(ids=[])).count == 0
    assert desk.read(CountOrders("1 OR 2")) == 3  # the phone of each holds both
    assert desk.read(CountOrders("", 2)) == 2


def test_status_counts_follow_the_orders(desk: Desk) -> None:
    from services.commands.moves import move_orders
    from services.domain.order_states import Status

    ids = make_orders(desk, [{"number": "1", "status": "shipped"}, {"number": "2", "status": "shipped"}, {"number": "3", "channel": "pdd"}])
    counts = desk.read(StatusCounts())
    assert counts.total == 3
    assert counts.by_status == {"awaiting_payment": 0, "awaiting_shipment": 1, "shipped": 2, "completed": 0, "closed": 0}
    assert desk.read(StatusCounts("pdd")).total == 1

    class Complete:
        def apply(self, uow):  # type: ignore[no-untyped-def]
            move_orders(uow, ids[:1], Status.COMPLETED)

    desk.perform(Complete())
    assert desk.read(StatusCounts()).by_status["completed"] == 1
    for status, count in desk.read(StatusCounts()).by_status.items():
        assert desk.read(CountOrders(f"status:{status}")) == count


def test_rail_counts_what_waits(desk: Desk) -> None:
    sku = make_sku(desk, "CUP", stock=0)
    hour = MS_AN_HOUR
    make_orders(
        desk,
        [
            {"number": "1", "ship_by": START - hour, "created_at": START - hour, "lines": [{"code": "CUP", "shortage": 1}]},
            {"number": "2", "ship_by": START + hour, "lines": [{"code": "CUP", "shortage": 1}], "cases": [{}, {"state": "refunded"}]},
            {"number": "3", "ship_by": START + 48 * hour, "lines": [{"title": "没有编码"}]},
            {"number": "4", "status": "awaiting_payment"},
            {"number": "5", "status": "shipped", "ship_by": START - hour},
        ],
    )
    rail = desk.read(RailCounts())
    assert sku
    assert (rail.to_ship, rail.late, rail.due_today, rail.to_pay) == (3, 1, 1, 1)
    assert (rail.short_skus, rail.unmatched_listings, rail.open_cases, rail.new_today) == (1, 1, 1, 1)


_STATUSES = ("awaiting_payment", "awaiting_shipment", "shipped", "completed", "closed")
_KINDS = list(itertools.product((0, 1), repeat=5))


def test_blockers_are_searched_by_the_same_rules_as_they_are_judged(desk: Desk) -> None:
    """Every status with every combination of what can be in the way; the search's SQL against the domain's function."""
    orders = [
        {
            "number": f"{status}{place}",
            "status": status,
            "shortage": short,
            "unmatched": odd,
            "open_cases": cases,
            "lines_unknown": bool(unknown),
            "approvals": waiting,
        }
        for status in _STATUSES
        for place, (short, odd, cases, unknown, waiting) in enumerate(_KINDS)
    ]
    orders += [{"number": name, name: "", "lines_unknown": False} for name in ("recipient", "phone", "province", "address")]
    orders.append({"number": "hidden", "recipient": "", "phone": "", "address": "", "masked": True, "lines_unknown": False})
    orders.append({"number": "tel", "phone": "", "tel": "021-00005670", "lines_unknown": False})
    orders += [order | {"number": f"checked {order['number']}", "checked_at": START} for order in orders]
    make_orders(desk, orders)
    desk.perform(ChangeSetting("ship_only_checked", True))
    rows = desk.read(OrderRows(desk.read(OrderIds())))
    codes = [choice.code for choice in BLOCKERS]
    assert set(codes) - {"any", "none"} == {code for row in rows for code in row.blockers}
    assert set(codes) - {"any", "none"} <= set(blockers.ORDER)
    for code in codes:
        if code in {"any", "none"}:
            wanted = {row.id for row in rows if row.status == "awaiting_shipment" and bool(row.blockers) == (code == "any")}
        else:
            wanted = {row.id for row in rows if code in row.blockers}
        assert set(desk.read(OrderIds(f"blocker:{code}"))) == wanted, code


@pytest.mark.parametrize("count", [1, 40])
def test_a_page_is_two_statements_however_many_rows(desk: Desk, count: int) -> None:
    make_orders(desk, [{"number": str(place), "lines": [{}, {}]} for place in range(count)])
    desk.read(OrderPage())
    sent: list[str] = []
    raw = desk._readers.connection().connection.dbapi_connection
    assert raw is not None
    raw.set_trace_callback(sent.append)
    assert len(desk.read(OrderPage())) == count
    assert len([text for text in sent if text.lstrip().startswith("SELECT")]) == 2


def test_an_order_gets_late_by_itself(desk: Desk, frozen_clock: FrozenClock) -> None:
    order = make_order(desk, number="1")
    assert not desk.read(OrderRows([order]))[0].late
    frozen_clock.advance(days=10)
    assert desk.read(OrderRows([order]))[0].late
    assert list(desk.read(OrderIds("late:是"))) == [order]


def test_what_a_table_shows_besides_is_read_only_when_asked_for(desk: Desk) -> None:
    make_sku(desk, "CUP-1")
    order = make_order(
        desk,
        status="shipped",
        recipient="王小明",
        phone="13800001111",
        district="西湖区",
        address="文三路 1 号",
        freight=500,
        lines=[{"title": "马克杯", "code": "CUP-1", "shipped": 1}, {"title": "桌布", "code": "XP-9"}],
        parcels=[{"carrier": "SF", "tracking_number": "SF1"}, {"carrier": "ZTO", "tracking_number": "ZT2"}],
    )
    (plain,) = desk.read(OrderRows([order]))
    assert dict(plain.more) == {}
    (row,) = desk.read(OrderRows([order], tuple(MORE)))
    assert row[:-1] == plain[:-1]
    assert set(row.more) == set(MORE)
    told = {name: row.more[name] for name in ("phone", "district", "address", "freight", "codes", "carriers", "tracking")}
    assert told == {
        "phone": "13800001111",
        "district": "西湖区",
        "address": "文三路 1 号",
        "freight": 500,
        "codes": "CUP-1, XP-9",
        "carriers": "SF,ZTO",
        "tracking": "SF1, ZT2",
    }


@pytest.mark.parametrize("more", [(), tuple(MORE)], ids=["plain", "everything"])
def test_rows_are_one_statement_whatever_is_shown(desk: Desk, more: tuple[str, ...]) -> None:
    ids = make_orders(desk, [{"number": str(place), "lines": [{}, {}]} for place in range(30)])
    sent: list[str] = []
    desk.read(OrderRows(ids, more))
    raw = desk._readers.connection().connection.dbapi_connection
    assert raw is not None
    raw.set_trace_callback(sent.append)
    assert len(desk.read(OrderRows(ids, more))) == 30
    assert len([text for text in sent if text.lstrip().startswith("SELECT")]) == 1
