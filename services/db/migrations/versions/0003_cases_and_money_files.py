"""What the platform's refund files tell of cases, the bookings of its account files; conflicts, and imports that can be taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("number", "phase", "words", "return_carrier", "return_number"):
        op.add_column("after_sale", sa.Column(name, sa.String(), nullable=False, server_default=""))
    op.add_column("after_sale", sa.Column("deadline_at", sa.Integer(), nullable=True))
    op.create_index("ix_after_sale_number", "after_sale", ["number"], sqlite_where=sa.text("number <> ''"))
    op.create_table(
        "case_source",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("file_time", sa.Integer(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["after_sale.id"], name=op.f("fk_case_source_case_id")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_case_source_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_source")),
    )
    op.create_index("uq_case_source_platform_number", "case_source", ["platform", "number"], unique=True)
    op.create_index("ix_case_source_case_id", "case_source", ["case_id"])
    op.create_index("ix_case_source_waiting", "case_source", ["order_number"], sqlite_where=sa.text("case_id IS NULL"))
    op.create_table(
        "money_record",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("account", sa.String(), nullable=False),
        sa.Column("flow", sa.String(), nullable=False),
        sa.Column("order_number", sa.String(), nullable=False),
        sa.Column("line_number", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("description", sa.String(), nullable=False),
        sa.Column("counterpart", sa.String(), nullable=False),
        sa.Column("balance", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_money_record_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_record")),
        sa.UniqueConstraint("account", "flow", name=op.f("uq_money_record_account_flow")),
    )
    op.create_index("ix_money_record_order_number", "money_record", ["order_number"], sqlite_where=sa.text("order_number <> ''"))
    op.create_index("ix_money_record_at", "money_record", ["at", "id"])
    op.create_index("ix_money_record_batch_id", "money_record", ["batch_id"])
    _conflicts_and_undo()
    _accepted()
    _import_maps()


def _import_maps() -> None:
    op.create_table(
        "import_map",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("headings", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_map")),
        sa.UniqueConstraint("name", name=op.f("uq_import_map_name")),
        sa.UniqueConstraint("fingerprint", name=op.f("uq_import_map_fingerprint")),
    )


def _accepted() -> None:
    op.create_table(
        "accepted",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("worklist", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("seen", sa.String(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("accepted_at", sa.Integer(), nullable=False),
        sa.Column("accepted_by", sa.String(), nullable=False),
        sa.CheckConstraint("worklist IN ('addresses', 'amounts', 'duplicates')", name=op.f("ck_accepted_worklist")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accepted")),
        sa.UniqueConstraint("worklist", "key", name=op.f("uq_accepted_worklist_key")),
    )


def _conflicts_and_undo() -> None:
    for name, default in (("kind", ""), ("sheet", ""), ("knows", "[]"), ("sources", "{}"), ("undone_by", "")):
        op.add_column("import_batch", sa.Column(name, sa.String(), nullable=False, server_default=default))
    op.add_column("import_batch", sa.Column("undone_at", sa.Integer(), nullable=True))
    op.add_column("order_source", sa.Column("older", sa.String(), nullable=False, server_default=""))
    op.create_table(
        "import_conflict",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("ours", sa.String(), nullable=False),
        sa.Column("theirs", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("file_time", sa.Integer(), nullable=False),
        sa.Column("found_at", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("decided_at", sa.Integer(), nullable=True),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.CheckConstraint("state IN ('open', 'ours', 'theirs', 'gone')", name=op.f("ck_import_conflict_state")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_import_conflict_order_id")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_conflict_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_conflict")),
    )
    op.create_index(
        "uq_import_conflict_open", "import_conflict", ["order_id", "field", "part"], unique=True, sqlite_where=sa.text("state = 'open'")
    )
    op.create_index("ix_import_conflict_order_id", "import_conflict", ["order_id"])
    op.create_index("ix_import_conflict_batch_id", "import_conflict", ["batch_id"])
    op.create_table(
        "import_journal",
        sa.Column("batch_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("after_seq", sa.Integer(), nullable=False),
        sa.Column("block", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_journal_batch_id")),
        sa.PrimaryKeyConstraint("batch_id", name=op.f("pk_import_journal")),
    )
    op.create_table(
        "id_floor",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("next_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_id_floor")),
        sa.UniqueConstraint("name", name=op.f("uq_id_floor_name")),
    )
    # What an undone import brought is taken out; its ledger rows stay, with those that reverse them, and name it by its id.
    for table in (_MONEY, _STOCK):
        with op.batch_alter_table(table.name, copy_from=table, recreate="always"):
            pass


_LEDGERS = sa.MetaData()
_BY_ID = ("order_id", "line_id", "case_id", "parcel_id")
_MONEY = sa.Table(
    "money_entry",
    _LEDGERS,
    sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
    *(sa.Column(name, sa.Integer(), nullable=name != "order_id") for name in _BY_ID),
    sa.Column("kind", sa.String(), nullable=False),
    sa.Column("amount", sa.Integer(), nullable=False),
    sa.Column("at", sa.Integer(), nullable=False),
    sa.Column("source", sa.String(), nullable=False),
    sa.Column("key", sa.String(), nullable=False),
    sa.Column("reverses_id", sa.Integer(), nullable=True),
    sa.CheckConstraint("kind IN ('payment','refund','freight_cost','platform_fee','goodwill')", name="ck_money_entry_kind"),
    sa.CheckConstraint("amount <> 0", name="ck_money_entry_amount"),
    sa.ForeignKeyConstraint(["reverses_id"], ["money_entry.id"], name="fk_money_entry_reverses_id"),
    sa.PrimaryKeyConstraint("id", name="pk_money_entry"),
    sa.UniqueConstraint("key", name="uq_money_entry_key"),
    sa.Index("ix_money_entry_order_id", "order_id"),
    sa.Index("ix_money_entry_refund_at", "at", sqlite_where=sa.text("kind = 'refund'")),
)
_STOCK = sa.Table(
    "stock_movement",
    _LEDGERS,
    sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
    sa.Column("sku_id", sa.Integer(), nullable=False),
    sa.Column("kind", sa.String(), nullable=False),
    sa.Column("quantity", sa.Integer(), nullable=False),
    sa.Column("value", sa.Integer(), nullable=False),
    sa.Column("at", sa.Integer(), nullable=False),
    *(sa.Column(name, sa.Integer(), nullable=True) for name in _BY_ID),
    sa.Column("batch_id", sa.Integer(), nullable=True),
    sa.Column("note", sa.String(), nullable=False),
    sa.CheckConstraint("kind IN ('receipt','shipment','return','adjustment','damage','correction')", name="ck_stock_movement_kind"),
    sa.CheckConstraint("quantity <> 0", name="ck_stock_movement_quantity"),
    sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name="fk_stock_movement_batch_id"),
    sa.ForeignKeyConstraint(["sku_id"], ["sku.id"], name="fk_stock_movement_sku_id"),
    sa.PrimaryKeyConstraint("id", name="pk_stock_movement"),
    sa.Index("ix_stock_movement_sku_id_at", "sku_id", "at", "id"),
    sa.Index("ix_stock_movement_order_id", "order_id", sqlite_where=sa.text("order_id IS NOT NULL")),
)
