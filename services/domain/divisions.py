"""Where a text names a province, a city and a district: found anywhere in it, in the forms that people write. Pure.

Divisions come from resources/divisions.tsv. Several readings of a text are weighed against each other: the one that
names most levels wins. What fits several places and is not told apart by the rest of the text stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from resources import path
from services.domain.addresses import DIRECT, UNDER_PROVINCE, UNDER_REGION, short_city, short_district, short_province

_TRADITIONAL = str.maketrans(
    "臺灣縣區號廣東蘇龍門陽寧遼慶雲貴陝肅疆澳島嶼衛馬長沙興義縉樂滿漢濟煙濰臨蕪鎮鹽連無錫紹",
    "台湾县区号广东苏龙门阳宁辽庆云贵陕肃疆澳岛屿卫马长沙兴义缙乐满汉济烟潍临芜镇盐连无锡绍",
)
_GAP = re.compile(r"[\s,，、/\\|>＞·\-—_.。;；:：()（）\[\]【】]*")
_LONGEST = 16

# A short name that begins the name of a road or a building tells no division: 北京西路, 鼓楼医院.
_ROAD = (
    r"(东|西|南|北|中|环|新|老|大|小|[一二三四五六七八九十\d]){0,3}"
    r"(路|街(?!道)|大道|大街|大桥|巷|弄|胡同|里弄|公园|医院|大学|学院|学校|中学|小学|广场|大厦|宾馆|酒店|饭店|花园|花苑|新村|小区|商城|银行|商场"
)
_OTHER_ROAD = re.compile(_ROAD + ")")
_OTHER_NAME = re.compile(
    _ROAD + r")|(门(?!头)|山(?!阳|西|东|丹)|江(?!北|东|宁|西|南)|河(?!北|南|东|西)|湖(?!北|南)|村|镇|乡|站|桥|人|籍|话|菜|滩|湾|港|苑|府)"
)
_ZONE = re.compile(
    r"[\u4e00-\u9fff]{0,8}?(高新技术产业开发区|高新技术产业园区|高新技术开发区|高新产业开发区|经济技术开发区|经济开发区|技术开发区|高新开发区|高新园区|高新区|经开区|开发区|"
    r"工业园区|产业园区|保税港区|综合保税区|保税区|示范区|管理区|度假区|风景名胜区|风景区|实验区|合作区|新区|新城|园区)"
)
_SAME_ZONE = (
    ("高新技术产业开发区", "高新技术开发区", "高新技术产业园区", "高技术产业开发区", "高新开发区", "高新区"),
    ("经济技术开发区", "经济开发区", "技术开发区", "经开区", "开发区"),
    ("产业园区", "工业园区", "园区"),
)
_NO_CITY = {
    "省直辖县级行政区划": UNDER_PROVINCE,
    "省直辖县级行政单位": UNDER_PROVINCE,
    "省直辖行政单位": UNDER_PROVINCE,
    "省直辖县": UNDER_PROVINCE,
    "省直辖": UNDER_PROVINCE,
    "直辖县级行政单位": UNDER_PROVINCE,
    "直辖县": UNDER_PROVINCE,
    "自治区直辖县级行政区划": UNDER_REGION,
    "自治区直辖县级行政单位": UNDER_REGION,
    "自治区直辖": UNDER_REGION,
}
_PROVINCE_FORMS = {"内蒙": "内蒙古自治区", "香港特区": "香港特别行政区", "澳门特区": "澳门特别行政区"}
_CITY_FORMS = {
    ("新疆维吾尔自治区", "巴州"): "巴音郭楞蒙古自治州",
    ("新疆维吾尔自治区", "博州"): "博尔塔拉蒙古自治州",
    ("新疆维吾尔自治区", "克州"): "克孜勒苏柯尔克孜自治州",
    ("内蒙古自治区", "锡盟"): "锡林郭勒盟",
    ("湖北省", "襄樊市"): "襄阳市",
    ("湖北省", "襄樊"): "襄阳市",
    ("云南省", "思茅市"): "普洱市",
    ("香港特别行政区", "港岛"): "香港岛",
    ("澳门特别行政区", "氹仔"): "澳门外岛",
}
# Districts that were merged into others since 2000 and still stand in many an address.
_MERGED = {
    ("北京市", "崇文区"): "东城区",
    ("北京市", "宣武区"): "西城区",
    ("天津市", "塘沽区"): "滨海新区",
    ("天津市", "汉沽区"): "滨海新区",
    ("天津市", "大港区"): "滨海新区",
    ("天津市", "蓟县"): "蓟州区",
    ("上海市", "闸北区"): "静安区",
    ("上海市", "卢湾区"): "黄浦区",
    ("上海市", "南市区"): "黄浦区",
    ("上海市", "南汇区"): "浦东新区",
    ("南京市", "白下区"): "秦淮区",
    ("南京市", "下关区"): "鼓楼区",
    ("无锡市", "崇安区"): "梁溪区",
    ("无锡市", "南长区"): "梁溪区",
    ("无锡市", "北塘区"): "梁溪区",
    ("常州市", "戚墅堰区"): "武进区",
    ("苏州市", "沧浪区"): "姑苏区",
    ("苏州市", "平江区"): "姑苏区",
    ("苏州市", "金阊区"): "姑苏区",
    ("杭州市", "下城区"): "拱墅区",
    ("杭州市", "江干区"): "上城区",
    ("宁波市", "江东区"): "鄞州区",
    ("广州市", "东山区"): "越秀区",
    ("广州市", "芳村区"): "荔湾区",
    ("广州市", "萝岗区"): "黄埔区",
    ("青岛市", "四方区"): "市北区",
    ("青岛市", "胶南市"): "黄岛区",
    ("哈尔滨市", "动力区"): "香坊区",
    ("沈阳市", "东陵区"): "浑南区",
    ("成都市", "郫县"): "郫都区",
    ("重庆市", "万盛区"): "綦江区",
    ("重庆市", "双桥区"): "大足区",
    ("邢台市", "桥东区"): "襄都区",
    ("邢台市", "桥西区"): "信都区",
    ("唐山市", "滦县"): "滦州市",
    ("西安市", "户县"): "鄠邑区",
    ("长沙市", "望城县"): "望城区",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Divisions named between `start` and `end` of a text, in official form, "" where not known.

    `doubts` names the levels that were concluded from less than a full name, or not at all. `options` are the places
    (province, city, district) that a district alone could be. `known` says that the city has no districts.
    """

    province: str = ""
    city: str = ""
    district: str = ""
    start: int = 0
    end: int = 0
    score: float = 0.0
    doubts: frozenset[str] = frozenset()
    options: tuple[tuple[str, str, str], ...] = ()
    known: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    """An official name that a written form stands for, and how much the form is worth (4 full … 2 short)."""

    name: str
    worth: float


