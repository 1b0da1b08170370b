"""The pages, one module each: a view model made by a plain function, and the route that shows it."""

from __future__ import annotations

__all__: list[str] = []
