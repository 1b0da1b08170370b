"""Incidents as STIX 2.1 (OASIS): a bundle of incidents, places, actors and how they hang together.

An `incident` carries the core extension of the OASIS CTI committee (determination,
investigation status, types) and one of ours with the toll, whose definition stands in the
bundle. Ids are made from content (UUID version 5), times are those of the reports, so that
the same store gives the same bundle.
"""

from __future__ import annotations

import hashlib
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from typing import Any, TextIO

import msgspec

from dateline.exports.countries import country
from dateline.exports.parties import sides
from dateline.exports.stories import DONE, Party, Story
from dateline.exports.wording import plain
from dateline.record import Incident, Place

__all__ = ["CORE", "TOLL", "stix_objects", "write_stix"]

CORE = "extension-definition--ef765651-680c-498d-9894-99799f2fa126"
_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:dateline:stix")
_MADE = "2026-01-01T00:00:00.000Z"  # of the objects that every bundle holds
_CLASSES = {
    "government": "organization", "military": "organization", "police": "organization", "ngo": "organization",
    "intergovernmental": "organization", "company": "organization", "media": "organization",
    "civilians": "group", "person": "individual",
}  # fmt: skip
_METRES = {"exact": 5_000.0, "near": 25_000.0, "admin2": 50_000.0, "admin1": 200_000.0}
_OWN = frozenset({"incident", "relationship"})
_LATEST = 10_000  # ids kept in memory, 1.5 MB
_DOCUMENT = "https://docs.oasis-open.org/cti/stix/v2.1/"
Thing = dict[str, Any]


def _id(kind: str, *words: str) -> str:
    return f"{kind}--{uuid.uuid5(_SPACE, chr(0).join((kind, *words)))}"


TOLL = _id("extension-definition", "toll")
_WE = _id("identity", "dateline")


def write_stix(stories: Iterable[Story], stream: TextIO) -> int:
    """Write a bundle, object by object; give how many incidents.

    The bundle's id stands at its end: it is made from what was written before it.
    """
    digest, count, written = hashlib.sha256(), 0, False
    stream.write('{"type":"bundle","objects":[')
    for found in stix_objects(stories):
        line = msgspec.json.encode(found).decode("utf-8")
        stream.write((",\n" if written else "\n") + line)
        digest.update(line.encode("utf-8", "surrogatepass"))
        written, count = True, count + (found["type"] == "incident")
    stream.write(f'\n],"id":"{_id("bundle", digest.hexdigest())}"}}\n')
    return count


def stix_objects(stories: Iterable[Story]) -> Iterator[Thing]:
    """Yield the objects of a bundle: who made it, then each incident with what it refers to, each once."""
    yield from _ours()
    with closing(_Shared()) as shared:
        for story in stories:
            own: set[str] = set()  # the incident and its relationships: their ids are made of the incident's
            for thing in _of_story(story):
                key = thing["id"]
                if key not in own and (thing["type"] in _OWN or shared.is_new(key)):
                    own.add(key)
                    yield thing


class _Shared:
    """The ids of places and actors that were written: the latest in memory, all in a file of their own.

    Actors have any number of names (`two men on a motorcycle`), so that a set of them has no bound.
    """

    def __init__(self) -> None:
        self.latest: set[str] = set()
        # A private database without a name: on disk when it is large, and gone when it is closed.
        self.base = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self.base.execute("PRAGMA journal_mode = OFF")
        self.base.execute("PRAGMA cache_size = -16000")  # KiB
        self.base.execute("CREATE TABLE written (id BLOB PRIMARY KEY) WITHOUT ROWID")
        self.base.execute("BEGIN")

    def is_new(self, key: str) -> bool:
        """Keep an id; tell whether it is here for the first time."""
        if key in self.latest:
            return False
        if len(self.latest) >= _LATEST:
            self.latest.clear()
        self.latest.add(key)
        digits = uuid.UUID(key.partition("--")[2]).bytes
        return self.base.execute("INSERT OR IGNORE INTO written VALUES (?)", (digits,)).rowcount == 1

    def close(self) -> None:
        """Let the file go."""
        self.base.close()


def _ours() -> Iterator[Thing]:
    stamp = {"spec_version": "2.1", "created": _MADE, "modified": _MADE}
    yield {
        "type": "identity", "id": _WE, **stamp, "name": "Dateline", "identity_class": "system",
        "description": "Software that reads news reports and keeps who says what.",
    }  # fmt: skip
    for key, name, told in (
        (CORE, "Incident Core Extension", "State of an incident, by the OASIS CTI Technical Committee."),
        (
            TOLL,
            "Toll of an incident",
            "By measure: lowest, best and highest count, and how it was chosen.",
        ),
    ):
        yield {
            "type": "extension-definition", "id": key, **stamp, "created_by_ref": _WE, "name": name,
            "description": told, "schema": _DOCUMENT, "version": "1.0.0",
            "extension_types": ["property-extension"],
        }  # fmt: skip


