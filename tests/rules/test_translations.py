"""Every word of the window has its Chinese: `tr`, `trn` and `later` take literals only, and each literal has one finished entry."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

import pytest

from desktop.i18n import catalogue_path, read_catalogue

ROOT = Path(__file__).resolve().parents[2]
_PLACE = re.compile(r"\{(\w+)\}")
# Where the text is not a literal by nature: the functions themselves.
_OWN = {"i18n.py"}


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def texts_of(source: str, name: str) -> tuple[dict[str, set[str]], list[str]]:
    """({text: places}, faults) of one module. Under `trn` the plural form is the entry."""
    found: dict[str, set[str]] = {}
    faults: list[str] = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in {"tr", "trn", "later"}:
            continue
        wanted = node.args[1] if node.func.id == "trn" and len(node.args) > 1 else node.args[0]
        text = _literal(wanted)
        if text is None:
            faults.append(f"{name}:{node.lineno}: {node.func.id}() takes a literal")
        else:
            found.setdefault(text, set()).add(f"{name}:{node.lineno}")
    return found, faults


def _used() -> tuple[dict[str, set[str]], list[str]]:
    used: dict[str, set[str]] = {}
    faults: list[str] = []
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        if path.name not in _OWN:
            found, wrong = texts_of(path.read_text(encoding="utf-8"), str(path.relative_to(ROOT)))
            faults += wrong
            for text, places in found.items():
                used.setdefault(text, set()).update(places)
    return used, faults


def _entries() -> list[tuple[str, str | None, str]]:
    """(source, translation's state, translation) of the catalogue, in its order."""
    entries = []
    for message in ET.parse(catalogue_path()).iter("message"):
        translation = message.find("translation")
        assert translation is not None
        entries.append((message.findtext("source") or "", translation.get("type"), translation.text or ""))
    return entries


def test_only_literals_are_translated() -> None:
    assert _used()[1] == []


def test_a_planted_variable_is_found() -> None:
    assert texts_of("tr(name)", "x.py")[1] == ["x.py:1: tr() takes a literal"]
    assert texts_of("trn('{n} order', '{n} orders', 3)", "x.py")[0] == {"{n} orders": {"x.py:1"}}


def test_every_text_has_its_chinese() -> None:
    there = {source for source, state, text in _entries() if state is None and text}
    missing = sorted(set(_used()[0]) - there)
    lines = "\n".join(f"    <message><source>{escape(text)}</source><translation></translation></message>" for text in missing)
    assert not missing, f"\nadd to {catalogue_path().name}, in the order of the sources:\n{lines}"


def test_no_entry_is_left_over() -> None:
    used = _used()[0]
    assert [source for source, _, _ in _entries() if source not in used] == []


def test_the_window_reads_what_a_parser_reads() -> None:
    assert read_catalogue(catalogue_path()) == {source: text for source, state, text in _entries() if state is None and text}


def test_entries_stand_in_order_and_once() -> None:
    sources = [source for source, _, _ in _entries()]
    assert sources == sorted(set(sources))


def test_places_to_fill_are_the_same() -> None:
    wrong = [source for source, _, text in _entries() if set(_PLACE.findall(source)) != set(_PLACE.findall(text))]
    assert wrong == []


@pytest.mark.parametrize("word", ["OK", "Error", "Cancel", "orders"])
def test_no_english_word_in_chinese(word: str) -> None:
    allowed = {"Database OK"}
    assert [text for source, _, text in _entries() if word in text and source not in allowed] == []
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in text) for source, _, text in _entries() if not _PLACE.fullmatch(source))
