"""The quality gate: measure the reader on pinned data and fail under a recorded floor.

    python -m dateline.evaluation.gate [--strict] [--raise] [--lower MEASURE]... [--pin]

`floors.toml` beside this module holds the SHA-256 of every file of data and
the floor (F1) of every measure. The data lies in the folder `DATELINE_SHARED`
or else in `../shared`; what is missing is named and passed over, and fails
only with `--strict`. `--raise` writes floors that are higher than before and
no others; a lower one is written only for a measure named with `--lower`, and
a new digest only with `--pin`, so that neither happens unseen.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dateline.evaluation.benchmark import Result
    from dateline.reading.reader import Reader

__all__ = [
    "FLOORS",
    "Floors",
    "Outcome",
    "data_folder",
    "main",
    "measure_gold",
    "moved",
    "pinned",
    "run_gate",
    "shortfalls",
]

FLOORS = Path(__file__).with_name("floors.toml")
# A floor lies this far under what was measured: the int8 kernels of other processors round otherwise.
SLACK = 0.005
_HEAD = """\
# What the gate holds the reader to. Written by `python -m dateline.evaluation.gate`:
# --raise writes higher floors, --lower MEASURE a lower one, --pin the digests of new data.
"""

Scores = Mapping[str, float]
Measure = Callable[[Path], Scores]


@dataclass(frozen=True, slots=True)
class Floors:
    """Digests by file and floors by file and measure; files are named from the data folder."""

    digests: dict[str, str]
    floors: dict[str, dict[str, float]]

    @classmethod
    def read(cls, path: Path) -> Floors:
        """Read a floors file. Raises ValueError when it is no TOML, KeyError when a part is missing."""
        book = tomllib.loads(path.read_text(encoding="utf-8"))
        return cls(book["digests"], book["floors"])

    def to_toml(self) -> str:
        """Write the floors file's text."""
        lines = [_HEAD, "[digests]"]
        lines += [
            f"{json.dumps(name)} = {json.dumps(digest)}" for name, digest in sorted(self.digests.items())
        ]
        for name, floors in self.floors.items():
            lines += ["", f"[floors.{json.dumps(name)}]"]
            lines += [f"{json.dumps(measure)} = {floor:.3f}" for measure, floor in floors.items()]
        return "\n".join(lines) + "\n"


@dataclass(slots=True)
class Outcome:
    """What a run of the gate found: `failures` (digests) fail it, `skipped` only when it is strict."""

    scores: dict[str, Scores] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)


def data_folder() -> Path:
    """Name the folder of gold and benchmarks: `DATELINE_SHARED`, else `../shared`; it may not exist."""
    return Path(os.environ.get("DATELINE_SHARED") or Path.cwd().parent / "shared")


@cache
def _reader() -> Reader:
    from dateline.reading.reader import Reader

    return Reader(any_language=True)


def measure_gold(path: Path) -> Scores:
    """Measure F1 of every kind of fact on reports annotated by the codebook."""
    from dateline.evaluation.gold import MEASURES, read_gold, score, to_report

    rows = read_gold(path)
    tally = score(rows, [_reader().read(to_report(row)) for row in rows])
    return {measure: tally.rows[measure].f1 for measure in MEASURES}


def measure_polnear(path: Path) -> Scores:
    """Measure exact and overlapping spans of PolNeAR's dev part."""
    from dateline.evaluation.polnear import evaluate

    return _scores(evaluate(path, _reader().read, sayings=_reader().sayings))


def measure_muc4(path: Path) -> Scores:
    """Measure role fillers and casualties on MUC-4's tst1 and tst2."""
    from dateline.evaluation.muc4 import evaluate

    return _scores(evaluate(path, _reader().read, parties=_reader().parties))


def measure_event_location(path: Path) -> Scores:
    """Measure the places of event verbs on the measuring split."""
    from dateline.evaluation.event_location import evaluate

    return _scores(evaluate(path, _reader().read))


def measure_india_police(path: Path) -> Scores:
    """Measure killings and arrests by police on the measuring split."""
    from dateline.evaluation.india_police import evaluate

    return _scores(evaluate(path, _reader().read))


def _scores(result: Result) -> Scores:
    """Give F1 of each measure, of shares the share."""
    rows = result.tally.rows.items()
    return {name: row.recall if name in result.shares else row.f1 for name, row in rows}


MEASURED: Mapping[str, Measure] = {
    "gold/dev.jsonl": measure_gold,
    "benchmarks/polnear.tar.gz": measure_polnear,
    "benchmarks/muc4.tar.gz": measure_muc4,
    "benchmarks/event-location/train.jsonl.gz": measure_event_location,
    "benchmarks/india-police/sents.jsonl.gz": measure_india_police,
}


