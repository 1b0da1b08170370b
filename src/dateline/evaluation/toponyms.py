"""Toponyms: place names found and resolved, on LGL and GeoWebNews.

LGL: Lieberman, Samet and Sankaranarayanan (2010, "Geotagging with Local
Lexicons to Build Indexes for Textually-Specified Spatial Data", ICDE).
GeoWebNews: Gritta, Pilehvar and Collier (2020, "A Pragmatic Guide to
Geoparsing Evaluation", LREV). Beside ours: Mordecai 3 (Halterman 2023,
"Mordecai 3: A Neural Geoparser and Event Geocoder").

`resolved`: the gold names are given; the share whose place is the gold entry of
GeoNames (`exact`) or lies within 161 km (100 miles) of it. `found`: names found
in the record by overlap, then also resolved. What a set annotates without a
place (common nouns, names without coordinates) is neither wanted nor wrong. A
demonym ("German", "Sicilian") stands for its state or region, as GeoWebNews has it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path
from xml.etree import ElementTree

import msgspec

from dateline.errors import EvaluationError
from dateline.evaluation.benchmark import Peer, Read, Result, Step, a_few, ignore, read_bytes
from dateline.evaluation.scores import Tally, pair_off
from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.names import fold
from dateline.knowledge.sphere import great_circle_km
from dateline.reading.header import read_header
from dateline.reading.nations import REGIONAL
from dateline.reading.places import resolve_places
from dateline.record import Place, Report, Span

__all__ = ["NEAR_KM", "Toponym", "evaluate", "kilometres", "read_toponyms"]

NEAR_KM = 161.0  # 100 miles, the field's measure of near enough
_HINT = "give --data lgl.xml or gwn.xml"
_MORDECAI = "Mordecai 3"
_PEERS = {
    "LGL": (("resolved exact", 0.794), ("resolved within 161 km", 0.827)),
    "GWN": (("resolved exact", 0.901), ("resolved within 161 km", 0.941)),
}
_SHARES = frozenset({"resolved exact", "resolved within 161 km"})
Mention = tuple[Span, Place]


@dataclass(frozen=True, slots=True)
class Toponym:
    """A name of the gold; `place` is its (GeoNames id or None, latitude, longitude), None without one."""

    span: Span
    place: tuple[int | None, float, float] | None


def evaluate(
    path: Path, read: Read | None, *, limit: int | None = None, step: Step = ignore, gazetteer: Gazetteer
) -> Result:
    """Measure resolution of the gold names and, with a reader, finding and resolving end to end.

    Raises EvaluationError when the file is missing or neither LGL nor GeoWebNews.
    """
    name, texts = read_toponyms(path)
    peers = [
        Peer(measure, _MORDECAI, value, "the same texts, by its author") for measure, value in _PEERS[name]
    ]
    result = Result(name, "texts", 0, shares=_SHARES, peers=peers)
    for text, gold in a_few(texts, limit):
        result.size += 1
        wanted = [g for g in gold if g.place]
        _count_resolved(result.tally, text, wanted, gazetteer)
        if read is not None and text.strip():
            places = read(Report.of(text, language="en")).places
            found = [(m, _of_state(p, gazetteer)) for p in places for m in p.mentions]
            _count_found(result.tally, found, wanted, [g.span for g in gold if not g.place])
        step()
    return result


def read_toponyms(path: Path) -> tuple[str, list[tuple[str, list[Toponym]]]]:
    """Read LGL's or GeoWebNews' XML: which of them, and each text with its names.

    Raises EvaluationError when it can't be read or is neither.
    """
    try:
        root = ElementTree.fromstring(read_bytes(path, _HINT))
        articles = root.findall("article")
        first = articles[0] if articles else None
        lgl = first is not None and first.get("docid") is not None
        rows = [(_text(a), [_toponym(_text(a), t, lgl) for t in a.iter("toponym")]) for a in articles]
    except (ElementTree.ParseError, ValueError) as problem:
        what = f"not LGL or GeoWebNews ({problem})"
        raise EvaluationError(what, where=str(path), hint=_HINT) from problem
    if not rows:
        what = "no articles in it"
        raise EvaluationError(what, where=str(path), hint=_HINT)
    return ("LGL" if lgl else "GWN"), rows


def _text(article: ElementTree.Element) -> str:
    return article.findtext("text") or ""


def _toponym(text: str, node: ElementTree.Element, lgl: bool) -> Toponym:
    span = Span.of(text, int(node.findtext("start") or ""), int(node.findtext("end") or ""))
    tag = node.find("gaztag") if lgl else node
    if tag is None:
        return Toponym(span, None)
    number = tag.get("geonameid") if lgl else tag.findtext("geonamesID")
    latitude, longitude = (
        (tag.findtext("lat"), tag.findtext("lon"))
        if lgl
        else (tag.findtext("latitude"), tag.findtext("longitude"))
    )
    if not latitude or not longitude or not number:
        return Toponym(span, None)
    return Toponym(span, (int(number), float(latitude), float(longitude)))


def kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Give the great-circle distance of two points (latitude, longitude in degrees), in kilometres."""
    return great_circle_km(*a, *b)


