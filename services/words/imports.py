"""Words of the imports: files that can't be read, rows that stay out, and what to look at."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    # The file as a whole.
    "file_not_found": ("There is no file {file}. Check the name and the folder.", "找不到文件 {file}。请检查文件名和所在文件夹。"),
    "file_is_folder": ("{file} is a folder. Choose a file.", "{file} 是文件夹，请选择一个文件。"),
    "file_unreadable": (
        "{file} can't be read ({detail}). Close it in other programs or check its permissions, then try again.",
        "无法读取 {file}（{detail}）。请先在其他程序中关闭它或检查权限，再重试。",
    ),
    "file_empty": ("{file} is empty. Export it again.", "{file} 是空文件。请重新导出。"),
    "file_no_table": (
        "{file} holds no table. Export orders or goods as csv or xlsx.",
        "{file} 里没有表格。请导出为 csv 或 xlsx 格式的订单或商品表。",
    ),
    "workbook_cut": (
        "{file} is a workbook of which the end is missing. Download or export it again.",
        "{file} 是不完整的工作簿，文件末尾缺失。请重新下载或导出。",
    ),
    "workbook_too_big": (
        "{file} unpacks to more than an order list can hold. Export a shorter period, or save the sheet as csv.",
        "{file} 解压后过大，超出订单报表的范围。请缩短时间范围后重新导出，或另存为 csv。",
    ),
    "file_too_big": (
        "{file} has {size} MB, far more than an order list. Export a shorter period.",
        "{file} 有 {size} MB，远超一般订单报表。请缩短时间范围后重新导出。",
    ),
    "workbook_slow": (
        "{file} could not be read within {seconds} seconds; it is too big or made to be so. Export a shorter period, or save it as csv.",
        "{file} 在 {seconds} 秒内没有读完，文件过大或内容异常。请缩短时间范围后重新导出，或另存为 csv。",
    ),
    "workbook_xml": (
        "{file} is a spreadsheet in XML form of 2003. Open it in a spreadsheet program, save it as xlsx, and import that.",
        "{file} 是 2003 版 XML 表格。请用表格软件打开，另存为 xlsx 后再导入。",
    ),
    "reader_not_started": (
        "{file} was not read: the program that reads workbooks could not be started ({detail}). Free some memory and try again.",
        "没有读取 {file}：读取工作簿的程序无法启动（{detail}）。请释放一些内存后重试。",
    ),
    "row_endless": (
        "In {file}, row {row} does not end: a quotation mark is missing or one too many, or it is no text at all. Export it again.",
        "{file} 第 {row} 行没有结尾：引号多了或少了，或者文件不是文本。请重新导出。",
    ),
    "rows_unfit": (
        "Most rows of {file} do not fit its headings ({rows} rows, the first is row {row}). Choose another delimiter or heading row, or"
        " export it again.",
        "{file} 的大多数行与表头对不上（{rows} 行，第一行是第 {row} 行）。请换一个分隔符或表头行，或重新导出。",
    ),
    "header_row_missing": (
        "{file} has no row {row}, or it is blank. Choose another heading row.",
        "{file} 没有第 {row} 行，或该行为空。请选择别的表头行。",
    ),
    "option_unfit_encoding": ("{file} is a workbook and has no encoding to choose. Leave it out.", "{file} 是工作簿，不用选择编码。"),
    "option_unfit_delimiter": (
        "{file} is no text file and has no delimiter to choose. Leave it out.",
        "{file} 不是文本文件，不用选择分隔符。",
    ),
    "option_unfit_sheet": ("{file} is no workbook and has no sheets to choose from. Leave it out.", "{file} 不是工作簿，不用选择工作表。"),
    "usage_reading_delimiter": ("{value} can't part cells. Possible: {choices}.", "“{value}”不能作分隔符。可用：{choices}。"),
    "usage_reading_decimal": ("{value} can't stand before the decimals. Possible: {choices}.", "“{value}”不能作小数点。可用：{choices}。"),
    "usage_reading_header_row": ("{value} is no heading row. Possible: {choices}.", "“{value}”不能作表头行号。可用：{choices}。"),
    "usage_reading_date": ("{value} is no order of dates. Possible: {choices}.", "“{value}”不是日期顺序。可用：{choices}。"),
    "usage_reading_unknown": ("There is no option {option}. There are: {choices}.", "没有选项 {option}。可用：{choices}。"),
    "zip_no_workbook": (
        "{file} is a zip archive, no workbook. Unpack it and import the file inside.",
        "{file} 是压缩包，不是工作簿。请解压后导入里面的文件。",
    ),
    "workbook_encrypted": (
        "{file} is locked with a password. Open it in a spreadsheet program, save it without password, and import that.",
        "{file} 设有密码。请用表格软件打开，去掉密码另存后再导入。",
    ),
    "workbook_ole": (
        "{file} is an old or protected Office file, but no workbook that can be read. Save it as xlsx and import that.",
        "{file} 是旧版或受保护的文档，不是可读取的工作簿。请另存为 xlsx 后再导入。",
    ),
    "workbook_broken": (
        "{file} can't be read as a workbook ({detail}). Export it again or save it as csv.",
        "无法读取工作簿 {file}，内容已损坏。请重新导出，或另存为 csv。",
    ),
    "sheet_unknown": (
        "{file} has no sheet {sheet}. It has: {sheets}.",
        "{file} 中没有工作表“{sheet}”。现有：{sheets}。",
    ),
    "html_no_table": (
        "{file} is a web page without a table. Export it again as xlsx or csv.",
        "{file} 是没有表格的网页。请重新导出为 xlsx 或 csv。",
    ),
    "encoding_unknown": ("There is no encoding {encoding}. Use utf-8 or gb18030.", "没有名为 {encoding} 的编码。请使用 utf-8 或 gb18030。"),
    "encoding_wrong": ("{file} can't be read as {encoding}. Choose another encoding.", "{file} 无法按 {encoding} 编码读取。请换一种编码。"),
    "headings_damaged": (
        "The headings of {file} hold bytes that {encoding} does not know. Choose another encoding or export it again.",
        "{file} 的表头含有 {encoding} 无法识别的字节。请换一种编码，或重新导出。",
    ),
    "format_unknown": ("There is no format {format}. Known: {known}.", "没有名为 {format} 的格式。可用：{known}。"),
    "format_not_recognised": (
        "The headings of {file} belong to no known format ({headings} …). Say what they mean: Match the columns, or --map on the command line.",
        "{file} 的表头不属于任何已知格式（{headings} ……）。请用“对应字段”（命令行用 --map）说明各列是什么。",
    ),
    "headings_missing": (
        "{file} lacks a column that is needed: {headings}. Export it with that column.",
        "{file} 缺少必需的列：{headings}。请勾选该列后重新导出。",
    ),
    "map_target": ("The map has an unknown target {target}.", "映射中有未知的目标字段 {target}。"),
    "map_target_missing": ("The map lacks {target}; no row comes in without it.", "映射缺少 {target}，没有它无法导入。"),
    "map_source": (
        "The map says nothing usable for {target}. See the manual for its forms.",
        "映射中 {target} 的写法无法识别。写法请见说明。",
    ),
    "map_option": (
        "The option {option} of the map is unknown or has a value that can't be used.",
        "映射的选项 {option} 未知，或其值无法使用。",
    ),
    "map_heading_missing": (
        "{file} has no column {heading}, which the map wants for {target}.",
        "{file} 没有“{heading}”列，而映射用它作 {target}。",
    ),
    "map_const": ("The map's constant {value} can't be used for {target}.", "映射中的固定值 {value} 不能用于 {target}。"),
    # Single rows.
    "row_short": ("the row has {cells_found} cells, the headings {columns}", "该行只有 {cells_found} 格，表头有 {columns} 列"),
    "row_long": ("the row has {cells_found} cells, the headings only {columns}", "该行有 {cells_found} 格，表头只有 {columns} 列"),
    "row_cut": ("the row is cut off: the file ends in the middle of it", "该行不完整：文件在此处中断"),
    "byte_undecodable": ("a byte belongs to no character of {encoding}", "有字节不属于 {encoding} 的任何字符"),
    "byte_zero": (
        "a byte is zero: the file was damaged on its way or never fully written",
        "有零字节：文件在传输中损坏，或没有写完",
    ),
    "id_missing": ("the order number is missing", "缺少订单编号"),
    "id_scientific": (
        "the order number lost its digits (scientific notation); export again and don't save the file in a spreadsheet program",
        "订单编号已变成科学计数法，末尾数字丢失；请重新导出，不要用表格软件另存",
    ),
    "id_malformed": ("this is no order number", "这不是订单编号"),
    "code_scientific": ("the merchant code lost its digits (scientific notation)", "商家编码已变成科学计数法，数字丢失"),
    "code_missing": ("the merchant code is missing", "缺少商家编码"),
    "phone_scientific": ("the phone number lost its digits (scientific notation)", "电话号码已变成科学计数法，数字丢失"),
    "amount": ("this is no amount", "这不是金额"),
    "decimal_comma": (
        "the comma in the amount parts no thousands, and the column as a whole does not show that it is a decimal comma; say which it is",
        "金额里的逗号不是千位分隔，整列也看不出是小数逗号；请指定小数点写法",
    ),
    "decimals": ("the amount has more than two decimals", "金额超过两位小数"),
    "amount_negative": ("the amount is below zero", "金额小于零"),
    "quantity": ("the quantity is no whole number above zero", "数量不是大于零的整数"),
    "weight": ("this is no weight", "这不是重量"),
    "stock_negative": ("the stock is below zero", "库存小于零"),
    "time": ("this is no time", "这不是时间"),
    "status_unknown": ("the status is unknown; nothing is guessed", "未知的订单状态；不作猜测"),
    "refund_state_unknown": ("the refund's state is unknown; nothing is guessed", "未知的退款状态；不作猜测"),
    "refund_above_paid": ("more is refunded than was paid", "退款金额大于实付金额"),
    "order_twice": (
        "the same order number with other content in row {other}; neither came in",
        "与第 {other} 行订单编号相同但内容不同；两行都未导入",
    ),
    "order_incomplete": (
        "row {other} of this order was rejected, so the order did not come in by halves",
        "该订单的第 {other} 行被拒绝，整个订单未导入",
    ),
    "line_twice": (
        "the same line number with other content in row {other}; the order did not come in",
        "与第 {other} 行子订单编号相同但内容不同；该订单未导入",
    ),
    "case_number": ("this is no after-sale number", "这不是退款编号"),
    "case_kind_unknown": ("the kind of after-sale is unknown; nothing is guessed", "未知的售后类型；不作猜测"),
    "case_twice": (
        "the same after-sale number with other content in row {other}; neither came in",
        "与第 {other} 行退款编号相同但内容不同；两行都未导入",
    ),
    "goods_twice": (
        "the same merchant code with other values in row {other}; neither came in",
        "与第 {other} 行商家编码相同但内容不同；两行都未导入",
    ),
    # To look at.
    "heading_unknown": ("The column {heading} is not known; its cells are kept with the batch.", "未知的列“{heading}”；其内容随批次保存。"),
    "heading_doubled": ("The column {heading} appears twice; the first one counts.", "列“{heading}”出现两次；以第一列为准。"),
    "sheet_left": (
        "The sheet {sheet} holds a table that is known too. It was not read; import the file again with that sheet.",
        "工作表“{sheet}”也是可识别的表格，这次没有读取；请选择该工作表再导入一次。",
    ),
    "days_guessed": (
        "Nothing tells day from month in the dates; read as day/month/year. Choose the order of dates if that is wrong.",
        "日期分不清日和月，按“日/月/年”读取。如有误请指定日期顺序。",
    ),
    "row_repeated": ("the row repeats row {other}; once is enough", "该行与第 {other} 行完全相同；只计一次"),
    "flag_unknown": ("the flag's colour is unknown and was left out", "未知的旗帜颜色，已忽略"),
    "tracking_scientific": (
        "the tracking number lost its digits (scientific notation) and was left out",
        "运单号已变成科学计数法，数字丢失，已忽略",
    ),
    "case_order_unknown": (
        "after-sale {case}: its order {number} is not here yet; kept until it comes in",
        "退款 {case}：订单 {number} 尚未导入；先保存，订单导入后自动补上",
    ),
    "case_over_paid": (
        "after-sale {case} would give back more than was paid for {number}; it was left out, look at both on the platform",
        "退款 {case} 会超过订单 {number} 的实付金额，未计入；请到平台核对",
    ),
    "entry_case": (
        "order {number}: {case_kind}, {amount}, {case_state} (after-sale {case})",
        "订单 {number}：{case_kind} {amount} 元，{case_state}（退款编号 {case}）",
    ),
    "currency_other": ("the order is in another currency than this shop", "订单的币种与本店不同"),
    "item_unknown": ("the goods of the order are not written as expected", "商品列的写法无法识别"),
    "order_repeated": ("the same order number in several rows; none of them came in", "多行是同一个订单编号，都未导入"),
    "totals_missing": (
        "The totals at the end of the file are missing: it was cut off. Export it again.",
        "文件末尾没有合计行，文件不完整。请重新导出。",
    ),
    "not_counted": ("{code} has no count and was passed over", "{code} 没有填实盘数，已跳过"),
    "counts_added": ("{code} stands in {count} rows; its counts were added up", "{code} 有 {count} 行，实盘数已相加"),
    "entry_sku_unknown": ("there is no SKU with the code or barcode {number}", "没有编码或条码为 {number} 的规格"),
    "entry_count_differs": (
        "{number}: {counted} counted, {expected} expected ({difference})",
        "{number}：实盘 {counted}，账面 {expected}（{difference}）",
    ),
    "entry_count_agrees": ("{number}: {counted}, as expected", "{number}：{counted}，账实相符"),
    "entry_count_below_zero": (
        "{number}: {counted} counted, {expected} expected; with {on_hand} on hand now it can't go down by so many. Count it again",
        "{number}：实盘 {counted}，账面 {expected}，现在库 {on_hand}，不够减；请重新清点",
    ),
    "flow_missing": ("the flow number is missing", "缺少流水号"),
    "flow_scientific": (
        "the flow number lost its digits (scientific notation); export again and don't save the file in a spreadsheet program",
        "流水号已变成科学计数法，末尾数字丢失；请重新导出，不要用表格软件另存",
    ),
    "totals_differ": (
        "The file's own total does not agree with its rows ({side}: {count} bookings, {amount}; found {found}, {sum}). Rows are missing or were"
        " changed: export it again.",
        "文件末尾的{side}合计为 {count} 笔、{amount} 元，实际只有 {found} 笔、{sum} 元。有行缺失或被改动，请重新导出。",
    ),
    "balance_breaks": (
        "the balance {balance} does not follow from the row before: a booking is missing",
        "余额 {balance} 与上一行接不上：中间缺了明细",
    ),
    "tracking_missing": ("the tracking number is missing", "缺少运单号"),
    "tracking_digits": (
        "the tracking number lost its digits (scientific notation); export again and don't save the file in a spreadsheet program",
        "运单号已变成科学计数法，末尾数字丢失；请重新导出，不要用表格软件另存",
    ),
    "carrier_missing": ("the carrier is missing, and the number fits none or several", "缺少快递公司，运单号也看不出是哪家"),
    "carrier_other": ("the carrier {carrier} is not known; taken as another carrier", "不认识快递公司“{carrier}”，按“其他快递”处理"),
    "entry_ship": ("order {number} ships with {carrier_name} {tracking_number}", "订单 {number} 发货，{carrier_name} {tracking_number}"),
    "entry_ship_more": (
        "order {number} has a further parcel, {carrier_name} {tracking_number}",
        "订单 {number} 还有一个包裹，{carrier_name} {tracking_number}",
    ),
    "entry_already_has_this_number": (
        "order {number} has the number {tracking_number} already",
        "订单 {number} 已经有运单号 {tracking_number}",
    ),
    "entry_repeat_of_a_row": ("order {number}: the row repeats row {other}", "订单 {number}：与第 {other} 行重复"),
    "entry_unmatched": ("order {number} is not here; import the order list first", "没有订单 {number}，请先导入订单报表"),
    "entry_refused": ("order {number} does not ship: {blockers}", "订单 {number} 不发货：{blockers}"),
    "stock_kept": (
        "{code}: the file says {file} units, here are {here}; a goods file is no stocktake, so the stock was kept",
        "{code}：文件里库存 {file}，本店 {here}；商品表不是盘点，库存保持不变",
    ),
    "date_order_guessed": (
        "Nothing tells day from month in the column for {target}; read as day/month/year. Set the option date if that is wrong.",
        "{target} 一列无法分辨日和月，按“日/月/年”读取。如有误请设置 date 选项。",
    ),
}

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "format": {
        "taobao.orders": ("Taobao order list", "淘宝订单报表"),
        "taobao.lines": ("Taobao goods list", "淘宝宝贝报表"),
        "taobao.sold": ("Taobao sold goods", "淘宝已卖出的宝贝"),
        "pdd.orders": ("Pinduoduo order list", "拼多多订单表"),
        "douyin.orders": ("Douyin order list", "抖店订单表"),
        "jd.orders": ("JD order list", "京东订单表"),
        "shopify.orders": ("Shopify orders", "Shopify 订单表"),
        "woocommerce.orders": ("WooCommerce orders", "WooCommerce 订单表"),
        "taobao.refunds": ("Taobao refund list", "淘宝退款报表"),
        "alipay.ledger": ("Alipay account file", "支付宝账务明细"),
        "qianniu.moves": ("Qianniu account file", "千牛动账"),
        "tracking": ("Tracking file", "运单表"),
        "stocktake": ("Stocktake", "盘点表"),
        "douyin.refunds": ("Douyin after-sales", "抖店售后单"),
        "goods": ("Goods file", "商品表"),
        "map": ("Table by a map", "按映射读取的表格"),
    },
    "format_how": {
        "taobao.orders": (
            "From the seller centre, Sold items → Batch export → order list; csv or xlsx, as it was downloaded",
            "千牛“已卖出的宝贝”里批量导出的订单报表，CSV 或 Excel，下载后不要另存",
        ),
        "taobao.lines": (
            "From the same place, the goods list: one row for each goods of an order",
            "同一处导出的宝贝报表，每件宝贝一行",
        ),
        "taobao.refunds": (
            "From the seller centre, Refunds → Export; one row for each after-sale",
            "千牛“退款管理”里导出的退款报表，每笔售后一行",
        ),
        "tracking": (
            "Any table with an order number and a tracking number; its orders are shipped",
            "任意表格，有订单号和运单号；导入后这些订单发货",
        ),
        "goods": (
            "Any table with a merchant code and at least one of title, barcode, cost, price, stock, bin",
            "任意表格，有“商家编码”，再加名称、条码、成本、售价、库存、货位中至少一列",
        ),
    },
    "import_part": {
        "new": ("New", "新增"),
        "updated": ("Updated", "有变化"),
        "conflict": ("Conflicts", "冲突"),
        "held": ("Held", "搁置"),
        "rejected": ("Rejected", "拒收"),
        "unchanged": ("Unchanged", "没变"),
        "notice": ("To look at", "留意"),
    },
    "import_report": {
        "file": ("File", "文件"),
        "what": ("What", "类别"),
        "row": ("Row", "行号"),
        "order": ("Order or code", "订单号或编码"),
        "column": ("Column", "列"),
        "here": ("Here", "本店"),
        "told": ("File says", "文件"),
        "why": ("Why", "原因"),
    },
    "field": {
        "lines": ("Goods", "商品"),
        "parcels": ("Parcels", "物流"),
        "platform_status": ("Status on the platform", "平台状态"),
        "case_state": ("State of the after-sale", "售后进度"),
        "case_amount": ("Amount of the after-sale", "售后金额"),
    },
}


def format_words(key: str, lang: str) -> str:
    """`淘宝订单报表` of a report's key such as `taobao.orders.g4`."""
    found = next((code for code in TERMS["format"] if key == code or key.startswith(f"{code}.")), "")
    return TERMS["format"][found][1 if lang == "zh" else 0] if found else key
