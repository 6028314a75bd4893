"""A plan seen through, as the command line's dry run and the saved report tell it: every list whole, nothing cut."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from services.clock import iso
from services.imports.doubtful import doubts, in_doubt
from services.imports.xray import Xray, plain
from services.words import say, term
from services.words.xray import field_words, value_words

if TYPE_CHECKING:
    from services.imports.edited_here import Edits
    from services.imports.plan import ImportPlan

_ORDER = (
    "status",
    "buyer_nick",
    "recipient",
    "quantity",
    "goods_amount",
    "discount",
    "freight",
    "payable",
    "paid",
    "refunded",
    "created_at",
)
_GOODS = ("title", "properties", "barcode", "price", "cost", "stock")


@dataclass(frozen=True, slots=True)
class SeenThrough:
    """A dry run's plan, for the languages of its readers. `edits` are who edited here what the file contradicts."""

    plan: ImportPlan
    edits: Edits
    zone: str

    def as_json(self, lang: str) -> dict[str, Any]:
        """Keys beside those of the report: `new`, `changes` from what to what, `conflicting` with both values and who edited ours,
        `held`, `doubtful` and why. Money with two decimals, times ISO 8601."""
        out = in_doubt(self.plan, doubts(self.plan))
        return {
            "new": new_json(self.plan, self.zone),
            "changes": changes_json(self.plan, self.zone),
            "conflicting": conflicts_json(self.plan, self.edits, self.zone),
            "held": held_json(self.plan, lang),
            "doubtful": len(out),
            "in_doubt": [
                {"row": one.row, "number": one.number, "why": say(one.code, lang, **one.facts), "code": one.code} for one in out.values()
            ],
        }

    def changes_in_words(self, lang: str) -> Iterator[str]:
        """One line for each changed field."""
        for number, change in Xray(self.plan).changes():
            old, new = (value_words(change.field, told, lang, self.zone) for told in (change.old, change.new))
            words = field_words(change.field, lang, change.part)
            yield term("cli", "import_changes", lang).format(number=number, field=words, old=old, new=new)

    def conflicts_in_words(self, lang: str) -> Iterator[str]:
        """One line for each value that is not taken."""
        for clash in self.plan.report.clashes:
            old, new = (value_words(clash.field, told, lang, self.zone) for told in (clash.ours, clash.file))
            words = field_words(clash.field, lang)
            yield term("cli", "import_conflict", lang).format(number=clash.number, field=words, old=old, new=new)


def new_json(plan: ImportPlan, zone: str) -> list[dict[str, Any]]:
    """Orders or SKUs that are not here yet; other things are the report's entries."""
    orders = [
        {"row": order.row, "number": order.number}
        | {name: plain(name, getattr(order, name), zone) for name in _ORDER}
        | {"goods": [line.title for line in order.lines]}
        for order, *_told in plan.new
    ]
    return orders + [
        {"row": goods.row, "code": goods.code} | {name: plain(name, getattr(goods, name), zone) for name in _GOODS}
        for goods in plan.new_goods
    ]


def changes_json(plan: ImportPlan, zone: str) -> list[dict[str, Any]]:
    """Every changed field of every changed order or SKU."""
    return [
        {
            "number": number,
            "field": change.field,
            "old": plain(change.field, change.old, zone),
            "new": plain(change.field, change.new, zone),
        }
        | ({"part": change.part} if change.part else {})
        for number, change in Xray(plan).changes()
    ]


def conflicts_json(plan: ImportPlan, edits: Mapping[tuple[int, str], Any], zone: str) -> list[dict[str, Any]]:
    """Every value of the file that is not taken: what stands here stays and waits to be decided."""
    found = []
    for clash in plan.report.clashes:
        edit = None if clash.part else edits.get((clash.order_id, clash.field))
        found.append(
            {
                "row": clash.row or None,
                "number": clash.number,
                "field": clash.field,
                "ours": clash.ours,
                "file": clash.file,
                "edited_by": edit.actor if edit else None,
                "edited_at": iso(edit.at, zone) if edit else None,
            }
        )
    return found


def held_json(plan: ImportPlan, lang: str) -> list[dict[str, Any]]:
    """Rows that merely repeat another, wait for their order, or were left out as doubtful."""
    report = plan.report
    repeated = [one for one in report.warnings if one.code == "row_repeated"]
    return (
        [{"row": one.row, "number": "", "why": say(one.code, lang, **one.facts), "code": one.code} for one in repeated]
        + [
            {"row": one.row, "number": one.number, "why": one.words(lang), "code": one.result}
            for one in report.entries
            if one.part == "held"
        ]
        + [{"row": one.row, "number": one.number, "why": say(one.code, lang, **one.facts), "code": one.code} for one in report.left_out]
    )
