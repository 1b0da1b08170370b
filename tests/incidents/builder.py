"""Records built by hand: facts are named by the words of the text in which they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from dateline.record import Actor, Argument, Claim, Event, Figure, Place, Record, Report, Source, Span, When

# Name, country, latitude, longitude, precision.
PLACES: dict[str, tuple[str | None, float | None, float | None, str]] = {
    "Berbera": ("SOM", 10.44, 45.01, "exact"),
    "Hargeisa": ("SOM", 9.56, 44.06, "exact"),
    "Gao": ("MLI", 16.27, -0.04, "exact"),
    "Konna": ("MLI", 14.94, -3.89, "exact"),
    "Bamako": ("MLI", 12.65, -8.0, "exact"),
    "Mali": ("MLI", 17.0, -4.0, "country"),
    "Yemen": ("YEM", 15.5, 47.5, "country"),
    "Sanaa": ("YEM", 15.35, 44.21, "exact"),
    "Aden": ("YEM", 12.78, 45.04, "exact"),
    "Reno": ("USA", 39.53, -119.81, "exact"),
    "Sparks": ("USA", 39.53, -119.75, "exact"),
}


@dataclass
class Builder:
    """Builds one record; each method takes the words that stand in the text."""

    text: str
    published: str | None = "2014-05-03"
    publisher: str = "Coast Wire"
    title: str | None = None
    url: str | None = None
    events: list[Event] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    actors: list[Actor] = field(default_factory=list)

    def span(self, words: str, after: int = 0) -> Span:
        """Cut out the first occurrence of some words."""
        start = self.text.index(words, after)
        return Span.of(self.text, start, start + len(words))

    def place(self, name: str) -> str:
        """Add a place of the table, all its mentions; give its id."""
        if name not in self.places:
            country, lat, lon, precision = PLACES[name]
            mentions = []
            at = self.text.find(name)
            while at >= 0:
                mentions.append(Span.of(self.text, at, at + len(name)))
                at = self.text.find(name, at + 1)
            self.places[name] = Place(
                id=f"p{len(self.places) + 1}", name=name, mentions=tuple(mentions), country=country,
                lat=lat, lon=lon, precision=precision,  # type: ignore[arg-type]
                confidence=0.9,
            )  # fmt: skip
        return self.places[name].id

    def event(
        self, type_: str, trigger: str, *, where: str | None = None, day: str | None = None, last: str | None = None,
        status: str = "happened", happening: str | None = None, roles: dict[str, str] | None = None, precision: str = "day",
    ) -> Builder:  # fmt: skip
        """Add an event by its trigger's words."""
        when = When(start=day, end=last or day, precision=precision) if day else None  # type: ignore[arg-type]
        number = len(self.events) + 1
        self.events.append(
            Event(
                id=f"e{number}", type=type_, happening=happening or f"h{number}", trigger=self.span(trigger),
                status=status, where=self.place(where) if where else None, when=when, confidence=0.9,
                arguments=tuple(self._argument(role, words) for role, words in (roles or {}).items()),
            )
        )  # fmt: skip
        return self

    def _argument(self, role: str, words: str) -> Argument:
        actor = next((a.id for a in self.actors if a.name == words), None)
        return Argument(role=role, span=self.span(words), actor=actor, confidence=0.9)

    def actor(self, name: str, kind: str, country: str | None = None, registry: str | None = None) -> Builder:
        """Add an actor; arguments and sources of the same words are tied to it."""
        self.actors.append(
            Actor(
                id=f"a{len(self.actors) + 1}", name=name, kind=kind, country=country, registry=registry,  # type: ignore[arg-type]
                mentions=(self.span(name),),
            )
        )  # fmt: skip
        return self

    def figure(
        self, measure: str, words: str, low: int | None, high: int | None = -1, **known: Any
    ) -> Builder:
        """Add a figure by its words; without `high` it is exact; `of` names its event by trigger."""
        of = known.pop("of", None)
        event = next((e.id for e in self.events if e.trigger.text == of), None) if of else None
        if isinstance(known.get("who"), str):
            known["who"] = self.span(known["who"])
        self.figures.append(
            Figure(
                id=f"f{len(self.figures) + 1}", measure=measure, span=self.span(words), low=low,
                high=low if high == -1 else high, event=event, confidence=0.9, **known,
            )
        )  # fmt: skip
        return self

    def claim(
        self, source: str, kind: str, about: Sequence[str], *, via: str | None = None, said: str | None = None
    ) -> Builder:
        """Add a claim of a source about the events and figures whose words are given."""
        facts = {e.trigger.text: e.id for e in self.events} | {f.span.text: f.id for f in self.figures}
        at = self.span(source)
        actor = next((a.id for a in self.actors if a.name == source), None)
        self.claims.append(
            Claim(
                id=f"c{len(self.claims) + 1}", source=Source(span=at, name=source, kind=kind, actor=actor),
                via=self.span(via) if via else None, content=at, about=tuple(facts[w] for w in about),
                when=When(start=said, end=said, precision="day") if said else None, confidence=0.9,
            )
        )  # fmt: skip
        return self

    def build(self) -> Record:
        """Give the record; what no claim is about stands in one claim of the report's own."""
        told = {key for c in self.claims for key in c.about}
        rest = tuple(f.id for f in (*self.events, *self.figures) if f.id not in told)
        claims = list(self.claims)
        if rest:
            own = Source(name=self.publisher, kind="report")
            claims.append(
                Claim(
                    id=f"c{len(claims) + 1}",
                    source=own,
                    content=Span.of(self.text, 0, len(self.text)),
                    about=rest,
                )
            )
        return Record(
            report=Report.of(
                self.text, title=self.title, publisher=self.publisher, url=self.url, published=self.published
            ),
            places=tuple(self.places.values()), actors=tuple(self.actors), events=tuple(self.events),
            figures=tuple(self.figures), claims=tuple(claims),
        )  # fmt: skip
