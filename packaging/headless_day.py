"""A merchant's day without a window: `bootstrap.py run` calls this where there is no display.

Makes the demo shop, imports the sample export, receives goods, ships ten orders, records a refund, writes slips, pick
list, labels and a picture of every page into FOLDER. Every step is the installed command itself. The last line on
stdout is one JSON object {ok, folder, files, steps}; the exit status is 0 only if every step succeeded and every file
is there and not empty.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TO_SHIP = 10


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

    def command(self, *words: str, expect: int = 0) -> dict[str, Any]:
        """Run one command with --json and return its object; raises StepFailed for any other exit status."""
        began = time.monotonic()
        line = [sys.executable, "-m", "desktop", "--shop", str(self.shop), "--lang", self.lang, "--json", *words]
        done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
        seconds = round(time.monotonic() - began, 2)
        print(f"  {words[0]:12} {seconds:6.2f} s  exit {done.returncode}", file=sys.stderr)
        self.steps.append({"step": " ".join(words[:2]), "seconds": seconds, "exit": done.returncode})
        if done.returncode != expect:
            raise StepFailed(f"{' '.join(words)}: exit {done.returncode}: {done.stderr.strip() or done.stdout.strip()}")
        answer: dict[str, Any] = json.loads(done.stdout)
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

    def live(self) -> None:
        """The day, step by step."""
        self.command("demo")
        with tempfile.TemporaryDirectory() as scratch:
            orders_file, goods_file = sample_export(Path(scratch))
            came = self.command("import", str(orders_file))
            self.command("import", str(goods_file))
        if not came["orders_new"]:
            raise StepFailed("the sample export brought no new order")
        numbers = self._make_shippable(f"import:{came['batch']}")
        for place, number in enumerate(numbers):
            self.command("ship", number, "--carrier", "SF", "--tracking", f"SF{int(time.time()) % 10**7:07d}{place:06d}")
        self.command(
            "refund", numbers[0], "--kind", "refund_only", "--amount", "1.00", "--reason", "包装破损，补偿买家", "--fault", "carrier"
        )
        chosen = " OR ".join(f"number:{number}" for number in numbers)
        self.document("slips.pdf", "slips", chosen, "--size", "a5")
        self.document("picklist.pdf", "picklist", "status:awaiting_shipment")
        self.document("labels.pdf", "labels", chosen, "--size", "100x150")
        self.document("orders.xlsx", "export", "status:shipped")
        made = self.command("screenshots", "--out", str(self.folder / "screenshots"))
        for name in made["files"]:
            self.keep(self.folder / "screenshots" / Path(name).name)
        if not self.command("verify")["ok"]:
            raise StepFailed("verify found a fault")

    def _make_shippable(self, search: str) -> list[str]:
        """Numbers of ten orders that nothing blocks, after receiving what they are short of."""
        waiting = f"status:awaiting_shipment {search}"
        for order in self.command("orders", waiting)["orders"]:
            if "shortage" in order["blockers"]:
                for line in order["lines"]:
                    if line["code"]:
                        self.command("receive", line["code"], str(line["quantity"]), "--title", line["title"])
        free = [order["number"] for order in self.command("orders", waiting)["orders"] if not order["blockers"]]
        if len(free) < TO_SHIP:
            raise StepFailed(f"only {len(free)} of the sample's orders can be shipped, {TO_SHIP} are needed")
        return free[:TO_SHIP]


def sample_export(folder: Path) -> tuple[Path, Path]:
    """An order list and a goods list as the platform would export them today."""
    from services.demo.sample_export import write_sample_export

    return write_sample_export(folder, time.time_ns() // 1_000_000)


def main(argv: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", choices=("zh", "en"), default="zh")
    chosen = parser.parse_args(argv)
    folder: Path = chosen.folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory(prefix="zhanggui-shop-") as shop:
        day = Day(folder, Path(shop) / "shop", chosen.lang)
        problem = ""
        try:
            day.live()
        except StepFailed as error:
            problem = str(error)
            print(problem, file=sys.stderr)
    answer = {"ok": not problem, "folder": str(folder), "files": [str(path) for path in day.files], "steps": day.steps}
    print(json.dumps(answer | ({"problem": problem} if problem else {}), ensure_ascii=False))
    return 1 if problem else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
