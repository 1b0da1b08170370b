"""Who speaks: one name for each speaker over all reports of an incident.

A minister speaks for his ministry and a spokesman for whom he speaks for, so
each pair is one voice; two ministers are two. "He", "the ministry", "the same
source" take the voice that stands before them in the report. An unnamed source
is known by whom it told ("a security source told Reuters"), and by saying the
same number on the same day.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec

from dateline.incidents.layout import Layout
from dateline.incidents.nations import state_named
from dateline.incidents.offices import Told, apposition, office_told, one_person, person_in, without_more
from dateline.incidents.words import fold_words, stem_name
from dateline.record import Claim, Record

__all__ = ["Voice", "office_state", "same_speaker", "same_voices", "slug", "voices_of"]

_PORTFOLIOS = {
    "interior": "interior", "home": "interior", "foreign": "foreign", "external": "foreign",
    "defence": "defence", "defense": "defence", "health": "health", "justice": "justice",
    "finance": "finance",
    "communication": "communication", "communications": "communication", "information": "information",
    "energy": "energy", "transport": "transport", "education": "education", "security": "security",
    "labour": "labour", "labor": "labour", "agriculture": "agriculture", "industry": "industry",
    "tourism": "tourism", "oil": "oil", "public": "public", "emergencies": "emergencies",
    "emergency": "emergencies",
}  # fmt: skip
_PORTFOLIO = re.compile(
    r"\b(" + "|".join(_PORTFOLIOS) + r")(?: (?:affairs|relations|security))?[ -]?"
    r"(?:ministry|minister|ministers|secretary|department)\b", re.I,
)  # fmt: skip
_OF_PORTFOLIO = re.compile(
    r"\b(?:ministry|minister|department|secretary) (?:of|for) (?:the )?(" + "|".join(_PORTFOLIOS) + r")\b",
    re.I,
)
_DEPUTY = re.compile(r"\b(?:deputy|vice|junior)\b", re.I)
_FIXED = (
    (re.compile(r"\bforeign office\b|\bF\.?C\.?O\.?\b|\bforeign secretary\b", re.I), "gbr foreign ministry"),
    (re.compile(r"\bstate department\b|\bsecretary of state\b", re.I), "usa foreign ministry"),
    (re.compile(r"\bpentagon\b", re.I), "usa defence ministry"),
    (re.compile(r"\bhome office\b", re.I), "gbr interior ministry"),
    (re.compile(r"\bwhite house\b", re.I), "usa presidency"),
    (re.compile(r"\bdowning street\b", re.I), "gbr prime minister"),
    (re.compile(r"\bkremlin\b", re.I), "rus presidency"),
    (re.compile(r"\bel[yi]s[ée]e\b", re.I), "fra presidency"),
)  # fmt: skip
_ATTACKERS = re.compile(
    r"\b(?:kidnappers?|captors?|attackers?|hostage[- ]takers?|militants?|gunm[ea]n|jihadis?ts?"
    r"|rebels?|insurgents?|hijackers?|islamists?|fighters?|guerrillas?|terrorists?)\b", re.I,
)  # fmt: skip
_SPOKESMAN = re.compile(r"\bspokes(?:man|woman|person|men|people)\b|\bspokes(?:men|women)\b", re.I)
_PRONOUN = re.compile(r"^(?:he|she|it|they|who|both|his|her|its|their)$", re.I)
_BACK = re.compile(r"^(?:(?:the|this|that|its|their|his|her)(?: same| latter)?|same) (.+)$", re.I)
_HEADS = (
    "ministry", "minister", "department", "government", "company", "firm", "agency", "source", "sources",
    "official",
    "officials", "spokesman", "spokeswoman", "officer", "group", "army", "police", "presidency", "president",
    "premier", "prime minister", "chief", "general", "colonel", "statement", "embassy", "organisation",
    "organization", "man", "woman", "doctor", "worker", "resident", "witness", "family", "governor", "mayor",
    "sheriff", "office", "commander", "secretary",
)  # fmt: skip
_POLICE = re.compile(
    r"\b(?:police|officers?|detectives?|cops?|investigators?|constabulary|lapd|nypd)\b", re.I
)
_SHERIFF = re.compile(r"\b(?:sheriff|deputies|deputy)\b", re.I)
_GOVERNMENT = re.compile(r"\bgovernments?\b|\bcabinet\b|\bauthorities\b", re.I)
_PERSON = re.compile(
    r"(?:[A-Z][\w’'-]+|[A-Z]\.)(?: (?:(?:[a-z]{2,3}|[A-Z]\.) )?[A-Z][\w’'-]+)+$"
    r"|^[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?$"
)
_ANONYMOUS_CLASS = re.compile(
    r"\b(security|local|military|government|medical|hospital|diplomatic|intelligence|police|army|regional|senior"
    r"|western|algerian|provincial|tribal|rescue|defen[cs]e|un|aid)\b", re.I,
)  # fmt: skip
_PERSONS = frozenset(("official", "company", "expert", "witness", "relative", "armed-group"))
_PEOPLE = _PERSONS - {"company", "armed-group"}  # "Boko Haram" is no one's name, "Statoil" neither
_FOR_WHOM = re.compile(
    r"^(?:its|their|(?:a |the )?(?:company|firm|ministry|group|government|agency|police|army))(?=['’ ])"
    r".*?\b(?:spokes\w+|chief|official|director|executive)\b", re.I,
)  # fmt: skip
_LEADING = re.compile(r"^(?:the|a|an|its|their|his|her|one|another|some|other|local|official)\s+", re.I)


class Voice(msgspec.Struct, frozen=True, kw_only=True):
    """A speaker: `key` is the same over all reports; `kind` is the codebook's; `country` alpha-3 if known."""

    key: str
    kind: str
    country: str | None = None


