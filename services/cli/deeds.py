"""`zhanggui undo "#123"`: one's own deed taken back, by the number of any of its entries in the audit trail; an undo is taken back alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.cli.session import Session, whole
from services.errors import Refused

if TYPE_CHECKING:
    from services.queries.undo_offer import Offer

MARK = "#"


def undo_deed(session: Session, given: str, *, dry_run: bool, reason: str) -> int:
    """`#123`, or `#` alone for one's last deed. Raises what the command raises; `dry_run` only tells what it would do."""
    from services.words.undo import deed_words

    with session.desk() as desk:
        from services.queries.undo_offer import DeedAround, LastDeed, UndoOffer

        actor = desk.viewer.name
        number = given.strip().removeprefix(MARK)
        seq = whole(number, "BATCH", 1) if number else desk.read(LastDeed(actor))
        if not seq:
            raise Refused("undo_nothing_left")
        first, last = desk.read(DeedAround(seq))
        offer: Offer = desk.read(UndoOffer(first, last, actor))
        if not dry_run or offer.refusal:
            from services.commands.undo_deed import UndoDeed

            # Refused here too, but by the command, which may tell the values.
            desk.perform(UndoDeed(first, last), reason=reason or None, progress=session.out.progress())
    payload: dict[str, Any] = {"deed": offer.deed, "first": first, "last": last, "fields": list(offer.fields), "orders": offer.orders}
    payload |= {"again": offer.again, "undone": not dry_run, "dry_run": dry_run}
    word = "deed_ready" if dry_run else "deed_again" if offer.again else "deed_undone"
    session.out.show(payload, [session.out.word(word, deed=deed_words(offer, session.lang), seq=first)])
    return 0
