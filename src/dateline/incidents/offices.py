"""Offices and who holds them: "Mr Zulum", "the governor of Borno" and the governor by name are one person."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from dateline.incidents.nations import states_named
from dateline.incidents.words import fold_words, stem_name

__all__ = ["Told", "apposition", "office_told", "one_person", "person_in", "without_more"]

_STATE_OFFICES = ("president", "prime minister", "chancellor", "king", "emir")
_OFFICE = re.compile(
    r"\b(?P<office>prime minister|premier|president|presidency|chancellor|king|emir|mayor"
    r"|governor|gov(?=\.))\b",
    re.I,
)
_ALSO = {"premier": "prime minister", "presidency": "president", "gov": "governor"}
_NOT_HIM = re.compile(
    r"\b(?:deputy|vice|former(?:ly)?|ex|acting|junior|assistant|late|candidate|advis[eo]rs?"
    r"|aides?|wife|husband|son|daughter|brother|widow)\b",
    re.I,
)
_TITLES = frozenset(
    """prime minister premier president chancellor king emir governor mayor sheriff mr mrs ms miss dr prof
    professor gen general col colonel maj major brig brigadier capt captain lt lieutenant sgt sergeant sir
    lady lord chief detective officer deputy police spokesman spokeswoman spokesperson secretary ambassador
    commander judge justice senator inspector superintendent commissioner admiral corporal prosecutor attorney
    coroner pastor rev reverend bishop archbishop imam mufti father sister engr alhaji barrister hon director
    executive ceo chairman chairwoman head leader manager representative envoy coach gov pres sen
    rep supt insp dsp asp csp acp cdr cmdr""".split()
)
# What ends the name of a body or of an office, and of no person.
_BODIES = frozenset(
    """ministry department government army agency company commission committee council union movement party
    front association federation court academy university institute bank chamber crescent cross police force
    forces office board bureau group organisation organization assembly parliament senate society
    network""".split()
)
_FRONT = re.compile(
    r"^(?P<name>[^,;()]*[^,;()\s])\s*[,;(]\s*"
    r"(?:[a-z]|[A-Z][^,]*\b(?i:president|minister|governor|mayor|chief|head|secretary|commander)\b)[^\n]*$"
)
_OF_PLACE = re.compile(r"^(?P<name>.+?) (?:of|from|for|in) (?:the )?[A-Z][\w’'-]*(?: [\w’'-]+){0,3}$")
_WORD = r"(?:[a-z]{2,3}-)?[A-Z][\w’'-]+\.?"  # "al-Zeidan", "Gov."
_PARTICLE = r"(?:(?!of|for|the|and|in|to|on|at)[a-z]{2,3}|[A-Z]\.) "
_NAMED = re.compile(rf"(?<!\S)(?:{_WORD}|[A-Z]\.)(?: (?:{_PARTICLE}){{0,2}}{_WORD})+$|^{_WORD}$")
_OF_AREA = re.compile(r"^ (?:of|for|in) (?P<area>[^,;()]+)")
_OWN_STATE = re.compile(r"\b(?:republic|country|nation|state|federation|kingdom)\b", re.I)
_FILLERS = frozenset("the a an state province region county city town of for in mr".split())
_BEHIND = re.compile(r"^, (?:the |an? )?[^,.;:\n]{3,60}(?=[,.;:])")
_BEFORE = re.compile(r"(?:[A-Z][\w’'-]+ (?:State |Province )?)?(?:[A-Za-z]+ ){1,2}$")


class Told(NamedTuple):
    """How a report tells of a speaker: the key of his voice, his name's words folded, his office, its area.

    `person` is empty where no name is told; `office` and `area` are None where they are not.
    """

    key: str
    person: tuple[str, ...] = ()
    office: str | None = None
    area: str | None = None


def without_more(name: str) -> str:
    """Cut what is told behind a person's name: `Zulum, the governor of Borno`, `Shinzo Abe of Japan`."""
    name = name.rstrip(" ,;")
    front = _FRONT.match(name)
    if front and person_in(front["name"]):
        name = front["name"]
    place = _OF_PLACE.match(name)
    return place["name"] if place and _full_name(place["name"]) else name


def _full_name(phrase: str) -> bool:
    return bool(_NAMED.search(phrase)) and len(phrase.split()) > 1 and bool(person_in(phrase))


def person_in(phrase: str) -> list[str]:
    """Give the words of the name that ends a phrase, without titles; none of an office's or a body's."""
    found = _NAMED.search(phrase.strip())
    if found is None:
        return []
    words = found.group().split()
    folded = [stem_name(w) for w in words]
    last = max(
        (n for n, w in enumerate(folded) if w in _TITLES or words[n].endswith(("'s", "’s"))), default=-1
    )
    return [] if folded[-1] in _BODIES or last == len(words) - 1 else words[last + 1 :]


