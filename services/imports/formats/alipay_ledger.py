"""Alipay 账务明细: four `#` lines, headings, bookings padded with tabs, and totals in `#` lines at the end. Headings: reference/taobao.md 2.7."""

from __future__ import annotations

from services.imports.headings import Authority, Format

_COLUMNS = {
    "账务流水号": "flow",
    "支付宝流水号": "flow",
    "商户订单号": "order",
    "业务基础订单号": "base_order",
    "发生时间": "at",
    "入账时间": "at",
    "收入金额(+元)": "income",
    "收入(+元)": "income",
    "收入金额(元)": "income",
    "支出金额(-元)": "expense",
    "支出(-元)": "expense",
    "支出金额(元)": "expense",
    "账户余额(元)": "balance",
    "余额(元)": "balance",
    "业务类型": "type",
    "账务类型": "type",
    "业务描述": "description",
    "商品名称": "goods",
    "备注": "remark",
    "对方账号": "counterpart",
    "对方账户": "counterpart",
    "对方名称": "counterpart",
}

_IGNORED = frozenset(
    {"业务流水号", "交易渠道", "序号", "支付宝交易号", "服务费(元)", "支付渠道", "签约产品", "银行订单号", "业务账单来源", "收/付渠道"}
)


def _recognise(headings: frozenset[str]) -> str:
    if not headings & {"账务流水号", "支付宝流水号"} or "商户订单号" not in headings:
        return ""
    return "alipay.ledger" if any("收入" in name for name in headings) and any("支出" in name for name in headings) else ""


FORMAT = Format(
    key="alipay.ledger",
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
