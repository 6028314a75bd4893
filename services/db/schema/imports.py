"""What came from which file: batches, their raw rows, and what each order was last told by each kind of file."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import CACHE, Audit, Base


class ImportBatch(Base):
    """One imported file. `report` is the import's JSON report; `headings` the file's own, in file order, as JSON.

    `kind` and `sheet` are those of the parsed file, `knows` the JSON list of the keys that it can tell, `sources` JSON
    {key: [heading, …]} where each stands in it. `undone_at` and `undone_by` are set when it was taken back.
    """

    __tablename__ = "import_batch"
    __audit__ = Audit.COVERED
    __table_args__ = (Index("ix_import_batch_file_hash", "file_hash"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    file_name: Mapped[str]
    file_hash: Mapped[str]
    file_time: Mapped[int]
    format: Mapped[str]
    encoding: Mapped[str]
    at: Mapped[int]
    rows: Mapped[int]
    headings: Mapped[str]
    report: Mapped[str]
    kind: Mapped[str] = mapped_column(default="")
    sheet: Mapped[str] = mapped_column(default="")
    knows: Mapped[str] = mapped_column(default="[]")
    sources: Mapped[str] = mapped_column(default="{}")
    undone_at: Mapped[int | None]
    undone_by: Mapped[str] = mapped_column(default="")


class ImportRows(Base):
    """Raw rows of a batch in blocks from `first_row` on (heading row = 1), packed and unpacked by services.imports.columns."""

    __tablename__ = "import_rows"
    __audit__ = Audit.COVERED
    __table_args__ = (Index("ix_import_rows_batch_id", "batch_id", "first_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    first_row: Mapped[int]
    rows: Mapped[int]
    block: Mapped[bytes] = mapped_column(LargeBinary)


class OrderSource(Base):
    """What one kind of file (order list, goods list, …) last said of an order: where, when, and a digest of it.

    An equal digest means nothing new was said, so the order need not be compared. `told` is the JSON array of the
    mapped values (services.imports.said), the "last import" side of a three-way merge; `older` names those of them
    that an older file of the kind told, because the last one knows nothing of them.
    """

    __tablename__ = "order_source"
    __audit__ = Audit.COVERED
    __table_args__ = (
        Index("uq_order_source_order_id_kind", "order_id", "kind", unique=True),
        Index("ix_order_source_batch_id", "batch_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    kind: Mapped[str]
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    row: Mapped[int]
    file_time: Mapped[int]
    digest: Mapped[bytes]
    told: Mapped[str]
    older: Mapped[str] = mapped_column(default="")


class ImportConflict(Base):
    """A file's word against a value that a person set here, or against a state that is past: kept until somebody decides.

    `part` is the line or case that it is about, 0 for the order itself. `theirs` is the file's value as text, an address as JSON;
    `ours` what stood here. `state` is open, ours, theirs, or gone where both agree again. One is open per order, field and part.
    """

    __tablename__ = "import_conflict"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'ours', 'theirs', 'gone')", name="state"),
        Index("uq_import_conflict_open", "order_id", "field", "part", unique=True, sqlite_where=text("state = 'open'")),
        Index("ix_import_conflict_order_id", "order_id"),
        Index("ix_import_conflict_batch_id", "batch_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"))
    field: Mapped[str]
    part: Mapped[int] = mapped_column(default=0)
    ours: Mapped[str]
    theirs: Mapped[str]
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    row: Mapped[int] = mapped_column(info=CACHE)
    file_time: Mapped[int] = mapped_column(info=CACHE)
    found_at: Mapped[int] = mapped_column(info=CACHE)
    state: Mapped[str] = mapped_column(default="open")
    decided_at: Mapped[int | None] = mapped_column(info=CACHE)
    decided_by: Mapped[str] = mapped_column(default="", info=CACHE)


class ImportJournal(Base):
    """What a batch wrote, row by row, so that it can be taken back: packed and unpacked by services.db.journal.

    `after_seq` is the last entry of the trail before it.
    """

    __tablename__ = "import_journal"
    __audit__ = Audit.COVERED

    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), primary_key=True, autoincrement=False)
    after_seq: Mapped[int]
    block: Mapped[bytes] = mapped_column(LargeBinary)


class IdFloor(Base):
    """The next id of a table whose newest rows were taken out: ids in the trail and the ledgers are never given to other rows."""

    __tablename__ = "id_floor"
    __audit__ = Audit.COVERED

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(unique=True)
    next_id: Mapped[int]


class CaseSource(Base):
    """What the platform's refund files last said of a case. Without `case_id` it waits: its order, or its goods, is not here yet.

    `told` is the JSON array of a CaseRecord (services.imports.records), from which it is opened when the order comes in.
    """

    __tablename__ = "case_source"
    __audit__ = Audit.COVERED
    __table_args__ = (
        Index("uq_case_source_platform_number", "platform", "number", unique=True),
        Index("ix_case_source_case_id", "case_id"),
        Index("ix_case_source_waiting", "order_number", sqlite_where=text("case_id IS NULL")),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    platform: Mapped[str]
    number: Mapped[str]
    order_number: Mapped[str]
    case_id: Mapped[int | None] = mapped_column(ForeignKey("after_sale.id"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"))
    row: Mapped[int]
    file_time: Mapped[int]
    told: Mapped[str]


class ImportMap(Base):
    """How a table of somebody else's is read as orders: `told` is the map as JSON (services.imports.formats.mapped).

    `fingerprint` is that of the set of its headings (services.imports.kept_maps): a file with the same set is read by it.
    """

    __tablename__ = "import_map"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(unique=True)
    fingerprint: Mapped[str] = mapped_column(unique=True)
    headings: Mapped[str]
    told: Mapped[str]
