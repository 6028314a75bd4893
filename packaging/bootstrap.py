"""Sets up, runs and tests the desk in a fresh checkout: `python3 packaging/bootstrap.py setup | run | test`.

Needs Python and its standard library, nothing else, and lives with a project that is not installed yet: it imports nothing of it.
All it says goes to stderr; stdout belongs to what it starts (the JSON line of `run` without a display, pytest's summary of `test`).
Written for Linux, macOS and Windows; tried on Debian 12. Kept readable for an older Python, which must get as far as being refused.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

OLDEST = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
SUFFIX = ".exe" if os.name == "nt" else ""
PYTHON = SCRIPTS / f"python{SUFFIX}"
STAMP = VENV / "zhanggui-setup.json"
# There while pip works: a set-up that died leaves it behind, and half-installed packages can't be told from whole ones.
BUSY = VENV / "zhanggui-setup.busy"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"
HEADLESS_DAY = ROOT / "packaging" / "headless_day.py"

# Qt's libraries that its wheels don't carry, found one by one on a bare Debian 12.
QT_LIBRARIES = ("libglib2.0-0", "libgl1", "libegl1", "libxkbcommon0", "libfreetype6", "libfontconfig1", "libdbus-1-3")
# Besides, for a window on X11, and for printers.
X11_LIBRARIES = (
    "libxkbcommon-x11-0",
    "libxcb-cursor0",
    "libxcb-icccm4",
    "libxcb-keysyms1",
    "libxcb-shape0",
    "libxcb-xkb1",
    "libcups2",
)

# A static TrueType for Qt and paper alike; the package is opened, never installed (it would bring matplotlib along).
FONT_PACKAGE = "zhplot==1.0.0"
FONT_FOLDER = ROOT / "resources" / "fonts"
FONT_FILES = {
    "zhplot/fonts/NotoSansSC-Regular.ttf": "5cf8b2a0576d5680284ab03a7a8219499d59bbe981a79bb3dc0031f251c39736",
    "zhplot/fonts/OFL.txt": "89fcb7c3bdcfafb48be9a4428f4e9f4fdbb914b8d491dc3545121715aa3d211b",
}

BLIND_PLATFORMS = ("offscreen", "minimal", "minimalegl")


class SetupError(Exception):
    """Set-up can't go on; the text says what happened and what to do."""


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# ---------------------------------------------------------------------------------------------------------- the machine


def check_python() -> None:
    if sys.version_info < OLDEST:
        found = platform.python_version()
        raise SetupError(
            f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed, but this is Python {found} ({sys.executable}). "
            f"Install a newer one and start this again with it, for example: python{OLDEST[0]}.{OLDEST[1]} packaging/bootstrap.py setup"
        )


def has_display(environment: dict[str, str] | None = None, system: str = sys.platform) -> bool:
    """Whether a window can be shown: not on a blind Qt platform, and on Linux only under X11 or Wayland."""
    env = dict(os.environ) if environment is None else environment
    if env.get("QT_QPA_PLATFORM", "").split(":")[0] in BLIND_PLATFORMS:
        return False
    if system.startswith(("win", "darwin", "cygwin")):
        return True
    return bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))


def is_installed(package: str) -> bool:
    """As dpkg knows it; newer releases carry some libraries under the same name with t64 behind."""
    for name in (package, f"{package}t64"):
        asked = subprocess.run(["dpkg-query", "-W", "-f", "${db:Status-Status}\n", name], capture_output=True, text=True, check=False)
        if asked.returncode == 0 and "installed" in asked.stdout.split():
            return True
    return False


