"""A merchant's day without a window: `bootstrap.py run` calls this where there is no display.

Makes the demo shop, imports the sample export, receives goods, prints pick list, slips and labels, ships ten orders,
records a refund, exports, and takes a picture of every page into FOLDER. Every step is the installed command, and what it
answers is checked; the first and the last are processes of their own, the others share one, which saves a second each.
The last line on stdout is one JSON object {ok, folder, files, steps}, with `problem` where something failed; the exit
status is 0 only if every step succeeded and every file is there and not empty.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TO_SHIP = 10
SHOP_NAME = "山月茶铺"
"""The demo's; a new shop is called what its folder is called."""
PATIENCE = 300
"""Seconds after which a step is given up."""


class StepFailed(Exception):
    """A step ended in another way than it should."""


class Day:
    """Runs `zhanggui` commands on one shop and keeps the list of what was made."""

    def __init__(self, folder: Path, shop: Path, lang: str) -> None:
        self.folder = folder
        self.shop = shop
        self.lang = lang
        self.files: list[Path] = []
        self.steps: list[dict[str, Any]] = []

    def command(self, *words: str) -> dict[str, Any]:
        """Run one command with --json and return its object. Raises StepFailed for any exit status but 0."""
        from desktop.__main__ import main

        out, err = io.StringIO(), io.StringIO()
        began = time.monotonic()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main([*self._common(), *words])
        return self._take(words, time.monotonic() - began, status, out.getvalue(), err.getvalue())

    def process(self, *words: str) -> dict[str, Any]:
        """The same in a process of its own."""
        began = time.monotonic()
        line = [sys.executable, "-m", "desktop", *self._common(), *words]
        try:
            done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            raise StepFailed(f"{words[0]}: not done after {PATIENCE} s") from None
        return self._take(words, time.monotonic() - began, done.returncode, done.stdout, done.stderr)

    def _common(self) -> tuple[str, ...]:
        return ("--shop", str(self.shop), "--lang", self.lang, "--json")

    def _take(self, words: Sequence[str], seconds: float, status: int, out: str, err: str) -> dict[str, Any]:
        print(f"  {words[0]:12} {seconds:6.2f} s", file=sys.stderr, flush=True)
        self.steps.append({"step": words[0], "seconds": round(seconds, 2)})
        if status != 0:
            raise StepFailed(f"{' '.join(words)}: exit {status}: {err.strip() or out.strip()}")
        answer: dict[str, Any] = json.loads(out)
        return answer

    def document(self, name: str, *words: str) -> None:
        """A command that writes FOLDER/name, which must be there and hold something."""
        path = self.folder / name
        self.command(*words, "--out", str(path))
        self.keep(path)

    def keep(self, path: Path) -> None:
        if not path.is_file() or path.stat().st_size == 0:
            raise StepFailed(f"{path} was not written")
        self.files.append(path)

    def live(self, orders: int, *, pictures: bool) -> None:
        """The day, step by step."""
        self.process("demo", "--orders", str(orders))
        waiting = f"status:awaiting_shipment import:{self._import()}"
        self._receive(self.command("orders", waiting)["orders"])
        free = [order for order in self.command("orders", waiting)["orders"] if not order["blockers"]]
        expect(len(free) >= TO_SHIP, f"only {len(free)} of the sample's orders can be shipped, {TO_SHIP} are needed")
        chosen = free[:TO_SHIP]
        numbers = [order["number"] for order in chosen]
        search = " OR ".join(f"number:{number}" for number in numbers)
        self.document("picklist.pdf", "picklist", search)
        self.document("slips.pdf", "slips", search, "--size", "a5")
        self.document("labels.pdf", "labels", search, "--size", "100x150")
        self._ship(chosen)
        self._refund(numbers[0])
        self.document("orders.xlsx", "export", "status:shipped")
        if pictures:
            self._pictures()
        expect(self.process("verify")["ok"], "verify found a fault")

    def _import(self) -> str:
        """The sample export of the platform, as it would be today; gives the batch of its order list."""
        with tempfile.TemporaryDirectory() as scratch:
            orders, goods = sample_export(Path(scratch))
            came = self.command("import", str(orders))
            lines = self.command("import", str(goods))
        expect(came["orders_new"] > 0 and not came["rejected"], "the sample's orders did not come in")
        expect(lines["lines"] > 0 and not lines["rejected"], "the sample's goods did not come in")
        return str(came["batch"])

    def _receive(self, orders: Sequence[dict[str, Any]]) -> None:
        """Goods come in for what the orders are short of, and of the one that they want most in any case."""
        wanted = Counter[str]()
        short = set[str]()
        for order in orders:
            for line in order["lines"]:
                wanted[line["code"]] += line["quantity"]
                if "shortage" in order["blockers"]:
                    short.add(line["code"])
        for code in sorted(short | {code for code, _units in wanted.most_common(1)}):
            before = self._on_hand(code)
            self.command("receive", code, str(wanted[code]), "--note", "补货")
            expect(self._on_hand(code) == before + wanted[code], f"{code}: what came in is not on hand")

    def _on_hand(self, code: str) -> int:
        return sum(sku["on_hand"] for sku in self.command("stock", code)["skus"] if sku["sku"] == code)

    def _ship(self, orders: Sequence[dict[str, Any]]) -> None:
        """Each in its own parcel; the units must leave the stock, once."""
        units = Counter[str]()
        for order in orders:
            for line in order["lines"]:
                units[line["code"]] += line["quantity"]
        code = units.most_common(1)[0][0]
        before = self._on_hand(code)
        stamp = int(time.time()) % 10**7
        for place, order in enumerate(orders):
            told = self.command("ship", order["number"], "--carrier", "SF", "--tracking", f"SF{stamp:07d}{place:06d}")
            expect(len(told["shipped"]) == 1, f"{order['number']} was not shipped")
        expect(self._on_hand(code) == before - units[code], f"{code}: what was shipped did not leave the stock once")
        search = " OR ".join(f"number:{order['number']}" for order in orders)
        found = self.command("orders", f"status:shipped ({search})")["count"]
        expect(found == len(orders), f"{found} of {len(orders)} orders are shipped")

    def _refund(self, number: str) -> None:
        why = "包装破损，补偿买家"
        self.command("refund", number, "--kind", "refund_only", "--amount", "1.00", "--reason", why, "--fault", "carrier")
        told = self.command("audit", "--order", number)
        expect(any(entry["entity"] == "after_sale" for entry in told["entries"]), f"the refund of {number} is not on record")

    def _pictures(self) -> None:
        folder = self.folder / "screenshots"
        made = self.process("screenshots", "--out", str(folder))
        for name in made["files"]:
            self.keep(folder / Path(name).name)


