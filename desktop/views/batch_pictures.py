"""Files for the pictures of the imports page: a day as it goes, with one that was taken back and one that can't be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop.formats import MS_A_MINUTE, MS_AN_HOUR
from desktop.views.worklist_pictures import Sample

if TYPE_CHECKING:
    from desktop.views.batch_lines import BatchLinesDialog
    from desktop.views.batch_undo import UndoDialog
    from desktop.views.imports_page import ImportsPage

_NUMBERS = ("302144130992664031", "302144130992664118", "302144130992664290", "302144130992667764")


def batches(now: int) -> tuple[Any, ...]:
    from services.queries.batch_rows import BatchRow

    def row(number: int, minutes: int, file: str, format_: str, kind: str, rows: int, *counts: int, undone: int | None = None) -> BatchRow:
        rejected, undecided, new, changed, same, conflicts, held, warnings = counts
        at = now - minutes * MS_A_MINUTE
        back = None if undone is None else now - undone * MS_A_MINUTE
        return BatchRow(
            number,
            at,
            file,
            format_,
            kind,
            rows,
            back,
            "owner" if back else "",
            "owner",
            rejected,
            undecided,
            new,
            changed,
            same,
            conflicts,
            held,
            warnings,
        )

    return (
        row(9, 12, "ExportOrderList202611221358.csv", "taobao.orders.g4", "orders", 584, 2, 3, 23, 34, 517, 3, 5, 4),
        row(8, 16, "ExportItemlList202611221357.csv", "taobao.lines.d3", "lines", 812, 0, 0, 0, 41, 543, 0, 0, 0),
        row(7, 95, "运单号 11-22 上午.xlsx", "tracking", "waybills", 96, 1, 0, 93, 0, 2, 0, 0, 0),
        row(6, 130, "ExportOrderList202611221030 (1).csv", "taobao.orders.g4", "orders", 561, 0, 0, 4, 9, 548, 0, 0, 0, undone=110),
        row(5, 1480, "退款管理202611211905.xlsx", "taobao.refunds.2026", "cases", 37, 0, 0, 6, 12, 19, 0, 0, 0),
        row(4, 1500, "商品表 2026-11.xlsx", "goods", "goods", 212, 0, 0, 8, 31, 173, 0, 0, 1),
    )


def card(row: Any) -> Any:
    from services.queries.batch_rows import BatchFile, BatchLine

    lines = (
        BatchLine("conflict", number=_NUMBERS[0], column="seller_memo", here="周三前发，送茶样", told="周三前发"),
        BatchLine("conflict", number=_NUMBERS[1], column="flag", here="1", told="3"),
        BatchLine("conflict", number=_NUMBERS[2], column="recipient", here="王小明", told="王晓明"),
        BatchLine("rejected", 118, column="订单编号", told="3.02145E+18", code="id_scientific", facts={}),
        BatchLine("rejected", 431, column="订单状态", told="拼团中", code="status_unknown", facts={}),
        BatchLine("notice", None, code="heading_unknown", facts={"heading": "达人昵称"}),
        BatchLine("held", 260, code="row_repeated", facts={"other": 259}),
        BatchLine("updated", number=_NUMBERS[0], fields=("status", "shipped_at", "parcels")),
        BatchLine("updated", number=_NUMBERS[2], fields=("paid", "seller_memo")),
    )
    return BatchFile(
        row, "gb18030", "", "taobao", row.at - MS_AN_HOUR // 6, lines, ("达人昵称",), 2, (_NUMBERS[3], _NUMBERS[1]), "", "", {"lines": 0}
    )


def _fill(page: ImportsPage) -> Any:
    rows = batches(page.context.now())
    page.model.source = Sample(rows)
    page.table.current_changed.disconnect()
    page.model.show(anew=True)
    page.tabs.set_counts({"all": len(rows), "doubts": 2, "undone": 1})
    made = card(rows[0])
    page.panel.show_batch(made)
    return made


def picture_of_list(page: ImportsPage) -> None:
    _fill(page)


def picture_of_lines(page: ImportsPage) -> BatchLinesDialog:
    from desktop.views.batch_lines import BatchLinesDialog

    dialog = BatchLinesDialog(page, page.context, card(batches(page.context.now())[0]), "rejected")
    page.open_dialog(dialog)
    return dialog


def picture_of_undo(page: ImportsPage) -> UndoDialog:
    from desktop.views.batch_undo import UndoDialog
    from services.queries.undo_preview import Removed, Restored, Undoing

    restored = (
        Restored(_NUMBERS[0], "orders", "status", "shipped", "awaiting_shipment"),
        Restored(_NUMBERS[0], "orders", "shipped_at", str(page.context.now()), ""),
        Restored(_NUMBERS[2], "orders", "paid", "6900", "9800"),
        Restored(_NUMBERS[2], "orders", "seller_memo", "周三前发", "周三前发，送茶样"),
    )
    removed = tuple(Removed(number, "半山听雨", "明前龙井 100g", "awaiting_shipment", 9_800) for number in _NUMBERS)
    row = batches(page.context.now())[0]
    dialog = UndoDialog(page, page.context, row)
    page.open_dialog(dialog)
    dialog.show_preview(Undoing(9, row.file_name, row.format, 23, 34, 0, (), removed, restored, 4, 61, 12))
    if dialog.parts is not None:
        dialog.parts.choose("restored")
    dialog.reason.choice.setCurrentIndex(1)
    return dialog


def picture_of_refused(page: ImportsPage) -> UndoDialog:
    from desktop.views.batch_undo import UndoDialog
    from services.queries.undo_preview import Touched, Undoing

    now = page.context.now()
    touched = (
        Touched(_NUMBERS[0], "seller_memo", "owner", now - 40 * MS_A_MINUTE, "edit_orders"),
        Touched(_NUMBERS[2], "parcel_line", "owner", now - 25 * MS_A_MINUTE, "ship_orders"),
        Touched(_NUMBERS[3], "order_source", action="import_file", batch="B9"),
        Touched(_NUMBERS[1], "slip", at=now - 20 * MS_A_MINUTE, action="mark_printed"),
    )
    row = batches(now)[1]
    dialog = UndoDialog(page, page.context, row)
    page.open_dialog(dialog)
    dialog.show_preview(Undoing(8, row.file_name, row.format, 0, 41, 12, touched))
    return dialog
