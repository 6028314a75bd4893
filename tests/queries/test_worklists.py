"""The worklists: what is on them and what not, in which order, searched, let stand; and what they cost."""

from __future__ import annotations

import json
from typing import Any

import pytest

from services.clock import MS_A_DAY, MS_AN_HOUR
from services.commands.edits import EditOrders
from services.commands.mending import AcceptFindings, Finding
from services.commands.stock import MatchGoods
from services.db.schema import Customer, ImportBatch
from services.desk import Desk
from services.queries.audit_trail import AuditTrail
from services.queries.worklists.addresses import AddressIds, AddressRow, AddressRows
from services.queries.worklists.amounts import AmountIds, AmountRow, AmountRows
from services.queries.worklists.counts import CountMending
from services.queries.worklists.duplicates import DuplicateIds, DuplicateRow, DuplicateRows
from services.queries.worklists.goods import GoodsIds, GoodsRow, GoodsRows
from tests.factories import make_order, make_orders, make_sku
from tests.frozen import START, FrozenClock
from tests.queries.filling import fill
from tests.queries.statements import statements

HOUR = MS_AN_HOUR
TEA = [{"title": "龙井", "code": "LJ"}]


def addresses(desk: Desk, search: str = "") -> list[AddressRow]:
    return list(desk.read(AddressRows(tuple(desk.read(AddressIds(search))))))


def amounts(desk: Desk, search: str = "") -> list[AmountRow]:
    return list(desk.read(AmountRows(tuple(desk.read(AmountIds(search))))))


def duplicates(desk: Desk, search: str = "") -> list[DuplicateRow]:
    return list(desk.read(DuplicateRows(tuple(desk.read(DuplicateIds(search))))))


def goods(desk: Desk, search: str = "") -> list[GoodsRow]:
    return list(desk.read(GoodsRows(tuple(desk.read(GoodsIds(search))))))


def finding(worklist: str, row: Any) -> Finding:
    codes = row.faults if worklist != "duplicates" else (row.code,)
    order_id = row.order_id if worklist == "amounts" else row.id
    return Finding(worklist, row.key, ",".join(codes), row.seen, order_id)


def test_only_orders_that_still_matter_are_looked_at(desk: Desk) -> None:
    bad = {"phone": "123"}
    make_orders(
        desk,
        [
            bad | {"number": "1", "ship_by": START + 9 * HOUR},
            bad | {"number": "2", "ship_by": START + 2 * HOUR},
            bad | {"number": "3", "status": "awaiting_payment"},
            bad | {"number": "4", "status": "shipped"},
            bad | {"number": "5", "status": "closed"},
            bad | {"number": "6", "created_at": START - 92 * MS_A_DAY},
            {"number": "7"},
        ],
    )
    assert [row.number for row in addresses(desk)] == ["2", "1", "3"]
    assert [row.faults for row in addresses(desk)] == [("phone_wrong",)] * 3


def test_an_address_comes_with_its_correction_and_goes_when_it_is_mended(desk: Desk) -> None:
    order = make_order(desk, number="1001", city="南京市", district="玄武区", buyer_nick="半山听雨", lines=TEA)
    (row,) = addresses(desk)
    assert (row.number, row.buyer_nick, row.goods) == ("1001", "半山听雨", "龙井")
    assert row.version == desk.read(AuditTrail(limit=1))[0].seq, "the moment at which it was seen"
    assert (row.faults, row.correction) == (("city_unknown",), (("province", "江苏省"),))
    assert [one.number for one in addresses(desk, "半山 1001")] == ["1001"]
    assert addresses(desk, "玄武 无此") == []
    desk.perform(EditOrders((order,), dict(row.correction)), reason="更正")
    assert addresses(desk) == []


def test_what_was_let_stand_stays_away_until_the_values_are_others(desk: Desk) -> None:
    order = make_order(desk, number="1001", phone="", tel="0571-88888888")
    desk.perform(AcceptFindings((finding("addresses", addresses(desk)[0]),)))
    assert addresses(desk) == []
    assert desk.read(CountMending()).addresses == ()
    desk.perform(EditOrders((order,), {"address": "文三路"}), reason="买家要求")
    assert [row.faults for row in addresses(desk)] == [("landline_only", "street_short")]


