"""The vocabulary: types, statuses, roles, measures, groups and kinds, with their codes.

Read once from `codebook.toml` beside this module. The order is that of the
file and is what the reader's label indices rest on.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from importlib.resources import files

__all__ = [
    "ACTOR_KINDS",
    "FIGURE_STATUSES",
    "GROUPS",
    "KINDS",
    "MEASURES",
    "ROLES",
    "STATUSES",
    "TYPES",
    "EventType",
]


@dataclass(frozen=True)
class EventType:
    """An event type and its code in each scheme that has one.

    `plover`: PLOVER root; `cameo`: two-digit CAMEO root; `acled`: ACLED sub-event.
    """

    name: str
    covers: str
    plover: str | None = None
    cameo: str | None = None
    acled: str | None = None


_BOOK = tomllib.loads(files("dateline").joinpath("codebook.toml").read_text(encoding="utf-8"))

TYPES: dict[str, EventType] = {name: EventType(name, **row) for name, row in _BOOK["types"].items()}
STATUSES: dict[str, str] = _BOOK["statuses"]
ROLES: dict[str, str] = _BOOK["roles"]
MEASURES: dict[str, str] = _BOOK["measures"]
GROUPS: dict[str, str] = _BOOK["groups"]
FIGURE_STATUSES: dict[str, str] = _BOOK["figure_statuses"]
KINDS: dict[str, str] = _BOOK["kinds"]
ACTOR_KINDS: dict[str, str] = _BOOK["actor_kinds"]
