"""Made-up rows and a page of the shared shape, for looking at the widgets and for driving them in tests."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.actions import action
from desktop.context import AppContext
from desktop.i18n import language
from desktop.models.column import Bar, Column, Due, Figure, Goods, Kind, Pill, Status
from desktop.models.paged_table import PagedTable, Sort
from desktop.views import PageEntry
from desktop.views.page import Page
from desktop.views.widgets.buttons import Button, MenuButton, PrimaryButton
from desktop.views.widgets.empty_state import EmptyState
from desktop.views.widgets.labels import PillLabel
from desktop.views.widgets.panel import Band, Fact, Panel, PanelSection
from desktop.views.widgets.search_bar import SearchBar
from desktop.views.widgets.selection_bar import SelectionBar
from desktop.views.widgets.table import TableView
from desktop.views.widgets.tabs import Tabs
from desktop.views.widgets.timeline import Event, Timeline


def say(english: str, chinese: str) -> str:
    return chinese if language() == "zh" else english


@dataclass(frozen=True, slots=True)
class DemoRow:
    id: int
    number: str
    buyer: str
    flag: int
    title: str
    more: int
    quantity: int
    paid: int
    printed: bool
    due: int
    state: int


_BUYERS = ("半山听雨", "青柠不加糖", "山城小满", "一只布鲁", "木子的茶桌", "橘子汽水铺")
_GOODS = ("四季茶礼盒", "桂花乌龙 250g 罐装", "明前龙井 100g", "刻字品茗杯(定制)", "普洱熟茶饼 357g")


def demo_row(identity: int) -> DemoRow:
    return DemoRow(
        identity,
        f"{302144690211770000 + identity * 7919:019d}",
        _BUYERS[identity % 6],
        identity * 5 % 6 if identity % 3 == 0 else 0,
        _GOODS[identity % 5],
        identity % 4 if identity % 4 < 3 else 0,
        1 + identity % 4,
        5_980 + identity * 1_234 % 150_000,
        identity % 5 == 0,
        identity,
        identity % 5,
    )


def _states() -> tuple[Status, ...]:
    return (
        Status("half", say("To ship", "待发货"), "info"),
        Status("dashed", say("Unpaid", "待付款"), "warn"),
        Status("most", say("Shipped", "已发货"), "violet"),
        Status("done", say("Completed", "交易成功"), "ok"),
        Status("dash", say("Closed", "交易关闭"), "muted"),
    )


def _due(row: DemoRow) -> Due:
    if row.id % 7 == 3:
        return Due(say("Short", "缺货"), "bad", pill=True)
    hours = row.id + 1
    return Due(formats.span(hours * 3_600_000), "muted" if hours > 12 else "warn" if hours >= 2 else "bad", pill=hours < 2)


def _goods(row: DemoRow) -> Goods:
    pills = (Pill(say("Rush", "加急"), "bad"),) if row.id % 6 == 1 else (Pill(say("Custom", "定制"), "violet"),) if row.id % 8 == 4 else ()
    return Goods(row.title, row.more, pills)


COLUMNS = (
    Column("check", "", Kind.CHECK, width=36),
    Column("flag", "", Kind.FLAG, lambda row: row.flag, width=26),
    Column("number", "Order no.", Kind.NUMBER, lambda row: row.number, sort="number", width=154),
    Column("buyer", "Buyer", Kind.TEXT, lambda row: row.buyer, width=94),
    Column("goods", "Goods", Kind.GOODS, _goods, width=0),
    Column("quantity", "Qty", Kind.QUANTITY, lambda row: row.quantity, width=44),
    Column("paid", "Paid", Kind.MONEY, lambda row: row.paid, sort="paid", width=84),
    Column("status", "Status", Kind.STATUS, lambda row: _states()[row.state], width=100),
    Column("printed", "Printed", Kind.PRINTED, lambda row: row.printed, width=34),
    Column("cover", "Cover", Kind.BAR, lambda row: Bar(row.id % 10 / 9, 0.45, "warn" if row.id % 10 < 3 else "muted"), width=110),
    Column(
        "left", "Left", Kind.FIGURE, lambda row: Figure(formats.count(row.id - 3), "bad" if row.id < 3 else "text", bold=True), width=60
    ),
    Column("due", "Time left", Kind.DUE, _due, sort="due", width=96),
)


class DemoSource:
    """`total` rows; a search is the ending of the order number. Counts its queries."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.asked: list[str] = []
        self.missing: set[int] = set()

    def ids(self, search: str, sort: Sort, limit: int | None) -> Callable[[Any], Any]:
        def find(_desk: Any) -> array[int]:
            self.asked.append(f"ids {search} {sort.key} {limit}")
            found = [place for place in range(self.total) if demo_row(place).number.endswith(search)]
            if sort.key:
                found.sort(key=lambda place: getattr(demo_row(place), sort.key), reverse=sort.descending)
            return array("q", found[:limit])

        return find

    def rows(self, ids: Sequence[int]) -> Callable[[Any], Any]:
        def read(_desk: Any) -> list[DemoRow]:
            self.asked.append(f"rows {len(ids)}")
            return [demo_row(place) for place in ids if place not in self.missing]

        return read


