"""Records made by hand, and a Hypothesis strategy for any record."""

from __future__ import annotations

import msgspec
from hypothesis import strategies as st

from dateline import codebook
from dateline.record import (
    Actor,
    Argument,
    Candidate,
    Claim,
    Event,
    Figure,
    Place,
    Record,
    Report,
    Source,
    Span,
    When,
)

TEXT = (
    "GAO, Mali - Five people were killed in a bombing on Monday, police said. "
    "“Seven bodies lie here,” a doctor told Radio Gao. Troops closed the road."
)


def span(words: str, text: str = TEXT) -> Span:
    """Cut out the first occurrence of some words."""
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def sample(text: str = TEXT) -> Record:
    """A record of `TEXT` with every kind of object, each confidence different."""
    monday = When(span=span("on Monday"), start="2013-01-21", end="2013-01-21", precision="day")
    return Record(
        report=Report.of(
            text, title="Blast in Gao", publisher="Radio Gao", published="2013-01-22", language="en"
        ),
        places=(
            Place(
                id="p1",
                name="Gao",
                mentions=(span("GAO"),),
                geonames=2457163,
                country="MLI",
                admin1="Gao",
                lat=16.27,
                lon=-0.04,
                precision="exact",
                confidence=0.9,
            ),
        ),
        actors=(Actor(id="a1", name="police", kind="police", country="MLI", mentions=(span("police"),)),),
        events=(
            Event(
                id="e1",
                type="killing",
                happening="h1",
                trigger=span("killed"),
                status="happened",
                where="p1",
                when=monday,
                confidence=0.9,
                arguments=(Argument(role="target", span=span("Five people"), confidence=0.8),),
            ),
            Event(
                id="e2",
                type="bombing",
                happening="h1",
                trigger=span("bombing"),
                status="happened",
                confidence=0.6,
            ),
            Event(
                id="e3",
                type="restriction",
                happening="h2",
                trigger=span("closed"),
                status="happened",
                arguments=(Argument(role="agent", span=span("Troops")),),
                confidence=0.3,
            ),
        ),
        figures=(
            Figure(
                id="f1",
                measure="killed",
                span=span("Five"),
                low=5,
                high=5,
                who=span("Five people"),
                event="e1",
                confidence=0.9,
            ),
            Figure(
                id="f2",
                measure="killed",
                span=span("Seven"),
                low=7,
                high=7,
                who=span("Seven bodies"),
                event="e3",
                confidence=0.7,
            ),
        ),
        claims=(
            Claim(
                id="c1",
                source=Source(span=span("police"), name="police", kind="institution", actor="a1"),
                cue=span("said"),
                content=span(text[12:58]),
                about=("e1", "e2", "f1"),
                confidence=0.9,
            ),
            Claim(
                id="c2",
                source=Source(span=span("a doctor"), name="a doctor", kind="witness"),
                cue=span("told"),
                via=span("Radio Gao"),
                quote=True,
                content=span("Seven bodies lie here"),
                about=("f2",),
                confidence=0.8,
            ),
            Claim(
                id="c3",
                source=Source(name="Radio Gao", kind="report"),
                content=span("Troops closed the road."),
                about=("e3",),
                confidence=0.3,
            ),
        ),
    )


_share = st.floats(0, 1)
_days = st.dates().map(lambda d: d.isoformat())
_counts = st.none() | st.integers(0, 10**9)
_countries = st.none() | st.sampled_from(["MLI", "DZA", "JPN", "USA"])
_words = st.text(min_size=1, max_size=20)


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text)))
    return Span.of(text, start, draw(st.integers(start, len(text))))


def _whens(text: str) -> st.SearchStrategy[When]:
    return st.builds(
        When,
        span=st.none() | spans(text),
        start=st.none() | _days,
        end=st.none() | _days,
        precision=st.sampled_from(["hour", "day", "week", "month", "year", "unknown"]),
        rests_on=st.lists(_words, max_size=2).map(tuple),
    )


