"""Words of a plan seen through before its import: a field's name and its values, whatever they are of (services.imports.xray)."""

from __future__ import annotations

from typing import Any

from services.words.trail import value

ERRORS: dict[str, tuple[str, str]] = {}

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "field": {
        "stock": ("Stock", "库存"),
        "platform_discount": ("Platform discount", "平台优惠"),
        "part_shipped": ("Part shipped", "部分发货"),
        "shipped_at": ("Shipped at", "发货时间"),
        "completed_at": ("Completed at", "完成时间"),
        "closed_at": ("Closed at", "关闭时间"),
    },
    "import_then": {
        "new": ("comes in", "新增"),
        "changed": ("changes", "更新"),
        "kept": ("stays; to be decided", "保留本店，待处理"),
        "stays": ("stays", "不变"),
    },
    "import_report": {
        "buyer": ("Buyer or goods", "买家或商品"),
        "by": ("Edited here by", "本店修改人"),
        "at": ("Edited here at", "本店修改时间"),
    },
    "import_part": {
        "doubt": ("In doubt", "有疑问"),
    },
    "cli": {
        "import_changes": ("{number}: {field}: {old} → {new}", "{number}：{field} {old} → {new}"),
        "import_conflict": (
            "{number}: {field}: here {old}, in the file {new}; what stands here stays",
            "{number}：{field} 本店“{old}”，文件“{new}”；保留本店",
        ),
        "import_doubt": (
            "{count} orders are in doubt; --only-sure leaves them out",
            "{count} 单有疑问；加 --only-sure 可先不导入它们",
        ),
    },
}

_LINE = {"platform_status": "status", "parcel_carrier": "carrier", "parcel_number": "tracking_number"}
"""Columns of a line whose words are kept under another name (services.words.exports)."""


def field_words(field: str, lang: str, part: str = "") -> str:
    """`单价` of a field, `单价（81）` where `part` says of which line."""
    from services.words import term

    name = field.removeprefix("line.")
    words = term("field", name, lang) if name == field else term("export_column", f"line.{_LINE.get(name, name)}", lang)
    if not part:
        return words
    return f"{words}（{part}）" if lang == "zh" else f"{words} ({part})"


def value_words(field: str, told: Any, lang: str, zone: str) -> str:
    """A value of services.imports.xray as a person reads it; None and "" are `空` or `empty`."""
    if isinstance(told, bool):
        return ("是" if told else "否") if lang == "zh" else ("yes" if told else "no")
    name = field.removeprefix("line.")
    text = None if told is None else str(told)
    if name == "platform_status":
        return value("orders", "status", text, lang, zone)
    if name == "platform_discount":
        name = "discount"
    if name == "parcel_carrier" and text:
        from services.domain.carriers import CARRIERS

        return next((one.zh if lang == "zh" else one.en for one in CARRIERS if one.code == text), text)
    return value("orders" if name == field else "order_line", name, text, lang, zone)
