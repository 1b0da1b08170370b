"""An incident told by two reports, made by hand, whose every value is known."""

from __future__ import annotations

import msgspec

from dateline.exports.stories import Story
from dateline.record import (
    Actor,
    Argument,
    Claim,
    Event,
    Figure,
    Incident,
    LedgerClaim,
    LedgerLine,
    Member,
    Place,
    Posture,
    Record,
    Report,
    Source,
    Span,
    Total,
    When,
)

__all__ = ["EARLY", "LATE", "posture", "record", "story", "variant"]

EARLY = (
    "GAO, Mali - Gunmen of the Ansar Dine group shot dead five villagers near Gao on 21 January 2013, "
    "police said. The army sent troops."
)
LATE = (
    "BAMAKO - A doctor said on Wednesday that eight villagers had been shot dead near Gao on 21 January 2013."
)


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def record(text: str = EARLY, *, publisher: str = "Sahel Wire", published: str = "2013-01-22") -> Record:
    """Make the record of one of the reports."""
    early = text == EARLY
    day = _span(text, "21 January 2013")
    when = When(span=day, start="2013-01-21", end="2013-01-21", precision="day")
    agent = (
        Argument(role="agent", span=_span(text, "Gunmen of the Ansar Dine group"), actor="a1")
        if early
        else None
    )
    target = Argument(role="target", span=_span(text, "villagers"), actor="a2")
    killing = Event(
        id="e1", type="killing", happening="h1", trigger=_span(text, "shot dead"), status="happened", where="p1",
        when=when, arguments=(agent, target) if agent else (target,), confidence=0.9,
    )  # fmt: skip
    figure = Figure(
        id="f1", measure="killed", span=_span(text, "five" if early else "eight"), low=5 if early else 8,
        high=5 if early else 8, who=_span(text, "villagers"), group="civilian", event="e1", confidence=0.9,
    )  # fmt: skip
    source = Source(span=_span(text, "police"), name="police", kind="institution") if early else Source(
        span=_span(text, "A doctor"), name="a doctor", kind="witness"
    )  # fmt: skip
    said = (
        None
        if early
        else When(span=_span(text, "Wednesday"), start="2013-01-23", end="2013-01-23", precision="day")
    )
    claim = Claim(
        id="c1", source=source, cue=_span(text, "said"), content=_span(text, "shot dead"), about=("e1", "f1"),
        when=said, confidence=0.9,
    )  # fmt: skip
    gao = Place(
        id="p1", name="Gao", mentions=(_span(text, "Gao"),), geonames=2457163, country="MLI", admin1="Gao Region",
        lat=16.2717, lon=-0.0447, precision="near", confidence=0.9,
    )  # fmt: skip
    dine = Actor(
        id="a1",
        name="Ansar Dine",
        kind="armed-group",
        registry="ucdp:2883",
        mentions=(_span(EARLY, "Ansar Dine"),),
    )
    people = Actor(id="a2", name="villagers", kind="civilians", mentions=(_span(text, "villagers"),))
    return Record(
        report=Report.of(
            text, title="Villagers killed near Gao" if early else "Toll rises", publisher=publisher, language="en",
            published=published, url=f"https://{publisher.lower().replace(' ', '-')}.example.org/{published}",
        ),
        places=(gao,), actors=(dine, people) if early else (people,), events=(killing,), figures=(figure,),
        claims=(claim,),
    )  # fmt: skip


def story() -> Story:
    """Give the incident, with both records; police say five, a doctor says eight."""
    first, second = record(), record(LATE, publisher="Bamako Post", published="2013-01-23")
    keys = first.report.id, second.report.id
    said = [
        LedgerClaim(report=keys[0], figure="f1", source="police", by="police of Mali", kind="institution", low=5,
                    high=5, said="2013-01-22"),
        LedgerClaim(report=keys[1], figure="f1", source="a doctor", by="a doctor", kind="witness", low=8, high=8,
                    said="2013-01-23"),
    ]  # fmt: skip
    line = LedgerLine(
        measure="killed", group="civilian", claims=tuple(said), lowest=5, best=8, highest=8,
        latest={"institution": 0, "witness": 1}, agreement="contested",
    )  # fmt: skip
    incident = Incident(
        id="i-0123456789ab", type="killing", types=("armed-attack",), title="Killing, Gao, 2013-01-21",
        where=first.places[0], country="MLI", start="2013-01-21", end="2013-01-21",
        actors={"agent": ("Ansar Dine",), "target": ("villagers",)}, reports=keys,
        events=tuple(Member(report=key, event="e1") for key in keys), ledger=(line,),
        totals={"killed": Total(lowest=5, best=8, highest=8, rule="the latest that was said", lines=(0,))},
    )  # fmt: skip
    return Story(incident, (first, second))


def variant(**changes: object) -> Story:
    """Give the incident with some of its own fields changed."""
    plain = story()
    return Story(msgspec.structs.replace(plain.incident, **changes), plain.records)


def posture() -> Posture:
    """Give Japan's posture in Mali: evacuated, where before it told nationals to leave."""
    before = Posture(sender="JPN", host="MLI", advice="leave", status="in-force", since="2013-01-15")
    return Posture(
        sender="JPN", host="MLI", mission="closed", staff="evacuated", advice="leave", status="announced",
        since="2013-01-23", claim=f"{record().report.id}#c1", before=before,
    )  # fmt: skip
