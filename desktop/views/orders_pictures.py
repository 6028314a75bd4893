"""States and dialogs of the orders page for the screenshots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from desktop.i18n import language
from desktop.models.order_columns import ALL
from desktop.views.change_dialog import ChangeDialog
from desktop.views.deadline_dialog import DeadlineDialog
from desktop.views.edit_dialog import AddressDialog, NoteDialog
from desktop.views.manual_order_dialog import ManualOrderDialog
from desktop.views.manual_order_money import CloseDialog
from desktop.views.print_dialog import LABEL, PICK, SLIP
from desktop.views.search_pictures import search_pictures
from desktop.views.ship_dialog import ShipDialog

if TYPE_CHECKING:
    from desktop.views.orders import OrdersPage

Picture = tuple[str, Callable[[], QWidget | None]]


def pictures_of(page: OrdersPage) -> Sequence[Picture]:
    def ids(count: int) -> list[int]:
        return list(page.model.all_ids()[:count])

    return (
        ("columns", page.table.choose_columns),
        ("memo", lambda: _typing(page)),
        ("chosen", lambda: _chosen(page)),
        ("many", lambda: _opened(page, lambda: page.deeds.set_flag(range(1, 86_001), 1))),
        ("refused", lambda: _refused(page)),
        ("ship", lambda: _ship(page)),
        ("trouble", lambda: _trouble(page)),
        *search_pictures(page.bar),
        ("all", lambda: _all(page)),
        ("ship-one", lambda: _opened(page, lambda: page.deeds.ship(ids(1)))),
        ("address", lambda: _address(page)),
        ("note", lambda: _note(page)),
        ("new", lambda: _new(page)),
        ("new-doubts", lambda: _new(page, ready=False)),
        ("sources", page.panel.show_sources),
        ("edit", lambda: _by_hand(page, page.deeds.edit_order)),
        ("payment", lambda: _by_hand(page, page.deeds.record_payment)),
        ("change", lambda: _change(page)),
        ("deadline", lambda: _deadline(page)),
        ("close", lambda: _close(page)),
        ("slip", lambda: _opened(page, lambda: page.deeds.print_out(SLIP, ids(5)))),
        ("labels", lambda: _opened(page, lambda: page.deeds.print_out(LABEL, ids(5)))),
        ("picklist", lambda: _opened(page, lambda: page.deeds.print_out(PICK, ids(20)))),
        ("export", lambda: _opened(page, lambda: page.deeds.export(ids(23)))),
        ("regions", page.views.show_regions),
        ("group", lambda: _group(page)),
        ("tags", page.views.manage_tags),
        ("shipping-order", page.views.choose_shipping_order),
    )


def _new(page: OrdersPage, *, ready: bool = True) -> QWidget | None:
    """An order being typed in: whole and paid, or with an address that could be in two places and goods being looked for."""
    page.deeds.new_order(lambda _id: None)
    dialog = page.deeds.dialog
    if not isinstance(dialog, ManualOrderDialog):
        return dialog
    street = "建国路88号现代城3幢1204"
    text = f"小满 16812345678 北京市朝阳区{street}" if ready else f"林小满 朝阳区{street} 16812345678 麻烦周末送"
    dialog.place.box.setPlainText(text)
    dialog.place.read()
    dialog.goods.scanned("WL-GH-125")
    dialog.goods.scanned("CD-LJ-02")
    if ready:
        dialog.goods.write_down("手写贺卡" if language() == "zh" else "Greeting card", 1, 500)
        dialog.freight.set_fen(800)
        dialog.paid.setChecked(True)
    else:
        dialog.goods.scanned("乌龙")
    return dialog


def _by_hand(page: OrdersPage, run: Callable[[int], object]) -> QWidget | None:
    """The newest order that was made by hand and waits for its payment; one is made where there is none."""
    from services.commands.manual_draft import DraftLine, OrderDraft
    from services.commands.manual_orders import CreateOrder
    from services.queries.order_rows import OrderIds

    lines = (DraftLine(1, "", 2, 5800), DraftLine(None, "手写贺卡", 1, 500))
    where = ("浙江省", "杭州市", "西湖区", "文一路99号3幢402室")
    draft = OrderDraft("青柠不加糖", "林小青", "16812340427", *where, lines=lines, discount=300, freight=800)

    def take(ids: Sequence[int]) -> None:
        if ids:
            run(ids[0])
        else:
            page.context.runner.change(CreateOrder(draft)).then(lambda outcome: run(outcome.value.order_id))

    page.context.runner.query(OrderIds("channel:manual status:awaiting_payment")).then(take, lambda _no_channel: take(()))
    return page.deeds.dialog


def _change(page: OrdersPage) -> QWidget | None:
    """Goods become cheaper, and one more of them is wanted."""
    if page.panel.card is None:
        return None
    dialog = ChangeDialog(page, page.context, page.panel.card)

    def fill() -> None:
        if len(dialog.goods.of) < len(dialog.card.lines):
            QTimer.singleShot(20, dialog, fill)
            return
        line = dialog.goods.lines[0]
        line.price.set_fen((line.fen or 0) * 9 // 10)
        line.units.set(line.units.value + 1)
        dialog.reason.choice.choose(dialog.reason.choice.itemData(1))
        dialog.ask()

    dialog.open()
    fill()
    return dialog


def _deadline(page: OrdersPage) -> QWidget | None:
    if page.panel.card is None:
        return None
    dialog = DeadlineDialog(page, page.context, page.panel.card)
    dialog.open()
    return dialog


def _close(page: OrdersPage) -> QWidget | None:
    """Some that wait for payment, and one that was paid and can't be closed."""
    from services.queries.order_rows import OrderIds

    def take(unpaid: Sequence[int]) -> None:
        page.deeds.close_orders([*unpaid[:3], *page.model.all_ids()[:1]])
        if isinstance(page.deeds.dialog, CloseDialog):
            page.deeds.dialog.reason.choose("unpaid_in_time")

    page.context.runner.query(OrderIds("status:awaiting_payment")).then(take)
    return page.deeds.dialog


