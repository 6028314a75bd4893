"""How each interactive action grows from a small shop to one a hundred times as big (design/quality.md: exponent 0.3 at most, aim 0.1).

Run: pytest -m bench -s tests/bench/bench_growth.py. The exponent of 100 times the orders is log100 of the ratio of the CPU times: four times
the time is 0.3. Actions below a quarter of a millisecond in the big shop are told, not judged.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from desktop.models.order_columns import ALL, STATUSES, search_of, usual_sort
from services.desk import Desk
from services.queries.counts import RailCounts, StatusCounts
from services.queries.customer_completion import CustomerCompletion
from services.queries.group_rows import GroupCount, GroupTree
from services.queries.jump_orders import JumpOrders
from services.queries.order_card import OrderCard
from services.queries.order_rows import OrderIds, OrderPage, OrderRow, OrderRows
from services.queries.region_counts import RegionCounts
from services.queries.search_words import SearchWords
from services.queries.sku_completion import SkuCompletion
from services.queries.tag_rows import TagRows
from services.queries.today import Today
from services.search.ready_made import READY_MADE, ready_search
from services.search.sorts import SORTS
from tests.bench.measuring import big_shop, medians, small_shop

pytestmark = pytest.mark.bench

Made = Callable[[Desk], Any]
MUST = 0.3
TYPED = ("桂", "桂花", "桂花乌龙", "福袋", "王", "李 桂花", "加急", "加急 王", "鹃", "魑魅魍魉", "a", "tb", "1", "13", "138")
FIELDS = (
    "省:浙江", "省:西藏", "市:杭州", "市:阿里", "区:西湖", "地址:文三路", "备注:加急", "留言:快", "标签:加急", "旗:红", "-旗:灰", "商品:桂花乌龙", "编码:CG",
    "实付>2000", "实付>50", "应付>1000", "退款>0", "数量>5", "下单:今天", "下单:2026-10", "付款:昨天", "付款:无", "发货:昨天", "完成:今天", "关闭:今天",
    "最晚发货:今天", "超时:是", "渠道:taobao", "渠道:manual", "快递:sf", "快递:jd", "运单号:SF1", "已打印:否", "已打印:是", "阻碍:有", "阻碍:无", "售后:未完结",
    "售后:有", "售后:已退款", "售后:已换货", "关闭原因:缺货", "已核对:是", "已核对:否", "等级:loyal", "状态:交易成功 省:浙江 付款>=2026-11-01 -加急", "星期:周日", "时段:3",
)  # fmt: skip


@pytest.fixture(scope="module")
def shops() -> Iterator[tuple[Desk, Desk]]:
    with Desk.open(big_shop()) as big, Desk.open(small_shop()) as small:
        yield big, small


def middle(desk: Desk) -> OrderRow:
    """An order in the middle of the shop."""
    ids = desk.read(OrderIds("", "created_at"))
    return desk.read(OrderRows((ids[len(ids) // 2],)))[0]


def told(name: str, shops: tuple[Desk, Desk], make: Made) -> float:
    big, small = shops
    asked, less = make(big), make(small)
    ours, floor = medians(lambda: big.read(asked), lambda: small.read(less), rounds=5)
    exponent = math.log(ours / floor) / math.log(100)
    mark = "" if exponent <= MUST or ours < 0.00025 else "  <-- over" if ours < 0.05 else "  <-- over, and felt"
    print(f"{name:44} {exponent:+.2f}  ({floor * 1000:.2f} -> {ours * 1000:.2f} ms){mark}", flush=True)
    return exponent


def same(query: Any) -> Made:
    return lambda _desk: query


def test_first_pages(shops: tuple[Desk, Desk]) -> None:
    print()
    for tab in (*STATUSES, ALL):
        by = usual_sort(tab)
        told(f"tab {tab}", shops, same(OrderPage(search_of(tab, ""), ("-" if by.descending else "") + by.key)))
    for sort in SORTS:
        if sort.index:
            for way in ("", "-"):
                told(f"sorted by {way}{sort.key}", shops, same(OrderPage("", way + sort.key)))


def test_groups_and_counts(shops: tuple[Desk, Desk]) -> None:
    print()
    told("counts on the tabs", shops, same(StatusCounts()))
    told("counts in the rail", shops, same(RailCounts()))
    told("today", shops, same(Today()))
    told("the tree of groups", shops, same(GroupTree()))
    told("regions of all orders", shops, same(RegionCounts()))
    told("regions of what waits", shops, same(RegionCounts("status:awaiting_shipment")))
    for one in READY_MADE:
        if one.search:
            told(f"group {one.code}", shops, same(OrderPage(ready_search(one, 50_000))))
            told("    its count", shops, same(GroupCount(ready_search(one, 50_000))))


def test_typing(shops: tuple[Desk, Desk]) -> None:
    print()
    rows = {desk: middle(desk) for desk in shops}
    told("a whole number", shops, lambda desk: OrderPage(rows[desk].number))
    told("half a number", shops, lambda desk: OrderPage(rows[desk].number[:9]))
    told("a tail", shops, lambda desk: OrderPage(rows[desk].number[-4:]))
    told("a nick", shops, lambda desk: OrderPage(rows[desk].buyer_nick))
    told("an order's card", shops, lambda desk: OrderCard(rows[desk].id))
    told("go to a number", shops, lambda desk: JumpOrders(rows[desk].number))
    told("go to the tail of a number", shops, lambda desk: JumpOrders(rows[desk].number[-6:]))
    told("complete a buyer", shops, lambda desk: CustomerCompletion(rows[desk].buyer_nick[:2]))
    told("complete goods", shops, same(SkuCompletion("桂花")))
    told("the shop's words for completion", shops, same(SearchWords()))
    told("all tags", shops, same(TagRows()))
    for words in TYPED:
        told(words, shops, same(OrderPage(words)))
        told("    within what waits", shops, same(OrderPage(f"status:awaiting_shipment ({words})", "ship_by")))


def test_fields(shops: tuple[Desk, Desk]) -> None:
    print()
    for words in FIELDS:
        told(words, shops, same(OrderPage(words)))
        told("    its count, as a group's", shops, same(GroupCount(words)))
