"""A morning of sorting: orders are imported, tagged, kept in groups, a loyal buyer goes first, and the books still balance."""

from __future__ import annotations

from services.commands.customers import SetTier
from services.commands.demo import FillDemo
from services.commands.edits import EditOrders
from services.commands.groups import AddFolder, AddGroup, MoveGroup, RemoveGroup
from services.commands.tags import ColourTag, RemoveTag, RenameTag
from services.desk import Desk
from services.queries.group_rows import GroupCount, GroupTree
from services.queries.order_card import OrderCard
from services.queries.order_rows import CountOrders, OrderIds
from services.queries.region_counts import RegionCounts
from services.queries.tag_rows import TagRows
from services.queries.verify import Verify

TO_SHIP = "status:awaiting_shipment"


def test_a_morning_of_sorting(desk: Desk) -> None:
    desk.perform(FillDemo(orders=120, seed=5))
    waiting = desk.read(OrderIds(TO_SHIP, "ship_by"))

    # Three orders want a card; the tag is misspelt, and mended on all of them at once.
    desk.perform(EditOrders(tuple(waiting[:3]), {"tags": "贺咔"}))
    desk.perform(ColourTag("贺咔", 2))
    before = desk.read(CountOrders("tag=贺卡"))
    assert desk.perform(RenameTag("贺咔", "贺卡")).value == 3
    assert desk.read(CountOrders("tag=贺卡")) == before + 3
    assert next(row for row in desk.read(TagRows()) if row.name == "贺卡").colour == 2

    # They are kept as a group in a folder, and counted as they are found.
    folder = desk.perform(AddFolder("要细心")).value
    cards = desk.perform(AddGroup("要贺卡", "状态:待发货 标签=贺卡")).value
    desk.perform(MoveGroup(cards, folder, 0))
    row = next(row for row in desk.read(GroupTree()).own if row.id == cards)
    assert (row.parent_id, row.position) == (folder, 0)
    assert desk.read(GroupCount(row.search)) == len(desk.read(OrderIds(f"{TO_SHIP} tag=贺卡")))

    # The buyer of the last order is an old friend: his goes first.
    last = next(one for one in reversed(waiting) if desk.read(OrderCard(one)).customer_id is not None)
    desk.perform(SetTier(last, "loyal"))
    first = desk.read(OrderIds(TO_SHIP, "shipping"))[0]
    assert desk.read(OrderCard(first)).tier == "loyal"

    # Every waiting order is somewhere on the map.
    regions = desk.read(RegionCounts(TO_SHIP))
    assert sum(region.orders for region in regions) == len(waiting)
    assert all(sum(city.orders for city in region.cities) == region.orders for region in regions if region.cities)

    # The folder goes with its group, the tag from all orders; search text and the trail follow.
    assert desk.perform(RemoveGroup(folder)).value == 1
    desk.perform(RemoveTag("贺卡"))
    assert desk.read(CountOrders("贺卡 tag:贺卡")) == 0
    assert desk.read(Verify()).ok