class DemoPage(Page):
    tables = ("orders",)
    total = 300

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        column = QVBoxLayout()
        column.setSpacing(0)
        whole.addLayout(column, 1)
        pairs = [("unpaid", say("Unpaid", "待付款")), ("ship", say("To ship", "待发货")), ("all", say("All", "全部"))]
        self.tabs = Tabs(pairs, say("Order status", "订单状态"))
        self.tabs.add_right(Button(say("Import", "导入"), icon="import"))
        self.tabs.add_right(Button(say("New order", "新建订单"), icon="plus"))
        self.tabs.set_counts({"unpaid": 12, "ship": 86, "all": 5_947})
        self.tabs.choose("ship")
        column.addWidget(self.tabs)
        self.bar = SearchBar(say("Number, buyer, phone tail, goods…", "单号、买家、手机尾号、商品…"))
        box = QWidget()
        around = QHBoxLayout(box)
        around.setContentsMargins(16, 9, 16, 9)
        around.addWidget(self.bar)
        around.addWidget(Button(icon="columns", name=say("Columns", "列"), height=34))
        self.bar.set_chips([("paid", say("paid", "付款"), say("last 3 days", "近 3 天")), ("x", "", say("not presale", "非预售"))])
        column.addWidget(box)
        self.source = DemoSource(self.total)
        self.model = PagedTable(COLUMNS, self.source, context.runner, self)
        self.table = TableView(self.model, say("Orders", "订单"), context.prefs, "demo")
        self.table.set_empty(EmptyState("orders", say("No orders", "还没有订单"), say("Drop a file here.", "把文件拖进来。")))
        self.bar.searched.connect(self._search)
        column.addWidget(self.table, 1)
        self.foot = SelectionBar(
            Button(say("Memo", "备注"), icon="note"),
            MenuButton(say("Print", "打印"), [(say("Slips", "发货单"), "slip", lambda: None)], icon="print"),
            PrimaryButton(say("Ship 3 orders", "发货 3 单"), icon="ship"),
        )
        self.foot.clear.clicked.connect(self.model.selection.clear)
        self.model.selection.changed.connect(self._sum)
        column.addWidget(self.foot)
        self.panel = self._make_panel()
        whole.addWidget(self.panel)
        self.printed: list[str] = []
        action(self, say("Print slips", "打印发货单"), lambda: self.printed.append("slips"), icon="slip", shortcut="Ctrl+P", menu="print")
        self.asked: dict[str, Any] = {}

    def _make_panel(self) -> Panel:
        panel = Panel(say("Order", "订单"))
        panel.title.setText(formats.middle("3021447188230047764"))
        column = panel.body.column
        pills = QHBoxLayout()
        pills.setSpacing(8)
        pills.addWidget(PillLabel(say("To ship", "待发货"), "info", glyph="half"))
        pills.addWidget(PillLabel(say("Rush", "加急"), "bad"))
        pills.addStretch()
        column.addLayout(pills)
        column.addSpacing(12)
        column.addWidget(Band("warn", say("Memo unchecked: gift card", "备注未核对:送手写贺卡"), remedy=say("Checked", "已核对")))
        money = PanelSection(say("Money", "金额"), say("Edit price", "改价"), icon="edit")
        money.column.addWidget(Fact(say("Goods", "商品"), "¥323.90"))
        money.column.addWidget(Fact(say("Shop discount", "店铺优惠"), "−¥17.30"))
        money.column.addWidget(Fact(say("Paid", "实付"), "¥312.60", strong=True))
        column.addWidget(money)
        line = PanelSection(say("Timeline", "时间线"), say("Full audit", "全部留痕"))
        line.column.addWidget(
            Timeline(
                [
                    Event(say("Import changed the memo", "导入更新:卖家备注"), "13:58", say("empty → gift card", "空 → 送手写贺卡")),
                    Event(
                        say("Rule: rush gets a red flag, whatever it was", "规则「加急插红旗」,不管原来是什么颜色都改"), "09:41", "灰 → 红"
                    ),
                    Event(say("Paid ¥312.60", "付款 ¥312.60"), "09:40"),
                    Event(say("Order placed", "买家下单"), "09:37"),
                ]
            )
        )
        column.addWidget(line)
        panel.add_button(Button(say("Ship", "发货"), icon="ship"))
        panel.add_button(Button(icon="more", name=say("More", "更多")), right=True)
        return panel

    def _search(self, words: str) -> None:
        self.model.show(words)

    def _sum(self) -> None:
        chosen = self.model.selection.count(self.model.rowCount())
        if chosen:
            self.foot.show_selection(say(f"{chosen} selected", f"已选 {chosen} 单"), "¥900.00")
        else:
            self.foot.show_summary(say(f"{self.model.rowCount()} orders", f"{self.model.rowCount()} 单"))

    def load(self) -> None:
        self.model.show()

    def activate(self) -> None:
        self.table.setFocus()

    def refresh(self, changes: Any) -> None:
        self.model.refresh(changes.get("orders"))

    def navigate(self, **facts: Any) -> None:
        self.asked = facts

    def detail(self) -> QWidget:
        return self.panel

    def search_field(self) -> QWidget:
        return self.bar


DEMO_PAGES = (
    PageEntry("today", "Today", "today", "tests.desktop.demo:DemoPage"),
    PageEntry("orders", "Orders", "orders", "tests.desktop.demo:DemoPage"),
    PageEntry("refunds", "Refunds", "refund", "tests.desktop.demo:DemoPage"),
    PageEntry("stock", "Stock", "stock", "tests.desktop.demo:DemoPage", gap=True),
)
