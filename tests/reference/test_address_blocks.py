"""Pasted addresses of the kinds that platforms make, from the sample exports and the public list of towns: how many come out right."""

from __future__ import annotations

import csv
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from services.domain.address_block import read_address_block
from services.domain.addresses import DIRECT, short_city, short_province
from tests.reference.exports import needs_exports, truth_files, truth_of

pytestmark = needs_exports

ENOUGH = 0.97
FIELDS = ("province", "city", "district", "recipient", "phone")
LAYOUTS = (
    "{name}，86-{phone}，{province} {city} {district} {street} ，000000",
    "收货人：{name}\n手机号码：{phone}\n所在地区：{province}{city}{district}\n详细地址：{street}",
    "姓名:{name} 电话:{phone} 地址:{province}{city}{district}{street}",
    "{name}{phone}{province}{city}{district}{street}",
    "{province}{city}{district}{street} {name} {phone}",
    "{province}{city}{district}{street}{name}{phone}",
    "{name} {phone} {short_province}{short_city}{district}{street}",
    "{name} {phone} {without_province}{district}{street}",
    "{province}{city}{district}\n{street}\n{name}\n{phone}",
    "{name} {phone} {province}{city}{district}{province}{city}{district}{street}",
    "亲，帮我发到{province}{city}{district}{street}，收货人{name}，电话{phone}，谢谢",
)
Case = tuple[str, dict[str, str]]


def _written(truth: dict[str, str], street: str) -> Iterator[Case]:
    province, city, district = truth["province"], truth["city"], truth["district"]
    inner = "" if province in DIRECT or "直辖" in city else city
    values = {
        "name": truth["recipient"],
        "phone": truth["phone"],
        "province": province,
        "city": inner,
        "district": district,
        "street": street,
    }
    values |= {"short_province": short_province(province), "short_city": short_city(inner) if inner else ""}
    values["without_province"] = inner or ("" if "直辖" in city else province)
    for layout in LAYOUTS:
        yield layout.format(**values), truth


def _of_exports() -> Iterator[Case]:
    seen = set()
    for name in truth_files("taobao.orders"):
        for order in truth_of(name).get("orders", ()):
            if order["number"] in seen:
                continue
            seen.add(order["number"])
            if all(order.get(key) for key in ("recipient", "phone", "province", "city", "address")) and "address_note" not in order:
                yield from _written({key: order.get(key) or "" for key in FIELDS}, order["address"].replace(" ", ""))


def _of_towns(reference: Path) -> Iterator[Case]:
    """A town of each fiftieth row of the public list, with an invented road and person."""
    folder = reference / "cn_divisions"

    def read(name: str) -> dict[str, dict[str, str]]:
        with (folder / name).open(encoding="utf-8", newline="") as file:
            return {row["code"]: row for row in csv.DictReader(file)}

    provinces, cities, areas = read("provinces.csv"), read("cities.csv"), read("areas.csv")
    chance = random.Random(20)
    for town in list(read("streets.csv").values())[::50]:
        province, city, area = provinces[town["provinceCode"]]["name"], cities[town["cityCode"]]["name"], areas[town["areaCode"]]["name"]
        city = province if province in DIRECT else city
        truth = {"province": province, "city": city, "district": "" if area == city else area}
        truth |= {
            "recipient": chance.choice(("张三", "李海南", "王北京", "赵*", "周女士")),
            "phone": chance.choice(("16812345678", "168****5678")),
        }
        road = chance.choice(("中山路", "上海大道", "西湖巷", "南京东路", "工业园区创业路"))
        yield from _written(
            truth, f"{town['name']}{road}{chance.randrange(1, 999)}号{chance.randrange(1, 30)}栋{chance.randrange(101, 2900)}室"
        )


def _share_right(cases: Iterator[Case]) -> dict[str, float]:
    right: Counter[str] = Counter()
    total = 0
    for text, truth in cases:
        total += 1
        block = read_address_block(text)
        right.update(name for name in FIELDS if getattr(block, name) == truth[name])
    assert total > 1000
    return {name: right[name] / total for name in FIELDS}


def test_addresses_of_the_exports_come_out_right() -> None:
    assert min(_share_right(_of_exports()).values()) >= ENOUGH


def test_addresses_in_every_kind_of_town_come_out_right(reference: Path) -> None:
    found = _share_right(_of_towns(reference))
    assert min(found.values()) >= ENOUGH, found
