"""What a search finds equals what a slow and simple filter finds, in the right order, whichever way it was found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.db.schema import Sku
from services.db.uow import UnitOfWork
from services.desk import Desk
from services.errors import BadInput, Refused
from services.queries.order_rows import CountOrders, FirstOrders, OrderIds, OrderPage, OrderTotals
from services.search import finding
from services.search.fields import FIELDS
from services.search.parser import parse
from services.search.sorts import SORTS
from services.search.syntax import Node
from services.search.writer import write
from tests.factories import at, make_channel, make_order, make_sku
from tests.frozen import FrozenClock
from tests.search.brute import matches
from tests.search.shops import make_shop
from tests.search.trees import TREES, fields

Shop = tuple[Desk, list[dict[str, Any]]]


@pytest.fixture(scope="module")
def shops(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Shop]]:
    made = [make_shop(tmp_path_factory.mktemp("shop") / str(seed), seed, count) for seed, count in ((1, 90), (2, 60), (3, 7))]
    yield made
    for desk, _orders in made:
        desk.close()


def _sorted(orders: list[dict[str, Any]], key: str, *, down: bool) -> list[int]:
    """By the column, then by id, both in one direction; what is not known comes last."""
    known = sorted((order for order in orders if order[key] is not None), key=lambda order: (order[key], order["id"]), reverse=down)
    unknown = sorted((order for order in orders if order[key] is None), key=lambda order: order["id"], reverse=down)
    return [order["id"] for order in known + unknown]


_KEYS = [sort.key for sort in SORTS if sort.key not in {"goods_summary", "goods_amount", "discount", "shipping", "channel_id"}]


def _check(shop: Shop, tree: Node, key: str, *, down: bool, limit: int) -> None:
    desk, orders = shop
    text = write(tree)
    wanted = [order for order in orders if matches(tree, order)]
    expected = _sorted(wanted, key, down=down)
    sort = f"-{key}" if down else key
    assert list(desk.read(OrderIds(text, sort))) == expected, text
    assert list(desk.read(FirstOrders(text, sort, limit))) == expected[:limit], text
    totals = desk.read(OrderTotals(text))
    assert (totals.count, totals.paid) == (len(wanted), sum(order["paid"] or 0 for order in wanted)), text
    assert desk.read(CountOrders(text, 5)) == min(5, len(wanted)), text


@settings(max_examples=300)
@given(data=st.data())
def test_u7_random_searches_equal_the_filter(shops: list[Shop], data: st.DataObject) -> None:
    tree = data.draw(TREES)
    shop = shops[data.draw(st.integers(0, len(shops) - 1))]
    # Few and small windows, so that every way of finding is gone in a small shop.
    few, window = data.draw(st.sampled_from([(5_000, 20_000), (3, 10), (0, 1), (0, 30)]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(finding, "FEW", few)
        patch.setattr(finding, "WINDOW", window)
        patch.setattr(finding, "SAMPLE", max(1, window // 2))
        _check(shop, tree, data.draw(st.sampled_from(_KEYS)), down=data.draw(st.booleans()), limit=data.draw(st.sampled_from([1, 3, 200])))


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
@settings(max_examples=10)
@given(data=st.data())
def test_each_field_equals_the_filter(shops: list[Shop], field: Any, data: st.DataObject) -> None:
    _check(shops[0], data.draw(fields(field)), "created_at", down=True, limit=5)


def test_words_are_found_wherever_a_person_would_expect(desk: Desk) -> None:
    order = make_order(
        desk,
        number="5257473433628969494",
        buyer_nick="Ｔb9小熊",
        recipient="王小明",
        phone="16800002106",
        seller_memo="加急 😀",
        buyer_message="送人，包好",
        lines=[{"title": "手作粗陶马克杯", "code": "CUP-02", "properties": "颜色:黛蓝"}],
        parcels=[{"tracking_number": "JT0608089706006", "carrier": "JTSD"}],
    )
    make_order(desk, number="1", buyer_nick="x", recipient="y", phone="", lines=[{"title": "z"}])
    for text in ("5257473433628969494", "9494", "2106", "734336", "tb9", "小熊", "王", "6800002", "急", "😀", "，", "马克杯", "克", "cup-02",
                 "黛蓝", "JT0608089706006", "jt0608089706006", '"加急 😀"', "马克 加急", "马克 -银色", "银 或 金 OR 黛"):  # fmt: skip
        assert list(desk.read(OrderIds(text))) == [order], text
    for text in ("9499", "525747343362896949", "王明", "杯马", "tb99", "加急 银色", '"9494 "'):
        assert list(desk.read(OrderIds(text))) == [], text


def test_emoji_and_rare_han_are_found_whole_and_by_their_parts(desk: Desk) -> None:
    order = make_order(desk, number="1", seller_memo="👩🏽‍🔬寄 𠮷野家 ❤️", lines=[{"title": "🐼杯"}])
    make_order(desk, number="2", seller_memo="👩寄 吉野家", lines=[{"title": "杯"}])
    for text in ("👩🏽‍🔬", "👩🏽", "🏽", "🔬", "𠮷", "𠮷野", "❤️", "❤", "🐼", "备注:🔬寄", "商品=🐼杯"):
        assert list(desk.read(OrderIds(text))) == [order], text
    assert list(desk.read(OrderIds("👨"))) == []


def test_a_mobile_number_in_groups_is_the_number(desk: Desk) -> None:
    order = make_order(desk, number="1", phone="13800138000")
    other = make_order(desk, number="2", phone="16800001111", seller_memo="联系 138-0013-8000")
    assert set(desk.read(OrderIds("138-0013-8000"))) == {order, other}
    assert list(desk.read(OrderIds('"138-0013-8000"'))) == [other]


def test_a_place_by_its_short_name_is_the_whole_place(desk: Desk) -> None:
    order = make_order(desk, number="1", province="浙江省", city="杭州市")
    make_order(desk, number="2", province="浙江省外", city="杭州湾")
    for text in ("省=浙江", "省=浙江省", "市=杭州", "市=杭州市", "-省!=浙江", "省:浙江 -省:外"):
        assert list(desk.read(OrderIds(text))) == [order], text


def test_wildcards_of_sql_and_of_the_index_are_plain_text(desk: Desk) -> None:
    order = make_order(desk, number="1", seller_memo="100%好_评*")
    make_order(desk, number="2", seller_memo="100x好y评")
    for text in ("%", "memo:%", "memo:_", "memo:*", '"100%"', "memo:0%好"):
        assert list(desk.read(OrderIds(text))) == [order], text


def test_an_edit_moves_the_search_text_along(desk: Desk) -> None:
    from services.commands.edits import EditOrders

    order = make_order(desk, number="1", seller_memo="旧备注")
    desk.perform(EditOrders((order,), {"seller_memo": "新内容", "tags": "大件"}))
    assert [list(desk.read(OrderIds(text))) for text in ("旧备", "新内容", "大件")] == [[], [order], [order]]


def test_a_command_may_search_within_its_transaction(desk: Desk) -> None:
    order = make_order(desk, number="1", recipient="王小明")

    class Find:
        def apply(self, uow: UnitOfWork) -> list[int]:
            return list(finding.find_ids(uow, "小明 买家:TB -备注:x"))

    assert desk.perform(Find()).value == [order]


def test_the_first_thing_that_a_command_does_may_be_a_search(desk: Desk, frozen_clock: FrozenClock) -> None:
    order = make_order(desk, number="1", lines=[{"title": "马克杯"}])
    desk.close()

    class Find:
        def apply(self, uow: UnitOfWork) -> list[int]:
            return list(finding.find_ids(uow, "马克"))

    with Desk.open(desk.shop.folder, clock=frozen_clock) as again:
        assert again.perform(Find()).value == [order]


def test_times_are_the_shops(desk: Desk) -> None:
    """The clock stands at 2026-11-22 14:00 in Shanghai; midnight there is 16:00 UTC of the day before."""
    last = make_order(desk, number="1", created_at=at("2026-10-31 23:59:59"))
    first = make_order(desk, number="2", created_at=at("2026-11-01 00:00:00"))
    today = make_order(desk, number="3", created_at=at("2026-11-22 00:00:00"))
    found = {
        "created:2026-11": [today, first],
        "created:2026-10": [last],
        "created<2026-11": [last],
        "created<=2026-10": [last],
        "created>2026-10": [today, first],
        "created>=2026-11-01": [today, first],
        "created:今天": [today],
        "created:..昨天": [first, last],
        "created:2026-10-31..2026-11-01": [first, last],
        "created:7天": [today],
        "created:21天": [today],
        "created:22天": [today, first],
        "created:2026": [today, first, last],
    }
    assert {text: list(desk.read(OrderIds(text))) for text in found} == found


def test_a_channel_that_is_not_there_is_told(desk: Desk) -> None:
    make_channel(desk, "taobao", shop_name="小店")
    order = make_order(desk, number="1")
    assert (
        list(desk.read(OrderIds("channel:taobao")))
        == list(desk.read(OrderIds("渠道:淘宝")))
        == list(desk.read(OrderIds("店铺:小店")))
        == [order]
    )
    with pytest.raises(BadInput) as caught:
        desk.read(OrderIds("a channel:taobo"))
    assert caught.value.facts["suggestion"] == "taobao"
    assert caught.value.facts["position"] == 3


def test_an_unknown_sort_is_told(desk: Desk) -> None:
    with pytest.raises(BadInput) as caught:
        desk.read(OrderIds("", "creatd_at"))
    assert (caught.value.code, caught.value.facts["suggestion"]) == ("sort_unknown", "created_at")
    assert list(desk.read(OrderIds("", "下单"))) == list(desk.read(OrderIds("", "created"))) == []


def test_too_many_hits_are_not_sorted_without_an_index(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_SORTED", 2)
    ids = [make_order(desk, number=str(place), flag=place) for place in range(4)]
    for query in (OrderIds("", "flag"), FirstOrders("", "-flag")):
        with pytest.raises(Refused, match="sort_too_many"):
            desk.read(query)
    assert list(desk.read(OrderIds("", "flag", capped=False))) == ids
    assert list(desk.read(OrderIds("flag:1,2", "flag"))) == ids[1:3]
    assert list(desk.read(OrderIds("", "created_at"))) == ids


class Watch:
    """Statements that one read sends to SQLite, its BEGIN aside, and their plans."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.desk = desk
        self.sent: list[str] = []
        raw = cast("sqlite3.Connection", desk._readers.connection().connection.dbapi_connection)
        raw.set_trace_callback(self._note)
        self.raw = raw

    def _note(self, text: str) -> None:
        """Not what the Desk frames a read with, nor what the full-text index asks of its own tables."""
        if not text.startswith(("BEGIN", "ROLLBACK", "COMMIT", "--", "PRAGMA")) and "'main'.'order_text" not in text:
            self.sent.append(text)

    def read(self, query: Any) -> Any:
        self.sent.clear()
        return self.desk.read(query)

    def plan(self) -> str:
        """Of the last statement that asked for orders' ids."""
        last = [text for text in self.sent if "SELECT orders.id" in text][-1]
        return "\n".join(row[3] for row in self.raw.execute(f"EXPLAIN QUERY PLAN {last}"))


