"""What is to be mended after an import: goods that no SKU stands for, addresses, amounts, orders that may be one.

Only of orders that still matter (`common.MATTERS`), along their index. What was seen and let stand stays off the lists as long as its
values are the same (services.db.schema.mending). A list is asked in two steps, as every table is: its ids, and rows of ids.
"""

TABS = ("goods", "addresses", "amounts", "duplicates")
