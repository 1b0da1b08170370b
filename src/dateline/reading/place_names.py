"""Read the mentions of places: which entries a name has, and what the words around it say of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dateline.knowledge.gazetteer import Entry, Gazetteer
from dateline.knowledge.names import fold
from dateline.reading.nations import COMBINING, REGIONAL, states_in
from dateline.reading.nearness import NEAR_KM, Nearness, nearness_before
from dateline.reading.place_features import distance_km, inside
from dateline.reading.place_words import (
    COMMON,
    DIRECTIONS,
    FIRST_NAMES,
    KINDS_AFTER,
    KINDS_BEFORE,
    KINDS_OF_MANY,
    NEARNESS,
    PARTICLES,
)
from dateline.reading.segments import is_shouting
from dateline.reading.tokens import Token, tokens_of
from dateline.record import Span

__all__ = ["ARTICLE", "NameReader", "PlaceName"]

ACRONYM_PROMINENCE = 7.0  # only what all know goes by two or three capitals
INNER_PROMINENCE = 4.7  # a name inside a longer one counts from a city of 50,000, or in a state named
ARTICLE = re.compile(r"^(?:the|The|THE)\s+")
_THE = re.compile(r"\b[Tt]he\s$")
_WIDE = ("region", "continent", "water", "mountain")
OWNER_PROMINENCE = 5.0  # a city of a hundred thousand may own a quarter or an airport ...
OWNER_KM = 40.0  # ... that lies no further from its middle
WIDE_PROMINENCE = 5.5  # the regions that news speaks of, and the great waters
_GIVEN = re.compile(r"(?:,\s*|\s+\(|,?\s+in\s+(?:the\s+)?)")
_OWNED = re.compile(r"([^\W\d_][\w'’.-]*(?: [^\W\d_][\w.-]*){0,3})(?:['’]s|s['’])\s+$")
_AREA_WORDS = 3  # an area written after a name: `South Kordofan state`
_LIST = re.compile(r"(?:\s*,\s*(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+)(?=[^\W\d_a-z])")
_LISTED = re.compile(r"([^\W\d_a-z]\w*(?: [^\W\d_a-z]\w*)?)(?:,? (?:and|or) |, )(?:[^\W\d_a-z]\w*[ .]?)+")
LISTED_PROMINENCE = 5.5  # a city of 300,000 that has an area's name: New York, Washington
_LISTED_MOST = 12  # names in a row before `counties`
_WRITTEN_OUT = {"co": "County", "cty": "County", "twp": "Township", "pen": "Peninsula", "mtns": "Mountains"}
_ABBREVIATED = re.compile(r"(?<= )(Co|Cty|Twp|Pen|Mtns)\.?$", re.IGNORECASE)
_TOWNSHIP = re.compile(r"(?<=\w) [Tt]ownship$")
SHORT_PROMINENCE = (
    5.0  # below it a place called as a dotted short form is not meant: `Fla.`, a town in Norway
)
_TOWN_OF = re.compile(r"(?:the )?(?:town|city|village|township|borough|county) of (?:the )?", re.IGNORECASE)
_CITY_SHORT = {"L.A.": "Los Angeles", "N.Y.C.": "New York City", "S.F.": "San Francisco"}
_CAPITAL = re.compile(r"\bcapital\b", re.IGNORECASE)


@dataclass(slots=True)
class PlaceName:
    """All mentions of one name and what is known of it.

    `given` are the areas written beside it, `kind` the kind written with it, `state` the state of a
    demonym, `near` what makes it only near the place, `inner` tells that the name is part of a longer
    one, `unpinned` that it says a state or region without a point.
    """

    mentions: list[Span]
    entries: tuple[Entry, ...] = ()
    given: list[Entry] = field(default_factory=list)
    kind: str | None = None
    near: Nearness | None = None
    inner: bool = False
    state: str | None = None
    unpinned: bool = False

    @property
    def words(self) -> str:
        """Give the name as first written, without its article."""
        return ARTICLE.sub("", self.mentions[0].text)


class NameReader:
    """Reads the mentions of one text."""

    def __init__(self, text: str, tokens: Sequence[Token], gazetteer: Gazetteer, near: set[str]) -> None:
        """Take the text with its tokens; `near` are the states that it names."""
        self.text, self.tokens, self.gazetteer, self.near = text, tokens, gazetteer, near
        self.shouting = is_shouting(text)
        self.at = {token.start: i for i, token in enumerate(tokens)}
        self.ends = {token.end: i for i, token in enumerate(tokens)}

    def names(self, spans: Sequence[tuple[int, int]]) -> list[PlaceName]:
        """Read all spans, (start, end) each, and put those of one name together, in text order."""
        names: dict[object, PlaceName] = {}
        for start, end in sorted(set(spans)):
            if not self.text[start:end].strip():
                continue
            name = self.read(Span.of(self.text, start, end))
            known = names.setdefault((fold(name.words), name.kind, name.near), name)
            if known is not name:
                known.mentions += name.mentions
                known.given.extend(area for area in name.given if area not in known.given)
        return list(names.values())

    def read(self, span: Span) -> PlaceName:
        """Look one mention up, whole or by the name inside it, and read what stands around it."""
        name = PlaceName([span], kind=self._kind_around(span))
        words = name.words
        head, _, tail = words.partition(",")
        if tail and (areas := self._areas(tail)):
            name.given += areas
            words = head
        if not self._demonym(name, words):
            entries = self._with_article(span, self._entries(span, words))
            name.entries = self._of_owner(span.start, _inside_any(entries, name.given))
            if not name.entries:
                self._read_inside(name, words)
            if not name.entries and not name.state:
                name.entries = self._similar(words)
        name.near = name.near or nearness_before(self.text, span.start)
        name.given += self._given_after(span.end) or self._given_before(span.start)
        return name

    def _demonym(self, name: PlaceName, words: str) -> bool:
        """Read a demonym, which gives a state or region and no point."""
        region = REGIONAL.get(fold(words))
        if region and not words.islower() and (entries := self.gazetteer.lookup(region)):
            name.entries, name.unpinned = entries, True
            return True
        if " " in words.strip() or self.gazetteer.state(words):
            return False
        end = name.mentions[0].end
        half = COMBINING.get(fold(words)) if self.text[end : end + 1] == "-" else None
        name.state = half or self.gazetteer.demonym(words)
        return name.state is not None

    def _entries(self, span: Span, words: str) -> tuple[Entry, ...]:
        if words.replace(" ", "") in _CITY_SHORT:  # `L.A.`, where a city is meant as often as Louisiana
            return self.gazetteer.lookup(_CITY_SHORT[words.replace(" ", "")])
        if short := self._short_form(span, words):
            return short
        if self._of_a_people(words):
            return ()
        entries = self._whole(words)
        acronym = words.isupper() and len(words) < 4 and not self.shouting and not self.gazetteer.state(words)
        if acronym:  # `EU`, `NYC`, but no town of letters
            known = tuple(e for e in entries if e.weight >= ACRONYM_PROMINENCE)
            entries = known or self.gazetteer.abbreviation(words)
        plain = fold(words) in COMMON and entries and entries[0].weight < INNER_PROMINENCE
        return () if plain and entries[0].country not in self.near else entries

    def _with_article(self, span: Span, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Leave towns out where an article tells a great region of their name: `the Middle East`."""
        article = ARTICLE.match(span.text) or _THE.search(self.text, max(0, span.start - 5), span.start)
        wide = any(e.kind in _WIDE and e.prominence >= WIDE_PROMINENCE for e in entries)
        return tuple(e for e in entries if e.kind not in ("city", "site")) if article and wide else entries

    def _whole(self, words: str) -> tuple[Entry, ...]:
        """Look a name up as written; a township may be listed by its bare name (`Clinton Township`)."""
        words = _ABBREVIATED.sub(lambda m: _WRITTEN_OUT[m[1].lower()], words)
        entries = self.gazetteer.lookup(words)
        bare = _TOWNSHIP.sub("", words)
        known = {e.id for e in entries}
        more = self.gazetteer.lookup(bare) if bare != words else ()
        return (*entries, *(e for e in more if e.kind == "city" and e.id not in known))

    def _similar(self, words: str) -> tuple[Entry, ...]:
        """Look a name up by its spelling, among the places of states that the text names."""
        if not words[:1].isupper() or fold(words) in COMMON:
            return ()
        return tuple(e for e in self.gazetteer.similar(words) if e.country in self.near)

    def _short_form(self, span: Span, words: str) -> tuple[Entry, ...]:
        """Read a region's short form: with dots (`N.J.`), or after a comma (`Trenton, NJ`)."""
        dotted = "." in words or self.text[span.end : span.end + 1] == "."
        before = self.text[: span.start].rstrip()
        after_comma = before.endswith(",") and (dotted or (words.isupper() and len(words) == 2))
        party = re.search(r"\b[DR]-$", before) is not None
        if not (after_comma or party or (dotted and not self._well_known(words))):
            return ()
        return self.gazetteer.abbreviation(words)

    def _well_known(self, words: str) -> bool:
        """Tell whether a place of some size has this very name."""
        return any(e.weight >= SHORT_PROMINENCE for e in self.gazetteer.lookup(words)[:1])

    def _of_a_people(self, words: str) -> bool:
        """Tell a phrase like `Malian territory`, which is no name, from one like `Indian Ocean`."""
        first, _, rest = words.partition(" ")
        return (
            rest.islower() and not self.gazetteer.state(first) and self.gazetteer.demonym(first) is not None
        )

    def _read_inside(self, name: PlaceName, words: str) -> None:
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
        plain = all(word in KINDS_AFTER or word in KINDS_BEFORE or word in ("the", "of") for word in rest)
        name.inner = not plain
        name.near = nearness_before(words, tokens[first].start, inside=True)
        if name.near is None and any(word in NEARNESS for word in rest):
            name.near = Nearness("", NEAR_KM)

    def _inner_name(self, words: str, tokens: list[Token]) -> tuple[int, int, tuple[Entry, ...]] | None:
        best: tuple[tuple[int, float], int, int, tuple[Entry, ...]] | None = None
        for first in range(len(tokens)):
            if not (tokens[first].capital or self.shouting) or tokens[first].text.lower() in PARTICLES:
                continue
            for count in range(min(4, len(tokens) - first), 0, -1):
                if count == len(tokens):  # it was looked up whole before
                    continue
                name = words[tokens[first].start : tokens[first + count - 1].end]
                key = fold(name)
                if (count == 1 and not self._good_inner(name, key)) or not self.gazetteer.knows([key]):
                    continue
                entries = self.gazetteer.lookup(name)
                told = _TOWN_OF.fullmatch(words[: tokens[first].start]) is not None
                fit = [e for e in entries if told or e.country in self.near or e.weight >= INNER_PROMINENCE]
                size = (count, max((e.weight for e in fit), default=0.0))
                if fit and (best is None or size > best[0]):
                    best = (size, first, count, entries)
        return best[1:] if best else None

    def _good_inner(self, name: str, key: str) -> bool:
        plain = key in COMMON or key in FIRST_NAMES or key in KINDS_AFTER or key in DIRECTIONS
        return self.gazetteer.state(name) is not None or not (plain or self.gazetteer.demonym(name))

    def _read_state_inside(self, name: PlaceName, words: str, tokens: list[Token]) -> None:
        """Take a state from a demonym: its capital where that is said, else the state without a point."""
        code = next((code for _, _, code, _ in states_in(tokens, self.gazetteer)), None)
        if code is None or self.gazetteer.country(code) is None:
            return
        name.state = code
        capital = self.gazetteer.capital(code) if _CAPITAL.search(words) else None
        name.entries = (capital,) if capital else ()

    def _kind_around(self, span: Span) -> str | None:
        """Give the kind that the words around say: `Kunar province`, `the town of Konna`, `Lake Chad`."""
        last, first = self.ends.get(span.end), self.at.get(span.start)
        if last is not None and last + 1 < len(self.tokens):
            after = self.tokens[last + 1]
            if self.text[span.end : after.start].isspace() and (kind := KINDS_AFTER.get(after.text.lower())):
                return kind
        inside = KINDS_AFTER.get(self.tokens[last].text.lower()) if last is not None else None
        if last is not None and last > (first or 0) and inside:
            return inside
        return self._kind_before(first) or self._kind_of_list(span.end)

    def _kind_before(self, first: int | None) -> str | None:
        if first is None or first < 2 or self.tokens[first - 1].text.lower() != "of":
            return None
        return KINDS_BEFORE.get(self.tokens[first - 2].text.lower())

    def _kind_of_list(self, end: int) -> str | None:
        """Give the kind that stands behind a list in which the name is: `Clay, Grant and Todd counties`."""
        for _ in range(_LISTED_MOST):
            gap = _LIST.match(self.text, end)
            if gap is None or gap.end() not in self.at:
                return None
            at = self.at[gap.end()]
            while at < len(self.tokens) and self.tokens[at].capital:
                end, at = self.tokens[at].end, at + 1
                if self.text[end : end + 1] != " ":
                    break
            if at == len(self.tokens) or self.text[end : self.tokens[at].start] != " ":
                continue
            if kind := KINDS_OF_MANY.get(self.tokens[at].text.lower()):
                return kind
        return None

    def _given_after(self, end: int) -> list[Entry]:
        """Read the area written after a name: `Diabaly, Mali`, `Wana in South Waziristan`."""
        gap = _GIVEN.match(self.text, end)
        if gap is None or ("," in gap.group() and self._in_list_of_towns(gap.end())):
            return []
        return self._areas(self.text[gap.end() : gap.end() + 60], commas="," in gap.group())

    def _in_list_of_towns(self, start: int) -> bool:
        """Tell a list of towns (`Washington, New York and Boston`) from a town with its area."""
        listed = _LISTED.match(self.text, start)
        return listed is not None and any(
            e.kind == "city" and e.weight >= LISTED_PROMINENCE for e in self.gazetteer.lookup(listed[1])
        )

    def _given_before(self, start: int) -> list[Entry]:
        """Read the area that owns a place: `Algeria's In Amenas`, `Pakistan's Swat valley`."""
        for owners in self._owners(start):
            if wide := [e for e in owners[:2] if e.kind in ("country", "admin1")]:
                return wide[:1]
        return []

    def _of_owner(self, start: int, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Leave out what is far from the city that owns a place: `London's Heathrow`."""
        for owners in self._owners(start):
            cities = [e for e in owners[:2] if e.kind == "city" and e.weight >= OWNER_PROMINENCE]
            if near := tuple(e for e in entries if any(distance_km(e, c) < OWNER_KM for c in cities)):
                return near
        return entries

    def _owners(self, start: int) -> Iterator[tuple[Entry, ...]]:
        """Yield what the words before an apostrophe may name, the longest name first."""
        owner = _OWNED.search(self.text[max(0, start - 40) : start])
        words = owner[1].split() if owner else []
        for count in range(min(3, len(words)), 0, -1):
            name = " ".join(words[-count:])
            if name[:1].isupper():
                yield self.gazetteer.lookup(name)

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


def _inside_any(entries: tuple[Entry, ...], areas: Sequence[Entry]) -> tuple[Entry, ...]:
    """Leave out what lies elsewhere where an area is part of the name: `Washington, D.C.` is no state."""
    lying = tuple(entry for entry in entries if any(inside(entry, area) for area in areas))
    return lying or entries
