"""The notice for the shop's page: one line for each kind of mistake that buyers make, to be pasted where they order."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

Pair = tuple[str, str]

KINDS = ("region", "street", "phone", "recipient", "changed", "details", "size", "duplicate", "po_box")
"""In the order of a notice whose kinds are equally frequent."""
MOST = 5
"""Lines that are proposed: a longer notice is not read."""

TERMS: dict[str, dict[str, Pair]] = {
    "notice_kind": {
        "region": ("Province, city or district", "省市区不全或写错"),
        "street": ("No house number", "没写门牌号"),
        "phone": ("Phone missing or wrong", "电话缺少或写错"),
        "recipient": ("Recipient missing or wrong", "收货人缺少或写错"),
        "changed": ("Changed after ordering", "下单后又改地址"),
        "details": ("Ordered wrongly or too many", "拍错、多拍或填错"),
        "size": ("Size, colour or model does not suit", "尺寸颜色型号不合适"),
        "duplicate": ("Ordered twice, closed", "重复下单，关闭"),
        "po_box": ("A post office box", "填了信箱"),
    },
    "notice_line": {
        "region": (
            "Please fill in province, city and district before you order, or the parcel is sorted the wrong way.",
            "请在下单前把收货地址填写到省、市、区县，以免包裹走错方向。",
        ),
        "street": (
            "Please write road, house number, building and room; communities, schools and companies by their full names.",
            "详细地址请写到路名、门牌号、楼栋和房间；小区、学校、公司请写全称。",
        ),
        "phone": (
            "Please give a mobile number on which you can be reached; the courier calls it and sends the pick-up code to it.",
            "请填写能接通的 11 位手机号，快递派送和取件通知都发到这个号码。",
        ),
        "recipient": ("Please give the name of the person who receives the parcel.", "请填写收货人姓名，方便快递员当面交件。"),
        "changed": (
            "Please check the address before you pay. To change it, tell us before the parcel leaves; afterwards nobody can.",
            "付款前请核对收货地址；要改地址请在发货前联系客服，发出后就改不了了。",
        ),
        "details": (
            "Please check model, size and quantity before you order. If it is wrong, ask for a refund before shipment and order again.",
            "拍下前请核对款式、规格和数量；拍错了请在发货前申请退款，再重新下单。",
        ),
        "size": (
            "Please compare size, colour and model with the details page before you order; in doubt, ask us.",
            "下单前请对照详情页核对尺寸、颜色和型号，拿不准请先问客服。",
        ),
        "duplicate": (
            "Please order once. If you ordered twice by mistake, tell us which order is to stay.",
            "请不要重复下单；不小心拍了两单，请告诉客服保留哪一单。",
        ),
        "po_box": ("Couriers do not bring parcels to post office boxes; please give a street address.", "快递不送信箱，请填写街道地址。"),
    },
    "notice_frame": {
        "head": ("Before you order", "【下单须知】为了让您早点收到包裹，请留意："),
        "foot": ("Thank you! If anything is unclear, please write to us.", "谢谢您的配合！有疑问请联系客服。"),
    },
}

_WISHES = ("买家要求", "The buyer asked for it")
"""How the reason of an edit begins that the buyer asked for (desktop.views.edit_dialog), in the language of its day."""
_NUMBER = re.compile(r"^\d+[.、]\s*")


def is_wish(why: str) -> bool:
    """Whether an address was changed because the buyer wanted another one: it was not wrong when it was given."""
    return why.startswith(_WISHES)


def proposed(counts: Sequence[tuple[str, int]]) -> tuple[str, ...]:
    """The kinds that a notice should name: those that happened, the most frequent first, at most MOST."""
    return tuple(kind for kind, count in counts if count)[:MOST]


def compose(kinds: Sequence[str], lang: str) -> str:
    """A whole notice; empty without kinds."""
    if not kinds:
        return ""
    lines = [f"{place}. {_line(kind, lang)}" for place, kind in enumerate(kinds, start=1)]
    return "\n".join([_frame("head", lang), *lines, _frame("foot", lang)])


def with_kind(text: str, kind: str, lang: str, *, on: bool) -> str:
    """The text with the line of a kind, or without it; all else that a person wrote stays. Lines with numbers are counted anew."""
    line, foot = _line(kind, lang), _frame("foot", lang)
    lines = [one for one in text.split("\n") if _NUMBER.sub("", one).strip() != line] if text else []
    if on:
        if not lines:
            return compose((kind,), lang)
        numbered = [place for place, one in enumerate(lines) if _NUMBER.match(one)]
        end = lines.index(foot) if foot in lines else len(lines)
        lines.insert(numbered[-1] + 1 if numbered else end, f"1. {line}")
    left = _counted(lines)
    return "" if _only_frame(left, lang) else "\n".join(left)


def _counted(lines: Sequence[str]) -> list[str]:
    made, number = [], 0
    for one in lines:
        if _NUMBER.match(one):
            number += 1
            one = f"{number}. {_NUMBER.sub('', one)}"
        made.append(one)
    return made


def _only_frame(lines: Collection[str], lang: str) -> bool:
    return {one.strip() for one in lines} <= {_frame("head", lang), _frame("foot", lang), ""}


def _line(kind: str, lang: str) -> str:
    return TERMS["notice_line"][kind][1 if lang == "zh" else 0]


def _frame(part: str, lang: str) -> str:
    return TERMS["notice_frame"][part][1 if lang == "zh" else 0]
