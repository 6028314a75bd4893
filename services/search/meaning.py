"""What fields, comparisons and values mean in the user's words: for chips, completion, filter builder and the help page.

Pure; the words themselves are in services.words. A new field needs its title and what it holds there, and an example here
where its kind's would tell nothing.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.search.fields import FIELDS, Kind, SearchField
from services.search.syntax import Field, Range, Value
from services.search.values import ANY, DAY_WORDS, NONE
from services.search.writer import quoted_value, said_value
from services.words import term

_EXAMPLES: dict[str, tuple[str, str]] = {
    "number": ("number:302151", "订单号:302151"),
    "channel": ("channel:taobao", "渠道:淘宝"),
    "status": ("status:awaiting_shipment,shipped", "状态:待发货,已发货"),
    "buyer": ("buyer:tb00", "买家:小熊"),
    "recipient": ("recipient:王", "收货人:王"),
    "phone": ("phone:1380013", "电话:1380013"),
    "tail": ("tail:2106", "尾号:2106"),
    "province": ("province:浙江", "省:浙江"),
    "city": ("city:杭州", "市:杭州"),
    "district": ("district:西湖", "区:西湖"),
    "address": ("address:文三路", "地址:文三路"),
    "goods": ('goods:"blue mug"', "商品:马克杯"),
    "sku": ("sku=CUP-02", "编码=CUP-02"),
    "quantity": ("quantity>=3", "数量>=3"),
    "paid": ("paid:100..200", "实付:100..200"),
    "payable": ("payable>500", "应付>500"),
    "created": ("created:7d", "下单:7天"),
    "paid_at": ("paid_at:2026-11-01..2026-11-11", "付款:2026-11-01..2026-11-11"),
    "weekday": ("weekday:sunday", "星期:周日"),
    "hour": ("hour:20..23", "时段:20..23"),
    "shipped_at": ("shipped_at:yesterday", "发货:昨天"),
    "completed_at": ("completed_at:last_month", "完成:上月"),
    "closed_at": ("closed_at:2026-11", "关闭:2026-11"),
    "ship_by": ("ship_by<=+4h", "最晚发货<=+4小时"),
    "reason": ('reason:"out of stock"', "关闭原因:缺货"),
    "flag": ("flag:red", "旗:红"),
    "tag": ("tag=vip", "标签=礼物"),
    "memo": ("memo:rush", "备注:加急"),
    "message": ('-message:""', '-留言:""'),
    "carrier": ("carrier:SF", "快递:顺丰"),
    "tracking": ("tracking:SF1234567890123", "运单号:SF1234567890123"),
    "printed": ("printed:no", "已打印:否"),
    "blocker": ("blocker:shortage", "阻碍:缺货"),
    "case": ("case:open", "售后:未完结"),
    "tier": ("tier:loyal", "等级:忠实"),
    "import": ("import:B9", "批次:B9"),
}
_BY_KIND = {Kind.MONEY: ">100", Kind.TIME: ":7d", Kind.COUNT: ">=2", Kind.CHOICE: ":yes"}

_SIGNS = {":": "", "=": "= ", ">": "> ", "<": "< ", ">=": "≥ ", "<=": "≤ "}


@dataclass(frozen=True, slots=True)
class HelpRow:
    """One field for the help page: how it is typed in both languages, what it holds, a search that shows it."""

    name: str
    zh: str
    title: str
    holds: str
    example: str


def help_rows(lang: str) -> tuple[HelpRow, ...]:
    return tuple(HelpRow(field.name, field.zh, title_of(field, lang), holds_of(field, lang), example_of(field, lang)) for field in FIELDS)


def title_of(field: SearchField, lang: str) -> str:
    return term("search_field", field.name, lang)


def holds_of(field: SearchField, lang: str) -> str:
    return term("search_holds", field.name, lang)


def typed_name(field: SearchField, lang: str) -> str:
    """The name to type."""
    return field.zh if lang == "zh" else field.name


def example_of(field: SearchField, lang: str) -> str:
    known = _EXAMPLES.get(field.name)
    if known:
        return known[1 if lang == "zh" else 0]
    sign = _BY_KIND[field.kind]
    if lang == "zh":
        sign = {":yes": ":是", ":7d": ":7天"}.get(sign, sign)
    return f"{typed_name(field, lang)}{sign}"


def shown_value(field: SearchField, value: str, lang: str) -> str:
    """A canonical value in words to read, not to type: `last 7 days`, `未填写`, `awaiting shipment`."""
    chinese = lang == "zh"
    if value == "":
        return term("search_op", "empty", lang)
    match field.kind:
        case Kind.CHOICE | Kind.CARRIER:
            return next((choice.zh if chinese else choice.en for choice in field.choices if choice.code == value), value)
        case Kind.TIME | Kind.MONEY | Kind.COUNT if value in {NONE, ANY}:
            return term("search_value", value, lang)
        case Kind.MONEY:
            return f"{'−' if value.startswith('-') else ''}¥{value.removeprefix('-').removesuffix('.00')}"
        case Kind.TIME if value in DAY_WORDS or value.startswith("month_"):
            return said_value(field, value, lang).replace("_", " ")
        case Kind.TIME if value.endswith("d"):
            return f"近 {value[:-1]} 天" if chinese else f"last {value[:-1]} days"
        case Kind.TIME if value.endswith("h"):
            hours = value[1:-1]
            if value.startswith("-"):
                return f"过去 {hours} 小时" if chinese else f"past {hours} h"
            return f"{hours} 小时内" if chinese else f"next {hours} h"
        case Kind.TIME:
            return value.replace("T", " ")
        case Kind.MONEY:
            return f"{'-' * value.startswith('-')}¥{value.removeprefix('-').removesuffix('.00')}"
    return value


def shown_values(node: Field, field: SearchField, lang: str) -> str:
    """All that stands behind the field's name: `≥ 2026-11-01`, `待发货、已发货`, `100.00 – 200.00`."""
    between = "、" if lang == "zh" else ", "
    return _SIGNS[node.op] + between.join(_shown(field, value, lang) for value in node.values)


def _shown(field: SearchField, value: Value, lang: str) -> str:
    if isinstance(value, str):
        return shown_value(field, value, lang)
    low, high = ("" if end is None else shown_value(field, end, lang) for end in (value.low, value.high))
    return f"{low} – {high}" if low and high else f"≥ {low}" if low else f"≤ {high}"


def typed_values(field: SearchField, values: tuple[Value, ...], lang: str) -> str:
    """The same as it is typed: `待发货,已发货`, `100.00..200.00`."""
    return ",".join(_typed(field, value, lang) for value in values)


def _typed(field: SearchField, value: Value, lang: str) -> str:
    if isinstance(value, Range):
        return "..".join("" if end is None else said_value(field, end, lang) for end in (value.low, value.high))
    return quoted_value(said_value(field, value, lang))
