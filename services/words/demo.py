"""Words of the demo shop."""

ERRORS: dict[str, tuple[str, str]] = {
    "demo_shop_not_empty": (
        "This shop is not empty: the demo fills only a new one. Choose another folder; nothing was changed.",
        "这家店已经有数据，演示数据只能写入新店。请换一个文件夹；数据没有改动。",
    ),
    "demo_size": (
        "The demo makes 1 to {most} orders, not {orders}.",
        "演示店可以有 1 到 {most} 单，不能是 {orders} 单。",
    ),
}