def office_state(name: str) -> str | None:
    """Give the state of an office known by its own name (`the State Department`); None for any other."""
    office = next((office for pattern, office in _FIXED if pattern.search(name)), None)
    return office[:3].upper() if office else None


def slug(name: str) -> str:
    """Fold a name to lower-case words joined by hyphens."""
    return "-".join(re.findall(r"[a-z0-9]+", stem_name(name))) or "unknown"


def voices_of(record: Record, *, home: str | None = None) -> dict[str, Voice]:
    """Name the speaker of every claim of a report, by claim id.

    "The ministry", "police" are those of the country in which the report was
    filed, else of `home`, the incident's (alpha-3).
    """
    return _voices(_Held(record), home)


class _Held:
    """A record by which one it is, not by what it holds, so that what was worked out of it is found again."""

    __slots__ = ("record",)

    def __init__(self, record: Record) -> None:
        self.record = record

    def __hash__(self) -> int:
        return id(self.record)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and self.record is other.record


@lru_cache(maxsize=64)  # each unit of a report asks for them, and the persons of an incident
def _voices(held: _Held, home: str | None) -> dict[str, Voice]:
    record = held.record
    home = _filed_in(record) or home
    spoken: list[tuple[Claim, Voice]] = []
    out: dict[str, Voice] = {}
    full = _full_names(record)
    for claim in sorted(record.claims, key=_order):
        voice = _voice(claim, record, spoken, full, home)
        out[claim.id] = voice
        if claim.source.kind != "report":
            spoken.append((claim, voice))
    return out


def _filed_in(record: Record) -> str | None:
    """Give the country of the dateline's place."""
    end = Layout.of(record.report.text).body
    inside = [p for p in record.places if any(m.end <= end for m in p.mentions)]
    return next((p.country for p in inside if p.country), None)


def _order(claim: Claim) -> tuple[int, str]:
    span = claim.source.span or claim.content
    return span.start, claim.id


