"""Chinese addresses: province, city and district in their official form, and the rest. Pure, no database.

Divisions come from resources/divisions.tsv. Nothing is guessed: a name that fits several places, or none, stays in
the street part and the address is told as doubtful by its missing division.
"""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple

from resources import path

UNDER_PROVINCE = "省直辖县级行政区划"
UNDER_REGION = "自治区直辖县级行政区划"
DIRECT = ("北京市", "天津市", "上海市", "重庆市")

_POSTCODE = re.compile(r"[(（]\s*(\d{6})\s*[)）]$")
_PROVINCE_END = re.compile(r"(壮族|回族|维吾尔)?(自治区|特别行政区)$|省$|市$")
_NATIONS = [
    "蒙古族",
    "回族",
    "藏族",
    "维吾尔族",
    "苗族",
    "彝族",
    "壮族",
    "布依族",
    "朝鲜族",
    "满族",
    "侗族",
    "瑶族",
    "白族",
    "土家族",
    "哈尼族",
    "哈萨克",
    "傣族",
    "黎族",
    "傈僳族",
    "佤族",
    "畲族",
    "拉祜族",
    "水族",
    "东乡族",
    "纳西族",
    "景颇族",
    "柯尔克孜",
    "土族",
    "达斡尔族",
    "仫佬族",
    "羌族",
    "布朗族",
    "撒拉族",
    "毛南族",
    "仡佬族",
    "锡伯族",
    "塔吉克",
    "怒族",
    "鄂温克族",
    "德昂族",
    "保安族",
    "裕固族",
    "独龙族",
    "蒙古",
    "各族",
]
_CITY_END = re.compile(rf"({'|'.join(_NATIONS)})*自治州$|地区$|盟$|市$")
_MADE_UP = re.compile(r"其[它他]区?$|[新园]区$|开发区$|高新区$|管理区$|管委会$|示范区$|保税区$|度假区$|试验区$|功能区$|新城$")
_DISTRICT_END = re.compile(rf"({'|'.join(_NATIONS)})*自治[县旗]$|[区县市旗]$")


class Address(NamedTuple):
    """Divisions are "" where the text does not tell them; `note` is "", `city_without_districts` or `county_under_province`."""

    province: str
    city: str
    district: str
    address: str
    postcode: str
    note: str


class _City(NamedTuple):
    name: str
    districts: dict[str, str]
    plain: bool


class _Tables(NamedTuple):
    provinces: dict[str, str]
    cities: dict[str, dict[str, _City]]
    whole_cities: dict[str, str]
    all_districts: dict[str, dict[str, tuple[str, str]]]


def _short(name: str, ending: re.Pattern[str]) -> str:
    short = ending.sub("", name)
    return short if len(short) > 1 else name


def short_province(name: str) -> str:
    """`浙江省` → `浙江`, `广西壮族自治区` → `广西`."""
    return _short(name, _PROVINCE_END)


def short_city(name: str) -> str:
    """`杭州市` → `杭州`, `黔东南苗族侗族自治州` → `黔东南`."""
    return _short(name, _CITY_END)


def short_district(name: str) -> str:
    """`西湖区` → `西湖`; a name of two characters stays whole: `赵县`."""
    return _short(name, _DISTRICT_END)


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    provinces: dict[str, str] = {}
    cities: dict[str, dict[str, _City]] = {}
    homes: dict[str, list[str]] = {}
    districts_of: dict[str, dict[str, tuple[str, str]]] = {}
    text = path("divisions.tsv").read_text(encoding="utf-8")
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        province, city, packed = line.split("\t")
        names = packed.split()
        provinces[province] = provinces[_short(province, _PROVINCE_END)] = province
        known = cities.setdefault(province, {})
        home = known.get(city)
        if home is None:
            home = _City(city, {}, names in ([], [city]))
            known[city] = home
            known.setdefault(_short(city, _CITY_END), home)
            for form in {city, _short(city, _CITY_END)}:
                homes.setdefault(form, []).append(province)
        if home.plain:
            continue
        everywhere = districts_of.setdefault(province, {})
        for name in names:
            home.districts[name] = name
            short = _short(name, _DISTRICT_END)
            # 海南省 has 东方市 and 上海市 has no 海南: a short form must not hide another district's own name.
            home.districts.setdefault(short, name)
            everywhere[name] = (city, name) if name not in everywhere else ("", name)
    whole = {form: home[0] for form, home in homes.items() if len(home) == 1 and form.endswith(("市", "州", "盟", "地区"))}
    return _Tables(provinces, cities, whole, districts_of)


def official_province(name: str) -> str:
    """`上海` → `上海市`, `内蒙古` → `内蒙古自治区`; "" if there is no such province."""
    return _tables().provinces.get(name.strip(), "")


