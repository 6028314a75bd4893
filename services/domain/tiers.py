"""Customer tiers by code, the best first (domain.md, customers). Set by hand until they are computed."""

TIERS = ("loyal", "regular", "occasional", "new", "sleeping")
