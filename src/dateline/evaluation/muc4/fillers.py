"""From a record to MUC-4's role fillers, by the written mapping in `mappings/muc4.toml`.

Each entity is given by one string, its best name or the bare noun phrase, as
the published systems give its first mention. Mentions of one actor are one
entity, and so are names of which one is part of the other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from dateline.evaluation.muc4.keys import normalised
from dateline.evaluation.phrases import head
from dateline.knowledge.actors import ActorRegistry
from dateline.knowledge.gazetteer import Gazetteer
from dateline.reading.parties import Party
from dateline.record import Actor, Argument, Event, Record

__all__ = ["ROLES", "Filler", "Fillers", "Namer", "fillers_of", "fillers_with_parties", "relevant"]

_BODIES = ("armed-group", "military", "police", "government", "other")
ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
_COUNTRIES = ("SLV", "COL", "PER", "GTM", "CHL", "HND", "BOL")  # where MUC-4's incidents are, most first
_MAP = tomllib.loads(files("dateline.evaluation").joinpath("mappings", "muc4.toml").read_text("utf-8"))
EVENTS, STATUSES = frozenset(_MAP["events"]), frozenset(_MAP["statuses"])
_OF_PEOPLE, _OF_THINGS = frozenset(_MAP["of_people"]), frozenset(_MAP["of_things"])
_BLASTS = frozenset(_MAP["blasts"])
_SOLDIERS, _PEOPLE, _TITLES, _THINGS, _ORGANIZATIONS, _WEAPONS = (
    frozenset(_MAP[name].split())
    for name in ("soldiers", "people", "titles", "things", "organizations", "weapons")
)
_BRACKET = re.compile(r"\s*[\[(]([^\])]*)[\])]?")
_DETERMINERS = re.compile(
    r"^(?:the|a|an|this|that|these|those|his|her|their|its|our|some|several|many|various|other|another"
    r"|both|all|about|at least|more than|over|almost|nearly|approximately|up to|around|\d[\d,.]*|one|two"
    r"|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fifteen|twenty|thirty|dozens? of"
    r"|hundreds of|a group of|group of|of|first|second|third|new|alleged"
    r"|presumed|suspected|powerful)\s+",
    re.IGNORECASE,
)
_DANGLING = re.compile(r"(?:\s+(?:in|of|at|on|near|and|or|by|with|from|to|the|a|for))+$", re.IGNORECASE)
_AND = re.compile(r",?\s+(?:and|or)\s+|,\s+", re.IGNORECASE)
_PRONOUNS = frozenset(
    "he she it they them him her who which that this these those i we us you one others himself themselves"
    " some all many several both everyone someone nobody his their anyone".split()
)
_NOBODY = _PRONOUNS | frozenset(
    "one two three four five six seven eight nine ten other others or and".split()
)  # "two of them": a number with its noun left out names nobody
_WORD = re.compile(r"[\w'.-]+")
_BODY_WORDS = frozenset(
    "agency association bank bureau company congress corporation federation foundation institute"
    " international network newspaper news party radio station television union university".split()
)  # a name that ends so is a body's and nobody's own


@dataclass(frozen=True, slots=True)
class Filler:
    """One entity in a role: its string, and whether that is a name and no description."""

    text: str
    named: bool


Fillers = dict[str, list[Filler]]


class Namer:
    """Tells what a noun phrase in capitals names: an organization, people, a thing."""

    def __init__(self, registry: ActorRegistry, gazetteer: Gazetteer) -> None:
        self._registry, self._gazetteer = registry, gazetteer

    @classmethod
    def open(cls) -> Namer:
        """Open with the lists that ship. Raises AssetError when they are damaged."""
        return cls(ActorRegistry.open(), Gazetteer.open())

    def organization(self, phrase: str) -> str | None:
        """Give the organization that a phrase names or that its people belong to ("REBELS OF THE FMLN").

        The longest stretch of words that the actor list knows; else the whole
        phrase where its head is a body ("ARMED FORCES"), never a mere "GROUP".
        """
        for part in (_BRACKET.sub("", phrase), *_BRACKET.findall(phrase)):
            words = bare(part).split()
            for size in range(len(words), 0, -1):
                for start in range(len(words) - size + 1):
                    name = bare(" ".join(words[start : start + size]).strip(",;"))
                    if self._known(name):
                        return name
        plain = bare(_BRACKET.sub("", phrase))
        return plain if _head_word(plain) in _ORGANIZATIONS else None

    def one_each(self, organizations: Sequence[Filler]) -> list[Filler]:
        """Keep one name of each organization that the actor list knows ("FMLN" and its full name)."""
        seen: set[str] = set()
        out = []
        for filler in organizations:
            known = self._registry.lookup(filler.text, countries=_COUNTRIES)
            if known is None or known.id not in seen:
                out.append(filler)
            if known is not None:
                seen.add(known.id)
        return out

    def _known(self, name: str) -> bool:
        if _head_word(name) in _PEOPLE or not name[:1].isupper():
            return False
        known = self._registry.lookup(name, countries=_COUNTRIES)
        return known is not None and known.kind in _BODIES

    def person(self, phrase: str) -> str | None:
        """Give the name in a phrase for one person without titles, None where there is none.

        A single word is taken for a description.
        """
        plain = bare(_BRACKET.sub("", phrase))
        for part in reversed(plain.split(", ")):
            words = _WORD.findall(part)
            last = max((i for i, w in enumerate(words) if self._titles(w)), default=-1)
            name = words[last + 1 :]
            if len(name) > 1 and not _common(name) and name[-1].casefold().rstrip(".") not in _BODY_WORDS:
                return " ".join(name).rstrip(".")
        return None

    def _titles(self, word: str) -> bool:
        lowered = word.casefold().rstrip(".")
        return lowered in _PEOPLE or lowered in _TITLES or self._gazetteer.demonym(word) is not None


def _head_word(phrase: str) -> str:
    return phrase[slice(*head(phrase))].casefold()


def bare(phrase: str) -> str:
    """Take determiners, numbers and quantifiers from the front of a phrase."""
    text = " ".join(phrase.split()).strip(" ,;:-")
    while (shorter := _DETERMINERS.sub("", text)) != text and shorter:
        text = shorter
    return _DANGLING.sub("", text)


def _common(words: Sequence[str]) -> bool:
    """Tell whether words are a description: a name has no preposition, article, number or thing in it."""
    lowered = [w.casefold() for w in words]
    small = {"of", "in", "from", "at", "with", "who", "the", "and", "for", "by", "on", "to"}
    return len(words) > 6 or any(
        w in small or w in _THINGS or w in _ORGANIZATIONS or w[0].isdigit() for w in lowered
    )


def relevant(event: Event) -> bool:
    """Tell whether an event makes an incident of MUC-4's by its type and status."""
    return event.type in EVENTS and event.status in STATUSES


