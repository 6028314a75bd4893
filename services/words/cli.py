"""Words of the command line: its commands and options, what it answers, and how it is used wrongly."""

ERRORS: dict[str, tuple[str, str]] = {
    "no_display": (
        "There is no screen to open the window on (neither DISPLAY nor WAYLAND_DISPLAY is set). `zhanggui --help` tells what works without.",
        "没有可用的屏幕，打不开窗口（DISPLAY 和 WAYLAND_DISPLAY 都没有设置）。不用窗口也能做的事，见 zhanggui --help。",
    ),
    "usage_command_missing": (
        "Say what to do: {commands}. `zhanggui --help` explains each.",
        "请写明要做什么：{commands}。用 zhanggui --help 查看说明。",
    ),
    "usage_command_unknown": ("There is no command {word}. Commands: {commands}.", "没有命令 {word}。可用的命令：{commands}。"),
    "usage_command_nearest": ("There is no command {word}. Did you mean {nearest}?", "没有命令 {word}，是不是想用 {nearest}？"),
    "usage_option_unknown": (
        "{command} has no option {word}. See `zhanggui {command} --help`.",
        "{command} 没有选项 {word}。用 zhanggui {command} --help 查看可用的选项。",
    ),
    "usage_option_nearest": (
        "{command} has no option {word}. Did you mean {nearest}?",
        "{command} 没有选项 {word}，是不是想用 {nearest}？",
    ),
    "usage_value_missing": ("{option} needs a value after it.", "{option} 后面要写上内容。"),
    "usage_value_extra": ("{option} takes no value.", "{option} 后面不用写内容。"),
    "usage_missing": (
        "{command} needs {what}. See `zhanggui {command} --help`.",
        "{command} 缺少 {what}。用 zhanggui {command} --help 查看用法。",
    ),
    "usage_extra": (
        "{command} does not know what to do with: {what}. Put a text with blanks in quotes.",
        "{command} 用不上多出来的内容：{what}。带空格的文字请加引号。",
    ),
    "usage_choice": ("{option} can't be {value}; choose one of: {choices}.", "{option} 不能是 {value}，可选：{choices}。"),
    "usage_set": (
        "Write --set field=value, for example --set memo=Fragile. This has no “=”: {word}",
        "请写成 --set 字段=内容，例如 --set memo=易碎。这里没有等号：{word}",
    ),
    "usage_line": (
        "Write --line NUMBER=QTY with the line's number, code or place in the order, for example --line 1=2. Not understood: {word}",
        "请写成 --line 子订单号=件数，也可以用商家编码或第几行，例如 --line 1=2。看不懂：{word}",
    ),
    "usage_together": ("{first} and {second} can't go together.", "{first} 和 {second} 不能一起用。"),
    "usage_field": ("There is no field {word}. Fields: {known}.", "没有字段 {word}。可用的字段：{known}。"),
    "usage_field_nearest": ("There is no field {word}. Did you mean {nearest}?", "没有字段 {word}，是不是想用 {nearest}？"),
    "not_a_number": ("{name} must be a whole number from {least} on, not {value}.", "{name} 要写整数，最小 {least}，不能是 {value}。"),
    "not_an_amount": (
        "{name} must be an amount with at most two decimals, such as 34.10, not {value}.",
        "{name} 要写金额，最多两位小数，例如 34.10，不能是 {value}。",
    ),
    "nothing_shipped": ("Nothing was shipped. {why}", "没有发货。{why}"),
    "nothing_to_print": (
        "No order matches {query}, so nothing was printed. Try another search.",
        "没有符合 {query} 的订单，没有打印。请换个条件。",
    ),
    "all_refused": ("None of {count} sheets can be printed, nothing was written. {why}", "{count} 张都不能打印，没有写出文件。{why}"),
    "file_not_written": (
        "The file can't be written: {path} ({why}). Choose another place; nothing was changed.",
        "文件写不进去：{path}（{why}）。请换个位置；数据没有改动。",
    ),
    "files_failed": ("{failed} of {count} files could not be imported: {why}", "{count} 个文件中有 {failed} 个没有导入：{why}"),
    "verify_failed": (
        "The shop does not add up: {checks}. Keep a copy of the folder, restore the newest backup that passes, and report this.",
        "账目核对不上：{checks}。请先复制保留店铺文件夹，再恢复最近一份核对无误的备份，并反馈这个问题。",
    ),
    "verify_rebuildable": (
        "The shop's own figures differ from its orders: {checks}. The orders are sound; `zhanggui rebuild` makes the figures anew.",
        "统计或索引和订单对不上：{checks}。订单本身没有问题，用 zhanggui rebuild 重建即可。",
    ),
    "map_unreadable": (
        "The map {file} is no JSON object ({why}). See the documentation of --map.",
        "映射文件 {file} 不是 JSON 对象（{why}）。请参考 --map 的说明。",
    ),
    "interrupted": ("Stopped. What was finished stays; nothing is half done.", "已中断。已完成的保留，没有做到一半的改动。"),
    "answer_lost": (
        "The answer can't be written ({why}). What the command did is done; `zhanggui audit` tells it.",
        "结果写不出去（{why}）。命令已经做完，可以用 zhanggui audit 查看。",
    ),
    "machine_refused": (
        "The computer refused: {path} ({why}). Check the place and try again.",
        "电脑不允许：{path}（{why}）。请检查后再试。",
    ),
    "bug": (
        "Something went wrong that should not ({what}). What was not finished was not kept. A report is in {path}",
        "出现了不该有的错误（{what}）。没有完成的改动不会保留。报告在 {path}",
    ),
}

