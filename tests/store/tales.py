"""Short reports with their records, told in one line each."""

from __future__ import annotations

from dateline.record import (
    Actor,
    Argument,
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

__all__ = ["PLACES", "closure", "tale"]

PLACES = {
    "Gao": ("MLI", 16.27, -0.04), "Konna": ("MLI", 14.94, -3.89), "Bamako": ("MLI", 12.65, -8.0),
    "Tigantourine": ("DZA", 27.9, 9.1), "Suva": ("FJI", -18.14, 178.44), "Apia": ("WSM", -13.83, -171.77),
}  # fmt: skip


def _span(text: str, words: str) -> Span:
    start = text.index(words)
    return Span.of(text, start, start + len(words))


def tale(
    place: str = "Gao",
    day: str = "2013-01-16",
    killed: int = 5,
    *,
    kind: str = "bombing",
    agent: str = "gunmen",
    source: str = "police",
    publisher: str | None = "Sahel Wire",
    url: str | None = None,
    published: str | None = None,
    more: str = "",
    title: str | None = None,
) -> tuple[Report, Record]:
    """Tell of one attack: `PLACE - The attack by AGENT killed N people on DAY, SOURCE said.`"""
    text = f"{place} - The attack by {agent} killed {killed} people on {day}, {source} said.{more}"
    report = Report.of(
        text, title=title, publisher=publisher, url=url, published=published or day, language="en"
    )
    return report, _record(report, place, day, killed, kind, agent, source)


def _record(report: Report, place: str, day: str, killed: int, kind: str, agent: str, source: str) -> Record:
    text = report.text
    country, lat, lon = PLACES[place]
    event = Event(
        id="e1", type=kind, happening="h1", trigger=_span(text, "attack"), status="happened", where="p1",
        when=When(span=_span(text, day), start=day, end=day, precision="day"), confidence=0.9,
        arguments=(Argument(role="agent", span=_span(text, agent), actor="a1"),),
    )  # fmt: skip
    figure = Figure(
        id="f1", measure="killed", span=_span(text, f"{killed} people"), low=killed, high=killed, event="e1",
        confidence=0.8,
    )  # fmt: skip
    claim = Claim(
        id="c1", source=Source(span=_span(text, source), name=source, kind="institution"),
        cue=_span(text, "said"), content=_span(text, f"The attack by {agent}"), about=("e1", "f1"),
        confidence=0.7,
    )  # fmt: skip
    where = Place(
        id="p1", name=place, mentions=(_span(text, place),), country=country, lat=lat, lon=lon,
        precision="exact",
    )  # fmt: skip
    who = Actor(id="a1", name=agent, kind="armed-group", mentions=(_span(text, agent),))
    return Record(
        report=report, places=(where,), actors=(who,), events=(event,), figures=(figure,), claims=(claim,)
    )


def closure(host: str = "MLI", day: str = "2013-01-23", *, url: str | None = None) -> tuple[Report, Record]:
    """Tell of an embassy of Japan that is closed."""
    text = f"BAMAKO - Japan closed its embassy on {day}, a diplomat said."
    report = Report.of(text, publisher="Tokyo Press", url=url, published=day, language="en")
    event = Event(
        id="e1", type="mission-closure", happening="h1", trigger=_span(text, "closed"), status="happened",
        where="p1",
    )  # fmt: skip
    place = Place(id="p1", name="Bamako", mentions=(_span(text, "BAMAKO"),), country=host)
    japan = Actor(id="a1", name="Japan", kind="government", country="JPN", mentions=(_span(text, "Japan"),))
    source = Source(span=_span(text, "a diplomat"), name="a diplomat", kind="anonymous")
    claim = Claim(id="c1", source=source, content=_span(text, "Japan closed its embassy"), about=("e1",))
    return report, Record(report=report, places=(place,), actors=(japan,), events=(event,), claims=(claim,))
