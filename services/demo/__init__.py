"""The demo shop's story: goods, buyers, orders, stock, all invented and the same for the same seed. Pure, no database.

`services.commands.demo` writes it.
"""
