"""Commands that make documents: packing slips, pick list, address labels. What is saved is on record as printed."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, TypeVar

import typer

from services.cli.options import Out, Query, searched, session_of
from services.cli.output import table
from services.cli.session import Session
from services.errors import Environment, Refused
from services.words import term

if TYPE_CHECKING:
    from services.desk import Desk
    from services.documents import DocumentResult, LabelOrder, SlipOrder

TO_SHIP = "status:awaiting_shipment"
"""What is printed when no search is given."""

Size = Annotated[str, typer.Option("--size", metavar="SIZE")]
NoRecord = Annotated[bool, typer.Option("--no-record")]

T = TypeVar("T", "SlipOrder", "LabelOrder")


def slips(
    context: typer.Context,
    out: Out,
    query: Query = None,
    size: Size = "a5",
    prices: Annotated[bool, typer.Option("--prices")] = False,
    no_record: NoRecord = False,
) -> int:
    session = session_of(context)
    search = searched(query, "slips")
    with session.desk() as desk:
        from services.documents import render_slips
        from services.queries.document_orders import SlipOrders

        found = desk.read(SlipOrders(_ids(desk, search)))

        def render(orders: Sequence[SlipOrder], stream: BinaryIO) -> DocumentResult:
            return render_slips(
                orders,
                _size(size),
                session.paper_lang,
                stream,
                prices=prices,
                zone=desk.shop.zone,
                progress=session.out.progress(),
            )

        return _save(session, desk, _Job("slip", Path(out), size, search), found, render, record=not no_record)


def labels(context: typer.Context, out: Out, query: Query = None, size: Size = "100x150", no_record: NoRecord = False) -> int:
    session = session_of(context)
    search = searched(query, "labels")
    with session.desk() as desk:
        from services.documents import render_labels
        from services.queries.document_orders import LabelOrders

        found = desk.read(LabelOrders(_ids(desk, search)))

        def render(orders: Sequence[LabelOrder], stream: BinaryIO) -> DocumentResult:
            return render_labels(orders, _size(size), session.paper_lang, stream, progress=session.out.progress())

        return _save(session, desk, _Job("label", Path(out), size, search), found, render, record=not no_record)


def picklist(context: typer.Context, out: Out, query: Query = None, size: Size = "a4") -> int:
    session = session_of(context)
    search = searched(query, "picklist")
    with session.desk() as desk:
        from services.documents import pick_list_of, render_pick_list
        from services.queries.document_orders import OrdersToPick

        orders = desk.read(OrdersToPick(_ids(desk, search)))
        if not orders:
            raise Refused("nothing_to_print", query=search or TO_SHIP)
        stream = BytesIO()
        made = pick_list_of(orders, desk.shop.name, desk.clock.now())
        result = render_pick_list(made, _size(size), session.paper_lang, stream, zone=desk.shop.zone, progress=session.out.progress())
        with _written(Path(out), stream):
            pass
    lines = [
        {
            "bin": line.bin,
            "sku": line.code,
            "title": line.title,
            "properties": line.properties,
            "quantity": line.quantity,
            "orders": [{"number": share.number, "quantity": share.quantity} for share in line.orders],
        }
        for line in made.lines
    ]
    payload = _told(result, Path(out), size) | {
        "quantity": sum(line.quantity for line in made.lines),
        "lines": lines,
        "unknown": list(made.unknown),
    }
    headings = [session.out.word(code) for code in ("bin", "code", "title", "properties", "quantity")]
    rows = [(line.bin, line.code, line.title, line.properties, line.quantity) for line in made.lines]
    session.out.show(payload, [*table(headings, rows, right=(4,)), _summary(session, result, Path(out))])
    return 0


COMMANDS: tuple[tuple[str, Callable[..., int], bool], ...] = (
    ("slips", slips, True),
    ("picklist", picklist, True),
    ("labels", labels, True),
)


@dataclass(frozen=True, slots=True)
class _Job:
    """`document` is how the record of prints calls it."""

    document: str
    out: Path
    size: str
    search: str


def _save(
    session: Session,
    desk: Desk,
    job: _Job,
    orders: Sequence[T],
    render: Callable[[Sequence[T], BinaryIO], DocumentResult],
    *,
    record: bool,
) -> int:
    """Draw, put on record, and only then put the file in its place: nothing is on record that was not made."""
    if not orders:
        raise Refused("nothing_to_print", query=job.search or TO_SHIP)
    stream = BytesIO()
    result = render(orders, stream)
    refused = {notice.order_id: notice.code for notice in result.refused}
    drawn = [order for order in orders if order.order_id not in refused]
    refusals = [{"number": notice.number, "why": notice.code} for notice in result.refused]
    if not drawn:
        words = "; ".join(f"{notice.number}: {term('document_notice', notice.code, session.lang)}" for notice in result.refused[:3])
        raise Refused("all_refused", count=len(refusals), why=words)
    copies = {order.order_id: order.copy for order in drawn}
    if record:
        from services.commands.prints import MarkPrinted

        with _written(job.out, stream) as rewrite:
            now = desk.perform(MarkPrinted(tuple(copies), job.document)).value
            if now != copies:  # printed by somebody else in between: the sheets must say so
                copies = now
                again = BytesIO()
                result = render([replace(order, copy=copies.get(order.order_id, order.copy)) for order in orders], again)
                rewrite(again)
    else:
        with _written(job.out, stream):
            pass
    numbers = {order.order_id: order.number for order in orders}
    payload = _told(result, job.out, job.size) | {
        "recorded": record,
        "copies": {numbers[order_id]: copy for order_id, copy in copies.items()},
        "refused": refusals,
        "boxes": [box._asdict() for box in result.boxes],
    }
    session.out.show(payload, [_summary(session, result, job.out)])
    for words in _remarks(session, result):
        session.out.notice(words)
    return 0


def _told(result: DocumentResult, out: Path, size: str) -> dict[str, Any]:
    return {
        "pages": result.pages,
        "orders": result.orders,
        "file": str(out),
        "size": _size(size),
        "missing": [{"number": missing.number, "characters": missing.characters} for missing in result.missing],
        "notices": [{"number": notice.number, "code": notice.code} for notice in result.notices],
    }


def _summary(session: Session, result: DocumentResult, out: Path) -> str:
    return session.out.word("document_made", pages=result.pages, orders=result.orders, file=out)


def _remarks(session: Session, result: DocumentResult) -> list[str]:
    """What the person should know of single sheets: one line a kind, however many orders."""
    by_code: dict[str, list[str]] = {}
    for notice in (*result.refused, *result.notices):
        by_code.setdefault(notice.code, []).append(notice.number)
    remarks = [f"{_few(numbers)}: {term('document_notice', code, session.lang)}" for code, numbers in by_code.items()]
    if result.missing:
        characters = "".join(sorted({character for missing in result.missing for character in missing.characters}))
        remarks.append(
            session.out.word("characters_missing", numbers=_few([missing.number for missing in result.missing]), characters=characters)
        )
    return remarks


def _few(numbers: Sequence[str]) -> str:
    return ", ".join(numbers[:5]) + (f" … ({len(numbers)})" if len(numbers) > 5 else "")


def _size(given: str) -> str:
    return given.strip().lower().replace("×", "x").replace("*", "x").removesuffix("mm")


def _ids(desk: Desk, search: str) -> tuple[int, ...]:
    from services.queries.order_rows import OrderIds

    return tuple(desk.read(OrderIds(search or TO_SHIP)))


@contextlib.contextmanager
def _written(path: Path, stream: BytesIO) -> Iterator[Callable[[BytesIO], None]]:
    """Write beside `path`; at the end without an error it is put in place. Gives a function that writes something else instead."""
    if path.is_dir():
        raise Environment("file_not_written", path=str(path), why=os.strerror(errno.EISDIR))
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix or ".pdf", dir=path.parent)
    except OSError as error:
        raise Environment("file_not_written", path=str(path), why=error.strerror or str(error)) from error
    waiting = Path(name)

    def write(content: BytesIO) -> None:
        with waiting.open("wb") as file:
            file.write(content.getvalue())
            file.flush()
            os.fsync(file.fileno())

    try:
        os.close(handle)
        try:
            write(stream)
            if os.name == "posix":
                mask = os.umask(0)
                os.umask(mask)
                waiting.chmod(0o666 & ~mask)
        except OSError as error:
            raise Environment("file_not_written", path=str(path), why=error.strerror or str(error)) from error
        yield write
        try:
            waiting.replace(path)
        except OSError as error:
            raise Environment("file_not_written", path=str(path), why=error.strerror or str(error)) from error
    finally:
        with contextlib.suppress(OSError):
            waiting.unlink(missing_ok=True)
