"""Text files of every kind: encodings, marks between cells, decimal commas, days, what is damaged; and overruling the guess."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from services.clock import iso
from services.commands.imports import import_file
from services.desk import Desk
from services.errors import BadInput
from services.imports import read
from services.imports.options import ReadOptions
from services.imports.parse import parse_file
from services.imports.records import ParsedFile
from services.imports.several import plan_files
from services.words import say
from tests.imports.sample import HEADINGS, order_row, write

ZONE = "Asia/Shanghai"


def _text(rows: Sequence[dict[str, str]], delimiter: str = ",", line_end: str = "\r\n") -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator=line_end)
    writer.writerow(HEADINGS)
    writer.writerows([[row.get(heading.strip(), "") for heading in HEADINGS] for row in rows])
    return out.getvalue()


def _guess(parsed: ParsedFile) -> dict[str, Any]:
    assert parsed.guess is not None
    return {"encoding": parsed.encoding, **parsed.guess.as_json()}


@pytest.mark.parametrize(
    ("codec", "mark", "told"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8-sig", b"", "utf-8-sig"),
        ("gb18030", b"", "gbk"),
        ("utf-16", b"", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_encodings_and_delimiters_are_found(tmp_path: Path, codec: str, mark: bytes, told: str, delimiter: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(mark + _text([order_row("5001"), order_row("5002")], delimiter).encode(codec))
    parsed = parse_file(path)
    assert [(order.number, order.paid) for order in parsed.orders] == [("5001", 90_60), ("5002", 90_60)]
    assert (_guess(parsed)["encoding"], _guess(parsed)["delimiter"]) == (told, delimiter)


@pytest.mark.parametrize("line_end", ["\r\n", "\n", "\r"])
def test_line_ends(tmp_path: Path, line_end: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_text([order_row("5001"), order_row("5002", 总金额="一")], line_end=line_end).encode("gb18030"))
    parsed = parse_file(path)
    assert ([order.row for order in parsed.orders], [reject.row for reject in parsed.rejected]) == ([2], [3])


def test_zero_bytes_reject_their_row_and_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [order_row("5001"), order_row("5002", 收货人姓名="吴\0川"), order_row("5003")]
    path.write_bytes(_text(rows).encode("gb18030"))
    parsed = parse_file(path)
    assert [order.number for order in parsed.orders] == ["5001", "5003"]
    assert [(reject.row, reject.column, reject.code) for reject in parsed.rejected] == [(3, "收货人姓名", "byte_zero")]


def test_a_file_that_was_never_fully_written_ends_in_zeros(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_text([order_row("5001"), order_row("5002")]).encode("gb18030")[:-40] + b"\0" * 5_000)
    parsed = parse_file(path)
    assert [order.number for order in parsed.orders] == ["5001"]
    assert [reject.row for reject in parsed.rejected] == [3]


# ----------------------------------------------------------------------------------------------------- amounts and days


@pytest.mark.parametrize("guard", ["{}", "¥{}", "{}元", '="{}"'])
def test_a_decimal_comma_is_found_by_the_column_as_a_whole(tmp_path: Path, guard: str) -> None:
    told = {"买家应付货款": "1.234,50", "买家应付邮费": "8", "总金额": "1.242,50", "买家实际支付金额": "1.242,50", "退款金额": "0,00"}
    rows = [
        order_row("5001", **{name: guard.format(amount) for name, amount in told.items()}),
        order_row("5002", 买家应付货款="12,5", 买家应付邮费="0", 总金额="12,50", 买家实际支付金额="12,50", 退款金额="2"),
        order_row("5003", 买家应付货款="1.234", 买家应付邮费="0", 总金额="1.234", 买家实际支付金额="1.234", 退款金额="0"),
    ]
    parsed = parse_file(write(tmp_path / "a.csv", rows))
    assert parsed.rejected == []
    assert [(order.payable, order.freight, order.refunded) for order in parsed.orders] == [
        (1_242_50, 8_00, 0),
        (12_50, 0, 2_00),
        (1_234_00, 0, 0),
    ]
    assert _guess(parsed)["decimal"] == ","


def test_a_comma_is_never_taken_for_a_hundredfold(tmp_path: Path) -> None:
    rows = [order_row("5001", 总金额="90,60"), order_row("5002", 总金额="90.60"), order_row("5003", 总金额="1,090.60")]
    parsed = parse_file(write(tmp_path / "a.csv", rows))
    assert [(order.number, order.payable) for order in parsed.orders] == [("5002", 90_60), ("5003", 1_090_60)]
    assert [(reject.row, reject.column, reject.value, reject.code) for reject in parsed.rejected] == [
        (2, "总金额", "90,60", "decimal_comma")
    ]
    assert _guess(parsed)["decimal"] == "."
    assert parsed.rows == 3


def test_a_quantity_of_two_comma_five_is_not_twenty_five(tmp_path: Path) -> None:
    rows = [order_row(str(place), 宝贝总数量=count) for place, count in enumerate(("2,5", "1,000", "2,0", "2.0"))]
    parsed = parse_file(write(tmp_path / "a.csv", rows))
    assert [(order.number, order.quantity) for order in parsed.orders] == [("1", 1_000), ("2", 2), ("3", 2)]
    assert [reject.code for reject in parsed.rejected] == ["quantity"]


def test_told_that_the_comma_is_decimal_a_point_is_no_amount(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [order_row("5001")])
    parsed = parse_file(path, options={"decimal": ","})
    assert parsed.orders == []
    assert [reject.code for reject in parsed.rejected] == ["amount"]
    assert len(parse_file(path, options={"decimal": "."}).orders) == 1


def test_days_that_begin_with_the_month_are_found_in_the_whole_file(tmp_path: Path) -> None:
    rows = [
        order_row("5001", 订单创建时间="11/9/2026 8:05", 订单付款时间="11/9/2026 8:06"),
        order_row("5002", 订单创建时间="11/21/2026 8:05", 订单付款时间="11/21/2026 8:06"),
    ]
    path = write(tmp_path / "a.csv", rows)
    parsed = parse_file(path)
    assert [str(iso(order.created_at, ZONE))[:10] for order in parsed.orders] == ["2026-11-09", "2026-11-21"]
    assert _guess(parsed)["date"] == "mdy"
    first = parse_file(write(tmp_path / "b.csv", rows[:1]))
    assert [str(iso(order.created_at, ZONE))[:10] for order in first.orders] == ["2026-09-11"]
    assert [warned.code for warned in first.warnings] == ["days_guessed"]
    told = parse_file(tmp_path / "b.csv", options={"date": "m/d/y"})
    assert [str(iso(order.created_at, ZONE))[:10] for order in told.orders] == ["2026-11-09"]
    assert told.warnings == []


# ------------------------------------------------------------------------------------------------- overruling the guess


def test_the_guess_is_in_the_report(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(("我的订单\r\n" + _text([order_row("5001")], ";")).encode("gb18030"))
    with Desk.open(tmp_path / "shop") as desk:
        told = import_file(desk, path, dry_run=True).value.as_json("zh")
    found = {name: told[name] for name in ("encoding", "delimiter", "decimal", "sheet", "sheets", "heading_row", "date")}
    assert found == {"encoding": "gbk", "delimiter": ";", "decimal": ".", "sheet": "", "sheets": [], "heading_row": 2, "date": ""}


def test_encoding_delimiter_and_row_can_be_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    text = _text([order_row("5001", 收货人姓名="陳美玲", 买家留言="")], "~").replace("买", "買")
    path.write_bytes(("\r\n".join(["說明"] * 40) + "\r\n" + text.replace("買", "买")).encode("utf-16-le"))
    options = {"encoding": "UTF-16LE", "delimiter": "~", "header_row": 41}
    (order,) = parse_file(path, options=options).orders
    assert (order.row, order.recipient) == (42, "陳美玲")
    with pytest.raises(BadInput):
        parse_file(path)


def test_the_second_table_of_a_file_by_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes((_text([order_row("5001")]) + _text([order_row("5002")])).encode("gb18030"))
    assert [order.number for order in parse_file(path, options={"header_row": "3"}).orders] == ["5002"]


def _two_sheets(path: Path) -> Path:
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("说明").write(0, 0, "先看这里")
        for name, number in (("十月", "5001"), ("十一月", "5002")):
            page = book.add_worksheet(name)
            for row, cells in enumerate(([heading.strip() for heading in HEADINGS], list(order_row(number).values()))):
                page.write_row(row, 0, cells)
    return path


def test_other_sheets_are_told_and_can_be_chosen(tmp_path: Path) -> None:
    path = _two_sheets(tmp_path / "a.xlsx")
    first = parse_file(path)
    assert ([order.number for order in first.orders], first.sheet) == (["5001"], "十月")
    assert [(warned.code, warned.facts) for warned in first.warnings] == [("sheet_left", {"sheet": "十一月"})]
    assert _guess(first)["sheets"] == ["十月", "十一月"]
    second = parse_file(path, options={"sheet": "十一月"})
    assert ([order.number for order in second.orders], second.warnings) == (["5002"], [])


def test_the_dialogs_plan_takes_options_by_file(tmp_path: Path) -> None:
    path = _two_sheets(tmp_path / "a.xlsx")
    other = write(tmp_path / "b.csv", [order_row("5003")])
    with Desk.open(tmp_path / "shop") as desk:
        planned = plan_files(desk, [path, other], options={path: {"sheet": "十一月"}})
    assert [entry[0].number for one in planned if one.plan for entry in one.plan.new] == ["5002", "5003"]


@pytest.mark.parametrize(
    ("file", "options", "code"),
    [
        ("a.csv", {"encoding": "klingon"}, "encoding_unknown"),
        ("a.csv", {"encoding": "base64"}, "encoding_unknown"),
        ("a.csv", {"encoding": "utf-8"}, "headings_damaged"),
        ("a.csv", {"encoding": "utf-16"}, "encoding_wrong"),
        ("a.csv", {"delimiter": "|"}, "format_not_recognised"),
        ("a.csv", {"delimiter": "||"}, "usage_reading_delimiter"),
        ("a.csv", {"delimiter": '"'}, "usage_reading_delimiter"),
        ("a.csv", {"decimal": ";"}, "usage_reading_decimal"),
        ("a.csv", {"header_row": 900}, "header_row_missing"),
        ("a.csv", {"header_row": "first"}, "usage_reading_header_row"),
        ("a.csv", {"header_row": -1}, "usage_reading_header_row"),
        ("a.csv", {"date": "yxz"}, "usage_reading_date"),
        ("a.csv", {"sheet": "export"}, "option_unfit_sheet"),
        ("a.csv", {"colour": "red"}, "usage_reading_unknown"),
        ("a.xlsx", {"encoding": "utf-8"}, "option_unfit_encoding"),
        ("a.xlsx", {"delimiter": ";"}, "option_unfit_delimiter"),
        ("a.xlsx", {"sheet": "十二月"}, "sheet_unknown"),
        ("a.xlsx", {"header_row": 7}, "header_row_missing"),
    ],
)
def test_wrong_overrides_are_clear_errors(tmp_path: Path, file: str, options: dict[str, Any], code: str) -> None:
    _two_sheets(tmp_path / "a.xlsx")
    write(tmp_path / "a.csv", [order_row("5001")])
    with pytest.raises(BadInput) as caught:
        parse_file(tmp_path / file, options=options)
    assert caught.value.code == code
    for lang in ("zh", "en"):
        assert say(code, lang, **caught.value.facts) != code
        assert "{" not in say(code, lang, **caught.value.facts)


def test_words_for_delimiters_and_nothing_told() -> None:
    assert [ReadOptions.of({"delimiter": word}).delimiter for word in ("tab", "\\t", "semicolon", ";", "")] == ["\t", "\t", ";", ";", ""]
    assert ReadOptions.of({"header_row": "", "sheet": None}) == ReadOptions()


def test_a_map_is_read_by_the_same_options(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("单号;金额\nA1;1.234,50\nA2;12,5\n", encoding="utf-8")
    told = {"number": "单号", "paid": "金额"}
    assert [order.paid for order in parse_file(path, map=told).orders] == [1_234_50, 12_50]
    parsed = parse_file(path, map=told, options={"decimal": "."})
    assert [reject.code for reject in parsed.rejected] == ["decimal_comma", "decimal_comma"]
    assert _guess(parse_file(path, map=told))["decimal"] == ","


# ---------------------------------------------------------------------------------------------------- what has no end


def test_a_quotation_mark_that_never_closes_is_told_with_its_row(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "MAX_LINE", 4_000)
    rows = [order_row(str(5_000 + place), 买家留言="") for place in range(60)]
    text = _text(rows).replace("5003,小熊", '5003,"小熊')
    path = tmp_path / "a.csv"
    path.write_bytes(text.encode("gb18030"))
    with pytest.raises(BadInput) as caught:
        parse_file(path)
    assert (caught.value.code, caught.value.facts["row"]) == ("row_endless", 5)


def test_a_line_without_end_takes_no_memory(tmp_path: Path) -> None:
    import tracemalloc

    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(_text([order_row("5001")]).encode())
        for _turn in range(60):
            file.write(b"," * (1 << 20))
    tracemalloc.start()
    with pytest.raises(BadInput) as caught:
        parse_file(path)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.code == "row_endless"
    assert most < 100 << 20


def test_rows_that_do_not_fit_their_headings_end_the_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_text([order_row("5001")]).encode() + b"1,2,3\r\n" * 30_000)
    with pytest.raises(BadInput) as caught:
        parse_file(path)
    assert (caught.value.code, caught.value.facts["row"]) == ("rows_unfit", 3)


def test_a_file_beyond_all_measure_is_not_begun(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(_text([order_row("5001")]).encode())
    with path.open("r+b") as file:
        file.truncate(600 << 20)
    with pytest.raises(BadInput) as caught:
        parse_file(path)
    assert caught.value.code == "file_too_big"


def test_xml_of_2003_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_text('<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>')
    with pytest.raises(BadInput) as caught:
        parse_file(path)
    assert caught.value.code == "workbook_xml"


@pytest.mark.parametrize(
    ("codec", "told"),
    [("gb18030", "gbk"), ("utf-8", "utf-8"), ("gb18030", "utf-8"), ("utf-8", "gbk"), ("utf-8-sig", ""), ("utf-16", "utf-8")],
)
def test_a_web_page_is_read_as_it_is_written_whatever_it_says_of_itself(tmp_path: Path, codec: str, told: str) -> None:
    rows = [[heading.strip() for heading in HEADINGS], list({**order_row("5001"), "买家留言": ""}.values())]
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    path = tmp_path / "订单.xls"
    path.write_bytes(f"<html><head><meta charset={told}></head><table>{body}</table></html>".encode(codec))
    (order,) = parse_file(path).orders
    assert (order.number, order.recipient) == ("5001", "吴子川")


def test_an_amount_of_a_million_digits_rejects_its_row(tmp_path: Path) -> None:
    parsed = parse_file(write(tmp_path / "a.csv", [order_row("5001", 总金额="9" * 1_200_000), order_row("5002")]))
    assert [order.number for order in parsed.orders] == ["5002"]
    assert [(reject.row, reject.column, reject.code) for reject in parsed.rejected] == [(2, "总金额", "amount")]


def test_a_damaged_heading_is_kept_as_it_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    headings = ",".join([*HEADINGS, "多一列"]).encode("gb18030")[:-1] + b"\xff"
    path.write_bytes(headings + b"\r\n" + ",".join([*order_row("5001", 买家留言="").values(), "甲"]).encode("gb18030") + b"\r\n")
    with Desk.open(tmp_path / "shop") as desk:
        report = import_file(desk, path).value
    assert (report.orders_new, len(report.unknown_headings)) == (1, 1)
    assert report.unknown_headings[0].endswith("\\xFF")


def test_what_is_no_text_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\x01\x02\x03\x04,\x05\r\n" * 40)
    with pytest.raises(BadInput) as caught:
        parse_file(path)
    assert caught.value.code == "file_no_table"
