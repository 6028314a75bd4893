"""What the shop is, fixed when it was founded; handed to every command and query."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shop:
    """`currency` is ISO 4217 with two digits; `zone` an IANA name. Both are fixed for the life of the shop."""

    folder: Path
    name: str = ""
    currency: str = "CNY"
    zone: str = "Asia/Shanghai"
