"""What is kept of reports and incidents: the objects of `dateline/1`, frozen, to and from JSON.

Field names and values are those of the codebook (docs/codebook.md). Spans are
Unicode code point offsets into `Report.text`, end exclusive. Readers pass over
keys they don't know, so a record of a later minor version can be read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import Any, Literal

import msgspec

__all__ = [
    "SCHEMA", "Actor", "Argument", "Candidate", "Claim", "Event", "Figure", "Incident",
    "LedgerClaim", "LedgerLine", "Member", "Origins", "Place", "Posture", "Record", "Report", "Source",
    "Span", "Total", "When", "report_id", "set_renderer",
]  # fmt: skip

SCHEMA: Literal["dateline/1"] = "dateline/1"

ActorKind = Literal[
    "government", "military", "police", "armed-group", "intergovernmental", "ngo", "company",
    "media", "civilians", "person", "other",
]  # fmt: skip
PlacePrecision = Literal["exact", "near", "admin2", "admin1", "country", "region"]
TimePrecision = Literal["hour", "day", "week", "month", "year", "unknown"]
FigureStatus = Literal["stated", "possible", "predicted", "denied"]
LedgerStatus = Literal["stated", "revised", "retracted", "possible", "denied"]
Agreement = Literal["single", "agreed", "contested"]
Mission = Literal["open", "closed", "relocated", "reduced"]
Staff = Literal["present", "evacuating", "evacuated"]
Advice = Literal["none", "caution", "avoid", "leave"]


def report_id(text: str) -> str:
    """Give the id of a report: `sha256:` and the hex digest of its text in UTF-8."""
    return "sha256:" + hashlib.sha256(text.encode("utf-8")).hexdigest()


class Span(msgspec.Struct, frozen=True, order=True):
    """A stretch of the report's text: `text` is exactly `report.text[start:end]`."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """Cut a span out of a text."""
        return cls(start, end, text[start:end])


