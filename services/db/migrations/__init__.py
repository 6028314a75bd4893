"""Alembic revisions of the shop file: one file each, numbered; triggers and full text are dressed again after them."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from services.db.dialect import dress


def config() -> Config:
    """Alembic's configuration without an ini file, so that it works from a wheel and a bundle."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent))
    return made


def upgrade(engine: Engine, version: int) -> None:
    """Bring the file to the newest revision in one transaction and write its number."""
    with engine.begin() as connection:
        made = config()
        made.attributes["connection"] = connection
        command.upgrade(made, "head")
        dress(connection)
        connection.exec_driver_sql(f"PRAGMA user_version = {version:d}")
