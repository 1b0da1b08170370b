"""Events as PLOVER records, one JSON object a line, and as CAMEO triples.

After the PLOVER manual of the Open Event Data Alliance, chapter "Data Fields", and the
CAMEO codebook 1.1b3. A type's category and root are the codebook's (docs/codebook.md); a
type without one is no record. docs/exports.md tells which fields stay out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from dateline import codebook
from dateline.exports.countries import country
from dateline.exports.stories import DONE
from dateline.exports.tables import Columns, Row
from dateline.exports.wording import plain
from dateline.record import Actor, Argument, Event, Figure, Place, Record
from dateline.store.telling import Telling

__all__ = ["CAMEO_COLUMNS", "MODES", "QUADS", "SECTORS", "cameo_rows", "plover_records", "write_cameo"]

CAMEO_COLUMNS: Columns = {
    "date": "text", "source": "text", "target": "text", "code": "text", "words": "text", "url": "text",
    "report": "text", "event": "text",
}  # fmt: skip

SECTORS = {
    "government": "GOV", "military": "MIL", "police": "COP", "armed-group": "REB", "ngo": "SOC",
    "company": "BUS", "media": "JRN", "civilians": "CVL",
}  # fmt: skip
_GENERIC = {"intergovernmental": "IGO", "ngo": "NGO", "company": "MNC", "armed-group": "IMG"}
_UNIDENTIFIED, _UNKNOWN = "UAF", "UNK"
QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT", "CONCEDE"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "RETREAT"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
MODES = {
    "bombing": "explosives", "suicide-bombing": "suicide-attack", "airstrike": "aerial",
    "shelling": "heavy-weapons", "abduction": "abduct", "destruction": "destroy", "arrest": "arrest",
    "restriction": "restrict", "deployment": "troops", "withdrawal": "withdraw", "release": "release",
    "protest": "demo", "riot": "riot", "mission-closure": "withdraw", "security-operation": "seize",
}  # fmt: skip
_AUXILIARY = {
    "planned": "future", "predicted": "future", "requested": "future", "threatened": "future",
    "possible": "hypothetical", "hypothetical": "hypothetical", "denied": "negation",
}  # fmt: skip
_CAMEO_ROLES = {"JRN": "MED", "SOC": "NGO"}  # where CAMEO's code isn't PLOVER's
_SIZES = {"killed": "dead", "wounded": "injured", "detained": "arrested"}
_RESOLUTION = {"exact": 4, "near": 4, "admin2": 3, "admin1": 2, "country": 1}
_ACTORS, _RECIPIENTS = ("agent",), ("target", "recipient")
_NO_ONE = "---"  # CAMEO's mark for a side that isn't told


def plover_records(tellings: Iterable[Telling]) -> Iterator[dict[str, Any]]:
    """Yield a PLOVER record for every event that is asked for and has a day and a category."""
    for telling in tellings:
        facts = _Facts(telling.record)
        for event in telling.record.events:
            codes = codebook.TYPES.get(event.type)
            if telling.asked(event.id) and codes and codes.plover and facts.day(event):
                yield facts.plover(event, codes.plover)


def cameo_rows(tellings: Iterable[Telling]) -> Iterator[Row]:
    """Yield a row for each pair of sides of what was done; a side that isn't told is `---`."""
    for telling in tellings:
        facts = _Facts(telling.record)
        for event in telling.record.events:
            codes = codebook.TYPES.get(event.type)
            known = codes and codes.cameo and facts.day(event)
            if known and event.status in DONE and telling.asked(event.id):
                yield from facts.cameo(event)


def write_cameo(rows: Iterable[Row], stream: TextIO) -> int:
    """Write CAMEO triples, tab-separated and without a header, as coders of CAMEO do; give how many."""
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 (the count is the result)
        stream.write("\t".join(plain(str(row[name] or "")) for name in CAMEO_COLUMNS) + "\n")
    return count


