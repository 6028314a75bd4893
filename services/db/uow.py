"""The unit of work: one transaction of one command, and the only two ways to write in it.

- `append`, `change`, `remove`: edits. Every changed field of a FIELDS table leaves an entry of its own, every new or
  removed row one entry; ledger rows are covered by the command's entry with ids and digest.
- `bulk`: rows of an import, a demo or a batch: one entry with count and digest, none per row.

Both work on sets, so that the number of statements does not grow with the orders; SQLAlchemy's own unit of work costs
44–71 times the driver for the same rows, and a second way to write would be a second place to forget the trail. The
mapped classes give names and types. Derived data (counters, search text, days to sum again) are kept here too, from
the same values. Only `Desk` makes one and only `finish` and the Desk's commit end it.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Table
from sqlalchemy.sql.schema import ScalarElementColumnDefault

from services.access import Viewer
from services.clock import Clock, day_of, day_start
from services.db import schema
from services.db.auditing import GENESIS, SALT_BYTES, RowsDigest, entry_hash, value_digest, value_text
from services.db.base import Audit, Base, audit_of
from services.db.derived import Derived
from services.db.dialect import chunks, delete_sql, insert_sql, primary_key, select_sql, update_sql
from services.db.gate import Gate
from services.db.journal import Journal, spans
from services.db.reading import Reading
from services.outcome import ChangeSet, DeedSpan, Effect
from services.params import Shop
from services.progress import Progress
from services.seals import SealRow, seal_of

Values = Mapping[str, Any]

_HEAD = "INSERT INTO trail_head (id, seq) VALUES (1, ?) ON CONFLICT (id) DO UPDATE SET seq = excluded.seq"
_LAST = "SELECT seq, at, hash FROM audit_entry WHERE seq >= ? ORDER BY seq DESC LIMIT 1"
_LAST_BEFORE = "SELECT seq, at, hash FROM audit_entry WHERE seq >= ? AND at < ? ORDER BY seq DESC LIMIT 1"
_WORTH_A_SEAL = "SELECT 1 FROM audit_entry WHERE seq BETWEEN ? AND ? AND action <> 'seal_day' LIMIT 1"
_HISTORIC = frozenset({"order_line", "discount"})
"""Rows of orders that are removed and told of ever after: no other row gets their ids."""
_ENTRY_COLUMNS = tuple(column.name for column in schema.AuditEntry.__table__.columns)


def table_of(model: type[Base]) -> Table:
    table = model.__table__
    if not isinstance(table, Table):
        raise TypeError(model)
    return table


class UnitOfWork(Reading):
    """`now`, `actor`, `action` and `reason` are those of every entry it leaves; `viewer` is who gave the command, with their permissions. Ids are handed out in order."""

    def __init__(
        self,
        connection: Connection,
        gate: Gate,
        shop: Shop,
        clock: Clock,
        *,
        viewer: Viewer,
        actor: str,
        action: str,
        reason: str | None,
        progress: Progress,
    ) -> None:
        super().__init__(connection, shop, clock)
        self.viewer = viewer
        self.actor = actor
        self.action = action
        self.reason = reason
        self.progress = progress
        self.effects: list[Effect] = []
        self.sealed = False
        """Whether this command sealed the trail: its seals are kept outside the file too, after the commit."""
        self._wrote = False
        self._gate = gate
        self._written: tuple[int, int] | None = None
        self._locks: dict[str, dict[str, list[int]]] = {"set": {}, "taken": {}}
        self._entries: list[tuple[str, int | None, int | None, str | None, str | None, str | None]] = []
        self._next_id: dict[str, int] = {}
        self._touched: dict[str, set[int]] = defaultdict(set)
        self._digests: dict[str, RowsDigest] = {}
        self._spans: dict[str, list[list[int]]] = defaultdict(list)
        self._covered: dict[str, set[int]] = defaultdict(set)
        self._reviewed: set[int] = set()
        self._gone: dict[str, tuple[list[tuple[int, int]], RowsDigest]] = {}
        self._journal: Journal | None = None
        self._journal_of: tuple[int, int] = (0, 0)
        self._derived = Derived(self)

    # -- writing ---------------------------------------------------------------------------------------------------

    def append(self, model: type[Base], rows: Sequence[Values], *, orders: Sequence[int | None] | None = None) -> list[int]:
        """Insert rows of equal keys; returns their ids. `orders` names the order of each for the timeline where no column does."""
        ids = self._insert(model, rows)
        table = table_of(model)
        if audit_of(table) is Audit.FIELDS:
            for place, (row_id, row) in enumerate(zip(ids, rows, strict=True)):
                order_id = orders[place] if orders is not None else _order_of(table.name, row_id, row)
                shown = {
                    name: value for name, value in row.items() if value not in (None, "") and _audited(table, name) and name != "order_id"
                }
                self.note(table.name, row_id, order_id, None, None, json.dumps(shown, ensure_ascii=False, default=str))
        return ids

    def bulk(self, model: type[Base], rows: Sequence[Values]) -> list[int]:
        """Insert rows of equal keys with one entry for all (count and digest), however many. Returns their ids."""
        return self._insert(model, rows)

    def change(
        self, model: type[Base], changes: Mapping[int, Values], *, orders: Mapping[int, int] | None = None, moving: bool = False
    ) -> int:
        """Set fields by id; what is equal already is left alone. Returns how many rows really changed.

        Raises KeyError for an id that is not there, TypeError for a column that only a move may set. Every changed audited field of a FIELDS table leaves an entry.
        """
        table = table_of(model)
        groups: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for row_id, values in changes.items():
            if values:
                groups[tuple(values)].append(row_id)
        changed = 0
        for columns, ids in groups.items():
            if not moving and any(table.c[name].info.get("moved") for name in columns):
                raise TypeError(f"{table.name}: only a move sets {', '.join(columns)}")
            changed += self._change_group(table, columns, ids, changes, orders)
        return changed

    def remove(self, model: type[Base], ids: Sequence[int]) -> None:
        """Delete rows; a removed row of a FIELDS table leaves its values in the trail."""
        table = table_of(model)
        columns = tuple(column.name for column in table.columns if not column.primary_key)
        if audit_of(table) is Audit.FIELDS:
            for row_id, *values in self._current(table, columns, ids):
                row = dict(zip(columns, values, strict=True))
                shown = {name: value for name, value in row.items() if value not in (None, "")}
                self.note(table.name, row_id, row.get("order_id"), None, json.dumps(shown, ensure_ascii=False, default=str), None)
                self._derived.removed(table.name, row.get("order_id"))
                if table.name == "order_line":
                    self._reviewed.add(row["order_id"])
        elif audit_of(table) is not Audit.DERIVED:
            self._covered[table.name].update(ids)
        if self._journal is not None:
            self._journal.taken_out(table.name, (primary_key(table), *columns), self._current(table, columns, ids))
        newest = table.name in _HISTORIC and bool(ids) and self._reserve_ids(table, 0) == max(ids) + 1
        self._write(delete_sql(table), [(row_id,) for row_id in ids])
        self._touched[table.name].update(ids)
        if newest:  # else the next row would have its id, and its history
            self._raise_floor(table.name, max(ids) + 1)

    def take_out(self, model: type[Base], ids: Sequence[int]) -> None:
        """Delete rows that came in bulk, with one entry for all (ids and digest) as they came. Their ids are never given again."""
        if not ids:
            return
        table = table_of(model)
        listed = sorted(set(ids))
        columns = tuple(column.name for column in table.columns if not column.primary_key)
        found = sorted(self._current(table, columns, listed))
        if audit_of(table) is not Audit.DERIVED:
            digest = RowsDigest()
            digest.add_many(found)
            self._gone[table.name] = (spans(row[0] for row in found), digest)
        self._derived.taken_out(table.name, [dict(zip(columns, row[1:], strict=True)) | {"id": row[0]} for row in found])
        self._write(delete_sql(table), [(row[0],) for row in found])
        self._touched[table.name].update(row[0] for row in found)
        self._raise_floor(table.name, listed[-1] + 1)

    def _raise_floor(self, name: str, next_id: int) -> None:
        known = self.sql("SELECT id, next_id FROM id_floor WHERE name = ?", (name,))
        if not known:
            self.bulk(schema.IdFloor, [{"name": name, "next_id": next_id}])
        elif known[0][1] < next_id:
            self.change(schema.IdFloor, {known[0][0]: {"next_id": next_id}})

    def keep_journal(self, batch_id: int) -> None:
        """From here on record row by row what is written, and keep it with the batch, so that it can be taken back."""
        (seq,) = self.sql("SELECT coalesce(max(seq), 0) FROM audit_entry")[0]
        self._journal, self._journal_of = Journal(), (batch_id, seq)

    def keep_checks(self, order_ids: Collection[int]) -> None:
        """What was written of these orders is as it was when somebody checked them."""
        self._reviewed.difference_update(order_ids)

    def note(self, entity: str, entity_id: int | None, order_id: int | None, field: str | None, old: str | None, new: str | None) -> None:
        """Put a sentence on record that no single field tells, such as a whole file."""
        self._entries.append((entity, entity_id, order_id, field, old, new))

    def flush_trail(self) -> None:
        """Write the entries so far, for a change of very many rows: a million entries are not held in memory. Fields only: what `append` put
        on record row by row is told apart at the end."""
        self._write_entries()
        self._entries.clear()

    def touch(self, table: str, ids: Collection[int]) -> None:
        """Name rows that show something that changed elsewhere, so that who shows them reads them again."""
        self._touched[table].update(ids)

    def effect(self, kind: str, **facts: str | int) -> None:
        self.effects.append(Effect(kind, facts))

    def seal(self, before: int | None = None) -> SealRow | None:
        """Seal the trail as it was before the moment `before` (ms), or as it was before this command. None where nothing came since the
        last seal that is worth one: what it took to seal is not."""
        first = self.sql("SELECT coalesce(max(seq), 0) + 1 FROM seal")[0][0]
        found = self.sql("SELECT at, action FROM audit_entry WHERE seq = ?", (first,))
        if not found or (before is not None and found[0][0] >= before):
            return None
        newest = _LAST_BEFORE if before is not None else _LAST
        rows = self.sql(newest, (first, before) if before is not None else (first,))
        if not rows or not self.sql(_WORTH_A_SEAL, (first, rows[0][0])):
            return None
        seq, at, digest = rows[0]
        day = day_of(at, self.shop.zone)
        sealed = SealRow(day, self.now, seq, seal_of(day, seq, digest))
        self.append(schema.Seal, [{"day": sealed.day, "at": sealed.at, "seq": sealed.seq, "code": sealed.code}])
        self.sealed = True
        return sealed

    @property
    def deed(self) -> DeedSpan | None:
        """Where the trail holds what was written so far."""
        return DeedSpan(*self._written, self.action, self.actor) if self._written else None

    # -- the end ---------------------------------------------------------------------------------------------------

    def finish(self) -> ChangeSet:
        """Write what follows from the changes: checks taken away, derived data, the trail. The Desk commits afterwards."""
        self._take_checks()
        self._write_journal()
        self._derived.write()
        self._seal_the_past()
        self._write_trail()
        return ChangeSet({table: frozenset(ids) for table, ids in self._touched.items()})

    def _seal_the_past(self) -> None:
        """The first change of a day seals what was on record when the day began."""
        if self._entries or self._wrote or self._digests or self._covered or self._gone:
            self.seal(day_start(day_of(self.now, self.shop.zone), self.shop.zone))

    # -- inside ----------------------------------------------------------------------------------------------------

    def _write_journal(self) -> None:
        journal, self._journal = self._journal, None
        if journal is not None:
            batch_id, seq = self._journal_of
            self._insert(schema.ImportJournal, [{"batch_id": batch_id, "after_seq": seq, "block": journal.pack()}])

    def _take_checks(self) -> None:
        """An order whose address, goods, memo or message is another now was not checked (domain.md, orders)."""
        fresh = _joined(self._spans.get("orders", []))
        ids = [one for one in sorted(self._reviewed) if not any(first <= one <= last for first, last in fresh)]
        checked = [row[0] for row in self.each("SELECT id FROM orders WHERE checked_at IS NOT NULL AND id IN ({ids})", ids)]
        self.change(schema.Order, {order_id: {"checked_at": None, "checked_by": ""} for order_id in checked})

    def _insert(self, model: type[Base], rows: Sequence[Values]) -> list[int]:
        if not rows:
            return []
        table = table_of(model)
        policy = audit_of(table)
        keyed = primary_key(table)
        defaults = {column.name: _default(column) for column in table.columns if column.default is not None}
        if policy is Audit.LEDGER:  # digested over all columns in the table's order, so that `verify` can read them back
            names = tuple(column.name for column in table.columns)
            rows = [{**dict.fromkeys(names), **defaults, **row} for row in rows]
        columns = tuple(name for name in rows[0] if name != keyed)
        filled = {name: value for name, value in defaults.items() if name not in columns}
        names = (keyed, *columns, *filled)
        tail = tuple(filled.values())
        given = rows[0].get(keyed) is not None
        start = 0 if given else self._reserve_ids(table, len(rows))
        ids = [int(row[keyed]) for row in rows] if given else list(range(start, start + len(rows)))
        written = [(row_id, *[row[name] for name in columns], *tail) for row_id, row in zip(ids, rows, strict=True)]
        self._write(insert_sql(table, names), written)
        if policy is not Audit.DERIVED:
            self._digests.setdefault(table.name, RowsDigest()).add_many(written)
        self._spans[table.name].append([ids[0], ids[-1]])
        self._touched[table.name].update(ids)
        if table.name == "order_line":
            self._reviewed.update(row["order_id"] for row in rows)
        if self._journal is not None:
            self._journal.inserted(table.name, ids, rows, defaults)
        self._derived.inserted(table.name, ids, rows)
        return ids

    def _change_group(
        self,
        table: Table,
        columns: tuple[str, ...],
        ids: list[int],
        changes: Mapping[int, Values],
        orders: Mapping[int, int] | None,
    ) -> int:
        policy = audit_of(table)
        if policy is Audit.LEDGER:
            raise TypeError(f"{table.name} is append-only")
        versioned = "version" in table.c and "version" not in columns
        context = tuple(name for name in ("order_id", "version") if name in table.c and name not in columns)
        updates: list[tuple[Any, ...]] = []
        kept: list[tuple[int, tuple[Any, ...], tuple[Any, ...]]] = []
        found = 0
        audited = {name for name in columns if policy is Audit.FIELDS and _audited(table, name)}
        for row_id, *values in self._current(table, (*columns, *context), ids):
            found += 1
            old = dict(zip((*columns, *context), values, strict=True))
            new = changes[row_id]
            different = [name for name in columns if old[name] != new[name]]
            if not different:
                continue
            row = tuple(new[name] for name in columns)
            updates.append((*row, old["version"] + 1, row_id) if versioned else (*row, row_id))
            if self._journal is not None:
                kept.append((row_id, tuple(values[: len(columns)]), row))
            order_id = row_id if table.name == "orders" else old.get("order_id", (orders or {}).get(row_id))
            if order_id is not None and any(table.c[name].info.get("reviewed") for name in different):
                self._reviewed.add(order_id)
            if table.name == "orders" and "locked" in different:
                self._note_locks(row_id, old["locked"], new["locked"])
            for name in different:
                if name in audited:
                    self.note(table.name, row_id, order_id, name, value_text(old[name]), value_text(new[name]))
            self._derived.changed(table.name, row_id, old, new, different)
        if found != len(ids):
            raise KeyError(f"{table.name}: {len(ids) - found} of {len(ids)} rows are not there")
        if updates:
            self._write(update_sql(table, (*columns, "version") if versioned else columns), updates)
            touched = [update[-1] for update in updates]
            self._touched[table.name].update(touched)
            if policy is Audit.COVERED:
                self._covered[table.name].update(touched)
            if self._journal is not None and policy is not Audit.DERIVED:
                self._journal.changed(table.name, columns, kept)
        return len(updates)

    def _note_locks(self, order_id: int, old: str, new: str) -> None:
        """Which fields no file may overwrite any more, or may again: by field in the command's entry, so that it can be taken back."""
        before, after = set(filter(None, old.split(","))), set(filter(None, new.split(",")))
        for way, names in (("set", after - before), ("taken", before - after)):
            for name in names:
                self._locks[way].setdefault(name, []).append(order_id)

    def _current(self, table: Table, columns: tuple[str, ...], ids: Sequence[int]) -> list[tuple[Any, ...]]:
        found: list[tuple[Any, ...]] = []
        for slice_ in chunks(ids):
            found += self.driver.execute(select_sql(table, columns, len(slice_)), tuple(slice_)).fetchall()
        return found

    def _reserve_ids(self, table: Table, count: int) -> int:
        start = self._next_id.get(table.name)
        if start is None:
            keyed = primary_key(table)
            (start,) = self.driver.execute(f"SELECT coalesce(max({keyed}), 0) + 1 FROM {table.name}").fetchone()  # noqa: S608 (mapped names)
            floor = self.driver.execute("SELECT next_id FROM id_floor WHERE name = ?", (table.name,)).fetchone()
            start = max(start, floor[0]) if floor else start
        self._next_id[table.name] = start + count
        return int(start)

    def _write(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        with self._gate.open():
            self._run(statement, rows)

    def write_derived(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        """For derived data alone: rows that `verify` recomputes and that never go on record. The gate lets no other table through."""
        if rows:
            with self._gate.open_derived():
                self._run(statement, rows)

    def _run(self, statement: str, rows: Sequence[tuple[Any, ...]]) -> None:
        if len(rows) == 1:
            self.driver.execute(statement, rows[0])
        else:
            self.driver.executemany(statement, rows)

    def _write_trail(self) -> None:
        covered = {
            name: {"rows": digest.count, "ids": _joined(self._spans[name]), "digest": digest.hexdigest()}
            for name, digest in self._digests.items()
        }
        for name, ids in self._covered.items():
            covered.setdefault(name, {})["changed"] = len(ids)
        for name, (gone, digest) in self._gone.items():
            covered.setdefault(name, {}).update({"removed": digest.count, "removed_ids": gone, "removed_digest": digest.hexdigest()})
        ledgers: dict[str, Any] = {name: facts for name, facts in covered.items() if name in self._gone or not self._told_by_rows(name)}
        locks = {way: {name: spans(sorted(ids)) for name, ids in sorted(found.items())} for way, found in self._locks.items() if found}
        if locks:
            ledgers["locks"] = locks
        if ledgers:
            self._entries.append(("command", None, None, None, None, json.dumps(ledgers, separators=(",", ":"))))
        self._write_entries()

    def _write_entries(self) -> None:
        if not self._entries:
            return
        last = self.driver.execute("SELECT seq, hash FROM audit_entry ORDER BY seq DESC LIMIT 1").fetchone()
        seq, previous = last or (0, GENESIS)
        salts = os.urandom(SALT_BYTES * len(self._entries))
        rows = []
        for place, (entity, entity_id, order_id, field, old, new) in enumerate(self._entries):
            seq += 1
            salt = salts[place * SALT_BYTES : (place + 1) * SALT_BYTES]
            old_digest, new_digest = value_digest(salt, old), value_digest(salt, new)
            previous = entry_hash(
                previous, seq, self.now, self.actor, self.action, entity, entity_id, order_id, field, self.reason, old_digest, new_digest
            )
            rows.append(
                (
                    seq,
                    self.now,
                    self.actor,
                    self.action,
                    entity,
                    entity_id,
                    order_id,
                    field,
                    old,
                    new,
                    self.reason,
                    salt,
                    old_digest,
                    new_digest,
                    previous,
                )
            )
        self._write(insert_sql(table_of(schema.AuditEntry), _ENTRY_COLUMNS), rows)
        self._write(_HEAD, [(seq,)])
        self._written = (self._written[0] if self._written else rows[0][0], seq)
        self._wrote = True
        self._touched["audit_entry"].update(row[0] for row in rows)

    def _told_by_rows(self, name: str) -> bool:
        """Rows of a FIELDS table that `append` put on record one by one need no count and digest beside."""
        if audit_of(schema.Base.metadata.tables[name]) is not Audit.FIELDS:
            return False
        told = {
            entity_id for entity, entity_id, _order, field, old, _new in self._entries if entity == name and field is None and old is None
        }
        return all(first in told and last in told for first, last in self._spans[name])


def _audited(table: Table, column: str) -> bool:
    return bool(table.c[column].info.get("audit", True)) and not table.c[column].primary_key


def _order_of(table: str, row_id: int, row: Values) -> int | None:
    return row_id if table == "orders" else row.get("order_id")


def _default(column: Column[Any]) -> Any:
    return column.default.arg if isinstance(column.default, ScalarElementColumnDefault) else None


def _joined(spans: list[list[int]]) -> list[list[int]]:
    """Neighbouring spans as one: [[1, 3], [4, 9]] → [[1, 9]]."""
    joined: list[list[int]] = []
    for first, last in spans:
        if joined and joined[-1][1] + 1 == first:
            joined[-1][1] = last
        else:
            joined.append([first, last])
    return joined


def action_name(command: object) -> str:
    """`ShipOrders` → `ship_orders`: what the trail calls a command."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", type(command).__name__).lower()
