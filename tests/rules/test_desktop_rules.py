"""The window's own rules: what desktop/ may not use, what it may not load before it is painted, and that every icon it names is there."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DESKTOP = sorted((ROOT / "desktop").rglob("*.py"))
FORBIDDEN_NAMES = {
    "QTableWidget": "a copy of every row: use PagedTable or SimpleTable",
    "QSqlTableModel": "asks the database in the UI thread",
    "QSortFilterProxyModel": "sorts in Python: sort in SQL",
    "processEvents": "re-enters the event loop: use the runner",
    "setHtml": "text from outside is data",
    "selectedRows": "walks a million rows: use model.selection",
}
FORBIDDEN_CALLS = {"exec": "blocks: open()", "exec_": "blocks: open()", "sleep": "blocks the window"}
HEAVY = (
    "sqlalchemy",
    "alembic",
    "reportlab",
    "pyqtgraph",
    "numpy",
    "lark",
    "pypdfium2",
    "python_calamine",
    "jinja2",
    "babel",
    "qtawesome",
    "PIL",
    "pypinyin",
)


def _plain(words: ast.expr) -> bool:
    """Words of ours without a value in them, or words made plain."""
    match words:
        case ast.Constant():
            return True
        case ast.IfExp():
            return _plain(words.body) and _plain(words.orelse)
        case ast.Call(func=ast.Name(id="tr"), keywords=[]) | ast.Call(func=ast.Name(id="plain_tip") | ast.Attribute(attr="plain_tip")):
            return True
    return False


def faults_of(source: str, name: str) -> list[str]:
    faults = []
    for node in ast.walk(ast.parse(source)):
        line = getattr(node, "lineno", 0)
        if isinstance(node, (ast.Name, ast.Attribute, ast.alias)):
            word = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else node.name
            if word in FORBIDDEN_NAMES:
                faults.append(f"{name}:{line}: {word}: {FORBIDDEN_NAMES[word]}")
        if isinstance(node, ast.Call):
            function = node.func
            word = function.attr if isinstance(function, ast.Attribute) else function.id if isinstance(function, ast.Name) else ""
            own_loop = Path(name).name == "app.py" and ast.unparse(function) == "first_loop.exec"
            if word == "setToolTip" and not _plain(node.args[-1]):
                faults.append(f"{name}:{line}: a tooltip takes markup: formats.plain_tip()")
            if word in FORBIDDEN_CALLS and not own_loop:
                faults.append(f"{name}:{line}: {word}(): {FORBIDDEN_CALLS[word]}")
        if (
            isinstance(node, ast.Import)
            and any(one.name == "qasync" for one in node.names)
            and Path(name).name not in {"app.py", "runner.py"}
        ):
            faults.append(f"{name}:{line}: qasync belongs in app.py and runner.py")
    return faults


@pytest.mark.parametrize("path", DESKTOP, ids=lambda path: str(path.relative_to(ROOT / "desktop")))
def test_a_module_uses_nothing_forbidden(path: Path) -> None:
    assert faults_of(path.read_text(encoding="utf-8"), str(path)) == []


@pytest.mark.parametrize(
    "planted",
    [
        "app.processEvents()",
        "dialog.exec()",
        "time.sleep(1)",
        "from PySide6.QtWidgets import QTableWidget",
        "QSortFilterProxyModel()",
        "import qasync",
        "box.setToolTip(order.buyer)",
        'box.setToolTip(tr("{name} bought", name=order.buyer))',
    ],
)
def test_a_planted_fault_is_found(planted: str) -> None:
    assert len(faults_of(planted, "desktop/x.py")) == 1


def test_only_the_program_itself_runs_the_loop() -> None:
    assert faults_of("first_loop.exec()", "desktop/app.py") == []
    assert len(faults_of("first_loop.exec()", "desktop/views/x.py")) == 1


def test_every_icon_named_is_there() -> None:
    there = {path.stem for path in (ROOT / "resources" / "icons").glob("*.svg")}
    named = set()
    for path in DESKTOP:
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r"\bicon=\"([a-z-]+)\"", text))
        named |= set(re.findall(r"\b(?:pixmap|IconLabel|IconTile|EmptyState)\(\s*\"([a-z-]+)\"", text))
    assert named - there == set()


def test_no_file_is_too_long() -> None:
    assert [str(path) for path in DESKTOP if len(path.read_text(encoding="utf-8").splitlines()) > 600] == []


FIRST_PAINT = """
import sys
from pathlib import Path
from desktop.app import App, make_application
from desktop.prefs import Prefs
folder = Path(sys.argv[1])
application = make_application()
app = App(application, Prefs(folder / "window.ini"), folder / "shop")
app.window.ready.disconnect()
app.window.skeleton.painted.connect(application.quit)
app.window.show()
application.exec()
print(" ".join(name for name in sys.argv[2:] if name in sys.modules))
"""


def test_nothing_heavy_is_loaded_before_the_first_paint(tmp_path: Path) -> None:
    run = [sys.executable, "-c", FIRST_PAINT, str(tmp_path), *HEAVY, "services.db", "services.desk"]
    told = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout.strip() == ""


@pytest.mark.parametrize(
    ("arguments", "window"),
    [
        ([], True),
        (["--shop", "x"], True),
        (["--shop=x"], True),
        (["--demo"], True),
        (["--shop", "x", "--demo"], True),
        (["screenshots", "--out", "x"], True),
        (["orders"], False),
        (["--shop", "x", "ship"], False),
    ],
)
def test_commands_go_to_the_command_line_without_qt(arguments: list[str], window: bool) -> None:
    code = (
        "import sys; import desktop.__main__ as m; print(m.opens_window(sys.argv[1:]), any(x.startswith('PySide6') for x in sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert told.stdout.split() == [str(window), "False"]
