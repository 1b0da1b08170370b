"""Where a mission or an advice stands: in the host's country, whoever tells of it from the sender's."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from dateline.incidents.posture import Sign, signs_of
from dateline.incidents.units import Unit
from dateline.record import Event, Place, Record

__all__ = ["hosted_at"]

_ADVISORY, _COUNTRY, _LEAD = "travel-advisory", "country", 2
_WIDE = (_COUNTRY, "region", None)
_NO_SEAT = (*_WIDE, "near")  # no mission stands near a town


def hosted_at(
    events: Sequence[tuple[Unit, Event]], records: Mapping[str, Record]
) -> tuple[Place | None, str] | None:
    """Give the place and the country (alpha-3) of the host that most events tell; None where none does.

    An advice stands in the area that it names, else in the whole country; a
    mission in the town that its event names, else in the country.
    """
    told = {unit.report: records[unit.report] for unit, _ in events}
    weight = {(unit.report, e.trigger.start): _LEAD if unit.lead else 1 for unit, e in events}
    signs = [s for record in told.values() for s in signs_of(record) if s.place in weight]
    votes: Counter[str] = Counter()
    for sign in signs:
        votes[sign.host] += weight[sign.place]
    host = min(votes, key=lambda c: (-votes[c], c), default=None)
    if host is None:
        return None
    places = [p for record in told.values() for p in record.places if p.country == host]
    own = _named(events, records, host, [s for s in signs if s.host == host])
    best = _best([p for p in places if p.name in own], own) or _best(
        [p for p in places if p.precision == _COUNTRY], own
    )
    best = best or _best([p for p in places if p.precision not in _WIDE], own)
    return (msgspec.structs.replace(best, mentions=()) if best else None), host


def _named(
    events: Iterable[tuple[Unit, Event]], records: Mapping[str, Record], host: str, signs: Iterable[Sign]
) -> Counter[str]:
    """Count the names of places inside the host's country that its advices and missions name themselves."""
    votes = Counter(s.area for s in signs if s.area)
    for unit, event in events:
        if event.type == _ADVISORY:
            continue
        found = next((p for p in records[unit.report].places if p.id == event.where), None)
        if found and found.country == host and found.precision not in _NO_SEAT:
            votes[found.name] += 1
    return votes


def _best(places: Sequence[Place], votes: Mapping[str, int]) -> Place | None:
    """Choose the place that most events name, then that with most mentions."""
    mentions: Counter[str] = Counter()
    for place in places:
        mentions[place.name] += len(place.mentions)
    return min(
        places,
        key=lambda p: (-votes.get(p.name, 0), -mentions[p.name], p.name, p.geonames or 0),
        default=None,
    )
