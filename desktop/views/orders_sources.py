"""Where the values on the order card come from, told in their tooltips: read when somebody first asks, not for every row passed by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QCursor, QHelpEvent
from PySide6.QtWidgets import QToolTip, QWidget

from desktop import formats
from desktop.i18n import language
from desktop.models.provenance_lines import origin_of, sign_words
from services.words.provenance import field_name, origin_words

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task
    from services.queries.order_card import OrderCardRow
    from services.queries.provenance import Origin, Provenance

Key = tuple[str, int]
"""Field and part of an origin (services.queries.provenance)."""


class ValueSources(QObject):
    """`tell(widget, …)` while the card is built; the widgets then answer a resting mouse with file, sheet, row and time."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(parent)
        self.context = context
        self.card: OrderCardRow | None = None
        self.told: Provenance | None = None
        self.keys: dict[QWidget, tuple[Key, ...]] = {}
        self._task: Task | None = None
        self._asked: tuple[QWidget, QWidget, QPoint] | None = None

    def begin(self, card: OrderCardRow | None) -> None:
        """Another order is about to be shown, or the same one anew: what was known may be past."""
        if self._task is not None:
            self._task.cancel()
        self._task = self._asked = self.told = None
        self.card = card
        self.keys.clear()

    def tell(self, widget: QWidget, *fields: str, part: int = 0) -> QWidget:
        """This widget shows these fields, or this part (a line, a parcel, …), of the order."""
        self.keys[widget] = tuple((field, part) for field in fields)
        for one in (widget, *widget.findChildren(QWidget)):
            one.installEventFilter(self)
        return widget

    def words(self, widget: QWidget) -> str:
        """What the tooltip says, once it is known: one line for each place that its values come from."""
        if self.card is None or self.told is None:
            return ""
        lines: dict[tuple[str, str], list[str]] = {}
        for field, part in self.keys[widget]:
            origin = origin_of(self.told, field, part)
            if origin is not None:
                name = field_name("discount_row" if field == "discount" and part else field, language())
                lines.setdefault((origin_words(origin, language(), self.context.zone), sign_words(origin)), []).append(name)
        comma, colon = ("、", "：") if language() == "zh" else (", ", ": ")
        return "\n".join("\n".join(filter(None, (comma.join(names) + colon + words, signs))) for (words, signs), names in lines.items())

    def origins(self, widget: QWidget) -> list[Origin | None]:
        """The origins behind a widget, None where nothing answers."""
        if self.card is None or self.told is None:
            return []
        return [origin_of(self.told, field, part) for field, part in self.keys[widget]]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ToolTip or not isinstance(event, QHelpEvent) or not isinstance(watched, QWidget):
            return False
        owner: QWidget | None = watched
        while owner is not None and owner not in self.keys:
            owner = owner.parentWidget()
        if owner is None:
            return False
        self._asked = (owner, watched, event.globalPos())
        if self.told is None:
            self.read()
        if self.told is not None:
            self._show_tip()
        return True

    def read(self) -> None:
        """Ask where the values come from, once per card."""
        if self.card is None or self.told is not None or (self._task is not None and self._task.running):
            return
        from services.queries.provenance import OrderProvenance

        self._task = self.context.runner.query(OrderProvenance(self.card.id))
        self._task.then(self._take, self._gone)

    def _take(self, told: Provenance) -> None:
        self.told = told
        for widget in self.keys:
            widget.setAccessibleDescription(self.words(widget))
        if (
            self._asked is not None
            and self._asked[1].isVisible()
            and self._asked[1].rect().contains(self._asked[1].mapFromGlobal(QCursor.pos()))
        ):
            self._show_tip()

    def _gone(self, _error: Exception) -> None:
        """The order is not there any more: the list is about to say so."""

    def _show_tip(self) -> None:
        if self._asked is not None:
            owner, watched, at = self._asked
            whole = "\n".join(part for part in (_plain(watched.toolTip() or owner.toolTip()), self.words(owner)) if part)
            QToolTip.showText(at, formats.plain_tip(whole), watched)


def _plain(tip: str) -> str:
    """A widget's own tooltip, without the markup that formats.plain_tip put around it."""
    from html import unescape

    return unescape(tip.removeprefix('<p style="white-space:pre-wrap">').removesuffix("</p>")) if tip.startswith("<p ") else tip
