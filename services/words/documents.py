"""Words on paper, and of what can go wrong with documents."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "document_size": (
        "There is no sheet {size} for this document, nothing was printed. Choose one of: {sizes}.",
        "此单据没有 {size} 这种纸张，什么都没有打印。请从这些里选：{sizes}。",
    ),
    "font_unusable": (
        "The font file {file} can't be used for printing ({detail}), nothing was printed. Run the set-up again to restore the font.",
        "字体文件 {file} 无法用于打印（{detail}），什么都没有打印。请重新运行安装程序恢复字体。",
    ),
    "document_page": (
        "The document has no page {page}; it has {pages}.",
        "单据没有第 {page} 页，一共 {pages} 页。",
    ),
    "document_unreadable": (
        "This is no PDF that can be shown. Make the document again.",
        "这不是可以显示的 PDF，请重新生成单据。",
    ),
    "printer_refused": (
        "The printer {printer} did not take the pages. Look whether it is on and has paper, then print again. Nothing was recorded as printed.",
        "打印机“{printer}”没有接收。请看看是否开机、有没有纸，再打印一次。没有记成已打印。",
    ),
}

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "document": {
        "packing_slip": ("Packing slip", "发货单"),
        "pick_list": ("Pick list", "拣货单"),
        "label": ("Address label", "地址标签"),
        "evidence": ("Evidence book", "订单证据册"),
        "recovery_sheet": ("Recovery code", "找回码"),
        "seal_sheet": ("Seal of the trail", "封存码"),
    },
    "document_notice": {
        "masked": (
            "Recipient, phone or address are hidden (*) by the platform: no address label was made. "
            "Bring in the clear address first, or print the carrier's label on the platform.",
            "收货人、电话或地址被平台隐藏（带 *），没有生成地址标签。请先补上完整地址，或在平台打印快递面单。",
        ),
        "no_address": (
            "The order has no recipient or no address: no address label was made. Fill them in first.",
            "订单没有收货人或没有地址，没有生成地址标签。请先填写。",
        ),
        "no_barcode": (
            "The order number is too long for a barcode on this sheet or has signs that a barcode can't hold: it was printed as text only.",
            "订单号太长，或含有条形码不支持的字符，只印了文字，没有条形码。",
        ),
    },
    "paper": {
        "reprint": ("Reprint {copy}", "补打 第{copy}次"),
        "buyer": ("Buyer", "买家"),
        "ordered": ("Ordered", "下单"),
        "paid_at": ("Paid", "付款"),
        "number": ("Order no.", "订单号"),
        "ship_to": ("Ship to", "收货"),
        "postcode": ("Postcode {postcode}", "邮编 {postcode}"),
        "goods": ("Goods", "商品"),
        "quantity": ("Qty", "数量"),
        "price": ("Price", "单价"),
        "amount": ("Amount", "金额"),
        "total": ("{kinds} kinds, {pieces} pieces", "共 {kinds} 种 {pieces} 件"),
        "goods_amount": ("Goods", "商品金额"),
        "discount": ("Discount", "优惠"),
        "freight": ("Freight", "运费"),
        "paid": ("Paid", "实付"),
        "lines_unknown": ("The goods of this order are not known yet.", "此订单的商品明细尚未导入。"),
        "message": ("Buyer's message", "买家留言"),
        "thanks": (
            "Thank you for your order! If anything is not right, please write to us first.",
            "感谢惠顾！如有任何问题，请先联系我们。",
        ),
        "missing": ("〓 stands for a character that the font lacks: {codes}", "〓 为字体缺少的字：{codes}"),
        "bin": ("Bin", "货位"),
        "code": ("Code", "商家编码"),
        "orders": ("Orders", "订单尾号"),
        "pick_total": ("{orders} orders, {kinds} kinds, {pieces} pieces", "{orders} 单 {kinds} 种 {pieces} 件"),
        "no_bin": ("none", "未设"),
        "more_orders": ("{count} orders in all", "等共 {count} 单"),
        "unknown": ("Not on this list, as their goods are not known yet:", "商品明细未导入，不在此单中的订单："),
        "picked_by": ("Picked by", "拣货人"),
        "checked_by": ("Checked by", "复核人"),
        "nothing_to_pick": ("Nothing to pick.", "没有要拣的商品。"),
        "label_title": ("Address label", "地址标签"),
        "no_waybill": ("Not a waybill", "非快递面单"),
        "label_closing": ("The carrier's waybill is still needed.", "仅标明收件地址，不能代替快递面单。"),
        "to": ("To", "收"),
        "from": ("From", "寄"),
        "pieces": ("{pieces} pcs", "共 {pieces} 件"),
    },
}


def on_paper(code: str, lang: str, **facts: object) -> str:
    """A word of a sheet; every code is in TERMS["paper"], so a wrong one is a bug and raises KeyError."""
    text = TERMS["paper"][code][1 if lang == "zh" else 0]
    return text.format_map(facts) if facts else text
