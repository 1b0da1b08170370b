"""Resolve mentions of places to Place objects: which one is meant, how exactly, how surely."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from dateline.knowledge.gazetteer import Entry, Gazetteer
from dateline.knowledge.names import fold
from dateline.reading.nations import named_states, states_in
from dateline.reading.place_words import (
    COMMON,
    DIRECTIONS,
    FIRST_NAMES,
    KINDS_AFTER,
    KINDS_BEFORE,
    NEARNESS,
    PARTICLES,
)
from dateline.reading.ranking import Evidence, Ranked, inside, rank
from dateline.reading.segments import is_shouting
from dateline.reading.tokens import Token, tokens_of
from dateline.reading.toponyms import find_toponyms
from dateline.record import Candidate, Place, PlacePrecision, Span

__all__ = ["find_toponyms", "resolve_places"]

CLOSE = 0.05  # a runner-up with less belief is not worth telling
RUNNERS_UP = 3
NEAR_KM = 25.0  # what `near` and `outside` mean in news, where no distance is written
SITE_KM = 10.0  # a building, road or quarter that carries a town's name
KNOWN_WELL = 0.6  # confidence from which a place helps to resolve others
INNER_PROMINENCE = 4.7  # a name inside a longer one counts from a city of 50,000, or in a state named
MOST_AROUND = 12  # places that bear on one another; more cost time and add nothing
_EXACT: dict[str, PlacePrecision] = {
    "country": "country", "admin1": "admin1", "admin2": "admin2", "city": "exact", "site": "exact",
    "airfield": "exact", "region": "region", "continent": "region", "water": "region", "mountain": "region",
}  # fmt: skip
_GIVEN = re.compile(r"(?:,\s*|\s+\(|,?\s+in\s+(?:the\s+)?)")
_KILOMETRES = re.compile(r"(\d+(?:[.,]\d+)?)[\s-]*(km|kilomet(?:re|er)s?|miles?)\b", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|The|THE)\s+")
_AREA_WORDS = 3  # an area written after a name: `South Kordofan state`


@dataclass(slots=True)
class _Name:
    """All mentions of one name and what is known of it."""

    mentions: list[Span]
    entries: tuple[Entry, ...] = ()
    given: list[Entry] = field(default_factory=list)
    kind: str | None = None
    near: bool = False
    direction: bool = False
    inner: bool = False
    radius: float | None = None
    state: str | None = None
    ranked: list[Ranked] = field(default_factory=list)


def resolve_places(
    text: str,
    spans: Sequence[tuple[int, int]],
    gazetteer: Gazetteer,
    *,
    header_places: Sequence[tuple[int, int]] = (),
) -> list[Place]:
    """Resolve mentions, (start, end) each, to places: one object for each place, in text order.

    `header_places` are the spans of the places in the dateline. A name that the gazetteer lacks gives a
    place with only name and mentions; one that holds a known name (`near Timbuktu`, `northern Mali`) is
    resolved by that, with precision `near` or `region`. A demonym alone gives a country and no point.
    """
    return _Resolver(text, gazetteer, header_places).resolve(spans)


class _Resolver:
    """One resolution over one text."""

    def __init__(self, text: str, gazetteer: Gazetteer, header: Sequence[tuple[int, int]]) -> None:
        self.text, self.gazetteer, self.header_spans = text, gazetteer, header
        self.tokens = tokens_of(text)
        self.shouting = is_shouting(text)
        self.at = {token.start: i for i, token in enumerate(self.tokens)}
        self.ends = {token.end: i for i, token in enumerate(self.tokens)}
        self.states = named_states(self.tokens, gazetteer)
        self.header: frozenset[str] = frozenset()
        self.holding: frozenset[int] = frozenset()

    def resolve(self, spans: Sequence[tuple[int, int]]) -> list[Place]:
        names = self._names(spans)
        self._rank(names, ())
        self.header = self._header_states(names)
        self.holding = self._holding(names)
        self._rank(names, self._well_known(names))
        return self._places(names)

    def _names(self, spans: Sequence[tuple[int, int]]) -> list[_Name]:
        names: dict[tuple[str, str | None], _Name] = {}
        for start, end in sorted(set(spans)):
            if not self.text[start:end].strip():
                continue
            span = Span.of(self.text, start, end)
            name = self._read(span)
            known = names.setdefault((fold(_ARTICLE.sub("", span.text)), name.kind), name)
            if known is not name:
                known.mentions.append(span)
                known.given.extend(area for area in name.given if area not in known.given)
        return list(names.values())

    def _read(self, span: Span) -> _Name:
        """Look one mention up, whole or by the name inside it, and read what stands around it."""
        name = _Name([span])
        words = _ARTICLE.sub("", span.text)
        head, _, tail = words.partition(",")
        name.kind = self._kind_around(span)
        if tail and (areas := self._areas(tail)):
            name.given += areas
            words = head
        name.state = self._bare_demonym(words)
        if not name.state:
            name.entries = self._entries(span, words)
            if not name.entries:
                self._read_inside(name, words)
        name.given += self._given_after(span.end)
        return name

    def _bare_demonym(self, words: str) -> str | None:
        if " " in words.strip() or self.gazetteer.state(words):
            return None
        return self.gazetteer.demonym(words)

    def _entries(self, span: Span, words: str) -> tuple[Entry, ...]:
        if words.endswith(".") or self.text[span.end : span.end + 1] == ".":
            before = self.text[: span.start].rstrip()
            if before.endswith(",") and (short := self.gazetteer.abbreviation(words)):
                return short
        acronym = words.isupper() and len(words) < 4 and not self.shouting and not self.gazetteer.state(words)
        if acronym or self._of_a_people(words):
            return ()
        entries = self.gazetteer.lookup(words)
        plain = fold(words) in COMMON and entries and entries[0].weight < INNER_PROMINENCE
        return () if plain and entries[0].country not in self.states else entries

    def _of_a_people(self, words: str) -> bool:
        """Tell a phrase like `Malian territory`, which is no name, from one like `Indian Ocean`."""
        first, _, rest = words.partition(" ")
        return (
            rest.islower() and not self.gazetteer.state(first) and self.gazetteer.demonym(first) is not None
        )

    def _read_inside(self, name: _Name, words: str) -> None:
        """Resolve by a known name inside the words: what is around it says how exactly."""
        tokens = tokens_of(words)
        found = self._inner_name(words, tokens)
        if found is None:
            self._read_state_inside(name, words, tokens)
            return
        first, count, name.entries = found
        rest = [t.text.lower() for t in (*tokens[:first], *tokens[first + count :])]
        after = tokens[first + count].text.lower() if first + count < len(tokens) else ""
        before = [t.text.lower() for t in tokens[:first]]
        if before and before[-1] == "of":
            before = before[:-1]
        name.kind = name.kind or KINDS_AFTER.get(after) or KINDS_BEFORE.get(before[-1] if before else "")
        name.direction = any(word in DIRECTIONS for word in rest)
        name.near = any(word in NEARNESS for word in rest)
        plain = all(word in KINDS_AFTER or word in KINDS_BEFORE or word in ("the", "of") for word in rest)
        name.inner = not plain
        name.radius = _written_km(words)

    def _inner_name(self, words: str, tokens: list[Token]) -> tuple[int, int, tuple[Entry, ...]] | None:
        best: tuple[tuple[int, float], int, int, tuple[Entry, ...]] | None = None
        for first in range(len(tokens)):
            if not (tokens[first].capital or self.shouting) or tokens[first].text.lower() in PARTICLES:
                continue
            for count in range(min(4, len(tokens) - first), 0, -1):
                name = words[tokens[first].start : tokens[first + count - 1].end]
                key = fold(name)
                if (count == 1 and not self._good_inner(name, key)) or not self.gazetteer.knows([key]):
                    continue
                entries = self.gazetteer.lookup(name)
                fit = [e for e in entries if e.country in self.states or e.weight >= INNER_PROMINENCE]
                size = (count, max((e.weight for e in fit), default=0.0))
                if fit and (best is None or size > best[0]):
                    best = (size, first, count, entries)
        return best[1:] if best else None

    def _good_inner(self, name: str, key: str) -> bool:
        plain = key in COMMON or key in FIRST_NAMES or key in KINDS_AFTER or key in DIRECTIONS
        return self.gazetteer.state(name) is not None or not (plain or self.gazetteer.demonym(name))

    def _read_state_inside(self, name: _Name, words: str, tokens: list[Token]) -> None:
        """Take a state from a demonym: its capital where that is said, else the state without a point."""
        code = next((code for _, _, code, _ in states_in(tokens, self.gazetteer)), None)
        state = self.gazetteer.country(code) if code else None
        if state is None:
            return
        name.state = code
        if re.search(r"\bcapital\b", words, re.IGNORECASE):
            name.entries = self._capital(state)

    def _capital(self, state: Entry) -> tuple[Entry, ...]:
        found = self.gazetteer.capital(state.country or "")
        return (found,) if found else ()

    def _kind_around(self, span: Span) -> str | None:
        """Give the kind that the words around say: `Kunar province`, `the town of Konna`, `Lake Chad`."""
        last, first = self.ends.get(span.end), self.at.get(span.start)
        if last is not None and last + 1 < len(self.tokens):
            after = self.tokens[last + 1]
            if self.text[span.end : after.start].isspace() and (kind := KINDS_AFTER.get(after.text.lower())):
                return kind
        if (
            last is not None
            and last > (first or 0)
            and (kind := KINDS_AFTER.get(self.tokens[last].text.lower()))
        ):
            return kind
        if first is None or first == 0:
            return None
        at = first - 1
        if self.tokens[at].text.lower() == "of" and at > 0:
            return KINDS_BEFORE.get(self.tokens[at - 1].text.lower())
        return None

    def _given_after(self, end: int) -> list[Entry]:
        """Read the area written after a name: `Diabaly, Mali`, `Wana in South Waziristan`."""
        gap = _GIVEN.match(self.text, end)
        return self._areas(self.text[gap.end() : gap.end() + 60], commas="," in gap.group()) if gap else []

    def _areas(self, words: str, *, commas: bool = True) -> list[Entry]:
        """Read an area at the beginning of words; after a comma short forms count (`Ga.`)."""
        tokens = tokens_of(words.split(",", maxsplit=1)[0].split("\n\n", maxsplit=1)[0])[:_AREA_WORDS]
        skip = next((i for i, t in enumerate(tokens) if t.capital), len(tokens))
        if skip > 1 or len(tokens) <= skip or words[: tokens[skip].start].strip() not in ("", "the"):
            return []
        tokens = tokens[skip:]
        for count in range(len(tokens), 0, -1):
            name = words[tokens[0].start : tokens[count - 1].end]
            short = self.gazetteer.abbreviation(name) if commas and count == 1 else ()
            if self.shouting and fold(name) in COMMON:
                continue
            wide = [
                e for e in self.gazetteer.lookup(name) if e.kind in ("country", "admin1", "admin2", "region")
            ]
            if short or wide:
                return [*short, *wide][:4]
        return []

    def _rank(self, names: Iterable[_Name], around: Sequence[Entry]) -> None:
        for name in names:
            own = {entry.id for entry in name.entries}
            others = [entry for entry in around if entry.id not in own]
            evidence = Evidence(
                self._states_for(name), self.header, others, name.given, self.holding, name.kind
            )
            name.ranked = rank(name.entries, evidence, self.gazetteer)

    def _states_for(self, name: _Name) -> dict[str, float]:
        """Leave a state's own name out of the evidence for places that share it: Jordan, Guatemala."""
        own = {e.country for e in name.entries if e.kind == "country"}
        return (
            {code: weight for code, weight in self.states.items() if code not in own} if own else self.states
        )

    def _header_states(self, names: Iterable[_Name]) -> frozenset[str]:
        heads = {tuple(span) for span in self.header_spans}
        found = (
            name.ranked[0].entry.country
            for name in names
            if name.ranked and any((m.start, m.end) in heads for m in name.mentions)
        )
        return frozenset(code for code in found if code)

    @staticmethod
    def _holding(names: Iterable[_Name]) -> frozenset[int]:
        """Collect the areas that are written beside a place in them: the Georgia of `Atlanta, Georgia`."""
        held: set[int] = set()
        for name in names:
            best = name.ranked[0].entry if name.ranked else None
            held.update(area.id for area in name.given if best and inside(best, area))
        return frozenset(held)

    @staticmethod
    def _well_known(names: Iterable[_Name]) -> list[Entry]:
        sure = [n.ranked[0] for n in names if n.ranked and n.ranked[0].confidence >= KNOWN_WELL]
        places = [r.entry for r in sure if r.entry.kind not in ("country", "continent")]
        return places[:MOST_AROUND]

    def _places(self, names: Iterable[_Name]) -> list[Place]:
        groups: dict[tuple[object, ...], list[_Name]] = defaultdict(list)
        for name in names:
            groups[self._identity(name)].append(name)
        merged = sorted(groups.values(), key=lambda g: min(m.start for n in g for m in n.mentions))
        return [self._place(f"p{i + 1}", group) for i, group in enumerate(merged)]

    def _identity(self, name: _Name) -> tuple[object, ...]:
        if not name.ranked:
            return ("name", fold(_ARTICLE.sub("", name.mentions[0].text)), name.state)
        qualified = fold(name.mentions[0].text) if name.inner else ""
        return ("entry", name.ranked[0].entry.id, qualified)

    def _place(self, number: str, group: list[_Name]) -> Place:
        first = group[0]
        mentions = tuple(sorted(m for name in group for m in name.mentions))
        title = self._title(first)
        if not first.ranked:
            precision: PlacePrecision | None = "country" if first.state else None
            reasons = ("demonym of the country",) if first.state else ()
            return Place(id=number, name=title, mentions=mentions, country=first.state, precision=precision,
                         confidence=0.5 if first.state else 0.0, rests_on=reasons)  # fmt: skip
        best = max((name.ranked[0] for name in group), key=lambda r: r.confidence)
        entry, (precision, radius) = best.entry, _precision(best.entry, first)
        return Place(
            id=number,
            name=title,
            mentions=mentions,
            geonames=entry.geonames,
            country=entry.country,
            admin1=entry.name if entry.kind == "admin1" else entry.admin1,
            lat=entry.lat,
            lon=entry.lon,
            precision=precision,
            confidence=best.confidence,
            radius_km=radius,
            candidates=_runners_up(first.ranked),
            rests_on=best.reasons,
        )

    def _title(self, name: _Name) -> str:
        """Name a place as the report does; in a text of capitals, as the gazetteer does."""
        words = _ARTICLE.sub("", " ".join(name.mentions[0].text.split()))
        if not words.isupper() or len(words) < 4:
            return words
        if name.ranked and not name.inner and fold(name.ranked[0].entry.name) == fold(words):
            return name.ranked[0].entry.name
        return re.sub(r"[^\W\d_]+(?:['’][^\W\d_]+)?", lambda m: _titled(m.group(), m.start()), words)


