"""What the command palette holds: the window's actions and those of every page, pages, choices, settings, tabs, groups, orders.

Nothing is listed twice by hand: actions are read from the window and its pages. Those of a page that was not shown yet are
gathered once by building it, page by page while nothing else is to be done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop import formats
from desktop.actions import Action
from desktop.i18n import language, other_words, tr, tr_later
from desktop.palette import Entry
from desktop.views.keys_dialog import names_of
from desktop.views.settings_dialog import PLACES
from services.words import term, terms

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from desktop.views.main_window import MainWindow
    from desktop.views.page import Page
    from services.queries.group_rows import Groups
    from services.queries.jump_orders import JumpHit

GROUP_ICON = "bookmark"
CHOICE_ICONS = {"Language": "globe", "Colours": "sun", "Row height": "columns"}


def keys_of(action: QAction) -> tuple[str, ...]:
    """The names of its first shortcut."""
    sequences = action.shortcuts()
    return names_of(sequences[0]) if sequences else ()


@cache
def _terms(lang: str) -> dict[str, str]:
    """The trade's words of `lang` in the other language: some actions are called by a flag or a status."""
    here = 1 if lang == "zh" else 0
    return {pair[here]: pair[1 - here] for kind in terms().values() for pair in kind.values()}


def also_of(action: Action) -> tuple[str, ...]:
    """What it is called in the other language."""
    found = _terms(language()).get(action.words)
    return action.other_words or ((found,) if found else ())


@dataclass(frozen=True, slots=True)
class Deed:
    """An action of a page, without the page."""

    source: str
    words: str
    also: tuple[str, ...]
    icon: str
    keys: tuple[str, ...]


def deeds_of(page: Page) -> tuple[Deed, ...]:
    return tuple(
        Deed(one.source, one.words, also_of(one), one.icon_name, keys_of(one))
        for one in page.actions()
        if isinstance(one, Action) and one.words
    )


class Gatherer(QObject):
    """Reads the actions of the pages that were not shown yet; `gathered` after each. Their modules are loaded in the background first."""

    gathered = Signal()

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.deeds: dict[str, tuple[Deed, ...]] = {}
        self._begun = False

    def begin(self) -> None:
        """Once; without an open shop there is nothing to do elsewhere."""
        if self._begun or self._window.context.shop is None:
            return
        self._begun = True
        modules = [entry.factory.split(":")[0] for entry in self._window.entries.values()]
        self._window.context.runner.query(lambda _desk: [import_module(name).__name__ for name in modules]).then(self._next)

    def _next(self, _loaded: object = None) -> None:
        left = [key for key in self._window.entries if key not in self.deeds and key not in self._window.pages]
        if not left:
            return
        page = self._window.entries[left[0]].build(self._window.context)
        self.deeds[left[0]] = deeds_of(page)
        page.deleteLater()
        self.gathered.emit()
        QTimer.singleShot(0, self, self._next)


def entries_of(window: MainWindow, gathered: Gatherer, groups: Groups | None) -> list[Entry]:
    """All that can be found by name: the current page's deeds first, then the window's, then what is elsewhere."""
    here = window.pages.get(window.current)
    found = list(_of_actions(window, here.actions() if here is not None else (), window.current))
    found += _of_actions(window, window.actions(), "")
    found += _choices(window)
    if window.context.shop is not None:
        found += _tabs(window)
        found += _settings(window)
        found += _groups(window, groups)
        found += _group_deeds(window)
        found += _elsewhere(window, gathered)
    return found


def _title(window: MainWindow, action: QAction) -> str:
    return next((menu.title().replace("&", "") for menu in window.menus.values() if action in menu.actions()), "")


def _of_actions(window: MainWindow, actions: Iterable[QAction], page: str) -> Iterator[Entry]:
    """What can't be done now is not there: a line that does nothing would be a riddle."""
    for one in actions:
        if not isinstance(one, Action) or not one.words or one is window.palette_action or not one.isEnabled():
            continue
        path = _title(window, one) or (window.rail_title(window.entries[page]) if page else "")
        key = f"{page}:{one.source}"
        yield Entry(key, one.words, one.trigger, also_of(one), one.icon_name, path, keys=keys_of(one), checked=one.isChecked())


def _choices(window: MainWindow) -> Iterator[Entry]:
    """Language, colours, row height: each value is a line."""
    for title, submenu in window.choices.items():
        titles = (tr_later(title), *other_words(tr_later(title)))
        for one in submenu.actions():
            values = (one.text(), *other_words(one.text()))
            names = [f"{name}: {value}" for name in titles for value in values]
            words = f"{titles[0]}：{values[0]}" if language() == "zh" else names[0]
            key = f"choice:{title}:{next((value for value in values if value.isascii()), values[0])}"
            yield Entry(key, words, one.trigger, tuple(names), CHOICE_ICONS.get(title, ""), _menu_path(window), checked=one.isChecked())


