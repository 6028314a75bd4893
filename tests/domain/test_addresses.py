"""Addresses taken apart as platforms write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.addresses import Address, is_masked, official_province, split_address


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("上海 上海市 浦东新区 陆家嘴街道 望海路368号(200120)", ("上海市", "上海市", "浦东新区", "陆家嘴街道 望海路368号", "200120", "")),
        ("内蒙古  呼和浩特市 新城区\n中山东路(010030)", ("内蒙古自治区", "呼和浩特市", "新城区", "中山东路", "010030", "")),
        ("广东省 东莞市 南城街道 望海路(523000)", ("广东省", "东莞市", "", "南城街道 望海路", "523000", "city_without_districts")),
        (
            "湖北省 省直辖县级行政区划 仙桃市 龙华山街道",
            ("湖北省", "省直辖县级行政区划", "仙桃市", "龙华山街道", "", "county_under_province"),
        ),
        ("湖北省 仙桃市 龙华山街道", ("湖北省", "省直辖县级行政区划", "仙桃市", "龙华山街道", "", "county_under_province")),
        (
            "山西省 太原市 小店区 北营街道 466号院5号楼(6门)(030006)",
            ("山西省", "太原市", "小店区", "北营街道 466号院5号楼(6门)", "030006", ""),
        ),
        ("重庆 重庆市 巫山县 高唐街道", ("重庆市", "重庆市", "巫山县", "高唐街道", "", "")),
        ("广东 深圳 南山 科技园", ("广东省", "深圳市", "南山区", "科技园", "", "")),
        ("广东省深圳市南山区粤海街道1号", ("广东省", "深圳市", "南山区", "粤海街道1号", "", "")),
        ("广州市天河区体育西路1号", ("广东省", "广州市", "天河区", "体育西路1号", "", "")),
        ("新疆 喀什地区 喀什市 亚瓦格街道", ("新疆维吾尔自治区", "喀什地区", "喀什市", "亚瓦格街道", "", "")),
        ("香港特别行政区 新界 沙田区 大围道1号", ("香港特别行政区", "新界", "沙田区", "大围道1号", "", "")),
        ("某处 1 号", ("", "", "", "某处 1 号", "", "")),
        ("", ("", "", "", "", "", "")),
    ],
)
def test_an_address_is_taken_apart(text: str, expected: tuple[str, ...]) -> None:
    assert split_address(text) == Address(*expected)


def test_a_district_that_many_cities_have_is_not_guessed() -> None:
    assert split_address("鼓楼区湖南路1号") == Address("", "", "", "鼓楼区湖南路1号", "", "")


def test_provinces_have_one_official_form() -> None:
    assert [official_province(name) for name in ("上海", "广西", "西藏自治区", "火星")] == ["上海市", "广西壮族自治区", "西藏自治区", ""]


@given(st.text(max_size=60))
def test_nothing_is_lost_and_nothing_breaks(text: str) -> None:
    found = split_address(text)
    assert len("".join(found.address.split())) <= len("".join(text.split()))
    assert is_masked(text) == ("*" in text or "＊" in text)
