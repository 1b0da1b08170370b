"""Train the weights of the place ranker: `python -m training.places`.

Three sources, none of which measures:

- shootings of the Gun Violence Archive that may be trained on: the town and state of the incident are
  known, the report names them in local papers' way, mostly without the state;
- MUC-4's train: the key gives state, kind and name of the place of each incident;
- names with the area written beside them (`Aleppo, Syria`) in every corpus that may be trained on: what is
  written says which place is meant, and is hidden from the ranker.

A log-linear model is fitted to them (maximum a posteriori, L-BFGS), round after round, as what one name
says of another depends on what each is taken for. The prior lies on weights set by hand, which matters
where the sources have no say: they hold few names that mean the largest place of all because nothing is
written beside it. A part of each source is kept out and printed with its share of right names.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from dateline.knowledge.gazetteer import Entry, Gazetteer
from dateline.knowledge.names import fold, strip_kind_word
from dateline.reading.header import read_header
from dateline.reading.place_features import FEATURES, Query, Setting, Table, distance_km, inside
from dateline.reading.place_names import PlaceName
from dateline.reading.places import find_toponyms, read_names
from dateline.reading.ranking import beliefs, weights
from training.corpora import HERE, muc4, shared, texts, trainable

Floats = NDArray[np.float64]

TARGET = HERE.parent / "src" / "dateline" / "reading" / "ranking.toml"
SAME_KM = 40.0  # a candidate this near to the known point is the place meant
PULL = 3.0  # strength of the prior, in names: a weight one off the prior costs as much as this many halves
FITS = 3  # rounds of fitting and working the features out anew
HELD_OUT = 5  # one text in so many is kept out of the fit
MOST = {"gva": 2500}  # texts taken of a source; the others are taken whole
SHARE = {"gva": 1.0, "muc4": 1.0, "written": 1.0}  # what a name of each kind counts
HIDE_STATE = 0.7  # share of written areas that are hidden from the rest of the text too
_MUC_KINDS = {
    "CITY": "city", "TOWN": "city", "VILLAGE": "city", "DEPARTMENT": "admin1", "PROVINCE": "admin1",
}  # fmt: skip
_MUC_MESSAGE = re.compile(r"\s*0\.\s+MESSAGE: ID\s+(\S+)")
_MUC_LINE = re.compile(r"\s*3\.\s+INCIDENT: LOCATION\s+([A-Z].*)")
_MUC_PLACE = re.compile(r"([A-Z][A-Z .'-]*[A-Z])(?: \(([A-Z ]+)\))?")
NEVER_FOR = ("other_name", "kind_differs", "named_otherwise")  # what can't speak for a place
LEAST = {"kind_fits": 6.5, "given": 8.0}  # what is written with the name outweighs size
PRIOR: dict[str, float] = {
    "prominence": 1.8, "other_name": -1.8, "capital": 0.5, "kind_fits": 7.0, "given": 10.0,
    "state_named": 2.2, "state_often": 0.5, "state_demonym": 1.5, "state_share": 1.0, "state_words": 2.0,
    "state_publisher": 2.0, "written_after": 8.0, "named_otherwise": -1.5, "state_dateline": 1.5, "near_dateline": 1.5,
    "region_named": 2.0, "county_named": 1.0, "region_share": 1.0, "near_sure": 2.0, "near_any": 1.0, "region_sure": 1.0, "region_any": 0.5,
    "county_sure": 0.5, "state_sure": 1.0, "holds_sure": 1.0, "holds_any": 0.5,
}  # fmt: skip


@dataclass(slots=True)
class Problem:
    """The names of one text and which candidates of them are right: (query, right entries' ids)."""

    source: str
    queries: list[Query]
    setting: Setting
    right: dict[int, frozenset[int]]
    held_out: bool = False


def problem_of(
    source: str, text: str, gazetteer: Gazetteer, tell: Teller, chance: random.Random
) -> Problem | None:
    """Make the problem of one text, None where it has no name with more than one place."""
    header = read_header(text)
    spans = find_toponyms(text, gazetteer, place_score=(lambda a, b: 1.0) if text.isupper() else None)
    spans += [
        s for s in (header.places if header else ()) if not any(a < s[1] and s[0] < b for a, b in spans)
    ]
    names, queries, setting = read_names(
        text, spans, gazetteer, header_places=header.places if header else ()
    )
    right = {}
    for at, (name, query) in enumerate(zip(names, queries, strict=True)):
        if len(query.entries) > 1 and not name.unpinned and (ids := tell(name, query)):
            right[at] = ids
    if not right:
        return None
    for at in right:
        setting = hidden(queries, at, setting, chance)
    used = [at for at, query in enumerate(queries) if query.entries]
    order = {at: i for i, at in enumerate(used)}
    return Problem(
        source, [queries[at] for at in used], setting, {order[at]: ids for at, ids in right.items()}
    )


def hidden(queries: list[Query], at: int, setting: Setting, chance: random.Random) -> Setting:
    """Take the area written beside a name away, mostly also from the states that the text names."""
    query = queries[at]
    codes = {area.country for area in query.given if area.kind == "country"}
    queries[at] = replace(query, given=())
    if not codes or chance.random() > HIDE_STATE:
        return setting
    fewer = {c: n - (c in codes) for c, n in setting.names.items()}
    return replace(setting, names={c: n for c, n in fewer.items() if n > 0})


class Teller:
    """Says which entries of a name are right; an empty set where it can't tell."""

    def __call__(self, name: PlaceName, query: Query) -> frozenset[int]:
        return frozenset()


class Written(Teller):
    """Tells by the area that is written beside the name."""

    def __call__(self, name: PlaceName, query: Query) -> frozenset[int]:
        fit = [e for e in query.entries if any(inside(e, area) for area in query.given)]
        return frozenset(e.id for e in fit) if 0 < len(fit) < len(query.entries) else frozenset()


class Shooting(Written):
    """Tells by the town, the state and the point of the incident."""

    def __init__(self, row: dict[str, str], gazetteer: Gazetteer) -> None:
        self.state, self.town = row["state"], strip_kind_word(fold(row["city_or_county"]))
        self.point = Entry(id=0, name="", kind="city", country="USA", lat=float(row["latitude"]),
                           lon=float(row["longitude"]))  # fmt: skip

    def __call__(self, name: PlaceName, query: Query) -> frozenset[int]:
        if fold(name.words) == fold(self.state):
            return frozenset(e.id for e in query.entries if e.kind == "admin1" and e.country == "USA")
        if strip_kind_word(fold(name.words)) != self.town:
            return super().__call__(name, query)
        fit = (e for e in query.entries if e.kind in ("city", "admin2") and e.admin1 == self.state)
        return frozenset(e.id for e in fit if distance_km(e, self.point) < SAME_KM)


class Dispatch(Teller):
    """Tells by the places of a dispatch's key: (name, kind or None, alpha-3)."""

    def __init__(self, places: Sequence[tuple[str, str | None, str]]) -> None:
        self.places = places

    def __call__(self, name: PlaceName, query: Query) -> frozenset[int]:
        keys = [(kind, country) for words, kind, country in self.places if fold(words) == fold(name.words)]
        return frozenset(
            e.id
            for e in query.entries
            if any(e.country == country and kind in (None, e.kind) for kind, country in keys)
        )


def _rows(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from (json.loads(line) for line in lines)


def shootings(gazetteer: Gazetteer) -> Iterator[tuple[str, str, Teller]]:
    """Yield (source, text, teller) of the reports of shootings."""
    folder = shared() / "benchmarks" / "gva"
    incidents = {r["incident_id"]: r for r in _rows(folder / "incidents.jsonl.gz") if r["latitude"]}
    seen = set()
    for row in _rows(folder / "reports.jsonl.gz"):
        incident = incidents.get(row["incident"])
        if incident and trainable(row["incident"]) and row["doc"] not in seen and len(seen) < MOST["gva"]:
            seen.add(row["doc"])
            yield "gva", row["text"], Shooting(incident, gazetteer)


def _key_places(gazetteer: Gazetteer) -> dict[str, list[tuple[str, str | None, str]]]:
    """Read the places of MUC-4's keys, (name, kind, alpha-3) by dispatch: `PERU: LIMA (CITY)`."""
    out: dict[str, list[tuple[str, str | None, str]]] = {}
    with tarfile.open(shared() / "benchmarks" / "muc4.tar.gz") as archive:
        for member in archive.getmembers():
            if "/train/key" not in member.name or (handle := archive.extractfile(member)) is None:
                continue
            for line in handle.read().decode("latin-1").splitlines():
                if found := _MUC_MESSAGE.match(line):
                    places = out.setdefault(found[1], [])
                elif found := _MUC_LINE.match(line):
                    country, *rest = found[1].split(":")
                    if state := gazetteer.state(country.strip()):
                        parts = [_MUC_PLACE.match(part.strip()) for part in rest]
                        places += [(m[1], _MUC_KINDS.get(m[2]), state) for m in parts if m]
    return out


def dispatches(gazetteer: Gazetteer) -> Iterator[tuple[str, str, Teller]]:
    """Yield (source, text, teller) of the dispatches of MUC-4."""
    places = _key_places(gazetteer)
    kept = {key.removeprefix("muc4:") for key in texts("muc4")}
    for key, text in muc4("train"):
        if key in kept and places.get(key):
            yield "muc4", text, Dispatch(places[key])


def written(source: str) -> Iterator[tuple[str, str, Teller]]:
    """Yield (source, text, teller) of a corpus whose texts write areas beside names."""
    for text in list(texts(source).values())[: MOST.get(source)]:
        parts = text.split("\n\n") if source == "evloc" else [text]
        for part in parts:
            yield "written", part, Written()


def gather(gazetteer: Gazetteer) -> list[Problem]:
    """Make all problems; one text in `HELD_OUT` of each source is marked as held out."""
    chance = random.Random(4)
    out: list[Problem] = []
    rows = [*shootings(gazetteer), *dispatches(gazetteer)]
    rows += [row for source in ("evloc", "polnear", "we", "re3d", "own") for row in written(source)]
    for number, (source, text, teller) in enumerate(rows):
        if problem := problem_of(source, text, gazetteer, teller, chance):
            problem.held_out = number % HELD_OUT == 0
            out.append(problem)
    return out


class Fit:
    """The names of all problems in one table of rows, to be fitted."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        self.tables = [Table(p.queries, p.setting) for p in problems]

    def rows(self, weight: Floats) -> tuple[Floats, NDArray[np.intp], Floats, Floats]:
        """Give features, first row of each name, whether a row is right, and what each name counts."""
        parts, starts, right, counts, size = [], [], [], [], 0
        for problem, table in zip(self.problems, self.tables, strict=True):
            features, _, _ = beliefs(table, weight)
            for query, ids in problem.right.items():
                mine = np.flatnonzero(table.of == query)
                good = np.array([table.entries[i].id in ids for i in mine])
                if good.any() and not good.all():
                    parts.append(features[mine])
                    right.append(good)
                    starts.append(size)
                    counts.append(SHARE[problem.source])
                    size += len(mine)
        return np.concatenate(parts), np.array(starts), np.concatenate(right), np.array(counts)


def loss(
    weight: Floats, prior: Floats, rows: tuple[Floats, NDArray[np.intp], Floats, Floats]
) -> tuple[float, Floats]:
    """Give the negative log posterior and its gradient."""
    features, starts, right, counts = rows
    sizes = np.diff([*starts, len(features)])
    scores = features @ weight
    scores -= np.repeat(np.maximum.reduceat(scores, starts), sizes)
    raised = np.exp(scores)
    share = raised / np.repeat(np.add.reduceat(raised, starts), sizes)
    good = np.add.reduceat(share * right, starts)
    inner = share * right / np.repeat(np.maximum(good, 1e-12), sizes)
    gradient = features.T @ ((share - inner) * np.repeat(counts, sizes))
    off = weight - prior
    value = -float(counts @ np.log(np.maximum(good, 1e-12))) + PULL * float(off @ off)
    return value, gradient + 2 * PULL * off


def fit(problems: Sequence[Problem]) -> Floats:
    """Fit the weights, in the order of FEATURES."""
    prior = np.array([PRIOR.get(name, 0.0) for name in FEATURES])
    weight, made = prior.copy(), Fit(problems)
    bounds = [(LEAST.get(name), 0.0 if name in NEVER_FOR else None) for name in FEATURES]
    for number in range(FITS):
        rows = made.rows(weight)
        result = minimize(loss, weight, args=(prior, rows), jac=True, method="L-BFGS-B", bounds=bounds)
        weight = result.x
        print(f"round {number + 1}: {len(rows[1])} names, loss {result.fun / len(rows[1]):.4f}")
    return weight


def right_share(problems: Sequence[Problem], weight: Floats) -> dict[str, tuple[int, int]]:
    """Count, by source, the names whose likeliest candidate is right, and all."""
    out: dict[str, tuple[int, int]] = {}
    for problem in problems:
        table = Table(problem.queries, problem.setting)
        _, scores, _ = beliefs(table, weight)
        for query, ids in problem.right.items():
            mine = np.flatnonzero(table.of == query)
            hit = table.entries[mine[scores[mine].argmax()]].id in ids
            a, b = out.get(problem.source, (0, 0))
            out[problem.source] = (a + hit, b + 1)
    return out


def write(weight: Floats, counts: dict[str, int], path: Path = TARGET) -> None:
    """Write the weights with what each feature means."""
    told = ", ".join(f"{n} of {source}" for source, n in counts.items())
    lines = [
        "# Weights of the place ranker, in log-odds: what a feature adds to a candidate's score.",
        f"# Written by training/places.py; names it was fitted on: {told}.",
        "",
        "[weights]",
    ]
    for name, value in zip(FEATURES, weight, strict=True):
        lines.append(f"{name} = {value:.3f}  # {FEATURES[name]}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    """Fit on the part that trains, tell the held-out share, and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--out", type=Path, default=TARGET)
    arguments = parser.parse_args()
    with Gazetteer.open() as gazetteer:
        problems = gather(gazetteer)
    train, held = [p for p in problems if not p.held_out], [p for p in problems if p.held_out]
    before = np.array([weights()[name] for name in FEATURES])
    weight = fit(train)
    for name, value in (("before", before), ("after", weight)):
        print(name, right_share(held, value))
    counts: dict[str, int] = {}
    for problem in train:
        counts[problem.source] = counts.get(problem.source, 0) + len(problem.right)
    write(weight, counts, arguments.out)


if __name__ == "__main__":
    main()
