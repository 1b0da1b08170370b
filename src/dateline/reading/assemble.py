"""Put a record together: ids, places, times and actors for what was drafted in words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from dateline.knowledge.actors import ActorRegistry
from dateline.knowledge.gazetteer import Gazetteer
from dateline.reading.actors import is_actor, nationality_of, resolve_actors
from dateline.reading.calibration import calibrated
from dateline.reading.claims import DraftClaim, in_quotes
from dateline.reading.events import DraftEvent
from dateline.reading.figures import DraftFigure
from dateline.reading.header import Header
from dateline.reading.known_names import find_known
from dateline.reading.mentions import Found
from dateline.reading.places import find_demonyms, find_toponyms, resolve_places
from dateline.reading.saying import is_long_before, said_when
from dateline.reading.times import TimeMention, date_by_events, find_times, resolve_time, since_time
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

__all__ = ["Assembler", "Drafts"]

Offsets = tuple[int, int]
_ACTOR_ROLES = ("agent", "target", "recipient")
OWN_VOICE = "report"
# "a mansion that had belonged to Muammar Gaddafi": whose it is, and no place.
_OWNER = re.compile(r"\b(?:belong(?:s|ed|ing)?\s+to|owned\s+by|loyal\s+to|led\s+by|named\s+after)\s+$", re.I)
_OWNER_REACH = 16  # characters: the longest of these phrases
_OWN_PEOPLE = re.compile(
    r"\b(?:its|our)\s+(?:\w+\s+)?(?:citizens|nationals|people|compatriots|subjects)\b", re.I
)


@dataclass(frozen=True, slots=True)
class Drafts:
    """Everything drafted in words from one text; `happenings` numbers each event's happening."""

    events: Sequence[DraftEvent]
    figures: Sequence[DraftFigure]
    claims: Sequence[DraftClaim]
    happenings: Sequence[int]


