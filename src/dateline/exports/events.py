"""The table of events: a row for every mention of something done, planned, foretold or denied."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dateline import codebook
from dateline.exports.tables import Columns, Row
from dateline.exports.wording import plain
from dateline.record import Claim, Event, Place, Record
from dateline.store.telling import Telling

__all__ = ["EVENT_COLUMNS", "event_rows"]

EVENT_COLUMNS: Columns = {
    "report": "text", "publisher": "text", "url": "text", "published": "text", "event": "text",
    "happening": "text", "type": "text", "status": "text", "words": "text", "start": "int", "end": "int",
    "event_start": "text", "event_end": "text", "time_precision": "text", "place": "text", "admin1": "text",
    "country": "text", "lat": "float", "lon": "float", "precision": "text", "geonames": "int",
    **dict.fromkeys(codebook.ROLES, "text"), "plover": "text", "cameo": "text", "source": "text",
    "source_kind": "text", "claim": "text", "confidence": "float", "incident_ids": "text",
}  # fmt: skip


def event_rows(tellings: Iterable[Telling]) -> Iterator[Row]:
    """Yield a row for every event that is asked for: what, when, where, who to whom, and who says so."""
    for telling in tellings:
        record = telling.record
        claim_of = {key: claim for claim in record.claims for key in claim.about}
        places = {place.id: place for place in record.places}
        for event in record.events:
            if telling.asked(event.id):
                yield {
                    **_report(record), **_event(event), **_place(places.get(event.where or "")),
                    **_roles(event), **_claim(claim_of.get(event.id)), "confidence": event.confidence,
                    "incident_ids": "; ".join(telling.incidents.get(event.id, ())),
                }  # fmt: skip


def _report(record: Record) -> Row:
    report = record.report
    return {
        "report": report.id,
        "publisher": report.publisher,
        "url": report.url,
        "published": report.published,
    }


def _event(event: Event) -> Row:
    when, codes = event.when, codebook.TYPES.get(event.type)
    return {
        "event": event.id, "happening": event.happening, "type": event.type, "status": event.status,
        "words": event.trigger.text, "start": event.trigger.start, "end": event.trigger.end,
        "event_start": when.start if when else None, "event_end": when.end if when else None,
        "time_precision": when.precision if when else None,
        "plover": codes.plover if codes else None, "cameo": codes.cameo if codes else None,
    }  # fmt: skip


def _place(place: Place | None) -> Row:
    names = ("admin1", "country", "lat", "lon", "precision", "geonames")
    cells: Row = {name: getattr(place, name) if place else None for name in names}
    return {"place": place.name if place else None, **cells}


def _roles(event: Event) -> Row:
    """Give the phrases of each role; those of a role that nobody fills are null."""
    cells: Row = dict.fromkeys(codebook.ROLES)
    for role in codebook.ROLES:
        phrases = dict.fromkeys(plain(a.span.text) for a in event.arguments if a.role == role)
        cells[role] = "; ".join(phrases) or None
    return cells


def _claim(claim: Claim | None) -> Row:
    return {
        "source": claim.source.name if claim else None,
        "source_kind": claim.source.kind if claim else None,
        "claim": claim.id if claim else None,
    }
