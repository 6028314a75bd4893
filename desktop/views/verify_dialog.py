"""What the shop's check of itself found: every check by name, what is wrong first, and what can be done about it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Elided, IconLabel, Label, rule
from desktop.views.widgets.panel import Band
from services.words import say, term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import TaskProgress
    from services.desk import Desk
    from services.queries.verify import Check, Verified

COLUMNS, ROW = 2, 24
MOST_BANDS = 6


def check_shop(desk: Desk, progress: TaskProgress) -> Verified:
    """The job behind the dialog."""
    from services.queries.verify import Verify

    return desk.read(Verify(progress=progress))


class VerifyDialog(DialogBase):
    """Closing is all there is to do, unless what is wrong can be made anew from the orders: then the verb does it."""

    def __init__(self, parent: QWidget, context: AppContext, found: Verified) -> None:
        wrong = found.wrong
        title = tr("Everything is true") if found.ok else trn("{n} check does not hold", "{n} checks do not hold", len(wrong))
        at = formats.full_time(context.now(), context.zone)
        dot = "·" if language() == "zh" else " · "
        sub = dot.join((trn("{n} check", "{n} checks", len(found.checks)), at))
        super().__init__(parent, title, sub, verb=tr("Make figures and index anew") if found.rebuildable else "")
        self.context, self.found = context, found
        if found.ok:
            words = tr("Ledgers, sums and the chain of the trail were recomputed from the first row; they all agree.")
            self.column.addWidget(Band("ok", words))
            self.column.addWidget(rule())
            self.column.addLayout(self._grid(found.checks))
        else:
            self._tell_wrong(wrong)
        copy = Button(tr("Copy the result"), partial(self._copy_result), icon="copy", height=34)
        copy.setAutoDefault(False)
        self.extra.addWidget(copy)

    def _tell_wrong(self, wrong: tuple[Check, ...]) -> None:
        said = language()
        for check in wrong[:MOST_BANDS]:
            self.column.addWidget(Band("bad", term("check", check.name, said), say(check.code, said, **check.facts)))
        if len(wrong) > MOST_BANDS:
            comma = "、" if said == "zh" else ", "
            names = comma.join(term("check", check.name, said) for check in wrong[MOST_BANDS:])
            self.column.addWidget(Label(tr("Besides: {names}", names=names), "bad", wrap=True))
        held = len(self.found.checks) - len(wrong)
        if held:
            self.column.addWidget(Label(trn("The other {n} check holds.", "The other {n} checks hold.", held), "muted"))
        if self.found.rebuildable:
            advice = tr("The orders are sound. Only figures and index made of them are wrong; they can be made anew.")
        else:
            advice = tr("Copy the shop's folder to another place before anything else is changed, then have the first fault looked at.")
        self.column.addWidget(Label(advice, "body2", wrap=True))

    def _grid(self, checks: tuple[Check, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(32)
        grid.setVerticalSpacing(0)
        rows = -(-len(checks) // COLUMNS)
        for place, check in enumerate(checks):
            grid.addWidget(_line(check), place % rows, place // rows)
        for column in range(COLUMNS):
            grid.setColumnStretch(column, 1)
        return grid

    def _copy_result(self) -> None:
        said = language()
        lines = [self.title.text(), self.sub.text()]
        lines += [
            f"{'✓' if check.ok else '✗'} {term('check', check.name, said)}  {say(check.code, said, **check.facts)}"
            for check in self.found.checks
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.note.setText(tr("Copied"))

    def submit(self) -> None:
        """Make the figures anew."""
        from services.commands.upkeep import RebuildDerived

        self.set_busy(True)
        title = tr("Making figures and index anew")
        self.context.runner.change(RebuildDerived(), title=title).then(self._rebuilt, self._failed, partial(self.set_busy, False))

    def _rebuilt(self, _outcome: Any) -> None:
        self.context.notify(tr("Figures and index were made anew from the orders"))
        self.accept()

    def _failed(self, error: Exception) -> None:
        self.set_busy(False)
        self.refuse(error_words(error))


def _line(check: Check) -> QWidget:
    said = language()
    box = QWidget()
    box.setFixedHeight(ROW)
    row = QHBoxLayout(box)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(IconLabel("check-circle" if check.ok else "x-circle", "ok" if check.ok else "bad", 14))
    name = term("check", check.name, said)
    row.addWidget(Elided(name, "text" if check.ok else "bad"), 1)
    words = say(check.code, said, **check.facts)
    count = int(check.facts.get("count") or 0)
    if count > 1:  # the file as a whole is one thing
        row.addWidget(Label(formats.count(count), "label"))
    box.setToolTip(formats.plain_tip(words))
    box.setAccessibleName(f"{name}: {words}")
    return box
