"""Records under a filter, and which incidents their facts belong to; circles."""

from __future__ import annotations

import math

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.plain_linker import PlainLinker
from benchmarks.synthetic import pairs
from dateline.record import Figure, Span
from dateline.store import Filter, Near, Store, open_store
from tests.store.tales import closure, tale


def _places(store: Store, wanted: Filter) -> list[str]:
    return [record.places[0].name for record in store.records(wanted)]


@pytest.mark.parametrize(
    ("wanted", "places"),
    [
        (Filter(), "Gao Gao Tigantourine Konna Apia Suva"),
        (Filter(country="MLI"), "Gao Gao Konna"),
        (Filter(killed=9), "Gao Gao Tigantourine Konna"),
        (Filter(contested=True), "Gao Gao"),
        (Filter(type="talks"), ""),
        (Filter(since="2013-01-17", until="2013-01-31"), "Konna"),
        (Filter(actor="ansar dine"), "Gao Gao"),
        (Filter(near=Near(16.3, 0.0, 10)), "Gao Gao"),
        (Filter(text="doctor"), "Gao"),
        (Filter(contested=True, text="police"), "Gao"),
        (Filter(text="sarin"), ""),
    ],
)  # fmt: skip
def test_records_follow_the_incidents_that_they_tell(filled: Store, wanted: Filter, places: str) -> None:
    """A report is there when an incident that it tells is, and the words stand in itself."""
    assert sorted(_places(filled, wanted)) == sorted(places.split())


def test_records_come_in_the_order_of_publication(filled: Store) -> None:
    """Whatever the filter."""
    days = [record.report.published for record in filled.records(Filter(text="attack"))]
    assert days == sorted(days, key=str)


def test_words_need_no_incident(store: Store) -> None:
    """A report that tells of none is found by its words, and not by where."""
    report, record = tale()
    store.add(report, msgspec.structs.replace(record, events=(), figures=(), claims=()))
    assert _places(store, Filter(text="gunmen")) == ["Gao"]
    assert _places(store, Filter(country="MLI")) == []


def test_superseded_versions_are_left_out(store: Store) -> None:
    """Unless they are asked for, and a filter is about what counts."""
    store.add(*tale(killed=5, url="https://a.example.org/1", published="2013-01-16"))
    store.add(*tale(killed=7, url="https://a.example.org/1", published="2013-01-17"))
    assert len(list(store.records(Filter(text="attack")))) == 1
    assert len(list(store.records(superseded=True))) == 2


def test_facts_belong_to_the_incident_that_gathers_them(filled: Store) -> None:
    """Event, figure and claim of one attack name it; two reports of one happening name the same."""
    tellings = list(filled.tellings(Filter(country="MLI", killed=9)))
    (gao,) = filled.incidents(Filter(contested=True))
    (konna,) = filled.incidents(Filter(type="airstrike"))
    assert [t.incidents["f1"] for t in tellings] == [(gao.id,), (gao.id,), (konna.id,)]
    for telling in tellings:
        assert set(telling.incidents) == {"e1", "f1", "c1"}
        assert telling.narrowed
        assert telling.asked("f1")


def test_facts_of_other_incidents_are_not_asked_for(store: Store) -> None:
    """A figure that a report gives of something else isn't part of what was asked."""
    report, record = tale(more=" Elsewhere 70 died in a flood.")
    other = Figure(id="f9", measure="killed", span=Span.of(report.text, 0, 2), low=70, high=70)
    store.add(report, msgspec.structs.replace(record, figures=(*record.figures, other)))
    (asked,) = store.tellings(Filter(country="MLI"))
    assert (asked.asked("f1"), asked.asked("f9")) == (True, False)
    (everything,) = store.tellings()
    assert (everything.asked("f9"), everything.incidents.get("f9")) == (True, None)


def test_a_posture_tells_of_an_incident_of_its_own(store: Store) -> None:
    """Facts of reports without figures belong, too."""
    store.add(*closure())
    (telling,) = store.tellings(Filter(type="mission-closure"))
    assert set(telling.incidents) == {"e1", "c1"}


def test_many_reports_come_some_at_a_time(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is fetched at once is bounded, and nothing is lost at the seams."""
    monkeypatch.setattr("dateline.store.telling._TOGETHER", 7)
    monkeypatch.setattr("dateline.store.conditions._TOGETHER", 3)
    rows = list(pairs(0, 50))
    store.add_together(rows)
    assert [t.record for t in store.tellings()] == list(store.records())
    assert {r.report.id for r in store.records(Filter(killed=0))} == {report.id for report, _ in rows}
    found = [i.id for i in store.incidents()]
    assert len(found) == len(set(found)) == store.counts()["incidents"] > 6
    assert [i.id for i in store.incidents(limit=5)] == found[:5]


def _kilometres(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Measure along the great circle by the angle between two vectors."""
    (one, two) = (
        (math.cos(math.radians(lat)) * math.cos(math.radians(lon)),
         math.cos(math.radians(lat)) * math.sin(math.radians(lon)),
         math.sin(math.radians(lat)))
        for lat, lon in (a, b)
    )  # fmt: skip
    cross = math.dist(one, two)
    return 2 * 6371.0 * math.asin(min(1.0, cross / 2))


@pytest.fixture(scope="module")
def gao(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """A store with one attack in Gao and one in Suva."""
    made = open_store(tmp_path_factory.mktemp("near") / "store.db", linker=PlainLinker())
    made.add(*tale())
    made.add(*tale("Suva"))
    made.link()
    return made


@given(lat=st.floats(-90, 90), lon=st.floats(-180, 180), km=st.floats(0, 20100))
def test_a_circle_holds_what_lies_within(gao: Store, lat: float, lon: float, km: float) -> None:
    """Over the date line, around a pole, and at the far side of the world."""
    near = {i.where.name for i in gao.incidents(Filter(near=Near(lat, lon, km))) if i.where}
    for name, at in (("Gao", (16.27, -0.04)), ("Suva", (-18.14, 178.44))):
        away = _kilometres((lat, lon), at)
        if abs(away - km) > 0.01:
            assert (name in near) == (away < km), (name, away)


def test_a_circle_without_mathematics_in_sqlite(gao: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build of SQLite that lacks sines gets them."""
    from dateline.store import base

    with gao._base.reading() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        for name in ("sin", "cos", "radians"):
            made = base._or_null(getattr(math, name))
            raw.create_function(name, 1, made)  # type: ignore[attr-defined]
            assert connection.exec_driver_sql(f"SELECT {name}(NULL)").scalar() is None
            assert connection.exec_driver_sql(f"SELECT {name}(1.5)").scalar() == getattr(math, name)(1.5)
