"""Carriers: their codes, names, and what their tracking numbers look like. Pure data and matching, no database.

The patterns are hints gathered from public sources (reference/printing.md, tracking patterns): they overlap, carriers
change them without notice, so a number that fits none is doubtful, never impossible.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Carrier:
    """`pattern` is matched against the whole number in capitals. `weight` ranks carriers whose patterns overlap."""

    code: str
    zh: str
    en: str
    aliases: tuple[str, ...] = ()
    pattern: str = ""
    weight: int = 1
    regex: re.Pattern[str] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "regex", re.compile(self.pattern or r"[A-Z0-9-]{6,30}"))


HAND = "HAND"
"""No carrier: the buyer took the goods. Such a parcel has no number, and none is looked for."""

CARRIERS: tuple[Carrier, ...] = (
    Carrier("SF", "顺丰速运", "SF Express", ("顺丰", "顺丰快递", "顺丰速递", "SFEXPRESS"), r"SF\d{12,13}|\d{12}", 9),
    Carrier("ZTO", "中通快递", "ZTO Express", ("中通", "中通速递"), r"7[3-9]\d{12}|[2-69]\d{11}|\d{14}|68\d{10}", 8),
    Carrier("YTO", "圆通速递", "YTO Express", ("圆通", "圆通快递"), r"YT\d{13}|[A-Z]{2}\d{8}|[A-Z]{2}\d{10,13}|[68]\d{17}", 8),
    Carrier("STO", "申通快递", "STO Express", ("申通", "申通速递", "申通E物流"), r"77\d{13}|773\d{9,13}|STO\d{10}|[2-9]\d{11,12}", 8),
    Carrier("YUNDA", "韵达快递", "Yunda Express", ("韵达", "韵达速递", "韵达快运", "YD"), r"4\d{14}|3\d{14}|\d{13}", 7),
    Carrier("JTSD", "极兔速递", "J&T Express", ("极兔", "极兔快递", "JT", "J&T"), r"JT\d{12,13}", 8),
    Carrier("JD", "京东快递", "JD Logistics", ("京东", "京东物流"), r"JD[A-Z0-9]{1,2}\d{11,13}(-\d+-\d+-?)?", 8),
    Carrier(
        "EMS", "EMS", "EMS", ("邮政EMS", "EMS速递", "中国邮政EMS", "邮政速递"), r"[A-Z]{2}\d{9}[A-Z]{2}|(1[0-2]|5[0-2]|9[5-9])\d{11}", 7
    ),
    Carrier(
        "POSTB",
        "邮政快递包裹",
        "China Post Parcel",
        ("邮政", "邮政包裹", "中国邮政", "邮政国内小包", "邮政标准快递"),
        r"(98|99|97|96|95|43|36)\d{11}",
        5,
    ),
    Carrier("DBKD", "德邦快递", "Deppon Express", ("德邦", "德邦物流", "DBL"), r"DPK\d{11,13}|\d{8,10}", 5),
    Carrier("HTKY", "百世快递", "Best Express", ("百世", "百世汇通", "汇通快运"), r"(B|A|D|E|H)\d{12,13}|[5-7]\d{13}", 3),
    Carrier("TTKDEX", "天天快递", "TTK Express", ("天天",), r"(66|77|88|56|58|00)\d{10}|TT\d{13}", 2),
    Carrier("CNCAINIAO", "菜鸟速递", "Cainiao Express", ("菜鸟", "丹鸟", "丹鸟速递", "丹鸟物流"), r"(CP|DN)\w{10,16}|6\d{14}", 3),
    Carrier("ZJS", "宅急送", "ZJS Express", (), r"[A-Z]\d{11,12}|\d{10}", 2),
    Carrier("UC", "优速快递", "UC Express", ("优速", "优速物流"), r"(VIP|V)\d{9,11}|518\d{12}", 2),
    Carrier("KYSY", "跨越速运", "KYE Express", ("跨越",), r"KY[A-Z0-9]?\d{10,13}", 3),
    Carrier("FENGWANG", "丰网速运", "Fengwang Express", ("丰网",), r"FW\d{12,13}", 3),
    Carrier("OTHER", "其他快递", "Other carrier", ("其他", "其它"), r"[A-Z0-9-]{4,35}", 0),
    Carrier(HAND, "当面交付", "Handed over", ("自提", "面交"), r"(?!)", 0),
)

BY_CODE: dict[str, Carrier] = {carrier.code: carrier for carrier in CARRIERS}
_BY_NAME: dict[str, Carrier] = {
    name.replace(" ", "").casefold(): carrier for carrier in CARRIERS for name in (carrier.code, carrier.zh, carrier.en, *carrier.aliases)
}


@lru_cache(maxsize=512)
def find(name: str) -> Carrier | None:
    """The carrier of a code or of a name as files write it: `顺丰`, `申通快递`, `ZTO`; `圆通速递(新)` by its beginning. None if unknown."""
    plain = re.sub(r"[（(].*?[)）]|\s|(股份)?有限公司", "", name).casefold()
    if not plain:
        return None
    if (carrier := _BY_NAME.get(plain)) is not None:
        return carrier
    known = [word for word in _BY_NAME if len(word) > 1 and not word.isascii() and plain.startswith(word)]
    return _BY_NAME[max(known, key=len)] if known else None


def normal_number(number: str) -> str:
    """A tracking number as it is stored: no blanks and no guards, capitals."""
    return re.sub(r"[\s'\"]+", "", number).upper()


def s10_check(number: str) -> bool | None:
    """Whether the check digit of a postal number (UPU S10, `EZ123456785CN`) is right; None if it is no such number."""
    if not re.fullmatch(r"[A-Z]{2}\d{9}[A-Z]{2}", number):
        return None
    weighed = sum(int(digit) * weight for digit, weight in zip(number[2:10], (8, 6, 4, 2, 3, 5, 9, 7), strict=True))
    digit = 11 - weighed % 11
    return int(number[10]) == {10: 0, 11: 5}.get(digit, digit)


def plausible(code: str, number: str) -> bool:
    """Whether `number` looks like one of the carrier `code`. Unknown codes accept any number of 4 to 35 letters, digits and hyphens."""
    plain = normal_number(number)
    return (BY_CODE.get(code) or BY_CODE["OTHER"]).regex.fullmatch(plain) is not None


def detect(number: str) -> list[str]:
    """Codes of the carriers whose pattern fits, the likeliest first. Never one certain answer: patterns overlap."""
    plain = normal_number(number)
    fitting = [carrier for carrier in CARRIERS if carrier.weight and carrier.regex.fullmatch(plain)]
    return [carrier.code for carrier in sorted(fitting, key=lambda carrier: -_rank(carrier, plain))]


def _rank(carrier: Carrier, number: str) -> int:
    # Letters of its own, or the first digits that it hands out today, speak louder than a length.
    own = {"SF": "SF", "YTO": "YT", "JTSD": "JT", "JD": "JD", "STO": "77", "YUNDA": "4", "ZTO": "7", "EMS": "E"}.get(carrier.code)
    return carrier.weight + (20 if own and number.startswith(own) else 0) + (5 if own and len(own) > 1 and number.startswith(own) else 0)
