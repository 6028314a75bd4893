"""The sample exports with their truth: where they lie, and a record in the truth's form."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from services.clock import iso
from services.desk import Desk
from services.imports.records import LineRecord, OrderRecord
from services.money import write_amount
from services.queries.order_json import KEYS, OrdersJson

ROOT = Path(__file__).resolve().parent.parent.parent
FOLDER = Path(os.environ.get("ZHANGGUI_REFERENCE", ROOT.parent / "shared" / "data"))
EXPORTS = FOLDER / "exports"
ZONE = "Asia/Shanghai"

needs_exports = pytest.mark.skipif(not EXPORTS.is_dir(), reason=f"no reference data in {FOLDER} (ZHANGGUI_REFERENCE)")

_MONEY = frozenset(
    ["goods_amount", "discount", "goods_less_discount", "goods_paid", "freight", "payable", "paid", "paid_cell", "refunded", "paid_out"]
)
_LINE_MONEY = frozenset({"price", "payable", "paid", "refunded", "refund_asked"})
_TIMES = frozenset({"created_at", "paid_at", "shipped_at", "completed_at", "closed_at", "ship_by"})


def truth_of(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((EXPORTS / f"{name}.truth.json").read_text(encoding="utf-8"))
    return told


def truth_files(*formats: str) -> list[str]:
    """Names of the sample files whose truth says one of these formats (by their beginning)."""
    if not EXPORTS.is_dir():
        return []
    names = [path.name.removesuffix(".truth.json") for path in sorted(EXPORTS.glob("*.truth.json"))]
    return [name for name in names if str(truth_of(name).get("format", "")).startswith(formats)]


def order_as_truth(order: OrderRecord, channel: str) -> dict[str, Any]:
    """A record with the truth's keys: empty values left out, money as text, times ISO 8601."""
    told: dict[str, Any] = {"channel": channel}
    for name, value in order._asdict().items():
        if name == "row" or value in {None, False, "", ()}:
            continue
        if name == "lines":
            told[name] = [line_as_truth(line) for line in value]
        elif name == "parcels":
            told[name] = [parcel._asdict() for parcel in value]
        elif name in _MONEY:
            told[name] = write_amount(value)
        elif name in _TIMES:
            told[name] = iso(value, ZONE)
        elif name != "flag" or value:
            told[name] = value
    # 0 == False: amounts and flags of nothing were left out above with the empty values.
    told.update({name: "0.00" for name in _MONEY if getattr(order, name) == 0 and getattr(order, name) is not None})
    if told.get("paid_cell") == told.get("paid"):
        told.pop("paid_cell", None)
    return told


def line_as_truth(line: LineRecord) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for name, value in line._asdict().items():
        if name == "row" or value is None:
            continue
        if name in _LINE_MONEY:
            told[name] = write_amount(value)
        elif name == "shipped_at":
            told[name] = iso(value, ZONE)
        elif name == "parcel":
            told[name] = {"carrier": value.carrier, "number": value.number}
        else:
            told[name] = value
    return told


# Not asked of the shop: notes of the truth, and cells that other values tell.
ASIDE = {"address_note", "paid_cell", "lines"}
LINE = ("title", "properties", "code", "quantity", "price", "payable", "paid", "refunded", "number", "item_id", "status")


def orders_in(desk: Desk) -> dict[str, dict[str, Any]]:
    return {order["number"]: order for order in desk.read(OrdersJson()).orders}


def _plain(value: Any) -> Any:
    """Nothing, an empty text, an empty list and an unset mark are the same: the truth leaves them out."""
    return value or None


def differences(got: dict[str, dict[str, Any]], name: str) -> dict[str, Any]:
    truth = truth_of(name)
    knows = (set(truth["knows"]) & set(KEYS)) - ASIDE - {"channel"}
    wrong: dict[str, Any] = {}
    for want in truth["orders"]:
        order = got[want["number"]]
        # A masked value never overwrites a clear one that came before it.
        hidden = {key for key in ("buyer_nick", "recipient", "phone", "address") if "*" in want.get(key, "") and "*" not in order[key]}
        for key in knows - hidden - ({"masked"} if hidden else set()):
            ours = order[key]
            if key == "parcels" and want.get(key):
                ours = [{name: one.get(name) for name in told} for one, told in zip(ours, want[key], strict=False)]
            if _plain(ours) != _plain(want.get(key)):
                wrong[f"{want['number']} {key}"] = (order[key], want.get(key))
        for line, want_line in zip(order["lines"], want.get("lines", ()), strict=False):
            # A gift for nothing goes with its order; the file leaves it behind.
            keys = [key for key in LINE if key in want_line and (key != "status" or want_line.get("price") != "0.00")]
            found, wanted = ({key: _plain(one.get(key)) for key in keys} for one in (line, want_line))
            if found != wanted:
                wrong[f"{want['number']} line {want_line.get('number')}"] = (found, wanted)
        if "lines" in knows | set(truth["knows"]) and len(order["lines"]) != len(want["lines"]):
            wrong[f"{want['number']} lines"] = (len(order["lines"]), len(want["lines"]))
    return wrong
