"""The audited edit of orders: what it is now, what it becomes, why, and what follows from it. One command, on the state that was seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from desktop import formats, icons
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.theme import BODY_SIZE, colour, font, metrics, theme
from desktop.views.widgets.buttons import Combo
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FieldDiff, FormRow
from desktop.views.widgets.labels import Label, rule
from desktop.views.widgets.panel import empty_layout
from services.errors import Conflict
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from services.queries.order_card import OrderCardRow
    from services.queries.order_rows import OrderRow

ADDRESS = ("recipient", "phone", "phone_ext", "tel", "province", "city", "district", "address", "postcode")
SHOWN_IF_FILLED = ("phone_ext", "tel", "postcode")
LIMITS = {"recipient": 50, "phone": 30, "address": 228}
OPEN = frozenset({"awaiting_payment", "awaiting_shipment"})
"""Statuses in which an address may be edited (domain.md, audited edits)."""
VARIOUS = object()
"""Stands for different values of several orders."""


@dataclass(frozen=True, slots=True)
class Consequence:
    """One line of what changes along: a sign, what, and how."""

    icon: str
    what: str
    how: str
    tone: str = "text2"


class Consequences(QFrame):
    """The quiet box 会一起变的; hidden while nothing follows."""

    def __init__(self, heading: str = "") -> None:
        super().__init__()
        self.setProperty("box", "quiet")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        column.addWidget(Label(heading or tr("Changes along with it"), "label"))
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        column.addLayout(self._lines)
        self.shown: tuple[Consequence, ...] = ()
        self.hide()

    def set(self, lines: Sequence[Consequence]) -> None:
        if tuple(lines) == self.shown:
            return
        self.shown = tuple(lines)
        empty_layout(self._lines)
        for line in lines:
            self._lines.addWidget(_ConsequenceRow(line))
        self.setVisible(bool(lines))


class _ConsequenceRow(QWidget):
    def __init__(self, line: Consequence) -> None:
        super().__init__()
        self._line = line
        self.setFixedHeight(24)
        self.setAccessibleName(f"{line.what} {line.how}")
        self.setToolTip(formats.plain_tip(line.how))

    def sizeHint(self) -> QSize:
        return QSize(200, 24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = theme()
        painter.drawPixmap(QPointF(0, 4), icons.pixmap(self._line.icon, t.text2, 16))
        face = metrics(BODY_SIZE)
        base = (self.height() + face.ascent() - face.descent()) / 2
        painter.setFont(font())
        painter.setPen(colour(t.text))
        painter.drawText(QPointF(26, base), self._line.what)
        # The second column begins at one place, unless a long first one pushes it.
        x = max(176.0, 26 + face.horizontalAdvance(self._line.what) + 20)
        painter.setPen(colour(t.tone(self._line.tone)))
        painter.drawText(QPointF(x, base), face.elidedText(self._line.how, Qt.TextElideMode.ElideRight, self.width() - x))


class Reason(QWidget):
    """Why: a list of the usual, and words. `text()` is both; empty while nothing was chosen or said."""

    def __init__(self, usual: Sequence[str], changed: Callable[[], object]) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        self.choice = Combo([("", tr("Choose…")), *((words, words) for words in usual)], tr("Reason"))
        self.words = QLineEdit()
        self.words.setPlaceholderText(tr("In your words"))
        self.words.setAccessibleName(tr("Reason in words"))
        self.words.setMaxLength(200)
        column.addWidget(FormRow(tr("Why"), self.choice, self.words))
        self.choice.currentIndexChanged.connect(lambda _place: changed())
        self.words.textChanged.connect(lambda _text: changed())

    def text(self) -> str:
        colon = "：" if language() == "zh" else ": "
        return colon.join(part for part in (str(self.choice.currentData() or ""), self.words.text().strip()) if part)


class EditDialog(DialogBase):
    """The frame of both edits. Subclasses add fields to `fields`, say what follows, and whether a reason is needed."""

    reason_needed = False

    def __init__(self, parent: QWidget, context: AppContext, title: str, sub: str, usual: Sequence[str]) -> None:
        super().__init__(parent, title, sub, verb=tr("Save"), note=tr("This change stays in the audit trail for good"))
        self.context = context
        self.fields = FieldDiff()
        self.column.addWidget(self.fields)
        self.column.addWidget(rule())
        self.reason = Reason(usual, self.tell)
        self.column.addWidget(self.reason)
        self.consequences = Consequences()
        self.column.addWidget(self.consequences)
        self.fields.changed.connect(self.tell)

    def values(self) -> dict[str, Any]:
        """What is to be set."""
        return self.fields.changes()

    def follows(self, values: dict[str, Any]) -> list[Consequence]:
        """What changes along."""
        return []

    def order_ids(self) -> Sequence[int]:
        return ()

    def versions(self) -> dict[int, int] | None:
        """The state that was seen; None where nobody could look at each."""
        return {}

    def verb_words(self) -> str:
        return tr("Save")

    def tell(self) -> None:
        """Say what the verb will do, or what is missing."""
        values = self.values()
        self.consequences.set(self.follows(values) if values else [])
        if not values:
            self.set_verb(tr("Nothing changed yet"), enabled=False)
        elif self.reason_needed and not self.reason.text():
            self.set_verb(tr("Say why it changes"), enabled=False)
        else:
            self.set_verb(self.verb_words())

    def submit(self) -> None:
        """One command for all of it."""
        from services.commands.edits import EditOrders

        command = EditOrders(self.order_ids(), self.values(), self.versions())
        if self.versions() is None:
            # It takes its time: the status bar shows how far it is, and can stop it; until it is through nothing is changed.
            title = trn("Changing {n} order", "Changing {n} orders", len(self.order_ids()))
            self.context.runner.change(command, self.reason.text() or None, title).then(partial(tell_changed, self.context))
            self.accept()
            return
        self.set_busy(True)
        self.context.runner.change(command, reason=self.reason.text() or None).then(self._done, self._failed)

    def _done(self, outcome: Any) -> None:
        tell_changed(self.context, outcome)
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.tell()
        if isinstance(error, Conflict):
            self.refuse(error_words(error), "", tr("Look again"), self.reload)
        else:
            self.refuse(error_words(error))

    def reload(self) -> None:
        """Read the order anew after a conflict; what was typed stays where it still differs."""


def tell_changed(context: AppContext, outcome: Any) -> None:
    changed = int(outcome.value)
    if changed:
        context.notify(trn("Changed {n} order", "Changed {n} orders", changed))


class AddressDialog(EditDialog):
    """Recipient and address of one order; a reason is asked."""

    reason_needed = True

    def __init__(self, parent: QWidget, context: AppContext, card: OrderCardRow) -> None:
        dot = " · " if language() == "en" else "·"
        sub = dot.join(part for part in (card.number, card.buyer_nick, term("status", card.status, language())) if part)
        usual = (tr("The buyer asked for it"), tr("The address was wrong"), tr("Clear data from the platform"), tr("Other"))
        super().__init__(parent, context, tr("Edit recipient and address"), sub, usual)
        self.card = card
        for name in ADDRESS:
            now = str(getattr(card, name))
            if now or name not in SHOWN_IF_FILLED:
                lines = 2 if name == "address" else 1
                self.fields.add(name, term("field", name, language()), now, lines=lines, limit=LIMITS.get(name, 100))
        self.fields.field("address").setFocus()
        self.tell()

    def values(self) -> dict[str, Any]:
        """An address has no lines: a break in it counts as a space."""
        return {
            name: text
            for name, typed in self.fields.changes().items()
            if (text := " ".join(str(typed).split())) != str(getattr(self.card, name))
        }

    def order_ids(self) -> Sequence[int]:
        return (self.card.id,)

    def versions(self) -> dict[int, int]:
        return {self.card.id: self.card.version}

    def follows(self, values: dict[str, Any]) -> list[Consequence]:
        """Printed sheets go stale; a masked or missing address is mended; files no longer overwrite it."""
        found = []
        for copies, document in ((self.card.slip_copies, "packing_slip"), (self.card.label_copies, "label")):
            if copies:
                what = trn(
                    "{document}: {n} printed copy",
                    "{document}: {n} printed copies",
                    copies,
                    document=term("document", document, language()),
                )
                found.append(Consequence("print", what, tr("shows the old address; the next print is marked as a reprint"), "warn"))
        after = {name: str(values.get(name, getattr(self.card, name))) for name in ADDRESS}
        masked = any("*" in after[name] for name in ("recipient", "phone", "address"))
        if self.card.masked and not masked:
            found.append(Consequence("label", tr("Address label"), tr("can be printed: nothing is hidden any more"), "ok"))
        complete = all((after["recipient"], after["phone"] or after["tel"], after["province"], after["address"]))
        if "address_missing" in self.card.blockers and complete:
            found.append(Consequence("ship", term("blocker", "address_missing", language()), tr("no longer keeps it from leaving"), "ok"))
        elif not complete and "address_missing" not in self.card.blockers:
            found.append(Consequence("alert", term("blocker", "address_missing", language()), tr("will keep it from leaving"), "warn"))
        if any(name not in self.card.locked for name in values):
            found.append(Consequence("lock", tr("Later imports"), tr("leave these fields as you set them")))
        return found

    def verb_words(self) -> str:
        return tr("Change the address")

    def reload(self) -> None:
        from services.queries.order_card import OrderCard

        self.context.runner.query(OrderCard(self.card.id)).then(self._again, self._failed)

    def _again(self, card: OrderCardRow) -> None:
        typed, reason = self.values(), (self.reason.choice.currentData(), self.reason.words.text())
        parent = self.parentWidget()
        self.reject()
        if parent is None or card.status not in OPEN:
            return
        anew = AddressDialog(parent, self.context, card)
        anew.put(typed)
        anew.reason.choice.choose(reason[0])
        anew.reason.words.setText(reason[1])
        anew.open()

    def put(self, values: dict[str, Any]) -> None:
        """Type these values."""
        for name, text in values.items():
            field = self.fields.field(name)
            if isinstance(field, QPlainTextEdit):
                field.setPlainText(str(text))
            elif isinstance(field, QLineEdit):
                field.setText(str(text))


class NoteDialog(EditDialog):
    """Memo, flag and tags of one order or many. What several orders have differently stays as it is until something is chosen.

    `ids` instead of `rows`: more orders than anybody reads for it. Then nothing is known of what they hold.
    """

    def __init__(self, parent: QWidget, context: AppContext, rows: Sequence[OrderRow], ids: Sequence[int] = ()) -> None:
        self.rows, self._ids = tuple(rows), ids
        dot = " · " if language() == "en" else "·"
        if len(self.rows) == 1:
            one = self.rows[0]
            sub = dot.join(part for part in (one.number, one.buyer_nick, term("status", one.status, language())) if part)
        else:
            sub = trn("{n} order", "{n} orders", self.count)
        usual = (tr("The buyer asked for it"), tr("For packing"), tr("For after-sales"), tr("Other"))
        super().__init__(parent, context, tr("Memo, flag and tags"), sub, usual)
        said = language()
        self._now = {
            "seller_memo": self._common([row.seller_memo for row in self.rows]),
            "flag": self._common([row.flag for row in self.rows]),
            "tags": self._common([",".join(row.tags) for row in self.rows]),
        }
        memo, flag, tags = self._now["seller_memo"], self._now["flag"], self._now["tags"]
        various = tr("various")
        self._memo = self.fields.add(
            "seller_memo",
            term("field", "seller_memo", said),
            "" if memo is VARIOUS else str(memo),
            lines=3,
            placeholder=tr("Leave empty to keep each as it is") if memo is VARIOUS else "",
            shown=various if memo is VARIOUS else None,
        )
        choices: list[tuple[Any, str]] = [(number, term("flag", str(number), said)) for number in range(6)]
        if flag is VARIOUS:
            choices.insert(0, (None, various))
        elif isinstance(flag, int) and flag > 5:
            choices.append((flag, str(flag)))
        self.fields.add_choice("flag", term("field", "flag", said), None if flag is VARIOUS else flag, choices)
        commas = tr("Several: a comma between them")
        if tags is VARIOUS:  # each keeps its others
            self.fields.add("add_tags", tr("Add tags"), "", limit=200, placeholder=commas, shown=various)
            self.fields.add("remove_tags", tr("Take tags off"), "", limit=200, placeholder=commas)
        else:
            self.fields.add("tags", term("field", "tags", said), str(tags), limit=200, placeholder=commas)
        self._memo.setFocus()
        self.tell()

    @property
    def count(self) -> int:
        return len(self.rows) or len(self._ids)

    @staticmethod
    def _common(values: Sequence[Any]) -> Any:
        return values[0] if len(set(values)) == 1 else VARIOUS

    def order_ids(self) -> Sequence[int]:
        return tuple(row.id for row in self.rows) or self._ids

    def versions(self) -> dict[int, int] | None:
        return {row.id: row.version for row in self.rows} if self.rows else None

    def values(self) -> dict[str, Any]:
        found = self.fields.changes()
        for name in {"tags", "add_tags", "remove_tags"} & found.keys():
            found[name] = ",".join(dict.fromkeys(part.strip() for part in str(found[name]).replace("，", ",").split(",") if part.strip()))
            if found[name] == (self._now["tags"] if name == "tags" else ""):
                del found[name]
        return found

    def follows(self, values: dict[str, Any]) -> list[Consequence]:
        """What of several different values is overwritten."""
        found = []
        said = language()
        for name, icon in (("seller_memo", "note"), ("flag", "flag"), ("tags", "tag")):
            if name not in values or len(self.rows) == 1:
                continue
            if not self.rows:
                found.append(Consequence(icon, term("field", name, said), tr("of all these orders is overwritten"), "warn"))
                continue
            new = values[name]
            lost = [row for row in self.rows if (old := self._old(row, name)) and str(old) != str(new)]
            if lost:
                how = trn("of {n} order is overwritten", "of {n} orders are overwritten", len(lost))
                found.append(Consequence(icon, term("field", name, said), how, "warn"))
        found.append(Consequence("lock", tr("Later imports"), tr("leave these fields as you set them")))
        return found

    @staticmethod
    def _old(row: OrderRow, name: str) -> Any:
        return ",".join(row.tags) if name == "tags" else getattr(row, name)

    def verb_words(self) -> str:
        return tr("Save") if self.count == 1 else trn("Change {n} order", "Change {n} orders", self.count)

    def reload(self) -> None:
        from services.queries.order_rows import OrderRows

        self.context.runner.query(OrderRows(self.order_ids())).then(self._again, self._failed)

    def _again(self, rows: Sequence[OrderRow]) -> None:
        """Take the state of now; what was typed stays."""
        typed = self.values()
        self.rows = tuple(rows)
        if len(self.rows) == 1 and VARIOUS not in self._now.values():
            one = self.rows[0]
            self._now = {"seller_memo": one.seller_memo, "flag": one.flag, "tags": ",".join(one.tags)}
            for name, now in self._now.items():
                self.fields.set_now(name, now, keep=name in typed)
        self.refuse("")
        self.tell()
