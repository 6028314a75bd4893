"""The evidence book (证据册) on paper: the order as it is, what happened to it entry by entry with the hashes, the seals, how to check it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from services.clock import to_local
from services.documents.boxes import Block, Lay, Rule
from services.documents.label_sizes import MM, size_of
from services.documents.parts import stacked
from services.documents.run import DocumentRun
from services.words import term
from services.words.trail import details, sentence, value

if TYPE_CHECKING:
    from services.documents.data import DocumentResult

_SHOWN = ("status", "buyer_nick", "recipient", "phone", "tel", "address", "flag", "tags", "seller_memo", "buyer_message", "goods_amount",
          "discount", "freight", "payable", "paid", "refunded", "created_at", "paid_at", "shipped_at", "completed_at", "closed_at", "close_reason")  # fmt: skip
_LABEL = 0.17
"""Of the width: where values begin."""


@dataclass(frozen=True, slots=True)
class _Entry:
    action: str
    entity: str
    field: str | None
    old: str | None
    new: str | None
    erased: bool


def render_evidence(told: Mapping[str, Any], file: str, lang: str, out: BinaryIO, size: str = "a4") -> DocumentResult:
    """Write the book as a PDF; `told` is services.queries.evidence.EvidenceOf, `file` the name of its JSON. Errors as of `render_slips`."""
    sheet = size_of(size, "evidence")
    run = DocumentRun(out, sheet, "evidence", lang)
    lacking: set[str] = set()
    book = _Book(Lay(run.font, sheet, lacking), told, file, lang)
    run.add(int(told["order_id"]), "evidence", stacked(book.lay, book.blocks(), book.again(), lang, book.closing()), lacking)
    return run.finish(1)


class _Book:
    def __init__(self, lay: Lay, told: Mapping[str, Any], file: str, lang: str) -> None:
        self.lay, self.told, self.file, self.lang = lay, told, file, lang
        self.zone = str(told["shop"]["zone"])

    def _say(self, code: str, **facts: object) -> str:
        return term("evidence", code, self.lang).format(**facts)

    def blocks(self) -> list[Block]:
        return [self._head(), *self._order(), *self._lines(), *self._story(), *self._seals(), *self._how()]

    def again(self) -> Block:
        lay = self.lay
        block = Block([lay.cell("again", self._say("page", number=self.told["order"]["number"]), lay.left, 0, lay.width, 9, muted=True)])
        block.close(1 * MM)
        block.shapes.append(Rule(lay.left, block.height, lay.width, strong=False))
        return block

    def closing(self) -> str:
        head = self.told["head"]
        return "\n".join(
            (self._say("file_digest", digest=self.told["digest"]), self._say("head", seq=f"{head['seq']:,}", hash=head["hash"]))
        )

    # ---- parts

    def _head(self) -> Block:
        lay, told = self.lay, self.told
        title = lay.cell("title", self._say("title"), lay.left, 0, lay.width, 17, bold=True)
        number = lay.cell("number", str(told["order"]["number"]), lay.left, title.bottom, lay.width, 12, tail=4)
        made = self._say("made", shop=told["shop"]["name"], at=str(told["made_at"])[:16].replace("T", " "))
        shop = lay.cell("shop", made, lay.left, number.bottom, lay.width, 9, muted=True)
        return Block([title, number, shop]).close(1 * MM)

    def _section(self, code: str) -> Block:
        lay = self.lay
        block = Block([lay.cell(code, self._say(code), lay.left, 1.4 * MM, lay.width, 10.5, bold=True)], gap=3 * MM)
        block.shapes.append(Rule(lay.left, 0, lay.width, strong=True))
        return block.close(0.6 * MM)

    def _fact(self, name: str, label: str, words: str) -> Block:
        lay = self.lay
        x = lay.left + lay.width * _LABEL
        cells = [
            lay.cell(f"{name} label", label, lay.left, 0.5 * MM, lay.width * _LABEL - 2 * MM, 8.6, muted=True),
            lay.cell(name, words, x, 0.5 * MM, lay.left + lay.width - x, 9.2),
        ]
        return Block(cells, loose=True).close(0.3 * MM)

    def _order(self) -> list[Block]:
        (row,) = self.told["rows"]["orders"]
        order = self.told["order"]
        found = [self._section("order")]
        for name in _SHOWN:
            if name == "address":
                words = " ".join(str(row[part]) for part in ("province", "city", "district", "address") if row[part])
            elif name in row:
                kept = row[name]
                words = "" if kept in (None, "") else value("orders", name, str(kept), self.lang, self.zone)
            else:  # what follows from the ledgers: amounts and moments as the order's JSON tells them
                kept = order.get(name)
                words = "" if kept is None else f"¥{kept}" if name in {"paid", "refunded"} else str(kept)[:16].replace("T", " ")
            if words and not (name == "flag" and not row["flag"]):
                found.append(self._fact(name, term("field", name, self.lang), words))
        return found

    def _lines(self) -> list[Block]:
        lines = self.told["order"]["lines"]
        if not lines:
            return []
        found = [self._section("lines")]
        for place, line in enumerate(lines, start=1):
            words = " ".join(str(line[name]) for name in ("title", "properties", "code") if line.get(name))
            found.append(self._fact(f"line {place}", f"{line['quantity']} × ¥{line['price']}", words))
        return found

    def _story(self) -> list[Block]:
        entries = self.told["entries"]
        found = [self._section("story")]
        if not entries:
            found.append(self._fact("story", "", self._say("no_entries")))
        return found + [self._entry(entry) for entry in entries]

    def _entry(self, entry: Mapping[str, Any]) -> Block:
        lay = self.lay
        seq = entry["seq"]
        x = lay.left + lay.width * _LABEL
        width = lay.left + lay.width - x
        at = f"{to_local(entry['at'], self.zone):%Y-%m-%d\n%H:%M:%S}"
        shown = _Entry(entry["action"], entry["entity"], entry["field"], entry["old"], entry["new"], entry["salt"] is None)
        words = f"{term('actor', entry['actor'], self.lang)} · {sentence(shown, self.lang)}"
        more = self._say("came_in") if entry["entity"] == "command" else details(shown, self.lang, self.zone)
        if entry["reason"]:
            more += ("（{}）" if self.lang == "zh" else " ({})").format(entry["reason"])
        cells = [
            lay.cell(f"at {seq}", at, lay.left, 1 * MM, lay.width * _LABEL - 2 * MM, 8.2, muted=True),
            lay.cell(f"words {seq}", words, x, 1 * MM, width, 9.4, bold=True),
        ]
        cells.append(lay.cell(f"more {seq}", more, x, cells[-1].bottom, width, 9))
        chain = f"{self._say('entry', seq=f'{seq:,}')}  {entry['hash']}"
        cells.append(lay.cell(f"hash {seq}", chain, x, cells[-1].bottom + 0.2 * MM, width, 7, muted=True))
        return Block(cells, [Rule(lay.left, 0, lay.width, strong=False)], loose=True).close(1 * MM)

    def _seals(self) -> list[Block]:
        seals: Sequence[Mapping[str, Any]] = self.told["seals"]
        found = [self._section("seals")]
        if not seals:
            return [*found, self._fact("seals", "", self._say("no_seals"))]
        return found + [self._fact(f"seal {seal['seq']}", self._say("entry", seq=f"{seal['seq']:,}"), seal["code"]) for seal in seals[:40]]

    def _how(self) -> list[Block]:
        lay = self.lay
        words = self._say("how_words", file=self.file)
        return [self._section("how"), Block([lay.cell("how", words, lay.left, 0, lay.width, 8.6)], loose=True).close()]
