"""Printing from the window: what is previewed goes to the printer or a file, and what went out is on record, once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import QMarginsF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop.context import AppContext
from desktop.printing import Output, PrintJob, SystemOutput
from desktop.views.print_dialog import ALL, LABEL, NEW, PICK, SLIP, PrintDialog
from desktop.views.widgets.labels import Label
from services.commands.prints import MarkPrinted
from services.desk import Desk
from services.errors import Environment
from services.progress import SILENT, Progress
from services.queries.document_orders import LabelOrders
from services.queries.order_card import OrderCard
from services.queries.order_rows import OrderIds, OrderRows
from tests.desktop import hands

TO_SHIP = "status:awaiting_shipment"


class FakePrinter:
    """Takes the pages, or says that it does not."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.jobs: list[PrintJob] = []
        self.fault = fault

    def choose(self, parent: QWidget, job: PrintJob, chosen: Callable[[Output], object]) -> None:
        chosen(self)

    def put(self, job: PrintJob, progress: Progress) -> None:
        if self.fault is not None:
            raise self.fault
        self.jobs.append(job)


@pytest.fixture
def printer() -> FakePrinter:
    return FakePrinter()


def opened(window: QWidget, context: AppContext, ids: list[int], document: str, printer: FakePrinter, qtbot: QtBot) -> PrintDialog:
    dialog = PrintDialog(window, context, ids, document, printer)
    dialog.open()
    qtbot.waitUntil(lambda: dialog.made is not None)
    return dialog


def new_ones(shop: Desk, count: int) -> list[int]:
    return list(shop.read(OrderIds(f"{TO_SHIP} printed:no blocker:none", "ship_by")))[:count]


def copies(shop: Desk, ids: list[int]) -> list[int]:
    return [row.slip_copies for row in shop.read(OrderRows(tuple(ids)))]


def text_of(pdf: bytes) -> str:
    with pypdfium2.PdfDocument(pdf) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def test_slips_are_printed_as_previewed_and_put_on_record(
    window: QWidget, demo_context: AppContext, shop: Desk, printer: FakePrinter, qtbot: QtBot
) -> None:
    ids = new_ones(shop, 3)
    dialog = opened(window, demo_context, ids, SLIP, printer, qtbot)
    assert dialog.preview.pages == 3
    assert dialog.preview.paper.picture is not None
    assert dialog.verb_button.text() == "打印 3 张…"
    assert copies(shop, ids) == [0, 0, 0], "looking prints nothing"
    hands.click(dialog.verb_button)
    (job,) = printer.jobs
    assert (job.pages, job.width, job.height) == (3, 148, 210)
    assert "补打" not in text_of(job.pdf)
    assert copies(shop, ids) == [1, 1, 1]
    assert [one.document for one in shop.read(OrderCard(ids[0])).prints] == ["slip"]
    assert not dialog.isVisible()


