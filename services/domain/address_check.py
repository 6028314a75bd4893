"""What is wrong with where an order is to go, and what it was probably meant to be. Pure, no database.

Hidden values are no fault (domain.md, keys): the platform knows them. A correction is only proposed where the address is better
afterwards than before, and nothing of what the buyer wrote is lost by it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from services.domain.address_block import AddressBlock, read_address_block, read_phone
from services.domain.addresses import is_masked, place_faults, split_address

FAULTS = (
    "nothing_known",
    "recipient_missing",
    "phone_missing",
    "phone_wrong",
    "landline_only",
    "street_missing",
    "province_missing",
    "province_unknown",
    "city_missing",
    "city_unknown",
    "district_missing",
    "district_unknown",
    "po_box",
    "street_short",
)
"""Every fault there is, the gravest first. `nothing_known`: neither who nor where, so that no single thing is wrong."""
OF_PHONE = frozenset({"phone_missing", "phone_wrong", "landline_only"})
OF_PLACE = frozenset(code for code in FAULTS if code.startswith(("province", "city", "district")))

_MOBILE = re.compile(r"1[3-9]\d{9}")
_ABROAD = re.compile(r"\+\d{8,15}")
_FAR = ("香港", "澳门", "台湾", "海外")
_FAR_NUMBER = re.compile(r"\+?\d{7,13}")
_BOX = re.compile(r"\d\s*号?\s*信箱|信箱\s*\d|邮政信箱|P\.?\s?O\.?\s?BOX", re.IGNORECASE)
_HOUSE = re.compile(r"\d|[一二三四五六七八九十]+[号栋幢室楼弄组队]|[号栋幢室楼苑园城厦院校店场站村庄寨屯组队所局厂馆部司铺社府区座]")
_DIGITS = re.compile(r"\d+")
_BELOW = re.compile(r"[区县旗市]")
MOST_BELOW = 12
"""Characters of the street in which a district may still be named by a word that the divisions don't know (a development zone)."""


class Delivery(NamedTuple):
    """Who and where, as an order holds it: `phone` is a mobile number, `tel` a land line; divisions in official form."""

    recipient: str = ""
    phone: str = ""
    phone_ext: str = ""
    tel: str = ""
    province: str = ""
    city: str = ""
    district: str = ""
    address: str = ""
    masked: bool = False


@lru_cache(maxsize=100_000)
def address_faults(to: Delivery) -> tuple[str, ...]:
    """The faults in the order of FAULTS; none of an address that the platform keeps to itself as a whole."""
    if not (to.recipient or to.phone or to.tel or to.province or to.address):
        # Of an order that only a goods list told, the order list brings all of it at once.
        return () if to.masked else ("nothing_known",)
    if to.masked and not (to.recipient or to.phone or to.tel or to.address):
        return ()
    found = {*_of_phone(to), *_of_place(to)}
    if not to.recipient.strip() and not to.masked:
        found.add("recipient_missing")
    street = to.address.strip()
    if not street:
        found |= set() if to.masked else {"street_missing"}
    elif not is_masked(street):
        if _BOX.search(street):
            found.add("po_box")
        elif len(street) < 3 or not _HOUSE.search(street):
            found.add("street_short")
    return tuple(code for code in FAULTS if code in found)


def _of_phone(to: Delivery) -> set[str]:
    phone, tel = to.phone.strip(), to.tel.strip()
    if is_masked(phone) or is_masked(tel):
        return set()
    if not phone:
        return {"landline_only"} if tel else set() if to.masked else {"phone_missing"}
    if _MOBILE.fullmatch(phone) or _ABROAD.fullmatch(phone):
        return set()
    if to.province.startswith(_FAR) and _FAR_NUMBER.fullmatch(phone):
        return set()
    read = read_phone(phone)
    if read is None:
        return {"phone_wrong"}
    return set() if read[0] else {"landline_only"}


