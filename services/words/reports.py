"""Words of what can go wrong with a report or an export. A report's own words are in its file."""

from __future__ import annotations

ERRORS: dict[str, tuple[str, str]] = {
    "report_unknown": ("There is no report {name}. There are: {names}.", "没有报表 {name}。现有报表：{names}。"),
    "report_param": (
        "The report {report} knows no {name}; it can be asked for: {names}.",
        "报表 {report} 没有参数 {name}，可用的参数：{names}。",
    ),
    "report_choice": (
        "The report {report} can't be made by “{value}”; choose one of: {choices}.",
        "报表 {report} 不能按“{value}”统计，可选：{choices}。",
    ),
    "report_day": (
        "“{value}” is no day. Write 2026-11-22, or 2026-11 for a month, or 2026 for a year.",
        "“{value}”不是日期。请写成 2026-11-22，整月写 2026-11，整年写 2026。",
    ),
    "report_span": ("From {first} to {last} there is no day. Swap the two.", "从 {first} 到 {last} 没有日子，请把两头对调。"),
    "report_too_long": (
        "{days} days are too many for one report; at most {most} are possible.",
        "{days} 天太长，一张报表最多 {most} 天。",
    ),
    "batch_not_found": ("No imported file B{batch}.", "没有导入批次 B{batch}。"),
    "export_format": (
        "A file ending in “{suffix}” can't be written. Choose one of: {suffixes}. Nothing was written.",
        "不能写出“{suffix}”文件，请改用：{suffixes}。没有写出任何文件。",
    ),
    "export_refused": (
        "The file can't be written: {path} ({why}). Close it if it is open in a spreadsheet, or choose another place. An older file of that name is as it was.",
        "文件写不进去：{path}（{why}）。如果正用表格软件打开，请先关掉，或换个位置。原有的同名文件没有改动。",
    ),
    "export_cell_too_long": (
        "Row {row}, column “{column}” has {length:,} characters; a spreadsheet cell holds {most:,}. Nothing was written; export as csv instead.",
        "第 {row} 行“{column}”有 {length:,} 个字，表格单元格最多 {most:,} 个。没有写出任何文件；请改导出为 csv。",
    ),
}
