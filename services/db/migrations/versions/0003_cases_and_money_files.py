"""What the platform's refund files tell of cases, and the bookings of its account files."""

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
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_money_record_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_record")),
        sa.UniqueConstraint("account", "flow", name=op.f("uq_money_record_account_flow")),
    )
    op.create_index("ix_money_record_order_number", "money_record", ["order_number"], sqlite_where=sa.text("order_number <> ''"))
    op.create_index("ix_money_record_at", "money_record", ["at", "id"])
    op.create_index("ix_money_record_batch_id", "money_record", ["batch_id"])
