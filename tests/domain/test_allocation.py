"""Who gets the units: never more than there are, the earliest deadline first."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.domain.allocation import Demand, allocate, value_of

DEMANDS = st.lists(
    st.builds(
        lambda rank, ship_by, order, sku, wanted: (rank, ship_by, order, sku, wanted),
        st.integers(0, 1),
        st.integers(0, 9),
        st.integers(1, 20),
        st.integers(1, 3),
        st.integers(0, 9),
    ),
    max_size=30,
).map(lambda rows: [Demand(rank, ship_by, order, line, sku, wanted) for line, (rank, ship_by, order, sku, wanted) in enumerate(rows, 1)])
STOCK = st.dictionaries(st.integers(1, 3), st.integers(0, 30))


@given(DEMANDS, STOCK)
def test_s1_gives_no_more_than_wanted_or_there(demands: list[Demand], stock: dict[int, int]) -> None:
    given_units = allocate(demands, stock)
    by_line = {demand.line_id: demand for demand in demands}
    taken: Counter[int] = Counter()
    for line_id, units in given_units.items():
        assert 0 < units <= by_line[line_id].wanted
        taken[by_line[line_id].sku_id] += units
    for sku_id, units in taken.items():
        wanted = sum(demand.wanted for demand in demands if demand.sku_id == sku_id)
        assert units == min(stock.get(sku_id, 0), wanted)


@given(DEMANDS, STOCK, st.randoms())
def test_the_order_of_asking_does_not_matter(demands: list[Demand], stock: dict[int, int], random: object) -> None:
    shuffled = list(demands)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert allocate(shuffled, stock) == allocate(demands, stock)


@given(DEMANDS, STOCK)
def test_priority_customers_and_earlier_deadlines_never_wait_for_others(demands: list[Demand], stock: dict[int, int]) -> None:
    given_units = allocate(demands, stock)
    for short in demands:
        if given_units.get(short.line_id, 0) < short.wanted:
            later = [demand for demand in demands if demand.sku_id == short.sku_id and demand > short]
            assert not any(given_units.get(demand.line_id) for demand in later)


@given(st.integers(1, 1000), st.integers(0, 10**9), st.data())
def test_s10_taking_unit_by_unit_takes_the_whole_value(on_hand: int, value: int, data: st.DataObject) -> None:
    left, worth = on_hand, value
    while left:
        units = data.draw(st.integers(1, left))
        taken = value_of(units, left, worth)
        assert 0 <= taken <= worth
        left, worth = left - units, worth - taken
    assert worth == 0


def test_negative_figures_are_refused() -> None:
    with pytest.raises(ValueError, match="Demand"):
        allocate([Demand(1, 0, 1, 1, 1, -1)], {})


def test_a_priority_customer_comes_before_an_earlier_deadline() -> None:
    early, first = Demand(1, 10, 1, 1, 7, 3), Demand(0, 99, 2, 2, 7, 2)
    assert allocate([early, first], {7: 3}) == {2: 2, 1: 1}
