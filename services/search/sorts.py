"""By what orders can be sorted, as data. Ties go by id, in the same direction, so that a list never jumps."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from services.errors import BadInput
from services.search.fields import FIELDS, nearest
from services.search.grams import fold

DEFAULT = "-created_at"


@dataclass(frozen=True, slots=True)
class Sort:
    """`index` gives the order of all orders, `status_index` that of the orders of one status; without one the hits are sorted.

    `blank`: the column may be NULL; what is not known comes last either way. `partial`: nor is it in the index.
    """

    key: str
    index: str = ""
    status_index: str = ""
    blank: bool = False
    partial: bool = False

    @property
    def term(self) -> str:
        return f"orders.{self.key}"


SORTS: tuple[Sort, ...] = (
    Sort("created_at", "ix_orders_created_at", "ix_orders_status_created_at"),
    Sort("paid_at", "ix_orders_paid_at", blank=True),
    Sort("shipped_at", "ix_orders_shipped_at", blank=True),
    Sort("ship_by", "", "ix_orders_status_ship_by", blank=True),
    Sort("number", "ix_orders_number"),
    Sort("buyer_nick", "ix_orders_buyer_nick"),
    Sort("completed_at", "ix_orders_completed_at", blank=True, partial=True),
    Sort("closed_at", "ix_orders_closed_at", blank=True, partial=True),
    Sort("recipient"),
    Sort("phone"),
    Sort("province"),
    Sort("city"),
    Sort("district"),
    Sort("address"),
    Sort("status"),
    Sort("flag"),
    Sort("tags"),
    Sort("seller_memo"),
    Sort("buyer_message"),
    Sort("goods_summary"),
    Sort("quantity", blank=True),
    Sort("goods_amount", blank=True),
    Sort("discount", blank=True),
    Sort("freight", blank=True),
    Sort("payable", blank=True),
    Sort("paid", blank=True),
    Sort("refunded"),
    Sort("checked_at", blank=True),
    Sort("slip_copies"),
    Sort("channel_id"),
    Sort("close_reason"),
    Sort("shipping"),
)
"""`shipping` is no column but the shop's shipping order: several keys, one after the other (shipping.py)."""

BY_KEY: dict[str, Sort] = {sort.key: sort for sort in SORTS}


@lru_cache(maxsize=1)
def _names() -> dict[str, Sort]:
    """Columns' own names, and the search fields' in both languages."""
    found = dict(BY_KEY)
    for field in FIELDS:
        if field.columns and field.columns[0] in BY_KEY:
            for word in (field.name, field.zh, *field.also):
                found.setdefault(fold(word), BY_KEY[field.columns[0]])
    return found


def read_sort(text: str) -> tuple[Sort, bool]:
    """`-created_at` → (its Sort, True for downwards). Empty: newest first. Raises BadInput("sort_unknown")."""
    plain = text.strip() or DEFAULT
    word = plain.removeprefix("-").removeprefix("+")
    found = _names().get(fold(word))
    if found is None:
        raise BadInput("sort_unknown", word=word, suggestion=nearest(word, _names()))
    return found, plain.startswith("-")
