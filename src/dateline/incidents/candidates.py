"""Which units could be of one incident: those that share a key.

Four kinds of key, each specific enough that a bucket grows with what happens in
one place and time and not with the store: where and when (a town's surroundings
in a fortnight), what words (a rare one of the heaviest words of what a report
leads with in a fortnight, two of the heaviest of any passage in four months),
who (a person's name in four months, two names, or one in one town, for good),
and whose text (three values of its MinHash in four months, five for good: a line
or two are what a desk prints under everything). Buckets overlap by a margin, so
that two units nearer than it always share one.

On the training part of GVA 86 of 100 pairs of one incident share a key, three
and a half in all that share one for each such pair. What is missed is mostly a
trial told months later without a name, and a report of a few words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations, product

from dateline.incidents.copies import band_keys
from dateline.incidents.frequencies import FREQUENCIES
from dateline.incidents.units import Spot, Unit

__all__ = ["candidate_pairs", "keys_of"]

_CELL, _CELL_MARGIN = 0.8, 0.3  # degrees: 0.3 is 33 km, the distance at which two places are one in the news
_SPAN, _SPAN_MARGIN = 14, 5  # days
_LONG_SPAN, _LONG_MARGIN = 120, 40  # days: a trial or a toll's revision is told by name months after
_SPOTS = 3  # places of a unit that give keys: the most named
_WORDS, _PAIRED = 8, 4  # heaviest words of a passage: that are keys alone, and in pairs
_TELLING = 0.6 * FREQUENCIES.rare  # weight of a word that is a key alone: in fewer than a text in forty
# Values of a text's sketch in a band, and bands: of copies with half the shingles nine in ten meet within
# months, of those with three quarters nine in ten whenever they were told.
_EDITED, _REPRINTED = (3, 16), (5, 8)
_NAMES = 6  # people of a passage that give keys
_TOGETHER = 8  # that give keys in pairs: a trial is told years later
_HOMES = 2  # places in which they do
_LONGEST = 40  # days of a happening that give keys: a war has no day


def keys_of(unit: Unit) -> frozenset[str]:
    """Give the keys of a unit; two units that could be of one incident share one."""
    return frozenset((*_place_keys(unit), *_word_keys(unit), *_name_keys(unit), *_copy_keys(unit)))


def candidate_pairs(
    units: Sequence[Unit],
    keys: Sequence[Collection[str]] | None = None,
    parts: Sequence[int | None] | None = None,
) -> Iterator[tuple[int, int]]:
    """Yield the pairs of units of different reports that share a key, by index, each once, smaller first.

    `keys` are those of each unit, where they are known. With `parts`, which
    gives a number to some units, those of two different numbers are no pair.
    """
    buckets: dict[str, dict[int | None, list[int]]] = defaultdict(dict)
    for at, unit in enumerate(units):
        part = parts[at] if parts is not None else None
        near: set[int] = set()
        for key in keys[at] if keys is not None else keys_of(unit):
            held = buckets[key]
            for rows in held.values() if part is None else (held.get(None, ()), held.get(part, ())):
                near.update(rows)
            held.setdefault(part, []).append(at)
        yield from ((other, at) for other in sorted(near) if units[other].report != unit.report)


def _place_keys(unit: Unit) -> Iterator[str]:
    kind = "care" if unit.family == "care" else "other"
    spans = list(_spans(_days(unit), _SPAN, _SPAN_MARGIN))
    spots = [s for s in unit.spots if s.exact][:_SPOTS]
    for cell, span in product(dict.fromkeys(c for s in spots for c in _cells(s)), spans):
        yield f"place|{kind}|{cell[0]},{cell[1]}|{span}"
    if not spots and unit.country:
        yield from (f"country|{kind}|{unit.family}|{unit.country}|{span}" for span in spans)


def _cells(spot: Spot) -> Iterator[tuple[int, int]]:
    if spot.lat is None or spot.lon is None:
        return
    yield from product(*(_buckets(value, _CELL, _CELL_MARGIN) for value in (spot.lat, spot.lon)))


def _buckets(value: float, size: float, margin: float) -> list[int]:
    return sorted({int((value - margin) // size), int((value + margin) // size)})


def _days(unit: Unit) -> list[date]:
    """Give the days on which a unit is looked for: first and last of the happening, and of telling."""
    known = [date.fromisoformat(d) for d in (unit.first, unit.last) if d]
    if len(known) == 2 and (known[1] - known[0]).days > _LONGEST:
        known = known[1:]
    told = [date.fromisoformat(unit.told)] if unit.told else []
    return known + (told if unit.news or not known else [])


def _spans(days: Iterable[date], size: int, margin: int) -> list[int]:
    edges = {(day + timedelta(days=shift)).toordinal() // size for day in days for shift in (-margin, margin)
             if margin < day.toordinal() < date.max.toordinal() - margin}  # fmt: skip
    return sorted(edges) or [0]


def _told(unit: Unit) -> list[date]:
    return [date.fromisoformat(unit.told)] if unit.told else []


def _all_days(unit: Unit) -> list[date]:
    """Give the day of telling and those of the happening, so that a trial meets the first reports."""
    return [*_told(unit), *(date.fromisoformat(d) for d in (unit.first, unit.last) if d)]


def _word_keys(unit: Unit) -> Iterator[str]:
    """Give keys of words: a rare one alone only of what a report leads with, by one no passage is known."""
    heavy = [w for w, _ in sorted(unit.own.items(), key=lambda row: (-row[1], row[0]))[:_WORDS]]
    telling = [w for w in heavy if FREQUENCIES.weights.get(w, FREQUENCIES.rare) >= _TELLING]
    for word, span in product(telling if unit.lead else (), _spans(_told(unit), _SPAN, _SPAN_MARGIN)):
        yield f"word|{word}|{span}"
    paired = combinations(sorted(heavy[:_PAIRED]), 2)
    for (a, b), span in product(paired, _spans(_all_days(unit), _LONG_SPAN, _LONG_MARGIN)):
        yield f"words|{a} {b}|{span}"


def _name_keys(unit: Unit) -> Iterator[str]:
    """Give keys of people: one alone within months; two together, or one in a town, whenever it was told."""
    spans = _spans(_all_days(unit), _LONG_SPAN, _LONG_MARGIN)
    names = sorted(unit.names)
    yield from (f"name|{name}|{span}" for name, span in product(names[:_NAMES], spans))
    yield from (f"names|{a}|{b}" for a, b in combinations(names[:_TOGETHER], 2))
    towns = [s.key for s in unit.spots if s.exact][:_HOMES]
    yield from (f"named|{name}|{town}" for name, town in product(names[:_NAMES], towns))


def _copy_keys(unit: Unit) -> Iterator[str]:
    """Give keys of the text itself: the lines that a desk puts under all that it prints must not hold all."""
    spans = _spans(_told(unit), _LONG_SPAN, _LONG_MARGIN)
    yield from (f"{key}|{span}" for key, span in product(band_keys(unit.sketch, *_EDITED), spans))
    yield from band_keys(unit.sketch, *_REPRINTED)
