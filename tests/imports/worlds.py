"""Small worlds of orders that live for some days, and the files that a platform writes of them: what properties are tried on.

A file is a look at the world on one day, with some of the columns. Files of one world never contradict each other but for time.
"""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from services.clock import iso
from services.db.engine import FILE_NAME
from services.db.schema import Base
from services.desk import Desk
from services.queries.conflict_rows import ConflictRows
from services.queries.order_json import OrdersJson
from tests.imports.sample import HEADINGS, LINE_HEADINGS, line_row, order_row, write

DAYS = range(9, 14)
NEVER = 99
STATUS = ("等待买家付款", "买家已付款，等待卖家发货", "卖家已发货，等待买家确认", "交易成功", "交易关闭")
ALWAYS = frozenset({"订单编号", "订单状态", "订单创建时间"})
TICKABLE = tuple(heading for heading in HEADINGS if heading.strip() not in ALWAYS)
TEXTS = ("", "送小样", "加急，\n先电话", "=1+1", "0012")


@dataclass(frozen=True)
class Life:
    """One order: the days on which things happen to it, notes by the day they are written, and what was given back by then, fen."""

    number: str
    paid: int
    shipped: int
    completed: int
    closed: int
    memos: tuple[tuple[int, str], ...]
    messages: tuple[tuple[int, str], ...]
    refunds: tuple[tuple[int, int], ...]
    masked_from: int
    lines: int

    def on(self, day: int) -> dict[str, Any]:
        """What is so on a day."""
        stage = sum(day >= one for one in (self.paid, self.shipped, self.completed))
        refund = max((amount for at, amount in self.refunds if at <= day), default=0) if stage else 0
        return {
            "status": STATUS[4] if day >= self.closed else STATUS[stage],
            "stage": stage,
            "refund": refund,
            "memo": next((text for at, text in reversed(self.memos) if at <= day), ""),
            "message": next((text for at, text in reversed(self.messages) if at <= day), ""),
            "masked": day >= self.masked_from,
        }


@dataclass(frozen=True)
class Sheet:
    """One file to be written: of a kind, on a day, at a minute of it, with these columns."""

    kind: str
    day: int
    minute: int
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class World:
    lives: tuple[Life, ...]
    sheets: tuple[Sheet, ...] = field(default=())

    def file(self, folder: Path, sheet: Sheet) -> Path:
        """Write what is known on that day."""
        stem = "ExportOrderList" if sheet.kind == "orders" else "ExportItemlList"
        path = folder / f"{stem}202611{sheet.day:02d}09{sheet.minute:02d}.csv"
        if path.exists():
            return path
        if sheet.kind == "orders":
            headings = [heading for heading in HEADINGS if heading.strip() in ALWAYS or heading in sheet.columns]
            return write(path, [_order(life, sheet.day) for life in self.lives], headings)
        return write(path, list(itertools.chain.from_iterable(_lines(life, sheet.day) for life in self.lives)), LINE_HEADINGS)


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _at(day: int) -> str:
    return f"2026-11-{day:02d} 08:0{day % 10}:1{day % 10}"


def _order(life: Life, day: int) -> dict[str, str]:
    now = life.on(day)
    paid = 82_60 * life.lines + 8_00
    masked = {
        "买家会员名": "小**茶",
        "收货人姓名": "吴**",
        "联系手机": "'154****4267",
        "收货地址": "广东省 深圳市 南山区 沙河街道 金桂路***号(518052)",
    }
    return order_row(
        life.number,
        订单状态=now["status"],
        买家应付货款=_yuan(82_60 * life.lines),
        总金额=_yuan(paid),
        买家实际支付金额=_yuan(paid - now["refund"]) if now["stage"] else "0.00",
        退款金额=_yuan(now["refund"]),
        订单付款时间=_at(life.paid) if now["stage"] else "",
        发货时间=_at(life.shipped) if now["stage"] > 1 else "",
        物流单号=f"YT{life.number[-4:]:0>13}" if now["stage"] > 1 else "",
        物流公司="圆通速递" if now["stage"] > 1 else "",
        订单备注=now["memo"],
        买家留言=now["message"],
        宝贝总数量=str(2 * life.lines),
        **(masked if now["masked"] else {}),
    )


def _lines(life: Life, day: int) -> list[dict[str, str]]:
    now = life.on(day)
    rows = []
    for place in range(life.lines):
        back = now["refund"] if place == 0 else 0
        rows.append(
            line_row(
                life.number,
                f"{life.number}{place}",
                商品标题=f"货{place}",
                订单状态=now["status"],
                买家实付金额="82.60" if now["stage"] else "0.00",
                退款状态="退款成功" if back else "没有申请退款",
                退款金额=_yuan(back) if back else "无退款申请",
                订单付款时间=_at(life.paid) if now["stage"] else "",
            )
        )
    return rows


