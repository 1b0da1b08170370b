"""Tables as GeoJSON (RFC 7946): one feature a row, written as they come."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TextIO

import msgspec

from dateline.exports.tables import Columns, Row

__all__ = ["feature", "write_geojson"]

_DIGITS = 6  # of a degree: a tenth of a metre, as RFC 7946 advises


def feature(row: Row, key: str) -> dict[str, Any]:
    """Make a feature of a row: a point, or no geometry where the place isn't known."""
    lat, lon = row.get("lat"), row.get("lon")
    known = isinstance(lat, (int, float)) and isinstance(lon, (int, float))
    return {
        "type": "Feature",
        "id": row[key],
        "geometry": {"type": "Point", "coordinates": [round(lon, _DIGITS), round(lat, _DIGITS)]}  # type: ignore[arg-type]
        if known else None,
        "properties": {name: value for name, value in row.items() if name not in ("lat", "lon")},
    }  # fmt: skip


def write_geojson(what: str, rows: Iterable[Row], columns: Columns, stream: TextIO) -> int:
    """Write a FeatureCollection, feature by feature; give how many.

    Longitude stands before latitude, in WGS 84. A feature's id is the incident's, or the
    report's and the fact's.
    """
    stream.write(f'{{"type":"FeatureCollection","name":"{what}","features":[')
    count = 0
    for count, row in enumerate(rows, 1):
        stream.write(",\n" if count > 1 else "\n")
        made = feature(row, next(iter(columns)))
        made["id"] = _identifier(what, row)
        stream.write(msgspec.json.encode(made).decode("utf-8"))
    stream.write("\n]}\n")
    return count


def _identifier(what: str, row: Row) -> str:
    return str(row["id"]) if what == "incidents" else f"{row['report']}#{row[what.removesuffix('s')]}"