@dataclass(frozen=True, slots=True)
class _Tables:
    provinces: dict[str, _Form]
    cities: dict[str, dict[str, _Form]]
    districts: dict[tuple[str, str], dict[str, _Form]]
    cities_anywhere: dict[str, list[tuple[str, _Form]]]
    districts_of: dict[str, dict[str, list[tuple[str, _Form]]]]
    districts_anywhere: dict[str, list[tuple[str, str, _Form]]]
    plain: frozenset[tuple[str, str]]
    heads: frozenset[str]


def simplified(text: str) -> str:
    """The text with the traditional characters of division names simplified; as long as before."""
    return text.translate(_TRADITIONAL)


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    names: dict[tuple[str, str], list[str]] = {}
    for line in path("divisions.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            province, city, packed = line.split("\t")
            names.setdefault((province, city), []).extend(packed.split())
    plain = frozenset(pair for pair, districts in names.items() if districts in ([], [pair[1]]))
    all_provinces = dict.fromkeys(province for province, _city in names)
    provinces: dict[str, _Form] = {form: _Form(name, 2) for form, name in _PROVINCE_FORMS.items()}
    for province in all_provinces:
        short = short_province(province)
        provinces |= {short + end: _Form(province, 3) for end in ("省", "自治区", "特别行政区")}
        provinces[short] = _Form(province, 2)
        provinces[province] = _Form(province, 3)
    cities: dict[str, dict[str, _Form]] = {province: {} for province in all_provinces}
    districts = {pair: _district_forms(pair[1], found) for pair, found in names.items() if pair not in plain}
    of: dict[str, dict[str, list[tuple[str, _Form]]]] = {province: {} for province in all_provinces}
    anywhere: dict[str, list[tuple[str, str, _Form]]] = {}
    for (province, city), forms in districts.items():
        for written, form in forms.items():
            if form.worth >= 3 or (form.worth == 2 and city in {UNDER_PROVINCE, UNDER_REGION}):
                of[province].setdefault(written, []).append((city, form))
            if form.worth >= 3.5 and len(written) > 1:
                anywhere.setdefault(written, []).append((province, city, form))
    for province, city in names:
        cities[province] |= _city_forms(province, city, of[province])
    for (province, written), city in _CITY_FORMS.items():
        cities[province][written] = _Form(city, 3)
    everywhere: dict[str, list[tuple[str, _Form]]] = {}
    for province, known in cities.items():
        for written, form in known.items():
            if written not in _NO_CITY and written not in {"市辖区", "县"}:
                everywhere.setdefault(written, []).append((province, form))
    heads = frozenset(written[:2] for written in (*provinces, *everywhere, *anywhere))
    return _Tables(provinces, cities, districts, everywhere, of, anywhere, plain, heads)


def _city_forms(province: str, city: str, districts: Mapping[str, object]) -> dict[str, _Form]:
    if city in {UNDER_PROVINCE, UNDER_REGION}:
        return {written: _Form(city, 2) for written in _NO_CITY}
    short = short_city(city)
    forms = {short: _Form(city, 2)}
    if short + "市" not in districts:
        forms[short + "市"] = _Form(city, 3)
    if city.endswith("州") and len(short) > 1:
        forms[short + "州"] = _Form(city, 3)
        forms[short + "自治州"] = _Form(city, 3)
    if city.endswith(("地区", "盟")):
        forms[short + "地区"] = _Form(city, 3)
    if province in DIRECT:
        forms |= {written: _Form(city, 2) for written in ("市辖区", "县", short + "城区", short + "郊县", short + "郊区")}
    forms[city] = _Form(city, 3)
    return forms


def _district_forms(city: str, names: list[str]) -> dict[str, _Form]:
    """Written form → district of one city: its own name, a former rank of it, what people leave out, merged ones."""
    forms: dict[str, _Form] = {}
    often: dict[str, set[str]] = {}
    for name in names:
        for form in _loose_forms(city, name):
            often.setdefault(form, set()).add(name)
    for form, meant in often.items():
        if len(meant) == 1:
            forms[form] = _Form(next(iter(meant)), 3 if form[-1] in "区县市旗城" else 2)
    for (home, old), new in _MERGED.items():
        if home == city:
            forms[old] = _Form(new, 3.5)
    forms |= {name: _Form(name, 4) for name in names}
    return forms


def _loose_forms(city: str, name: str) -> Iterator[str]:
    if name.startswith(city) and name != city:
        yield name.removeprefix(city)
    short = short_district(name)
    if short != name:
        yield short
        if len(short) > 1:
            yield from (short + end for end in ("区", "县", "市", "新区"))
    for same in _SAME_ZONE:
        for end in same:
            if name.endswith(end):
                stem = name.removesuffix(end)
                for known in (short_city(city) + "市", short_city(city)):
                    stem = stem[stem.find(known) + len(known) :] if known in stem else stem
                yield from (before + other for before in {stem, name.removesuffix(end)} for other in same)
                return
    if "（" in name:
        yield from name.rstrip("）").split("（")


def find_place(text: str, *, postcode: str = "", area_code: str = "") -> Place:
    """The best reading of the divisions in `text`; postcode and area code tell places of one name apart.

    An empty place (start = end = 0) if none is named.
    """
    key = simplified(text)
    tables = _tables()
    best = Place()
    for start in range(len(key) - 1):
        if key[start : start + 2] not in tables.heads:
            continue
        bounded = start == 0 or not ("\u4e00" <= key[start - 1] <= "\u9fff")
        for place in _readings(tables, key, start):
            score = place.score + (2 if bounded else 0) - start / 10_000
            if not bounded and place.score < 3:
                continue  # 王海南, 李宁夏: a short name inside a word
            if score > best.score or (score == best.score and place.end > best.end):
                best = replace(place, score=score)
    if best.end == 0:
        return replace(best, doubts=frozenset({"province", "city", "district"}))
    return _completed(tables, key, best, postcode, area_code)


def place_at(text: str, start: int = 0) -> Place:
    """The best reading that begins right at `start`; an empty place if none does."""
    key = simplified(text)
    found = list(_readings(_tables(), key, start))
    return max(found, key=lambda place: (place.score, place.end)) if found else Place(start=start, end=start)


def _skip(key: str, at: int) -> int:
    found = _GAP.match(key, at)
    return found.end() if found else at


def _written(key: str, at: int, forms: Mapping[str, object]) -> Iterator[str]:
    """Every form that stands at `at`, the longest first."""
    for length in range(min(_LONGEST, len(key) - at), 0, -1):
        if key[at : at + length] in forms:
            yield key[at : at + length]


def _fits(key: str, end: int, form: _Form, others: re.Pattern[str] = _OTHER_NAME) -> bool:
    return form.worth > 2 or not others.match(key, end)


def _readings(tables: _Tables, key: str, start: int) -> Iterator[Place]:
    at = start
    if key.startswith("中国", at):
        at = _skip(key, at + 2)
    for written in _written(key, at, tables.provinces):
        form = tables.provinces[written]
        end = at + len(written)
        place = Place(province=form.name, start=start, end=end, score=form.worth)
        if _fits(key, end, form):
            yield place
        yield from _under_province(tables, key, place)
    for written in _written(key, start, tables.cities_anywhere):
        for province, form in tables.cities_anywhere[written]:
            end = start + len(written)
            if province not in DIRECT:
                place = Place(province=province, city=form.name, start=start, end=end, score=form.worth)
                place = replace(place, known=(province, form.name) in tables.plain)
                if _fits(key, end, form):
                    yield place
                yield from _under_city(tables, key, place)
    for written in _written(key, start, tables.districts_anywhere):
        options = tuple((province, city, form.name) for province, city, form in tables.districts_anywhere[written])
        end = start + len(written)
        if len(written) == 2 and (start > 0 and "\u4e00" <= key[start - 1] <= "\u9fff"):
            continue
        yield Place(district=options[0][2], start=start, end=end, score=4, options=options)


def _under_province(tables: _Tables, key: str, place: Place) -> Iterator[Place]:
    at = _skip(key, place.end)
    cities = tables.cities[place.province]
    for written in _written(key, at, cities):
        form = cities[written]
        end = at + len(written)
        worth = 1 if written in _NO_CITY else form.worth
        known = (place.province, form.name) in tables.plain
        city = replace(place, city=form.name, end=end, score=place.score + worth, known=known)
        if _fits(key, end, form, _OTHER_ROAD):
            yield city
        yield from _under_city(tables, key, city)
    for written in _written(key, at, tables.districts_of[place.province]):
        found = tables.districts_of[place.province][written]
        end = at + len(written)
        full = [one for one in found if one[1].worth == 4] or found
        if not _fits(key, end, full[0][1]):
            continue
        score = place.score + full[0][1].worth
        if len(full) == 1:
            home, form = full[0]
            yield replace(place, city=home, district=form.name, end=end, score=score, doubts=_doubt(form))
        else:
            options = tuple((place.province, home, form.name) for home, form in full)
            yield replace(place, district=full[0][1].name, end=end, score=score, options=options)
    if place.province in DIRECT:
        yield from _under_city(tables, key, replace(place, city=place.province))
    zone = _ZONE.match(key, at)
    if zone and zone.end() < len(key):
        later = _skip(key, zone.end())
        for written in _written(key, later, tables.districts_of[place.province]):
            found = [one for one in tables.districts_of[place.province][written] if one[1].worth == 4]
            if len(found) == 1:
                home, form = found[0]
                yield replace(place, city=home, district=form.name, end=place.end, score=place.score + 4, doubts=frozenset())


def _under_city(tables: _Tables, key: str, place: Place) -> Iterator[Place]:
    """Readings that go on to a district; the city alone is its caller's."""
    if place.known:
        at = _skip(key, place.end)
        if key.startswith(place.city, at):
            yield replace(place, end=at + len(place.city), score=place.score + 1)
        return
    at = _skip(key, place.end)
    forms = tables.districts[place.province, place.city]
    starts = [at]
    for again in (place.city, short_city(place.city) + "市", short_city(place.city), "市辖区"):
        if key.startswith(again, at) and again not in forms:
            starts.append(_skip(key, at + len(again)))
            break
    for at, written in ((begin, word) for begin in starts for word in _written(key, begin, forms)):
        form = forms[written]
        end = at + len(written)
        if _fits(key, end, form, _OTHER_NAME) and not (form.worth == 2 and key.startswith("街道", end)):
            yield replace(place, district=form.name, end=end, score=place.score + form.worth, doubts=_doubt(form))


def _doubt(form: _Form) -> frozenset[str]:
    return frozenset() if form.worth in {4, 3} else frozenset({"district"})


def _completed(tables: _Tables, key: str, place: Place, postcode: str, area_code: str) -> Place:
    if place.options:
        place = _told_apart(key, place, postcode, area_code)
    rest = key[place.end :]
    if place.province in DIRECT:
        place = replace(place, city=place.province)
    elif place.province and not place.city:
        place = _later_city(tables, rest, place)
    if place.city and not place.district and not place.known:
        place = _later_district(tables, key, place)
    missing = {name for name in ("province", "city") if not getattr(place, name)}
    if not place.district and not place.known:
        missing.add("district")
    return replace(place, doubts=place.doubts | missing)


def _told_apart(key: str, place: Place, postcode: str, area_code: str) -> Place:
    options = place.options
    if len(options) > 1:
        others = key[: place.start] + "\n" + key[place.end :]
        named = [one for one in options if any(name in others for name in (one[0], one[1]))]
        named = named or [
            one for one in options if any(_stands_alone(name, others) for name in (short_province(one[0]), short_city(one[1])))
        ]
        options = tuple(named) or options
    if len(options) > 1 and postcode:
        options = tuple(one for one in options if province_of_postcode(postcode) in {one[0], ""}) or options
    if len(options) > 1 and area_code in AREA_CODES:
        options = tuple(one for one in options if one[1] == AREA_CODES[area_code]) or options
    if len(options) == 1:
        province, city, district = options[0]
        return replace(place, province=province, city=city, district=district, options=())
    provinces, cities = {one[0] for one in options}, {one[1] for one in options}
    return replace(
        place,
        province=provinces.pop() if len(provinces) == 1 else "",
        city=cities.pop() if len(cities) == 1 else "",
        options=options,
    )


def _stands_alone(name: str, text: str) -> bool:
    return any(not _OTHER_NAME.match(text, found.end()) for found in re.finditer(rf"(?<![\u4e00-\u9fff]){re.escape(name)}", text))


def _later_city(tables: _Tables, rest: str, place: Place) -> Place:
    """A city or district of the province that stands a little further on: `浙江省 三里亭 杭州市江干区`."""
    found: list[tuple[int, str, str]] = []
    for at in range(min(len(rest), 40)):
        for written in _written(rest, at, tables.cities[place.province]):
            form = tables.cities[place.province][written]
            if form.worth == 3 and written not in _NO_CITY:
                found.append((at, form.name, ""))
        for written in _written(rest, at, tables.districts_of[place.province]):
            full = [one for one in tables.districts_of[place.province][written] if one[1].worth == 4]
            if len(full) == 1:
                found.append((at, full[0][0], full[0][1].name))
    if not found:
        return place
    _at, city, district = min(found, key=lambda one: one[0])
    return replace(
        place, city=city, district=district, doubts=place.doubts | {"city", "district"}, known=(place.province, city) in tables.plain
    )


def _later_district(tables: _Tables, key: str, place: Place) -> Place:
    """The full name of a district of the city further on, else a development zone that stands where a district would."""
    forms = tables.districts[place.province, place.city]
    for at in range(place.end, min(len(key), place.end + 30)):
        for written in _written(key, at, forms):
            if forms[written].worth >= 3.5 and len(written) > 2:
                return replace(place, district=forms[written].name, doubts=place.doubts | {"district"})
    start = _skip(key, place.end)
    zone = _ZONE.match(key, start)
    if zone:
        return replace(place, district=zone[0], end=zone.end(), doubts=place.doubts | {"district"})
    return place


# The first two digits of a Chinese postcode name the province.
_POSTCODES = (
    ("北京市", 10, 10),
    ("内蒙古自治区", 1, 2),
    ("山西省", 3, 4),
    ("河北省", 5, 7),
    ("辽宁省", 11, 12),
    ("吉林省", 13, 13),
    ("黑龙江省", 15, 16),
    ("上海市", 20, 20),
    ("江苏省", 21, 22),
    ("安徽省", 23, 24),
    ("山东省", 25, 27),
    ("天津市", 30, 30),
    ("浙江省", 31, 32),
    ("江西省", 33, 34),
    ("福建省", 35, 36),
    ("重庆市", 40, 40),
    ("湖南省", 41, 42),
    ("湖北省", 43, 44),
    ("河南省", 45, 47),
    ("广东省", 51, 52),
    ("广西壮族自治区", 53, 54),
    ("贵州省", 55, 56),
    ("海南省", 57, 57),
    ("四川省", 61, 64),
    ("云南省", 65, 67),
    ("陕西省", 71, 72),
    ("甘肃省", 73, 74),
    ("宁夏回族自治区", 75, 75),
    ("青海省", 81, 81),
    ("新疆维吾尔自治区", 83, 84),
    ("西藏自治区", 85, 86),
)
_BY_POSTCODE = {head: province for province, first, last in _POSTCODES for head in range(first, last + 1)}

AREA_CODES = {
    "010": "北京市",
    "020": "广州市",
    "021": "上海市",
    "022": "天津市",
    "023": "重庆市",
    "024": "沈阳市",
    "025": "南京市",
    "027": "武汉市",
    "028": "成都市",
    "029": "西安市",
}


def province_of_postcode(postcode: str) -> str:
    """`310000` → `浙江省`; "" if no province has such codes."""
    return _BY_POSTCODE.get(int(postcode[:2]), "") if postcode[:2].isdigit() else ""
