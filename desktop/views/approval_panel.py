"""The detail of one change: what it would do, and below it the owner's word with PIN and note."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.models.approval_columns import sides_of, signed, state_pill, what_of
from desktop.views.widgets.buttons import Button, Combo, PrimaryButton
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.labels import Label, PillLabel, rule
from desktop.views.widgets.panel import Band, Fact, Panel, PanelSection, empty_layout
from services.words import say, term

if TYPE_CHECKING:
    from collections.abc import Callable

    from desktop.context import AppContext
    from desktop.runner import Task
    from services.queries.approval_rows import ApprovalRow, Effect

WIDTH = 400


class ApprovalPanel(Panel):
    """`show_row(row)` shows it, None nothing. What is typed for one row is gone with the next."""

    def __init__(self, context: AppContext, see_order: Callable[[], object]) -> None:
        super().__init__(tr("Approval"), WIDTH)
        self.context, self._see_order = context, see_order
        self.row: ApprovalRow | None = None
        self.viewer, self.may_approve = "", False
        self._task: Task | None = None
        self._busy = False
        self.approve_button = PrimaryButton(tr("Approve"), partial(self.decide, True))
        self.reject_button = Button(tr("Reject"), partial(self.decide, False))
        self.withdraw_button = Button(tr("Withdraw"), self.withdraw)
        self.add_button(self.reject_button)
        self.add_button(self.withdraw_button)
        self.add_button(self.approve_button, right=True)
        self._put_form()
        key = QAction(self)
        key.setShortcuts([QKeySequence("Ctrl+Return"), QKeySequence("Ctrl+Enter")])
        key.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.triggered.connect(self._by_key)
        self.addAction(key)
        self._show(None)

    def _put_form(self) -> None:
        """Between the body, which scrolls, and the foot."""
        self.form = QWidget()
        column = QVBoxLayout(self.form)
        column.setContentsMargins(16, 0, 16, 10)
        column.setSpacing(8)
        column.addWidget(rule())
        self.trouble = QVBoxLayout()
        column.addLayout(self.trouble)
        self.note = QLineEdit()
        self.note.setMaxLength(200)
        self.note.setPlaceholderText(tr("A word to who asked; needed to reject"))
        self.note.textChanged.connect(lambda _text: self._tell())
        column.addWidget(FormRow(tr("Note"), self.note))
        self.who = Combo([], tr("Who approves"))
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pin.setMaxLength(12)
        self.pin.setPlaceholderText("PIN")
        self.pin.textChanged.connect(lambda _text: self._tell())
        self.pin_row = FormRow("PIN", self.who, self.pin)
        self.pin.setAccessibleName("PIN")
        column.addWidget(self.pin_row)
        layout = self.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(2, self.form)
        self.form.hide()
        self.pin_row.hide()

    # ---- what is shown

    def show_row(self, row: ApprovalRow | None) -> None:
        if row is None or self.row is None or row.id != self.row.id:
            self.note.clear()
            self.pin.clear()
            self._refuse("")
        self._show(row)
        if row is not None:
            if self._task is not None:
                self._task.cancel()
            self._task = self.context.runner.query(_standing)
            self._task.then(self._know)

    def _know(self, found: Any) -> None:
        """Who sits there, and who may decide by a PIN."""
        self.viewer, self.may_approve, approvers = found
        names = [str(self.who.itemData(place)) for place in range(self.who.count())]
        if names != list(approvers):
            self.who.blockSignals(True)
            self.who.clear()
            for name in approvers:
                self.who.addItem(term("actor", name, language()), name)
            self.who.blockSignals(False)
        if self.viewer in approvers:
            self.who.choose(self.viewer)
        self.pin_row.setVisible(bool(approvers))
        self.who.setVisible(len(approvers) > 1)
        self.pin.setPlaceholderText(tr("PIN of {name}", name=term("actor", approvers[0], language())) if len(approvers) == 1 else "PIN")
        self._tell()

    def _tell(self) -> None:
        """What can be done with it now."""
        row = self.row
        waits = row is not None and row.state == "waiting"
        self.form.setVisible(waits)
        asks = self.pin_row.isVisibleTo(self.form)
        may = waits and not self._busy and (bool(self.pin.text()) if asks else self.may_approve)
        self.approve_button.setVisible(waits and row is not None and not row.stale)
        self.reject_button.setVisible(waits)
        self.reject_button.setText(tr("Reject and say why") if row is not None and row.stale else tr("Reject"))
        self.withdraw_button.setVisible(waits and row is not None and row.asked_by == self.viewer)
        self.approve_button.setEnabled(may)
        self.reject_button.setEnabled(may and bool(self.note.text().strip()))

    def _show(self, row: ApprovalRow | None) -> None:
        self.row = row
        self.setUpdatesEnabled(False)
        self.body.clear()
        self.title.setText(row.code if row is not None else "")
        if row is None:
            hint = Label(tr("Choose a change to see it here."), "muted", wrap=True)
            hint.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            self.body.column.addSpacing(80)
            self.body.column.addWidget(hint)
        else:
            self._tell_state(row)
            if row.effect is not None:
                self._tell_diff(row.effect)
                self._tell_money(row.effect)
                self._tell_stock(row.effect)
            self._tell_who(row)
        self.setUpdatesEnabled(True)
        self._tell()

    def _tell_state(self, row: ApprovalRow) -> None:
        column = self.body.column
        pill = state_pill(row)
        if row.stale:
            words = tr("The order is not as it was when this was asked for")
            column.addWidget(Band("warn", words, tr("It can't be approved any more. Reject it and say why; it can be asked for anew.")))
        else:
            line = PillLabel(pill.words, pill.tone)
            column.addWidget(line, 0, Qt.AlignmentFlag.AlignLeft)
        column.addSpacing(8)
        section = PanelSection(tr("Order"), tr("Open the order"), self._see_order)
        section.column.addWidget(Label(row.number, copy=True))
        dot = " · " if language() == "en" else "·"
        told = dot.join(part for part in (row.buyer_nick, term("status", row.status, language())) if part)
        section.column.addWidget(Label(told, "label"))
        column.addWidget(section)

    def _tell_diff(self, effect: Effect) -> None:
        section = PanelSection(tr("What changes"))
        for row in effect.diff:
            if row.code != "payable":
                section.column.addWidget(Fact(what_of(row), sides_of(row)))
        self.body.column.addWidget(section)

    def _tell_money(self, effect: Effect) -> None:
        section = PanelSection(tr("Money"))
        before = effect.payable - effect.more
        section.column.addWidget(Fact(tr("Owed"), f"{formats.money(before)} → {formats.money(effect.payable)}", strong=True))
        if effect.more:
            section.column.addWidget(Fact(tr("The buyer owes"), signed(effect.more), tone="bad" if effect.more < 0 else "text"))
        if effect.paid:
            section.column.addWidget(Fact(tr("Paid"), formats.money(effect.paid)))
        if effect.surplus and effect.paid:
            section.column.addWidget(Fact(tr("Too much, can be refunded"), formats.money(effect.surplus), tone="warn"))
        self.body.column.addWidget(section)

    def _tell_stock(self, effect: Effect) -> None:
        told = [one for one in effect.stock if one.after is not None]
        if not told:
            return
        section = PanelSection(tr("Stock"))
        for one in told:
            short = one.after is not None and one.after < 0 < one.more
            words = tr("available {old} → {new}", old=one.available, new=one.after)
            section.column.addWidget(Fact(one.code, words + (tr(" (short)") if short else ""), tone="bad" if short else "text"))
        self.body.column.addWidget(section)

    def _tell_who(self, row: ApprovalRow) -> None:
        now, zone, said = self.context.now(), self.context.zone, language()
        section = PanelSection(tr("Why"))
        section.column.addWidget(Label(row.reason, wrap=True, copy=True))
        asked = "  ".join((term("actor", row.asked_by, said), formats.day_time(row.asked_at, now, zone)))
        section.column.addWidget(Fact(tr("Asked by"), asked))
        if row.decided_at is not None:
            decided = "  ".join((term("actor", row.decided_by, said), formats.day_time(row.decided_at, now, zone)))
            section.column.addWidget(Fact(tr("Decided by"), decided))
        if row.note:
            section.column.addWidget(Label(term("approval_note", row.note, said), "body2", wrap=True))
        self.body.column.addWidget(section)

    # ---- deeds

    def focus_first(self) -> None:
        """Enter on a row: on with the PIN, or the note."""
        if self.form.isVisible():
            (self.pin if self.pin_row.isVisible() else self.note).setFocus()

    def _by_key(self) -> None:
        if self.approve_button.isVisible():
            self.approve_button.click()
        elif self.reject_button.isVisible():
            self.reject_button.click()

    def decide(self, approve: bool) -> None:
        from services.commands.approvals import DecideApproval

        row = self.row
        if row is None or self._busy:
            return
        self._refuse("")
        self._busy = True
        self._tell()
        command = DecideApproval(row.id, approve, str(self.who.currentData() or self.viewer), self.pin.text(), self.note.text())
        self.pin.clear()
        self.context.runner.change(command).then(self._decided, self._failed)

    def _decided(self, outcome: Any) -> None:
        self._busy = False
        done = outcome.value
        if done.state == "waiting":
            code = "pin_wait" if done.wait else "pin_wrong"
            self._refuse(say(code, language(), wrong=done.wrong, seconds=-(-done.wait // 1000)))
            self._tell()
            self.pin.setFocus()
            return
        code = f"A{done.approval_id}"
        if done.state == "approved":
            self.context.notify(tr("{approval} approved: order {number} is changed", approval=code, number=done.number))
        else:
            self.context.notify(tr("{approval} rejected: order {number} stays as it is", approval=code, number=done.number))

    def withdraw(self) -> None:
        from services.commands.approvals import WithdrawApproval

        if self.row is not None and not self._busy:
            self._busy = True
            self.context.runner.change(WithdrawApproval(self.row.id)).then(self._withdrawn, self._failed)

    def _withdrawn(self, _outcome: Any) -> None:
        self._busy = False

    def _failed(self, error: Exception) -> None:
        self._busy = False
        self._refuse(error_words(error))
        self._tell()

    def _refuse(self, words: str) -> None:
        """Why it was not decided; empty words take it away."""
        empty_layout(self.trouble)
        if words:
            self.trouble.addWidget(Band("bad", words))


def _standing(desk: Any) -> tuple[str, bool, tuple[str, ...]]:
    from services.queries.approval_rows import Approvers

    return desk.viewer.name, desk.viewer.may("approve"), desk.read(Approvers())
