"""Choose the dead and the wounded of an incident together, by all that its reports say of them.

Rules add up what each report states, in more than one way where the text leaves
it open: one who was hurt may be one of the dead, "five were shot" counts both.
Which of the sums holds is weighed: a log-linear model over the named features
below, whose weights stand in `tolls.toml`, one a line with its meaning; a second set of
them holds where reports are not known as a whole.
`training/tolls.py` fits them.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import TypeVar

from dateline.errors import AssetError

__all__ = ["FEATURES", "PLAIN", "WEIGHTS", "Evidence", "Pair", "Telling", "candidates", "choose", "features"]

Toll = Mapping[str, int]
Pair = tuple[int, int]  # dead, wounded
_Row = TypeVar("_Row")
_HARM = ("killed", "wounded")
_MOST = 10  # values of a measure that are weighed: the most told; an incident of a thousand reports has more

_A_FEW = 2
_SMALL = 9  # dead or wounded: what reports read like as a whole is known of shootings, not of sieges and wars
_LEAST = 0.001  # likelihood of a number: less is not known
_MANY = 3  # reports that agree: more make it no surer

_OF_MEASURE = {
    "rule": "what the rules for the latest reports give",
    "body": "share of the reports whose text comes to it",
    "last": "share of the latest reports whose text comes to it",
    "apart": "share of the reports that come to it where none of the hurt is one of the dead",
    "each": "share of the reports that come to it where each of the dead is one of the hurt at most",
    "told": "share of the reports that come to it where all single persons told are added",
    "words": "share of the reports whose opening comes to it by the words of headlines",
    "raw": "share of the reports that come to it by the record's own measures",
    "first": "share of the reports whose first figure it is",
    "early": "share of the reports whose opening comes to it",
    "early_other": "share of the reports whose opening comes to something else",
    "early_silent": "some, by single persons alone: share of openings with the other measure",
    "early_silent_count": "some, by a count: share of openings with one person of the other measure alone",
    "count": "share of the reports with a count above one that state it in one figure",
    "count_all": "share of all reports with a count above one that state it in one figure, old ones too",
    "agree": "reports beyond the first that come to it in any way, three or more as 1",
    "count_above": "share of the reports with a count that state a greater one",
    "head": "share of the headlines with a count above one that have it",
    "head_other": "share of the headlines with a count above one that have another",
    "head_one": "it is one, as in the share of the headlines that tell of one person",
    "head_one_more": "more, by single persons alone: share of the headlines that tell of one person",
    "head_above": "share of the headlines that have more",
    "round_up": "share of the headlines on several incidents that have it",
    "unsupported": "some, and neither a headline nor an opening comes to it",
    "persons": "as many single persons are told",
    "persons_above": "more single persons are told",
    "zero_said": "none, though a report has some",
    "zero_stated": "none, and a report says that there are none",
    "denied": "some, though a report says that there are none",
    "whole": "log of how likely the reports as a whole tell of so many, where the rules come to nine at most",
}  # fmt: skip
_JOINT = {
    "sure": "as many wounded as single persons are told as hurt and alive",
    "sure_above": "fewer wounded than single persons are told as hurt and alive",
    "pair": "share of the reports with dead and wounded in one sentence that have this pair there",
    "pair_other": "share of the reports with dead and wounded in one sentence that have other pairs there",
    "struck": "share of the counts of those shot or struck that it comes to",
    "struck_all": "share of all reports with such counts that have one it comes to, old ones too",
    "struck_less": "less than any count of those shot or struck",
    "struck_more": "more than every count of those shot or struck",
    "struck_hurt": "share of the reports with a count of hurt whose struck are the wounded, beside dead",
    "head_struck": "share of the headlines with those shot or struck that it comes to",
    "head_struck_hurt": "the wounded alone are those shot or struck by a headline, and there are dead",
    "same": "as many wounded as dead, more than one",
    "one_person": "one in all, and one person is told in all",
    "one_person_two": "more than one, though one person is told in all",
    "part": "share of the reports that tell so many wounded of some of them alone",
    "few_many": "more than two in all, where no report counts more than one",
    "nobody": "none at all, though reports tell of an attack",
    "all_persons": "as many as all single persons told",
    "fatal_none": "no dead: share of the reports that tell of a death twice or more",
    "fatal_hurt": "some hurt, by single persons alone: share of the reports that tell of a death twice",
    "head_death_none": "no dead: share of the headlines that tell of a death",
    "head_death_hurt": "some hurt, by single persons alone: share of headlines with deaths alone",
    "head_hurt_dead": "some dead, by single persons alone: share of the headlines with hurt alone",
}  # fmt: skip
FEATURES: Mapping[str, str] = {
    **{f"dead_{name}": f"dead: {text}" for name, text in _OF_MEASURE.items()},
    **{f"hurt_{name}": f"wounded: {text}" for name, text in _OF_MEASURE.items()},
    **{name: f"both: {text}" for name, text in _JOINT.items()},
}


@dataclass(frozen=True, slots=True)
class Telling:
    """What one report says of the toll, added up in several ways; measures it says nothing of are left out.

    `body` by the rules, `apart` with none of the hurt among the dead, `each` with
    each of the dead one of the hurt at most, `told` so with all single persons told,
    `words` its opening by the words of headlines, `raw` by the record's measures,
    `head` by its headline. `counts` are the single figures above one of each
    measure, `first` its first figure, `early` what its opening comes to, `pairs`
    the dead and wounded of one sentence, `struck` and `head_struck` those of people
    shot or struck, dead and hurt together.
    `parts`: numbers of wounded told of some of them alone.
    `least`: the headline's dead are a lower bound. `rounds_up`: it speaks of
    several incidents. `early_struck`: its opening counts those shot or struck.
    `last`: it is one of the latest reports.
    """

    day: str
    body: Toll
    apart: Toll
    raw: Toll
    head: Toll
    each: Toll = field(default_factory=dict)
    told: Toll = field(default_factory=dict)
    words: Toll = field(default_factory=dict)
    counts: Mapping[str, frozenset[int]] = field(default_factory=dict)
    first: Toll = field(default_factory=dict)
    early: Toll = field(default_factory=dict)
    pairs: frozenset[Pair] = frozenset()
    none: frozenset[str] = frozenset()
    parts: frozenset[int] = frozenset()
    early_struck: bool = False
    struck: frozenset[int] = frozenset()
    head_struck: frozenset[int] = frozenset()
    least: bool = False
    rounds_up: bool = False
    fatal: bool = False
    last: bool = True


@dataclass(frozen=True, slots=True)
class Evidence:
    """All that an incident's reports say of its toll.

    `rule` is what the rules choose, by measure; `persons` counts the single
    persons told in each measure, `people` all of them, each once, `sure` those
    told as hurt and alive. `wholes`: of each report as a whole, by measure how
    likely it tells of 0, 1, 2 and so on, the last of that many or more.
    """

    tellings: Sequence[Telling]
    rule: Toll
    persons: Toll
    people: int
    sure: int = 0
    wholes: Sequence[Mapping[str, Sequence[float]]] = ()


def candidates(evidence: Evidence) -> list[Pair]:
    """Give the pairs of dead and wounded that come into question, in order."""
    dead = _values(evidence, "killed")
    hurt = _values(evidence, "wounded")
    struck = {s for t in evidence.tellings for s in (*t.struck, *t.head_struck)}
    whole = {*struck, evidence.people}
    pairs = {(d, w) for d in dead for w in {*hurt, *(s - d for s in whole if s >= d)}}
    return sorted(pairs)


def _values(evidence: Evidence, measure: str) -> list[int]:
    told: dict[int, int] = {0: 0}
    for telling in evidence.tellings:
        sums = (
            telling.body,
            telling.apart,
            telling.each,
            telling.told,
            telling.words,
            telling.raw,
            telling.head,
        )
        own = [*(s[measure] for s in sums if measure in s), *telling.counts.get(measure, ())]
        for value in set(own):
            told[value] = told.get(value, 0) + 1
    sure = {0, evidence.rule.get(measure, 0), evidence.persons.get(measure, 0)}
    ranked = sorted(told, key=lambda v: (-told[v], v))[:_MOST]
    return sorted({*ranked, *sure})


def features(pair: Pair, evidence: Evidence) -> dict[str, float]:
    """Give the features of a pair of dead and wounded, those that are nought left out."""
    return _Weighing(evidence).features(pair)


def choose(evidence: Evidence, weights: Mapping[str, float] | None = None) -> tuple[Pair, float]:
    """Choose the pair that is weighed the most, of equals the greatest; give the belief in it, 0 to 1."""
    weighing = _Weighing(evidence)
    known = (WEIGHTS if weighing.knows_wholes else PLAIN) if weights is None else weights
    scored = [(_score(weighing.features(pair), known), pair) for pair in candidates(evidence)]
    best, pair = max(scored)
    return pair, 1.0 / math.fsum(math.exp(score - best) for score, _ in scored)


def _score(found: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return math.fsum(weights.get(name, 0.0) * value for name, value in found.items())


def _share(found: Iterable[bool]) -> float:
    rows = list(found)
    return sum(rows) / len(rows) if rows else 0.0


def _latest(rows: Iterable[tuple[bool, _Row]]) -> list[_Row]:
    """Keep what the latest reports say, or all where none of them says anything."""
    told = list(rows)
    return [row for last, row in told if last] or [row for _, row in told]


class _Weighing:
    """The evidence of one incident, looked through once for all pairs."""

    def __init__(self, evidence: Evidence) -> None:
        tellings = evidence.tellings
        sole = [t for t in tellings if not t.rounds_up]
        self._evidence = evidence
        self._by_value: dict[tuple[str, int], dict[str, float]] = {}
        self._wholes = evidence.wholes if max(evidence.rule.values(), default=0) <= _SMALL else ()
        self._struck = _latest((t.last, t.struck) for t in tellings if t.struck)
        self._counted = _latest((t.last, t.struck) for t in tellings if t.struck or t.counts.get("wounded"))
        self._headed = _latest((t.last, t.head_struck) for t in sole if t.head_struck)
        self._pairs = _latest((t.last, t.pairs) for t in tellings if t.pairs)
        self._few = {m: not self._is_counted(m) for m in _HARM}
        self._persons = all(self._few.values())  # nobody counts more than one
        self._people = evidence.people if self._persons else 0
        heads = [t.head for t in sole if t.head]
        self._fatal = _share(t.fatal for t in tellings)
        self._deaths = _share("killed" in h for h in heads)
        self._deaths_alone = _share("wounded" not in h for h in heads)
        self._hurt_alone = _share("killed" not in h for h in heads)

    @property
    def knows_wholes(self) -> bool:
        """Tell whether what reports tell of as a whole is weighed."""
        return bool(self._wholes)

    def _is_counted(self, measure: str) -> bool:
        """Tell whether any text or headline counts more than one of a measure, or those shot or struck."""
        tellings = self._evidence.tellings
        return bool(self._struck or self._headed) or any(
            t.counts.get(measure) or (t.head.get(measure, 0) > 1 and not t.rounds_up) for t in tellings
        )

    def features(self, pair: Pair) -> dict[str, float]:
        """Give the features of a pair, those that are nought left out."""
        out: dict[str, float] = {}
        for prefix, measure, value in (("dead", "killed", pair[0]), ("hurt", "wounded", pair[1])):
            if (measure, value) not in self._by_value:
                self._by_value[measure, value] = self._of_measure(measure, value)
            out |= {f"{prefix}_{name}": x for name, x in self._by_value[measure, value].items() if x}
        return out | {name: x for name, x in self._of_both(*pair).items() if x}

    def _of_measure(self, measure: str, value: int) -> dict[str, float]:
        tellings = self._evidence.tellings
        counted = _latest((t.last, t.counts[measure]) for t in tellings if t.counts.get(measure))
        said = any(measure in s for t in tellings for s in (t.body, t.apart, t.head))
        none = any(measure in t.none for t in tellings)
        persons = self._evidence.persons.get(measure, 0)
        opened = [t.early for t in tellings if t.early and not t.early_struck]
        silent = _share(measure not in e for e in opened)
        silent_one = _share(measure not in e and 1 in e.values() for e in opened)
        counted_all = any(t.early_struck or t.head_struck for t in tellings)
        heads = self._of_heads(measure, value)
        early = _share(t.early[measure] == value for t in tellings if measure in t.early)
        return heads | {
            "rule": float(value == self._evidence.rule.get(measure, 0)),
            "body": _share(t.body[measure] == value for t in tellings if measure in t.body),
            "last": _share(t.body[measure] == value for t in tellings if t.last and measure in t.body),
            "apart": _share(t.apart[measure] == value for t in tellings if measure in t.apart),
            "each": _share(t.each[measure] == value for t in tellings if measure in t.each),
            "told": _share(t.told[measure] == value for t in tellings if measure in t.told),
            "words": _share(t.words[measure] == value for t in tellings if measure in t.words),
            "raw": _share(t.raw[measure] == value for t in tellings if measure in t.raw),
            "first": _share(t.first[measure] == value for t in tellings if measure in t.first),
            "early": early,
            "early_other": _share(t.early[measure] != value for t in tellings if measure in t.early),
            "early_silent": silent if value and self._few[measure] else 0.0,
            "early_silent_count": silent_one if value and not self._few[measure] else 0.0,
            "unsupported": float(
                value > 0 and not (early or heads["head"] or heads["head_one"] or counted_all)
            ),
            "count": _share(value in c for c in counted),
            "count_all": _share(value in t.counts[measure] for t in tellings if t.counts.get(measure)),
            "agree": min(max(self._agreeing(measure, value) - 1, 0), _MANY) / _MANY,
            "count_above": _share(max(c) > value for c in counted),
            "persons": float(0 < value == persons),
            "persons_above": float(value < persons),
            "zero_said": float(value == 0 and said),
            "zero_stated": float(value == 0 and none),
            "denied": float(value > 0 and none),
            "whole": self._of_wholes(measure, value),
        }

    def _of_wholes(self, measure: str, value: int) -> float:
        """Give the mean log of how likely a report as a whole tells of so many."""
        told = [numbers[measure] for numbers in self._wholes if measure in numbers]
        logs = [math.log(max(numbers[min(value, len(numbers) - 1)], _LEAST)) for numbers in told]
        return math.fsum(logs) / len(logs) if logs else 0.0

    def _agreeing(self, measure: str, value: int) -> int:
        """Count the reports that come to a value in any way."""
        ways = ((t.body, t.told, t.words, t.head) for t in self._evidence.tellings)
        return sum(any(way.get(measure) == value for way in report) for report in ways)

    def _of_heads(self, measure: str, value: int) -> dict[str, float]:
        heads = [t for t in self._evidence.tellings if measure in t.head]
        sole = [t for t in heads if not t.rounds_up]
        exact = _latest((t.last, t.head[measure]) for t in sole if not (t.least and measure == "killed"))
        many = [size for size in exact if size != 1]
        one = _share(size == 1 for size in exact)
        return {
            "head": _share(size == value for size in many),
            "head_other": _share(size != value for size in many),
            "head_one": one if value == 1 else 0.0,
            "head_one_more": one if value > 1 and self._few[measure] else 0.0,
            "head_above": _share(size > value for size in _latest((t.last, t.head[measure]) for t in sole)),
            "round_up": _share(t.head[measure] == value for t in heads if t.rounds_up),
        }

    def _of_both(self, dead: int, hurt: int) -> dict[str, float]:
        both = dead + hurt
        few_dead, few_hurt = dead > 0 and self._few["killed"], hurt > 0 and self._few["wounded"]
        return self._of_struck(dead, hurt) | {
            "pair": _share((dead, hurt) in p for p in self._pairs),
            "pair_other": _share((dead, hurt) not in p for p in self._pairs),
            "sure": float(0 < hurt == self._evidence.sure),
            "sure_above": float(hurt < self._evidence.sure),
            "same": float(dead == hurt > 1),
            "one_person": float(both == 1 == self._people),
            "one_person_two": float(both > 1 == self._people),
            "part": _share(hurt in t.parts for t in self._evidence.tellings if t.parts or t.counts),
            "few_many": float(both > _A_FEW and self._persons),
            "nobody": float(both == 0),
            "all_persons": float(1 < both == self._evidence.people),
            "fatal_none": self._fatal if dead == 0 else 0.0,
            "fatal_hurt": self._fatal if few_hurt else 0.0,
            "head_death_none": self._deaths if dead == 0 else 0.0,
            "head_death_hurt": self._deaths_alone if few_hurt else 0.0,
            "head_hurt_dead": self._hurt_alone if few_dead else 0.0,
        }

    def _of_struck(self, dead: int, hurt: int) -> dict[str, float]:
        both, struck = dead + hurt, self._struck
        return {
            "struck": _share(both in s for s in struck),
            "struck_all": _share(both in t.struck for t in self._evidence.tellings if t.struck),
            "struck_less": float(bool(struck) and both < min(min(s) for s in struck)),
            "struck_more": float(bool(struck) and both > max(max(s) for s in struck)),
            "struck_hurt": _share(dead > 0 and hurt in s for s in self._counted),
            "head_struck": _share(both in s for s in self._headed),
            "head_struck_hurt": _share(dead > 0 and hurt in s for s in self._headed),
        }


def _load() -> tuple[dict[str, float], dict[str, float]]:
    path = files("dateline.incidents").joinpath("tolls.toml")
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8"))
        whole, plain = (
            {name: float(found[part][name]) for name in FEATURES} for part in ("weights", "plain")
        )
        return whole, plain
    except (OSError, KeyError, ValueError) as problem:
        message = "the weights of the tolls are missing or damaged"
        raise AssetError(message, where=str(path), hint="install the package again") from problem


WEIGHTS: Mapping[str, float]
PLAIN: Mapping[str, float]  # where nothing is known of reports as a whole
WEIGHTS, PLAIN = _load()
