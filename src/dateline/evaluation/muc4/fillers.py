"""From a record to MUC-4's role fillers, by the written mapping in `mappings/muc4.toml`.

Each entity is given by one string, its best name or the bare noun phrase, as
the published systems give its first mention. Mentions of one actor are one
entity, and so are names of which one is part of the other.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from importlib.resources import files

from dateline.evaluation.muc4.keys import normalised
from dateline.evaluation.muc4.naming import (
    ORGANIZATIONS,
    PEOPLE,
    PRONOUNS,
    ROLES,
    THINGS,
    Filler,
    Fillers,
    Namer,
    bare,
    head_word,
    without_brackets,
)
from dateline.evaluation.phrases import head
from dateline.record import Actor, Argument, Event, Record

__all__ = ["fillers_of", "relevant"]

_MAP = tomllib.loads(files("dateline.evaluation").joinpath("mappings", "muc4.toml").read_text("utf-8"))
EVENTS, STATUSES = frozenset(_MAP["events"]), frozenset(_MAP["statuses"])
_OF_PEOPLE, _OF_THINGS = frozenset(_MAP["of_people"]), frozenset(_MAP["of_things"])
_BLASTS = frozenset(_MAP["blasts"])
_SOLDIERS, _WEAPONS = (frozenset(_MAP[name].split()) for name in ("soldiers", "weapons"))
_AND = re.compile(r",?\s+(?:and|or)\s+|,\s+", re.IGNORECASE)


def relevant(event: Event) -> bool:
    """Tell whether an event makes an incident of MUC-4's by its type and status."""
    return event.type in EVENTS and event.status in STATUSES


def fillers_of(record: Record, namer: Namer, *, aimed: bool = True) -> Fillers:
    """Give the entities of each role over the record's relevant events.

    `aimed`: only over those whose happening has a target, and one that is not the armed sides alone.
    """
    actors = {a.id: a for a in record.actors}
    out: Fillers = {role: [] for role in ROLES}
    hit = {e.happening for e in record.events if any(a.role == "target" for a in e.arguments)}
    for event in record.events:
        incident = event.happening in hit and not _between_soldiers(event, actors)
        if relevant(event) and (incident or not aimed):
            for argument in event.arguments:
                _add_argument(out, event, argument, actors, namer)
    return {role: _merged(rows) for role, rows in out.items()}


def _between_soldiers(event: Event, actors: dict[str, Actor]) -> bool:
    """Tell whether all the targets of an event are armed men: fighting, and no incident."""
    targets = [a for a in event.arguments if a.role == "target"]
    return bool(targets) and all(_is_soldier(t, actors) for t in targets)


def _is_soldier(argument: Argument, actors: dict[str, Actor]) -> bool:
    actor = actors.get(argument.actor or "")
    if actor is not None and actor.kind in ("military", "armed-group"):
        return True
    return head_word(bare(argument.span.text)) in _SOLDIERS


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
    elif argument.role in ("instrument", "cause") and head_word(bare(phrase)) in _WEAPONS:
        out["Weapon"].append(Filler(bare(without_brackets(phrase)), named=False))


def _best(argument: Argument, actors: dict[str, Actor]) -> str | None:
    """Give the phrase that stands for an argument: itself, or its actor's name where it is a pronoun."""
    text = argument.span.text
    if bare(text).casefold() not in PRONOUNS:
        return text
    actor = actors.get(argument.actor or "")
    return actor.name if actor and actor.name.casefold() not in PRONOUNS else None


def _add_agent(out: Fillers, phrase: str, namer: Namer) -> None:
    organization = namer.organization(phrase)
    if organization:
        out["PerpOrg"].append(Filler(organization, named=True))
    plain = bare(without_brackets(phrase))
    if head_word(plain) in PEOPLE:
        kind = _short(plain)
        if organization and kind.startswith(organization):  # "SHINING PATH GUERRILLAS"
            kind = kind[len(organization) :].strip()
        out["PerpInd"].append(Filler(kind, named=False))
    elif not organization and (name := namer.person(phrase)):
        out["PerpInd"].append(Filler(name, named=True))


def _add_target(out: Fillers, event: Event, phrase: str, namer: Namer) -> None:
    parts = [part for part in _AND.split(phrase) if part]
    things = all(_is_thing(head_word(bare(part))) for part in parts)
    for part in parts if things else (phrase,):  # "PHARMACIES AND STORES"
        _add_one_target(out, event, part, namer)


def _add_one_target(out: Fillers, event: Event, phrase: str, namer: Namer) -> None:
    plain = bare(without_brackets(phrase))
    word = head_word(plain)
    name = namer.person(phrase) if not _is_thing(word) else None
    if word not in PEOPLE and _at_things(event.type, word, name):
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
    return word in THINGS or word in ORGANIZATIONS


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


def _same(a: list[str], b: list[str], named: bool) -> bool:
    return a == b or (named and (b[-len(a) :] == a or b[: len(a)] == a or set(a) <= set(b)))
