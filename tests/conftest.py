"""What every test stands on: a Qt without a screen, one font, one locale, a frozen clock, a shop in a temporary folder."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

# Before anything makes a QApplication. The machine's zone is not the shop's, so that a local time taken by mistake shows.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ["LC_ALL"] = os.environ["LANG"] = "C.UTF-8"
os.environ["TZ"] = "UTC"
if hasattr(time, "tzset"):
    time.tzset()

import hypothesis
import pytest

from tests.frozen import FrozenClock

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from services.desk import Desk

ROOT = Path(__file__).resolve().parent.parent

# The same examples in every run of the gate; the long run looks further.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.register_profile("long", deadline=None, max_examples=2_000)


def pytest_configure(config: pytest.Config) -> None:
    long_run = config.getoption("markexpr", "") == "long"
    hypothesis.settings.load_profile("long" if long_run else "house")


@pytest.fixture(scope="session", autouse=True)
def _own_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No test reads or writes the folders of the person who runs it."""
    home = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "APPDATA", "LOCALAPPDATA"):
            patch.setenv(name, str(home / name.lower()))
        yield


@pytest.fixture(scope="session")
def qapp(qapp: QApplication) -> QApplication:
    """The application with the bundled font, the Fusion style, the light scheme and Chinese, whatever the machine has."""
    from PySide6.QtCore import QLocale, Qt
    from PySide6.QtGui import QFont, QFontDatabase

    from services.fonts import font_file

    font = font_file()
    assert QFontDatabase.addApplicationFont(str(font.path)) != -1, f"Qt can't read {font.path}"
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    qapp.setStyle("Fusion")
    qapp.styleHints().setColorScheme(Qt.ColorScheme.Light)
    qapp.setFont(QFont(font.family, 10))
    return qapp


@pytest.fixture
def frozen_clock() -> FrozenClock:
    """2026-11-22 14:00 in the shop's zone."""
    return FrozenClock()


@pytest.fixture
def desk(tmp_path: Path, frozen_clock: FrozenClock) -> Iterator[Desk]:
    """The Desk of a new, empty shop: a real SQLite file."""
    from services.desk import Desk

    opened = Desk.open(tmp_path / "shop", clock=frozen_clock, actor="owner")
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def reference() -> Path:
    """Folder of the reference data, which are not part of the repository."""
    folder = Path(os.environ.get("ZHANGGUI_REFERENCE", ROOT.parent / "shared" / "data"))
    if not (folder / "exports").is_dir():
        pytest.skip(f"no reference data in {folder} (set ZHANGGUI_REFERENCE)")
    return folder
