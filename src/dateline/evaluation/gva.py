"""GVA: reports of shootings, grouped into incidents, with each incident's dead and wounded.

The reports come from the Gun Violence Archive's sources; the gold groups them
by incident and gives the numbers of killed and injured. All reports of the
measuring split are linked at once. B-cubed F1 is taken over all reports and
over those of incidents with two or more. A report that stands in several
incidents counts for that in which it has most events, one in none alone. The
toll of an incident is the total of the incident that holds most of its reports;
no figure counts as none. A report whose text
is empty, or tells nothing of what its title tells (a tenth of all pages), is
read with its title, as loading does (`reports/headed.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.errors import EvaluationError
from dateline.evaluation.benchmark import Peer, Read, Result, Step, ignore, json_lines, measures
from dateline.evaluation.clusters import BCubed, b_cubed
from dateline.incidents import link
from dateline.record import Incident, Record, Report
from dateline.reports.headed import headed_text

__all__ = ["evaluate", "incident_of", "measured", "report_of"]

INCIDENTS = "incidents.jsonl.gz"
_HINT = "give --data GVA's reports.jsonl.gz, with incidents.jsonl.gz beside it"
_SCALE = 1_000_000  # rows hold whole numbers; B-cubed is a mean
_PEERS = (Peer("B-cubed", "cosine over TF-IDF, three days", 0.886, "the other half"),)
_NOTES = (
    "B-cubed over reports; its counts are in millionths of them",
    "measuring split: first hex digit of the SHA-256 of the incident's id 0 to 3",
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A report of the gold: its row's number, its incident and its record."""

    row: int
    incident: str
    record: Record


def evaluate(path: Path, read: Read, *, limit: int | None = None, step: Step = ignore) -> Result:
    """Measure grouping and tolls on the measuring split; `limit` is of reports.

    Raises EvaluationError when a file is missing or not of this benchmark.
    """
    rows = [r for r in json_lines(path, ("incident", "text"), _HINT) if measures(r["incident"])][:limit]
    frames = {
        f["incident_id"]: f
        for f in json_lines(path.parent / INCIDENTS, ("incident_id", "n_killed", "n_injured"), _HINT)
    }
    told = []
    for number, row in enumerate(rows):
        told.append(_Told(number, row["incident"], read(report_of(row))))
        step()
    if not told:
        raise EvaluationError("no report of the measuring split", where=str(path), hint=_HINT)
    return measured(told, frames)


def report_of(row: Mapping[str, Any]) -> Report:
    """Give the report of a row, headed by its title where loading would do so."""
    known = {key: row.get(key) for key in ("title", "publisher", "url", "published")}
    return Report.of(headed_text(row["text"], row.get("title")) or "-", language="en", **known)


def measured(told: Sequence[_Told], frames: Mapping[str, Mapping[str, Any]]) -> Result:
    """Link the records and count what is right."""
    incidents = link(t.record for t in told).incidents
    home = incident_of(incidents)
    gold = {t.row: t.incident for t in told}
    found = {t.row: home.get(t.record.report.id, f"alone {t.row}") for t in told}
    sizes = Counter(gold.values())
    shares = frozenset(("killed", "wounded", "toll"))
    result = Result("GVA", "reports", len(told), shares=shares, peers=_PEERS,
                    notes=_NOTES)  # fmt: skip
    _count_b_cubed(result, "B-cubed", b_cubed(found, gold))
    several = [row for row in gold if sizes[gold[row]] > 1]
    _count_b_cubed(result, "B-cubed, 2+ reports", b_cubed(found, gold, several))
    _count_tolls(result, incidents, found, gold, frames)
    return result


def incident_of(incidents: Iterable[Incident]) -> dict[str, str]:
    """Give for each report the incident in which it has most events; of equals the first.

    One in which no event was found can stand in an incident, too.
    """
    events: dict[str, Counter[str]] = {}
    for incident in incidents:
        for report in incident.reports:
            events.setdefault(report, Counter())[incident.id] += 0
        for member in incident.events:
            if member.report in incident.reports:
                events[member.report][incident.id] += 1
    return {report: counts.most_common(1)[0][0] for report, counts in events.items()}


def _count_b_cubed(result: Result, measure: str, score: BCubed) -> None:
    """Count so that the row's precision and recall are the means."""
    both = score.precision * score.recall * _SCALE * score.size
    result.tally.count(
        measure,
        round(both),
        round(score.recall * _SCALE * score.size),
        round(score.precision * _SCALE * score.size),
    )


def _count_tolls(
    result: Result,
    incidents: Sequence[Incident],
    found: Mapping[int, str],
    gold: Mapping[int, str],
    frames: Mapping[str, Mapping[str, Any]],
) -> None:
    by_id = {i.id: i for i in incidents}
    votes: dict[str, Counter[str]] = {}
    for row, incident in gold.items():
        votes.setdefault(incident, Counter())[found[row]] += 1
    for incident, counts in votes.items():
        if incident not in frames:
            continue
        ours = by_id.get(counts.most_common(1)[0][0])
        want = {
            m: int(frames[incident][key]) for m, key in (("killed", "n_killed"), ("wounded", "n_injured"))
        }
        got = {m: _best(ours, m) for m in want}
        for measure, number in want.items():
            result.tally.count(measure, got[measure] == number, 1, 1)
        result.tally.count("toll", got == want, 1, 1)
        if got != want:
            result.tally.errors.append(f"{incident}: {got}, not {want}")


def _best(incident: Incident | None, measure: str) -> int:
    total = incident.totals.get(measure) if incident else None
    return (total.best or 0) if total else 0
