"""Every file layout that is recognised by its headings, tried in this order; a test checks that each file is in the tuple."""

from __future__ import annotations

from services.imports.formats import (
    alipay_ledger,
    douyin_orders,
    douyin_refunds,
    goods,
    jd_orders,
    pdd_orders,
    qianniu_moves,
    shopify_orders,
    stocktake,
    taobao_lines,
    taobao_orders,
    taobao_refunds,
    taobao_sold,
    tracking,
    woocommerce_orders,
    zhanggui,
)
from services.imports.headings import Format

FORMATS: tuple[Format, ...] = (
    zhanggui.FORMAT,
    douyin_refunds.FORMAT,
    taobao_refunds.FORMAT,
    taobao_sold.FORMAT,
    taobao_lines.FORMAT,
    taobao_orders.FORMAT,
    pdd_orders.FORMAT,
    douyin_orders.FORMAT,
    jd_orders.FORMAT,
    shopify_orders.FORMAT,
    woocommerce_orders.FORMAT,
    alipay_ledger.FORMAT,
    qianniu_moves.FORMAT,
    tracking.FORMAT,
    stocktake.FORMAT,
    goods.FORMAT,
)

BY_KEY: dict[str, Format] = {one.key: one for one in FORMATS}
