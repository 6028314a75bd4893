"""What an order holds and what it costs: goods by season, discounts by payer, freight, words. Draws from the story's dice."""

from __future__ import annotations

from datetime import date
from itertools import accumulate
from random import Random

from services.demo.goods import LESSON, LONG_TITLE, SAMPLE, SHORT, TAOBAO, Ware
from services.demo.orders import DemoLine, DemoOrder, DemoParcel
from services.demo.rhythm import promotion
from services.domain.carriers import BY_CODE
from services.money import share_out

FAR = frozenset({"新疆维吾尔自治区", "西藏自治区", "青海省", "内蒙古自治区", "宁夏回族自治区", "甘肃省", "海南省"})

# Merchant code beginning: months in which it sells better, and how much.
_SEASONS: dict[str, tuple[frozenset[int], float]] = {
    "LJ-MQ": (frozenset({3, 4, 5}), 3.0),
    "BL-DT": (frozenset({3, 4, 5}), 2.5),
    "BC-AJ": (frozenset({3, 4, 5}), 2.5),
    "LH-ZQ": (frozenset({8, 9}), 6.0),
    "LH-SJ": (frozenset({1, 2, 9, 12}), 2.2),
    "LP-CB": (frozenset({5, 6, 7, 8}), 2.6),
    "BW-BE": (frozenset({11, 12, 1}), 2.2),
    "PE-SC": (frozenset({10, 11, 12, 1}), 1.6),
    "DT-LU": (frozenset({11, 12, 1}), 1.8),
}

_MESSAGES = (
    "麻烦发顺丰，急用",
    "送人的，请不要放价格单",
    "请帮忙写贺卡：祝妈妈生日快乐",
    "周末在家，请周六周日派送",
    "茶叶要新一点的日期，谢谢老板",
    "放菜鸟驿站就好",
    "易碎请包好一点，上次的杯子裂了一个",
    "能不能多送几个小袋子",
    "刻字：平安喜乐",
    "第二次买了，好喝",
    "不要发某通，我们这边不派送",
    "收到后请电话联系，门卫不让放",
)
_MEMOS = (
    "送手写贺卡",
    "客户要求包牢，加泡沫",
    "老客户，送茶样一份",
    "已电话确认地址",
    "改发顺丰，补差价已付",
    "刻字内容已确认",
    "缺货已说明，客户愿意等",
    "注意核对规格，上次发错过",
)
_TAGS = ("加急", "定制", "贺卡", "老客户", "礼品")
# Grey stands for none; red is what most shops use for trouble.
_FLAGS = (1, 2, 3, 4, 5)
_FLAG_WEIGHTS = (30, 22, 18, 18, 12)