def _opened(page: OrdersPage, run: Callable[[], object]) -> QWidget | None:
    run()
    return page.deeds.dialog


def _group(page: OrdersPage) -> QWidget | None:
    from desktop.models.group_tree import GroupModel, folders_of
    from desktop.views.group_dialog import GroupDialog

    page.views.show_table()
    search = "状态:待发货 省:浙江" if language() == "zh" else "status:awaiting_shipment province:浙江"
    return page.open_dialog(GroupDialog(page, page.context, search, folders_of(GroupModel(page).nodes)))


def _typing(page: OrdersPage) -> None:
    """Columns of a person's own choice, and a memo being typed that somebody else changed meanwhile."""
    for key, on in (("memo", True), ("tags", True), ("recipient", False), ("quantity", False)):
        page.table.arranged.show(key, on)
    rows = page.model.all_ids()
    if len(rows) > 4:
        page.inline.begin(rows[4], "memo")
        if page.inline.editor is not None:
            page.inline.editor.refuse("刚刚被改过" if language() == "zh" else "Changed meanwhile")


def _chosen(page: OrdersPage) -> None:
    page.inline.finish()
    page.table.arranged.reset()
    page.model.selection.only(page.model.all_ids()[:6:2])


def _refused(page: OrdersPage) -> QWidget | None:
    found = {}
    for place in range(min(60, page.model.rowCount())):
        row = page.model.row_at(place)
        if row is not None and row.blockers:
            found[row.id] = row.blockers
    page.deeds.show_refused(found)
    return page.deeds.dialog


def _trouble(page: OrdersPage) -> None:
    page.model.selection.clear()
    page.bar.set_text("状太:已发货" if language() == "zh" else "stauts:shipped")


def _all(page: OrdersPage) -> None:
    page.bar.set_text("")
    page.tabs.choose(ALL)


def _address(page: OrdersPage) -> QWidget | None:
    if page.panel.card is None:
        return None
    dialog = AddressDialog(page, page.context, page.panel.card)
    dialog.put({"province": "新疆维吾尔自治区", "city": "乌鲁木齐市", "district": "天山区", "address": "解放南路 18 号 2 单元 501"})
    dialog.open()
    return dialog


def _note(page: OrdersPage) -> QWidget | None:
    rows = [row for place in range(min(4, page.model.rowCount())) if (row := page.model.row_at(place)) is not None]
    if not rows:
        return None
    dialog = NoteDialog(page, page.context, rows)
    dialog.open()
    return dialog


def _ship(page: OrdersPage) -> QWidget | None:
    """Some numbers typed, one of another carrier, so that the verdicts are seen."""
    numbers = "\n".join([*(f"7312345678{n:04d}" for n in range(5)), "SF1234567890123", "7312345678"])
    dialog = ShipDialog(page, page.context, page.model.all_ids()[:30], numbers)
    dialog.open()
    return dialog
