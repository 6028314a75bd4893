"""Orders that no platform knows of: from a chat, the telephone, a market stall (domain.md, orders and money of an order).

New ones live in the channel `manual`; orders of any channel of that platform are treated alike. Until they are paid everything about them may be changed; then only what EditOrders
allows. What buyers pay is booked here in the journal; statuses go through services.commands.moves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from services.amending import read_base
from services.clock import MS_AN_HOUR, day_of
from services.commands.caches import refresh_orders
from services.commands.manual_draft import METHODS, MOST_FEN, OrderDraft, check
from services.commands.moves import born, move_orders
from services.commands.parcels import Shipment, ShipOrders
from services.db.reading import id_list
from services.db.schema import Channel, Customer, Discount, Listing, MoneyEntry, Order, OrderLine
from services.db.uow import UnitOfWork
from services.domain.address_block import read_phone
from services.domain.addresses import is_masked, official_province
from services.domain.carriers import HAND
from services.domain.order_states import CLOSE_REASONS, Status
from services.domain.pricing import Totals
from services.errors import BadInput, NotFound, Refused
from services.manual_numbers import CHANNEL, next_number
from services.meanwhile import orders_must_stand
from services.money import share_out, write_amount
from services.settings import settings_of

MOST_OF_A_NOTE = 200

_ORDER = """
SELECT o.id, o.number, o.status, c.platform, coalesce(o.paid, 0), o.payable, coalesce(o.freight, 0), o.customer_id, o.refunded, o.channel_id
FROM orders o JOIN channel c ON c.id = o.channel_id WHERE o.id = ?
"""
_LINES = "SELECT id, listing_id, sku_id, quantity, price, coalesce(payable, price * quantity) FROM order_line WHERE order_id = ? ORDER BY position"
_KEPT = (
    "buyer_nick", "recipient", "phone", "phone_ext", "tel", "province", "city", "district", "address", "postcode", "seller_memo",
    "buyer_message", "tags", "goods_amount", "discount", "freight", "payable",
)  # fmt: skip
DRAWN = frozenset({*_KEPT, "goods_less_discount", "status"})
"""Columns of the order that a draft is about."""


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that the buyer gave, fen, and how (services.commands.manual_draft.METHODS)."""

    amount: int
    method: str = "wechat"


@dataclass(frozen=True, slots=True)
class MadeOrder:
    """`again`: this very draft had been made before, and nothing was done twice."""

    order_id: int
    number: str
    again: bool = False


@dataclass(frozen=True, slots=True)
class CreateOrder:
    """Make an order by hand, unpaid or paid. Its number is `M20261122-001`: the local day and the count of that day.

    `number` is the one that the draft was shown with: where it is taken by an equal order, this is the same click again and
    that order is returned; else the next free one is given. `like` is a buyer of any channel whom the new buyer's tier is taken
    from. `handed_over`: the buyer has the goods already; asks for full payment, and refuses where stock does not allow it.

    Raises BadInput with the fact `field` for what is wrong with the draft, Refused("handover_unpaid"), ("handover_short").
    """

    draft: OrderDraft
    payment: Payment | None = None
    handed_over: bool = False
    number: str = ""
    like: int | None = None

    def apply(self, uow: UnitOfWork) -> MadeOrder:
        check(self.draft)
        totals = self.draft.totals
        if self.payment is not None:
            _check_payment(self.payment, least=0)
        if self.handed_over and (self.payment is None or self.payment.amount < totals.payable):
            raise Refused("handover_unpaid", payable=write_amount(totals.payable))
        channel_id = _channel(uow)
        fields = _fields(self.draft, totals)
        goods = _goods(uow, channel_id, self.draft)
        if (made := _same_order(uow, channel_id, self.number, fields, goods)) is not None:
            return MadeOrder(made, self.number, again=True)
        number = next_number(uow)
        row = {
            "channel_id": channel_id,
            "number": number,
            "customer_id": _buyer(uow, channel_id, fields["buyer_nick"], self.like),
            **fields,
            "paid": 0,
            "created_at": uow.now,
            "created_day": day_of(uow.now, uow.shop.zone),
        }
        (order_id,) = uow.append(Order, [born(row, Status.AWAITING_PAYMENT)])
        uow.append(OrderLine, _line_rows(order_id, number, goods, totals.shares))
        _set_discount(uow, order_id, totals.discount)
        refresh_orders(uow, [order_id])
        if self.payment is not None:
            _book(uow, order_id, self.payment, f"made:{order_id}")
        if self.handed_over:
            _hand_over(uow, order_id)
        return MadeOrder(order_id, number)