class Baskets:
    """Fills orders. `wares` with their listings; the same dice give the same baskets."""

    def __init__(self, random: Random, wares: list[Ware]) -> None:
        self._random = random
        self.by_code = {ware.code: ware for ware in wares}
        self._sold = [ware for ware in wares if ware.popularity and not ware.virtual]
        self._months = {
            month: list(accumulate(ware.popularity * _season(ware.code, month) for ware in self._sold)) for month in range(1, 13)
        }
        self._line_id = 0
        self._parcels = dict.fromkeys(BY_CODE, 0)

    def fill(self, order: DemoOrder, *, special: str = "") -> None:
        """Choose the goods and work out the money; `special` asks for what the story needs to show."""
        random = self._random
        day = date.fromordinal(order.created_day)
        wares = self._choose(day.month, special)
        for ware in wares:
            quantity = 1 if special or ware.virtual else random.choices((1, 2, 3, 6), (80, 14, 4, 2))[0]
            self.add(order, ware, quantity)
        self._price(order, promotion(day))

    def add(self, order: DemoOrder, ware: Ware | None, quantity: int, listing_id: int = 0, title: str = "", price: int = 0) -> None:
        self._line_id += 1
        order.lines.append(
            DemoLine(
                id=self._line_id,
                position=len(order.lines) + 1,
                ware=ware,
                listing_id=listing_id or (ware.listings[order.channel] if ware else 0),
                title=title or (ware.listing if ware else ""),
                quantity=quantity,
                price=price or (ware.price if ware else 0),
            )
        )
        if len(order.lines) == 1:
            order.summary = order.lines[0].title

    def _choose(self, month: int, special: str) -> list[Ware]:
        random = self._random
        if special == "virtual":
            return [self.by_code[LESSON]]
        chosen: list[Ware] = []
        if special in {"short_0", "part"}:
            chosen.append(self.by_code[SHORT[0]])
        elif special == "short_1":
            chosen.append(self.by_code[SHORT[1]])
        elif special in {"long_both", "long_title"}:
            chosen.append(self.by_code[random.choice(LONG_TITLE)])
        count = random.choices((1, 2, 3, 4), (68, 21, 8, 3))[0]
        if special == "part":
            count = 2
        elif special.startswith("short") or special == "presale":
            count = 1
        while len(chosen) < count:
            (ware,) = random.choices(self._sold, cum_weights=self._months[month])
            if ware in chosen or (special and ware.code in SHORT):
                continue
            chosen.append(ware)
        return chosen[::-1] if special == "part" else chosen

    def _price(self, order: DemoOrder, rush: float) -> None:
        random = self._random
        gross = [line.price * line.quantity for line in order.lines]
        order.goods_amount = sum(gross)
        if order.goods_amount > 20_000 and random.random() < 0.12:
            self.add(order, self.by_code[SAMPLE], 1)
            gross.append(0)
        own = [0] * len(gross)
        if random.random() < (0.35 if rush > 1 else 0.08):
            own[0] = gross[0] // 1000 * 100
            if own[0]:
                order.discounts.append((order.lines[0], "shop", own[0], "限时折扣"))
        left = [amount - less for amount, less in zip(gross, own, strict=True)]
        coupon = 0
        if random.random() < (0.7 if rush > 1 else 0.22):
            coupon = 3000 if sum(left) >= 29900 else 1500 if sum(left) >= 19900 else 600 if sum(left) >= 9900 else 0
        if coupon:
            order.discounts.append((None, "shop", coupon, "店铺满减"))
        order.discount = sum(own) + coupon
        for line, amount, share in zip(order.lines, left, share_out(coupon, left), strict=True):
            line.payable = amount - share
        goods = order.goods_amount - order.discount
        if order.lines[0].ware is not None and order.lines[0].ware.virtual:
            order.freight = 0
        elif goods < 5900:
            order.freight = 1200 if order.buyer.province in FAR else 600
        order.payable = goods + order.freight
        if order.channel == TAOBAO and goods > 3000 and random.random() < (0.4 if rush > 1 else 0.12):
            order.platform_discount = random.choice((288, 500, 888, 1200, 2000))
            order.discounts.append((None, "platform", order.platform_discount, "平台红包"))
        shares = share_out(order.platform_discount, [line.payable for line in order.lines])
        for line, share in zip(order.lines, shares, strict=True):
            line.paid = line.payable - share

    def forget_lines(self, order: DemoOrder) -> None:
        """Only the order list came so far: sums, units and the title are known, the lines are not. Right after `fill`."""
        self._line_id -= len(order.lines)
        order.units = sum(line.quantity for line in order.lines)
        order.lines_unknown, order.lines = True, []
        order.discounts = [(None, payer, amount, name) for _line, payer, amount, name in order.discounts]

    def words(self, order: DemoOrder) -> None:
        """Flags, tags, memo and the buyer's message; most orders have none."""
        dice = self._random.random()
        if dice > 0.3:
            return
        if dice < 0.09:
            order.message = self._random.choice(_MESSAGES)
        elif dice < 0.17:
            order.memo = self._random.choice(_MEMOS)
        if dice < 0.03 or dice > 0.17:
            order.flag = self._random.choices(_FLAGS, _FLAG_WEIGHTS)[0]
        if dice < 0.05 or dice > 0.25:
            order.tags = self._random.choice(_TAGS)
        if "刻字" in order.summary:
            order.tags, order.flag = "定制", 5

    def pack(self, order: DemoOrder, at: int, lines: list[DemoLine]) -> None:
        """Put lines whole into a parcel that leaves then."""
        weight = 120 + sum((line.ware.weight if line.ware else 200) * line.quantity for line in lines)
        code = self._carrier(order)
        far = order.buyer.province in FAR
        cost = (320 if code != "SF" else 1200) * (3 if far else 1) + max(0, weight - 1000) // 1000 * (100 if not far else 400)
        order.parcels.append(DemoParcel(code, self._number(code), at, cost, weight, lines))
        for line in lines:
            line.shipped = line.quantity
            line.shipped_at = at

    def _carrier(self, order: DemoOrder) -> str:
        if order.buyer.province in FAR:
            return self._random.choice(("EMS", "POSTB"))
        if order.paid > 40_000 or "顺丰" in order.message:
            return "SF"
        return self._random.choices(("ZTO", "YTO", "YUNDA", "STO", "JTSD", "SF"), (38, 24, 14, 12, 7, 5))[0]

    def _number(self, code: str) -> str:
        """Numbers as the carrier writes them, none twice: counted, then mixed by a step that is prime to the range."""
        self._parcels[code] += 1
        mixed = self._parcels[code] * 7_368_787 % 10**9
        return {
            "ZTO": f"78{mixed:012d}",
            "YTO": f"YT7{mixed:012d}",
            "YUNDA": f"46{mixed:013d}",
            "STO": f"77{mixed:013d}",
            "JTSD": f"JT5{mixed:012d}",
            "SF": f"SF1{mixed:012d}",
            "EMS": f"11{mixed:011d}",
            "POSTB": f"98{mixed:011d}",
        }[code]


def _season(code: str, month: int) -> float:
    for begin, (months, times) in _SEASONS.items():
        if code.startswith(begin) and month in months:
            return times
    return 1.0
