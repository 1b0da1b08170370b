"""The API's resources: lists with filters and pages, single things, tags, problems, files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from fastapi.testclient import TestClient

from dateline.errors import StoreBusy
from dateline.exports.formats import FORMATS, WHATS
from dateline.record import Incident, Record, Report
from dateline.store import Decision, Store, open_store
from tests.desk.desks import HOSTILE, a_store, opened_desk

API = "/api/v1"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_store(tmp_path_factory.mktemp("api"))


@pytest.fixture(scope="module")
def desk(file: Path) -> Iterator[TestClient]:
    with opened_desk(file) as client:
        yield client


def walked(desk: TestClient, path: str, limit: int) -> list[dict[str, object]]:
    """Follow `next` to the end."""
    rows: list[dict[str, object]] = []
    asked: dict[str, str | int] = {"limit": limit}
    while True:
        answer = desk.get(API + path, params=asked)
        assert answer.status_code == 200, answer.text
        rows += answer.json()["items"]
        assert len(answer.json()["items"]) <= limit
        if answer.json()["next"] is None:
            assert "link" not in answer.headers
            return rows
        assert 'rel="next"' in answer.headers["link"]
        asked["cursor"] = answer.json()["next"]


@pytest.mark.parametrize("path", ["/incidents", "/reports", "/records", "/events", "/figures", "/claims"])
def test_pages_together_are_the_whole_list(desk: TestClient, path: str) -> None:
    """No row twice, none left out, in one order, whatever the size of the pages."""
    whole = walked(desk, path, 200)
    assert len(whole) >= 5
    for limit in (1, 2, 5):
        assert walked(desk, path, limit) == whole


def test_incidents_are_those_of_the_store_byte_for_byte(desk: TestClient, file: Path) -> None:
    with open_store(file) as store:
        kept = [incident.to_json() for incident in store.incidents()]
    assert desk.get(f"{API}/incidents").text == '{"items":[' + ",".join(kept) + '],"next":null}'


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ({"country": "MLI"}, {"airstrike in Konna", "bombing in Gao"}),
        ({"country": "Mali", "killed": 10}, {"airstrike in Konna"}),
        ({"type": "abduction"}, {"abduction in Tigantourine"}),
        ({"place": "16.27,-0.04", "radius": 50}, {"bombing in Gao"}),
        ({"contested": "true"}, {"bombing in Gao"}),
        ({"contested": "false", "since": "2013-02-01"}, {"bombing in Suva", "bombing in Apia"}),
        ({"actor": "french", "until": "2013-01-31"}, {"airstrike in Konna"}),
        ({"text": "cafe quay"}, {"bombing in Apia"}),
        ({"killed": 1000}, set()),
    ],
)
def test_filters_are_those_of_the_command_line(
    desk: TestClient, asked: dict[str, str], titles: set[str]
) -> None:
    found = desk.get(f"{API}/incidents", params=asked).json()["items"]
    assert {row["title"] for row in found} == titles


@pytest.mark.parametrize(
    ("path", "asked", "where"),
    [
        ("/incidents", "contry=MLI", "contry"),
        ("/incidents", "country=MLI&country=FJI", "country"),
        ("/incidents", "country=Atlantis", "country"),
        ("/incidents", "type=bombin", "type"),
        ("/incidents", "since=soon", "since"),
        ("/incidents", "radius=5", "radius"),
        ("/incidents", "since=2013-02-01&until=2013-01-01", "since"),
        ("/incidents", "cursor=bm9uc2Vuc2U", "cursor"),
        ("/incidents", "cursor=%C3%A9", "cursor"),
        ("/reports", "cursor=WyJ4Il0", "cursor"),
        ("/postures", "host=Atlantis", "host"),
        ("/me", "x=1", "x"),
    ],
)
def test_what_cant_be_asked_names_the_parameter(desk: TestClient, path: str, asked: str, where: str) -> None:
    """A slip in a name would else be answered with everything."""
    answer = desk.get(f"{API}{path}?{asked}")
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["where"] == where


@pytest.mark.parametrize("asked", ["limit=0", "limit=201", "limit=x", "killed=-1", "contested=perhaps"])
def test_values_out_of_bounds_are_listed(desk: TestClient, asked: str) -> None:
    answer = desk.get(f"{API}/incidents?{asked}")
    assert answer.status_code == 422
    assert [error["where"] for error in answer.json()["errors"]] == [asked.split("=", maxsplit=1)[0]]


def test_single_things(desk: TestClient) -> None:
    row = desk.get(f"{API}/incidents?country=DZA").json()["items"][0]
    name = row["id"].replace("#", "%23")
    assert (
        msgspec.json.decode(desk.get(f"{API}/incidents/{name}").content, type=Incident).totals["killed"].best
        == 37
    )
    (record,) = desk.get(f"{API}/incidents/{name}/records").json()["items"]
    report = row["reports"][0]
    assert desk.get(f"{API}/reports/{report}/record").json() == record
    assert msgspec.json.decode(desk.get(f"{API}/reports/{report[:16]}").content, type=Report).id == report
    assert msgspec.json.decode(desk.get(f"{API}/reports/{report}/record").content, type=Record).events
    assert desk.get(f"{API}/reports/{report}/copies").json() == {"items": [], "next": None}
    assert [r["id"] for r in desk.get(f"{API}/reports?url=https://wire.example/siege").json()["items"]] == [
        report
    ]


@pytest.mark.parametrize(
    "path",
    ["/incidents/none-such", "/reports/sha256:000000", "/reports/000000/record", "/decisions/d-00", "/none"],
)
def test_what_isnt_there_is_404(desk: TestClient, path: str) -> None:
    answer = desk.get(API + path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_unchanged_answer_isnt_made_again(desk: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tag is of the store's state: nothing is looked up for whoever has the answer."""
    first = desk.get(f"{API}/incidents?country=MLI")
    assert desk.get(f"{API}/incidents?country=FJI").headers["etag"] != first.headers["etag"]

    def never(*_: object, **__: object) -> None:
        raise AssertionError

    monkeypatch.setattr("dateline.store.paging.Paging.incidents", never)
    again = desk.get(f"{API}/incidents?country=MLI", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""


def test_search_tells_where_the_words_stand(desk: TestClient) -> None:
    (hit,) = desk.get(f"{API}/search", params={"q": "burned quay"}).json()["items"]
    text = desk.get(f"{API}/reports/{hit['report']}").json()["text"]
    span = hit["excerpt"]
    assert text[span["start"] : span["end"]] == span["text"]
    assert "burned" in span["text"]
    assert len(hit["incidents"]) == 1
    assert (
        desk.get(f"{API}/search", params={"q": "attack", "country": "FJI"}).json()["items"][0]["title"]
        == HOSTILE
    )
    assert desk.get(f"{API}/search", params={"q": "sarin"}).json()["items"] == []
    assert desk.get(f"{API}/search", params={"q": "'; --"}).status_code == 200


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_comes_as_a_file(desk: TestClient, form: str) -> None:
    for what in FORMATS[form].takes:
        answer = desk.get(f"{API}/export/{what}", params={"format": form, "country": "MLI"})
        if form == "cap":  # one alert holds one incident's event, or says that there are more
            assert answer.status_code in (200, 422)
            continue
        assert answer.status_code == 200, answer.text
        assert answer.headers["content-disposition"].startswith(f'attachment; filename="dateline-{what}.')
        assert answer.content or what == "postures"


def test_an_export_that_no_format_holds_is_a_problem(desk: TestClient) -> None:
    answer = desk.get(f"{API}/export/postures?format=geojson")
    assert answer.status_code == 422
    assert "geojson holds" in answer.json()["title"]
    assert desk.get(f"{API}/export/everything").status_code == 422
    listed = desk.get(f"{API}/export").json()["items"]
    assert {row["name"] for row in listed} == set(FORMATS)
    assert {what for row in listed for what in row["takes"]} == set(WHATS)


def test_its_description_holds_the_records_schema(desk: TestClient) -> None:
    told = desk.get(f"{API}/openapi.json").json()
    schemas = told["components"]["schemas"]
    assert told["openapi"].startswith("3.1")
    assert "bombing" in schemas["Event"]["properties"]["type"]["enum"]
    assert schemas["IncidentPage"]["properties"]["items"]["items"] == {
        "$ref": "#/components/schemas/Incident"
    }
    names = {p["name"] for p in told["paths"][f"{API}/incidents"]["get"]["parameters"]}
    assert {
        "country",
        "place",
        "radius",
        "type",
        "since",
        "until",
        "actor",
        "killed",
        "contested",
        "text",
    } < names
    refs = set(_refs(told))
    assert refs <= {f"#/components/schemas/{name}" for name in schemas}
    assert all(
        "ETag" in _get(told, path)["responses"]["200"]["headers"] for path in ("/incidents", "/reports")
    )


def _get(told: dict[str, object], path: str) -> dict[str, dict[str, dict[str, object]]]:
    return told["paths"][API + path]["get"]  # type: ignore[index, no-any-return]


def _refs(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for part in value.values():
            yield from _refs(part)
    elif isinstance(value, list):
        for part in value:
            yield from _refs(part)


# What changes something, each on a store of its own.


@pytest.fixture
def own(tmp_path: Path) -> Iterator[TestClient]:
    with opened_desk(a_store(tmp_path)) as client:
        yield client


def decide(desk: TestClient, **asked: object) -> Decision:
    answer = desk.post(f"{API}/decisions", json=asked)
    assert answer.status_code == 201, answer.text
    assert desk.get(answer.headers["location"]).json() == answer.json()
    return msgspec.json.decode(answer.content, type=Decision)


def ids(desk: TestClient, **asked: str) -> list[str]:
    return [row["id"] for row in desk.get(f"{API}/incidents", params=asked).json()["items"]]


def test_merge_split_and_undo(own: TestClient) -> None:
    two = ids(own, country="MLI")
    made = decide(own, kind="merge", incidents=two, why="the same day's fighting")
    (one,) = ids(own, country="MLI")
    told = own.get(f"{API}/incidents/{one.replace('#', '%23')}").json()
    assert len(told["reports"]) == 3
    decide(own, kind="split", incident=one, reports=told["reports"][:1], why="not so")
    decide(own, kind="undo", decision=made.id, why="a slip")
    assert len(walked(own, "/decisions", 1)) == 3
    assert {row["kind"] for row in own.get(f"{API}/decisions?in_force=true").json()["items"]} == {"split"}


def test_a_decision_is_kept_though_another_process_links(
    own: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else it would be asked for again, and stand there twice."""
    (suva,) = ids(own, country="FJI")

    def busy(_store: Store) -> int:
        message = "another process holds it"
        raise StoreBusy(message)

    monkeypatch.setattr(Store, "link", busy)
    made = own.post(f"{API}/decisions", json={"kind": "accept", "what": suva, "why": "checked"})
    assert made.status_code == 201
    assert [row["id"] for row in own.get(f"{API}/decisions").json()["items"]] == [made.json()["id"]]


def test_correct_and_reject(own: TestClient) -> None:
    (suva,) = ids(own, country="FJI")
    report = own.get(f"{API}/incidents?country=FJI").json()["items"][0]["reports"][0]
    made = decide(
        own, kind="correct", what=f"{report}#f1", changes={"low": 7, "high": 7}, why="read it again"
    )
    assert made.who
    assert own.get(f"{API}/incidents?country=FJI").json()["items"][0]["totals"]["killed"]["best"] == 7
    assert own.get(f"{API}/reports/{report}/record?corrected=false").json()["figures"][0]["low"] == 1
    decide(own, kind="correct", what=suva, changes={"title": "Attack in Suva"}, why="clearer")
    assert own.get(f"{API}/incidents?country=FJI").json()["items"][0]["title"] == "Attack in Suva"
    decide(own, kind="reject", what=suva, why="a hoax")
    assert ids(own, country="FJI") == []


@pytest.mark.parametrize(
    "asked",
    [
        {"kind": "merge", "incidents": ["one"], "why": "x"},
        {"kind": "merge", "incidents": ["SUVA", "SUVA"], "why": "x"},
        {"kind": "correct", "what": "SUVA", "changes": {"title": 5}, "why": "x"},
        {"kind": "correct", "what": "SUVA", "changes": {"title": None}, "why": "x"},
        {"kind": "correct", "what": "SUVA", "changes": {"start": "soon"}, "why": "x"},
        {"kind": "correct", "what": "SUVA", "changes": {"country": "Fiji"}, "why": "x"},
        {"kind": "correct", "what": "SUVA", "changes": {"id": "other"}, "why": "x"},
        {"kind": "correct", "what": "REPORT#e1", "changes": {"start": "soon"}, "why": "x"},
        {"kind": "correct", "what": "REPORT#e1", "changes": {"type": "picnic"}, "why": "x"},
        {"kind": "correct", "what": "REPORT#f1", "changes": {"low": -1}, "why": "x"},
        {"kind": "correct", "what": "REPORT#f1", "changes": {"low": "many"}, "why": "x"},
        {"kind": "correct", "what": "REPORT#p1", "changes": {"lat": 91}, "why": "x"},
        {"kind": "correct", "what": "REPORT#f1", "changes": {}, "why": "x"},
        {"kind": "reject", "what": "SUVA", "why": "  "},
        {"kind": "reject", "what": "SUVA"},
        {"kind": "reject", "what": "SUVA", "why": "x", "who": "somebody else"},
        {"kind": "decree", "why": "x"},
        ["no object"],
    ],
)
def test_decisions_that_cant_be_made_leave_nothing(own: TestClient, asked: object) -> None:
    (suva,) = ids(own, country="FJI")
    report = own.get(f"{API}/incidents?country=FJI").json()["items"][0]["reports"][0]
    sent = json.dumps(asked).replace("SUVA", suva).replace("REPORT", report)
    before = own.get(f"{API}/incidents").text
    answer = own.post(f"{API}/decisions", content=sent, headers={"content-type": "application/json"})
    assert answer.status_code == 422, answer.text
    assert own.get(f"{API}/incidents").text == before
    assert own.get(f"{API}/decisions").json()["items"] == []


@pytest.mark.parametrize(
    ("sent", "kind", "status"),
    [(b"{", "application/json", 422), (b"\xff", "application/json", 422), (b"[" * 100_000, "application/json", 422),
     (b"{}", "text/plain", 415), (b"a=b", "application/x-www-form-urlencoded", 415)],
)  # fmt: skip
def test_bodies_that_are_none(desk: TestClient, sent: bytes, kind: str, status: int) -> None:
    for path in ("/decisions", "/reports", "/read"):
        answer = desk.post(API + path, content=sent, headers={"content-type": kind})
        assert answer.status_code == status
        assert answer.headers["content-type"] == "application/problem+json"


TEXT = "GAO, Mali - Five people were killed in a bombing in Gao on Thursday, police said."


def test_reading_keeps_nothing(own: TestClient) -> None:
    before = own.get(f"{API}/reports").text
    answer = own.post(f"{API}/read", json={"text": TEXT, "published": "2013-03-01"})
    record = msgspec.json.decode(answer.content, type=Record)
    assert record.report.text == TEXT
    assert record.figures
    assert own.get(f"{API}/reports").text == before


def test_adding_keeps_and_links(own: TestClient) -> None:
    asked = {"text": TEXT, "published": "2013-03-01", "publisher": HOSTILE}
    first, again = (own.post(f"{API}/reports", json=asked) for _ in range(2))
    assert (first.status_code, first.json()["outcome"]) == (201, "new")
    assert (again.status_code, again.json()["outcome"]) == (200, "known")
    assert own.get(first.headers["location"]).json()["publisher"] == HOSTILE
    assert first.json()["incidents"]
    assert set(first.json()["incidents"]) <= set(ids(own, country="MLI"))


def test_a_page_that_ends_within_a_report_goes_on_in_its_midst(own: TestClient) -> None:
    """Pages of facts are cut by rows, not by reports."""
    text = f"{TEXT} Seven others were wounded, a doctor said. Soldiers arrested two men, the army said."
    own.post(f"{API}/reports", json={"text": text, "published": "2013-03-01"})
    whole = walked(own, "/claims", 200)
    mine = [row for row in whole if row["report"] == whole[0]["report"]]
    assert len(mine) >= 3
    for limit in (1, 2):
        assert walked(own, "/claims", limit) == whole
    oldest = own.get(f"{API}/claims", params={"order": "oldest", "limit": 200}).json()["items"]
    assert oldest[-len(mine) :] == mine


@pytest.mark.parametrize("asked", [{"text": "  "}, {"text": "x", "published": "soon"}, {"text": ""}, {}])
def test_what_cant_be_read_says_why(own: TestClient, asked: dict[str, str]) -> None:
    for path in ("/read", "/reports"):
        answer = own.post(API + path, json=asked)
        assert answer.status_code in (400, 422)
        assert answer.json()["title"]
