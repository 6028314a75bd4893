"""The help: every topic in both languages, links that resolve, every page with its topic; found by words, driven by keys, inside the window."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAction, QPalette, QTextDocument
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

import resources
from desktop.context import AppContext
from desktop.help_topics import ACTIONS, OF_DIALOG, OF_PAGE, TOPICS, find, sections, text_of, title_of
from desktop.i18n import catalogue_path, read_catalogue
from desktop.theme import colour, theme, themes
from desktop.views import PAGES
from desktop.views.help_dialog import HelpDialog
from desktop.views.keys_dialog import KeysDialog
from desktop.views.main_window import MainWindow
from desktop.views.search_help import SearchHelp
from desktop.views.widgets.dialog import DialogBase
from services.search.parser import parse
from tests.desktop import hands

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = ("zh", "en")
LATIN = {"Excel", "WPS", "CSV", "PDF", "JSON", "A", "B", "E", "Shopify", "WooCommerce", "mm", "SKU", "PIN"}
"""What stands in Latin letters in Chinese too: makes, formats, sizes of paper, numbers of imports."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_topic_is_there_and_no_other(lang: str) -> None:
    assert {path.stem for path in (resources.path("help") / lang).glob("*.md")} == set(TOPICS)
    assert len(TOPICS) == len(set(TOPICS))
    titles = [title_of(topic, lang) for topic in TOPICS]
    assert len(set(titles)) == len(titles)
    for topic in TOPICS:
        assert text_of(topic, lang).startswith("# "), topic
        assert len(text_of(topic, lang)) > 150, topic


@pytest.mark.parametrize("topic", TOPICS)
def test_both_languages_say_the_same(topic: str) -> None:
    """As many headings, rows of tables, steps and links to the same places."""

    def shape(lang: str) -> list[object]:
        lines = text_of(topic, lang).splitlines()
        marks = [re.match(r"#+ |\d\. |- |\|", line) for line in lines]
        links = [link.partition("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text_of(topic, lang))]
        return [[mark.group() for mark in marks if mark], links]

    assert shape("zh") == shape("en")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_links_lead_to_topics_headings_and_deeds_of_ours(lang: str) -> None:
    headings = {(one.topic, one.heading) for one in sections(lang)}
    for topic in TOPICS:
        for link in re.findall(r"\]\(([^)]+)\)", text_of(topic, lang)):
            page, _hash, heading = link.partition("#")
            if link.startswith("do:"):
                assert link.removeprefix("do:") in ACTIONS
            else:
                assert (page.removesuffix(".md") or topic, heading) in headings, (topic, link)
        assert "://" not in text_of(topic, lang)


def test_every_page_and_dialog_has_its_topic() -> None:
    assert {page.key for page in PAGES} <= OF_PAGE.keys()
    assert set(OF_PAGE.values()) | set(OF_DIALOG.values()) <= set(TOPICS)
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "desktop").rglob("*.py"))
    assert [name for name in OF_DIALOG if f"class {name}(" not in source] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_no_english_words_in_chinese(topic: str) -> None:
    plain = re.sub(r"`[^`]*`|\]\([^)]*\)", "", text_of(topic, "zh"))
    assert set(re.findall(r"[A-Za-z]+", plain)) <= LATIN
    assert all(re.search(r"[\u4e00-\u9fff]", one.words) for one in sections("zh") if one.topic == topic and one.words)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_keys_and_searches_of_the_help_are_real(lang: str, window: MainWindow) -> None:
    """A key in the help is one of an action, a search is understood, a menu's words are there."""
    keys = {sequence.toString() for one in window.findChildren(QAction) for sequence in one.shortcuts()}
    source = "\n".join(path.read_text("utf-8") for path in (ROOT / "desktop").rglob("*.py"))
    for topic in TOPICS:
        for code in re.findall(r"`([^`]+)`", text_of(topic, lang)):
            if re.fullmatch(r"(Ctrl|Alt|Shift)\+.+|F\d+", code) and not re.search(r"[↑↓]", code):
                name = code.replace("回车", "Return").replace("Enter", "Return")
                assert name in keys or f'"{name}"' in source or re.fullmatch(r"(Alt|Ctrl)\+[0-9AC]", name), (topic, code)
            elif re.search(r"[:><]", code):
                assert parse(code) is not None, (topic, code)