def _of_state(place: Place, gazetteer: Gazetteer) -> Place:
    """Give a place known by its state alone that state's entry, and an adjective that of its region."""
    if place.lat is None and (region := REGIONAL.get(fold(place.name))):
        named = next(iter(gazetteer.lookup(region)), None)
        if named is not None:
            return msgspec.structs.replace(place, geonames=named.geonames, lat=named.lat, lon=named.lon)
    entry = gazetteer.country(place.country) if place.country and place.precision == "country" else None
    if entry is None or place.geonames is not None:
        return place
    return msgspec.structs.replace(place, geonames=entry.geonames, lat=entry.lat, lon=entry.lon)


def _exact(place: Place, gold: Toponym) -> bool:
    return gold.place is not None and place.geonames is not None and place.geonames == gold.place[0]


def _near(place: Place, gold: Toponym) -> bool:
    return _exact(place, gold) or _distance(place, gold) <= NEAR_KM


def _distance(place: Place, gold: Toponym) -> float:
    if gold.place is None or place.lat is None or place.lon is None:
        return inf
    return kilometres((place.lat, place.lon), gold.place[1:])


def _count_resolved(tally: Tally, text: str, gold: Sequence[Toponym], gazetteer: Gazetteer) -> None:
    header = read_header(text)
    places = resolve_places(
        text,
        sorted({(g.span.start, g.span.end) for g in gold}),
        gazetteer,
        header_places=header.places if header else (),
    )
    at = {(m.start, m.end): _of_state(p, gazetteer) for p in places for m in p.mentions}
    for toponym in gold:
        place = at.get((toponym.span.start, toponym.span.end))
        near = place is not None and _near(place, toponym)
        tally.count("resolved exact", place is not None and _exact(place, toponym), gold=1)
        tally.count("resolved within 161 km", near, gold=1)
        if not near:
            ours = f"{place.name}, {place.admin1}, {place.country}" if place else "nothing"
            tally.errors.append(f"{toponym.span.text!r} {toponym.place}: {ours}")


def _count_found(
    tally: Tally, found: Sequence[Mention], gold: Sequence[Toponym], apart: Sequence[Span]
) -> None:
    met = pair_off(found, gold, lambda m, g: _shared(m[0], g.span) > 0, lambda m, g: _shared(m[0], g.span))
    kept = {id(m) for m, _ in met}
    counted = [m for m in found if id(m) in kept or not any(_shared(m[0], s) for s in apart)]
    checks: tuple[tuple[str, Callable[[Place, Toponym], bool]], ...] = (
        ("found", lambda p, g: True),
        ("found and exact", _exact),
        ("found and within 161 km", _near),
    )
    for measure, right in checks:
        tally.count(measure, sum(right(m[1], g) for m, g in met), len(counted), len(gold))


def _shared(a: Span, b: Span) -> int:
    return max(0, min(a.end, b.end) - max(a.start, b.start))
