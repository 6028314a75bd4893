"""What buyers did wrong of late, counted, and the notice made of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clock import MS_A_DAY
from services.commands.aftersales import RefundOrder
from services.commands.edits import EditOrders
from services.desk import Desk
from services.queries.shop_notice import CountMistakes
from services.words.notice import KINDS, MOST, compose, proposed, with_kind
from tests.factories import make_order, make_orders
from tests.frozen import START


def counted(desk: Desk) -> dict[str, int]:
    return {kind: count for kind, count in desk.read(CountMistakes()).kinds if count}


def test_mistakes_come_from_the_worklist_the_trail_and_what_was_closed(desk: Desk) -> None:
    make_orders(desk, [{"number": "1", "phone": ""}, {"number": "2", "phone": "1", "address": "文三路"}])
    edited = make_order(desk, number="3")
    desk.perform(EditOrders((edited,), {"district": "上城区", "address": "解放路1号"}), reason="地址写错了")
    desk.perform(EditOrders((edited,), {"address": "解放路2号"}), reason="地址写错了")
    wish = make_order(desk, number="4")
    desk.perform(EditOrders((wish,), {"address": "解放路2号"}), reason="The buyer asked for it: moved")
    hidden = make_order(desk, number="5", phone="138****1234", masked=True)
    desk.perform(EditOrders((hidden,), {"phone": "13812341234"}), reason="平台补了明文")
    closed = {"status": "closed", "closed_at": START - MS_A_DAY}
    make_orders(desk, [closed | {"number": f"c{place}", "close_reason": "wrong_details"} for place in range(4)])
    make_order(desk, number="7", close_reason="duplicate", **closed)
    make_order(desk, number="8", close_reason="duplicate", status="closed", closed_at=START - 100 * MS_A_DAY)
    assert counted(desk) == {"details": 4, "street": 2, "phone": 2, "region": 1, "changed": 1, "duplicate": 1}
    make_order(desk, number="9", address_edited=True)
    make_order(desk, number="10", close_reason="信息填写错误，重新拍", **closed)
    make_order(desk, number="11", close_reason="卖家缺货", **closed)
    assert counted(desk) == {"details": 5, "street": 2, "phone": 2, "region": 1, "changed": 2, "duplicate": 1}
    kinds = desk.read(CountMistakes()).kinds
    assert {kind for kind, _count in kinds} == set(KINDS)
    assert proposed(kinds) == ("details", "street", "phone", "changed", "region")


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        ("多拍/拍错/不想要", "details"),
        ("尺码/尺寸不合适", "size"),
        ("尺寸拍错/不喜欢/效果不好", "size"),
        ("颜色/款式/型号拍错", "size"),
        ("与商品描述不符", ""),
        ("颜色/图案/款式与商品描述不符", ""),
        ("卖家发错货", ""),
        ("做工粗糙", ""),
        ("七天无理由退货", ""),
        ("其他", ""),
    ],
)
def test_goods_that_were_chosen_wrongly_are_counted_once_an_order(desk: Desk, reason: str, kind: str) -> None:
    order = make_order(desk, number="1", status="completed", paid=3_000, lines=[{"title": "杯", "quantity": 3}])
    for amount in (100, 200):
        desk.perform(RefundOrder(order, "refund_only", amount=amount), reason=reason)
    assert counted(desk) == ({kind: 1} if kind else {})


def test_a_notice_tells_of_nobody(desk: Desk) -> None:
    """Whatever buyers wrote, no word of theirs is in it."""
    buyer = {"buyer_nick": "半山听雨", "recipient": "王小明", "phone": "12", "address": "文三路"}
    make_order(desk, number="3020", close_reason="拍错了，请联系王小明", status="closed", closed_at=START, **buyer)
    make_order(desk, number="3021", **buyer)
    kinds = desk.read(CountMistakes()).kinds
    for lang in ("zh", "en"):
        text = compose(proposed(kinds), lang)
        assert text
        assert not any(word in text for word in (*buyer.values(), "302"))


def test_a_notice_names_what_happened_most() -> None:
    text = compose(("phone", "region"), "zh")
    assert [line[:2] for line in text.split("\n")] == ["【下", "1.", "2.", "谢谢"]
    assert compose((), "zh") == ""
    assert "Please" in compose(("phone",), "en")


@given(st.lists(st.sampled_from(KINDS), unique=True), st.sampled_from(KINDS), st.sampled_from(["zh", "en"]), st.text("甲乙\n", max_size=6))
def test_a_line_comes_and_goes_and_leaves_the_rest(kinds: list[str], kind: str, lang: str, own: str) -> None:
    text = compose(kinds, lang)
    mine = text + ("\n" + own if text and own else "")
    there = with_kind(mine, kind, lang, on=True)
    assert with_kind(there, kind, lang, on=True).split("\n").__len__() == there.split("\n").__len__()
    gone = with_kind(there, kind, lang, on=False)
    assert compose((kind,), lang).split("\n")[1][3:] not in gone
    for other in kinds:
        if other != kind:
            assert compose((other,), lang).split("\n")[1][3:] in gone
    if text:
        assert all(line in there for line in own.split("\n"))


@given(st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 9)), unique_by=lambda one: one[0]))
def test_only_what_happened_is_proposed(counts: list[tuple[str, int]]) -> None:
    found = proposed(counts)
    assert len(found) <= MOST
    assert set(found) <= {kind for kind, count in counts if count}
