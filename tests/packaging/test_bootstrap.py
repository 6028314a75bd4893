"""Set-up: refuses an old Python in words, mends what is half-made, is quick when nothing is missing, passes on what it starts."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "packaging" / "bootstrap.py"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bootstrap_under_test", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def boot(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """The script with its .venv and fonts in a temporary folder, on a machine with a display off and no apt."""
    module = load()
    venv = tmp_path / ".venv"
    for name, value in {
        "VENV": venv,
        "SCRIPTS": venv / "bin",
        "PYTHON": venv / "bin" / "python",
        "STAMP": venv / module.STAMP.name,
        "BUSY": venv / module.BUSY.name,
        "FONT_FOLDER": tmp_path / "fonts",
    }.items():
        monkeypatch.setattr(module, name, value)
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    return module


def recorder(commands: list[list[str]], answer: Callable[[list[str]], Any]) -> Callable[..., Any]:
    """Stands in for subprocess: keeps the commands and starts nothing."""

    def start(command: list[str], **_options: Any) -> Any:
        commands.append(command)
        return answer(command)

    return start


@pytest.fixture
def installed(boot: Any, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Calls of pip, which does nothing; Qt is taken to start."""
    calls: list[tuple[str, ...]] = []
    boot.VENV.mkdir()
    monkeypatch.setattr(boot, "pip", lambda *arguments: calls.append(arguments))
    monkeypatch.setattr(boot, "check_qt", lambda: None)
    return calls


# ---------------------------------------------------------------------------------------------------------- the machine


