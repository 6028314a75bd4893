"""The fields of the search language, declared once: bar, groups, rules, completion, filter builder, help and command line
read this. Pure data, no database; how each kind becomes SQL is compile.py.

A new field is one entry of FIELDS (domain.md, search).
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from services.domain import carriers
from services.errors import BadInput
from services.pinyin import full, is_chinese
from services.search import values
from services.search.grams import fold
from services.words import terms

EQUALS = (":", "=")
ORDERED = (":", "=", ">", "<", ">=", "<=")


class Kind(Enum):
    TEXT = "text"
    """Words in columns of the order: `:` a part of it, `=` all of it."""
    TAG = "tag"
    """As text; `=` is one whole tag."""
    REASON = "reason"
    """As text, and the words of our own codes."""
    GOODS = "goods"
    """Words of any line's goods."""
    TRACKING = "tracking"
    """Numbers of the order's parcels."""
    MONEY = "money"
    COUNT = "count"
    TIME = "time"
    CHOICE = "choice"
    """One of `choices`; the code is what the column holds, or a condition of compile.py."""
    CHANNEL = "channel"
    """A channel's code, platform or shop name; which there are, only the shop knows."""
    CARRIER = "carrier"
    BATCH = "batch"


OPS = {kind: ORDERED if kind in {Kind.MONEY, Kind.COUNT, Kind.TIME} else EQUALS for kind in Kind}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value by its code and its words in English and Chinese; `also` are other ways to say it."""

    code: str
    en: str
    zh: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchField:
    """`columns` are of the orders, except for GOODS: `listing.…` and `sku.…`.

    `terms` are kinds of services.words: what the screen calls a choice finds it, too.
    """

    name: str
    zh: str
    kind: Kind
    columns: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    terms: tuple[str, ...] = ()

    @property
    def ops(self) -> tuple[str, ...]:
        return OPS[self.kind]


STATUSES = (
    Choice("awaiting_payment", "awaiting payment", "待付款", ("unpaid", "等待付款", "未付款")),
    Choice("awaiting_shipment", "awaiting shipment", "待发货", ("paid", "等待发货", "未发货", "已付款")),
    Choice("shipped", "shipped", "已发货", ("待收货",)),
    Choice("completed", "completed", "交易成功", ("已完成", "成功", "finished")),
    Choice("closed", "closed", "交易关闭", ("已关闭", "关闭")),
)
FLAGS = (
    Choice("0", "grey", "灰", ("灰色", "灰旗", "gray", "none", "无")),
    Choice("1", "red", "红", ("红色", "红旗")),
    Choice("2", "yellow", "黄", ("黄色", "黄旗")),
    Choice("3", "green", "绿", ("绿色", "绿旗")),
    Choice("4", "blue", "蓝", ("蓝色", "蓝旗")),
    Choice("5", "purple", "紫", ("紫色", "紫旗")),
)
YES_NO = (
    Choice("yes", "yes", "是", ("y", "true", "1")),
    Choice("no", "no", "否", ("n", "false", "0", "不是")),
)
PRINTED = (
    Choice("yes", "yes", "是", ("y", "true", "1", "已打印", "any", "有")),
    Choice("no", "no", "否", ("n", "false", "0", "未打印", "none", "无")),
    Choice("slip", "slip", "发货单", ("packing_slip",)),
    Choice("label", "label", "标签", ("address_label", "地址标签")),
)
BLOCKERS = (
    Choice("any", "any", "有"),
    Choice("none", "none", "无", ("没有",)),
    Choice("not_paid", "not paid", "未付款"),
    Choice("already_shipped", "already shipped", "已发货"),
    Choice("completed", "completed", "交易成功"),
    Choice("closed", "closed", "交易关闭", ("已关闭",)),
    Choice("approval_waiting", "approval waiting", "待审核", ("审核中",)),
    Choice("after_sale_open", "after-sale open", "售后未完结", ("售后中",)),
    Choice("shortage", "shortage", "缺货"),
    Choice("goods_unmatched", "goods unmatched", "商品未匹配", ("未匹配",)),
    Choice("lines_unknown", "lines unknown", "明细未导入", ("商品未知",)),
    Choice("address_missing", "address missing", "地址不全", ("缺地址",)),
    Choice("not_checked", "not checked", "未核对", ("没核对",)),
)
"""`any`: waits for shipment and something is in the way; `none`: waits for shipment and nothing is."""
TIERS = (
    Choice("loyal", "loyal", "忠实", ("忠实客户",)),
    Choice("regular", "regular", "常客", ("普通", "普通客户")),
    Choice("occasional", "occasional", "偶尔", ("偶尔购买",)),
    Choice("new", "new", "新客", ("新客户",)),
    Choice("sleeping", "sleeping", "沉睡", ("沉睡客户",)),
    Choice("none", "none", "无", ("没有", "未定")),
)
"""Of the order's customer; nobody's tier is known of an order without one."""
WEEKDAYS = (
    Choice("monday", "Monday", "周一", ("mon", "1", "星期一")),
    Choice("tuesday", "Tuesday", "周二", ("tue", "2", "星期二")),
    Choice("wednesday", "Wednesday", "周三", ("wed", "3", "星期三")),
    Choice("thursday", "Thursday", "周四", ("thu", "4", "星期四")),
    Choice("friday", "Friday", "周五", ("fri", "5", "星期五")),
    Choice("saturday", "Saturday", "周六", ("sat", "6", "星期六")),
    Choice("sunday", "Sunday", "周日", ("sun", "7", "星期日", "星期天", "周天")),
)
"""Of the local day of payment, Monday first."""
CASES = (
    Choice("open", "open", "未完结", ("处理中", "进行中")),
    Choice("any", "any", "有"),
    Choice("none", "none", "无", ("没有",)),
    Choice("requested", "requested", "申请中", ("待处理",)),
    Choice("agreed", "agreed", "已同意"),
    Choice("goods_back", "goods back", "已退回"),
    Choice("refunded", "refunded", "已退款"),
    Choice("exchanged", "exchanged", "已换货"),
    Choice("resent", "resent", "已补发"),
    Choice("refused", "refused", "已拒绝"),
    Choice("withdrawn", "withdrawn", "已撤销", ("已撤回",)),
    Choice("refund_only", "refund only", "仅退款"),
    Choice("return_and_refund", "return and refund", "退货退款"),
    Choice("exchange", "exchange", "换货"),
    Choice("resend", "resend", "补发"),
)
CASE_KINDS = frozenset({"refund_only", "return_and_refund", "exchange", "resend"})
CLOSE_REASONS = (
    Choice("buyer_changed_mind", "buyer changed mind", "买家不想要了"),
    Choice("out_of_stock", "out of stock", "缺货"),
    Choice("wrong_details", "wrong address or goods", "地址或商品有误"),
    Choice("unpaid_in_time", "unpaid in time", "未及时付款"),
    Choice("refunded", "refunded", "退款"),
    Choice("duplicate", "duplicate", "重复下单"),
    Choice("other", "other", "其他"),
)
CARRIER_CHOICES = tuple(Choice(carrier.code, carrier.en, carrier.zh, carrier.aliases) for carrier in carriers.CARRIERS)
PLATFORMS = (
    Choice("taobao", "taobao", "淘宝"),
    Choice("tmall", "tmall", "天猫"),
    Choice("pdd", "pdd", "拼多多"),
    Choice("douyin", "douyin", "抖音"),
    Choice("manual", "manual", "手工"),
    Choice("shopify", "shopify", "Shopify"),
    Choice("woocommerce", "woocommerce", "WooCommerce"),
)

FIELDS: tuple[SearchField, ...] = (
    SearchField("number", "订单号", Kind.TEXT, ("number",), ("单号", "订单编号", "订单")),
    SearchField("channel", "渠道", Kind.CHANNEL, also=("店铺", "平台")),
    SearchField("status", "状态", Kind.CHOICE, ("status",), ("订单状态",), STATUSES, ("status",)),
    SearchField(
        "buyer",
        "买家",
        Kind.TEXT,
        ("buyer_nick",),
        ("buyer_nick", "nick", "customer", "昵称", "买家昵称", "旺旺", "客户", "买家会员名", "会员名"),
    ),
    SearchField("recipient", "收货人", Kind.TEXT, ("recipient",), ("收件人", "name", "姓名", "收货人姓名", "收件人姓名")),
    SearchField("phone", "电话", Kind.TEXT, ("phone", "tel"), ("手机", "手机号", "联系电话", "tel")),
    SearchField("tail", "尾号", Kind.TEXT, ("phone_tail",), ("手机尾号", "电话尾号", "phone_tail")),
    SearchField("province", "省", Kind.TEXT, ("province",), ("省份",)),
    SearchField("city", "市", Kind.TEXT, ("city",), ("城市",)),
    SearchField("district", "区", Kind.TEXT, ("district",), ("区县",)),
    SearchField("address", "地址", Kind.TEXT, ("address",), ("收货地址", "收件地址", "详细地址")),
    SearchField(
        "goods",
        "商品",
        Kind.GOODS,
        ("listing.title", "listing.properties", "sku.title", "sku.properties"),
        ("宝贝", "标题", "title", "商品名称", "商品名", "商品标题", "宝贝标题", "宝贝名称"),
    ),
    SearchField("sku", "编码", Kind.GOODS, ("listing.code", "sku.code"), ("商家编码", "规格编码", "商品编码", "货号", "code")),
    SearchField("quantity", "数量", Kind.COUNT, ("quantity",), ("件数", "qty")),
    SearchField("goods_amount", "商品金额", Kind.MONEY, ("goods_amount",), ("货款",)),
    SearchField("discount", "优惠", Kind.MONEY, ("discount",), ("优惠金额", "折扣")),
    SearchField("payable", "应付", Kind.MONEY, ("payable",), ("应付金额", "总金额", "订单金额", "total")),
    SearchField("paid", "实付", Kind.MONEY, ("paid",), ("实付金额", "金额", "amount")),
    SearchField("refunded", "退款", Kind.MONEY, ("refunded",), ("退款金额", "refund")),
    SearchField("freight", "运费", Kind.MONEY, ("freight",), ("邮费",)),
    SearchField("created", "下单", Kind.TIME, ("created_at",), ("created_at", "date", "下单时间", "下单日期", "创建时间", "时间", "日期")),
    SearchField("paid_at", "付款", Kind.TIME, ("paid_at",), ("付款时间", "付款日期")),
    SearchField("weekday", "星期", Kind.CHOICE, ("paid_day",), ("付款星期",), WEEKDAYS),
    SearchField("hour", "时段", Kind.COUNT, ("paid_at",), ("钟点", "付款时段")),
    SearchField("shipped_at", "发货", Kind.TIME, ("shipped_at",), ("发货时间", "发货日期")),
    SearchField("completed_at", "完成", Kind.TIME, ("completed_at",), ("完成时间",)),
    SearchField("closed_at", "关闭", Kind.TIME, ("closed_at",), ("关闭时间",)),
    SearchField("ship_by", "最晚发货", Kind.TIME, ("ship_by",), ("最晚发货时间", "发货期限")),
    SearchField("late", "超时", Kind.CHOICE, also=("超期", "逾期", "overdue"), choices=YES_NO),
    SearchField("checked", "已核对", Kind.CHOICE, ("checked_at",), ("核对", "核单"), YES_NO),
    SearchField("checked_at", "核对时间", Kind.TIME, ("checked_at",)),
    SearchField("reason", "关闭原因", Kind.REASON, ("close_reason", "close_note"), ("close_reason",)),
    SearchField("flag", "旗", Kind.CHOICE, ("flag",), ("旗帜", "旗子"), FLAGS, ("flag",)),
    SearchField("tag", "标签", Kind.TAG, ("tags",), ("tags",)),
    SearchField("memo", "备注", Kind.TEXT, ("seller_memo",), ("seller_memo", "note", "notes", "remark", "卖家备注")),
    SearchField("message", "留言", Kind.TEXT, ("buyer_message",), ("buyer_message", "买家留言")),
    SearchField("carrier", "快递", Kind.CARRIER, also=("快递公司", "物流", "物流公司"), choices=CARRIER_CHOICES),
    SearchField("tracking", "运单号", Kind.TRACKING, also=("运单", "快递单号", "物流单号", "tracking_number")),
    SearchField("printed", "已打印", Kind.CHOICE, also=("打印",), choices=PRINTED),
    SearchField("blocker", "阻碍", Kind.CHOICE, also=("阻碍发货", "blockers"), choices=BLOCKERS, terms=("blocker",)),
    SearchField(
        "case", "售后", Kind.CHOICE, also=("售后单", "after_sale", "售后状态", "退款状态"), choices=CASES, terms=("case_state", "case_kind")
    ),
    SearchField("tier", "等级", Kind.CHOICE, also=("客户等级",), choices=TIERS, terms=("tier",)),
    SearchField("priority", "优先", Kind.CHOICE, also=("优先客户",), choices=YES_NO),
    SearchField("repeat", "回头客", Kind.CHOICE, also=("复购", "repeat_buyer"), choices=YES_NO),
    SearchField("masked", "脱敏", Kind.CHOICE, ("masked",), ("打码",), YES_NO),
    SearchField("conflict", "冲突", Kind.CHOICE, also=("导入冲突",), choices=YES_NO),
    SearchField("import", "批次", Kind.BATCH, also=("导入", "导入批次", "batch")),
)

BY_NAME: dict[str, SearchField] = {field.name: field for field in FIELDS}

TEXT_COLUMNS = ("number", "buyer_nick", "recipient", "phone", "tel", "tags", "seller_memo", "buyer_message")
"""What a word on its own is looked for in, besides the goods; exactly what the full-text index holds (a test compares)."""
GOODS_COLUMNS = ("listing.title", "listing.properties", "listing.code", "sku.title", "sku.properties", "sku.code")


@lru_cache(maxsize=1)
def _names() -> dict[str, SearchField]:
    return {fold(word): field for field in FIELDS for word in (field.name, field.zh, *field.also)}


@lru_cache(maxsize=64)
def _codes(name: str) -> dict[str, str]:
    field = BY_NAME[name]
    # The order matters to `nearest`.
    found = {fold(word): choice.code for choice in field.choices for word in (choice.code, choice.zh)}
    for choice in field.choices:
        for word in (choice.en, *choice.also):
            found.setdefault(fold(word), choice.code)
    for kind in field.terms:
        for code, pair in terms().get(kind, {}).items():
            if code in found:
                for word in pair:
                    found.setdefault(fold(word), code)
    return found


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`; "" if nothing is known. What begins like it and what sounds like it is near."""
    asked = fold(word)
    han = any(is_chinese(mark) for mark in asked)
    sound = full(asked) if han else ""

    def likeness(other: str) -> float:
        spelt = difflib.SequenceMatcher(None, asked, other).ratio()
        if han and any(is_chinese(mark) for mark in other):
            spelt += difflib.SequenceMatcher(None, sound, full(other)).ratio()
        elif not han and not other.isascii():
            spelt -= 1
        return spelt + (0.5 if asked and other.startswith(asked) else 0)

    # Of equals the first: main words stand before other ways to say them.
    return max(known, key=likeness, default="")


