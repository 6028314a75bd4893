"""A goods file carried out: SKUs made and changed, their stock begun, waiting lines matched at once."""

from __future__ import annotations

from services.commands.caches import refresh_orders
from services.commands.reserving import Coming, put
from services.commands.stock import add_skus
from services.db.schema import Sku
from services.db.uow import UnitOfWork
from services.imports.plan import ImportPlan
from services.imports.plan_goods import FIELDS

BLOCK = 500


def apply_goods(uow: UnitOfWork, plan: ImportPlan, batch_id: int) -> None:
    """Stock figures become receipts at the file's cost (0 if it tells none), only where a SKU's stock has not begun."""
    comings: list[Coming] = []
    for start in range(0, len(plan.new_goods), BLOCK):
        block = plan.new_goods[start : start + BLOCK]
        rows = [{"code": goods.code, **{name: getattr(goods, name) for name in FIELDS}} for goods in block]
        for row in rows:
            row.update({name: row[name] or "" for name in ("title", "properties", "barcode", "item_id", "bin")})
        for goods, sku_id in zip(block, add_skus(uow, rows), strict=True):
            if goods.stock:
                comings.append(_coming(sku_id, goods.stock, goods.cost or 0, batch_id, plan.parsed.path.name))
        uow.progress.step(start + len(block), len(plan.new_goods), "written")
    uow.change(
        Sku, {sku_id: {name: value for name, value in changes.items() if name != "stock"} for sku_id, _goods, changes in plan.changed_goods}
    )
    costs = dict(uow.each("SELECT id, cost FROM sku WHERE id IN ({ids})", [sku_id for sku_id, _goods, _changes in plan.changed_goods]))
    for sku_id, _goods, changes in plan.changed_goods:
        if "stock" in changes:
            comings.append(_coming(sku_id, changes["stock"], costs[sku_id] or 0, batch_id, plan.parsed.path.name))
    if comings:
        refresh_orders(uow, put(uow, comings))


def _coming(sku_id: int, units: int, cost: int, batch_id: int, note: str) -> Coming:
    return Coming(sku_id, "receipt", units, units * cost, note, batch_id=batch_id)
