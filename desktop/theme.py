"""The look in one place: tokens, fonts and the style sheet made of them (values and recipes: look.md).

A widget that paints itself asks `theme()` while painting and keeps nothing: a change of theme sends every widget a PaletteChange.
Whoever must keep something (icons of actions, cached pixmaps) listens to `themes().changed`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication

import resources

Choice = Literal["system", "light", "dark"]
Density = Literal["normal", "compact"]
Tone = Literal["text", "text2", "muted", "accent", "ok", "warn", "bad", "info", "violet"]
"""What a coloured word means; `grey` softness is the `hover` token."""

RAIL_SIZE, LABEL_SIZE, BODY_SIZE, SECTION_SIZE, TITLE_SIZE, FIGURE_SIZE = 11, 12, 13, 15, 17, 22
RADIUS, CARD_RADIUS, DIALOG_RADIUS = 6, 8, 12
MARGIN, PANEL_MARGIN, DIALOG_MARGIN = 16, 18, 24
ROW_HEIGHT: dict[str, int] = {"normal": 32, "compact": 28}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Theme:
    """Every colour of one theme as `#RRGGBB`; a text token reaches 4.5 : 1 on its surfaces (asserted by a test)."""

    name: str
    surface: str
    raised: str
    hover: str
    line: str
    row: str
    line2: str
    control: str
    text: str
    text2: str
    muted: str
    faint: str
    accent: str
    accent_hover: str
    on_accent: str
    sel: str
    row_late: str
    row_blocked: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    bad: str
    bad_soft: str
    info: str
    info_soft: str
    violet: str
    violet_soft: str
    fill_accent: str
    fill_ok: str
    fill_warn: str
    fill_bad: str
    fill_info: str
    flags: tuple[str, str, str, str, str, str]
    ramp: tuple[str, str, str]

    @property
    def dark(self) -> bool:
        return self.name == "dark"

    def tone(self, tone: str) -> str:
        """The colour of words of a tone."""
        return str(getattr(self, tone))

    def soft(self, tone: str) -> str:
        """The ground of a pill or band of a tone; a tone without one gets the quiet grey."""
        return str(getattr(self, f"{tone}_soft", self.sel if tone == "accent" else self.hover))

    def ground(self, tone: str) -> str | None:
        """The quiet ground of a whole row that is `late` or `blocked`, paler than a pill's so that pills show on it; None of any other."""
        return {"late": self.row_late, "blocked": self.row_blocked}.get(tone)

    def heat(self, share: float) -> QColor:
        """The ramp at `share` 0…1: two straight RGB mixes."""
        low, middle, high = (colour(part) for part in self.ramp)
        return mix(low, middle, share * 2) if share <= 0.5 else mix(middle, high, share * 2 - 1)


LIGHT = Theme(
    name="light",
    surface="#FFFFFF",
    raised="#F6F7F9",
    hover="#EEF0F3",
    line="#E3E6EA",
    row="#EEF0F2",
    line2="#CDD3DA",
    control="#8A93A0",
    text="#1B1F24",
    text2="#3F4752",
    muted="#5B6573",
    faint="#98A1AE",
    accent="#C2410C",
    accent_hover="#A93709",
    on_accent="#FFFFFF",
    sel="#FDF4EF",
    row_late="#FFF6F6",
    row_blocked="#FFFAEE",
    ok="#237A35",
    ok_soft="#E6F4E8",
    warn="#8F5A0A",
    warn_soft="#FCF1D8",
    bad="#C92A2A",
    bad_soft="#FDEBEB",
    info="#1C6FB8",
    info_soft="#E5F0FA",
    violet="#6B4BC4",
    violet_soft="#F0ECFB",
    fill_accent="#E0561B",
    fill_ok="#37A34A",
    fill_warn="#E2A21B",
    fill_bad="#E5484D",
    fill_info="#3B8FD9",
    flags=("#C3C9D1", "#E03131", "#E0A100", "#2F9E44", "#1C7ED6", "#7048E8"),
    ramp=("#FBF1EA", "#F6B58F", "#C9420B"),
)
DARK = Theme(
    name="dark",
    surface="#16181C",
    raised="#1C1F24",
    hover="#262A30",
    line="#2D3138",
    row="#23272D",
    line2="#414750",
    control="#6B7480",
    text="#E8EAED",
    text2="#C3C8D0",
    muted="#98A1AE",
    faint="#69727F",
    accent="#FF8A4C",
    accent_hover="#FF9D68",
    on_accent="#1B1108",
    sel="#2A201A",
    row_late="#261B1F",
    row_blocked="#24211B",
    ok="#69DB7C",
    ok_soft="#23372B",
    warn="#FFC94D",
    warn_soft="#3B3424",
    bad="#FF8787",
    bad_soft="#3B2A2D",
    info="#74C0FC",
    info_soft="#253340",
    violet="#B197FC",
    violet_soft="#2F2C40",
    fill_accent="#FF8A4C",
    fill_ok="#51CF66",
    fill_warn="#F2B93B",
    fill_bad="#FF6B6B",
    fill_info="#4DABF7",
    flags=("#4A515B", "#FF6B6B", "#FFD43B", "#51CF66", "#4DABF7", "#9775FA"),
    ramp=("#2A221E", "#8F4C2B", "#FF8A4C"),
)


