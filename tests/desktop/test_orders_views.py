"""By region, in shipping order, tags and tiers: driven by mouse and keys on the demo shop."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QListWidget, QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.context import AppContext
from desktop.models.order_columns import tag_pill
from desktop.tag_colours import tag_colours
from desktop.theme import themes
from desktop.views.orders import OrdersPage
from desktop.views.settings_dialog import SettingsDialog
from desktop.views.shipping_dialog import ShippingDialog, key_words
from desktop.views.tags_dialog import TagsDialog
from desktop.views.tier_button import TierButton
from desktop.views.widgets.buttons import Button
from desktop.views.widgets.dialog import Question
from services.commands.customers import SetTier
from services.commands.edits import EditOrders
from services.desk import Desk
from services.queries.order_card import OrderCard
from services.queries.order_rows import CountOrders, OrderIds
from services.queries.region_counts import RegionCounts
from services.queries.tag_rows import TagColours, TagRows
from services.settings import ShopSettings
from tests.desktop import hands

TO_SHIP = "status:awaiting_shipment"


@pytest.fixture(autouse=True)
def _no_colours() -> Iterator[None]:
    yield
    tag_colours().take({})


@pytest.fixture
def page(demo_context: AppContext, qtbot: QtBot) -> Iterator[OrdersPage]:
    with hands.on_screen(OrdersPage(demo_context), qtbot) as made:
        made.load()
        made.activate()
        qtbot.waitUntil(lambda: made.model.row_at(0) is not None)
        yield made


def place(page: OrdersPage, name: str) -> QPoint:
    """Where a province's name stands."""
    regions = page.views.regions
    assert regions is not None
    found = next(one for one in regions.model.places if one.words == name)
    area = regions.tree.visualRect(regions.tree.index_of(found))
    return QPoint(60, area.center().y())


# ---- by region


def test_the_present_search_is_counted_by_province_and_city(page: OrdersPage, shop: Desk) -> None:
    hands.press(page, Qt.Key.Key_G, hands.CTRL)
    regions = page.views.regions
    assert regions is not None
    assert regions.isVisible()
    hands.check_model(regions.model)
    rows = shop.read(RegionCounts(TO_SHIP))
    assert [(one.name, one.orders, one.paid) for one in regions.model.places] == [(row.name, row.orders, row.paid) for row in rows]
    assert f"{shop.read(CountOrders(TO_SHIP))} 单" in regions.words.text()
    page.tabs.choose("completed")
    assert sum(one.orders for one in regions.model.places) == shop.read(CountOrders("status:completed"))


