"""Small workbooks for tests."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter

Sheets = Mapping[str, Sequence[Sequence[str | float]]]


def xlsx(path: Path, sheets: Sheets) -> Path:
    """A workbook with these rows."""
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for place, row in enumerate(rows):
                sheet.write_row(place, 0, row)
    return path


def ods(path: Path, sheets: Sheets) -> Path:
    """The same as LibreOffice keeps it, without anything that is not needed."""
    tables = "".join(
        f"<table:table table:name={quoteattr(name)}>" + "".join(map(_row, rows)) + "</table:table>" for name, rows in sheets.items()
    )
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text"))
    content = f"<office:document-content {spaces}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        book.writestr("META-INF/manifest.xml", manifest)
        book.writestr("content.xml", f'<?xml version="1.0" encoding="UTF-8"?>{content}</office:document-content>')
    return path


def _row(cells: Sequence[str | float]) -> str:
    return "<table:table-row>" + "".join(map(_cell, cells)) + "</table:table-row>"


def _cell(cell: str | float) -> str:
    kind = "string" if isinstance(cell, str) else "float"
    value = "" if isinstance(cell, str) else f' office:value="{cell}"'
    return f'<table:table-cell office:value-type="{kind}"{value}><text:p>{escape(str(cell))}</text:p></table:table-cell>'
