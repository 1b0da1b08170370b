"""Sides of an incident as data sets of conflict see them: whose forces, armed groups, civilians."""

from __future__ import annotations

import hashlib

import msgspec

from dateline.exports.stories import Party, Story
from dateline.record import Incident

__all__ = ["ARMED", "CIVILIAN_GROUPS", "STATE", "UNARMED", "number_of", "shot_at_civilians", "side", "sides"]

STATE = frozenset({"government", "military", "police"})
ARMED = STATE | {"armed-group"}
UNARMED = frozenset({"civilians", "media", "ngo", "company", "person"})
CIVILIAN_GROUPS = frozenset(
    "civilian hostage worker journalist aid-worker child migrant prisoner protester".split()
)
_FORCES = frozenset({"soldier", "police", "militant", "attacker"})
_DIGITS = 10**15  # what a double holds exactly, which is what spreadsheets and R read


def sides(story: Story, role: str) -> list[Party]:
    """List the parties in a role of which it is known what they are, or all where there are no records.

    Forces without a country are taken for those of the country where it happened.
    """
    home = story.incident.country
    found = [p for p in story.parties(role) if p.kind or not story.records]
    return [
        msgspec.structs.replace(p, country=home) if p.kind in STATE and not p.country else p for p in found
    ]


def side(story: Story, role: str) -> Party | None:
    """Give the first party in a role, None where nobody is named."""
    return next(iter(sides(story, role)), None)


def number_of(incident: Incident) -> int:
    """Make a number of an incident's id, up to 15 digits: the same id gives the same number."""
    return int.from_bytes(hashlib.sha256(incident.id.encode()).digest()[:8], "big") % _DIGITS


def shot_at_civilians(story: Story) -> bool | None:
    """Tell whether the harm was done to civilians, by the target, else by who died; None if neither says."""
    target = side(story, "target")
    if target and target.kind:
        return target.kind in UNARMED
    dead = {line.group for line in story.incident.ledger if line.measure == "killed"}
    if dead & CIVILIAN_GROUPS:
        return True
    return False if dead & _FORCES else None
