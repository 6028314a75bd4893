"""Words of the worklists after an import: what is wrong, what it means, what can be done; and their commands in the trail."""

from __future__ import annotations

Pair = tuple[str, str]

ERRORS: dict[str, Pair] = {
    "findings_too_many": ("Choose at most {most} lines at once.", "一次最多选 {most} 条。"),
    "worklist_unknown": (
        "There is no worklist {worklist} whose lines can be let stand. There are: {known}.",
        "没有可以保留原样的清单“{worklist}”。可选：{known}。",
    ),
    "listing_matched": (
        "“{title}” has been matched meanwhile. Look at the list again.",
        "“{title}”刚刚已经匹配过了，请重新看一下清单。",
    ),
    "code_taken": (
        "There is a SKU with the code {code} already. Match the goods with it, or choose another code.",
        "商家编码 {code} 已经有了。请直接匹配到它，或换一个编码。",
    ),
    "price_negative": ("A price can't be below zero.", "价格不能小于零。"),
}

TERMS: dict[str, dict[str, Pair]] = {
    "worklist": {
        "goods": ("Goods", "商品"),
        "addresses": ("Addresses", "地址"),
        "amounts": ("Amounts", "金额"),
        "duplicates": ("Duplicates", "重复"),
    },
    "mend": {
        # Addresses: services.domain.address_check.FAULTS.
        "nothing_known": ("No recipient yet", "没有收货信息"),
        "recipient_missing": ("Recipient missing", "缺收货人"),
        "phone_missing": ("Phone missing", "缺电话"),
        "phone_wrong": ("Phone not possible", "手机号不对"),
        "landline_only": ("Land line only", "只有固定电话"),
        "street_missing": ("Street missing", "缺详细地址"),
        "province_missing": ("Province missing", "缺省份"),
        "province_unknown": ("No such province", "没有这个省"),
        "city_missing": ("City missing", "缺城市"),
        "city_unknown": ("City not in that province", "省市不符"),
        "district_missing": ("District missing", "缺区县"),
        "district_unknown": ("District not in that city", "市区不符"),
        "po_box": ("A post office box", "是信箱"),
        "street_short": ("No house number", "缺门牌号"),
        # Amounts: services.domain.amount_check.FAULTS and REJECTED.
        "negative": ("Amount below zero", "金额小于零"),
        "refund_above_paid": ("More refunded than paid", "退款大于实付"),
        "paid_above_payable": ("More paid than owed", "实付大于应付"),
        "sum_differs": ("Parts don't make the sum", "合计对不上"),
        "refund_netted": ("Refund taken off already", "退款已扣过"),
        "amount_negative": ("Row: amount below zero", "文件行：金额小于零"),
        "decimals": ("Row: too many decimals", "文件行：超过两位小数"),
        "case_over_paid": ("Row: after-sale above paid", "文件行：售后大于实付"),
        # Duplicates: services.domain.duplicates.
        "same_goods": ("Ordered twice", "重复下单"),
        "unpaid_twin": ("Unpaid twin", "付过又拍一单"),
    },
    "mend_meaning": {
        "nothing_known": (
            "Only the goods of this order are known, from a goods list. The order list of the same days brings recipient, phone and address.",
            "这单只从宝贝报表知道商品，还没有收货信息。导入同期的订单报表就会补上收货人、电话和地址。",
        ),
        "recipient_missing": ("Nobody is named whom the courier could ask for.", "没有收货人姓名，快递员不知道找谁。"),
        "phone_missing": ("Without a phone the courier refuses the parcel.", "没有电话，快递公司不收件。"),
        "phone_wrong": (
            "A mobile number has eleven digits and begins with 13 to 19; this one has too few, too many, or other signs.",
            "手机号应是 11 位，以 13 到 19 开头；这个号码位数不对，或带有别的字符。",
        ),
        "landline_only": (
            "The courier sends no message to a land line, and nobody may pick up in the daytime.",
            "固定电话收不到取件短信，白天也可能没人接。",
        ),
        "street_missing": ("It ends with the district: no street, no house.", "只到区县，没有街道和门牌。"),
        "province_missing": ("The province is not told.", "没有省份。"),
        "province_unknown": ("There is no province of that name.", "没有这个名称的省份。"),
        "city_missing": ("The city is not told.", "没有城市。"),
        "city_unknown": ("That province has no such city; the parcel would be sorted wrongly.", "这个省没有这个市，分拣会走错方向。"),
        "district_missing": ("The city has districts, and none is told.", "这个市有区县，但没有写。"),
        "district_unknown": (
            "That city has no such district; it was mistyped, merged or renamed.",
            "这个市没有这个区县：可能写错，或已经合并、改名。",
        ),
        "po_box": ("Couriers bring nothing to a post office box.", "快递不送信箱，只有邮政能到。"),
        "street_short": ("It ends with a road: no house, no building.", "只写到路名，没有门牌、小区或楼栋。"),
        "negative": ("An amount of the order is below zero, which no sale has.", "订单里有小于零的金额，正常交易不会出现。"),
        "refund_above_paid": (
            "After-sales give back, or ask for, more than the buyer paid.",
            "售后退的、或要求退的，比买家付的还多。",
        ),
        "paid_above_payable": (
            "The buyer paid more than the order asks for: a price was changed after payment, or a difference was paid with this order.",
            "买家付的比应付多：可能付款后改过价，或者这单里补了差价。",
        ),
        "sum_differs": (
            "Goods less discounts and freight do not make what is owed; the file leaves out a discount or a change of price.",
            "商品金额减优惠加运费，不等于应付：文件里少了一项优惠，或改过价。",
        ),
        "refund_netted": (
            "What was paid is less than owed by just the refund: the file has taken it off already. Never subtract it once more.",
            "实付比应付正好少了退款的数：文件已经把退款扣掉了，不要再扣一次。",
        ),
        "amount_negative": ("The row was left out: its amount is below zero.", "这一行没有导入：金额小于零。"),
        "decimals": (
            "The row was left out: its amount has more than two decimals, and nothing is rounded here unasked.",
            "这一行没有导入：金额超过两位小数，这里不会擅自四舍五入。",
        ),
        "case_over_paid": (
            "The after-sale was left out: with it more would go back than was paid.",
            "这笔售后没有计入：加上它，退款会超过实付。",
        ),
        "same_goods": (
            "The same buyer ordered the same goods twice within a day.",
            "同一个买家一天之内下了两单一样的商品。",
        ),
        "unpaid_twin": (
            "The buyer paid one of two equal orders; the other one lapses by itself and need not be reminded of.",
            "两单一样，买家付了其中一单；另一单多半不会再付，不用催。",
        ),
    },
    "mend_remedy": {
        "nothing_known": ("Import the order list of the same days.", "导入同期的订单报表。"),
        "negative": ("Compare with the platform. If it is right there, let it stand.", "到平台核对；确实如此就保留原样。"),
        "refund_above_paid": ("Compare the after-sales with the platform before any money goes back.", "退款前先到平台核对售后。"),
        "paid_above_payable": (
            "Ask what the buyer paid for; a difference belongs into the memo. Then let it stand.",
            "弄清多付的是什么，补差价的写进备注，然后保留原样。",
        ),
        "sum_differs": ("Look the order up on the platform. If it is right there, let it stand.", "到平台看这一单；确实如此就保留原样。"),
        "refund_netted": (
            "Nothing to do if the refund is whole. Import the refund list, so that both amounts are known.",
            "退款无误就不用处理；导入退款报表，两个金额就都清楚了。",
        ),
        "amount_negative": ("Mend the row in the file and import it again.", "在文件里改好这一行，再导入一次。"),
        "decimals": (
            "Mend the row in the file and import it again; a file by a map can be told to round.",
            "在文件里改好这一行再导入；用映射导入的文件可以设置四舍五入。",
        ),
        "case_over_paid": (
            "Compare order and after-sale on the platform, then import both files again.",
            "到平台核对订单和售后，再重新导入两个文件。",
        ),
    },
    "mend_reason": {
        # Kept in the trail with a correction that was recognised.
        "corrected": ("Corrected as recognised: {faults}", "按识别结果更正：{faults}"),
        "typed": ("Corrected by hand: {faults}", "人工更正：{faults}"),
        "accepted": ("Seen, is right: {faults}", "看过，没有问题：{faults}"),
        "two_orders": ("Seen, two orders: {faults}", "看过，是两单：{faults}"),
        "closed_duplicate": ("The same as order {number}", "和订单 {number} 重复"),
    },
    "action": {
        "accept_findings": ("Let stand", "保留原样"),
        "reopen_findings": ("Back on the worklist", "放回待核对"),
        "mend_addresses": ("Corrected addresses", "更正地址"),
        "match_each": ("Matched goods", "匹配商品"),
        "make_sku": ("Made a SKU", "新建规格"),
    },
    "command": {
        "worklist": (
            "What is to be mended after an import: goods, addresses, amounts, duplicates",
            "导入后要核对的：商品、地址、金额、重复下单",
        ),
    },
    "option": {
        "worklist.name": (
            "goods, addresses, amounts or duplicates; without it how much there is on each",
            "goods（商品）、addresses（地址）、amounts（金额）、duplicates（重复）；不写就看各有多少",
        ),
        "worklist.search": ("Only lines that hold these words", "只看包含这些文字的"),
    },
    "cli": {
        "worklist_list": ("List", "清单"),
        "worklist_count": ("Count", "条数"),
        "worklist_about": ("What", "内容"),
        "worklist_wrong": ("Wrong or waiting", "问题或等待"),
        "worklist_proposed": ("Proposed", "建议"),
    },
    "entity": {"accepted": ("what was let stand", "保留原样的记录")},
    "field": {"worklist": ("Worklist", "清单"), "seen": ("Values seen", "看到的值")},
}


def faults(codes: tuple[str, ...] | list[str], lang: str) -> str:
    """`省市不符、缺门牌号` of some codes."""
    place = 1 if lang == "zh" else 0
    known = TERMS["mend"]
    return ("、" if lang == "zh" else ", ").join(known[code][place] if code in known else code for code in codes)


def reason(kind: str, lang: str, **facts: object) -> str:
    """What goes on record as the reason: the words of the day, as a person would have typed them."""
    return TERMS["mend_reason"][kind][1 if lang == "zh" else 0].format(**facts)
