"""What the merchant says of a buyer by hand."""

from __future__ import annotations

from dataclasses import dataclass

from services.db.schema import Customer
from services.db.uow import UnitOfWork
from services.domain.tiers import TIERS
from services.errors import BadInput, NotFound


@dataclass(frozen=True, slots=True)
class SetTier:
    """Put the buyer of an order into a tier; "" takes it away. Returns the customer's id.

    Raises BadInput("tier_unknown"), NotFound for an order that is not there or that hangs on nobody.
    """

    order_id: int
    tier: str

    def apply(self, uow: UnitOfWork) -> int:
        if self.tier and self.tier not in TIERS:
            raise BadInput("tier_unknown", tier=self.tier, known=", ".join(TIERS))
        found = uow.sql("SELECT customer_id FROM orders WHERE id = ?", (self.order_id,))
        if not found:
            raise NotFound("order_not_found", number=str(self.order_id))
        (customer_id,) = found[0]
        if customer_id is None:
            raise NotFound("order_without_buyer")
        uow.change(Customer, {customer_id: {"tier": self.tier}})
        # Who shows an order of this buyer shows the tier.
        uow.touch("orders", [row[0] for row in uow.sql("SELECT id FROM orders WHERE customer_id = ? LIMIT 1000", (customer_id,))])
        return int(customer_id)
