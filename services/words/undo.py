"""Words of taking back and doing again: what it will do, and why it can't be done with what to do instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

ERRORS: dict[str, tuple[str, str]] = {
    "deed_not_found": (
        "Entry #{seq} of the audit trail is not there, or is not one whole command. Look its number up under Audit.",
        "操作留痕里没有 #{seq}，或它不是一次完整的操作。请到“操作留痕”页核对编号。",
    ),
    "undo_not_yours": (
        "That was done by {person}: everybody takes back only what they did themselves. Edit it by hand instead.",
        "这是{person}做的，每个人只能撤销自己的操作。需要改回请直接修改。",
    ),
    "undo_changed": (
        "It can't be taken back, for {count} of its values are others by now: {meanwhile}. Edit by hand what should be different.",
        "不能撤销：其中 {count} 处后来又改过，{meanwhile}。需要改回请直接修改。",
    ),
    "undo_left": (
        "Order {number} was shipped or closed since, so this stays. What went wrong is put right by an after-sale.",
        "订单 {number} 之后已发货或已结束，不能撤销。需要更正请走售后。",
    ),
    "undo_printed": (
        "Order {number} was printed since: what is on paper can't be taken back. Edit the order and print it again; the sheet is marked as a reprint.",
        "订单 {number} 之后已打印，纸上的内容收不回来。请直接修改订单再重新打印（会标明补打）。",
    ),
    "undo_blocked": (
        "Order {number} can't be marked as checked again: {blocker}.",
        "订单 {number} 现在不能恢复成已核对：{blocker}。",
    ),
    "undo_erased": (
        "What stood there before was erased with the buyer's data, so it can't be put back.",
        "原来的内容已随客户资料清除，不能恢复。",
    ),
    "undo_nothing": ("That left nothing that could be taken back.", "这次操作没有可以撤销的内容。"),
    "undo_beyond": (
        "That also changed something that can't be put back ({field}). Put it right by hand.",
        "这次操作还改了不能恢复的内容（{field}），请手动更正。",
    ),
    "undo_unknown": ("This can't be taken back. Put it right by hand.", "这项操作不能撤销，请手动更正。"),
    "undo_name_taken": (
        "Something else is named “{name}” by now. Give that another name first.",
        "“{name}”这个名称已被占用，请先给它改名。",
    ),
    "undo_folder_filled": (
        "There are groups in this folder by now. Move them out of it first.",
        "这个文件夹里已经放了分组，请先移出来。",
    ),
    "undo_folder_gone": ("The folder that it lay in is gone.", "原来所在的文件夹已经不在了。"),
    "undo_people": (
        "People and roles are not taken back: change them under Settings → People.",
        "人员和角色不能撤销，请到“设置 → 人员”里改回。",
    ),
    "undo_stock": (
        "Stock is a ledger: nothing in it is taken back. Count the goods and adjust the stock.",
        "库存流水只增不改，不能撤销。请清点后用“调整库存”改回。",
    ),
    "undo_closing": ("A closed order stays closed. Make a new order instead.", "已关闭的订单不能恢复，请重新建单。"),
    "undo_new_order": ("An order that was made stays on record. Close it instead.", "建好的订单会留档，不能撤销。不要了请关闭订单。"),
    "undo_new_sku": (
        "The new SKU stays. Match the goods with another one instead.",
        "新建的规格会保留，不能撤销。匹配错了请重新匹配到别的规格。",
    ),
    "undo_approval": (
        "A decision on an approval stays. Ask for the opposite change instead.",
        "审核结果不能撤销，请再提一次相反的改动。",
    ),
    "undo_proposal": (
        "A change of goods or money is not taken back by this. Withdraw it while it waits, else ask for the opposite change.",
        "商品和金额的改动不在这里撤销。还在待审核的请撤回申请，已生效的请再提一次相反的改动。",
    ),
    "undo_file": (
        "A file is taken back under “Imports”: choose it there and undo it.",
        "导入的文件请到“导入记录”页选中后撤销。",
    ),
    "undo_undone_file": ("To have the file's data back, import it once more.", "要恢复这个文件的数据，请重新导入一次。"),
    "undo_printing": (
        "A printed sheet can't be taken back. Print again if something changed.",
        "打印过的单据收不回来；内容有变请重新打印。",
    ),
    "undo_payment": ("A payment stays in the books. Refund it instead.", "收款已入账，不能撤销。请用退款退回。"),
    "undo_case": (
        "Money of an after-sale stays in the books. Open another after-sale if it was wrong.",
        "售后的钱已入账，不能撤销。有误请另开售后。",
    ),
    "undo_shipping": (
        "What was shipped can't be taken back. Open an after-sale, or change it on the platform.",
        "发货不能撤销。请走售后，或到平台上处理。",
    ),
    "undo_nothing_left": ("Nothing of yours is left to take back since you came.", "这次登录后没有可以撤销的操作。"),
    "redo_nothing_left": ("Nothing was taken back that could be done again.", "没有可以重做的操作。"),
}

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "cli": {
        "deed_undone": ("Taken back: {deed}, #{seq}", "已撤销：{deed}，#{seq}"),
        "deed_again": ("Done again: {deed}, #{seq}", "已重做：{deed}，#{seq}"),
        "deed_ready": ("{deed}, #{seq} can be taken back; nothing is written yet", "{deed}，#{seq} 可以撤销，尚未写入"),
    },
    "action": {"undo_deed": ("Undone", "撤销")},
    "entity": {"deed": ("deed", "操作"), "locks": ("locked fields", "锁定的字段")},
}


class Told(Protocol):
    """What the words need of an offer or of what was done (services.queries.undo_offer.Offer, services.commands.undo_deed.Undone)."""

    @property
    def deed(self) -> str: ...
    @property
    def fields(self) -> Sequence[str]: ...
    @property
    def orders(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Taken:
    """A deed as the trail tells of it."""

    deed: str
    fields: tuple[str, ...]
    orders: int


def deed_words(told: Told, lang: str) -> str:
    """`改备注、旗帜（3 单）`, `改设置`: the deed itself, in as few words as fit a menu."""
    from services.words import term

    names = [name for name in told.fields if name not in _FOLLOWS] or list(told.fields)
    comma = "、" if lang == "zh" else ", "
    some = comma.join(term("field", name, lang) for name in names[:_MOST_NAMED])
    if told.deed in _BY_FIELDS and some:
        if len(names) > _MOST_NAMED:
            some += "等" if lang == "zh" else " …"
        said = f"改{some}" if lang == "zh" else f"edit of {some}"
    else:
        said = term("action", told.deed, lang)
    if told.orders:
        unit = "orders" if told.orders > 1 else "order"
        said += f"（{told.orders:,} 单）" if lang == "zh" else f" ({told.orders:,} {unit})"
    return said


_BY_FIELDS = frozenset({"edit_orders", "mend_addresses", "edit_manual_order"})
_FOLLOWS = frozenset({"goods_less_discount", "payable", "customer_id", "masked", "checked_at"})
_MOST_NAMED = 3
