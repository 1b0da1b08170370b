"""Train the pair scorer of linking: a logistic regression over readable features.

    python -m training.linking read OUT.jsonl      # records of GVA's training part and of the stories
    python -m training.linking train OUT.jsonl     # writes src/dateline/incidents/weights.toml
    python -m training.linking folds OUT.jsonl     # what each least score gives, measured across four folds
    python -m training.linking errors OUT.jsonl    # pairs that the weights get most wrong

Pairs are those that share a key, of units that the gold speaks of: in GVA
what a report is about, in the stories (`training/stories.jsonl`) each passage
that is named there. A pair of the stories weighs more than one of GVA: without
them the weights would only know shootings in the United States. The measuring
part of GVA is never read here.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import msgspec
import numpy as np

from dateline.evaluation.clusters import BCubed, b_cubed
from dateline.evaluation.gva import report_of
from dateline.incidents.candidates import candidate_pairs
from dateline.incidents.cluster import SMALL, group_scored, in_order
from dateline.incidents.linkage import components
from dateline.incidents.match import FEATURES, Scorer, features
from dateline.incidents.units import Unit, units_of
from dateline.record import Record
from training.corpora import HERE, shared, trainable

GVA = "gva"
WEIGHTS = HERE.parent / "src/dateline/incidents/weights.toml"
STORIES = HERE / "stories.jsonl"
DECAY = 1.0  # of the weights, in pairs: the least at which two halves of GVA give weights of the same signs
STEPS = 40  # of Newton's method; it stands still after 15
# What is known beforehand, and how firmly (in pairs): shootings in one country say little of it.
KNOWN = {
    "country_differs": (-3.0, 30.0),
    "type_alien": (-3.0, 30.0),
    "type_rival": (-2.0, 30.0),
    "place_same_rare": (2.0, 60.0),
    "country_same_rare": (1.0, 30.0),
    "passing_place": (1.5, 30.0),
    "place_and_day": (0.5, 10.0),
    "copied": (2.0, 10.0),
    "history": (-0.5, 10.0),
}
LIMIT = 6.0  # log-odds: beyond it a pair would outvote a cluster
LEASTS = (-1.5, -1.25, -1.0, -0.75, -0.5)
DEFAULT = -2.0  # score of a pair of a large component that shares no key
FOLDS = 4  # of GVA's incidents: each is as large as the part that measures
# Least mean score, chosen by `folds`: B-cubed F1 over all reports, over those of incidents with two or more,
# and wrong merges of passages of stories that were left out are .9519, .9304 and 22 at -1.5; .9508, .9285 and
# 22 at -1.25; .9505, .9282 and 22 at -1.0; .9505, .9279 and 16 at -0.75; .9481, .9243 and 13 at -0.5.
# The weights that ship were fitted on the pairs of wider keys (.9480, .9248 and 16 at -1.0): of narrower ones
# fewer tell apart two attacks on one town in one week, and here they gain nothing.
CHOSEN = -1.0
# Least score that ties two reports. Where it is the least mean too, GVA has .005 more, and the reports of one
# country and month hang together: of 1,800 made pages 1,030 in one component; at -0.5 485 of 4,000, at 0 90.
EDGE = 0.0
STORY_WEIGHT = 5.0  # a story's pair: there are sixty times fewer of them
# Features that may only speak for, or only against, whatever the data of one field say.
FOR = frozenset(
    ("own_root", "whole_root", "proper_root", "title_overlap", "rare_words", "names_shared", "ages_shared",
     "numbers_shared", "place_same", "place_same_rare", "days_0", "type_same", "toll_same", "actors_shared",
     "nations_shared", "copied", "country_same_rare", "passing_place", "place_and_day", "place_and_words", "place_near",
     "days_1", "days_3", "days_7", "days_30", "told_1", "told_3", "told_7", "told_30", "undated_near")
)  # fmt: skip
AGAINST = frozenset(
    ("names_differ", "ages_differ", "place_far", "province_differs", "country_differs", "type_rival",
     "type_alien", "toll_differs")
)  # fmt: skip


@dataclass(frozen=True)
class Labelled:
    """A unit and the incident that it tells of; `story` keeps worlds apart that never meet."""

    unit: Unit
    incident: str
    story: str


def gva_rows() -> Iterator[dict]:
    """Yield the reports of GVA's training part, each text once, none that also measures."""
    with gzip.open(shared() / "benchmarks/gva/reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    measured = {r["doc"] for r in rows if not trainable(r["incident"])}
    seen: set[str] = set()
    for row in rows:
        if row["doc"] not in measured and row["doc"] not in seen:
            seen.add(row["doc"])
            yield row


def story_rows() -> list[dict]:
    """Read the stories."""
    with STORIES.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def read(out: Path) -> None:
    """Read all reports into records, one JSON object a line."""
    from dateline.reading.reader import Reader

    reader = Reader(any_language=True)
    with out.open("w", encoding="utf-8") as target:
        for row in [*story_rows(), *gva_rows()]:
            target.write(reader.read(report_of(row)).to_json() + "\n")


def load(records: Path) -> list[Labelled]:
    """Make the units: all of GVA's reports, of the stories those that the gold speaks of."""
    by_id = {}
    with records.open("rb") as lines:
        for line in lines:
            if b'"schema"' in line[:20]:
                record = msgspec.json.decode(line, type=Record)
                by_id[record.report.id] = record
    out = []
    for row in gva_rows():
        record = by_id.get(report_of(row).id)
        if record:
            out += [Labelled(u, row["incident"], GVA) for u in units_of(record)]
    for row in story_rows():
        record = by_id.get(report_of(row).id)
        if record:
            out += _story_units(row, record)
    return out


def _story_units(row: dict, record: Record) -> Iterator[Labelled]:
    """Yield the units in whose sentences the phrases of a story's incidents stand."""
    headed = len(record.report.text) - len(row["text"])  # a title that was put before the text
    starts = {e.id: e.trigger.start - headed for e in record.events}
    for unit in units_of(record):
        marks = [starts[e] for e in unit.events]
        if not marks:  # no event was found: it is what its report is about
            yield Labelled(unit, f"{row['story']}/{next(iter(row['tells']))}", row["story"])
            continue
        near = {}
        for incident, phrase in row["tells"].items():
            at = row["text"].index(phrase)
            near[incident] = min(abs(m - at - len(phrase) // 2) for m in marks)
        best = min(near, key=lambda k: near[k])
        if unit.lead:  # where it joined two of them it is of the one told first
            best = next((k for k in near if near[k] <= len(row["tells"][k])), best)
        if near[best] <= len(row["tells"][best]):
            yield Labelled(unit, f"{row['story']}/{best}", row["story"])


def pairs_of(rows: Sequence[Labelled]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the features, labels and weights of all pairs that share a key, worlds apart.

    Of GVA's reports only what they lead with: the gold says nothing of what they tell in passing.
    """
    x, y, w = [], [], []
    for story, own in _by_story([r for r in rows if r.unit.lead or r.story != GVA]).items():
        incident = {r.unit.id: r.incident for r in own}
        units = in_order([r.unit for r in own])
        for a, b in candidate_pairs(units):
            found = features(units[a], units[b])
            x.append([found.get(name, 0.0) for name in FEATURES])
            y.append(float(incident[units[a].id] == incident[units[b].id]))
            w.append(1.0 if story == GVA else STORY_WEIGHT)
    print(f"{len(y)} pairs, {int(sum(y))} of one incident")
    return np.array(x), np.array(y), np.array(w)


def _by_story(rows: Iterable[Labelled]) -> dict[str, list[Labelled]]:
    out: dict[str, list[Labelled]] = defaultdict(list)
    for row in rows:
        out[row.story].append(row)
    return out


def fit(x: np.ndarray, y: np.ndarray, w: np.ndarray) -> tuple[np.ndarray, float]:
    """Fit a logistic regression with signs and what is known; give weights and bias.

    Projected Newton steps, halved until the loss falls.
    """
    x1 = np.hstack([x, np.ones((len(x), 1))])
    low = np.array([0.0 if f in FOR else -np.inf for f in FEATURES] + [-np.inf])
    high = np.array([0.0 if f in AGAINST else np.inf for f in FEATURES] + [np.inf])
    known = np.array([KNOWN.get(f, (0.0, 0.0))[0] for f in FEATURES] + [0.0])
    decay = np.array([DECAY + KNOWN.get(f, (0.0, 0.0))[1] for f in FEATURES] + [1e-6])

    def loss(beta: np.ndarray) -> float:
        z = x1 @ beta
        return float(w @ (np.logaddexp(0, z) - y * z) + decay @ (beta - known) ** 2 / 2)

    beta = np.clip(known, low, high)
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(x1 @ beta, -30, 30)))
        gradient = x1.T @ (w * (p - y)) + decay * (beta - known)
        free = ~(((beta <= low) & (gradient > 0)) | ((beta >= high) & (gradient < 0)))
        xf = x1[:, free]
        hessian = (xf * (w * p * (1 - p))[:, None]).T @ xf + np.diag(decay[free])
        step = np.zeros_like(beta)
        step[free] = np.linalg.solve(hessian, gradient[free])
        size = 1.0
        while size > 1e-4 and loss(np.clip(beta - size * step, low, high)) > loss(beta):
            size /= 2
        beta = np.clip(beta - size * step, low, high)
    return beta[:-1], float(beta[-1])


def scorer_of(rows: Sequence[Labelled], least: float) -> Scorer:
    """Fit a scorer."""
    weights, bias = fit(*pairs_of(rows))
    return Scorer(dict(zip(FEATURES, weights, strict=True)), bias, least, DEFAULT, EDGE, LIMIT)


def grouped(units: Sequence[Unit], scorer: Scorer, scores: dict[tuple[int, int], float]) -> dict[str, int]:
    """Group units in order as linking does, and give the number of each one's group.

    `scores` are those of the pairs that share a key. Of a small component all pairs are scored.
    """
    tied = [pair for pair, score in scores.items() if score >= scorer.edge]
    known = dict(scores)
    for part in components(len(units), tied):
        for a, b in combinations(part, 2) if len(part) <= SMALL else ():
            if (a, b) not in known and units[a].report != units[b].report:
                known[a, b] = scorer.score(units[a], units[b])
    groups = group_scored(units, known, scorer=scorer).groups
    return {unit.id: n for n, group in enumerate(groups) for unit in group}


def folds(records: Path) -> None:
    """Fit on three folds of GVA and measure on the fourth, in turn; leave out each story in turn."""
    rows = load(records)
    gva, stories = [r for r in rows if r.story == GVA], [r for r in rows if r.story != GVA]
    totals: dict[float, list[list[BCubed]]] = {least: [[], []] for least in LEASTS}
    for fold in range(FOLDS):
        held = [r for r in gva if fold_of(r.incident) == fold]
        rest = [r for r in gva if fold_of(r.incident) != fold]
        for least, found in _groupings(held, scorer_of([*rest, *stories], LEASTS[0])):
            gold = {r.unit.id: r.incident for r in held if r.unit.lead}
            sizes = Counter(gold.values())
            several = [key for key in gold if sizes[gold[key]] > 1]
            home = {key: found[key] for key in gold}
            for kept, over in zip(totals[least], (list(gold), several), strict=True):
                kept.append(b_cubed(home, gold, over))
    merged: Counter[float] = Counter()
    for story, own in _by_story(stories).items():
        others = [r for r in rows if r.story != story]
        for least, found in _groupings(own, scorer_of(others, LEASTS[0])):
            merged[least] += sum(
                found[a.unit.id] == found[b.unit.id] and a.incident != b.incident
                for a, b in combinations(own, 2)
            )
    for least, (every, several_) in totals.items():
        print(least, f"all {_f1(every):.4f}, 2+ {_f1(several_):.4f}, wrong merges {merged[least]}")


def _groupings(rows: Sequence[Labelled], scorer: Scorer) -> Iterator[tuple[float, dict[str, int]]]:
    units = in_order([r.unit for r in rows])
    scores = {(a, b): scorer.score(units[a], units[b]) for a, b in candidate_pairs(units)}
    for least in LEASTS:
        yield least, grouped(units, replace(scorer, least=least), scores)


def _f1(parts: Sequence[BCubed]) -> float:
    """Give F1 of mean precision and recall over the items of all folds."""
    size = sum(p.size for p in parts)
    precision = sum(p.precision * p.size for p in parts) / size
    recall = sum(p.recall * p.size for p in parts) / size
    return 2 * precision * recall / (precision + recall)


def fold_of(incident: str) -> int:
    """Give the fold of an incident, by its hash."""
    return int(hashlib.sha256(("cv" + incident).encode()).hexdigest(), 16) % FOLDS


def train(records: Path) -> None:
    """Fit on all and write."""
    scorer = scorer_of(load(records), CHOSEN)
    write_weights(dict(scorer.weights), scorer.bias, scorer)


def write_weights(weights: dict[str, float], bias: float, chosen: Scorer) -> None:
    """Write the weights, the heaviest first."""
    lines = [
        "# Weights of the pair scorer: log-odds that two passages of two reports tell of one incident.",
        "# Written by training/linking.py; what each feature means is told in match.py.",
        "",
        "[clustering]",
        f"bias = {bias:.4f}",
        f"least = {chosen.least}  # mean score at which two clusters are one",
        f"default = {chosen.default}  # score of a pair that shares no key",
        f"edge = {chosen.edge}  # least score that ties two reports",
        f"limit = {LIMIT}",
        "",
        "[weights]",
    ]
    lines += [f"{k} = {v:.4f}" for k, v in sorted(weights.items(), key=lambda row: -abs(row[1]))]
    WEIGHTS.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"written {WEIGHTS}")


def errors(records: Path, count: int) -> None:
    """Print the pairs that the shipped weights get most wrong."""
    from dateline.incidents.match import SCORER

    rows = [r for r in load(records) if r.story == GVA and r.unit.lead]
    incident = {r.unit.id: r.incident for r in rows}
    units = in_order([r.unit for r in rows])
    wrong = []
    for a, b in candidate_pairs(units):
        score = SCORER.score(units[a], units[b])
        same = incident[units[a].id] == incident[units[b].id]
        wrong.append((score if not same else -score, a, b, same))
    for loss, a, b, same in sorted(wrong, key=lambda row: -row[0])[:count]:
        print(f"{loss:.2f} {'missed' if same else 'joined'} {SCORER.explain(units[a], units[b])}")
        for u in (units[a], units[b]):
            print(
                "    ", incident[u.id], u.told, u.first, u.spots[:1], sorted(u.names), sorted(u.ages), u.title
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("read", "train", "folds", "errors"))
    parser.add_argument("records", type=Path)
    parser.add_argument("--count", type=int, default=20)
    options = parser.parse_args()
    if options.what == "read":
        read(options.records)
    elif options.what == "errors":
        errors(options.records, options.count)
    elif options.what == "folds":
        folds(options.records)
    else:
        train(options.records)


if __name__ == "__main__":
    main()
