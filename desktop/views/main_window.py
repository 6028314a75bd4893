"""The main window: menus, rail, page stack, status bar. It shows itself at once with skeleton rows and fills when the Desk is open.

Dialogs, notices and errors are imported at use: the first paint does not pay for them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QActionGroup,
    QCloseEvent,
    QDesktopServices,
    QDragEnterEvent,
    QDropEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QMainWindow, QMenu, QMenuBar, QStackedWidget, QVBoxLayout, QWidget

from desktop import icons
from desktop.actions import MENUS, Action, redraw_icons
from desktop.context import AppContext, Notice, Place
from desktop.i18n import tr, tr_later
from desktop.shops import demo_shop, is_demo, own_shop
from desktop.theme import ROW_HEIGHT, colour, theme, themes
from desktop.views import IMPORTER, PAGES, PageEntry
from desktop.views.page import Page
from desktop.views.rail import FOLD_BELOW, Rail
from desktop.views.status_bar import StatusBar
from desktop.views.undo_actions import UndoActions
from desktop.views.widgets.palette_box import PaletteBox

if TYPE_CHECKING:
    from desktop.views.palette import Palette
    from desktop.views.widgets.dialog import DialogBase
    from desktop.views.widgets.notice import Toast

TOP = 40


class Skeleton(QWidget):
    """Grey rows where a page will be; tells when it was first painted."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._told = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        t = theme()
        painter.fillRect(self.rect(), colour(t.surface))
        painter.fillRect(0, 46, self.width(), 1, colour(t.line))
        for place, x in enumerate((16, 88, 160, 232)):
            painter.fillRect(x, 18, 44 + place % 2 * 12, 10, colour(t.hover))
        painter.fillRect(0, 131, self.width(), 1, colour(t.line))
        for row in range((self.height() - 132) // ROW_HEIGHT["normal"]):
            y = 132 + row * ROW_HEIGHT["normal"]
            for column in range(5):
                x = 16 + column * (self.width() - 32) // 5
                painter.fillRect(x, y + 12, 60 + (row * 7 + column * 13) % 5 * 18, 8, colour(t.hover))
            painter.fillRect(0, y + 31, self.width(), 1, colour(t.row))
        if not self._told:
            self._told = True
            self.painted.emit()


class TopBar(QWidget):
    """The 40 px at the top: the menu bar, and the box that opens the command palette."""

    def __init__(self, menus: QMenuBar, box: PaletteBox) -> None:
        super().__init__()
        self.setFixedHeight(TOP)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 16, 1)
        menus.setMinimumHeight(34)
        row.addWidget(menus, 1)
        row.addWidget(box)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(theme().raised))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(theme().line))


