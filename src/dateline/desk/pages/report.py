"""One report: its text with every fact marked, the facts beside it, and what each value rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dateline.desk.core import Desk, desk_of
from dateline.desk.rows import Row, row_of
from dateline.desk.wording import family
from dateline.exports.html import Piece, pieces_of
from dateline.exports.wording import (
    arguments,
    happenings,
    plain,
    short_id,
    word_amount,
    word_means,
    word_place,
    word_source,
    word_title,
    word_when,
)
from dateline.record import Claim, Event, Figure, Place, Record, Report, When
from dateline.store import Copy

__all__ = ["Fact", "Mark", "ReportPage", "Rest", "report_page", "router"]

router = APIRouter(include_in_schema=False)

_SPAN = re.compile(r"span:(\d+)-(\d+)")
_LINKED = {"event", "figure", "source", "place"}  # what leads from its words to its fact


class Rest(msgspec.Struct, frozen=True):
    """What a resolved value rests on: its words, the value, the reasons, and what else it could have been."""

    words: str
    value: str
    reasons: tuple[str, ...]
    others: tuple[str, ...]


class Fact(msgspec.Struct, frozen=True, kw_only=True):
    """A fact beside the text; `facts` are the ids that light with it, `words` lead to them in the text."""

    id: str
    facts: str
    name: str
    tags: tuple[str, ...]
    told: str
    says: tuple[tuple[str, str, str], ...]
    rests: tuple[Rest, ...]
    confidence: int
    family: str


class Mark(msgspec.Struct, frozen=True):
    """A stretch of the text: its words, classes, the ids of its facts; `to` is the fact that it leads to."""

    text: str
    classes: str
    facts: str
    to: str
    anchors: tuple[str, ...]


class ReportPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows."""

    report: Report
    title: str
    short: str
    marks: tuple[Mark, ...]
    events: tuple[Fact, ...]
    figures: tuple[Fact, ...]
    claims: tuple[Fact, ...]
    places: tuple[Fact, ...]
    incidents: tuple[Row, ...]
    copies: tuple[Copy, ...]
    origins: tuple[tuple[str, str], ...]


def report_page(desk: Desk, name: str) -> ReportPage:
    """Make the page of a report. Raises NotInStore when there is none."""
    record = desk.store.record(name)
    report = record.report
    return of_record(
        record,
        incidents=tuple(map(row_of, desk.looking.told_by(report.id))),
        copies=tuple(desk.store.copies(report.id)),
    )


def of_record(
    record: Record, *, incidents: tuple[Row, ...] = (), copies: tuple[Copy, ...] = ()
) -> ReportPage:
    """Make the page of a record, which need not be kept."""
    report, claim_of = record.report, {key: claim for claim in record.claims for key in claim.about}
    places = {place.id: place for place in record.places}
    origins = msgspec.structs.asdict(report.origins)
    return ReportPage(
        report=report, title=word_title(report), short=short_id(report.id), marks=tuple(_marks(record)),
        events=tuple(_events(record, claim_of, places)),
        figures=tuple(_figure(figure, claim_of) for figure in record.figures),
        claims=tuple(_claim(claim, record) for claim in record.claims if claim.source.span),
        places=tuple(_place(place, record) for place in record.places), incidents=incidents, copies=copies,
        origins=tuple((key, value) for key, value in origins.items() if value),
    )  # fmt: skip


def _marks(record: Record) -> Iterator[Mark]:
    kinds: dict[str, str] = {}
    for kind, facts in (("place", record.places), ("source", record.claims), ("event", record.events),
                        ("figure", record.figures)):  # fmt: skip
        kinds.update({fact.id: kind for fact in facts})
    for piece in pieces_of(record):
        yield Mark(piece.text, piece.classes, piece.facts, _target(piece, kinds), piece.anchors)


def _target(piece: Piece, kinds: dict[str, str]) -> str:
    """Choose the fact that a stretch leads to: the smallest, a figure before an event before a source."""
    classes = set(piece.classes.split()) & _LINKED
    order = [kind for kind in ("figure", "event", "source", "place") if kind in classes]
    for kind in order:
        for key in piece.facts.split():
            if kinds.get(key) == kind:
                return key
    return ""


