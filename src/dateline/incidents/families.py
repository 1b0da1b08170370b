"""How types of event belong together: the family of a happening, its whole and its parts."""

from __future__ import annotations

from typing import Final, Literal

__all__ = [
    "CARE_TYPES",
    "FAMILIES",
    "Family",
    "are_akin",
    "are_rivals",
    "family_of",
    "is_core",
    "main_weight",
    "part_name",
]

Family = Literal["conflict", "care", "unrest", "politics", "hazard", "outbreak", "none"]

_CORES: Final[dict[Family, tuple[str, ...]]] = {
    "conflict": (
        "armed-attack", "battle", "bombing", "suicide-bombing", "airstrike", "shelling", "killing",
        "abduction", "abuse", "destruction", "seizure", "security-operation", "coup",
    ),
    "care": ("mission-closure", "mission-opening", "travel-advisory"),
    "unrest": ("protest", "riot"),
    "politics": ("agreement", "sanction", "talks"),
    "hazard": ("disaster", "accident"),
    "outbreak": ("outbreak",),
}  # fmt: skip
FAMILIES: Final[tuple[Family, ...]] = (*_CORES, "none")
CARE_TYPES: Final[frozenset[str]] = frozenset((*_CORES["care"], "evacuation"))
_FAMILY: Final[dict[str, Family]] = {t: family for family, types in _CORES.items() for t in types}

# What follows from a happening or is said about it. It never starts an incident beside a
# core event of its report; which families it can go with is told here.
_FOLLOWS: Final[dict[str, tuple[Family, ...]]] = {
    "death": ("conflict", "hazard", "outbreak", "unrest"),
    "injury": ("conflict", "hazard", "outbreak", "unrest"),
    "arrest": ("conflict", "unrest"),
    "prosecution": ("conflict", "unrest"),
    "release": ("conflict", "unrest"),
    "threat": ("conflict", "care", "unrest"),
    "responsibility-claim": ("conflict",),
    "deployment": ("conflict", "unrest", "hazard"),
    "withdrawal": ("conflict", "politics"),
    "displacement": ("conflict", "hazard"),
    "evacuation": ("care", "hazard", "conflict", "outbreak"),
    "restriction": ("unrest", "conflict", "outbreak", "hazard", "politics"),
    "aid": ("hazard", "outbreak", "conflict", "politics"),
    "appeal": ("conflict", "care", "unrest", "politics", "hazard", "outbreak"),
    "accusation": ("conflict", "care", "unrest", "politics", "outbreak"),
    "rejection": ("conflict", "care", "politics", "unrest"),
    "support": ("conflict", "politics", "hazard"),
}

# Which type names the whole when several stand in one incident: a siege that is told as an
# abduction has raids and killings as its parts, never the other way round.
_WEIGHT: Final[dict[str, float]] = {
    "abduction": 1.2, "suicide-bombing": 1.3, "bombing": 1.2, "airstrike": 1.1, "shelling": 1.1,
    "battle": 1.0, "armed-attack": 1.0, "seizure": 1.0, "coup": 1.5, "riot": 1.0, "protest": 0.9,
    "mission-closure": 1.4, "mission-opening": 1.2, "travel-advisory": 1.2, "disaster": 1.3,
    "accident": 1.2, "outbreak": 1.3, "agreement": 1.0, "sanction": 1.0, "talks": 0.5, "abuse": 0.8,
    "killing": 0.6, "destruction": 0.5, "security-operation": 0.6, "evacuation": 0.5, "death": 0.3,
    "injury": 0.3,
}  # fmt: skip
_PART_WEIGHT = 0.2  # of every type that only follows


# Conflict types that news uses of the work of nature and chance, too ("an earthquake killed 40").
_OF_NATURE: Final[frozenset[str]] = frozenset(("killing", "destruction", "security-operation"))
# What may have been an accident: a gun that went off, an explosion that nobody has explained yet.
_BY_ACCIDENT: Final[frozenset[str]] = frozenset(("armed-attack", "bombing"))

# Types that name one way of doing it: what is told as one of these is hardly another.
_SPECIFIC: Final[frozenset[str]] = frozenset(
    ("abduction", "bombing", "suicide-bombing", "airstrike", "shelling", "coup", "protest", "riot",
     "disaster", "outbreak", "agreement", "sanction", "mission-closure", "mission-opening", "travel-advisory")
)  # fmt: skip
_SAME_WAY: Final[frozenset[frozenset[str]]] = frozenset(
    map(frozenset, (("bombing", "suicide-bombing"), ("airstrike", "shelling"), ("airstrike", "bombing"),
                    ("shelling", "bombing"), ("protest", "riot"), ("mission-closure", "travel-advisory")))
)  # fmt: skip


def family_of(kind: str) -> Family:
    """Give the family of an event type; `none` for types that only follow from others."""
    return _FAMILY.get(kind, "none")


def is_core(kind: str) -> bool:
    """Tell whether a type can make an incident of its own beside others in a report."""
    return kind in _FAMILY


def main_weight(kind: str) -> float:
    """Give how much a mention of this type speaks for its being the incident's main type."""
    return _WEIGHT.get(kind, _PART_WEIGHT)


def are_akin(a: str, b: str) -> bool:
    """Tell whether events of two types can belong to one incident; an unknown one can with any."""
    if not a or not b:
        return True
    first, second = family_of(a), family_of(b)
    if "none" not in (first, second):
        return (
            first == second or {first, second} == {"conflict", "unrest"} or _natural(a, b) or _natural(b, a)
        )
    if first == second:
        return bool(set(_FOLLOWS.get(a, ())) & set(_FOLLOWS.get(b, ())))
    follower, family = (a, second) if first == "none" else (b, first)
    return family in _FOLLOWS.get(follower, ())


def are_rivals(a: str, b: str) -> bool:
    """Tell whether two main types exclude each other, as ways of doing it that nobody mixes up."""
    both = frozenset((a, b))
    return len(both) == 2 and both <= _SPECIFIC and both not in _SAME_WAY


def _natural(a: str, b: str) -> bool:
    if b == "accident":
        return a in _BY_ACCIDENT or a in _OF_NATURE
    return a in _OF_NATURE and family_of(b) in ("hazard", "outbreak")


def part_name(kind: str, main: str) -> str | None:
    """Name the part of the whole that an event is: its type, None where it is the whole itself."""
    return None if kind == main else kind