@lru_cache(maxsize=20_000)
def _place(first: str, second: str, third: str) -> tuple[str, str, str, int, str]:
    """Divisions of the first three words of a spaced address: province, city, district, how many words they take, note."""
    tables = _tables()
    province = tables.provinces.get(first, "")
    if not province:
        return "", "", "", 0, ""
    cities = tables.cities[province]
    if second in {UNDER_PROVINCE, UNDER_REGION}:
        home = cities.get(second)
        district = home.districts.get(third, "") if home else ""
        return province, second, district, 3 if district else 2, "county_under_province"
    if second in {"市辖区", "县"} and province in DIRECT:
        second = province
    city = cities.get(second)
    if city is None:
        found = tables.all_districts.get(province, {}).get(second)
        if found and found[0]:
            note = "county_under_province" if found[0] in {UNDER_PROVINCE, UNDER_REGION} else ""
            return province, found[0], found[1], 2, note
        return province, "", "", 1, ""
    if city.plain:
        used = 3 if third == city.name else 2
        return province, city.name, "", used, "city_without_districts"
    district = city.districts.get(third, "")
    return province, city.name, district, 3 if district else 2, ""


def _prefix(text: str, names: Container[str]) -> str:
    """The longest of `names` that `text` begins with."""
    for length in range(min(len(text), 15), 1, -1):
        if text[:length] in names:
            return text[:length]
    return ""


def _spaced(text: str) -> str:
    """`广东省深圳市南山区粤海街道…` with blanks between the divisions that it begins with; a missing province is put in if the city tells it."""
    tables = _tables()
    rest = text.replace(" ", "") if " " in text[:12] else text
    first = _prefix(rest, tables.provinces)
    after = rest[len(first) :] if first else rest
    province = tables.provinces.get(first, "")
    if province and first != province and after[:1] in {"省", "市"}:
        after = after[1:]
    if not province:
        city = _prefix(rest, tables.whole_cities)
        if not city:
            return text
        province, after = tables.whole_cities[city], rest
    cities = tables.cities[province]
    if province in DIRECT:
        after = after.removeprefix(province)
        second = province
    else:
        second = _prefix(after, cities)
        if not second:
            district = _prefix(after, tables.all_districts.get(province, {}))
            return f"{province} {district} {after[len(district) :]}" if district else f"{province} {after}"
        after = after[len(second) :].removeprefix("市" if not second.endswith("市") else "")
    home = cities[second]
    if home.plain:
        return f"{province} {home.name} {after}"
    third = _prefix(after, home.districts)
    return f"{province} {home.name} {third} {after[len(third) :]}" if third else f"{province} {home.name} {after}"


def split_address(text: str) -> Address:
    """Take `省 市 区 详细(邮编)` apart. Runs of blanks and line breaks count as one blank.

    Divisions come in official form (上海 → 上海市, whose city is 上海市). Unspaced text is cut where division names
    end. 东莞 and 中山 have no districts: the street counts to the address. Platform quirks: reference/taobao.md 2.3 (8).
    """
    words = text.split()
    if not words:
        return Address("", "", "", "", "", "")
    postcode = ""
    if words[-1][-1] in ")）":
        found = _POSTCODE.search(words[-1])
        if found is None and len(words) > 1:
            found = _POSTCODE.search(" ".join(words[-2:]))
        if found:
            postcode = "" if found[1] == "000000" else found[1]
            words = _POSTCODE.sub("", " ".join(words)).split()
    padded = (*words[:3], "", "", "")
    province, city, district, used, note = _place(padded[0], padded[1], padded[2])
    if (not province or not city) and words and len(words[0]) > 1:
        again = _spaced(" ".join(words)).split()
        padded = (*again[:3], "", "", "")
        other = _place(padded[0], padded[1], padded[2])
        if other[3] > used or (other[1] and not city):
            province, city, district, used, note = other
            words = again
    return Address(province, city, district, " ".join(words[used:]), postcode, note)


@lru_cache(maxsize=20_000)
def place_faults(province: str, city: str, district: str) -> str:
    """What is wrong with divisions as an order holds them: "", or `province_missing`, `province_unknown` and so on for city and district.

    A city in which no districts are told (东莞市) needs none. A district that platforms make up (`其它区`, a development zone) is let pass.
    """
    tables = _tables()
    if not province.strip():
        return "province_missing"
    official = tables.provinces.get(province.strip(), "")
    if not official:
        return "province_unknown"
    if not city.strip():
        return "city_missing"
    name = official if city.strip() in {"市辖区", "县"} and official in DIRECT else city.strip()
    home = tables.cities[official].get(name)
    if home is None:
        return "" if tables.all_districts.get(official, {}).get(name) else "city_unknown"
    if home.plain or not home.districts:
        return ""
    if not district.strip():
        return "district_missing"
    if district.strip() in home.districts or _MADE_UP.search(district.strip()):
        return ""
    return "district_unknown"


def is_masked(text: str) -> bool:
    """A `*` hides part of it: it never identifies anybody and never overwrites a clear value (domain: masked)."""
    return "*" in text or "＊" in text
