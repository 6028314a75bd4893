"""The first schema: orders, goods, stock, parcels, money, after-sales, imports, audit."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("entity", sa.String(), nullable=False),
        sa.Column("entity_id", sa.Integer(), nullable=True),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("field", sa.String(), nullable=True),
        sa.Column("old", sa.String(), nullable=True),
        sa.Column("new", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("old_digest", sa.LargeBinary(), nullable=False),
        sa.Column("new_digest", sa.LargeBinary(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit_entry")),
    )
    op.create_index("ix_audit_entry_order_id", "audit_entry", ["order_id"], unique=False, sqlite_where=sa.text("order_id IS NOT NULL"))
    op.create_table(
        "channel",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("platform", sa.String(), nullable=False),
        sa.Column("shop_name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel")),
        sa.UniqueConstraint("code", name=op.f("uq_channel_code")),
    )
    op.create_table(
        "dirty_day",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("day", name=op.f("pk_dirty_day")),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_hash", sa.String(), nullable=False),
        sa.Column("file_time", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("encoding", sa.String(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("headings", sa.String(), nullable=False),
        sa.Column("report", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
    )
    op.create_index("ix_import_batch_file_hash", "import_batch", ["file_hash"], unique=False)
    op.create_table(
        "listing_month",
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("listing_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "listing_id", name=op.f("pk_listing_month")),
    )
    op.create_table(
        "listing_sum",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("listing_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "listing_id", name=op.f("pk_listing_sum")),
    )
    op.create_table(
        "parcel",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("carrier", sa.String(), nullable=False),
        sa.Column("tracking_number", sa.String(), nullable=False),
        sa.Column("carrier_name", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("shipped_at", sa.Integer(), nullable=True),
        sa.Column("freight_cost", sa.Integer(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('shipped', 'void')", name=op.f("ck_parcel_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcel")),
    )
    op.create_index(
        "uq_parcel_tracking",
        "parcel",
        ["tracking_number", "carrier"],
        unique=True,
        sqlite_where=sa.text("tracking_number <> '' AND state <> 'void'"),
    )
    op.create_table(
        "region_sum",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("refunded", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "province", name=op.f("pk_region_sum")),
    )
    op.create_table(
        "sales_sum",
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.Column("paid", sa.Integer(), nullable=False),
        sa.Column("refunded", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "hour", name=op.f("pk_sales_sum")),
    )
    op.create_table(
        "setting",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_setting")),
        sa.UniqueConstraint("name", name=op.f("uq_setting_name")),
    )
    op.create_table(
        "sku",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("properties", sa.String(), nullable=False),
        sa.Column("barcode", sa.String(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("bin", sa.String(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=True),
        sa.Column("cost", sa.Integer(), nullable=True),
        sa.Column("weight", sa.Integer(), nullable=True),
        sa.Column("virtual", sa.Boolean(), nullable=False),
        sa.Column("reorder_point", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sku")),
        sa.UniqueConstraint("code", name=op.f("uq_sku_code")),
    )
    op.create_index("ix_sku_barcode", "sku", ["barcode"], unique=False, sqlite_where=sa.text("barcode <> ''"))
    op.create_table(
        "customer",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("nick", sa.String(), nullable=False),
        sa.Column("masked", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("first_seen_at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], name=op.f("fk_customer_channel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer")),
    )
    op.create_index("uq_customer_channel_id_nick", "customer", ["channel_id", "nick"], unique=True, sqlite_where=sa.text("masked = 0"))
    op.create_table(
        "import_rows",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("first_row", sa.Integer(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("block", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_import_rows_batch_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_rows")),
    )
    op.create_index("ix_import_rows_batch_id", "import_rows", ["batch_id", "first_row"], unique=False)
    op.create_table(
        "listing",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("item_id", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("properties", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("sku_id", sa.Integer(), nullable=True),
        sa.Column("matched_by", sa.String(), nullable=False),
        sa.CheckConstraint("matched_by IN ('', 'code', 'hand', 'item')", name=op.f("ck_listing_matched_by")),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], name=op.f("fk_listing_channel_id")),
        sa.ForeignKeyConstraint(["sku_id"], ["sku.id"], name=op.f("fk_listing_sku_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_listing")),
        sa.UniqueConstraint(
            "channel_id", "item_id", "code", "properties", "title", name=op.f("uq_listing_channel_id_item_id_code_properties_title")
        ),
    )
    op.create_index("ix_listing_code", "listing", ["code"], unique=False)
    op.create_index("ix_listing_sku_id", "listing", ["sku_id"], unique=False)
    op.create_table(
        "order_count",
        sa.Column("channel_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("orders", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], name=op.f("fk_order_count_channel_id")),
        sa.PrimaryKeyConstraint("channel_id", "status", name=op.f("pk_order_count")),
    )
    op.create_table(
        "stock_level",
        sa.Column("sku_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("on_hand", sa.Integer(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("damaged", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.CheckConstraint("on_hand >= 0 AND reserved >= 0 AND reserved <= on_hand", name=op.f("ck_stock_level_no_oversell")),
        sa.CheckConstraint("value >= 0 AND damaged >= 0", name=op.f("ck_stock_level_value")),
        sa.ForeignKeyConstraint(["sku_id"], ["sku.id"], name=op.f("fk_stock_level_sku_id")),
        sa.PrimaryKeyConstraint("sku_id", name=op.f("pk_stock_level")),
    )
    op.create_table(
        "orders",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("channel_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("customer_id", sa.Integer(), nullable=True),
        sa.Column("buyer_nick", sa.String(), nullable=False),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("phone", sa.String(), nullable=False),
        sa.Column("phone_ext", sa.String(), nullable=False),
        sa.Column("phone_tail", sa.String(), nullable=False),
        sa.Column("tel", sa.String(), nullable=False),
        sa.Column("province", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("district", sa.String(), nullable=False),
        sa.Column("address", sa.String(), nullable=False),
        sa.Column("postcode", sa.String(), nullable=False),
        sa.Column("masked", sa.Boolean(), nullable=False),
        sa.Column("address_edited", sa.Boolean(), nullable=False),
        sa.Column("flag", sa.Integer(), nullable=False),
        sa.Column("tags", sa.String(), nullable=False),
        sa.Column("seller_memo", sa.String(), nullable=False),
        sa.Column("buyer_message", sa.String(), nullable=False),
        sa.Column("goods_amount", sa.Integer(), nullable=True),
        sa.Column("discount", sa.Integer(), nullable=True),
        sa.Column("goods_less_discount", sa.Integer(), nullable=True),
        sa.Column("freight", sa.Integer(), nullable=True),
        sa.Column("payable", sa.Integer(), nullable=True),
        sa.Column("paid", sa.Integer(), nullable=True),
        sa.Column("refunded", sa.Integer(), nullable=False),
        sa.Column("platform_discount", sa.Integer(), nullable=False),
        sa.Column("paid_out", sa.Integer(), nullable=True),
        sa.Column("payment_number", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.Integer(), nullable=False),
        sa.Column("paid_at", sa.Integer(), nullable=True),
        sa.Column("shipped_at", sa.Integer(), nullable=True),
        sa.Column("completed_at", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.Integer(), nullable=True),
        sa.Column("ship_by", sa.Integer(), nullable=True),
        sa.Column("created_day", sa.Integer(), nullable=False),
        sa.Column("paid_day", sa.Integer(), nullable=True),
        sa.Column("close_reason", sa.String(), nullable=False),
        sa.Column("close_note", sa.String(), nullable=False),
        sa.Column("lines_unknown", sa.Boolean(), nullable=False),
        sa.Column("part_shipped", sa.Boolean(), nullable=False),
        sa.Column("platform_status", sa.String(), nullable=True),
        sa.Column("platform_seen_at", sa.Integer(), nullable=True),
        sa.Column("goods_summary", sa.String(), nullable=False),
        sa.Column("goods_kinds", sa.Integer(), nullable=False),
        sa.Column("shortage", sa.Integer(), nullable=False),
        sa.Column("unmatched", sa.Integer(), nullable=False),
        sa.Column("open_cases", sa.Integer(), nullable=False),
        sa.Column("slip_copies", sa.Integer(), nullable=False),
        sa.Column("label_copies", sa.Integer(), nullable=False),
        sa.Column("locked", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "status IN ('awaiting_payment','awaiting_shipment','shipped','completed','closed')", name=op.f("ck_orders_status")
        ),
        sa.CheckConstraint("flag BETWEEN 0 AND 10", name=op.f("ck_orders_flag")),
        sa.CheckConstraint(
            "paid IS NULL OR (paid >= 0 AND refunded >= 0 AND refunded <= paid)", name=op.f("ck_orders_refunded_within_paid")
        ),
        sa.ForeignKeyConstraint(["channel_id"], ["channel.id"], name=op.f("fk_orders_channel_id")),
        sa.ForeignKeyConstraint(["customer_id"], ["customer.id"], name=op.f("fk_orders_customer_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("channel_id", "number", name=op.f("uq_orders_channel_id_number")),
    )
    op.create_index("ix_orders_buyer_nick", "orders", ["buyer_nick"], unique=False)
    op.create_index("ix_orders_created_at", "orders", ["created_at", "id"], unique=False)
    op.create_index("ix_orders_customer_id", "orders", ["customer_id"], unique=False)
    op.create_index("ix_orders_number", "orders", ["number"], unique=False)
    op.create_index("ix_orders_paid_at", "orders", ["paid_at", "id"], unique=False)
    op.create_index("ix_orders_paid_day", "orders", ["paid_day"], unique=False)
    op.create_index("ix_orders_phone_tail", "orders", ["phone_tail", "created_at"], unique=False)
    op.create_index("ix_orders_shipped_at", "orders", ["shipped_at", "id"], unique=False)
    op.create_index("ix_orders_status_created_at", "orders", ["status", "created_at", "id"], unique=False)
    op.create_index("ix_orders_status_ship_by", "orders", ["status", "ship_by", "id"], unique=False)
    op.create_table(
        "after_sale",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("freight", sa.Integer(), nullable=False),
        sa.Column("requested_at", sa.Integer(), nullable=False),
        sa.Column("ended_at", sa.Integer(), nullable=True),
        sa.Column("key", sa.String(), nullable=False),
        sa.CheckConstraint("kind IN ('refund_only','return_and_refund','exchange','resend')", name=op.f("ck_after_sale_kind")),
        sa.CheckConstraint(
            "state IN ('requested','agreed','goods_back','refunded','exchanged','resent','refused','withdrawn')",
            name=op.f("ck_after_sale_state"),
        ),
        sa.CheckConstraint("amount >= 0 AND freight >= 0", name=op.f("ck_after_sale_amount")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_after_sale_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_after_sale")),
        sa.UniqueConstraint("key", name=op.f("uq_after_sale_key")),
    )
    op.create_index("ix_after_sale_order_id", "after_sale", ["order_id"], unique=False)
    op.create_index("ix_after_sale_state", "after_sale", ["state", "requested_at"], unique=False)
    op.create_table(
        "order_line",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("listing_id", sa.Integer(), nullable=False),
        sa.Column("sku_id", sa.Integer(), nullable=True),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("price", sa.Integer(), nullable=False),
        sa.Column("payable", sa.Integer(), nullable=True),
        sa.Column("paid", sa.Integer(), nullable=True),
        sa.Column("refunded", sa.Integer(), nullable=False),
        sa.Column("refund_state", sa.String(), nullable=False),
        sa.Column("refund_asked", sa.Integer(), nullable=True),
        sa.Column("platform_status", sa.String(), nullable=True),
        sa.Column("shipped_at", sa.Integer(), nullable=True),
        sa.Column("parcel_carrier", sa.String(), nullable=False),
        sa.Column("parcel_number", sa.String(), nullable=False),
        sa.Column("reserved", sa.Integer(), nullable=False),
        sa.Column("shipped", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Integer(), nullable=False),
        sa.Column("shortage", sa.Integer(), nullable=False),
        sa.Column("unit_cost", sa.Integer(), nullable=True),
        sa.CheckConstraint("quantity > 0 AND reserved >= 0 AND shipped >= 0 AND shortage >= 0", name=op.f("ck_order_line_counts")),
        sa.CheckConstraint("reserved + shipped + cancelled <= quantity", name=op.f("ck_order_line_within_quantity")),
        sa.ForeignKeyConstraint(["listing_id"], ["listing.id"], name=op.f("fk_order_line_listing_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_line_order_id")),
        sa.ForeignKeyConstraint(["sku_id"], ["sku.id"], name=op.f("fk_order_line_sku_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_line")),
    )
    op.create_index("ix_order_line_listing_id", "order_line", ["listing_id", "order_id"], unique=False)
    op.create_index("ix_order_line_order_id", "order_line", ["order_id"], unique=False)
    op.create_index("ix_order_line_shortage", "order_line", ["sku_id"], unique=False, sqlite_where=sa.text("shortage > 0"))
    op.create_index("ix_order_line_sku_id", "order_line", ["sku_id", "order_id"], unique=False)
    op.create_index("ix_order_line_unmatched", "order_line", ["listing_id"], unique=False, sqlite_where=sa.text("sku_id IS NULL"))
    op.create_table(
        "order_source",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("row", sa.Integer(), nullable=False),
        sa.Column("file_time", sa.Integer(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("told", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_order_source_batch_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_order_source_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_source")),
    )
    op.create_index("ix_order_source_batch_id", "order_source", ["batch_id"], unique=False)
    op.create_index("uq_order_source_order_id_kind", "order_source", ["order_id", "kind"], unique=True)
    op.create_table(
        "parcel_order",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("parcel_id", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_parcel_order_order_id")),
        sa.ForeignKeyConstraint(["parcel_id"], ["parcel.id"], name=op.f("fk_parcel_order_parcel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcel_order")),
    )
    op.create_index("ix_parcel_order_parcel_id", "parcel_order", ["parcel_id"], unique=False)
    op.create_index("uq_parcel_order_order_id_parcel_id", "parcel_order", ["order_id", "parcel_id"], unique=True)
    op.create_table(
        "print_entry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(), nullable=False),
        sa.Column("copy", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_print_entry_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_print_entry")),
    )
    op.create_index("uq_print_entry_order_id_document_copy", "print_entry", ["order_id", "document", "copy"], unique=True)
    op.create_table(
        "search_doc",
        sa.Column("order_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_search_doc_order_id")),
        sa.PrimaryKeyConstraint("order_id", name=op.f("pk_search_doc")),
    )
    op.create_table(
        "after_sale_line",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("restocked", sa.Integer(), nullable=False),
        sa.Column("damaged", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "quantity >= 0 AND amount >= 0 AND restocked >= 0 AND damaged >= 0 AND restocked + damaged <= quantity",
            name=op.f("ck_after_sale_line_counts"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["after_sale.id"], name=op.f("fk_after_sale_line_case_id")),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name=op.f("fk_after_sale_line_line_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_after_sale_line")),
    )
    op.create_index("ix_after_sale_line_case_id", "after_sale_line", ["case_id"], unique=False)
    op.create_index("ix_after_sale_line_line_id", "after_sale_line", ["line_id"], unique=False)
    op.create_table(
        "discount",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("payer", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.CheckConstraint("payer IN ('shop','platform','other')", name=op.f("ck_discount_payer")),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name=op.f("fk_discount_line_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_discount_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_discount")),
    )
    op.create_index("ix_discount_order_id", "discount", ["order_id"], unique=False)
    op.create_table(
        "money_entry",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("parcel_id", sa.Integer(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("reverses_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("kind IN ('payment','refund','freight_cost','platform_fee','goodwill')", name=op.f("ck_money_entry_kind")),
        sa.CheckConstraint("amount <> 0", name=op.f("ck_money_entry_amount")),
        sa.ForeignKeyConstraint(["case_id"], ["after_sale.id"], name=op.f("fk_money_entry_case_id")),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name=op.f("fk_money_entry_line_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_money_entry_order_id")),
        sa.ForeignKeyConstraint(["parcel_id"], ["parcel.id"], name=op.f("fk_money_entry_parcel_id")),
        sa.ForeignKeyConstraint(["reverses_id"], ["money_entry.id"], name=op.f("fk_money_entry_reverses_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_money_entry")),
        sa.UniqueConstraint("key", name=op.f("uq_money_entry_key")),
    )
    op.create_index("ix_money_entry_order_id", "money_entry", ["order_id"], unique=False)
    op.create_index("ix_money_entry_refund_at", "money_entry", ["at"], unique=False, sqlite_where=sa.text("kind = 'refund'"))
    op.create_table(
        "parcel_line",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("parcel_id", sa.Integer(), nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_parcel_line_quantity")),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name=op.f("fk_parcel_line_line_id")),
        sa.ForeignKeyConstraint(["parcel_id"], ["parcel.id"], name=op.f("fk_parcel_line_parcel_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_parcel_line")),
    )
    op.create_index("ix_parcel_line_line_id", "parcel_line", ["line_id"], unique=False)
    op.create_index("ix_parcel_line_parcel_id", "parcel_line", ["parcel_id"], unique=False)
    op.create_table(
        "reservation",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("line_id", sa.Integer(), nullable=False),
        sa.Column("sku_id", sa.Integer(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("opened_at", sa.Integer(), nullable=False),
        sa.Column("closed_at", sa.Integer(), nullable=True),
        sa.CheckConstraint("state IN ('open','consumed','released')", name=op.f("ck_reservation_state")),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_reservation_quantity")),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name=op.f("fk_reservation_line_id")),
        sa.ForeignKeyConstraint(["sku_id"], ["sku.id"], name=op.f("fk_reservation_sku_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservation")),
    )
    op.create_index("ix_reservation_line_id", "reservation", ["line_id"], unique=False)
    op.create_index("ix_reservation_open", "reservation", ["sku_id"], unique=False, sqlite_where=sa.text("state = 'open'"))
    op.create_table(
        "stock_movement",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sku_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("value", sa.Integer(), nullable=False),
        sa.Column("at", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Integer(), nullable=True),
        sa.Column("line_id", sa.Integer(), nullable=True),
        sa.Column("case_id", sa.Integer(), nullable=True),
        sa.Column("parcel_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('receipt','shipment','return','adjustment','damage','correction')", name=op.f("ck_stock_movement_kind")
        ),
        sa.CheckConstraint("quantity <> 0", name=op.f("ck_stock_movement_quantity")),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_stock_movement_batch_id")),
        sa.ForeignKeyConstraint(["case_id"], ["after_sale.id"], name=op.f("fk_stock_movement_case_id")),
        sa.ForeignKeyConstraint(["line_id"], ["order_line.id"], name=op.f("fk_stock_movement_line_id")),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_stock_movement_order_id")),
        sa.ForeignKeyConstraint(["parcel_id"], ["parcel.id"], name=op.f("fk_stock_movement_parcel_id")),
        sa.ForeignKeyConstraint(["sku_id"], ["sku.id"], name=op.f("fk_stock_movement_sku_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stock_movement")),
    )
    op.create_index(
        "ix_stock_movement_order_id", "stock_movement", ["order_id"], unique=False, sqlite_where=sa.text("order_id IS NOT NULL")
    )
    op.create_index("ix_stock_movement_sku_id_at", "stock_movement", ["sku_id", "at", "id"], unique=False)
    op.create_index("ix_orders_number_tail", "orders", [sa.text("substr(number, -4)"), "created_at"])
