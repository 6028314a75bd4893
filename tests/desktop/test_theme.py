"""The tokens reach their contrast, and a change of theme reaches every widget."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop import icons
from desktop.prefs import Prefs
from desktop.theme import DARK, LIGHT, Theme, colour, font, row_height, theme, themes


def luminance(value: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(value[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


BOTH = pytest.mark.parametrize("t", [LIGHT, DARK], ids=lambda t: str(t.name))


@BOTH
@pytest.mark.parametrize("token", ["text", "text2", "muted", "accent", "ok", "warn", "bad", "info", "violet"])
def test_words_reach_aa(t: Theme, token: str) -> None:
    for ground in (t.surface, t.raised):
        assert contrast(t.tone(token), ground) >= 4.5
    assert contrast(t.tone(token), t.soft(token)) >= 4.5 or token == "accent"


@BOTH
def test_words_on_selection_hover_and_accent_reach_aa(t: Theme) -> None:
    for ground in (t.sel, t.hover):
        assert min(contrast(t.text, ground), contrast(t.muted, ground), contrast(t.text2, ground)) >= 4.5
    assert min(contrast(t.on_accent, t.accent), contrast(t.on_accent, t.accent_hover)) >= 4.5


@BOTH
def test_borders_of_controls_reach_3(t: Theme) -> None:
    assert contrast(t.control, t.surface) >= 3


def test_the_system_is_followed_until_the_user_chooses(qtbot: QtBot, qapp: QApplication) -> None:
    themes().choose("system")
    hints = qapp.styleHints()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert theme() is DARK
    assert qapp.palette().window().color() == QColor(DARK.surface)
    with qtbot.waitSignal(themes().changed):
        hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme() is LIGHT
    themes().choose("dark")
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert theme() is DARK
    themes().choose("light")


def test_an_icon_is_drawn_in_the_colour_asked_for(qapp: QApplication) -> None:
    picture = icons.pixmap("check", "#FF0000", 16).toImage()
    inks = {picture.pixelColor(x, y).name() for x in range(16) for y in range(16) if picture.pixelColor(x, y).alpha() > 200}
    assert inks == {"#ff0000"}
    assert icons.pixmap("check", "#FF0000", 16).cacheKey() == icons.pixmap("check", "#FF0000", 16).cacheKey()


def test_density_changes_the_rows_and_fonts_are_pixels(qapp: QApplication) -> None:
    assert row_height() == 32
    themes().set_density("compact")
    assert row_height() == 28
    assert font(22, bold=True).pixelSize() == 22
    assert qapp.font().pixelSize() == 13
    assert colour("#123456").name() == "#123456"


def test_preferences_are_kept_in_an_ini_file(prefs: Prefs) -> None:
    prefs.set_text("language", "en")
    prefs.set_flag("window/detail", False)
    prefs.save()
    again = Prefs(prefs.folder / "window.ini")
    assert (again.language, again.theme, again.flag("window/detail", True)) == ("en", "system", False)
    assert "language=en" in (prefs.folder / "window.ini").read_text(encoding="utf-8")
