"""A stocktake: merchant code or barcode, and what was counted; the figure that was expected, where the count sheet has it."""

from __future__ import annotations

from services.imports.formats.goods import names_of, writings
from services.imports.headings import Authority, Format

_COUNTED = (
    "实盘数量", "实盘数", "实盘库存", "实盘", "盘点数量", "盘点数", "盘点库存", "盘点结果", "盘点", "清点数量", "清点数", "实际数量", "实际库存", "实存数量", "实存数", "实存",
    "counted", "count", "counted quantity", "counted qty", "actual", "actual quantity", "physical count",
)  # fmt: skip
_EXPECTED = (
    "账面数量", "账面数", "账面库存", "账存数量", "账存数", "账存", "系统数量", "系统库存", "应有数量", "expected", "expected quantity", "book quantity",
    "system quantity",
)  # fmt: skip

_COLUMNS = {
    **{writing: "counted" for name in _COUNTED for writing in writings(name)},
    **{writing: "expected" for name in _EXPECTED for writing in writings(name)},
    **{writing: "code" for name in names_of("code") for writing in writings(name)},
    **{writing: "barcode" for name in names_of("barcode") for writing in writings(name)},
}

_IGNORED = (
    frozenset(
        {
            writing
            for target in ("title", "properties", "bin", "price", "cost", "stock")
            for name in names_of(target)
            for writing in writings(name)
        }
        | {"差异", "盈亏", "盈亏数量", "差异数量", "盘点人", "盘点时间", "备注", "序号", "单位"}
    )
    - _COLUMNS.keys()
)


def _recognise(headings: frozenset[str]) -> str:
    targets = {_COLUMNS[name] for name in headings if name in _COLUMNS}
    return "stocktake" if "counted" in targets and targets & {"code", "barcode"} and "订单编号" not in headings else ""


FORMAT = Format(
    key="stocktake",
    platform="",
    kind="counts",
    zone="",
    authority=Authority.SPARSE,
    columns=_COLUMNS,
    required=frozenset({"counted"}),
    recognise=_recognise,
    ignored=_IGNORED,
)
