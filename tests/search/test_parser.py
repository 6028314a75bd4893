"""What a search may be written like, and that nothing else gets through."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.domain.order_states import Status
from services.errors import BadInput, DeskError
from services.search.fields import FIELDS
from services.search.parser import _at_once, _parsed, parse
from services.search.syntax import And, Field, Not, Or, Range, Word
from services.search.writer import write
from services.words import errors, say
from tests.search.trees import TREES


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", None),
        (" \t\n", None),
        ("马克杯", Word("马克杯")),
        ("或", Word("或")),
        (" ( ", Word("(")),
        ('"', Word('"')),
        ("马克 杯", And((Word("马克"), Word("杯")))),
        ('"马克 杯"', Word("马克 杯")),
        ("“马克 杯”", Word("马克 杯")),
        (r'"a\"b\\"', Word('a"b\\')),
        ("1234", Word("1234")),
        ('"1234"', Word("1234", quoted=True)),
        ("a OR b", Or((Word("a"), Word("b")))),
        ("a 或 b c", Or((Word("a"), And((Word("b"), Word("c")))))),
        ("(a或b)", Word("a或b")),
        ('"a"或"b"', Or((Word("a"), Word("b")))),
        ("(a OR b) c", And((Or((Word("a"), Word("b"))), Word("c")))),
        ("（a OR b） c", And((Or((Word("a"), Word("b"))), Word("c")))),
        ("a AND b", And((Word("a"), Word("b")))),
        ("-a", Not(Word("a"))),
        ("NOT a", Not(Word("a"))),
        ("--a", Word("a")),
        ("－(a b)", Not(And((Word("a"), Word("b"))))),
        ("CUP-02-350", Word("CUP-02-350")),
        ("status:awaiting_shipment", Field("status", ":", ("awaiting_shipment",))),
        ("状态:待发货", Field("status", ":", ("awaiting_shipment",))),
        ("状态：待发货，已发货", Field("status", ":", ("awaiting_shipment", "shipped"))),
        ("Status:SHIPPED", Field("status", ":", ("shipped",))),
        ("flag:红", Field("flag", ":", ("1",))),
        ("旗:1", Field("flag", ":", ("1",))),
        ("付款>=2026-11-01", Field("paid_at", ">=", ("2026-11-01",))),
        ("付款≥2026年11月1日", Field("paid_at", ">=", ("2026-11-01",))),
        ("实付＞１００", Field("paid", ">", ("100.00",))),
        ("paid:¥1..3.5元", Field("paid", ":", (Range("1.00", "3.50"),))),
        ("quantity:2..", Field("quantity", ":", (Range("2", None),))),
        ("created:..昨天", Field("created", ":", (Range(None, "yesterday"),))),
        ("下单:7天,2026-11", Field("created", ":", ("7d", "2026-11"))),
        ('created:"2026-11-01 10:00".."2026-11-02 9:05"', Field("created", ":", (Range("2026-11-01T10:00", "2026-11-02T09:05"),))),
        ("ship_by<=+4小时", Field("ship_by", "<=", ("+4h",))),
        ('memo:""', Field("memo", ":", ("",))),
        ('memo:"加 急"', Field("memo", ":", ("加 急",))),
        ("memo:10:30", Field("memo", ":", ("10:30",))),
        ("快递:顺丰", Field("carrier", ":", ("SF",))),
        ("批次:b9", Field("import", ":", ("B9",))),
        ("buyer_nick=tb1", Field("buyer", "=", ("tb1",))),
        ("已打印:否", Field("printed", ":", ("no",))),
        ("付款:无", Field("paid_at", ":", ("none",))),
    ],
)
def test_what_is_understood(text: str, tree: object) -> None:
    assert parse(text) == tree
    assert parse(write(parse(text))) == tree


@pytest.mark.parametrize(
    ("small", "capital"), [("a or b", "a OR b"), ("省:浙江 or 省:江苏", "省:浙江 OR 省:江苏"), ("a and not b", "a AND NOT b")]
)
def test_operators_may_be_small(small: str, capital: str) -> None:
    assert parse(small) == parse(capital)
    assert parse(write(parse('"or"'))) == parse('"or"')
    assert parse("order") == Word("order")


def test_both_languages_are_the_same_search() -> None:
    chinese = parse("状态:待发货 省:浙江 付款>=2026-11-01 -加急")
    assert chinese == parse("status:awaiting_shipment province:浙江 paid_at>=2026-11-01 -加急")
    assert write(chinese) == "status:awaiting_shipment province:浙江 paid_at>=2026-11-01 -加急"


@pytest.mark.parametrize(
    ("text", "code", "position", "suggestion"),
    [
        ("stauts:x", "query_field", 1, "status"),
        ("a 壮态:x", "query_field", 3, "状态"),
        ("status:shiped", "query_value", 8, "shipped"),
        ("状态:待发活", "query_value", 4, "待发货"),
        ("carrier:顺风", "query_value", 9, "顺丰"),
        ("状态:代发货", "query_value", 4, "待发货"),
        ("status:ship", "query_value", 8, "shipped"),
        ("created:last week", "query_time", 9, "last_week"),
        ("paid:>x", "query_amount", 7, "100.00"),
        ("收货仁:x", "query_field", 1, "收货人"),
        ("paid>abc", "query_amount", 6, "100.00"),
        ("paid:1.234", "query_amount", 6, "100.00"),
        ("quantity:x", "query_count", 10, "2"),
        ("created:2026-13", "query_time", 9, "2026-11-01"),
        ("created:2026-02-30", "query_time", 9, "2026-11-01"),
        ("created:tody", "query_time", 9, "today"),
        ("import:x", "query_batch", 8, "B9"),
        ("buyer>x", "query_op", 1, "buyer:"),
        ("paid>1,2", "query_one_value", 1, "paid:"),
        ("paid>1..2", "query_one_value", 1, "paid:"),
        ("paid>none", "query_one_value", 6, "paid:none"),
        ("paid:none..5", "query_unexpected", 6, "paid:none"),
        ("memo:a..b", "query_no_range", 1, 'memo:"a..b"'),
        ("paid:5..3", "query_backwards", 1, "3.00..5.00"),
        ("created:2026-11-11..2026-11-01", "query_backwards", 1, "2026-11-01..2026-11-11"),
        ('a "b', "query_quote", 3, '"b"'),
        ('""', "query_empty", 1, ""),
        ("a)", "query_unexpected", 2, '")"'),
        ("()", "query_unexpected", 2, '")"'),
        ("(a", "query_unfinished", 3, ""),
        ("a OR", "query_unfinished", 5, ""),
        ("OR a", "query_unexpected", 1, '"OR"'),
        ("a OR OR b", "query_unexpected", 6, '"OR"'),
        ("status:", "query_unfinished", 8, ""),
        ("- a", "query_unexpected", 1, '"-"'),
        (":x", "query_unexpected", 1, '":x"'),
        ("a\x00b", "query_unprintable", 2, ""),
        ("\ud800", "query_unprintable", 1, ""),
        ("a 或", "query_unfinished", 4, ""),
        ("或 a", "query_unexpected", 1, '"或"'),
    ],
)
def test_what_is_refused_and_where(text: str, code: str, position: int, suggestion: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse(text)
    assert (caught.value.code, caught.value.facts["position"], caught.value.facts["suggestion"]) == (code, position, suggestion)
    for lang in ("zh", "en"):
        assert str(caught.value.facts["position"]) in say(code, lang, **caught.value.facts)
        assert "?" not in say(code, lang, **caught.value.facts).replace("Did you mean", "").replace("”?", "").replace("5.00?", "").replace(
            "11?", ""
        )


@pytest.mark.parametrize(
    "text",
    [
        "(" * 9_000,
        "(" * 9_000 + "a" + ")" * 9_000,
        "-" * 9_000 + "a",
        "a " * 9_000,
        "a OR " * 4_000 + "a",
        "(a OR (b " * 400 + ")" * 800,
        "x" * 30_000,
    ],
)
def test_what_is_too_much_is_told(text: str) -> None:
    try:
        parse(text)
    except BadInput as error:
        assert error.code in {"query_too_long", "query_too_deep", "query_unfinished", "query_unexpected"}  # noqa: PT017


@settings(max_examples=300)
@given(TREES)
def test_writing_and_parsing_give_the_tree_back(tree: object) -> None:
    assert parse(write(tree)) == tree  # type: ignore[arg-type]


_SIGNS = st.sampled_from(
    [*"()（）-－:：<>=＜≥,，.“”\"'\\*%_\t\n 或", "OR", " ", "status", "状态", "..", "paid", "created", "今天", "1", "a", "\x00", "\ud800"]
)


@settings(max_examples=500)
@given(st.one_of(st.lists(_SIGNS, max_size=25).map("".join), st.text(max_size=40)))
def test_hostile_text_is_a_search_or_an_error_of_ours(text: str) -> None:
    try:
        tree = parse(text)
    except DeskError as error:
        assert error.code in errors()  # noqa: PT017 (either way is right)
        return
    assert parse(write(tree)) == tree


def test_every_field_is_named_once() -> None:
    from services.search.grams import fold

    names = [fold(word) for field in FIELDS for word in {field.name, field.zh, *field.also}]
    assert len(names) == len(set(names))


def test_every_refusal_has_words_in_both_languages() -> None:
    from services.words import search

    for english, chinese in search.ERRORS.values():
        assert english
        assert not chinese.isascii()


def test_a_tab_or_a_word_loads_no_parser() -> None:
    import subprocess
    import sys

    script = "import sys; from services.search.parser import parse; [parse(text) for text in ('', 'status:shipped', '马克杯', '1234')]; from services.queries.order_rows import OrderPage; sys.exit('lark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0


@pytest.mark.parametrize("text", [*(f"status:{code}" for code in Status), "1234", "4021021550753655790", "马克杯", "order", "或许", "NOTE"])
def test_what_needs_no_grammar_is_read_as_the_grammar_would(text: str) -> None:
    assert _at_once(text) is not None
    assert _at_once(text) == _parsed(text)


@given(st.from_regex(r"\A\w{1,12}\Z") | st.sampled_from(["OR", "or", "AND", "NOT", "或"]))
def test_a_single_word_is_read_as_the_grammar_would(text: str) -> None:
    found = _at_once(text)
    assert found is None or found == _parsed(text)


def test_a_status_that_is_none_is_refused_the_same() -> None:
    with pytest.raises(BadInput) as quick:
        _at_once("status:shiped")
    with pytest.raises(BadInput) as grammar:
        _parsed("status:shiped")
    assert (quick.value.code, quick.value.facts) == (grammar.value.code, grammar.value.facts)


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("付款 >= 2026-11-01", "paid_at>=2026-11-01"),
        ("状态 ： 待发货", "status:awaiting_shipment"),
        ("加急 实付 > 100", "加急 paid>100.00"),
        ("状态!=待发货", "-status=awaiting_shipment"),
        ("省≠浙江", "-province=浙江"),
        ("状态<>closed a", "-status=closed a"),
        ("-状态！=待发货", "status=awaiting_shipment"),
        ("加急 和 礼物", "加急 礼物"),
        ("省:浙江 或者 省:江苏 且 旗:红", "province:浙江 OR province:江苏 flag:1"),
        ("和", '"和"'),
        ('"并且"', '"并且"'),
        ("和服 且慢", "和服 且慢"),
        ("实付:>100 付款:≥昨天", "paid>100.00 paid_at>=yesterday"),
        ("状态:待发货、已发货", "status:awaiting_shipment,shipped"),
        ("状态=待发货|已发货", "status=awaiting_shipment,shipped"),
        ("快递:顺丰/圆通", "carrier:SF,YTO"),
        ("实付:100-200", "paid:100.00..200.00"),
        ("实付：１００～２００元", "paid:100.00..200.00"),
        ("数量:2至5", "quantity:2..5"),
        ("实付>1,000", "paid>1000.00"),
        ("实付>=￥12,345.6元", "paid>=12345.60"),
        ("实付:1,000", "paid:1.00,0.00"),
        ("下单:11.1到11.11", "created:11-01..11-11"),
        ("付款:2026-11-01~2026-11-11", "paid_at:2026-11-01..2026-11-11"),
        ("下单:11月11日", "created:11-11"),
        ("下单:10月到11月", "created:month_10..month_11"),
        ("下单:20261101", "created:2026-11-01"),
        ("下单:11月5号", "created:11-05"),
        ("下单:近7天,最近一周,7days,1周", "created:7d"),
        ("下单:近三个月", "created:90d"),
        ("下单:半年", "created:180d"),
        ("最晚发货:4小时内", "ship_by:+4h"),
        ("下单:过去3小时", "created:-3h"),
        ("最晚发货:下周,后天", "ship_by:next_week,after_tomorrow"),
        ("备注:10:30-11:00", "memo:10:30-11:00"),
        ("备注:100~200", "memo:100~200"),
    ],
)
def test_what_people_write_is_understood(text: str, canonical: str) -> None:
    assert write(parse(text)) == canonical
    assert parse(canonical) == parse(text)


@pytest.mark.parametrize(
    ("text", "position", "word"),
    [
        ("状态:待发货，省:浙江", 8, "省:浙江"),
        ("备注:加急,付款>=2026-11-01", 7, "付款"),
        ("快递:顺丰;状态:已发货", 7, "状态"),
        ("备注:加急;省:浙江", 7, "省:浙江"),
    ],
)
def test_a_condition_behind_a_comma_is_not_taken_for_a_text(text: str, position: int, word: str) -> None:
    """It would be searched for as a value, and nothing found."""
    with pytest.raises(BadInput, match="query_comma") as caught:
        parse(text)
    assert caught.value.facts["position"] == position
    assert word in say("query_comma", "zh", **caught.value.facts)


@pytest.mark.parametrize("text", ["备注:付款:已到账", '备注:"a","省:浙江"', "备注:10:30,11:00"])
def test_what_only_looks_like_a_condition_is_text(text: str) -> None:
    assert write(parse(text)).startswith("memo:")


def test_a_day_without_its_year_is_the_last_one() -> None:
    from services.clock import day_start
    from services.search.values import period
    from tests.factories import ZONE, at
    from tests.frozen import START  # 2026-11-22 14:00

    def first(value: str) -> str:
        start, end = period(value, START, ZONE)
        assert start < end
        return next(
            f"{year}-{month:02}-{day:02}"
            for year in range(2020, 2028)
            for month in range(1, 13)
            for day in (1, 11, 29, 30)
            if not (month == 2 and day > 28 and (year % 4 or day > 29)) and at(f"{year}-{month:02}-{day:02}") == start
        )

    assert first("11-11") == "2026-11-11"
    assert first("11-30") == "2026-11-30"
    assert first("12-11") == "2025-12-11"
    assert first("02-29") == "2024-02-29"
    assert first("month_11") == "2026-11-01"
    assert first("month_12") == "2025-12-01"
    assert first("month_1") == "2026-01-01"
    assert period("month_12", START, ZONE)[1] == day_start(739617, ZONE)
