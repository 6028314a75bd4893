"""The shop's choices: what may be set, and that it holds at once."""

from __future__ import annotations

import pytest

from services.desk import Desk
from services.errors import BadInput, Refused
from services.settings import ChangeSetting, ChangeSettings, ShopFacts


def test_a_new_name_is_known_at_once_and_kept(desk: Desk) -> None:
    desk.perform(ChangeSettings((("name", "山月茶铺"), ("promise_hours", 24))))
    assert desk.shop.name == "山月茶铺"
    with Desk.open(desk.shop.folder) as again:
        assert again.shop.name == "山月茶铺"
        facts = again.read(ShopFacts())
        assert facts is not None
        assert facts["promise_hours"] == 24


def test_what_is_fixed_or_unknown_is_refused_and_changes_nothing(desk: Desk) -> None:
    before = desk.shop
    with pytest.raises(Refused):
        desk.perform(ChangeSettings((("name", "别的"), ("zone", "Europe/Paris"))))
    with pytest.raises(BadInput):
        desk.perform(ChangeSetting("colour", "blue"))
    assert desk.shop == before


@pytest.mark.parametrize("value", [{"loyal": 91}, {"loyal": -1}, {"loyal": True}, {"loyal": "5"}, {"vip": 5}, ["loyal"], 5])
def test_a_tiers_discount_is_a_percent_of_a_known_tier(desk: Desk, value: object) -> None:
    with pytest.raises(BadInput):
        desk.perform(ChangeSetting("tier_discounts", value))
    desk.perform(ChangeSetting("tier_discounts", {"loyal": 5, "regular": 0}))


def test_the_trail_says_settings_in_words() -> None:
    from services.words.trail import value

    assert value("setting", "value", '{"loyal": 5, "regular": 3}', "zh", "Asia/Shanghai") == "忠实 5%、常客 3%"
    assert value("setting", "value", '["loyal"]', "en", "Asia/Shanghai") == "Loyal"
    assert value("setting", "value", "true", "zh", "Asia/Shanghai") == "是"
    assert value("setting", "value", '"山月茶铺"', "zh", "Asia/Shanghai") == "山月茶铺"
