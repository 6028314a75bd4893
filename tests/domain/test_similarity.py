"""Which goods of ours a platform's words mean: properties of the score, and names as shops really give them."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.similarity import BEST, LEAST, SURE, GoodsWords, Shelf, score

SHELF = (
    GoodsWords(1, "WL-GH-250", "桂花乌龙 250g 罐装"),
    GoodsWords(2, "WL-GH-100", "桂花乌龙 100g 袋装"),
    GoodsWords(3, "LJ-MQ-100", "明前龙井 100g"),
    GoodsWords(4, "GW-BC-150", "白瓷盖碗 150ml"),
    GoodsWords(5, "CP-ZP-40", "竹制茶盘 40cm"),
    GoodsWords(6, "PM-06", "品茗杯 六只装"),
    GoodsWords(7, "PM-01", "品茗杯 单只"),
    GoodsWords(8, "TX-R-L", "纯棉T恤", "颜色分类:红色;尺码:L"),
    GoodsWords(9, "TX-R-M", "纯棉T恤", "颜色分类:红色;尺码:M"),
    GoodsWords(10, "TX-B-L", "纯棉T恤", "颜色分类:黑色;尺码:L"),
)
# No sharp s, dotted I and the like, which have no way back from their capitals.
WORDS = st.text(st.sampled_from("桂花乌龙井茶杯白瓷盖碗红色黑大小装盒罐袋 250gmlABc-+（）【】"), max_size=24)
GOODS = st.builds(GoodsWords, st.integers(1, 50), WORDS, WORDS, st.builds(lambda one, two: f"颜色:{one};规格:{two}", WORDS, WORDS))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (GoodsWords(0, "", "【新茶上市】桂花乌龙茶叶 250克罐装送礼"), 1),
        (GoodsWords(0, "", "桂花乌龙茶", "净含量:100g;包装:袋装"), 2),
        (GoodsWords(0, "", "2026新茶 龙井茶 明前特级", "净含量:100克"), 3),
        (GoodsWords(0, "", "陶瓷盖碗 白瓷 功夫茶具", "容量:150毫升"), 4),
        (GoodsWords(0, "", "品茗杯 陶瓷", "规格:6只装"), 6),
        (GoodsWords(0, "", "品茗杯陶瓷小茶杯", "规格:单只"), 7),
        (GoodsWords(0, "", "夏季纯棉T恤男女同款", "尺码:M;颜色分类:红色"), 9),
        (GoodsWords(0, "", "夏季纯棉T恤男女同款", "颜色分类:黑色;尺码:L"), 10),
        (GoodsWords(0, "WLGH250新", "桂花乌龙"), 1),
        (GoodsWords(0, "LJ-MQ-100B", "春茶礼"), 3),
    ],
)
def test_names_of_platforms_find_our_goods(words: GoodsWords, meant: int) -> None:
    assert Shelf(SHELF).suggest(words)[0].key == meant


def test_other_goods_are_not_suggested() -> None:
    assert Shelf(SHELF).suggest(GoodsWords(0, "", "手机壳 磨砂")) == ()
    assert Shelf([]).suggest(GoodsWords(0, "A", "桂花乌龙")) == ()
    assert Shelf(SHELF).suggest(GoodsWords(0)) == ()


def test_another_size_is_never_sure() -> None:
    for one in Shelf(SHELF).suggest(GoodsWords(0, "", "桂花乌龙", "净含量:500g")):
        assert one.score < SURE


@given(st.lists(GOODS, max_size=12, unique_by=lambda one: one.key), GOODS, st.integers(0, 10))
def test_scores_are_bounded_ordered_and_the_same_whatever_the_order(shelf: list[GoodsWords], asked: GoodsWords, most: int) -> None:
    found = Shelf(shelf).suggest(asked, most)
    assert len(found) <= most
    assert list(found) == sorted(found, key=lambda one: (-one.score, one.key))
    assert all(LEAST <= one.score <= BEST for one in found)
    shuffled = list(shelf)
    random.Random(1).shuffle(shuffled)
    assert Shelf(shuffled).suggest(asked, most) == found
    assert {one.key for one in found} <= {one.key for one in shelf}
    assert Shelf(shelf).suggest(asked, 3)[:most] == found[:3]


@given(GOODS)
def test_equal_words_are_the_best_there_is(goods: GoodsWords) -> None:
    found = score(goods, goods._replace(code=""))
    assert found == (
        BEST if any(mark.isalnum() for mark in goods.title + goods.properties.replace("颜色:", "").replace("规格:", "")) else 0
    )


@given(GOODS, GOODS)
def test_width_case_and_the_order_of_options_say_nothing(asked: GoodsWords, ours: GoodsWords) -> None:
    wide = asked.title.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    turned = ";".join(reversed(asked.properties.split(";")))
    assert score(asked._replace(title=wide), ours) == score(asked, ours)
    assert score(asked._replace(title=asked.title.upper()), ours) == score(asked, ours)
    assert score(asked._replace(properties=turned), ours) == score(asked, ours)


@pytest.mark.parametrize(
    ("asked", "ours"),
    [
        (GoodsWords(0, "", "纯棉T恤", "颜色分类:红色;尺码:L"), GoodsWords(1, "", "纯棉T恤", "颜色分类:红色;尺码:M")),
        (GoodsWords(0, "", "马克杯", "颜色:绿;容量:350ml"), GoodsWords(1, "", "马克杯", "颜色:蓝;容量:350ml")),
        (GoodsWords(0, "", "洗面奶125ml*2"), GoodsWords(1, "", "洗面奶 125ml")),
        (GoodsWords(0, "", "洗面奶125ml 两支装"), GoodsWords(1, "", "洗面奶 125ml")),
        (GoodsWords(0, "", "小棕瓶精华75ml"), GoodsWords(1, "", "小棕瓶精华 套装 75ml 15ml")),
        (GoodsWords(0, "", "女鞋", "颜色:黑色;尺码:39"), GoodsWords(1, "", "女鞋", "颜色:黑色;尺码:38")),
    ],
)
def test_another_colour_size_or_number_of_pieces_is_suggested_but_never_sure(asked: GoodsWords, ours: GoodsWords) -> None:
    assert LEAST <= score(asked, ours) < SURE


def test_a_colour_by_its_shorter_name_is_the_same() -> None:
    assert score(GoodsWords(0, "", "马克杯", "颜色:蓝;容量:350ml"), GoodsWords(1, "", "马克杯", "颜色:蓝色;容量:350ml")) >= SURE


def test_goods_are_known_again_by_the_titles_of_another_month(reference: Path) -> None:
    """Listings of 22 brands, whose titles shops changed from promotion to promotion (data/taobao_beauty_listings)."""
    titles: dict[str, list[str]] = {}
    with (reference / "taobao_beauty_listings" / "beauty_gbk.csv").open(encoding="gbk", errors="replace", newline="") as stream:
        for row in csv.DictReader(stream):
            known = titles.setdefault(row["id"], [])
            if row["title"] not in known:
                known.append(row["title"])
    listed = list(titles)
    shelf = Shelf([GoodsWords(key, "", titles[name][0]) for key, name in enumerate(listed)])
    changed = [key for key, name in enumerate(listed) if len(titles[name]) > 1]
    asked = random.Random(1).sample(changed, 300)
    found = {key: [one.key for one in shelf.suggest(GoodsWords(0, "", titles[listed[key]][-1]))] for key in asked}
    assert sum(key in likely for key, likely in found.items()) >= 0.97 * len(asked)
    assert sum(likely[:1] == [key] for key, likely in found.items()) >= 0.85 * len(asked)
