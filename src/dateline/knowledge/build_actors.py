"""Build `data/actors.json.gz`: `python -m dateline.knowledge.build_actors UCDP_ACTORS.csv`.

For developers only. Needs UCDP's actor list 22.1 (CC BY 4.0) as a file; the curated names and those of
states come from `data/`. The same sources give the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import re
import sys
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from dateline.knowledge.names import fold

__all__ = ["build", "main"]

DATA = Path(__file__).parent / "data"
FORMAL, SUPPORTERS, COMMUNAL, STATE = "1", "2", "3", "4"  # UCDP's `Org`
MANY_COUNTRIES = 6  # a group at work in more has no one country
HISTORIC = ("SUN", "YUG", "CSK", "DDR", "YMD", "SCG")  # states of the past that had governments and armies
STATES = ("DMA",)  # states whose demonym is another's too (Dominican), so that the list gives them none
NO_STATE = ("ATA", "IOT", "SJM")
# Communal groups whose name in the list is a plain word in news.
GENERIC = {
    "muslims",
    "christians",
    "hindus",
    "sikhs",
    "arabs",
    "ahali",
    "farmers",
    "mahadi",
    "foreigners",
    "tribesmen",
}
# Names in the list that are plain words by themselves.
PLAIN = {
    "union",
    "front",
    "movement",
    "alliance",
    "elements",
    "model",
    "black",
    "plan",
    "site",
    "nc",
    "pan",
    "cell",
}
LOCATIONS = {
    "hyderabad": "IND", "congo": "COG", "dr congo": "COD", "bosnia herzegovina": "BIH", "serbia": "SRB",
    "kingdom of eswatini": "SWZ", "macedonia fyr": "MKD", "south vietnam": "VNM", "vietnam": "VNM",
    "yemen": "YEM", "south yemen": "YMD", "russia": "RUS", "germany": "DEU",
}  # fmt: skip
NAME_FIELDS = ("NameData", "NameOrig", "NameOrigFull", "NameOrigFullEng")
NEW_NAME_FIELDS = ("NewName", "NewNameFullMotherTongue", "NewNameFullEng")
STATE_BODIES = (
    ("gov", "government", "Government of {}"),
    ("mil", "military", "Armed forces of {}"),
    ("pol", "police", "Police of {}"),
)


@dataclass(slots=True)
class Line:
    """One actor on its way into the file; `weight` says how much it is in the news."""

    id: str
    name: str
    kind: str
    country: str | None
    aliases: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    also: list[str] = field(default_factory=list)
    weight: int = 0
    parent: str | None = None
    since: int | None = None
    until: int | None = None


def read_csv(path: Path) -> list[dict[str, str]]:
    """Read a table with a head line."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def country_keys(countries: list[dict[str, str]]) -> dict[str, str]:
    """Give the code for each name of a state."""
    keys = {fold(n): c["alpha3"] for c in countries for n in c["aliases"].split("|") if n}
    return keys | {fold(c["name"]): c["alpha3"] for c in countries} | LOCATIONS


def codes_of(location: str, keys: dict[str, str]) -> list[str]:
    """Turn UCDP's list of countries into codes, in its order."""
    codes = []
    for part in location.split(","):
        name = re.sub(r"\(.*", "", part)
        code = keys.get(fold(name))
        if code and code not in codes:
            codes.append(code)
    return codes


def names_of(row: dict[str, str]) -> list[str]:
    """Give every name of a UCDP line: of today, of old, in its tongue and in English, each once."""
    names = [row[f] for f in NAME_FIELDS]
    names += [part for f in NEW_NAME_FIELDS for part in row[f].split(",")]
    names += [half for name in row["NameData"].split("/") if len(half := name) > 3]
    clean = (re.sub(r"\s*\[.*?\]", "", name).replace("’", "'").strip() for name in names)
    return list(dict.fromkeys(name for name in clean if name and name != "n/a" and fold(name) not in PLAIN))


def from_ucdp(row: dict[str, str], keys: dict[str, str]) -> Line | None:
    """Make a line of UCDP's list ours; None where it names no actor that news could mean."""
    names = names_of(row)
    communal = row["Org"] == COMMUNAL
    if not names or (communal and ("(" in row["NameData"] or fold(row["NameData"]) in GENERIC)):
        return None
    countries = codes_of(row["Location"], keys)
    fights = [d for f in ("DyadId", "ConflictId", "OSID", "NSID") for d in row[f].split(",") if d.strip()]
    return Line(
        id=f"ucdp:{row['ActorId']}",
        name=names[0],
        kind="armed-group" if row["Org"] == FORMAL else "other",
        country=countries[0] if countries and len(countries) <= MANY_COUNTRIES else None,
        aliases=names[1:],
        countries=countries,
        weight=len(fights) - 5 * communal,
    )


