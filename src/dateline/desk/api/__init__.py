"""The REST API, version 1: one module a resource, all under /api/v1."""

from __future__ import annotations

__all__: list[str] = []
