"""千牛 动账, by sub-order, and its short form by 入账时间. Headings: reference/taobao.md 2.7."""

from __future__ import annotations

from services.imports.headings import Authority, Format

_COLUMNS = {
    "支付流水号": "flow",
    "主订单id": "order",
    "主订单ID": "order",
    "淘宝订单编号": "order",
    "子订单id": "line",
    "子订单ID": "line",
    "入帐时间": "at",
    "入账时间": "at",
    "入帐类型": "type",
    "入账类型": "type",
    "收入金额(元)": "income",
    "收入金额": "income",
    "支出金额(元)": "expense",
    "支出金额": "expense",
    "账户余额(元)": "balance",
    "业务描述": "description",
    "备注": "remark",
}

_IGNORED = frozenset({"商家昵称", "入帐日期", "入账日期", "收/付渠道", "数据创建时间", "数据修改时间"})


def _recognise(headings: frozenset[str]) -> str:
    kinds, times = {"入帐类型", "入账类型"}, {"入帐时间", "入账时间"}
    return "qianniu.moves" if "支付流水号" in headings and headings & kinds and headings & times else ""


FORMAT = Format(
    key="qianniu.moves",
    platform="taobao",
    kind="bookings",
    zone="Asia/Shanghai",
    authority=Authority.SPARSE,
    columns=_COLUMNS,
    required=frozenset({"flow", "at", "income", "expense"}),
    recognise=_recognise,
    ignored=_IGNORED,
    remark="#",
)
