"""The one door to a shop: `perform` a command, `read` a query. A door, not a hall: what they do lives in their own files."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar

from sqlalchemy.exc import DatabaseError

from services.access import NOBODY, Viewer, permit_command, permit_query
from services.clock import Clock, SystemClock
from services.commands.people import SignIn
from services.db.engine import FILE_NAME, Readers, Writer, bring_up_to_date
from services.db.reading import Reading
from services.db.uow import UnitOfWork, action_name
from services.domain.permissions import OWNER
from services.errors import DeskError, Environment, Refused
from services.outcome import Outcome
from services.params import Shop
from services.progress import SILENT, Progress
from services.queries.people import AtTheDoor, KnownViewer, ProvenViewer
from services.queries.seals import SealRows
from services.seals import keep_outside
from services.settings import FoundShop, ShopFacts

if TYPE_CHECKING:
    from types import TracebackType

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


NOBODYS_NAME = "nobody"
"""The actor of what happens at the door."""


class Command(Protocol[T_co]):
    """A change, as a frozen dataclass. `apply` runs in one transaction: all of it or nothing."""

    def apply(self, uow: UnitOfWork) -> T_co: ...


class Query(Protocol[T_co]):
    """A question, as a frozen dataclass. `run` sees one moment of the shop and returns frozen values only.

    One that asks for a permission by what it is about has `asks(reading)`, giving their names; else services.domain.permissions says.
    """

    def run(self, reading: Reading) -> T_co: ...


class Desk:
    """An open shop. `perform` serves one thread at a time, `read` any number."""

    def __init__(self, writer: Writer, readers: Readers, shop: Shop, clock: Clock) -> None:
        self._writer = writer
        self._gate = writer.gate
        self._readers = readers
        self._lock = threading.Lock()
        self._closed = False
        self.clock = clock
        self.shop = shop
        self.viewer = NOBODY
        """Who sits there now: what they may do and see."""

    @classmethod
    def open(
        cls,
        folder: Path,
        *,
        clock: Clock | None = None,
        actor: str = "owner",
        name: str = "",
        currency: str = "CNY",
        zone: str = "Asia/Shanghai",
    ) -> Desk:
        """Open the shop in `folder`, making it at first use; name, currency and zone count only then.

        Raises Environment when the folder can't be written, the file is no shop, is damaged, or is of a newer version.
        """
        clock = clock or SystemClock()
        path = folder / FILE_NAME
        with _told(path):
            for sub in ("files", "backups", "logs"):
                (folder / sub).mkdir(parents=True, exist_ok=True)
            writer = Writer(path)
            try:
                bring_up_to_date(writer)
                desk = cls(writer, Readers(path), Shop(folder), clock)
            except BaseException:
                writer.close()
                raise
            desk.viewer = desk.read(AtTheDoor(actor)).viewer
            facts = desk.read(ShopFacts())
            if facts is None:
                facts = desk.perform(FoundShop(name=name or folder.name, currency=currency, zone=zone)).value
            desk._know_shop(facts)
        return desk

    def _know_shop(self, facts: Mapping[str, Any]) -> None:
        self.shop = Shop(self.shop.folder, facts["name"], facts["currency"], facts["zone"])

    def perform(
        self, command: Command[T], *, reason: str | None = None, progress: Progress = SILENT, actor: str | None = None
    ) -> Outcome[T]:
        """Run one command in one transaction; on any exception nothing of it stays.

        Raises what the command raises (DeskError kinds) and Environment for what the machine refuses.
        """
        with self._lock, _told(self.shop.folder / FILE_NAME), self._writer.engine.connect() as connection:
            transaction = connection.begin()
            try:
                action = action_name(command)
                viewer = permit_command(Reading(connection, self.shop, self.clock), self.viewer, action)
                uow = UnitOfWork(
                    connection,
                    self._gate,
                    self.shop,
                    self.clock,
                    viewer=viewer,
                    actor=actor or viewer.name or NOBODYS_NAME,
                    action=action,
                    reason=reason,
                    progress=progress,
                )
                value = command.apply(uow)
                changes = uow.finish()
                with self._gate.open():  # the full-text index writes its last pages at the commit
                    transaction.commit()
            except BaseException:
                if transaction.is_active:
                    transaction.rollback()
                raise
        if uow.sealed:
            self._keep_seals()
        if not changes.keys().isdisjoint({"person", "role"}):
            self._know_viewer()
        if "setting" in changes and (facts := self.read(ShopFacts())) is not None:
            self._know_shop(facts)  # a new name is on the next paper
        return Outcome(value, changes, tuple(uow.effects), uow.deed)

    def _keep_seals(self) -> None:
        """Put the seals where another program can't reach them through the shop's file. A folder that refuses keeps nobody from working:
        what is missing there is written with the next seal."""
        with suppress(OSError):
            keep_outside(self.shop.folder, self.read(SealRows()))

    def read(self, query: Query[T]) -> T:
        """Answer one query in one short read transaction of the calling thread's own connection, less what the viewer may not see.

        Raises Refused("signed_out"), ("not_permitted") and what the query raises.
        """
        with _told(self.shop.folder / FILE_NAME):
            connection = self._readers.connection(permit_query(self.viewer, type(query).__name__))
            with connection.begin():
                reading = Reading(connection, self.shop, self.clock)
                if (further := getattr(query, "asks", None)) is not None:
                    for permission in further(reading):
                        self.viewer.must(permission)
                return query.run(reading)

    def must(self, permission: str) -> None:
        """For what is neither one command nor one query. Raises Refused("signed_out"), ("not_permitted")."""
        self.viewer.must(permission)

    def sign_in(self, name: str, pin: str) -> Viewer:
        """Let somebody in. Raises Refused("pin_wrong"), or ("pin_wait") with the fact `seconds` until the next PIN is looked at."""
        proven = self.read(ProvenViewer(name, pin))
        if proven is not None:
            self.viewer = proven
            return proven
        known = name in self.read(AtTheDoor(name)).names  # else it may be a PIN in the wrong place
        found = self.perform(SignIn(name, pin), actor=name if known else NOBODYS_NAME).value
        if found.viewer is None:
            if found.wait:
                raise Refused("pin_wait", seconds=-(-found.wait // 1000), wrong=found.wrong)
            raise Refused("pin_wrong", wrong=found.wrong)
        self.viewer = found.viewer
        return found.viewer

    def sign_out(self) -> None:
        """Lock the shop: nobody sits there. An open shop stays open."""
        self.viewer = self.read(AtTheDoor(self.viewer.name)).viewer

    def _know_viewer(self) -> None:
        """After a change of people or roles: what the viewer may do now. Whoever set the first PIN stays signed in."""
        if self.viewer.signed_in:
            found = self.read(KnownViewer(self.viewer.name))
            door = self.read(AtTheDoor(self.viewer.name))
            if found is None and len(door.names) == 1 and self.viewer.role == OWNER:
                found = self.read(KnownViewer(door.names[0]))  # the first one, under the name that was chosen for it
            self.viewer = found if found is not None else door.viewer

    def close(self) -> None:
        """Close the file; a second time does nothing."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._readers.close()
                self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Tell the machine's refusals apart from bugs, by SQLite's own codes."""
    try:
        yield
    except DeskError:
        raise
    except DatabaseError as error:
        cause = error.orig
        known = _environment(cause, path) if isinstance(cause, sqlite3.Error) else None
        raise known or error from error
    except sqlite3.Error as error:
        known = _environment(error, path)
        raise known or error from error
    except OSError as error:
        raise Environment("folder_refused", path=str(error.filename or path), why=error.strerror or str(error)) from error


_CODES = {
    sqlite3.SQLITE_BUSY: "shop_busy",
    sqlite3.SQLITE_LOCKED: "shop_busy",
    sqlite3.SQLITE_FULL: "disk_full",
    sqlite3.SQLITE_READONLY: "shop_read_only",
    sqlite3.SQLITE_IOERR: "disk_error",
    sqlite3.SQLITE_CORRUPT: "shop_damaged",
    sqlite3.SQLITE_NOTADB: "not_a_shop",
    sqlite3.SQLITE_CANTOPEN: "shop_not_openable",
}


def _environment(error: sqlite3.Error, path: Path) -> Environment | None:
    number = getattr(error, "sqlite_errorcode", None)
    code = _CODES.get(number & 0xFF) if number is not None else None
    return Environment(code, path=str(path)) if code else None
