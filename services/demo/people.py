"""Invented buyers: nicks, names, numbers that no carrier hands out (160…, 168…), addresses in real divisions.

Every street and house is made up; only the names of provinces, cities and districts are public.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from random import Random

from resources import path


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


_SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛"
_GIVEN = _words(
    "伟 芳 娜 敏 静 丽 强 磊 洋 艳 勇 杰 娟 涛 明 超 兰 霞 平 刚 桂英 子涵 雨桐 欣怡 浩然 梓萱 思远 佳宁 一诺 宇轩 诗涵 晓东 建国 志强 "
    "春梅 秋月 海燕 丹丹 婷婷 小龙 文静 俊杰 嘉怡 若曦 景行 清扬 知夏 念安 书瑶 沐阳 云舒 青禾 予安 南乔"
)
_NICK_HEAD = _words(
    "半山 青柠 山城 一只 木子的 橘子 晚风 栗子 不吃 阿布 云边 小院 盐汽水 南方 海盐 深巷 折耳根 十三 白日梦 老友 桂花 松间 雨前 北纬 竹里 "
    "慢慢 团子 芝麻 薄荷 柚子 银杏 秋分 拾光 乌龙 野生 好运 豆花 麦田 星期八 小满"
)
_NICK_TAIL = _words(
    "听雨 不加糖 小满 布鲁 的茶桌 汽水铺 与猫 同学 香菜 杂货间 有个人 煮茶 加冰 姑娘 芝士 卖花 大王 月 邮差 记茶馆 先生 小姐 喝茶 漫步 的家 "
    "爱收纳 呀 日记 来信 在路上 吃不胖 不熬夜 观察员 的日常 打烊了"
)
_STREETS = _words(
    "翠柏路 云栖路 文汇街 桂花巷 青年路 解放东路 滨江大道 学府路 长安街 茶亭街 水杉路 金桂路 石榴巷 望海路 和平里 南湖路 梅园路 新华路 竹园路 书院巷"
)
_TOWNS = _words("云溪街道 东湖街道 翠苑街道 城关镇 花园街道 中山街道 新城街道 文化街街道 朝阳街道 古镇")
_ESTATES = _words("锦绣江南 山水华庭 阳光花园 翰林府 桃源里 梧桐公馆 碧水云天 书香苑 春晓园 金色家园 绿洲新村 枫丹雅苑")
_OFFICES = _words("创新大厦 国际商务中心 软件园二期 时代广场 科技园南区 文创产业园")

# Where the buyers live: tea goes to the Yangtze delta and the south, and some of it everywhere.
_WEIGHTS = {
    "浙江省": 17,
    "江苏省": 15,
    "广东省": 15,
    "上海市": 10,
    "北京市": 8,
    "福建省": 6,
    "山东省": 6,
    "四川省": 6,
    "湖北省": 4,
    "河南省": 4,
    "安徽省": 4,
    "湖南省": 4,
    "重庆市": 3,
    "陕西省": 3,
    "辽宁省": 3,
    "河北省": 3,
    "天津市": 3,
    "江西省": 2,
    "云南省": 2,
    "广西壮族自治区": 2,
    "黑龙江省": 1.5,
    "吉林省": 1.5,
    "山西省": 1.5,
    "贵州省": 1.5,
    "内蒙古自治区": 1,
    "甘肃省": 1,
    "海南省": 1,
    "新疆维吾尔自治区": 1,
    "宁夏回族自治区": 0.5,
    "青海省": 0.4,
    "西藏自治区": 0.3,
}


@dataclass(slots=True)
class Buyer:
    """One buyer of one channel. `customer_id` is its row; `masked` means that the platform hides even the nick."""

    customer_id: int
    channel: int
    nick: str
    recipient: str
    phone: str
    province: str
    city: str
    district: str
    address: str
    postcode: str
    masked: bool
    first_seen_at: int
    tail: int


@lru_cache(maxsize=1)
def _places() -> tuple[tuple[tuple[str, str, str, int], ...], tuple[float, ...]]:
    """Every district of the provinces above, and the running sum of their weights."""
    found: list[tuple[str, str, str, int]] = []
    weights: list[float] = []
    cities: dict[str, list[tuple[str, list[str]]]] = {}
    for line in path("divisions.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        province, city, names = line.split("\t")
        districts = [name for name in names.split() if len(name) <= 7 and name != city]
        if province in _WEIGHTS and districts and "直辖" not in city:
            cities.setdefault(province, []).append((city, districts))
    for number, (province, listed) in enumerate(cities.items()):
        # The first city of a province is its capital: half the buyers live there.
        shares = [1.0 if len(listed) == 1 else 0.45 if place == 0 else 0.55 / (len(listed) - 1) for place in range(len(listed))]
        for place, ((city, districts), share) in enumerate(zip(listed, shares, strict=True)):
            for district in districts:
                found.append((province, city, district, (10 + number) * 10_000 + place * 100))
                weights.append(_WEIGHTS[province] * share / len(districts))
    return tuple(found), tuple(accumulate(weights))


def new_buyer(random: Random, customer_id: int, channel: int, at: int) -> Buyer:
    places, weights = _places()
    ((province, city, district, postcode),) = random.choices(places, cum_weights=weights)
    return Buyer(
        customer_id=customer_id,
        channel=channel,
        nick=_nick(customer_id),
        recipient=random.choice(_SURNAMES) + random.choice(_GIVEN),
        phone=f"{random.choice((160, 168))}{random.randrange(10**8):08d}",
        province=province,
        city=city,
        district=district,
        address=_street(random),
        postcode=f"{postcode + random.randrange(100):06d}",
        masked=False,
        first_seen_at=at,
        tail=random.randrange(10_000),
    )


def _nick(number: int) -> str:
    """Every pair of words once, mixed by a step that is prime to their number; then again with a figure behind."""
    pairs = len(_NICK_HEAD) * len(_NICK_TAIL)
    head, tail = divmod(number * 611 % pairs, len(_NICK_TAIL))
    return f"{_NICK_HEAD[head]}{_NICK_TAIL[tail]}{number // pairs or ''}"


def _street(random: Random) -> str:
    road = f"{random.choice(_TOWNS)}{random.choice(_STREETS)}{random.randrange(1, 900)}号"
    if random.random() < 0.2:
        return f"{road}{random.choice(_OFFICES)}{random.choice('ABC')}座{random.randrange(3, 30)}{random.randrange(1, 20):02d}室"
    return f"{road}{random.choice(_ESTATES)}{random.randrange(1, 40)}幢{random.randrange(1, 5)}单元{random.randrange(1, 33)}0{random.randrange(1, 5)}室"


def long_address(random: Random) -> str:
    """An address of exactly 120 characters, as careful buyers write them."""
    text = (
        f"{_street(random)}（从南门进来左手边第二个路口右转，过了便民超市和快递柜再往前走五十米，门口有一棵很大的桂花树和一排绿色的信箱；"
        "电梯请按五楼，出电梯左转第三家，门上贴着福字，白天家里没有人请放在门口的木头鞋柜上并发个短信，谢谢师傅辛苦了，雨天请放进楼道里面）"
    )
    return text[:119] + "）" if len(text) >= 120 else text + "。" * (120 - len(text))


def masked_name(name: str) -> str:
    return name[:1] + "*" * max(1, len(name) - 1)


def masked_phone(phone: str) -> str:
    return f"{phone[:3]}****{phone[-4:]}"


def masked_address(address: str) -> str:
    """House numbers hidden, as platforms write it."""
    return "".join("*" if mark.isdigit() else mark for mark in address)