def _notes() -> st.SearchStrategy[tuple[tuple[int, str], ...]]:
    return st.lists(st.tuples(st.sampled_from(DAYS), st.sampled_from(TEXTS)), max_size=3).map(
        lambda found: tuple(sorted(dict(found).items()))
    )


@st.composite
def lives(draw: st.DrawFn, number: str) -> Life:
    stages = sorted(draw(st.lists(st.sampled_from((*DAYS, NEVER)), min_size=3, max_size=3)))
    closed = draw(st.sampled_from((NEVER, NEVER, NEVER, *DAYS)))
    refunds = draw(st.lists(st.tuples(st.sampled_from(DAYS), st.integers(1, 82_60)), max_size=2))
    grown = tuple(zip(sorted(day for day, _amount in refunds), sorted(amount for _day, amount in refunds), strict=True))
    return Life(
        number,
        stages[0],
        stages[1],
        stages[2],
        closed,
        draw(_notes()),
        draw(_notes()),
        grown,
        draw(st.sampled_from((NEVER, *DAYS))),
        draw(st.integers(1, 2)),
    )


def sheets(minute: int, *, full: bool = False) -> st.SearchStrategy[Sheet]:
    """Any file of the world; `full`: with all columns."""
    some = (
        st.just(TICKABLE)
        if full
        else st.one_of(st.just(TICKABLE), st.sets(st.sampled_from(TICKABLE)).map(lambda found: tuple(sorted(found))))
    )
    return st.builds(Sheet, st.sampled_from(("orders", "orders", "lines")), st.sampled_from(DAYS), st.just(minute), some)


@st.composite
def worlds(draw: st.DrawFn, most_files: int = 4, *, full: bool = False) -> World:
    numbers = [f"60{place:04d}" for place in range(draw(st.integers(1, 3)))]
    found = tuple(draw(lives(number)) for number in numbers)
    count = draw(st.integers(2, most_files))
    return World(found, tuple(draw(sheets(minute, full=full)) for minute in range(count)))


LEFT = frozenset(
    {
        "audit_entry",
        "trail_head",
        "seal",
        "money_entry",
        "stock_movement",
        "import_batch",
        "import_rows",
        "import_journal",
        "id_floor",
        "channel",
        "order_count",
        "dirty_day",
    }
)
"""What an undone import leaves behind on purpose: ledgers and the trail keep what was, the batch and its raw rows stay, the channel is known."""
MOVING = {"orders": {"version"}, "reservation": {"opened_at"}}


def state(desk: Desk) -> dict[str, Any]:
    """All rows of the shop but for what an undone import leaves behind on purpose."""
    raw = sqlite3.connect(desk.shop.folder / FILE_NAME)
    try:
        found = {}
        for name in sorted(Base.metadata.tables.keys() - LEFT):
            rows = raw.execute(f"SELECT * FROM {name} ORDER BY 1, 2")
            columns = [column[0] for column in rows.description]
            moving = MOVING.get(name, set())
            found[name] = [{column: cell for column, cell in zip(columns, row, strict=True) if column not in moving} for row in rows]
        return found
    finally:
        raw.close()


def differing(one: dict[str, Any], other: dict[str, Any]) -> dict[str, Any]:
    return {name: (rows, other[name]) for name, rows in one.items() if rows != other[name]}


def told(desk: Desk) -> dict[str, Any]:
    """The orders as anyone sees them, with the conflicts that wait, whatever the order in which lines and parcels came.

    Where no file tells when something happened, the moment of looking is its stamp: that one is left out.
    """
    seen = iso(desk.clock.now(), desk.shop.zone)
    found = {}
    for order in desk.read(OrdersJson()).orders:
        row: dict[str, Any] = {key: None if key.endswith("_at") and value == seen else value for key, value in order.items()}
        for name in ("lines", "parcels"):
            row[name] = sorted(order[name], key=lambda part: str(part["number"]))
        found[row["number"]] = row
    conflicts = sorted((row.number, row.field, row.theirs) for row in desk.read(ConflictRows()))
    return {"orders": found, "conflicts": conflicts}


def orders_of(sheets_: Sequence[Sheet]) -> list[tuple[Sheet, ...]]:
    """All turns in which a few files can come in."""
    return list(itertools.permutations(sheets_))
