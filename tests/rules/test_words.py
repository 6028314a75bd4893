"""Every error that can be raised has words in both languages, and they say what to do without leaking the other language."""

from __future__ import annotations

import ast
import errno
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from services.words import SUBJECTS, errors, say, term, terms

ROOT = Path(__file__).resolve().parents[2]
KINDS = {"Refused", "BadInput", "Conflict", "NotFound", "Environment"}
HAN = re.compile(r"[\u4e00-\u9fff]")


def raised_codes() -> Iterator[tuple[str, str]]:
    for room in ("services", "desktop"):
        for path in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and getattr(node.func, "id", "") in KINDS
                    and node.args
                    and isinstance(node.args[0], ast.Constant)
                ):
                    yield str(node.args[0].value), f"{path.relative_to(ROOT)}:{node.lineno}"


def test_every_error_has_words() -> None:
    silent = {f"{code} ({place})" for code, place in raised_codes() if code not in errors()}
    assert not silent


def test_no_two_subjects_have_other_words_for_one_code() -> None:
    told: dict[str, str] = {}
    for subject in SUBJECTS:
        for code in getattr(subject, "ERRORS", {}):
            assert told.setdefault(code, subject.__name__) == subject.__name__, code


def test_codes_within_a_sentence_are_said_in_words() -> None:
    assert say("not_overridable", "zh", blocker="not_paid") == "“未付款”不能跳过。"
    assert say("illegal_move", "en", number="1", source="closed", target="shipped") == "Order 1 can't go from “Closed” to “Shipped”."
    assert say("value_too_long", "zh", field="seller_memo", most=5) == "“卖家备注”太长，最多 5 个字。"
    assert say("field_not_editable", "zh", field="paid", known="flag, tags") == "“实付”不能在这里改。可以改的：旗帜、标签"
    assert say("field_not_editable", "en", field="paid", known="flag, tags").endswith("Editable: flag, tags")


@pytest.mark.parametrize("why", [errno.ENOENT, errno.EACCES, errno.ENOSPC, errno.EROFS])
def test_the_machine_speaks_chinese_too(why: int) -> None:
    words = say("folder_refused", "zh", path="/shop", why=os.strerror(why))
    assert not re.search(r"[A-Za-z]", words.replace("/shop", ""))
    assert os.strerror(why) in say("folder_refused", "en", path="/shop", why=os.strerror(why))


def test_every_file_of_words_is_a_subject() -> None:
    files = {path.stem for path in (ROOT / "services" / "words").glob("*.py")} - {"__init__"}
    assert files == {subject.__name__.rsplit(".", 1)[-1] for subject in SUBJECTS}


@pytest.mark.parametrize("code", sorted(errors()))
def test_both_languages_name_the_same_facts(code: str) -> None:
    english, chinese = errors()[code]
    assert set(re.findall(r"{(\w+)", chinese)) <= set(re.findall(r"{(\w+)", english)) | {"path"}
    assert HAN.search(chinese), "no Chinese"
    assert not HAN.search(english), "Chinese in the English"


def test_every_term_is_in_both_languages() -> None:
    for kind, pairs in terms().items():
        for code, (english, chinese) in pairs.items():
            assert english.strip(), (kind, code)
            assert chinese.strip(), (kind, code)
            assert not HAN.search(english), (kind, code, english)


def test_what_is_not_known_is_said_as_itself() -> None:
    assert say("no_such_code", "zh") == "no_such_code"
    assert term("status", "no_such_state", "en") == "no_such_state"
    assert say("sku_not_found", "en").startswith("No SKU with the code ?")
