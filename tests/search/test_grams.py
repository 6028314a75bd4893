"""The cut of the full-text index: whatever holds a fragment is found by it."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.db.dialect import FULL_TEXT, TEXT_IN
from services.search.grams import fold, index_words, is_solid, match_words, says_all

_ALPHABET = st.sampled_from([*"aAbB1234567890王小明杯，,＂Ａ１ß😀-_%*\"'\n "])
_TEXTS = st.one_of(st.text("0123456789", max_size=19), st.text(_ALPHABET, max_size=14))


@pytest.fixture(scope="module")
def index() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute(FULL_TEXT)
    yield connection
    connection.close()


@settings(max_examples=400)
@given(texts=st.lists(_TEXTS, min_size=1, max_size=3), fragment=_TEXTS.filter(bool), place=st.integers(0, 30), length=st.integers(1, 8))
def test_every_document_that_holds_a_fragment_answers(
    index: sqlite3.Connection, texts: list[str], fragment: str, place: int, length: int
) -> None:
    index.execute("INSERT INTO order_text(order_text) VALUES ('delete-all')")
    index.execute(TEXT_IN, (1, index_words(texts)))
    whole = texts[0]
    for asked in (fragment, whole[place % max(1, len(whole)) :][:length] or "x"):
        hit = index.execute("SELECT rowid FROM order_text WHERE order_text MATCH ?", (match_words(asked),)).fetchone() is not None
        holds = any(fold(asked) in fold(text) for text in texts)
        assert hit or not holds
        if says_all(asked):
            assert hit == holds


def test_an_empty_fragment_is_no_question() -> None:
    with pytest.raises(ValueError, match="empty"):
        match_words("")


def test_case_and_width_do_not_count() -> None:
    assert fold("ＴＢ１２ Straße　Ä") == fold("tb12 STRASSE ä")


def test_nothing_else_folds_to_a_solid_character() -> None:
    """Over all of Unicode: only then may SQLite compare such text byte by byte."""
    folded_to: set[str] = set()
    for code in range(0x110000):
        mark = chr(code)
        if unicodedata.category(mark) != "Cs" and fold(mark) != mark:
            assert not is_solid(mark)
            folded_to.update(fold(mark))
    assert not any(is_solid(mark) for mark in folded_to)
    assert is_solid("王杯😀")
    assert not is_solid("，")
