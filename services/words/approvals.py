"""Words of changes that wait for approval, and of deadlines set here."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "not_a_time": (
        "“{value}” is no time. Write it as 2026-11-25T18:00. Nothing was changed.",
        "“{value}”不是时间，请写成 2026-11-25T18:00。没有改动任何内容。",
    ),
    "deadline_fixed": (
        "Order {number} has left the house: it has no deadline of shipping any more.",
        "订单 {number} 已发货或已结束，不用再改发货期限。",
    ),
    "edit_both_kinds": (
        "Goods and amounts need approval, {fields} does not. Give them in two commands. Nothing was changed.",
        "商品和金额要走审核，{fields}不用。请分成两条命令，没有改动任何内容。",
    ),
    "edit_line_unknown": (
        "“{line}” is no line of order {number}. There are: {choices}.",
        "订单 {number} 里没有“{line}”这一行。可选：{choices}。",
    ),
    "edit_line_form": (
        "“{word}” can't be read. Write line.CODE.price=12.50, line.CODE.quantity=2, line.CODE.sku=CODE, freight=0 or discount=5.",
        "看不懂“{word}”。请写成 line.编码.price=12.50、line.编码.quantity=2、line.编码.sku=新编码、freight=0 或 discount=5。",
    ),
    "edit_add_form": ("“{word}” can't be read. Write --add CODE=QUANTITY@PRICE.", "看不懂“{word}”。请写成 --add 编码=数量@单价。"),
    "sku_unknown_here": ("There are no goods with the code “{code}”.", "没有商家编码为“{code}”的商品。"),
    "approval_form": ("“{word}” is no approval: they are called A1, A2, …", "“{word}”不是审核编号，编号形如 A1、A2。"),
    "manual_needs_approval": (
        "Goods and amounts of order {number} need approval: use “Change goods and amounts”. Nothing was changed.",
        "订单 {number} 的商品和金额要审核，请用“改商品和金额”。没有改动任何内容。",
    ),
    "reject_note_needed": ("Say why it is rejected: --note TEXT.", "驳回要写原因：--note 说明。"),
}

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "command": {
        "approvals": ("Changes of goods and money that wait for approval", "列出待审核的商品和金额改动"),
        "approve": (
            "Approve a change: the owner's name and PIN by --as and --pin-file",
            "通过一项改动：用 --as 和 --pin-file 给出店主和 PIN",
        ),
        "reject": ("Reject a change, and say why", "驳回一项改动并写明原因"),
        "withdraw": ("Take back a change that you asked for", "撤回自己申请的改动"),
    },
    "option": {
        "add": ("New goods: CODE=QUANTITY@PRICE; needs approval", "新增商品：编码=数量@单价，要审核"),
        "remove": ("Take a line out: line number, code or place; needs approval", "删去一行商品：子订单号、商家编码或第几行，要审核"),
        "approval": ("Which one: A1, A2, …", "审核编号：A1、A2……"),
        "note": ("A word on it", "说明"),
        "approvals.all": ("Also those that are decided", "已处理的也列出"),
        "approvals.number": ("Only of this order", "只看这一单"),
    },
    "cli": {
        "amended": (
            "{number}: changed and on record ({approval}, owed {effect}, by {who}).",
            "{number}：已改并留痕（{approval}，应付 {effect}，{who}）。",
        ),
        "asked_for": (
            "{number}: {approval} waits for approval (owed {effect}); nothing is changed until then.",
            "{number}：{approval} 待审核（应付 {effect}），通过前订单不变。",
        ),
        "decided": ("{approval} of {number}: {state}", "{number} 的 {approval}：{state}"),
        "approvals_none": ("Nothing waits for approval.", "没有待审核的改动。"),
        "approval": ("ID", "编号"),
        "change": ("Change", "改动"),
        "effect": ("Owed", "应付变化"),
        "asked_by": ("Asked by", "申请人"),
        "asked_at": ("Asked", "申请时间"),
        "why": ("Why", "原因"),
    },
    "field": {"approval": ("Change with approval", "审核的改动")},
    "approval_diff": {
        "price": ("price", "单价"),
        "quantity": ("quantity", "数量"),
        "sku": ("goods", "商品"),
        "added": ("added", "新增"),
        "removed": ("removed", "删去"),
        "discount": ("Discount", "优惠"),
        "freight": ("Freight", "运费"),
        "payable": ("Owed", "应付"),
    },
    "approval_note": {
        "order:shipped": ("the order was shipped meanwhile", "订单已发货"),
        "order:closed": ("the order was closed meanwhile", "订单已关闭"),
        "order:completed": ("the order was completed meanwhile", "订单已完成"),
    },
}
