"""Words of stock and goods."""

ERRORS: dict[str, tuple[str, str]] = {
    "sku_not_found": (
        "No SKU with the code {code}. Give a title to make it (receive {code} QTY --title …) or import a goods file.",
        "没有商家编码是 {code} 的规格。收货时写上名称就能新建，也可以导入商品表。",
    ),
    "listing_not_found": (
        "No goods of any order bear the code {code}. `stock --unmatched` lists what waits for a match.",
        "没有订单商品用过编码“{code}”。用 stock --unmatched 可查看待匹配的商品。",
    ),
    "listing_ambiguous": (
        "{code} comes in several specifications. Say which: {choices}",
        "“{code}”有多个规格，请写明是哪个：{choices}",
    ),
    "code_empty": ("A SKU needs a merchant code.", "规格必须有商家编码。"),
    "units_out_of_range": ("{units} is no number of units that can be booked.", "数量 {units} 不能入账。"),
    "cost_negative": ("A cost can't be negative.", "成本不能是负数。"),
    "stock_changed": (
        "{code}: on hand was {seen}, by now it is {now} (last: {movement} {units}, {at}). Look at it again, then book.",
        "{code} 原来在库 {seen} 件，现在是 {now} 件（最近一笔：{movement} {units}，{at}）。请看过再记。",
    ),
    "unknown_adjustment": ("Unknown kind of adjustment: {kind}", "没有这种调整：{kind}"),
}

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "movement": {
        "receipt": ("Receipt", "收货"),
        "shipment": ("Shipment", "发货"),
        "return": ("Return", "退货入库"),
        "adjustment": ("Count", "盘点"),
        "damage": ("Damage", "报损"),
        "correction": ("Correction", "更正"),
    },
}
