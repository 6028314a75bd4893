"""The pick list: summed by bin and SKU, in walking order, told apart by tails."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents import SIZES, SlipLine, SlipOrder, pick_list_of, render_pick_list
from services.documents.pick_list import SHOWN_ORDERS, tails
from tests.documents.papers import NOW, TITLE_60, goods, made, page_texts, plain, slip, sound

PICK_SIZES = [size.key for size in SIZES if "pick_list" in size.documents]


def order(tail: int, *lines: SlipLine) -> SlipOrder:
    return slip(number=f"400000001234567{tail:04}", lines=lines)


def test_sums_by_bin_and_code_in_walking_order() -> None:
    pick = pick_list_of(
        [
            order(1, goods(bin="A-10", code="X", quantity=2), goods(bin="", code="Z")),
            order(2, goods(bin="A-10", code="X"), goods(bin="A-2", code="X", quantity=5)),
            order(3),
        ],
        "拾光小铺",
        NOW,
    )  # fmt: skip
    assert [(line.bin, line.code, line.quantity) for line in pick.lines] == [("A-2", "X", 5), ("A-10", "X", 3), ("", "Z", 1)]
    assert [share.quantity for share in pick.lines[1].orders] == [2, 1]
    assert (pick.orders, pick.unknown) == (3, ("4000000012345670003",))


def test_goods_without_a_code_are_told_apart_by_their_words() -> None:
    pick = pick_list_of([order(1, goods("皂", code="", quantity=2), goods("皂", code="", properties="大"), goods("皂", code=""))], "", NOW)
    assert sorted((line.properties, line.quantity) for line in pick.lines) == [("大", 1), ("颜色分类:雾霾蓝", 3)]


@given(
    st.lists(st.lists(st.tuples(st.sampled_from(["A-1", "A-2", ""]), st.sampled_from("XYZ"), st.integers(1, 9)), max_size=4), max_size=8)
)
def test_no_unit_is_lost_or_made_up(orders: list[list[tuple[str, str, int]]]) -> None:
    pick = pick_list_of(
        [order(n, *(goods(bin=where, code=code, quantity=units) for where, code, units in lines)) for n, lines in enumerate(orders)],
        "",
        NOW,
    )
    wanted: Counter[tuple[str, str]] = Counter()
    for lines in orders:
        for where, code, units in lines:
            wanted[where, code] += units
    assert {(line.bin, line.code): line.quantity for line in pick.lines} == wanted
    assert all(sum(share.quantity for share in line.orders) == line.quantity for line in pick.lines)


@given(st.sets(st.text("0123456789", min_size=1, max_size=12), max_size=60))
def test_tails_tell_orders_apart(numbers: set[str]) -> None:
    short = tails(numbers)
    assert short.keys() == numbers
    for number, tail in short.items():
        assert number.endswith(tail)
        assert tail == number or sum(other.endswith(tail) for other in numbers) == 1


@pytest.mark.parametrize("size", PICK_SIZES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_long_list_goes_on_over_numbered_sheets(size: str, lang: str) -> None:
    orders = [
        order(n, *(goods(TITLE_60 if k % 3 else "皂", code=f"WT-2024-{k:03}", bin=f"A-{k % 7}", quantity=1 + k % 2) for k in range(n % 60)))
        for n in range(60)
    ]
    pick = pick_list_of(orders, "拾光小铺", NOW)
    result, pdf = made(render_pick_list, pick, size, lang)
    sound(result, size, "pick_list")
    assert result.orders == 60
    texts = page_texts(pdf)
    assert len(texts) > 1
    everything = plain("".join(texts))
    for place, text in enumerate(texts, 1):
        assert f"{place}/{result.pages}" in text
        assert ("货位" if lang == "zh" else "Bin") in text
    assert all(f"WT-2024-{k:03}" in everything for k in range(59))
    pieces = sum(line.quantity for line in pick.lines)
    assert (f"60单59种{pieces}件" if lang == "zh" else f"60orders,59kinds,{pieces}pieces") in everything


def test_tails_and_units_are_on_the_sheet() -> None:
    pick = pick_list_of([order(17, goods(quantity=2)), order(18, goods())], "拾光小铺", NOW)
    _, pdf = made(render_pick_list, pick, "a4", "zh")
    assert "0017×2 0018" in page_texts(pdf)[0]


def test_of_very_many_orders_the_first_are_named_and_all_counted() -> None:
    pick = pick_list_of([order(n, goods()) for n in range(300)], "", NOW)
    result, pdf = made(render_pick_list, pick, "a5", "zh")
    text = plain("".join(page_texts(pdf)))
    assert f"{SHOWN_ORDERS - 1:04}" in text
    assert "等共300单" in text
    sound(result, "a5", "pick_list")


def test_orders_whose_goods_are_not_known_are_named() -> None:
    pick = pick_list_of([order(1, goods()), order(2)], "", NOW)
    _, pdf = made(render_pick_list, pick, "a5", "zh")
    assert "4000000012345670002" in page_texts(pdf)[0]


def test_nothing_to_pick() -> None:
    result, pdf = made(render_pick_list, pick_list_of([], "拾光小铺", NOW), "a4", "zh")
    assert result.pages == 1
    assert "没有要拣的商品" in page_texts(pdf)[0]
