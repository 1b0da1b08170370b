"""Resolve mentions of places to Place objects: which one is meant, how exactly, how surely."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import msgspec

from dateline.knowledge.gazetteer import Entry, Gazetteer
from dateline.knowledge.names import fold
from dateline.reading.nation_words import words_of_states
from dateline.reading.nations import count_states, states_in
from dateline.reading.nearness import BETWEEN, Nearness, middle, moved
from dateline.reading.place_features import Query, Setting, distance_km
from dateline.reading.place_names import NameReader, PlaceName
from dateline.reading.place_words import PARTICLES
from dateline.reading.ranking import Ranked, rank_names
from dateline.reading.seats import owner_of_seat
from dateline.reading.tokens import tokens_of
from dateline.reading.toponyms import find_demonyms, find_toponyms
from dateline.record import Candidate, Place, PlacePrecision, Span

__all__ = ["find_demonyms", "find_toponyms", "read_names", "resolve_places"]

CLOSE = 0.05  # a runner-up with less belief is not worth telling
RUNNERS_UP = 3
OPEN = 0.3  # a place believed in by less is left open: of such pins on LGL four in five were wrong
DEMONYM = 0.95  # confidence in the state of a demonym, as on GeoWebNews
GREAT = 6.0  # a city of a million: its state is spoken of where it is named
SITE_KM = 10.0  # a building, road or quarter that carries a town's name
BETWEEN_KM = 400.0  # two places further apart are no stretch of road
LEAST_BETWEEN_KM = 5.0
_EXACT: dict[str, PlacePrecision] = {
    "country": "country", "admin1": "admin1", "admin2": "admin2", "city": "exact", "site": "exact",
    "airfield": "exact", "region": "region", "continent": "region", "water": "region", "mountain": "region",
}  # fmt: skip
_POINTS = frozenset(("city", "site", "airfield"))
_AND = re.compile(r"\s+and\s+(?:the\s+)?$")
_ROAD = re.compile(r"(?:\s*[-–—]\s*|\s+to\s+)$")
_ROAD_AFTER = re.compile(r"\s+(?:road|highway|route|motorway|railway|line|axis|border|corridor)\b")


def resolve_places(
    text: str,
    spans: Sequence[tuple[int, int]],
    gazetteer: Gazetteer,
    *,
    header_places: Sequence[tuple[int, int]] = (),
    publisher_state: str | None = None,
) -> list[Place]:
    """Resolve mentions, (start, end) each, to places: one object for each place, in text order.

    `header_places` are the spans of the places in the dateline, `publisher_state` the state (alpha-3) of
    the publisher where it is known. A name that the gazetteer lacks gives a place with only name and
    mentions; one that holds a known name (`northern Mali`), or stands after words of nearness (`30 km
    north of Gao`), is resolved by that, with precision `near` or `region`. A demonym alone gives a country
    and no point. What lies between two places is a place of its own.
    """
    return _Resolver(text, gazetteer, header_places, publisher_state).resolve(spans)


def read_names(
    text: str,
    spans: Sequence[tuple[int, int]],
    gazetteer: Gazetteer,
    *,
    header_places: Sequence[tuple[int, int]] = (),
    publisher_state: str | None = None,
) -> tuple[list[PlaceName], list[Query], Setting]:
    """Read the names at spans and what the report says of them, ready to be ranked."""
    return _Resolver(text, gazetteer, header_places, publisher_state).read(spans)


class _Resolver:
    """One resolution over one text."""

    def __init__(
        self, text: str, gazetteer: Gazetteer, header: Sequence[tuple[int, int]], publisher: str | None
    ) -> None:
        self.text, self.gazetteer, self.publisher = text, gazetteer, publisher
        self.header = {tuple(span) for span in header}
        self.tokens = tokens_of(text)
        self._states: list[tuple[int, int, str]] | None = None

    def resolve(self, spans: Sequence[tuple[int, int]]) -> list[Place]:
        names, queries, setting = self.read(spans)
        ranked = rank_names(queries, setting, self.gazetteer)
        return self._places(list(zip(names, ranked, strict=True)))

    def read(self, spans: Sequence[tuple[int, int]]) -> tuple[list[PlaceName], list[Query], Setting]:
        named, demonyms = count_states(self.tokens, self.gazetteer)
        near = {*named, *demonyms, *self._states_of_great(spans)}
        reader = NameReader(self.text, self.tokens, self.gazetteer, near)
        names = reader.names(spans)
        words = words_of_states([fold(token.text) for token in self.tokens])
        return names, [self._query(name) for name in names], Setting(named, demonyms, words, self.publisher)

    def _states_of_great(self, spans: Sequence[tuple[int, int]]) -> set[str]:
        """Give the states of the great cities among the names: who writes of London writes of Britain."""
        firsts = (self.gazetteer.lookup(self.text[start:end])[:1] for start, end in spans)
        great = (e for first in firsts for e in first if e.kind == "city" and e.weight >= GREAT)
        return {e.country for e in great if e.country}

    def _query(self, name: PlaceName) -> Query:
        """Say what is known of a name; a state before another state's name is a list, no town in it."""
        given = name.given
        if any(entry.kind == "country" for entry in name.entries):
            given = [area for area in given if area.kind != "country"]
        header = any((m.start, m.end) in self.header for m in name.mentions)
        return Query(self._abroad(name), fold(name.words), given, name.kind, header)

    def _abroad(self, name: PlaceName) -> Sequence[Entry]:
        """Give what a name can mean: where a state's mission sits, nothing in that state."""
        if any(entry.kind == "country" for entry in name.entries):
            return name.entries
        if self._states is None:
            found = states_in(self.tokens, self.gazetteer)
            self._states = [
                (self.tokens[at].start, self.tokens[at + count - 1].end, code) for at, count, code, _ in found
            ]
        owners = {owner_of_seat(self.text, m.start, self._states) for m in name.mentions} - {None}
        return (
            [e for e in name.entries if e.country not in owners] or name.entries if owners else name.entries
        )

    def _places(self, names: list[tuple[PlaceName, list[Ranked]]]) -> list[Place]:
        groups: dict[tuple[object, ...], list[tuple[PlaceName, list[Ranked]]]] = defaultdict(list)
        for name, ranked in names:
            groups[self._identity(name, ranked)].append((name, ranked))
        made = [self._place(group) for group in groups.values()]
        made += self._between(made)
        made.sort(key=lambda place: (place.mentions[0].start, place.mentions[0].end))
        return [_numbered(place, i + 1) for i, place in enumerate(made)]

    @staticmethod
    def _identity(name: PlaceName, ranked: list[Ranked]) -> tuple[object, ...]:
        if not ranked:
            return ("name", fold(name.words), name.state)
        qualified = fold(name.mentions[0].text) if name.inner or name.unpinned else ""
        return ("entry", ranked[0].entry.id, qualified, name.near)

    def _place(self, group: list[tuple[PlaceName, list[Ranked]]]) -> Place:
        name, ranked = group[0]
        mentions = tuple(sorted(m for one, _ in group for m in one.mentions))
        if not ranked:
            return self._unranked(name, mentions)
        best = max((rows[0] for _, rows in group), key=lambda r: r.confidence)
        if best.confidence < OPEN:
            return self._open(name, mentions, ranked)
        entry = best.entry
        precision, radius = _precision(entry, name)
        lat, lon = _point(entry, name)
        return Place(
            id="",
            name=self._title(name, ranked),
            mentions=mentions,
            geonames=entry.geonames,
            country=entry.country,
            admin1=entry.name if entry.kind == "admin1" else entry.admin1,
            lat=lat,
            lon=lon,
            precision=precision,
            confidence=best.confidence,
            radius_km=radius,
            candidates=_told(ranked[1 : 1 + RUNNERS_UP]),
            rests_on=_rests_on(best, name),
        )

    def _open(self, name: PlaceName, mentions: tuple[Span, ...], ranked: Sequence[Ranked]) -> Place:
        """Leave open which place is meant; the country is given where all that are likely share it."""
        likely = [r for r in ranked if r.confidence >= CLOSE] or ranked[:1]
        countries = {r.entry.country for r in likely}
        return Place(
            id="", name=self._title(name, ranked), mentions=mentions,
            country=countries.pop() if len(countries) == 1 else None,
            confidence=ranked[0].confidence, candidates=_told(ranked[: 1 + RUNNERS_UP]),
            rests_on=(f"one of {len(ranked)} places of that name",),
        )  # fmt: skip

    def _unranked(self, name: PlaceName, mentions: tuple[Span, ...]) -> Place:
        """Make the place of a demonym, or of a name that the gazetteer lacks."""
        return Place(
            id="", name=self._title(name, ()), mentions=mentions, country=name.state,
            precision="country" if name.state else None, confidence=DEMONYM if name.state else 0.0,
            rests_on=("demonym of the country",) if name.state else (),
        )  # fmt: skip

    def _title(self, name: PlaceName, ranked: Sequence[Ranked]) -> str:
        """Name a place as the report does; in a text of capitals, as the gazetteer does."""
        words = " ".join(name.words.split())
        if words.isupper() and len(words) >= 4:
            own = ranked[0].entry.name if ranked and not name.inner else ""
            titled = re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda m: _titled(m.group(), m.start()), words)
            words = own if fold(own) == fold(words) else titled
        before = name.near.words.lower() if name.near and name.near.words else ""
        return f"{before} {words}" if before else words

    def _between(self, places: Sequence[Place]) -> list[Place]:
        """Make the places that lie between two: `between Gao and Kidal`, `the Gao-Kidal road`."""
        rows = sorted((m, p) for p in places for m in p.mentions if p.precision == "exact")
        out = []
        for (one, first), (other, second) in pairwise(rows):
            start = self._stretch(one, other)
            if start is None or first is second:
                continue
            if made := self._stretched(start, other.end, first, second):
                out.append(made)
        return out

    def _stretch(self, one: Span, other: Span) -> int | None:
        """Tell where a phrase that joins two neighbouring mentions begins, None where none does."""
        gap = self.text[one.end : other.start]
        if before := BETWEEN.search(self.text[max(0, one.start - 60) : one.start]):
            return one.start - len(before.group()) if _AND.fullmatch(gap) else None
        joined = _ROAD.fullmatch(gap) and _ROAD_AFTER.match(self.text, other.end)
        return one.start if joined else None

    def _stretched(self, start: int, end: int, one: Place, other: Place) -> Place | None:
        if None in (one.lat, one.lon, other.lat, other.lon):
            return None
        a, b = (one.lat or 0.0, one.lon or 0.0), (other.lat or 0.0, other.lon or 0.0)
        apart = _apart(a, b)
        if apart > BETWEEN_KM:
            return None
        span = Span.of(self.text, start, end)
        lat, lon = middle(a, b)
        return Place(
            id="", name=" ".join(span.text.split()), mentions=(span,), lat=lat, lon=lon, precision="near",
            country=one.country if one.country == other.country else None,
            admin1=one.admin1 if one.admin1 == other.admin1 else None,
            confidence=round(one.confidence * other.confidence, 3),
            radius_km=round(max(LEAST_BETWEEN_KM, apart / 2), 1),
            rests_on=(f"between {one.name} and {other.name}",),
        )  # fmt: skip


