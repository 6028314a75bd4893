"""Reports as a trader reads them, and their sums against a direct GROUP BY whatever is clean or dirty."""

from __future__ import annotations

import importlib
import pkgutil
from collections import defaultdict
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services import reports as package
from services.clock import from_local, to_local
from services.commands.upkeep import RebuildDerived, SumDays
from services.db.reading import Reading
from services.db.schema import Listing, Order, OrderLine, Sku
from services.desk import Desk
from services.errors import BadInput
from services.reports import REPORTS, Report, RunReport, Span, Table, report_query
from services.search.grams import match_words
from services.words import say
from tests.frozen import FrozenClock
from tests.queries.filling import Change, channel, fill, lines, order_row, orders

TODAY = date(2026, 11, 22).toordinal()
ZONE = "Asia/Shanghai"


def at(text: str) -> int:
    return from_local(datetime.fromisoformat(text), ZONE)


def table(desk: Desk, key: str, **given: str) -> Table:
    return desk.read(report_query(key, {name.rstrip("_"): value for name, value in given.items()}))


@pytest.fixture
def shop(desk: Desk) -> Desk:
    """Four paid orders on three days of November, one unpaid; two goods, one of them matched under two listings."""
    here = channel(desk)
    (sku,) = fill(desk, Sku, {"code": "GH-250", "title": "桂花乌龙", "properties": "250g 罐装"})
    tea, tea_again, cup = fill(
        desk,
        Listing,
        {"channel_id": here, "title": "桂花乌龙茶", "code": "GH-250", "sku_id": sku},
        {"channel_id": here, "title": "桂花乌龙茶 老款", "code": "GH-250-old", "sku_id": sku},
        {"channel_id": here, "title": "白瓷盖碗", "properties": "150ml", "code": "GW", "sku_id": None},
    )
    made = orders(
        desk,
        order_row(desk, here, "1", paid_at=at("2026-11-11T21:05"), paid=30000, province="浙江省", refunded=5000),
        order_row(desk, here, "2", paid_at=at("2026-11-11T21:59"), paid=10000, province="江苏省"),
        order_row(desk, here, "3", paid_at=at("2026-11-20T00:10"), paid=2000, province=""),
        order_row(desk, here, "4", paid_at=at("2026-11-22T07:30"), paid=3000, province="浙江省"),
        order_row(desk, here, "5", paid_at=None, paid=None, status="awaiting_payment", province="广东省"),
    )
    lines(
        desk,
        {"order_id": made[0], "listing_id": tea, "sku_id": sku, "quantity": 3, "price": 12000, "payable": 30000},
        {"order_id": made[1], "listing_id": tea_again, "sku_id": sku, "quantity": 1, "price": 10000},
        {"order_id": made[2], "listing_id": cup, "quantity": 2, "price": 1000},
        {"order_id": made[3], "listing_id": cup, "quantity": 10, "price": 300},
        {"order_id": made[4], "listing_id": cup, "quantity": 99, "price": 9999},
    )
    return desk


def test_each_day_has_a_row_and_a_day_without_sales_is_zero(shop: Desk) -> None:
    found = table(shop, "sales_by_day", from_="2026-11-10", to="2026-11-12")
    assert found.plain_rows() == [
        {"day": "2026-11-10", "orders": 0, "paid": "0.00", "refunded": "0.00", "net": "0.00", "before": "0.00"},
        {"day": "2026-11-11", "orders": 2, "paid": "400.00", "refunded": "50.00", "net": "350.00", "before": "0.00"},
        {"day": "2026-11-12", "orders": 0, "paid": "0.00", "refunded": "0.00", "net": "0.00", "before": "0.00"},
    ]
    assert found.answer[1] == "2 单共 ¥400.00，11-11 最多，¥400.00"
    assert found.totals == {"orders": 2, "paid": 40000, "refunded": 5000, "net": 35000, "average": 20000}


def test_without_days_a_report_is_of_the_last_thirty_and_compares_with_the_thirty_before(shop: Desk) -> None:
    found = table(shop, "sales_by_day")
    assert (found.span.first, found.span.last) == (TODAY - 29, TODAY)
    assert len(found.rows) == 30
    assert found.totals["paid"] == 45000
    later = table(shop, "sales_by_day", from_="2026-12-01", to="2026-12-30")
    assert later.before["paid"] == 45000
    assert [row[5] for row in later.rows if row[5]] == [40000, 2000, 3000]


