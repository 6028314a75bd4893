"""The shop's choices: names, defaults, how they are read and set. Values are JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select

from services.db.schema import Setting
from services.domain.order_states import Status
from services.domain.shipping_order import KEYS
from services.domain.tiers import TIERS
from services.errors import BadInput, Refused
from services.meanwhile import values_must_stand
from services.money import write_amount
from services.search.ready_made import CODES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from services.db.reading import Reading
    from services.db.uow import UnitOfWork

FIXED = ("currency", "zone")
ANY = object()
"""Whatever stands there."""
MOST_HOURS = 720
"""Thirty days: the longest that a platform lets a presale wait."""
MOST_PERCENT = 90
"""Off a price for a tier; what is given away is typed as a price."""
BIG_ORDERS = (100, 100_000_000)
"""Fen, from one yuan to a million."""

MOST_CUT = 100_000
"""Fen that a limit may allow without asking: a thousand yuan."""
MOST_IDLE = 480
"""Minutes: a working day."""

DEFAULTS: dict[str, Any] = {
    "name": "",
    "currency": "CNY",
    "zone": "Asia/Shanghai",
    "promise_hours": 48,
    "return_address": "",
    "thank_you": "",
    "ship_only_checked": False,
    "shipping_order": ["priority", "ship_by", "province"],
    "priority_tiers": ["loyal"],
    "tier_discounts": {},
    "big_order": 50_000,
    "hidden_groups": [],
    "price_cut_percent": 0,
    "price_cut_fen": 0,
    "lock_after_minutes": 10,
    "status_words": {},
}
"""Every setting there is. `promise_hours`: paid time + this = ship-by, where no file tells (domain.md, orders).

`ship_only_checked`: what nobody checked doesn't leave. `shipping_order`: keys of services.search.sorts' shipping order, the
first rules. `priority_tiers`: buyers' tiers that go first. `tier_discounts`: whole percent off in manual orders by tier.
`big_order`: fen from which an order counts as big. `hidden_groups`: ready-made groups that are not shown. `price_cut_percent`,
`price_cut_fen`: a cut of what the buyer owes by no more than the greater of both is approved by that limit; 0: none is.
`lock_after_minutes`: idle time after which somebody must sign in again, where people have PINs; 0: never.
`big_order`: fen from which an order counts as big. `hidden_groups`: ready-made groups that are not shown.
`status_words`: what status words of files mean that no platform's list knows (services.imports.taught).
"""


def settings_of(reading: Reading) -> dict[str, Any]:
    """All settings, defaults filled in."""
    found = {row.name: json.loads(row.value) for row in reading.rows(select(Setting.name, Setting.value))}
    return {**DEFAULTS, **found}


@dataclass(frozen=True, slots=True)
class ShopFacts:
    """Settings of a shop that was founded; None for a file that was not."""

    def run(self, reading: Reading) -> dict[str, Any] | None:
        if reading.scalar(select(Setting.id).limit(1)) is None:
            return None
        return settings_of(reading)


@dataclass(frozen=True, slots=True)
class FoundShop:
    """The first command of every shop: fixes currency and zone. A shop that is founded already stays as it is."""

    name: str
    currency: str
    zone: str

    def apply(self, uow: UnitOfWork) -> dict[str, Any]:
        try:
            ZoneInfo(self.zone)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise BadInput("unknown_zone", zone=self.zone) from error
        if uow.first(select(Setting.id).limit(1)) is not None:
            return settings_of(uow)  # another process was quicker: its choices stand
        chosen = {"name": self.name, "currency": self.currency, "zone": self.zone}
        uow.append(Setting, [{"name": name, "value": json.dumps(value, ensure_ascii=False)} for name, value in chosen.items()])
        return {**DEFAULTS, **chosen}


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    """Set one choice. `seen` is the value that was looked at: Conflict("changed_meanwhile") where it is another by now. Raises BadInput for an unknown name, Refused for what is fixed at creation."""

    name: str
    value: Any
    seen: Any = ANY

    def apply(self, uow: UnitOfWork) -> None:
        if self.name not in DEFAULTS:
            raise BadInput("unknown_setting", name=self.name)
        if self.name in FIXED:
            raise Refused("setting_fixed", name=self.name)
        _check(self.name, self.value)
        text = json.dumps(self.value, ensure_ascii=False)
        row = uow.first(select(Setting.id).where(Setting.name == self.name))
        if self.seen is not ANY:
            now = settings_of(uow)[self.name]
            kept = {"value": json.dumps(self.seen, ensure_ascii=False)}
            name = f"setting:{self.name}"
            values_must_stand(uow, "setting", row.id if row else 0, kept, {"value": json.dumps(now, ensure_ascii=False)}, name)
        if row is None:
            uow.append(Setting, [{"name": self.name, "value": text}])
        else:
            uow.change(Setting, {row.id: {"value": text}})


def _check(name: str, value: Any) -> None:
    """Raise BadInput for a value that the choice can't have."""
    match name:
        case "promise_hours":
            if not (isinstance(value, int) and 1 <= value <= MOST_HOURS):
                raise BadInput("promise_hours_range", value=str(value), most=MOST_HOURS)
        case "ship_only_checked":
            if not isinstance(value, bool):
                raise BadInput("setting_not_yes_or_no", value=str(value))
        case "big_order":
            least, most = BIG_ORDERS
            if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
                said = write_amount(value) if isinstance(value, int) else str(value)
                raise BadInput("big_order_range", value=said, least=write_amount(least), most=write_amount(most))
        case "price_cut_percent" | "price_cut_fen" | "lock_after_minutes":
            most = {"price_cut_percent": 100, "price_cut_fen": MOST_CUT, "lock_after_minutes": MOST_IDLE}[name]
            if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
                raise BadInput("setting_range", setting=name, value=str(value), most=most)
        case "tier_discounts":
            _check_discounts(value)
        case "status_words":
            _check_words(value)
        case "priority_tiers" | "hidden_groups" | "shipping_order":
            known = {"priority_tiers": TIERS, "hidden_groups": CODES, "shipping_order": KEYS}[name]
            _check_names(name, value, known)


