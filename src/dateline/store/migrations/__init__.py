"""The schema's history, one Alembic migration a step; `open_store` runs what is missing."""
