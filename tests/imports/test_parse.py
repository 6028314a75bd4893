"""Files to records: what a merchant's files hold, and what is refused with row, column and reason."""

from __future__ import annotations

import random
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.clock import iso
from services.errors import BadInput, Cancelled, DeskError, NotFound
from services.imports.columns import unpack
from services.imports.formats import BY_KEY, FORMATS
from services.imports.parse import parse_file
from services.imports.records import OrderRecord, ParsedFile
from services.words import errors, say
from tests.imports.sample import HEADINGS, LINE_HEADINGS, line_row, order_row, write

FORMATS_FOLDER = Path(__file__).resolve().parent.parent.parent / "services" / "imports" / "formats"


def _without_rows(parsed: ParsedFile) -> list[OrderRecord]:
    orders = [order._replace(row=0, lines=tuple(line._replace(row=0) for line in order.lines)) for order in parsed.orders]
    return sorted(orders, key=lambda order: order.number)


def test_every_format_file_is_in_the_tuple() -> None:
    files = {path.stem for path in FORMATS_FOLDER.glob("*.py")} - {"__init__", "mapped"}
    keys = {key.replace(".", "_") for key in BY_KEY}
    assert files == keys
    assert len(FORMATS) == len(BY_KEY)


def test_an_order_list_row_becomes_an_order(tmp_path: Path) -> None:
    parsed = parse_file(write(tmp_path / "ExportOrderList202611120930.csv", [order_row()]))
    (order,) = parsed.orders
    assert (order.status, order.paid, order.payable, order.freight) == ("awaiting_shipment", 90_60, 90_60, 8_00)
    assert (order.province, order.city, order.district, order.postcode) == ("广东省", "深圳市", "南山区", "518052")
    assert order.address == "沙河街道 金桂路260号3层"
    assert order.buyer_message == "先电话，\n再“发货”,谢谢"
    assert order.created_at == 1_794_182_712_000
    assert parsed.file_time == 1_794_447_000_000
    assert parsed.encoding == "gbk"
    rare = parse_file(write(tmp_path / "b.csv", [order_row(收货人姓名="𬬻㛃")]))
    assert (rare.encoding, rare.orders[0].recipient) == ("gb18030", "𬬻㛃")


def test_paid_of_an_order_list_is_gross_of_refunds(tmp_path: Path) -> None:
    row = order_row(买家实际支付金额="60.60", 退款金额="30.00")
    (order,) = parse_file(write(tmp_path / "a.csv", [row])).orders
    assert (order.paid, order.refunded, order.paid_cell) == (90_60, 30_00, 60_60)
    headings = [heading for heading in HEADINGS if heading != "退款金额"]
    (order,) = parse_file(write(tmp_path / "b.csv", [row], headings)).orders
    assert (order.paid, order.refunded) == (60_60, None)


def test_lines_of_one_order_are_put_together_wherever_they_stand(tmp_path: Path) -> None:
    rows = [
        line_row("5001", "5002"),
        line_row("6001", "6001"),
        line_row(
            "5001", "5003", 商品价格="9.99", 购买数量="1", 买家应付货款="9.00", 买家实付金额="9.00", 退款状态="退款成功", 退款金额="4.00"
        ),
    ]
    parsed = parse_file(write(tmp_path / "lines.csv", rows, LINE_HEADINGS))
    one, other = parsed.orders
    assert [line.number for line in one.lines] == ["5002", "5003"]
    assert (one.goods_amount, one.discount, one.goods_paid, one.refunded) == (92_59, 99, 91_60, 4_00)
    assert one.lines[0].properties == "颜色分类:米白;容量:350ml"
    assert other.quantity == 2


def test_an_order_does_not_come_in_by_halves(tmp_path: Path) -> None:
    rows = [line_row("5001", "5002"), line_row("5001", "5003", 购买数量="-1"), line_row("6001", "6001")]
    parsed = parse_file(write(tmp_path / "lines.csv", rows, LINE_HEADINGS))
    assert [order.number for order in parsed.orders] == ["6001"]
    assert [(reject.row, reject.code) for reject in parsed.rejected] == [(2, "order_incomplete"), (3, "quantity")]
    assert parsed.rows == 3