def test_weeks_begin_on_monday_and_months_on_the_first(shop: Desk) -> None:
    weeks = table(shop, "sales_by_day", from_="2026-11", to="2026-11", by="week")
    assert [(row["day"], row["orders"]) for row in weeks.plain_rows()] == [
        ("2026-11-01", 0),
        ("2026-11-02", 0),
        ("2026-11-09", 2),
        ("2026-11-16", 2),
        ("2026-11-23", 0),
        ("2026-11-30", 0),
    ]
    months = table(shop, "sales_by_day", from_="2026", to="2026", by="month")
    assert [row["orders"] for row in months.plain_rows()] == [0] * 10 + [4, 0]


def test_hours_are_local_and_every_cell_is_there(shop: Desk) -> None:
    found = table(shop, "sales_by_hour", from_="2026-11-01", to="2026-11-30")
    assert len(found.rows) == 7 * 24
    assert {(row[0], row[1]): row[2] for row in found.rows if row[2]} == {(2, 21): 2, (4, 0): 1, (6, 7): 1}
    assert found.answer[1] == "周三 21 点最旺，2 单；早 8 点前占 50.0%"


def test_regions_rank_by_orders_or_by_money(shop: Desk) -> None:
    by_orders = table(shop, "regions")
    assert [(row["province"], row["orders"], row["share"]) for row in by_orders.plain_rows()] == [
        ("浙江省", 2, "50.0%"),
        ("", 1, "25.0%"),
        ("江苏省", 1, "25.0%"),
    ]
    assert by_orders.answer[1] == "浙江省最多，2 单；前 2 名占 75.0%"
    assert [row[0] for row in table(shop, "regions", by="paid").rows] == ["浙江省", "江苏省", ""]


def test_goods_of_one_sku_count_together_and_unmatched_goods_go_by_their_listing(shop: Desk) -> None:
    found = table(shop, "top_goods")
    assert found.plain_rows() == [
        {"title": "桂花乌龙 250g 罐装", "code": "GH-250", "quantity": 4, "amount": "400.00", "share": "88.9%"},
        {"title": "白瓷盖碗 150ml", "code": "GW", "quantity": 12, "amount": "50.00", "share": "11.1%"},
    ]
    by_pieces = table(shop, "top_goods", by="quantity")
    assert [row[1] for row in by_pieces.rows] == ["GW", "GH-250"]
    assert by_pieces.answer[1] == "白瓷盖碗 150ml 最多，12 件，占 75.0%"


def test_summing_the_days_changes_no_report_and_doing_it_again_changes_nothing(shop: Desk) -> None:
    before = {report.key: shop.read(RunReport(report)) for report in REPORTS}
    outcome = shop.perform(SumDays())
    assert outcome.value == 3
    assert sorted(outcome.changes.of("sales_sum")) == [TODAY - 11, TODAY - 2, TODAY]
    assert {report.key: shop.read(RunReport(report)) for report in REPORTS} == before
    again = shop.perform(SumDays())
    assert again.value == 0
    assert not again.changes


def test_days_are_summed_in_portions_the_latest_first(shop: Desk) -> None:
    outcome = shop.perform(SumDays(limit=1))
    assert outcome.changes.of("sales_sum") == {TODAY}
    assert shop.perform(SumDays(limit=5)).value == 2


def test_a_change_after_summing_is_seen_at_once(shop: Desk) -> None:
    shop.perform(SumDays())
    shop.perform(Change(Order, {2: {"refunded": 1000, "province": "上海"}}))
    shop.perform(Change(OrderLine, {2: {"quantity": 5}}))
    assert table(shop, "sales_by_day").totals["refunded"] == 6000
    assert ("上海", 1, 10000, 1000, 250) in table(shop, "regions").rows
    assert table(shop, "top_goods").totals["amount"] == 85000


