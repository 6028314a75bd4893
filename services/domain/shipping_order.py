"""In which order what waits is made ready and sent: the keys that a shop can put one after the other. How each sorts: services.search.sorts."""

KEYS = (
    "priority",
    "ship_by",
    "paid_at",
    "created_at",
    "province",
    "city",
    "goods",
    "quantity",
    "payable",
    "flag",
    "checked",
    "buyer",
)
"""`-` before a key in the setting `shipping_order` turns it round. Upwards: priority customers, the nearest deadline, the smallest, the checked first."""
