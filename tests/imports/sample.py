"""Small order lists and goods lists of our own making, written as Taobao writes them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

HEADINGS = (
    "订单编号",
    "买家会员名",
    "支付单号",
    "买家应付货款",
    "买家应付邮费",
    "总金额",
    "买家实际支付金额",
    "订单状态",
    "买家留言",
    "收货人姓名",
    "收货地址 ",
    "联系手机",
    "订单创建时间",
    "订单付款时间 ",
    "物流单号 ",
    "物流公司",
    "订单备注",
    "宝贝总数量",
    "订单关闭原因",
    "退款金额",
    "发货时间",
)
PAID = "买家已付款，等待卖家发货"
LINE_HEADINGS = (
    "子订单编号",
    "主订单编号",
    "商品标题",
    "商品价格",
    "购买数量",
    "商品属性",
    "订单状态",
    "商家编码",
    "买家应付货款",
    "买家实付金额",
    "退款状态",
    "退款金额",
    "订单创建时间",
    "订单付款时间",
    "商品ID",
)


def order_row(number: str = "5016165517148046476", **cells: str) -> dict[str, str]:
    """One paid order; `cells` by heading without blanks."""
    told = {
        "订单编号": number,
        "买家会员名": "小熊爱喝茶",
        "支付单号": "2026101822009167311841992851",
        "买家应付货款": "82.60",
        "买家应付邮费": "8.00",
        "总金额": "90.60",
        "买家实际支付金额": "90.60",
        "订单状态": PAID,
        "买家留言": "先电话，\n再“发货”,谢谢",
        "收货人姓名": "吴子川",
        "收货地址": "广东省 深圳市 南山区 沙河街道 金桂路260号3层(518052)",
        "联系手机": "15400004267",
        "订单创建时间": "2026-11-09 08:05:12",
        "订单付款时间": "2026-11-09 08:06:13",
        "物流单号": "",
        "物流公司": "",
        "订单备注": "",
        "宝贝总数量": "2",
        "订单关闭原因": "订单未关闭",
        "退款金额": "0.00",
        "发货时间": "",
    }
    return told | cells


def line_row(number: str, line: str, **cells: str) -> dict[str, str]:
    told = {
        "子订单编号": line,
        "主订单编号": number,
        "商品标题": "手作粗陶马克杯 带盖",
        "商品价格": "41.30",
        "购买数量": "2",
        "商品属性": "颜色分类：米白；容量：350ml",
        "订单状态": PAID,
        "商家编码": "CUP-01-350",
        "买家应付货款": "82.60",
        "买家实付金额": "82.60",
        "退款状态": "没有申请退款",
        "退款金额": "无退款申请",
        "订单创建时间": "2026-11-09 08:05:12",
        "订单付款时间": "2026-11-09 08:06:13",
        "商品ID": "917958595420",
    }
    return told | cells


SOLD_HEADINGS = (
    "订单编号",
    "买家会员名",
    "宝贝标题",
    "商品属性",
    "商家编码",
    "价格",
    "购买数量",
    "买家应付货款",
    "买家应付邮费",
    "总金额",
    "买家实付金额",
    "退款金额",
    "订单状态",
    "订单创建时间",
    "订单付款时间",
    "发货时间",
    "订单关闭原因",
    "收货人姓名",
    "收货地址 ",
    "联系手机",
    "物流单号",
    "物流公司",
)


def sold_row(number: str, **cells: str) -> dict[str, str]:
    """One goods of a paid order whose freight is 8.00 and whose total is that of `order_row`."""
    goods = {"宝贝标题": "手作粗陶马克杯 带盖", "商品属性": "颜色分类：米白", "商家编码": "CUP-01-350", "价格": "41.30", "购买数量": "2"}
    return order_row(number, 买家实付金额="90.60", 退款金额="无退款申请") | goods | cells


REFUND_HEADINGS = (
    "订单编号",
    "退款编号",
    "支付单号",
    "商品 id",
    "商品编码",
    "退款完结时间",
    "宝贝标题",
    "买家退款金额",
    "售后类型",
    "退款的申请时间",
    "超时时间",
    "退款状态",
    "退货物流单号",
    "退货物流公司",
    "买家退款原因",
    "买家退款说明",
    "责任方",
    "售中或售后",
    "完结时间",
    "部分退款/全部退款",
)


def refund_row(order: str, number: str, **cells: str) -> dict[str, str]:
    """One case that was paid back in part; `cells` by heading."""
    told = {
        "订单编号": order,
        "退款编号": number,
        "商品编码": "CUP-01-350",
        "退款完结时间": "2026-11-10 09:00:00",
        "宝贝标题": "手作粗陶马克杯 带盖",
        "买家退款金额": "30.00",
        "售后类型": "仅退款",
        "退款的申请时间": "2026-11-09 20:00:00",
        "退款状态": "退款成功",
        "买家退款原因": "质量问题",
        "责任方": "卖家",
        "售中或售后": "售中",
        "完结时间": "2026-11-10 09:00:00",
        "部分退款/全部退款": "部分退款",
    }
    return told | cells


def shuffled(path: Path, rows: Sequence[dict[str, str]], headings: Sequence[str]) -> Path:
    """The same rows in another layout: columns turned round, two added, blanks behind the headings gone or come."""
    other = [heading.strip() if heading.endswith(" ") else heading + " " for heading in reversed(headings)]
    more = [{**row, "新的一列": "甲", "另一列": ""} for row in rows]
    return write(path, more, ["新的一列", *other, "另一列"])


def write(
    path: Path, rows: Sequence[dict[str, str]], headings: Sequence[str] = HEADINGS, *, encoding: str = "gb18030", line_end: str = "\r\n"
) -> Path:
    """Write rows under `headings` (looked up without their blanks) as csv, quoted as Taobao quotes."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator=line_end)
    writer.writerow(headings)
    for row in rows:
        writer.writerow([row.get(heading.strip(), "") for heading in headings])
    path.write_bytes(out.getvalue().encode(encoding))
    return path
