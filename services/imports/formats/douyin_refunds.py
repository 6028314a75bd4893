"""Douyin (抖店) 售后单: one case a row. Headings were seen in public, their words were not: what is unknown is listed, not guessed."""

from __future__ import annotations

from services.imports.headings import Authority, Format

_COLUMNS = {
    "售后单号": "case",
    "订单号": "number",
    "主订单编号": "number",
    "售后状态": "state",
    "售后类型": "kind",
    "退商品金额(元)": "amount",
    "退运费金额(元)": "amount_more",
    "售后原因": "reason",
    "用户售后说明": "words",
    "纠纷责任方": "fault",
    "售后申请时间": "requested_at",
    "商家退款时间": "paid_back_at",
    "售后完结时间": "ended_at",
    "自动处理截止时间": "deadline_at",
    "商品名称": "title",
    "商家编码": "code",
    "商品ID": "item_id",
    "退货物流单号": "tracking",
    "退货物流公司": "carrier",
}

_IGNORED = frozenset(
    {
        "商品单号", "应付金额(元)", "商品运费(元)", "支付优惠(元)", "商品税费(元)", "商品发货状态", "退支付优惠(元)", "退税费金额(元)", "退款方式",
        "是否已上传退款凭证", "售后原因标签", "退货异常", "退货发货时间", "同意售后申请时间", "用户到账时间", "售后关闭时间", "商家退货地址",
        "商家退货联系人姓名", "商家退货联系人电话", "仲裁状态", "是否极速退款", "是否拒签后退款", "发货物流单号", "发货物流状态", "换货物流单号",
        "退货物流状态", "订单备注", "售后备注", "操作人", "协商记录", "换货商品信息", "门店名称",
    }
)  # fmt: skip


def _recognise(headings: frozenset[str]) -> str:
    return "douyin.refunds" if {"售后单号", "售后状态", "退商品金额(元)"} <= headings and headings & {"订单号", "主订单编号"} else ""


FORMAT = Format(
    key="douyin.refunds",
    platform="douyin",
    kind="cases",
    zone="Asia/Shanghai",
    authority=Authority.LINES,
    columns=_COLUMNS,
    required=frozenset({"case", "number", "state", "amount"}),
    recognise=_recognise,
    ignored=_IGNORED,
)