def apposition(text: str, start: int, end: int) -> tuple[str, str]:
    """Give what stands right before and behind a source in its text and may tell its office."""
    before = _BEFORE.search(text, max(0, start - 60), start)
    behind = _BEHIND.match(text[end : end + 80])
    return (before.group() if before else ""), (behind.group() if behind else "")


def office_told(phrase: str, person: Sequence[str] = ()) -> tuple[str | None, str | None]:
    """Find the office that a phrase tells, and of what: `("governor", "borno")`; None where not told."""
    if person:
        phrase = phrase.replace(" ".join(person), "").replace("  ", " ")
    found = _OFFICE.search(phrase)
    if found is None or _NOT_HIM.search(phrase):
        return None, None
    office = _ALSO.get(told := found["office"].casefold(), told)
    before, behind = phrase[: found.start()], phrase[found.end() :]
    of = _OF_AREA.match(behind)
    places = of["area"] if of else before
    if office not in _STATE_OFFICES:
        return office, _area(places)
    states = states_named(places) or states_named(phrase)
    if of and not states and not _OWN_STATE.search(places):
        return None, None  # "the president of the chamber of trade"
    return office, states[0][1].casefold() if states else None


def _area(phrase: str) -> str | None:
    """Give the words of a province or town; a state's name goes where another is told with it."""
    words = [w for w in re.findall(r"[^\W\d_][\w’'-]*", phrase) if w[0].isupper()]
    kept = [w for w in words if not _FILLERS.intersection(fold_words(w)) and stem_name(w) not in _TITLES]
    inner = [w for w in kept if not states_named(w)]
    return "-".join(stem_name(w) for w in inner or kept) or None


def one_person(told: Iterable[Told]) -> dict[str, str]:
    """Map the keys under which one person speaks in the reports of an incident to one of them.

    A name is tied to another of the same last name where all given names fit,
    and an office to the one who is told to hold it; where two are, to none.
    """
    rows = sorted(set(told), key=lambda t: (t.key, t.person, t.office or "", t.area or ""))
    out: dict[str, str] = {}
    people = _people([t for t in rows if t.person])
    best = [_key_of(own) for own in people]
    for own, key in zip(people, best, strict=True):
        out.update({t.key: key for t in own if _is_name(t)} if key else {})
    for row in rows:
        if row.office and not row.person:
            held = [key for own, key in zip(people, best, strict=True) if key and _holds(own, row, rows)]
            if len(set(held)) == 1:
                out[row.key] = held[0]
    return {key: out.get(voice, voice) for key, voice in out.items() if key != voice}


def _people(rows: Sequence[Told]) -> list[list[Told]]:
    """Part those who are told by name into persons; a last name that two have is nobody's."""
    by_last: dict[str, list[Told]] = defaultdict(list)
    for row in rows:
        by_last[row.person[-1]].append(row)
    out: list[list[Told]] = []
    for own in by_last.values():
        firsts: Mapping[str, list[Told]] = defaultdict(list)
        for row in own:
            firsts["" if len(row.person) == 1 else row.person[0]].append(row)
        if _all_fit([row.person[:-1] for row in own]):
            out.append(own)
        else:
            out += [found for first, found in firsts.items() if first]
    return out


def _all_fit(given: Iterable[tuple[str, ...]]) -> bool:
    """Tell whether of any two sets of given names one holds the other."""
    sets = sorted({frozenset(g) for g in given}, key=lambda s: (len(s), sorted(s)))
    return all(a <= b for a, b in pairwise(sets))


def _is_name(row: Told) -> bool:
    """Tell whether the key of a voice is a person's name, and not what he speaks for."""
    return set(row.key.split("-")) <= set(re.findall(r"[a-z0-9]+", " ".join(row.person)))


def _key_of(own: Sequence[Told]) -> str | None:
    """Choose the key of a person: what he speaks for where that is one, else his first and last name.

    "Officer Smith" doesn't make John Smith, whom another report quotes, speak for the police.
    """
    full = [t for t in own if len(t.person) > 1] or own
    bodies = {t.key for t in full if not _is_name(t)}
    if len(bodies) == 1:
        return bodies.pop()
    names = {t.key for t in own if _is_name(t)}
    longest = min((t.person for t in own), key=lambda p: (-len(p), p))
    whole = "-".join(re.findall(r"[a-z0-9]+", f"{longest[0]} {longest[-1]}"))
    return whole if whole in names else min(names, key=lambda k: (-k.count("-"), k), default=None)


def _holds(own: Sequence[Told], row: Told, rows: Sequence[Told]) -> bool:
    """Tell whether a person is told to hold an office: that of its area, or the only one of its kind."""
    areas = {t.area for t in own if t.office == row.office}
    if not areas:
        return False
    if row.area in areas and row.area is not None:
        return True
    if row.office in _STATE_OFFICES:
        return False
    told = {t.area for t in rows if t.office == row.office} - {None}
    return len(told) <= 1