@pytest.fixture
def watch(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Watch:
    for place in range(30):
        make_order(
            desk, number=f"{place:019d}", status="shipped" if place % 3 else "awaiting_shipment", lines=[{"title": "马克杯", "code": "C"}]
        )
    return Watch(desk, monkeypatch)


@pytest.mark.parametrize(
    ("search", "sort", "index"),
    [
        ("", "-created_at", "ix_orders_created_at"),
        ("", "created_at", "ix_orders_created_at"),
        ("status:shipped", "-created_at", "ix_orders_status_created_at"),
        ("status:shipped created:30d", "-created_at", "ix_orders_status_created_at"),
        ("created:2026-11", "-created_at", "ix_orders_created_at"),
        ("status:awaiting_shipment", "-ship_by", "ix_orders_status_ship_by"),
        ("status:awaiting_shipment", "ship_by", "ix_orders_status_ship_by"),
        ("", "-paid_at", "ix_orders_paid_at"),
        ("", "-number", "ix_orders_number"),
    ],
)
def test_a_tabs_first_page_is_two_statements_along_an_index(watch: Watch, search: str, sort: str, index: str) -> None:
    page = watch.read(OrderPage(search, sort, 5))
    assert len(page) == 5
    assert len(watch.sent) == 2
    assert index in watch.plan()
    assert "TEMP B-TREE" not in watch.plan()


@pytest.mark.parametrize(
    ("search", "how"),
    [
        ("0000000000000000007", "ix_orders_number"),
        ("0007", "ix_orders_number_tail"),
        ("马克", "ix_order_line_listing_id"),
        ("number:000007", "VIRTUAL TABLE"),
        ("小明", "VIRTUAL TABLE"),
        ("import:7", "ix_order_source_batch_id"),
        ("tracking=YT1", "uq_parcel_tracking"),
        ("省:浙", "ix_orders_province"),
        ("旗:灰 马克", "ix_order_line_listing_id"),
        ("售后:未完结", "ix_orders_open_cases"),
        ("旗:红", "ix_orders_flag"),
    ],
)
def test_a_rare_word_is_gathered_from_its_index(watch: Watch, search: str, how: str) -> None:
    watch.read(OrderPage(search, "-created_at", 5))  # the words of goods are in memory from now on
    found = watch.read(OrderPage(search, "-created_at", 5))
    # Ids and rows; one look more tells that nothing was found from too many possible hits, or which of two parts is the rarer.
    assert len(watch.sent) <= (2 if found and " " not in search else 3)
    assert how in watch.plan()
    # An index that holds only what is open may be gone through.
    assert "SCAN orders" not in watch.plan().replace("SCAN orders USING INDEX ix_orders_open_cases", "")


def test_a_frequent_word_is_read_along_the_order(watch: Watch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "FEW", 5)
    monkeypatch.setattr(finding, "WINDOW", 20)
    assert len(watch.read(OrderPage("小明", "-created_at", 5))) == 5
    assert "ix_orders_created_at" in watch.plan()
    assert "TEMP B-TREE" not in watch.plan()


def test_columns_of_words_are_those_of_the_index() -> None:
    from services.db.derived import SEARCHED
    from services.search.fields import TEXT_COLUMNS

    assert set(TEXT_COLUMNS) == set(SEARCHED)


def test_the_empty_search_is_everything() -> None:
    assert parse("") is None


def test_goods_that_are_renamed_are_found_by_their_new_words(desk: Desk) -> None:
    """The words of goods stay in memory: a change by a command must reach the next search, and the command itself."""
    make_sku(desk, "CUP", title="粗陶杯")
    order = make_order(desk, number="1", lines=[{"title": "商品", "code": "CUP"}])
    assert list(desk.read(OrderIds("粗陶"))) == [order]

    class Rename:
        def apply(self, uow: UnitOfWork) -> list[int]:
            ((sku_id,),) = uow.sql("SELECT id FROM sku")
            uow.change(Sku, {sku_id: {"title": "玻璃杯"}})
            return list(finding.find_ids(uow, "玻璃"))

    assert desk.perform(Rename()).value == [order]
    assert list(desk.read(OrderIds("玻璃"))) == [order]
    assert list(desk.read(OrderIds("粗陶"))) == []
