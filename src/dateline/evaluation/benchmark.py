"""What the benchmarks share: their result, the peers beside it, the measuring split, and their files."""

from __future__ import annotations

import gzip
import hashlib
import json
import tarfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from dateline.errors import EvaluationError
from dateline.evaluation.scores import Tally
from dateline.record import Record, Report

__all__ = [
    "Peer",
    "Read",
    "Result",
    "Step",
    "a_few",
    "ignore",
    "json_lines",
    "measures",
    "open_archive",
    "read_bytes",
    "read_text",
]

T = TypeVar("T")
Read = Callable[[Report], Record]
Step = Callable[[], None]
_MEASURING = "0123"  # first hex digits that measure; the rest may be trained on


@dataclass(frozen=True, slots=True)
class Peer:
    """A published figure, 0 to 1: of which measure, by which system, on which texts."""

    measure: str
    system: str
    value: float
    on: str = "the same texts"


@dataclass(slots=True)
class Result:
    """What a benchmark gives: the counts of each measure and what others reach.

    `shares` names the measures that are a share of the gold and no F1.
    """

    name: str
    unit: str
    size: int
    tally: Tally = field(default_factory=Tally)
    shares: frozenset[str] = frozenset()
    peers: Sequence[Peer] = ()
    notes: Sequence[str] = ()


def ignore() -> None:
    """Take a step that nobody watches."""


def measures(key: object) -> bool:
    """Tell whether an id (or a text) falls in the measuring split: first hex digit of its SHA-256 0 to 3."""
    return hashlib.sha256(str(key).encode("utf-8")).hexdigest()[0] in _MEASURING


def a_few(rows: Iterable[T], limit: int | None) -> Iterator[T]:
    """Give the first rows, all without a limit."""
    return islice(rows, limit)


def read_bytes(path: Path, hint: str) -> bytes:
    """Read a file of a benchmark, unpacked where it is gzip.

    Raises EvaluationError when it is missing or damaged.
    """
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if path.suffix == ".gz" else data
    except (OSError, EOFError) as problem:
        what = "the benchmark's file can't be read"
        raise EvaluationError(what, where=str(path), hint=hint) from problem


def read_text(path: Path, hint: str) -> str:
    """Read a text file of a benchmark, unpacked where it is gzip.

    Raises EvaluationError when it is missing, damaged or no text in UTF-8.
    """
    try:
        return read_bytes(path, hint).decode("utf-8")
    except UnicodeDecodeError as problem:
        what = "the benchmark's file is no text in UTF-8"
        raise EvaluationError(what, where=str(path), hint=hint) from problem


def json_lines(path: Path, keys: Sequence[str], hint: str) -> list[dict[str, Any]]:
    """Read JSON Lines whose every row has the keys.

    Raises EvaluationError when the file is missing or a line is not of the benchmark.
    """
    out = []
    for number, line in enumerate(read_text(path, hint).splitlines(), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            _ = [row[key] for key in keys]
        except (ValueError, KeyError, TypeError) as problem:
            what = "not a line of this benchmark"
            raise EvaluationError(what, where=f"{path}:{number}", hint=hint) from problem
        out.append(row)
    return out


def open_archive(path: Path, hint: str) -> dict[str, bytes]:
    """Read the files of a tar archive by their names, a leading `./` dropped.

    Raises EvaluationError when it is missing or no archive.
    """
    try:
        with tarfile.open(path) as archive:
            return {m.name.removeprefix("./"): _content(archive, m) for m in archive if m.isfile()}
    except (OSError, EOFError, tarfile.TarError) as problem:
        what = "the benchmark's archive can't be read"
        raise EvaluationError(what, where=str(path), hint=hint) from problem


def _content(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    handle = archive.extractfile(member)
    return handle.read() if handle else b""
