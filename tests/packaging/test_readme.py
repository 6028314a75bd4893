"""What the documents say is true: their commands run, their files exist, the pages are called so. Documents that drift are red."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from desktop.i18n import catalogue_path, read_catalogue
from desktop.views import PAGES
from services.cli import main
from services.commands.demo import FillDemo
from services.demo.sample_export import write_sample_export
from services.desk import Desk
from services.queries.order_rows import OrderIds, OrderRows

ROOT = Path(__file__).resolve().parents[2]
READMES = {"README.md": ("en", "NUMBER"), "README.zh-CN.md": ("zh", "订单号")}
DOCUMENTS = (*READMES, "CONTRIBUTING.md", "CHANGELOG.md")
MOST_PICTURE = 300_000


def text_of(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def commands(name: str) -> list[str]:
    blocks = re.findall(r"```bash\n(.*?)```", text_of(name), re.DOTALL)
    return [line.split("    #")[0] for block in blocks for line in block.splitlines()]


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A demo shop, and the two files of the platform where the merchant stands."""
    folder = tmp_path / "shop"
    with Desk.open(folder) as desk:
        desk.perform(FillDemo(orders=160, seed=3))
        orders, goods = write_sample_export(tmp_path / "exports", desk.clock.now())
    orders.rename(tmp_path / "orders.csv")
    goods.rename(tmp_path / "goods.csv")
    monkeypatch.chdir(tmp_path)
    return folder


def free_order(folder: Path) -> str:
    with Desk.open(folder) as desk:
        rows = desk.read(OrderRows(tuple(desk.read(OrderIds("status:awaiting_shipment blocker:none")))))
    return max((row for row in rows if "*" not in row.recipient), key=lambda row: row.paid or 0).number


@pytest.mark.parametrize("name", READMES)
def test_the_commands_of_the_readme_run(name: str, shop: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lang, placeholder = READMES[name]
    lines = [line for line in commands(name) if line.startswith("zhanggui ")]
    assert len(lines) >= 12
    number = free_order(shop)
    for line in lines:
        words = [number if word == placeholder else word for word in shlex.split(line)[1:]]
        status = main(["--shop", str(shop), "--lang", lang, *words])
        told = capsys.readouterr()
        assert status == 0, f"{line}: {told.err}"
        assert told.out.strip(), line
        if "--out" in words:
            assert Path(words[words.index("--out") + 1]).stat().st_size > 0


def test_both_readmes_show_the_same_commands() -> None:
    def shape(name: str) -> list[tuple[str, ...]]:
        return [
            tuple(word for word in shlex.split(line) if word.startswith("--") or word == shlex.split(line)[1]) for line in commands(name)
        ]

    assert shape("README.md") == shape("README.zh-CN.md")


@pytest.mark.parametrize("name", READMES)
def test_searches_of_the_readme_are_understood(name: str) -> None:
    from services.search.parser import parse

    (search,) = re.findall(r"`((?:province|省):[^`]+)`", text_of(name))
    assert parse(search) is not None


def test_the_readmes_call_the_pages_by_their_names() -> None:
    chinese = read_catalogue(catalogue_path())
    for page in PAGES:
        assert re.search(rf"\*{page.title}( → \w+)?\*|the orders page", text_of("README.md"), re.IGNORECASE), page.title
        assert f"“{chinese[page.title]}”" in text_of("README.zh-CN.md"), page.title


@pytest.mark.parametrize("name", DOCUMENTS)
def test_links_and_pictures_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", text_of(name)):
        assert "://" in target or (ROOT / target).is_file(), target


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_pictures_are_small_enough(lang: str) -> None:
    picture = ROOT / "docs" / f"orders-{lang}.png"
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size <= MOST_PICTURE


def test_every_file_that_contributing_names_is_there() -> None:
    """Paths in backticks: with a slash or an ending of ours, from the root. `packaging/` says what it has not."""
    named = re.findall(r"`([^`\s]+)`", text_of("CONTRIBUTING.md").replace("no `__init__.py`", ""))
    paths = [
        name for name in named if ("/" in name and not name.startswith((".venv/", "-"))) or re.fullmatch(r"[\w.-]+\.(py|md|toml|txt)", name)
    ]
    assert len(paths) > 20
    assert [name for name in paths if not (ROOT / name).exists()] == []


def test_the_registries_that_contributing_names_are_there() -> None:
    """`NAME` in `file`: the tuple that a new file gets its line in."""
    for tuple_name, path in re.findall(r"`([A-Z_]+)` (?:in|of) `([^`]+)`", text_of("CONTRIBUTING.md")):
        assert re.search(rf"^{tuple_name}\b.*=", text_of(path), re.MULTILINE), (tuple_name, path)