def is_name(word: str) -> bool:
    return fold(word) in _names()


def field_of(word: str, at: int) -> SearchField:
    """The field of that name, in either language. Raises BadInput("query_field") naming the nearest."""
    found = _names().get(fold(word))
    if found is None:
        raise BadInput("query_field", position=at + 1, word=word, suggestion=nearest(word, _names()))
    return found


def canonical_value(field: SearchField, text: str, at: int) -> str:
    """A value in the form that groups and rules keep. Raises BadInput("query_value" …) with the nearest right word or an example."""
    if text == "":
        return ""
    try:
        match field.kind:
            case Kind.MONEY:
                return values.canonical_amount(text)
            case Kind.COUNT:
                return values.canonical_count(text)
            case Kind.TIME:
                return values.canonical_time(text)
            case Kind.BATCH:
                return values.canonical_batch(text)
            case Kind.CHOICE:
                return _codes(field.name)[fold(text).strip()]
            case Kind.CARRIER:
                # Several in one are not the first of them.
                carrier = None if any(mark in text for mark in "、/|;；") else carriers.find(text)
                return carrier.code if carrier else _codes(field.name)[fold(text).strip()]
            case _:
                return text
    except (ValueError, KeyError):
        raise _bad_value(field, text, at) from None


def _typable(words: Iterable[str]) -> list[str]:
    """Those that need no quotes."""
    return [word for word in words if not any(mark.isspace() for mark in word)]


def _bad_value(field: SearchField, text: str, at: int) -> BadInput:
    match field.kind:
        case Kind.MONEY:
            return BadInput("query_amount", position=at + 1, word=text, field=field.name, suggestion="100.00")
        case Kind.COUNT:
            return BadInput("query_count", position=at + 1, word=text, field=field.name, suggestion="2")
        case Kind.BATCH:
            return BadInput("query_batch", position=at + 1, word=text, field=field.name, suggestion="B9")
        case Kind.TIME:
            words = [word for name, zh in values.DAY_WORDS.items() for word in (name, *zh)]
            near = nearest(text, words) if not any(mark.isdigit() for mark in text) else ""
            alike = difflib.SequenceMatcher(None, fold(text), near).ratio() >= 0.5
            return BadInput("query_time", position=at + 1, word=text, field=field.name, suggestion=near if alike else "2026-11-01")
        case _:
            return BadInput(
                "query_value", position=at + 1, word=text, field=field.name, suggestion=nearest(text, _typable(_codes(field.name)))
            )
