"""Sentences of the trail: what an entry or a command says to a person. Values are kept as codes, fen and ms; here they get words."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Protocol

from services.clock import to_local

if TYPE_CHECKING:
    from collections.abc import Mapping

Pair = tuple[str, str]

TERMS: dict[str, dict[str, Pair]] = {
    "action": {
        "rebuild_derived": ("Figures and index made anew", "重建统计和索引"),
        "fill_demo_block": ("Demo orders made", "生成演示订单"),
        "sum_days": ("Days added up", "汇总每日统计"),
        "seal_day": ("Trail sealed", "封存留痕"),
    },
    "actor": {
        "owner": ("Owner", "店主"),
        "system": ("System", "系统"),
        "platform": ("Platform", "平台"),
    },
    "setting": {
        "name": ("Shop's name", "店铺名称"),
        "currency": ("Currency", "币种"),
        "zone": ("Time zone", "时区"),
        "promise_hours": ("Hours to ship", "承诺发货时间"),
        "return_address": ("Return address", "退货地址"),
        "thank_you": ("Words on the slip", "发货单寄语"),
        "ship_only_checked": ("Ship only what is checked", "只发已核对的订单"),
        "shipping_order": ("Shipping order", "发货顺序"),
        "priority_tiers": ("Tiers that go first", "优先发货的客户等级"),
        "tier_discounts": ("Discounts by tier", "等级折扣"),
        "big_order": ("Big order from", "大额订单起点"),
        "hidden_groups": ("Hidden groups", "隐藏的分组"),
        "price_cut_percent": ("Cut approved without asking, percent", "免审核的降价幅度（%）"),
        "price_cut_fen": ("Cut approved without asking", "免审核的降价金额"),
        "lock_after_minutes": ("Lock after idle minutes", "闲置多少分钟后锁定"),
    },
    "payer": {"shop": ("the shop", "店铺"), "platform": ("the platform", "平台"), "other": ("somebody else", "其他")},
    "trail_column": {
        "seq": ("No.", "序号"),
        "at": ("Time", "时间"),
        "actor": ("Who", "谁"),
        "what": ("What", "做了什么"),
        "order": ("Order", "订单号"),
        "details": ("Change", "内容"),
        "reason": ("Reason", "原因"),
        "old": ("Old value as kept", "原值（存档）"),
        "new": ("New value as kept", "新值（存档）"),
        "hash": ("Hash", "校验码"),
    },
    "entity": {
        "orders": ("order", "订单"),
        "order_line": ("order line", "子订单"),
        "sku": ("SKU", "规格"),
        "listing": ("platform goods", "平台商品"),
        "parcel": ("parcel", "包裹"),
        "parcel_order": ("parcel of an order", "包裹订单"),
        "parcel_line": ("goods in a parcel", "包裹商品"),
        "after_sale": ("after-sale", "售后单"),
        "after_sale_line": ("goods of an after-sale", "售后商品"),
        "customer": ("customer", "客户"),
        "channel": ("channel", "渠道"),
        "setting": ("setting", "设置"),
        "discount": ("discount", "优惠"),
        "import_batch": ("imported file", "导入文件"),
        "import_rows": ("imported rows", "导入原始行"),
        "import_conflict": ("conflict of an import", "导入冲突"),
        "import_journal": ("what an import wrote", "导入写入记录"),
        "import_map": ("field map", "字段对应"),
        "id_floor": ("next id", "编号起点"),
        "case_source": ("origin of an after-sale", "售后来源"),
        "money_record": ("account booking", "账单明细"),
        "order_source": ("origin of an order", "订单来源"),
        "stock_movement": ("stock movement", "库存流水"),
        "stock_level": ("stock level", "库存数"),
        "money_entry": ("money movement", "资金流水"),
        "print_entry": ("print", "打印记录"),
        "seal": ("seal of the trail", "封存码"),
        "reservation": ("reservation", "占用"),
        "derived": ("figures and index", "统计和索引"),
        "order_group": ("group", "分组"),
        "tag": ("tag", "标签"),
        "command": ("command", "操作"),
    },
    "field": {
        "code": ("Merchant code", "商家编码"),
        "title": ("Title", "名称"),
        "properties": ("Properties", "规格"),
        "barcode": ("Barcode", "条码"),
        "item_id": ("Item id", "宝贝 ID"),
        "bin": ("Bin", "货位"),
        "cost": ("Cost", "成本"),
        "weight": ("Weight", "重量"),
        "virtual": ("Virtual goods", "虚拟商品"),
        "reorder_point": ("Reorder point", "补货点"),
        "platform": ("Platform", "平台"),
        "shop_name": ("Shop name", "店铺名"),
        "carrier": ("Carrier", "快递公司"),
        "carrier_name": ("Carrier", "快递公司"),
        "source": ("Source", "来源"),
        "freight_cost": ("Freight cost", "运费成本"),
        "name": ("Name", "名称"),
        "parent_id": ("Folder", "文件夹"),
        "search": ("Search", "搜索"),
        "sort": ("Sorted by", "排序"),
        "colour": ("Colour", "颜色"),
        "tier": ("Tier", "客户等级"),
        "value": ("Value", "值"),
        "fingerprint": ("Set of headings", "表头组合"),
        "headings": ("Headings", "表头"),
        "told": ("Fields", "字段"),
        "channel_id": ("Channel", "渠道"),
        "nick": ("Nick", "昵称"),
        "masked": ("Hidden by the platform", "平台隐藏"),
        "note": ("Note", "备注"),
        "matched_by": ("Matched by", "匹配方式"),
        "number": ("Number", "编号"),
        "customer_id": ("Customer", "客户"),
        "address_edited": ("Address edited", "改过地址"),
        "goods_less_discount": ("Goods less discounts", "优惠后商品金额"),
        "paid_out": ("Paid out", "打款金额"),
        "paid": ("Paid", "实付"),
        "refunded": ("Refunded", "已退款"),
        "payment_number": ("Payment number", "支付单号"),
        "created_at": ("Ordered", "下单时间"),
        "close_note": ("Close note", "关闭说明"),
        "order_id": ("Order", "订单"),
        "kind": ("Kind", "类型"),
        "reason": ("Reason", "原因"),
        "fault": ("Fault", "责任"),
        "key": ("Key", "防重编号"),
        "position": ("Position", "位置"),
        "listing_id": ("Platform goods", "平台商品"),
        "refund_state": ("Refund state", "退款状态"),
        "refund_asked": ("Refund asked", "申请退款"),
        "case_id": ("After-sale", "售后单"),
        "phase": ("Phase", "售中或售后"),
        "words": ("Buyer's words", "退款说明"),
        "deadline_at": ("Deadline", "超时时间"),
        "return_carrier": ("Carrier of the return", "退货快递"),
        "return_number": ("Number of the return", "退货单号"),
        "line_id": ("Order line", "子订单"),
        "restocked": ("Restocked", "入库"),
        "damaged": ("Damaged", "报损"),
        "payer": ("Borne by", "承担方"),
        "file": ("File", "文件"),
        "format": ("Format", "格式"),
        "batch": ("Batch", "批次"),
        "rows": ("Rows", "行数"),
        "orders_new": ("New orders", "新增订单"),
        "orders_updated": ("Updated orders", "有变化的订单"),
        "orders_unchanged": ("Unchanged orders", "没变的订单"),
        "skus_new": ("New SKUs", "新规格"),
        "skus_updated": ("Updated SKUs", "有变化的规格"),
        "cases_new": ("New after-sales", "新售后单"),
        "cases_updated": ("Updated after-sales", "有变化的售后单"),
        "bookings_new": ("New bookings", "新账单明细"),
        "shipped": ("Shipped", "发货"),
        "differences": ("Differences", "盘点差异"),
        "conflicts": ("Conflicts", "冲突"),
        "rejected": ("Rejected rows", "拒收的行"),
    },
}

MONEY = frozenset(
    "goods_amount discount goods_less_discount freight payable paid refunded paid_out price cost amount refund_asked freight_cost".split()  # noqa: SIM905
)
TIMES = frozenset(
    {"created_at", "paid_at", "shipped_at", "completed_at", "closed_at", "ship_by", "checked_at", "requested_at", "ended_at", "deadline_at"}
)
YES_NO = frozenset({"virtual", "masked", "address_edited"})
HIDDEN = frozenset(
    {
        "key",
        "channel_id",
        "parent_id",
        "customer_id",
        "listing_id",
        "line_id",
        "case_id",
        "order_id",
        "position",
        "sku_id",
        "seen",
        "source",
        "carrier",
    }
)
"""Keys of rows mean nothing to a person; they stay in the entry and out of the sentence."""
CODES = {
    ("orders", "status"): "status",
    ("orders", "flag"): "flag",
    ("orders", "close_reason"): "close_reason",
    ("after_sale", "state"): "case_state",
    ("after_sale", "kind"): "case_kind",
    ("after_sale", "fault"): "fault",
    ("order_line", "refund_state"): "case_state",
    ("setting", "name"): "setting",
    ("order_group", "colour"): "flag",
    ("order_group", "kind"): "group_kind",
    ("tag", "colour"): "flag",
    ("customer", "tier"): "tier",
    ("accepted", "worklist"): "worklist",
    ("discount", "payer"): "payer",
}
_MOST_SHOWN = 4


class Entry(Protocol):
    """What a sentence needs of an entry (queries.audit_trail.AuditRow)."""

    @property
    def action(self) -> str: ...
    @property
    def entity(self) -> str: ...
    @property
    def field(self) -> str | None: ...
    @property
    def old(self) -> str | None: ...
    @property
    def new(self) -> str | None: ...
    @property
    def erased(self) -> bool: ...


class Done(Protocol):
    """What a sentence needs of a command as a whole (queries.today.Deed)."""

    @property
    def action(self) -> str: ...
    @property
    def orders(self) -> int: ...
    @property
    def number(self) -> str | None: ...
    @property
    def reason(self) -> str | None: ...


def sentence(entry: Entry, lang: str) -> str:
    """What an entry says, in one line without its values: `发货：状态`, `新增 包裹`."""
    from services.words import term

    action = term("action", entry.action, lang)
    colon = "：" if lang == "zh" else ": "
    called = getattr(entry, "thing", "")
    if entry.entity == "setting" and called:
        return f"{action}{colon}{term('setting', called, lang)}"
    if entry.field is not None:
        words = f"{action}{colon}{term('field', entry.field, lang)}"
        return words if not called else f"{words}（{called}）" if lang == "zh" else f"{words} ({called})"
    if entry.entity in {"command", "deed"} or (entry.old is None and entry.new is None):
        return action
    thing = term("entity", entry.entity, lang)
    if entry.old is None:
        return f"{action}{colon}{'新增' if lang == 'zh' else 'new '}{thing}"
    return f"{action}{colon}{'删除' if lang == 'zh' else 'removed '}{thing}"


def details(entry: Entry, lang: str, zone: str) -> str:
    """The second line of an entry: old → new of a field, or what a new or removed row held. Empty where there is nothing to say."""
    if entry.erased:
        return "内容已清除" if lang == "zh" else "Content erased"
    if entry.field is not None:
        return f"{value(entry.entity, entry.field, entry.old, lang, zone)} → {value(entry.entity, entry.field, entry.new, lang, zone)}"
    held = _held(entry.new if entry.new is not None else entry.old)
    if entry.entity == "command":
        return _counts(held, lang)
    if entry.entity == "deed":
        return _deed(held, lang)
    if entry.entity == "import_batch":
        return _batch(held, lang)
    return _row(entry.entity, held, lang, zone)


def facts(entry: Entry, lang: str, zone: str) -> tuple[tuple[str, str], ...]:
    """All that an entry of a row or a command holds, as (name, value); empty for one of a field, whose values are `details`."""
    from services.words import term

    if entry.field is not None or entry.erased:
        return ()
    held = _held(entry.new if entry.new is not None else entry.old)
    if entry.entity == "command":
        counted = [(table, kept.get("rows", kept.get("changed"))) for table, kept in held.items() if isinstance(kept, dict)]
        return tuple((term("entity", table, lang), f"{count:,}") for table, count in counted if count)
    return tuple(
        (term("field", name, lang), value(entry.entity, name, _text(kept), lang, zone))
        for name, kept in held.items()
        if name not in HIDDEN and not isinstance(kept, (dict, list))
    )


def value(entity: str, field: str, text: str | None, lang: str, zone: str) -> str:
    """A kept value as a person reads it; nothing is said as `空` or `empty`."""
    from services.words import term

    if (entity, field) == ("order_group", "parent_id"):
        return _folder(text, lang)
    if text is None or text == "":
        return "空" if lang == "zh" else "empty"
    kind = CODES.get((entity, field))
    if kind:
        return term(kind, text, lang)
    if field == "overridden":
        return ("、" if lang == "zh" else ", ").join(term("blocker", code, lang) for code in text.split(","))
    if (entity, field) == ("accepted", "code"):
        return ("、" if lang == "zh" else ", ").join(term("mend", code, lang) for code in text.split(","))
    if (entity, field) == ("setting", "value"):
        return _plain(text, lang)
    if (entity, field) == ("order_group", "position"):
        return str(int(text) + 1)
    if (entity, field) == ("order_group", "search"):
        return _search(text, lang)
    if field in YES_NO:
        yes = text in {"1", "True", "true"}
        return ("是" if yes else "否") if lang == "zh" else ("yes" if yes else "no")
    if not _is_number(text):
        return text
    if field in MONEY:
        fen = int(text)
        return f"{'−' if fen < 0 else ''}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
    if field in TIMES:
        return f"{to_local(int(text), zone):%Y-%m-%d %H:%M}"
    return text


def deed(done: Done, lang: str) -> str:
    """One command as a sentence: `发货 18 单`, `修改订单 …7764，改地址`."""
    from services.words import term

    said = term("action", done.action, lang)
    if done.orders == 1 and done.number:
        said += f" …{done.number[-4:]}"
    elif done.orders > 1:
        said += f" {done.orders:,} 单" if lang == "zh" else f" {done.orders:,} orders"
    if done.reason:
        said += f"，{done.reason}" if lang == "zh" else f": {done.reason}"
    return said


def meanwhile(fact: str, lang: str) -> str:
    """What changed since somebody looked (services.meanwhile.told): `备注“a”→“b”（小王，修改订单，11-22 14:03）`."""
    from services.words import term

    told = json.loads(fact)
    said = []
    for entity, field, old, new, actor, action, at in told["changes"]:
        zone = told["zone"]
        when = f"{to_local(at, zone):%m-%d %H:%M}"
        comma = "，" if lang == "zh" else ", "
        who = comma.join((term("actor", actor, lang), term("action", action, lang), when)) if actor else when
        if field is None:
            thing = term("entity", entity, lang)
            way = ("新增" if lang == "zh" else "new ") if old is None else ("删除" if lang == "zh" else "removed ")
            what = f"{way}{thing}"
        else:
            before, after = (value(entity, field, one, lang, zone) for one in (old, new))
            what = (
                f"{term('field', field, lang)}“{before}”→“{after}”"
                if lang == "zh"
                else f"{term('field', field, lang)} “{before}” → “{after}”"
            )
        said.append(f"{what}（{who}）" if lang == "zh" else f"{what} ({who})")
    if left := told["count"] - len(said):
        said.append(f"另有 {left} 处" if lang == "zh" else f"{left} more")
    return ("；" if lang == "zh" else "; ").join(said)


def _plain(text: str, lang: str) -> str:
    """A setting's value, kept as JSON, as it was typed; tiers by their words."""
    from services.words import term

    try:
        found = json.loads(text)
    except ValueError:
        return text
    if isinstance(found, bool):
        return ("是" if found else "否") if lang == "zh" else ("yes" if found else "no")
    if isinstance(found, dict) and all(isinstance(one, str) for one in found.values()):
        said = [f"{word} = {term('status', code, lang)}" for word, code in found.items()]
    elif isinstance(found, dict):
        said = [f"{term('tier', tier, lang)} {percent}%" for tier, percent in found.items()]
    elif isinstance(found, list):
        said = [term("tier", str(one), lang) for one in found]
    else:
        return (found or ("空" if lang == "zh" else "empty")) if isinstance(found, str) else text
    return ("、" if lang == "zh" else ", ").join(said) or ("空" if lang == "zh" else "empty")


