"""Rows for a spreadsheet: text with tabs for every program, and a table for those that take it, in which long numbers stay text.

Excel reads `text/html` before plain text and keeps a cell whose style says text (`mso-number-format:"\\@"`) as it is written: the nineteen
digits of an order number survive, and no cell becomes a formula. LibreOffice has its own word for that (`sdnum`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import Any, NamedTuple

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QStandardItemModel

from desktop.i18n import tr_later
from desktop.models.column import NUMBERS, Column, Kind, copy_text

_HEAD = (
    """<html><head><meta charset="utf-8"><style>td{mso-number-format:"\\@";} td.n{mso-number-format:General;}</style></head><body><table>"""
)


class Part(NamedTuple):
    """Some rows: their lines and the table's rows."""

    lines: str
    table: str


def copied(columns: Sequence[Column]) -> tuple[Column, ...]:
    """The columns that have something to copy."""
    return tuple(column for column in columns if column.kind is not Kind.CHECK)


def part_of(columns: Sequence[Column], rows: Iterable[Any]) -> Part:
    lines, table = [], []
    for row in rows:
        texts = [copy_text(column, row) for column in columns]
        lines.append("\t".join(text if column.kind in NUMBERS else safe(text) for column, text in zip(columns, texts, strict=True)))
        table.append("<tr>" + "".join(_cell(column, text) for column, text in zip(columns, texts, strict=True)) + "</tr>")
    return Part("\n".join(lines), "\n".join(table))


def safe(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe before it; digits stay as they are, for a chat or a search box."""
    from services.defuse import needs_guard

    return f"'{text}" if not text.isdigit() and needs_guard(text) and not text.strip().isdigit() else text


def _cell(column: Column, text: str) -> str:
    if column.kind in NUMBERS:
        return f'<td class="n">{text}</td>'
    return f'<td sdnum="1033;1033;@">{escape(safe(text), quote=False)}</td>' if text else "<td></td>"


def mime_of(columns: Sequence[Column], parts: Iterable[Part]) -> QMimeData:
    """Headings and rows, in both forms."""
    titles = [tr_later(column.title) for column in columns]
    held = list(parts)
    made = _blank()
    made.setText("\n".join(("\t".join(titles), *(part.lines for part in held))))
    head = "<tr>" + "".join(f"<th>{escape(title)}</th>" for title in titles) + "</tr>"
    table = "\n".join((_HEAD + head, *(part.table for part in held), "</table></body></html>"))
    made.setData("text/html", table.encode())
    return made


def _blank() -> QMimeData:
    """An empty QMimeData of Qt's own making: one made in Python stays on the clipboard longer than the interpreter and brings the exit down."""
    model = QStandardItemModel(1, 1)
    made = model.mimeData([model.index(0, 0)])
    made.clear()
    return made
