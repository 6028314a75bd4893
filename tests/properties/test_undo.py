"""undo(do(x)) = x and redo(undo(do(x))) = do(x) over random histories: every row but the trail, derived data too; the trail only grows."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from services.commands.checking import CheckOrders
from services.commands.edits import EditOrders
from services.commands.groups import AddFolder, AddGroup, ChangeGroup, MoveGroup, RemoveGroup
from services.commands.stock import MatchGoods, ReceiveGoods
from services.commands.tags import ColourTag, RemoveTag, RenameTag
from services.commands.undo_deed import UndoDeed
from services.desk import Desk
from services.errors import DeskError
from services.outcome import DeedSpan
from services.queries.undo_offer import UndoOffer
from services.queries.verify import Verify
from services.settings import ChangeSetting
from tests.commands.test_undo_deed import differing, entries, state
from tests.factories import make_order, make_sku
from tests.frozen import FrozenClock

TAGS = st.sampled_from(["", "急", "老客", "急,老客", "礼品"])
ORDERS = st.lists(st.integers(1, 3), min_size=1, max_size=3, unique=True).map(tuple)
VALUES = st.fixed_dictionaries(
    {},
    optional={
        "seller_memo": st.sampled_from(["", "送贺卡", "先打电话"]),
        "flag": st.integers(0, 5),
        "tags": TAGS,
        "phone": st.sampled_from(["", "16812345678", "168****5678"]),
        "address": st.sampled_from(["", "文一路 1 号", "新街 2 号"]),
    },
).filter(bool)
DEEDS = st.one_of(
    st.builds(EditOrders, ORDERS, VALUES),
    st.builds(EditOrders, ORDERS, st.fixed_dictionaries({"add_tags": TAGS, "remove_tags": TAGS})),
    st.builds(CheckOrders, ORDERS, st.booleans()),
    st.builds(RenameTag, st.sampled_from(["急", "老客", "礼品"]), st.sampled_from(["急", "老客", "新"])),
    st.builds(RemoveTag, st.sampled_from(["急", "老客", "礼品"])),
    st.builds(ColourTag, st.sampled_from(["急", "老客"]), st.integers(0, 5)),
    st.builds(AddFolder, st.sampled_from(["甲", "乙"])),
    st.builds(AddGroup, st.sampled_from(["红", "急"]), st.just("旗:红"), parent_id=st.sampled_from([None, 1])),
    st.builds(ChangeGroup, st.integers(1, 4), name=st.sampled_from(["改", "名"])),
    st.builds(MoveGroup, st.integers(1, 4), st.sampled_from([None, 1, 2]), st.integers(0, 3)),
    st.builds(RemoveGroup, st.integers(1, 4)),
    st.builds(ChangeSetting, st.just("promise_hours"), st.integers(1, 72)),
    st.builds(MatchGoods, st.just((2,)), st.sampled_from([1, 2])),
)


def nothing(desk: Desk, span: DeedSpan) -> bool:
    """Goods matched as they were: what is set aside is begun anew, and nothing else."""
    return desk.read(UndoOffer(span.first, span.last, span.actor)).refusal == "undo_nothing"


@given(deeds=st.lists(DEEDS, min_size=1, max_size=7))
@settings(max_examples=12, phases=[Phase.explicit, Phase.generate])
def test_whatever_was_done_can_be_walked_back_and_forth(tmp_path_factory: pytest.TempPathFactory, deeds: list[Any]) -> None:
    clock = FrozenClock()
    with Desk.open(tmp_path_factory.mktemp("undo") / "shop", clock=clock) as desk:
        make_sku(desk, "A")
        make_sku(desk, "B")
        make_order(desk, number="1001", tags="急", lines=[{"title": "茶", "code": "A", "shortage": 1}])
        for number in ("1002", "1003"):
            make_order(desk, number=number, unmatched=1, quantity=2, lines=[{"title": "杯", "code": "X", "quantity": 2}])
        desk.perform(ReceiveGoods("A", 3, 100))
        desk.perform(ReceiveGoods("B", 1, 100))
        states, done = [state(desk)], list[DeedSpan]()

        def perform(command: Any) -> DeedSpan | None:
            clock.advance(minutes=1)
            count = entries(desk)
            outcome = desk.perform(command, reason="试")
            assert entries(desk) - count == (outcome.deed.last - outcome.deed.first + 1 if outcome.deed else 0)
            return outcome.deed

        for deed in deeds:
            try:
                span = perform(deed)
            except DeskError:
                continue
            if span is not None and not nothing(desk, span):
                done.append(span)
                states.append(state(desk))
        for _way in range(2):
            undone = []
            for place in reversed(range(len(done))):
                span = perform(UndoDeed(done[place].first, done[place].last))
                assert span is not None
                undone.append(span)
                assert differing(state(desk), states[place]) == {}
            done = []
            for place, back in enumerate(reversed(undone)):
                span = perform(UndoDeed(back.first, back.last))
                assert span is not None
                done.append(span)
                assert differing(state(desk), states[place + 1]) == {}
        assert desk.read(Verify()).wrong == ()