class Origins(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Where what is known of a report was found, in words: `JSON-LD datePublished`."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    updated: str | None = None
    author: str | None = None
    section: str | None = None


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """One report as it came: its text to the letter and what is known of it; times are ISO.

    `notices` say what was wrong with the input, `origins` where each value was found.
    """

    id: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    text: str
    updated: str | None = None
    author: str | None = None
    notices: tuple[str, ...] = ()
    section: str | None = None
    origins: Origins = Origins()

    @classmethod
    def of(cls, text: str, **known: Any) -> Report:
        """Make a report from a text, its id from its digest."""
        return cls(id=report_id(text), text=text, **known)


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A place that a name might have meant and that was not chosen."""

    name: str
    geonames: int | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    score: float = 0.0


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place the report names; degrees are WGS 84, `radius_km` stands where only nearness is told."""

    id: str
    name: str
    mentions: tuple[Span, ...]
    geonames: int | None = None
    country: str | None = None
    admin1: str | None = None
    lat: float | None = None
    lon: float | None = None
    precision: PlacePrecision | None = None
    confidence: float = 0.0
    radius_km: float | None = None
    candidates: tuple[Candidate, ...] = ()
    rests_on: tuple[str, ...] = ()


class Actor(msgspec.Struct, frozen=True, kw_only=True):
    """A person, group or institution the report names; `registry` is its id in an actor list."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    mentions: tuple[Span, ...]
    registry: str | None = None


class When(msgspec.Struct, frozen=True, kw_only=True):
    """A time: first and last day (or datetime), inclusive; None where not known."""

    span: Span | None = None
    start: str | None = None
    end: str | None = None
    precision: TimePrecision = "unknown"
    rests_on: tuple[str, ...] = ()


class Argument(msgspec.Struct, frozen=True, kw_only=True):
    """Who or what takes part in an event, in which role."""

    role: str
    span: Span
    actor: str | None = None
    confidence: float = 0.0


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """One mention of something done, planned, foretold or denied.

    `happening` is the same string for every mention of one happening in the report.
    """

    id: str
    type: str
    happening: str
    trigger: Span
    status: str
    where: str | None = None
    when: When | None = None
    arguments: tuple[Argument, ...] = ()
    confidence: float = 0.0


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A count with bounds; `low` or `high` is None where the text leaves it open."""

    id: str
    measure: str
    span: Span
    low: int | None = None
    high: int | None = None
    approximate: bool = False
    who: Span | None = None
    group: str = "unspecified"
    nationality: str | None = None
    status: FigureStatus = "stated"
    event: str | None = None
    confidence: float = 0.0


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Who makes a claim; kind `report` and no span is the report's own voice."""

    span: Span | None = None
    name: str
    kind: str
    actor: str | None = None


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One act of saying: by whom, in which words, and the events and figures it is about."""

    id: str
    source: Source
    cue: Span | None = None
    via: Span | None = None
    quote: bool = False
    content: Span
    when: When | None = None
    about: tuple[str, ...] = ()
    confidence: float = 0.0


_renderers: dict[type, Callable[[Any], str]] = {}


def set_renderer(kind: type, render: Callable[[Any], str]) -> None:
    """Say how a Record or an Incident shows itself in a notebook (kept out of here: exports import this)."""
    _renderers[kind] = render


def _shown(shown: Any) -> str | None:
    """Show itself in a notebook, once it is said how."""
    return _renderers[type(shown)](shown) if type(shown) in _renderers else None


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """Everything Dateline takes from one report.

    `estimates`: how likely the report as a whole tells of 0, 1, 2 and so on, the last of that many or more,
    by measure. They rest on no span, so its JSON leaves them out; the totals of incidents weigh them.
    """

    schema: Literal["dateline/1"] = SCHEMA
    report: Report
    places: tuple[Place, ...] = ()
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    figures: tuple[Figure, ...] = ()
    claims: tuple[Claim, ...] = ()
    estimates: dict[str, tuple[float, ...]] | msgspec.UnsetType = msgspec.UNSET

    def __eq__(self, other: object) -> bool:
        """Tell whether another record has the same JSON."""
        return isinstance(other, Record) and _told(self) == _told(other)

    def __hash__(self) -> int:
        return hash(_told(self))

    def to_json(self, indent: int | None = None) -> str:
        """Write the record as JSON: one line, or indented by `indent` blanks."""
        line = msgspec.json.encode(msgspec.structs.replace(self, estimates=msgspec.UNSET))
        return (msgspec.json.format(line, indent=indent) if indent else line).decode("utf-8")

    @classmethod
    def from_json(cls, data: str | bytes) -> Record:
        """Read a record back; raises `msgspec.ValidationError`, `msgspec.DecodeError` for what is none."""
        return msgspec.json.decode(data, type=cls)

    def spans(self) -> Iterator[Span]:
        """Yield every span of the record, so that each can be checked against the text."""
        for place in self.places:
            yield from place.mentions
        for actor in self.actors:
            yield from actor.mentions
        for event in self.events:
            yield event.trigger
            yield from (argument.span for argument in event.arguments)
            yield from _time_spans(event.when)
        for figure in self.figures:
            yield from (s for s in (figure.span, figure.who) if s)
        for claim in self.claims:
            yield from (s for s in (claim.source.span, claim.cue, claim.via, claim.content) if s)
            yield from _time_spans(claim.when)

    def over(self, confidence: float) -> Record:
        """Keep only the events, figures and claims at least this likely, 0 to 1.

        A claim without its facts stays when it is likely enough itself, but not in the report's own voice.
        """
        events = tuple(e for e in self.events if e.confidence >= confidence)
        figures = tuple(f for f in self.figures if f.confidence >= confidence)
        kept = {e.id for e in events} | {f.id for f in figures}
        figures = tuple(f if f.event in kept else msgspec.structs.replace(f, event=None) for f in figures)
        claims = []
        for claim in self.claims:
            about = tuple(key for key in claim.about if key in kept)
            if about or (claim.confidence >= confidence and claim.source.span):
                claims.append(msgspec.structs.replace(claim, about=about))
        return msgspec.structs.replace(self, events=events, figures=figures, claims=tuple(claims))

    _repr_html_ = _shown


class Member(msgspec.Struct, frozen=True, kw_only=True):
    """One event of an incident: its report's id and its own; `part` names the part of the whole."""

    report: str
    event: str
    part: str | None = None


class LedgerClaim(msgspec.Struct, frozen=True, kw_only=True):
    """One figure as one voice gave it; `source` is the report's phrase, None for its own voice.

    `by` names the speaker, the same over all reports; `said` is a day; `also` lists what repeats it.
    """

    report: str
    figure: str
    source: str | None = None
    by: str
    kind: str
    low: int | None = None
    high: int | None = None
    approximate: bool = False
    said: str | None = None
    part: bool = False
    status: LedgerStatus = "stated"
    also: tuple[str, ...] = ()


class LedgerLine(msgspec.Struct, frozen=True, kw_only=True):
    """Claims of one measure, group, nationality; `latest`: index by kind; no `agreement` of parts alone."""

    measure: str
    group: str
    nationality: str | None = None
    claims: tuple[LedgerClaim, ...] = ()
    lowest: int | None = None
    best: int | None = None
    highest: int | None = None
    latest: dict[str, int] = {}
    agreement: Agreement | None = None


class Total(msgspec.Struct, frozen=True, kw_only=True):
    """The toll of a whole incident in one measure; `rule` says how `best` was chosen."""

    lowest: int | None = None
    best: int | None = None
    highest: int | None = None
    rule: str
    lines: tuple[int, ...] = ()


class Incident(msgspec.Struct, frozen=True, kw_only=True):
    """One happening as any number of reports tell it (codebook, section 5); days are ISO, inclusive.

    `id` is made of its earliest report and that event's span; `actors` maps a role to names.
    """

    id: str
    aliases: tuple[str, ...] = ()
    type: str
    types: tuple[str, ...] = ()
    title: str
    where: Place | None = None
    country: str | None = None
    start: str | None = None
    end: str | None = None
    actors: dict[str, tuple[str, ...]] = {}
    reports: tuple[str, ...] = ()
    events: tuple[Member, ...] = ()
    ledger: tuple[LedgerLine, ...] = ()
    totals: dict[str, Total] = {}

    _repr_html_ = _shown

    def to_json(self) -> str:
        """Write the incident as one line of JSON."""
        return msgspec.json.encode(self).decode("utf-8")

    @classmethod
    def from_json(cls, data: str | bytes) -> Incident:
        """Read an incident back; raises as `Record.from_json` does."""
        return msgspec.json.decode(data, type=cls)


class Posture(msgspec.Struct, frozen=True, kw_only=True):
    """How one sender (alpha-3) stands in one host country: its mission, staff and advice to nationals.

    `claim` is `report id#claim id`; None where nothing is said; `before` is what this one replaced.
    """

    sender: str
    host: str
    mission: Mission | None = None
    staff: Staff | None = None
    advice: Advice | None = None
    area: str | None = None
    status: Literal["announced", "in-force"] | None = None
    since: str | None = None
    claim: str | None = None
    before: Posture | None = None


def _told(record: Record) -> tuple[object, ...]:
    return tuple(getattr(record, name) for name in Record.__struct_fields__ if name != "estimates")


def _time_spans(when: When | None) -> Iterator[Span]:
    if when is not None and when.span is not None:
        yield when.span
