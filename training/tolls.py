"""Train the choice between the tolls of an incident: a log-linear model over readable features.

    python -m training.tolls try RECORDS.jsonl FOLDS.json      # what incidents kept out of the fit give
    python -m training.tolls train RECORDS.jsonl FOLDS.json    # writes src/dateline/incidents/tolls.toml

RECORDS holds what `python -m training.linking read` writes: records of GVA's
training part. They are linked as `link` does, and each incident of the archive
is that of ours which holds most of its reports, as the benchmark counts; the
annotated reports, each alone, stand beside them, since no reader has misread
them. FOLDS holds what `python -m training.estimates folds` writes: how many each
report tells of as a whole, by a net that wasn't trained on its incident. The
measuring part of GVA is never read here.

The prior lies on weights that hold for any news: what the rules for the latest
reports give is right unless something speaks against it. The archive knows few
tolls that rise for days, and no war.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from dateline.evaluation.gva import incident_of, report_of
from dateline.incidents import link
from dateline.incidents.build import evidence_in
from dateline.incidents.choosing import FEATURES, Pair, candidates, features
from dateline.incidents.cluster import in_order
from dateline.incidents.units import Unit, units_of
from dateline.reading.estimates import told
from dateline.reading.layers import ESTIMATED
from dateline.record import Incident, Record, Report
from training.agreement import to_record
from training.corpora import HERE, digest, shared, trainable
from training.linking import gva_rows

Floats = NDArray[np.float64]
Both = tuple[Floats, Floats]  # weights where reports are known as a whole, and where they aren't

TARGET = HERE.parent / "src/dateline/incidents/tolls.toml"
NAMES = tuple(FEATURES)
WHOLES = [NAMES.index(f"{m}_whole") for m in ("dead", "hurt")]
DECAY = 2.0  # pull of the prior, in incidents
STEPS = 40  # of Newton's method; it stands still after 15
FOLDS = 5
_FOR = (
    "rule", "body", "last", "apart", "each", "told", "words", "raw", "first", "early", "count", "count_all", "agree", "head", "head_one", "round_up", "persons", "zero_stated", "whole"
)  # fmt: skip
_AGAINST = (
    "early_other", "early_silent", "early_silent_count", "count_above", "head_other", "head_one_more", "head_above", "persons_above", "unsupported", "zero_said", "denied"
)  # fmt: skip
# Features that may only speak for, or only against, whatever the data of one field say.
FOR = frozenset(
    [f"{m}_{name}" for m in ("dead", "hurt") for name in _FOR]
    + ["pair", "struck", "struck_all", "head_struck", "one_person", "all_persons", "sure"]
)
AGAINST = frozenset(NAMES) - FOR
# What is known beforehand: the rules, the latest reports, and that a greater count outweighs its parts.
PRIOR = {
    **{f"{m}_rule": 1.5 for m in ("dead", "hurt")},
    **{f"{m}_last": 0.5 for m in ("dead", "hurt")},
    **{f"{m}_count_above": -0.5 for m in ("dead", "hurt")},
    **{f"{m}_head_above": -0.5 for m in ("dead", "hurt")},
    **{f"{m}_zero_said": -0.5 for m in ("dead", "hurt")},
}
# Bounds that hold for any news, whatever shootings say: the rules and the words count, and the dead are some of
# those struck, whatever reports tell of as a whole; what is told is not passed over for being told late,
# nothing told is hardly nothing, what a greater count holds is a part, and an attack may well hurt nobody,
# though the archive has few such.
LEAST = {
    **{
        f"{m}_{name}": v
        for m in ("dead", "hurt")
        for name, v in (("rule", 0.6), ("words", 0.3), ("early_silent_count", -2.0))
    },
    "nobody": -0.5,
    "struck_all": 0.6,
}
MOST = {
    f"{m}_{name}": v
    for m in ("dead", "hurt")
    for name, v in (("zero_said", -0.1), ("head_above", -0.3), ("count_above", -0.1))
}


@dataclass(frozen=True)
class Example:
    """The pairs that come into question for an incident, their features, and those that are right."""

    incident: str
    gold: Pair
    pairs: Sequence[Pair]
    x: Floats


def frames() -> dict[str, Pair]:
    """Give the dead and the wounded of the incidents that may be trained on."""
    with gzip.open(shared() / "benchmarks/gva/incidents.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return {
        r["incident_id"]: (int(r["n_killed"]), int(r["n_injured"]))
        for r in rows
        if trainable(r["incident_id"])
    }


Estimates = Mapping[str, Sequence[Sequence[float]]]  # by report id, the likelihoods of each measure


def load(path: Path, kept_out: Estimates) -> dict[str, Record]:
    """Read records by report id, with the estimates of a net that hasn't seen them."""
    with path.open("rb") as lines:
        records = [msgspec.json.decode(line, type=Record) for line in lines if b'"schema"' in line[:20]]
    return {r.report.id: estimated(r, kept_out) for r in records}


