"""States of the search box for the screenshots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from desktop.i18n import language

if TYPE_CHECKING:
    from desktop.views.widgets.filter_bar import FilterBar


def search_pictures(bar: FilterBar) -> Sequence[tuple[str, Callable[[], QWidget | None]]]:
    """Chips, what is offered, searches of late, the builder on a search and the help."""
    return (
        ("filters", partial(_chips, bar)),
        ("offers", partial(_offers, bar)),
        ("history", partial(_history, bar)),
        ("builder", partial(_builder, bar)),
        ("search-help", partial(_help, bar)),
    )


def _chips(bar: FilterBar) -> None:
    bar.set_text("paid_at:7d paid>=50 -goods:定制")
    bar.field.setFocus()


def _offers(bar: FilterBar) -> None:
    bar.set_text("status:awaiting_shipment")
    bar.field.setFocus()
    bar.field.insert("付" if language() == "zh" else "pa")
    bar.show_offers()


def _history(bar: FilterBar) -> None:
    past = bar.history()
    if past is None:
        return
    kept = past.all()
    past.put(["加急 OR 贺卡", "paid_at:7d paid>=100.00", "province:浙江 flag:1"])
    bar.clear()
    bar.show_history()
    past.put(kept)


def _builder(bar: FilterBar) -> QWidget:
    bar.set_text("paid_at:30d paid>=50 (province:浙江 OR province:江苏) flag:0,1,2")
    return bar.open_builder()


def _help(bar: FilterBar) -> QWidget:
    bar.clear()
    return bar.open_help()
