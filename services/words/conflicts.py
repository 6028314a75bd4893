"""Words of what was imported and is decided or taken back: conflicts, an import undone."""

ERRORS: dict[str, tuple[str, str]] = {
    "conflict_take": ("Take ours or theirs, not {value}.", "只能选 ours（保留本店）或 theirs（采用文件），不能是 {value}。"),
    "conflict_not_found": (
        "There is no conflict {conflict}. `zhanggui conflicts` lists them.",
        "没有冲突 {conflict}。用 zhanggui conflicts 查看。",
    ),
    "conflict_decided": (
        "Order {number}: the conflict about {field} is decided already. Look at the list again.",
        "订单 {number}：“{field}”的冲突已处理，请刷新列表。",
    ),
    "conflict_status_back": (
        "Order {number} can't go from “{source}” back to “{target}”: what was done stays done. Keep ours, and clear it up on the platform.",
        "订单 {number} 不能从“{source}”退回“{target}”，已做的事不会撤销。请保留本店状态，并到平台核实。",
    ),
    "conflict_line_sent": (
        "Order {number}: units of that line have left or were called off, so its quantity stays. Keep ours; an after-sale settles the rest.",
        "订单 {number}：这一行已有发货或取消的件数，不能再改数量。请保留本店数量，差额用售后处理。",
    ),
    "conflict_case_paid": (
        "Order {number}: the money of that after-sale has gone back, a file can't change it. Keep ours, and compare with the platform.",
        "订单 {number}：这件售后的钱已退，文件不能更改。请保留本店记录，并与平台核对。",
    ),
}

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "action": {
        "decide_conflicts": ("Conflict decided", "处理冲突"),
        "undo_import": ("Import taken back", "撤销导入"),
    },
    "conflict_state": {
        "open": ("to decide", "待定"),
        "ours": ("kept ours", "保留本店"),
        "theirs": ("took the file's", "采用文件"),
        "gone": ("agree again", "已一致"),
    },
    "field": {
        "theirs": ("File says", "文件"),
        "ours": ("Here", "本店"),
        "part": ("Line or after-sale", "子订单或售后"),
        "batch_id": ("Import", "导入批次"),
        "field": ("Field", "字段"),
    },
    "command": {
        "conflicts": (
            "What files say otherwise than what was edited here; decide it with ID --take ours|theirs",
            "文件与本店修改不一致的内容；用 编号 --take ours|theirs 决定",
        ),
    },
    "option": {
        "ids": ("Numbers of conflicts, as listed", "冲突编号，见列表"),
        "take": ("ours keeps what stands here, theirs takes the file's value", "ours 保留本店，theirs 采用文件"),
        "all": ("Those that are decided, too", "包括已处理的"),
    },
    "cli": {
        "id": ("ID", "编号"),
        "field": ("Field", "字段"),
        "ours": ("Here", "本店"),
        "theirs": ("File says", "文件"),
        "file": ("File", "文件"),
        "state": ("State", "状态"),
        "conflicts_none": ("Nothing to decide.", "没有待定的冲突。"),
        "conflicts_decided": ("{count} decided and on record.", "已处理 {count} 条并留痕。"),
    },
}
