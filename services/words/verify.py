"""Words of the shop's check of itself: what is checked, and what was found."""

ERRORS: dict[str, tuple[str, str]] = {
    "check_fine": ("{count} checked", "已核对 {count} 项"),
    "check_found": (
        "{count} wrong, the first: {table} {id}, is {found}, should be {expected}",
        "{count} 处不符，第一处：{table} {id}，现为 {found}，应为 {expected}",
    ),
    "check_file": ("The file itself is damaged: {found}", "文件本身已损坏：{found}"),
    "check_schema": ("The tables differ from what this program expects: {found}", "数据表与本程序的不一致：{found}"),
    "check_chain": ("The trail is broken at entry {id}: {found}", "留痕在第 {id} 条断开：{found}"),
}

TERMS: dict[str, dict[str, tuple[str, str]]] = {
    "check": {},
}