def test_a_repeated_line_counts_once_and_a_clashing_one_keeps_the_order_out(tmp_path: Path) -> None:
    rows = [line_row("5001", "5002"), line_row("5001", "5002"), line_row("6001", "6002"), line_row("6001", "6002", 购买数量="9")]
    parsed = parse_file(write(tmp_path / "lines.csv", rows, LINE_HEADINGS))
    assert [(order.number, order.quantity) for order in parsed.orders] == [("5001", 2)]
    assert [(warned.row, warned.code) for warned in parsed.warnings] == [(3, "row_repeated")]
    assert [reject.code for reject in parsed.rejected] == ["line_twice", "line_twice"]


@pytest.mark.parametrize(
    ("cell", "value", "code"),
    [
        ("订单编号", "5.01617E+18", "id_scientific"),
        ("订单编号", '="5.01617E+18"', "id_scientific"),
        ("订单编号", "", "id_missing"),
        ("总金额", "12.345", "decimals"),
        ("总金额", "=1+1", "amount"),
        ("总金额", "-5.00", "amount_negative"),
        ("宝贝总数量", "0", "quantity"),
        ("宝贝总数量", "1.5", "quantity"),
        ("订单状态", "交易仲裁中", "status_unknown"),
        ("订单创建时间", "2026-13-01 00:00:00", "time"),
        ("订单创建时间", "昨天", "time"),
        ("联系手机", "1.54E+10", "phone_scientific"),
    ],
)
def test_a_cell_that_is_not_understood_keeps_its_row_out_and_no_other(tmp_path: Path, cell: str, value: str, code: str) -> None:
    rows = [order_row("5001"), order_row("5002", **{cell: value}), order_row("5003")]
    parsed = parse_file(write(tmp_path / "a.csv", rows))
    assert [order.number for order in parsed.orders] == ["5001", "5003"]
    (reject,) = parsed.rejected
    assert (reject.row, reject.column, reject.value, reject.code) == (3, cell, value, code)
    assert parsed.rows == 3


def test_every_reason_has_words_in_both_languages() -> None:
    from services.words import imports

    assert set(imports.ERRORS) <= set(errors())
    for code, (english, chinese) in imports.ERRORS.items():
        assert english
        assert chinese
        assert say(code, "zh", row=1) != code
    assert say("order_twice", "en", other=7) == "the same order number with other content in row 7; neither came in"


@pytest.mark.parametrize(
    ("status", "expected", "part"),
    [
        ("买家已付款,等待卖家发货", "awaiting_shipment", False),
        ("买家已付款，等待卖家发货", "awaiting_shipment", False),
        ("卖家部分发货", "awaiting_shipment", True),
        ("卖家已发货｜｜｜等待买家确认", "shipped", False),
        ("TRADE_CLOSED_BY_TAOBAO", "closed", False),
        ("已关闭(买家未付款)", "closed", False),
    ],
)
def test_status_words_with_any_comma(tmp_path: Path, status: str, expected: str, part: bool) -> None:
    (order,) = parse_file(write(tmp_path / "a.csv", [order_row(订单状态=status)])).orders
    assert (order.status, order.part_shipped) == (expected, part)


def test_several_parcels_and_a_virtual_number(tmp_path: Path) -> None:
    row = order_row(物流单号="JT0427332525334,778067173057608", 物流公司="极兔速递,申通快递", 联系手机="'15400004414-7169")
    (order,) = parse_file(write(tmp_path / "a.csv", [row])).orders
    assert [(parcel.carrier, parcel.number) for parcel in order.parcels] == [("JTSD", "JT0427332525334"), ("STO", "778067173057608")]
    assert (order.phone, order.phone_ext) == ("15400004414", "7169")


def test_ids_lose_their_guards_and_keep_every_digit(tmp_path: Path) -> None:
    for number, cell in (("0012", '="0012"'), ("0012", "'0012"), ("0012", "\t0012"), ("C-536", "C-536")):
        (order,) = parse_file(write(tmp_path / "a.csv", [order_row(cell)])).orders
        assert order.number == number