def _of_story(story: Story) -> Iterator[Thing]:
    stamp = _stamps(story)
    incident = _incident(story, stamp)
    yield incident
    where = story.incident.where
    place = _location(where, story.incident.country)
    if place:
        yield place
        yield _relation(incident, "located-at", place, stamp)
    for role, verb in (("agent", "attributed-to"), ("target", "targets")):
        for party in sides(story, role):
            thing = _actor(party, as_threat=role == "agent")
            yield thing
            known = role == "target" or thing["type"] == "threat-actor"
            yield _relation(incident, verb if known else "related-to", thing, stamp)


def _stamps(story: Story) -> Thing:
    """Give when it was first and last told: what STIX calls created and modified."""
    times = sorted(filter(None, (_time(t.published) for t in story.titles())))
    day = _time(story.incident.start) or _MADE
    return {
        "spec_version": "2.1", "created_by_ref": _WE, "created": times[0] if times else day,
        "modified": times[-1] if times else day,
    }  # fmt: skip


def _time(value: str | None) -> str | None:
    try:
        at = datetime.fromisoformat(value or "")
        at = at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None
    return at.strftime("%Y-%m-%dT%H:%M:%S.000Z") if at.year >= 1000 else None


def _incident(story: Story, stamp: Thing) -> Thing:
    incident = story.incident
    statuses = {event.status for _, event in story.events()}
    speakers = {title.publisher for title in story.titles()}
    sure = bool(statuses & DONE) and len(speakers) > 1
    thing: Thing = {
        "type": "incident", "id": _id("incident", incident.id), **stamp, "name": incident.title,
        "external_references": _references(story),
        "labels": list(dict.fromkeys((incident.type, *incident.types))),
        "extensions": {
            CORE: {
                "extension_type": "property-extension", "determination": "confirmed" if sure else "suspected",
                "investigation_status": "new", "incident_types": [incident.type],
                "detection_methods": ["external-notification"],
            },
        },
    }  # fmt: skip
    told = story.sentence()
    if told:
        thing["description"] = told
    if incident.totals:
        thing["extensions"][TOLL] = {"extension_type": "property-extension", "toll": _toll(incident)}
    return thing


def _toll(incident: Incident) -> Thing:
    return {
        measure: {
            key: value
            for key, value in (("lowest", total.lowest), ("best", total.best), ("highest", total.highest),
                               ("rule", total.rule))
            if value is not None
        }
        for measure, total in incident.totals.items()
    }  # fmt: skip


def _references(story: Story) -> list[Thing]:
    """Refer to the reports: publisher, address, title; and to the incident in the store."""
    found: list[Thing] = [{"source_name": "dateline", "external_id": story.incident.id}]
    for title in story.titles():
        reference = {"source_name": title.publisher or "news report", "description": title.title,
                     "external_id": title.id}  # fmt: skip
        if title.url and title.url.startswith(("http://", "https://")) and " " not in title.url:
            reference["url"] = title.url
        found.append(reference)
    return found


def _location(where: Place | None, alpha3: str | None) -> Thing | None:
    """Make a location; STIX asks for a region, a country or a point."""
    land = country(alpha3)
    point = where is not None and where.lat is not None and where.lon is not None
    if not point and (land is None or land.alpha2 is None):
        return None
    thing: Thing = {
        "type": "location", "spec_version": "2.1", "created_by_ref": _WE, "created": _MADE, "modified": _MADE,
        "id": _id("location", str(where.geonames or where.name) if where else "", str(alpha3)),
        "name": where.name if where else (land.name if land else str(alpha3)),
    }  # fmt: skip
    if land and land.alpha2:
        thing["country"] = land.alpha2
    if where and where.admin1:
        thing["administrative_area"] = where.admin1
    if where and point:
        thing |= {"latitude": where.lat, "longitude": where.lon}
        if where.precision in _METRES:
            thing["precision"] = _METRES[where.precision]
    return thing


def _actor(party: Party, *, as_threat: bool) -> Thing:
    """Make a threat actor of an armed group that does it, an identity of everybody else."""
    threat = as_threat and party.kind == "armed-group"
    kind = "threat-actor" if threat else "identity"
    thing: Thing = {
        "type": kind, "spec_version": "2.1", "created_by_ref": _WE, "created": _MADE, "modified": _MADE,
        "id": _id(kind, party.registry or party.name, party.kind or "", party.country or ""),
        "name": plain(party.name) or "unnamed",
    }  # fmt: skip
    if threat:
        thing["threat_actor_types"] = ["unknown"]  # whether it is a crime or a cause, others judge
    else:
        thing["identity_class"] = _CLASSES.get(party.kind or "", "unknown")
    if party.registry:
        thing["external_references"] = [{"source_name": "dateline-actors", "external_id": party.registry}]
    return thing


def _relation(source: Thing, verb: str, target: Thing, stamp: Thing) -> Thing:
    return {
        "type": "relationship", "id": _id("relationship", source["id"], verb, target["id"]), **stamp,
        "relationship_type": verb, "source_ref": source["id"], "target_ref": target["id"],
    }  # fmt: skip