@dataclass(frozen=True, slots=True)
class EditManualOrder:
    """Change anything of an order made by hand that waits for its payment; `version` (the moment at which it was seen) refuses
    an edit of what changed since, all of the draft.

    Returns whether anything changed. Goods and amounts are changed here by whoever may approve; others ask for it
    (services.commands.approvals): Refused("manual_needs_approval"). Raises Refused("manual_order_paid") once money came, ("not_manual"), ("order_in_case"),
    Conflict("order_changed"), BadInput as CreateOrder does.
    """

    order_id: int
    draft: OrderDraft
    version: int | None = None

    def apply(self, uow: UnitOfWork) -> bool:
        _id, number, status, platform, paid, _payable, _freight, customer_id, _refunded, channel_id = _order(uow, self.order_id)
        if platform != CHANNEL:
            raise Refused("not_manual", number=number)
        if status != Status.AWAITING_PAYMENT or paid:
            raise Refused("manual_order_paid", number=number)
        if self.version is not None:
            orders_must_stand(uow, {self.order_id: self.version}, DRAWN, ("order_line", "discount"))
        check(self.draft)
        if uow.sql("SELECT 1 FROM after_sale WHERE order_id = ? LIMIT 1", (self.order_id,)):
            raise Refused("order_in_case", number=number)
        if not uow.viewer.may("approve") and _costs_otherwise(uow, self.order_id, self.draft):
            raise Refused("manual_needs_approval", number=number)
        totals = self.draft.totals
        fields = _fields(self.draft, totals)
        (nick,) = uow.sql("SELECT buyer_nick FROM orders WHERE id = ?", (self.order_id,))[0]
        if nick != fields["buyer_nick"]:
            customer_id = _buyer(uow, channel_id, fields["buyer_nick"], None)
        changed = uow.change(Order, {self.order_id: {**fields, "customer_id": customer_id}})
        changed += _replace_lines(uow, self.order_id, number, _goods(uow, channel_id, self.draft), totals.shares)
        changed += _set_discount(uow, self.order_id, totals.discount)
        refresh_orders(uow, [self.order_id])
        return changed > 0


@dataclass(frozen=True, slots=True)
class PaymentResult:
    """`left`: what the buyer still owes, fen; 0 means that the order now waits to be shipped."""

    order_id: int
    paid: int
    left: int


@dataclass(frozen=True, slots=True)
class RecordPayment:
    """Book what the buyer paid for an order made by hand. Part of it is a deposit: the order waits on for the rest.

    With the whole paid it waits to be shipped, and its goods are set aside. More than owed is taken as it is. `key` makes a
    repeated request the same payment.

    Raises Refused("payment_not_awaited"), ("not_manual"), BadInput("payment_wrong"), ("payment_method_unknown").
    """

    order_id: int
    payment: Payment
    key: str = ""

    def apply(self, uow: UnitOfWork) -> PaymentResult:
        _id, number, status, platform, paid, payable, _freight, _customer, refunded, _channel_id = _order(uow, self.order_id)
        key = f"paid:{self.order_id}:{self.key or uuid4().hex}"
        left = max(0, (payable or 0) - paid + refunded)
        if uow.sql("SELECT 1 FROM money_entry WHERE key = ?", (key,)):
            return PaymentResult(self.order_id, paid, left)
        if platform != CHANNEL:
            raise Refused("not_manual", number=number)
        if status != Status.AWAITING_PAYMENT:
            raise Refused("payment_not_awaited", number=number, source=status)
        _check_payment(self.payment, least=1 if left else 0)
        _book(uow, self.order_id, self.payment, key)
        return PaymentResult(self.order_id, paid + self.payment.amount, max(0, left - self.payment.amount))


