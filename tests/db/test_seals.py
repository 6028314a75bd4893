"""Seals: made by the first change of a day, kept outside the file, and what a rewritten trail can't get round."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.clock import day_of
from services.commands.edits import EditOrders
from services.commands.seals import SealDay
from services.commands.upkeep import SumDays
from services.db.auditing import GENESIS, entry_hash, value_digest
from services.db.dialect import TRIGGERS
from services.db.engine import FILE_NAME
from services.desk import Desk
from services.errors import BadInput, DeskError
from services.queries.seals import SealRows
from services.queries.verify import Check, Verify
from services.seals import FILE_NAME as SEALS
from services.seals import LETTERS, SealRow, keep_outside, kept_outside, read_seal, seal_of
from services.words import say
from tests.factories import make_order
from tests.frozen import FrozenClock

ZONE = "Asia/Shanghai"
DAY = day_of(FrozenClock().now(), ZONE)


def checks(desk: Desk, *codes: str) -> dict[str, Check]:
    return {check.name: check for check in desk.read(Verify(seals=codes)).checks if not check.ok}


def live(desk: Desk, clock: FrozenClock, days: int = 3) -> None:
    order = make_order(desk, number="1001")
    for day in range(days):
        desk.perform(EditOrders((order,), {"seller_memo": f"第 {day} 天"}))
        clock.advance(days=1)


def rewrite(folder: Path, seq: int, new: str, *, seals: bool = False) -> None:
    """Another past: one value changed, every hash made right again from there on, even what the shop keeps of them."""
    with closing(sqlite3.connect(folder / FILE_NAME)) as raw, raw:
        for name in TRIGGERS:
            raw.execute(f"DROP TRIGGER {name}")
        salt, old = raw.execute("SELECT salt, old FROM audit_entry WHERE seq = ?", (seq,)).fetchone()
        digests = (value_digest(salt, old), value_digest(salt, new))
        raw.execute("UPDATE audit_entry SET new = ?, old_digest = ?, new_digest = ? WHERE seq = ?", (new, *digests, seq))
        head = GENESIS
        fields = "seq, at, actor, action, entity, entity_id, order_id, field, reason, old_digest, new_digest"
        for row in raw.execute(f"SELECT {fields} FROM audit_entry ORDER BY seq").fetchall():
            head = entry_hash(head, *row)
            raw.execute("UPDATE audit_entry SET hash = ? WHERE seq = ?", (head, row[0]))
            if seals:
                for (day,) in raw.execute("SELECT day FROM seal WHERE seq = ?", (row[0],)).fetchall():
                    raw.execute("UPDATE seal SET code = ? WHERE seq = ?", (seal_of(day, row[0], head), row[0]))
        for name, body in TRIGGERS.items():
            raw.execute(f"CREATE TRIGGER {name} {body}")


def test_the_first_change_of_a_day_seals_what_was_there(desk: Desk, frozen_clock: FrozenClock) -> None:
    live(desk, frozen_clock)
    first, second = desk.read(SealRows())
    assert [day - DAY for day in (first.day, second.day)] == [0, 1]
    assert first.seq < second.seq
    assert checks(desk) == {}
    text = (desk.shop.folder / SEALS).read_text("utf-8")
    assert [line.split()[-1] for line in text.splitlines()[1:]] == [first.code, second.code]
    assert f"2026-11-22  {first.seq}  {first.code}" in text


def test_a_day_of_rest_makes_no_seal_and_a_failed_command_none(desk: Desk, frozen_clock: FrozenClock) -> None:
    live(desk, frozen_clock, 1)
    frozen_clock.advance(days=40)
    desk.perform(SumDays())
    assert desk.read(SealRows()) == ()
    with pytest.raises(DeskError):
        desk.perform(EditOrders((12345,), {"seller_memo": "x"}))
    assert desk.read(SealRows()) == ()
    desk.perform(EditOrders((1,), {"seller_memo": "回来了"}))
    assert [row.day for row in desk.read(SealRows())] == [DAY]


def test_sealing_by_hand_is_done_once(desk: Desk) -> None:
    made = desk.perform(SealDay()).value
    assert made is not None
    assert (made.day, made.seq) == (DAY, 3)
    assert desk.perform(SealDay()).value == made
    assert desk.read(SealRows()) == (made,)
    (desk.shop.folder / SEALS).unlink()
    desk.perform(SealDay())
    assert kept_outside(desk.shop.folder) == ((made.code,), ())
    assert checks(desk, made.code, made.code.lower()) == {}


def test_a_rewritten_trail_is_found_by_the_file_outside(desk: Desk, frozen_clock: FrozenClock) -> None:
    live(desk, frozen_clock)
    kept = desk.read(SealRows())
    (seq,) = (
        sqlite3.connect(desk.shop.folder / FILE_NAME).execute("SELECT min(seq) FROM audit_entry WHERE field = 'seller_memo'").fetchone()
    )
    rewrite(desk.shop.folder, seq, "从未有过的话")
    found = checks(desk)
    assert found["audit_seals"].code == "seal_rewritten"
    assert found["audit_seals"].facts["day"] == "2026-11-22"
    assert "audit_chain" not in found
    assert "audit_values" not in found
    (desk.shop.folder / SEALS).unlink()
    assert checks(desk)["audit_seals"].facts["id"] == kept[0].seq


def test_a_trail_rewritten_with_its_seals_is_found_by_a_seal_that_was_kept_elsewhere(desk: Desk, frozen_clock: FrozenClock) -> None:
    live(desk, frozen_clock)
    first, second = desk.read(SealRows())
    (seq,) = (
        sqlite3.connect(desk.shop.folder / FILE_NAME)
        .execute("SELECT max(seq) FROM audit_entry WHERE seq <= ? AND field = 'seller_memo'", (second.seq,))
        .fetchone()
    )
    rewrite(desk.shop.folder, seq, "从未有过的话", seals=True)
    (desk.shop.folder / SEALS).unlink()
    assert set(checks(desk)) == {"audit_ledgers"}  # the seal's own entry knows better; whoever rewrites that too is left with this:
    assert "seal_given" not in checks(desk, first.code)
    found = checks(desk, second.code)["seal_given"]
    assert (found.code, found.facts["day"]) == ("seal_rewritten", "2026-11-23")
    assert "2026-11-23" in say(found.code, "zh", **found.facts)


@pytest.mark.parametrize("also_the_head", [False, True])
def test_entries_cut_off_the_end_are_missed(desk: Desk, frozen_clock: FrozenClock, also_the_head: bool) -> None:
    live(desk, frozen_clock)
    sealed = desk.perform(SealDay()).value
    assert sealed is not None
    with closing(sqlite3.connect(desk.shop.folder / FILE_NAME)) as raw, raw:
        raw.execute("DROP TRIGGER audit_entry_no_delete")
        raw.execute("DELETE FROM audit_entry WHERE seq >= ?", (sealed.seq,))
        if also_the_head:
            raw.execute("UPDATE trail_head SET seq = (SELECT max(seq) FROM audit_entry)")
    found = checks(desk, sealed.code)
    if not also_the_head:
        assert (found["audit_chain"].code, found["audit_chain"].facts["id"]) == ("check_chain_missing", sealed.seq)
    assert found["audit_seals"].code == found["seal_given"].code == "seal_cut"
    assert found["seal_given"].facts["last"] == sealed.seq - 1


def test_an_entry_put_behind_the_last_is_found(desk: Desk) -> None:
    with closing(sqlite3.connect(desk.shop.folder / FILE_NAME)) as raw, raw:
        seq, at, head = raw.execute("SELECT seq, at, hash FROM audit_entry ORDER BY seq DESC LIMIT 1").fetchone()
        digest = value_digest(b"s" * 16, None)
        facts = (seq + 1, at, "owner", "edit_orders", "orders", 1, 1, "seller_memo", None)
        hashed = entry_hash(head, *facts, digest, digest)
        raw.execute(
            "INSERT INTO audit_entry (seq, at, actor, action, entity, entity_id, order_id, field, reason, salt, old_digest, new_digest, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*facts, b"s" * 16, digest, digest, hashed),
        )
    found = checks(desk)["audit_chain"]
    assert (found.code, found.facts["id"]) == ("check_chain_foreign", seq + 1)


def test_a_changed_line_outside_is_named(desk: Desk) -> None:
    desk.perform(SealDay())
    path = desk.shop.folder / SEALS
    path.write_text(path.read_text("utf-8").replace("2026-11-22", "2026-11-23"), "utf-8")
    assert checks(desk)["audit_seals"].facts["line"] == 2


def test_a_line_that_was_cut_short_is_written_anew(tmp_path: Path) -> None:
    rows = [SealRow(DAY, 0, 5, seal_of(DAY, 5, b"a" * 32)), SealRow(DAY + 1, 0, 9, seal_of(DAY + 1, 9, b"b" * 32))]
    keep_outside(tmp_path, rows[:1])
    path = tmp_path / SEALS
    path.write_text(path.read_text("utf-8")[:-9], "utf-8")
    keep_outside(tmp_path, rows)
    assert kept_outside(tmp_path) == (tuple(row.code for row in rows), (2,))
    before = path.read_bytes()
    keep_outside(tmp_path, rows)
    assert path.read_bytes() == before


def test_a_folder_that_refuses_keeps_nobody_from_working(desk: Desk, frozen_clock: FrozenClock) -> None:
    (desk.shop.folder / SEALS).mkdir()
    live(desk, frozen_clock, 2)
    assert len(desk.read(SealRows())) == 1


@given(
    day=st.integers(date(2020, 1, 1).toordinal(), date(2099, 12, 31).toordinal()),
    seq=st.integers(1, 10**9),
    head=st.binary(min_size=32, max_size=32),
)
def test_a_code_tells_its_day_and_entry_and_depends_on_all(day: int, seq: int, head: bytes) -> None:
    code = seal_of(day, seq, head)
    assert read_seal(code) == (day, seq, code)
    assert read_seal(f" {code.lower()} ")[2] == code
    assert len({code, seal_of(day + 1, seq, head), seal_of(day, seq + 1, head), seal_of(day, seq, head[::-1] + b"x")}) == 4


@given(head=st.binary(min_size=32, max_size=32), place=st.integers(0, 30), letter=st.sampled_from(LETTERS))
def test_a_slip_of_the_pen_is_told(head: bytes, place: int, letter: str) -> None:
    code = seal_of(DAY, 12_345, head)
    place %= len(code)
    slips = [
        code[:place] + letter + code[place + 1 :],
        code[:place] + code[place + 1 : place + 2] + code[place : place + 1] + code[place + 2 :],
    ]
    for slip in slips:
        if slip != code:
            with pytest.raises(BadInput):
                read_seal(slip)