class Themes(QObject):
    """Holds which theme is shown, follows the system while the user chose nothing, and tells of changes.

    `changed` comes after palette and style sheet are set; caches of coloured pixmaps are to be dropped then.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.current = LIGHT
        self.choice: Choice = "system"
        self.density: Density = "normal"
        self.language = "en"
        self.installed = False
        self._system_dark = False

    def install(self, choice: Choice = "system", density: Density = "normal", language: str = "en") -> None:
        """Style the application: Fusion, bundled font, palette, style sheet. Call once the QApplication stands."""
        app = _app()
        self.choice, self.density, self.language = choice, density, language
        if not self.installed:
            app.setStyle("Fusion")
            self._system_dark = app.styleHints().colorScheme() == Qt.ColorScheme.Dark
            app.styleHints().colorSchemeChanged.connect(self._follow)
            self.installed = True
        self._apply()

    def choose(self, choice: Choice) -> None:
        """Take the user's choice; `system` follows the desktop again."""
        self.choice = choice
        self._apply()

    def set_density(self, density: Density) -> None:
        self.density = density
        self.changed.emit()

    def set_language(self, language: str) -> None:
        """English puts a Latin face before the Chinese one (the Chinese face draws quotes and dots full width)."""
        self.language = language
        self._apply()

    def _follow(self, scheme: Qt.ColorScheme) -> None:
        self._system_dark = scheme == Qt.ColorScheme.Dark
        if self.choice == "system":
            self._apply()

    def _apply(self) -> None:
        app = _app()
        dark = self._system_dark if self.choice == "system" else self.choice == "dark"
        self.current = DARK if dark else LIGHT
        font.cache_clear()
        metrics.cache_clear()
        app.setFont(font(BODY_SIZE))
        app.setPalette(_palette(self.current))
        app.setStyleSheet(style_sheet(self.current))
        self.changed.emit()


@cache
def themes() -> Themes:
    """The one Themes of the process (colours belong to the QApplication, of which there is one as well)."""
    return Themes()


def theme() -> Theme:
    return themes().current


def row_height() -> int:
    """Height of a table row in px at the chosen density."""
    return ROW_HEIGHT[themes().density]


@lru_cache(maxsize=256)
def colour(value: str) -> QColor:
    """A QColor of `#RRGGBB`, cached: making one costs more than painting with it."""
    return QColor(value)


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """`share` 0 → one, 1 → other, straight in RGB."""
    share = min(1.0, max(0.0, share))
    return QColor(
        round(one.red() + (other.red() - one.red()) * share),
        round(one.green() + (other.green() - one.green()) * share),
        round(one.blue() + (other.blue() - one.blue()) * share),
    )


@cache
def _families() -> tuple[str, ...]:
    """Families in order; the bundled CJK face is loaded once. One file serves window and paper.

    Without the bundled file services.fonts looks through the system's, which takes longer.
    """
    bundled = resources.path("fonts") / "NotoSansSC-Regular.ttf"
    if bundled.is_file():
        loaded = QFontDatabase.addApplicationFont(str(bundled))
        if loaded >= 0:
            return tuple(QFontDatabase.applicationFontFamilies(loaded))
    from services.fonts import font_file

    found = font_file()
    QFontDatabase.addApplicationFont(str(found.path))
    return (found.family,)


_LATIN_FACES = ("Segoe UI", ".AppleSystemUIFont", "Inter", "Cantarell", "Ubuntu")