@dataclass(frozen=True, slots=True)
class CloseOrder:
    """Close orders that wait for payment or shipment; what was set aside for them is free again. All of them or none.

    `reason` is one of services.domain.order_states.CLOSE_REASONS, `note` says more (asked for with `other`). Returns how many.

    Raises Refused("close_paid_first") where the shop still holds the buyer's money, ("close_part_shipped"),
    ("close_too_late"), BadInput("close_reason_unknown"), ("close_note_needed"), NotFound.
    """

    order_ids: tuple[int, ...]
    reason: str
    note: str = ""

    def apply(self, uow: UnitOfWork) -> int:
        note = " ".join(self.note.split())
        if self.reason not in CLOSE_REASONS:
            raise BadInput("close_reason_unknown", field="reason", reason=self.reason, known=", ".join(CLOSE_REASONS))
        if self.reason == "other" and not note:
            raise BadInput("close_note_needed", field="note")
        if len(note) > MOST_OF_A_NOTE:
            raise BadInput("draft_too_long", field="note", most=MOST_OF_A_NOTE)
        ids = id_list(self.order_ids)
        rows = list(uow.each("SELECT id, number, status, coalesce(paid, 0) - refunded, part_shipped FROM orders WHERE id IN ({ids})", ids))
        if len(rows) != len(ids) or not ids:
            raise NotFound("order_not_found", number="?")
        for _id, number, status, held, part_shipped in rows:
            if status not in {Status.AWAITING_PAYMENT, Status.AWAITING_SHIPMENT}:
                raise Refused("close_too_late", number=number, source=status)
            if held > 0:
                raise Refused("close_paid_first", number=number, held=write_amount(held))
            if part_shipped:
                raise Refused("close_part_shipped", number=number)
        move_orders(uow, ids, Status.CLOSED, values={"close_reason": self.reason, "close_note": note})
        return len(ids)


def _costs_otherwise(uow: UnitOfWork, order_id: int, draft: OrderDraft) -> bool:
    """Whether the draft has other goods, prices, discount or freight than the order."""
    now = read_base(uow, order_id).state
    goods = [(line.sku_id, line.quantity, line.price) for line in now.lines]
    typed = [(line.sku_id, line.quantity, line.price) for line in draft.lines]
    return goods != typed or (now.discount, now.freight) != (draft.discount, draft.freight)


def _channel(uow: UnitOfWork) -> int:
    rows = uow.sql("SELECT id FROM channel WHERE code = ?", (CHANNEL,))
    if rows:
        return int(rows[0][0])
    return uow.append(Channel, [{"code": CHANNEL, "platform": CHANNEL, "shop_name": ""}])[0]


def _order(uow: UnitOfWork, order_id: int) -> tuple[Any, ...]:
    rows = uow.sql(_ORDER, (order_id,))
    if not rows:
        raise NotFound("order_not_found", number="?")
    return rows[0]


def _fields(draft: OrderDraft, totals: Totals) -> dict[str, Any]:
    """The columns of the order that the draft says: words in one line, the phone taken apart, what it comes to."""
    phone, ext, tel = (read_phone(draft.phone) or ("", "", "")) if draft.phone.strip() else ("", "", "")
    plain = {
        name: " ".join(getattr(draft, name).split())
        for name in ("buyer_nick", "recipient", "province", "city", "district", "address", "postcode", "tags")
    }
    long = {name: getattr(draft, name).replace("\r\n", "\n").replace("\r", "\n").strip() for name in ("seller_memo", "buyer_message")}
    plain["province"] = official_province(plain["province"])
    return {
        **plain,
        **long,
        "phone": phone,
        "phone_ext": ext,
        "tel": tel,
        "phone_tail": (phone or tel.split("-")[-1])[-4:],
        "masked": any(is_masked(text) for text in (plain["recipient"], phone, tel, plain["address"])),
        "goods_amount": totals.goods,
        "discount": totals.discount,
        "goods_less_discount": totals.goods - totals.discount,
        "freight": totals.freight,
        "payable": totals.payable,
    }


