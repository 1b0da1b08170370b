"""The quality gate: floors hold, digests are pinned, and neither moves unseen."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from dateline.evaluation.gate import FLOORS, SLACK, Floors, main

NAME = "gold/dev.jsonl"
SCORES = {"FACT": 0.50, "event": 0.70, "figure": 0.61}


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with one file, where the gate looks for it."""
    folder = tmp_path / "data"
    (folder / "gold").mkdir(parents=True)
    (folder / NAME).write_text("{}\n", encoding="utf-8")
    monkeypatch.setenv("DATELINE_SHARED", str(folder))
    return folder


@pytest.fixture
def floors(data: Path, tmp_path: Path) -> Path:
    """A floors file that fits the data."""
    path = tmp_path / "floors.toml"
    digest = hashlib.sha256((data / NAME).read_bytes()).hexdigest()
    path.write_text(Floors({NAME: digest}, {NAME: {"FACT": 0.48, "event": 0.62}}).to_toml(), encoding="utf-8")
    return path


def _run(floors: Path, *options: str, **scores: float) -> int:
    return main(["--floors", str(floors), *options], {NAME: lambda _: {**SCORES, **scores}})


def test_passes_over_the_floors(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Scores at or over every floor pass, and each is printed with its floor."""
    assert _run(floors, FACT=0.48) == 0
    out = capsys.readouterr()
    assert "FACT         0.480  floor 0.480" in out.out
    assert out.out.endswith("gate: passed\n")
    assert out.err == ""


def test_each_measure_under_its_floor_is_a_line(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every measure under its floor fails the gate with a line of its own."""
    assert _run(floors, FACT=0.479, event=0.1) == 1
    assert capsys.readouterr().err.splitlines() == [
        "gate: gold/dev.jsonl: FACT 0.479 is under its floor of 0.480",
        "gate: gold/dev.jsonl: event 0.100 is under its floor of 0.620",
    ]


def test_changed_data_fails_and_is_not_measured(
    floors: Path, data: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Data that is not what was pinned fails in one line, whatever it would score."""
    (data / NAME).write_text("{} \n", encoding="utf-8")
    assert _run(floors, FACT=1.0) == 1
    out = capsys.readouterr()
    assert out.err.count("\n") == 1
    assert "digest" in out.err
    assert "FACT" not in out.out


@pytest.mark.parametrize(("options", "status"), [((), 0), (("--strict",), 1)])
def test_missing_file_is_named(
    floors: Path, data: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], status: int
) -> None:
    """A missing file is passed over by name, and fails only where the gate is strict."""
    (data / NAME).unlink()
    assert _run(floors, *options) == status
    out = capsys.readouterr()
    assert "gold/dev.jsonl: not there" in out.out + out.err


@pytest.mark.parametrize(("options", "status"), [((), 0), (("--strict",), 1)])
def test_missing_folder_is_named(
    floors: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    options: tuple[str, ...],
    status: int,
) -> None:
    """Without any data the gate says how to give it."""
    monkeypatch.setenv("DATELINE_SHARED", str(tmp_path / "nowhere"))
    assert _run(floors, *options) == status
    out = capsys.readouterr()
    assert "DATELINE_SHARED" in out.out + out.err


def test_raise_moves_floors_up_only(floors: Path) -> None:
    """`--raise` writes the floors that are beaten by more than the slack, and leaves the others."""
    assert _run(floors, "--raise", FACT=0.5555, event=0.62) == 0
    assert Floors.read(floors).floors[NAME] == {"FACT": 0.550, "event": 0.62}
    assert Floors.read(floors).floors[NAME]["FACT"] <= 0.5555 - SLACK


def test_raise_does_not_lower(floors: Path) -> None:
    """A score under its floor fails with `--raise`, too, and the floor stays."""
    assert _run(floors, "--raise", FACT=0.2) == 1
    assert Floors.read(floors).floors[NAME]["FACT"] == 0.48


def test_lower_moves_only_what_it_names(floors: Path) -> None:
    """`--lower` writes a lower floor for its measure; the other still fails."""
    assert _run(floors, "--lower", "FACT", FACT=0.2, event=0.3) == 1
    assert Floors.read(floors).floors[NAME] == {"FACT": 0.195, "event": 0.62}


def test_lower_wants_a_measure_that_has_a_floor(floors: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A name that no floor has is an error, and nothing is written."""
    before = floors.read_text(encoding="utf-8")
    assert _run(floors, "--lower", "facts") == 2
    assert "facts" in capsys.readouterr().err
    assert floors.read_text(encoding="utf-8") == before


def test_without_a_flag_nothing_is_written(floors: Path) -> None:
    """A plain run leaves the file as it is."""
    before = floors.read_bytes()
    _run(floors, FACT=0.9)
    assert floors.read_bytes() == before


def test_pin_takes_the_digests_that_files_have(floors: Path, data: Path) -> None:
    """`--pin` accepts changed data; then the gate passes again."""
    (data / NAME).write_text("[]\n", encoding="utf-8")
    assert _run(floors, "--pin") == 0
    assert _run(floors) == 0


def test_shipped_floors_are_as_written() -> None:
    """The file is what the gate itself would write, so that a hand-made change shows."""
    assert FLOORS.read_text(encoding="utf-8") == Floors.read(FLOORS).to_toml()


def test_shipped_floors_are_no_lower_than_asked_for() -> None:
    """The floors are at least those that version 1 was asked to reach."""
    floors = Floors.read(FLOORS).floors[NAME]
    asked = {"FACT": 0.48, "event": 0.62, "figure": 0.60, "attribution": 0.68}
    assert {name: floors[name] >= least for name, least in asked.items()} == dict.fromkeys(asked, True)


def test_pinned_data_is_the_data_at_hand(shared: Path) -> None:
    """Every pinned file is there with its digest."""
    for name, digest in Floors.read(FLOORS).digests.items():
        assert hashlib.sha256((shared / name).read_bytes()).hexdigest() == digest, name
