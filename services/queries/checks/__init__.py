"""What `verify` checks, by subject. Each check recomputes from the ledgers what a cache or an identity says.

A check is a function of a Reading that gives what it looked at and what is wrong; it changes nothing and holds no more
than a page of rows, whatever the size of the shop.
"""
