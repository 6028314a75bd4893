"""Run by Alembic: always on the connection that `upgrade` hands over."""

from __future__ import annotations

from alembic import context

from services.db.schema import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection, target_metadata=Base.metadata, render_as_batch=True, transactional_ddl=True, transaction_per_migration=False
)
context.run_migrations()