def test_odd_amounts_of_orders_and_of_rows_of_files(desk: Desk) -> None:
    make_orders(
        desk,
        [
            {"number": "1", "payable": 9_600, "paid": 9_700},
            {"number": "2", "payable": 9_500, "paid": 9_500, "goods_amount": 10_000, "discount": 1_000, "freight": 600},
            {"number": "3", "payable": 9_600, "paid": 9_000, "cases": [{"amount": 600, "state": "refunded"}], "open_cases": 0},
            {"number": "4", "payable": 9_600, "paid": 9_600, "cases": [{"amount": 9_700}]},
            {"number": "5", "payable": 9_600, "paid": 9_600, "cases": [{"amount": 9_700, "state": "refused"}]},
            {"number": "6", "payable": 100, "paid": 200, "status": "completed"},
            {"number": "7"},
        ],
    )
    rejected = [
        {"row": 7, "column": "总金额", "value": "12.345", "why": "", "code": "decimals", "facts": {}},
        {"row": 9, "column": "总金额", "value": "-3", "why": "", "code": "amount_negative", "facts": {}},
        {"row": 9, "column": "运费", "value": "-3", "why": "", "code": "amount_negative", "facts": {}},
        {"row": 11, "column": "订单编号", "value": "", "why": "", "code": "id_missing", "facts": {}},
    ]
    warnings = [{"row": 4, "why": "", "code": "case_over_paid", "facts": {"case": "77", "number": "4"}}]
    batch = {"file_name": "Export.csv", "format": "taobao.orders", "encoding": "gbk", "at": START - HOUR, "rows": 20, "file_hash": "x"}
    fill(desk, ImportBatch, batch | {"report": json.dumps({"rejected": rejected, "warnings": warnings})})
    fill(desk, ImportBatch, batch | {"file_hash": "y", "undone_at": START, "report": json.dumps({"rejected": rejected})})
    fill(desk, ImportBatch, batch | {"file_hash": "z", "report": json.dumps({"rejected": 3})})
    found = amounts(desk)
    assert [(row.number, row.faults) for row in found] == [
        ("1", ("paid_above_payable",)),
        ("2", ("sum_differs",)),
        ("3", ("refund_netted",)),
        ("4", ("refund_above_paid",)),
        ("4", ("case_over_paid",)),
        ("", ("decimals",)),
        ("", ("amount_negative",)),
    ]
    assert found[1].expected == 9_600
    assert [(row.file, row.row, row.column, row.value) for row in found[5:]] == [
        ("Export.csv", 7, "总金额", "12.345"),
        ("Export.csv", 9, "总金额", "-3"),
    ]
    counts = desk.read(CountMending())
    assert counts.by_tab["amounts"] == len(found)
    desk.perform(AcceptFindings(tuple(finding("amounts", row) for row in found[:1] + found[5:])))
    assert [row.number for row in amounts(desk)] == ["2", "3", "4", "4"]
    assert [row.row for row in amounts(desk, "export.csv 4")] == [4]


def test_netted_refunds_are_found_without_an_open_case(desk: Desk) -> None:
    make_order(desk, number="1", payable=9_600, paid=9_000, refunded=600)
    assert [row.faults for row in amounts(desk)] == [("refund_netted",)]


def test_orders_placed_twice_in_one_or_two_channels(desk: Desk) -> None:
    same = {"lines": TEA, "phone": "13812345678"}
    make_orders(
        desk,
        [
            same | {"number": "1", "created_at": START - 10 * HOUR},
            same | {"number": "2", "created_at": START - 9 * HOUR, "channel": "pdd", "recipient": "王先生"},
            same | {"number": "3", "created_at": START - 8 * HOUR, "status": "awaiting_payment"},
            same | {"number": "4", "created_at": START - 40 * HOUR},
            {"number": "5", "lines": TEA, "phone": "13900000000", "recipient": "李四"},
            same | {"number": "6", "created_at": START - 7 * HOUR, "lines": [{"title": "龙井", "code": "LJ", "quantity": 2}]},
        ],
    )
    make_sku(desk, "LJ")
    found = duplicates(desk)
    assert [(row.first.number, row.second.number, row.code) for row in found] == [("2", "3", "unpaid_twin"), ("1", "2", "same_goods")]
    assert found[0].lapsing is not None
    assert (found[0].lapsing.number, found[1].lapsing) == ("3", None)
    assert [row.second.number for row in duplicates(desk, "王先生")] == ["3", "2"]
    desk.perform(AcceptFindings((finding("duplicates", found[0]),)))
    # The next order that it may repeat takes the place of the one that it does not.
    assert [(row.first.number, row.second.number) for row in duplicates(desk)] == [("1", "3"), ("1", "2")]


