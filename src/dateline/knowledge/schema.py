"""What the gazetteer file holds: its tables, and the weights of names."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["BONES_LEAST", "CURATED_FROM", "GAZETTEER_SCHEMA", "Weight"]

BONES_LEAST = 4  # consonants that a name must have to be found by what its spellings share

# GeoNames numbers end far below: ids above it are those of places that GeoNames' lists lack.
CURATED_FROM = 100_000_000

GAZETTEER_SCHEMA = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
CREATE TABLE place (
    id INTEGER PRIMARY KEY,      -- GeoNames id, or above CURATED_FROM
    name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT,
    admin1 INTEGER, admin2 INTEGER,
    lat INTEGER NOT NULL, lon INTEGER NOT NULL,  -- degrees times 10,000
    population INTEGER NOT NULL, capital INTEGER NOT NULL,
    prominence INTEGER NOT NULL,  -- times 100; about the decimal logarithm of the population
    radius REAL, countries TEXT
);
CREATE INDEX state_of ON place (country) WHERE kind = 'country';
CREATE INDEX capital_of ON place (country) WHERE capital = 1;
CREATE TABLE name (key TEXT, place INTEGER, weight INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
-- What all spellings of a name share (names.skeleton), for names that are not found as written.
CREATE TABLE bones (key TEXT, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
CREATE TABLE demonym (key TEXT PRIMARY KEY, country TEXT NOT NULL, word TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE state (key TEXT PRIMARY KEY, country TEXT NOT NULL) WITHOUT ROWID;
"""


class Weight(IntEnum):
    """How a name stands for its place: by its own name, another spelling, short after a comma, or
    that of a body which has its seat there (`European Commission`).
    """

    MAIN = 0
    OTHER = 1
    SHORT = 2
    SEAT = 3
