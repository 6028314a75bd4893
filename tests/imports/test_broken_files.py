"""Broken files of every kind through the real command: it says in words why, or takes in what can be read; the shop stays whole.

Exit 0 or 1, never a bug's report or a traceback; on 1 not a byte of the shop is another; parent and reader together stay below 500 MB.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from services.cli import main
from services.commands.imports import import_file
from services.desk import Desk
from services.errors import BadInput
from services.imports.parse import parse_file
from services.queries.verify import Verify
from services.words import say
from tests.frozen import FrozenClock
from tests.imports import broken
from tests.imports.sample import order_row, write
from tests.reference.exports import EXPORTS

CASES = 2_000
SAMPLE = 40
MOST_MEMORY = 500_000_000
A_COMMAND = 90_000_000
"""What a command holds before it reads a file."""


class Memory:
    """What this process and the readers that it starts take at most, as Linux counts it; elsewhere nothing is known (0)."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.reader = self._held = 0
        self._pids: set[int] = set()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        started = subprocess.Popen

        def noted(*args: Any, **kwargs: Any) -> Any:
            made = started(*args, **kwargs)
            self._pids.add(made.pid)
            return made

        monkeypatch.setattr(subprocess, "Popen", noted)
        self._thread.start()

    def begin(self) -> None:
        self.reader = 0
        self._pids.clear()
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        self._held = _high_water("self")

    def most(self) -> int:
        """What a command of its own would have come to: the tests before this one have filled the process."""
        return _high_water("self") - self._held + A_COMMAND + self.reader

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.004):
            for pid in tuple(self._pids):
                self.reader = max(self.reader, _high_water(str(pid)))


def _high_water(process: str) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1_000
    return 0


@dataclass
class Told:
    """What became of the cases."""

    ends: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    most: tuple[int, str] = (0, "")


