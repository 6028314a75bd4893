"""What this program exported itself (services.exports.columns), known by its headings in either language, whichever were chosen.

Number, channel and status must be among them: without its channel an order can't be told from another one of the same number.
"""

from __future__ import annotations

from services.imports.headings import Authority, Format
from services.imports.own_list import OwnList
from services.words.exports import OWN_LINE, OWN_ORDER, TERMS

_PAIRS = TERMS["export_column"]
_COLUMNS = {title: key for place in (0, 1) for key in (*OWN_ORDER, *OWN_LINE) for title in (_PAIRS[key][place],)}
_TITLES = tuple(frozenset(pair[place] for key, pair in _PAIRS.items() if not key.startswith(("stock.", "case."))) for place in (0, 1))
_MARKS = tuple(frozenset(_PAIRS[key][place] for key in ("number", "channel", "status")) for place in (0, 1))
_GOODS = tuple(frozenset(_PAIRS[key][place] for key in ("line.title", "line.quantity")) for place in (0, 1))
MOST_OTHERS = 3
"""One of so many headings may be somebody else's: notes beside our columns, no table of another program."""


def _recognise(headings: frozenset[str]) -> str:
    for titles, marks, goods in zip(_TITLES, _MARKS, _GOODS, strict=True):
        if marks <= headings and len(headings - titles) * MOST_OTHERS <= len(headings):
            return "zhanggui.lines" if goods <= headings else "zhanggui.orders"
    return ""


FORMAT = Format(
    key="zhanggui",
    platform="",
    kind="sold",
    zone="",
    authority=Authority.SPARSE,
    columns=_COLUMNS,
    required=frozenset({"number", "channel", "status"}),
    recognise=_recognise,
    ignored=frozenset().union(*_TITLES),
    reader=OwnList,
)
