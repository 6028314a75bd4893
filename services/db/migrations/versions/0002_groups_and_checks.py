"""Kept searches in folders, tags' colours, checked orders, buyers' tiers; indexes for what is rare among a million."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "order_group",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("parent_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("search", sa.String(), nullable=False),
        sa.Column("sort", sa.String(), nullable=False),
        sa.Column("colour", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.CheckConstraint("kind IN ('folder','search')", name=op.f("ck_order_group_kind")),
        sa.CheckConstraint("colour BETWEEN 0 AND 5", name=op.f("ck_order_group_colour")),
        sa.ForeignKeyConstraint(["parent_id"], ["order_group.id"], name=op.f("fk_order_group_parent_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_group")),
    )
    op.create_index("ix_order_group_parent_id", "order_group", ["parent_id", "position"])
    op.create_table(
        "tag",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("colour", sa.Integer(), nullable=False),
        sa.CheckConstraint("colour BETWEEN 0 AND 5", name=op.f("ck_tag_colour")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tag")),
        sa.UniqueConstraint("name", name=op.f("uq_tag_name")),
    )
    # Added in place: a batch would copy a million orders and drop what refers to them.
    op.add_column("orders", sa.Column("checked_at", sa.Integer(), nullable=True))
    op.add_column("orders", sa.Column("checked_by", sa.String(), nullable=False, server_default=""))
    op.add_column("customer", sa.Column("tier", sa.String(), nullable=False, server_default=""))
    op.create_index("ix_orders_province", "orders", ["province", "created_at", "id"])
    op.create_index("ix_orders_flag", "orders", ["flag", "created_at", "id"], sqlite_where=sa.text("flag > 0"))
    op.create_index("ix_orders_open_cases", "orders", ["created_at", "id"], sqlite_where=sa.text("open_cases > 0"))
