"""Groups that every shop has, as data: what they search, in canonical text, and their colour. Names: services.words, `ready_group`.

Each can be hidden (setting `hidden_groups`) and copied to a group of one's own, which can then be changed.
"""

from __future__ import annotations

from dataclasses import dataclass

from services.money import write_amount

_WAITS = "status:awaiting_shipment"


@dataclass(frozen=True, slots=True)
class ReadyMade:
    """`search` is empty where another view is opened instead: `view` is "regions" for the tree of provinces.

    `{big}` in it is the amount from which an order counts as big. `colour` is a flag's number, 0 none.
    """

    code: str
    search: str
    colour: int = 0
    view: str = ""


READY_MADE: tuple[ReadyMade, ...] = (
    ReadyMade("late", "late:yes", 1),
    ReadyMade("due_soon", f"{_WAITS} ship_by:+4h", 2),
    ReadyMade("due_today", f"{_WAITS} ship_by:today", 2),
    # A hurry that is denied is none.
    ReadyMade("rush", f"{_WAITS} (tag:急,rush OR memo:急,rush OR message:急,尽快,rush) -(memo:不急 OR message:不急,不着急)", 1),
    ReadyMade("unchecked", f"{_WAITS} checked:no"),
    ReadyMade("custom", f"{_WAITS} (goods:定制,刻字,来图,custom OR memo:定制,刻字,来图 OR message:定制,刻字,来图 OR tag:定制,custom)", 5),
    ReadyMade("big", f"{_WAITS} payable>={{big}}", 4),
    ReadyMade("memo", f'{_WAITS} -memo:""'),
    ReadyMade("message", f'{_WAITS} -message:""'),
    ReadyMade("repeat", f"{_WAITS} repeat:yes", 3),
    ReadyMade("no_address", "blocker:address_missing"),
    ReadyMade("unmatched", "blocker:goods_unmatched"),
    ReadyMade("shortage", "blocker:shortage"),
    ReadyMade("today", "created:today"),
    ReadyMade("regions", "", view="regions"),
)
"""What presses first, then what needs care, then what is in the way, then what is only looked at."""

CODES = tuple(one.code for one in READY_MADE)


def ready_search(one: ReadyMade, big: int) -> str:
    """Its search in canonical text; `big` in fen."""
    return one.search.replace("{big}", write_amount(big))
