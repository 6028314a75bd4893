"""Who works here, what each role may do, and how far a price may be cut without asking. The first PIN locks the shop, and says so before."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from desktop.errors import error_words
from desktop.i18n import language, tr
from desktop.views.pin_dialog import NewPersonDialog, NewPinDialog, role_name
from desktop.views.widgets.buttons import Button, CheckBox, Combo, PrimaryButton
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.labels import Elided, Label, PillLabel, rule
from desktop.views.widgets.panel import Band, empty_layout
from desktop.views.widgets.tabs import Tabs
from services.money import parse_amount, write_amount
from services.words import term, terms

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.views.main_window import MainWindow
    from services.queries.people import PersonRow, RoleRow

WIDTH, LABEL_WIDTH = 820, 190
LIMITS = ("price_cut_percent", "price_cut_fen", "lock_after_minutes")


class RoleGrid(QWidget):
    """Permissions down, roles across; the owner's column is full and fixed. `changes` gives the roles that differ."""

    def __init__(self, tell: Any) -> None:
        super().__init__()
        self._tell = tell
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._before: dict[str, frozenset[str]] = {}
        self.boxes: dict[tuple[str, str], CheckBox] = {}

    def show_roles(self, roles: tuple[RoleRow, ...]) -> None:
        empty_layout(self._grid)
        self._before = {role.name: role.permissions for role in roles}
        self.boxes = {}
        permissions = terms()["permission"]
        for column, role in enumerate(roles, 1):
            self._grid.addWidget(Label(role_name(role.name), "strong"), 0, column, Qt.AlignmentFlag.AlignHCenter)
        for line, permission in enumerate(permissions, 1):
            words = term("permission", permission, language())
            self._grid.addWidget(Label(words, "body"), line, 0)
            for column, role in enumerate(roles, 1):
                box = CheckBox("")
                box.setChecked(permission in role.permissions)
                box.setEnabled(role.name != "owner")
                box.setAccessibleName(f"{role_name(role.name)} · {words}")
                box.setFixedWidth(20)
                box.clicked.connect(lambda _on: self._tell())
                self.boxes[role.name, permission] = box
                self._grid.addWidget(box, line, column, Qt.AlignmentFlag.AlignHCenter)
        self._grid.setColumnStretch(0, 1)

    def changes(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for role, before in self._before.items():
            now = tuple(permission for (name, permission), box in self.boxes.items() if name == role and box.isChecked())
            if role != "owner" and set(now) != before:
                found[role] = now
        return found


class PeopleDialog(DialogBase):
    """Adding somebody, PINs and leaving are done at once, each on record; roles and limits with the verb."""

    def __init__(self, parent: QWidget, context: AppContext) -> None:
        super().__init__(
            parent, tr("People and access"), verb=tr("Save"), note=tr("Changes of the shop stay in the audit trail"), width=WIDTH
        )
        self.context = context
        self._people: tuple[PersonRow, ...] = ()
        self._roles: tuple[RoleRow, ...] = ()
        self._limits: dict[str, int] = {}
        self.buttons: dict[tuple[str, str], QWidget] = {}
        self.tabs = Tabs([("people", tr("People")), ("roles", tr("Roles")), ("limits", tr("Limits"))], tr("People and access"))
        self.tabs.changed.connect(lambda _key: self._turn())
        self.column.addWidget(self.tabs)
        self.people = QWidget()
        self._rows = QVBoxLayout(self.people)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self.roles = RoleGrid(self._tell)
        self.limits = self._limit_fields()
        for part in (self.people, self.roles, self.limits):
            self.column.addWidget(part)
        self._turn()
        self.load()

    def _limit_fields(self) -> QWidget:
        box = QWidget()
        column = QVBoxLayout(box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.percent, self.minutes, self.fen = QSpinBox(), QSpinBox(), QLineEdit()
        self.percent.setRange(0, 100)
        self.percent.setSuffix(" %")
        self.minutes.setRange(0, 480)
        self.minutes.setSuffix(tr(" min"))
        self.minutes.setSpecialValueText(tr("never"))
        for spin in (self.percent, self.minutes):
            spin.setFixedWidth(110)
            spin.lineEdit().setTextMargins(9, 0, 0, 0)
            spin.valueChanged.connect(lambda _value: self._tell())
        self.fen.setFixedWidth(110)
        self.fen.textChanged.connect(lambda _text: self._tell())
        told = tr(
            "Up to the greater of both a cut of what the buyer owes is approved by this limit, and recorded so. 0 asks the owner every time."
        )
        for words, field in (
            (tr("Price cut without asking, share"), self.percent),
            (tr("Price cut without asking, ¥"), self.fen),
        ):
            field.setAccessibleName(words)
            column.addWidget(FormRow(words, self._left(field), label_width=LABEL_WIDTH))
        column.addWidget(Label(told, "label", wrap=True))
        self.minutes.setAccessibleName(tr("Lock after"))
        column.addWidget(FormRow(tr("Lock after"), self._left(self.minutes), label_width=LABEL_WIDTH))
        column.addWidget(Label(tr("Without a key or a move of the mouse; Ctrl+L locks at once."), "label", wrap=True))
        return box

    @staticmethod
    def _left(field: QWidget) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(field)
        row.addStretch()
        return box

    # ---- what there is

    def load(self) -> None:
        from services.queries.people import PersonRows, RoleRows
        from services.settings import ShopSettings

        self.context.runner.query(lambda desk: (desk.read(PersonRows()), desk.read(RoleRows()), desk.read(ShopSettings()))).then(
            self._show, self._failed
        )

    def _show(self, found: tuple[tuple[PersonRow, ...], tuple[RoleRow, ...], dict[str, Any]]) -> None:
        self._people, self._roles, settings = found
        self._limits = {name: int(settings[name]) for name in LIMITS}
        self.percent.setValue(self._limits["price_cut_percent"])
        self.fen.setText(write_amount(self._limits["price_cut_fen"]))
        self.minutes.setValue(self._limits["lock_after_minutes"])
        self.roles.show_roles(self._roles)
        self._show_people()
        self.tabs.set_counts({"people": len(self._people)})
        self._tell()
        self._turn()

    def _show_people(self) -> None:
        empty_layout(self._rows)
        self.buttons = {}
        if not any(one.has_pin for one in self._people):
            words = tr("Nobody has a PIN yet: whoever opens this shop may do everything.")
            more = tr(
                "Begin with yourself as the owner. From then on the shop opens only with a PIN, here and on the command line; keep the recovery code that is shown."
            )
            self._rows.addWidget(Band("info", words, more))
        for one in self._people:
            self._rows.addWidget(self._row(one))
            self._rows.addWidget(rule())
        self.add_button = PrimaryButton(tr("Add somebody…"), self._add)
        self.add_button.setAutoDefault(False)
        foot = QHBoxLayout()
        foot.setContentsMargins(0, 12, 0, 0)
        foot.addWidget(self.add_button)
        foot.addStretch()
        holder = QWidget()
        holder.setLayout(foot)
        self._rows.addWidget(holder)

    def _row(self, one: PersonRow) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 8, 0, 8)
        row.setSpacing(8)
        row.addWidget(Elided(one.name, "text" if one.active else "muted", bold=True), 1)
        if one.wrong_pins:
            row.addWidget(PillLabel(tr("{n} wrong PINs", n=one.wrong_pins), "warn"))
        if not one.active:
            row.addWidget(PillLabel(tr("Has left"), "muted"))
        role = Combo([(each.name, role_name(each.name)) for each in self._roles], tr("Role of {name}", name=one.name))
        role.choose(one.role)
        role.activated.connect(lambda _place: self._change(one, role=str(role.currentData())))
        pin = Button(tr("New PIN…"), partial(self._new_pin, one), height=28, name=tr("New PIN for {name}", name=one.name))
        leave = Button(tr("Has left") if one.active else tr("Is back"), partial(self._change, one, active=not one.active), height=28)
        leave.setAccessibleName(f"{leave.text()} · {one.name}")
        pin.setEnabled(one.role != "owner" or one.name == self.context.viewer.name)
        if not pin.isEnabled():
            pin.setToolTip(tr("An owner's PIN is changed by the owner alone, or with the recovery code."))
        for key, widget in (("role", role), ("pin", pin), ("leave", leave)):
            self.buttons[one.name, key] = widget
            row.addWidget(widget)
        for button in (pin, leave):
            button.setAutoDefault(False)
        return box

    def _turn(self) -> None:
        key = self.tabs.current
        for name, part in (("people", self.people), ("roles", self.roles), ("limits", self.limits)):
            part.setVisible(key == name)
        self.fit()

    # ---- people, at once

    def _add(self) -> None:
        first = not any(one.has_pin for one in self._people)
        dialog = NewPersonDialog(self, self.context, [one.name for one in self._roles], first=first)
        dialog.finished.connect(lambda _result: self.load())
        dialog.open()

    def _new_pin(self, one: PersonRow) -> None:
        dialog = NewPinDialog(self, self.context, one.name, own=one.name == self.context.viewer.name and one.has_pin)
        dialog.finished.connect(lambda _result: self.load())
        dialog.open()

    def _change(self, one: PersonRow, *, role: str | None = None, active: bool | None = None) -> None:
        from services.commands.people import ChangePerson

        self.refuse("")
        self.context.runner.change(ChangePerson(one.name, role, active)).then(partial(self._changed, one.name), self._not_changed)

    def _changed(self, name: str, outcome: Any) -> None:
        if outcome.value.recovery:
            NewPinDialog.show_code(self, self.context, name, outcome.value.recovery).finished.connect(lambda _result: self.load())
        else:
            self.load()

    def _not_changed(self, error: Exception) -> None:
        self.load()
        self.refuse(error_words(error))

    # ---- roles and limits, with the verb

    def limit_changes(self) -> dict[str, int]:
        """What differs; without what is no amount."""
        if not self._limits:
            return {}
        now = {"price_cut_percent": self.percent.value(), "lock_after_minutes": self.minutes.value()}
        with suppress(ValueError):
            now["price_cut_fen"] = parse_amount(self.fen.text())
        return {name: value for name, value in now.items() if value != self._limits[name]}

    def _tell(self) -> None:
        try:
            parse_amount(self.fen.text() or "0")
        except ValueError:
            self.set_verb(tr("The amount is none"), enabled=False)
            return
        changed = bool(self.roles.changes() or self.limit_changes())
        self.set_verb(tr("Save") if changed else tr("Nothing changed yet"), enabled=changed)

    def submit(self) -> None:
        from services.commands.people import ChangeRole
        from services.settings import ChangeSettings

        commands: list[Any] = [ChangeRole(name, allowed) for name, allowed in self.roles.changes().items()]
        if limits := self.limit_changes():
            commands.append(ChangeSettings(tuple(limits.items())))
        self.set_busy(True)
        self._next(commands)

    def _next(self, commands: list[Any], _outcome: object = None) -> None:
        if not commands:
            self.context.notify(tr("Settings saved"))
            self.accept()
            return
        self.context.runner.change(commands[0]).then(partial(self._next, commands[1:]), self._failed)

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self._tell()
        self.refuse(error_words(error))


def picture(window: MainWindow) -> PeopleDialog:
    """For the screenshots."""
    dialog = PeopleDialog(window, window.context)
    dialog.open()
    return dialog


def picture_of_roles(window: MainWindow) -> PeopleDialog:
    """For the screenshots: what each role may do."""
    dialog = picture(window)
    dialog.tabs.choose("roles")
    return dialog
