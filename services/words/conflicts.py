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
    "conflict_newer": (
        "Order {number}: a later file spoke of “{field}” since, and that waits already. Decide that one.",
        "订单 {number}：“{field}”后来又有新的文件值待定，请处理那一条。",
    ),
    "conflict_stays": (
        "Order {number}: “{field}” was taken over and has gone its way; it can't be taken back here. Edit the order if it must be otherwise.",
        "订单 {number}：“{field}”已按文件更新并生效，不能在这里撤回。需要时请直接修改订单。",
    ),
    "conflict_edited": (
        "Order {number}: “{field}” was edited since. What stands there now stays.",
        "订单 {number}：“{field}”之后又被改过，保留现在的内容。",
    ),
    "word_empty": ("Name a word of at most {most} letters.", "请写出要说明的词，最多 {most} 个字。"),
    "word_known": ("“{word}” is known already; it can't mean something else.", "“{word}”本来就认得，不能改成别的意思。"),
    "rows_not_kept": (
        "The rows of {file} were not kept by the version that imported it. Import the file again.",
        "导入 {file} 的旧版本没有保存原始行。请重新导入该文件。",
    ),
    "doubt_conflict": ("the file says otherwise about {field}", "“{field}”与本店不一致"),
    "undo_twice": ("{batch} was taken back already.", "{batch} 已经撤销过了。"),
    "undo_bookings": (
        "{batch} holds account bookings. They are kept for comparing only and count as no order's money, so there is nothing to take back.",
        "{batch} 是账单明细，只用来核对，不计入任何订单的金额，无需撤销。",
    ),
    "undo_too_old": (
        "{batch} was imported by an older version that did not keep what it wrote, so it can't be taken back. Restore a backup instead.",
        "{batch} 由旧版本导入，当时没有保存写入记录，不能撤销。如有需要请恢复备份。",
    ),
    "undo_touched": (
        "{batch} can't be taken back, nothing was changed: {count} values were touched since (orders {numbers} …). Take back what came later"
        " first, or edit those orders by hand.",
        "不能撤销 {batch}，没有任何改动：之后有 {count} 处已被改动（订单 {numbers} 等）。请先撤销后来的导入，或手工修改这些订单。",
    ),
    "undo_stock_gone": (
        "The import can't be taken back, nothing was changed: units that it brought have left since. Count the stock and adjust it by hand.",
        "不能撤销导入，没有任何改动：它带来的库存已有出库。请盘点后手工调整库存。",
    ),
    "conflict_goods": (
        "Order {number}: goods and amounts were changed here with approval. Change them there if the file is right, then keep ours.",
        "订单 {number}：商品和金额在本店改过并已审核。若文件才对，请在订单里改商品和金额，再选“保留本店”。",
    ),
    "conflict_case_paid": (
        "Order {number}: the money of that after-sale has gone back, a file can't change it. Keep ours, and compare with the platform.",
        "订单 {number}：这件售后的钱已退，文件不能更改。请保留本店记录，并与平台核对。",
    ),
}

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "setting": {"status_words": ("Status words of files", "文件里的状态词")},
    "action": {
        "decide_conflicts": ("Conflict decided", "处理冲突"),
        "reopen_conflicts": ("Decision taken back", "撤回冲突决定"),
        "undo_import": ("Import taken back", "撤销导入"),
        "teach_status": ("Meaning of a status word", "说明状态词"),
    },
    "worklist": {
        "conflicts": ("Conflicts", "冲突"),
        "held": ("Held rows", "搁置"),
    },
    "held_remedy": {
        "status_unknown": (
            "The order of this row did not come in, nothing was guessed. It comes in by itself with a later file in which the status is"
            " known; or say what the word means, and the file is looked at again.",
            "这一行的订单没有导入，不作猜测。等后来的文件里状态认得出时会自动进来；也可以说明这个词的意思，再看一遍这份文件。",
        ),
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
        "undone_by": ("Taken back by", "撤销人"),
        "order_source": ("Told again by a file", "后来的文件"),
        "slip": ("Packing slip printed", "已打印发货单"),
        "label": ("Label printed", "已打印标签"),
        "reserved": ("Reserved", "占用"),
        "on_hand": ("On hand", "在库"),
    },
    "command": {
        "undo": (
            "Take an import back whole: orders, changes, money and stock; refused where somebody touched them since",
            "撤销一次导入：订单、改动、金额和库存全部还原；之后有人改过就不能撤销",
        ),
        "held": (
            "Rows of files that wait because a status word is not known; say what it means with WORD --means STATUS",
            "因状态词认不出而搁置的行；用 词 --means 状态 说明它的意思",
        ),
        "conflicts": (
            "What files say otherwise than what was edited here; decide it with ID --take ours|theirs",
            "文件与本店修改不一致的内容；用 编号 --take ours|theirs 决定",
        ),
    },
    "option": {
        "ids": ("Numbers of conflicts, as listed", "冲突编号，见列表"),
        "batch": (
            "The import, such as B9; or an entry of the audit trail, such as #123, for a deed of your own (# alone: your last)",
            "导入批次，例如 B9；或操作留痕的编号，例如 #123，撤销自己的那次操作（只写 # 是最近一次）",
        ),
        "word": ("A status word as the file has it", "文件里的状态词"),
        "means": ("The status that it means; the files that wait for it are imported again", "这个词表示的状态；等它的文件会再导入一遍"),
        "take": ("ours keeps what stands here, theirs takes the file's value", "ours 保留本店，theirs 采用文件"),
        "only_sure": (
            "Leave out orders with conflicts and rows with warnings; the next import offers them again",
            "跳过有冲突或有提醒的订单，下次导入会再次提示",
        ),
        "all": ("Those that are decided, too", "包括已处理的"),
    },
    "progress": {
        "undone": ("Taking back", "撤销"),
    },
    "cli": {
        "id": ("ID", "编号"),
        "field": ("Field", "字段"),
        "ours": ("Here", "本店"),
        "theirs": ("File says", "文件"),
        "file": ("File", "文件"),
        "state": ("State", "状态"),
        "vanished": (
            "{count} orders of that time are here but not in the file, and stay: {numbers} …",
            "同期有 {count} 单本店有而文件里没有，予以保留：{numbers} 等",
        ),
        "undone": (
            "{batch} {file} taken back: {orders_removed} orders out, {orders_restored} put back, {money_reversed} money and {stock_reversed}"
            " stock entries reversed",
            "已撤销 {batch} {file}：移除 {orders_removed} 单，还原 {orders_restored} 单，冲销资金 {money_reversed} 笔、库存 {stock_reversed} 笔",
        ),
        "undo_ready": (
            "{batch} {file}, nothing written yet: {orders_removed} orders would go, {orders_restored} be put back",
            "{batch} {file}，尚未写入：将移除 {orders_removed} 单，还原 {orders_restored} 单",
        ),
        "touched": ("{number}: {field}, {who}", "{number}：{field}，{who}"),
        "held_word": ("Word", "认不出的词"),
        "held_none": ("Every word in the imported files is known.", "导入的文件里没有认不出的词。"),
        "held_brought": ("“{word}” is remembered: {count} orders came in", "已记住“{word}”，导入 {count} 单"),
        "conflicts_none": ("Nothing to decide.", "没有待定的冲突。"),
        "conflicts_decided": ("{count} decided and on record.", "已处理 {count} 条并留痕。"),
    },
}