def _voice(
    claim: Claim,
    record: Record,
    before: Sequence[tuple[Claim, Voice]],
    full: Mapping[str, str],
    home: str | None,
) -> Voice:
    source, name = claim.source, claim.source.name.strip()
    if source.kind == "report" or not name:
        return Voice(key=slug(record.report.publisher or "report"), kind="report")
    earlier = _back_reference(name, before)
    if earlier:
        return earlier
    country = state_named(name) or _country_of(claim, record)
    key = _key(claim, name, full, country, home)
    return Voice(key=key, kind=source.kind, country=country)


def _country_of(claim: Claim, record: Record) -> str | None:
    return next((a.country for a in record.actors if a.id == claim.source.actor and a.country), None)


def _back_reference(name: str, before: Sequence[tuple[Claim, Voice]]) -> Voice | None:  # noqa: PLR0911
    """Find whom a pronoun or a bare office points back to: the last speaker whose words fit."""
    if not before:
        return None
    if _PRONOUN.match(name):
        return before[-1][1]
    if owner := _FOR_WHOM.match(name):
        wanted = re.split(r"['’ ]", owner.group())[0].casefold()
        if wanted in ("its", "their"):
            return before[-1][1]
        return next((v for c, v in reversed(before) if wanted in _near_words(c, v)), None)
    match = _BACK.match(name)
    if match is None:
        return None
    words = fold_words(match.group(1))
    if not words or len(words) > 3 or words[-1] not in {w for h in _HEADS for w in fold_words(h)}:
        return None
    for claim, voice in reversed(before):
        if set(words) <= set(_near_words(claim, voice)):
            return voice
    return None


def _near_words(claim: Claim, voice: Voice) -> list[str]:
    """Give the words under which a speaker can be meant again: those of his name, and of his office."""
    words = [*fold_words(claim.source.name), *fold_words(voice.key.replace("-", " "))]
    if any(w.startswith("spokes") for w in words):
        words += ["spokesman", "spokeswoman", "official"]
    if "ministry" in words:
        words.append("minister")
    return [*words, "company", "firm"] if claim.source.kind == "company" else words


def _full_names(record: Record) -> dict[str, str]:
    """Map each last name to the longest name and title that the report gives it."""
    out: dict[str, str] = {}
    for claim in sorted(record.claims, key=_order):
        name = claim.source.name
        if person := _person(claim, name):
            last = stem_name(person.split()[-1])
            if len(name) > len(out.get(last, "")):
                out[last] = name
    return out


def _key(claim: Claim, name: str, full: Mapping[str, str], country: str | None, home: str | None) -> str:
    person = _person(claim, name)
    if person and len(without_more(name).split()) <= 2:
        longer = full.get(stem_name(person.split()[-1]), name)
        if longer != name:
            country = state_named(longer) or country
            name, person = longer, _person(claim, longer)
    office = _office(name, country, home) or _police_force(claim, name, country, home)
    if office:
        return slug(office)
    if claim.source.kind == "anonymous":
        return _anonymous_key(claim, name)
    if claim.source.kind == "armed-group" and _ATTACKERS.search(name) and not person:
        return "attackers"
    if person and _SPOKESMAN.search(name) and office_told(name, person.split())[0]:
        return _institution_key(claim, name.replace(person, ""), country, home)
    if person:
        return slug(_owner(name, person) if claim.source.kind == "company" else _last_two(person))
    return _institution_key(claim, name, country, home)


def _person(claim: Claim, name: str) -> str:
    """Give the person's name in that of a source; empty where there is none."""
    if claim.source.kind in _PEOPLE:
        return " ".join(person_in(without_more(name)))
    found = _PERSON.search(name) if claim.source.kind in _PERSONS else None
    return found.group() if found else ""


def _office(name: str, country: str | None, home: str | None) -> str | None:
    """Give the ministry that a minister, his ministry or its spokesman speaks for."""
    for pattern, office in _FIXED:
        if pattern.search(name):
            return office
    match = _PORTFOLIO.search(name) or _OF_PORTFOLIO.search(name)
    if match is None:
        return None
    if _DEPUTY.search(name) and not re.search(r"ministry", name, re.I):
        return None
    return f"{country or home or ''} {_PORTFOLIOS[match.group(1).casefold()]} ministry"


