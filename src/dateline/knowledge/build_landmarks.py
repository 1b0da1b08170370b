"""Add landmarks, and the waters, mountains and lands of the world, to the gazetteer. For the build alone.

`data/landmarks.csv` names buildings, sites and quarters with the town in which they lie; they get that
town's point and a radius. A name after `~` is that of a body with its seat there. `data/nature.csv` names
what has no town: a river has the point of its mouth, as in GeoNames.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from dateline.knowledge.gazetteer_rows import Lists, Row, keys_of, kilometres, read_csv, same_place
from dateline.knowledge.names import fold

__all__ = ["add_landmarks", "add_nature"]

IN_TOWN_KM = 10.0  # how far a landmark may lie from the middle of its town
LISTED_KM = 25.0  # a listed place of its name this near to its town is the landmark
SITES = ("site", "airfield")
LESSER = 3.6  # prominence of a landmark that has a better known namesake
NATURE_LEAST = 3.2  # prominence of what is a kilometre wide; ten times wider is one more ...
NATURE_MOST = 5.6  # ... up to that of the regions that news speaks of
SAME_LAND_KM = 150.0  # a listed region of its name whose middle is this near, or within its own radius


def add_nature(lists: Lists, numbers: Mapping[str, int]) -> None:
    """Add waters, mountains and lands; to those that are listed, only the lacking names.

    `numbers` are those of GeoNames where they are known, by name.
    """
    for line in read_csv("nature.csv"):
        keys = keys_of([line["name"], *line["aliases"].split("|")])
        codes = line["countries"]
        row = Row(
            id=0, name=line["name"].split(" (")[0], kind=line["kind"], main=keys,
            country=codes if len(codes) == 3 else None, countries=codes or None,
            lat=float(line["lat"]), lon=float(line["lon"]), radius=float(line["radius_km"]),
            prominence=prominence_of(float(line["radius_km"])),
        )  # fmt: skip
        if listed := listed_land(lists, row):
            lists.alias(listed, keys)
        else:
            row.id = numbers.get(line["name"]) or lists.curated_id()
            lists.add(row)


def prominence_of(radius: float) -> float:
    """Give the prominence of a stretch of land or water by its radius in kilometres."""
    return round(min(NATURE_MOST, NATURE_LEAST + math.log10(max(1.0, radius))), 2)


def listed_land(lists: Lists, row: Row) -> Row | None:
    """Find the region, water or mountain in the list that has the row's first name and lies there."""
    kinds = ("admin1", "region", row.kind)
    reach = max(SAME_LAND_KM, row.radius or 0.0)
    for other in lists.by_key.get(fold(row.name), ()):
        if other.kind in kinds and kilometres(other.lat, other.lon, row.lat, row.lon) < reach:
            return other
    return None


def add_landmarks(lists: Lists) -> None:
    """Add buildings, sites and quarters at the point of their town.

    Raises ValueError where the list has no such town.
    """
    areas = {row.id: fold(row.name) for row in lists.rows.values() if row.kind == "admin1"}
    lost = []
    for line in read_csv("landmarks.csv"):
        town = town_of(lists, line, areas)
        if town is None:
            lost.append(f"{line['name']}: {line['place']}, {line['admin1']}, {line['country']}")
            continue
        names = [line["name"], *filter(None, line["aliases"].split("|"))]
        prominence = float(line["prominence"])
        if " (" in line["name"]:  # what tells it from a better known one of its name
            prominence = min(prominence, LESSER)
        keys = keys_of(name for name in names if not name.startswith("~"))
        seat = keys_of(name[1:] for name in names if name.startswith("~"))
        keys = {key for key in keys if not quarter(lists, key, town)}  # listed as places themselves
        if not keys and not seat:
            continue
        row = same_place(lists, keys, town.country, town.lat, town.lon, kinds=SITES, within=LISTED_KM)
        if row is None:
            row = lists.add(
                Row(
                    id=lists.curated_id(), name=title_of(names, keys), kind=line["kind"],
                    country=town.country, lat=town.lat, lon=town.lon, radius=IN_TOWN_KM,
                    admin1=town.admin1, admin2=town.admin2, prominence=prominence,
                )
            )  # fmt: skip
        row.prominence = max(row.prominence, prominence)
        lists.alias(row, keys)
        row.seat |= seat
    if lost:
        raise ValueError("no such town: " + "; ".join(lost))


def title_of(names: list[str], keys: set[str]) -> str:
    """Give the first name that is the landmark's own, else that of the body with its seat there."""
    own = [name for name in names if keys_of([name]) & keys]
    return (own or names)[0].lstrip("~").split(" (")[0]


def quarter(lists: Lists, key: str, town: Row) -> Row | None:
    """Find the listed quarter or village of a name in or by a town."""
    return same_place(lists, [key], town.country, town.lat, town.lon, within=LISTED_KM)


def town_of(lists: Lists, line: dict[str, str], areas: dict[int, str]) -> Row | None:
    """Find the town of a line: the largest of its name in the state, and in the region where one is told."""
    towns = [
        row
        for row in lists.by_key.get(fold(line["place"]), ())
        if row.kind in ("city", "site")
        and row.country == line["country"]
        and (not line["admin1"] or areas.get(row.admin1 or 0) == fold(line["admin1"]))
    ]
    return max(towns, key=lambda row: (row.kind == "city", row.population, -row.id), default=None)
