"""What can be done with orders: each deed opens its dialog or does its work. Pages, menus and the panel all come here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import formats
from desktop.i18n import language, tr, trn
from desktop.printing import Printer, SystemPrinter
from desktop.views.edit_dialog import OPEN, AddressDialog, NoteDialog
from services.clock import to_local

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.views.widgets.dialog import DialogBase
    from services.desk import Desk
    from services.exports.pipeline import Written
    from services.progress import Progress
    from services.queries.order_card import OrderCardRow
    from services.queries.order_rows import OrderRow

MOST_SHIPPED = 2_000
"""Orders in one ship dialog: more could not be looked through."""


class OrderActions(QObject):
    """Deeds on ids of orders, over the widget `owner`. `printer` is replaced in tests; `dialog` is the one opened last."""

    def __init__(self, owner: QWidget, context: AppContext, printer: Printer | None = None) -> None:
        super().__init__(owner)
        self._owner, self.context = owner, context
        self.printer: Printer = printer or SystemPrinter()
        self.dialog: DialogBase | None = None

    def _open(self, dialog: DialogBase) -> None:
        self.dialog = dialog
        dialog.destroyed.connect(self._forget)
        dialog.open()

    def _forget(self) -> None:
        self.dialog = None

    def ship(self, ids: Sequence[int]) -> None:
        from desktop.views.ship_dialog import ShipDialog

        if not ids:
            return
        if len(ids) > MOST_SHIPPED:
            self.context.notify(tr("Ship at most {n} orders at a time: narrow the search first.", n=formats.count(MOST_SHIPPED)), "warn")
            return
        self._open(ShipDialog(self._owner, self.context, ids))

    def print_out(self, document: str, ids: Sequence[int]) -> None:
        from desktop.views.print_dialog import PrintDialog

        if ids:
            self._open(PrintDialog(self._owner, self.context, ids, document, self.printer))

    def edit_notes(self, ids: Sequence[int]) -> None:
        """Memo, flag and tags, on the state that the dialog shows."""
        if ids:
            from services.queries.order_rows import OrderRows

            self.context.runner.query(OrderRows(tuple(ids))).then(self._notes)

    def _notes(self, rows: Sequence[OrderRow]) -> None:
        if rows:
            self._open(NoteDialog(self._owner, self.context, rows))

    def edit_address(self, order_id: int) -> None:
        if order_id >= 0:
            self._card(order_id, self._address)

    def _address(self, card: OrderCardRow) -> None:
        if card.status in OPEN:
            self._open(AddressDialog(self._owner, self.context, card))
        else:
            self.context.notify(tr("Order {number} has left the house: its address can't be changed any more.", number=card.number), "warn")

    def refund(self, order_id: int) -> None:
        from desktop.views.refund_dialog import RefundDialog

        if order_id >= 0:
            self._open(RefundDialog(self._owner, self.context, order_id))

    def copy_reply(self, order_id: int) -> None:
        """Put the answer to “where is my order” on the clipboard."""
        if order_id >= 0:
            self._card(order_id, self._reply)

    def _reply(self, card: OrderCardRow) -> None:
        from desktop.views.orders_reply import reply_of

        words = reply_of(card, self.context.now(), self.context.zone)
        QGuiApplication.clipboard().setText(words)
        self.context.notify(tr("Copied: {words}", words=words if len(words) <= 60 else words[:60] + formats.ELLIPSIS))

    def _card(self, order_id: int, then: Callable[[OrderCardRow], object]) -> None:
        from services.queries.order_card import OrderCard

        self.context.runner.query(OrderCard(order_id)).then(then)

    # ---- export

    def export(self, ids: Sequence[int]) -> None:
        """Ask for a file and write these orders to it."""
        if not ids:
            return
        dialog = QFileDialog(self._owner, trn("Export {n} order", "Export {n} orders", len(ids)))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters([tr("Excel workbook") + " (*.xlsx)", tr("Text table") + " (*.csv)"])
        dialog.setDefaultSuffix("xlsx")
        at = f"{to_local(self.context.now(), self.context.zone):%Y-%m-%d}"
        dialog.selectFile(tr("Orders {day}", day=at) + ".xlsx")
        dialog.filterSelected.connect(lambda chosen: dialog.setDefaultSuffix("csv" if "csv" in chosen else "xlsx"))
        dialog.fileSelected.connect(lambda name: self.export_to(Path(name), ids))
        dialog.open()

    def export_to(self, path: Path, ids: Sequence[int]) -> None:
        work = partial(_export, ids, path, language())
        self.context.runner.job(work, tr("Exporting to {name}", name=path.name)).then(self._exported)

    def _exported(self, written: Written) -> None:
        words = trn("{n} order in {name}", "{n} orders in {name}", written.rows, name=written.file.name)
        self.context.notify(words, "ok", tr("Open"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(written.file))))


def _export(ids: Sequence[int], path: Path, lang: str, desk: Desk, progress: Progress) -> Any:
    from services.exports.orders import export_orders

    return export_orders(desk, ids, path, lang, progress)