def estimated(record: Record, kept_out: Estimates) -> Record:
    """Put estimates into a record, where there are any and they tell of harm."""
    numbers = dict(zip(ESTIMATED, kept_out.get(record.report.id, ()), strict=False))
    return msgspec.structs.replace(record, estimates=told(numbers))


def linked(records: Mapping[str, Record]) -> list[Example]:
    """Link all reports at once and give an example for each incident of the archive."""
    rows = [(row["incident"], report_of(row).id) for row in gva_rows()]
    rows = [(incident, report) for incident, report in rows if report in records]
    found = link(records[report] for _, report in rows).incidents
    home, by_id = incident_of(found), {i.id: i for i in found}
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    for number, (incident, report) in enumerate(rows):
        votes[incident][home.get(report, f"alone {number}")] += 1
    gold = frames()
    out = []
    for incident, counts in votes.items():
        ours = by_id.get(counts.most_common(1)[0][0])
        if ours is not None and incident in gold:
            units = units_in(ours, records)
            out.append(example(incident, gold[incident], units, records))
    return out


def units_in(incident: Incident, records: Mapping[str, Record]) -> list[Unit]:
    """Find the units of which an incident was made, in order of telling."""
    events = {(m.report, m.event) for m in incident.events}
    reports = {m.report for m in incident.events} | set(incident.reports)
    units = [u for report in sorted(reports) for u in units_of(records[report])]
    return in_order([u for u in units if not u.events or any((u.report, key) in events for key in u.events)])


def annotated(kept_out: Estimates) -> Iterator[Example]:
    """Yield the annotated reports of the archive, each alone."""
    gold, rows = frames(), {r["doc"]: r for r in gva_rows()}
    for path in sorted((HERE / "annotations").glob("gva*.jsonl")):
        for kept in map(json.loads, path.open(encoding="utf-8")):
            row = rows.get(kept["doc"].removeprefix("gva:"))
            if row is not None and row["incident"] in gold:
                known = {key: row.get(key) for key in ("title", "url", "published")}
                record = msgspec.structs.replace(to_record(kept), report=Report.of(row["text"], **known))
                record = estimated(record, kept_out)
                units = [u for u in units_of(record) if u.lead]
                if units:
                    records = {record.report.id: record}
                    yield example(row["incident"], gold[row["incident"]], units, records)


def example(incident: str, gold: Pair, units: Sequence[Unit], records: Mapping[str, Record]) -> Example:
    """Make the example of an incident from its units."""
    evidence = evidence_in(units, records)
    pairs = candidates(evidence)
    found = [features(pair, evidence) for pair in pairs]
    return Example(incident, gold, pairs, np.array([[f.get(n, 0.0) for n in NAMES] for f in found]))


def right(one: Example) -> NDArray[np.bool_]:
    """Mark the right pair; where it is not among them, those that have one of its numbers."""
    whole = np.array([pair == one.gold for pair in one.pairs])
    if whole.any():
        return whole
    return np.array([pair[0] == one.gold[0] or pair[1] == one.gold[1] for pair in one.pairs])


def fit(examples: Sequence[Example]) -> Floats:
    """Fit the weights: maximum a posteriori, projected Newton steps, halved until the loss falls."""
    kept = [(one.x, right(one)) for one in examples]
    kept = [(x, mark) for x, mark in kept if mark.any() and not mark.all()]
    low = np.array([LEAST.get(name, 0.0 if name in FOR else -np.inf) for name in NAMES])
    high = np.array([MOST.get(name, 0.0 if name in AGAINST else np.inf) for name in NAMES])
    prior = np.array([PRIOR.get(name, 0.0) for name in NAMES])
    w: Floats = np.clip(prior, low, high)
    for _ in range(STEPS):
        gradient, hessian = _slopes(kept, w, prior)
        free = ~(((w <= low) & (gradient > 0)) | ((w >= high) & (gradient < 0)))
        step = np.zeros_like(w)
        step[free] = np.linalg.solve(hessian[np.ix_(free, free)], gradient[free])
        size, before = 1.0, _loss(kept, w, prior)
        while size > 1e-3 and _loss(kept, np.clip(w - size * step, low, high), prior) > before:
            size /= 2
        w = np.clip(w - size * step, low, high)
    return w


def _loss(kept: Sequence[tuple[Floats, NDArray[np.bool_]]], w: Floats, prior: Floats) -> float:
    loss = DECAY * float((w - prior) @ (w - prior)) / 2
    for x, mark in kept:
        z = x @ w
        loss += float(np.logaddexp.reduce(z) - np.logaddexp.reduce(z[mark]))
    return loss


