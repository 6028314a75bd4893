"""Kept searches: what they hold, and that the tree stays one, whatever is dragged where."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.commands.groups import MOST_DEPTH, AddFolder, AddGroup, ChangeGroup, MoveGroup, RemoveGroup
from services.desk import Desk
from services.errors import BadInput, DeskError, NotFound, Refused
from services.queries.audit_trail import AuditFilter, AuditIds, AuditRows
from services.queries.group_rows import GroupRow, GroupTree
from services.words import trail
from tests.frozen import FrozenClock


def own(desk: Desk) -> dict[int, GroupRow]:
    return {row.id: row for row in desk.read(GroupTree()).own}


def test_a_search_is_kept_as_canonical_text_whatever_it_was_typed_in(desk: Desk) -> None:
    made = desk.perform(AddGroup("  江浙沪 ", "省:浙江,江苏,上海  状态:待发货", "-付款", 4)).value
    row = own(desk)[made]
    assert (row.name, row.search, row.sort, row.colour, row.position) == (
        "江浙沪",
        "province:浙江,江苏,上海 status:awaiting_shipment",
        "-paid_at",
        4,
        0,
    )
    assert row.trouble is None


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (AddGroup("", "加急"), "group_name_empty"),
        (AddGroup(" \n ", "加急"), "group_name_empty"),
        (AddGroup("长" * 51, "加急"), "group_name_long"),
        (AddGroup("a\x00b", "加急"), "group_name_long"),
        (AddGroup("全部", "  "), "group_search_empty"),
        (AddGroup("错", "状太:已发货"), "query_field"),
        (AddGroup("错", "加急", "没有"), "sort_unknown"),
        (AddGroup("错", "加急", colour=6), "flag_out_of_range"),
        (AddGroup("错", "加急", parent_id=9), "group_not_found"),
        (AddFolder(""), "group_name_empty"),
        (ChangeGroup(9, name="x"), "group_not_found"),
        (MoveGroup(9, None, 0), "group_not_found"),
        (RemoveGroup(9), "group_not_found"),
    ],
)
def test_what_can_be_no_group_is_refused_and_nothing_stays(desk: Desk, command: Any, code: str) -> None:
    with pytest.raises(DeskError) as caught:
        desk.perform(command)
    assert caught.value.code == code
    assert own(desk) == {}


def test_a_bad_search_is_refused_with_the_parsers_own_words(desk: Desk) -> None:
    made = desk.perform(AddGroup("红", "旗:红")).value
    with pytest.raises(BadInput) as caught:
        desk.perform(ChangeGroup(made, search="stauts:shipped"))
    assert (caught.value.code, caught.value.facts["suggestion"]) == ("query_field", "status")
    assert own(desk)[made].search == "flag:1"


def test_changes_are_made_and_what_is_equal_is_no_change(desk: Desk) -> None:
    made = desk.perform(AddGroup("红", "旗:红")).value
    assert desk.perform(ChangeGroup(made, "黄旗", "旗:黄", "ship_by", 2)).value is True
    row = own(desk)[made]
    assert (row.name, row.search, row.sort, row.colour) == ("黄旗", "flag:2", "ship_by", 2)
    assert desk.perform(ChangeGroup(made, "黄旗")).value is False


def test_a_folder_searches_nothing_and_only_folders_hold_others(desk: Desk) -> None:
    folder = desk.perform(AddFolder("大客户")).value
    group = desk.perform(AddGroup("红", "旗:红", parent_id=folder)).value
    with pytest.raises(Refused, match="group_is_folder"):
        desk.perform(ChangeGroup(folder, search="旗:红"))
    with pytest.raises(Refused, match="group_no_folder"):
        desk.perform(AddGroup("黄", "旗:黄", parent_id=group))
    with pytest.raises(Refused, match="group_into_itself"):
        desk.perform(MoveGroup(folder, folder, 0))


def test_folders_go_only_so_deep(desk: Desk) -> None:
    parent = None
    for _ in range(MOST_DEPTH):
        parent = desk.perform(AddFolder("层", parent)).value
    with pytest.raises(Refused, match="group_too_deep"):
        desk.perform(AddFolder("层", parent))
    desk.perform(AddGroup("红", "旗:红", parent_id=parent))
    other = desk.perform(AddFolder("另")).value
    with pytest.raises(Refused, match="group_too_deep"):
        desk.perform(MoveGroup(other, parent, 0))


def test_a_folder_goes_with_all_that_is_in_it_and_the_rest_closes_up(desk: Desk) -> None:
    desk.perform(AddGroup("头", "旗:红"))
    folder = desk.perform(AddFolder("层")).value
    inner = desk.perform(AddFolder("内", folder)).value
    desk.perform(AddGroup("深", "旗:黄", parent_id=inner))
    desk.perform(AddGroup("浅", "旗:黄", parent_id=folder))
    desk.perform(AddGroup("尾", "旗:绿"))
    assert desk.perform(RemoveGroup(folder)).value == 2
    assert [(row.name, row.position) for row in own(desk).values()] == [("头", 0), ("尾", 1)]
    with pytest.raises(NotFound):
        desk.perform(RemoveGroup(inner))


def _check_tree(rows: Sequence[GroupRow]) -> None:
    """No gap, no double place, no circle, only folders hold others, none too deep."""
    by_id = {row.id: row for row in rows}
    for parent in {row.parent_id for row in rows}:
        assert [row.position for row in rows if row.parent_id == parent] == list(range(sum(row.parent_id == parent for row in rows)))
    for row in rows:
        way, above = [row.id], row.parent_id
        while above is not None:
            assert above not in way
            assert by_id[above].kind == "folder"
            way.append(above)
            above = by_id[above].parent_id
        assert len(way) <= MOST_DEPTH + (row.kind == "search")


DEEDS = st.lists(
    st.one_of(
        st.tuples(st.just("folder"), st.integers(0, 12), st.just(0), st.just(0)),
        st.tuples(st.just("group"), st.integers(0, 12), st.just(0), st.just(0)),
        st.tuples(st.just("move"), st.integers(0, 12), st.integers(0, 12), st.integers(-1, 8)),
        st.tuples(st.just("remove"), st.integers(0, 12), st.just(0), st.just(0)),
    ),
    min_size=1,
    max_size=25,
)


@pytest.fixture(scope="module")
def one_shop(tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("groups") / "shop"
    with Desk.open(folder, clock=FrozenClock()) as opened:
        yield opened


@settings(max_examples=60)
@given(deeds=DEEDS)
def test_whatever_is_dragged_where_the_tree_stays_a_tree(one_shop: Desk, deeds: list[tuple[str, int, int, int]]) -> None:
    desk = one_shop
    for row in [row for row in own(desk).values() if row.parent_id is None]:
        desk.perform(RemoveGroup(row.id))
    for deed, first, second, place in deeds:
        ids = [None, *sorted(own(desk))]
        one, other = ids[first % len(ids)], ids[second % len(ids)]
        before = {row.id: row for row in own(desk).values()}
        try:
            match deed:
                case "folder":
                    desk.perform(AddFolder("层", one))
                case "group":
                    desk.perform(AddGroup("红", "旗:红", parent_id=one))
                case "move" if one is not None:
                    desk.perform(MoveGroup(one, other, place))
                    row = own(desk)[one]
                    siblings = sum(item.parent_id == other for item in own(desk).values())
                    assert (row.parent_id, row.position) == (other, min(max(0, place), siblings - 1))
                case "remove" if one is not None:
                    desk.perform(RemoveGroup(one))
        except Refused:
            assert own(desk) == before
        _check_tree(list(own(desk).values()))


def test_the_trail_tells_groups_in_words(desk: Desk) -> None:
    folder = desk.perform(AddFolder("大客户")).value
    made = desk.perform(AddGroup("红", "旗:红 状态:待发货", colour=1)).value
    desk.perform(MoveGroup(made, folder, 0))
    desk.perform(ChangeGroup(made, search="旗:黄", colour=2))
    rows = desk.read(AuditRows(tuple(desk.read(AuditIds(AuditFilter())))))
    told = [(trail.sentence(row, "zh"), trail.details(row, "zh", "Asia/Shanghai")) for row in reversed(rows)]
    assert ("存为分组：新增分组", "类型 查找条件，名称 红，搜索 旗:红 状态:待发货，颜色 红旗") in told
    assert ("移动分组：文件夹", f"最外层 → 文件夹 {folder}") in told
    assert ("移动分组：位置", "2 → 1") in told
    assert ("修改分组：搜索", "旗:红 状态:待发货 → 旗:黄") in told
    assert ("修改分组：颜色", "红旗 → 黄旗") in told