def state_lines(countries: list[dict[str, str]], ucdp: list[dict[str, str]]) -> dict[str, Line]:
    """Make the government, the forces and the police of each state."""
    numbers = {fold(r["NameData"]): f"ucdp:{r['ActorId']}" for r in ucdp if r["Org"] == STATE}
    lines = {}
    for country in countries:
        code = country["alpha3"]
        if code in NO_STATE or not (country["demonyms"] or code in (*HISTORIC, *STATES)):
            continue
        for prefix, kind, pattern in STATE_BODIES:
            line = Line(f"{prefix}:{code}", pattern.format(country["name"]), kind, code, countries=[code])
            names = [country["name"], *country["aliases"].split("|")]
            if kind == "government":
                line.also = [n for name in names if (n := numbers.get(fold(f"Government of {name}")))]
            lines[line.id] = line
    return lines


def add_curated(lines: dict[str, Line], curated: list[dict[str, str]]) -> None:
    """Add the curated actors; those of UCDP get a better name, country and more aliases."""
    for row in curated:
        aliases = [a for a in row["aliases"].split("|") if a]
        line = lines.get(row["id"])
        if line is None:
            line = lines[row["id"]] = Line(row["id"], row["name"], row["kind"], row["country"] or None)
        elif row["id"].startswith("ucdp:"):
            aliases = [*aliases, line.name, *line.aliases]
            line.name, line.kind, line.country = row["name"], row["kind"], row["country"] or None
        else:
            aliases = [row["name"], *aliases]
        line.aliases = list(dict.fromkeys(a for a in [*line.aliases, *aliases] if a != line.name))
        line.countries = list(dict.fromkeys([*filter(None, [line.country]), *line.countries]))
        line.weight += 1000


def add_links(lines: dict[str, Line], links: list[dict[str, str]]) -> None:
    """Add what an actor is a part of, the years of its life, and where it is at work.

    Raises KeyError when a link names an actor that the list lacks.
    """
    for row in links:
        line = lines[row["id"]]
        line.parent = row["parent"] or line.parent
        if line.parent is not None:
            _ = lines[line.parent]
        line.countries += [
            code for code in row["countries"].split("|") if code and code not in line.countries
        ]
        line.since, line.until = (int(row[name]) if row[name] else None for name in ("since", "until"))


def add_splinters(lines: dict[str, Line], ucdp: list[dict[str, str]]) -> None:
    """Link UCDP's groups to the one that they joined, else to the one that they split from."""
    for row in ucdp:
        line = lines.get(f"ucdp:{row['ActorId']}")
        for name, wanted in (("ActorIdGroup", row["JoinGroup"]), ("ActorIdPrev", row["Splinter"])):
            parent = f"ucdp:{row[name].split(',')[0].strip()}"
            if line and line.parent is None and wanted == "1" and parent in lines and parent != line.id:
                line.parent = parent


def state_keys(countries: list[dict[str, str]]) -> dict[str, str]:
    """Give the code for each folded name and demonym of a state."""
    keys = {}
    for country in countries:
        words = [country["name"], *country["aliases"].split("|"), *country["demonyms"].split("|")]
        keys.update({fold(word): country["alpha3"] for word in words if word})
    return keys


def build(ucdp_file: Path, path: Path = DATA / "actors.json.gz") -> int:
    """Build the registry at `path` from UCDP's list; give the number of actors."""
    countries, ucdp = read_csv(DATA / "countries.csv"), read_csv(ucdp_file)
    keys = country_keys(countries)
    found = (from_ucdp(row, keys) for row in ucdp if row["Org"] != STATE)
    lines = {line.id: line for line in found if line}
    lines.update(state_lines(countries, ucdp))
    add_curated(lines, read_csv(DATA / "actors_curated.csv"))
    add_splinters(lines, ucdp)
    add_links(lines, read_csv(DATA / "actors_links.csv"))
    ordered = sorted(lines.values(), key=lambda line: (-line.weight, line.id))
    whole = {"known": ordered, "states": dict(sorted(state_keys(countries).items()))}
    path.write_bytes(gzip.compress(msgspec.json.encode(whole), mtime=0))
    return len(ordered)


def main() -> None:
    """Build the registry that ships from the file named on the command line."""
    target = DATA / "actors.json.gz"
    count = build(Path(sys.argv[1]), target)
    print(f"{target.name}: {count} actors, {target.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