def _apart(a: tuple[float, float], b: tuple[float, float]) -> float:
    one, other = (Entry(id=0, name="", kind="city", country=None, lat=p[0], lon=p[1]) for p in (a, b))
    return distance_km(one, other)


def _numbered(place: Place, number: int) -> Place:
    return msgspec.structs.replace(place, id=f"p{number}")


def _titled(word: str, start: int) -> str:
    lower = word.lower()
    return lower if start and lower in PARTICLES else lower.capitalize()


def _point(entry: Entry, name: PlaceName) -> tuple[float | None, float | None]:
    """Give the coordinates of what is told: the place's own, or moved off it by a written distance."""
    if name.unpinned:
        return None, None
    near = name.near
    if near and near.kilometres is not None and near.bearing is not None and entry.kind in _POINTS:
        return moved(entry.lat, entry.lon, near.kilometres, near.bearing)
    return entry.lat, entry.lon


def _precision(entry: Entry, name: PlaceName) -> tuple[PlacePrecision, float | None]:
    """Say how exactly a mention puts the place, and within how many kilometres where it is only near."""
    exact = _EXACT[entry.kind]
    if entry.kind == "site" and entry.radius_km == SITE_KM and not name.near:  # known by its town alone
        return "near", SITE_KM
    if entry.kind == "city" and entry.radius_km and not name.near:  # known by its postal code alone
        return "near", entry.radius_km
    if exact == "exact" and (name.near or name.inner):
        return "near", name.near.radius if name.near else SITE_KM
    if not name.inner or exact == "admin2":
        return exact, entry.radius_km
    return "region", entry.radius_km


def _rests_on(best: Ranked, name: PlaceName) -> tuple[str, ...]:
    near: Nearness | None = name.near if best.entry.kind in _POINTS else None
    if name.unpinned:
        return ("adjective of the region",)
    return (*best.reasons, f"told to be {near.words} it") if near and near.words else best.reasons


def _told(ranked: Sequence[Ranked]) -> tuple[Candidate, ...]:
    """Give the places that the name might mean, those that are too unlikely left out."""
    return tuple(
        Candidate(
            name=f"{r.entry.name}, {r.entry.admin1}" if r.entry.admin1 else r.entry.name,
            geonames=r.entry.geonames,
            country=r.entry.country,
            lat=r.entry.lat,
            lon=r.entry.lon,
            score=r.confidence,
        )
        for r in ranked
        if r.confidence >= CLOSE
    )