@dataclass(frozen=True, slots=True)
class _Goods:
    listing_id: int
    sku_id: int | None
    quantity: int
    price: int


def _goods(uow: UnitOfWork, channel_id: int, draft: OrderDraft) -> list[_Goods]:
    """Each line with the listing that stands for its words; new words get a listing of their own."""
    ids = id_list(line.sku_id for line in draft.lines if line.sku_id is not None)
    skus = {row[0]: row[1:] for row in uow.each("SELECT id, code, properties, title, item_id FROM sku WHERE id IN ({ids})", ids)}
    found = []
    for place, line in enumerate(draft.lines):
        if line.sku_id is not None and line.sku_id not in skus:
            raise BadInput("line_sku_gone", field=f"lines.{place}.title", line=place + 1)
        code, properties, title, item_id = skus[line.sku_id] if line.sku_id is not None else ("", "", " ".join(line.title.split()), "")
        words = (channel_id, item_id, code, properties, title)
        rows = uow.sql(
            "SELECT id, sku_id FROM listing WHERE channel_id = ? AND item_id = ? AND code = ? AND properties = ? AND title = ?", words
        )
        if rows:
            listing_id, matched = rows[0]
            # The same free words were matched since: they mean those goods.
            sku_id = line.sku_id if line.sku_id is not None else matched
            if matched is None and sku_id is not None:
                uow.change(Listing, {listing_id: {"sku_id": sku_id, "matched_by": "code"}})
        else:
            sku_id = line.sku_id
            row = dict(zip(("channel_id", "item_id", "code", "properties", "title"), words, strict=True))
            (listing_id,) = uow.append(Listing, [row | {"sku_id": sku_id, "matched_by": "code" if sku_id is not None else ""}])
        found.append(_Goods(listing_id, sku_id, line.quantity, line.price))
    return found


def _line_rows(order_id: int, number: str, goods: Sequence[_Goods], shares: Sequence[int], first: int = 0) -> list[dict[str, Any]]:
    return [
        {
            "order_id": order_id,
            "position": first + place,
            "number": f"{number}-{first + place + 1}",
            "listing_id": line.listing_id,
            "sku_id": line.sku_id,
            "quantity": line.quantity,
            "price": line.price,
            "payable": share,
            "paid": 0,
        }
        for place, (line, share) in enumerate(zip(goods, shares, strict=True))
    ]


def _replace_lines(uow: UnitOfWork, order_id: int, number: str, goods: Sequence[_Goods], shares: Sequence[int]) -> int:
    """Give the order these lines: place by place what changed, the rest added or taken off."""
    there = [row[0] for row in uow.sql(_LINES, (order_id,))]
    rows = _line_rows(order_id, number, goods, shares)
    kept = min(len(there), len(rows))
    names = ("listing_id", "sku_id", "quantity", "price", "payable")
    changed = uow.change(OrderLine, {there[place]: {name: rows[place][name] for name in names} for place in range(kept)})
    if there[kept:]:
        uow.remove(OrderLine, there[kept:])
    uow.append(OrderLine, rows[kept:])
    return changed + abs(len(there) - len(rows))


