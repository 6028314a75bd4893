"""Pasted addresses taken apart: written samples, and every division of the table in every layout."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from resources import path
from services.domain.address_block import AddressBlock, read_address_block
from services.domain.addresses import DIRECT, short_city, short_province
from services.domain.divisions import find_place

SAMPLES = Path(__file__).parents[1] / "data" / "address_blocks.tsv"
LAYOUTS = (
    "{name} {phone} {province}{city}{district}{street}",
    "{name}{phone}{province}{city}{district}{street}",
    "{province}{city}{district}{street}{name}{phone}",
    "{province} {city} {district} {street} {name} {phone}",
    "{phone}，{name}，{province}，{city}，{district}，{street}",
    "{name}，86-{phone}，{province} {city} {district} {street} ，000000",
    "收货人：{name}\n手机号码：{phone}\n所在地区：{province}{city}{district}\n详细地址：{street}",
    "姓名:{name} 电话:{phone} 地址:{province}{city}{district}{street}",
    "{name}\n{phone}\n{province}\n{city}\n{district}\n{street}",
    "{street_first}",
    "{name} {phone} {short_province} {short_city} {district} {street}",
    "{name} {phone} {short_province}{short_city}{district}{street}",
    "{name} {phone} {province}{city}{district} {province}{city}{district}{street}",
    "{name}、{phone}-4321、{province}/{city}/{district}/{street}",
)


def _divisions() -> list[tuple[str, str, str]]:
    found = []
    for line in path("divisions.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            province, city, districts = line.split("\t")
            found += [(province, city, "" if name == city else name) for name in districts.split()]
    return found


DIVISIONS = _divisions()


def _samples() -> list[list[str]]:
    lines = SAMPLES.read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n").split("\t") for line in lines if not line.startswith("#")]


@pytest.mark.parametrize("sample", _samples(), ids=lambda sample: sample[0][:40].replace("\n", " "))
def test_a_pasted_address_is_taken_apart(sample: list[str]) -> None:
    text, *expected = sample
    assert list(read_address_block(text)[:9]) == expected


def _written(layout: str, place: tuple[str, str, str], name: str, phone: str, street: str) -> str:
    province, city, district = place
    inner = "" if province in DIRECT or "直辖" in city else city
    values = {"province": province, "city": inner, "district": district, "name": name, "phone": phone, "street": street}
    values |= {"short_province": short_province(province), "short_city": short_city(inner) if inner else ""}
    return layout.format(**values, street_first=f"{province}{inner}{district}{street} {name} {phone}")


NAMES = ("张三", "李小红", "欧阳娜", "王女士", "买买提·艾力", "张**", "李*")
PHONES = ("16812345678", "168****5678", "15400001234")
STREETS = ("文一路99号3栋402室", "望海路368号菜鸟驿站", "幸福村3组15号", "解放大道阳光花园2期8幢1单元301")


@given(st.sampled_from(DIVISIONS), st.sampled_from(LAYOUTS), st.sampled_from(NAMES), st.sampled_from(PHONES), st.sampled_from(STREETS))
def test_every_division_is_recognised_in_every_layout(place: tuple[str, str, str], layout: str, name: str, phone: str, street: str) -> None:
    block = read_address_block(_written(layout, place, name, phone, street))
    assert (block.province, block.city, block.district) == place
    assert (block.phone, block.recipient) == (phone, name)
    assert block.address == street


def test_the_whole_table_is_recognised_from_shorter_forms() -> None:
    wrong: Counter[str] = Counter()
    for province, city, district in DIVISIONS:
        inner = "" if province in DIRECT or "直辖" in city else city
        for kind, text in (
            ("full", f"{province}{inner}{district}文一路99号"),
            ("without province", f"{inner}{district}文一路99号"),
            ("without city", f"{province}{district or inner}文一路99号"),
        ):
            found = find_place(text)
            # A district's name that the province has twice is left open, never guessed.
            wrong[kind] += (found.province, found.city, found.district) != (province, city, district) and not found.options
    assert wrong == {"full": 0, "without province": 0, "without city": 0}


@pytest.mark.parametrize(
    ("text", "place", "doubts"),
    [
        ("朝阳区建国路88号 赵六 16800001111", ("", "", "朝阳区"), ("province", "city")),
        ("朝阳区建国路88号 赵六 16800001111 100022", ("北京市", "北京市", "朝阳区"), ()),
        ("鼓楼区中山北路1号 赵六 025-80000000", ("江苏省", "南京市", "鼓楼区"), ()),
        ("鼓楼区五四路1号，赵六，福州，16800001111", ("福建省", "福州市", "鼓楼区"), ()),
        ("成都市高新区天府大道1号 赵六 16800001111", ("四川省", "成都市", "高新区"), ("district",)),
        ("杭州市江干区富春路1号 赵六 16800001111", ("浙江省", "杭州市", "上城区"), ("district",)),
        ("南京西路1号 赵六 16800001111", ("", "", ""), ("province", "city", "district")),
        ("", ("", "", ""), ("recipient", "phone", "province", "city", "district", "address")),
    ],
)
def test_what_is_not_certain_is_told(text: str, place: tuple[str, str, str], doubts: tuple[str, ...]) -> None:
    block = read_address_block(text)
    assert (block.province, block.city, block.district) == place
    assert block.doubts == doubts


def test_the_places_that_it_could_be_are_offered() -> None:
    assert read_address_block("朝阳区建国路88号").places == ("北京市 北京市 朝阳区", "吉林省 长春市 朝阳区")


def test_words_that_are_no_address_come_back() -> None:
    block = read_address_block("帮我改到 张三 16812345678 浙江省杭州市西湖区文一路99号 麻烦发顺丰")
    assert block.rest == "帮我改到 麻烦发顺丰"
    assert block.address == "文一路99号"


@given(st.text(max_size=120))
def test_any_text_is_survived(text: str) -> None:
    block = read_address_block(text)
    assert isinstance(block, AddressBlock)
    assert "\x00" not in "".join(block[:9]) + block.rest


@given(st.lists(st.sampled_from([*"省市区县路号0123456789*-转()[]：，\n 张北京海南 ", "浙江", "朝阳区", "168"]), max_size=40))
def test_any_mixture_of_its_parts_is_survived(parts: list[str]) -> None:
    assert read_address_block("".join(parts)).doubts is not None
