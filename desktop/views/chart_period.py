"""Which days the charts show: the last 7, 30, 90 or 365, a calendar week, month or year, or days as typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.context import AppContext
from desktop.i18n import later, tr, tr_later, trn
from desktop.views.widgets.buttons import MenuButton, Segments
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.field_diff import FormRow
from desktop.views.widgets.labels import Label

LENGTHS = (7, 30, 90, 365)
CALENDAR: tuple[tuple[str, str], ...] = (
    ("today", later("Today")),
    ("yesterday", later("Yesterday")),
    ("this_week", later("This week")),
    ("last_week", later("Last week")),
    ("this_month", later("This month")),
    ("last_month", later("Last month")),
    ("this_year", later("This year")),
    ("last_year", later("Last year")),
)
_PREF = "charts/period"
_FIXED = re.compile(r"(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2})")
_WITHOUT_YEAR = re.compile(r"(\d{1,2})[-/.月](\d{1,2})日?")


@dataclass(frozen=True, slots=True)
class Days:
    """Local days, both included."""

    first: int
    last: int

    @property
    def count(self) -> int:
        return self.last - self.first + 1


def days_of(choice: str, now: int, zone: str) -> Days:
    """The days of a choice as it is kept: `30`, `last_month`, `2026-11-01..2026-11-11`; the last 30 of what is none.

    What is still to come is left away.
    """
    from services.clock import day_of
    from services.search.values import period

    today = day_of(now, zone)
    if choice.isdigit() and int(choice) > 0:
        return Days(today - int(choice) + 1, today)
    if found := _FIXED.fullmatch(choice):
        return Days(*(date.fromisoformat(part).toordinal() for part in found.groups()))
    if choice in dict(CALENDAR):
        start, end = period(choice, now, zone)
        return Days(day_of(start, zone), min(today, day_of(end - 1, zone)))
    return Days(today - 29, today)


def typed_day(text: str, now: int, zone: str, *, end: bool = False) -> int:
    """The day of what a person typed: `2026-11-01`, `2026/11/1`, `11-1` (the latest such day), `2026-11`, `上月`, `yesterday`.

    Of a week, month or year its first day, or its last with `end`. Raises ValueError.
    """
    from services.clock import day_of
    from services.search.values import canonical_time, period

    text = text.strip()
    if found := _WITHOUT_YEAR.fullmatch(text):
        today = date.fromordinal(day_of(now, zone))
        month, day = int(found[1]), int(found[2])
        year = today.year if (month, day) <= (today.month, today.day) else today.year - 1
        return date(year, month, day).toordinal()
    canonical = canonical_time(text)
    if canonical in {"none", "any"}:
        raise ValueError(text)
    first, after = period(canonical, now, zone)
    return day_of(after - 1 if end else first, zone)


class PeriodChooser(QWidget):
    """Segments for the usual lengths, and a button that names the days and offers the rest. Remembered in the preferences."""

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.choice = context.prefs.text(_PREF, "30")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        pairs: list[tuple[str, str]] = [(str(n), trn("{n} day", "{n} days", n)) for n in LENGTHS]
        self.segments = Segments(pairs, tr("Days shown"))
        self.segments.chosen.connect(self.choose)
        row.addWidget(self.segments)
        entries = [(tr_later(words), "", partial(self.choose, code)) for code, words in CALENDAR]
        self.button = MenuButton("", [*entries, (tr("Choose days…"), "calendar", self.ask)], icon="calendar", name=tr("Days shown"))
        row.addWidget(self.button)
        self.show_choice()

    def days(self) -> Days:
        return days_of(self.choice, self.context.now(), self.context.zone)

    def choose(self, choice: str, remember: bool = True) -> None:
        """Take a choice as `days_of` reads it, remember it, and tell."""
        self.choice = choice
        if remember:
            self.context.prefs.set_text(_PREF, choice)
        self.show_choice()
        self.changed.emit()

    def show_choice(self) -> None:
        """Name the days on the button (they move on at midnight)."""
        self.segments.blockSignals(True)
        self.segments.choose(self.choice if self.choice in {str(n) for n in LENGTHS} else None)
        self.segments.blockSignals(False)
        days = self.days()
        words = span_words(days, date.fromordinal(days_of("1", self.context.now(), self.context.zone).last).year)
        self.button.setText(words)
        self.button.setAccessibleName(f"{tr('Days shown')} {words}")

    def ask(self) -> DaysDialog:
        """Open the dialog for days of one's own."""
        dialog = DaysDialog(self, self.context, self.days())
        dialog.chosen.connect(self.choose)
        dialog.open()
        return dialog


def span_words(days: Days, year: int) -> str:
    """`10-24 – 11-22`, with years where they are not all `year`."""
    first, last = date.fromordinal(days.first), date.fromordinal(days.last)
    form = "%m-%d" if first.year == last.year == year else "%Y-%m-%d"
    return f"{first:{form}} – {last:{form}}" if days.count > 1 else f"{first:{form}}"


class DaysDialog(DialogBase):
    """Two days to type."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget, context: AppContext, days: Days) -> None:
        super().__init__(parent, tr("Choose days"), verb=tr("Show"), width=480)
        self.context = context
        self.first, self.last = (QLineEdit(date.fromordinal(day).isoformat()) for day in (days.first, days.last))
        for words, field in ((tr("From"), self.first), (tr("To"), self.last)):
            field.setAccessibleName(words)
            field.textChanged.connect(self._look)
            field.returnPressed.connect(self._press)
            self.column.addWidget(FormRow(words, field))
        self.said = Label("", "label")
        self.column.addWidget(self.said)
        self.column.addWidget(Label(tr("As 2026-11-01, 11-1, 2026-11, yesterday or last month."), "label", wrap=True))
        self.first.selectAll()
        self.first.setFocus()
        self._look()

    def read(self) -> Days | None:
        """The days as typed, None where they are none."""
        now, zone = self.context.now(), self.context.zone
        try:
            days = Days(typed_day(self.first.text(), now, zone), typed_day(self.last.text(), now, zone, end=True))
        except (ValueError, OverflowError):
            return None
        return days if days.count > 0 else None

    def _look(self) -> None:
        days = self.read()
        self.set_verb(tr("Show"), days is not None)
        self.said.setText(
            trn("{n} day", "{n} days", days.count) if days is not None else tr("These are no days, or the second is before the first.")
        )
        self.said.set_role("label" if days is not None else "bad")

    def submit(self) -> None:
        """Tell the choice and close."""
        days = self.read()
        if days is not None:
            first, last = (date.fromordinal(day).isoformat() for day in (days.first, days.last))
            self.accept()
            self.chosen.emit(f"{first}..{last}")