def expect(true: bool, problem: str) -> None:
    """Raise StepFailed(problem) unless it is true."""
    if not true:
        raise StepFailed(problem)


def sample_export(folder: Path) -> tuple[Path, Path]:
    """An order list and a goods list as the platform would export them at this moment."""
    from services.demo.sample_export import write_sample_export

    return write_sample_export(folder, time.time_ns() // 1_000_000)


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    parser.add_argument("--orders", type=int, default=600, help="orders of the demo shop")
    parser.add_argument("--no-pictures", action="store_true", help="leave out the screenshots")
    chosen = parser.parse_args(argv)
    folder: Path = chosen.folder.resolve()
    began = time.monotonic()
    # A shop of its own, thrown away afterwards: no day meddles with the shop of whoever runs it.
    with tempfile.TemporaryDirectory(prefix="zhanggui-shop-") as shop:
        day = Day(folder, Path(shop) / SHOP_NAME, chosen.lang)
        problem = ""
        try:
            os.environ["QT_QPA_PLATFORM"] = "offscreen"
            folder.mkdir(parents=True, exist_ok=True)
            day.live(chosen.orders, pictures=not chosen.no_pictures)
        except StepFailed as error:
            problem = str(error)
        except Exception as error:  # noqa: BLE001 (whatever it was, the last line says so)
            problem = f"{type(error).__name__}: {error}"
    if problem:
        print(problem, file=sys.stderr)
    else:
        print(f"The day is done in {time.monotonic() - began:.0f} s: {len(day.files)} files in {folder}", file=sys.stderr)
    answer = {"ok": not problem, "folder": str(folder), "files": [str(path) for path in day.files], "steps": day.steps}
    print(json.dumps(answer | ({"problem": problem} if problem else {}), ensure_ascii=False))
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
