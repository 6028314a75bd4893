"""What came from which file: batches, their raw rows, and what each order was last told by each kind of file."""

from __future__ import annotations

from sqlalchemy import ForeignKey, Index, LargeBinary, text
from sqlalchemy.orm import Mapped, mapped_column

from services.db.base import Audit, Base


class ImportBatch(Base):
    """One imported file. `report` is the import's JSON report; `headings` the file's own, in file order, as JSON."""

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
    mapped values (services.imports.merge), the "last import" side of a three-way merge.
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
