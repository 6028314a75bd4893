"""Words of the trail: what each command is called."""

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "action": {
        "found_shop": ("Shop founded", "建店"),
        "change_setting": ("Setting changed", "改设置"),
        "change_settings": ("Settings changed", "改设置"),
        "ship_orders": ("Shipped", "发货"),
        "edit_orders": ("Edited", "修改订单"),
        "check_orders": ("Checked", "核对订单"),
        "receive_goods": ("Goods received", "收货入库"),
        "adjust_stock": ("Stock adjusted", "调整库存"),
        "match_goods": ("Goods matched", "匹配商品"),
        "match_code": ("Goods matched", "匹配商品"),
        "refund_order": ("Refund", "退款"),
        "move_case": ("After-sale decided", "处理售后"),
        "mark_printed": ("Printed", "打印"),
        "create_order": ("Order made by hand", "手工建单"),
        "edit_manual_order": ("Order edited", "修改订单"),
        "record_payment": ("Payment booked", "登记收款"),
        "close_order": ("Order closed", "关闭订单"),
        "import_file": ("Imported", "导入"),
        "fill_demo": ("Demo shop filled", "生成演示店铺"),
    },
}
