"""Printing: which document, on which sheet, a look at the pages, then paper or a PDF. What went out is on record, once it is out."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from desktop import formats
from desktop.errors import error_words
from desktop.i18n import language, tr, trn
from desktop.printing import Output, Printer, PrintJob, SystemPrinter
from desktop.views.print_preview import Preview
from desktop.views.widgets.buttons import Button, CheckBox, Combo, Segments
from desktop.views.widgets.dialog import DialogBase
from desktop.views.widgets.labels import Label
from desktop.views.widgets.panel import Band, Fact, empty_layout
from services.clock import to_local
from services.errors import Environment
from services.words import term

if TYPE_CHECKING:
    from desktop.context import AppContext
    from desktop.runner import Task
    from services.desk import Desk
    from services.documents import DocumentResult
    from services.progress import Progress

SLIP, PICK, LABEL = "packing_slip", "pick_list", "label"
DOCUMENTS = (SLIP, PICK, LABEL)
RECORDED = {SLIP: "slip", LABEL: "label"}
"""How the record of prints calls a document; a pick list is nobody's, so it has no copies to count."""
ALL, NEW = "all", "new"
WIDTH, LEFT, HIGH, AROUND = 960, 300, 640, 240
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to draw: `which` is all orders or only those never printed."""

    document: str
    order_ids: tuple[int, ...]
    size: str
    which: str
    prices: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A document that was drawn. `copies`: the copy that each drawn order's sheet says it is."""

    wanted: Wanted
    pdf: bytes
    result: DocumentResult
    copies: dict[int, int]
    given: int
    printed_before: int