def fillers_of(record: Record, namer: Namer) -> Fillers:
    """Give the entities of each role over the record's relevant events."""
    actors = {a.id: a for a in record.actors}
    out: Fillers = {role: [] for role in ROLES}
    aimed = {e.happening for e in record.events if any(a.role == "target" for a in e.arguments)}
    for event in record.events:
        if relevant(event) and event.happening in aimed and not _between_soldiers(event, actors):
            for argument in event.arguments:
                _add_argument(out, event, argument, actors, namer)
    return {role: _merged(rows) for role, rows in out.items()}


_ROLE_OF = {
    "perpetrator": "PerpInd", "organization": "PerpOrg", "thing": "Target", "victim": "Victim",
    "weapon": "Weapon",
}  # fmt: skip


# Least probabilities, chosen on the texts of MUC-4's train that the model was not trained on.
_LEAST = {"perpetrator": 0.6, "organization": 0.6, "thing": 0.5, "victim": 0.35, "weapon": 0.4}
_NEWS = 0.5  # a party as likely as this makes the dispatch one that tells of an incident
_BY_WORDS = ("PerpInd", "Weapon")  # descriptions for the most part: said again in other words
_BACKED = 0.2  # a doer whom the record's events have counts where a party of these words is as likely as this


def fillers_with_parties(record: Record, parties: Sequence[Party], namer: Namer) -> Fillers:
    """Give the entities of each role by the parties of the news; doers also by the record's events.

    `parties`: all that the reader finds at `_BACKED` or more.
    """
    sure = [p for p in parties if p.confidence >= _LEAST[p.role]]
    out = _of_parties(sure, namer)
    if any(p.confidence >= _NEWS for p in parties):
        told = fillers_of(record, namer)
        words = [normalised(p.span.text) for p in parties if p.confidence >= _BACKED]
        for role in ("PerpInd", "PerpOrg"):
            out[role] += [f for f in told[role] if _backed(normalised(f.text), words)]
    merged = {role: _most_likely(rows) if role in _BY_WORDS else _merged(rows) for role, rows in out.items()}
    return {**merged, "PerpOrg": namer.one_each(merged["PerpOrg"])}


def _backed(text: str, words: Sequence[str]) -> bool:
    return any(w and (text in w or w in text) for w in words)


def _of_parties(parties: Sequence[Party], namer: Namer) -> Fillers:
    """Name the entities of each role, the most likely first."""
    out: Fillers = {role: [] for role in ROLES}
    for party in sorted(parties, key=lambda p: -p.confidence):
        role = _ROLE_OF[party.role]
        plain = bare(_BRACKET.sub("", party.span.text)) or party.span.text
        if set(plain.casefold().split()) <= _NOBODY:
            continue
        name = None
        if role == "Victim":
            name = namer.person(party.span.text)
        elif role == "PerpOrg":  # "MAOIST SHINING PATH"
            name = namer.organization(party.span.text) or plain
        out[role].append(Filler(name or plain, named=name is not None))
    return out


