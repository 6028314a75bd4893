"""The orders table as data: its columns, what each tab shows and sorts by, and where the rows come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from desktop import formats
from desktop.i18n import language, later, tr
from desktop.models.column import Column, Due, Goods, Kind, Pill, Status
from desktop.models.paged_table import Sort
from services.clock import MS_A_MINUTE, MS_AN_HOUR
from services.words import term

if TYPE_CHECKING:
    from services.desk import Desk
    from services.queries.order_rows import OrderRow

GLYPHS = {
    "awaiting_payment": ("dashed", "warn"),
    "awaiting_shipment": ("half", "info"),
    "shipped": ("most", "violet"),
    "completed": ("done", "ok"),
    "closed": ("dash", "muted"),
}
STATUSES = tuple(GLYPHS)
ALL = "all"
MOST_PILLS = 2
_TAG_TONES = {
    "加急": "bad",
    "急": "bad",
    "rush": "bad",
    "urgent": "bad",
    "定制": "violet",
    "custom": "violet",
    "贺卡": "warn",
    "礼品": "warn",
}
_REGION_END = re.compile(r"(壮族|回族|维吾尔)?(自治区|特别行政区)$|省$|市$")
_CITY_END = re.compile(r"市$|地区$|盟$")


@dataclass(frozen=True, slots=True)
class Moment:
    """What the cells need besides the row: now (ms) and the shop's zone. Asked at each painting, so that time left runs down."""

    now: Callable[[], int]
    zone: Callable[[], str]


def status_of(code: str) -> Status:
    """The ring and word of a status."""
    glyph, tone = GLYPHS[code]
    return Status(glyph, term("status", code, language()), tone)


@lru_cache(maxsize=4096)
def region(province: str, city: str) -> str:
    """`浙江 宁波`; a municipality is named once."""
    first = _REGION_END.sub("", province)
    second = _CITY_END.sub("", city) if len(city) > 2 else city
    return first if second in {"", first} else f"{first} {second}"


def tag_pill(words: str) -> Pill:
    """A tag on its ground: the ones every shop uses have their tone."""
    return Pill(words, _TAG_TONES.get(words.casefold(), "muted"))


def goods_cell(row: OrderRow) -> Goods:
    """The first goods, how many more kinds, and what differs from normal: tags, then a message of the buyer."""
    pills = [tag_pill(words) for words in row.tags[:MOST_PILLS]]
    if row.buyer_message and len(pills) < MOST_PILLS:
        pills.append(Pill(tr("Message"), "info"))
    title = row.goods_summary or tr("Goods not known yet")
    return Goods(title, max(0, row.goods_kinds - 1), tuple(pills))


def due_cell(row: OrderRow, now: int) -> Due:
    """When it must leave, or why it can't (look.md, time left); what has left or ended shows a dash."""
    if row.status != "awaiting_shipment":
        return Due(formats.DASH if row.status != "awaiting_payment" else tr("to be paid"))
    if row.blockers:
        code = row.blockers[0]
        return Due(term("blocker_short", code, language()), "bad" if code == "shortage" else "warn", pill=True)
    if row.ship_by is None:
        return Due(formats.DASH)
    left = row.ship_by - now
    if left < 0:
        # Minutes stop to matter once it is late.
        return Due(tr("{time} late", time=short_span(-left)), "bad", pill=True)
    tone = left_tone(left)
    return Due(formats.span(left), tone, pill=tone == "bad")


def left_tone(left: int) -> str:
    """Calm above twelve hours, red below two (look.md); ms."""
    return "bad" if left < 2 * MS_AN_HOUR else "warn" if left <= 12 * MS_AN_HOUR else "muted"


