"""Chips and filter builder: what a search becomes when its parts are changed, and that it stays the same where it should."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.errors import BadInput
from services.search.builder import Built, Row, build, builder_fields, from_rows
from services.search.edit import added, chips, negated, replaced, rest, retyped, without
from services.search.fields import FIELDS, field_of
from services.search.meaning import help_rows
from services.search.parser import parse
from services.search.syntax import Node, parts_of
from services.search.writer import say, write
from services.words import term, terms
from tests.search.brute import matches
from tests.search.shops import make_shop
from tests.search.trees import TREES

TEXT = '状态:待发货,已发货 付款>=2026-11-01 -备注:"" (旗:红 OR 标签:vip) 加急 -礼物 -实付:100..200'


def test_chips_are_said_in_the_users_language() -> None:
    assert [(chip.name, chip.value, chip.negated) for chip in chips(TEXT, "zh")] == [
        ("状态", "待发货、已发货", False),
        ("付款", "≥ 2026-11-01", False),
        ("备注", "已填写", False),
        ("", "旗:红 或 标签:vip", False),
        ("实付", "¥100 – ¥200", True),
    ]
    assert [chip.value for chip in chips("created:7d flag:0 late:no ship_by<=+4h tier:none", "en")] == [
        "last 7 days",
        "grey",
        "no",
        "≤ next 4 h",
        "none",
    ]
    assert rest(TEXT) == "加急 -礼物"
    assert chips("加急", "zh") == ()


def test_a_search_is_edited_part_by_part() -> None:
    text = "status:shipped 加急 flag:1"
    assert without(text, 0) == "加急 flag:1"
    assert without("flag:1", 0) == ""
    assert replaced(text, 0, "状态:待发货 省:浙江") == "status:awaiting_shipment province:浙江 加急 flag:1"
    assert replaced(text, 2, "") == "status:shipped 加急"
    assert replaced(text, 2, "a 或 b") == "status:shipped 加急 (a OR b)"
    assert added("a OR b", "省:浙江") == "(a OR b) province:浙江"
    assert added(text, "旗:红 vip") == "status:shipped 加急 flag:1 vip"
    assert added("", "旗:红") == "flag:1"
    assert negated(text, 2) == "status:shipped 加急 -flag:1"
    assert negated("-flag:1", 0) == "flag:1"
    assert retyped(text, "马克 tag:vip") == "status:shipped flag:1 马克 tag:vip"
    assert retyped(text, "") == "status:shipped flag:1"


def test_what_would_be_too_much_is_refused() -> None:
    with pytest.raises(BadInput, match="query_too_deep"):
        added(" ".join(f"w{place}" for place in range(99)), "a1 b1")


@settings(max_examples=200)
@given(TREES, st.sampled_from(["zh", "en"]), st.data())
def test_chips_and_rest_are_the_whole_search(tree: Node, lang: str, data: st.DataObject) -> None:
    text = write(tree)
    parts = parts_of(tree)
    found = chips(text, lang)
    for chip in found:
        assert parse(chip.text) == parse(chip.said) == parts[chip.place]
        assert chip.value
    words = parts_of(parse(rest(text)))
    assert len(found) + len(words) == len(parts)
    assert sorted(map(write, parts_of(parse(retyped(text, rest(text)))))) == sorted(map(write, parts))
    place = data.draw(st.integers(0, len(parts) - 1))
    assert parts_of(parse(without(text, place))) == parts[:place] + parts[place + 1 :]
    assert replaced(text, place, write(parts[place])) == text
    assert parts_of(parse(negated(text, place)))[place : place + 1] != parts[place : place + 1]
    assert added(without(text, place), text).count(" ") >= without(text, place).count(" ")


@settings(max_examples=200)
@given(TREES, st.sampled_from(["zh", "en"]))
def test_what_is_said_is_read_as_the_same_search(tree: Node, lang: str) -> None:
    assert parse(say(tree, lang)) == tree


@pytest.fixture(scope="module")
def orders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, Any]]]:
    desk, made = make_shop(tmp_path_factory.mktemp("shop"), 4, 60)
    yield made
    desk.close()


@settings(max_examples=200)
@given(TREES)
@example(parse("-(T 数量:0,1)"))
@example(parse("-(T 优惠:无,0)"))
def test_rows_of_the_builder_find_what_the_search_found(orders: list[dict[str, Any]], tree: Node) -> None:
    built = build(write(tree))
    if built is None:
        return
    text = from_rows(built.groups, any_of=built.any_of)
    again = parse(text)
    assert again is not None
    assert [matches(again, order) for order in orders] == [matches(tree, order) for order in orders], text
    # Once in rows it stays as it is.
    assert from_rows((rebuilt := build(text) or Built(())).groups, any_of=rebuilt.any_of) == text


@pytest.mark.parametrize(
    ("text", "built"),
    [
        ("", Built(())),
        (
            "状态:待发货 实付>=100 加急",
            Built(((Row("status", "is", ("awaiting_shipment",)),), (Row("paid", "least", ("100.00",)),), (Row("", "has", ("加急",)),))),
        ),
        (
            "(tag:急 OR memo:急,快) -printed:yes",
            Built(((Row("tag", "has", ("急",)), Row("memo", "has", ("急", "快"))), (Row("printed", "is_not", ("yes",)),))),
        ),
        ("flag:1 OR (late:yes -a)", Built(((Row("flag", "is", ("1",)),), (Row("late", "is", ("yes",)), Row("", "has_not", ("a",)))), any_of=True)),
        ('-memo:"" -(a OR b)', Built(((Row("memo", "filled"),), (Row("", "has_not", ("a",)),), (Row("", "has_not", ("b",)),)))),
        ("created:7d,2026-11..", Built(((Row("created", "on", ("7d",)),), (Row("created", "between", ("2026-11", "")),)), any_of=True)),
        ("-paid:1..2 paid_at:none", Built(((Row("paid", "outside", ("1.00", "2.00")),), (Row("paid_at", "empty"),)))),
        ('"1234" 1234', Built(((Row("", "has", ('"1234"',)),), (Row("", "has", ("1234",)),)))),
        ("(a OR (b (c OR d)))", None),
        ("-paid>5", None),
    ],
)  # fmt: skip
def test_which_searches_are_rows(text: str, built: Built | None) -> None:
    assert build(text) == built
    if built and built.groups:
        assert build(from_rows(built.groups, any_of=built.any_of)) == built


def test_rows_take_values_as_they_are_typed() -> None:
    assert from_rows([[Row("status", "is_not", ("待发货", "shipped"))], [Row("created", "since", ("昨天",))], []]) == (
        "-status:awaiting_shipment,shipped created>=yesterday"
    )
    for row, code in (
        (Row("paid", "more", ("x",)), "query_amount"),
        (Row("paid", "more", ("",)), "query_value_missing"),
        (Row("paid", "between", ("5", "3")), "query_backwards"),
        (Row("", "has", (" ",)), "query_value_missing"),
    ):
        with pytest.raises(BadInput, match=code):
            from_rows([[row]])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_field_is_explained_with_an_example(lang: str) -> None:
    rows = help_rows(lang)
    assert [row.name for row in rows] == [field.name for field in FIELDS]
    for row in rows:
        assert parse(row.example) is not None
        assert row.name in write(parse(row.example))
        assert row.title != row.name
        assert row.holds != row.name
        assert row.holds.isascii() == (lang == "en")
    for field in builder_fields(lang):
        assert field.title
        assert field.ops
        assert all(word != code for code, word, _values in field.ops if lang == "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_lines_help_names_fields_that_there_are(lang: str) -> None:
    text = term("help", "orders", lang).replace("\n", " ")
    names = re.split(r"Fields: |字段：", text)[1]
    for name in re.split(r"…|Write", names)[0].split():
        field_of(name, 0)
    examples = re.split(r"Write  |写法：", text)[1].split("  ")
    assert len(examples) > 5
    for shown in examples:
        assert parse(shown) is not None


def test_no_word_is_left_of_a_field_that_is_gone() -> None:
    names = {field.name for field in FIELDS}
    assert set(terms()["search_field"]) == names
    assert set(terms()["search_holds"]) == {"", *names}