@cache
def _latin_families() -> tuple[str, ...]:
    there = set(QFontDatabase.families())
    return (*(face for face in _LATIN_FACES if face in there), *_families())


@lru_cache(maxsize=64)
def font(size: int = BODY_SIZE, bold: bool = False) -> QFont:
    """The face at `size` px, regular or the one bold (500 and 600 draw the same as 400 with one file)."""
    made = QFont(list(_families() if themes().language == "zh" else _latin_families()))
    made.setPixelSize(size)
    made.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return made


@lru_cache(maxsize=64)
def metrics(size: int = BODY_SIZE, bold: bool = False) -> QFontMetricsF:
    return QFontMetricsF(font(size, bold))


def _app() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise TypeError("the theme needs a QApplication")
    return app


def _palette(t: Theme) -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for place, value in (
        (role.Window, t.surface),
        (role.Base, t.surface),
        (role.AlternateBase, t.raised),
        (role.Button, t.surface),
        (role.WindowText, t.text),
        (role.Text, t.text),
        (role.ButtonText, t.text),
        (role.BrightText, t.text),
        (role.ToolTipBase, t.raised),
        (role.ToolTipText, t.text),
        (role.Highlight, t.accent),
        (role.Accent, t.accent),
        (role.HighlightedText, t.on_accent),
        (role.PlaceholderText, t.muted),
        (role.Link, t.accent),
        (role.LinkVisited, t.accent),
        (role.Light, t.surface),
        (role.Midlight, t.hover),
        (role.Mid, t.line2),
        (role.Dark, t.control),
        (role.Shadow, t.line2),
    ):
        palette.setColor(place, colour(value))
    for place in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, place, colour(t.faint))
    return palette