def test_rebuilding_mends_whatever_was_wrong(shop: Desk) -> None:
    good = {report.key: shop.read(RunReport(report)) for report in REPORTS}
    shop.perform(SumDays())
    counts = rows(shop, "SELECT * FROM order_count ORDER BY 1, 2")
    docs = rows(shop, "SELECT * FROM search_doc ORDER BY 1")
    shop.perform(Spoil())
    assert shop.read(RunReport(REPORTS[0])) != good["sales_by_day"]
    rebuilt = shop.perform(RebuildDerived()).value
    assert (rebuilt.orders, rebuilt.days) == (5, 3)
    assert rows(shop, "SELECT * FROM order_count ORDER BY 1, 2") == counts
    assert rows(shop, "SELECT * FROM search_doc ORDER BY 1") == docs
    assert rows(shop, "SELECT count(*) FROM dirty_day") == [(0,)]
    assert {report.key: shop.read(RunReport(report)) for report in REPORTS} == good
    assert len(rows(shop, f"SELECT rowid FROM order_text WHERE order_text MATCH '{match_words('小明')}'")) == 5


class Spoil:
    """Test command: derived data that no longer tell the truth."""

    def apply(self, uow: Any) -> None:
        uow.write_derived("UPDATE sales_sum SET paid = paid + ?", [(1,)])
        uow.write_derived("DELETE FROM region_sum WHERE day > ?", [(0,)])
        uow.write_derived("UPDATE order_count SET orders = orders + ?", [(7,)])
        uow.write_derived("DELETE FROM search_doc WHERE order_id = ?", [(1,)])
        uow.write_derived("INSERT INTO order_text(rowid, words) VALUES (?, ?)", [(99, "abc")])


class Rows:
    def __init__(self, statement: str) -> None:
        self.statement = statement

    def run(self, reading: Reading) -> list[tuple[Any, ...]]:
        return reading.sql(self.statement)


def rows(desk: Desk, statement: str) -> list[tuple[Any, ...]]:
    return desk.read(Rows(statement))