class MainWindow(QMainWindow):
    """Built anew when the language changes; the context and its Desk stay."""

    ready = Signal()
    """It was painted once: the Desk may be opened."""
    language_chosen = Signal(str)
    lock_asked = Signal()
    shop_chosen = Signal(object)
    """A pathlib.Path of another shop's folder."""

    def __init__(self, context: AppContext, pages: Sequence[PageEntry] = PAGES) -> None:
        super().__init__()
        self.context = context
        self.entries = {entry.key: entry for entry in pages}
        self.pages: dict[str, Page] = {}
        self.current = ""
        self._leaving = self._few = False
        self.setWindowIcon(icons.app_icon())
        self.setAcceptDrops(True)
        self.setMinimumSize(960, 600)
        self.rail = Rail(pages)
        self.stack = QStackedWidget()
        self.skeleton = Skeleton()
        self.skeleton.painted.connect(lambda: QTimer.singleShot(0, self.ready.emit))
        self.stack.addWidget(self.skeleton)
        self.status = StatusBar()
        self.toast: Toast | None = None
        self.palette_shown: Palette | None = None
        self._lay_out()
        self.menus = self._make_menus()
        self._show_page_actions()
        self._name_window()
        self.rail.chosen.connect(self.show_page)
        self.rail.help.clicked.connect(lambda _checked=False: self.show_help())
        self.rail.settings.clicked.connect(lambda _checked=False: self._settings())
        runner = context.runner
        runner.started.connect(self.status.watch)
        runner.opened.connect(self._opened)
        runner.open_failed.connect(self._not_opened)
        runner.failed.connect(self.show_error)
        context.went.connect(self._go)
        context.noticed.connect(self._notice)
        context.counted.connect(self.rail.set_count)
        context.import_requested.connect(self._import)
        if not self.restoreGeometry(context.prefs.bytes("window/geometry")):
            self.resize(1440, 900)

    # ---- building

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.stack, 1)
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._bar = QMenuBar()
        self.palette_box = PaletteBox(tr("Search commands…"), "Ctrl K", self.open_palette)
        column.addWidget(TopBar(self._bar, self.palette_box))
        column.addLayout(middle, 1)
        column.addWidget(self.status)
        self.setCentralWidget(whole)

    def _make_menus(self) -> dict[str, QMenu]:
        titles = {
            "file": tr("File"),
            "orders": tr("Orders"),
            "print": tr("Print"),
            "view": tr("View"),
            "help": tr("Help"),
        }
        menus = {key: self._bar.addMenu(titles[key]) for key in MENUS}
        self.go_actions: dict[str, Action] = {}
        own = partial(Action, self)
        file = menus["file"]
        self._undo = UndoActions(self, self.context.undo)
        file.addActions(self._undo.actions)
        file.setToolTipsVisible(True)  # why the last deed can't be taken back
        file.addSeparator()
        file.addAction(own(tr("Import…"), self._choose_imports, icon="import", shortcut="Ctrl+O"))
        if "imports" in self.entries:
            file.addAction(own(tr("What was imported…"), partial(self.show_page, "imports"), icon="archive", shortcut="Ctrl+Shift+O"))
        file.addAction(own(tr("Open another shop…"), self._choose_shop, icon="folder"))
        self._other_shop = own(tr("Demo shop"), self._switch_shop, icon="store")
        file.addAction(self._other_shop)
        file.addAction(own(tr("Settings…"), self._settings, icon="settings", shortcut="Ctrl+0"))
        file.addAction(own(tr("Lock / switch user"), self.lock_asked.emit, icon="lock", shortcut="Ctrl+L"))
        self._own_file_end = file.addSeparator()
        file.addAction(own(tr("Quit"), self.close, shortcut=QKeySequence.StandardKey.Quit))
        view = menus["view"]
        for place, entry in enumerate(self.entries.values()):
            show = partial(self.show_page, entry.key)
            go = own(self.rail_title(entry), show, icon=entry.icon, shortcut=f"Ctrl+{place + 1}", source=entry.title)
            self.go_actions[entry.key] = go
            view.addAction(go)
        view.addSeparator()
        self.palette_action = own(tr("Commands…"), self.open_palette, icon="bulb", shortcut="Ctrl+K")
        view.addAction(self.palette_action)
        view.addAction(own(tr("Refresh"), self._refresh, icon="refresh", shortcut=QKeySequence.StandardKey.Refresh))
        view.addAction(own(tr("Search"), self._search, icon="search", shortcut=QKeySequence.StandardKey.Find))
        view.addAction(own(tr("Detail panel"), self.toggle_detail, icon="panel", shortcut="F4"))
        view.addSeparator()
        prefs = self.context.prefs
        self.choices = {"Language": view.addMenu(tr("Language")), "Colours": view.addMenu(tr("Colours"))}
        self.choices["Row height"] = view.addMenu(tr("Row height"))
        self._choices(
            self.choices["Language"],
            # Each language names itself, so that it can be found by who reads no other.
            (("system", tr("As the computer")), ("zh", "简体中文"), ("en", "English")),
            prefs.language,
            self.language_chosen.emit,
        )
        self._choices(
            self.choices["Colours"],
            (("system", tr("As the computer")), ("light", tr("Light")), ("dark", tr("Dark"))),
            prefs.theme,
            self._choose_theme,
        )
        self._choices(
            self.choices["Row height"], (("normal", tr("Normal")), ("compact", tr("Compact"))), prefs.density, self._choose_density
        )
        helps = menus["help"]
        helps.addAction(own(tr("Help…"), self.show_help, icon="help", shortcut="F1"))
        helps.addAction(own(tr("Keyboard"), self._show_keys, icon="label", shortcut="Ctrl+/"))
        helps.addAction(own(tr("How to search"), self._show_search_help, icon="search"))
        helps.addAction(own(tr("Open the shop's folder"), self._open_folder, icon="folder"))
        helps.addAction(own(tr("About Zhanggui"), self._about, icon="info"))
        for menu in menus.values():
            self.addActions([one for one in menu.actions() if isinstance(one, Action)])
        return menus

    @staticmethod
    def rail_title(entry: PageEntry) -> str:
        return tr_later(entry.title)

    def _choices(self, menu: QMenu, pairs: Sequence[tuple[str, str]], taken: str, choose: Callable[[str], object]) -> None:
        group = QActionGroup(menu)
        for value, words in pairs:
            entry = menu.addAction(words)
            entry.setCheckable(True)
            entry.setChecked(value == taken)
            entry.triggered.connect(partial(self._chose, choose, value))
            group.addAction(entry)

    @staticmethod
    def _chose(choose: Callable[[str], object], value: str, _checked: bool = False) -> None:
        choose(value)

    def _permit(self) -> None:
        """Once it is known who is there: menus, pages and buttons that are not for them are off."""
        from desktop.permitted import PAGES as ASKING
        from desktop.permitted import ButtonGate, permit_action, why_not
        from services.access import EVERYTHING

        self._few = not self.context.viewer.permissions >= EVERYTHING
        application = QApplication.instance()
        if not self._few or application is None:
            return
        application.installEventFilter(ButtonGate(self.context, self))
        for menu in self.menus.values():
            menu.setToolTipsVisible(True)
            for one in menu.actions():
                if isinstance(one, Action):
                    permit_action(self.context, one)
        for key in self.entries:
            if words := why_not(self.context, ASKING.get(key, "")):
                self.rail.block(key, words)
                self.go_actions[key].block(words)
        if words := why_not(self.context, "settings"):
            self.rail.block("settings", words)

    def may_see(self, key: str) -> bool:
        """Whether a page is for who is signed in."""
        if not self._few:
            return True
        from desktop.permitted import PAGES as ASKING

        return self.context.may(ASKING.get(key, ""))

    def _show_page_actions(self) -> None:
        """Put the current page's actions into the menus; a menu without any is not shown."""
        page = self.pages.get(self.current)
        for key, menu in self.menus.items():
            for one in menu.actions():
                if isinstance(one, Action) and one.parent() is not self:
                    menu.removeAction(one)
            mine = [one for one in (page.actions() if page is not None else []) if isinstance(one, Action) and one.menu_key == key]
            before = self._own_file_end if key == "file" else None
            for one in mine:
                if self._few:
                    from desktop.permitted import permit_action

                    permit_action(self.context, one)
                if before is not None:
                    menu.insertAction(before, one)
                else:
                    menu.addAction(one)
            menu.menuAction().setVisible(bool(menu.actions()))

    def _name_window(self) -> None:
        shop = self.context.shop
        self.setWindowTitle(f"{shop.name} · {tr('Zhanggui')}" if shop is not None and shop.name else tr("Zhanggui"))

    # ---- pages

    def show_page(self, key: str) -> Page:
        """Go to a page, building it at its first time; one that is not for who is signed in gives way to the first one."""
        if not self.may_see(key):
            key = next(iter(self.entries))
        page = self.pages.get(key)
        fresh = page is None
        if page is None:
            page = self.entries[key].build(self.context)
            self.pages[key] = page
            self.stack.addWidget(page)
        self.current = key
        self.rail.choose(key)
        if self.context.shop is not None:
            self.stack.setCurrentWidget(page)
            self.skeleton.hide()
            if fresh:
                self._load(page)
            page.activate()
        self._show_page_actions()
        self.context.prefs.set_text("window/page", key)
        return page

    def _load(self, page: Page) -> None:
        panel = page.detail()
        if panel is not None:
            panel.setVisible(self.context.prefs.flag("window/detail", True))
        page.load()

    def start(self) -> None:
        """Build the page of last time behind the skeleton; it is shown once the Desk is open."""
        key = self.context.prefs.text("window/page", "")
        self.show_page(key if key in self.entries else next(iter(self.entries)))

    def _opened(self, _shop: object) -> None:
        self._take_shop()
        self._permit()
        if not self.current:
            self.start()
        elif not self.may_see(self.current):
            self.show_page(self.current)
        else:
            page = self.pages[self.current]
            self.stack.setCurrentWidget(page)
            self._load(page)
            page.activate()

    def _take_shop(self) -> None:
        shop = self.context.shop
        if shop is not None:
            demo = is_demo(shop.folder)
            self.rail.set_shop(shop.name, tr("Demo shop") if demo else "")
            self._other_shop.setText(tr("My own shop") if demo else tr("Demo shop"))
            self.status.set_state(tr("Database OK"))
            self.status.set_person(self.context.viewer)
            self._name_window()

    def take_over(self, page: str, place: dict[str, Any] | None = None) -> None:
        """Show what an earlier window showed (the language changed): the Desk is open already. `place` as Page.place()."""
        self._take_shop()
        self._permit()
        shown = self.show_page(page if page in self.entries and self.may_see(page) else next(iter(self.entries)))
        if place:
            shown.navigate(**place)

    def _not_opened(self, error: Exception) -> None:
        from desktop.errors import error_words

        self.status.set_state(error_words(error), "bad")
        self.show_error(error)

    def _go(self, place: Place) -> None:
        self.show_page(place.page).navigate(**place.facts)

    def _refresh(self) -> None:
        page = self.pages.get(self.current)
        if page is not None and self.context.shop is not None:
            page.refresh({table: frozenset() for table in page.tables})

    def _search(self) -> None:
        page = self.pages.get(self.current)
        field = page.search_field() if page is not None else None
        if field is not None:
            field.setFocus()

    def toggle_detail(self) -> None:
        """Fold or unfold the detail panel of the current page (F4), and remember it."""
        page = self.pages.get(self.current)
        panel = page.detail() if page is not None else None
        if panel is not None:
            panel.setVisible(not panel.isVisible())
            self.context.prefs.set_flag("window/detail", panel.isVisible())

    # ---- menus' doings

    def _choose_theme(self, choice: str) -> None:
        self.context.prefs.set_text("theme", choice)
        themes().choose("dark" if choice == "dark" else "light" if choice == "light" else "system")

    def _choose_density(self, choice: str) -> None:
        self.context.prefs.set_text("density", choice)
        themes().set_density("compact" if choice == "compact" else "normal")

    def _choose_imports(self) -> None:
        dialog = QFileDialog(self, tr("Import export files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([tr("Export files") + " (*.csv *.xlsx *.xls *.ods *.tsv *.txt *.json)", tr("All files") + " (*)"])
        dialog.filesSelected.connect(lambda names: self.context.import_files([Path(name) for name in names]))
        dialog.open()

    def _choose_shop(self) -> None:
        dialog = QFileDialog(self, tr("Open another shop"))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda name: self.shop_chosen.emit(Path(name)))
        dialog.open()

    def _switch_shop(self) -> None:
        """From the demo shop to the merchant's own and back."""
        shop = self.context.shop
        if shop is not None:
            self.shop_chosen.emit(own_shop(self.context.prefs) if is_demo(shop.folder) else demo_shop())

    def _settings(self) -> None:
        self.show_settings()

    def show_settings(self, place: str = "") -> None:
        """Open the settings, with the keys at one of settings_dialog.PLACES."""
        if self.context.shop is not None and self.context.may("settings"):
            from desktop.views.settings_dialog import SettingsDialog

            dialog = SettingsDialog(self, self.context, self.language_chosen.emit, self._take_shop)
            dialog.go_to(place)
            dialog.open()

    def open_palette(self) -> Palette:
        """Ctrl+K: everything by name."""
        if self.palette_shown is None:
            from desktop.views.palette import Palette

            self.palette_shown = Palette(self)
        self.palette_shown.open()
        return self.palette_shown

    def _import(self, paths: list[Path]) -> None:
        module, name = IMPORTER.split(":")
        getattr(import_module(module), name)(self, self.context, paths)

    def _open_folder(self) -> None:
        if self.context.shop is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.context.shop.folder)))

    def show_help(self, topic: str = "") -> DialogBase:
        """F1: the help at a topic (desktop.help_topics.TOPICS), else at that of what is shown."""
        from desktop.views.help_dialog import show_help

        return show_help(self, topic)

    def _show_keys(self) -> None:
        from desktop.views.keys_dialog import show_keys

        show_keys(self)

    def _show_search_help(self) -> None:
        from desktop.views.search_help import show_help

        show_help(self)

    def _about(self) -> None:
        from importlib.metadata import PackageNotFoundError, version

        from desktop.views.widgets.dialog import DialogBase
        from desktop.views.widgets.labels import Label
        from desktop.views.widgets.panel import Fact

        try:
            number = version("zhanggui")
        except PackageNotFoundError:
            number = ""
        dialog = DialogBase(self, tr("About Zhanggui"), width=480)
        words = tr("An offline order desk for a small shop. Free software under the MIT licence; it collects no data.")
        dialog.column.addWidget(Label(words, "body2", wrap=True))
        if number:
            dialog.column.addWidget(Fact(tr("Version"), number))
        if self.context.shop is not None:
            dialog.column.addWidget(Fact(tr("Shop folder"), str(self.context.shop.folder)))
        dialog.open()

    def _notice(self, notice: Notice) -> None:
        if self.toast is None:
            from desktop.views.widgets.notice import Toast

            self.toast = Toast(self.stack)
        self.toast.show_notice(notice)

    def show_error(self, error: BaseException) -> DialogBase | None:
        """Tell an error in its dialog; reports of bugs go to the shop's logs."""
        from desktop.errors import show_error

        shop = self.context.shop
        logs = shop.folder / "logs" if shop is not None else self.context.prefs.folder / "logs"
        return show_error(self, error, logs)

    # ---- events

    def changeEvent(self, event: QEvent) -> None:
        redraw_icons(self, event)
        super().changeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.rail.fold(self.width() < FOLD_BELOW)
        super().resizeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls() and any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if paths:
            event.acceptProposedAction()
            QTimer.singleShot(0, partial(self.context.import_files, paths))

    def closeEvent(self, event: QCloseEvent) -> None:
        busy = self.context.runner.busy
        if busy and not self._leaving:
            from desktop.views.widgets.dialog import Question

            event.ignore()
            words = tr("“{work}” is still running. Stopping it leaves the data as they were before it.", work=busy[0].title)
            Question(self, tr("Stop and quit?"), words, tr("Stop and quit"), self._leave).open()
            return
        self.context.prefs.set_bytes("window/geometry", self.saveGeometry())
        self.context.prefs.save()
        super().closeEvent(event)

    def retire(self) -> None:
        """Go without asking or remembering: another window has taken over."""
        for signal, slot in (
            (self.context.went, self._go),
            (self.context.noticed, self._notice),
            (self.context.import_requested, self._import),
            (self.context.runner.failed, self.show_error),
        ):
            signal.disconnect(slot)
        self.hide()
        self.deleteLater()

    def _leave(self) -> None:
        self._leaving = True
        self.close()