def test_a_waiting_order_that_repeats_one_that_left(desk: Desk) -> None:
    same = {"lines": TEA, "created_at": START - 5 * HOUR}
    make_orders(desk, [same | {"number": "1", "status": "shipped", "shipped_at": START}, same | {"number": "2", "created_at": START}])
    assert [(row.first.number, row.second.number) for row in duplicates(desk)] == [("1", "2")]


def test_the_same_buyer_with_hidden_data(desk: Desk) -> None:
    """A clear account tells the buyer, though phone and address are hidden; hidden accounts never do."""
    make_order(desk, number="0")
    buyer, hidden = fill(
        desk,
        Customer,
        {"channel_id": 1, "nick": "半山听雨", "masked": False, "first_seen_at": START},
        {"channel_id": 1, "nick": "半**", "masked": True, "first_seen_at": START},
    )
    secret = {"phone": "138****5678", "recipient": "王**", "address": "文三路***", "masked": True, "lines": TEA}
    make_orders(desk, [secret | {"number": str(place), "customer_id": buyer} for place in (1, 2)])
    make_orders(desk, [secret | {"number": str(place), "customer_id": hidden if place == 3 else None} for place in (3, 4)])
    assert [(row.first.number, row.second.number) for row in duplicates(desk)] == [("1", "2")]


def test_goods_come_with_what_they_most_likely_are(desk: Desk) -> None:
    right = make_sku(desk, "WL-GH-250", title="桂花乌龙 250g 罐装", stock=4)
    make_sku(desk, "WL-GH-100", title="桂花乌龙 100g 袋装")
    make_sku(desk, "LJ", title="明前龙井 100g")
    make_sku(desk, "ZP", title="竹制茶盘")
    make_order(desk, number="1", unmatched=1, lines=[{"title": "桂花乌龙茶 250克", "price": 6900, "quantity": 2}])
    make_order(desk, number="2", unmatched=1, lines=[{"title": "手机壳"}])
    (first,), (second,) = goods(desk, "桂花"), goods(desk, "手机壳")
    assert first.best is not None
    assert (first.best.sku_id, first.best.code, first.best.available, first.price) == (right, "WL-GH-250", 4, 6900)
    assert len(first.suggestions) >= 2
    assert (second.best, second.sure) == (None, None)
    assert (first.goods.waiting_orders, first.goods.waiting_units) == (1, 2)
    desk.perform(MatchGoods((first.id,), right))
    assert [row.goods.title for row in goods(desk)] == ["手机壳"]
    assert desk.read(CountMending()).by_tab == {"goods": 1, "addresses": 0, "amounts": 0, "duplicates": 0}


class Plan:
    def __init__(self, statement: str) -> None:
        self.statement = statement

    def run(self, reading: Any) -> list[str]:
        return [row[3] for row in reading.sql(f"EXPLAIN QUERY PLAN {self.statement}")]


@pytest.mark.parametrize("query", [AddressIds(), AmountIds(), DuplicateIds(), CountMending()], ids=lambda one: type(one).__name__)
def test_a_list_walks_only_what_waits_in_as_many_statements_as_ever(desk: Desk, query: Any, frozen_clock: FrozenClock) -> None:
    make_orders(desk, [{"number": f"a{place}", "lines": TEA} for place in range(3)])
    with statements(desk) as few:
        desk.read(query)
    make_orders(desk, [{"number": f"b{place}", "lines": TEA, "phone": "1"} for place in range(60)])
    make_orders(desk, [{"number": f"c{place}", "lines": TEA, "status": "completed"} for place in range(60)])
    with statements(desk) as many:
        desk.read(query)
    assert len(many) == len(few) <= 13
    steps = [step for one in many for step in desk.read(Plan(one))]
    assert [
        step for step in steps if step.startswith("SCAN") and any(name in step for name in (" o", " w", " l", "order_line", "after_sale"))
    ] == []
