"""JSON as a table: our own exports, and arrays of objects of others; what is broken is a message."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from services.errors import BadInput
from services.imports import json_rows
from services.imports.parse import parse_file
from services.words import say

ORDER = {"number": "0012", "channel": "taobao", "status": "shipped", "paid": "12.30", "tags": None, "masked": False}


def put(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "orders.json"
    path.write_bytes(text.encode(encoding))
    return path


def test_ids_written_as_numbers_keep_their_digits(tmp_path: Path) -> None:
    (order,) = parse_file(
        put(tmp_path, '\n [{"number": 3020038742857291149, "channel": "taobao", "status": "shipped", "paid": 12.30}]')
    ).orders
    assert (order.number, order.paid, order.status) == ("3020038742857291149", 1230, "shipped")


def test_rows_are_numbered_as_the_lines_of_our_files(tmp_path: Path) -> None:
    rows = [ORDER, ORDER | {"number": "13", "status": "flown"}, ORDER | {"number": "14", "surprise": 1}, ORDER | {"number": "15"}]
    path = put(tmp_path, "[\n" + ",\n".join(map(json.dumps, rows)) + "\n]\n", "utf-8-sig")
    found = parse_file(path)
    assert [(one.row, one.code) for one in found.rejected] == [(3, "status_unknown")]
    assert [order.number for order in found.orders] == ["0012", "14", "15"]
    assert found.unknown_headings == ["surprise"]


def test_a_key_that_comes_late_is_never_dropped(tmp_path: Path) -> None:
    rows = [ORDER | {"number": str(number)} for number in range(20)] + [ORDER | {"number": "21", "refunded": "1.00"}]
    found = parse_file(put(tmp_path, json.dumps(rows)))
    assert [(one.row, one.code) for one in found.rejected] == [(22, "row_long")]
    assert len(found.orders) == 20


def test_a_file_longer_than_what_is_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_rows, "CHUNK", 7)
    rows = [ORDER | {"number": str(number), "buyer_nick": '引"号\\ []{},\n🎁'} for number in range(600)]
    found = parse_file(put(tmp_path, json.dumps(rows, ensure_ascii=False)))
    assert [order.number for order in found.orders] == [str(number) for number in range(600)]
    assert {order.buyer_nick for order in found.orders} == {'引"号\\ []{},\n🎁'}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("[]", "file_empty"),
        ('[{"number": "1"', "json_broken"),
        ('[{"number": "1"},\n{"number" "2"}]', "json_broken"),
        ('[{"number": "1"}, 7]', "json_no_table"),
        ('[{"a": ' + "[" * 100_000, "json_broken"),
        ('[{"note": "1"}]', "format_not_recognised"),
    ],
)
def test_what_is_no_table_is_said_in_words(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_file(put(tmp_path, text))
    assert caught.value.code == code
    for lang in ("zh", "en"):
        assert "?" not in say(code, lang, **caught.value.facts)


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    path = tmp_path / "orders.json"
    path.write_bytes(b'[{"number": "\xff\xfe"}]')
    with pytest.raises(BadInput, match="encoding_wrong"):
        parse_file(path)
