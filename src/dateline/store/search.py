"""Full-text search over titles and texts: FTS5 in SQLite, a GIN index of tsvector in PostgreSQL.

A query is words, all of which must stand in the report, and "phrases". Case,
accents (SQLite) and English endings don't count. An SQLite built without FTS5
gets a plain scan.
"""

from __future__ import annotations

import re
import sqlite3

from sqlalchemy import ColumnElement, Connection, Select, select, text

from dateline.store import schema

__all__ = [
    "create_search",
    "forget_words",
    "has_fts",
    "index_words",
    "matches_many",
    "matching",
    "overwrite_forgotten",
]

_LONGEST = 120_000  # code points indexed of one text, as many as are read: PostgreSQL takes 1 MB of words
_COMMON = 2000  # matches: from here on incidents are gone through by day, not looked up by what matches
_MATCHES = {
    "sqlite": "report_search MATCH :asked",
    "postgresql": "words @@ websearch_to_tsquery('english', :asked)",
}
_KEY = {"sqlite": "rowid", "postgresql": "seq"}
_TERM = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"\w+")


def has_fts() -> bool:
    """Tell whether this SQLite can search texts."""
    with sqlite3.connect(":memory:") as base:
        return bool(base.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')").fetchone()[0])


def create_search(connection: Connection) -> None:
    """Make the index of words; called by the first migration."""
    if connection.dialect.name == "postgresql":
        connection.execute(
            text("CREATE TABLE report_search (seq integer PRIMARY KEY, words tsvector NOT NULL)")
        )
        connection.execute(text("CREATE INDEX ix_report_search ON report_search USING gin (words)"))
    elif has_fts():
        options = "content='', tokenize='porter unicode61 remove_diacritics 2'"
        connection.execute(text(f"CREATE VIRTUAL TABLE report_search USING fts5(title, body, {options})"))


def _indexed(connection: Connection) -> bool:
    """Tell whether there is an index; looked up once a connection."""
    if connection.dialect.name == "postgresql":
        return True
    if "dateline_indexed" not in connection.info:
        found = connection.execute(text("SELECT 1 FROM sqlite_master WHERE name = 'report_search'"))
        connection.info["dateline_indexed"] = found.scalar() is not None
    return bool(connection.info["dateline_indexed"])


def _plain(words: str | None) -> str:
    """NUL ends a string for either index, so it is a blank there."""
    return (words or "")[:_LONGEST].replace("\x00", " ")


def index_words(connection: Connection, seq: int, title: str | None, body: str) -> None:
    """Put the words of one report into the index."""
    row = {"seq": seq, "title": _plain(title), "body": _plain(body)}
    if connection.dialect.name == "postgresql":
        statement = (
            "INSERT INTO report_search VALUES (:seq, to_tsvector('english', :title || ' ' || :body))"
            " ON CONFLICT (seq) DO UPDATE SET words = excluded.words"
        )
        connection.execute(text(statement), row)
    elif _indexed(connection):
        connection.execute(
            text("INSERT INTO report_search (rowid, title, body) VALUES (:seq, :title, :body)"), row
        )


def forget_words(connection: Connection, seq: int, title: str | None, body: str) -> None:
    """Take the words of one report out again; `title` and `body` are those it was indexed with."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("DELETE FROM report_search WHERE seq = :seq"), {"seq": seq})
    elif _indexed(connection):
        row = {"seq": seq, "title": _plain(title), "body": _plain(body)}
        statement = (
            "INSERT INTO report_search (report_search, rowid, title, body)"
            " VALUES ('delete', :seq, :title, :body)"
        )
        connection.execute(text(statement), row)


def overwrite_forgotten(connection: Connection) -> None:
    """Merge the index, so that words taken out are in the file no more; costs a pass over the index."""
    if connection.dialect.name == "sqlite" and _indexed(connection):
        connection.execute(text("INSERT INTO report_search (report_search) VALUES ('optimize')"))


def matching(connection: Connection, query: str, seq: ColumnElement[int]) -> ColumnElement[bool] | None:
    """Give the condition that the report numbered `seq` matches; None when the query has no words.

    All that match are listed once, whatever else is asked: of 120,000 reports that takes 3 ms for a word,
    14 ms for a phrase that stands in each. To look every report up by itself takes 30 us each time.
    """
    terms = _terms(query)
    if not terms:
        return None
    if not _indexed(connection):
        return seq.in_(_scan(terms))
    dialect = connection.dialect.name
    found = text(f"SELECT {_KEY[dialect]} AS seq FROM report_search WHERE {_MATCHES[dialect]}")
    return seq.in_(found.bindparams(**_asked(terms)).columns(schema.reports.c.seq))


def matches_many(connection: Connection, query: str) -> bool:
    """Tell whether so many reports match that to go through all that is asked about costs less."""
    terms = _terms(query)
    if not terms or not _indexed(connection):
        return False
    where = _MATCHES[connection.dialect.name]
    first = text(f"SELECT count(*) FROM (SELECT 1 FROM report_search WHERE {where} LIMIT {_COMMON}) few")
    return bool(connection.execute(first, _asked(terms)).scalar_one() >= _COMMON)


def _terms(query: str) -> list[str]:
    terms = [" ".join(_WORD.findall(phrase or word)) for phrase, word in _TERM.findall(query)]
    return [term for term in terms if term]


def _asked(terms: list[str]) -> dict[str, str]:
    return {"asked": " ".join(f'"{term}"' for term in terms)}


def _scan(terms: list[str]) -> Select[tuple[int]]:
    """Look into every text: for an SQLite without FTS5."""
    reports, copies = schema.reports, schema.copies
    titled = select(reports.c.seq).join(copies, copies.c.seq == reports.c.copy)
    for term in terms:
        like = f"%{term}%"
        titled = titled.where(reports.c.text.ilike(like) | copies.c.title.ilike(like))
    return titled
