"""Postures: how a sender stands in a host country, from what reports tell of missions, staff and advice."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dateline.incidents.advisories import advice_level, clause_of, is_to_come, is_unsure
from dateline.incidents.families import CARE_TYPES
from dateline.incidents.layout import Layout
from dateline.incidents.nations import state_named, states_named
from dateline.incidents.senders import senders_of
from dateline.incidents.ties import day_of
from dateline.incidents.voices import office_state
from dateline.reading.times import find_times
from dateline.record import Advice, Claim, Event, Mission, Place, Posture, Record, Staff

__all__ = ["Sign", "postures_from", "postures_of", "signs_of"]

_MISSION = (
    r"(?:embass(?:y|ies)|consulates?|missions?|high commission|diplomatic (?:post|office)s?|liaison office)"
)
_OPEN = re.compile(
    rf"\b{_MISSION}\b[^.;]*\b(?:(?:stays?|remains?|is|are|was|were|still) (?:fully )?(?:open|operating)"
    r"|re-?open\w*|resum\w+)"
    rf"|\b(?:re-?open\w*|opening of)[^.;]*\b{_MISSION}\b|\b(?:keep\w*|kept|leav\w+"
    rf"|left) [^.;]*\b{_MISSION}\b[^.;]* open\b",
    re.I,
)  # fmt: skip
_MOVED = re.compile(
    r"\b(?:relocat\w+|move[sd]?|moving|transferr\w+) (?:its|their|the|his)?\s*(?:\w+ )?"
    r"(?:embassy|consulate|mission|operations)"
    rf"|\b{_MISSION}\b[^.;]{{0,40}}\b(?:relocated|moved|transferred) (?:back )?to\b",
    re.I,
)
_REDUCED = re.compile(
    r"\b(?:reduc\w+|scal\w+ (?:back|down)|draw\w* down|cut\w*|limit\w*|partial\w*|non-?essential)\b", re.I
)
_PEOPLE = r"(?:diplomats?|staff|personnel|employees|members of (?:the|its) (?:mission|embassy)|ambassador)"
_KIN = re.compile(r"\b(?:relatives|families|family members|dependants?|dependents?)\b", re.I)
_STAFF_OUT = re.compile(
    rf"\b{_PEOPLE}\b[^.;]*\b(?:leav\w+|left|out|evacuat\w+|withdr\w+|depart\w*|flown|pulled|moved|recalled)\b"
    r"|\b(?:evacuat\w+|withdr\w+|pull\w+|tak\w+|fl[ey]\w*|recall\w+|remov\w+|mov\w+|departure"
    r"|airlift\w*|repatriat\w+)"
    rf"\b[^.;]*\b{_PEOPLE}\b|\b{_MISSION}\b[^.;]{{0,30}}\bevacuated\b",
    re.I,
)  # fmt: skip
# Staff that goes, whoever goes with it: "the departure of non-emergency personnel and their families".
_NO_KIN = r"(?:(?!famil|relati|depend)[\w.-]+ ){0,4}"
_STAFF_GOES = re.compile(
    rf"\b(?:departure|withdrawal|evacuation|removal|repatriation|pull-?out) of {_NO_KIN}{_PEOPLE}\b"
    rf"|\b(?:ordered|told|evacuat\w+|withdr\w+|recall\w+|pull\w+ out) {_NO_KIN}{_PEOPLE}"
    r" and (?:all |any )?(?:their|its|other) ",
    re.I,
)
_DONE = re.compile(
    r"\b(?:have|has|had|were|was|been) (?:all )?(?:left|evacuated|withdrawn|flown|pulled|moved|taken|gone)\b"
    r"|\b(?:evacuated|withdrew|left)\b",
    re.I,
)
_COMING = re.compile(
    r"\b(?:will|would|is to|are to|to (?:shut|close|leave|be)|plans?|planned"
    r"|is (?:closing|shutting|taking|evacuating)|about to|preparing|going to)\b", re.I,
)  # fmt: skip
_SEAT = re.compile(rf"\b(?:{_MISSION}|{_PEOPLE}) (?:in|at|to|from|out of) (?:the )?", re.I)
_NATIONALS = r"(?:nationals?|citizens?|compatriots?|travellers?|travelers?)"
_TOLD_TO_GO = re.compile(
    rf"\b(?:(?:they|all|everyone|everybody|{_NATIONALS}|who (?:live|are|stay) [^.;,]*)\b[^.;]{{0,40}}?"
    r"\b(?:must|should|have to|had to|ought to|are to|were to)(?: all)? (?:go|leave|get out|return|come home)"
    rf"|(?:told|urged|asked|ordered|advised) [^.;]{{0,30}}\b{_NATIONALS}\b[^.;]{{0,30}}"
    r"\bto (?:go|leave|get out))\b",
    re.I,
)  # fmt: skip
_KIN_MAY_GO = re.compile(
    r"\b(?:authori[sz]\w+|allow\w*|ordered|offer\w*|permitt?\w*)\b[^.;]*"
    r"\b(?:relatives|families|family members|dependants?|dependents?)\b[^.;]*\b(?:leave|go|depart\w*)\b",
    re.I,
)
_CLOSES = re.compile(
    r"\b(?:clos\w+|shut\w*|suspend\w*|withdr\w+|evacuat\w+|abandon\w*|vacat\w+|halt\w*|pull\w*|remov\w+"
    r"|suspension|closure|relocat\w+|mov\w+|reduc\w+|scal\w+|leav\w+|left)\b", re.I,
)  # fmt: skip
_BESIDE = 40  # characters before a word of advice in which its people stand: "relatives were told"
_IMAGINED = frozenset(("hypothetical", "predicted", "denied"))
_UNTOLD = {
    "travel-advisory": frozenset(("hypothetical", "predicted"))
}  # "no longer advises against" is denied
_STATES_OUT = ("mission", "staff", "advice", "status")


@dataclass(frozen=True, slots=True)
class Sign:
    """What one passage says of one posture; `place` is (report id, offset), `day` ISO or empty."""

    sender: str
    host: str
    area: str | None
    day: str
    claim: str
    mission: Mission | None = None
    staff: Staff | None = None
    advice: Advice | None = None
    announced: bool = False
    place: tuple[str, int] = ("", 0)
    dated: bool = False


def signs_of(record: Record) -> tuple[Sign, ...]:
    """Give what a record says of postures: a function of it alone."""
    return tuple(_signs(record))


def postures_of(records: Iterable[Record]) -> tuple[Posture, ...]:
    """Make the postures of all that records say of them; as `postures_from` does."""
    return postures_from(sign for record in records for sign in _signs(record))


def postures_from(signs: Iterable[Sign]) -> tuple[Posture, ...]:
    """Make the postures of all senders and hosts, sorted by sender, host and area.

    Each is as of the last day on which anything was told, with what it was
    `before`; what a later day doesn't tell anew is kept from before. The order
    of reports does not matter.
    """
    by_pair: dict[tuple[str, str], list[Sign]] = defaultdict(list)
    for sign in signs:
        by_pair[sign.sender, sign.host].append(sign)
    made = (_chain(sorted(rows, key=lambda s: (s.day, s.place))) for _, rows in sorted(by_pair.items()))
    return tuple(posture for posture in made if posture is not None)


def _chain(signs: Sequence[Sign]) -> Posture | None:
    """String the states of one pair together, one a day on which something changed."""
    held: Posture | None = None
    for day in dict.fromkeys(s.day for s in signs):
        new = _posture([s for s in signs if s.day == day])
        if held is None:
            held = new
        elif _changes(held, new):
            held = _after(held, new)
    return held


def _posture(signs: Sequence[Sign]) -> Posture:
    """Put together what was told of one pair on one day; the first of each kind to be told is kept."""

    def first(name: str) -> str | None:
        return next((value for s in signs if (value := getattr(s, name))), None)

    staff = next((s.staff for s in signs if s.staff and s.staff != "present"), None) or first("staff")
    return Posture(
        sender=signs[0].sender,
        host=signs[0].host,
        mission=first("mission"),  # type: ignore[arg-type]
        staff=staff,  # type: ignore[arg-type]
        advice=_strongest(s.advice for s in signs),
        area=next((s.area for s in signs if s.advice), None),
        status="announced" if any(s.announced for s in signs) else "in-force",
        since=signs[0].day or None,
        claim=signs[0].claim,
    )


def _strongest(found: Iterable[Advice | None]) -> Advice | None:
    rank = ("leave", "avoid", "caution", "none")
    told = {a for a in found if a}
    return next((a for a in rank if a in told), None)


def _changes(old: Posture, new: Posture) -> bool:
    return any(
        (value := getattr(new, name)) is not None and value != getattr(old, name) for name in _STATES_OUT
    ) or (new.advice is not None and new.area != old.area)


def _after(old: Posture, new: Posture) -> Posture:
    """Put a later posture after one of before; where a mission opens again nothing is known of its staff."""
    reopened = new.mission == "open" and old.mission not in ("open", None)
    return Posture(
        sender=new.sender, host=new.host, mission=new.mission or old.mission,
        staff=new.staff or (None if reopened else old.staff),
        advice=new.advice or old.advice, area=new.area if new.advice else old.area, status=new.status,
        since=new.since, claim=new.claim, before=old,
    )  # fmt: skip


def _signs(record: Record) -> Iterator[Sign]:
    """Yield what each event about missions, staff or advice says."""
    events = [
        e for e in record.events if e.type in CARE_TYPES and e.status not in _UNTOLD.get(e.type, _IMAGINED)
    ]
    if not events:
        return
    layout = Layout.of(record.report.text)
    claim_of = {key: claim for claim in record.claims for key in claim.about}
    places = {p.id: p for p in record.places}
    signs: list[Sign] = []
    for event in sorted(events, key=lambda e: (e.trigger.start, e.id)):
        for sender in senders_of(event, claim_of.get(event.id), record, layout, [s.sender for s in signs]):
            sign = _sign(event, claim_of.get(event.id), sender, record, layout, places)
            if sign and (sign.mission or sign.staff or sign.advice):
                signs.append(sign)
    beside = list(_told_beside(record, layout, signs))
    yield from _days_carried([*signs, *beside], layout)
    yield from _speaking_missions(record, [*signs, *beside])


def _days_carried(signs: Sequence[Sign], layout: Layout) -> Iterator[Sign]:
    """Give a sign without a day of its own the one told before it in its paragraph of the same posture."""
    held: dict[tuple[str, str, int], str] = {}
    for sign in sorted(signs, key=lambda s: s.place):
        key = (sign.sender, sign.host, layout.paragraph(sign.place[1]))
        if sign.dated:
            held[key] = sign.day
        yield sign if sign.dated else replace(sign, day=held.get(key, sign.day))


def _sign(
    event: Event, claim: Claim | None, sender: str, record: Record, layout: Layout, places: dict[str, Place]
) -> Sign | None:
    where = _host_place(event, record, layout, places, sender)
    if where is None or where.country is None or where.country == sender:
        return None
    start, end = layout.sentences[layout.sentence(event.trigger.start)]
    sentence, at = layout.text[start:end], event.trigger.start - start
    told = day_of(claim.when.end if claim and claim.when else None)
    day = told or day_of(record.report.published)
    mission, staff, advice = _mission(event, sentence), _staff(event, sentence), _advice(event, sentence, at)
    return Sign(
        sender=sender,
        host=where.country,
        mission=mission,
        staff=staff,
        advice=advice,
        area=where.name if advice and _more_exact(where) else None,
        day=day.isoformat() if day else "",
        claim=f"{record.report.id}#{claim.id}" if claim else "",
        announced=_announced(event, sentence, at) if mission or staff != "present" else False,
        place=(record.report.id, event.trigger.start),
        dated=told is not None,
    )


def _announced(event: Event, sentence: str, at: int) -> bool:
    """Tell whether what is told only comes: advice holds from when it is given, unless it is planned."""
    if event.type == "travel-advisory":
        return event.status == "planned" and is_to_come(*clause_of(sentence, at))
    before, _ = clause_of(sentence, at)
    coming = event.type == "mission-closure" and bool(_COMING.search(before + event.trigger.text))
    return coming or event.status in ("planned", "requested")


def _mission(event: Event, sentence: str) -> Mission | None:
    if event.type == "mission-opening":
        return "open"
    if event.type != "mission-closure":
        return "open" if _OPEN.search(sentence) else None
    if not (_CLOSES.search(sentence) or _REDUCED.search(sentence)):
        return "open" if _OPEN.search(sentence) else None
    if _MOVED.search(sentence):
        return "relocated"
    return "reduced" if _REDUCED.search(sentence) else "closed"


def _staff(event: Event, sentence: str) -> Staff | None:
    if event.type not in ("evacuation", "mission-closure", "travel-advisory"):
        return None
    if _KIN.search(sentence) and not _STAFF_GOES.search(sentence):
        return "present" if event.type != "mission-closure" else None
    if not _STAFF_OUT.search(sentence):
        return None
    done = event.status == "happened" and _DONE.search(sentence) and not _COMING.search(sentence)
    return "evacuated" if done else "evacuating"


def _advice(event: Event, sentence: str, at: int) -> Advice | None:
    if event.type != "travel-advisory":
        return None
    before, rest = clause_of(sentence, at)
    if _KIN.search(before[-_BESIDE:]) or _KIN.search(rest):
        return None
    return None if is_unsure(before) else advice_level(before, rest)


def _host_place(
    event: Event, record: Record, layout: Layout, places: dict[str, Place], sender: str
) -> Place | None:
    """Find the place of a mission or an advice: its seat, its own, or one of its sentence or those before."""
    seat = None if event.type == "travel-advisory" else _seat(event, record, layout)
    if seat and seat.country not in (None, sender):
        return seat
    own = _place_behind(event, record, layout, places.get(event.where or ""))
    if own and own.country not in (None, sender):
        return own
    at = layout.sentence(event.trigger.start)
    for number in range(at, max(-1, at - 4), -1):
        near = [
            (not _more_exact(p), m.start, p)
            for p in record.places if p.country not in (None, sender)
            for m in p.mentions if layout.sentence(m.start) == number and not layout.in_header(m)
        ]  # fmt: skip
        if near:
            return min(near, key=lambda row: row[:2])[2]
    return None


def _place_behind(event: Event, record: Record, layout: Layout, own: Place | None) -> Place | None:
    """Give the place of an event, but where an advice names another of its state behind its own words.

    "Ordered staff out of Baghdad and warned Americans against travel to Iraq": the advice is for Iraq.
    """
    if event.type != "travel-advisory" or own is None:
        return own
    start, end = layout.sentences[layout.sentence(event.trigger.start)]
    _, rest = clause_of(layout.text[start:end], event.trigger.start - start)
    last = event.trigger.start + len(rest)
    behind = [
        (m.start, p) for p in record.places if p.country == own.country
        for m in p.mentions if event.trigger.end <= m.start < last
    ]  # fmt: skip
    if any(p.id == own.id for _, p in behind):
        return own
    return min(behind, key=lambda row: row[0], default=(0, own))[1]


def _seat(event: Event, record: Record, layout: Layout) -> Place | None:
    """Find the place that stands behind a mission or its people: "the embassy in Kabul moved to Doha"."""
    start, end = layout.sentences[layout.sentence(event.trigger.start)]
    named = {m.start: p for p in record.places for m in p.mentions if start <= m.start < end}
    marks = [start + m.end() for m in _SEAT.finditer(layout.text[start:end])]
    return next((named[at] for at in marks if at in named), None)


def _more_exact(place: Place) -> bool:
    return place.precision not in ("country", "region", None)


def _told_beside(record: Record, layout: Layout, signs: Sequence[Sign]) -> Iterator[Sign]:
    """Yield what sentences without an event of their own add to the postures that a report tells.

    A mission that is said to be open; nationals who must go; relatives who may
    leave, so that the staff stays.
    """
    if not signs:
        return
    for start, end in layout.sentences:
        sentence = record.report.text[start:end]
        found: dict[str, str] = {}
        if _OPEN.search(sentence):
            found["mission"] = "open"
        if _TOLD_TO_GO.search(sentence) and not _KIN.search(sentence):
            found["advice"] = "leave"
        if _KIN_MAY_GO.search(sentence):
            found["staff"] = "present"
        sign = _told_of(sentence, start, layout, signs) if found else None
        if sign:
            plain = replace(sign, mission=None, staff=None, advice=None, place=(sign.place[0], start))
            area = sign.area if "advice" in found else None
            told = _day_in(sentence, record)
            day = told or sign.day
            yield replace(plain, area=area, day=day, dated=told is not None, **found)  # type: ignore[arg-type]


def _day_in(sentence: str, record: Record) -> str | None:
    """Give the day that a sentence tells, where it lies before that of its report."""
    published = day_of(record.report.published)
    days = [t.first for t in find_times(sentence, published) if t.first and t.first == t.last]
    told = [d for d in days if published is None or d <= published.isoformat()]
    return told[0] if told else None


def _told_of(sentence: str, start: int, layout: Layout, signs: Sequence[Sign]) -> Sign | None:
    """Find the posture of which a sentence goes on telling: its sender's, else the paragraph's last."""
    owners = {code for _, code in states_named(sentence)} | ({office_state(sentence)} - {None})
    named = [s for s in signs if s.sender in owners and s.host not in owners] or [
        s for s in signs if s.sender in owners
    ]
    beside = [
        s for s in signs if s.place[1] < start and layout.paragraph(s.place[1]) == layout.paragraph(start)
    ]
    return next(iter(named or beside[-1:]), None)


def _speaking_missions(record: Record, signs: Sequence[Sign]) -> Iterator[Sign]:
    """Yield the missions that speak to the report, of which nothing else is told: they are open."""
    shut = {(s.sender, s.host) for s in signs if s.mission}
    for claim in record.claims:
        if claim.source.span and re.search(rf"\b{_MISSION}\b", claim.source.name, re.I):
            owner = state_named(claim.source.name)
            for sign in [s for s in signs if s.sender == owner and (s.sender, s.host) not in shut][:1]:
                at = (sign.place[0], claim.source.span.start)
                yield replace(sign, mission="open", staff=None, advice=None, place=at)
