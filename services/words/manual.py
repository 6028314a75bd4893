"""Words of orders made by hand: what is wrong with a draft, payments, closing."""

ERRORS: dict[str, tuple[str, str]] = {
    "draft_too_long": ("{field} is too long: at most {most} characters.", "“{field}”太长，最多 {most} 个字。"),
    "draft_unprintable": ("{field} holds characters that can't be printed.", "“{field}”里有打印不出的字符。"),
    "phone_wrong": (
        "{phone} is no phone number: 11 digits, or area code and number.",
        "“{phone}”不像电话号码：手机 11 位，座机写区号和号码。",
    ),
    "province_unknown": ("There is no province {province}.", "没有“{province}”这个省份。"),
    "postcode_wrong": ("{postcode} is no postcode.", "“{postcode}”不是邮编。"),
    "goods_needed": ("An order needs goods: add at least one.", "订单里还没有商品，至少加一件。"),
    "goods_too_many": ("An order takes at most {most} goods.", "一个订单最多 {most} 种商品。"),
    "line_without_goods": ("Goods {line}: choose a SKU or write what it is.", "第 {line} 件商品：请选规格，或写上名称。"),
    "line_title_wrong": (
        "Goods {line}: the name is longer than {most} characters or can't be printed.",
        "第 {line} 件商品：名称超过 {most} 个字，或有打印不出的字符。",
    ),
    "line_quantity_wrong": (
        "Goods {line}: {quantity} is no quantity; 1 to {most}.",
        "第 {line} 件商品：数量不能是 {quantity}，要在 1 到 {most} 之间。",
    ),
    "line_price_wrong": ("Goods {line}: {price} is no price.", "第 {line} 件商品：单价不能是 {price}。"),
    "line_sku_gone": (
        "Goods {line}: that SKU is not in this shop any more. Choose it again.",
        "第 {line} 件商品：店里已没有这个规格，请重新选。",
    ),
    "discount_negative": ("A discount can't be below zero.", "优惠不能小于零。"),
    "discount_over_goods": ("A discount of {discount} is more than the goods cost: {goods}.", "优惠 {discount} 超过了商品金额 {goods}。"),
    "freight_wrong": ("{freight} is no freight.", "运费不能是 {freight}。"),
    "payment_wrong": ("{amount} is no payment: write what came in.", "收款不能是 {amount}，请写实际收到的金额。"),
    "payment_method_unknown": ("Unknown way of payment: {method}. Known: {known}", "没有“{method}”这种收款方式。可用：{known}"),
    "payment_not_awaited": (
        "Order {number} is “{source}”: it waits for no payment. Nothing was booked.",
        "订单 {number} 是“{source}”，不用再收款，没有登记。",
    ),
    "handover_unpaid": (
        "What is handed over must be paid: {payable}. Book the payment, or don't tick that the goods were handed over.",
        "当面交付要先收全款 {payable}。请登记收款，或取消“当面交付”。",
    ),
    "handover_short": (
        "{goods}: {wanted} wanted, {available} there. Receive goods first, or take fewer.",
        "“{goods}”要 {wanted} 件，能给的只有 {available} 件。先收货入库，或减少数量。",
    ),
    "handover_blocked": ("It can't be handed over: {blocker}.", "不能当面交付：{blocker}。"),
    "not_manual": (
        "Order {number} came from a platform: change it there.",
        "订单 {number} 来自平台，请在平台上改。",
    ),
    "manual_order_paid": (
        "Order {number} has been paid: goods, prices, discount and freight stay as they are. Address, memo, flag and tags can be changed; "
        "for the rest refund it and make it anew.",
        "订单 {number} 已收款，商品、单价、优惠和运费不能再改。地址、备注、旗帜、标签仍可改；要改其他的，请先退款，再重新建单。",
    ),
    "order_in_case": (
        "Order {number} has an after-sale: its goods can't be changed any more. Close it and make it anew.",
        "订单 {number} 有售后单，商品不能再改。请关闭后重新建单。",
    ),
    "close_reason_unknown": ("Unknown reason for closing: {reason}. Known: {known}", "没有这种关闭原因：{reason}。可用：{known}"),
    "close_note_needed": ("Say why: “other” needs words.", "选“其他”时请写明原因。"),
    "close_paid_first": (
        "Order {number} is paid: {held} of it are here. Refund the buyer first; a whole refund closes it.",
        "订单 {number} 已付款，还有 {held} 没退。请先退款，全额退款后会自动关闭。",
    ),
    "close_part_shipped": (
        "Part of order {number} has left: it can't be closed. Refund the rest.",
        "订单 {number} 已发出一部分，不能关闭，请退掉没发的部分。",
    ),
    "close_too_late": (
        "Order {number} is “{source}”: only unpaid orders and orders to ship can be closed.",
        "订单 {number} 是“{source}”，只有待付款和待发货的订单能关闭。",
    ),
    "tier_discounts_wrong": (
        "A tier's discount is a whole number from 0 to {most} percent.",
        "等级折扣要写 0 到 {most} 之间的整数（百分比）。",
    ),
}

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "payment_method": {
        "wechat": ("WeChat Pay", "微信"),
        "alipay": ("Alipay", "支付宝"),
        "cash": ("Cash", "现金"),
        "transfer": ("Bank transfer", "转账"),
        "card": ("Card", "刷卡"),
        "other": ("Other", "其他"),
    },
}
