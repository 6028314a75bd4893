"""Taobao and Tmall 退款报表: the layouts of 2017 (39 columns), of the years between (42) and of 2026. Headings: reference/taobao.md 2.5."""

from __future__ import annotations

from services.imports.headings import Authority, Format

_COLUMNS = {
    "退款编号": "case",
    "售后单号": "case",
    "订单编号": "number",
    "主订单编号": "number",
    "退款状态": "state",
    "售后状态": "state",
    "售后类型": "kind",
    "是否需要退货": "kind",
    "买家退款金额": "amount",
    "退款金额": "amount",
    "买家退款原因": "reason",
    "退款原因": "reason",
    "买家退款说明": "words",
    "退款说明": "words",
    "售中或售后": "phase",
    "责任方": "fault",
    "部分退款/全部退款": "extent",
    "退款的申请时间": "requested_at",
    "退款申请时间": "requested_at",
    "申请时间": "requested_at",
    "退款完结时间": "paid_back_at",
    "完结时间": "ended_at",
    "超时时间": "deadline_at",
    "宝贝标题": "title",
    "商品标题": "title",
    "商家编码": "code",
    "商品编码": "code",
    "商品 id": "item_id",
    "商品id": "item_id",
    "商品 ID": "item_id",
    "商品ID": "item_id",
    "退货物流单号": "tracking",
    "退货物流公司": "carrier",
}

_IGNORED = frozenset(
    [
        "支付宝交易号",
        "支付单号",
        "订单付款时间",
        "买家会员名称",
        "买家会员名",
        "买家实际支付金额",
        "买家实付金额",
        "手工退款/系统退款",
        "货物状态",
        "退货物流信息",
        "发货物流信息",
        "客服介入状态",
        "卖家真实姓名",
        "卖家真实姓名新",
        "卖家退货地址",
        "卖家邮编",
        "卖家电话",
        "卖家手机",
        "买家退货时间",
        "商家备注",
        "备注标签",
        "审核操作人",
        "举证超时",
        "是否零秒响应",
        "退款操作人",
        "主数据编码",
        "退款原因标签",
        "业务类型",
        "是否帮他退款",
        "帮他退款操作账号",
    ]
)


def _recognise(headings: frozenset[str]) -> str:
    if not headings & {"退款编号", "售后单号"} or not headings & {"订单编号", "主订单编号"} or not headings & {"退款状态", "售后状态"}:
        return ""
    if headings & {"售后类型", "商品 id", "商品id", "商品 ID", "商品ID", "支付单号"}:
        return "taobao.refunds.r26"
    if headings & {"退款原因标签", "业务类型", "是否帮他退款", "商品编码"}:
        return "taobao.refunds.mid"
    return "taobao.refunds.r17"


FORMAT = Format(
    key="taobao.refunds",
    platform="taobao",
    kind="cases",
    zone="Asia/Shanghai",
    authority=Authority.LINES,
    columns=_COLUMNS,
    required=frozenset({"case", "number", "state", "amount"}),
    recognise=_recognise,
    ignored=_IGNORED,
)
