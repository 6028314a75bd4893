"""The demo shop: everything that a merchant may meet is in it, it is whole, and a day's work can be done on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from services.commands import demo
from services.commands.demo import FillDemo, FillDemoBlock, fill_demo
from services.commands.imports import import_file
from services.commands.parcels import Shipment, ShipOrders
from services.commands.upkeep import SumDays
from services.db.base import Base
from services.db.reading import Reading
from services.demo.sample_export import write_sample_export
from services.desk import Desk
from services.domain import carriers
from services.domain.blockers import OrderFacts, blockers_of
from services.errors import BadInput, Cancelled, Refused
from services.queries.order_rows import CountOrders
from services.queries.verify import Verify
from services.search.parser import parse
from services.search.values import tags_of
from services.search.writer import write
from services.words import say
from tests.frozen import START, FrozenClock

HOUR = 3_600_000


class Sql:
    """A query of the tests."""

    def __init__(self, statement: str, *params: Any) -> None:
        self.statement, self.params = statement, params

    def run(self, reading: Reading) -> list[tuple[Any, ...]]:
        return reading.sql(self.statement, self.params)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The demo shop that pictures use; not changed by the tests that share it."""
    with Desk.open(tmp_path_factory.mktemp("demo") / "shop", clock=FrozenClock()) as desk:
        desk.perform(FillDemo())
        yield desk


@pytest.fixture
def other(tmp_path: Path) -> Iterator[Desk]:
    with Desk.open(tmp_path / "other", clock=FrozenClock()) as desk:
        yield desk


def one(desk: Desk, statement: str) -> Any:
    return desk.read(Sql(statement))[0][0]


