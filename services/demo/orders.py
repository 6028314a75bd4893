"""What the story is made of: orders, their lines, parcels and cases, before they become rows. Money in fen, times in ms."""

from __future__ import annotations

from dataclasses import dataclass, field

from services.demo.goods import Ware
from services.demo.people import Buyer


@dataclass(slots=True)
class DemoLine:
    """`ware` is None for goods that nobody matched yet. `cost` is what its units were worth when they left."""

    id: int
    position: int
    ware: Ware | None
    listing_id: int
    title: str
    quantity: int
    price: int
    payable: int = 0
    paid: int = 0
    refunded: int = 0
    shipped: int = 0
    shipped_at: int | None = None
    cancelled: int = 0
    reserved: int = 0
    shortage: int = 0
    cost: int | None = None

    @property
    def stocked(self) -> bool:
        return self.ware is not None and not self.ware.virtual


@dataclass(slots=True)
class DemoParcel:
    carrier: str
    number: str
    shipped_at: int
    freight_cost: int
    weight: int
    lines: list[DemoLine]
    id: int = 0


@dataclass(slots=True)
class DemoCaseLine:
    line: DemoLine
    quantity: int
    amount: int
    restocked: int = 0
    damaged: int = 0


@dataclass(slots=True)
class DemoCase:
    kind: str
    state: str
    reason: str
    fault: str
    requested_at: int
    ended_at: int | None
    lines: list[DemoCaseLine]
    freight: int = 0
    id: int = 0

    @property
    def amount(self) -> int:
        return sum(line.amount for line in self.lines) + self.freight

    @property
    def open(self) -> bool:
        return self.state in {"requested", "agreed", "goods_back"}


@dataclass(slots=True)
class DemoOrder:
    """One order as it stands at the end of the story. `settled` once its goods have left or never will."""

    id: int
    channel: int
    number: str
    buyer: Buyer
    created_at: int
    created_day: int
    status: str = ""
    recipient: str = ""
    phone: str = ""
    address: str = ""
    masked: bool = False
    lines: list[DemoLine] = field(default_factory=list)
    lines_unknown: bool = False
    units: int = 0
    summary: str = ""
    discounts: list[tuple[DemoLine | None, str, int, str]] = field(default_factory=list)
    goods_amount: int = 0
    discount: int = 0
    platform_discount: int = 0
    freight: int = 0
    payable: int = 0
    paid: int = 0
    refunded: int = 0
    paid_at: int | None = None
    shipped_at: int | None = None
    completed_at: int | None = None
    closed_at: int | None = None
    ship_by: int | None = None
    close_reason: str = ""
    close_note: str = ""
    flag: int = 0
    tags: str = ""
    memo: str = ""
    message: str = ""
    parcels: list[DemoParcel] = field(default_factory=list)
    cases: list[DemoCase] = field(default_factory=list)
    slips: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    platform_status: str | None = None
    settled: bool = False
    flushed: bool = False


@dataclass(slots=True)
class Movement:
    """A row of the stock ledger to be; the ids of order, parcel and case are known when it is written."""

    ware: Ware
    kind: str
    quantity: int
    value: int
    at: int
    order: DemoOrder | None = None
    line: DemoLine | None = None
    parcel: DemoParcel | None = None
    case: DemoCase | None = None
    note: str = ""