def _folder(text: str | None, lang: str) -> str:
    if text is None:
        return "最外层" if lang == "zh" else "outside"
    return f"文件夹 {text}" if lang == "zh" else f"folder {text}"


def _search(text: str, lang: str) -> str:
    """A kept search as a person of that language would type it; one that nobody understands any more as it stands."""
    from services.errors import BadInput
    from services.search.parser import parse
    from services.search.writer import say

    try:
        return say(parse(text), lang)
    except BadInput:
        return text


def _is_number(text: str) -> bool:
    return text.removeprefix("-").isascii() and text.removeprefix("-").isdigit()


def _held(text: str | None) -> Mapping[str, Any]:
    """What a row's entry keeps, as JSON; an entry of another make holds nothing that can be shown."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _counts(held: Mapping[str, Any], lang: str) -> str:
    from services.words import term

    said = []
    for table, facts in held.items():
        count = facts.get("rows", facts.get("changed")) if isinstance(facts, dict) else None
        if count:
            said.append(f"{term('entity', table, lang)} {count:,}")
    return ("，" if lang == "zh" else ", ").join(said)


def _deed(held: Mapping[str, Any], lang: str) -> str:
    """`改备注（3 单），#12`: what an undo took back, or did again."""
    from services.words.undo import Taken, deed_words

    said = deed_words(Taken(str(held["action"]), tuple(held["fields"]), int(held["orders"])), lang)
    again = (" · done again" if lang == "en" else "·重做") if held["again"] else ""
    return f"{said}{'，' if lang == 'zh' else ', '}#{held['first']}{again}"


def _batch(held: Mapping[str, Any], lang: str) -> str:
    """`ExportOrderList.csv：新增 25，拒收 2` of an imported file."""
    from services.words import term

    said = []
    for part, names in _BATCH_PARTS:
        count = sum(int(held.get(name) or 0) for name in names)
        if count:
            said.append(f"{term('import_part', part, lang)} {count:,}")
    comma, colon = ("，", "：") if lang == "zh" else (", ", ": ")
    return str(held.get("file", "")) + (colon + comma.join(said) if said else "")


_BATCH_PARTS = (
    ("new", ("orders_new", "skus_new", "cases_new", "bookings_new", "shipped")),
    ("updated", ("orders_updated", "skus_updated", "cases_updated", "differences")),
    ("conflict", ("conflicts",)),
    ("rejected", ("rejected",)),
    ("unchanged", ("orders_unchanged",)),
)


def _row(entity: str, held: Mapping[str, Any], lang: str, zone: str) -> str:
    from services.words import term

    shown = [
        f"{term('field', name, lang)} {value(entity, name, _text(kept), lang, zone)}"
        for name, kept in held.items()
        if name not in HIDDEN and not isinstance(kept, (dict, list))
    ]
    return ("，" if lang == "zh" else ", ").join(shown[:_MOST_SHOWN])


def _text(kept: object) -> str | None:
    return None if kept is None else str(int(kept)) if isinstance(kept, bool) else str(kept)