def _anonymous_key(claim: Claim, name: str) -> str:
    told = claim.via.text if claim.via else ""
    found = _ANONYMOUS_CLASS.search(name)
    kind = found.group(1).casefold() if found else ""
    plain = _LEADING.sub("", name)
    head = kind or slug(" ".join(fold_words(plain)[-2:]))
    return f"unnamed-{head}" + (f"-told-{slug(_LEADING.sub('', told).split(',')[0])}" if told else "")


def _police_force(claim: Claim, name: str, country: str | None, home: str | None) -> str | None:
    """Give the force for which an officer, or the police as one, speaks."""
    if claim.source.kind not in ("institution", "official"):
        return None
    if _SHERIFF.search(name):
        return "sheriff"
    if _POLICE.search(name):
        return "police" if country in (None, home) else f"{country}-police".casefold()
    return None


def _last_two(name: str) -> str:
    return " ".join(name.split()[-2:])


def _owner(name: str, person: str) -> str:
    """Give the company for which a named person speaks: what stands before his title."""
    front = name[: len(name) - len(person)].strip()
    words = []
    for word in front.split():
        if not (word[:1].isupper() or word[:1].isdigit()):
            break
        words.append(re.sub(r"['’]s?$", "", word))
    return " ".join(words) or person


def _institution_key(claim: Claim, name: str, country: str | None, home: str | None) -> str:
    office, area = office_told(name)
    if office:
        own = "" if office in ("governor", "mayor") else country or home or ""
        return slug(f"{area or own} {office}")
    if _GOVERNMENT.search(name) and country:
        return slug(f"{country} government")
    if (
        country
        and state_named(name)
        and len(fold_words(_LEADING.sub("", name))) <= 2
        and claim.source.kind == "institution"
    ):
        return slug(f"{country} government")
    plain = _SPOKESMAN.sub("", name)
    plain = re.sub(r"^(?:\W|a\b|an\b|the\b|for\b|of\b)+", "", plain.strip(), flags=re.I)
    words = [
        w for w in fold_words(plain) if w not in ("news", "agency", "company", "firm", "official", "state")
    ]
    return slug(" ".join(words[-3:]) if words else name)


def same_speaker(groups: Iterable[Sequence[str]]) -> dict[str, str]:
    """Join voices: map every key of a group to the first of them in the alphabet that is the most telling.

    A name beats an unnamed source, and one whose outlet is known beats one without.
    """
    out: dict[str, str] = {}
    for group in groups:
        best = min(group, key=lambda key: (key.startswith("unnamed-"), "-told-" not in key, key))
        out.update(dict.fromkeys(group, best))
    return out


def same_voices(records: Iterable[Record], home: str | None) -> dict[str, str]:
    """Map the keys of those who are one person over all reports of an incident to one of them.

    "Governor Babagana Zulum" in one report ties "the governor of Borno" and
    "Mr Zulum" of others to him.
    """
    return one_person(told for record in records for told in _told_in(record, home))


def _told_in(record: Record, home: str | None) -> Iterable[Told]:
    voices = voices_of(record, home=home)
    for claim in record.claims:
        name, span = claim.source.name.strip(), claim.source.span
        if claim.source.kind not in (*_PEOPLE, "institution") or _PRONOUN.match(name):
            continue
        key = voices[claim.id].key
        person = person_in(without_more(name)) if claim.source.kind in _PEOPLE else []
        office, area = office_told(name, person)
        if person and not area and span:
            before, behind = apposition(record.report.text, span.start, span.end)
            name = f"{before}{name}{behind}"
            told = office_told(name, person)
            office, area = told if told[0] and office in (None, told[0]) else (office, area)
        if office and (not person or _SPOKESMAN.search(name)):
            whose = key.removesuffix(f"-{slug(office)}") if key.endswith(f"-{slug(office)}") else area
            yield Told(key, (), office, whose)
            office = area = None
        if person:
            yield Told(key, tuple(stem_name(w) for w in person), office, area)