def _titled(word: str, start: int) -> str:
    lower = word.lower()
    return lower if start and lower in PARTICLES else lower.capitalize()


def _written_km(words: str) -> float | None:
    """Read a written distance in kilometres: `30 km north of Gao`."""
    match = _KILOMETRES.search(words)
    if match is None:
        return None
    number = float(match[1].replace(",", "."))
    return round(number * (1.609 if match[2].lower().startswith("mile") else 1.0), 1)


def _precision(entry: Entry, name: _Name) -> tuple[PlacePrecision, float | None]:
    """Say how exactly a mention puts the place, and within how many kilometres where it is only near."""
    exact = _EXACT[entry.kind]
    if not name.inner:
        return exact, entry.radius_km
    if exact in ("exact", "near"):
        return "near", name.radius or (NEAR_KM if name.near else SITE_KM)
    if exact == "admin2":
        return exact, None
    return "region", entry.radius_km


def _runners_up(ranked: Sequence[Ranked]) -> tuple[Candidate, ...]:
    """Give up to three other places that the name might mean."""
    return tuple(
        Candidate(
            name=f"{r.entry.name}, {r.entry.admin1}" if r.entry.admin1 else r.entry.name,
            geonames=r.entry.geonames,
            country=r.entry.country,
            lat=r.entry.lat,
            lon=r.entry.lon,
            score=r.confidence,
        )
        for r in ranked[1 : 1 + RUNNERS_UP]
        if r.confidence >= CLOSE
    )