def _set_discount(uow: UnitOfWork, order_id: int, amount: int) -> int:
    rows = uow.sql("SELECT id, amount FROM discount WHERE order_id = ? AND line_id IS NULL AND payer = 'shop'", (order_id,))
    if rows and amount:
        return uow.change(Discount, {rows[0][0]: {"amount": amount}})
    if rows:
        uow.remove(Discount, [rows[0][0]])
        return 1
    if amount:
        uow.append(Discount, [{"order_id": order_id, "line_id": None, "payer": "shop", "amount": amount, "name": ""}])
        return 1
    return 0


def _buyer(uow: UnitOfWork, channel_id: int, nick: str, like: int | None) -> int | None:
    """The buyer of that nick; a new one gets the tier of the one he was picked from. Without a nick nobody is known."""
    if not nick:
        return None
    masked = is_masked(nick)
    rows = [] if masked else uow.sql("SELECT id FROM customer WHERE channel_id = ? AND masked = 0 AND nick = ?", (channel_id, nick))
    if rows:
        return int(rows[0][0])
    tiers = uow.sql("SELECT tier FROM customer WHERE id = ?", (like,)) if like is not None else []
    tier = tiers[0][0] if tiers else ""
    return uow.append(Customer, [{"channel_id": channel_id, "nick": nick, "masked": masked, "tier": tier, "first_seen_at": uow.now}])[0]


def _same_order(uow: UnitOfWork, channel_id: int, number: str, fields: Mapping[str, Any], goods: Sequence[_Goods]) -> int | None:
    """The order that this draft has become already, if it has."""
    if not number:
        return None
    names = ", ".join(_KEPT)
    rows = uow.sql(f"SELECT id, {names} FROM orders WHERE channel_id = ? AND number = ?", (channel_id, number))  # noqa: S608 (constants)
    if not rows or dict(zip(_KEPT, rows[0][1:], strict=True)) != {name: fields[name] for name in _KEPT}:
        return None
    lines = [(row[1], row[3], row[4]) for row in uow.sql(_LINES, (rows[0][0],))]
    return int(rows[0][0]) if lines == [(line.listing_id, line.quantity, line.price) for line in goods] else None


def _check_payment(payment: Payment, *, least: int) -> None:
    if payment.method not in METHODS:
        raise BadInput("payment_method_unknown", field="method", method=payment.method, known=", ".join(METHODS))
    if not least <= payment.amount <= MOST_FEN:
        raise BadInput("payment_wrong", field="payment", amount=write_amount(payment.amount))


def _book(uow: UnitOfWork, order_id: int, payment: Payment, key: str) -> None:
    """Put a payment into the journal and its share on each line; with the whole paid the order goes on."""
    _id, _number, _status, _platform, paid, payable, freight, _customer, refunded, _channel_id = _order(uow, order_id)
    if payment.amount:
        entry = {"order_id": order_id, "kind": "payment", "amount": payment.amount, "at": uow.now, "source": payment.method, "key": key}
        uow.append(MoneyEntry, [entry])
    paid += payment.amount
    uow.change(Order, {order_id: {"paid": paid}})
    lines = uow.sql(_LINES, (order_id,))
    shares = share_out(max(0, paid - freight), [row[5] for row in lines])
    uow.change(OrderLine, {row[0]: {"paid": share} for row, share in zip(lines, shares, strict=True)})
    if paid - refunded >= (payable or 0):
        ship_by = uow.now + int(settings_of(uow)["promise_hours"]) * MS_AN_HOUR
        move_orders(uow, [order_id], Status.AWAITING_SHIPMENT, values={"ship_by": ship_by})


def _hand_over(uow: UnitOfWork, order_id: int) -> None:
    short = uow.sql(
        "SELECT g.title, l.quantity, l.reserved FROM order_line l JOIN listing g ON g.id = l.listing_id WHERE l.order_id = ? AND l.shortage > 0",
        (order_id,),
    )
    if short:
        title, wanted, there = short[0]
        raise Refused("handover_short", goods=title, wanted=wanted, available=there)
    refused = ShipOrders((Shipment(order_id, HAND),)).apply(uow).refused
    if refused:
        raise Refused("handover_blocked", blocker=refused[order_id][0])