def test_unreadable_files_say_what_they_are(tmp_path: Path) -> None:
    cases: dict[str, bytes] = {
        "file_empty": b"  \r\n",
        "workbook_cut": b"PK\x03\x04" + b"x" * 100,
        "workbook_ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "file_no_table": b"%PDF-1.7 ...",
        "format_not_recognised": "姓名,年龄\n甲,3\n".encode(),
        "html_no_table": b"<html><body>hello</body></html>",
    }
    for code, data in cases.items():
        path = tmp_path / f"{code}.xls"
        path.write_bytes(data)
        with pytest.raises(BadInput) as caught:
            parse_file(path)
        assert caught.value.code == code
        assert path.name in say(code, "zh", **caught.value.facts)
    with pytest.raises(NotFound):
        parse_file(tmp_path / "nowhere.csv")
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("a.txt", "hello")
    with pytest.raises(BadInput) as caught:
        parse_file(tmp_path / "photos.zip")
    assert caught.value.code == "zip_no_workbook"


def test_cancel_stops_the_reading(tmp_path: Path) -> None:
    class Stop:
        def step(self, done: int, total: int | None = None, what: str = "") -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        parse_file(write(tmp_path / "a.csv", [order_row()]), progress=Stop())


def test_raw_rows_are_kept_with_their_numbers(tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", [order_row("5001"), order_row("x" * 99), order_row("5003")])
    rows: dict[int, list[str]] = {}
    for _first, _count, packed in parse_file(path).raw:
        rows |= unpack(packed)
    assert [rows[number][0][:4] for number in (2, 3, 4)] == ["5001", "xxxx", "5003"]
    assert len(rows[2]) == len(HEADINGS)


def test_a_damaged_byte_rejects_its_row_alone(tmp_path: Path) -> None:
    for encoding in ("gb18030", "utf-8"):
        path = write(tmp_path / "a.csv", [order_row(str(5000 + place)) for place in range(30)], encoding=encoding)
        data = path.read_bytes()
        spot = data.index(b"5007")
        spot = data.index("小熊".encode(encoding), spot)
        path.write_bytes(data[:spot] + b"\xff" + data[spot:])
        parsed = parse_file(path)
        assert [(reject.row, reject.column, reject.code) for reject in parsed.rejected] == [(9, "买家会员名", "byte_undecodable")]
        assert len(parsed.orders) == 29


# --------------------------------------------------------------------------------------------------------- properties

_WORDS = st.text(st.characters(codec="gb18030", exclude_categories=("Cc", "Cs", "Co", "Cn")), max_size=12)
_MESSAGES = st.lists(_WORDS, max_size=3).map("\r\n".join)
_AMOUNTS = st.integers(0, 10**8).map(lambda fen: f"{fen // 100}.{fen % 100:02d}")


@st.composite
def _order_rows(draw: st.DrawFn) -> list[dict[str, str]]:
    numbers = draw(st.lists(st.integers(10**15, 10**19 - 1).map(str), min_size=1, max_size=5, unique=True))
    return [
        order_row(
            number,
            买家会员名=draw(_WORDS),
            买家留言=draw(_MESSAGES),
            总金额=draw(_AMOUNTS),
            退款金额=draw(st.sampled_from(["无退款申请", "0.00", "1.00", ""])),
            订单备注=draw(_MESSAGES),
        )
        for number in numbers
    ]


@settings(max_examples=60)
@given(_order_rows(), st.randoms(use_true_random=False), st.sampled_from(["gb18030", "utf-8", "utf-8-sig", "utf-16"]))
def test_i6_layout_and_encoding_of_the_file_change_nothing(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, str]], mix: random.Random, encoding: str
) -> None:
    folder = tmp_path_factory.mktemp("i6")
    plain = parse_file(write(folder / "plain.csv", rows), keep_raw=False)
    headings = [heading.strip() for heading in HEADINGS] + ["没见过的列", "another one"]
    mix.shuffle(headings)
    headings = [heading + " " * mix.randrange(3) for heading in headings]
    other = parse_file(write(folder / "other.csv", rows, headings, encoding=encoding, line_end=mix.choice(["\n", "\r\n"])), keep_raw=False)
    assert plain.rejected == other.rejected == []
    assert _without_rows(plain) == _without_rows(other)
    assert sorted(other.unknown_headings) == ["another one", "没见过的列"]