def contents(desk: Desk) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but the trail, whose salts are drawn anew each time; movements without their ids, which
    follow the blocks.
    """
    found = {
        name: desk.read(Sql(f"SELECT * FROM {name}"))
        for name in Base.metadata.tables
        if name not in {"audit_entry", "setting", "trail_head"}
    }
    found["stock_movement"] = [row[1:] for row in found["stock_movement"]]
    return {name: sorted(rows, key=repr) for name, rows in found.items()}


def test_it_passes_verify(shop: Desk) -> None:
    assert [check for check in shop.read(Verify()).checks if not check.ok] == []


def test_it_counts_what_it_made(other: Desk) -> None:
    made = other.perform(FillDemo(120, seed=7)).value
    tables = {"orders": made.orders, "order_line": made.lines, "sku": made.skus, "customer": made.customers}
    assert {table: one(other, f"SELECT count(*) FROM {table}") for table in tables} == tables
    assert made.orders == 120
    assert made.seconds > 0


def test_every_state_and_every_blocker_is_there(shop: Desk) -> None:
    names = "status, masked, recipient, phone || tel, province, address, lines_unknown, shortage, unmatched, open_cases, 0, approvals"
    met: set[str] = set()
    for values in shop.read(Sql(f"SELECT {names} FROM orders")):
        met.update(blockers_of(OrderFacts(*values)))
    assert met == {
        "not_paid", "already_shipped", "completed", "closed", "approval_waiting", "after_sale_open", "shortage", "goods_unmatched", "lines_unknown", "address_missing",
    }  # fmt: skip


def test_its_groups_are_canonical_and_find_something(shop: Desk) -> None:
    kept = [search for (search,) in shop.read(Sql("SELECT search FROM order_group ORDER BY position"))]
    assert [write(parse(search)) for search in kept] == kept
    assert [search for search in kept if not shop.read(CountOrders(search))] == []
    colours = dict(shop.read(Sql("SELECT name, colour FROM tag")))
    used = {tag for (tags,) in shop.read(Sql("SELECT DISTINCT tags FROM orders WHERE tags <> ''")) for tag in tags_of(tags)}
    assert used <= set(colours)


def test_today_has_its_work(shop: Desk) -> None:
    waiting = "FROM orders WHERE status = 'awaiting_shipment'"
    assert one(shop, f"SELECT count(*) {waiting}") == 80
    assert one(shop, f"SELECT count(*) {waiting} AND ship_by < {START}") == 3
    assert one(shop, f"SELECT count(*) {waiting} AND ship_by BETWEEN {START} AND {START + 3 * HOUR}") == 9
    assert one(shop, f"SELECT count(*) {waiting} AND shortage > 0") == 5
    assert one(shop, f"SELECT count(*) {waiting} AND part_shipped") == 1
    assert one(shop, "SELECT sum(open_cases) FROM orders") == 9
    assert one(shop, "SELECT count(*) FROM orders WHERE status = 'awaiting_payment'") == 12
    assert one(shop, f"SELECT count(*) FROM orders WHERE shipped_at > {START - 14 * HOUR}") > 10
    clean = "shortage = 0 AND unmatched = 0 AND open_cases = 0 AND NOT lines_unknown AND approvals = 0 AND phone <> '' AND address <> ''"
    assert one(shop, f"SELECT count(*) {waiting} AND {clean}") >= 60
    assert one(shop, "SELECT count(*) FROM stock_level v JOIN sku s ON s.id = v.sku_id WHERE v.on_hand - v.reserved < s.reorder_point") > 3


def test_what_is_hard_to_show_is_there(shop: Desk) -> None:
    assert one(shop, "SELECT max(length(title)) FROM listing") == 60
    assert one(shop, "SELECT max(length(address)) FROM orders") == 120
    both = (
        "SELECT count(*) FROM orders o JOIN order_line l ON l.order_id = o.id JOIN listing g ON g.id = l.listing_id "
        "WHERE o.status = 'awaiting_shipment' AND length(o.address) = 120 AND length(g.title) = 60"
    )
    assert one(shop, both) >= 2
    assert one(shop, "SELECT count(*) FROM orders WHERE masked AND recipient LIKE '%*%' AND phone LIKE '%*%'") > 100
    assert one(shop, "SELECT count(*) FROM customer WHERE masked") > 0
    assert one(shop, "SELECT count(DISTINCT channel_id) FROM orders") == 2
    assert {flag for (flag,) in shop.read(Sql("SELECT DISTINCT flag FROM orders"))} == {0, 1, 2, 3, 4, 5}
    for column in ("seller_memo", "buyer_message", "tags"):
        assert one(shop, f"SELECT count(DISTINCT {column}) FROM orders") > 4
    assert one(shop, "SELECT count(*) FROM orders WHERE refunded BETWEEN 1 AND paid - 1") > 0
    assert one(shop, "SELECT count(*) FROM orders WHERE refunded = paid AND paid > 0") > 0
    assert {payer for (payer,) in shop.read(Sql("SELECT DISTINCT payer FROM discount"))} == {"shop", "platform"}
    assert {kind for (kind,) in shop.read(Sql("SELECT DISTINCT kind FROM after_sale"))} == {"refund_only", "return_and_refund"}
    assert one(shop, "SELECT count(*) FROM order_line l JOIN sku s ON s.id = l.sku_id WHERE s.virtual") > 0
    assert one(shop, "SELECT max(slip_copies) FROM orders") > 1
    assert one(shop, "SELECT max(n) FROM (SELECT count(*) AS n FROM orders GROUP BY customer_id)") > 4


def test_nobody_in_it_can_be_called_and_every_number_looks_right(shop: Desk) -> None:
    phones = [phone for (phone,) in shop.read(Sql("SELECT DISTINCT phone FROM orders WHERE phone <> ''"))]
    assert all(phone.startswith(("160", "168")) for phone in phones)
    # One buyer lost a digit, for the worklist of addresses.
    assert [phone for phone in phones if len(phone) != 11] in ([], [phone for phone in phones if len(phone) == 10][:1])
    parcels = shop.read(Sql("SELECT carrier, tracking_number FROM parcel"))
    assert all(carriers.plausible(code, number) for code, number in parcels)
    assert len({code for code, _number in parcels}) >= 5
    barcodes = [code for (code,) in shop.read(Sql("SELECT barcode FROM sku WHERE barcode <> ''"))]
    assert all(sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(code)) % 10 == 0 for code in barcodes)


@pytest.mark.parametrize("hours", [-11, -5, 4, 9, 2405])
def test_at_any_hour_the_shop_is_whole_and_nothing_lies_in_the_future(tmp_path: Path, hours: int) -> None:
    now = START + hours * HOUR
    with Desk.open(tmp_path / "shop", clock=FrozenClock(now)) as desk:
        desk.perform(FillDemo(400, seed=hours))
        assert desk.read(Verify()).ok
        times = "max(created_at, coalesce(paid_at, 0), coalesce(shipped_at, 0), coalesce(completed_at, 0), coalesce(closed_at, 0))"
        assert one(desk, f"SELECT count(*) FROM orders WHERE {times} > {now}") == 0
        backwards = "paid_at < created_at OR shipped_at < paid_at OR completed_at < shipped_at OR closed_at < created_at"
        assert one(desk, f"SELECT count(*) FROM orders WHERE {backwards}") == 0
        assert one(desk, f"SELECT count(*) FROM after_sale WHERE max(requested_at, coalesce(ended_at, 0)) > {now}") == 0
        for table in ("stock_movement", "print_entry", "money_entry"):
            assert one(desk, f"SELECT count(*) FROM {table} WHERE at > {now}") == 0
        assert one(desk, "SELECT count(*) FROM orders WHERE status = 'awaiting_shipment'") == 80
        assert one(desk, "SELECT count(*) FROM orders WHERE shortage > 0") == 5
        assert one(desk, "SELECT sum(open_cases) FROM orders") == 9


def test_promotions_and_evenings_sell_more(other: Desk) -> None:
    fill_demo(other, 4000)
    by_hour = dict(other.read(Sql("SELECT (created_at / 3600000 + 8) % 24, count(*) FROM orders GROUP BY 1")))
    assert by_hour[21] > 3 * by_hour[3]
    days = dict(other.read(Sql("SELECT created_day, count(*) FROM orders GROUP BY 1")))
    eleventh = max(day for day in days if one(other, f"SELECT date({day} - 719163, 'unixepoch', '{day - 719163} days') LIKE '%-11-11'"))
    assert days[eleventh] > 2 * days[eleventh - 7]


def test_the_same_seed_tells_the_same_story(shop: Desk, other: Desk) -> None:
    other.perform(FillDemo())
    assert contents(other) == contents(shop)


def test_another_seed_tells_another(shop: Desk, other: Desk) -> None:
    other.perform(FillDemo(seed=2))
    assert one(other, "SELECT sum(paid) FROM orders") != one(shop, "SELECT sum(paid) FROM orders")


def test_blocks_make_the_same_shop_and_each_leaves_it_whole(shop: Desk, other: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FillDemoBlock.__init__, "__defaults__", (150,))
    seen: list[int] = []

    class Watch:
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            seen.append(done)
            assert other.read(Verify()).ok

    fill_demo(other, 600, progress=Watch())
    assert len(seen) == 4
    shop.perform(SumDays())
    assert contents(other) == contents(shop)


def test_stopped_between_blocks_the_shop_is_whole(other: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FillDemoBlock.__init__, "__defaults__", (100,))

    class Stop:
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        fill_demo(other, 400, progress=Stop())
    assert 0 < one(other, "SELECT count(*) FROM orders") <= 100
    assert other.read(Verify()).ok


def test_a_shop_with_something_in_it_is_left_alone(other: Desk) -> None:
    other.perform(FillDemo(30))
    before = other.read(Verify(digest=True)).digest
    with pytest.raises(Refused) as refused:
        other.perform(FillDemo(30))
    assert refused.value.code == "demo_shop_not_empty"
    assert "新店" in say(refused.value.code, "zh", **refused.value.facts)
    assert other.read(Verify(digest=True)).digest == before


@pytest.mark.parametrize("orders", [0, -1, demo.MOST_ORDERS + 1])
def test_no_demo_of_no_orders_or_too_many(other: Desk, orders: int) -> None:
    with pytest.raises(BadInput) as bad:
        other.perform(FillDemo(orders))
    assert bad.value.code == "demo_size"


@pytest.mark.parametrize("orders", [1, 2, 3, 17, 60])
def test_small_shops_are_whole_too(other: Desk, orders: int) -> None:
    assert other.perform(FillDemo(orders)).value.orders == orders
    assert other.read(Verify()).ok


def test_the_waiting_orders_can_be_shipped(other: Desk) -> None:
    other.perform(FillDemo())
    free = "shortage = 0 AND unmatched = 0 AND open_cases = 0 AND NOT lines_unknown AND approvals = 0 AND phone <> '' AND address <> '' AND NOT part_shipped"
    ids = [order_id for (order_id,) in other.read(Sql(f"SELECT id FROM orders WHERE status = 'awaiting_shipment' AND {free}"))]
    shipments = tuple(Shipment(order_id, "ZTO", f"75{order_id:012d}") for order_id in ids)
    result = other.perform(ShipOrders(shipments)).value
    assert set(result.shipped) == set(ids)
    assert other.read(Verify()).ok


def test_the_sample_export_comes_in_and_its_orders_are_ready(other: Desk, tmp_path: Path) -> None:
    other.perform(FillDemo())
    orders_file, goods_file = write_sample_export(tmp_path / "export", START)
    first = import_file(other, orders_file).value
    second = import_file(other, goods_file).value
    assert (first.format, first.orders_new, first.rejected, first.warnings) == ("taobao.orders.g4", 25, [], [])
    assert (second.format, second.orders_new, second.rejected, second.warnings) == ("taobao.lines.d3", 0, [], [])
    ours = "FROM orders WHERE number LIKE '40210%'"
    assert (
        one(other, f"SELECT count(*) {ours} AND status = 'awaiting_shipment' AND NOT lines_unknown AND unmatched = 0 AND NOT masked") == 14
    )
    assert one(other, f"SELECT count(*) {ours} AND (district = '' OR city = '' OR province = '' OR address = '')") == 0
    assert one(other, "SELECT count(*) FROM channel") == 2
    for file in (orders_file, goods_file):
        again = import_file(other, file).value
        assert (again.orders_new, again.orders_updated) == (0, 0)
    assert other.read(Verify()).ok


def test_the_sample_export_is_the_same_twice(tmp_path: Path) -> None:
    twice = [write_sample_export(tmp_path / name, START) for name in ("a", "b")]
    assert [file.read_bytes() for file in twice[0]] == [file.read_bytes() for file in twice[1]]
    assert twice[0][0].name == "ExportOrderList202611221400.csv"


@pytest.mark.long
def test_a_hundred_thousand_orders_within_three_minutes(other: Desk) -> None:
    made = fill_demo(other, 100_000)
    print(made)
    assert made.orders == 100_000
    assert made.seconds < 180
    assert other.read(Verify()).ok