def _events(record: Record, claim_of: dict[str, Claim], places: dict[str, Place]) -> Iterator[Fact]:
    for happening in happenings(record):
        first, events = happening.first, happening.events
        agents = ", ".join(arguments(events, ["agent"]))
        targets = ", ".join(arguments(events, ["target", "recipient"]))
        told = f"{agents or '—'} → {targets or '—'}" if agents or targets else ""
        place, when = word_place(places.get(first.where or "")), word_when(first.when)
        yield Fact(
            id=first.id, facts=" ".join(e.id for e in events), name=first.type, family=family(first.type),
            tags=tuple(dict.fromkeys(e.status for e in events if e.status != "happened")),
            told="; ".join(w for w in (told, word_means(events), place, when) if w),
            says=tuple((e.id, plain(e.trigger.text), word_source(claim_of.get(e.id))) for e in events),
            rests=tuple(_times(events, record)), confidence=round(100 * max(e.confidence for e in events)),
        )  # fmt: skip


def _times(events: tuple[Event, ...], record: Record) -> Iterator[Rest]:
    seen: set[tuple[str, str]] = set()
    for event in events:
        rest = _time(event.when, record)
        if rest and (rest.words, rest.value) not in seen:
            seen.add((rest.words, rest.value))
            yield rest


def _time(when: When | None, record: Record) -> Rest | None:
    if when is None or when.start is None:
        return None
    value = when.start if when.end in (None, when.start) else f"{when.start} to {when.end}"
    return Rest(plain(when.span.text) if when.span else "", value, _reasons(when.rests_on, record), ())


def _reasons(rests_on: tuple[str, ...], record: Record) -> tuple[str, ...]:
    """Word reasons: a span by its words, the day of publication by its day."""
    told = []
    for reason in rests_on:
        span = _SPAN.fullmatch(reason)
        if span:
            told.append(f"“{plain(record.report.text[int(span[1]) : int(span[2])])}”")
        elif reason == "published":
            told.append(f"the day of publication, {(record.report.published or '')[:10]}")
        else:
            told.append(plain(reason))
    return tuple(told)


def _figure(figure: Figure, claim_of: dict[str, Claim]) -> Fact:
    status = (figure.status,) if figure.status != "stated" else ()
    group = (figure.group,) if figure.group != "unspecified" else ()
    nation = (figure.nationality,) if figure.nationality else ()
    return Fact(
        id=figure.id, facts=figure.id, name=f"{word_amount(figure)} {figure.measure}", family="figure",
        tags=(*status, *group, *nation), told=plain(figure.who.text) if figure.who else "",
        says=((figure.id, plain(figure.span.text), word_source(claim_of.get(figure.id))),), rests=(),
        confidence=round(100 * figure.confidence),
    )  # fmt: skip


def _claim(claim: Claim, record: Record) -> Fact:
    cue = plain(claim.cue.text) if claim.cue else ""
    rest = _time(claim.when, record)
    return Fact(
        id=claim.id, facts=" ".join((claim.id, *claim.about)), name=plain(claim.source.name), family="source",
        tags=(claim.source.kind, *(("quoted",) if claim.quote else ())),
        told=" ".join(w for w in (cue, f"to {plain(claim.via.text)}" if claim.via else "") if w),
        says=((claim.id, plain(claim.content.text), ""),), rests=(rest,) if rest else (),
        confidence=round(100 * claim.confidence),
    )  # fmt: skip


def _place(place: Place, record: Record) -> Fact:
    value = ", ".join(w for w in (place.admin1, place.country) if w) or "not known to the gazetteer"
    point = f"{place.lat:.2f}, {place.lon:.2f}" if place.lat is not None and place.lon is not None else ""
    near = f"within {place.radius_km:g} km" if place.radius_km else ""
    others = tuple(f"{plain(c.name)}, {c.country or '?'}" for c in place.candidates)
    told = " · ".join(w for w in (plain(value), place.precision or "", near, point) if w)
    rests = Rest(plain(place.mentions[0].text) if place.mentions else "", plain(place.name),
                 _reasons(place.rests_on, record), others)  # fmt: skip
    return Fact(
        id=place.id, facts=place.id, name=plain(place.name), family="place", tags=(), told=told, says=(),
        rests=(rests,) if rests.reasons or others else (), confidence=round(100 * place.confidence),
    )  # fmt: skip


@router.get("/reports/{name:path}", response_class=HTMLResponse)
def show_report(request: Request, name: str) -> HTMLResponse:
    """Show a report."""
    desk = desk_of(request)
    return desk.show(request, "report.html", page=report_page(desk, name), section="situation")
