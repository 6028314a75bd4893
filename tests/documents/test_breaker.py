"""Lines of Chinese text: GB/T 15834, whole runs, nothing lost, nothing wider than the box."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.documents.breaker import BLANKS, FORBIDDEN, FREE, NO_END, NO_START, Measured, break_class


class Em(dict[str, float]):
    """Han and full-width marks one em, the rest 0.55."""

    def __missing__(self, char: str) -> float:
        return 1.0 if char >= "\u2e80" or char in "—…“”" else 0.55


EM = Em()
CHINESE = "浙江省杭州市余杭区文一西路号楼室小区请先打电话谢"
TEXTS = st.text(st.sampled_from(list(CHINESE) * 2 + list("，。、；：？！》）】”…—%)（《【“￥ABz019-_#./ \u3000")), max_size=120).map(
    str.strip
)
WIDTHS = st.floats(2, 30)


def width_of(line: str) -> float:
    return sum(EM[char] for char in line.rstrip())


@given(TEXTS, WIDTHS)
def test_no_line_is_wider_than_the_box_and_nothing_is_lost(text: str, width: float) -> None:
    lines = Measured(text, EM).lines(width)
    assert "".join(lines) == text
    assert all(width_of(line) <= width + 1e-5 for line in lines)


@given(TEXTS, WIDTHS)
def test_no_line_begins_or_ends_with_a_forbidden_mark(text: str, width: float) -> None:
    lines = Measured(text, EM).lines(width)
    for line, following in pairwise(lines):
        if any(break_class(one, other) < FORBIDDEN for one, other in pairwise(line) if other not in BLANKS):
            assert following[0] not in NO_START, (line, following)
            assert line.rstrip()[-1] not in NO_END, (line, following)
        assert following[0] not in BLANKS


@given(st.text("ABCDEF0123456789-", min_size=1, max_size=18), st.text(CHINESE, max_size=40), st.text(CHINESE, max_size=40))
def test_a_code_that_fits_a_line_stays_whole(code: str, before: str, after: str) -> None:
    lines = Measured(before + code + after, EM).lines(10)
    assert sum(code in line for line in lines) >= 1


@given(TEXTS, st.floats(6, 30))
def test_a_line_takes_what_fits(text: str, width: float) -> None:
    lines = Measured(text, EM).lines(width)
    for line, following in pairwise(lines):
        start = following[0]
        free = break_class(start, following[1]) == FREE if len(following) > 1 else True
        if free and start not in NO_START and start not in NO_END and break_class(line[-1], start) == FREE:
            assert width_of(line + start) > width - 1e-5


@pytest.mark.parametrize("mark", list("，；：？！》…—”%)。、）】%"))
def test_each_closing_mark_goes_with_the_word_before_it(mark: str) -> None:
    lines = Measured("一二三四" + mark + "五六", EM).lines(4)
    assert lines[0] == "一二三"
    assert lines[1].startswith("四" + mark)


def test_opening_marks_go_to_the_next_line() -> None:
    assert Measured("一二三（四五）", EM).lines(4) == ["一二三", "（四五）"]


def test_dashes_and_ellipses_are_not_torn() -> None:
    assert Measured("一二三——四五……六", EM).lines(4) == ["一二", "三——四", "五……六"]


def test_an_order_number_is_not_cut_in_two() -> None:
    assert Measured("订单号4000000012345678901请核对", EM).lines(12) == ["订单号", "4000000012345678901请", "核对"]


def test_a_run_longer_than_the_line_is_torn() -> None:
    assert Measured("A" * 25, Em({"A": 1.0})).lines(10) == ["A" * 10, "A" * 10, "A" * 5]


def test_a_code_longer_than_the_line_is_torn_at_a_joint() -> None:
    assert Measured("SKU-2024-SPRING-0004", EM).lines(7) == ["SKU-2024-", "SPRING-0004"]


def test_words_break_at_blanks_which_hang() -> None:
    assert Measured("white hanging heart", EM).lines(4.4) == ["white ", "hanging ", "heart"]


def test_only_marks_are_broken_where_they_must() -> None:
    assert Measured("！" * 7, EM).lines(3) == ["！！！", "！！！", "！"]
