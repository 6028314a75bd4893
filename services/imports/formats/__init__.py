"""Every file layout that is recognised by its headings, tried in this order; a test checks that each file is in the tuple."""

from __future__ import annotations

from services.imports.formats import (
    douyin_orders,
    goods,
    jd_orders,
    pdd_orders,
    shopify_orders,
    taobao_lines,
    taobao_orders,
    taobao_refunds,
    taobao_sold,
    tracking,
    woocommerce_orders,
)
from services.imports.headings import Format

FORMATS: tuple[Format, ...] = (
    taobao_refunds.FORMAT,
    taobao_sold.FORMAT,
    taobao_lines.FORMAT,
    taobao_orders.FORMAT,
    pdd_orders.FORMAT,
    douyin_orders.FORMAT,
    jd_orders.FORMAT,
    shopify_orders.FORMAT,
    woocommerce_orders.FORMAT,
    tracking.FORMAT,
    goods.FORMAT,
)

BY_KEY: dict[str, Format] = {one.key: one for one in FORMATS}