def _digest(folder: Path) -> str:
    with Desk.open(folder, clock=FrozenClock()) as desk:
        return str(desk.read(Verify(digest=True)).digest)


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A shop that knows some of the orders already, so that what is broken also meets the merging."""
    folder = tmp_path_factory.mktemp("made") / "shop"
    numbers = [row[0] for row in broken.grids()["orders"][1:]]
    with Desk.open(folder, clock=FrozenClock()) as desk:
        import_file(desk, write(folder.parent / "a.csv", [order_row(number, 总金额="88.00") for number in numbers[::2]]))
    return folder


@pytest.fixture
def memory(monkeypatch: pytest.MonkeyPatch) -> Iterator[Memory]:
    found = Memory(monkeypatch)
    yield found
    found.end()


def _words(code: int, out: str, err: str, name: str) -> str:
    """What is wrong with an answer; empty if it is right."""
    if code not in {0, 1}:
        return f"exit {code}"
    if "Traceback" in out + err:
        return err[-400:]
    told = json.loads(out)
    if code == 0:
        return "" if told["rows"] >= 0 else out[:200]
    if told["error"]["code"] == "bug":
        return f"bug {told['error']['facts']}"
    words = told["error"]["message"]
    return "" if name in words and words != told["error"]["code"] and words[:12] in err else f"no words: {err[:200]}"


def _run(numbers: range, shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], memory: Memory) -> Told:
    more = sorted(path for path in EXPORTS.glob("*.*") if path.suffix in {".csv", ".xlsx", ".xls"}) if EXPORTS.is_dir() else []
    told = Told()
    folder = tmp_path / "shop"
    shutil.copytree(shop, folder)
    before = _digest(folder)
    for number in numbers:
        path = broken.make(tmp_path, number, more)
        words = ["--shop", str(folder), "--lang", ("zh", "en")[number % 2], "import", str(path), "--json"]
        if number % 5 == 0:
            words.append("--dry-run")
        capsys.readouterr()
        memory.begin()
        code = main(words)
        most = memory.most()
        answer = capsys.readouterr()
        what = f"{number} {path.suffix}"
        wrong = _words(code, answer.out, answer.err, path.name)
        if not wrong and (code == 1 or number % 5 == 0) and _digest(folder) != before:
            wrong = "the shop is another"
        if most > MOST_MEMORY:
            wrong = f"{wrong} {most / 1e6:.0f} MB".strip()
        if wrong:
            told.wrong.append(f"{what}: {wrong}")
            with capsys.disabled():
                print(told.wrong[-1], flush=True)
        told.most = max(told.most, (most, what))
        told.ends["in" if code == 0 else json.loads(answer.out)["error"]["code"]] += 1
        if (code == 0 and number % 5) or wrong:
            shutil.rmtree(folder)
            shutil.copytree(shop, folder)
        path.unlink()
    return told


def test_broken_files_are_told_in_words(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], memory: Memory) -> None:
    told = _run(range(SAMPLE), shop, tmp_path, capsys, memory)
    assert told.wrong == []
    assert sum(told.ends.values()) == SAMPLE
    assert len(told.ends) > 6, told.ends


def test_the_command_itself_says_it(shop: Path, tmp_path: Path) -> None:
    """By its own process: nothing but words on the streams, whatever the language."""
    folder = tmp_path / "shop"
    shutil.copytree(shop, folder)
    (tmp_path / "乱码.xls").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)) * 20)
    for lang, word in (("zh", "另存为"), ("en", "Save it as")):
        told = subprocess.run(
            [sys.executable, "-m", "desktop", "--shop", str(folder), "--lang", lang, "import", str(tmp_path / "乱码.xls")],
            capture_output=True,
            encoding="utf-8",
            env={**os.environ, "PYTHONUTF8": "1", "PYTHONWARNINGS": "error"},
            check=False,
        )
        assert (told.returncode, told.stdout) == (1, "")
        assert word in told.stderr
        assert len(told.stderr.splitlines()) == 1


def test_locks_of_every_kind_are_named(tmp_path: Path) -> None:
    """Old workbooks by their FILEPASS record, ODF by its manifest, new ones by the parcel that they are put into."""
    dice, grid = random.Random(4), broken.grids()["orders"]
    stream = broken.biff(grid)
    (tmp_path / "旧.xls").write_bytes(broken.compound(stream[:20] + b"\x2f\0\x36\0\x01\0\x01\0\x01\0" + b"\x11" * 48 + stream[20:]))
    entries = broken.entries_of(broken.WRITERS["ods"](grid, dice))
    entries["content.xml"] = dice.randbytes(3_000)
    entries["META-INF/manifest.xml"] = (
        b'<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path='
        b'"content.xml"><manifest:encryption-data manifest:checksum="x"/></manifest:file-entry></manifest:manifest>'
    )
    (tmp_path / "开放.ods").write_bytes(broken.zipped(entries, random.Random(3)))
    (tmp_path / "新.xlsx").write_bytes(broken.compound("EncryptedPackage".encode("utf-16-le") + b"\0" * 5_000))
    for path in tmp_path.iterdir():
        with pytest.raises(BadInput) as caught:
            parse_file(path)
        assert caught.value.code == "workbook_encrypted"
        assert "设有密码" in say(caught.value.code, "zh", **caught.value.facts)
        assert "locked with a password" in say(caught.value.code, "en", **caught.value.facts)


@pytest.mark.long
def test_two_thousand_broken_files(shop: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], memory: Memory) -> None:
    begin, count = (int(part) for part in os.environ.get("ZHANGGUI_BROKEN", f"0+{CASES}").split("+"))
    told = _run(range(begin, begin + count), shop, tmp_path, capsys, memory)
    with capsys.disabled():
        print(f"\n{count} broken files: most {told.most[0] / 1e6:.0f} MB ({told.most[1]}); {dict(told.ends.most_common())}")
        for line in told.wrong:
            print(line)
    assert told.wrong == []
