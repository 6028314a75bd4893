"""The orders table as data: its columns, what each tab shows and sorts by, and where the rows come from."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from desktop import formats
from desktop.i18n import language, later, tr
from desktop.models.column import Column, Due, Goods, Kind, Pill, Sign, Status
from desktop.models.paged_table import Sort
from desktop.tag_colours import tag_colours
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
    """A tag on the ground of its colour."""
    return Pill(words, tag_colours().tone(words))


def goods_cell(row: OrderRow) -> Goods:
    """The first goods, how many more kinds, and what differs from normal: tags, then a message of the buyer."""
    pills = [tag_pill(words) for words in row.tags[:MOST_PILLS]]
    if row.stale_print:
        pills.insert(0, Pill(tr("Print again"), "warn"))
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
        return Due(term("blocker_short", code, language()), blocker_tone(code), pill=True, sign="alert")
    if row.ship_by is None:
        return Due(formats.DASH)
    left = row.ship_by - now
    if left < 0:
        # Minutes stop to matter once it is late.
        return Due(tr("{time} late", time=short_span(-left)), "bad", pill=True)
    tone = left_tone(left)
    return Due(formats.span(left), tone, pill=tone == "bad")


def blocker_tone(code: str) -> str:
    return "bad" if code == "shortage" else "warn"


def row_tone(row: OrderRow) -> str:
    """The ground of a row: one that waits past its deadline, or one that something keeps from leaving."""
    if row.status != "awaiting_shipment":
        return ""
    return "late" if row.late else "blocked" if row.blockers else ""


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
    if row.stale_print:
        return tr("Changed after it was printed: print again")
    return tr("Slip printed {slips} times, label {labels} times", slips=row.slip_copies, labels=row.label_copies)


def goods_text(row: OrderRow) -> str:
    """The goods for a spreadsheet: without what else stands in the cell."""
    return row.goods_summary + (f" +{row.goods_kinds - 1}" if row.goods_kinds > 1 else "")


def channel_word(row: OrderRow) -> str:
    """The platform's name; a channel of one's own is called as its code."""
    return term("channel", row.channel, language())


def carriers_text(row: OrderRow) -> str:
    """Names of the carriers of its parcels."""
    codes = row.more.get("carriers") or ""
    if not codes:
        return ""
    from services.queries.ship_rows import carrier_names

    names = dict(carrier_names(language()))
    return ("、" if language() == "zh" else ", ").join(names.get(code, code) for code in codes.split(","))


def actor_word(actor: str) -> str:
    return term("actor", actor, language()) if actor else ""


def checked_sign(row: OrderRow) -> Sign | None:
    return None if row.checked_at is None else Sign("seal", "ok", tr("Checked"))


def checked_tip(row: OrderRow, zone: str) -> str:
    if row.checked_at is None:
        return tr("Not checked yet")
    return tr("Checked {time}", time=formats.full_time(row.checked_at, zone))


def blocker_sign(row: OrderRow) -> Sign | None:
    """What keeps an order from leaving, as an icon with the words."""
    words = _blocker_words(row)
    return Sign("alert", blocker_tone(row.blockers[0]), ("、" if language() == "zh" else ", ").join(words)) if words else None


def _blocker_words(row: OrderRow) -> list[str]:
    return [term("blocker", code, language()) for code in row.blockers] if row.status == "awaiting_shipment" else []


def blockers_tip(row: OrderRow) -> str:
    """Each blocker with the remedy that lifts it, a line each."""
    said = language()
    if row.status != "awaiting_shipment":
        return ""
    colon = "：" if said == "zh" else ": "
    return "\n".join(term("blocker", code, said) + colon + term("blocker_remedy", code, said) for code in row.blockers)


def due_tip(row: OrderRow, zone: str) -> str:
    """The blockers with their remedies, and the deadline."""
    lines = []
    if row.status == "awaiting_shipment":
        lines = blockers_tip(row).splitlines()
        if row.ship_by is not None:
            lines.append(tr("Ship by {time}", time=formats.full_time(row.ship_by, zone)))
    return "\n".join(lines)


def when_column(key: str, title: str, moment: Moment, width: int, shown: bool = True, group: str = "") -> Column:
    """A moment of the row (ms, in the field `key`), short in the cell and in full in the tip and for a spreadsheet."""
    return Column(
        key,
        title,
        Kind.DUE,
        lambda row: Due(formats.day_time(getattr(row, key), moment.now(), moment.zone())),
        sort=key,
        width=width,
        tip=lambda row: formats.full_time(getattr(row, key), moment.zone()),
        shown=shown,
        group=group,
        copy=lambda row: "" if getattr(row, key) is None else formats.full_time(getattr(row, key), moment.zone()),
    )


ORDER, PERSON, GOODS, MONEY, TIMES, PARCEL = (
    later("Order"),
    later("Buyer and address"),
    later("Goods"),
    later("Money"),
    later("Times"),
    later("Parcel"),
)
"""The headings under which columns are chosen."""
TIME_OF = {"awaiting_payment": "created_at", "shipped": "shipped_at", "completed": "completed_at", "closed": "closed_at"}
"""The moment that matters on a tab, in its last column; on the others it is the time left."""


def order_columns(tab: str, moment: Moment) -> tuple[Column, ...]:
    """Every column that an order has, in the usual order; `shown` are those of the tab. A tab of one status has no column for it."""
    wide = 60 if language() == "zh" else 72
    every, when = tab == ALL, TIME_OF.get(tab, "due")
    status = Column("status", later("Status"), Kind.STATUS, lambda row: status_of(row.status), sort="status", width=96, group=ORDER)
    name = Column("recipient", later("Recipient"), Kind.SOFT, lambda row: row.recipient, sort="recipient", width=wide, group=PERSON)
    printed = Column(
        "printed",
        later("Printed"),
        Kind.PRINTED,
        lambda row: row.slip_copies > 0,
        sort="slip_copies",
        width=28,
        tip=printed_tip,
        group=PARCEL,
    )
    return (
        Column("check", "", Kind.CHECK, width=36),
        _FLAG,
        Column("number", later("Order no."), Kind.NUMBER, lambda row: row.number, sort="number", width=154, group=ORDER),
        Column("channel", later("Channel"), Kind.SOFT, channel_word, sort="channel_id", width=72, shown=False, group=ORDER),
        Column("buyer", later("Buyer"), Kind.TEXT, lambda row: row.buyer_nick, sort="buyer_nick", width=94, group=PERSON),
        Column("tier", later("Tier"), Kind.SOFT, _worded("tier", "tier"), width=64, shown=False, group=PERSON),
        # On All the status takes the place of the ones that matter least when looking for an order.
        replace(name, shown=not every),
        _more("phone", later("Phone"), PERSON, 104, sort="phone"),
        Column("region", later("Region"), Kind.SOFT, lambda row: region(row.province, row.city), sort="province", width=104, group=PERSON),
        _more("district", later("District"), PERSON, 72, sort="district"),
        _more("address", later("Address"), PERSON, 180, sort="address"),
        Column("goods", later("Goods"), Kind.GOODS, goods_cell, sort="goods_summary", width=0, tip=goods_tip, group=GOODS, copy=goods_text),
        _more("codes", later("SKU codes"), GOODS, 120, Kind.CODE),
        Column("quantity", later("Qty"), Kind.QUANTITY, lambda row: row.quantity, sort="quantity", width=44, group=GOODS),
        *_NOTES,
        *_money_columns(tab),
        *((status,) if tab not in STATUSES else ()),
        _BLOCKERS,
        replace(printed, shown=not every),
        Column(
            "checked",
            later("Checked"),
            Kind.SIGN,
            checked_sign,
            sort="checked_at",
            width=28,
            shown=tab == "awaiting_shipment",
            group=ORDER,
            icon="seal",
            tip=lambda row: checked_tip(row, moment.zone()),
            copy=lambda row: "" if row.checked_at is None else formats.full_time(row.checked_at, moment.zone()),
        ),
        Column(
            "checked_by",
            later("Checked by"),
            Kind.SOFT,
            lambda row: actor_word(row.more.get("checked_by") or ""),
            width=72,
            shown=False,
            group=ORDER,
        ),
        Column("carriers", later("Carrier"), Kind.SOFT, carriers_text, width=88, shown=False, group=PARCEL),
        _more("tracking", later("Tracking number"), PARCEL, 140),
        Column(
            "close_reason",
            later("Close reason"),
            Kind.SOFT,
            _worded("close_reason", "close_reason"),
            sort="close_reason",
            width=110,
            shown=False,
            group=ORDER,
        ),
        *(when_column(key, title, moment, 100, when == key, TIMES) for key, title in _TIMES),
        Column(
            "due",
            later("Time left"),
            Kind.DUE,
            lambda row: due_cell(row, moment.now()),
            sort="ship_by",
            width=100 if language() == "zh" else 112,
            tip=lambda row: due_tip(row, moment.zone()),
            shown=when == "due",
            group=TIMES,
        ),
    )


_FLAG = Column(
    "flag",
    later("Flag"),
    Kind.FLAG,
    lambda row: min(row.flag, 5),
    sort="flag",
    width=26,
    tip=flag_tip,
    group=ORDER,
    copy=lambda row: term("flag", str(row.flag), language()),
    acts=True,
)
_BLOCKERS = Column(
    "blockers",
    later("Blockers"),
    Kind.SIGN,
    blocker_sign,
    width=30,
    tip=blockers_tip,
    shown=False,
    group=ORDER,
    icon="alert",
    copy=lambda row: ", ".join(_blocker_words(row)),
)
_NOTES = (
    Column(
        "tags",
        later("Tags"),
        Kind.PILLS,
        lambda row: tuple(tag_pill(one) for one in row.tags),
        sort="tags",
        width=110,
        shown=False,
        group=ORDER,
        copy=lambda row: ", ".join(row.tags),
        edits=True,
    ),
    Column(
        "memo",
        later("Seller memo"),
        Kind.TEXT,
        lambda row: " ".join(row.seller_memo.split()),
        sort="seller_memo",
        width=180,
        tip=lambda row: row.seller_memo,
        shown=False,
        group=ORDER,
        edits=True,
    ),
    Column(
        "message",
        later("Buyer message"),
        Kind.SOFT,
        lambda row: " ".join(row.buyer_message.split()),
        sort="buyer_message",
        width=160,
        tip=lambda row: row.buyer_message,
        shown=False,
        group=ORDER,
    ),
)
_TIMES = (
    ("created_at", later("Ordered")),
    ("paid_at", later("Paid at")),
    ("ship_by", later("Ship by")),
    ("shipped_at", later("Shipped at")),
    ("completed_at", later("Completed at")),
    ("closed_at", later("Closed at")),
)


def _more(key: str, title: str, group: str, width: int, kind: Kind = Kind.SOFT, sort: str = "") -> Column:
    """Words that are read only while the column is shown."""
    return Column(key, title, kind, lambda row: row.more.get(key) or "", sort=sort, width=width, shown=False, group=group)


def _amount(key: str, title: str) -> Column:
    return Column(key, title, Kind.MONEY, lambda row: row.more.get(key), sort=key, width=84, shown=False, group=MONEY)


def _worded(key: str, terms: str) -> Callable[[Any], str]:
    return lambda row: term(terms, row.more[key], language()) if row.more.get(key) else ""


def _paid(row: OrderRow) -> int | None:
    return row.paid or (None if row.status == "awaiting_payment" else row.paid)


def _money_columns(tab: str) -> tuple[Column, ...]:
    """What an unpaid order still owes; else what was paid."""
    unpaid = tab == "awaiting_payment"
    owed = later("Owed") if unpaid else later("Payable")
    return (
        _amount("goods_amount", later("Goods amount")),
        _amount("discount", later("Discount")),
        _amount("freight", later("Freight")),
        Column("payable", owed, Kind.MONEY, lambda row: row.payable, sort="payable", width=88, shown=unpaid, group=MONEY),
        Column("paid", later("Paid"), Kind.MONEY, _paid, sort="paid", width=88, shown=not unpaid, group=MONEY),
        Column("refunded", later("Refunded"), Kind.MONEY, lambda row: row.refunded or None, "refunded", 84, None, False, MONEY),
    )


def wanted_of(columns: Sequence[Column]) -> tuple[str, ...]:
    """What must be read besides for these columns (services.queries.order_rows.MORE)."""
    return tuple(sorted(column.key for column in columns if column.key in _MORE))


_MORE = frozenset(
    (
        "phone",
        "district",
        "address",
        "goods_amount",
        "discount",
        "freight",
        "close_reason",
        "checked_by",
        "tier",
        "codes",
        "carriers",
        "tracking",
    )
)


def usual_sort(tab: str) -> Sort:
    """What a tab begins with: the nearest deadline, else the latest first. Only orders that an index gives, whatever the number of orders."""
    if tab == "awaiting_shipment":
        return Sort("ship_by")
    return Sort("shipped_at", True) if tab == "shipped" else Sort("created_at", True)


def search_of(tab: str, words: str) -> str:
    """The search behind a tab and what stands in the box, each part whole."""
    if tab == ALL:
        return words
    words = words.strip()
    if len(words) == 1 and not words.isalnum():  # alone a sign is what is looked for, beside the tab it would be grammar
        from services.search.syntax import Word
        from services.search.writer import write

        words = write(Word(words))
    return f"status:{tab} ({words})" if words else f"status:{tab}"


class OrderSource:
    """Ids and rows of the table. The box is understood on its own first, so that an error names the place that the person sees."""

    def __init__(self) -> None:
        self.tab = "awaiting_shipment"
        self.more: tuple[str, ...] = ()
        """What the columns shown need besides (wanted_of)."""

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
        more = self.more

        def read(desk: Desk) -> Any:
            from services.queries.order_rows import OrderRows

            return desk.read(OrderRows(tuple(ids), more))

        return read
