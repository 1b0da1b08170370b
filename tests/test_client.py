"""The typed client against a desk that listens."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import httpx
import pytest

from dateline.client import Client
from dateline.desk.settings import Limits
from dateline.errors import ApiError
from dateline.record import Incident, Record
from dateline.store import Filter, open_store
from tests.desk.desks import a_store
from tests.desk.serving import serving
from tests.store.tales import tale


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_store(tmp_path_factory.mktemp("client"))


@pytest.fixture(scope="module")
def address(file: Path) -> Iterator[str]:
    with serving(file) as found:
        yield found


@pytest.fixture
def desk(address: str) -> Iterator[Client]:
    with Client(address) as client:
        yield client


def test_it_gives_what_the_store_holds(desk: Client, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over several pages, the very same objects."""
    monkeypatch.setattr("dateline.client._PAGE", 2)
    with open_store(file) as store:
        wanted = Filter(country="MLI")
        assert list(desk.incidents()) == list(store.incidents())
        assert list(desk.incidents(country="Mali")) == list(store.incidents(wanted))
        assert {r.report.id for r in desk.records(country="MLI")} == {
            r.report.id for r in store.records(wanted)
        }
        assert sorted(r.id for r in desk.reports(order="oldest")) == sorted(
            r.report.id for r in store.records()
        )
        assert desk.changes() == (list(store.changed(0)), store.revision())
        incident = next(store.incidents(wanted))
        assert desk.incident(incident.id) == incident
        assert desk.incident_records(incident.id)[0].report.id in incident.reports
        name = incident.reports[0]
        assert desk.report(name) == store.report(name)
        assert desk.record(name) == store.record(name)
        assert list(desk.copies(name)) == []
    assert len(list(desk.figures(killed=9, contested=True))) == 2
    assert len(list(desk.claims())) == 6
    assert {row["type"] for row in desk.events(type="airstrike")} == {"airstrike"}
    assert list(desk.postures(host="Mali")) == []
    assert [hit.excerpt.text[:4] for hit in desk.search("cafe")] == ["Apia"]
    with pytest.raises(ApiError, match="no such incident") as caught:
        desk.incident("none-such")
    assert caught.value.status == 404
    with pytest.raises(ApiError, match="country: no such country"):
        list(desk.incidents(country="Atlantis"))
    with pytest.raises(ApiError, match="killed: "):
        list(desk.incidents(killed=-1))


def test_what_it_does_is_done(tmp_path: Path) -> None:
    """Decisions, additions and exports, on a store of its own; the stream tells of what they changed."""
    file = a_store(tmp_path)
    with serving(file) as address, Client(address) as desk:
        read = desk.read("GAO, Mali - Five people were killed, police said.")
        assert isinstance(read, Record)
        before = len(list(desk.reports()))
        (suva,) = desk.incidents(country="FJI")
        made = desk.correct(suva.id, {"title": "Attack in Suva"}, why="clearer")
        assert desk.incident(suva.id).title == "Attack in Suva"
        desk.undo(made.id, why="a slip")
        desk.reject(suva.id, why="a hoax")
        two = [incident.id for incident in desk.incidents(country="MLI")]
        assert desk.accept(two[0], why="checked").kind == "accept"
        assert desk.undo(desk.keep_apart(*two, why="other days").id, why="a slip").kind == "undo"
        desk.merge(two, why="one fight")
        (one,) = desk.incidents(country="MLI")
        desk.split(one.id, one.reports[:1], why="not so")
        assert [d.kind for d in desk.decisions(in_force=True)] == ["reject", "accept", "merge", "split"]
        assert (
            desk.add("GAO, Mali - Two men were arrested, police said.", published="2013-03-01").outcome
            == "new"
        )
        assert len(list(desk.reports())) == before + 1
        assert desk.export("incidents", "geojson", tmp_path / "out.geojson", country="MLI") > 0
        assert json.loads((tmp_path / "out.geojson").read_text())["features"]
        with pytest.raises(ApiError, match="geojson holds"):
            desk.export("postures", "geojson", tmp_path / "none.geojson")
        assert not list(tmp_path.glob("*none*"))


def test_the_stream_tells_of_what_comes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """First what changed since a revision, then what another process adds meanwhile."""
    monkeypatch.setattr("dateline.desk.api.stream._EVERY", 0.1)
    file = a_store(tmp_path)
    with serving(file) as address, Client(address) as desk, open_store(file) as store:
        every, revision = desk.changes()
        stream = desk.stream(0)
        assert list(islice(stream, len(every))) == every
        store.add(*tale("Bamako", "2013-03-03", 4))
        store.link()
        coming = next(stream)
        assert isinstance(coming, Incident)
        assert (
            coming.title
            == next(store.incidents(Filter(killed=4, until="2013-03-03", since="2013-03-03"))).title
        )
        stream.close()  # type: ignore[attr-defined]
        (new,), later = desk.changes(revision)
        assert new == coming
        assert later > revision


def test_an_account_by_its_token(tmp_path: Path) -> None:
    file = a_store(tmp_path)
    with open_store(file) as store:
        store.accounts.add("amina", "viewer", "correct horse battery")
        token = store.accounts.issue_token("amina", "client")
    with serving(file, accounts=True) as address:
        with Client(address, token=token) as desk:
            assert len(list(desk.incidents())) == 5
            with pytest.raises(ApiError, match="viewer may only look"):
                desk.reject("x", why="x")
        with Client(address) as unknown, pytest.raises(ApiError, match="sign in first"):
            list(unknown.incidents())


def test_a_busy_desk_is_asked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pauses: list[float] = []
    with serving(a_store(tmp_path), limits=Limits(rate=0.5, burst=1)) as address, Client(address) as desk:
        desk.incident("sha256:" + next(desk.incidents()).id[7:])  # the second waits for real
        monkeypatch.setattr("dateline.client.time.sleep", pauses.append)
        with pytest.raises(ApiError, match="too many requests"):
            _ = [list(desk.postures()) for _ in range(3)]
    assert pauses
    assert all(1 <= pause <= 3 for pause in pauses)


def test_a_desk_that_isnt_there() -> None:
    with (
        Client("http://127.0.0.1:9", timeout=2) as desk,
        pytest.raises(ApiError, match="the desk doesn't answer"),
    ):
        list(desk.incidents())


def test_an_answer_of_something_else() -> None:
    """A proxy's page in place of the desk's answer."""
    transport = httpx.MockTransport(lambda _request: httpx.Response(502, text="<h1>Bad gateway</h1>"))
    with (
        Client("http://desk.example", transport=transport) as desk,
        pytest.raises(ApiError, match="the desk answered 502"),
    ):
        list(desk.incidents())
