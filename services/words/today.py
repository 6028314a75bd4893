"""Words of the Today page: a thing to do as a title, a second line and the verb of its button; names of figures and steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from services.clock import to_local

if TYPE_CHECKING:
    from collections.abc import Sequence

Pair = tuple[str, str]

TERMS: dict[str, dict[str, Pair]] = {
    "todo": {
        "late": ("Past their ship-by time: {count}", "{count} 单过了最晚发货时间"),
        "due_soon": ("Due within 4 hours: {count}", "{count} 单 4 小时内到最晚发货"),
        "shortage": ("Orders short of goods: {count}", "{count} 单缺货"),
        "open_cases": ("After-sales open: {count}", "{count} 件售后未处理"),
        "due_today": ("Due today: {count}", "{count} 单今天到最晚发货"),
        "after_sale_open": ("To ship, with an open after-sale: {count}", "{count} 单待发货有售后未结"),
        "lines_unknown": ("Orders of unknown goods: {count}", "{count} 单没有商品明细"),
        "address_missing": ("Addresses incomplete: {count}", "{count} 单地址不全"),
        "goods_unmatched": ("Goods without a SKU: {count}", "{count} 种商品没有匹配规格"),
        "conflicts": ("Conflicts to decide: {count}", "{count} 处导入冲突待定"),
        "import_rejects": ("Rows not imported: {count}", "{count} 行没能导入"),
        "to_ship": ("Ready to ship: {count}", "{count} 单可以发货"),
        "to_remind": ("To remind of payment: {count}", "{count} 单可以催付"),
    },
    "todo_action": {
        "late": ("Ship", "去发货"),
        "due_soon": ("Ship", "去发货"),
        "shortage": ("See goods", "看缺货"),
        "open_cases": ("Settle", "去处理"),
        "due_today": ("Ship", "去发货"),
        "after_sale_open": ("See orders", "看订单"),
        "lines_unknown": ("See orders", "看订单"),
        "address_missing": ("Correct", "去校正"),
        "goods_unmatched": ("Match", "去匹配"),
        "conflicts": ("Decide", "去决定"),
        "import_rejects": ("See rows", "看明细"),
        "to_ship": ("Ship", "去发货"),
        "to_remind": ("See orders", "看订单"),
    },
    "todo_hint": {
        "after_sale_open": ("Settle the after-sale before the goods leave", "先处理售后，再发货"),
        "lines_unknown": ("Import the goods list of the same days", "导入同期的宝贝报表就能补上"),
        "address_missing": ("Recipient, phone, province or street is missing", "缺收货人、电话、省份或详细地址"),
    },
    "figure": {
        "paid": ("Paid", "成交额"),
        "orders": ("Paid orders", "付款订单"),
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
    "shortage": ("{name} ({count} missing)", "{name} 差 {count}"),
    "goods_unmatched": ("{name} ({count})", "{name} {count} 单"),
    "conflicts": ("{name} ({count})", "{name} {count} 处"),
    "import_rejects": ("{name} ({count})", "{name} {count} 行"),
    "open_cases": ("{name} {count}", "{name} {count}"),
}


class ToDo(Protocol):
    """What the words need of a thing to do (queries.today.Todo)."""

    @property
    def code(self) -> str: ...
    @property
    def count(self) -> int: ...
    @property
    def money(self) -> int | None: ...
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
    if todo.names:
        pattern = NAMED[todo.code][_place(lang)]
        named = [
            pattern.format(name=term("case_kind", name, lang) if todo.code == "open_cases" else name, count=f"{count:,}")
            for name, count in todo.names
        ]
        said.append(("，" if lang == "zh" else ", ").join(named))
    if todo.at is not None:
        said.append(_moment(todo, lang, now, zone))
    if todo.money:
        said.append(f"共 {_money(todo.money)}" if lang == "zh" else f"{_money(todo.money)} in all")
    return ("，" if lang == "zh" else " · ").join(said)


def _moment(todo: ToDo, lang: str, now: int, zone: str) -> str:
    when = _time(todo.at or 0, now, zone)
    whose = f"{todo.buyer} …{todo.number[-4:]}".strip() if todo.number else ""
    if todo.code == "open_cases":
        return f"最早 {when} 提出" if lang == "zh" else f"the first since {when}"
    if todo.code == "to_remind":
        return f"最早 {when} 下单" if lang == "zh" else f"the first ordered {when}"
    said = f"最早 {when} 到期" if lang == "zh" else f"the first by {when}"
    return f"{said} · {whose}" if whose and lang != "zh" else f"{said}，{whose}" if whose else said


def _place(lang: str) -> int:
    return 1 if lang == "zh" else 0


def _money(fen: int) -> str:
    return f"{'−' if fen < 0 else ''}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"


def _time(ms: int, now: int, zone: str) -> str:
    """`15:53` today, else `11-21 15:53`."""
    local, today = (to_local(moment, zone) for moment in (ms, now))
    if local.date() == today.date():
        return f"{local:%H:%M}"
    return f"{local:%m-%d %H:%M}" if local.year == today.year else f"{local:%Y-%m-%d}"