def run_gate(data: Path, floors: Floors, measured: Mapping[str, Measure] = MEASURED) -> Outcome:
    """Check every digest, and measure what has floors and is what was pinned."""
    out = Outcome()
    if not data.is_dir():
        out.skipped.append("no data: set DATELINE_SHARED to the folder with gold/ and benchmarks/")
        return out
    right = {name for name, digest in floors.digests.items() if _digest_right(data, name, digest, out)}
    for name, measure in measured.items():
        if name in right and name in floors.floors:
            out.scores[name] = measure(data / name)
    return out


def _digest_right(data: Path, name: str, digest: str, out: Outcome) -> bool:
    path = data / name
    if not path.is_file():
        out.skipped.append(f"{name}: not there")
        return False
    if _digest(path) != digest:
        out.failures.append(
            f"{name}: its digest is not the pinned one; if the change is meant, run with --pin"
        )
        return False
    return True


def _digest(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def shortfalls(scores: Mapping[str, Scores], floors: Floors) -> list[str]:
    """Say in a line each which measures are under their floor."""
    return [
        f"{name}: {measure} {found.get(measure, 0.0):.3f} is under its floor of {floor:.3f}"
        for name, found in scores.items()
        for measure, floor in floors.floors[name].items()
        if found.get(measure, 0.0) < floor
    ]


def _beneath(score: float) -> float:
    """Give the floor for a score: three digits, rounded down, with the slack."""
    return max(0.0, math.floor((score - SLACK) * 1000) / 1000)


def moved(floors: Floors, scores: Mapping[str, Scores], *, lift: bool, lower: Sequence[str] = ()) -> Floors:
    """Give the floors moved to the scores: up where `lift`, down only for the measures in `lower`."""
    out = {name: dict(rows) for name, rows in floors.floors.items()}
    for name, rows in out.items():
        for measure, floor in rows.items():
            new = _beneath(scores.get(name, {}).get(measure, 0.0)) if name in scores else floor
            if (new > floor and lift) or (new < floor and measure in lower):
                rows[measure] = new
    return Floors(floors.digests, out)


def pinned(floors: Floors, data: Path) -> Floors:
    """Give the floors with the digests that the files have now; a missing file keeps its own."""
    digests = {n: _digest(data / n) if (data / n).is_file() else d for n, d in floors.digests.items()}
    return Floors(digests, floors.floors)


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure the reader on pinned data; fail under a floor.")
    parser.add_argument("--strict", action="store_true", help="missing data fails, too")
    parser.add_argument("--raise", dest="lift", action="store_true", help="write floors that are higher")
    parser.add_argument("--lower", action="append", default=[], metavar="MEASURE", help="write a lower floor")
    parser.add_argument("--pin", action="store_true", help="write the digests that the files have now")
    parser.add_argument("--floors", type=Path, default=FLOORS, help="the floors file")
    return parser.parse_args(arguments)


def _print_scores(scores: Mapping[str, Scores], floors: Floors) -> None:
    for name, found in scores.items():
        for measure, score in found.items():
            floor = floors.floors[name].get(measure)
            print(f"{name}  {measure:12} {score:.3f}" + ("" if floor is None else f"  floor {floor:.3f}"))


def _report(outcome: Outcome, floors: Floors, *, strict: bool) -> int:
    """Print what was found, failures on standard error; give the exit status."""
    _print_scores(outcome.scores, floors)
    for line in outcome.skipped:
        print(f"gate: skipped {line}", file=sys.stderr if strict else sys.stdout)
    failures = outcome.failures + shortfalls(outcome.scores, floors)
    for line in failures:
        print(f"gate: {line}", file=sys.stderr)
    failed = bool(failures or (strict and outcome.skipped))
    print("gate: failed" if failed else "gate: passed")
    return int(failed)


def main(arguments: Sequence[str] | None = None, measured: Mapping[str, Measure] = MEASURED) -> int:
    """Run the gate by the module's docstring; 0 when it holds, 1 when it does not."""
    options, data = _options(arguments), data_folder()
    floors = Floors.read(options.floors)
    unknown = set(options.lower) - {measure for rows in floors.floors.values() for measure in rows}
    if unknown:
        print(f"gate: no floor is named {', '.join(sorted(unknown))}", file=sys.stderr)
        return 2
    if options.pin:
        floors = pinned(floors, data)
    outcome = run_gate(data, floors, measured)
    if options.lift or options.lower or options.pin:
        floors = moved(floors, outcome.scores, lift=options.lift, lower=options.lower)
        options.floors.write_text(floors.to_toml(), encoding="utf-8")
    return _report(outcome, floors, strict=options.strict)


if __name__ == "__main__":
    sys.exit(main())
