"""Whether a printed sheet is true no longer: something that stands on it was changed on record after the last print."""

from __future__ import annotations

ON_PAPER = (
    "recipient", "phone", "phone_ext", "tel", "province", "city", "district", "address", "buyer_message", "discount", "freight", "payable",
)  # fmt: skip
"""Fields of an order that a packing slip or a label shows."""
OF_A_LINE = ("quantity", "price", "listing_id")

_FIELDS, _OF_A_LINE = (", ".join(f"'{name}'" for name in names) for names in (ON_PAPER, OF_A_LINE))
STALE = f"""(o.slip_copies + o.label_copies > 0 AND o.status IN ('awaiting_payment', 'awaiting_shipment') AND EXISTS (
  SELECT 1 FROM main.audit_entry a WHERE a.order_id = o.id
  AND a.at > (SELECT max(p.at) FROM print_entry p WHERE p.order_id = o.id)
  AND ((a.entity = 'orders' AND a.field IN ({_FIELDS}))
    OR (a.entity = 'order_line' AND (a.field IS NULL OR a.field IN ({_OF_A_LINE}))))))"""  # noqa: S608 (constants)
"""SQL over an order `o`. The trail is the one rule: whoever changed it, a person, an approval or a file. Only orders that wait are
looked at: what has left was packed with the sheet that it had."""
