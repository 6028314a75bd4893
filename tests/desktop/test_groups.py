"""The groups in the rail: clicked, renamed, dragged, counted, kept from the search box; driven by mouse and keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QDropEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.models.group_tree import MIME, Node, shown_count
from desktop.rail_groups import RailGroups
from desktop.views.group_dialog import FolderDialog, GroupDialog
from desktop.views.group_rail import GroupRail
from desktop.views.main_window import MainWindow
from desktop.views.orders import OrdersPage
from desktop.views.ready_dialog import ReadyDialog
from desktop.views.widgets.dialog import DialogBase, Question
from services.commands.edits import EditOrders
from services.commands.groups import AddFolder, AddGroup, RemoveGroup
from services.desk import Desk
from services.queries.group_rows import GroupRow, GroupTree
from services.queries.order_rows import CountOrders, OrderIds
from services.settings import ChangeSetting
from tests.desktop import hands


@pytest.fixture
def full(demo_context: AppContext, shop: Desk, qtbot: QtBot) -> Iterator[MainWindow]:
    """The whole window on the demo shop: 加急, the folder 大客户 with 礼盒 in it, 江浙沪; none of the demo's own groups."""
    for group in shop.read(GroupTree()).own:
        shop.perform(RemoveGroup(group.id))
    shop.perform(AddGroup("加急", "备注:加急 OR 标签:加急", colour=1))
    folder = shop.perform(AddFolder("大客户")).value
    shop.perform(AddGroup("礼盒", "商品:礼盒 状态:待发货", "-付款", 2, folder))
    shop.perform(AddGroup("江浙沪", "省:浙江,江苏,上海 状态:待发货", colour=4))
    window = MainWindow(demo_context)
    with hands.on_screen(window, qtbot, 1440, 900):
        window.take_over("orders")
        RailGroups(demo_context, window)
        yield window


@pytest.fixture
def rail(full: MainWindow, qtbot: QtBot) -> GroupRail:
    found = full.rail.groups
    assert found is not None
    hands.check_model(found.model)
    settled(found, qtbot)
    return found


def settled(rail: GroupRail, qtbot: QtBot) -> None:
    """Every group on the screen has its figure."""

    def known() -> bool:
        figures = [rail.model.count_of(node) for node in rail.tree.shown() if node.counted]
        return bool(figures) and None not in figures

    qtbot.waitUntil(known)


def page_of(window: MainWindow) -> OrdersPage:
    page = window.pages["orders"]
    assert isinstance(page, OrdersPage)
    return page


def node(rail: GroupRail, name: str) -> Node:
    return next(one for one in rail.model.nodes.values() if one.name == name and (one.own or name != "加急"))


def place(rail: GroupRail, name: str) -> QPoint:
    index = rail.model.index_of(node(rail, name))
    rail.tree.scrollTo(index)
    return rail.tree.visualRect(index).center()


def click(rail: GroupRail, name: str) -> None:
    hands.click(rail.tree.viewport(), place(rail, name))


def own(desk: Desk) -> list[GroupRow]:
    return list(desk.read(GroupTree()).own)


def names(desk: Desk, parent: int | None = None) -> list[str]:
    return [row.name for row in own(desk) if row.parent_id == parent]


def entry(menu: QMenu, words: str) -> QAction:
    return next(one for one in menu.actions() if one.text() == words)


def test_a_click_shows_the_groups_orders_with_its_status_as_tab(full: MainWindow, rail: GroupRail, shop: Desk) -> None:
    click(rail, "江浙沪")
    page = page_of(full)
    assert page.tab == "awaiting_shipment"
    assert list(page.model.all_ids()) == list(shop.read(OrderIds("status:awaiting_shipment province:浙江,江苏,上海", "ship_by")))
    assert rail.model.is_present(node(rail, "江浙沪"))
    click(rail, "今日订单")
    assert page.tab == "all"
    assert not rail.model.is_present(node(rail, "江浙沪"))
    assert rail.model.is_present(node(rail, "今日订单"))


def test_a_group_from_another_page_opens_the_orders(full: MainWindow, rail: GroupRail) -> None:
    full.show_page("stock")
    click(rail, "缺货")
    assert full.current == "orders"
    assert rail.model.is_present(node(rail, "缺货"))


