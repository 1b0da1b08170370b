"""Words that only screens need: names of countries, families of types, numbers, labels of filters."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from dateline.exports.countries import country

__all__ = ["FAMILIES", "FILTERS_SHOWN", "TESTS", "country_name", "family", "word_number"]

# Families of types, by which marks on the map are told apart: (name, its types).
FAMILIES: dict[str, tuple[str, ...]] = {
    "violence": (
        "armed-attack", "battle", "bombing", "suicide-bombing", "airstrike", "shelling", "killing",
        "abduction", "abuse", "destruction", "seizure", "coup", "riot",
    ),
    "disaster": ("disaster", "outbreak", "accident", "death", "injury", "displacement", "evacuation"),
    "mission": ("mission-closure", "mission-opening", "travel-advisory"),
}  # fmt: skip
_FAMILY = {kind: name for name, kinds in FAMILIES.items() for kind in kinds}

FILTERS_SHOWN: dict[str, str] = {
    "text": "Words", "country": "Country", "place": "Near", "radius": "Within km", "type": "Type",
    "actor": "Actor", "killed": "Killed at least", "since": "Since", "until": "Until",
    "contested": "Contested",
}  # fmt: skip


def family(kind: str) -> str:
    """Give the family of a type: violence, disaster, mission or politics."""
    return _FAMILY.get(kind, "politics")


def country_name(alpha3: str | None) -> str:
    """Give a country's name by its alpha-3 code; the code itself where it isn't listed."""
    land = country(alpha3)
    return land.name if land else alpha3 or ""


def word_number(value: float | None) -> str:
    """Word a number with its thousands apart; an en dash for none."""
    return "–" if value is None else f"{value:,.0f}" if float(value).is_integer() else f"{value:,.1f}"


TESTS: dict[str, Callable[[Any], bool]] = {"contested": lambda line: line.agreement == "contested"}
