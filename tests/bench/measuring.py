"""How the benches measure: ratios to a floor in the same run, CPU time, medians; and the big shop that they share.

ZHANGGUI_BENCH_ORDERS (100,000) is its size; it is built once and kept in the machine's temporary folder. ZHANGGUI_BENCH_SHOP is the folder
of a shop that is there already (`zhanggui --shop DIR demo --orders 1000000`), taken in its place.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from services.commands.demo import fill_demo
from services.db.dialect import READER_PRAGMAS
from services.db.engine import FILE_NAME
from services.desk import Desk

ROOT = Path(__file__).resolve().parents[2]
SHOP = Path(given) if (given := os.environ.get("ZHANGGUI_BENCH_SHOP")) else None


def _size() -> int:
    """How many orders the big shop holds: those of a shop that is there already, or so many as are asked for."""
    if SHOP is None:
        return int(os.environ.get("ZHANGGUI_BENCH_ORDERS", "100000"))
    with closing(sqlite3.connect(f"{(SHOP / FILE_NAME).resolve().as_uri()}?mode=ro", uri=True)) as raw:
        return int(raw.execute("SELECT sum(orders) FROM order_count").fetchone()[0])


ORDERS = _size()
# What a kept shop hangs on: another story, schema or index is another shop.
_MADE_BY = (
    "services/demo/*.py",
    "services/db/schema/*.py",
    "services/db/derived.py",
    "services/search/grams.py",
    "services/commands/demo.py",
)


def big_shop(orders: int = ORDERS) -> Path:
    """Folder of a demo shop of so many orders; read it, never write to it."""
    if SHOP is not None and orders == ORDERS:
        return SHOP
    digest = hashlib.sha256()
    for pattern in _MADE_BY:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.read_bytes())
    folder = Path(tempfile.gettempdir()) / f"zhanggui-bench-{orders}-{digest.hexdigest()[:12]}"
    if not (folder / FILE_NAME).exists():
        half = folder.with_name(f"{folder.name}.{os.getpid()}")
        began = time.process_time()
        with Desk.open(half) as desk:
            made = fill_demo(desk, orders)
        print(f"\ndemo shop of {made.orders:,} orders, {made.lines:,} lines: {time.process_time() - began:.0f} s CPU, {made.seconds:.0f} s")
        shutil.rmtree(folder, ignore_errors=True)
        half.rename(folder)
    return folder


def small_shop() -> Path:
    """A shop a hundredth as big: what costs the same there does not grow."""
    return big_shop(max(1_000, ORDERS // 100))


@contextmanager
def own_copy(folder: Path) -> Iterator[Path]:
    """A copy that may be written to, for as long as it is needed: gigabytes."""
    with tempfile.TemporaryDirectory(prefix="zhanggui-bench-copy-") as to:
        shutil.copyfile(folder / FILE_NAME, Path(to) / FILE_NAME)
        yield Path(to)


def raw_reader(folder: Path) -> sqlite3.Connection:
    """A bare sqlite3 connection with the pragmas that our readers have."""
    raw = sqlite3.connect(f"{(folder / FILE_NAME).resolve().as_uri()}?mode=ro", uri=True, isolation_level=None, cached_statements=512)
    for pragma in READER_PRAGMAS:
        raw.execute(pragma)
    return raw


def cpu(work: Callable[[], object], times: int = 1) -> float:
    """CPU seconds of one `work()`, as the mean of `times` in a row."""
    began = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - began) / times


def medians(*works: Callable[[], object], rounds: int = 7, least: float = 0.02) -> list[float]:
    """Median CPU seconds of each, warm, taken in turns; what is short is repeated until it takes `least` seconds."""
    times = [max(1, round(least / max(cpu(work), 1e-6))) if cpu(work) < least else 1 for work in works]
    found: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for place, work in enumerate(works):
            found[place].append(cpu(work, times[place]))
    return [statistics.median(one) for one in found]


def tell(name: str, ours: float, floor: float, must: str) -> None:
    """One line: the ratio and what it is made of."""
    print(f"{name:58} {ours / floor:6.2f}x  ({_time(ours)} / {_time(floor)}; must {must})", flush=True)


def _time(seconds: float) -> str:
    return f"{seconds * 1000:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


def child_environment(scratch: Path) -> dict[str, str]:
    """For child processes: bytecode is kept as on a merchant's machine, settings and shops are nobody's."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(scratch / "bytecode"), "QT_QPA_PLATFORM": "offscreen"}
    return env | {name: str(scratch / name.lower()) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME")}


PYTHON = sys.executable
