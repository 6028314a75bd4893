"""What is wrong with an address, and that a correction makes it better and loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.address_check import FAULTS, Delivery, address_faults, corrected, with_values
from services.words import terms

FINE = Delivery("王小明", "13812345678", "", "", "浙江省", "杭州市", "西湖区", "文三路1号")


@pytest.mark.parametrize(
    ("change", "faults"),
    [
        ({}, ()),
        ({"recipient": ""}, ("recipient_missing",)),
        ({"phone": ""}, ("phone_missing",)),
        ({"phone": "1381234567"}, ("phone_wrong",)),
        ({"phone": "12345678901"}, ("phone_wrong",)),
        ({"phone": "138 1234 5678"}, ()),
        ({"phone": "+8613812345678"}, ()),
        ({"phone": "138****5678"}, ()),
        ({"phone": "13812345678", "phone_ext": "1234"}, ()),
        ({"phone": "", "tel": "0571-88888888"}, ("landline_only",)),
        ({"phone": "0571-88888888"}, ("landline_only",)),
        ({"province": ""}, ("province_missing",)),
        ({"province": "浙东省"}, ("province_unknown",)),
        ({"city": ""}, ("city_missing",)),
        ({"city": "南京市", "district": "玄武区"}, ("city_unknown",)),
        ({"district": "玄武区"}, ("district_unknown",)),
        ({"district": ""}, ("district_missing",)),
        ({"district": "", "address": "高新区滨康路1号"}, ()),
        ({"district": "其它区"}, ()),
        ({"district": "经济技术开发区"}, ()),
        ({"province": "广东省", "city": "东莞市", "district": "", "address": "长安镇振安路1号"}, ()),
        ({"province": "北京市", "city": "北京市", "district": "东城区"}, ()),
        ({"province": "北京市", "city": "市辖区", "district": "东城区"}, ()),
        ({"province": "香港特别行政区", "city": "", "district": "", "phone": "61234567"}, ()),
        ({"address": ""}, ("street_missing",)),
        ({"address": "文三路"}, ("street_short",)),
        ({"address": "人民医院"}, ()),
        ({"address": "文三路 A 座"}, ()),
        ({"address": "杭州 1234 信箱"}, ("po_box",)),
        ({"address": "文三路*号", "masked": True}, ()),
        ({"recipient": "", "phone": "", "province": "", "city": "", "district": "", "address": ""}, ("nothing_known",)),
        ({"recipient": "", "phone": "", "province": "", "city": "", "district": "", "address": "", "masked": True}, ()),
        ({"recipient": "", "phone": "", "address": "", "masked": True}, ()),
        ({"phone": "", "address": "文三路"}, ("phone_missing", "street_short")),
    ],
)
def test_each_fault_is_told_and_nothing_else(change: dict[str, str], faults: tuple[str, ...]) -> None:
    assert address_faults(with_values(FINE, change)) == faults


@pytest.mark.parametrize(
    ("change", "better"),
    [
        ({"city": "南京市", "district": "玄武区"}, {"province": "江苏省"}),
        (
            {"province": "", "city": "", "district": "", "address": "南京市玄武区中山路1号"},
            {"province": "江苏省", "city": "南京市", "district": "玄武区", "address": "中山路1号"},
        ),
        (
            {"province": "", "city": "", "district": "", "address": "江苏苏州吴中区星湖街1号"},
            {"province": "江苏省", "city": "苏州市", "district": "吴中区", "address": "星湖街1号"},
        ),
        ({"recipient": "王小明13812345678", "phone": ""}, {"recipient": "王小明", "phone": "13812345678"}),
        ({"phone": "", "address": "文三路1号 13812345678"}, {"phone": "13812345678", "address": "文三路1号"}),
        ({"recipient": "", "address": "文三路1号 李四收"}, {"recipient": "李四"}),
        ({"phone": "1381234567"}, {}),
        ({"district": "玄武区"}, {}),
        ({"address": "文三路"}, {}),
        ({}, {}),
    ],
)
def test_what_can_be_recognised_is_proposed(change: dict[str, str], better: dict[str, str]) -> None:
    assert corrected(with_values(FINE, change)) == better


TEXT = st.text(st.sampled_from("浙江省杭州市西湖区南京玄武苏北京文三路号楼王小明李 0123456789-*信箱"), max_size=18)
FIELD = st.one_of(st.just(""), TEXT)
DELIVERY = st.builds(
    Delivery,
    st.one_of(FIELD, st.just("王小明")),
    st.one_of(FIELD, st.just("13812345678"), st.just("1381234567")),
    st.sampled_from(["", "1234"]),
    st.sampled_from(["", "0571-88888888", "13912345678"]),
    st.one_of(FIELD, st.just("浙江省"), st.just("江苏省")),
    st.one_of(FIELD, st.just("杭州市"), st.just("南京市")),
    st.one_of(FIELD, st.just("西湖区"), st.just("玄武区")),
    st.one_of(FIELD, st.just("江苏省南京市玄武区中山路1号"), st.just("文三路1号 13812345678")),
    st.booleans(),
)


@given(DELIVERY)
def test_a_correction_makes_it_better_and_needs_no_other(to: Delivery) -> None:
    before = address_faults(to)
    assert list(before) == [code for code in FAULTS if code in before]
    better = corrected(to)
    if better:
        after = with_values(to, better)
        assert set(address_faults(after)) < set(before)
        assert all(getattr(to, name) != text for name, text in better.items())


@given(DELIVERY)
def test_a_correction_loses_no_digit(to: Delivery) -> None:
    """House numbers and phones are what a wrong guess would cost."""
    after = with_values(to, corrected(to))
    held = "".join(str(getattr(after, name)) for name in Delivery._fields)
    lost = [mark for part in (to.address, to.recipient) for mark in part if mark.isdigit() and mark not in held]
    assert lost == []


def test_every_fault_has_words() -> None:
    assert set(FAULTS) <= terms()["mend"].keys()
    assert set(FAULTS) <= terms()["mend_meaning"].keys()
