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
    op.create_index("ix_orders_tags", "orders", ["tags"], sqlite_where=sa.text("tags <> ''"))
    op.create_index("ix_orders_region", "orders", ["province", "city", "quantity", "paid"])
    op.create_index("ix_orders_completed_at", "orders", ["completed_at", "id"], sqlite_where=sa.text("completed_at IS NOT NULL"))
    op.create_index("ix_orders_closed_at", "orders", ["closed_at", "id"], sqlite_where=sa.text("closed_at IS NOT NULL"))
    op.create_index("ix_orders_checked", "orders", ["created_at", "id"], sqlite_where=sa.text("checked_at IS NOT NULL"))
    op.create_index("ix_orders_flag", "orders", ["flag", "created_at", "id"], sqlite_where=sa.text("flag > 0"))
    op.create_index("ix_orders_open_cases", "orders", ["created_at", "id"], sqlite_where=sa.text("open_cases > 0"))
    op.create_index("ix_order_line_refund_state", "order_line", ["refund_state", "order_id"], sqlite_where=sa.text("refund_state <> ''"))
    op.create_index("ix_parcel_carrier", "parcel", ["carrier"], sqlite_where=sa.text("tracking_number <> '' AND state <> 'void'"))
    op.create_index("ix_customer_tier", "customer", ["tier"], sqlite_where=sa.text("tier <> ''"))
    # With the state in it, an order's cases are found by both: the state's own index would be walked once for each order.
    op.drop_index("ix_after_sale_order_id", "after_sale")
    op.create_index("ix_after_sale_order_id_state", "after_sale", ["order_id", "state"])
