"""The shop's few choices: its name, how fast it promises to ship, the address on labels. What belongs to this computer (language, colours) is in the View menu and here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSpinBox, QWidget

from desktop.errors import error_words
from desktop.i18n import language, later, tr
from desktop.theme import themes
from desktop.views.tier_discounts import TierDiscounts
from desktop.views.watch_setting import WatchSetting
from desktop.views.widgets.buttons import Button, CheckBox, Combo
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FieldDiff, FormRow
from desktop.views.widgets.labels import Label, rule
from services.errors import Conflict
from services.money import parse_amount, write_amount
from services.words import term, terms

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.views.main_window import MainWindow

MOST_HOURS, LABEL_WIDTH = 720, 110
PLACES = (
    ("name", later("Shop's name")),
    ("watch", later("New files offered for import")),
    ("return_address", later("Sender on labels")),
    ("thank_you", later("Words at the foot of slips")),
    ("promise_hours", later("Ships within")),
    ("ship_only_checked", later("Ship only what is checked")),
    ("big_order", later("Big order from")),
    ("priority_tiers", later("Tiers that go first")),
    ("tier_discounts", later("Discounts by tier")),
    ("people", later("People and access")),
)
"""What can be gone to by name (`go_to`)."""
TEXTS = {"name": 60, "return_address": 200, "thank_you": 120}


class SettingsDialog(DialogBase):
    """`saved` is called once the shop's choices stand; language and theme hold at once."""

    def __init__(self, parent: QWidget, context: AppContext, choose_language: Callable[[str], object], saved: Callable[[], object]) -> None:
        super().__init__(parent, tr("Settings"), verb=tr("Save"), note=tr("Changes of the shop stay in the audit trail"), width=640)
        self.context, self._choose_language, self._saved = context, choose_language, saved
        self._now: dict[str, Any] = {}
        self._place = "name"
        self.column.addWidget(Label(tr("This computer"), "strong"))
        # Each language names itself, so that it can be found by who reads no other.
        languages = (("system", tr("As the computer")), ("zh", "简体中文"), ("en", "English"))
        self.language = Combo(languages, tr("Language"))
        self.language.choose(context.prefs.language)
        self.colours = Combo((("system", tr("As the computer")), ("light", tr("Light")), ("dark", tr("Dark"))), tr("Colours"))
        self.colours.choose(context.prefs.theme)
        self.colours.activated.connect(lambda _place: self._show_theme())
        for words, combo in ((tr("Language"), self.language), (tr("Colours"), self.colours)):
            combo.setMinimumWidth(200)
            combo.activated.connect(lambda _place: self.tell())
            self.column.addWidget(FormRow(words, combo, label_width=LABEL_WIDTH))
        self.watch = WatchSetting(context)
        self.watch.changed.connect(self.tell)
        self.column.addWidget(self.watch)
        self.column.addWidget(rule())
        self.column.addWidget(Label(tr("This shop"), "strong"))
        self.fields = FieldDiff()
        self.hours = QSpinBox()
        self.fields.changed.connect(self.tell)
        self.column.addWidget(self.fields)
        self.hours.setRange(1, MOST_HOURS)
        self.hours.setFixedWidth(96)
        self.hours.lineEdit().setTextMargins(9, 0, 0, 0)  # the style sheet's padding does not reach into a spin box
        self.hours.setSuffix(tr(" h"))
        self.hours.valueChanged.connect(lambda _hours: self.tell())
        self.column.addWidget(FormRow(tr("Ships within"), self.hours, label_width=LABEL_WIDTH))
        self.column.addWidget(
            Label(tr("Counts from the payment, for orders imported from now on that tell no deadline of their own."), "label", wrap=True)
        )
        self.checked = CheckBox(tr("Ship only what is checked"))
        self.checked.clicked.connect(lambda _on: self.tell())
        self.column.addWidget(self.checked)
        self.big = QLineEdit()
        self.big.setFixedWidth(96)
        self.big.textChanged.connect(lambda _text: self.tell())
        amount = QWidget()
        row = QHBoxLayout(amount)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.big)
        row.addWidget(Label("¥", "label"))
        self.column.addWidget(FormRow(tr("Big order from"), amount, label_width=LABEL_WIDTH))
        self.big.setAccessibleName(tr("Big order from"))
        self.tiers = {tier: CheckBox(term("tier", tier, language())) for tier in terms()["tier"]}
        for box in self.tiers.values():
            box.clicked.connect(lambda _on: self.tell())
        self.column.addWidget(FormRow(tr("Tiers that go first"), *self.tiers.values(), label_width=LABEL_WIDTH))
        self.column.addWidget(Label(tr("In the shipping order, and when goods come in that several orders wait for."), "label", wrap=True))
        self.discounts = TierDiscounts()
        self.discounts.changed.connect(self.tell)
        self.column.addWidget(FormRow(tr("Discounts by tier"), self.discounts, label_width=LABEL_WIDTH))
        self.people = Button(tr("People, PINs and roles…"), self._people, icon="user")
        self.people.setAutoDefault(False)
        self.column.addWidget(FormRow(tr("People and access"), self.people, label_width=LABEL_WIDTH))
        if context.may("see_audit"):
            self.extra.addWidget(Button(tr("History…"), self._show_history, icon="audit", height=34))
        self.set_verb(tr("Save"), enabled=False)
        from services.settings import ShopSettings

        context.runner.query(ShopSettings()).then(self._take, self._failed)

    def _show_history(self) -> None:
        from desktop.views.history_dialog import HistoryDialog

        HistoryDialog(self, self.context, tr("Settings"), "setting").open()

    def _take(self, found: dict[str, Any]) -> None:
        self._now = found
        self.fields.add("name", tr("Shop's name"), str(found["name"]), limit=TEXTS["name"])
        self.fields.add("return_address", tr("Sender on labels"), str(found["return_address"]), limit=TEXTS["return_address"])
        self.fields.add("thank_you", tr("Words at the foot of slips"), str(found["thank_you"]), limit=TEXTS["thank_you"])
        self.hours.setValue(int(found["promise_hours"]))
        self.checked.setChecked(bool(found["ship_only_checked"]))
        self.big.setText(write_amount(found["big_order"]))
        for tier, box in self.tiers.items():
            box.setChecked(tier in found["priority_tiers"])
        self.discounts.set_values(found["tier_discounts"])
        self._focus()
        self.tell()

    def go_to(self, place: str) -> None:
        """Put the keys at one of PLACES, now or once the settings are there."""
        self._place = place or self._place
        if self._now:
            self._focus()

    def _focus(self) -> None:
        others: dict[str, QWidget] = {
            "watch": self.watch.box,
            "promise_hours": self.hours,
            "ship_only_checked": self.checked,
            "big_order": self.big,
            "priority_tiers": next(iter(self.tiers.values())),
            "tier_discounts": self.discounts,
            "people": self.people,
        }
        (others.get(self._place) or self.fields.field(self._place)).setFocus()

    def _people(self) -> None:
        from desktop.views.people_dialog import PeopleDialog

        PeopleDialog(self, self.context).open()

    def changes(self) -> dict[str, Any]:
        """What of the shop's settings differs."""
        if not self._now:
            return {}
        found: dict[str, Any] = self.fields.changes()
        if self.hours.value() != self._now["promise_hours"]:
            found["promise_hours"] = self.hours.value()
        if self.checked.isChecked() != self._now["ship_only_checked"]:
            found["ship_only_checked"] = self.checked.isChecked()
        if (big := self._big()) is not None and big != self._now["big_order"]:
            found["big_order"] = big
        first = [tier for tier, box in self.tiers.items() if box.isChecked()]
        if set(first) != set(self._now["priority_tiers"]):
            found["priority_tiers"] = first
        if (discounts := self.discounts.values()) != self._now["tier_discounts"]:
            found["tier_discounts"] = discounts
        return found

    def _big(self) -> int | None:
        """Fen; None for what is no amount."""
        try:
            return parse_amount(self.big.text())
        except ValueError:
            return None

    def tell(self) -> None:
        changed = self.changes()
        own = self.language.currentData() != self.context.prefs.language or self.colours.currentData() != self.context.prefs.theme
        own = own or self.watch.differs()
        if "name" in changed and not str(changed["name"]).strip():
            self.set_verb(tr("The shop needs a name"), enabled=False)
        elif self._now and self._big() is None:
            self.set_verb(tr("The amount is none"), enabled=False)
        elif not changed and not own:
            self.set_verb(tr("Nothing changed yet"), enabled=False)
        else:
            self.set_verb(tr("Save"))

    def _show_theme(self) -> None:
        """At once, so that one sees it; leaving without saving takes it back."""
        choice = self.colours.currentData()
        themes().choose("dark" if choice == "dark" else "light" if choice == "light" else "system")

    def reject(self) -> None:
        kept = self.context.prefs.theme
        if self.colours.currentData() != kept:
            themes().choose("dark" if kept == "dark" else "light" if kept == "light" else "system")
        super().reject()

    def submit(self) -> None:
        changed = self.changes()
        if not changed:
            self._keep()
            return
        from services.settings import ChangeSettings

        self.set_busy(True)
        self.context.runner.change(ChangeSettings(tuple(changed.items()), {name: self._now[name] for name in changed})).then(
            self._done, self._failed
        )

    def _done(self, _outcome: object) -> None:
        name = str(self.changes().get("name", "")).strip()
        if name and self.context.shop is not None:
            self.context.shop = replace(self.context.shop, name=name)
        self._saved()
        self.context.notify(tr("Settings saved"))
        self._keep()

    def _keep(self) -> None:
        """What belongs to this computer; another language builds the window anew, so it comes last."""
        self.watch.keep()
        prefs = self.context.prefs
        prefs.set_text("theme", str(self.colours.currentData()))
        language = str(self.language.currentData())
        other = language != prefs.language
        self.accept()
        if other:
            self._choose_language(language)

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.tell()
        if isinstance(error, Conflict):
            self.refuse(error_words(error), "", tr("Look again"), self._look_again)
        else:
            self.refuse(error_words(error))

    def _look_again(self) -> None:
        """The settings as they are now; what was typed here stays, and is saved over them if it still differs."""
        from services.settings import ShopSettings

        self.context.runner.query(ShopSettings()).then(self._take_anew, self._failed)

    def _take_anew(self, found: dict[str, Any]) -> None:
        typed = self.changes()
        before, self._now = self._now, found
        for name in TEXTS:
            self.fields.set_now(name, str(found[name]), keep=name in typed)
        if "promise_hours" not in typed:
            self.hours.setValue(int(found["promise_hours"]))
        if "ship_only_checked" not in typed:
            self.checked.setChecked(bool(found["ship_only_checked"]))
        if "big_order" not in typed and found["big_order"] != before["big_order"]:
            self.big.setText(write_amount(found["big_order"]))
        if "priority_tiers" not in typed:
            for tier, box in self.tiers.items():
                box.setChecked(tier in found["priority_tiers"])
        if "tier_discounts" not in typed:
            self.discounts.set_values(found["tier_discounts"])
        self.refuse("")
        self.tell()


def picture(window: MainWindow) -> SettingsDialog:
    """For the screenshots."""
    dialog = SettingsDialog(window, window.context, window.language_chosen.emit, lambda: None)
    dialog.open()
    return dialog
