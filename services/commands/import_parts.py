"""What orders of a file share: buyers, listings, parcels. Each kind is looked up as a set and made where it is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from services.db.dialect import chunks
from services.db.reading import id_list
from services.db.schema import Customer, Listing, Parcel, ParcelOrder
from services.db.uow import UnitOfWork
from services.domain.addresses import is_masked
from services.imports.records import LineRecord, OrderRecord, ParcelRecord

Words = tuple[str, str, str, str]

_PARCELS = """
SELECT tracking_number, carrier, id, carrier_name FROM parcel
WHERE tracking_number <> '' AND state <> 'void' AND tracking_number IN ({marks})
"""


class Customers:
    """Buyers of one channel by nick. A masked nick identifies nobody: such an order gets a buyer of its own."""

    def __init__(self, uow: UnitOfWork, channel_id: int) -> None:
        self._uow = uow
        self._channel_id = channel_id
        self._known: dict[str, int] = {}
        self._any = bool(uow.sql("SELECT 1 FROM customer WHERE channel_id = ? LIMIT 1", (channel_id,)))

    def of(self, orders: Sequence[OrderRecord], seen_at: int) -> list[int | None]:
        """A buyer's id for each order, None where the file tells no nick."""
        clear = {order.buyer_nick for order in orders if order.buyer_nick and not is_masked(order.buyer_nick)}
        self._load(sorted(clear - self._known.keys()))
        rows: list[dict[str, Any]] = []
        first: dict[str, int] = {}
        places: list[int | None] = []
        for order in orders:
            nick = order.buyer_nick
            if not nick or nick in self._known:
                places.append(None)
                continue
            masked = is_masked(nick)
            if not masked and nick in first:
                places.append(first[nick])
                continue
            first[nick] = len(rows)
            places.append(len(rows))
            at = order.created_at if order.created_at is not None else seen_at
            rows.append({"channel_id": self._channel_id, "nick": nick, "masked": masked, "first_seen_at": at})
        ids = self._uow.bulk(Customer, rows)
        self._known.update((row["nick"], made) for row, made in zip(rows, ids, strict=True) if not row["masked"])
        return [
            ids[place] if place is not None else self._known.get(order.buyer_nick or "")
            for order, place in zip(orders, places, strict=True)
        ]

    def _load(self, nicks: Sequence[str]) -> None:
        if not self._any:
            return
        for part in chunks(nicks, 500):
            marks = ",".join("?" * len(part))
            self._known.update(
                self._uow.sql(
                    f"SELECT nick, id FROM customer WHERE channel_id = ? AND masked = 0 AND nick IN ({marks})",  # noqa: S608 (marks only)
                    (self._channel_id, *part),
                )
            )


class Listings:
    """The platform's words for goods, each once per channel, with the SKU that they stand for."""

    def __init__(self, uow: UnitOfWork, channel_id: int) -> None:
        self._uow = uow
        self._channel_id = channel_id
        self._known: dict[Words, tuple[int, int | None]] | None = None
        self._items: dict[tuple[str, str], int] = {}

    def of(self, lines: Sequence[LineRecord]) -> list[tuple[int, int | None]]:
        """(listing, SKU or None) of each line. New words match by an equal merchant code, else by item and properties."""
        known = self._load()
        words = [words_of(line) for line in lines]
        fresh = [one for one in dict.fromkeys(words) if one not in known]
        if fresh:
            skus = self._skus_by_code({one[1] for one in fresh if one[1]})
            rows: list[dict[str, Any]] = []
            for item, code, properties, title in fresh:
                by_code = skus.get(code) if code else None
                sku = by_code or (self._items.get((item, properties)) if item else None)
                matched = "code" if by_code else "item" if sku else ""
                rows.append(
                    {
                        "channel_id": self._channel_id,
                        "item_id": item,
                        "code": code,
                        "properties": properties,
                        "title": title,
                        "sku_id": sku,
                        "matched_by": matched,
                    }
                )
            ids = self._uow.bulk(Listing, rows)
            known.update({one: (made, row["sku_id"]) for one, made, row in zip(fresh, ids, rows, strict=True)})
        return [known[one] for one in words]

    def _load(self) -> dict[Words, tuple[int, int | None]]:
        if self._known is None:
            self._known = {}
            rows = self._uow.sql(
                "SELECT id, item_id, code, properties, title, sku_id FROM listing WHERE channel_id = ?", (self._channel_id,)
            )
            for listing_id, item, code, properties, title, sku in rows:
                self._known[item, code, properties, title] = (listing_id, sku)
                if item and sku:
                    self._items.setdefault((item, properties), sku)
            for sku, item, properties in self._uow.sql("SELECT id, item_id, properties FROM sku WHERE item_id <> ''"):
                self._items.setdefault((item, properties), sku)
        return self._known

    def _skus_by_code(self, codes: Iterable[str]) -> dict[str, int]:
        found: dict[str, int] = {}
        for part in chunks(sorted(codes), 500):
            marks = ",".join("?" * len(part))
            found.update(self._uow.sql(f"SELECT code, id FROM sku WHERE code IN ({marks})", part))  # noqa: S608 (marks only)
        return found


