"""Chinese by its sound: what a trader types to find a word."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services import pinyin


@pytest.mark.parametrize(
    ("typed", "text", "read"),
    [
        ("fh", "发货单", 2),
        ("fhd", "发货单", 3),
        ("fahuo", "发货单", 2),
        ("fahuodan", "发货单", 3),
        ("fahu", "发货单", 2),
        ("fhuod", "发货单", 3),
        ("chongxin", "重新", 2),
        ("zx", "重新", 2),
        ("yh", "银行", 2),
        ("lv", "绿色", 1),
        ("a4bq", "A4 标签", 4),
        ("fx", "发货", 0),
        ("fhdx", "发货单", 0),
        ("", "发货", 0),
    ],
)
def test_letters_spell_a_word(typed: str, text: str, read: int) -> None:
    assert pinyin.spells(typed, pinyin.syllables(text)) == read


def test_a_word_is_spelled_by_its_usual_readings() -> None:
    assert (pinyin.initials("发货（3 单）…"), pinyin.full("绿茶 A")) == ("fh3d", "lvchaa")
    assert pinyin.spells("hd", pinyin.syllables("发货单"), 1) == 2


@given(st.text("发货单重长行绿abA3 …", max_size=30))
def test_a_text_is_found_by_its_own_spelling(text: str) -> None:
    said = pinyin.syllables(text)
    assert pinyin.spells(pinyin.full(text), said) == len(said)
    assert pinyin.spells(pinyin.initials(text), said) > 0 or not said


def test_a_hostile_text_is_given_up_soon() -> None:
    assert pinyin.spells("a" * 200 + "b", (("a", "aa", "aaa"),) * 300) == 0


def test_phrases_stay_out_of_memory_and_nothing_is_loaded_before_it_is_asked() -> None:
    code = (
        "import sys, services.pinyin as p; print('pypinyin' in sys.modules, p.ready()); p.syllables('货');"
        "from pypinyin.constants import PHRASES_DICT; print(len(PHRASES_DICT), p.ready())"
    )
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout.split() == ["False", "False", "0", "True"]
