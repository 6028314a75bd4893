"""The shop file: made by migrations alone, equal to the mapped classes, refused when newer, reopened when older."""

from __future__ import annotations

import sqlite3
import warnings
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from services.db.dialect import TRIGGERS
from services.db.engine import FILE_NAME, SCHEMA_VERSION
from services.db.migrations import config
from services.db.schema import Base
from services.desk import Desk
from services.errors import Environment
from services.settings import FoundShop


def index_names(connection: sqlite3.Connection) -> set[str]:
    return {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")}


def test_the_migrated_file_is_what_the_classes_say(desk: Desk) -> None:
    engine = create_engine(f"sqlite:///{desk.shop.folder / FILE_NAME}")
    with engine.connect() as connection, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # an index over an expression can't be reflected: compared by name below
        context = MigrationContext.configure(connection, opts={"target_metadata": Base.metadata, "compare_type": True})
        found = [
            entry
            for entry in compare_metadata(context, Base.metadata)
            if not (entry[0] == "remove_table" and entry[1].name.startswith("order_text"))
        ]
    engine.dispose()
    assert found == []
    with sqlite3.connect(desk.shop.folder / FILE_NAME) as raw:
        assert index_names(raw) == {str(index.name) for table in Base.metadata.sorted_tables for index in table.indexes}
        assert {row[0] for row in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")} == set(TRIGGERS)


def test_the_checks_of_the_classes_are_in_the_file(desk: Desk) -> None:
    with sqlite3.connect(desk.shop.folder / FILE_NAME) as raw:
        text = " ".join(row[0] for row in raw.execute("SELECT sql FROM sqlite_master WHERE type = 'table' AND sql IS NOT NULL"))
    for table in Base.metadata.sorted_tables:
        for constraint in table.constraints:
            if constraint.name and str(constraint.name).startswith("ck_"):
                assert str(constraint.name) in text


def test_revisions_are_numbered_one_by_one() -> None:
    folder = Path(config().get_main_option("script_location") or "") / "versions"
    assert [path.name[:4] for path in sorted(folder.glob("*.py"))] == [f"{number:04d}" for number in range(1, SCHEMA_VERSION + 1)]


def test_a_file_of_a_newer_version_is_refused_untouched(tmp_path: Path) -> None:
    Desk.open(tmp_path).close()
    file = tmp_path / FILE_NAME
    with sqlite3.connect(file) as raw:
        raw.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    before = file.read_bytes()
    with pytest.raises(Environment, match="shop_newer"):
        Desk.open(tmp_path)
    assert file.read_bytes() == before


@pytest.mark.parametrize("revision", [f"{SCHEMA_VERSION + 1:04d}", "9f3a_branch"])
def test_a_revision_that_nobody_here_knows_is_newer_too(tmp_path: Path, revision: str) -> None:
    Desk.open(tmp_path).close()
    with sqlite3.connect(tmp_path / FILE_NAME) as raw:
        raw.execute("UPDATE alembic_version SET version_num = ?", (revision,))
    with pytest.raises(Environment, match="shop_newer"):
        Desk.open(tmp_path)


def test_a_database_of_somebody_else_is_refused_untouched(tmp_path: Path) -> None:
    file = tmp_path / FILE_NAME
    with sqlite3.connect(file) as raw:
        raw.execute("CREATE TABLE photos (id INTEGER)")
    before = file.read_bytes()
    with pytest.raises(Environment, match="not_a_shop"):
        Desk.open(tmp_path)
    assert file.read_bytes() == before


def test_who_comes_second_to_a_founding_takes_the_shop_as_it_is(tmp_path: Path) -> None:
    with Desk.open(tmp_path, name="先来", zone="Asia/Urumqi") as desk:
        facts = desk.perform(FoundShop("后到", "USD", "Asia/Shanghai")).value
        assert (facts["name"], facts["currency"], facts["zone"]) == ("先来", "CNY", "Asia/Urumqi")


def test_what_is_no_shop_is_refused(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_bytes(b"this is a letter to my aunt, not a database" * 40)
    with pytest.raises(Environment, match="not_a_shop"):
        Desk.open(tmp_path)


def test_a_shop_opens_again_with_what_was_fixed_at_its_founding(tmp_path: Path) -> None:
    Desk.open(tmp_path, name="山月茶铺", zone="Asia/Urumqi").close()
    with Desk.open(tmp_path, name="别的", zone="Asia/Shanghai") as desk:
        assert (desk.shop.name, desk.shop.zone, desk.shop.currency) == ("山月茶铺", "Asia/Urumqi", "CNY")
