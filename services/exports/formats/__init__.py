"""Kinds of file that can be written; a new one is one file and one line here."""

from __future__ import annotations

from services.exports.formats.csv import CSV
from services.exports.formats.json import JSON
from services.exports.formats.xlsx import XLSX
from services.exports.table import Format

FORMATS: tuple[Format, ...] = (XLSX, CSV, JSON)
