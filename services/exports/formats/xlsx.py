"""Excel workbook by XlsxWriter, row by row: memory does not grow with the rows. Text is always a text cell, never a formula."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from services.clock import to_local
from services.errors import BadInput
from services.exports.table import Column, Job, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

ROWS_A_SHEET = 1_048_575
"""Below the heading row; what is more goes on further sheets."""
LONGEST_TEXT = 32_767
"""UTF-16 units that a cell holds; XlsxWriter would drop a longer text without a word."""

_NUMBER_FORMATS = {
    Kind.TEXT: "@",
    Kind.COUNT: "0",
    Kind.MONEY: "#,##0.00",
    Kind.TIME: "yyyy-mm-dd hh:mm:ss",
    Kind.DAY: "yyyy-mm-dd",
    Kind.SHARE: "0.0%",
}


@dataclass(frozen=True, slots=True)
class XlsxFormat:
    suffix: str = ".xlsx"
    rows_a_sheet: int = ROWS_A_SHEET

    def write(self, job: Job) -> int:
        """Raises BadInput("export_cell_too_long"), OSError; what was written so far is then no workbook."""
        import xlsxwriter
        from xlsxwriter.exceptions import XlsxFileError

        options = {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            # The rows' temporary files hold personal data: they stay in the folder that the user chose.
            "tmpdir": str(job.path.parent),
        }
        book = xlsxwriter.Workbook(str(job.path), options)
        try:
            count = self._sheets(book, job)
        except BaseException:
            for sheet in book.worksheets():
                sheet._opt_close()  # noqa: SLF001 - else its rows' temporary file stays open, and Windows would keep it
            raise
        try:
            book.close()
        except XlsxFileError as error:
            raise OSError(*(error.args[0].args if error.args and isinstance(error.args[0], OSError) else error.args)) from error
        return count

    def _sheets(self, book: Any, job: Job) -> int:
        formats = {kind: book.add_format({"num_format": shown}) for kind, shown in _NUMBER_FORMATS.items()}
        bold = book.add_format({"bold": True, "bottom": 1})
        count = 0
        rows = iter(job.rows)
        while True:
            sheet = book.add_worksheet()
            self._head(sheet, job, bold, formats)
            here = self._sheet(sheet, job, rows, formats, count)
            count += here
            if here < self.rows_a_sheet:
                return count

    def _head(self, sheet: Any, job: Job, bold: Any, formats: dict[Kind, Any]) -> None:
        for place, column in enumerate(job.columns):
            sheet.set_column(place, place, column.width, formats.get(column.kind))
            if job.headings:
                sheet.write_string(0, place, column.title, bold)
        if job.headings:
            sheet.freeze_panes(1, 0)

    def _sheet(self, sheet: Any, job: Job, rows: Iterator[Any], formats: dict[Kind, Any], before: int) -> int:
        cells = [(column, _CELLS[column.kind], formats.get(column.kind)) for column in job.columns]
        done = 0
        top = 1 if job.headings else 0
        # Asked before the row is taken: what does not fit on this sheet belongs to the next.
        while done < self.rows_a_sheet and (row := next(rows, _END)) is not _END:
            line = done + top
            done += 1
            for place, (column, write, shown) in enumerate(cells):
                value = column.value(row)
                if value is None or value == "":
                    continue
                if column.kind is Kind.TEXT:
                    _check_length(str(value), before + done, column)
                write(sheet, line, place, value, shown, job)
            if (before + done) % 1_000 == 0:
                job.progress.step(before + done, job.total, "export")
        job.progress.step(before + done, job.total, "export")
        return done


_END = object()


def _check_length(text: str, row: int, column: Column) -> None:
    if len(text) * 2 <= LONGEST_TEXT:
        return
    length = len(text.encode("utf-16-le", "replace")) // 2
    if length > LONGEST_TEXT:
        raise BadInput("export_cell_too_long", row=row, column=column.title, length=length, most=LONGEST_TEXT)


_Writer = Callable[[Any, int, int, Any, Any, Job], None]


def _text(sheet: Any, row: int, place: int, value: Any, shown: Any, _job: Job) -> None:
    sheet.write_string(row, place, str(value).encode("utf-8", "replace").decode(), shown)


def _count(sheet: Any, row: int, place: int, value: Any, shown: Any, _job: Job) -> None:
    sheet.write_number(row, place, int(value), shown)


def _money(sheet: Any, row: int, place: int, value: Any, shown: Any, _job: Job) -> None:
    # Fifteen significant digits, which a spreadsheet's number holds exactly; the sum of the shop's life has fewer.
    sheet.write_number(row, place, Decimal(int(value)) / 100, shown)


def _time(sheet: Any, row: int, place: int, value: Any, shown: Any, job: Job) -> None:
    sheet.write_datetime(row, place, to_local(int(value), job.zone).replace(tzinfo=None, microsecond=0), shown)


def _day(sheet: Any, row: int, place: int, value: Any, shown: Any, _job: Job) -> None:
    sheet.write_datetime(row, place, date.fromordinal(int(value)), shown)


def _share(sheet: Any, row: int, place: int, value: Any, shown: Any, _job: Job) -> None:
    sheet.write_number(row, place, Decimal(int(value)) / 1000, shown)


def _yes(sheet: Any, row: int, place: int, value: Any, shown: Any, job: Job) -> None:
    if value:
        sheet.write_string(row, place, job.yes, shown)


_CELLS: dict[Kind, _Writer] = {
    Kind.TEXT: _text,
    Kind.COUNT: _count,
    Kind.MONEY: _money,
    Kind.TIME: _time,
    Kind.DAY: _day,
    Kind.SHARE: _share,
    Kind.YES: _yes,
}

XLSX = XlsxFormat()
