"""Tables as a GeoPackage: an SQLite file with one layer of points, by OGC 12-128r19 (version 1.4).

Written with the standard library: the format is a schema of tables and a header of eight
bytes before each point's well-known binary. GIS programs and GDAL open it as it is.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterable
from contextlib import closing
from itertools import islice
from pathlib import Path

from dateline.exports.tables import Columns, Row

__all__ = ["write_geopackage"]

_APPLICATION, _VERSION = 0x47504B47, 10400  # "GPKG", 1.4.0
_WGS_84 = 4326
_TOGETHER = 5000  # rows a statement
_TYPES = {"text": "TEXT", "int": "INTEGER", "float": "REAL", "bool": "BOOLEAN"}
_LITTLE_ENDIAN, _POINT = 1, 1
_UNDATED = "1970-01-01"

_SYSTEMS = (
    ("Undefined Cartesian SRS", -1, "NONE", -1, "undefined", "undefined Cartesian system"),
    ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic system"),
    (
        "WGS 84 geodetic", _WGS_84, "EPSG", _WGS_84,
        'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
        'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
        'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]',
        "longitude and latitude in decimal degrees on the WGS 84 spheroid",
    ),
)  # fmt: skip
_SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (
  srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (
  table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (
  table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
  CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""


def write_geopackage(what: str, rows: Iterable[Row], columns: Columns, path: Path) -> int:
    """Write a GeoPackage with the layer `what`, some rows at a time; give how many rows.

    Points are in WGS 84; a row whose place isn't known has no geometry. The file's day of
    change is the last day that stands in the rows, so that the same rows give the same bytes.
    """
    path.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as base:
        base.execute(f"PRAGMA application_id = {_APPLICATION}")
        base.execute(f"PRAGMA user_version = {_VERSION}")
        base.executescript(_SCHEMA)
        base.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?,?,?,?,?,?)", _SYSTEMS)
        layer = _Layer(base, what, columns)
        layer.insert(rows)
        layer.describe()
        base.commit()
    return layer.count


class _Layer:
    def __init__(self, base: sqlite3.Connection, what: str, columns: Columns) -> None:
        self.base, self.what, self.count = base, what, 0
        self.columns = {name: kind for name, kind in columns.items() if name not in ("lat", "lon")}
        self.box: list[float] | None = None
        self.changed = _UNDATED
        fields = "".join(f', "{name}" {_TYPES[kind]}' for name, kind in self.columns.items())
        base.execute(f'CREATE TABLE "{what}" (fid INTEGER PRIMARY KEY AUTOINCREMENT, geom POINT{fields})')

    def insert(self, rows: Iterable[Row]) -> None:
        marks = ",".join("?" * (len(self.columns) + 1))
        names = ",".join(f'"{name}"' for name in ("geom", *self.columns))
        stream = map(self._values, rows)
        while batch := list(islice(stream, _TOGETHER)):
            self.base.executemany(f'INSERT INTO "{self.what}" ({names}) VALUES ({marks})', batch)
            self.count += len(batch)

    def _values(self, row: Row) -> tuple[object, ...]:
        for name in ("published", "end", "event_end"):
            day = str(row.get(name) or "")[:10]
            if len(day) == len(_UNDATED) and day[:2].isdigit():
                self.changed = max(self.changed, day)
        return (self._point(row.get("lat"), row.get("lon")), *(row[name] for name in self.columns))

    def _point(self, lat: object, lon: object) -> bytes | None:
        if not isinstance(lat, (int, float)) or not isinstance(lon, (int, float)):
            return None
        west, south, east, north = self.box or (lon, lat, lon, lat)
        self.box = [min(west, lon), min(south, lat), max(east, lon), max(north, lat)]
        header = struct.pack("<2sBBi", b"GP", 0, _LITTLE_ENDIAN, _WGS_84)
        return header + struct.pack("<BIdd", _LITTLE_ENDIAN, _POINT, lon, lat)

    def describe(self) -> None:
        box: Iterable[float | None] = self.box or (None,) * 4
        self.base.execute(
            "INSERT INTO gpkg_contents VALUES (?,'features',?,'',?,?,?,?,?,?)",
            (self.what, self.what, f"{self.changed}T00:00:00.000Z", *box, _WGS_84),
        )
        self.base.execute(
            "INSERT INTO gpkg_geometry_columns VALUES (?,'geom','POINT',?,0,0)", (self.what, _WGS_84)
        )
