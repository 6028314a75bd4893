"""The chain's form is fixed for ever: known values, and each part counts."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest

from services.db.auditing import GENESIS, RowsDigest, entry_hash, value_digest, value_text

ENTRY: dict[str, Any] = {
    "previous": GENESIS,
    "seq": 1,
    "at": 1_790_000_000_000,
    "actor": "owner",
    "action": "edit_orders",
    "entity": "orders",
    "entity_id": 7,
    "order_id": 7,
    "field": "seller_memo",
    "reason": "买家要求",
    "old_digest": value_digest(b"s" * 16, ""),
    "new_digest": value_digest(b"s" * 16, "送贺卡"),
}


def test_the_form_never_changes() -> None:
    assert entry_hash(**ENTRY).hex() == "fa4a585097722e5477f9b851674f833875cf09ad962c8fad7c97ca901257e144"
    assert value_digest(b"salt", "茶") == hashlib.sha256(b"salt\x01" + "茶".encode()).digest()


@pytest.mark.parametrize("part", ENTRY)
def test_a1_each_part_and_the_past_count(part: str) -> None:
    value = ENTRY[part]
    other = value + 1 if isinstance(value, int) else b"x" * 32 if isinstance(value, bytes) else f"{value}!"
    assert entry_hash(**{**ENTRY, part: other}) != entry_hash(**ENTRY)


def test_nothing_and_the_empty_text_are_two_values() -> None:
    assert value_digest(b"s", None) != value_digest(b"s", "")
    assert [value_text(value) for value in (None, "a", 3, True, b"\x01")] == [None, "a", "3", "1", "01"]


def test_rows_are_digested_alike_one_by_one_and_in_blocks() -> None:
    rows = [(1, "茶", None), (2, "a'b", 3)]
    single, block = RowsDigest(), RowsDigest()
    for row in rows:
        single.add(row)
    block.add_many(rows)
    assert (single.hexdigest(), single.count) == (block.hexdigest(), 2)
    turned = RowsDigest()
    turned.add_many(rows[::-1])
    assert turned.hexdigest() != block.hexdigest()