def _menu_path(window: MainWindow) -> str:
    return window.menus["view"].title().replace("&", "")


def _other_term(kind: str, code: str) -> str:
    return term(kind, code, "en" if language() == "zh" else "zh")


def _tabs(window: MainWindow) -> Iterator[Entry]:
    if "orders" not in window.entries:
        return
    title = window.rail_title(window.entries["orders"])
    for code in terms()["status"]:
        yield Entry(
            f"status:{code}",
            term("status", code, language()),
            partial(window.context.go, "orders", tab=code),
            (_other_term("status", code),),
            "orders",
            title,
        )


def _settings(window: MainWindow) -> Iterator[Entry]:
    for key, title in PLACES:
        words = tr_later(title)
        yield Entry(f"setting:{key}", words, partial(window.show_settings, key), (title, *other_words(words)), "settings", tr("Settings"))


def _groups(window: MainWindow, groups: Groups | None) -> Iterator[Entry]:
    if groups is None or "orders" not in window.entries:
        return
    path = tr("Groups")
    for row in groups.own:
        if row.kind == "search" and row.trouble is None:
            yield Entry(f"group:{row.id}", row.name, partial(_open_group, window, row.search, row.sort), (), GROUP_ICON, path)
    for ready in groups.ready:
        if not ready.hidden:
            go = partial(window.context.go, "orders", view=ready.view) if ready.view else partial(_open_group, window, ready.search, "")
            words = term("ready_group", ready.code, language())
            yield Entry(f"ready:{ready.code}", words, go, (_other_term("ready_group", ready.code),), GROUP_ICON, path)


def _group_deeds(window: MainWindow) -> Iterator[Entry]:
    """What the rail's + does."""
    rail = window.rail.groups
    if rail is None:
        return
    deeds = [("folder", tr("New folder…"), rail.new_folder, "folder"), ("ready", tr("Ready-made groups…"), rail.choose_ready, "eye")]
    if rail.model.present:
        deeds.insert(0, ("keep", tr("Keep this search as a group…"), rail.keep_present, GROUP_ICON))
    for key, words, run, icon in deeds:
        yield Entry(f"groups:{key}", words, run, other_words(words), icon, tr("Groups"))


def _open_group(window: MainWindow, search: str, sort: str) -> None:
    """As in the rail: the status that it names is the tab, the rest stands in the search box."""
    from services.search.tabs import split_tab
    from services.search.writer import say

    status, rest = split_tab(search)
    window.context.go("orders", search=say(rest, language()), tab=status or "all", sort=sort)


def _elsewhere(window: MainWindow, gathered: Gatherer) -> Iterator[Entry]:
    """The deeds of the other pages: going there is part of it."""
    for key, entry in window.entries.items():
        if key == window.current:
            continue
        page = window.pages.get(key)
        title = window.rail_title(entry)
        for deed in deeds_of(page) if page is not None else gathered.deeds.get(key, ()):
            go = partial(_go_and_do, window, key, deed.source)
            yield Entry(f"{key}:{deed.source}", deed.words, go, deed.also, deed.icon, title, keys=deed.keys)


def _go_and_do(window: MainWindow, key: str, source: str) -> None:
    page = window.show_page(key)
    action = next((one for one in page.actions() if isinstance(one, Action) and one.source == source), None)
    if action is not None:
        action.trigger()


def order_entries(window: MainWindow, hits: Sequence[JumpHit]) -> list[Entry]:
    """Orders of a typed number: chosen, the order is shown on its page."""
    dot = "·" if language() == "zh" else " · "
    return [
        Entry(
            "",
            tr("Go to order {number}", number=hit.number),
            partial(window.context.go, "orders", search=hit.number, tab="all", id=hit.id),
            icon="arrow-right",
            note=dot.join(part for part in (hit.buyer, term("status", hit.status, language()), _short(hit.goods)) if part),
        )
        for hit in hits
    ]


def _short(goods: str) -> str:
    return goods if len(goods) <= 24 else goods[:23] + formats.ELLIPSIS


def search_entry(window: MainWindow, text: str) -> Entry:
    """The last line: whatever was typed, the orders may know it."""
    return Entry(
        "", tr('Search orders for "{words}"', words=text), partial(window.context.go, "orders", search=text, tab="all"), icon="search"
    )
