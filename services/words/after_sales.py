"""Words of refunds and returns."""

ERRORS: dict[str, tuple[str, str]] = {
    "refund_kind_unknown": ("Unknown kind of after-sale: {kind}. Known: {known}", "没有这种售后：{kind}。可用：{known}"),
    "fault_unknown": ("Unknown fault: {fault}. Known: {known}", "没有这种责任：{fault}。可用：{known}"),
    "refund_amount_not_positive": ("The refund must be more than zero.", "退款金额要大于零。"),
    "refund_not_paid": (
        "Nothing is left to refund: the order was not paid, or all of it was given back.",
        "没有可退的钱：订单未付款，或者已经全部退回。",
    ),
    "refund_over_ceiling": (
        "{asked} is more than what may still be refunded: {ceiling}. Nothing was refunded.",
        "要退 {asked}，超过还能退的 {ceiling}，没有退款。",
    ),
    "refund_over_line": (
        "{asked} is more than what may still be refunded of these goods: {ceiling}. Nothing was refunded.",
        "要退 {asked}，超过这些商品还能退的 {ceiling}，没有退款。",
    ),
    "refund_over_freight": (
        "{asked} is more than the freight that may still be refunded: {ceiling}.",
        "要退运费 {asked}，超过还能退的运费 {ceiling}。",
    ),
    "refund_freight_over_amount": (
        "The freight {freight} is more than the whole refund of {amount}, which it is a part of.",
        "运费 {freight} 超过了整笔退款 {amount}：运费包含在退款金额里。",
    ),
    "refund_key_taken": (
        "The key {key} belongs to after-sale C{case} of another order. Nothing was refunded; choose another key.",
        "标记“{key}”已用于另一个订单的售后单 C{case}，没有退款。请换一个标记。",
    ),
    "refund_units_over": ("{asked} units are more than are left: {left}.", "要退 {asked} 件，只剩 {left} 件可退。"),
    "refund_line_unknown": ("A line that is not of this order, or named twice.", "有一行商品不属于这个订单，或写了两次。"),
    "return_without_units": ("Say which goods and how many come back.", "退货退款要写明退哪些商品、几件。"),
    "return_units_wrong": ("Restocked and damaged units are more than come back.", "入库和报损的件数超过退回的件数。"),
    "refund_only_moves_no_goods": ("A refund only brings no goods back.", "仅退款没有货退回，不能入库。"),
    "return_more_than_sent": ("{asked} units can't come back: {sent} were sent.", "退回 {asked} 件，可只发出过 {sent} 件。"),
    "case_not_found": ("No after-sale C{case}.", "没有售后单 C{case}。"),
    "case_ended": ("After-sale C{case} has ended.", "售后单 C{case} 已经结束。"),
    "case_state_unknown": ("Unknown state: {state}", "没有这种进度：{state}"),
}

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "case_kind": {
        "refund_only": ("Refund only", "仅退款"),
        "return_and_refund": ("Return and refund", "退货退款"),
        "exchange": ("Exchange", "换货"),
        "resend": ("Resend", "补发"),
    },
    "case_state": {
        "requested": ("Requested", "待处理"),
        "agreed": ("Agreed", "已同意"),
        "goods_back": ("Goods back", "货已退回"),
        "refunded": ("Refunded", "已退款"),
        "exchanged": ("Exchanged", "已换货"),
        "resent": ("Resent", "已补发"),
        "refused": ("Refused", "已拒绝"),
        "withdrawn": ("Withdrawn", "已撤销"),
    },
    "fault": {
        "quality": ("Quality", "质量问题"),
        "wrong_or_missing": ("Wrong or missing goods", "发错或少件"),
        "carrier": ("Carrier", "快递问题"),
        "buyer_choice": ("Buyer's choice", "买家原因"),
        "other": ("Other", "其他"),
    },
}