@pytest.mark.parametrize(
    ("key", "asked", "code"),
    [
        ("sales", {}, "report_unknown"),
        ("regions", {"day": "x"}, "report_param"),
        ("regions", {"from": "22.11.2026"}, "report_day"),
        ("regions", {"from": "2026-02-30"}, "report_day"),
        ("regions", {"from": "2026-13"}, "report_day"),
        ("regions", {"by": "moon"}, "report_choice"),
        ("sales_by_hour", {"by": "day"}, "report_param"),
        ("regions", {"from": "2026-02-02", "to": "2026-02-01"}, "report_span"),
        ("regions", {"from": "1900", "to": "2026"}, "report_too_long"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(desk: Desk, key: str, asked: dict[str, str], code: str) -> None:
    with pytest.raises(BadInput) as refused:
        desk.read(report_query(key, asked))
    assert refused.value.code == code
    for lang in ("zh", "en"):
        words = say(code, lang, **refused.value.facts)
        assert "{" not in words
        assert "?" not in words


def test_an_empty_shop_has_reports_too(desk: Desk) -> None:
    for report in REPORTS:
        found = desk.read(RunReport(report))
        assert all(not value for value in found.totals.values())
        assert found.answer[1].startswith("这段时间没有")


def test_every_report_file_is_registered_and_speaks_both_languages() -> None:
    found = set()
    for module in pkgutil.iter_modules(package.__path__):
        loaded = importlib.import_module(f"services.reports.{module.name}")
        found |= {value.key for value in vars(loaded).values() if isinstance(value, Report)}
    assert found == {report.key for report in REPORTS}
    for report in REPORTS:
        pairs = [report.name, report.title, *(column.title for column in report.columns), *(param.title for param in report.params)]
        assert all(english and chinese and english != chinese for english, chinese in pairs)
        assert report.chart in {"bars", "heat", "map", "ranking"}


day_offsets = st.integers(-40, 0)
one_order = st.fixed_dictionaries(
    {
        "day": st.one_of(st.none(), day_offsets),
        "minute": st.integers(0, 24 * 60 - 1),
        "paid": st.integers(0, 100_000),
        "back": st.integers(0, 100),
        "province": st.sampled_from(["", "浙江省", "广东省"]),
        "goods": st.lists(st.tuples(st.integers(1, 3), st.integers(1, 5), st.one_of(st.none(), st.integers(0, 9000))), max_size=3),
    }
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.lists(one_order, max_size=12),
    second=st.lists(one_order, max_size=6),
    portion=st.integers(0, 4),
    edits=st.lists(st.tuples(st.integers(0, 11), st.integers(0, 100_000), day_offsets), max_size=4),
    span=st.tuples(st.integers(-45, 0), st.integers(0, 45)),
)
def test_m10_clean_and_dirty_days_together_equal_a_direct_group_by(
    tmp_path_factory: pytest.TempPathFactory,
    first: list[dict[str, Any]],
    second: list[dict[str, Any]],
    portion: int,
    edits: list[tuple[int, int, int]],
    span: tuple[int, int],
) -> None:
    with Desk.open(tmp_path_factory.mktemp("m10") / "shop", clock=FrozenClock()) as desk:
        here = channel(desk)
        for number in range(1, 4):
            fill(desk, Listing, {"channel_id": here, "title": f"茶 {number}"})
        place(desk, here, first, "a")
        desk.perform(SumDays(limit=portion))
        place(desk, here, second, "b")
        if first:
            changes = {1 + index % len(first): {"paid": paid, "refunded": 0, **paid_on(TODAY + day)} for index, paid, day in edits}
            desk.perform(Change(Order, changes))
        asked = Span(TODAY + span[0], TODAY + span[0] + span[1])
        check_against_group_by(desk, asked)
        desk.perform(SumDays())
        check_against_group_by(desk, asked)


def paid_on(day: int, minute: int = 0) -> dict[str, Any]:
    midnight = from_local(datetime.combine(date.fromordinal(day), datetime.min.time()), ZONE)
    return {"paid_at": midnight + minute * 60_000, "paid_day": day}


def place(desk: Desk, here: int, given_orders: list[dict[str, Any]], prefix: str) -> None:
    for index, one in enumerate(given_orders):
        when = {"paid_at": None, "paid_day": None} if one["day"] is None else paid_on(TODAY + one["day"], one["minute"])
        row = order_row(desk, here, f"{prefix}{index}") | when
        row |= {"paid": one["paid"], "refunded": one["paid"] * one["back"] // 100, "province": one["province"]}
        (order_id,) = orders(desk, row)
        for listing, quantity, payable in one["goods"]:
            lines(desk, {"order_id": order_id, "listing_id": listing, "quantity": quantity, "payable": payable, "price": 700})


def check_against_group_by(desk: Desk, span: Span) -> None:
    inside = f"paid_day BETWEEN {span.first} AND {span.last}"
    direct = rows(desk, f"SELECT paid_day, paid_at, province, coalesce(paid, 0), refunded FROM orders WHERE {inside}")
    tables = {report.key: desk.read(RunReport(report, span.first, span.last)) for report in REPORTS}
    by_day: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    by_cell: dict[tuple[int, int], list[int]] = defaultdict(lambda: [0, 0, 0])
    by_province: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for day, moment, province, paid, refunded in direct:
        local = to_local(moment, ZONE)
        for group in (by_day[day], by_cell[local.weekday(), local.hour], by_province[province]):
            group[0] += 1
            group[1] += paid
            group[2] += refunded
    assert {row[0]: list(row[1:4]) for row in tables["sales_by_day"].rows if row[1]} == by_day
    assert {(row[0], row[1]): list(row[2:]) for row in tables["sales_by_hour"].rows if row[2]} == by_cell
    assert {row[0]: list(row[1:4]) for row in tables["regions"].rows} == by_province
    goods = rows(
        desk,
        "SELECT g.title, sum(l.quantity), sum(coalesce(l.payable, l.price * l.quantity)) FROM orders o JOIN order_line l "
        f"ON l.order_id = o.id JOIN listing g ON g.id = l.listing_id WHERE o.{inside} GROUP BY g.id",
    )
    assert {row[0]: tuple(row[2:4]) for row in tables["top_goods"].rows} == {title: (units, amount) for title, units, amount in goods}
    for found in tables.values():
        for key, column in (("orders", "orders"), ("paid", "paid"), ("refunded", "refunded"), ("amount", "amount")):
            if key in found.totals and column in [one.key for one in found.columns]:
                where = [one.key for one in found.columns].index(column)
                assert sum(int(row[where] or 0) for row in found.rows) == found.totals[key]


def test_a_report_is_two_statements_of_sums(shop: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    plain = Reading.sql

    def counted(self: Reading, statement: str, params: Any = ()) -> list[tuple[Any, ...]]:
        asked.append(statement)
        return plain(self, statement, params)

    monkeypatch.setattr(Reading, "sql", counted)
    for report, most in (("sales_by_day", 2), ("sales_by_hour", 2), ("regions", 2), ("top_goods", 4)):
        asked.clear()
        table(shop, report)
        assert len(asked) == most