def wanted_libraries() -> list[str]:
    """Debian packages that are missing. Empty where there is no dpkg: other systems bring these libraries with their desktop."""
    if not (shutil.which("dpkg-query") and shutil.which("apt-get")):
        return []
    wanted = [*QT_LIBRARIES, *(X11_LIBRARIES if has_display() else ())]
    missing = [package for package in wanted if not is_installed(package)]
    if importlib.util.find_spec("ensurepip") is None:
        # Debian parts the making of virtual environments from its Python.
        missing.append(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")
    return missing


def administrator() -> list[str] | None:
    """What to put before a command that needs the administrator; None if we may not."""
    if os.name == "nt":
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    return None


def install_libraries() -> None:
    """Bring in missing system libraries, or say which. Never fails: whether Qt starts is asked at the end."""
    missing = wanted_libraries()
    if not missing:
        return
    by_hand = "apt-get install --no-install-recommends " + " ".join(missing)
    rights = administrator()
    if rights is None:
        say(f"These system packages are missing; please install them as the administrator:\n  sudo {by_hand}")
        return
    say(f"Installing system packages: {' '.join(missing)}")
    apt = [*rights, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120"]
    # Lists of packages may be stale or, on a bare system, not there at all; a failed update may still leave usable ones.
    subprocess.run([*apt, "update"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    done = subprocess.run(
        [*apt, "install", "-y", "--no-install-recommends", *missing],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        say("\n".join(done.stdout.splitlines()[-12:]))
        say(f"That did not work. To try it by hand:\n  {by_hand}")


# ------------------------------------------------------------------------------------------------ the virtual environment


def clean_environment() -> dict[str, str]:
    """For children: nothing that points them to another Python, and UTF-8 on Windows too."""
    env = {name: value for name, value in os.environ.items() if name not in {"PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__"}}
    env.update(PYTHONUTF8="1", PIP_DISABLE_PIP_VERSION_CHECK="1", PIP_NO_INPUT="1", PIP_NO_PYTHON_VERSION_WARNING="1")
    # These would send the packages somewhere else than into .venv.
    for name in ("PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_REQUIRE_HASHES"):
        env.pop(name, None)
    return env


def venv_version() -> str | None:
    """Version of .venv's Python when it starts and has a pip; else None."""
    if not PYTHON.exists():
        return None
    script = "import sys, pip; print('%d.%d' % sys.version_info[:2])"
    try:
        asked = subprocess.run([str(PYTHON), "-c", script], capture_output=True, text=True, check=False, env=clean_environment())
    except OSError:
        return None
    found = asked.stdout.strip()
    if asked.returncode != 0 or not found:
        return None
    return found if tuple(map(int, found.split("."))) >= OLDEST else None


def read_stamp() -> dict[str, str]:
    try:
        stamp = json.loads(STAMP.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def make_venv() -> str:
    """A working .venv of this very checkout; a half-made or moved one is made anew. Gives its Python's version."""
    version = venv_version()
    made_for = read_stamp().get("root", str(ROOT))
    if version is not None and made_for == str(ROOT) and not BUSY.exists():
        return version
    if BUSY.exists():
        say("The last set-up was interrupted; .venv is made anew")
    elif VENV.exists():
        say("The .venv here does not work (unfinished, moved, or of an older Python); it is made anew")
    else:
        say(f"Making .venv with Python {platform.python_version()}")
    done = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        env=clean_environment(),
    )
    version = venv_version() if done.returncode == 0 else None
    if version is None:
        say("\n".join(done.stdout.splitlines()[-12:]))
        raise SetupError(
            "A virtual environment could not be made. On Debian and Ubuntu it needs the package "
            f"python{sys.version_info[0]}.{sys.version_info[1]}-venv; elsewhere, a full Python from its installer."
        )
    return version


def fingerprint(version: str) -> str:
    """Changes whenever another set of packages would be installed, and with nothing else."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    parts = [project["build-system"], project["project"], project["tool"]["setuptools"], CONSTRAINTS.read_text("utf-8"), version]
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def pip(*arguments: str) -> None:
    done = subprocess.run([str(PYTHON), "-m", "pip", *arguments], stdout=sys.stderr, check=False, env=clean_environment(), cwd=ROOT)
    if done.returncode != 0:
        raise SetupError(
            "pip could not install what is needed; its reason is above. The first set-up needs the network (about 200 MB) "
            "and 1 GB of disk. Start the same command again once that is mended."
        )


def install_packages(version: str) -> None:
    wanted = fingerprint(version)
    if read_stamp().get("packages") == wanted:
        return
    pins = sum("==" in line for line in CONSTRAINTS.read_text("utf-8").splitlines())
    say(f"Installing {pins} packages into .venv (one to some minutes the first time)")
    started = time.monotonic()
    BUSY.touch()
    quiet = ("install", "-qq", "--no-warn-script-location", "-c", str(CONSTRAINTS))
    # First the tool that builds the project itself, so that the second step needs no isolated one of unknown version.
    pip(*quiet, "setuptools")
    pip(*quiet, "--no-build-isolation", "-e", ".[test]")
    check_qt()
    STAMP.write_text(json.dumps({"packages": wanted, "root": str(ROOT)}), "utf-8")
    BUSY.unlink()
    say(f"Packages are installed ({time.monotonic() - started:.0f} s)")


def check_qt() -> None:
    env = {**clean_environment(), "QT_QPA_PLATFORM": "offscreen"}
    script = "from PySide6 import QtWidgets; QtWidgets.QApplication([])"
    asked = subprocess.run([str(PYTHON), "-c", script], capture_output=True, text=True, errors="replace", check=False, env=env)
    if asked.returncode != 0:
        # The packages are whole; what is missing is outside of .venv, so the next set-up need not start from nothing.
        BUSY.unlink()
        say("\n".join(asked.stderr.splitlines()[-3:]))
        raise SetupError(
            "Qt does not start; most likely a system library is missing. On Debian 12 these are enough:\n  "
            "sudo apt-get install --no-install-recommends " + " ".join((*QT_LIBRARIES, *X11_LIBRARIES))
        )


# --------------------------------------------------------------------------------------------------------------- the font


def has_sum(path: Path, digest: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def take_font(wheel: Path, folder: Path) -> None:
    """Copy font and licence out of the package, each whole or not at all.

    Raises SetupError if the package does not hold exactly the files that were tried.
    """
    found = {}
    with zipfile.ZipFile(wheel) as package:
        for member, digest in FONT_FILES.items():
            try:
                found[member] = package.read(member)
            except KeyError:
                raise SetupError(f"{wheel.name} holds no {member}") from None
            if hashlib.sha256(found[member]).hexdigest() != digest:
                raise SetupError(f"{member} of {wheel.name} is not the file that was tried (its SHA-256 differs)")
    folder.mkdir(parents=True, exist_ok=True)
    for member, content in found.items():
        target = folder / Path(member).name
        half = target.with_name(target.name + ".part")
        half.write_bytes(content)
        half.replace(target)


def install_font() -> None:
    """The bundled font, else one of the system's; without any, Chinese could not be shown or printed: SetupError."""
    if all(has_sum(FONT_FOLDER / Path(member).name, digest) for member, digest in FONT_FILES.items()):
        return
    say(f"Taking the Chinese font (Noto Sans SC, OFL) out of {FONT_PACKAGE}")
    try:
        with tempfile.TemporaryDirectory() as folder:
            command = [str(PYTHON), "-m", "pip", "download", "-qq", "--no-deps", "--only-binary=:all:", "-d", folder, FONT_PACKAGE]
            done = subprocess.run(command, stdout=sys.stderr, check=False, env=clean_environment(), cwd=ROOT)
            wheels = sorted(Path(folder).glob("*.whl"))
            if done.returncode != 0 or not wheels:
                raise SetupError(f"{FONT_PACKAGE} could not be downloaded")
            take_font(wheels[0], FONT_FOLDER)
    except (SetupError, OSError, zipfile.BadZipFile) as problem:
        say(f"The font could not be taken: {problem}")
        asked = subprocess.run(
            [str(PYTHON), "-c", "from services.fonts import font_file; f = font_file(); print(f.family, f.path)"],
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            env=clean_environment(),
            cwd=ROOT,
        )
        if asked.returncode != 0:
            raise SetupError(
                "There is no Chinese font on this computer that can be printed either. Start the same command again with the network, "
                "or install one (on Debian and Ubuntu: sudo apt-get install fonts-wqy-microhei)."
            ) from None
        say(f"Using a font of this computer instead: {asked.stdout.strip()}. The next set-up tries again.")


# ----------------------------------------------------------------------------------------------------------- the commands


def setup() -> None:
    check_python()
    install_libraries()
    install_packages(make_venv())
    install_font()


def run(out: Path, arguments: list[str]) -> int:
    """Open the window; without a display do the main job of a day unseen. Gives the exit status."""
    setup()
    env = clean_environment()
    if has_display():
        # Without a word of the user's own: at the first start there is a demo shop to look at.
        return subprocess.call([str(PYTHON), "-m", "desktop", *(arguments or ["--demo"])], env=env)
    blind = env.get("QT_QPA_PLATFORM")
    reason = f"QT_QPA_PLATFORM is {blind}" if blind else "neither DISPLAY nor WAYLAND_DISPLAY is set"
    say(f"There is no display ({reason}): doing a day's main job without a window. What it makes goes to {out}")
    env["QT_QPA_PLATFORM"] = "offscreen"
    return subprocess.call([str(PYTHON), str(HEADLESS_DAY), str(out), *arguments], env=env)


def workers() -> int:
    """Processes that share the tests: a core each, and no more than bring something. `test -n 0` runs them one after another."""
    return max(1, min(4, os.cpu_count() or 1))


def test(arguments: list[str]) -> int:
    """Lint, form, types, contracts, then the suite; stops at the first that fails. Gives its exit status."""
    setup()
    python = str(PYTHON)
    steps = (
        ("Lint", [python, "-m", "ruff", "check", "--quiet", "."]),
        ("Form", [python, "-m", "ruff", "format", "--check", "--quiet", "."]),
        ("Types", [python, "-m", "mypy", "--no-error-summary"]),
        ("Import contracts", [str(SCRIPTS / f"lint-imports{SUFFIX}")]),
        ("Tests", [python, "-m", "pytest", "-q", "-n", str(workers()), *arguments]),
    )
    for title, command in steps:
        say(f"== {title}")
        status = subprocess.call(command, env=clean_environment(), cwd=ROOT)
        if status != 0:
            say(f"{title}: failed")
            return status
    return 0


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="bootstrap.py", description="Set up, run or test Zhanggui.", allow_abbrev=False)
    commands = parser.add_subparsers(dest="command", required=True, metavar="setup | run | test")
    commands.add_parser("setup", help="make .venv and install all that is needed; quick when nothing is missing")
    runs = commands.add_parser("run", help="set up and open the window", allow_abbrev=False)
    runs.add_argument("--out", type=Path, default=Path("zhanggui-day"), help="where a run without a display puts its files")
    commands.add_parser("test", help="set up and check everything; what follows goes to pytest", allow_abbrev=False)
    chosen, rest = parser.parse_known_args(arguments)
    rest = [word for word in rest if word != "--"]
    if chosen.command == "setup" and rest:
        parser.error(f"setup takes no {' '.join(rest)}")
    try:
        if chosen.command == "run":
            return run(chosen.out.absolute(), rest)
        if chosen.command == "test":
            return test(rest)
        setup()
    except SetupError as problem:
        say(f"Set-up stopped: {problem}")
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    say("Ready. Start it with: python3 packaging/bootstrap.py run")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
