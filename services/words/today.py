"""Words of the Today page: a thing to do as a title, a second line and the verb of its button; names of figures and steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from services.clock import MS_A_MINUTE, to_local

if TYPE_CHECKING:
    from collections.abc import Sequence

Pair = tuple[str, str]

TERMS: dict[str, dict[str, Pair]] = {
    "todo": {
        "late": ("Past their ship-by time: {count}", "{count} 单过了最晚发货时间"),
        "due_soon": ("Due within 4 hours: {count}", "{count} 单 4 小时内到最晚发货"),
        "due_today": ("Due later today: {count}", "{count} 单今天稍后到最晚发货"),
        "due_later": ("Due after today: {count}", "{count} 单今天以后才到最晚发货"),
        "short_goods": ("Goods to restock: {count}", "{count} 种商品缺货，要补"),
        "open_cases": ("After-sales open: {count}", "{count} 件售后未处理"),
        "blocked": ("Orders with something in the way: {count}", "{count} 单有事挡着，发不了"),
        "approval_waiting": ("Waiting for approval: {count}", "待审核 {count} 单"),
        "after_sale_open": ("After-sale open: {count}", "售后未结 {count} 单"),
        "shortage": ("Short of goods: {count}", "缺货 {count} 单"),
        "goods_unmatched": ("Goods without a SKU: {count}", "商品未匹配 {count} 单"),
        "lines_unknown": ("Goods unknown: {count}", "没有商品明细 {count} 单"),
        "address_missing": ("Address incomplete: {count}", "地址不全 {count} 单"),
        "not_checked": ("Not checked: {count}", "未核对 {count} 单"),
        "unmatched_goods": ("Goods to match with SKUs: {count}", "{count} 种商品没有匹配规格"),
        "approvals": ("Changes to approve: {count}", "待审核 {count}"),
        "conflicts": ("Conflicts to decide: {count}", "{count} 处导入冲突待定"),
        "import_rejects": ("Rows not imported: {count}", "{count} 行没能导入"),
        "bad_addresses": ("Addresses to mend: {count}", "{count} 单地址存疑"),
        "duplicates": ("Perhaps ordered twice: {count}", "{count} 单像是重复下单"),
        "odd_amounts": ("Amounts that don't fit: {count}", "{count} 处金额对不上"),
        "to_ship": ("Ready to ship: {count}", "{count} 单可以发货"),
        "to_remind": ("To remind of payment: {count}", "{count} 单可以催付"),
    },
    "todo_action": {
        "late": ("Ship", "去发货"),
        "due_soon": ("Ship", "去发货"),
        "due_today": ("Ship", "去发货"),
        "due_later": ("See orders", "看订单"),
        "short_goods": ("See goods", "看缺货"),
        "open_cases": ("Settle", "去处理"),
        "blocked": ("See orders", "看订单"),
        "unmatched_goods": ("Match", "去匹配"),
        "approvals": ("Decide", "去审核"),
        "conflicts": ("Decide", "去决定"),
        "bad_addresses": ("Mend", "去校正"),
        "duplicates": ("Compare", "去比对"),
        "odd_amounts": ("Look", "去核对"),
        "import_rejects": ("See rows", "看明细"),
        "to_ship": ("Ship", "去发货"),
        "to_remind": ("See orders", "看订单"),
    },
    "todo_hint": {
        "approval_waiting": ("the owner decides on the change first", "店主先审核改动"),
        "after_sale_open": ("settle it before the goods leave", "先处理售后，再发货"),
        "shortage": ("leaves when goods come in", "到货就能发"),
        "goods_unmatched": ("match the goods once, it is remembered", "匹配一次，以后都认得"),
        "lines_unknown": ("import the goods list of the same days", "导入同期的宝贝报表就能补上"),
        "address_missing": ("recipient, phone, province or street is missing", "缺收货人、电话、省份或详细地址"),
        "not_checked": ("only checked orders may leave", "核对过的才能发"),
        "to_ship": ("nothing is in the way", "没有事挡着"),
    },
    "figure": {
        "paid": ("Paid", "成交额"),
        "orders": ("Paid orders", "付款订单"),
        "yesterday": ("Paid yesterday", "昨天成交"),
        "shipped": ("Shipped", "已发货"),
        "refunded": ("Refunded", "退款"),
    },
    "step": {
        "import": ("Import", "导入"),
        "check": ("Check", "检查"),
        "print": ("Print", "打印"),
        "ship": ("Ship", "发货"),
    },
}

# What the numbers of a thing to do count, for its second line.
NAMED = {
    "short_goods": ("{name} ({count} missing)", "{name} 差 {count}"),
    "unmatched_goods": ("{name} ({count})", "{name} {count} 单"),
    "approvals": ("{name}", "{name}"),
    "conflicts": ("{name} ({count})", "{name} {count} 处"),
    "import_rejects": ("{name} ({count})", "{name} {count} 行"),
    "open_cases": ("{name} {count}", "{name} {count}"),
    "bad_addresses": ("{name} {count}", "{name} {count}"),
    "duplicates": ("{name} {count}", "{name} {count}"),
    "odd_amounts": ("{name} {count}", "{name} {count}"),
}
_NAME_KINDS = {"open_cases": "case_kind", "bad_addresses": "mend", "duplicates": "mend", "odd_amounts": "mend"}
"""Where the names are codes, and of which kind."""
# Pieces that count besides.
UNITS = {
    "short_goods": ("{count} missing in all", "共差 {count} 件"),
    "unmatched_goods": ("orders wait for {count} of them", "其中 {count} 种有订单在等"),
}
# What the earliest moment of a thing to do is.
SINCE = {
    "open_cases": ("the first since {when}", "最早 {when} 提出"),
    "to_remind": ("the first waits for {age} ({when})", "最早 {when} 下单，等了{age}"),
}
_AGES = ((1440, "天", "day", "days"), (60, "小时", "hour", "hours"), (1, "分钟", "minute", "minutes"))


class ToDo(Protocol):
    """What the words need of a thing to do (queries.today.Todo)."""

    @property
    def code(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def money(self) -> int | None: ...
    @property
    def units(self) -> int | None: ...
    @property
    def names(self) -> Sequence[tuple[str, int]]: ...
    @property
    def at(self) -> int | None: ...
    @property
    def number(self) -> str: ...
    @property
    def buyer(self) -> str: ...


def title(todo: ToDo, lang: str) -> str:
    return TERMS["todo"][todo.code][_place(lang)].format(count=f"{todo.count:,}")


def details(todo: ToDo, lang: str, now: int, zone: str) -> str:
    """The second line: what it is about, when it matters, and the money in it."""
    from services.words import term

    said = []
    if todo.code in TERMS["todo_hint"]:
        said.append(TERMS["todo_hint"][todo.code][_place(lang)])
    if todo.units is not None:
        said.append(UNITS[todo.code][_place(lang)].format(count=f"{todo.units:,}"))
    if todo.names:
        pattern = NAMED[todo.code][_place(lang)]
        named = [
            pattern.format(name=term(_NAME_KINDS[todo.code], name, lang) if todo.code in _NAME_KINDS else name, count=f"{count:,}")
            for name, count in todo.names
        ]
        said.append(("，" if lang == "zh" else ", ").join(named))
    if todo.at is not None:
        said.append(_moment(todo, todo.at, lang, now, zone))
    if todo.money:
        said.append(f"共 {money(todo.money)}" if lang == "zh" else f"{money(todo.money)} in all")
    return ("，" if lang == "zh" else " · ").join(said)


def hint(todo: ToDo, lang: str) -> str:
    """What lifts it, in some words."""
    return TERMS["todo_hint"][todo.code][_place(lang)]


def _moment(todo: ToDo, at: int, lang: str, now: int, zone: str) -> str:
    when = _time(at, now, zone)
    if todo.code in SINCE:
        return SINCE[todo.code][_place(lang)].format(when=when, age=age(now - at, lang))
    said = f"最早 {when} 到期" if lang == "zh" else f"the first by {when}"
    whose = f"{todo.buyer} …{todo.number[-4:]}".strip() if todo.number else ""
    return f"{said} · {whose}" if whose and lang != "zh" else f"{said}，{whose}" if whose else said


def age(ms: int, lang: str) -> str:
    """How long something waits, in its largest unit: ` 5 小时`, `3 days`. Chinese comes with the space before its figure."""
    minutes = max(0, ms) // MS_A_MINUTE
    size, zh, one, many = next((unit for unit in _AGES if minutes >= unit[0]), _AGES[-1])
    count = minutes // size
    return f" {count} {zh}" if lang == "zh" else f"{count} {one if count == 1 else many}"


def _place(lang: str) -> int:
    return 1 if lang == "zh" else 0


def money(fen: int) -> str:
    return f"{'−' if fen < 0 else ''}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def _time(ms: int, now: int, zone: str) -> str:
    """`15:53` today, else `11-21 15:53`."""
    local, today = (to_local(moment, zone) for moment in (ms, now))
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local:%m-%d %H:%M}" if local.year == today.year else f"{local:%Y-%m-%d}"
