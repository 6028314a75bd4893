"""Heading lists seen in the wild: each is recognised in any order of its columns, with blanks and columns that nobody knows."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from services.imports.formats import FORMATS
from services.imports.headings import lay_out, normal
from tests.reference.exports import FOLDER

FILE = FOLDER / "taobao_headings" / "headings.json"

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason=f"no reference data in {FOLDER} (ZHANGGUI_REFERENCE)")

# Not a heading list but letters of some of its columns.
_PARTIAL = {"item_list_new_partial"}
_KEYS = {"order_list": "taobao.orders", "item_list": "taobao.lines", "refund_list": "taobao.refunds", "douyin_order": "douyin.orders",
         "douyin_aftersale": "douyin.refunds", "alipay_bill": "alipay.ledger", "tmall_order_report": "taobao.orders"}  # fmt: skip


def _lists() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8")) if FILE.is_file() else {}
    return {name: told["columns"] for name, told in found.items() if name not in _PARTIAL}


@pytest.mark.parametrize("name", _lists())
def test_a_list_seen_in_the_wild_is_recognised(name: str) -> None:
    columns = [*_lists()[name], "没人见过的列"]
    wanted = next(key for start, key in _KEYS.items() if name.startswith(start))
    for seed in range(5):
        mixed = [f" {heading} " for heading in columns]
        random.Random(seed).shuffle(mixed)
        headings = frozenset(filter(None, map(normal, mixed)))
        found = next(one for one in FORMATS if one.recognise(headings))
        assert found.key == wanted
        layout = lay_out(mixed, found.columns, found.ignored)
        assert found.required <= layout.places.keys()
        assert layout.unknown == ["没人见过的列"]
