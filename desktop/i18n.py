"""Words of the window: English in the source, Chinese in resources/i18n/zhanggui_zh_CN.ts.

Use `tr("Ship {n} orders", n=3)` where words are shown, `trn(one, many, n)` where English counts, and `later("Buyer")` for words kept in
data, shown with `tr_later`. Only literals, so that a test can find them all. Words for error codes and statuses come from services.words.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QObject, QTranslator

CONTEXT = "zhanggui"
_ENTRY = re.compile(r"<message><source>([^<]*)</source><translation>([^<]+)</translation></message>")
LANGUAGES = ("zh", "en")
_installed: list[QTranslator] = []


class CatalogueTranslator(QTranslator):
    """Reads a .ts file directly, so that there is no compiled copy to fall behind it."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.words = read_catalogue(path)

    def isEmpty(self) -> bool:
        return not self.words

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """Chinese of an own string; None leaves foreign contexts to Qt's own catalogue."""
        return self.words.get(source) if context == CONTEXT else None


def read_catalogue(path: Path) -> dict[str, str]:
    """Source text → translation of the finished entries of a .ts file in its own one-line form.

    By pattern, not by an XML parser: it is read before the first paint, and a test compares it with what a parser reads.
    """
    text = path.read_text(encoding="utf-8")
    return {_plain(source): _plain(translation) for source, translation in _ENTRY.findall(text)}


def _plain(text: str) -> str:
    if "&" not in text:
        return text
    for name, letter in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(name, letter)
    return text


@cache
def catalogue_path() -> Path:
    import resources

    return resources.path("i18n") / "zhanggui_zh_CN.ts"


def tr(text: str, /, **facts: Any) -> str:
    """The words of the literal `text` in the current language, with `{name}` places filled from `facts`."""
    shown = QCoreApplication.translate(CONTEXT, text)
    return shown.format(**facts) if facts else shown


def trn(one: str, many: str, n: int, /, **facts: Any) -> str:
    """`one` or `many` by English number; both hold `{n}`, shown with thousands commas. Chinese has one form, kept under `many`."""
    shown = QCoreApplication.translate(CONTEXT, many)
    return (one if n == 1 and shown == many else shown).format(n=f"{n:,}", **facts)


def later(text: str) -> str:
    """Mark a literal that is kept in data and shown later through `tr_later`."""
    return text


def tr_later(text: str, /, **facts: Any) -> str:
    """The words of a text marked with `later`."""
    return tr(text, **facts)


@cache
def _other_words() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    chinese = read_catalogue(catalogue_path())
    english: dict[str, tuple[str, ...]] = {}
    for source, words in chinese.items():
        english[words] = (*english.get(words, ()), source)
    return chinese, english


def other_words(shown: str) -> tuple[str, ...]:
    """What words of the window are called in the language that is not shown: the Chinese of English words, the English of Chinese ones.

    Several English words may have one Chinese. Words with facts in them, and words that are no literal, have none.
    """
    chinese, english = _other_words()
    if language() == "zh":
        return english.get(shown, ())
    return (chinese[shown],) if shown in chinese else ()


def system_language() -> str:
    """`zh` for any Chinese locale of the system, else `en`."""
    return "zh" if QLocale.system().language() == QLocale.Language.Chinese else "en"


def language() -> str:
    """The language shown: what services.words wants as `lang`."""
    return "zh" if any(isinstance(one, CatalogueTranslator) for one in _installed) else "en"


def install(choice: str) -> str:
    """Show the application in `choice` (`zh`, `en`, or `system`); answers the language taken.

    Windows already built keep their words: build them anew.
    """
    app = QCoreApplication.instance()
    if app is None:
        raise RuntimeError("no application to translate")
    chosen = choice if choice in LANGUAGES else system_language()
    while _installed:
        app.removeTranslator(_installed.pop())
    QLocale.setDefault(QLocale(QLocale.Language.Chinese) if chosen == "zh" else QLocale(QLocale.Language.English))
    if chosen == "zh":
        qt_words = QTranslator(app)
        if qt_words.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
            _installed.append(qt_words)
        _installed.append(CatalogueTranslator(catalogue_path(), app))
    for one in _installed:
        app.installTranslator(one)
    return chosen
