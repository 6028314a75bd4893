"""Lines for the pictures of the worklists of which the demo shop has none: amounts that differ, orders placed twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from desktop.formats import MS_A_MINUTE, MS_AN_HOUR
from desktop.views.conflict_pictures import conflicts, held

if TYPE_CHECKING:
    from desktop.models.paged_table import Sort


class Sample:
    """A source of rows that stand in no shop."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = {row.id: row for row in rows}

    def ids(self, search: str, sort: Sort, limit: int | None) -> Callable[[Any], Any]:
        found = list(self._rows)
        return lambda _desk: found

    def rows(self, ids: Sequence[int]) -> Callable[[Any], Any]:
        found = [self._rows[one] for one in ids if one in self._rows]
        return lambda _desk: found


def samples(tab: str, now: int) -> Sequence[Any]:
    """Rows of a tab; none of one that the demo shop fills."""
    made: dict[str, Callable[[int], Sequence[Any]]] = {"amounts": _amounts, "duplicates": _duplicates, "conflicts": conflicts, "held": held}
    return made[tab](now) if tab in made else ()


def _amounts(now: int) -> Sequence[Any]:
    from services.queries.worklists.amounts import AmountRow, Amounts

    goods, file = "明前龙井 100g", "ExportOrderList202611221358.csv"
    orders = (
        ("302144130992664031", "半山听雨", ("paid_above_payable",), Amounts(12_800, 800, 12_000, 600, 12_600, 13_100)),
        ("302144130992664118", "橘子汽水铺", ("sum_differs",), Amounts(23_600, 2_000, 21_600, 0, 19_600, 19_600)),
        ("302144130992664290", "山城小满", ("refund_netted",), Amounts(9_800, 0, 9_800, 600, 10_400, 6_900, 0, 3_500)),
        ("302144130992664377", "不吃香菜", ("refund_above_paid",), Amounts(4_900, 0, 4_900, 0, 4_900, 4_900, 0, 6_900)),
    )
    expected = (12_600, 21_600, 10_400, 4_900)
    made = [
        AmountRow(
            place + 1,
            number,
            buyer,
            goods,
            "awaiting_shipment",
            "taobao",
            now + (5 + place * 7) * MS_AN_HOUR,
            of,
            expected[place],
            codes,
            "",
        )
        for place, (number, buyer, codes, of) in enumerate(orders)
    ]
    remarks = ((118, "总金额", "12.345", "decimals"), (431, "买家实际支付金额", "-3.00", "amount_negative"))
    made += [
        AmountRow(100 + row, "", "", "", "", "", None, Amounts(), None, (code,), "", 9, file, row, column, value, now - MS_AN_HOUR)
        for row, column, value, code in remarks
    ]
    return made


def _duplicates(now: int) -> Sequence[Any]:
    from services.queries.worklists.duplicates import DuplicateRow, Twin

    def twin(number: str, place: int, ago: int, **other: Any) -> Twin:
        facts = {
            "channel": "taobao",
            "buyer_nick": "半山听雨",
            "recipient": "王小明",
            "phone": "16812345678",
            "address": "浙江省杭州市西湖区文三路 1 号",
            "goods": "桂花乌龙 250g 罐装",
            "quantity": 2,
            "payable": 13_800,
            "paid": 13_800,
            "status": "awaiting_shipment",
            "ship_by": now + 30 * MS_AN_HOUR,
            "held": 13_800,
        }
        return Twin(id=place, number=number, created_at=now - ago * MS_A_MINUTE, version=1, **{**facts, **other})

    unpaid = {"status": "awaiting_payment", "paid": 0, "held": 0, "ship_by": None}
    other = {"buyer_nick": "青柠不加糖", "goods": "白瓷盖碗 150ml", "phone": "16800004321", "recipient": "李雨"}
    elsewhere = {**other, "channel": "pdd", "buyer_nick": "雨天", "number": "261121-1142034"}
    return (
        DuplicateRow(2, "unpaid_twin", twin("302144130992664031", 1, 95), twin("302144130992664188", 2, 82, **unpaid)),
        DuplicateRow(4, "same_goods", twin("302144130992665310", 3, 610, **other), twin(str(elsewhere.pop("number")), 4, 250, **elsewhere)),
    )
