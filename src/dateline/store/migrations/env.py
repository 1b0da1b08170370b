"""How Alembic finds the database: on the connection that `open_store` hands over, in its transaction."""

from __future__ import annotations

from alembic import context

from dateline.store.schema import metadata

__all__: list[str] = []

connection = context.config.attributes.get("connection")
if connection is None:
    message = "migrations are run by dateline.store.open_store"
    raise RuntimeError(message)
context.configure(connection=connection, target_metadata=metadata, version_table="dateline_version")
context.run_migrations()
