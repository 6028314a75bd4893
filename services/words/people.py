"""Words of people, PINs, roles and permissions."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "signed_out": (
        "The shop is locked. Sign in with your name and PIN (window), or give --as NAME --pin-file FILE.",
        "店铺已锁定。请用姓名和 PIN 登录（窗口），或加上 --as 姓名 --pin-file 文件。",
    ),
    "not_permitted": (
        "{person} may not do this ({permission}); nothing was changed. The owner can allow it under Settings → People.",
        "{person}没有这项权限（{permission}），没有改动任何内容。店主可在“设置 → 人员”里开放。",
    ),
    "pin_wrong": ("The name or the PIN is wrong. Nothing was changed.", "姓名或 PIN 不对，没有改动任何内容。"),
    "pin_wait": (
        "The PIN was wrong {wrong} times; the next one is looked at in {seconds} s. An owner who forgot it can use the recovery code.",
        "PIN 已错 {wrong} 次，{seconds} 秒后才能再试。店主忘记了可以用找回码。",
    ),
    "pin_form": ("A PIN has {least} to {most} digits and nothing else.", "PIN 要 {least} 到 {most} 位数字，不能有别的字符。"),
    "pin_too_easy": ("This PIN is the first that everybody would try. Choose another one.", "这个 PIN 太容易猜到，请换一个。"),
    "pin_of_owner": (
        "An owner's PIN is changed by {name} alone, with the old PIN or the recovery code.",
        "店主的 PIN 只能由{name}本人用旧 PIN 或找回码更改。",
    ),
    "recovery_wrong": (
        "This recovery code is not the newest one. Nothing was changed.",
        "找回码不对，或不是最新的一张。没有改动任何内容。",
    ),
    "person_name_wrong": (
        "“{name}” can't be a name: 1 to {most} letters, without colon or comma.",
        "“{name}”不能作姓名：1 到 {most} 个字，不含冒号和逗号。",
    ),
    "person_there": ("There is somebody named {name} already. Choose another name.", "已经有叫{name}的人了，请换一个姓名。"),
    "person_not_found": ("Nobody here is named {name}.", "这里没有叫{name}的人。"),
    "role_unknown": ("There is no role “{role}”. There are: {choices}.", "没有“{role}”这个角色。可选：{choices}。"),
    "owner_first": (
        "The first person must be an owner: somebody has to be able to let the others in.",
        "第一个人必须是店主：总要有人能管理其他人。",
    ),
    "owner_fixed": ("An owner may do everything; that can't be changed.", "店主拥有全部权限，不能更改。"),
    "last_owner": ("{name} is the only owner. Make somebody else an owner first.", "{name}是唯一的店主，请先让另一个人当店主。"),
    "permission_unknown": ("There is no permission “{permission}”. There are: {choices}.", "没有“{permission}”这项权限。可选：{choices}。"),
}

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "permission": {
        "edit_orders": ("Notes, flags, tags, groups, manual orders", "备注、旗帜、标签、分组、手工订单"),
        "edit_address": ("Change addresses", "改收货信息"),
        "edit_money": ("Propose prices and quantities", "申请改价、改数量"),
        "approve": ("Approve changes", "审核改动"),
        "print": ("Print", "打印"),
        "ship": ("Ship", "发货"),
        "after_sale": ("Refunds and returns", "退款退货"),
        "stock": ("Goods and stock", "商品和库存"),
        "import": ("Import", "导入"),
        "export": ("Export", "导出"),
        "see_personal": ("See phones, names, addresses", "看完整电话、姓名、地址"),
        "see_costs": ("See costs and profit", "看成本和利润"),
        "see_audit": ("See the audit trail", "看操作留痕"),
        "settings": ("Settings", "设置"),
        "people": ("People and roles", "人员和角色"),
        "restore": ("Backup and restore", "备份和恢复"),
    },
    "role": {
        "owner": ("Owner", "店主"),
        "manager": ("Manager", "店长"),
        "clerk": ("Clerk", "客服"),
        "packer": ("Packer", "打包员"),
        "trainee": ("Trainee", "实习"),
    },
    "actor": {"nobody": ("At the door", "未登录")},
    "entity": {
        "person": ("person", "人员"),
        "role": ("role", "角色"),
        "approval": ("approval", "审核"),
        "seal": ("daily seal", "每日封存"),
    },
    "field": {
        "active": ("Works here", "在职"),
        "role": ("Role", "角色"),
        "permissions": ("Permissions", "权限"),
        "wrong_pins": ("Wrong PINs", "PIN 错误次数"),
        "unknown_person": ("Unknown name at the door", "未知姓名登录"),
        "wrong_recovery": ("Wrong recovery code", "找回码错误"),
        "recovered": ("PIN recovered", "用找回码重设"),
        "pin_set": ("PIN set", "设置 PIN"),
        "base_version": ("On version", "基于版本"),
        "change": ("Change", "改动"),
        "was": ("Was", "原来"),
        "effect": ("Effect on the sum", "金额变化"),
        "asked_by": ("Asked by", "申请人"),
        "decided_by": ("Decided by", "审核人"),
    },
    "action": {
        "sign_in": ("Signed in", "登录"),
        "add_person": ("Person added", "添加人员"),
        "change_person": ("Person changed", "更改人员"),
        "change_role": ("Role changed", "更改角色"),
        "set_pin": ("PIN set", "设置 PIN"),
        "recover_pin": ("PIN recovered", "找回 PIN"),
    },
}