def _slopes(
    kept: Sequence[tuple[Floats, NDArray[np.bool_]]], w: Floats, prior: Floats
) -> tuple[Floats, Floats]:
    gradient, hessian = DECAY * (w - prior), DECAY * np.eye(len(w))
    for x, mark in kept:
        z = np.exp(x @ w - np.max(x @ w))
        p, q = z / z.sum(), np.where(mark, z, 0.0) / z[mark].sum()
        mean = x.T @ p
        gradient += mean - x.T @ q
        hessian += (x.T * p) @ x - np.outer(mean, mean)
    return gradient, hessian


def knows_wholes(one: Example) -> bool:
    """Tell whether anything is known of an example's reports as a whole."""
    return bool(one.x[:, WHOLES].any())


def without_wholes(one: Example) -> Example:
    """Give an example of whose reports nothing is known as a whole."""
    x = one.x.copy()
    x[:, WHOLES] = 0.0
    return replace(one, x=x)


def fit_both(examples: Sequence[Example]) -> Both:
    """Fit the weights that hold where reports are known as a whole, and those that hold where they aren't."""
    return fit([one for one in examples if knows_wholes(one)]), fit(list(map(without_wholes, examples)))


def measured(examples: Sequence[Example], both: Both) -> Floats:
    """Count the examples with the dead right, the wounded right, and both."""
    out = np.zeros(3)
    for one in examples:
        w = both[not knows_wholes(one)]
        _, best = max(zip((one.x @ w).round(9), one.pairs, strict=True))
        out += (best[0] == one.gold[0], best[1] == one.gold[1], best == one.gold)
    return out


def reachable(examples: Sequence[Example]) -> Floats:
    """Count the examples whose candidates hold the right dead, the right wounded, and both together."""
    out = np.zeros(3)
    for one in examples:
        dead, hurt = {p[0] for p in one.pairs}, {p[1] for p in one.pairs}
        out += (one.gold[0] in dead, one.gold[1] in hurt, one.gold in one.pairs)
    return out


def fold_of(one: Example) -> int:
    """Give the fold of an incident: by a hex digit of its hash that splits nothing else."""
    return int(digest(f"tolls {one.incident}")[:8], 16) % FOLDS


def validate(groups: Mapping[str, Sequence[Example]]) -> None:
    """Fit on four fifths of the incidents and measure on the fifth, for each fifth."""
    every = [one for own in groups.values() for one in own]
    fitted = [fit_both([one for one in every if fold_of(one) != fold]) for fold in range(FOLDS)]
    rules = np.array([5.0 if name in ("dead_rule", "hurt_rule") else 0.0 for name in NAMES])
    for name, own in groups.items():
        parts = [[one for one in own if fold_of(one) == fold] for fold in range(FOLDS)]
        found = sum(measured(part, both) for part, both in zip(parts, fitted, strict=True))
        plain = [list(map(without_wholes, part)) for part in parts]
        bare = sum(measured(part, both) for part, both in zip(plain, fitted, strict=True))
        ways = {"rules": measured(own, (rules, rules)), "kept out": found, "no wholes": bare}
        for label, counts in (*ways.items(), ("best", reachable(own))):
            shares = ", ".join(f"{share:.3f}" for share in np.asarray(counts) / len(own))
            print(f"{name:10} {len(own)} {label:9} dead, wounded, both right: {shares}")


def write(both: Both, counts: Mapping[str, int]) -> None:
    """Write the weights with what each feature means."""
    told = ", ".join(f"{number} {name}" for name, number in counts.items())
    lines = [
        "# Weights of the choice between tolls, in log-odds: what a feature adds to a pair of dead and wounded.",
        f"# Written by training/tolls.py; fitted on {told}.",
        "",
        "[weights]",
        *_lines(both[0]),
        "",
        "[plain]  # where nothing is known of reports as a whole",
        *_lines(both[1]),
    ]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"written {TARGET}")


def _lines(w: Floats) -> list[str]:
    return [
        f"{name} = {round(float(v), 3) + 0.0:.3f}  # {FEATURES[name]}"
        for name, v in zip(NAMES, w, strict=True)
    ]


def main() -> None:
    """Run one of the commands."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("what", choices=("try", "train"))
    parser.add_argument("records", type=Path)
    parser.add_argument("folds", type=Path)
    options = parser.parse_args()
    kept_out = json.loads(options.folds.read_text(encoding="utf-8"))
    groups = {"linked": linked(load(options.records, kept_out)), "annotated": list(annotated(kept_out))}
    if options.what == "try":
        validate(groups)
    else:
        every = [one for own in groups.values() for one in own]
        write(fit_both(every), {name: len(own) for name, own in groups.items()})


if __name__ == "__main__":
    main()
