"""Which shop is opened: the merchant's own, the demo shop beside it, or any other folder. The demo shop fills itself when it is first opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop.prefs import Prefs
    from services.desk import Desk

DEMO_ORDERS = 600
FILE_NAME = "shop.sqlite"


def data_folder() -> Path:
    """Zhanggui's folder among the user's data."""
    import platformdirs

    return platformdirs.user_data_path("zhanggui", appauthor=False)


def default_shop() -> Path:
    """The merchant's own shop, unless another folder was chosen."""
    return data_folder() / "shop"


def demo_shop() -> Path:
    """Never mixed with the merchant's own orders: a folder of its own."""
    return data_folder() / "demo"


def is_demo(folder: Path) -> bool:
    return folder == demo_shop()


def own_shop(prefs: Prefs) -> Path:
    """The merchant's own shop of last time."""
    kept = prefs.text("own_shop")
    return Path(kept) if kept else default_shop()


def first_shop(prefs: Prefs, demo: bool) -> Path:
    """The shop of last time; at the very first start the demo shop if `demo` is wanted, else an empty one."""
    if prefs.last_shop:
        return Path(prefs.last_shop)
    if demo and not (default_shop() / FILE_NAME).exists():
        return demo_shop()
    return default_shop()


def open_desk(folder: Path) -> Desk:
    """Open a shop; called in the lane, which so pays for importing the services. Raises what Desk.open raises."""
    from services.desk import Desk

    if not is_demo(folder):
        return Desk.open(folder)
    from services.commands.demo import DEMO_NAME, FillDemo
    from services.queries.counts import StatusCounts

    desk = Desk.open(folder, name=DEMO_NAME)
    try:
        if desk.read(StatusCounts()).total == 0:
            desk.perform(FillDemo(DEMO_ORDERS), actor="system")
    except BaseException:
        desk.close()
        raise
    return desk
