"""Files that overlap and contradict each other, as a merchant brings them in day by day."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from services.commands.edits import EditOrders
from services.commands.imports import import_file
from services.commands.undo_import import UndoImport
from services.desk import Desk
from services.errors import BadInput
from services.imports.parse import parse_file
from tests.commands.test_imports import NUMBER, SENT, Sql, bring, bring_lines, order, sound
from tests.frozen import FrozenClock
from tests.imports.sample import REFUND_HEADINGS, SOLD_HEADINGS, line_row, order_row, refund_row, sold_row, write
from tests.imports.worlds import differing, state


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


@pytest.mark.parametrize("sold", [12, 14])
@pytest.mark.parametrize("turn", list(itertools.permutations((0, 1))))
def test_of_two_lists_of_equal_authority_the_newer_one_counts(desk: Desk, tmp_path: Path, turn: tuple[int, ...], sold: int) -> None:
    """已卖出的宝贝 and an order list of the 13th, whichever comes first."""
    for place in turn:
        if place:
            row = sold_row(NUMBER, 收货人姓名="新名", 联系手机="15400009999")
            import_file(desk, write(tmp_path / f"已卖出的宝贝202611{sold}0930.csv", [row], SOLD_HEADINGS))
        else:
            bring(desk, tmp_path, order_row(), day=13)
    told = order(desk)
    newer = ("新名", "15400009999") if sold > 13 else ("吴子川", "15400004267")
    assert (told["recipient"], told["phone"], told["payable"]) == (*newer, "90.60")
    sound(desk)


@pytest.mark.parametrize("turn", list(itertools.permutations((0, 1, 2))))
def test_of_three_days_the_last_one_counts(desk: Desk, tmp_path: Path, turn: tuple[int, ...]) -> None:
    memos = ("一", "二", "三")
    for place in turn:
        bring(desk, tmp_path, order_row(订单备注=memos[place], 买家应付邮费=f"{place}.00", 总金额=f"{82 + place}.60"), day=12 + place)
    told = order(desk)
    assert (told["seller_memo"], told["freight"], told["payable"]) == ("三", "2.00", "84.60")
    sound(desk)


def test_what_a_person_made_clear_is_no_question_to_a_masked_file(desk: Desk, tmp_path: Path) -> None:
    """The buyer told the name and telephone in a chat; the platform goes on to hide them, each day with other stars."""
    masked = {
        "买家会员名": "小**茶",
        "收货人姓名": "吴**",
        "联系手机": "'154****4267",
        "收货地址": "广东省 深圳市 南山区 金桂路***号(518052)",
    }
    bring(desk, tmp_path, order_row(**masked))
    desk.perform(EditOrders((1,), {"recipient": "吴子川", "phone": "15400004267"}), reason="买家来电")
    other = masked | {"收货人姓名": "吴*川", "联系手机": "'1540****267"}
    report = bring(desk, tmp_path, order_row(**other), day=13)
    told = order(desk)
    assert (told["recipient"], told["phone"], report.conflicts) == ("吴子川", "15400004267", 0)
    sound(desk)


def test_an_empty_cell_takes_nothing_away(desk: Desk, tmp_path: Path) -> None:
    """But for notes, which the seller empties on the platform."""
    before = (bring(desk, tmp_path, order_row()), order(desk))[1]
    empty = dict.fromkeys(
        ("买家会员名", "支付单号", "买家应付货款", "买家应付邮费", "总金额", "收货人姓名", "收货地址", "联系手机", "订单付款时间"), ""
    )
    report = bring(desk, tmp_path, order_row(**empty), day=13)
    assert (report.orders_updated, report.conflicts) == (0, 0)
    assert order(desk) == before


def test_a_case_ends_as_the_later_goods_list_says_whichever_came_first(tmp_path: Path) -> None:
    """The refund file of the 12th still waits for the seller; the goods list of the 13th shows it paid back."""
    asked = {"退款状态": "买家已经申请退款，等待卖家同意", "退款完结时间": "", "完结时间": ""}
    back = {"退款状态": "退款成功", "退款金额": "30.00"}

    def refunds(desk: Desk, folder: Path, name: str) -> None:
        report = import_file(desk, write(folder / name, [refund_row(NUMBER, "71", **asked)], REFUND_HEADINGS)).value
        assert (report.conflicts, report.rejected) == (0, [])

    files: list[Callable[[Desk, Path], object]] = [
        lambda desk, folder: bring_lines(desk, folder, line_row(NUMBER, NUMBER), day=11),
        lambda desk, folder: refunds(desk, folder, "退款报表202611120930.csv"),
        lambda desk, folder: bring_lines(desk, folder, line_row(NUMBER, NUMBER, **back), day=13),
        lambda desk, folder: refunds(desk, folder, "退款报表202611120931.csv"),
    ]
    turns = [turn for turn in itertools.permutations((0, 1, 2, 3)) if turn[0] in {0, 2} or turn[:2] == (1, 0)]
    ends = []
    for place, turn in enumerate(turns):
        own = tmp_path / str(place)
        own.mkdir()
        with Desk.open(own / "shop", clock=FrozenClock()) as desk:
            for one in turn:
                files[one](desk, own)
            sound(desk)
            cases = desk.read(Sql("SELECT number, state, amount, ended_at FROM after_sale"))
            ends.append((cases, order(desk)["refunded"], order(desk)["paid"], order(desk)["lines"][0]["refund_state"]))
    assert ends == [ends[0]] * len(turns)
    ((number, state, amount, _ended),) = ends[0][0]
    assert ((number, state, amount), *ends[0][1:]) == (("71", "refunded", 30_00), "30.00", "82.60", "refunded")


@pytest.mark.parametrize("turn", list(itertools.permutations((0, 1))))
@pytest.mark.parametrize("virtual", [12, 13])
def test_a_number_keeps_the_extension_that_one_file_told(desk: Desk, tmp_path: Path, turn: tuple[int, ...], virtual: int) -> None:
    phones = ("'15400004267-3162", "'15400004267") if virtual == 12 else ("'15400004267", "'15400004267-3162")
    for place in turn:
        bring(desk, tmp_path, order_row(联系手机=phones[place]), day=12 + place)
    assert (order(desk)["phone"], order(desk)["phone_ext"]) == ("15400004267", "3162")
    bring(desk, tmp_path, order_row(联系手机="'15400009999"), day=15)
    assert (order(desk)["phone"], order(desk)["phone_ext"]) == ("15400009999", None)
    sound(desk)


def test_a_held_row_blocks_no_other_and_its_order_has_not_vanished(desk: Desk, tmp_path: Path) -> None:
    """A new word of the platform for a state: its row waits, the rest comes in; a later file that knows better brings it."""
    rows = [order_row(str(6001 + place), 订单创建时间=f"2026-11-09 08:0{place}:00") for place in range(4)]
    bring(desk, tmp_path, *rows)
    unknown = rows[1] | {"订单状态": "平台仲裁中", "订单备注": "加急"}
    report = bring(desk, tmp_path, rows[0] | {"订单备注": "加急"}, unknown, rows[3], order_row("6009", 订单状态="平台仲裁中"), day=13)
    assert [(one.row, one.column, one.value, one.code) for one in report.rejected] == [
        (3, "订单状态", "平台仲裁中", "status_unknown"),
        (5, "订单状态", "平台仲裁中", "status_unknown"),
    ]
    assert (report.updated, report.orders_unchanged) == ({"6001": ["seller_memo"]}, 1)
    assert (report.vanished, report.vanished_numbers) == (1, ["6003"])
    assert (order(desk, "6002")["seller_memo"], order(desk, "6003")["status"]) == (None, "awaiting_shipment")
    report = bring(desk, tmp_path, unknown | {"订单状态": SENT}, order_row("6009", 订单状态=SENT), day=14)
    assert (report.orders_new, list(report.updated), report.rejected) == (1, ["6002"], [])
    assert (order(desk, "6002")["seller_memo"], order(desk, "6002")["status"]) == ("加急", "shipped")
    sound(desk)


def test_a_goods_list_that_brings_a_case_its_goods_can_be_taken_back(desk: Desk, tmp_path: Path) -> None:
    """The refund file came first, then the order without its goods, then the goods: that one is undone."""
    import_file(desk, write(tmp_path / "退款报表202611120930.csv", [refund_row(NUMBER, "71")], REFUND_HEADINGS))
    bring(desk, tmp_path, order_row(), day=12)
    before = state(desk)
    report = bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER, 退款状态="退款成功", 退款金额="30.00"), day=13)
    desk.perform(UndoImport(int((report.batch or "B0")[1:])))
    assert differing(before, state(desk)) == {}
    sound(desk)


def test_a_case_that_was_more_than_had_been_paid_opens_when_the_payment_is_told(desk: Desk, tmp_path: Path) -> None:
    """The refund file waits for its order; the older list still shows it unpaid, the newer one paid."""
    import_file(desk, write(tmp_path / "退款报表202611140930.csv", [refund_row(NUMBER, "71")], REFUND_HEADINGS))
    bring(desk, tmp_path, order_row(订单状态="等待买家付款", 买家实际支付金额="0.00", 订单付款时间=""), day=12)
    assert desk.read(Sql("SELECT number, state FROM after_sale")) == []
    bring(desk, tmp_path, order_row(买家实际支付金额="60.60", 退款金额="30.00"), day=13)
    assert desk.read(Sql("SELECT number, state FROM after_sale")) == [("71", "refunded")]
    assert (order(desk)["paid"], order(desk)["refunded"]) == ("90.60", "30.00")
    sound(desk)


def test_an_order_given_back_whole_says_so_whichever_file_closed_it(tmp_path: Path) -> None:
    whole = {"买家退款金额": "90.60", "部分退款/全部退款": "全部退款"}
    closed = {"订单状态": "交易关闭", "买家实际支付金额": "0.00", "退款金额": "90.60"}
    files: list[Callable[[Desk, Path], object]] = [
        lambda desk, folder: bring(desk, folder, order_row(**closed), day=13),
        lambda desk, folder: import_file(
            desk, write(folder / "退款报表202611120930.csv", [refund_row(NUMBER, "71", **whole)], REFUND_HEADINGS)
        ),
        lambda desk, folder: bring(desk, folder, order_row(), day=12),
    ]
    ends = _ends(tmp_path, itertools.permutations((0, 1, 2)), files)
    assert {(end["status"], end["close_reason"], end["refunded"]) for end in ends} == {("closed", "refunded", "90.60")}


@pytest.mark.parametrize("turn", list(itertools.permutations((0, 1))))
def test_an_older_goods_list_that_saw_nothing_paid_takes_no_payment_away(desk: Desk, tmp_path: Path, turn: tuple[int, ...]) -> None:
    for place in turn:
        if place:
            row = sold_row(NUMBER, 商品属性="颜色分类：米白；容量：350ml", 宝贝标题="手作粗陶马克杯 带盖")
            import_file(desk, write(tmp_path / "已卖出的宝贝202611130930.csv", [row], SOLD_HEADINGS))
        else:
            bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER, 订单状态="等待买家付款", 买家实付金额="0.00", 订单付款时间=""), day=12)
    told = order(desk)
    assert (told["status"], told["paid"], told["lines"][0]["paid"]) == ("awaiting_shipment", "90.60", "90.60")
    sound(desk)


def test_a_net_payment_whose_refund_no_file_told_is_no_less_than_its_lines_brought(desk: Desk, tmp_path: Path) -> None:
    ticked = ("订单编号", "订单状态", "订单创建时间", "买家实际支付金额", "买家应付邮费", "订单付款时间 ")
    bring_lines(desk, tmp_path, line_row(NUMBER, NUMBER), day=9)
    bring(desk, tmp_path, order_row(买家实际支付金额="80.44"), day=13, headings=ticked)
    assert order(desk)["paid"] == "90.60"
    sound(desk)
