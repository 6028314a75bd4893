"""Two days on the Today page: files come in, what keeps orders is lifted one by one, time passes, parcels leave, until all is done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.views.today import TodayPage
from services.commands.aftersales import MoveCase, RefundLine, RefundOrder
from services.commands.checking import CheckOrders
from services.commands.imports import import_file
from services.commands.parcels import Shipment, ShipOrders
from services.commands.stock import ReceiveGoods
from services.desk import Desk
from services.queries.order_numbers import FindNumber, LinesOfOrder
from services.queries.order_rows import CountOrders
from services.settings import ChangeSetting
from tests.desktop import hands
from tests.frozen import FrozenClock
from tests.imports.sample import LINE_HEADINGS, line_row, order_row, write

FIRST, SECOND, UNPAID = "5016165517148046476", "5016165517148046484", "5016165517148046492"
MORNING = {"订单创建时间": "2026-11-22 08:05:12", "订单付款时间": "2026-11-22 08:06:13"}
NOT_PAID = {"订单创建时间": "2026-11-22 08:05:12", "订单付款时间": "", "订单状态": "等待买家付款"}


@pytest.fixture
def page(context: AppContext, qtbot: QtBot) -> Iterator[TodayPage]:
    with hands.on_screen(TodayPage(context), qtbot) as made:
        made.load()
        yield made


def test_two_days(page: TodayPage, desk: Desk, frozen_clock: FrozenClock, tmp_path: Path) -> None:
    runner = page.context.runner

    def bring(name: str, rows: list[dict[str, str]], **more: Any) -> None:
        file = write(tmp_path / name, rows, **more)
        runner.job(lambda _desk, _progress: import_file(desk, file), name, changes=True)

    def shown() -> dict[str, int]:
        """What the page says, without having been asked to look again; each line of orders as its search has it."""
        todos = [one for row in page.rows for one in (row.todo, *row.todo.parts)]
        for one in todos:
            if one.page == "orders":
                assert desk.read(CountOrders(one.search)) == one.count, one.code
        return {one.code: one.count for one in todos}

    def perform(command: Any) -> Any:
        kept: list[Any] = []
        take: Callable[[Any], object] = kept.append
        runner.change(command, reason="买家要求").then(take)
        return kept[0].value

    # Two o'clock: the order list comes in, with a row that a spreadsheet has spoilt.
    bring(
        "ExportOrderList202611221350.csv",
        [
            order_row(FIRST, **MORNING),
            order_row(SECOND, 买家会员名="山野来信", 收货人姓名="周小舟", 联系手机="13900139002", **MORNING),
            order_row(UNPAID, 买家会员名="还没付", 收货人姓名="何青", 联系手机="13900139003", 买家实际支付金额="0.00", **NOT_PAID),
            order_row("5.01616E+18", **MORNING),
        ],
    )
    assert shown() == {"blocked": 2, "lines_unknown": 2, "import_rejects": 1, "due_later": 2, "to_remind": 1}

    # The goods list tells what they bought, which nobody knows yet.
    lines = [line_row(FIRST, FIRST[:-1] + "7", **MORNING), line_row(SECOND, SECOND[:-1] + "5", **MORNING)]
    lines.append(line_row(UNPAID, UNPAID[:-1] + "3", 买家实付金额="0.00", **NOT_PAID))
    bring("ExportOrderDetailList202611221350.csv", lines, headings=LINE_HEADINGS)
    assert shown() == {"blocked": 2, "goods_unmatched": 2, "unmatched_goods": 1, "import_rejects": 1, "due_later": 2, "to_remind": 1}

    # Goods come in, first too few, then enough.
    perform(ReceiveGoods("CUP-01-350", 1, title="粗陶马克杯"))
    assert shown() == {"short_goods": 1, "blocked": 2, "shortage": 2, "import_rejects": 1, "due_later": 2, "to_remind": 1}
    perform(ReceiveGoods("CUP-01-350", 20))
    assert shown() == {"import_rejects": 1, "to_ship": 2, "due_later": 2, "to_remind": 1}

    # From now on only what somebody looked at may leave.
    perform(ChangeSetting("ship_only_checked", True))
    assert shown() == {"blocked": 2, "not_checked": 2, "import_rejects": 1, "due_later": 2, "to_remind": 1}
    ids = tuple(desk.read(FindNumber(number)).order_id for number in (FIRST, SECOND))
    perform(CheckOrders(ids))
    assert shown() == {"import_rejects": 1, "to_ship": 2, "due_later": 2, "to_remind": 1}

    # One buyer wants the money back, and thinks better of it.
    line = desk.read(LinesOfOrder(ids[0]))[0]
    case = perform(RefundOrder(ids[0], "refund_only", (RefundLine(line.line_id, 1),), waiting=True)).case_id
    assert shown() == {
        "open_cases": 1,
        "blocked": 1,
        "after_sale_open": 1,
        "import_rejects": 1,
        "to_ship": 1,
        "due_later": 2,
        "to_remind": 1,
    }
    perform(MoveCase(case, "withdrawn"))
    assert shown() == {"import_rejects": 1, "to_ship": 2, "due_later": 2, "to_remind": 1}

    # The clock alone: the day after tomorrow it is urgent, then late, and the spoilt row is of yesterday's yesterday.
    for hours, due in ((13, "due_later"), (24, "due_today"), (2, "due_soon"), (4, "late")):
        frozen_clock.advance(hours=hours)
        page.tick()
        assert shown()[due] == 2
    assert shown() == {"late": 2, "to_ship": 2, "to_remind": 1}

    # They leave; the third buyer never paid.
    perform(
        ShipOrders(tuple(Shipment(order_id, "SF", f"SF10000000000{place}") for place, order_id in enumerate(ids)), ("number_doubtful",))
    )
    assert shown() == {"to_remind": 1}
    closed = {**NOT_PAID, "订单状态": "交易关闭", "订单关闭原因": "买家未及时付款"}
    bring(
        "ExportOrderList202611240850.csv",
        [order_row(UNPAID, 买家会员名="还没付", 收货人姓名="何青", 联系手机="13900139003", 买家实际支付金额="0.00", **closed)],
    )
    assert shown() == {}
    assert page.figures["shipped"].accessibleName().startswith("已发货 2 ")
