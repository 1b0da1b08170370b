"""MUC-4's casualty slots: the number of human targets and the effect on them.

The key ties both to the target's string: `HUM TGT: NUMBER 6: "JESUIT PRIESTS"`,
`EFFECT OF INCIDENT DEATH: "JESUIT PRIESTS"`. Ours are the figures of killed and
wounded (a named victim is a figure of one) that belong to an incident's event
or to none. `casualty effect`: whom an effect befell, by effect and by a shared
head word of the phrases; `casualty number`: the same and the number, where
PLURAL is any count of two or more.

Where the victims of the news are known, only they count, and those of them
whom an event of killing or wounding has for its target count without a figure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.evaluation.muc4.fillers import relevant
from dateline.evaluation.muc4.keys import Filler, Template, normalised
from dateline.evaluation.muc4.naming import Filler as Victim
from dateline.evaluation.muc4.naming import Namer, bare
from dateline.evaluation.phrases import head
from dateline.evaluation.scores import Tally, pair_off
from dateline.record import Figure, Record

__all__ = ["Casualty", "count_casualties", "gold_casualties"]

_EFFECTS = {"killed": "DEATH", "wounded": "INJURY"}
_BY_EVENT = {"killing": "DEATH", "death": "DEATH", "injury": "INJURY"}
_LIKELY = 0.5  # a victim as likely as this is hurt by what the events tell, without a figure
_PEOPLE = frozenset(("people", "men", "women", "children"))
_ARMED = ("militant", "soldier", "attacker")
_NUMBER = re.compile(r"^~?(\d+)(?:\s*-\s*(\d+))?$")


@dataclass(frozen=True, slots=True)
class Casualty:
    """People hurt: what names them, the effect, and how many (bounds, None where open)."""

    strings: frozenset[str]
    effect: str
    low: int | None
    high: int | None

    @property
    def heads(self) -> frozenset[str]:
        """The head words of what names them."""
        return frozenset(_head(string) for string in self.strings)


def count_casualties(
    tally: Tally,
    record: Record,
    keys: Sequence[Template],
    namer: Namer,
    victims: Sequence[Victim] | None = None,
) -> None:
    """Count the casualties of one dispatch by effect, and by effect and number.

    `victims`: who the victims of the news are, None where that is not known.
    """
    found = [c for f in _figures(record) if (c := _of_figure(f, namer))]
    if victims is not None:
        heads = {_head(normalised(v.text)) for v in victims}
        found = [c for c in found if heads & c.heads]
        likely = {_head(normalised(v.text)) for v in victims if v.confidence >= _LIKELY}
        found += [c for c in _of_events(record, namer) if likely & c.heads and not _known(c, found)]
    found = list(dict.fromkeys(found))
    gold = gold_casualties(keys)
    met = pair_off(found, gold, _same_people, lambda a, b: 1.0 + _same_number(a, b))
    sizes = {"found": len(found), "gold": len(gold)}
    tally.count("casualty effect", len(met), **sizes)
    tally.count("casualty number", sum(_same_number(a, b) for a, b in met), **sizes)


def _of_events(record: Record, namer: Namer) -> Iterable[Casualty]:
    """Give whom the events of killing and wounding that happened hit: one, or some where a plural is told."""
    told: set[tuple[str, str]] = set()
    for event in record.events:
        effect = _BY_EVENT.get(event.type) if event.status == "happened" else None
        for argument in event.arguments if effect else ():
            victim = namer.named("Victim", argument.span.text) if argument.role == "target" else None
            word = _head(normalised(victim.text)) if victim else ""
            if effect and victim and (word, effect) not in told:
                told.add((word, effect))
                many = not victim.named and (word in _PEOPLE or word.endswith("s"))
                bounds = (2, None) if many else (1, 1)
                yield Casualty(frozenset((normalised(victim.text),)), effect, *bounds)


def _known(casualty: Casualty, found: Iterable[Casualty]) -> bool:
    return any(_same_people(casualty, other) for other in found)


def _figures(record: Record) -> Iterable[Figure]:
    events = {e.id: e for e in record.events}
    for figure in record.figures:
        event = events.get(figure.event or "")
        stated = figure.measure in _EFFECTS and figure.status != "denied" and figure.high != 0
        if stated and figure.group not in _ARMED and (event is None or relevant(event)):
            yield figure


def _of_figure(figure: Figure, namer: Namer) -> Casualty | None:
    phrase = figure.who.text if figure.who else figure.span.text
    strings = {normalised(bare(phrase))}
    if name := namer.person(phrase):
        strings.add(normalised(name))
    strings.discard("")
    effect = _EFFECTS[figure.measure]
    return Casualty(frozenset(strings), effect, figure.low, figure.high) if strings else None


def gold_casualties(keys: Sequence[Template]) -> list[Casualty]:
    """Read DEATH and INJURY of the human targets, with their number, once over a dispatch's templates."""
    out: dict[tuple[frozenset[str], str], Casualty] = {}
    for template in keys:
        numbers = template.get("HUM TGT: NUMBER")
        for filler in template.get("HUM TGT: EFFECT OF INCIDENT"):
            strings = frozenset(normalised(s) for s in filler.refers)
            for effect in (e.strip() for e in filler.code.split("/")):
                if effect in _EFFECTS.values() and strings:
                    low, high = _number_of(numbers, strings)
                    out.setdefault((strings, effect), Casualty(strings, effect, low, high))
    return list(out.values())


def _number_of(numbers: Sequence[Filler], strings: frozenset[str]) -> tuple[int | None, int | None]:
    for filler in numbers:
        if strings & {normalised(s) for s in filler.refers}:
            code = filler.code.split("/")[0].strip()
            if match := _NUMBER.match(code):
                return int(match[1]), int(match[2] or match[1])
            return (2, None) if code == "PLURAL" else (None, None)
    return None, None


def _same_people(a: Casualty, b: Casualty) -> bool:
    return a.effect == b.effect and bool(a.heads & b.heads)


def _head(phrase: str) -> str:
    return phrase[slice(*head(phrase))]


def _same_number(a: Casualty, b: Casualty) -> bool:
    if b.high is None and b.low is not None:  # PLURAL
        return (a.low or 0) >= b.low
    return (a.low, a.high) == (b.low, b.high)
