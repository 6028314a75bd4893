"""What is offered while a search is typed, and that taking it makes a search."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.errors import BadInput
from services.search.complete import Completion, complete
from services.search.parser import parse
from services.search.writer import write
from tests.search.trees import TREES

KNOWN = {
    "channel": ["taobao", "我的小店"],
    "tag": ["vip", "礼物", "ins 风", 'a"b', "x..y"],
    "province": ["浙江省", "上海市"],
    "city": ["杭州市", "上海市"],
}


def offered(text: str, lang: str = "zh", cursor: int | None = None) -> list[str]:
    return [item.text for item in complete(text, len(text) if cursor is None else cursor, lang, KNOWN).items]


def taken(text: str, item: Completion) -> str:
    return text[: item.start] + item.text + text[item.end :]


@pytest.mark.parametrize(
    ("text", "lang", "first"),
    [
        ("", "zh", ["订单号:", "渠道:", "状态:"]),
        ("", "en", ["number:", "channel:", "status:"]),
        ("状", "en", ["状态:"]),
        ("STA", "zh", ["status:"]),
        ("nic", "zh", ["buyer:"]),
        ("状态", "zh", ["状态:"]),
        ("实付", "zh", ["实付:", "实付>", "实付<", "实付>=", "实付<="]),
        ("备注", "zh", ["备注:", "备注="]),
        ("状态:", "en", ["待付款", "待发货", "已发货"]),
        ("status:", "zh", ["awaiting_payment", "awaiting_shipment", "shipped"]),
        ("状态：发", "zh", ["待发货", "已发货"]),
        ("状态:待发货,", "zh", ["待付款", "已发货"]),
        ("status:shipped , aw", "zh", ["awaiting_payment", "awaiting_shipment"]),
        ("快递:圆", "zh", ["圆通速递"]),
        ("carrier:顺", "zh", ["顺丰速运"]),
        ("flag:r", "zh", ["1"]),
        ("标签:", "zh", ["vip", "礼物", '"ins 风"', '"a\\"b"', '"x..y"']),
        ('标签:"ins ', "zh", ['"ins 风"']),
        ("-(标签=礼", "zh", ["礼物"]),
        ("渠道:", "zh", ["taobao", "我的小店"]),
        ("下单:", "zh", ["今天", "昨天"]),
        ("created>=las", "zh", ["last_week", "last_month", "last_year"]),
        ("created:7", "zh", ["7d"]),
        ("下单:2026-11", "zh", ["2026-11.."]),
        ("下单:2026-11..昨", "zh", ["昨天"]),
        ("最晚发货:", "zh", ["今天", "昨天"]),
        ("实付:", "zh", ["无", "有"]),
        ("实付>", "zh", []),
        ("浙", "zh", ["省:浙江省"]),
        ("加急 待发", "zh", ["状态:待发货"]),
        ("ship", "en", ["shipped_at:", "ship_by:"]),
        ("stauts:x", "zh", ["status:"]),
        ('"浙', "zh", []),
    ],
)  # fmt: skip
def test_what_fits_comes_first(text: str, lang: str, first: list[str]) -> None:
    assert offered(text, lang)[: len(first)] == first
    if not first:
        assert offered(text, lang) == []


def test_the_whole_word_under_the_cursor_is_replaced() -> None:
    assert taken("sta", complete("sta", 3, "zh").items[0]) == "status:"
    text = "加急 status:shi 马克"
    item = complete(text, text.index("shi") + 1, "zh").items[0]
    assert taken(text, item) == "加急 status:shipped 马克"
    text = "sttus:shipped"
    assert taken(text, complete(text, 10, "zh").items[0]) == "status:shipped"
    assert taken("省:x", complete("省:x", 0, "zh").items[0]) == "订单号:省:x"
    text = '标签:"in" 加急'
    assert taken(text, complete(text, 6, "zh", KNOWN).items[0]) == '标签:"ins 风" 加急'


def test_or_is_offered_between_two_conditions_only() -> None:
    assert "或 " in offered("状态:待发货 ")
    assert "OR " in offered("(a) ", "en")
    for text in ("", "(", "a OR ", "-"):
        assert "或 " not in offered(text)


def test_titles_and_hints_speak_the_users_language() -> None:
    items = complete("status:", 7, "zh").items
    assert [(item.title, item.hint) for item in items][1] == ("待发货", "awaiting_shipment")
    assert complete("状", 1, "en").items[0].hint == "Where the order stands"
    assert complete("下单:7", 4, "zh").items[0].hint == "今天和之前的 6 天"
    assert complete("付款", 2, "zh").items[3].hint == "从…起"
    assert complete("status:", 7, "zh").field == "status"


_SIGNS = st.sampled_from(
    [
        *"()（）-－:：<>=＜≥,，.“”\"'\\ \t或7",
        "OR",
        "NOT ",
        "status",
        "状态",
        "..",
        "实付",
        "created",
        "今天",
        "标签",
        "浙",
        "\ud800",
        "\x00",
    ]
)


@settings(max_examples=400)
@given(
    st.one_of(st.lists(_SIGNS, max_size=15).map("".join), st.text(max_size=20), TREES.map(write)),
    st.integers(0, 40),
    st.sampled_from(["zh", "en"]),
)
def test_nothing_half_typed_is_an_error(text: str, cursor: int, lang: str) -> None:
    found = complete(text, cursor, lang, KNOWN)
    for item in found.items:
        assert 0 <= item.start <= item.end <= len(text)
        assert item.start <= max(0, min(cursor, len(text)))
        assert item.title


@settings(max_examples=200)
@given(
    st.lists(
        st.sampled_from(
            ["状态:", "status=", "标签:", "下单>=", "created:", "旗:红,", "-省:", "加急 ", "(", "-", "快递:", "paid:", "浙", "待"]
        ),
        max_size=4,
    ).map("".join)
)
def test_a_value_that_is_taken_makes_a_search(text: str) -> None:
    try:
        parse(f"{text}x" if text else "")
        parse(f"{text} a")
    except BadInput:
        return
    for item in complete(text, len(text), "zh", KNOWN).items:
        if item.kind == "value":
            assert parse(taken(text, item)) is not None