def _reports(text: str) -> st.SearchStrategy[Report]:
    return st.builds(
        lambda **known: Report.of(text, **known),
        title=st.none() | st.text(max_size=30),
        publisher=st.none() | _words,
        url=st.none() | _words,
        published=st.none() | _days,
        language=st.none() | st.sampled_from(["en", "fr", "ar"]),
        notices=st.lists(_words, max_size=2).map(tuple),
    )


def _places(text: str) -> st.SearchStrategy[Place]:
    def place(point: tuple[float, float] | None, **known: object) -> Place:
        lat, lon = point or (None, None)
        return Place(id="", lat=lat, lon=lon, **known)  # type: ignore[arg-type]

    return st.builds(
        place,
        point=st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180)),
        name=_words,
        mentions=st.lists(spans(text), min_size=1, max_size=3).map(tuple),
        geonames=st.none() | st.integers(1, 10**8),
        country=_countries,
        confidence=_share,
        precision=st.none() | st.sampled_from(["exact", "near", "admin2", "admin1", "country", "region"]),
        candidates=st.lists(st.builds(Candidate, name=_words, score=_share), max_size=2).map(tuple),
    )


def _actors(text: str) -> st.SearchStrategy[Actor]:
    return st.builds(
        Actor,
        id=st.just(""),
        name=_words,
        kind=st.sampled_from(list(codebook.ACTOR_KINDS)),
        country=_countries,
        mentions=st.lists(spans(text), max_size=3).map(tuple),
        registry=st.none() | _words,
    )


def _events(text: str) -> st.SearchStrategy[Event]:
    argument = st.builds(
        Argument, role=st.sampled_from(list(codebook.ROLES)), span=spans(text), confidence=_share
    )
    return st.builds(
        Event,
        id=st.just(""),
        type=st.sampled_from(list(codebook.TYPES)),
        happening=st.sampled_from(["h1", "h2", "h3"]),
        trigger=spans(text),
        status=st.sampled_from(list(codebook.STATUSES)),
        when=st.none() | _whens(text),
        arguments=st.lists(argument, max_size=3).map(tuple),
        confidence=_share,
    )


def _figures(text: str) -> st.SearchStrategy[Figure]:
    return st.builds(
        Figure,
        id=st.just(""),
        measure=st.sampled_from(list(codebook.MEASURES)),
        span=spans(text),
        low=_counts,
        high=_counts,
        approximate=st.booleans(),
        who=st.none() | spans(text),
        group=st.sampled_from(list(codebook.GROUPS)),
        nationality=_countries,
        status=st.sampled_from(list(codebook.FIGURE_STATUSES)),
        confidence=_share,
    )


def _claims(text: str, about: list[str]) -> st.SearchStrategy[Claim]:
    source = st.builds(
        Source, span=st.none() | spans(text), name=_words, kind=st.sampled_from(list(codebook.KINDS))
    )
    told = st.lists(st.sampled_from(about), max_size=3, unique=True).map(tuple) if about else st.just(())
    return st.builds(
        Claim,
        id=st.just(""),
        source=source,
        cue=st.none() | spans(text),
        via=st.none() | spans(text),
        quote=st.booleans(),
        content=spans(text),
        when=st.none() | _whens(text),
        about=told,
        confidence=_share,
    )


@st.composite
def records(draw: st.DrawFn) -> Record:
    """Any record: any text, every value of the codebook, spans anywhere in the text."""
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))

    def some(kind: str, strategy: st.SearchStrategy[msgspec.Struct]) -> tuple[msgspec.Struct, ...]:
        rows = draw(st.lists(strategy, max_size=3))
        return tuple(msgspec.structs.replace(row, id=f"{kind}{i}") for i, row in enumerate(rows, 1))

    events, figures = some("e", _events(text)), some("f", _figures(text))
    about = [row.id for row in (*events, *figures)]  # type: ignore[attr-defined]
    return Record(
        report=draw(_reports(text)),
        places=some("p", _places(text)),
        actors=some("a", _actors(text)),
        events=events,
        figures=figures,
        claims=some("c", _claims(text, about)),
    )  # type: ignore[arg-type]
