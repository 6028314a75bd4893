"""The way of a file into the shop: sniff → read → map → clean → plan. Nothing here writes to the database."""
