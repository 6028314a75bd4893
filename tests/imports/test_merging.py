"""Files that overlap and contradict each other, as a merchant brings them in day by day."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from services.desk import Desk
from services.errors import BadInput
from services.imports.parse import parse_file
from tests.commands.test_imports import NUMBER, SENT, bring, bring_lines, order, sound
from tests.frozen import FrozenClock
from tests.imports.sample import line_row, order_row, write


@pytest.mark.parametrize("turn", list(itertools.permutations((0, 1))))
def test_a_number_without_its_carrier_is_the_same_parcel(desk: Desk, tmp_path: Path, turn: tuple[int, ...]) -> None:
    """A seller may tick the number and not the carrier."""
    sent = {"订单状态": SENT, "发货时间": "2026-11-10 10:00:00", "物流单号": "YT0000000004476"}
    files = (order_row(**sent, 物流公司="圆通速递"), order_row(**sent, 物流公司=""))
    for place in turn:
        bring(desk, tmp_path, files[place], day=12 + place)
    assert order(desk)["parcels"] == [{"carrier": "YTO", "carrier_name": "圆通速递", "number": "YT0000000004476"}]
    assert order(desk)["number"] == NUMBER
    again = bring(desk, tmp_path, files[1], day=14)
    assert (again.orders_updated, again.orders_unchanged) == (0, 1)
    sound(desk)


def _ends(folder: Path, turns: Iterable[tuple[int, ...]], files: list[Callable[[Desk, Path], object]]) -> list[dict[str, Any]]:
    """The order after the files came in each of these turns, in a shop of its own."""
    found = []
    for place, turn in enumerate(turns):
        own = folder / str(place)
        own.mkdir()
        with Desk.open(own / "shop", clock=FrozenClock()) as desk:
            for one in turn:
                files[one](desk, own)
            sound(desk)
            found.append(order(desk))
    return found


def test_an_emptied_note_takes_away_what_a_lesser_file_noted_before(tmp_path: Path) -> None:
    """The whole export of the 13th has no memo any more; a ticked one of the 12th still had."""
    ticked = ("订单编号", "订单状态", "订单创建时间", "订单备注")
    files: list[Callable[[Desk, Path], object]] = [
        lambda desk, folder: bring(desk, folder, order_row(订单备注="送小样"), day=12, headings=ticked),
        lambda desk, folder: bring(desk, folder, order_row(), day=13),
    ]
    assert [end["seller_memo"] for end in _ends(tmp_path, itertools.permutations((0, 1)), files)] == [None, None]


def test_a_newer_note_of_a_lesser_file_stays(tmp_path: Path) -> None:
    ticked = ("订单编号", "订单状态", "订单创建时间", "订单备注")
    files: list[Callable[[Desk, Path], object]] = [
        lambda desk, folder: bring(desk, folder, order_row(订单备注="送小样"), day=13, headings=ticked),
        lambda desk, folder: bring(desk, folder, order_row(), day=12),
    ]
    assert [end["seller_memo"] for end in _ends(tmp_path, itertools.permutations((0, 1)), files)] == ["送小样", "送小样"]


def test_a_refund_that_came_after_a_net_payment_was_told_is_no_more_payment(tmp_path: Path) -> None:
    """A ticked list without the refund column tells 实付 net of refunds; the goods list of a later day tells the first refund."""
    ticked = ("订单编号", "订单状态", "订单创建时间", "总金额", "买家应付邮费", "买家实际支付金额")
    back = {"退款状态": "退款成功", "退款金额": "30.00"}
    files: list[Callable[[Desk, Path], object]] = [
        lambda desk, folder: bring(desk, folder, order_row(), day=12, headings=ticked),
        lambda desk, folder: bring_lines(desk, folder, line_row(NUMBER, NUMBER, **back), day=13),
    ]
    ends = _ends(tmp_path, itertools.permutations((0, 1)), files)
    assert [(end["paid"], end["refunded"]) for end in ends] == [("90.60", "30.00")] * 2


def test_a_list_of_which_every_amount_was_ticked_away_is_still_an_order_list(desk: Desk, tmp_path: Path) -> None:
    report = bring(desk, tmp_path, order_row(), headings=("订单编号", "订单状态", "订单创建时间", "收货人姓名", "收货地址 "))
    assert (report.format, report.orders_new) == ("taobao.orders.g1", 1)
    bring(desk, tmp_path, order_row(), day=13)
    assert order(desk)["payable"] == "90.60"
    sound(desk)


def test_a_list_of_another_market_is_not_taken_for_one(tmp_path: Path) -> None:
    headings = ("订单编号", "买家会员名", "货品总价(元)", "实付款(元)", "订单状态", "订单创建时间", "收货人姓名")
    with pytest.raises(BadInput, match="format_not_recognised"):
        parse_file(write(tmp_path / "1688.csv", [order_row()], headings))


@pytest.mark.parametrize("turn", list(itertools.permutations((0, 1))))
def test_a_few_ticked_columns_overrule_no_whole_export(desk: Desk, tmp_path: Path, turn: tuple[int, ...]) -> None:
    """Status, time and total alone make no order list of a platform, however new the file is."""
    ticked = ("订单编号", "订单状态", "总金额", "收货人姓名", "订单创建时间", "订单付款时间 ", "买家实际支付金额")
    for place in turn:
        if place:
            bring(desk, tmp_path, order_row(总金额="99.00", 收货人姓名="旧名"), day=13, headings=ticked)
        else:
            bring(desk, tmp_path, order_row(), day=12)
    told = order(desk)
    assert (told["payable"], told["recipient"], told["paid"]) == ("90.60", "吴子川", "90.60")
    sound(desk)
