"""A brief: the units of a report, cut and weighed, so that it is compared without its record.

It is a function of the record alone. Packed it takes some kilobytes; opened it
is ready to be held against others.
"""

from __future__ import annotations

import hashlib
import sys
import zlib
from array import array
from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

import msgspec

from dateline.incidents.cluster import Keyed, are_tied, keyed
from dateline.incidents.posture import Sign
from dateline.incidents.units import Unit, units_of
from dateline.incidents.words import Vector
from dateline.record import Record

__all__ = ["Brief", "brief_of", "open_brief", "open_signs", "pack_brief", "pack_signs", "tied"]

_SCALE = 100_000  # weights of a vector are rounded to five digits
_DIGEST = 8  # bytes
_UNITS = 15  # bits for the units of one report
_BETWEEN = "\n"  # a folded word may hold a space: some letters fold to several words
_LEVEL = 1  # of deflating: as small as at 6 but for a tenth, in a third of the time


class _Known(NamedTuple):
    """What a brief that was packed knows of its units: its digest, and the keys of each."""

    digest: int
    keys: tuple[tuple[str, ...], ...]


class Brief:
    """A report as linking compares it; what is derived from its units is worked out once."""

    def __init__(self, report: str, units: tuple[Unit, ...], packed: _Known | None = None) -> None:
        """`report` is its id, `units` are in text order; `packed` is what is known of them already."""
        self.report, self.units, self._packed = report, units, packed

    @cached_property
    def keyed(self) -> tuple[Keyed, ...]:
        """Give each unit with what it is compared by and its keys."""
        if self._packed is None:
            return tuple(map(keyed, self.units))
        first, rows = self._packed.digest << _UNITS, zip(self.units, self._packed.keys, strict=True)
        return tuple(keyed(unit, first + n, own) for n, (unit, own) in enumerate(rows))

    @cached_property
    def keys(self) -> frozenset[str]:
        """Give the keys of the report: two that could be of one incident share one at least."""
        return frozenset(key for row in self.keyed for key in row.keys)

    @cached_property
    def told(self) -> tuple[str, str]:
        """Give what sorts reports by the day of telling, undated ones last."""
        return (self.units[0].told if self.units else None) or "9999", self.report


def brief_of(record: Record) -> Brief:
    """Make the brief of a record."""
    return Brief(record.report.id, units_of(record))


def tied(brief: Brief, others: Iterable[Brief]) -> tuple[str, ...]:
    """Give the ids of those other reports that a report is tied to, in their order.

    Of the reports that share a key with it only these, and what is tied to
    them, have to be linked anew when it comes.
    """
    return tuple(other.report for other in others if _are_tied(brief, other))


def _are_tied(one: Brief, other: Brief) -> bool:
    first, second = sorted((one, other), key=lambda brief: brief.told)
    return any(are_tied(p, q) for p in first.keyed for q in second.keyed)


class _Packed(msgspec.Struct, array_like=True):
    """A brief as it is written: units without vectors and sketch, which stand beside them.

    The vectors of a unit are own, proper and, where it is not own, whole; its keys
    are sorted. The sketch is that of the report's text, the same for all its units.
    """

    report: str
    units: tuple[Unit, ...]
    vectors: tuple[tuple[tuple[str, bytes], ...], ...]
    keys: tuple[tuple[str, ...], ...]
    sketch: bytes


_encoder, _decoder = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(_Packed)
_signs = msgspec.msgpack.Decoder(tuple[Sign, ...])


def pack_brief(brief: Brief) -> bytes:
    """Write a brief; `open_brief` gives it back to the letter."""
    bare = tuple(msgspec.structs.replace(u, whole={}, own={}, proper={}, sketch=()) for u in brief.units)
    vectors = tuple(tuple(map(_packed, _vectors(unit))) for unit in brief.units)
    keys = tuple(tuple(sorted(row.keys)) for row in brief.keyed)
    sketch = array("Q", brief.units[0].sketch if brief.units else ()).tobytes()
    return zlib.compress(_encoder.encode(_Packed(brief.report, bare, vectors, keys, sketch)), _LEVEL)


def open_brief(packed: bytes) -> Brief:
    """Read a brief that `pack_brief` wrote. Raises msgspec.MsgspecError or zlib.error for anything else."""
    found = _decoder.decode(zlib.decompress(packed))
    hashes = array("Q")
    hashes.frombytes(found.sketch)
    sketch, units = tuple(hashes), []
    for unit, rows in zip(found.units, found.vectors, strict=True):
        own, proper, *whole = map(_opened, rows)
        units.append(
            msgspec.structs.replace(unit, own=own, proper=proper, whole=(*whole, own)[0], sketch=sketch)
        )
    digest = int.from_bytes(hashlib.blake2b(packed, digest_size=_DIGEST).digest(), "big")
    return Brief(found.report, tuple(units), _Known(digest | 1 << 8 * _DIGEST, found.keys))


def _vectors(unit: Unit) -> tuple[Vector, ...]:
    rows = unit.own, unit.proper
    return rows if unit.whole == unit.own else (*rows, unit.whole)


def _packed(vector: Vector) -> tuple[str, bytes]:
    return _BETWEEN.join(vector), array("I", (round(v * _SCALE) for v in vector.values())).tobytes()


def _opened(row: tuple[str, bytes]) -> Vector:
    words, weights = row
    if not words:
        return {}
    values = array("I")
    values.frombytes(weights)
    return dict(zip(map(sys.intern, words.split(_BETWEEN)), (n / _SCALE for n in values), strict=True))


def pack_signs(signs: Iterable[Sign]) -> bytes:
    """Write what a report says of postures; `open_signs` gives it back to the letter."""
    return _encoder.encode(tuple(signs))


def open_signs(packed: bytes) -> tuple[Sign, ...]:
    """Read what `pack_signs` wrote. Raises msgspec.MsgspecError for anything else."""
    return _signs.decode(packed)