def test_old_python_is_refused_in_words(boot: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert boot.main(["setup"]) == 1
    assert "Python 3.11 or newer is needed" in capsys.readouterr().err


def test_old_python_can_read_the_script() -> None:
    # Else it would end in a SyntaxError instead of the words above.
    assert ast.parse(SCRIPT.read_text("utf-8"), feature_version=(3, 7)).body


def test_script_needs_the_standard_library_only() -> None:
    tree = ast.parse(SCRIPT.read_text("utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


@pytest.mark.parametrize(
    ("environment", "system", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen:configfile=x"}, "linux", False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "minimal"}, "linux", False),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "xcb"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
        ({"QT_QPA_PLATFORM": "minimal"}, "win32", False),
    ],
)
def test_display_is_told_from_none(boot: Any, environment: dict[str, str], system: str, expected: bool) -> None:
    assert boot.has_display(environment, system) is expected


def debian(
    boot: Any, monkeypatch: pytest.MonkeyPatch, *, there: Callable[[str], bool], rights: list[str] | None, apt_status: int = 0
) -> list[list[str]]:
    """A Debian on which `there` tells what is installed; gives the commands that apt got."""
    commands: list[list[str]] = []

    def run(command: list[str], **_options: Any) -> Any:
        if command[0] == "dpkg-query":
            found = there(command[-1])
            return SimpleNamespace(returncode=0 if found else 1, stdout="installed\n" if found else "")
        commands.append(command)
        return SimpleNamespace(returncode=apt_status, stdout="E: no network")

    monkeypatch.setattr(boot.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(boot.subprocess, "run", run)
    monkeypatch.setattr(boot, "administrator", lambda: rights)
    return commands


def test_missing_libraries_come_by_apt(boot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = debian(boot, monkeypatch, there=lambda name: name != "libegl1" and not name.startswith("libegl1t"), rights=["sudo", "-n"])
    boot.install_libraries()
    assert commands[-1][:2] == ["sudo", "-n"]
    assert commands[-1][-1] == "libegl1"
    assert "--no-install-recommends" in commands[-1]


def test_window_needs_more_libraries(boot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    debian(boot, monkeypatch, there=lambda _name: False, rights=[])
    blind = boot.wanted_libraries()
    monkeypatch.setenv("DISPLAY", ":0")
    assert set(boot.wanted_libraries()) - set(blind) == set(boot.X11_LIBRARIES)


def test_nothing_is_asked_of_apt_when_all_is_there(boot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    commands = debian(boot, monkeypatch, there=lambda name: name.endswith("t64") or name != "libglib2.0-0", rights=[])
    boot.install_libraries()
    assert commands == []


def test_without_rights_the_command_is_told(boot: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    commands = debian(boot, monkeypatch, there=lambda _name: False, rights=None)
    boot.install_libraries()
    assert commands == []
    assert "sudo apt-get install --no-install-recommends libglib2.0-0 libgl1" in capsys.readouterr().err


def test_failing_apt_is_told_and_does_not_stop(boot: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    debian(boot, monkeypatch, there=lambda _name: False, rights=[], apt_status=100)
    boot.install_libraries()
    words = capsys.readouterr().err
    assert "E: no network" in words
    assert "To try it by hand" in words


# ------------------------------------------------------------------------------------------------ the virtual environment


def test_half_made_venv_is_made_anew(boot: Any, capsys: pytest.CaptureFixture[str]) -> None:
    boot.SCRIPTS.mkdir(parents=True)
    boot.PYTHON.write_text("not a program")
    boot.PYTHON.chmod(0o755)
    assert boot.make_venv() == f"{sys.version_info[0]}.{sys.version_info[1]}"
    assert "made anew" in capsys.readouterr().err
    assert subprocess.run([boot.PYTHON, "-m", "pip", "--version"], check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize("trouble", ["interrupted", "moved", "none"])
def test_venv_is_kept_only_if_whole_and_in_place(boot: Any, monkeypatch: pytest.MonkeyPatch, trouble: str) -> None:
    boot.VENV.mkdir()
    made: list[list[str]] = []
    monkeypatch.setattr(boot, "venv_version", lambda: "3.11")
    monkeypatch.setattr(boot.subprocess, "run", recorder(made, lambda _command: SimpleNamespace(returncode=0, stdout="")))
    boot.STAMP.write_text(json.dumps({"packages": "x", "root": "/elsewhere" if trouble == "moved" else str(boot.ROOT)}))
    if trouble == "interrupted":
        boot.BUSY.touch()
    boot.make_venv()
    assert [command[1:4] for command in made] == ([] if trouble == "none" else [["-m", "venv", "--clear"]])


def test_packages_are_installed_once(boot: Any, installed: list[tuple[str, ...]]) -> None:
    boot.install_packages("3.11")
    assert any("-e" in call and ".[test]" in call for call in installed)
    assert all(call[call.index("-c") + 1] == str(boot.CONSTRAINTS) for call in installed)
    assert not boot.BUSY.exists()
    installed.clear()
    boot.install_packages("3.11")
    assert installed == []


def test_packages_are_installed_again_after_a_change(
    boot: Any, installed: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    boot.install_packages("3.11")
    installed.clear()
    changed = tmp_path / "constraints.txt"
    changed.write_text(boot.CONSTRAINTS.read_text("utf-8") + "another==1\n")
    monkeypatch.setattr(boot, "CONSTRAINTS", changed)
    boot.install_packages("3.11")
    assert installed
    installed.clear()
    boot.install_packages("3.12")
    assert installed


def test_failed_installation_leaves_its_mark(boot: Any, installed: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    def no_network(*_arguments: str) -> None:
        raise boot.SetupError("no network")

    monkeypatch.setattr(boot, "pip", no_network)
    with pytest.raises(boot.SetupError):
        boot.install_packages("3.11")
    assert boot.BUSY.exists()
    assert not boot.STAMP.exists()


def test_children_get_no_foreign_python(boot: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_USER"):
        monkeypatch.setenv(name, "elsewhere")
    assert not {"PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_USER"} & boot.clean_environment().keys()


# --------------------------------------------------------------------------------------------------------------- the font


def test_font_is_taken_whole_and_checked(boot: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    contents = {"zhplot/fonts/NotoSansSC-Regular.ttf": b"font", "zhplot/fonts/OFL.txt": b"licence"}
    monkeypatch.setattr(boot, "FONT_FILES", {name: boot.hashlib.sha256(content).hexdigest() for name, content in contents.items()})
    wheel = tmp_path / "zhplot.whl"
    with zipfile.ZipFile(wheel, "w") as package:
        for name, content in contents.items():
            package.writestr(name, content)
    boot.take_font(wheel, boot.FONT_FOLDER)
    assert {path.name: path.read_bytes() for path in boot.FONT_FOLDER.iterdir()} == {
        "NotoSansSC-Regular.ttf": b"font",
        "OFL.txt": b"licence",
    }


def test_another_font_is_not_taken(boot: Any, tmp_path: Path) -> None:
    wheel = tmp_path / "zhplot.whl"
    with zipfile.ZipFile(wheel, "w") as package:
        for name in boot.FONT_FILES:
            package.writestr(name, b"something else")
    with pytest.raises(boot.SetupError, match="not the file that was tried"):
        boot.take_font(wheel, boot.FONT_FOLDER)
    assert not boot.FONT_FOLDER.exists()


@pytest.mark.parametrize(("system_font", "status"), [(True, 0), (False, 1)])
def test_font_that_cannot_be_had(
    boot: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], system_font: bool, status: int
) -> None:
    def run(command: list[str], **_options: Any) -> Any:
        if "download" in command:
            return SimpleNamespace(returncode=1, stdout="")
        return SimpleNamespace(returncode=0 if system_font else 1, stdout="WenQuanYi Micro Hei wqy-microhei.ttc\n")

    for step in ("install_libraries", "make_venv"):
        monkeypatch.setattr(boot, step, lambda: None)
    monkeypatch.setattr(boot, "install_packages", lambda _version: None)
    monkeypatch.setattr(boot.subprocess, "run", run)
    assert boot.main(["setup"]) == status
    assert ("WenQuanYi Micro Hei" if system_font else "no Chinese font") in capsys.readouterr().err


def test_font_is_not_fetched_twice() -> None:
    boot: Any = load()
    assert all(boot.has_sum(boot.FONT_FOLDER / Path(member).name, digest) for member, digest in boot.FONT_FILES.items())


# ----------------------------------------------------------------------------------------------------------- the commands


@pytest.fixture
def ready(boot: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Set up already, with the Python that runs the tests."""
    monkeypatch.setattr(boot, "setup", lambda: None)
    monkeypatch.setattr(boot, "PYTHON", Path(sys.executable))
    return boot


def test_run_without_display_passes_on_folder_output_and_status(
    ready: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    day = tmp_path / "day.py"
    day.write_text("import json, os, sys\nprint('working')\nprint(json.dumps([sys.argv[1:], os.environ['QT_QPA_PLATFORM']]))\nsys.exit(7)")
    monkeypatch.setattr(ready, "HEADLESS_DAY", day)
    monkeypatch.chdir(tmp_path)
    assert ready.main(["run"]) == 7
    shown = capfd.readouterr()
    assert json.loads(shown.out.splitlines()[-1]) == [[str(tmp_path / "zhanggui-day")], "offscreen"]
    assert "There is no display" in shown.err
    assert ready.main(["run", "--out", "made/here"]) == 7
    assert json.loads(capfd.readouterr().out.splitlines()[-1])[0] == [str(tmp_path / "made" / "here")]


def test_run_with_display_opens_the_window(ready: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(ready.subprocess, "call", recorder(started, lambda _command: 0))
    monkeypatch.setenv("DISPLAY", ":0")
    assert ready.main(["run", "--lang", "zh"]) == 0
    assert ready.main(["run"]) == 0
    assert started == [[sys.executable, "-m", "desktop", "--lang", "zh"], [sys.executable, "-m", "desktop", "--demo"]]


def test_test_runs_all_in_order(ready: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(ready.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(ready.subprocess, "call", recorder(started, lambda _command: 0))
    assert ready.main(["test", "-k", "orders", "-m", "long"]) == 0
    tools = [command[2] if command[1] == "-m" else Path(command[0]).stem for command in ([*step, ""] for step in started)]
    assert tools == ["ruff", "ruff", "mypy", "lint-imports", "pytest"]
    assert started[-1][2:] == ["pytest", "-q", "-n", "2", "-k", "orders", "-m", "long"]


def test_test_stops_at_the_first_that_fails(ready: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[list[str]] = []
    monkeypatch.setattr(ready.subprocess, "call", recorder(started, lambda command: 3 if "mypy" in command else 0))
    assert ready.main(["test"]) == 3
    assert "mypy" in started[-1]


def test_ci_calls_what_the_readme_says() -> None:
    command = next(
        line.strip() for line in (ROOT / ".ci" / "run").read_text("utf-8").splitlines() if "bootstrap" in line and line[0] != "#"
    )
    assert command == "python3 packaging/bootstrap.py test"
    for readme in ("README.md", "README.zh-CN.md"):
        lines = (ROOT / readme).read_text("utf-8").splitlines()
        assert command in lines
        assert "python3 packaging/bootstrap.py run" in lines