def style_sheet(t: Theme) -> str:
    """The sheet for what Qt draws itself; never a `*` rule, which would beat every setFont.

    Roles: a QLabel with property `role` (title, section, label, muted, …); a QFrame or QWidget with property `box`
    (raised, card, line-top, …).
    """
    labels = "".join(
        f'QLabel[role="{name}"]{{color:{ink};font-size:{size}px;{"font-weight:700;" if bold else ""}}}'
        for name, ink, size, bold in (
            ("page-title", t.text, FIGURE_SIZE, True),
            ("title", t.text, TITLE_SIZE, True),
            ("section", t.text, SECTION_SIZE, True),
            ("strong", t.text, BODY_SIZE, True),
            ("body", t.text, BODY_SIZE, False),
            ("body2", t.text2, BODY_SIZE, False),
            ("label", t.muted, LABEL_SIZE, False),
            ("muted", t.muted, BODY_SIZE, False),
            ("small", t.text2, LABEL_SIZE, False),
            ("figure", t.text, FIGURE_SIZE, True),
            ("ok", t.ok, LABEL_SIZE, False),
            ("warn", t.warn, LABEL_SIZE, False),
            ("bad", t.bad, LABEL_SIZE, False),
        )
    )
    field = "QLineEdit,QPlainTextEdit,QTextEdit,QSpinBox,QDateEdit,QDateTimeEdit"
    focused = ",".join(f"{name}:focus" for name in field.split(","))
    return f"""
{labels}
QWidget[box="raised"],QFrame[box="raised"]{{background:{t.raised};}}
QWidget[box="surface"],QFrame[box="surface"]{{background:{t.surface};}}
QFrame[box="quiet"]{{background:{t.raised};border-radius:{CARD_RADIUS}px;}}
QFrame[box="card"]{{background:{t.surface};border:1px solid {t.line};border-radius:{CARD_RADIUS}px;}}
QFrame[box="warn"]{{background:{t.warn_soft};border-radius:{RADIUS}px;}}
QFrame[box="bad"]{{background:{t.bad_soft};border-radius:{RADIUS}px;}}
QFrame[box="ok"]{{background:{t.ok_soft};border-radius:{RADIUS}px;}}
QFrame[box="info"]{{background:{t.info_soft};border-radius:{RADIUS}px;}}
QFrame[rule="h"]{{background:{t.line};border:0;min-height:1px;max-height:1px;}}
QFrame[rule="v"]{{background:{t.line};border:0;min-width:1px;max-width:1px;}}
{field}{{background:{t.surface};color:{t.text};border:1px solid {t.control};border-radius:{RADIUS}px;padding:0 10px;min-height:30px;
  selection-background-color:{t.accent};selection-color:{t.on_accent};placeholder-text-color:{t.muted};}}
QPlainTextEdit,QTextEdit{{padding:6px 8px;}}
{focused}{{border:2px solid {t.accent};padding:0 9px;}}
QPlainTextEdit:focus,QTextEdit:focus{{padding:5px 7px;}}
QTextBrowser,QTextBrowser:focus{{border:0;padding:0;}}
QLineEdit:disabled,QSpinBox:disabled{{background:{t.raised};color:{t.muted};border-color:{t.line2};}}
QLineEdit[changed="true"],QPlainTextEdit[changed="true"],QSpinBox[changed="true"]{{background:{t.sel};}}
QLineEdit[doubt="true"]{{background:{t.warn_soft};}}
QLineEdit[wrong="true"],QLineEdit[wrong="true"]:focus{{border-color:{t.bad};}}
QLineEdit[bare="true"],QLineEdit[bare="true"]:focus{{border:0;padding:0;background:transparent;min-height:20px;}}
QLineEdit[cell="true"],QPlainTextEdit[cell="true"]{{border:2px solid {t.accent};border-radius:4px;min-height:0;padding:0 5px;}}
QPlainTextEdit[cell="true"]{{padding:3px 3px;}}
QSpinBox::up-button,QSpinBox::down-button{{width:0;border:0;}}
QAbstractSpinBox QLineEdit,QAbstractSpinBox QLineEdit:focus{{border:0;padding:0;background:transparent;min-height:20px;}}
QMenuBar{{background:{t.raised};color:{t.text2};border:0;padding:0 4px;}}
QMenuBar::item{{background:transparent;padding:6px 10px;margin:2px 0;border-radius:{RADIUS}px;}}
QMenuBar::item:selected,QMenuBar::item:pressed{{background:{t.hover};color:{t.text};}}
QMenu{{background:{t.surface};color:{t.text};border:1px solid {t.line2};padding:4px;}}
QMenu::item{{padding:6px 28px 6px 12px;border-radius:4px;}}
QMenu::icon{{padding-left:8px;}}
QMenu::item:selected{{background:{t.hover};}}
QMenu::item:disabled{{color:{t.faint};}}
QMenu::separator{{height:1px;background:{t.line};margin:4px 8px;}}
QToolTip{{background:{t.raised};color:{t.text};border:1px solid {t.line2};padding:4px 8px;}}
QTableView{{background:{t.surface};border:0;outline:0;selection-background-color:transparent;gridline-color:transparent;}}
QHeaderView{{background:{t.surface};border:0;}}
QScrollArea{{background:transparent;border:0;}}
QScrollBar:vertical{{background:transparent;width:8px;margin:0;}}
QScrollBar::handle:vertical{{background:{t.line2};border-radius:2px;margin:2px;min-height:32px;}}
QScrollBar:horizontal{{background:transparent;height:8px;margin:0;}}
QScrollBar::handle:horizontal{{background:{t.line2};border-radius:2px;margin:2px;min-width:32px;}}
QScrollBar::handle:hover{{background:{t.control};}}
QScrollBar::add-line,QScrollBar::sub-line{{width:0;height:0;}}
QAbstractScrollArea::corner{{background:transparent;border:0;}}
QScrollBar::add-page,QScrollBar::sub-page{{background:transparent;}}
QListView[bare="true"]{{border:0;}}
QCalendarWidget QWidget{{background:{t.surface};alternate-background-color:{t.surface};}}
QCalendarWidget QToolButton{{color:{t.text};background:transparent;border:0;border-radius:4px;padding:4px 8px;}}
QCalendarWidget QToolButton:hover{{background:{t.hover};}}
QCalendarWidget QToolButton::menu-indicator{{image:none;width:0;}}
QCalendarWidget QTableView{{selection-background-color:{t.accent};selection-color:{t.on_accent};}}
QListView{{background:{t.surface};border:1px solid {t.line2};outline:0;}}
QListView[box="card"]{{border-color:{t.line};border-radius:{CARD_RADIUS}px;padding:3px;}}
QListView::item{{padding:4px 8px;min-height:22px;color:{t.text};}}
QListView[box="card"]::item{{border-radius:{RADIUS}px;}}
QListView::item:selected,QListView::item:hover{{background:{t.hover};color:{t.text};}}
"""
