"""The orders table on a big shop: first page, page at the end, all ids, search while typing, counts, repaint (design/quality.md).

Run: pytest -m bench -s tests/bench/bench_orders_table.py. Each line is a ratio to its floor in the same run, CPU time, medians of seven.
Counts of statements are asserted, times never.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QHeaderView, QTableView
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.models.column import cell_text
from desktop.models.order_columns import ALL, STATUSES, Moment, OrderSource, order_columns, search_of, usual_sort
from desktop.models.paged_table import PagedTable, Sort
from desktop.runner import InlineRunner
from desktop.theme import themes
from desktop.views.widgets.table import TableView
from services.desk import Desk
from services.queries.counts import StatusCounts
from services.queries.order_rows import FirstOrders, OrderIds, OrderPage, OrderRows, OrderTotals
from services.search.fields import GOODS_COLUMNS, TEXT_COLUMNS
from services.search.grams import match_words
from tests.bench.measuring import big_shop, medians, raw_reader, small_shop, tell
from tests.queries.statements import statements

pytestmark = pytest.mark.bench

PAGE = 100


@pytest.fixture(scope="module")
def folder() -> Path:
    return big_shop()


@pytest.fixture(scope="module")
def shop(folder: Path) -> Iterator[Desk]:
    with Desk.open(folder) as desk:
        yield desk


@pytest.fixture(scope="module")
def raw(folder: Path) -> Iterator[sqlite3.Connection]:
    connection = raw_reader(folder)
    yield connection
    connection.close()


def same_sql(desk: Desk, query: Any, raw: sqlite3.Connection) -> tuple[list[str], Callable[[], object]]:
    """The statements that a query runs, and a function that runs just these through sqlite3."""
    with statements(desk) as asked:
        desk.read(query)
    return asked, lambda: [raw.execute(one).fetchall() for one in asked]


def order_of(sort: Sort) -> str:
    return ("-" if sort.descending else "") + sort.key


# ---- pages


@pytest.mark.parametrize("tab", [*STATUSES, ALL])
def test_first_page_of_a_tab(shop: Desk, raw: sqlite3.Connection, tab: str) -> None:
    query = OrderPage(search_of(tab, ""), order_of(usual_sort(tab)), PAGE)
    asked, floor = same_sql(shop, query, raw)
    ours, bare = medians(lambda: shop.read(query), floor)
    tell(f"first page of {tab}, against the same SQL", ours, bare, "2, aim 1.4")
    assert len(asked) <= 2


def test_first_page_does_not_grow_with_the_shop(shop: Desk) -> None:
    query = OrderPage("", "-created_at", PAGE)
    with Desk.open(small_shop()) as small:
        ours, floor = medians(lambda: shop.read(query), lambda: small.read(query))
    tell("first page, against one of a shop a hundredth as big", ours, floor, "exponent 0.3 = 4.0")


def test_page_far_down(shop: Desk) -> None:
    ids = shop.read(OrderIds("", "-created_at"))
    places = {"row 90 %": len(ids) * 9 // 10, "the end": len(ids) - PAGE}
    first = OrderRows(tuple(ids[:PAGE]))
    for name, place in places.items():
        query = OrderRows(tuple(ids[place : place + PAGE]))
        ours, floor = medians(lambda query=query: shop.read(query), lambda: shop.read(first))  # type: ignore[misc]
        tell(f"rows at {name}, against the first rows", ours, floor, "3, aim 1.5")
        with statements(shop) as asked:
            shop.read(query)
        assert len(asked) == 1


def test_all_ids(shop: Desk, raw: sqlite3.Connection) -> None:
    walk_all = "SELECT sum(id) FROM (SELECT id FROM orders {where} ORDER BY created_at DESC, id DESC LIMIT -1)"
    walks = {"": walk_all.format(where=""), "status:completed": walk_all.format(where="WHERE status = 'completed'")}
    for search, walk in walks.items():
        found = shop.read(OrderIds(search, "-created_at"))
        assert sum(found) == raw.execute(walk).fetchone()[0]
        ours, floor = medians(
            lambda search=search: shop.read(OrderIds(search, "-created_at")),  # type: ignore[misc]
            lambda walk=walk: raw.execute(walk).fetchall(),  # type: ignore[misc]
        )
        tell(f"all {len(found):,} ids of {search or 'the shop'}, against SQLite's walk", ours, floor, "6, aim 3")
    with statements(shop) as asked:
        shop.read(OrderIds("", "-created_at"))
    assert len(asked) == 1


def test_totals_of_everything(shop: Desk, raw: sqlite3.Connection) -> None:
    query = OrderTotals("status:completed")
    asked, floor = same_sql(shop, query, raw)
    ours, bare = medians(lambda: shop.read(query), floor)
    tell("totals of all completed orders, against the aggregate", ours, bare, "no work per row")
    assert len(asked) == 1


def test_status_counts(shop: Desk, raw: sqlite3.Connection) -> None:
    group = "SELECT status, count(*) FROM orders GROUP BY status"
    counts = shop.read(StatusCounts())
    assert {status: count for status, count in counts.by_status.items() if count} == dict(raw.execute(group).fetchall())
    with Desk.open(small_shop()) as small:
        ours, floor, counted = medians(
            lambda: shop.read(StatusCounts()), lambda: small.read(StatusCounts()), lambda: raw.execute(group).fetchall()
        )
    tell("status counts, against a shop a hundredth as big", ours, floor, "independent of the number of orders")
    tell("status counts, against counting the orders", ours, counted, "–")


# ---- search


def _words_sql(word: str) -> tuple[str, str]:
    """What a hand would write for one word: gathered from the indexes, and walked along the newest orders. Same answer."""
    goods = {
        owner: "||char(31)||".join(name.partition(".")[2] for name in GOODS_COLUMNS if name.startswith(owner))
        for owner in ("listing", "sku")
    }
    lines = " UNION ".join(
        f"SELECT order_id FROM order_line WHERE {owner}_id IN (SELECT id FROM {owner} WHERE instr({text}, '{word}'))"
        for owner, text in goods.items()
    )
    texts = "||char(31)||".join(TEXT_COLUMNS)
    # One or two characters are words of the index; longer ones need the second look.
    again = f" AND (instr({texts}, '{word}') OR id IN ({lines}))" if len(word) > 2 else ""
    gathered = (
        f"SELECT id FROM orders WHERE id IN (SELECT rowid FROM order_text WHERE order_text MATCH '{match_words(word)}' UNION {lines}){again} "
        f"ORDER BY created_at DESC, id DESC LIMIT {PAGE}"
    )
    line = " OR ".join(f"+l.{owner}_id IN (SELECT id FROM {owner} WHERE instr({text}, '{word}'))" for owner, text in goods.items())
    walked = (
        f"SELECT id FROM orders INDEXED BY ix_orders_created_at WHERE instr({texts}, '{word}') "
        f"OR EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = orders.id AND ({line})) ORDER BY created_at DESC, id DESC LIMIT {PAGE}"
    )
    return gathered, walked


def _raw_ways(raw: sqlite3.Connection, kind: str, typed: str) -> tuple[str, ...]:
    if kind == "number":
        return (f"SELECT id FROM orders WHERE number = '{typed}' ORDER BY created_at DESC, id DESC LIMIT {PAGE}",)
    if kind == "tail":
        both = f"phone_tail = '{typed}' OR substr(number, -4) = '{typed}'"
        return (f"SELECT id FROM orders WHERE {both} ORDER BY created_at DESC, id DESC LIMIT {PAGE}",)
    return _words_sql(typed)


def _typed(raw: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """(kind, what, typed): frequent and rare, of an order in the middle of the shop."""
    middle = raw.execute("SELECT max(id) / 2 FROM orders").fetchone()[0]
    find = "SELECT number, substr(recipient, 1, 1), recipient, buyer_nick FROM orders WHERE id >= ? AND NOT masked AND length(recipient) = 3 LIMIT 1"
    number, surname, name, nick = raw.execute(find, (middle,)).fetchone()
    return [
        ("number", "a whole number", number),
        ("tail", "a tail", number[-4:]),
        ("han", "one Chinese character, a surname", surname),
        ("han", "one Chinese character, rare", "鹃"),
        ("han", "two Chinese characters of a name", name[1:]),
        ("han", "two Chinese characters of a nick", nick[:2]),
        ("han", "a whole name", name),
        ("han", "goods, frequent", "桂花乌龙"),
        ("han", "goods, rare", "福袋"),
        ("han", "nothing found", "魑魅魍魉"),
    ]


def test_search_while_typing(shop: Desk, raw: sqlite3.Connection) -> None:
    rows = shop.read(FirstOrders("", "-created_at", 1))
    with statements(shop) as asked:
        shop.read(OrderRows(tuple(rows)))
    page = asked[0].replace(f"[{rows[0]}]", "{ids}")
    for kind, what, typed in _typed(raw):
        query = OrderPage(typed, "-created_at", PAGE)
        found = [row.id for row in shop.read(query)]
        ways = _raw_ways(raw, kind, typed)

        def floor(way: str) -> list[int]:
            ids = [one for (one,) in raw.execute(way)]
            raw.execute(page.replace("{ids}", str(ids).replace(" ", ""))).fetchall()
            return ids

        for way in ways:
            assert floor(way) == found, (what, typed)
        like = " OR ".join(f"{name} LIKE '%{typed}%'" for name in (*TEXT_COLUMNS, "goods_summary"))
        scan = f"SELECT count(*) FROM orders WHERE {like}"
        ours, scanned, *bare = medians(
            partial(shop.read, query),
            lambda scan=scan: raw.execute(scan).fetchall(),  # type: ignore[misc]
            *(partial(floor, way) for way in ways),
        )
        with statements(shop) as asked:
            shop.read(query)
        tell(f"{what} ({len(found)} rows, {len(asked)} statements), raw index + page", ours, min(bare), "2, aim 1.3")
        tell("    against a LIKE scan", ours, scanned, "0.05")


# ---- the table on the screen


class Screen:
    """Our table and Qt's own, side by side, both with the same rows, widths and font."""

    def __init__(self, qtbot: QtBot, desk: Desk) -> None:
        moment = Moment(desk.clock.now, lambda: desk.shop.zone)
        source = OrderSource()
        source.tab = ALL
        self.model = PagedTable(order_columns(ALL, moment), source, InlineRunner(desk))
        self.ours = TableView(self.model, "订单")
        self.ours.resize(1920, 1080)
        self.ours.show()
        qtbot.addWidget(self.ours)
        qtbot.waitExposed(self.ours)
        self.model.show("", Sort("created_at", True))
        self.settle()
        self.bare = QTableView()
        self.items = QStandardItemModel(0, len(self.model.columns))
        for row in desk.read(OrderRows(tuple(array("q", self.model.all_ids())[:2000]))):
            self.items.appendRow([QStandardItem(cell_text(column.kind, column.value(row))) for column in self.model.columns])
        self.bare.setModel(self.items)
        self.bare.verticalHeader().hide()
        self.bare.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.bare.verticalHeader().setDefaultSectionSize(self.ours.verticalHeader().defaultSectionSize())
        self.bare.setShowGrid(False)
        self.bare.setWordWrap(False)
        for place in range(len(self.model.columns)):
            self.bare.setColumnWidth(place, self.ours.columnWidth(place))
        self.bare.resize(1920, 1080)
        self.bare.show()
        qtbot.addWidget(self.bare)
        qtbot.waitExposed(self.bare)
        self.settle()

    @staticmethod
    def settle() -> None:
        for _ in range(3):
            QApplication.processEvents()

    def go(self, row: int) -> None:
        """Show a far row as if for the first time: no page is in the cache."""
        self.model._rows.clear()
        self.model._pages.clear()
        self.ours.verticalScrollBar().setValue(row * self.ours.verticalHeader().defaultSectionSize())
        self.ours.viewport().update()
        self.settle()


def test_repaint_and_scrolling(qtbot: QtBot, qapp: QApplication, shop: Desk) -> None:
    i18n.install("zh")
    themes().install("light", language="zh")
    screen = Screen(qtbot, shop)
    total = screen.model.rowCount()
    shown = screen.ours.viewport().height() // screen.ours.verticalHeader().defaultSectionSize()
    ours, floor = medians(screen.ours.viewport().repaint, screen.bare.viewport().repaint)
    tell(f"repaint of {shown} rows × {len(screen.model.columns)}, against QStandardItemModel", ours, floor, "3, aim 1.5")
    first, deep, end = medians(lambda: screen.go(0), lambda: screen.go(total * 9 // 10), lambda: screen.go(total))
    tell("jump to row 90 % until painted, against the first rows", deep, first, "3, aim 1.5")
    assert screen.model.row_at(total - 1) is not None
    tell("jump to the end until painted, against the first rows", end, first, "3, aim 1.5")
