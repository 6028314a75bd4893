"""What can be done with orders: each deed opens its dialog or does its work. Pages, menus and the panel all come here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from desktop import formats
from desktop.i18n import language, tr, trn
from desktop.printing import Printer, SystemPrinter
from desktop.views.edit_dialog import OPEN, AddressDialog, NoteDialog, tell_changed
from desktop.views.widgets.dialog import Question
from services.clock import to_local
from services.words import say, term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.views.widgets.dialog import DialogBase
    from services.desk import Desk
    from services.exports.evidence import WrittenBook
    from services.queries.order_card import OrderCardRow
    from services.queries.order_rows import OrderRow

MOST_SHIPPED = 2_000
"""Orders in one ship dialog: more could not be looked through."""
MOST_PRINTED = 20_000
"""Orders in one document."""
MOST_COMPARED = 2_000
"""Orders whose present memo, flag and tags the dialog looks at."""
MANY, A_SECOND = 1_000, 12_000
"""Orders of one change that are asked about first; orders that are changed in a second (measured 10,000 to 30,000)."""
MOST_CAUSES = 3
MOST_CLOSED = 500
"""Orders closed in one go: nobody means more."""


class OrderActions(QObject):
    """Deeds on ids of orders, over the widget `owner`. `printer` is replaced in tests; `dialog` is the one opened last."""

    def __init__(self, owner: QWidget, context: AppContext, printer: Printer | None = None) -> None:
        super().__init__(owner)
        self._owner, self.context = owner, context
        self.printer: Printer = printer or SystemPrinter()
        self.dialog: DialogBase | None = None

    def _open(self, dialog: DialogBase) -> None:
        self.dialog = dialog
        dialog.destroyed.connect(partial(self._forget, id(dialog)))
        dialog.open()

    def _forget(self, gone: int, _object: object = None) -> None:
        """A dialog is gone; a newer one may be open already."""
        if id(self.dialog) == gone:
            self.dialog = None

    def ship(self, ids: Sequence[int]) -> None:
        from desktop.views.ship_dialog import ShipDialog

        if ids and self._shippable(ids):
            self._open(ShipDialog(self._owner, self.context, ids))

    def _shippable(self, ids: Sequence[int]) -> bool:
        if len(ids) <= MOST_SHIPPED:
            return True
        self.context.notify(tr("Ship at most {n} orders at a time: narrow the search first.", n=formats.count(MOST_SHIPPED)), "warn")
        return False

    def print_out(self, document: str, ids: Sequence[int]) -> None:
        from desktop.views.print_dialog import PrintDialog

        if len(ids) > MOST_PRINTED:
            self.context.notify(tr("Print at most {n} orders at a time: narrow the search first.", n=formats.count(MOST_PRINTED)), "warn")
        elif ids:
            self._open(PrintDialog(self._owner, self.context, ids, document, self.printer))

    def edit_notes(self, ids: Sequence[int]) -> None:
        """Memo, flag and tags, on the state that the dialog shows; of very many orders without looking at each."""
        if len(ids) > MOST_COMPARED:
            self._open(NoteDialog(self._owner, self.context, (), ids))
        elif ids:
            from services.queries.order_rows import OrderRows

            self.context.runner.query(OrderRows(tuple(ids))).then(self._notes)

    def _notes(self, rows: Sequence[OrderRow]) -> None:
        if rows:
            self._open(NoteDialog(self._owner, self.context, rows))

    # ---- one word for many orders

    def set_flag(self, ids: Sequence[int], flag: int) -> None:
        """Give these orders a flag; many are asked about first."""
        from services.commands.edits import EditOrders

        word = term("flag", str(flag), language())
        change = partial(self._change, EditOrders(ids, {"flag": flag}), ids, partial(tell_changed, self.context))
        self._surely(ids, trn("{flag} for {n} order", "{flag} for {n} orders", len(ids), flag=word), change)

    def check(self, ids: Sequence[int], on: bool = True) -> None:
        """Mark these orders as checked, or take the mark away; those that something keeps are told in words."""
        from services.commands.checking import CheckOrders

        words = (
            trn("Mark {n} order as checked", "Mark {n} orders as checked", len(ids))
            if on
            else trn("Take the check of {n} order back", "Take the checks of {n} orders back", len(ids))
        )
        self._surely(ids, words, partial(self._change, CheckOrders(tuple(ids), on), ids, partial(self._checked, on)))

    def check_and_ship(self, ids: Sequence[int]) -> None:
        """Check what can be checked, and go on to ship that."""
        from services.commands.checking import CheckOrders

        if ids and self._shippable(ids):
            self.context.runner.change(CheckOrders(tuple(ids))).then(partial(self._ship_checked, tuple(ids)))

    def _ship_checked(self, ids: Sequence[int], outcome: Any) -> None:
        self._checked(True, outcome)
        self.ship([order_id for order_id in ids if order_id not in outcome.value.refused])

    def _checked(self, on: bool, outcome: Any) -> None:
        changed, refused = len(outcome.value.changed), outcome.value.refused
        if not on:
            done = trn("{n} order is no longer checked", "{n} orders are no longer checked", changed)
            self.context.notify(done if changed else tr("None of them was checked."), "ok" if changed else "info")
            return
        done = trn("{n} order checked", "{n} orders checked", changed) if changed else ""
        if not refused:
            self.context.notify(done or tr("All of them were checked already."), "ok" if changed else "info")
            return
        said = language()
        causes = Counter(codes[0] for codes in refused.values()).most_common(MOST_CAUSES)
        comma = "、" if said == "zh" else ", "
        why = comma.join(f"{term('blocker', code, said)} {count:,}" for code, count in causes)
        kept = trn("{n} can't be checked: {why}", "{n} can't be checked: {why}", len(refused), why=why)
        words = ("；" if said == "zh" else "; ").join(part for part in (done, kept) if part)
        self.context.notify(words, "warn", tr("Show them"), partial(self.show_refused, dict(refused)))

    def show_refused(self, refused: Mapping[int, Sequence[str]]) -> None:
        """Which orders could not be checked, and why each."""
        from desktop.views.refused_dialog import RefusedDialog

        self._open(RefusedDialog(self._owner, self.context, refused))

    def _change(self, command: Any, ids: Sequence[int], then: Callable[[Any], object]) -> None:
        """Short changes just happen; long ones show how far they are, and can be stopped: then nothing was changed."""
        title = trn("Changing {n} order", "Changing {n} orders", len(ids)) if len(ids) > MANY else ""
        self.context.runner.change(command, title=title).then(then)

    def _surely(self, ids: Sequence[int], title: str, run: Callable[[], object]) -> None:
        """Ask before a change of many orders, and say how long it takes."""
        if not ids:
            return
        if len(ids) <= MANY:
            run()
            return
        words = tr("Each of them changes, and each change stays in the audit trail.")
        if (seconds := len(ids) // A_SECOND) >= 2:
            words += tr(
                " It takes about {n} seconds; the status bar shows how far it is, and stops it if you like.", n=formats.count(seconds)
            )
        self._open(Question(self._owner, title, words, trn("Change {n} order", "Change {n} orders", len(ids)), run))

    def edit_address(self, order_id: int) -> None:
        if order_id >= 0:
            self._card(order_id, self._address)

    def _address(self, card: OrderCardRow) -> None:
        if card.status in OPEN:
            self._open(AddressDialog(self._owner, self.context, card))
        else:
            self.context.notify(tr("Order {number} has left the house: its address can't be changed any more.", number=card.number), "warn")

    # ---- orders made by hand, and closing

    def new_order(self, made: Callable[[int], object]) -> None:
        from desktop.views.manual_order_dialog import ManualOrderDialog

        self._open(ManualOrderDialog(self._owner, self.context, made=made))

    def edit_order(self, order_id: int) -> None:
        """All of an order made by hand that waits for its payment; of others words why not."""
        if order_id >= 0:
            self._card(order_id, self._edit)

    def _edit(self, card: OrderCardRow) -> None:
        from desktop.views.manual_order_dialog import ManualOrderDialog

        if self._by_hand(card, "not_manual"):
            if card.status == "awaiting_payment" and not card.paid:
                self._open(ManualOrderDialog(self._owner, self.context, card))
            else:
                self.context.notify(say("manual_order_paid", language(), number=card.number), "warn")

    def change_order(self, order_id: int) -> None:
        """Goods and amounts of an order that is there; of one made by hand and not paid yet, all of it."""
        if order_id >= 0:
            self._card(order_id, self._change_of)

    def _change_of(self, card: OrderCardRow) -> None:
        from desktop.views.change_dialog import CHANGEABLE, ChangeDialog

        if card.by_hand and card.status == "awaiting_payment" and not card.paid and self.context.may("approve"):
            self._edit(card)
        elif card.lines_unknown:
            self.context.notify(say("lines_unknown_yet", language(), number=card.number), "warn")
        elif card.status not in CHANGEABLE:
            self.context.notify(say("change_too_late", language(), number=card.number), "warn")
        elif "approval_waiting" in card.blockers:
            self.context.notify(
                say("approval_there", language(), number=card.number), "warn", tr("See it"), partial(self.context.go, "approvals")
            )
        else:
            self._open(ChangeDialog(self._owner, self.context, card))

    def change_deadline(self, order_id: int) -> None:
        if order_id >= 0:
            self._card(order_id, self._deadline)

    def _deadline(self, card: OrderCardRow) -> None:
        from desktop.views.deadline_dialog import DeadlineDialog

        if card.status in OPEN:
            self._open(DeadlineDialog(self._owner, self.context, card))
        else:
            self.context.notify(say("deadline_fixed", language(), number=card.number), "warn")

    def _by_hand(self, card: OrderCardRow, code: str) -> bool:
        if card.by_hand:
            return True
        self.context.notify(say(code, language(), number=card.number), "warn")
        return False

    def record_payment(self, order_id: int) -> None:
        if order_id >= 0:
            self._card(order_id, self._payment)

    def _payment(self, card: OrderCardRow) -> None:
        from desktop.views.manual_order_money import PaymentDialog

        if not self._by_hand(card, "not_manual"):
            return
        if card.status == "awaiting_payment":
            self._open(PaymentDialog(self._owner, self.context, card))
        else:
            self.context.notify(say("payment_not_awaited", language(), number=card.number, source=card.status), "warn")

    def close_orders(self, ids: Sequence[int]) -> None:
        """Ask why, and say what becomes free, before orders are closed."""
        from desktop.views.manual_order_money import CloseDialog

        if len(ids) > MOST_CLOSED:
            self.context.notify(tr("Close at most {n} orders at a time: narrow the search first.", n=formats.count(MOST_CLOSED)), "warn")
        elif ids and ids[0] >= 0:
            self._open(CloseDialog(self._owner, self.context, ids))

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

    def evidence(self, order_id: int, folder: Path | None = None) -> None:
        """Write the evidence book of an order into a folder that is asked for."""
        if order_id < 0:
            return
        if folder is None:
            chosen = QFileDialog.getExistingDirectory(self._owner, tr("Folder for the evidence book"), str(Path.home()))
            if not chosen:
                return
            folder = Path(chosen)
        task = self.context.runner.job(
            partial(_write_evidence, order_id=order_id, folder=folder, lang=language()), tr("Making the evidence book")
        )
        task.then(self._evidence_made, self._evidence_refused)

    def _evidence_made(self, made: WrittenBook) -> None:
        self.context.notify(tr("Evidence book saved: {file}", file=made.pdf.name), "ok", tr("Open"), partial(_open_file, made.pdf))

    def _evidence_refused(self, error: Exception) -> None:
        from desktop.errors import error_words

        self.context.notify(error_words(error), "bad")

    def export(self, ids: Sequence[int]) -> None:
        """Ask which columns of these orders, and write them to a file."""
        from desktop.views.export_dialog import export_orders

        if ids:
            at = f"{to_local(self.context.now(), self.context.zone):%Y-%m-%d}"
            self._open(export_orders(self._owner, self.context, ids, tr("Orders {day}", day=at)))


def _write_evidence(desk: Desk, _progress: object, order_id: int, folder: Path, lang: str) -> WrittenBook:
    from services.exports.evidence import write_evidence

    return write_evidence(desk, order_id, folder, lang)


def _open_file(path: Path) -> None:
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
