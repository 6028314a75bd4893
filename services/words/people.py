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
    "owners_alone": ("Only an owner can do that. Nothing was changed.", "只有店主能这样做，没有改动任何内容。"),
    "pin_file_unreadable": (
        "No PIN can be read from {path} ({why}). Write it alone on the first line of a file.",
        "无法从 {path} 读取 PIN（{why}）。请把它单独写在文件的第一行。",
    ),
    "pin_file_empty": ("{path} holds no PIN on its first line.", "{path} 的第一行没有 PIN。"),
    "pins_differ": ("The two PINs differ. Nothing was changed.", "两次输入的 PIN 不一样，没有改动任何内容。"),
    "owner_fixed": ("An owner may do everything; that can't be changed.", "店主拥有全部权限，不能更改。"),
    "last_owner": ("{name} is the only owner. Make somebody else an owner first.", "{name}是唯一的店主，请先让另一个人当店主。"),
    "setting_range": ("{setting}: {value} must be a whole number from 0 to {most}.", "{setting}：{value} 要是 0 到 {most} 的整数。"),
    "change_too_late": (
        "Order {number} has left or is closed: only an after-sale changes its money now.",
        "订单 {number} 已发货或已关闭，只能通过售后改金额。",
    ),
    "change_in_case": ("Order {number} has an open after-sale. Settle it first.", "订单 {number} 有未完结的售后，请先处理。"),
    "lines_unknown_yet": (
        "The goods of order {number} are not known yet. Import the goods list first.",
        "订单 {number} 还没有商品明细，请先导入宝贝报表。",
    ),
    "approval_there": (
        "A change of order {number} waits for approval already. Decide on it or withdraw it first.",
        "订单 {number} 已有改动在等审核，请先审核或撤回。",
    ),
    "approval_not_found": ("There is no approval {approval}.", "没有编号为 {approval} 的审核。"),
    "approval_decided": (
        "{approval} is decided already ({state}). Nothing was changed.",
        "{approval} 已处理（{state}），没有改动任何内容。",
    ),
    "approval_stale": (
        "Order {number} is not as it was when {approval} was asked for. Reject it and ask anew on the order as it is.",
        "订单 {number} 与申请 {approval} 时已经不同，不能照旧生效。请驳回后按现在的订单重新申请。",
    ),
    "line_incomplete": ("New goods ({line}) need a SKU, a quantity and a price.", "新增商品（第 {line} 项）要有规格、数量和单价。"),
    "line_not_of_order": ("Change {line} names no line of this order.", "第 {line} 项改动不属于这一单。"),
    "line_fixed": (
        "Change {line}: {units} units of these goods are sent, cancelled or refunded already and stay as they are.",
        "第 {line} 项：其中 {units} 件已发出、已取消或退过款，不能再改。",
    ),
    "order_without_lines": ("An order keeps one line at least. Close it instead.", "订单至少要留一件商品，要取消请关闭订单。"),
    "too_many_lines": ("An order has {most} lines at most.", "一单最多 {most} 行商品。"),
    "discount_above_goods": ("The discount is more than the goods cost.", "优惠超过了商品金额。"),
    "line_quantity_range": ("Line {line}: the quantity must be 1 to {most}.", "第 {line} 行：数量要在 1 到 {most} 之间。"),
    "line_price_range": ("Line {line}: the price is out of range.", "第 {line} 行：单价超出范围。"),
    "amount_range": ("The amount of {field} is out of range.", "{field} 的金额超出范围。"),
    "permission_unknown": ("There is no permission “{permission}”. There are: {choices}.", "没有“{permission}”这项权限。可选：{choices}。"),
}

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "command": {
        "people": (
            "Who works here and what each role may do; add somebody, set role or PIN, recover a PIN",
            "店里有谁、各角色能做什么；添加人员、改角色、设 PIN、找回 PIN",
        ),
    },
    "option": {
        "pin-file": (
            "A file with the PIN on its first line; without it the terminal is asked",
            "第一行写着 PIN 的文件；不写就在终端里询问",
        ),
        "people.deed": (
            "add, set, pin, recover or role; without it the list",
            "add 添加、set 更改、pin 设 PIN、recover 找回、role 改角色权限；不写就列出",
        ),
        "people.name": ("The person's name; with role the role's", "姓名；用 role 时写角色名"),
        "people.role": (
            "owner, manager, clerk, packer, trainee or one of yours",
            "owner 店主、manager 店长、clerk 客服、packer 打包员、trainee 实习，或自己的角色",
        ),
        "people.active": ("off: has left and can't sign in; on: is back", "off 已离开、不能登录；on 回来了"),
        "people.allow": ("All that the role may do, by code; see --json", "这个角色的全部权限代码，见 --json"),
        "people.new_pin_file": ("A file with the new PIN on its first line", "第一行写着新 PIN 的文件"),
        "people.code_file": ("A file with the recovery code on its first line", "第一行写着找回码的文件"),
    },
    "cli": {
        "ask_pin": ("PIN of {name}", "{name}的 PIN"),
        "ask_new_pin": ("New PIN", "新 PIN"),
        "ask_again": ("Once more", "再输一次"),
        "ask_code": ("Recovery code", "找回码"),
        "person": ("Name", "姓名"),
        "role": ("Role", "角色"),
        "state": ("State", "状态"),
        "may": ("May", "权限"),
        "may_all": ("everything", "全部权限"),
        "may_nothing": ("only look", "只能查看"),
        "here": ("works here", "在职"),
        "left": ("has left", "已离开"),
        "wrong_pins": ("Wrong PINs", "PIN 错误"),
        "nobody_yet": (
            "Nobody has a PIN: whoever opens this shop is its owner.",
            "还没有人设 PIN：打开这家店的人就是店主。",
        ),
        "person_added": ("{name} can sign in now.", "{name}现在可以登录了。"),
        "person_changed": ("{name}: changed and on record.", "{name}：已更改并留痕。"),
        "pin_was_set": ("{name} has a new PIN.", "{name}的 PIN 已更新。"),
        "recovery_told": (
            "This is the recovery code of {name}, shown only now: write it down and keep it away from the computer. Older ones no longer hold.",
            "这是{name}的找回码，只显示这一次：请抄下来，不要放在电脑旁。旧的找回码已经作废。",
        ),
    },
    "recovery_sheet": {
        "title": ("Recovery code", "找回码"),
        "words": (
            "If the owner's PIN is forgotten, this code opens the shop: at the lock screen choose “Forgot the PIN?”, or use"
            " `zhanggui people recover`. It is good for one time; then there is a new one. Keep this sheet with the shop's papers, away from"
            " the computer.",
            "店主忘记 PIN 时，用这个找回码打开店铺：在锁屏上点“忘记 PIN？”。只能用一次，用后会给出新的找回码。"
            "请把这张纸和店里的证照放在一起，不要放在电脑旁。",
        ),
    },
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
    "actor": {"nobody": ("At the door", "未登录"), "limit:price_cut": ("Limit for price cuts", "降价额度")},
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
        "told_at": ("Decision seen", "已看结果"),
    },
    "approval_state": {
        "waiting": ("Waiting", "待审核"),
        "approved": ("Approved", "已通过"),
        "rejected": ("Rejected", "已驳回"),
        "withdrawn": ("Withdrawn", "已撤回"),
        "stale": ("Out of date", "已过期"),
    },
    "action": {
        "propose_change": ("Change asked for", "申请改动"),
        "decide_approval": ("Change decided", "审核改动"),
        "withdraw_approval": ("Change withdrawn", "撤回申请"),
        "mark_told": ("Decision seen", "查看审核结果"),
        "sign_in": ("Signed in", "登录"),
        "add_person": ("Person added", "添加人员"),
        "change_person": ("Person changed", "更改人员"),
        "change_role": ("Role changed", "更改角色"),
        "set_pin": ("PIN set", "设置 PIN"),
        "recover_pin": ("PIN recovered", "找回 PIN"),
    },
}