def _between_soldiers(event: Event, actors: dict[str, Actor]) -> bool:
    """Tell whether all the targets of an event are armed men: fighting, and no incident."""
    targets = [a for a in event.arguments if a.role == "target"]
    return bool(targets) and all(_is_soldier(t, actors) for t in targets)


def _is_soldier(argument: Argument, actors: dict[str, Actor]) -> bool:
    actor = actors.get(argument.actor or "")
    if actor is not None and actor.kind in ("military", "armed-group"):
        return True
    return _head_word(bare(argument.span.text)) in _SOLDIERS


def _add_argument(
    out: Fillers, event: Event, argument: Argument, actors: dict[str, Actor], namer: Namer
) -> None:
    phrase = _best(argument, actors)
    if phrase is None:
        return
    if argument.role == "agent":
        _add_agent(out, phrase, namer)
    elif argument.role == "target":
        _add_target(out, event, phrase, namer)
    elif argument.role in ("instrument", "cause") and _head_word(bare(phrase)) in _WEAPONS:
        out["Weapon"].append(Filler(bare(_BRACKET.sub("", phrase)), named=False))


def _best(argument: Argument, actors: dict[str, Actor]) -> str | None:
    """Give the phrase that stands for an argument: itself, or its actor's name where it is a pronoun."""
    text = argument.span.text
    if bare(text).casefold() not in _PRONOUNS:
        return text
    actor = actors.get(argument.actor or "")
    return actor.name if actor and actor.name.casefold() not in _PRONOUNS else None


def _add_agent(out: Fillers, phrase: str, namer: Namer) -> None:
    organization = namer.organization(phrase)
    if organization:
        out["PerpOrg"].append(Filler(organization, named=True))
    plain = bare(_BRACKET.sub("", phrase))
    if _head_word(plain) in _PEOPLE:
        kind = _short(plain)
        if organization and kind.startswith(organization):  # "SHINING PATH GUERRILLAS"
            kind = kind[len(organization) :].strip()
        out["PerpInd"].append(Filler(kind, named=False))
    elif not organization and (name := namer.person(phrase)):
        out["PerpInd"].append(Filler(name, named=True))


def _add_target(out: Fillers, event: Event, phrase: str, namer: Namer) -> None:
    parts = [part for part in _AND.split(phrase) if part]
    things = all(_is_thing(_head_word(bare(part))) for part in parts)
    for part in parts if things else (phrase,):  # "PHARMACIES AND STORES"
        _add_one_target(out, event, part, namer)


def _add_one_target(out: Fillers, event: Event, phrase: str, namer: Namer) -> None:
    plain = bare(_BRACKET.sub("", phrase))
    word = _head_word(plain)
    name = namer.person(phrase) if not _is_thing(word) else None
    if word not in _PEOPLE and _at_things(event.type, word, name):
        out["Target"].append(Filler(plain, named=False))  # "OFFICES OF THE ELECTION BOARD", with its tail
    elif name:
        out["Victim"].append(Filler(name, named=True))
    elif word not in _SOLDIERS and not _is_thing(word):
        out["Victim"].append(Filler(_short(plain), named=False))


def _at_things(event_type: str, word: str, name: str | None) -> bool:
    """Tell whether a target that is not people by its head is a thing."""
    if event_type in _OF_PEOPLE or event_type in _OF_THINGS:
        return event_type in _OF_THINGS
    return _is_thing(word) or (event_type in _BLASTS and name is None)


def _is_thing(word: str) -> bool:
    return word in _THINGS or word in _ORGANIZATIONS


def _short(phrase: str) -> str:
    """Cut a phrase at what follows its head: the keys give the bare noun phrase."""
    _, end = head(phrase)
    return phrase[:end]


def _merged(rows: Iterable[Filler]) -> list[Filler]:
    """Keep one of each entity: equal strings, and names of which one is the end or start of another."""
    kept: list[Filler] = []
    for row in sorted(rows, key=lambda f: -len(f.text)):
        words = normalised(row.text).split()
        if words and not any(_same(words, normalised(k.text).split(), row.named and k.named) for k in kept):
            kept.append(row)
    return kept


def _most_likely(rows: Iterable[Filler]) -> list[Filler]:
    """Keep the first of those whose words are part of one another's: "URBAN GUERRILLAS", "GUERRILLAS"."""
    kept: dict[frozenset[str], Filler] = {}
    for row in rows:
        words = frozenset(normalised(row.text).split())
        if words and not any(words <= other or other <= words for other in kept):
            kept[words] = row
    return list(kept.values())


def _same(a: list[str], b: list[str], named: bool) -> bool:
    return a == b or (named and (b[-len(a) :] == a or b[: len(a)] == a or set(a) <= set(b)))
