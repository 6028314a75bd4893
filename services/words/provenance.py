"""Words of where a value comes from: a file and its row, a person and the time, or what the shop works out by itself."""

from __future__ import annotations

from typing import Protocol

from services.clock import to_local

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "command": {"sources": ("Where every value of an order comes from", "订单里每个值的来源")},
    "option": {"sources.raw": ("also the rows of the files, as they were read", "连同文件里的原始行")},
    "help": {
        "sources": (
            "File, sheet, row and time of each value, or who entered or edited it here, or that it is worked out.\n"
            "Says what an edit has locked against imports, and which value of a file waits for a decision.",
            "每个值来自哪个文件、工作表、行和时间；或者是谁在这里录入、修改的；或者是自动算出来的。\n哪些值改过已锁定、哪些冲突等着决定，也会说明。",
        )
    },
    "cli": {
        "source_field": ("Value of", "项目"),
        "source_place": ("Comes from", "来自"),
        "source_sign": ("Note", "说明"),
        "source_locked": ("locked by an edit", "改过已锁定"),
        "source_differs": ("conflict, file says {value}", "冲突，文件写的是 {value}"),
    },
    "origin": {
        "file": ("File", "文件"),
        "edited": ("Done here", "在这里做的"),
        "computed": ("Worked out", "自动计算"),
        "demo": ("Invented for the demo shop", "演示店铺里编的数据"),
        "unknown": ("Not recorded", "没有记录"),
    },
    "origin_field": {
        "number": ("Order no.", "订单号"),
        "channel": ("Channel", "渠道"),
        "tier": ("Buyer's tier", "客户等级"),
        "quantity": ("Units", "件数"),
        "goods_amount": ("Goods in all", "商品金额"),
        "income": ("Remains", "实收"),
        "owed": ("Owed", "还要付"),
        "line": ("Goods", "商品"),
        "discount_row": ("Discount", "优惠"),
        "parcel": ("Parcel", "包裹"),
        "case": ("After-sale", "售后"),
        "payment": ("Money in", "收款"),
        "refund": ("Money back", "退款"),
        "freight_cost": ("Freight paid", "运费支出"),
        "platform_fee": ("Platform fee", "平台扣点"),
        "goodwill": ("Goodwill", "补偿"),
        "booking": ("Account booking", "账单明细"),
    },
    "computed": {
        "status": ("follows from what was done: paid, shipped, refunded", "由付款、发货、退款等操作推得"),
        "quantity": ("the units of the goods added up", "各行商品的件数相加"),
        "paid": ("the money that came in, added up", "收款流水相加"),
        "refunded": ("the money that went back, added up", "退款流水相加"),
        "income": ("paid and platform discounts, less what went back", "实付加平台优惠，减去已退款"),
        "owed": ("what the buyer owes, less what came in", "应付减去已收"),
        "created_at": ("the files tell none: the earliest time that they do tell", "文件没写，取文件里最早的时间"),
        "paid_at": ("noted when it was paid", "付款时记下"),
        "shipped_at": ("noted when it was shipped", "发货时记下"),
        "completed_at": ("noted when it was completed", "交易成功时记下"),
        "closed_at": ("noted when it was closed", "关闭时记下"),
        "close_reason": ("noted when it was closed", "关闭时记下"),
        "ship_by": ("the time of payment and the shop's promise", "付款时间加店铺承诺的发货时限"),
        "tier": ("the rules for tiers, or set by hand", "按客户等级规则，或手工设置"),
        "money": ("reverses another entry", "冲销另一笔流水"),
    },
    "authority": {
        "orders": ("Order list: counts before other files", "订单报表，比其他文件优先"),
        "sold": ("List of sold goods: counts as an order list", "已卖出的宝贝，与订单报表同级"),
        "lines": ("Goods list: counts after an order list", "宝贝报表，排在订单报表之后"),
        "sparse": ("Ticked or mapped table: counts last", "勾选列或自定义的表，排在最后"),
        "cases": ("Refund list", "退款报表"),
        "waybills": ("Tracking file", "运单文件"),
        "bookings": ("Account file: kept for comparing", "账单明细，只用来核对"),
    },
}


class Place(Protocol):
    """What a sentence needs of a file's row (queries.provenance.FileSource)."""

    @property
    def file_name(self) -> str: ...
    @property
    def sheet(self) -> str: ...
    @property
    def row(self) -> int: ...
    @property
    def file_time(self) -> int: ...


class Traced(Protocol):
    """What a sentence needs of an origin (queries.provenance.Origin)."""

    @property
    def field(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def file(self) -> Place | None: ...
    @property
    def actor(self) -> str: ...
    @property
    def at(self) -> int | None: ...
    @property
    def action(self) -> str: ...
    @property
    def reason(self) -> str: ...


def time_of(ms: int | None, zone: str) -> str:
    """`2026-11-12 09:30`; nothing for None."""
    return "" if ms is None else f"{to_local(ms, zone):%Y-%m-%d %H:%M}"


def field_name(field: str, lang: str) -> str:
    """A field of the order, or a kind of part."""
    from services.words import term, terms

    return term("origin_field" if field in terms()["origin_field"] else "field", field, lang)


def place_of(file: Place, lang: str) -> str:
    """`ExportOrderList.xlsx, sheet 1, row 17`: what one needs to find it."""
    said = [file.file_name]
    if file.sheet:
        said.append(f"工作表 {file.sheet}" if lang == "zh" else f"sheet {file.sheet}")
    if file.row:
        said.append(f"第 {file.row:,} 行" if lang == "zh" else f"row {file.row:,}")
    return ("，" if lang == "zh" else ", ").join(said)


def deed_of(origin: Traced, lang: str, zone: str) -> str:
    """`店主 2026-11-12 10:05 修改订单，原因：买家说`."""
    from services.words import term

    said = " ".join(
        part for part in (term("actor", origin.actor, lang), time_of(origin.at, zone), term("action", origin.action, lang)) if part
    )
    return said + (f"，原因：{origin.reason}" if lang == "zh" else f": {origin.reason}") if origin.reason else said


def origin_words(origin: Traced, lang: str, zone: str) -> str:
    """Where a value comes from, in one line."""
    from services.words import term

    if origin.kind == "file" and origin.file is not None:
        time = time_of(origin.file.file_time, zone)
        return place_of(origin.file, lang) + (f"，文件时间 {time}" if lang == "zh" else f", file of {time}")
    if origin.kind == "edited":
        return deed_of(origin, lang, zone)
    words = term("origin", "unknown" if origin.kind == "file" else origin.kind, lang)
    why = term("computed", origin.field, lang) if origin.kind == "computed" else origin.field
    return f"{words}{'：' if lang == 'zh' else ': '}{why}" if why != origin.field else words