_QUERY = (
    "Which orders, as in the search bar: words, field:value (status:shipped paid>100 -buyer:tb01)",
    "哪些订单，和搜索栏一样：文字，或 字段:内容（状态:已发货 实付>100 -买家:tb01）",
)
_PRINT = (_QUERY[0] + "; without it all that is to be shipped", _QUERY[1] + "；不写就是全部待发货")
_REASON = ("Why; stays on record", "原因，会留在操作留痕里")

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "help": {
        "orders": (
            "Words are looked for in number, buyer, recipient, phone, tags, memo, message and goods; all must hold. A whole order or\n"
            "tracking number and the last four digits of an order or phone find exactly that.\n"
            "Fields: number buyer recipient phone tail province city district address goods sku status flag tag memo message quantity\n"
            "  payable paid refunded freight created paid_at shipped_at ship_by late blocker checked printed carrier tracking case tier\n"
            "  priority repeat masked channel import …\n"
            'Write  status:shipped,completed  paid>=100  paid:100..200  created:7d  paid_at:2026-11  -flag:red  memo!=""  (a OR b)  "a b"',
            "文字会在订单号、买家、收货人、电话、标签、备注、留言、商品里找，几个词要同时符合。完整的订单号、运单号，\n"
            "或订单号、手机号的后四位，只找完全一致的。\n"
            "字段：订单号 买家 收货人 电话 尾号 省 市 区 地址 商品 编码 状态 旗 标签 备注 留言 数量 应付 实付 退款 运费 下单 付款 发货\n"
            "  最晚发货 超时 阻碍 已核对 已打印 快递 运单号 售后 等级 优先 回头客 脱敏 渠道 批次……\n"
            '写法：状态:待发货,已发货  实付>=100  实付:100..200  下单:7天  付款:2026-11  -旗:红  备注!=""  (甲 或 乙)  "甲 乙"',
        ),
    },
    "command": {
        "demo": (
            "Fill an empty shop with invented orders, goods and after-sales, to look at and to train on",
            "给空店铺生成演示数据：订单、商品、售后，供熟悉和练习",
        ),
        "import": (
            "Bring in export files of the platform: order lists, goods lists, any table with --map",
            "导入平台导出的文件：订单报表、宝贝报表，或用 --map 导入任意表格",
        ),
        "goods": ("Bring in a goods file: code, title, barcode, cost, price, stock", "导入商品表：编码、名称、条码、成本、价格、库存"),
        "tracking": (
            "Ship the orders of a tracking file: order number, carrier, tracking number; blockers are checked",
            "按运单表发货：订单号、快递公司、运单号，同样检查阻碍",
        ),
        "match": (
            "Say which SKU a platform's goods code stands for; remembered for all orders",
            "指定平台商品编码对应哪个规格，以后的订单都按此匹配",
        ),
        "orders": ("Search orders", "查订单"),
        "edit": (
            "Change memo, flag, tags or address of an order; old and new stay on record",
            "修改订单的备注、旗帜、标签或地址，新旧内容都会留痕",
        ),
        "ship": ("Ship orders: stock goes down, blockers are checked", "发货：扣减库存，检查阻碍"),
        "slips": ("Packing slips as PDF", "生成发货单（PDF 文件）"),
        "picklist": ("The pick list as PDF: goods summed by bin and SKU", "生成拣货单（PDF 文件），按货位和规格汇总"),
        "labels": ("Address labels as PDF", "生成地址标签（PDF 文件）"),
        "stock": ("What is on hand, reserved, available and short", "查库存：在库、占用、可售、缺货"),
        "receive": ("Book goods that came in; --title makes a new SKU", "收货入库；写上 --title 可以新建规格"),
        "adjust": ("Set on hand to what was counted", "按盘点结果调整库存"),
        "refund": ("Give money back, with or without the goods", "退款，可带退货"),
        "report": ("A report as a table; --list names them", "查看报表；--list 列出全部"),
        "audit": ("Who changed what, when and why", "操作留痕：谁在何时改了什么、为什么"),
        "verify": ("Recompute every ledger, sum and the audit chain", "重新核对账目、库存、汇总和留痕链"),
        "rebuild": (
            "Make counts, search text and the sums of reports anew from the orders; changes no order",
            "按订单重建统计、搜索索引和报表汇总，不改动订单",
        ),
        "export": ("Write orders to xlsx, csv or json", "把订单导出为 xlsx、csv 或 json"),
        "screenshots": ("Pictures of every page (--out DIR)", "给每个页面截图（--out 文件夹）"),
    },
    "option": {
        "shop": ("The shop's folder; made at first use", "店铺文件夹，第一次使用时新建"),
        "lang": ("Language of words and paper", "语言；单据也用这种语言"),
        "json": ("One JSON object on stdout, nothing else", "只输出一个 JSON 对象"),
        "as": ("Who acts, for the record", "操作人，会留痕"),
        "help": ("Explain", "查看说明"),
        "query": _QUERY,
        "slips.query": _PRINT,
        "labels.query": _PRINT,
        "export.fields": ("Only these columns, in this order", "只要这些列，按此顺序"),
        "export.lines": ("One row a line of goods instead of one an order", "每行一件商品，而不是每行一单"),
        "picklist.query": _PRINT,
        "stock.query": ("Words in code, title, properties, barcode or bin", "编码、名称、规格、条码或货位里的文字"),
        "sort": ("Sort by a field; -FIELD for downwards", "按字段排序，前面加 - 为倒序"),
        "limit": ("At most so many", "最多多少条"),
        "group": (
            "Within a group: one of yours by its name, or a ready-made one (Late, Rush, Big orders …)",
            "在某个分组里查：自己的分组，或现成分组（已超时、加急、大额订单……）",
        ),
        "fields": ("Only these keys", "只要这些字段"),
        "out": ("Where to write", "写到哪里"),
        "size": (
            "Sheet: a5, 100x150 (slips); a4, a5 (pick list); 100x150, 76x130 (labels)",
            "纸张：发货单 a5、100x150；拣货单 a4、a5；标签 100x150、76x130",
        ),
        "prices": ("Print prices too", "印上价格"),
        "no_record": ("A preview: not on record as printed", "只是预览，不记入打印记录"),
        "reason": _REASON,
        "number": ("Order number, or channel:number", "订单号，或 渠道:订单号"),
        "numbers": ("Order numbers; several with one tracking number go in one parcel", "订单号；几单共用一个运单号就是合并发货"),
        "carrier": ("Carrier's code or name: SF, ZTO, YTO …", "快递公司代码或名称：SF、ZTO、YTO、中通……"),
        "tracking": ("Tracking number", "运单号"),
        "override": (
            "Pass over a blocker (shortage, goods_unmatched …); needs --reason",
            "跳过阻碍（shortage、goods_unmatched……），要写 --reason",
        ),
        "set": (
            "memo, flag (0-5 or colour), tags, recipient, phone, province, city, district, address …",
            "memo 备注、flag 旗帜（0–5 或颜色）、tags 标签、收货人、电话、省市区、地址……",
        ),
        "more": ("Further fields", "更多字段"),
        "kind": ("refund_only or return_and_refund", "refund_only 仅退款，return_and_refund 退货退款"),
        "amount": (
            "What is given back, freight included; without it what the lines were paid with",
            "退多少，含运费；不写就按所选商品的实付计算",
        ),
        "freight": ("How much of it is freight", "其中运费多少"),
        "line": ("Goods and units: line number, code or place = units", "商品和件数：子订单号、商家编码或第几行=件数"),
        "restock": ("The returned units are fine and go back on the shelf", "退回的商品完好，重新入库"),
        "damaged": ("The units are damaged", "商品已损坏，报损"),
        "fault": (
            "quality, wrong_or_missing, carrier, buyer_choice, other",
            "责任：quality 质量、wrong_or_missing 错漏发、carrier 快递、buyer_choice 买家、other 其他",
        ),
        "key": ("A word of your own: the same request twice is one case", "自定的防重复标记：同一标记只生成一个售后单"),
        "code": ("Merchant code or barcode", "商家编码或条码"),
        "match.code": (
            "The goods' code on the platform; without one its item id or title, followed by the properties",
            "平台上的商家编码；没有编码时写商品ID或标题，再加规格",
        ),
        "sku": ("Our merchant code", "我们的商家编码"),
        "units": ("How many", "多少件"),
        "cost": ("Cost of one unit", "每件成本"),
        "title": ("Name of a new SKU", "新规格的名称"),
        "note": ("A remark on the movement", "流水备注"),
        "counted": ("Units counted", "实际盘点的件数"),
        "unmatched": ("List the goods that stand for no SKU yet", "列出还没匹配的商品"),
        "name": ("The report's name", "报表名称"),
        "list": ("Name all reports", "列出全部报表"),
        "from": ("First day: 2026-11-01, 2026-11, 2026", "开始日期：2026-11-01、2026-11、2026"),
        "to": ("Last day", "结束日期"),
        "by": ("By day, week, month …", "按日、周、月……"),
        "order": ("Only this order", "只看这个订单"),
        "audit.limit": ("Only the latest so many", "只看最近多少条"),
        "digest": ("A fingerprint of all rows besides", "另外给出全部数据的指纹"),
        "files": ("Files to import", "要导入的文件"),
        "file": ("File to import", "要导入的文件"),
        "format": ("Say which format instead of finding out", "指定格式，不自动识别"),
        "map": ("A JSON file that says which column is what", "说明各列含义的 JSON 文件"),
        "dry_run": ("Say what would happen, change nothing", "只看结果，不写入数据"),
        "orders": ("How many orders", "多少个订单"),
        "seed": ("Another number, another shop", "换个数字就是另一家店"),
    },
    "cli": {
        "command": ("COMMAND", "命令"),
        "about": (
            "The order desk for one small shop. Without a command the window opens.",
            "小店订单工作台。不写命令就打开窗口。",
        ),
        "number": ("Number", "订单号"),
        "status": ("Status", "状态"),
        "buyer": ("Buyer", "买家"),
        "recipient": ("Recipient", "收货人"),
        "goods": ("Goods", "商品"),
        "quantity": ("Qty", "数量"),
        "paid": ("Paid", "实付"),
        "created": ("Ordered", "下单"),
        "blockers": ("Blockers", "阻碍"),
        "bin": ("Bin", "货位"),
        "code": ("Code", "编码"),
        "title": ("Title", "名称"),
        "properties": ("Properties", "规格"),
        "on_hand": ("On hand", "在库"),
        "reserved": ("Reserved", "占用"),
        "available": ("Available", "可售"),
        "shortage": ("Shortage", "缺货"),
        "cost": ("Cost", "成本"),
        "lines": ("Lines", "订单行"),
        "waiting": ("Waiting", "待发件数"),
        "found": ("{count} orders, paid {paid}, refunded {refunded}", "{count} 单，实付 {paid}，退款 {refunded}"),
        "edited": ("{number}: changed and on record.", "{number}：已修改并留痕。"),
        "as_before": ("{number}: was so already, nothing changed.", "{number}：内容相同，没有改动。"),
        "shipped": ("{number}: shipped", "{number}：已发货"),
        "part_shipped": ("{number}: shipped in part, the rest waits for stock", "{number}：部分发货，其余等待补货"),
        "not_shipped": ("Not shipped: {why}", "没有发货：{why}"),
        "received": ("{code}: {units} received, {on_hand} on hand", "{code}：入库 {units} 件，在库 {on_hand} 件"),
        "adjusted": ("{code}: {on_hand} on hand ({difference})", "{code}：在库 {on_hand} 件（{difference}）"),
        "matched": ("{code} is {sku} from now on: {lines} lines matched", "{code} 以后就是 {sku}，匹配了 {lines} 行"),
        "unmatched_left": (
            "{count} goods stand for no SKU yet: zhanggui stock --unmatched",
            "还有 {count} 种商品没有匹配规格：zhanggui stock --unmatched",
        ),
        "document_made": ("{pages} pages for {orders} orders: {file}", "{orders} 单共 {pages} 页：{file}"),
        "characters_missing": ("{numbers}: the font lacks {characters}, printed as 〓", "{numbers}：字体缺少 {characters}，印成了 〓"),
        "refunded": (
            "{case} {number}: {state}, {amount} back; {ceiling} may still be refunded",
            "{case} {number}：{state}，退款 {amount}，还能退 {ceiling}",
        ),
        "demo_made": (
            "{orders} orders, {lines} lines, {skus} SKUs, {customers} customers in {seconds} s: {shop}",
            "订单 {orders}，子订单 {lines}，规格 {skus}，客户 {customers}，用时 {seconds} 秒：{shop}",
        ),
        "exported": ("{rows} rows: {file}", "{rows} 行：{file}"),
        "imported": (
            "{file}: {new} new, {updated} updated, {unchanged} unchanged, {conflicts} to decide, {rejected} rows rejected",
            "{file}：新增 {new}，更新 {updated}，不变 {unchanged}，待定 {conflicts}，拒绝 {rejected} 行",
        ),
        "tracked": (
            "{file}: {shipped} shipped, {already} had their number, {refused} refused, {unmatched} not here, {rejected} rows rejected",
            "{file}：发货 {shipped}，已有运单号 {already}，不能发 {refused}，没有这个订单 {unmatched}，拒绝 {rejected} 行",
        ),
        "tracked_dry": (
            "{file}, nothing written yet: {shipped} ship, {already} have their number, {refused} refused, {unmatched} not here,"
            " {rejected} rows rejected",
            "{file}，尚未写入：可发货 {shipped}，已有运单号 {already}，不能发 {refused}，没有这个订单 {unmatched}，拒绝 {rejected} 行",
        ),
        "imported_dry": (
            "{file}, nothing written yet: {new} new, {updated} updated, {unchanged} unchanged, {conflicts} to decide, {rejected} rows rejected",
            "{file}，尚未写入：新增 {new}，更新 {updated}，不变 {unchanged}，待定 {conflicts}，拒绝 {rejected} 行",
        ),
        "and_more": ("… and {count} more: see --json", "……还有 {count} 条，加 --json 查看"),
        "row": ("Row {row}", "第 {row} 行"),
        "name": ("Name", "名称"),
        "by": ("By", "口径"),
        "check": ("Check", "核对项"),
        "outcome": ("Outcome", "结果"),
        "detail": ("Detail", "说明"),
        "check_ok": ("ok", "正常"),
        "check_bad": ("WRONG", "有误"),
        "digest": ("Digest", "指纹"),
        "all_true": ("All of it is true.", "全部核对无误。"),
        "rebuilt": ("Made anew: search text of {orders} orders, sums of {days} days", "已重建：{orders} 个订单的搜索文本，{days} 天的汇总"),
    },
    "progress": {
        "read": ("Rows read", "读取行"),
        "regions": ("Orders added up", "汇总订单"),
        "planned": ("Rows compared", "比对行"),
        "written": ("Orders written", "写入订单"),
        "changed": ("Orders changed", "更新订单"),
        "seen_again": ("Orders seen again", "核对订单"),
        "search_text": ("Search text", "搜索文本"),
        "sums": ("Days added up", "汇总天数"),
        "packing_slip": ("Packing slips", "发货单"),
        "label": ("Labels", "地址标签"),
        "pick_list": ("Pick list", "拣货单"),
        "demo": ("Orders", "订单"),
        "export": ("Rows", "行"),
        "verify": ("Checks", "核对项"),
    },
    "blocker": {
        "order_not_found": ("No such order in this shop", "店里没有这个订单"),
        "number_in_two_channels": ("In several channels, say which:", "多个渠道都有，请写明："),
        "different_buyers": ("Not one buyer and address", "买家或地址不同，不能合并发货"),
        "second_number": ("The file gives it another number already", "文件里已给了另一个运单号"),
    },
    "blocker_remedy": {
        "order_not_found": ("Check the number.", "请核对单号。"),
        "number_in_two_channels": ("Write channel:number.", "请写成 渠道:订单号。"),
        "different_buyers": ("Give each its own number.", "请各用各的运单号。"),
        "second_number": ("Leave one row for each order.", "每个订单只留一行。"),
    },
}