def test_bold_words_of_menus_are_the_window_s() -> None:
    """**File → My own shop** must say what the menus say, in both languages."""
    chinese = read_catalogue(catalogue_path())
    for lang in LANGUAGES:
        known = {words.rstrip("…") for words in (chinese.values() if lang == "zh" else chinese)}
        for topic in TOPICS:
            for path in re.findall(r"\*\*([^*]+)\*\*", text_of(topic, lang)):
                for part in path.split("→") if "→" in path else ():
                    assert part.strip() in known, (lang, topic, part.strip())


@pytest.fixture
def window(demo_context: AppContext, qtbot: QtBot) -> MainWindow:
    made = MainWindow(demo_context)
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made._opened(None)
    return made


def opened(window: QWidget) -> HelpDialog:
    (dialog,) = [one for one in window.findChildren(HelpDialog) if one.isVisible()]
    return dialog


def test_f1_opens_the_topic_of_the_page(window: MainWindow) -> None:
    window.show_page("stock")
    hands.press(window, Qt.Key.Key_F1)
    dialog = opened(window)
    hands.check_model(dialog.model)
    assert dialog.topic == "stock"
    assert dialog.text.toPlainText().startswith("库存")
    assert dialog.model.entries[dialog.list.currentIndex().row()].words == "库存"
    assert [entry.words for entry in dialog.model.entries] == [title_of(topic, "zh") for topic in TOPICS]


def test_f1_in_a_dialog_opens_the_topic_of_that(window: MainWindow) -> None:
    asking = SearchHelp(window)
    asking.open()
    hands.press(asking, Qt.Key.Key_F1)
    help_ = opened(window)
    assert help_.topic == "searching"
    hands.press(help_, Qt.Key.Key_F1)
    assert opened(window) is help_


def test_words_are_found_in_headings_first_and_lead_there(window: MainWindow) -> None:
    dialog = window.show_help()
    assert isinstance(dialog, HelpDialog)
    dialog.filter.insert("盘点")
    assert dialog.model.entries[0].words == "盘点、报损"
    assert dialog.topic == "stock"
    hands.press(dialog.filter, Qt.Key.Key_Down)
    assert dialog.list.currentIndex().row() == 1
    dialog.filter.setText("绝无此词")
    assert dialog.nothing.isVisible()
    dialog.filter.clear()
    assert dialog.model.rowCount() == len(TOPICS)
    assert find("盘点 差异", "zh")[0].topic == "stock"


def test_links_stay_inside(window: MainWindow, qtbot: QtBot) -> None:
    dialog = window.show_help("sources")
    assert isinstance(dialog, HelpDialog)
    dialog.text.anchorClicked.emit(QUrl("merging.md#冲突"))
    assert dialog.topic == "merging"
    assert dialog.text.verticalScrollBar().value() > 0
    dialog.text.anchorClicked.emit(QUrl("https://example.com/"))
    dialog.text.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert dialog.topic == "merging"
    assert dialog.text.loadResource(QTextDocument.ResourceType.ImageResource.value, QUrl("https://example.com/a.png")) is None
    dialog.text.anchorClicked.emit(QUrl("do:keys"))
    qtbot.waitUntil(lambda: window.findChild(KeysDialog) is not None)
    assert not [one for one in window.findChildren(HelpDialog) if one.isVisible()]


def test_the_text_follows_the_theme(window: MainWindow) -> None:
    dialog = window.show_help("importing")
    assert isinstance(dialog, HelpDialog)

    def ink() -> str:
        return str(dialog.text.document().begin().begin().fragment().charFormat().foreground().color().name())

    assert ink() == colour(theme().text).name()
    themes().choose("dark")
    assert ink() == colour(theme().text).name()
    assert dialog.text.palette().color(QPalette.ColorRole.Base).isValid()


def test_it_is_high_and_wide_enough(window: MainWindow) -> None:
    dialog = window.show_help("importing")
    assert isinstance(dialog, DialogBase)
    assert dialog.body.height() <= dialog._scroll.viewport().height()
    assert isinstance(dialog, HelpDialog)
    assert dialog.text.document().size().width() <= dialog.text.viewport().width() + 1
