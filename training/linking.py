"""Train the pair scorer of linking: a logistic regression over readable features.

    python -m training.linking read OUT.jsonl      # records of GVA's training part and of the stories
    python -m training.linking train OUT.jsonl     # writes src/dateline/incidents/weights.toml
    python -m training.linking errors OUT.jsonl    # pairs that the weights get most wrong

Pairs are those that share a key, of units that the gold speaks of: in GVA
what a report is about, in the stories (`training/stories.jsonl`) each passage
that is named there. The stories weigh as much as GVA does: without them the
weights would only know shootings in the United States. The measuring part of
GVA is never read here.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np

from dateline.evaluation.clusters import b_cubed
from dateline.incidents.candidates import candidate_pairs
from dateline.incidents.cluster import group_scored, in_order
from dateline.incidents.match import FEATURES, Scorer, features
from dateline.incidents.units import Unit, units_of
from dateline.record import Record, Report
from training.corpora import HERE, shared, trainable

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
LEASTS = (-1.25, -1.0, -0.75, -0.5)
DEFAULTS = (-2.0, -3.0)
# Least mean score and default. Chosen on eight of twelve parts of the training split, every passage of
# its reports linked as `link` does it, empty texts read by their titles. B-cubed F1 over all reports and
# over those of incidents with two or more: .9425 and .9276 at -1.0, .9452 and .9298 at -0.75, .9434 and
# .9235 at -0.5; the best of these, which also has the fewer wrong merges in the stories.
CHOSEN = (-0.75, -2.0)
# A mean can reach the least only where one of its pairs does, so the pairs that tie are those at or above it.
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
            known = {k: row.get(k) for k in ("title", "publisher", "url", "published")}
            target.write(reader.read(Report.of(row["text"], **known)).to_json() + "\n")


def load(records: Path) -> list[Labelled]:
    """Make the units that the gold speaks of."""
    by_id = {}
    with records.open("rb") as lines:
        for line in lines:
            if b'"schema"' in line[:20]:
                record = msgspec.json.decode(line, type=Record)
                by_id[record.report.id] = record
    out = []
    for row in gva_rows():
        record = by_id.get(Report.of(row["text"]).id)
        if record:
            lead = [u for u in units_of(record) if u.lead]
            out += [Labelled(u, row["incident"], "gva") for u in lead]
    for row in story_rows():
        record = by_id.get(Report.of(row["text"]).id)
        if record:
            out += _story_units(row, record)
    return out


def _story_units(row: dict, record: Record) -> Iterator[Labelled]:
    """Yield the units in whose sentences the phrases of a story's incidents stand."""
    starts = {e.id: e.trigger.start for e in record.events}
    for unit in units_of(record):
        marks = [starts[e] for e in unit.events]
        near = {}
        for incident, phrase in row["tells"].items():
            at = row["text"].index(phrase)
            near[incident] = min(abs(m - at - len(phrase) // 2) for m in marks)
        best = min(near, key=lambda k: near[k])
        if near[best] <= len(row["tells"][best]):
            yield Labelled(unit, f"{row['story']}/{best}", row["story"])


def pairs_of(rows: Sequence[Labelled]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give the features, labels and weights of all pairs that share a key, worlds apart."""
    x, y, w = [], [], []
    by_story: dict[str, list[Labelled]] = defaultdict(list)
    for row in rows:
        by_story[row.story].append(row)
    counts = {"gva": 0, "story": 0}
    origin = []
    for story, own in by_story.items():
        incident = {r.unit.id: r.incident for r in own}
        units = in_order([r.unit for r in own])
        for a, b in candidate_pairs(units):
            found = features(units[a], units[b])
            x.append([found.get(name, 0.0) for name in FEATURES])
            y.append(float(incident[units[a].id] == incident[units[b].id]))
            origin.append("gva" if story == "gva" else "story")
            counts[origin[-1]] += 1
    w = [1.0 if o == "gva" else STORY_WEIGHT for o in origin]
    print(f"{counts} pairs, {int(sum(y))} of one incident")
    return np.array(x), np.array(y), np.array(w)


STORY_WEIGHT = 10.0  # a story's pair: there are a hundred times fewer of them


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


Scored = list[tuple[str, list[Unit], dict[tuple[int, int], float]]]


def scored(rows: Sequence[Labelled], scorer: Scorer) -> Scored:
    """Score the pairs of each world once: its name, its units in order, the scores by index."""
    out = []
    for story in dict.fromkeys(r.story for r in rows):
        units = in_order([r.unit for r in rows if r.story == story])
        scores = {(a, b): scorer.score(units[a], units[b]) for a, b in candidate_pairs(units)}
        out.append((story, units, scores))
    return out


def clustered(
    rows: Sequence[Labelled], worlds: Scored, scorer: Scorer, held: Collection[str]
) -> dict[str, float]:
    """Cluster all, and measure B-cubed F1 of the reports of held incidents: all, and of two or more reports."""
    incident = {r.unit.id: r.incident for r in rows}
    out = {}
    for name in ("gva", "stories"):
        found = {}
        for story, units, scores in worlds:
            if (story == "gva") == (name == "gva"):
                for n, group in enumerate(group_scored(units, scores, scorer=scorer).groups):
                    found.update({u.id: (story, n) for u in group})
        gold = {key: incident[key] for key in found}
        sizes = Counter(gold.values())
        every = [key for key in gold if gold[key] in held]
        several = [key for key in every if sizes[gold[key]] > 1]
        whole, part = b_cubed(found, gold, every), b_cubed(found, gold, several)
        out |= {name: whole.f1, f"{name} P": whole.precision, f"{name} R": whole.recall}
        out[f"{name} 2+"] = part.f1
    return out


def train(records: Path, write: bool) -> None:
    """Fit on four fifths of the incidents, show what clusterings give on the fifth, fit again on all and write."""
    rows = load(records)
    held = {r.incident for r in rows if r.story != "gva" or hash_fifth(r.incident)}
    fitted = [r for r in rows if r.story != "gva" or not hash_fifth(r.incident)]
    weights, bias = fit(*pairs_of(fitted))
    base = Scorer(dict(zip(FEATURES, weights, strict=True)), bias, 0.0, -1.0, -1.0, LIMIT)
    worlds = scored(rows, base)
    trials = [
        replace(base, least=float(least), default=default, edge=float(least))
        for least in LEASTS for default in DEFAULTS if default < least
    ]  # fmt: skip
    rated = [(clustered(rows, worlds, s, held), s) for s in trials]
    for found, s in rated:
        print(s.least, s.default, {k: round(v, 4) for k, v in found.items()})
    chosen = replace(base, least=CHOSEN[0], default=CHOSEN[1], edge=CHOSEN[0])
    weights, bias = fit(*pairs_of(rows))
    if write:
        write_weights(dict(zip(FEATURES, weights, strict=True)), bias, chosen)


def hash_fifth(incident: str) -> bool:
    """Tell whether an incident is of the fifth that chooses: a hex digit of its hash, not the first."""
    import hashlib

    return hashlib.sha256(incident.encode()).hexdigest()[1] in "012"


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

    rows = load(records)
    incident = {r.unit.id: r.incident for r in rows}
    units = in_order([r.unit for r in rows if r.story == "gva"])
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
    parser.add_argument("what", choices=("read", "train", "try", "errors"))
    parser.add_argument("records", type=Path)
    parser.add_argument("--count", type=int, default=20)
    options = parser.parse_args()
    if options.what == "read":
        read(options.records)
    elif options.what == "errors":
        errors(options.records, options.count)
    else:
        train(options.records, write=options.what == "train")


if __name__ == "__main__":
    main()