class _Facts:
    """A record looked at event by event."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.actors = {actor.id: actor for actor in record.actors}
        self.places = {place.id: place for place in record.places}
        self.sizes: dict[str, list[Figure]] = {}
        for figure in record.figures:
            if figure.measure in _SIZES and figure.status == "stated":
                self.sizes.setdefault(figure.event or "", []).append(figure)

    def day(self, event: Event) -> str | None:
        """Give the event's day, else the report's: event data have a day throughout."""
        start = event.when.start if event.when else None
        return (start or self.record.report.published or "")[:10] or None

    def plover(self, event: Event, category: str) -> dict[str, Any]:
        start, end = self.day(event), (event.when.end or "")[:10] if event.when else None
        found = {
            "id": f"{self.record.report.id}#{event.id}", "date": start,
            "enddate": end if end and end != start else None,
            "actor": self._entities(event, _ACTORS) or [{"code": None, "sector": _UNKNOWN}],
            "recipient": self._entities(event, _RECIPIENTS), "event": [category],
            "event_loc": _location(self.places.get(event.where or "")),
            "event_text": [event.trigger.text], "quad_code": QUADS[category],
            "mode": [MODES[event.type]] if event.type in MODES else None,
            "context": [_AUXILIARY[event.status]] if event.status in _AUXILIARY else None,
            "size": self._size(event), "link": f"{self.record.report.id}#{event.happening}",
            "text_info": {"start": event.trigger.start, "end": event.trigger.end},
            "cite_info": self._citation(), "coder": "Dateline",
        }  # fmt: skip
        return {key: value for key, value in found.items() if value}

    def _citation(self) -> dict[str, Any]:
        report = self.record.report
        cited = {
            "citation": report.id, "url": report.url, "title": report.title, "language": report.language,
            "publication": report.publisher, "codebook": "dateline/1",
        }  # fmt: skip
        return {key: value for key, value in cited.items() if value}

    def _entities(self, event: Event, roles: tuple[str, ...]) -> list[dict[str, Any]]:
        return [self._entity(argument) for argument in event.arguments if argument.role in roles]

    def _entity(self, argument: Argument) -> dict[str, Any]:
        actor = self.actors.get(argument.actor or "")
        found = {
            "code": _code(actor), "sector": _sector(actor), "entity_text": plain(argument.span.text),
            "identifier_id": actor.registry if actor else None,
            "identifier_text": actor.name if actor and actor.registry else None,
        }  # fmt: skip
        return {key: value for key, value in found.items() if value}

    def _size(self, event: Event) -> dict[str, int]:
        """Count the dead, the hurt and the arrested of the event, by their least where bounds are open."""
        size: dict[str, int] = {}
        for figure in self.sizes.get(event.id, ()):
            count = figure.low if figure.low is not None else figure.high
            if count is not None:
                name = _SIZES[figure.measure]
                size[name] = max(size.get(name, 0), count)
        return size

    def cameo(self, event: Event) -> Iterator[Row]:
        codes = codebook.TYPES[event.type]
        sources, targets = (self._cameo_sides(event, roles) for roles in (_ACTORS, _RECIPIENTS))
        for source in sources:
            for target in targets:
                yield {
                    "date": self.day(event), "source": source, "target": target, "code": f"{codes.cameo}0",
                    "words": event.trigger.text, "url": self.record.report.url,
                    "report": self.record.report.id, "event": event.id,
                }  # fmt: skip

    def _cameo_sides(self, event: Event, roles: tuple[str, ...]) -> list[str]:
        found = [self.actors.get(a.actor or "") for a in event.arguments if a.role in roles]
        codes = dict.fromkeys(_cameo_side(actor) for actor in found)
        return [code for code in codes if code != _NO_ONE] or [_NO_ONE]


def _code(actor: Actor | None) -> str | None:
    """Give PLOVER's code of an actor's country, or of what stands over countries."""
    if actor is None:
        return None
    return actor.country or (_GENERIC.get(actor.kind) if actor.registry else None)


def _sector(actor: Actor | None) -> str:
    if actor is None:
        return _UNKNOWN
    if actor.kind == "armed-group" and not actor.registry:
        return _UNIDENTIFIED
    return SECTORS.get(actor.kind, _UNKNOWN)


def _cameo_side(actor: Actor | None) -> str:
    """Give CAMEO's code of a side: its country, then its role."""
    over, sector = _code(actor) or "", _sector(actor)
    role = "" if sector == _UNKNOWN or over in ("NGO", "MNC") else _CAMEO_ROLES.get(sector, sector)
    return over + role or _NO_ONE


def _location(place: Place | None) -> dict[str, Any]:
    if place is None:
        return {}
    land = country(place.country)
    found = {
        "extracted_place": place.mentions[0].text if place.mentions else place.name,
        "resolved_place": place.name, "geonameid": place.geonames, "lat": place.lat, "lon": place.lon,
        "city": place.name if place.precision in ("exact", "near") else None,
        "district": place.name if place.precision == "admin2" else None, "province": place.admin1,
        "country": land.name if land else None, "country_code": place.country,
        "resolution": _RESOLUTION.get(place.precision or ""),
    }  # fmt: skip
    return {key: value for key, value in found.items() if value is not None}