@settings(max_examples=80)
@given(st.binary(max_size=400), st.integers(0, 3_000), st.sampled_from(["csv", "cut", "random"]))
@example(b'"', 0, "csv")
def test_i8_a_broken_file_is_a_deskerror_or_rejected_rows(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int, how: str
) -> None:
    path = write(tmp_path_factory.mktemp("i8") / "a.csv", [order_row("5001"), order_row("5002"), order_row("5003")])
    data = path.read_bytes()
    at %= len(data)
    path.write_bytes({"csv": data[:at] + noise + data[at:], "cut": data[:at], "random": noise}[how])
    try:
        parsed = parse_file(path)
    except DeskError as error:
        # Refused as a whole, and there are words for it.
        unknown = {error.code} - set(errors())
        assert not unknown
        return
    repeated = sum(warned.code == "row_repeated" for warned in parsed.warnings)
    assert parsed.rows == len(parsed.orders) + len(parsed.rejected) + repeated
    assert all(reject.code in errors() for reject in parsed.rejected)


@settings(max_examples=60)
@given(st.integers(10**14, 10**20), st.integers(1, 9), st.sampled_from(["E+", "e+", "E"]), st.sampled_from(["", '="', "'", " "]))
def test_i9_scientific_numbers_are_always_rejected(
    tmp_path_factory: pytest.TempPathFactory, number: int, digits: int, mark: str, guard: str
) -> None:
    base = f"{number:.{digits}e}"
    mantissa, exponent = base.split("e+")
    cell = guard + f"{mantissa}{mark}{exponent}" + ('"' if guard == '="' else "")
    parsed = parse_file(write(tmp_path_factory.mktemp("i9") / "a.csv", [order_row(cell), order_row("5002")]), keep_raw=False)
    assert [reject.code for reject in parsed.rejected] == ["id_scientific"]
    assert [order.number for order in parsed.orders] == ["5002"]


# -------------------------------------------------------------------------------------------------------------- map


def _map_file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "table.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_map_with_const_values_sum_first_and_round(tmp_path: Path) -> None:
    path = _map_file(
        tmp_path, "No;State;A;B;Tel1;Tel2;When\n7;paid;1.234,50;0,505;;15400001111;13.02.2026 10:00\n8;open;1,00;;2;;14.02.2026 10:00\n"
    )
    told: dict[str, Any] = {
        "number": "No",
        "status": {"column": "State", "values": {"paid": "awaiting_shipment", "open": "awaiting_payment"}},
        "payable": {"sum": ["A", "B"], "round": 2},
        "phone": {"first": ["Tel1", "Tel2"]},
        "recipient": {"const": "甲"},
        "created_at": "When",
        "options": {"delimiter": ";", "decimal": ","},
    }
    one, other = parse_file(path, map=told).orders
    assert (one.status, one.payable, one.recipient) == ("awaiting_shipment", 1_235_01, "甲")
    assert other.status == "awaiting_payment"
    assert one.created_at == 1_770_948_000_000


def test_a_date_column_is_read_as_a_whole(tmp_path: Path) -> None:
    told = {"number": "n", "created_at": "d"}
    month_first = parse_file(_map_file(tmp_path, "n,d\n1,2/3/2026\n2,2/13/2026\n"), map=told)
    day_first = parse_file(_map_file(tmp_path, "n,d\n1,2/3/2026\n2,13/2/2026\n"), map=told)
    open_question = parse_file(_map_file(tmp_path, "n,d\n1,2/3/2026\n"), map=told)
    first, other = month_first.orders[0].created_at, day_first.orders[0].created_at
    assert iso(first, "Asia/Shanghai") == "2026-02-03T00:00:00+08:00"
    assert iso(other, "Asia/Shanghai") == "2026-03-02T00:00:00+08:00"
    assert [warned.code for warned in open_question.warnings] == ["date_order_guessed"]
    chosen = parse_file(_map_file(tmp_path, "n,d\n1,2/3/2026\n"), map={**told, "options": {"date": "mdy"}})
    assert chosen.orders[0].created_at == first