class Assembler:
    """Turn the drafts of one report into its record."""

    def __init__(
        self, publisher: str | None, found: Found, drafts: Drafts, gazetteer: Gazetteer,
        registry: ActorRegistry,
        *, anchor: date | None, header: Header | None, quoted: Sequence[Offsets],
        publisher_state: str | None = None,
    ) -> None:  # fmt: skip
        self.publisher, self.text, self.found, self.drafts = publisher, found.text.text, found, drafts
        self.gazetteer, self.anchor, self.quoted = gazetteer, anchor, quoted
        self.header, self.publisher_state = header, publisher_state
        self.times = find_times(self.text, anchor, header=header)
        self.places = self._places(header.places if header else ())
        self._spoken = sorted((m.start, m.end, p.id) for p in self.places for m in p.mentions)
        self.actors = self._actors(registry)
        self._actor_at = {(m.start, m.end): a.id for a in self.actors for m in a.mentions}

    def span(self, offsets: Offsets) -> Span:
        """Cut a span out of the report's text."""
        return Span.of(self.text, *offsets)

    def _words(self, words: tuple[int, int]) -> Offsets:
        return self.found.offsets(*words)

    def _places(self, header_places: Sequence[Offsets]) -> list[Place]:
        wanted = [self._words(e.where) for e in self.drafts.events if e.where]
        wanted = [w for w in wanted if not _OWNER.search(self.text, max(0, w[0] - _OWNER_REACH), w[0])]
        score = place_score(self.found)
        spans = sorted(find_toponyms(self.text, self.gazetteer, place_score=score))
        for offsets in sorted({*header_places, *wanted}):
            spans += _apart([offsets], spans)
        spans += _apart(find_demonyms(self.text, self.gazetteer), spans)
        return resolve_places(
            self.text, spans, self.gazetteer,
            header_places=tuple(header_places), publisher_state=self.publisher_state,
        )  # fmt: skip

    def _actors(self, registry: ActorRegistry) -> list[Actor]:
        spans = [self._words(p.words) for e in self.drafts.events for p in e.parts if p.role in _ACTOR_ROLES]
        sources = [self._words(c.source) for c in self.drafts.claims]
        sources += [self._words(c.via) for c in self.drafts.claims if c.via]
        taken = {*spans, *sources}
        named = _apart(find_known(self.text, registry), sources)
        found = resolve_actors(
            self.text, sorted({*taken, *named}), registry, self.gazetteer, sources=tuple(sources)
        )
        return [actor for actor in found if is_actor(actor)]

    def _place_of(self, words: tuple[int, int] | None) -> str | None:
        """Find the place whose mention shares most with the words that a trigger links to."""
        if words is None:
            return None
        start, end = self._words(words)
        first = max(0, bisect_left(self._spoken, (start,)) - 4)  # mentions are short: few reach this far
        shared = [
            (min(end, b) - max(start, a), -a, key)
            for a, b, key in self._spoken[first : bisect_left(self._spoken, (end,))]
        ]
        best = max(shared, default=(0, 0, ""))
        return best[2] if best[0] > 0 else None

    def _when(self, words: tuple[int, int] | None, trigger_end: int) -> When | None:
        if words is None:
            return None
        start, end = self._words(words)
        last = bisect_left(self.times, end, key=lambda t: t.start)
        near = [t for t in self.times[max(0, last - 4) : last] if start < t.end]
        time = max(near, key=lambda t: min(end, t.end) - max(start, t.start), default=None)
        time = since_time(self.text, time or self._resolved(start, end), trigger_end, self.anchor)
        return to_when(self.text, time)

    def _resolved(self, start: int, end: int) -> TimeMention:
        return resolve_time(self.text, start, end, self.anchor, header=self.header, before=self.times)

    def events(self) -> list[Event]:
        """Make the events, in text order."""
        made = [self._event(at, draft) for at, draft in enumerate(self.drafts.events)]
        return date_by_events(self.text, made, self.times)

    def _event(self, at: int, draft: DraftEvent) -> Event:
        trigger = self.span(self._words((draft.query.start, draft.query.end)))
        return Event(
            id=f"e{at + 1}",
            type=draft.type,
            happening=f"h{self.drafts.happenings[at] + 1}",
            trigger=trigger,
            status=draft.status,
            where=self._place_of(draft.where),
            when=self._when(draft.when, trigger.end),
            arguments=tuple(
                Argument(
                    role=part.role,
                    span=self.span(self._words(part.words)),
                    actor=self._actor_at.get(self._words(part.words)),
                    confidence=calibrated("argument", part.confidence * draft.confidence),
                )
                for part in draft.parts
            ),
            confidence=calibrated("event", draft.confidence),
        )

    def figures(self) -> list[Figure]:
        """Make the figures, in text order."""
        return [self._figure(at, draft) for at, draft in enumerate(self.drafts.figures)]

    def _figure(self, at: int, draft: DraftFigure) -> Figure:
        who = self.span(self._words(draft.who)) if draft.who else None
        return Figure(
            id=f"f{at + 1}",
            measure=draft.measure,
            span=self.span((draft.start, draft.end)),
            low=draft.low,
            high=draft.high,
            approximate=draft.approximate,
            who=who,
            group=draft.group,
            nationality=self._nationality(at, who),
            status=draft.status,  # type: ignore[arg-type]
            event=f"e{draft.event + 1}" if draft.event is not None else None,
            confidence=calibrated("figure", draft.confidence),
        )

    def _nationality(self, at: int, who: Span | None) -> str | None:
        """Give the nation of those counted; "its citizens" are those of the state that speaks."""
        if who is None:
            return None
        named = nationality_of(who.text, self.gazetteer)
        if named is not None or not _OWN_PEOPLE.search(who.text):
            return named
        speaker = next((c.source for c in self.drafts.claims if at in c.figures), None)
        actor = self._actor_at.get(self._words(speaker)) if speaker else None
        return next((a.country for a in self.actors if a.id == actor), None)

    def claims(self) -> list[Claim]:
        """Make the claims of others, then those in the report's own voice, one a sentence."""
        said = [self._claim(draft) for draft in self.drafts.claims]
        rows = sorted([*said, *self._own_voice()], key=lambda c: (c.content.start, c.content.end))
        return [_numbered(claim, at + 1) for at, claim in enumerate(rows)]

    def _claim(self, draft: DraftClaim) -> Claim:
        source = self.span(self._words(draft.source))
        cue = self.span(self._words(draft.cue))
        content = self._words(draft.content)
        time = said_when(self.text, self.times, (source.start, source.end), (cue.start, cue.end))
        if time and content[0] < time.start < content[1] and self._dates_events(time, draft.events):
            time = None
        if time and is_long_before(time, self.anchor, content):
            time = None
        return Claim(
            id="",
            source=Source(
                span=source, name=source.text, kind=draft.kind,
                actor=self._actor_at.get((source.start, source.end)),
            ),
            cue=cue,
            via=self.span(self._words(draft.via)) if draft.via else None,
            quote=in_quotes(self.quoted, *content),
            content=self.span(content),
            when=to_when(self.text, time) if time else None,
            about=(*(f"e{i + 1}" for i in draft.events), *(f"f{i + 1}" for i in draft.figures)),
            confidence=calibrated("claim", draft.confidence),
        )  # fmt: skip

    def _untold(self) -> Iterable[tuple[int, str, float]]:
        """Yield what no one else says: (sentence, id, confidence), events before figures."""
        said_events = {i for c in self.drafts.claims for i in c.events}
        said_figures = {i for c in self.drafts.claims for i in c.figures}
        sentence = self.found.text.sentence
        for at, event in enumerate(self.drafts.events):
            if at not in said_events:
                yield int(sentence[event.query.start]), f"e{at + 1}", calibrated("event", event.confidence)
        for at, figure in enumerate(self.drafts.figures):
            if at not in said_figures:
                yield int(sentence[figure.query.start]), f"f{at + 1}", calibrated("figure", figure.confidence)

    def _dates_events(self, time: TimeMention, events: Sequence[int]) -> bool:
        """Tell whether a time is that of what is said ("said it would close on Friday"), not of saying it."""
        whens = (self.drafts.events[n].when for n in events)
        spans = (self._words(words) for words in whens if words)
        return any(start < time.end and time.start < end for start, end in spans)

    def _own_voice(self) -> Iterable[Claim]:
        of_sentence: dict[int, list[tuple[str, float]]] = {}
        for number, key, confidence in self._untold():
            of_sentence.setdefault(number, []).append((key, confidence))
        for number, about in sorted(of_sentence.items()):
            yield Claim(
                id="",
                source=Source(name=self.publisher or OWN_VOICE, kind=OWN_VOICE),
                content=self.span(self._words(self.found.text.sentence_words(number))),
                about=tuple(key for key, _ in about),
                confidence=max(score for _, score in about),
            )

    def record(self, report: Report) -> Record:
        """Give the finished record."""
        return Record(
            report=report,
            places=tuple(self.places),
            actors=tuple(self.actors),
            events=tuple(self.events()),
            figures=tuple(self.figures()),
            claims=tuple(self.claims()),
        )


