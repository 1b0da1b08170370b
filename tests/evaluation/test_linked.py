"""GVA and stories: grouping, tolls, ledgers and postures against what should come of them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluation import gva, story
from dateline.evaluation.benchmark import measures
from dateline.incidents import link
from dateline.record import Record, Report
from tests.incidents.builder import Builder
from tests.incidents.stories import car_bomb, siege


def shooting(place: str, day: str, publisher: str, killed: int) -> Record:
    """A report of a shooting in which some number died."""
    text = f"Police said {killed} people were shot dead at a bar in {place} late on Monday, and a clerk fled."
    made = Builder(text, day, publisher, title=f"Bar shooting in {place}")
    made.event("killing", "shot dead", where=place, day="2013-10-21")
    return made.figure("killed", str(killed), killed, of="shot dead").build()


def incident(number: int) -> str:
    """The n-th id that falls in the measuring split."""
    return [str(n) for n in range(100) if measures(str(n))][number]


def test_tolls_are_those_of_the_incident_that_holds_most_reports() -> None:
    """Two reports of one incident and one of another: both groups and one of two tolls are right."""
    told = [
        gva._Told(0, "a", shooting("Reno", "2013-10-22", "Reno Ledger", 2)),
        gva._Told(1, "a", shooting("Reno", "2013-10-22", "Coast Wire", 2)),
        gva._Told(2, "b", shooting("Aden", "2013-10-22", "Gulf Mail", 3)),
    ]
    frames = {"a": {"n_killed": "2", "n_injured": "0"}, "b": {"n_killed": "1", "n_injured": "0"}}
    result = gva.measured(told, frames)
    assert result.tally.rows["B-cubed"].f1 == pytest.approx(1.0)
    assert (result.tally.rows["killed"].right, result.tally.rows["killed"].gold) == (1, 2)
    assert result.tally.rows["toll"].right == 1
    assert result.tally.errors == ["b: {'killed': 3, 'wounded': 0}, not {'killed': 1, 'wounded': 0}"]


def test_a_report_without_events_has_the_incident_that_it_joined() -> None:
    """A report counts for the incident in which it has most events, also where it has none."""
    records = siege()
    bare = Builder(records[0].report.text + " Night fell.", "2014-05-03", title=records[0].report.title)
    bare.place("Berbera")
    incidents = link([*records, bare.build()]).incidents
    home = gva.incident_of(incidents)
    assert home[bare.build().report.id] == home[records[0].report.id]


def test_of_an_empty_text_the_title_is_read(tmp_path: Path) -> None:
    """A row whose text is lost is read by its headline, and rows of other splits are left out."""
    rows = [
        {"incident": incident(0), "text": " ", "title": "Two die in Reno"},
        {"incident": incident(1), "text": "Four died in Aden.", "title": "Aden"},
        {
            "incident": next(str(n) for n in range(100) if not measures(str(n))),
            "text": "Other.",
            "title": "O",
        },
    ]
    frames = [{"incident_id": r["incident"], "n_killed": "0", "n_injured": "0"} for r in rows]
    for name, lines in (("reports.jsonl.gz", rows), (gva.INCIDENTS, frames)):
        (tmp_path / name).write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    seen: list[str] = []

    def read(report: Report) -> Record:
        seen.append(report.text)
        return Record(report=report)

    gva.evaluate(tmp_path / "reports.jsonl.gz", read)
    assert seen == ["Two die in Reno", "Four died in Aden."]


def test_a_file_without_the_measuring_split_is_refused(tmp_path: Path) -> None:
    """Where nothing measures there is one line that says so."""
    other = next(str(n) for n in range(100) if not measures(str(n)))
    for name, row in (
        ("reports.jsonl.gz", {"incident": other, "text": "Other."}),
        (gva.INCIDENTS, {"incident_id": other, "n_killed": "0", "n_injured": "0"}),
    ):
        (tmp_path / name).write_bytes(gzip.compress(json.dumps(row).encode()))
    with pytest.raises(EvaluationError, match="no report of the measuring split"):
        gva.evaluate(tmp_path / "reports.jsonl.gz", lambda report: Record(report=report))


def test_a_story_is_measured_by_what_should_come_of_it() -> None:
    """Incidents, reports, a claim of the ledger and postures are counted, what is missed is named."""
    records = [*siege(), *car_bomb()]
    claims = [{"report": 1, "low": 9, "high": 9}, {"report": 1, "low": 99, "high": 99}]
    expected = {
        "incidents": [
            {"key": "siege", "reports": [0, 1, 2, 3], "ledger": [{"measure": "killed", "claims": claims}]},
            {"key": "bomb", "reports": [4, 5], "ledger": []},
        ],
        "not_merged": [[4, "siege", "another attack"], [5, "siege", "part: told beside it"]],
        "same_source": [],
        "postures": [{"sender": "JPN", "host": "MLI", "mission": "closed"}],
    }
    rows = story.measured(records, expected, link(records)).tally.rows
    assert (rows["incidents"].right, rows["reports"].right, rows["apart"].gold) == (2, 6, 1)
    assert (rows["ledger"].right, rows["ledger"].gold) == (1, 2)
    assert (rows["postures"].right, rows["postures"].gold) == (0, 1)
