"""Words of the search language: what is wrong, where, and the nearest right word."""

ERRORS: dict[str, tuple[str, str]] = {
    "query_field": (
        "There is no search field “{word}” (place {position}). Did you mean “{suggestion}”? To search for the text itself, put it in quotes.",
        "没有“{word}”这个查找项（第 {position} 个字）。是不是“{suggestion}”？要找这几个字本身，请加引号。",
    ),
    "query_value": (
        "“{word}” (place {position}) is no value of this field. Did you mean “{suggestion}”?",
        "这一项没有“{word}”这个值（第 {position} 个字）。是不是“{suggestion}”？",
    ),
    "query_amount": (
        "“{word}” (place {position}) is no amount. Write it like {suggestion}.",
        "“{word}”不是金额（第 {position} 个字），请写成 {suggestion} 这样。",
    ),
    "query_count": (
        "“{word}” (place {position}) is no whole number. Write it like {suggestion}.",
        "“{word}”不是整数（第 {position} 个字），请写成 {suggestion} 这样。",
    ),
    "query_time": (
        "“{word}” (place {position}) is no day. Did you mean “{suggestion}”? Also today, 7d, 2026-11, 2026-11-01..2026-11-11.",
        "“{word}”不是日期（第 {position} 个字）。是不是“{suggestion}”？也可以写 今天、7天、2026-11、2026-11-01..2026-11-11。",
    ),
    "query_batch": (
        "“{word}” (place {position}) is no import batch. Write it like {suggestion}.",
        "“{word}”不是导入批次（第 {position} 个字），请写成 {suggestion} 这样。",
    ),
    "query_op": (
        "“{word}” (place {position}): {field} can't be greater or less. Write {suggestion}",
        "“{word}”（第 {position} 个字）：这一项不能比大小，请写 {suggestion}",
    ),
    "query_one_value": (
        "“{word}” (place {position}): greater or less takes one value. For several or for a range write {suggestion}",
        "“{word}”（第 {position} 个字）：比大小只能跟一个值；几个值或一段范围请写 {suggestion}",
    ),
    "query_no_range": (
        "“{word}” (place {position}): {field} has no ranges. To search for the dots themselves write {suggestion}",
        "“{word}”（第 {position} 个字）：这一项没有范围。要找这几个点本身，请写 {suggestion}",
    ),
    "query_backwards": (
        "The range {word} (place {position}) ends before it begins. Did you mean {suggestion}?",
        "范围 {word}（第 {position} 个字）前后颠倒，是不是 {suggestion}？",
    ),
    "query_quote": (
        "The quote at place {position} is not closed. Write {suggestion}",
        "第 {position} 个字的引号没有配对，请写 {suggestion}",
    ),
    "query_empty": (
        "There is nothing between the quotes at place {position}. Write what to search for.",
        "第 {position} 个字的引号里没有内容，请写要找的字。",
    ),
    "query_unexpected": (
        "“{word}” can't stand at place {position}. To search for the text itself write {suggestion}",
        "“{word}”不能放在这里（第 {position} 个字）。要找这几个字本身，请写 {suggestion}",
    ),
    "query_unfinished": (
        "Something is missing after “{word}” (place {position}): a value, a word or a closing bracket.",
        "“{word}”后面还缺内容（第 {position} 个字）：值、词或右括号。",
    ),
    "query_comma": (
        "A comma parts several values of one field. Put a blank before “{word}” (place {position}).",
        "逗号用来隔开同一项的几个值。“{word}”（第 {position} 个字）是另一个条件，请用空格隔开。",
    ),
    "query_value_missing": (
        "A condition has no value. Fill it in or take the condition out.",
        "有一个条件没有填内容，请填上，或去掉这个条件。",
    ),
    "query_unprintable": (
        "The character {word} at place {position} can't be searched for. Take it out.",
        "第 {position} 个字是不能查找的字符（{word}），请删掉。",
    ),
    "query_too_long": (
        "The search is longer than {most} characters. Shorten it.",
        "查找条件超过 {most} 个字，请缩短。",
    ),
    "query_too_deep": (
        "The search has too many parts (at most {most}). Split it up.",
        "查找条件太多（最多 {most} 个），请分几次查。",
    ),
    "json_field_unknown": (
        "There is no key “{word}”. Did you mean “{suggestion}”?",
        "没有“{word}”这个字段，是不是“{suggestion}”？",
    ),
    "sort_unknown": (
        "Can't sort by “{word}”. Did you mean “{suggestion}”?",
        "不能按“{word}”排序，是不是“{suggestion}”？",
    ),
    "sort_too_many": (
        "More than {most} orders are too many to sort by this column at once. Narrow the search first, or sort by time or number.",
        "超过 {most} 单，按这一列排序太慢。请先缩小范围，或按时间、单号排序。",
    ),
}