def _apart(spans: Iterable[Offsets], others: Iterable[Offsets]) -> list[Offsets]:
    """Keep the spans that overlap none of the others."""
    taken = sorted(others)
    out = []
    for start, end in spans:
        at = bisect_left(taken, (end,))
        if not any(start < b for _, b in taken[max(0, at - 3) : at]):
            out.append((start, end))
    return out


def _numbered(claim: Claim, number: int) -> Claim:
    return Claim(
        id=f"c{number}", source=claim.source, cue=claim.cue, via=claim.via, quote=claim.quote,
        content=claim.content, when=claim.when, about=claim.about, confidence=claim.confidence,
    )  # fmt: skip


def to_when(text: str, time: TimeMention) -> When:
    """Turn a time that was found into the record's When."""
    return When(
        span=Span.of(text, time.start, time.end),
        start=time.first,
        end=time.last,
        precision=time.precision,
        rests_on=tuple(time.rests_on),
    )


def place_score(found: Found) -> Callable[[int, int], float]:
    """Give the reader's mean probability that a stretch of text names a place."""
    starts = [a for a, _ in found.text.words]

    def score(start: int, end: int) -> float:
        a, b = bisect_left(starts, start), bisect_left(starts, end)
        return float(found.place_scores[a:b].mean()) if a < b else 0.0

    return score