def test_printing_again_asks_and_marks_the_sheet(
    window: QWidget, demo_context: AppContext, shop: Desk, printer: FakePrinter, qtbot: QtBot
) -> None:
    old, new = new_ones(shop, 2)
    shop.perform(MarkPrinted((old,), "slip"))
    dialog = opened(window, demo_context, [old, new], SLIP, printer, qtbot)
    assert dialog.which.value == NEW, "those never printed are proposed"
    assert dialog.verb_button.text() == "打印 1 张…"
    assert dialog.made is not None
    assert "补打" not in text_of(dialog.made.pdf)
    dialog.which.choose(ALL)
    assert dialog.verb_button.text() == "补打 2 张…"
    assert "1 单以前打印过" in "\n".join(label.text() for label in dialog.findChildren(Label))
    hands.press(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert "补打 第2次" in text_of(printer.jobs[0].pdf)
    assert copies(shop, [old, new]) == [2, 1]


def test_all_printed_before_says_so_at_once(
    window: QWidget, demo_context: AppContext, shop: Desk, printer: FakePrinter, qtbot: QtBot
) -> None:
    ids = new_ones(shop, 2)
    shop.perform(MarkPrinted(tuple(ids), "slip"))
    dialog = opened(window, demo_context, ids, SLIP, printer, qtbot)
    assert dialog.verb_button.text() == "补打 2 张…"
    hands.press(dialog, Qt.Key.Key_Escape)
    assert copies(shop, ids) == [1, 1]


def test_a_printer_that_refuses_leaves_nothing_on_record(window: QWidget, demo_context: AppContext, shop: Desk, qtbot: QtBot) -> None:
    ids = new_ones(shop, 2)
    dialog = opened(window, demo_context, ids, SLIP, FakePrinter(Environment("printer_refused", printer="得力")), qtbot)
    hands.click(dialog.verb_button)
    assert dialog.isVisible()
    assert "没有记成已打印" in "\n".join(label.text() for label in dialog.findChildren(Label))
    assert copies(shop, ids) == [0, 0]
    assert dialog.verb_button.isEnabled()


def test_saving_writes_the_file_and_puts_it_on_record(
    window: QWidget, demo_context: AppContext, shop: Desk, printer: FakePrinter, qtbot: QtBot, tmp_path: Path
) -> None:
    ids = new_ones(shop, 2)
    dialog = opened(window, demo_context, ids, SLIP, printer, qtbot)
    number = shop.read(OrderRows(tuple(ids)))[0].number
    dialog.save(tmp_path / "发货单.pdf")
    assert number in text_of((tmp_path / "发货单.pdf").read_bytes()).replace(" ", "").replace("\r\n", "")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".pdf" or path.name.startswith(".")] == ["发货单.pdf"]
    assert copies(shop, ids) == [1, 1]
    assert not dialog.isVisible()


def test_a_place_that_cant_be_written_leaves_nothing_on_record(
    window: QWidget, demo_context: AppContext, shop: Desk, printer: FakePrinter, qtbot: QtBot, tmp_path: Path
) -> None:
    ids = new_ones(shop, 1)
    dialog = opened(window, demo_context, ids, SLIP, printer, qtbot)
    dialog.save(tmp_path / "nowhere" / "slips.pdf")
    assert dialog.isVisible()
    assert copies(shop, ids) == [0]


def test_labels_leave_out_masked_orders_and_say_which(
    window: QWidget, demo_context: AppContext, shop: Desk, printer: FakePrinter, qtbot: QtBot
) -> None:
    ids = list(shop.read(OrderIds(TO_SHIP, "ship_by")))[:12]
    masked = [order.order_id for order in shop.read(LabelOrders(tuple(ids))) if order.masked]
    assert masked
    dialog = opened(window, demo_context, ids, LABEL, printer, qtbot)
    dialog.which.choose(ALL)
    assert dialog.made is not None
    assert not set(masked) & set(dialog.made.copies)
    words = "\n".join(label.text() for label in dialog.findChildren(Label))
    assert "单没有生成" in words
    assert "被平台隐藏" in words
    hands.click(dialog.verb_button)
    assert {row.id for row in shop.read(OrderRows(tuple(ids))) if row.label_copies} >= set(dialog.made.copies)
    assert not any(row.label_copies for row in shop.read(OrderRows(tuple(masked))))


def test_a_pick_list_sums_the_goods_and_is_nobodys_copy(
    window: QWidget, demo_context: AppContext, shop: Desk, printer: FakePrinter, qtbot: QtBot
) -> None:
    ids = new_ones(shop, 6)
    dialog = opened(window, demo_context, ids, PICK, printer, qtbot)
    assert not dialog.prices.isVisible()
    hands.click(dialog.verb_button)
    assert "拣货单" in text_of(printer.jobs[0].pdf)
    assert copies(shop, ids) == [0] * 6