def words_of(line: LineRecord) -> Words:
    return line.item_id or "", line.code or "", line.properties or "", line.title or ""


def link_parcels(uow: UnitOfWork, orders: Sequence[tuple[int, Sequence[ParcelRecord], int | None]]) -> None:
    """Parcels that a file tells of: (order, parcels, when sent). One number of one carrier is one parcel, whoever told it first.

    A number of which no carrier was told is the parcel of that number, and gets its carrier from the file that names it.
    """
    if not orders:
        return
    wanted = {(parcel.number, parcel.carrier): (parcel, sent) for _order, parcels, sent in orders for parcel in parcels}
    named = {number: carrier for (number, carrier), (parcel, _sent) in wanted.items() if not parcel.nameless}
    known, nameless = _known_parcels(uow, sorted({number for number, _carrier in wanted}))
    found = {number: carrier for number, carrier in known if (number, carrier) not in nameless}
    as_told = {
        key: (key[0], found.get(key[0]) or named.get(key[0], key[1])) if parcel.nameless else key for key, (parcel, _sent) in wanted.items()
    }
    renamed = {}
    for number, carrier in dict.fromkeys(as_told.values()):
        if (number, "OTHER") in nameless and carrier != "OTHER" and (number, carrier) not in known:
            known[number, carrier] = renamed_id = known.pop((number, "OTHER"))
            renamed[renamed_id] = {"carrier": carrier, "carrier_name": wanted[number, carrier][0].carrier_name}
    uow.change(Parcel, renamed)
    fresh = [key for key in dict.fromkeys(as_told.values()) if key not in known]
    rows = [
        {
            "carrier": carrier,
            "tracking_number": number,
            "carrier_name": wanted[number, carrier][0].carrier_name,
            "source": "platform",
            "shipped_at": wanted[number, carrier][1],
        }
        for number, carrier in fresh
    ]
    known.update(zip(fresh, uow.bulk(Parcel, rows), strict=True))
    there: dict[int, set[int]] = defaultdict(set)
    if len(fresh) < len(wanted):
        for order_id, parcel_id in uow.each(
            "SELECT order_id, parcel_id FROM parcel_order WHERE order_id IN ({ids})", [order_id for order_id, _parcels, _sent in orders]
        ):
            there[order_id].add(parcel_id)
    links = []
    for order_id, parcels, _sent in orders:
        for parcel in parcels:
            parcel_id = known[as_told[parcel.number, parcel.carrier]]
            if parcel_id not in there[order_id]:
                there[order_id].add(parcel_id)
                links.append({"parcel_id": parcel_id, "order_id": order_id})
    uow.bulk(ParcelOrder, links)
    uow.touch("orders", [link["order_id"] for link in links])
    if renamed:
        uow.touch("orders", [row[0] for row in uow.each("SELECT order_id FROM parcel_order WHERE parcel_id IN ({ids})", id_list(renamed))])


def _known_parcels(uow: UnitOfWork, numbers: Sequence[str]) -> tuple[dict[tuple[str, str], int], set[tuple[str, str]]]:
    """Living parcels of these numbers, {(number, carrier): id}, and which of them have no carrier."""
    found: dict[tuple[str, str], int] = {}
    nameless: set[tuple[str, str]] = set()
    if not uow.sql("SELECT 1 FROM parcel LIMIT 1"):
        return found, nameless
    for part in chunks(numbers, 500):
        statement = _PARCELS.replace("{marks}", ",".join("?" * len(part)))
        for number, carrier, parcel_id, name in uow.sql(statement, part):
            found[number, carrier] = parcel_id
            if ParcelRecord(carrier, name, number).nameless:
                nameless.add((number, carrier))
    return found, nameless
