"""The shop's own words for completing a search."""

from __future__ import annotations

from services.db.schema import Tag
from services.desk import Desk
from services.queries import search_words
from services.queries.search_words import SearchWords
from services.search.complete import complete
from tests.factories import Fill, make_channel, make_order


def test_the_words_in_use_the_most_used_first(desk: Desk) -> None:
    make_channel(desk, "taobao", shop_name="小店")
    for place, (province, city, tags) in enumerate(
        [
            ("浙江省", "杭州市", "vip"),
            ("浙江省", "宁波市", "礼物，vip"),
            ("上海市", "上海市", ""),
            ("", "", ""),
            ("西藏自治区", "宁波市", "vip"),
        ]
    ):
        make_order(desk, number=str(place), province=province, city=city, tags=tags)
    desk.perform(Fill(Tag, [{"name": "大件", "colour": 1}]))
    words = desk.read(SearchWords())
    assert words == {
        "channel": ("taobao", "小店"),
        "province": ("上海市", "浙江省", "西藏自治区"),
        "city": ("宁波市", "上海市", "杭州市"),
        "district": ("西湖区",),
        "tag": ("vip", "礼物", "大件"),
    }
    assert [item.text for item in complete("标签:", 3, "zh", words).items] == ["vip", "礼物", "大件", '""']


def test_a_new_shop_has_no_words(desk: Desk) -> None:
    assert set(desk.read(SearchWords()).values()) == {()}


def test_no_statement_goes_through_all_orders(desk: Desk) -> None:
    make_order(desk, number="1")
    raw = desk._readers.connection().connection.dbapi_connection
    assert raw is not None
    sent: list[str] = []
    raw.set_trace_callback(lambda text: sent.append(text) if text.startswith(("SELECT", "\nWITH")) else None)
    desk.read(SearchWords())
    raw.set_trace_callback(None)
    assert len(sent) == 4
    assert f"LIMIT {search_words.NEWEST}" in "".join(sent)
    plan = [row[3] for row in raw.cursor().execute(f"EXPLAIN QUERY PLAN {next(text for text in sent if 'RECURSIVE' in text)}")]
    # The least one, and for each the next greater.
    steps = [step.replace("COVERING INDEX", "INDEX") for step in plan if "orders" in step]
    assert all(step.startswith("SEARCH orders USING INDEX ix_orders_") for step in steps), steps
    assert [step.partition("(")[2] for step in steps] == ["", "province>?)", "province=?)", "province=? AND city>?)"]