def short_span(ms: int) -> str:
    """Only the largest part of a length of time: `3h`, `2d`."""
    hours = ms // MS_AN_HOUR
    if hours >= 24:
        return tr("{d}d", d=hours // 24)
    return tr("{h}h", h=hours) if hours else tr("{m}m", m=max(1, ms // MS_A_MINUTE))


def flag_tip(row: OrderRow) -> str:
    """The flag's colour and the memo behind it."""
    return "\n".join(part for part in (term("flag", str(row.flag), language()), row.seller_memo) if part)


def goods_tip(row: OrderRow) -> str:
    """The goods in full, with what buyer and seller wrote."""
    lines = [row.goods_summary]
    if row.goods_kinds > 1:
        lines[0] += tr(" and {n} more", n=row.goods_kinds - 1)
    if row.tags:
        lines.append(tr("Tags: {tags}", tags="、".join(row.tags) if language() == "zh" else ", ".join(row.tags)))
    if row.buyer_message:
        lines.append(tr("Buyer's message: {words}", words=row.buyer_message))
    if row.seller_memo:
        lines.append(tr("Memo: {words}", words=row.seller_memo))
    return "\n".join(line for line in lines if line)


def printed_tip(row: OrderRow) -> str:
    if not (row.slip_copies or row.label_copies):
        return tr("Not printed yet")
    return tr("Slip printed {slips} times, label {labels} times", slips=row.slip_copies, labels=row.label_copies)


def due_tip(row: OrderRow, zone: str) -> str:
    """The blockers with their remedies, and the deadline."""
    said = language()
    lines = []
    if row.status == "awaiting_shipment":
        colon = "：" if said == "zh" else ": "
        lines = [term("blocker", code, said) + colon + term("blocker_remedy", code, said) for code in row.blockers]
        if row.ship_by is not None:
            lines.append(tr("Ship by {time}", time=formats.full_time(row.ship_by, zone)))
    return "\n".join(lines)


def when_column(key: str, title: str, moment: Moment, width: int) -> Column:
    """A moment of the row (ms, in the field `key`), short in the cell and in full in the tip."""
    return Column(
        key,
        title,
        Kind.DUE,
        lambda row: Due(formats.day_time(getattr(row, key), moment.now(), moment.zone())),
        sort=key,
        width=width,
        tip=lambda row: formats.full_time(getattr(row, key), moment.zone()),
    )


def order_columns(tab: str, moment: Moment) -> tuple[Column, ...]:
    """The columns of a tab: the status only on All, elsewhere the time that matters there."""
    left = Column(
        "due",
        later("Time left"),
        Kind.DUE,
        lambda row: due_cell(row, moment.now()),
        sort="ship_by",
        width=92,
        tip=lambda row: due_tip(row, moment.zone()),
    )
    last = {
        "awaiting_payment": when_column("created_at", later("Ordered"), moment, 96),
        "shipped": when_column("shipped_at", later("Shipped at"), moment, 96),
        "completed": when_column("completed_at", later("Completed at"), moment, 96),
        "closed": when_column("closed_at", later("Closed at"), moment, 96),
    }.get(tab, left)
    status = (Column("status", later("Status"), Kind.STATUS, lambda row: status_of(row.status), sort="status", width=96),)
    room = 60 if language() == "zh" else 72
    # On All the status takes the place of the two that matter least when looking for an order.
    recipient = (Column("recipient", later("Recipient"), Kind.SOFT, lambda row: row.recipient, sort="recipient", width=room),)
    printed = (Column("printed", later("Printed"), Kind.PRINTED, lambda row: row.slip_copies > 0, width=30, tip=printed_tip),)
    return (
        Column("check", "", Kind.CHECK, width=36),
        Column("flag", later("Flag"), Kind.FLAG, lambda row: min(row.flag, 5), sort="flag", width=26, tip=flag_tip),
        Column("number", later("Order no."), Kind.NUMBER, lambda row: row.number, sort="number", width=154),
        Column("buyer", later("Buyer"), Kind.TEXT, lambda row: row.buyer_nick, sort="buyer_nick", width=94),
        *(recipient if tab != ALL else ()),
        Column("region", later("Region"), Kind.SOFT, lambda row: region(row.province, row.city), sort="province", width=104),
        Column("goods", later("Goods"), Kind.GOODS, goods_cell, sort="goods_summary", width=0, tip=goods_tip),
        Column("quantity", later("Qty"), Kind.QUANTITY, lambda row: row.quantity, sort="quantity", width=44),
        Column(
            "paid", later("Owed") if tab == "awaiting_payment" else later("Paid"), Kind.MONEY, _money(tab), sort=_money_sort(tab), width=92
        ),
        *(status if tab == ALL else ()),
        *(printed if tab != ALL else ()),
        last,
    )


def _money(tab: str) -> Callable[[Any], Any]:
    """What an unpaid order still owes; else what was paid."""
    if tab == "awaiting_payment":
        return lambda row: row.payable
    return lambda row: row.paid or (None if row.status == "awaiting_payment" else row.paid)


def _money_sort(tab: str) -> str:
    return "payable" if tab == "awaiting_payment" else "paid"


def usual_sort(tab: str) -> Sort:
    """What a tab begins with: the nearest deadline, else the latest first. Only orders that an index gives, whatever the number of orders."""
    if tab == "awaiting_shipment":
        return Sort("ship_by")
    return Sort("shipped_at", True) if tab == "shipped" else Sort("created_at", True)


def search_of(tab: str, words: str) -> str:
    """The search behind a tab and what stands in the box, each part whole."""
    if tab == ALL:
        return words
    return f"status:{tab} ({words})" if words.strip() else f"status:{tab}"


class OrderSource:
    """Ids and rows of the table. The box is understood on its own first, so that an error names the place that the person sees."""

    def __init__(self) -> None:
        self.tab = "awaiting_shipment"

    def ids(self, search: str, sort: Sort, limit: int | None) -> Callable[[Desk], Any]:
        tab = self.tab

        def find(desk: Desk) -> Any:
            from services.queries.order_rows import FirstOrders, OrderIds
            from services.search.parser import parse

            if search:
                parse(search)
            whole = search_of(tab, search)
            order = ("-" if sort.descending else "") + sort.key
            return desk.read(OrderIds(whole, order) if limit is None else FirstOrders(whole, order, limit))

        return find

    def rows(self, ids: Sequence[int]) -> Callable[[Desk], Any]:
        def read(desk: Desk) -> Any:
            from services.queries.order_rows import OrderRows

            return desk.read(OrderRows(tuple(ids)))

        return read
