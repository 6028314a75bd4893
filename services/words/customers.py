"""Words of customers: the tiers of domain.md."""

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "tier": {
        "loyal": ("Loyal", "忠实"),
        "regular": ("Regular", "常客"),
        "occasional": ("Occasional", "偶尔"),
        "new": ("New", "新客"),
        "sleeping": ("Sleeping", "沉睡"),
    },
}
