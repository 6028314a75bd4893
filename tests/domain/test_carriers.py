"""Carriers by name, and what their numbers look like."""

from __future__ import annotations

import pytest

from services.domain import carriers
from services.domain.carriers import CARRIERS, detect, find, plausible, s10_check

SEEN = {
    "SF": ("SF0203860386620", "123456789012"),
    "ZTO": ("78005075305681",),
    "YTO": ("YT0771993970431",),
    "STO": ("772740542752046", "77316523125896"),
    "YUNDA": ("464088957026175",),
    "JTSD": ("JT0427332525334",),
    "EMS": ("EZ141175615CN",),
    "JD": ("JDVA12345678901",),
}


@pytest.mark.parametrize(("code", "number"), [(code, number) for code, numbers in SEEN.items() for number in numbers])
def test_numbers_that_were_seen_are_plausible_and_found_first(code: str, number: str) -> None:
    assert plausible(code, number)
    assert code in detect(number)[:2]
    assert plausible(code, f" {number.lower()} ")


def test_detection_is_a_ranked_list_never_one_answer() -> None:
    assert detect("JT0427332525334")[0] == "JTSD"
    assert len(detect("681234567890")) > 1
    assert detect("?") == []
    assert not plausible("SF", "SF1")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("顺丰", "SF"),
        ("申通快递", "STO"),
        ("圆通速递（新）", "YTO"),
        ("ems", "EMS"),
        ("韵达快递股份有限公司", "YUNDA"),
        ("JTSD", "JTSD"),
        ("中国邮政", "POSTB"),
    ],
)
def test_carriers_by_the_names_that_files_use(name: str, code: str) -> None:
    found = find(name)
    assert found is not None
    assert found.code == code


def test_unknown_names_are_not_guessed() -> None:
    assert find("飞毛腿") is None
    assert find("") is None


def test_codes_and_names_are_unique() -> None:
    names = [name.casefold() for carrier in CARRIERS for name in {carrier.code, carrier.zh, carrier.en, *carrier.aliases}]
    assert len(names) == len(set(names))
    assert set(carriers.BY_CODE) == {carrier.code for carrier in CARRIERS}


def test_the_check_digit_of_postal_numbers() -> None:
    assert s10_check("RB123456785GB") is True
    assert s10_check("RB123456784GB") is False
    assert s10_check("YT0771993970431") is None
