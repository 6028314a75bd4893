"""Mapped classes by subject. The tables' names are singular; only `orders` is not, because ORDER is a word of SQL."""

from __future__ import annotations

from services.db.base import AUDIT_BY_TABLE, Audit, Base, register_audit
from services.db.schema.after_sales import AfterSale, AfterSaleLine
from services.db.schema.approvals import Approval
from services.db.schema.audit import AuditEntry, Seal, TrailHead
from services.db.schema.customers import Customer
from services.db.schema.derived import DirtyDay, ListingMonth, ListingSum, OrderCount, RegionSum, SalesSum, SearchDoc
from services.db.schema.goods import Listing, Sku
from services.db.schema.groups import OrderGroup, Tag
from services.db.schema.imports import CaseSource, IdFloor, ImportBatch, ImportConflict, ImportJournal, ImportMap, ImportRows, OrderSource
from services.db.schema.mending import Accepted
from services.db.schema.money import Discount, MoneyEntry, MoneyRecord
from services.db.schema.orders import Channel, Order, OrderLine
from services.db.schema.parcels import Parcel, ParcelLine, ParcelOrder, PrintEntry
from services.db.schema.people import Person, Role
from services.db.schema.shop import Setting
from services.db.schema.stock import Reservation, StockLevel, StockMovement

register_audit()

DERIVED_TABLES = frozenset(table for table, policy in AUDIT_BY_TABLE.items() if policy is Audit.DERIVED) - {"audit_entry", "trail_head"}
"""What can be made anew from the rest. The trail is no one's to write but the unit of work's."""

__all__ = [
    "DERIVED_TABLES",
    "Accepted",
    "AfterSale",
    "AfterSaleLine",
    "Approval",
    "AuditEntry",
    "Base",
    "CaseSource",
    "Channel",
    "Customer",
    "DirtyDay",
    "Discount",
    "IdFloor",
    "ImportBatch",
    "ImportConflict",
    "ImportJournal",
    "ImportMap",
    "ImportRows",
    "Listing",
    "ListingMonth",
    "ListingSum",
    "MoneyEntry",
    "MoneyRecord",
    "Order",
    "OrderCount",
    "OrderGroup",
    "OrderLine",
    "OrderSource",
    "Parcel",
    "ParcelLine",
    "ParcelOrder",
    "Person",
    "PrintEntry",
    "RegionSum",
    "Reservation",
    "Role",
    "SalesSum",
    "Seal",
    "SearchDoc",
    "Setting",
    "Sku",
    "StockLevel",
    "StockMovement",
    "Tag",
    "TrailHead",
]
