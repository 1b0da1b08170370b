"""Bad input: one clear line, the right exit status, and the others are read."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from dateline.record import Record
from tests.cli.conftest import Command

GOOD = "Gunmen killed four soldiers near Kidal in northern Mali on Tuesday, the army said."
FRENCH = (
    "Des hommes armés ont tué quatre soldats mardi près de Kidal, dans le nord du Mali, a annoncé l'armée. "
    "Le gouvernement a fermé la route et envoyé des renforts dans la région."
)
MENU = (
    "<html><head><title>Home</title></head><body><nav><a href='/a'>News</a> <a href='/b'>Sport</a></nav>"
    "</body></html>"
)

BAD: dict[str, tuple[bytes, str]] = {
    "empty.txt": (b"", "nothing in it"),
    "blank.txt": (b" \r\n\t\n", "nothing in it"),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "not text"),
    "program.txt": (bytes(range(256)) * 40, "not text"),
    "menu.html": (MENU.encode(), "no article"),
    "cut.json": (b'{"text": "Gunmen killed fo', "cut off"),
    "notext.json": (b'{"title": "Gunmen"}', "no text"),
    "french.txt": (FRENCH.encode(), "fr"),
    "missing.txt": (b"", "no such file"),
}


def _bad(folder: Path, name: str) -> Path:
    path = folder / name
    if name != "missing.txt":
        path.write_bytes(BAD[name][0])
    return path


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_one_line(dateline: Command, tmp_path: Path, name: str) -> None:
    """Each bad input gives one line that names the file and the fault, exit status 1 and no record."""
    done = dateline("read", _bad(tmp_path, name), "--jsonl")
    assert (done.status, done.out) == (1, "")
    assert len(done.lines) == 1
    assert done.err.startswith("dateline: ")
    assert BAD[name][1] in done.err
    assert name in done.err


def test_the_others_are_read(dateline: Command, tmp_path: Path) -> None:
    """In a batch every bad input is reported, every good one read, and a last line counts them."""
    good = tmp_path / "good.txt"
    good.write_text(GOOD, encoding="utf-8")
    done = dateline("read", good, *(_bad(tmp_path, name) for name in BAD), good, "--jsonl")
    assert done.status == 1
    assert [Record.from_json(line).report.text for line in done.out.splitlines()] == [GOOD, GOOD]
    assert len(done.lines) == len(BAD) + 1
    assert f"{len(BAD)} of {len(BAD) + 2} reports could not be read" in done.lines[-1]


def test_a_cut_line_costs_only_itself(dateline: Command, tmp_path: Path) -> None:
    """A JSON line that is cut off is named by its number; the lines around it are read."""
    path = tmp_path / "reports.jsonl"
    whole = json.dumps({"text": GOOD})
    path.write_text(f"{whole}\n{whole[:40]}\n{whole}\n", encoding="utf-8")
    done = dateline("read", path, "--jsonl")
    assert done.status == 1
    assert len(done.out.splitlines()) == 2
    assert "reports.jsonl:2" in done.lines[0]


@pytest.mark.parametrize("day", ["yesterday", "2013-13-01", "23/01/2013", ""])
def test_a_date_that_is_none(dateline: Command, tmp_path: Path, day: str) -> None:
    """A day that is none is one line, and nothing is read."""
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    done = dateline("read", path, "--published", day)
    assert (done.status, done.out, len(done.lines)) == (1, "", 1)
    assert "date" in done.err


def test_any_language_reads_it_all_the_same(dateline: Command, tmp_path: Path) -> None:
    """Another language is read on request, and the record says which it is."""
    done = dateline("read", _bad(tmp_path, "french.txt"), "--jsonl", "--any-language")
    assert done.status == 0
    assert Record.from_json(done.out).report.language == "fr"


def test_bytes_that_are_not_utf_8_are_read_with_a_notice(dateline: Command, tmp_path: Path) -> None:
    """A text in another encoding is decoded, and the record says that it was."""
    path = tmp_path / "latin.txt"
    text = "Gunmen killed four people near Ménaka in Mali, Prime Minister Diango Cissé said in a café."
    path.write_bytes(text.encode("cp1252"))
    done = dateline("read", path, "--json")
    record = Record.from_json(done.out)
    assert (done.status, record.report.text) == (0, text)
    assert record.report.notices


def test_without_a_date_nothing_is_guessed(dateline: Command, tmp_path: Path) -> None:
    """Where the day of publication is not known, "on Tuesday" has no day."""
    path = tmp_path / "good.txt"
    path.write_text(GOOD, encoding="utf-8")
    record = Record.from_json(dateline("read", path, "--json").out)
    times = [e.when for e in record.events if e.when]
    assert record.report.published is None
    assert [(t.start, t.end) for t in times] == [(None, None)] * len(times)


def test_crlf_nul_and_emoji_keep_their_offsets(dateline: Command, tmp_path: Path) -> None:
    """Odd characters stay in the text, and every span is still the slice that it says."""
    text = "\U0001f4a5\u200f Gunmen\r\nkilled four\x00 soldiers near Kidal e\u0301n Mali, the army said.\r\n"
    path = tmp_path / "odd.txt"
    path.write_bytes(text.encode())
    record = Record.from_json(dateline("read", path, "--json").out)
    assert record.report.text == text
    assert record.events
    assert all(text[s.start : s.end] == s.text for s in record.spans())


HUGE = {
    "words": "rebels attacked the town of Gao and killed twelve soldiers and ",
    "letters": "a",
    "brackets": "(",
    "digits": "7",
    "lines": "Gao\n",
}


@pytest.mark.parametrize("kind", HUGE)
def test_ten_megabytes_without_a_full_stop(tmp_path: Path, kind: str) -> None:
    """A huge text is read in bounded memory and time, with a notice of what was left out."""
    path = tmp_path / "huge.txt"
    path.write_text((HUGE[kind] * (10**7 // len(HUGE[kind]) + 1))[: 10**7], encoding="utf-8")
    watched = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, timeout=300)\n"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)\n"
    )
    command = [str(Path(sys.executable).with_name("dateline")), "read", str(path), "--json", "--any-language"]
    done = subprocess.run(
        [sys.executable, "-c", watched, *command], capture_output=True, text=True, check=True, env=os.environ
    )
    status, megabytes = map(int, done.stdout.split())
    assert status == 0
    assert megabytes < 1000