def test_a_group_keeps_its_own_sort(full: MainWindow, rail: GroupRail, shop: Desk, qtbot: QtBot) -> None:
    click(rail, "大客户")
    click(rail, "礼盒")
    wanted = list(shop.read(OrderIds("status:awaiting_shipment goods:礼盒", "-paid_at")))
    qtbot.waitUntil(lambda: list(page_of(full).model.all_ids()) == wanted)


def test_the_figures_are_those_of_the_search_and_follow_a_change(
    rail: GroupRail, shop: Desk, demo_context: AppContext, qtbot: QtBot
) -> None:
    rush = node(rail, "加急")
    before = rail.model.count_of(rush)
    assert before == shop.read(CountOrders(rush.search))
    plain = next(one for one in shop.read(OrderIds("status:awaiting_shipment -memo:加急 -tag:加急")))
    demo_context.runner.change(EditOrders((plain,), {"seller_memo": "加急，今天发"}))
    qtbot.waitUntil(lambda: rail.model.count_of(rush) == before + 1)


def test_only_what_can_be_seen_is_counted(rail: GroupRail, qtbot: QtBot) -> None:
    box = node(rail, "礼盒")
    assert rail.model.count_of(box) is None  # its folder is closed
    click(rail, "大客户")
    qtbot.waitUntil(lambda: rail.model.count_of(box) is not None)


def test_ten_thousand_is_shown_as_more() -> None:
    assert [shown_count(count) for count in (0, 9_999, 10_000)] == ["0", "9,999", "9,999+"]


def test_a_name_is_typed_in_its_place(rail: GroupRail, shop: Desk, qtbot: QtBot) -> None:
    rail.tree.setFocus(Qt.FocusReason.TabFocusReason)
    hands.press(rail.tree, Qt.Key.Key_F2)
    field = rail.tree.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    field.selectAll()
    field.insert("特急")
    hands.press(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "特急" in names(shop))
    assert node(rail, "特急").search == "memo:加急 OR tag:加急"


def test_rows_wait_until_a_name_is_typed(rail: GroupRail, shop: Desk, demo_context: AppContext, qtbot: QtBot) -> None:
    rail.tree.rename(node(rail, "加急"))
    field = rail.tree.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    demo_context.runner.change(AddFolder("从别处来"))
    assert field.isVisible()
    hands.press(field, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: any(one.name == "从别处来" for one in rail.model.nodes.values()))


def drop(rail: GroupRail, name: str, at: QPoint) -> None:
    data = QMimeData()
    data.setData(MIME, str(node(rail, name).id).encode())
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent

    tree = rail.tree
    QApplication.sendEvent(tree.viewport(), QDragEnterEvent(at, Qt.DropAction.MoveAction, data, buttons, keys))
    QApplication.sendEvent(tree.viewport(), QDragMoveEvent(at, Qt.DropAction.MoveAction, data, buttons, keys))
    QApplication.sendEvent(tree.viewport(), QDropEvent(QPointF(at), Qt.DropAction.MoveAction, data, buttons, keys))


def test_a_group_is_dragged_into_a_folder_and_out_again(rail: GroupRail, shop: Desk) -> None:
    folder = node(rail, "大客户").id
    drop(rail, "江浙沪", place(rail, "大客户"))
    assert (names(shop), names(shop, folder)) == (["加急", "大客户"], ["礼盒", "江浙沪"])
    area = rail.tree.visualRect(rail.model.index_of(node(rail, "加急")))
    drop(rail, "江浙沪", area.topLeft() + QPoint(40, 1))
    assert (names(shop), names(shop, folder)) == (["江浙沪", "加急", "大客户"], ["礼盒"])


def test_nothing_is_dropped_into_itself_or_among_the_ready_made(rail: GroupRail, shop: Desk) -> None:
    before = own(shop)
    drop(rail, "大客户", place(rail, "大客户"))
    drop(rail, "大客户", place(rail, "未核对"))
    drop(rail, "江浙沪", place(rail, "今天到期"))
    assert own(shop) == before


