"""Every word that the services say, in Chinese and English: errors by code, terms by kind. No Qt; the window uses them too.

A subject is one file with `ERRORS` ({code: (english, chinese)}, `{facts}` in braces) and `TERMS` ({kind: {code: (…)}}).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import ModuleType

from services.words import (
    after_sales,
    approvals,
    audit,
    cli,
    conflicts,
    customers,
    demo,
    desk,
    documents,
    export_lists,
    exports,
    fonts,
    groups,
    history,
    import_maps,
    imports,
    machine,
    manual,
    mending,
    notice,
    orders,
    people,
    provenance,
    reports,
    search,
    search_fields,
    stock,
    today,
    trail,
    undo,
    verify,
    xray,
)

SUBJECTS: tuple[ModuleType, ...] = (
    desk,
    cli,
    orders,
    people,
    approvals,
    manual,
    imports,
    import_maps,
    mending,
    notice,
    stock,
    after_sales,
    audit,
    history,
    fonts,
    documents,
    exports,
    export_lists,
    reports,
    customers,
    demo,
    verify,
    search,
    search_fields,
    trail,
    today,
    machine,
    groups,
    conflicts,
    provenance,
    undo,
    xray,
)

Pair = tuple[str, str]


@lru_cache(maxsize=1)
def errors() -> Mapping[str, Pair]:
    found: dict[str, Pair] = {}
    for subject in SUBJECTS:
        found |= getattr(subject, "ERRORS", {})
    return found


@lru_cache(maxsize=1)
def terms() -> Mapping[str, Mapping[str, Pair]]:
    found: dict[str, dict[str, Pair]] = {}
    for subject in SUBJECTS:
        for kind, pairs in getattr(subject, "TERMS", {}).items():
            found.setdefault(kind, {}).update(pairs)
    return found


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


def say(code: str, lang: str, /, **facts: object) -> str:
    """The sentence of an error or notice: what happened and what to do. An unknown code is said as itself."""
    pair = errors().get(code)
    if pair is None:
        return code
    return pair[1 if lang == "zh" else 0].format_map(_Facts({name: _told(name, fact, lang) for name, fact in facts.items()}))


_CODES = {
    "field": "field",
    "permission": "permission",
    "setting": "setting",
    "blocker": "blocker",
    "source": "status",
    "target": "status",
    "case_kind": "case_kind",
    "movement": "movement",
    "case_state": "case_state",
}
"""Facts that are codes, by name, and the kind of their words."""


def _told(name: str, fact: object, lang: str) -> object:
    """A fact as a person reads it: codes by their words, and in Chinese the operating system's own reasons too."""
    if name == "blockers" and isinstance(fact, tuple | list):
        return ("、" if lang == "zh" else ", ").join(term("blocker", code, lang) for code in fact)
    if not isinstance(fact, str):
        return fact
    if name == "name" and fact.startswith("setting:"):
        return term("setting", fact.removeprefix("setting:"), lang)
    if name == "meanwhile":
        return trail.meanwhile(fact, lang)
    if name in _CODES:
        return term(_CODES[name], fact, lang)
    if lang != "zh":
        return fact
    if name == "known":
        fields = terms()["field"]
        names = fact.split(", ")
        return "、".join(fields[one][1] for one in names) if all(one in fields for one in names) else fact
    return machine.reasons().get(fact, fact) if name in {"why", "detail"} else fact


def term(kind: str, code: str, lang: str) -> str:
    """The word for a code of a kind (status, blocker, field, action, …); an unknown code is said as itself."""
    pair = terms().get(kind, {}).get(code)
    return code if pair is None else pair[1 if lang == "zh" else 0]
