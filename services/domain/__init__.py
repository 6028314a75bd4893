"""The rules of the trade: pure functions over plain values, no database."""
