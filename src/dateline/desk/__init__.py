"""The desk: pages in a browser to watch, to check and to correct what a store holds."""

from __future__ import annotations

__all__: list[str] = []
