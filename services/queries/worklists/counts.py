"""How much there is on each worklist, and of what kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from services.queries.conflict_rows import ConflictCount
from services.queries.held_rows import HeldRows
from services.queries.worklists.addresses import count_addresses
from services.queries.worklists.amounts import count_amounts
from services.queries.worklists.duplicates import count_duplicates

if TYPE_CHECKING:
    from services.db.reading import Reading

PARTS: Mapping[str, frozenset[str]] = {
    "addresses": frozenset({"orders", "accepted"}),
    "amounts": frozenset({"orders", "after_sale", "import_batch", "accepted"}),
    "duplicates": frozenset({"orders", "order_line", "accepted"}),
}
"""The tables that each list follows, besides the goods, which follow `listing`."""
_GOODS = "SELECT count(*) FROM listing WHERE sku_id IS NULL"
WORDS_TABLES = frozenset({"import_batch", "import_conflict", "order_source"})
"""The tables that conflicts and held rows follow."""

Kinds = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Mending:
    """Goods without a SKU; of the other lists (kind, how many), the most frequent first, each order under its gravest fault.

    `conflicts` are values to decide between a file and what was edited here, `held` rows with a word that nobody knows.
    """

    goods: int
    addresses: Kinds
    amounts: Kinds
    duplicates: Kinds
    conflicts: int = 0
    held: int = 0

    @property
    def by_tab(self) -> Mapping[str, int]:
        """How many lines each tab has (services.queries.worklists.TABS)."""
        parts = {"addresses": self.addresses, "amounts": self.amounts, "duplicates": self.duplicates}
        return {"goods": self.goods, **{tab: sum(count for _kind, count in kinds) for tab, kinds in parts.items()}}

    @property
    def by_page(self) -> Mapping[str, int]:
        """The tabs of the window: besides those to mend, what files said that was not taken over."""
        return {**self.by_tab, "conflicts": self.conflicts, "held": self.held}


def kinds(reading: Reading, tab: str) -> Kinds:
    """What there is on one list; a fixed number of statements over the orders that wait."""
    counted = {"addresses": count_addresses, "amounts": count_amounts, "duplicates": count_duplicates}[tab](reading)
    return tuple(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


@dataclass(frozen=True, slots=True)
class CountMending:
    """Query: the figures on the tabs and in the rail."""

    def run(self, reading: Reading) -> Mending:
        counted = {tab: kinds(reading, tab) for tab in PARTS}
        goods, held = reading.sql(_GOODS)[0][0], len(HeldRows().run(reading))
        return Mending(goods, **counted, conflicts=ConflictCount().run(reading), held=held)