def test_amounts_with_four_decimals_are_rejected_unless_rounded(tmp_path: Path) -> None:
    path = _map_file(tmp_path, "n,q,sales\n1,2,261.9655\n1,3,10.00\n")
    told: dict[str, Any] = {"number": "n", "line.quantity": "q", "line.amount": "sales"}
    assert [reject.code for reject in parse_file(path, map=told).rejected] == ["order_incomplete", "decimals"][::-1]
    (order,) = parse_file(path, map={**told, "line.amount": {"column": "sales", "round": 2}}).orders
    assert [line.payable for line in order.lines] == [261_97, 10_00]
    assert order.payable == 271_97
    assert (order.goods_amount or 0) - (order.discount or 0) == 271_97


def test_a_map_tells_the_state_of_each_line_and_a_constant_channel(tmp_path: Path) -> None:
    path = _map_file(tmp_path, "n,s,p,r\n1,已发货,10.00,\n1,交易关闭,5.00,退款成功\n2,待发货,3.00,\n2,已发货,4.00,\n")
    told: dict[str, Any] = {
        "number": "n", "channel": {"const": "wholesale"}, "line.status": "s", "line.paid": "p", "line.price": "p", "line.refund_state": "r",
    }  # fmt: skip
    parsed = parse_file(path, map=told)
    one, other = parsed.orders
    assert (parsed.channel, one.status, one.part_shipped, one.goods_paid) == ("wholesale", "shipped", False, 15_00)
    assert [line.status for line in one.lines] == ["shipped", "closed"]
    assert (other.status, other.part_shipped) == ("awaiting_shipment", True)


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"number": "n", "colour": "d"}, "map_target"),
        ({"created_at": "d"}, "map_target_missing"),
        ({"number": "nope"}, "map_heading_missing"),
        ({"number": {"max": ["n"]}}, "map_source"),
        ({"number": "n", "options": {"zone": "Mars/Base"}}, "map_option"),
        ({"number": "n", "options": {"decimal": "x"}}, "map_option"),
        ({"number": "n", "payable": {"const": "much"}}, "map_const"),
        ({"number": "n", "channel": "d"}, "map_source"),
    ],
)
def test_a_wrong_map_is_refused_by_name(tmp_path: Path, told: dict[str, Any], code: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_file(_map_file(tmp_path, "n,d\n1,2026-01-01\n"), map=told)
    assert caught.value.code == code


@pytest.mark.parametrize(
    "headings",
    [
        ("SKU", "Title", "Barcode", "Cost", "Price", "Stock"),
        ("sku_code", "product name", "EAN", "Unit Cost", "SELLING PRICE", "Qty"),
        ("商品编码", "宝贝名称", "商品条码", "成本价(元)", "零售价（元）", "可用库存（件）"),
    ],
)
def test_goods_headings_are_known_in_both_languages_and_any_case(tmp_path: Path, headings: tuple[str, ...]) -> None:
    (goods,) = parse_file(_map_file(tmp_path, ",".join(headings) + '\nA-1,杯,6901234567892,"¥1,010.50",￥29.9,42\n')).goods
    assert (goods.code, goods.title, goods.barcode, goods.cost, goods.price, goods.stock) == (
        "A-1",
        "杯",
        "6901234567892",
        1_010_50,
        29_90,
        42,
    )


def test_a_goods_file(tmp_path: Path) -> None:
    path = _map_file(
        tmp_path,
        "商品编码,商品名称,规格,条码,成本价,售价,库存,货位\nA-1,杯,颜色：白,6901234567892,10.5,29.9,42,A-01\nA-2,碗,,,,,,\n,无,,,,,,\n",
        "gb18030",
    )
    parsed = parse_file(path)
    assert parsed.kind == "goods"
    one, other = parsed.goods
    assert (one.code, one.title, one.properties, one.barcode, one.cost, one.price, one.stock, one.bin) == (
        "A-1",
        "杯",
        "颜色:白",
        "6901234567892",
        10_50,
        29_90,
        42,
        "A-01",
    )
    assert (other.code, other.stock) == ("A-2", None)
    assert [(reject.row, reject.code) for reject in parsed.rejected] == [(4, "code_missing")]
