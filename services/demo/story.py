"""The two years of the demo shop, told in the order of time: who bought what when, and how far each order came.

Three parts: a history in which all is sent, and the last two days, in which everything that a merchant may meet is
on the table at once. Everything is drawn from one seeded die, so the same seed and moment tell the same story.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import date
from heapq import merge
from random import Random

from services.clock import MS_A_DAY, MS_A_MINUTE, MS_AN_HOUR, day_of, day_start
from services.demo.baskets import Baskets
from services.demo.goods import TAOBAO, WECHAT, Ware, wares
from services.demo.orders import DemoCase, DemoCaseLine, DemoLine, DemoOrder
from services.demo.people import Buyer, long_address, masked_address, masked_name, masked_phone, new_buyer
from services.demo.rhythm import DAYS, moments
from services.demo.warehouse import Warehouse

TAIL = 54 * MS_AN_HOUR
PROMISE = 48 * MS_AN_HOUR
LATE, SOON = 3, 9
REMEMBERED = 20_000
"""Buyers who may come again: whoever did not for that long never does, and a big shop fits into the memory."""

# What the waiting orders must show, the newest of them first.
_NEWEST = ("short_1", "short_0", "part", "short_1", "short_0")
_OTHERS = (
    "case", "unmatched", "unknown", "no_address", "long_both", "virtual", "case", "presale", "unmatched", "masked", "no_phone",
    "long_both", "unknown", "case", "presale", "unmatched", "long_address", "virtual", "masked_whole", "presale", "long_title", "presale",
    "lost_phone", "short_phone", "lost_phone",
)  # fmt: skip

UNMATCHED: tuple[tuple[str, str, int], ...] = (
    ("【新品】冬日暖茶 桂圆红枣枸杞茶 独立小包", "XP-GY-012", 3990),
    ("福袋 随机茶样十泡 限量", "", 2900),
    ("柿柿如意 陶瓷茶叶罐 密封防潮", "CG-SS-01X", 5900),
    ("旧款 玻璃花茶壶 带滤网", "", 4500),
)
"""Goods that the platform sells and no SKU stands for: title, merchant code, price."""

_CLOSE_BEFORE = ("buyer_changed_mind", "buyer_changed_mind", "out_of_stock", "wrong_details", "duplicate")
_REASONS = (
    ("buyer_choice", "七天无理由退货"),
    ("buyer_choice", "多拍/拍错/不想要"),
    ("quality", "商品破损"),
    ("quality", "质量问题"),
    ("wrong_or_missing", "少件/漏发"),
    ("wrong_or_missing", "卖家发错货"),
    ("carrier", "快递一直未送到"),
)


class Story:
    """Tells `orders` orders up to `now` (ms). `block` hands out finished orders in the order of their ids."""

    def __init__(self, orders: int, seed: int, now: int, zone: str) -> None:
        self.now = now // 1000 * 1000
        self.zone = zone
        self.first = day_start(day_of(now, zone) - DAYS, zone) + 9 * MS_AN_HOUR
        self.random = Random(f"{seed}:{orders}")
        self.wares: list[Ware] = wares()
        self.customers = 0
        self.fresh: list[Buyer] = []
        self._known: deque[Buyer] = deque(maxlen=REMEMBERED)
        self.pending: deque[DemoOrder] = deque()
        self.warehouse = Warehouse(self.random, self.wares, orders, self.first, self.now)
        self.baskets = Baskets(self.random, self.wares)
        self._total = orders
        self._count = 0
        self._wechat = 0
        self._waiting: list[DemoOrder] = []
        self._give_listings()
        self._open_cases = 0
        self._plot = self._tell()

    def _give_listings(self) -> None:
        number = 0
        for ware in self.wares:
            number += 1
            ware.listings[TAOBAO] = number
        for ware in self.wares:
            number += 1
            ware.listings[WECHAT] = number
        self.unmatched = [number + 1 + place for place in range(len(UNMATCHED))]

    # -- handing out -----------------------------------------------------------------------------------------------

    def block(self, size: int) -> bool:
        """Tell on for `size` orders more; False when the story has ended."""
        for _place in range(size):
            if next(self._plot, None) is None:
                self.warehouse.finish(self._waiting)
                for order in self.pending:
                    order.settled = True
                return False
        return True

    def settled(self) -> Iterator[DemoOrder]:
        """Orders that nothing more happens to, with none left out in between."""
        while self.pending and self.pending[0].settled:
            order = self.pending.popleft()
            order.flushed = True
            yield order

    # -- the plot --------------------------------------------------------------------------------------------------

    def _tell(self) -> Iterator[DemoOrder]:
        tail = self._tail()
        past = self._total - len(tail)
        for at in self._past(past):
            yield self._history(at)
        for at, kind, special in tail:
            yield self._recent(at, kind, special)

    def _past(self, count: int) -> Iterator[int]:
        """Moments before the last two days: the two years' rhythm, and in a small shop a busy last fortnight besides."""
        end = self.now - TAIL
        lately = min(count * 45 // 100, 250)
        start = end - 16 * MS_A_DAY
        return merge(
            moments(self.random, count - lately, self.first + 3 * MS_AN_HOUR, end, self.zone),
            moments(Random(self.random.random()), lately, start, end, self.zone),
        )

    def _tail(self) -> list[tuple[int, str, str]]:
        """(moment, kind, special) of the last two days, by time. Natural for a big shop, at least 140 orders for a small one."""
        natural = self._total * TAIL * 3 // (DAYS * MS_A_DAY * 2)
        size = min(max(140, natural), self._total * 45 // 100)
        paying, closed = size * 12 // 140, size * 6 // 140
        waiting = size * 80 // 140
        late, soon = waiting * LATE // 80, waiting * SOON // 80
        now, random = self.now, self.random
        found = [(now - PROMISE - random.randrange(15, 300) * MS_A_MINUTE, "waiting", "") for _ in range(late)]
        found += [(now - PROMISE + random.randrange(12, 178) * MS_A_MINUTE, "waiting", "") for _ in range(soon)]
        rest = list(moments(random, waiting - late - soon, now - 44 * MS_AN_HOUR, now - 12 * MS_A_MINUTE, self.zone))
        specials = dict(zip(reversed(range(len(rest))), _NEWEST, strict=False))
        places = [place for place in range(len(rest)) if place not in specials]
        step = max(1, len(places) // len(_OTHERS))
        specials |= dict(zip(places[::step], _OTHERS, strict=False))
        found += [(at, "waiting", specials.get(place, "")) for place, at in enumerate(rest)]
        found += [(at, "paying", "") for at in moments(random, paying, now - 20 * MS_AN_HOUR, now - 4 * MS_A_MINUTE, self.zone)]
        found += [(at, "closed", "") for at in moments(random, closed, now - TAIL, now - 8 * MS_AN_HOUR, self.zone)]
        sent = size - len(found)
        found += [(at, "sent", "") for at in moments(random, sent, now - TAIL, now - 5 * MS_AN_HOUR, self.zone)]
        return sorted(found)

    def _order(self, at: int, *, special: str = "") -> DemoOrder:
        self._count += 1
        random = self.random
        self.warehouse.until(at)
        channel = WECHAT if random.random() < 0.12 and not special else TAOBAO
        buyer = self._buyer(channel, at)
        day = day_of(at, self.zone)
        if channel == WECHAT:
            self._wechat += 1
            number = f"WX{date.fromordinal(day):%Y%m%d}{self._wechat:06d}"
        else:
            number = f"{302_000_000_000_000 + self._count * 6_449_217 + random.randrange(6_000_000):015d}{buyer.tail:04d}"
        order = DemoOrder(self._count, channel, number, buyer, at, day, recipient=buyer.recipient, phone=buyer.phone, address=buyer.address)
        if channel == TAOBAO and not special and random.random() < 0.4:
            self._mask(order)
        self.pending.append(order)
        return order

    def _buyer(self, channel: int, at: int) -> Buyer:
        """Four in ten orders come from somebody who bought before, rather lately than long ago."""
        if len(self._known) > 20 and self.random.random() < 0.42:
            back = int(self.random.paretovariate(0.6))
            buyer = self._known[-1 - back % len(self._known)]
            if buyer.channel == channel and not buyer.masked:
                return buyer
        return self._meet(new_buyer(self.random, self.customers + 1, channel, at))

    def _meet(self, buyer: Buyer) -> Buyer:
        self.customers += 1
        self.fresh.append(buyer)
        self._known.append(buyer)
        return buyer

    def _mask(self, order: DemoOrder, *, whole: bool = False) -> None:
        order.masked = True
        order.recipient = masked_name(order.recipient)
        order.phone = masked_phone(order.phone)
        order.address = masked_address(order.address)
        if whole or self.random.random() < 0.08:
            # A masked nick identifies nobody: the order hangs on a customer of its own.
            known = order.buyer
            order.buyer = self._meet(Buyer(
                self.customers + 1, known.channel, masked_name(known.nick[:3]), order.recipient, order.phone, known.province, known.city,
                known.district, order.address, known.postcode, masked=True, first_seen_at=order.created_at, tail=known.tail,
            ))  # fmt: skip

    def _pay(self, order: DemoOrder, at: int) -> None:
        order.paid_at = at
        order.paid = order.payable - order.platform_discount
        order.ship_by = at + PROMISE

    # -- the past --------------------------------------------------------------------------------------------------

    def _history(self, at: int) -> DemoOrder:
        order = self._order(at)
        random = self.random
        self.baskets.fill(order, special="virtual" if random.random() < 0.008 else "")
        self.baskets.words(order)
        dice = random.random()
        if dice < 0.05:
            self._close_unpaid(order)
        else:
            self._pay(order, at + int(min(random.expovariate(1 / 12), 700)) * MS_A_MINUTE + 20_000)
            if dice < 0.075:
                self._close_paid(order)
            else:
                self._send(order)
        self._on_platform(order)
        return order

    def _close_unpaid(self, order: DemoOrder) -> None:
        early = self.random.random() < 0.35
        order.status = "closed"
        order.close_reason = "buyer_changed_mind" if early else "unpaid_in_time"
        order.closed_at = min(order.created_at + (self.random.randrange(5, 600) * MS_A_MINUTE if early else MS_A_DAY), self.now)
        order.settled = True

    def _close_paid(self, order: DemoOrder) -> None:
        """Paid and called off before it was sent: all goes back, the freight too."""
        paid_at = order.paid_at or order.created_at
        asked = min(paid_at + self.random.randrange(20, 900) * MS_A_MINUTE, self.now - 2 * MS_A_MINUTE)
        ended = min(asked + self.random.randrange(10, 600) * MS_A_MINUTE, self.now - MS_A_MINUTE)
        parts = [DemoCaseLine(line, line.quantity, line.paid) for line in order.lines]
        for line in order.lines:
            line.cancelled = line.quantity
        self._refund(order, DemoCase("refund_only", "refunded", "多拍/拍错/不想要", "buyer_choice", asked, ended, parts, order.freight))
        order.status, order.closed_at, order.close_reason = "closed", ended, "refunded"
        order.close_note = self.random.choice(_CLOSE_BEFORE)
        order.settled = True

    def _refund(self, order: DemoOrder, case: DemoCase) -> None:
        order.cases.append(case)
        if case.state == "refunded":
            order.refunded += case.amount
            for part in case.lines:
                part.line.refunded += part.amount

    def _ship_moment(self, paid_at: int) -> int:
        """The afternoon of the same day for who pays early, else the next day."""
        random = self.random
        start = day_start(day_of(paid_at, self.zone), self.zone)
        if paid_at < start + 14 * MS_AN_HOUR and random.random() < 0.75:
            return start + random.randrange(15 * 3600 + 1800, 18 * 3600 + 2400) * 1000
        return start + MS_A_DAY + random.randrange(10 * 3600, 18 * 3600) * 1000

    def _send(self, order: DemoOrder, at: int | None = None) -> None:
        """The order leaves at that moment, and goes on from there."""
        random = self.random
        paid_at = order.paid_at or order.created_at
        virtual = order.lines[0].ware is not None and order.lines[0].ware.virtual
        if at is None:
            at = paid_at + 5 * MS_A_MINUTE if virtual else self._ship_moment(paid_at)
        at = min(at, self.now - 3 * MS_A_MINUTE)
        order.shipped_at, order.status = at, "shipped"
        if virtual:
            for line in order.lines:
                line.shipped, line.shipped_at = line.quantity, at
            order.settled = True
        elif len(order.lines) > 2 and random.random() < 0.2:
            self.baskets.pack(order, at, order.lines[:1])
            self.baskets.pack(order, at, order.lines[1:])
        else:
            self.baskets.pack(order, at, order.lines[:])
        if not virtual:
            self.warehouse.promise(order)
            self.warehouse.expect(at, order)
            if at > self.now - 60 * MS_A_DAY:
                order.slips = [at - 40 * MS_A_MINUTE]
                if random.random() < 0.03:
                    order.slips.append(at - 30 * MS_A_MINUTE)
                if not order.masked and random.random() < 0.3:
                    order.labels = [at - 38 * MS_A_MINUTE]
        done = at + random.randrange(3 * 24 * 60, 12 * 24 * 60) * MS_A_MINUTE
        if done < self.now:
            order.completed_at, order.status = done, "completed"
        if random.random() < 0.035 and not virtual:
            self._after_sale(order, at)
        elif self._open_cases < 6 and self.now - 9 * MS_A_DAY < at < self.now - 2 * MS_A_DAY and not virtual:
            self._open_cases += 1
            self._ask(order, ("requested", "agreed", "goods_back")[self._open_cases % 3], self.now - self._open_cases * 5 * MS_AN_HOUR)

    def _after_sale(self, order: DemoOrder, sent_at: int) -> None:
        random = self.random
        asked = sent_at + random.randrange(2 * 24 * 60, 9 * 24 * 60) * MS_A_MINUTE
        if asked > self.now:
            return
        ended = asked + random.randrange(60, 8 * 24 * 60) * MS_A_MINUTE
        if ended > self.now:
            if self._open_cases < 6 or self._total > 5000:
                self._open_cases += 1
                self._ask(order, random.choice(("requested", "agreed", "goods_back")), asked)
            return
        fault, reason = random.choice(_REASONS)
        line = random.choice(order.lines)
        dice = random.random()
        if dice < 0.12 or not line.paid:
            state = random.choice(("refused", "withdrawn"))
            case = DemoCase("refund_only", state, reason, fault, asked, ended, [DemoCaseLine(line, 0, line.paid // 3)])
        elif dice < 0.5:
            amount = max(1, line.paid * random.randrange(10, 45) // 1000 * 10)
            case = DemoCase("refund_only", "refunded", reason, fault, asked, ended, [DemoCaseLine(line, 0, min(amount, line.paid))])
        else:
            good = random.random() < 0.85
            part = DemoCaseLine(line, line.quantity, line.paid, line.quantity if good else 0, 0 if good else line.quantity)
            case = DemoCase("return_and_refund", "refunded", reason, fault, asked, ended, [part])
            if line.stocked:
                self.warehouse.expect(ended, order, case)
        self._refund(order, case)
        if order.refunded == order.paid and order.paid and (order.completed_at is None or order.completed_at > ended):
            order.completed_at = None
            order.status, order.closed_at, order.close_reason = "closed", ended, "refunded"

    def _ask(self, order: DemoOrder, state: str, at: int) -> None:
        """A case that still waits for the merchant."""
        line = order.lines[0]
        fault, reason = self.random.choice(_REASONS[2:])
        kind = "return_and_refund" if state != "requested" else "refund_only"
        units = line.quantity if kind == "return_and_refund" or not line.shipped else 0
        amount = line.paid if units else max(1, line.paid // 2)
        if amount:
            self._refund(order, DemoCase(kind, state, reason, fault, at, None, [DemoCaseLine(line, units, amount)]))

    def _on_platform(self, order: DemoOrder) -> None:
        """What the platform's last file said: everything, except what left this morning."""
        if order.channel != TAOBAO:
            return
        seen = self.now - 20 * MS_AN_HOUR
        order.platform_status = "awaiting_shipment" if order.status == "shipped" and (order.shipped_at or 0) > seen else order.status

    # -- the last two days -----------------------------------------------------------------------------------------

    def _recent(self, at: int, kind: str, special: str) -> DemoOrder:
        order = self._order(at, special=special)
        if special == "unmatched":
            place = self.random.randrange(len(UNMATCHED))
            title, _code, price = UNMATCHED[place]
            self.baskets.add(order, None, 1, self.unmatched[place], title, price)
        self.baskets.fill(order, special=special)
        self.baskets.words(order)
        if kind == "paying":
            order.status, order.settled = "awaiting_payment", True
        elif kind == "closed":
            self._close_unpaid(order)
        elif kind == "sent":
            self._pay(order, at + self.random.randrange(20, 240) * 1000)
            self._send(order, self._lately(order))
        else:
            self._wait(order, special)
        self._on_platform(order)
        return order

    def _lately(self, order: DemoOrder) -> int:
        """Yesterday afternoon or this morning."""
        earliest = (order.paid_at or order.created_at) + 30 * MS_A_MINUTE
        latest = self.now - 6 * MS_A_MINUTE
        today = day_start(day_of(self.now, self.zone), self.zone) + 9 * MS_AN_HOUR
        if latest > today > earliest and self.random.random() < 0.7:
            earliest = today
        return self.random.randrange(earliest, max(earliest + 1000, latest)) // 1000 * 1000

    def _wait(self, order: DemoOrder, special: str) -> None:
        random = self.random
        order.status = "awaiting_shipment"
        self._pay(order, order.created_at + random.randrange(20, 90) * 1000)
        self._waiting.append(order)
        if special == "presale":
            order.ship_by = (order.paid_at or 0) + random.choice((7, 10, 15)) * MS_A_DAY
            order.tags = "预售"
        elif special == "case":
            self._ask(order, "requested", self.now - random.randrange(20, 300) * MS_A_MINUTE)
        elif special == "no_address":
            order.address = ""
        elif special == "no_phone":
            order.phone = ""
        elif special == "lost_phone":
            order.recipient, order.phone = order.recipient + order.phone, ""
        elif special == "short_phone":
            order.phone = order.phone[:-1]
        elif special in {"long_both", "long_address"}:
            order.address = long_address(random)
        elif special in {"masked", "masked_whole"}:
            self._mask(order, whole=special == "masked_whole")
        elif special == "unknown":
            self.baskets.forget_lines(order)
        elif special == "part":
            at = self.now - 22 * MS_AN_HOUR if order.created_at < self.now - 24 * MS_AN_HOUR else order.created_at + 20 * MS_A_MINUTE
            self.baskets.pack(order, min(at, self.now - 2 * MS_A_MINUTE), [_stocked(order.lines)])
            self.warehouse.expect(order.parcels[0].shipped_at, order)
        if order.flag == 0 and random.random() < 0.3:
            order.flag, order.tags = random.choice(((1, "加急"), (4, "贺卡"), (3, "老客户"), (5, "定制")))
        if random.random() < 0.35 and not special:
            order.slips = [min(order.created_at + 3 * MS_AN_HOUR, self.now - 30 * MS_A_MINUTE)]
        self.warehouse.promise(order)


def _stocked(lines: list[DemoLine]) -> DemoLine:
    return next(line for line in lines if line.stocked)
