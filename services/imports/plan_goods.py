"""What a goods file would do: SKUs to make, fields to change."""

from __future__ import annotations

from typing import Any

from services.db.dialect import chunks
from services.db.reading import Reading
from services.imports.plan import ImportPlan
from services.imports.records import Warned

FIELDS = ("title", "properties", "barcode", "item_id", "bin", "price", "cost", "weight")
_SKUS = "SELECT s.id, s.code, {fields}, l.on_hand FROM sku s LEFT JOIN stock_level l ON l.sku_id = s.id WHERE s.code IN ({marks})"


def plan_goods(reading: Reading, plan: ImportPlan) -> None:
    """A stock figure begins a SKU's stock; where stock has begun it is kept, because a goods file is no stocktake."""
    report = plan.report
    names = ", ".join(f"s.{name}" for name in FIELDS)
    known: dict[str, tuple[int, dict[str, Any], int | None]] = {}
    for part in chunks([goods.code for goods in plan.parsed.goods], 500):
        statement = _SKUS.replace("{fields}", names).replace("{marks}", ",".join("?" * len(part)))
        for sku_id, code, *values, on_hand in reading.sql(statement, part):
            known[code] = (sku_id, dict(zip(FIELDS, values, strict=True)), on_hand)
    for goods in plan.parsed.goods:
        found = known.get(goods.code)
        if found is None:
            plan.new_goods.append(goods)
            continue
        sku_id, current, on_hand = found
        changes = {name: value for name in FIELDS if (value := getattr(goods, name)) is not None and value != current[name]}
        if goods.stock and on_hand is None:
            changes["stock"] = goods.stock
        elif goods.stock is not None and on_hand is not None and goods.stock != on_hand:
            report.warnings.append(Warned(goods.row, "stock_kept", {"code": goods.code, "file": goods.stock, "here": on_hand}))
        if changes:
            plan.changed_goods.append((sku_id, goods, changes))
            plan.goods_here[sku_id] = current
            report.updated[goods.code] = list(changes)
        else:
            report.skus_unchanged += 1
    report.skus_new = len(plan.new_goods)
    report.skus_updated = len(plan.changed_goods)
