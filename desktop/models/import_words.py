"""The sentence above each list of the dialog before an import: what these rows are, and what becomes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop.i18n import tr, trn
from desktop.models.import_preview import DOUBT, NOTICE

if TYPE_CHECKING:
    from desktop.models.import_preview import Preview


def heading_words(preview: Preview, part: str) -> str:
    """What the open list is."""
    count = preview.counts[part]
    goods = preview.kind == "goods"
    if preview.other and part in {"new", "updated", "held", "unchanged"}:
        return trn("{n} entry.", "{n} entries.", count)
    if part == "new":
        return trn("{n} new SKU.", "{n} new SKUs.", count) if goods else trn("{n} order not here yet.", "{n} orders not here yet.", count)
    if part == "updated":
        return _updated(preview, count)
    if part == "conflict":
        return trn(
            "{n} conflict: the file says otherwise than what was edited here. What stands here stays and waits for your decision.",
            "{n} conflicts: the file says otherwise than what was edited here. What stands here stays and waits for your decision.",
            count,
        )
    if part == "rejected":
        return trn(
            "{n} row can't come in; nothing is guessed. Mend it in a new export and import that.",
            "{n} rows can't come in; nothing is guessed. Mend them in a new export and import that.",
            count,
        )
    if part == "held":
        return trn("{n} row says the same as another; it counts once.", "{n} rows say the same as others; they count once.", count)
    if part == DOUBT:
        return trn(
            "{n} order is in doubt. It comes in with the others, unless you import only the sure ones; then the next import offers it again.",
            "{n} orders are in doubt. They come in with the others, unless you import only the sure ones; then the next import offers them"
            " again.",
            count,
        )
    if part == NOTICE:
        return trn("{n} thing to know; it keeps nothing out.", "{n} things to know; they keep nothing out.", count)
    words = (
        trn("{n} SKU is here already, with the same values.", "{n} SKUs are here already, with the same values.", count)
        if goods
        else trn("{n} order is here already, with the same facts.", "{n} orders are here already, with the same facts.", count)
    )
    return f"{words} {tr('This very file was imported before.')}" if preview.known else words


def _updated(preview: Preview, count: int) -> str:
    if preview.kind == "goods":
        return trn("{n} SKU gets new values.", "{n} SKUs get new values.", count)
    words = trn("The file knows something new of {n} order.", "The file knows something new of {n} orders.", count)
    if preview.joined:
        words += " " + trn(
            "{n} of them comes with another of these files.", "{n} of them come with another of these files.", preview.joined
        )
    return words
