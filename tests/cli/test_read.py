"""`dateline read`: forms of output, options, and the same bytes for the same input."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from dateline.record import Record
from tests.cli.conftest import Command

REPORT = """\
SEVARE, Mali, Jan 24, 2013 (Harbour Wire) - A car bomb exploded outside a police station in Sevare on \
Wednesday, killing five people and wounding at least 12, police said.

“We found seven bodies in the ruins,” a doctor at the town hospital told reporters. The government closed \
the road to Mopti and blamed rebels from the north.
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    """A report in a file."""
    path = tmp_path / "report.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


@pytest.fixture
def lines(tmp_path: Path) -> Path:
    """Two reports in a JSON Lines file."""
    path = tmp_path / "reports.jsonl"
    rows = [
        {"text": REPORT, "title": "One", "published": "2013-01-24"},
        {"text": "Ten people died in a fire in Paris."},
    ]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def test_page_tells_what_was_found_and_where_it_stands(dateline: Command, report: Path) -> None:
    """The page has the events, figures and sources, each with words of the text."""
    done = dateline("read", report)
    assert (done.status, done.err) == (0, "")
    for title in ("WHAT HAPPENED", "FIGURES", "WHO SAYS WHAT", "PLACES"):
        assert title in done.out
    for words in ("bombing", "[killing]", "5 killed", "at least 12 wounded", "police", "a doctor", "Sevare"):
        assert words in done.out, words


def test_page_fits_80_columns_without_colour_when_piped(dateline: Command, report: Path) -> None:
    """In a pipe no line is wider than 80 columns and no escape is written."""
    out = dateline("read", report).out
    assert max(cell_len(line) for line in out.splitlines()) <= 80
    assert "\x1b" not in out


def test_json_of_one_report_is_its_record(dateline: Command, report: Path) -> None:
    """`--json` prints one object, which reads back as a record."""
    done = dateline("read", report, "--json")
    record = Record.from_json(done.out)
    assert record.report.text == REPORT
    assert record.report.published == "2013-01-24"
    assert record.events
    assert record.figures
    assert all(REPORT[s.start : s.end] == s.text for s in record.spans())


def test_json_of_several_reports_is_a_list(dateline: Command, lines: Path, report: Path) -> None:
    """`--json` of several reports prints one list, in the order given."""
    rows = json.loads(dateline("read", lines, report, "--json").out)
    assert [row["report"]["title"] for row in rows] == ["One", None, None]


def test_jsonl_is_one_record_a_line(dateline: Command, lines: Path) -> None:
    """`--jsonl` prints one object a line."""
    out = dateline("read", lines, "--jsonl").out
    assert [Record.from_json(line).report.title for line in out.splitlines()] == ["One", None]


def test_html_is_one_page(dateline: Command, report: Path) -> None:
    """`--html` prints one page that holds the facts."""
    out = dateline("read", report, "--html").out
    assert out.startswith("<!doctype html>")
    assert "Content-Security-Policy" in out
    assert 'data-fact="e1' in out


def test_html_of_two_reports_is_refused(dateline: Command, lines: Path) -> None:
    """A page is of one report: two are an error in one line."""
    done = dateline("read", lines, "--html")
    assert done.status == 1
    assert len(done.lines) == 1
    assert "--html" in done.err


def test_output_goes_to_the_file_alone(dateline: Command, report: Path, tmp_path: Path) -> None:
    """`--output` writes the file and prints nothing."""
    target = tmp_path / "record.json"
    done = dateline("read", report, "--json", "--output", target)
    assert (done.status, done.out) == (0, "")
    assert target.read_text(encoding="utf-8") == dateline("read", report, "--json").out


def test_output_that_fails_leaves_no_half_file(dateline: Command, tmp_path: Path) -> None:
    """Where nothing could be read, an older file stays and no other is left."""
    target = tmp_path / "record.json"
    target.write_text("older", encoding="utf-8")
    assert dateline("read", tmp_path / "none.txt", "--json", "-o", target).status == 1
    assert target.read_text(encoding="utf-8") == "older"
    assert [p.name for p in tmp_path.iterdir()] == ["record.json"]


def test_output_into_no_folder_is_one_line(dateline: Command, report: Path, tmp_path: Path) -> None:
    """A target that can't be written to is named in one line."""
    done = dateline("read", report, "--json", "-o", tmp_path / "none" / "record.json")
    assert done.status == 1
    assert len(done.lines) == 1
    assert "record.json" in done.err


def test_standard_input(dateline: Command, report: Path) -> None:
    """`-` reads what is piped in, to the same facts as from the file."""
    piped = json.loads(dateline("read", "-", "--json", stdin=REPORT.encode()).out)
    assert piped == json.loads(dateline("read", report, "--json").out)


def test_folder(dateline: Command, report: Path, lines: Path) -> None:
    """A folder is read in order of its file names."""
    out = dateline("read", report.parent, "--jsonl").out
    assert [Record.from_json(line).report.title for line in out.splitlines()] == [None, "One", None]


def test_published_wins(dateline: Command, lines: Path) -> None:
    """`--published` is the day of every report, whatever the data states."""
    out = dateline("read", lines, "--jsonl", "--published", "2014-05-01").out
    assert {json.loads(line)["report"]["published"] for line in out.splitlines()} == {"2014-05-01"}


def test_min_confidence_leaves_out_what_is_less_likely(dateline: Command, report: Path) -> None:
    """With a higher threshold fewer facts are told, and none under it."""
    all_of_it = Record.from_json(dateline("read", report, "--json").out)
    middle = sorted(e.confidence for e in all_of_it.events)[len(all_of_it.events) // 2]
    some = Record.from_json(dateline("read", report, "--json", "--min-confidence", middle).out)
    assert 0 < len(some.events) <= len(all_of_it.events)
    assert all(x.confidence >= middle for x in (*some.events, *some.figures))
    surest = Record.from_json(dateline("read", report, "--json", "--min-confidence", "1").out)
    assert {e.confidence for e in surest.events} <= {1.0}
    assert len(surest.events) < len(all_of_it.events)


@pytest.mark.parametrize(
    "arguments",
    [("--json", "--jsonl"), ("--html", "--json"), ("--min-confidence", "2"), ("--colour",)],
)
def test_wrong_command_line_has_status_2(dateline: Command, report: Path, arguments: tuple[str, ...]) -> None:
    """What the command line itself gets wrong is told as usage."""
    done = dateline("read", report, *arguments)
    assert (done.status, done.out) == (2, "")
    assert "Usage: dateline read" in done.err


def test_version_and_help(dateline: Command) -> None:
    """`--version` prints the version, no command prints the help."""
    from dateline import __version__

    assert dateline("--version").out == f"dateline {__version__}\n"
    assert "read" in dateline("--help").out


def _shell(*arguments: str, seed: str) -> subprocess.CompletedProcess[bytes]:
    command = Path(sys.executable).with_name("dateline")
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TERM": "xterm-256color"}
    return subprocess.run([str(command), *arguments], capture_output=True, env=environment, check=False)


def test_same_input_gives_the_same_bytes(report: Path) -> None:
    """Two processes with other hash seeds write the same JSON to the byte."""
    first, second = (_shell("read", str(report), "--json", seed=seed) for seed in ("1", "2"))
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    assert first.stdout.count(b'"trigger"') > 0
