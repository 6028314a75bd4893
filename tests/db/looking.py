"""Rows of a shop's file as it lies there."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from services.db.engine import FILE_NAME
from services.desk import Desk


def table(desk: Desk, name: str, where: str = "1") -> list[dict[str, Any]]:
    with closing(sqlite3.connect(desk.shop.folder / FILE_NAME)) as raw:
        raw.row_factory = sqlite3.Row
        return [dict(row) for row in raw.execute(f"SELECT * FROM {name} WHERE {where}")]
