"""Words of seals, evidence books and orders as they were."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "book_unreadable": (
        "{file} is no evidence book of this program. Give the .json file that was made with the book.",
        "{file} 不是本程序的订单证据册。请选择和证据册一起生成的 .json 文件。",
    ),
    "book_changed": ("The file was changed after it was made", "文件生成后被改动过"),
    "book_damaged": ("Parts of the file are missing or are no values", "文件里有内容缺失或不成样子"),
    "book_row_differs": (
        "Entry {id} says otherwise than the order in the book ({field})",
        "第 {id} 条留痕与册中的订单内容不一致（{field}）",
    ),
    "book_row_missing": ("What entry {id} tells of is not in the book", "第 {id} 条留痕涉及的内容不在册中"),
    "book_not_of_shop": ("Entry {id} of the book is not the one of this shop", "册中第 {id} 条留痕与本店的不同"),
    "book_leaves_out": ("The book leaves out entry {id} of this order", "证据册漏了这一单的第 {id} 条留痕"),
    "book_here": ("All entries stand in this shop's chain", "全部留痕都在本店的留痕链里"),
    "book_no_shop": ("No shop was opened: give --shop to compare with its chain", "没有打开店铺：加 --shop 可与店铺的留痕链核对"),
    "book_locked": ("The shop is locked: sign in to compare with its chain", "店铺已锁定：登录后可与店铺的留痕链核对"),
    "book_seal_holds": ("Your seal {seal} is the one in the book", "您留存的封存码 {seal} 与册中一致"),
    "book_seal_other": ("Your seal {seal} is another than the book's for entry {id}", "您留存的封存码 {seal} 与册中第 {id} 条的不同"),
    "book_seal_missing": (
        "The book has no seal of entry {id} ({seal}): compare it with the shop",
        "册中没有第 {id} 条的封存码（{seal}），请与店铺核对",
    ),
    "book_failed": ("This evidence does not hold: {checks}.", "这份证据核对不上：{checks}。"),
    "moment_unreadable": (
        "“{text}” is no moment. Write it like 2026-11-22 14:00, or a day for its end.",
        "“{text}”不是时间。请写成 2026-11-22 14:00，或只写日期（按当天结束）。",
    ),
}

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "book_check": {
        "book_form": ("File as it was made", "文件未被改动"),
        "book_chain": ("Hashes of the entries", "留痕的校验码"),
        "book_values": ("Values of the entries", "留痕的内容"),
        "book_rows": ("Order and entries agree", "订单与留痕一致"),
        "book_seals": ("Seals", "封存码"),
        "book_shop": ("The shop's own chain", "店铺的留痕链"),
        "seal_given": ("Seal that you kept", "您留存的封存码"),
    },
    "evidence": {
        "title": ("Evidence book of an order", "订单证据册"),
        "order": ("The order as it is", "订单现状"),
        "lines": ("Goods", "商品"),
        "story": ("What happened to it", "操作经过"),
        "seals": ("Seals that hold these entries", "封存这些留痕的封存码"),
        "no_seals": ("No seal yet: the first is made with the first change of the next day.", "还没有封存码：第二天第一次改动时自动生成。"),
        "no_entries": ("Nothing was changed here.", "在本店没有改动过。"),
        "how": ("How to check this", "如何核对"),
        "how_words": (
            "The file {file} of the same name holds each entry with its values, salts and hashes. Check it with: zhanggui verify --order {file}\n"
            "Each hash is SHA-256 over the hash before it and the entry: whoever changes, leaves out or adds an entry breaks the chain from there on. "
            "A seal that was printed or sent away shows that the chain was not rewritten as a whole.",
            "同名文件 {file} 里有每条留痕的内容、盐值和校验码，可用命令核对：zhanggui verify --order {file}\n"
            "每个校验码由前一条的校验码和本条内容算出（SHA-256）：改动、删去或添加任何一条，其后的校验码都对不上。"
            "打印或发送出去的封存码可以证明留痕没有被整体改写。",
        ),
        "made": ("{shop} · made {at}", "{shop} · 生成于 {at}"),
        "entry": ("Entry {seq}", "第 {seq} 条"),
        "page": ("Evidence {number}", "证据册 {number}"),
        "file_digest": ("Digest of the file: {digest}", "文件指纹：{digest}"),
        "head": ("Head of the chain: entry {seq}, {hash}", "链首：第 {seq} 条，{hash}"),
        "came_in": ("came in with a file or a batch; first values as in the order's source", "随文件或批次进入，首次内容见来源"),
    },
    "as_of": {
        "erased": ("content erased", "内容已清除"),
        "came_later": ("came later", "后来才有"),
        "gone_now": ("gone today", "现在没有了"),
        "same": ("the same", "相同"),
    },
    "command": {
        "seal": (
            "Seal the trail: a short code to print or to send away (--list: all of them)",
            "封存留痕：得到一个可打印或发给自己的短码（--list 列出全部）",
        ),
        "evidence": (
            "The evidence book of an order: a story as PDF and a JSON that can be checked",
            "导出一个订单的证据册：PDF 经过和可核对的 JSON",
        ),
    },
    "option": {
        "evidence.out": ("Folder to write both files to", "写入这个文件夹"),
        "evidence.number": ("Number of the order", "订单号"),
        "seal.list": ("All seals", "列出全部封存码"),
        "seal.out": ("The newest seal on a sheet, as PDF", "把最新的封存码生成一页 PDF"),
        "verify.seal": ("A seal that you kept elsewhere (may be given several times)", "您另外留存的封存码（可写多个）"),
        "verify.order": ("Check an evidence book instead of the shop", "核对一份订单证据册（JSON 文件）"),
        "who": ("Only what this person did", "只看这个人做的"),
        "what": ("Only this action, as in --json", "只看这种操作（写 --json 里的代码）"),
        "audit.field": ("Only changes of this field", "只看这个字段的改动"),
        "audit.text": ("Old value, new value or reason contain this", "原值、新值或原因里有这些字"),
        "audit.from": ("First day", "开始日期"),
        "audit.to": ("Last day", "结束日期"),
        "as_of": ("The order as it was then (with --order)", "这一单在那时的样子（要写 --order）"),
    },
    "cli": {
        "sealed": (
            "Kept in {file} too. Print it or send it to yourself: it shows later that nothing was rewritten.",
            "已同时记入 {file}。请打印或发给自己，日后可证明留痕没有被改写。",
        ),
        "nothing_to_seal": ("Nothing has happened here yet.", "这里还没有任何操作。"),
        "evidence_made": ("{entries} entries: {pdf} and {json}", "{entries} 条留痕：{pdf} 和 {json}"),
        "not_there_then": ("{number} was not in this shop at {at}; it came at {since}.", "{at} 时店里还没有 {number}，{since} 才进来。"),
        "as_of": ("As of {at}: {changes} things are otherwise today", "{at} 时的样子，与现在有 {changes} 处不同"),
        "field": ("Field", "字段"),
        "then": ("Then", "当时"),
        "now": ("Now", "现在"),
    },
    "seal_sheet": {
        "title": ("Seal of the audit trail", "操作留痕封存码"),
        "words": (
            "Keep this where nobody of the shop can change it. With it anybody can show later that the trail up to entry {seq} is the one of {day}: "
            "zhanggui verify --seal {code}",
            "请保存在店里的人改不到的地方。日后用它可以核对第 {seq} 条及以前的留痕仍是 {day} 的原样：zhanggui verify --seal {code}",
        ),
    },
}