def _of_place(to: Delivery) -> set[str]:
    parts = (to.province, to.city, to.district)
    if to.province.startswith(_FAR) or any(is_masked(part) for part in (*parts, to.address)):
        return set()
    if to.masked and not any(parts):
        return set()
    found = place_faults(*parts)
    if found == "district_missing" and _BELOW.search(to.address[:MOST_BELOW]):
        return set()
    return {found} if found else set()


def with_values(to: Delivery, values: Mapping[str, str]) -> Delivery:
    """The same with other values of some fields."""
    return Delivery(*(values.get(name, getattr(to, name)) for name in Delivery._fields))


def corrected(to: Delivery) -> dict[str, str]:
    """{field: new value} of what can be recognised; empty where nothing can, or where it would not be better."""
    faults = set(address_faults(to))
    if not faults:
        return {}
    best: dict[str, str] = {}
    left = faults
    for proposed in _proposals(to, faults):
        after = set(address_faults(with_values(to, proposed)))
        if after < left and _keeps_figures(to, with_values(to, proposed)):
            best, left = proposed, after
    return {name: text for name, text in best.items() if text != getattr(to, name)}


def _keeps_figures(before: Delivery, after: Delivery) -> bool:
    """House numbers and phones: every run of digits is still there, in whichever field."""
    held = "\n".join(after[:8])
    return all(run in held for part in before[:8] for run in _DIGITS.findall(part))


def _proposals(to: Delivery, faults: set[str]) -> list[dict[str, str]]:
    """The likely ones first; each leaves alone what is no fault."""
    found: list[dict[str, str]] = []
    parts = (to.province, to.city, to.district, to.address)
    texts = ["".join(parts), "".join(parts[1:]), "".join(parts[2:]), to.address]
    people = "\n".join(part for part in (to.recipient, to.phone, to.tel) if part)
    for text in dict.fromkeys(text for text in texts if text):
        block = read_address_block(f"{people}\n{text}" if people else text)
        made = _place_of(to, block, text) if faults & (OF_PLACE | {"street_missing", "street_short"}) else {}
        if faults & OF_PHONE:
            made |= _phone_of(to, block)
            if made.get("phone") and block.phone in to.address and not block.rest:
                made["address"] = made.get("address", " ".join(to.address.replace(block.phone, " ").split()).strip(" ,，;；"))
        if "recipient_missing" in faults and block.recipient and "recipient" not in block.doubts:
            made["recipient"] = block.recipient
        if made:
            found.append(made)
    return found


def _phone_of(to: Delivery, block: AddressBlock) -> dict[str, str]:
    """A mobile number that stood in another field, or between blanks and signs."""
    if block.phone and _MOBILE.fullmatch(block.phone):
        made = {"phone": block.phone, "phone_ext": block.phone_ext or to.phone_ext, "tel": block.tel or to.tel}
        made["tel"] = "" if made["tel"].replace(" ", "").endswith(block.phone) else made["tel"]
        name = " ".join(to.recipient.replace(block.phone, " ").split())
        return made | ({"recipient": name} if name and name != to.recipient else {})
    return {}


def _place_of(to: Delivery, block: AddressBlock, text: str) -> dict[str, str]:
    """Only where each division is sure and no word of the text falls away; a district that is none does not just move to the street."""
    if {"province", "city"} & set(block.doubts) or not block.province or not block.city or block.rest:
        return {}
    if to.district and not block.district:
        return {}
    # Province and city that go together outvote a district; a city and its district outvote a province.
    if place_faults(to.province, to.city, "") in {"", "district_missing"} and (block.province, block.city) != (to.province, to.city):
        return {}
    place = {"province": block.province, "city": block.city, "district": block.district, "address": block.address}
    first = split_address(text)
    if "district" in block.doubts and block.district and block.district not in text and first.district != block.district:
        return {}
    street = block.address
    for name in (*_written(block.province), *_written(block.city)):
        street = street.removeprefix(name).lstrip()
    place["address"] = street or block.address
    return place


def _written(name: str) -> tuple[str, ...]:
    return (name, name[:-1]) if len(name) > 2 else (name,)
