"""The search box of the orders: filters become chips as they are typed, words and values are offered, searches are remembered.

The chips are nodes of the syntax tree and are edited as such (services/search/edit.py); the free text stays as it was typed. The language is
learned at the first use of the box, in a thread: the window's start does not pay for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop import search_tongue
from desktop.context import AppContext
from desktop.i18n import language, tr
from desktop.models.suggestions import Suggestion
from desktop.search_history import SearchHistory
from desktop.views.widgets.buttons import Button, LinkButton, QuietButton
from desktop.views.widgets.search_bar import SearchBar
from desktop.views.widgets.search_chips import Chip
from desktop.views.widgets.search_popup import SearchPopup
from services.errors import BadInput

if TYPE_CHECKING:
    from services.search.complete import Completion
    from services.search.edit import Chip as Part

OFFER, PATIENCE = 60, 1500
"""Milliseconds of rest before words are offered, and before a word that is still being typed is called wrong."""
SCAN_KEYS, SCAN_MS = 8, 35
"""A scanner's line: at least so many signs, on average so close together."""
_OR = re.compile(r"\s*(?:OR|或)\s")
_SCANNED = re.compile(r"[A-Z]{0,4}[0-9]{6,}[A-Z0-9-]*")


class FilterBar(SearchBar):
    """A SearchBar whose `text()` is a search of services/search: what its chips say and what is typed after them.

    `searched` as there. Typing `field:value` and a space, or Enter, makes a chip; Left or Backspace at the start of the words goes to the chips.
    A page that shows searches' errors asks `holds` first and calls `point_at`; `scope` says what the page puts around the search (a tab).
    """

    save_requested = Signal(str)
    """Canonical text of the search that shall become a group."""
    scanned = Signal(str)
    """A scanner's line: to be found whatever the filters."""

    def __init__(self, context: AppContext, placeholder: str, name: str = "", page: str = "orders") -> None:
        super().__init__(placeholder, name)
        self.context, self.page = context, page
        self.scope: Callable[[str], str] = lambda search: search
        self.where: Callable[[], str] = lambda: ""
        """What the scope is called."""
        self.filters = ""
        """Canonical text of the chips."""
        self.parts: tuple[Part, ...] = ()
        self._front = 0
        self._by_timer = False
        self._keys: list[float] = []
        self._scan_told = ""
        self._words: Any = None
        self._waiting: list[Callable[[], object]] = []
        self._stale = True
        self._history: SearchHistory | None = None
        self._popup: SearchPopup | None = None
        self._held: tuple[BadInput, Callable[[BadInput], object]] | None = None
        self._past = QuietButton(icon="clock", height=26, name=tr("Searches of late"), run=self.show_history)
        self._funnel = QuietButton(icon="filter", height=26, name=tr("Build a filter… (Ctrl+Shift+F)"), run=self.open_builder)
        self._past.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._row.addWidget(self._past)
        self._row.addWidget(self._funnel)
        self.save_button = Button(tr("Save as group"), self.save, icon="bookmark", height=34)
        self._offer = self._timer(OFFER, self.offer)
        self._patience = self._timer(PATIENCE, self._lose_patience)
        self.field.textEdited.connect(self._edited)
        self.chip_row.more_asked.connect(self._show_more)
        context.changes.subscribe(("orders", "channel", "tag"), self._age, self)
        self._show_buttons()

    def _timer(self, wait: int, run: Callable[[], object]) -> QTimer:
        made = QTimer(self)
        made.setSingleShot(True)
        made.setInterval(wait)
        made.timeout.connect(run)
        return made

    # ---- the search

    def text(self) -> str:
        """The whole search as a person would type it in the language shown."""
        if not self.filters:
            self._front = 0
            return super().text()
        whole, self._front = search_tongue.joined(self.filters, self.field.text(), language())
        return whole

    def canonical(self) -> str:
        """What is kept of it. Raises BadInput."""
        return search_tongue.canonical(self.filters, self.field.text())

    def set_text(self, text: str) -> None:
        """Show a search as chips and words, and tell it."""
        self.filters = ""
        self.field.setText(text)
        self._show_chips()
        self._by_timer = False
        if text.strip():
            self._when_learned(partial(self._chip_late, text))
        self._tell()

    def clear(self) -> None:
        self.hide_popup()
        super().clear()

    def begin(self, typed: str) -> None:
        """Begin to type in place of the words: a key pressed over the table."""
        self.field.setText(typed)
        self._keys = [monotonic()]
        self.field.setFocus()

    def put_filters(self, filters: str) -> None:
        """Show these filters (canonical) in place of those that stand there, and tell the search."""
        self.filters = filters
        self._show_chips()
        self._tell_now()

    def save(self) -> None:
        """Ask for a group of this search; one that can't be understood is said as such first."""
        try:
            text = self.canonical()
        except BadInput:
            self._told = ""
            self._tell_now()
            return
        self.save_requested.emit(text)

    def _tell_now(self) -> None:
        self._by_timer = False
        self._tell()

    def _tell(self) -> None:
        super()._tell()
        self._show_buttons()

    def _show_buttons(self) -> None:
        filled = bool(self.filters or self.field.text())
        self._clear.setVisible(filled)
        self._past.setVisible(not filled)
        self.save_button.setEnabled(filled)
        self.save_button.setToolTip("" if filled else tr("Search for something first: the group will hold whatever the search finds."))
        self._give_room()

    # ---- learning

    def _when_learned(self, then: Callable[[], object]) -> None:
        """Do it now, or as soon as the language is learned."""
        if search_tongue.learned():
            then()
            return
        self._waiting.append(then)
        if len(self._waiting) == 1:
            self.context.runner.query(search_tongue.load).then(self._learned)

    def _learned(self, _nothing: object) -> None:
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then()

    def _age(self, _changes: object) -> None:
        self._stale = True

    def _read_words(self) -> None:
        if self._stale and self.context.shop is not None:
            self._stale = False
            self.context.runner.query(search_tongue.shop_words).then(self._take_words)

    def _take_words(self, words: Any) -> None:
        self._words = words

    # ---- chips

    def _chip_late(self, text: str) -> None:
        if self.field.text() == text and not self.field.composing:
            told = self._told == self.text()
            self._chip_up()
            if told:
                self._told = self.text()

    def _chip_up(self, whole: bool = True) -> bool:
        """Make chips of the filters among the words; unless `whole`, brackets and alternatives stay words, for they may still grow."""
        found = search_tongue.divided(self.field.text(), whole=whole, lang=language())
        if found is None:
            return False
        self.filters = search_tongue.added(self.filters, found.filters)
        self.field.setText(f"{found.words} " if found.words and not whole else found.words)
        self._show_chips()
        return True

    def _show_chips(self) -> None:
        self.parts = search_tongue.chips(self.filters, language()) if self.filters else ()
        made = []
        for place, part in enumerate(self.parts):
            value = part.value if part.name or not part.negated else f"({part.value})"
            chip = Chip(part.name, tr("not {value}", value=value) if part.negated else value)
            chip.opened.connect(partial(self.open_chip, place))
            chip.removed.connect(partial(self.remove_chip, place))
            chip.stepped.connect(partial(self._step, place))
            chip.menu_asked.connect(partial(self.show_menu, place))
            chip.typed.connect(self._type_on)
            made.append(chip)
        self.chip_row.put(made)
        self.field.setPlaceholderText(tr("Number, buyer, goods…") if made else self._placeholder)
        self._show_buttons()

    def remove_chip(self, place: int, _checked: bool = False) -> None:
        """Take a filter away; the focus goes to the words."""
        self.put_filters(search_tongue.without(self.filters, place))
        self.field.setFocus()

    def open_chip(self, place: int) -> None:
        """Edit a filter: one with few values by its menu, another as text."""
        if search_tongue.values_of(self.parts[place].text, language()):
            chip = self.chip_row.chips[place]
            self.show_menu(place, chip.mapToGlobal(chip.rect().bottomLeft()))
        else:
            self.edit_chip(place)

    def edit_chip(self, place: int, _checked: bool = False) -> None:
        """Turn a filter back into words, before those that stand there."""
        part, rest = self.parts[place], self.field.text().strip()
        words = f"({part.said})" if not part.name and not part.negated and (rest or len(self.parts) > 1) else part.said
        self.filters = search_tongue.without(self.filters, place)
        self._show_chips()
        self.field.setText(f"{words} {rest}" if rest else words)
        self.field.setFocus()
        self.field.setCursorPosition(len(words))
        self._offer.start()

    def show_menu(self, place: int, at: QPoint) -> None:
        """The values of a filter's field, whether it is denied, and the ways out."""
        from desktop.views.widgets.chip_menus import chip_menu

        chip_menu(self, place).popup(at)

    def put_chip(self, place: int, part: str, _checked: bool = False) -> None:
        """Put another part (canonical) in the place of a filter; an empty one takes it away."""
        self.put_filters(search_tongue.replaced(self.filters, place, part))
        if part:
            self._focus_chip(place)
        else:
            self.field.setFocus()

    def deny_chip(self, place: int, _checked: bool = False) -> None:
        """Turn a filter into its opposite."""
        self.put_filters(search_tongue.negated(self.filters, place))
        self._focus_chip(place)

    def _show_more(self, at: QPoint) -> None:
        from desktop.views.widgets.chip_menus import more_menu

        more_menu(self).popup(at)

    def remove_all(self, _checked: bool = False) -> None:
        """Take all filters away."""
        self.put_filters("")
        self.field.setFocus()

    def _focus_chip(self, place: int) -> None:
        stops = self.chip_row.stops()
        at = place - self.chip_row.hidden + (1 if self.chip_row.hidden else 0)
        if stops:
            stops[max(0, min(at, len(stops) - 1))].setFocus()

    def _step(self, place: int, by: int) -> None:
        if place + by >= len(self.parts):
            self.field.setFocus()
            self.field.setCursorPosition(0)
        else:
            self._focus_chip(place + by)
        self.update()

    def _type_on(self, letters: str) -> None:
        self.field.setFocus()
        self.field.end(False)
        self.field.insert(letters)
        self._edited(self.field.text())

    # ---- typing

    def _typed(self, text: str) -> None:
        self._by_timer = True
        self._patience.stop()
        self._show_buttons()
        self._rest.start()

    def _edited(self, text: str) -> None:
        """A person typed: a filter that is finished becomes a chip, an `or` takes the last chip back, words are offered after a rest."""
        if self.field.composing:
            return
        self._when_learned(self._grow)
        self._offer.start()

    def _grow(self) -> None:
        text = self.field.text()
        if self.parts and _OR.match(text):
            self.field.setText(f"{self.parts[-1].said} {text.lstrip()}")
            self.filters = search_tongue.without(self.filters, len(self.parts) - 1)
            self._show_chips()
        elif text[-1:].isspace() and self.field.cursorPosition() == len(text) and not self.field.composing:
            self._chip_up(whole=False)

    def _entered(self) -> None:
        """Enter: what is typed is meant. The search goes out at once; its filters become chips."""
        self.hide_popup()
        self._when_learned(self._take_entered)
        self._tell_now()

    def _take_entered(self) -> None:
        told = self._told == self.text()
        self._chip_up()
        if told:
            self._told = self.text()
        self.remember()

    def _take_key(self, event: QKeyEvent) -> bool:
        if self.field.composing:
            return False
        key, plain = event.key(), not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.text().isprintable() and event.text():
            self._keys = [*self._keys[-64:], monotonic()] if self.field.text() else [monotonic()]
        if self.popup_shown and plain and self._take_popup_key(key):
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self._is_scan():
            self._scan()
            return True
        if key == Qt.Key.Key_Escape and (self.field.text() or self.filters):
            self.clear()
            return True
        if key == Qt.Key.Key_Down and plain:
            self.offer(asked=True) if self.field.text() else self.show_history()
            return True
        at_start = self.field.cursorPosition() == 0 and not self.field.hasSelectedText()
        if plain and at_start and key in {Qt.Key.Key_Left, Qt.Key.Key_Backspace} and self.filters:
            self.hide_popup()
            self._focus_chip(len(self.parts) - 1)
            self.update()
            return True
        return False

    def _is_scan(self) -> bool:
        """Whether the line came from a scanner: a number, sign upon sign faster than a person types."""
        text = self.field.text().strip()
        keys = self._keys[-len(text) :]
        fast = len(keys) == len(text) >= SCAN_KEYS and (keys[-1] - keys[0]) * 1000 <= SCAN_MS * (len(keys) - 1)
        return fast and _SCANNED.fullmatch(text) is not None

    def _scan(self) -> None:
        number = self.field.text().strip()
        self.hide_popup()
        self._keys, self._scan_told = [], number
        self.filters = ""
        self._show_chips()
        self._rest.stop()
        self._told = self.text()
        self.scanned.emit(number)

    # ---- what can't be understood

    def holds(self, error: BadInput, show: Callable[[BadInput], object]) -> bool:
        """Whether an error is about the word that is just being typed: it is shown when the typing stops."""
        place, word = error.facts.get("position"), str(error.facts.get("word", ""))
        if not self._by_timer or not self.field.hasFocus() or not isinstance(place, int):
            return False
        if place - 1 + len(word) < len(self._told) and error.code not in {"query_unfinished", "query_quote"}:
            return False
        self._held = (error, show)
        self._patience.start()
        return True

    def _lose_patience(self) -> None:
        if self._held is not None and not self.field.composing:
            error, show = self._held
            self._held, self._by_timer = None, False
            show(error)

    def show_trouble(self, words: str) -> None:
        """As of every search box; what is wrong is said below it, where the offers would cover it."""
        if words:
            self.hide_popup()
        super().show_trouble(words)

    def as_seen(self, error: BadInput) -> BadInput:
        """The same mistake with its place counted in the words of the field: the chips before them are not counted by a reader."""
        place = error.facts.get("position")
        seen = place - self._front if isinstance(place, int) else 0
        return BadInput(error.code, **{**error.facts, "position": seen}) if seen > 0 else error

    def point_at(self, error: BadInput) -> None:
        """Underline what is wrong."""
        place, word = error.facts.get("position"), str(error.facts.get("word", ""))
        if isinstance(place, int):
            start = place - 1 - self._front
            self.field.mark(start if start < len(self.field.text()) else len(self.field.text()) - len(word), len(word))

    def mend(self, error: BadInput) -> None:
        """Put the nearest right word in the place of the wrong one, and search."""
        self.point_at(error)
        wrong = self.field.marked
        if wrong:
            text, start = self.field.text(), self.field.marked_from
            self._by_timer = False
            self.field.setText(text[:start] + str(error.facts.get("suggestion", "")) + text[start + len(wrong) :])
            self._entered()
        self.field.setFocus()

    # ---- offers and searches of late

    @property
    def popup_shown(self) -> bool:
        return self._popup is not None and self._popup.isVisible()

    def popup(self) -> SearchPopup:
        """The list under the box, made at its first use."""
        if self._popup is None:
            self._popup = SearchPopup(self)
            self._popup.chosen.connect(self.accept)
            self._popup.add_to_foot(LinkButton(tr("How to search"), self.open_help, icon="help"))
        return self._popup

    def hide_popup(self) -> None:
        self._offer.stop()
        if self._popup is not None:
            self._popup.hide()

    def offer(self, asked: bool = False) -> None:
        """Show what could stand where the cursor is; between two words only when `asked` for."""
        if not self.field.composing and self.field.hasFocus():
            self._when_learned(partial(self._offer_now, asked))

    def _offer_now(self, asked: bool) -> None:
        if not self.field.text().strip() or not self.field.hasFocus() or _SCANNED.fullmatch(self.field.text().strip()):
            self.hide_popup()
            return
        text, cursor = self.field.text(), self.field.cursorPosition()
        if not asked and text[:cursor][-1:].isspace():  # nothing is begun: a list of everything would only cover the rows
            self.hide_popup()
            return
        self.show_offers()

    def show_offers(self) -> None:
        """The list of what could stand where the cursor is."""
        heading, entries = search_tongue.offers(self.field.text(), self.field.cursorPosition(), self._words, language())
        self.popup().show_entries(heading, entries, tr("↑ ↓ or Tab take, Enter searches"))

    def _take_popup_key(self, key: int) -> bool:
        popup = self.popup()
        steps = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1, int(Qt.Key.Key_PageDown): 8, int(Qt.Key.Key_PageUp): -8}
        if key in steps:
            popup.move_by(steps[key])
            taken = popup.current()
            self.field.setAccessibleDescription(f"{taken.words} {taken.hint}".strip() if taken is not None else "")
            return True
        if key == Qt.Key.Key_Escape:
            self.hide_popup()
            return True
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}:
            entry = popup.current() or (popup.first() if key == Qt.Key.Key_Tab and self.field.text().strip() else None)
            if entry is not None:
                self.accept(entry)
                return True
        return False

    def accept(self, entry: Suggestion) -> None:
        """Take what was offered into the line."""
        self.hide_popup()
        self.field.setFocus()
        if isinstance(entry.value, str):
            self.set_text(entry.value)
            self.remember()
            return
        item: Completion = entry.value
        self.field.setSelection(item.start, item.end - item.start)
        self.field.insert(item.text)
        if item.kind != "value":
            self.offer(asked=True)
        elif self.field.cursorPosition() == len(self.field.text()) and self._chip_up(whole=False):
            self._tell_now()

    def show_history(self) -> None:
        """The searches of late."""
        self.field.setFocus()
        self._when_learned(self._show_history)

    def _show_history(self) -> None:
        past = self.history()
        kept = search_tongue.spoken(past.all() if past is not None else [], language())
        entries = [Suggestion(words, "", "clock", text) for text, words in kept]
        if not entries:
            self.popup().show_entries(tr("You could search for"), search_tongue.examples(language()))
            return
        self.popup().show_entries(tr("Searches of late"), entries, button=tr("Clear history"), run=self._forget_history)

    def history(self) -> SearchHistory | None:
        """What is remembered in the open shop's folder."""
        if self._history is None and self.context.shop is not None:
            self._history = SearchHistory(self.context.shop.folder, self.page)
        return self._history

    def remember(self) -> None:
        """Keep the present search among those of late."""
        past = self.history()
        if past is None or not self.text():
            return
        try:
            past.add(self.canonical())
        except BadInput:
            return

    def _forget_history(self) -> None:
        past = self.history()
        if past is not None:
            past.clear()
        self.hide_popup()

    # ---- dialogs

    def open_builder(self) -> QWidget:
        """The filter builder on what is in the box."""
        from desktop.views.filter_builder import FilterBuilder

        self.hide_popup()
        dialog = FilterBuilder(self, self.context, self.text(), self.scope, self.where())
        dialog.chosen.connect(self._take_built)
        dialog.open()
        return dialog

    def _take_built(self, text: str) -> None:
        self.set_text(text)
        self.remember()

    def open_help(self) -> QWidget:
        """The help, whose examples can be clicked into the box."""
        from desktop.views.search_help import SearchHelp

        self.hide_popup()
        dialog = SearchHelp(self)
        dialog.tried.connect(self._take_built)
        dialog.open()
        return dialog

    # ---- events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field:
            if event.type() == QEvent.Type.FocusIn:
                self._when_learned(self._read_words)
            elif event.type() == QEvent.Type.FocusOut:
                self._left()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:
        self.hide_popup()
        super().hideEvent(event)

    def _left(self) -> None:
        """The focus went elsewhere: what was searched is worth keeping."""
        self.hide_popup()
        if self._told == self.text() != self._scan_told and not self.property("trouble"):
            self.remember()