def test_keys_do_what_the_mouse_does(full: MainWindow, rail: GroupRail, shop: Desk) -> None:
    rail.tree.setFocus(Qt.FocusReason.TabFocusReason)
    current = rail.tree.current()
    assert current is not None
    assert current.name == "加急"
    hands.press(rail.tree, Qt.Key.Key_Return)
    assert rail.model.is_present(node(rail, "加急"))
    rail.tree.setFocus()
    hands.press(rail.tree, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(shop) == ["大客户", "加急", "江浙沪"]
    hands.press(rail.tree, Qt.Key.Key_Delete)
    assert isinstance(rail.dialog, Question)
    rail.dialog.submit()
    assert names(shop) == ["大客户", "江浙沪"]


def test_a_folder_says_what_goes_with_it(rail: GroupRail, shop: Desk) -> None:
    entry(rail.menu_of(node(rail, "大客户")), "删除…").trigger()
    dialog = rail.dialog
    assert isinstance(dialog, Question)
    said = " ".join(label.text() for label in dialog.findChildren(type(dialog.title)))
    assert "1 个分组" in said
    dialog.reject()
    assert "大客户" in names(shop)


def test_which_folders_are_open_is_kept(rail: GroupRail, demo_context: AppContext, full: MainWindow, qtbot: QtBot) -> None:
    click(rail, "大客户")
    click(rail, "现成分组")
    again = GroupRail(demo_context)
    qtbot.addWidget(again)
    open_ = {one.name: again.tree.isExpanded(again.model.index_of(one)) for one in again.model.nodes.values() if one.folder}
    assert open_ == {"大客户": True, "现成分组": False}


def test_the_folded_rail_has_the_groups_in_a_menu(full: MainWindow, rail: GroupRail) -> None:
    full.resize(1200, 800)
    assert not rail.tree.isVisible()
    assert rail.button.isVisible()
    menu = rail.whole_menu()
    words = [one.text().split("\t")[0] for one in menu.actions()]
    assert words[:4] == ["加急", "大客户", "江浙沪", "现成分组"]
    next(one for one in menu.actions() if one.text().startswith("江浙沪")).trigger()
    assert rail.model.is_present(node(rail, "江浙沪"))
    full.resize(1440, 900)
    assert rail.tree.isVisible()
    assert not rail.button.isVisible()


# ---- keeping a search


def test_the_search_in_the_box_becomes_a_group(full: MainWindow, rail: GroupRail, shop: Desk, qtbot: QtBot) -> None:
    page = page_of(full)
    page.seek("省:浙江", "shipped")
    hands.click(page.bar.save_button)
    dialog = rail.dialog
    assert isinstance(dialog, GroupDialog)
    assert not dialog.verb_button.isEnabled()
    count = shop.read(CountOrders("status:shipped province:浙江"))
    assert dialog.found.text() == f"现在有 {count} 单"
    assert dialog.search.text() == "状态:已发货 省:浙江"
    dialog.name.insert("浙江已发")
    dialog.folder.choose(node(rail, "大客户").id)
    dialog.colour.choose(3)
    hands.click(dialog.verb_button)
    row = next(row for row in own(shop) if row.name == "浙江已发")
    assert (row.search, row.colour, row.parent_id) == ("status:shipped province:浙江", 3, node(rail, "大客户").id)
    assert rail.model.is_present(node(rail, "浙江已发"))
    qtbot.waitUntil(lambda: rail.model.count_of(node(rail, "浙江已发")) == count)


def test_a_search_that_can_not_be_kept_is_said_in_the_dialog(full: MainWindow, rail: GroupRail, shop: Desk, qtbot: QtBot) -> None:
    rail.save("status:shipped")
    dialog = rail.dialog
    assert isinstance(dialog, GroupDialog)
    dialog.name.insert("错")
    dialog.search.setText("状太:已发货")
    qtbot.waitUntil(lambda: "状态" in dialog.found.text())
    assert not dialog.verb_button.isEnabled()
    dialog.search.setText("")
    qtbot.waitUntil(lambda: "全部订单" in dialog.found.text())
    assert not dialog.verb_button.isEnabled()
    dialog.reject()
    assert "错" not in names(shop)


def test_menus_change_colour_search_and_copy(full: MainWindow, rail: GroupRail, shop: Desk) -> None:
    page = page_of(full)
    page.seek("旗:红", "all")
    entry(rail.menu_of(node(rail, "江浙沪")), "改用当前的查找条件").trigger()
    assert next(row for row in own(shop) if row.name == "江浙沪").search == "flag:1"
    menu = rail.menu_of(node(rail, "江浙沪"))
    colours = entry(menu, "颜色").menu()
    assert isinstance(colours, QMenu)
    entry(colours, "绿").trigger()
    assert node(rail, "江浙沪").colour == 3
    entry(rail.menu_of(node(rail, "江浙沪")), "复制").trigger()
    assert names(shop)[-1] == "江浙沪 副本"
    entry(rail.menu_of(node(rail, "缺货")), "复制到我的分组").trigger()
    assert own(shop)[-2].name in {"缺货", "江浙沪 副本"}
    assert "缺货" in names(shop)
    entry(rail.menu_of(node(rail, "江浙沪 副本")), "上移").trigger()
    assert names(shop).index("江浙沪 副本") < names(shop).index("江浙沪")


def test_a_folder_is_made_and_opened(rail: GroupRail, shop: Desk) -> None:
    entry(rail.menu_of(node(rail, "江浙沪")), "新建文件夹…").trigger()
    dialog = rail.dialog
    assert isinstance(dialog, FolderDialog)
    assert not dialog.verb_button.isEnabled()
    dialog.name.insert("北方")
    hands.click(dialog.verb_button)
    assert names(shop)[-1] == "北方"
    assert rail.tree.isExpanded(rail.model.index_of(node(rail, "北方")))


def test_ready_made_groups_are_hidden_and_brought_back(rail: GroupRail, shop: Desk) -> None:
    entry(rail.menu_of(node(rail, "缺货")), "隐藏").trigger()
    assert all(one.name != "缺货" for one in rail.model.nodes.values())
    rail.choose_ready()
    dialog = rail.dialog
    assert isinstance(dialog, ReadyDialog)
    dialog.boxes["shortage"].setChecked(True)
    dialog.boxes["custom"].setChecked(False)
    hands.click(dialog.verb_button)
    assert any(one.name == "缺货" for one in rail.model.nodes.values())
    assert all(one.name != "定制" for one in rail.model.nodes.values())
    assert [row.code for row in shop.read(GroupTree()).ready if row.hidden] == ["custom"]


def test_a_text_that_nobody_understands_any_more_says_so(rail: GroupRail, shop: Desk, demo_context: AppContext, qtbot: QtBot) -> None:
    with sqlite3.connect(shop.shop.folder / "shop.sqlite") as raw:
        raw.execute("UPDATE order_group SET search = 'gone:1' WHERE name = '江浙沪'")
    raw.close()
    demo_context.runner.change(ChangeSetting("big_order", 10_000))
    broken = node(rail, "江浙沪")
    assert broken.trouble is not None
    index = rail.model.index_of(broken)
    assert "gone" in str(rail.model.data(index, Qt.ItemDataRole.ToolTipRole))
    click(rail, "江浙沪")
    dialog = rail.dialog
    assert isinstance(dialog, GroupDialog)
    assert dialog.search.text() == "gone:1"
    qtbot.waitUntil(lambda: not dialog.verb_button.isEnabled())
    settled(rail, qtbot)


def test_everything_is_said_to_a_screen_reader(rail: GroupRail) -> None:
    assert rail.tree.accessibleName() == "分组"
    index = rail.model.index_of(node(rail, "加急"))
    said = str(rail.model.data(index, Qt.ItemDataRole.AccessibleTextRole))
    assert said == f"加急 红旗 {rail.model.count_of(node(rail, '加急'))}"
    folder = rail.model.index_of(node(rail, "大客户"))
    assert rail.model.data(folder, Qt.ItemDataRole.AccessibleTextRole) == "文件夹 大客户"
    for button in (rail.heading.add, rail.button):
        assert button.accessibleName()


def test_no_dialog_stays(full: MainWindow) -> None:
    assert not full.findChildren(DialogBase)