def test_a_click_searches_there_and_takes_the_place_of_the_last_one(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    page.views.show_regions()
    regions = page.views.regions
    assert regions is not None
    first, second = (one.name for one in regions.model.places[:2])
    hands.click(regions.tree.viewport(), place(page, first))
    assert not regions.isVisible()
    assert page.tab == "awaiting_shipment"
    qtbot.waitUntil(lambda: list(page.model.all_ids()) == list(shop.read(OrderIds(f"{TO_SHIP} province:{first}", "ship_by"))))
    page.views.show_regions()
    page.bar.set_text("")
    hands.click(regions.tree.viewport(), place(page, second))
    assert page.bar.text() == f"省:{second}"


def test_a_city_is_reached_by_keys(page: OrdersPage, shop: Desk) -> None:
    page.views.show_regions()
    regions = page.views.regions
    assert regions is not None
    province = next(one for one in regions.model.places if one.cities)
    tree = regions.tree
    tree.setCurrentIndex(tree.index_of(province))
    hands.press(tree, Qt.Key.Key_Space)
    assert tree.isExpanded(tree.index_of(province))
    hands.press(tree, Qt.Key.Key_Down)
    hands.press(tree, Qt.Key.Key_Return)
    city = province.cities[0].name
    assert page.bar.text() == f"省:{province.name} 市:{city}"


def test_a_change_counts_again_and_ctrl_g_goes_back(page: OrdersPage, shop: Desk, demo_context: AppContext) -> None:
    page.views.show_regions()
    regions = page.views.regions
    assert regions is not None
    one = shop.read(OrderIds(TO_SHIP))[0]
    demo_context.runner.change(EditOrders((one,), {"province": "西藏自治区", "city": "拉萨市"}), reason="买家来电")
    tibet = next(found for found in regions.model.places if found.name == "西藏")
    assert tibet.orders == shop.read(CountOrders(f"{TO_SHIP} province:西藏"))
    hands.press(page, Qt.Key.Key_G, hands.CTRL)
    assert page.table.isVisible()
    assert not page.views.region_action.isChecked()


# ---- the shipping order


def test_the_table_follows_the_shops_shipping_order(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    loyal = shop.read(OrderIds(TO_SHIP, "-ship_by"))[0]
    shop.perform(SetTier(loyal, "loyal"))
    hands.press(page, Qt.Key.Key_G, hands.CTRL | hands.SHIFT)
    wanted = list(shop.read(OrderIds(TO_SHIP, "shipping")))
    qtbot.waitUntil(lambda: list(page.model.all_ids()) == wanted)
    card = shop.read(OrderCard(wanted[0]))
    assert card.tier == "loyal"


def test_rules_are_moved_turned_taken_out_and_kept(page: OrdersPage, shop: Desk, qtbot: QtBot) -> None:
    page.views.choose_shipping_order()
    dialog = page.dialog
    assert isinstance(dialog, ShippingDialog)
    assert dialog.keys() == ["priority", "ship_by", "province"]
    keys: QListWidget = dialog.list
    keys.setCurrentRow(2)
    hands.press(keys, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert dialog.keys() == ["priority", "province", "ship_by"]
    hands.press(keys, Qt.Key.Key_Space)
    keys.setCurrentRow(0)
    assert not dialog.turn_button.isEnabled()
    hands.click(dialog.out)
    dialog.add.setCurrentIndex(dialog.add.findData("payable"))
    dialog.add.activated.emit(dialog.add.currentIndex())
    assert dialog.keys() == ["-province", "ship_by", "payable"]
    assert keys.item(0).text() == "省份：倒序"
    assert dialog.add.findData("payable") == -1
    hands.click(dialog.verb_button)
    assert shop.read(ShopSettings())["shipping_order"] == ["-province", "ship_by", "payable"]
    qtbot.waitUntil(lambda: list(page.model.all_ids()) == list(shop.read(OrderIds(TO_SHIP, "shipping"))))


def test_every_rule_has_words() -> None:
    from services.words import terms

    for key in terms()["shipping_key"]:
        for way in (key, f"-{key}"):
            assert key_words(way).isprintable()
            assert not key_words(way).isascii()


# ---- tags


@pytest.fixture
def tags(page: OrdersPage) -> TagsDialog:
    hands.press(page, Qt.Key.Key_T, hands.CTRL)
    dialog = page.dialog
    assert isinstance(dialog, TagsDialog)
    return dialog


def choose(dialog: TagsDialog, name: str) -> None:
    dialog.table.go_to(next(row.id for row in dialog._rows if row.name == name))


def test_tags_are_listed_with_their_orders_and_coloured(tags: TagsDialog, page: OrdersPage, shop: Desk) -> None:
    hands.check_model(tags.model)
    assert [(row.name, row.orders) for row in tags._rows] == [(row.name, row.orders) for row in shop.read(TagRows())]
    name = tags._rows[0].name
    choose(tags, name)
    hands.click(tags.colour, QPoint(28 * 3 + 14, 16))
    assert shop.read(TagColours())[name] == 3
    assert tag_pill(name).tone == "ok"
    hands.press(tags.colour, Qt.Key.Key_Right)
    assert tag_pill(name).tone == "info"


def test_a_tag_is_renamed_and_merged_on_all_orders(tags: TagsDialog, shop: Desk) -> None:
    first, second = tags._rows[0], tags._rows[1]
    choose(tags, first.name)
    assert not tags.rename_button.isEnabled()
    tags.name.setText("新名")
    assert tags.rename_button.text() == "改名"
    hands.click(tags.rename_button)
    assert shop.read(CountOrders("tag=新名")) == first.orders
    assert tags.current is not None
    assert tags.current.name == "新名"
    tags.name.setText(second.name)
    assert tags.rename_button.text() == "合并"
    assert second.name in tags.merging.text()
    hands.click(tags.rename_button)
    assert shop.read(CountOrders("tag=新名")) == 0
    assert shop.read(CountOrders(f"tag={second.name}")) >= max(first.orders, second.orders)


def test_a_bad_name_is_refused_in_the_dialog(tags: TagsDialog, shop: Desk) -> None:
    before = shop.read(TagRows())
    tags.name.setText("两,个")
    hands.click(tags.rename_button)
    assert tags._band is not None
    assert shop.read(TagRows()) == before


def test_a_tag_is_removed_after_a_question(tags: TagsDialog, shop: Desk) -> None:
    name = tags._rows[0].name
    hands.click(tags.remove_button)
    question = next(one for one in tags.findChildren(Question) if one.isVisible())
    question.submit()
    assert shop.read(CountOrders(f"tag={name}")) == 0
    assert name not in {row.name for row in tags._rows}


# ---- tiers


def test_the_buyers_tier_is_set_from_the_panel(page: OrdersPage, shop: Desk, demo_context: AppContext) -> None:
    one = next(found for found in shop.read(OrderIds(TO_SHIP)) if shop.read(OrderCard(found)).customer_id is not None)
    page.table.go_to(one)
    button = page.panel.findChildren(TierButton)[-1]
    assert button.text() == "设等级"
    next(entry for entry in button.menu().actions() if entry.text() == "忠实").trigger()
    assert shop.read(OrderCard(one)).tier == "loyal"
    shown = page.panel.findChildren(TierButton)[-1]
    assert (shown.text(), shown.accessibleName()) == ("忠实", "客户等级：忠实")


def test_big_orders_and_first_tiers_are_the_shops_choice(page: OrdersPage, shop: Desk, demo_context: AppContext) -> None:
    dialog = SettingsDialog(page, demo_context, lambda _language: None, lambda: None)
    dialog.open()
    assert dialog.big.text() == "500.00"
    dialog.big.setText("很多")
    assert not dialog.verb_button.isEnabled()
    dialog.big.setText("0")
    hands.click(dialog.verb_button)
    assert dialog._band is not None  # the shop says why
    dialog.big.setText("1,200")
    hands.click(dialog.tiers["regular"])
    hands.click(dialog.verb_button)
    settings = shop.read(ShopSettings())
    assert settings["big_order"] == 120_000
    assert settings["priority_tiers"] == ["loyal", "regular"]


def whole(shown: Sequence[QWidget]) -> bool:
    return all(one.width() >= one.sizeHint().width() for one in shown)


@pytest.mark.parametrize("said", ["zh", "en"])
@pytest.mark.parametrize("width", [600, 760, 1264])
def test_no_tab_and_no_button_is_cut_however_narrow_the_page(demo_context: AppContext, qtbot: QtBot, said: str, width: int) -> None:
    i18n.install(said)
    themes().set_language("en" if said == "en" else "zh")
    page = OrdersPage(demo_context)
    with hands.on_screen(page, qtbot, width, 700):
        page.panel.hide()
        page.load()
        for tab in page.tabs.keys:
            page.tabs.choose(tab)
            shown = [*page.tabs._tabs.values(), *page.tabs.findChildren(Button)]
            qtbot.waitUntil(partial(whole, shown))
            assert max(one.geometry().right() for one in shown) < page.tabs.width()
            assert all(one.accessibleName() for one in shown)
