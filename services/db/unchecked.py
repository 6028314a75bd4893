"""Whether an order still waits to be checked, as SQL: a fact of the order and a setting of the shop in one expression.

Inside the statement, so that no list needs a second one to know the setting; SQLite asks it once for all rows.
"""

from __future__ import annotations

MUST_CHECK = "EXISTS (SELECT 1 FROM setting WHERE name = 'ship_only_checked' AND value = 'true')"

UNCHECKED = f"(o.checked_at IS NULL AND {MUST_CHECK})"
"""Of the orders named `o`: 1 where only what is checked may leave and this one is not."""