class PrintDialog(DialogBase):
    """Documents of `order_ids`, beginning with `document`. The printer is the system's unless another is given."""

    def __init__(
        self, parent: QWidget, context: AppContext, order_ids: Sequence[int], document: str = SLIP, printer: Printer | None = None
    ) -> None:
        count = len(order_ids)
        super().__init__(
            parent,
            tr("Print"),
            trn("{n} order", "{n} orders", count),
            verb=tr("Print…"),
            note=tr("What is printed or saved goes on record"),
            width=WIDTH,
        )
        self.context, self.order_ids = context, tuple(order_ids)
        self.printer: Printer = printer or SystemPrinter()
        self.made: Made | None = None
        self._task: Task | None = None
        self._size: dict[str, str] = {}
        self.document = document
        self._lay_out()
        self.save_button = Button(tr("Save as PDF…"), self._choose_file, icon="file", height=34)
        self.save_button.setAutoDefault(False)
        self.extra.addWidget(self.save_button)
        self._fill_sizes()
        self.preview.paper.setFocus()
        # The reading begins when the dialog stands, so that opening it never waits.
        QTimer.singleShot(0, self.make)

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(20)
        left = QWidget()
        left.setFixedWidth(LEFT)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.kinds = Segments([(key, term("document", key, language())) for key in DOCUMENTS], tr("Document"))
        self.kinds.choose(self.document)
        self.kinds.chosen.connect(self._choose_document)
        column.addWidget(self.kinds)
        sizes = QHBoxLayout()
        sizes.setSpacing(12)
        label = Label(tr("Sheet"), "body2")
        self.sizes = Combo((), tr("Sheet"))
        self.sizes.currentIndexChanged.connect(lambda _place: self._choose_size())
        label.setBuddy(self.sizes)
        sizes.addWidget(label)
        sizes.addWidget(self.sizes, 1)
        column.addLayout(sizes)
        self.prices = CheckBox(tr("With prices"))
        self.prices.toggled.connect(lambda _on: self.make())
        column.addWidget(self.prices)
        self.which = Segments([(ALL, tr("All")), (NEW, tr("Only new ones"))], tr("Which orders"))
        self.which.chosen.connect(lambda _value: self.make())
        self.which.hide()
        column.addWidget(self.which)
        self.remarks = QVBoxLayout()
        self.remarks.setSpacing(8)
        column.addLayout(self.remarks)
        column.addStretch()
        row.addWidget(left)
        self.preview = Preview(self.context)
        window = self.parentWidget()
        self.preview.setFixedHeight(max(320, min(HIGH, window.height() - AROUND)) if window is not None else HIGH)
        row.addWidget(self.preview, 1)
        self.column.addLayout(row)

    # ---- choosing

    def _fill_sizes(self) -> None:
        from services.documents.label_sizes import SIZES

        fitting = [size for size in SIZES if self.document in size.documents]
        usual = self.context.prefs.text(f"print/{self.document}") or {SLIP: "a5", PICK: "a4", LABEL: "100x150"}[self.document]
        self.sizes.blockSignals(True)
        self.sizes.clear()
        for size in fitting:
            name = size.key.upper() if size.key.startswith("a") else ""
            words = f"{size.width:g} × {size.height:g} mm"
            self.sizes.addItem(f"{name}  {words}" if name else words, size.key)
        self.sizes.choose(usual if any(size.key == usual for size in fitting) else fitting[0].key)
        self.sizes.blockSignals(False)
        self.prices.setVisible(self.document == SLIP)

    def _choose_document(self, document: str) -> None:
        self.document = document
        self.made = None
        self.which.choose(ALL)
        self.which.hide()
        self._fill_sizes()
        self.make()

    def _choose_size(self) -> None:
        self.context.prefs.set_text(f"print/{self.document}", str(self.sizes.currentData()))
        self.make()

    # ---- making

    def make(self) -> None:
        """Draw the document as it is chosen now, off the UI thread."""
        if self._task is not None:
            self._task.cancel()
        self.refuse("")
        which = str(self.which.value)
        wanted = Wanted(self.document, self.order_ids, str(self.sizes.currentData()), which, self.prices.isChecked())
        self._block(tr("Drawing…"))
        if self.made is None:
            self.preview.show_words(tr("Drawing…"))
        title = tr("Drawing: {document}", document=term("document", self.document, language())) if len(self.order_ids) > 20 else ""
        facts = (language(), self.context.zone, self.context.now())
        self._task = self.context.runner.job(partial(_make, wanted, facts), title)
        self._task.then(self._take, self._fail, self._stopped)

    def _stopped(self) -> None:
        if self.made is None:
            self.preview.show_words(tr("Stopped"))
            self._block(tr("Nothing to print"))

    def _fail(self, error: Exception) -> None:
        self.made = None
        self.preview.show_words("")
        self._block(tr("Nothing to print"))
        self.refuse(error_words(error))

    def _block(self, words: str) -> None:
        self.set_verb(words, enabled=False)
        self.save_button.setEnabled(False)

    def _take(self, made: Made) -> None:
        if (made.wanted.document, made.wanted.which) != (self.document, self.which.value):
            return
        first = self.made is None
        self.made = made
        mixed = 0 < made.printed_before < made.given
        if first and mixed and made.wanted.which == ALL:
            # Some were printed before: propose the others; printing those again is one click away.
            self.which.show()
            self.which.choose(NEW)
            return
        self.which.setVisible(mixed)
        self._remark(made)
        result = made.result
        if not result.pages:
            self.preview.show_words(self._nothing())
            self._block(tr("Nothing to print"))
            return
        size = _sheet(made.wanted)
        self.preview.show_document(made.pdf, result.pages, *size)
        self.save_button.setEnabled(True)
        again = any(copy > 1 for copy in made.copies.values())
        pages = result.pages
        self.set_verb(trn("Reprint {n} page…", "Reprint {n} pages…", pages) if again else trn("Print {n} page…", "Print {n} pages…", pages))

    def _nothing(self) -> str:
        if self.document == PICK:
            return tr("None of these orders waits for shipment: nothing to pick.")
        return tr("There is no sheet to print; the reason stands at the left.")

    def _remark(self, made: Made) -> None:
        """What the person should know before it goes out: a line a kind, however many orders."""
        empty_layout(self.remarks)
        result = made.result
        self.remarks.addWidget(Fact(tr("Orders"), formats.count(result.orders)))
        self.remarks.addWidget(Fact(tr("Pages"), formats.count(result.pages)))
        again = sum(copy > 1 for copy in made.copies.values())
        if again:
            words = trn("{n} was printed before", "{n} were printed before", again)
            self.remarks.addWidget(Band("warn", words, tr("Their sheets will be marked as reprints."), icon="print"))
        by_code: dict[tuple[str, bool], list[str]] = {}
        for notice in result.refused:
            by_code.setdefault((notice.code, True), []).append(notice.number)
        for notice in result.notices:
            by_code.setdefault((notice.code, False), []).append(notice.number)
        for (code, refused), numbers in by_code.items():
            words = trn("{n} order has no sheet", "{n} orders have no sheet", len(numbers)) if refused else _few(numbers)
            more = term("document_notice", code, language()) + ("\n" + _few(numbers) if refused else "")
            self.remarks.addWidget(Band("bad" if refused else "warn", words, more))
        if result.missing:
            characters = "".join(sorted({character for one in result.missing for character in one.characters}))
            words = tr("No glyph for {characters}: printed as 〓", characters=characters)
            self.remarks.addWidget(Band("warn", words, _few([one.number for one in result.missing])))

    # ---- out it goes

    def submit(self) -> None:
        """Let the person choose the printer, print, and put it on record."""
        job = self._job()
        if job is not None:
            self.printer.choose(self, job, self._print)

    def _job(self) -> PrintJob | None:
        if self.made is None or not self.made.result.pages:
            return None
        return PrintJob(self._name(), self.made.pdf, self.made.result.pages, *_sheet(self.made.wanted))

    def _print(self, output: Output) -> None:
        job = self._job()
        if job is None:
            return
        self.set_busy(True)
        self.save_button.setEnabled(False)
        work = partial(_put, output, job)
        self.context.runner.job(work, tr("Printing {name}", name=job.title)).then(
            partial(self._record, self._printed), self._not_out, self._not_printed
        )

    def _choose_file(self) -> None:
        dialog = QFileDialog(self, tr("Save as PDF"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilters(["PDF (*.pdf)"])
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(f"{self._name()}.pdf")
        dialog.fileSelected.connect(lambda name: self.save(Path(name)))
        dialog.open()

    def save(self, path: Path) -> None:
        """Write the PDF to `path`: beside it first, put on record, then in its place."""
        if self.made is None:
            return
        self.set_busy(True)
        self.save_button.setEnabled(False)
        work = partial(_write, self.made.pdf, path)
        self.context.runner.job(work, tr("Saving {name}", name=path.name)).then(self._written, self._not_out, self._not_printed)

    def _written(self, files: tuple[Path, Path]) -> None:
        self._record(partial(self._saved, *files), None, discard=files[0])

    def _record(self, then: Callable[[], object], _value: Any, discard: Path | None = None) -> None:
        made = self.made
        if made is None or made.wanted.document not in RECORDED:
            then()
            return
        from services.commands.prints import MarkPrinted

        command = MarkPrinted(tuple(made.copies), RECORDED[made.wanted.document])
        self.context.runner.change(command).then(partial(self._recorded, then), partial(self._not_recorded, discard))

    def _recorded(self, then: Callable[[], object], outcome: Any) -> None:
        then()
        if self.made is not None and outcome.value != self.made.copies:
            self.context.notify(tr("Somebody printed the same orders meanwhile: look at the copy numbers."), "warn")

    def _not_recorded(self, discard: Path | None, error: Exception) -> None:
        if discard is not None:
            with contextlib.suppress(OSError):
                discard.unlink(missing_ok=True)
        self._not_out(error)

    def _printed(self) -> None:
        self.context.notify(tr("{name} was sent to the printer", name=self._name()))
        self.accept()

    def _saved(self, waiting: Path, path: Path) -> None:
        try:
            waiting.replace(path)
        except OSError as error:
            self._not_out(Environment("file_not_written", path=str(path), why=error.strerror or str(error)))
            return
        self.context.notify(
            tr("Saved as {name}", name=path.name), "ok", tr("Open"), lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
        )
        self.accept()

    def _not_printed(self) -> None:
        self.set_busy(False)
        self.save_button.setEnabled(True)

    def _not_out(self, error: Exception) -> None:
        self._not_printed()
        self.refuse(error_words(error))

    def _name(self) -> str:
        """`发货单 23 单 11-22 1400`: of the document, in the queue of the printer and as a file."""
        count = self.made.result.orders if self.made is not None else len(self.order_ids)
        document = term("document", self.document, language())
        at = f"{to_local(self.context.now(), self.context.zone):%m-%d %H%M}"
        return trn("{document} {n} order {at}", "{document} {n} orders {at}", count, document=document, at=at)


def _few(numbers: Sequence[str]) -> str:
    shown = (", " if language() == "en" else "、").join(formats.tail(number) for number in numbers[:MOST_NAMED])
    return shown + (" …" if len(numbers) > MOST_NAMED else "")


def _sheet(wanted: Wanted) -> tuple[float, float]:
    """Millimetres."""
    from services.documents.label_sizes import size_of

    size = size_of(wanted.size, wanted.document)
    return size.width, size.height


def _make(wanted: Wanted, facts: tuple[str, str, int], desk: Desk, progress: Progress) -> Made:
    """Off the UI thread: load, choose, draw. `facts`: language, zone, now."""
    from services import documents
    from services.queries.document_orders import LabelOrders, OrdersToPick, SlipOrders

    lang, zone, now = facts
    out = BytesIO()
    orders: Sequence[Any]
    if wanted.document == PICK:
        orders = desk.read(OrdersToPick(wanted.order_ids))
        if not orders:
            return Made(wanted, b"", documents.DocumentResult(0, 0, (), (), (), ()), {}, 0, 0)
        pick = documents.pick_list_of(orders, desk.shop.name, now)
        result = documents.render_pick_list(pick, wanted.size, lang, out, zone=zone, progress=progress)
        return Made(wanted, out.getvalue(), result, {order.order_id: 1 for order in orders}, len(orders), 0)
    orders = desk.read(SlipOrders(wanted.order_ids) if wanted.document == SLIP else LabelOrders(wanted.order_ids))
    given, before = len(orders), sum(order.copy > 1 for order in orders)
    if wanted.which == NEW:
        orders = [order for order in orders if order.copy == 1]
    if wanted.document == SLIP:
        result = documents.render_slips(orders, wanted.size, lang, out, prices=wanted.prices, zone=zone, progress=progress)
    else:
        result = documents.render_labels(orders, wanted.size, lang, out, progress=progress)
    refused = {notice.order_id for notice in result.refused}
    copies = {order.order_id: order.copy for order in orders if order.order_id not in refused}
    return Made(wanted, out.getvalue(), result, copies, given, before)


def _put(output: Output, job: PrintJob, _desk: Desk, progress: Progress) -> None:
    output.put(job, progress)


def _write(pdf: bytes, path: Path, _desk: Desk, _progress: Progress) -> tuple[Path, Path]:
    """Write beside the target; it is put in its place when it is on record."""
    try:
        handle, name = tempfile.mkstemp(prefix=".", suffix=".pdf", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(pdf)
        if os.name == "posix":
            Path(name).chmod(0o644)
    except OSError as error:
        raise Environment("file_not_written", path=str(path), why=error.strerror or str(error)) from error
    return Path(name), path