def test_nothing_to_pick_is_said(window: QWidget, demo_context: AppContext, shop: Desk, printer: FakePrinter, qtbot: QtBot) -> None:
    ids = list(shop.read(OrderIds("status:completed")))[:2]
    dialog = opened(window, demo_context, ids, PICK, printer, qtbot)
    assert "没有要拣的商品" in dialog.preview.paper.words
    assert not dialog.verb_button.isEnabled()
    assert not dialog.save_button.isEnabled()


def test_another_document_sheet_or_price_draws_anew(
    window: QWidget, demo_context: AppContext, shop: Desk, printer: FakePrinter, qtbot: QtBot
) -> None:
    ids = new_ones(shop, 2)
    dialog = opened(window, demo_context, ids, SLIP, printer, qtbot)
    assert dialog.made is not None
    assert "¥" not in text_of(dialog.made.pdf)
    hands.click(dialog.prices)
    assert "¥" in text_of(dialog.made.pdf)
    dialog.sizes.choose("100x150")
    assert dialog.made.wanted.size == "100x150"
    dialog.kinds.choose(LABEL)
    assert dialog.made.wanted.document == LABEL
    dialog.kinds.choose(SLIP)
    assert dialog.made.wanted.size == "100x150", "the sheet chosen last is remembered"


def test_pages_turn_by_key(window: QWidget, demo_context: AppContext, shop: Desk, printer: FakePrinter, qtbot: QtBot) -> None:
    dialog = opened(window, demo_context, new_ones(shop, 3), SLIP, printer, qtbot)
    assert dialog.preview.place.text() == "第 1 页，共 3 页"
    hands.press(dialog.preview.paper, Qt.Key.Key_Right)
    hands.press(dialog.preview.paper, Qt.Key.Key_PageDown)
    assert dialog.preview.place.text() == "第 3 页，共 3 页"
    assert not dialog.preview.forth.isEnabled()
    hands.press(dialog.preview.paper, Qt.Key.Key_Left)
    assert dialog.preview.page == 2
    whole = dialog.preview.paper.dpi()
    hands.click(dialog.preview.larger)
    qtbot.waitUntil(lambda: dialog.preview.paper.dpi() > 1.9 * whole)
    picture = dialog.preview.paper.picture
    assert picture is not None
    assert picture.width() == pytest.approx(dialog.preview.paper.area().width(), abs=2), "drawn anew, not blown up"
    hands.click(dialog.preview.larger)
    qtbot.waitUntil(lambda: dialog.preview.paper.dpi() == pytest.approx(whole))


def test_the_system_printer_gets_every_page_in_its_real_size(
    window: QWidget, demo_context: AppContext, shop: Desk, printer: FakePrinter, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(window, demo_context, new_ones(shop, 2), SLIP, printer, qtbot)
    hands.click(dialog.verb_button)
    (job,) = printer.jobs
    real = QPrinter()
    real.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    real.setOutputFileName(str(tmp_path / "out.pdf"))
    real.setResolution(203)
    size = QPageSize(QSizeF(job.width, job.height), QPageSize.Unit.Millimeter)
    real.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, QMarginsF()))
    real.setFullPage(True)
    SystemOutput(real).put(job, SILENT)
    with pypdfium2.PdfDocument((tmp_path / "out.pdf").read_bytes()) as out, pypdfium2.PdfDocument(job.pdf) as given:
        assert len(out) == 2
        assert [round(side) for side in out[0].get_size()] == pytest.approx([round(side) for side in given[0].get_size()], abs=2)
        dark = [page.render(scale=1, grayscale=True).to_numpy() < 128 for page in (out[0], given[0])]
        height, width = (min(one.shape[axis] for one in dark) for axis in (0, 1))
        ink = [one[:height, :width] for one in dark]
        assert ink[0].any()
        rows = [one.any(axis=1).nonzero()[0] for one in ink]
        assert abs(int(rows[0][0]) - int(rows[1][0])) <= 2, "the first ink stands where it stood"
        assert abs(int(rows[0][-1]) - int(rows[1][-1])) <= 2
