"""Which columns a table shows, and in which order: what its maker offers, and what a person chose. Kept as one line of text.

`number,+phone,-printed,buyer`: the order; `+` shown and `-` hidden by hand, without a sign as the table has it. Columns that the line does
not know (they are new) come after the one that they follow in the offer; names that the offer does not know are kept, for another tab of
the same table may know them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from desktop.models.column import Column, Kind

MOST = 200
"""Names in a kept line: more than any table has, so it is no line of ours."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`order`: keys from left to right; `hand`: what was shown (True) or hidden by hand."""

    order: tuple[str, ...] = ()
    hand: dict[str, bool] = field(default_factory=dict)

    @classmethod
    def read(cls, text: str) -> Self:
        """Of a kept line; what is not understood is passed over."""
        order: dict[str, None] = {}
        hand: dict[str, bool] = {}
        for part in text.split(",")[:MOST]:
            key = part.strip().lstrip("+-")
            if key and key not in order:
                order[key] = None
                if part.strip()[0] in "+-":
                    hand[key] = part.strip()[0] == "+"
        return cls(tuple(order), hand)

    def text(self) -> str:
        keys = dict.fromkeys((*self.order, *self.hand))
        return ",".join(("" if key not in self.hand else "+" if self.hand[key] else "-") + key for key in keys)

    def whole_order(self, offered: Sequence[Column]) -> tuple[str, ...]:
        """Every key, those of the offer that were never placed each after its neighbour there."""
        keys = list(self.order)
        before = ""
        for column in offered:
            if column.key not in keys:
                keys.insert(keys.index(before) + 1 if before else 0, column.key)
            before = column.key
        return tuple(keys)

    def shows(self, column: Column) -> bool:
        return is_fixed(column) or self.hand.get(column.key, column.shown)

    def columns(self, offered: Sequence[Column]) -> tuple[Column, ...]:
        """What is shown of the offer, in order; the boxes for choosing rows stay first, and at least one column is left."""
        by_key = {column.key: column for column in offered}
        placed = [by_key[key] for key in self.whole_order(offered) if key in by_key]
        shown = [column for column in placed if self.shows(column)]
        if all(is_fixed(column) for column in shown):
            shown += [column for column in placed if not is_fixed(column)][:1]
        return (*(one for one in shown if is_fixed(one)), *(one for one in shown if not is_fixed(one)))

    def with_shown(self, offered: Sequence[Column], key: str, on: bool) -> Layout:
        """Show or hide a column by hand; what is as the table has it anyway needs no word."""
        hand = {name: value for name, value in self.hand.items() if name != key}
        if not any(column.key == key and column.shown is on for column in offered):
            hand[key] = on
        return Layout(self.whole_order(offered), hand)

    def moved(self, offered: Sequence[Column], key: str, after: str) -> Layout:
        """Put `key` behind the column `after`; empty: before all others."""
        keys = [one for one in self.whole_order(offered) if one != key]
        keys.insert(keys.index(after) + 1 if after in keys else 0, key)
        return Layout(tuple(keys), dict(self.hand))


def is_fixed(column: Column) -> bool:
    """A column that is always there, at the left: the boxes for choosing rows."""
    return column.kind is Kind.CHECK
