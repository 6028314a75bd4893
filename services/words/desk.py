"""Words of the shop file and the machine."""

ERRORS: dict[str, tuple[str, str]] = {
    "cancelled": ("Cancelled. Nothing was changed.", "已取消，数据没有改动。"),
    "shop_newer": (
        "This shop was written by a newer version (schema {found}; this program knows {known}). Update the program; nothing was changed.",
        "这家店的数据由更新的版本写入（数据版本 {found}，本程序只认到 {known}）。请升级程序；数据没有改动。",
    ),
    "shop_busy": (
        "The shop file is in use by another program: {path}. Close it and try again; nothing was changed.",
        "店铺文件正被别的程序占用：{path}。请关掉它再试；数据没有改动。",
    ),
    "disk_full": (
        "The disk is full. Nothing was changed; free some space and try again: {path}",
        "磁盘已满，数据没有改动。请腾出空间再试：{path}",
    ),
    "shop_read_only": (
        "The shop file can't be written: {path}. Check its permissions; nothing was changed.",
        "店铺文件不能写入：{path}。请检查权限；数据没有改动。",
    ),
    "disk_error": (
        "The disk reported an error at {path}. Nothing was changed; check the disk and your backups.",
        "磁盘读写出错：{path}。数据没有改动；请检查磁盘和备份。",
    ),
    "shop_damaged": (
        "The shop file is damaged: {path}. Don't write to it; restore the newest backup.",
        "店铺文件已损坏：{path}。请不要再写入，用最近的备份恢复。",
    ),
    "not_a_shop": (
        "This file is no shop: {path}. Nothing was changed; choose another folder, or put the newest backup in its place.",
        "这个文件不是店铺数据：{path}。没有改动；请换一个文件夹，或用最近的备份替换它。",
    ),
    "shop_not_openable": (
        "The shop file can't be opened: {path}. Nothing was changed; check that it is a file and that you may read it.",
        "店铺文件打不开：{path}。没有改动；请检查它是不是文件，以及有没有读取权限。",
    ),
    "folder_refused": (
        "The folder can't be used: {path} ({why}). Nothing was changed; choose another folder or check its permissions.",
        "文件夹不能用：{path}（{why}）。没有改动；请换一个文件夹，或检查权限。",
    ),
    "sqlite_too_old": (
        "This Python carries SQLite {found}, which is too old (3.37 is needed).",
        "本机 Python 自带的 SQLite {found} 太旧，需要 3.37 以上。",
    ),
    "sqlite_without_fts": ("This Python's SQLite lacks full-text search (FTS5).", "本机 Python 自带的 SQLite 没有全文检索（FTS5）。"),
    "unknown_zone": ("Unknown time zone: {zone}", "不认识的时区：{zone}"),
    "unknown_setting": ("Unknown setting: {name}", "没有这个设置：{name}"),
    "promise_hours_range": ("Hours to ship are 1 to {most}, not {value}.", "承诺发货时间是 1 到 {most} 小时，不能是 {value}。"),
    "setting_fixed": ("{name} was fixed when the shop was founded and can't be changed.", "“{name}”在建店时已定，不能再改。"),
}