def _check_discounts(value: Any) -> None:
    """Whole percents by tier."""
    if not isinstance(value, dict) or any(tier not in TIERS for tier in value):
        raise BadInput("setting_value_unknown", setting="tier_discounts", value=str(value), choices=", ".join(TIERS))
    for percent in value.values():
        if isinstance(percent, bool) or not isinstance(percent, int) or not 0 <= percent <= MOST_PERCENT:
            raise BadInput("tier_discounts_wrong", most=MOST_PERCENT)


def _check_words(value: Any) -> None:
    """Statuses by the word that a file writes for them."""
    statuses = tuple(Status)
    known = isinstance(value, dict) and all(isinstance(word, str) and word.strip() and status in statuses for word, status in value.items())
    if not known:
        raise BadInput("setting_value_unknown", setting="status_words", value=str(value), choices=", ".join(statuses))


def _check_names(name: str, value: Any, known: Sequence[str]) -> None:
    """A list of known names, none twice; a key of the shipping order may have `-` before it for downwards."""
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, str) for one in value):
        raise BadInput("setting_not_a_list", setting=name)
    plain = [one.removeprefix("-") if name == "shipping_order" else one for one in value]
    if len(set(plain)) != len(plain):
        raise BadInput("setting_not_a_list", setting=name)
    for one in plain:
        if one not in known:
            raise BadInput("setting_value_unknown", setting=name, value=one, choices=", ".join(known))


@dataclass(frozen=True, slots=True)
class ChangeSettings:
    """Set several choices together, all or none: (name, value) each; `seen` as of ChangeSetting, by name. Raises what that raises."""

    values: tuple[tuple[str, Any], ...]
    seen: Mapping[str, Any] = field(default_factory=dict)

    def apply(self, uow: UnitOfWork) -> None:
        for name, value in self.values:
            ChangeSetting(name, value, self.seen.get(name, ANY)).apply(uow)


@dataclass(frozen=True, slots=True)
class ShopSettings:
    """Query: all settings, defaults filled in."""

    def run(self, reading: Reading) -> dict[str, Any]:
        return settings_of(reading)
