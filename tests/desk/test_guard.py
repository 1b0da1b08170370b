"""What stands before every route: headers, names, origins, sizes, rates, unchanged answers, problems."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.desk.app import create_app
from dateline.desk.buckets import Buckets, network_of
from dateline.desk.guard import is_known
from dateline.desk.problems import status_of
from dateline.desk.settings import Limits, Settings
from dateline.errors import (
    ConfigError,
    DatelineError,
    FilterError,
    MissingInput,
    NotInStore,
    Purged,
    StoreBusy,
    StoreError,
)
from tests.desk.desks import HOST, a_store, opened_desk


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_store(tmp_path_factory.mktemp("guard"))


@pytest.fixture
def desk(file: Path) -> Iterator[TestClient]:
    with opened_desk(file) as client:
        yield client


@pytest.mark.parametrize("path", ["/", "/nowhere", "/api/v1/nowhere", "/static/desk.css", "/?since=soon"])
def test_every_answer_has_the_headers(desk: TestClient, path: str) -> None:
    """Pages, files, problems: no script of a report's can run in any."""
    headers = desk.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_an_unforeseen_error_has_them_too_and_tells_nothing(file: Path) -> None:
    app = create_app(Settings(db=file))

    @app.get("/api/v1/broken")
    def broken() -> None:
        message = "a secret of ours"
        raise RuntimeError(message)

    with TestClient(app, base_url=HOST) as client:
        answer = client.get("/api/v1/broken")
    assert answer.status_code == 500
    assert answer.json()["title"] == "something went wrong here"
    assert "secret" not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_only_versioned_files_are_kept_for_good(desk: TestClient) -> None:
    """A version in the address of a page doesn't make it a file that anyone may keep."""
    assert "immutable" in desk.get("/static/desk.css?v=1").headers["cache-control"]
    assert desk.get("/?v=1").headers["cache-control"] == "private, no-cache"


def test_problems_come_in_the_shape_asked_for(desk: TestClient) -> None:
    program, person = desk.get("/api/v1/nowhere"), desk.get("/nowhere")
    assert program.status_code == person.status_code == 404
    assert program.headers["content-type"] == "application/problem+json"
    assert program.json() == {"title": "not found", "status": 404}
    assert person.headers["content-type"].startswith("text/html")
    assert "<h1>" in person.text


def test_another_name_is_refused_without_accounts(file: Path, desk: TestClient) -> None:
    """A stranger's name that points to this machine would make the stranger's page ours."""
    assert desk.get("/", headers={"host": "evil.example"}).status_code == 421
    assert desk.get("/", headers={"host": "localhost:9999"}).status_code == 200
    assert desk.get("/", headers={"host": "127.0.0.1"}).status_code == 200
    assert desk.get("/", headers={"host": "[::1]:8300"}).status_code == 200
    with opened_desk(file, names=("desk.example",)) as named:
        assert named.get("/", headers={"host": "desk.example:8300"}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 404),
        ({"origin": HOST}, 404),
        ({"origin": "https://evil.example"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://["}, 403),
        ({"origin": HOST, "sec-fetch-site": "cross-site"}, 403),
        ({"origin": HOST, "sec-fetch-site": "same-site"}, 403),
        ({"origin": "null", "sec-fetch-site": "same-origin"}, 404),
    ],
)
def test_another_sites_page_can_change_nothing(
    desk: TestClient, headers: dict[str, str], status: int
) -> None:
    """Whatever the form: where it was sent from is looked at before any route is."""
    assert desk.post("/api/v1/nowhere", headers=headers).status_code == status


def test_a_large_body_is_refused_by_what_it_says_and_by_what_comes(file: Path) -> None:
    with opened_desk(file, limits=Limits(rate=0, body=1000)) as desk:
        assert desk.post("/api/v1/nowhere", content=b"x" * 1000).status_code == 404
        said = desk.post("/api/v1/nowhere", content=b"x" * 1001)
        came = desk.post("/api/v1/nowhere", content=(b"x" * 600 for _ in range(2)))
        assert said.status_code == came.status_code == 413
        assert said.json()["title"] == "more than 1,000 bytes"


def test_who_asks_too_often_is_told_when_to_come_again(file: Path) -> None:
    with opened_desk(file, limits=Limits(rate=0.1, burst=3)) as desk:
        statuses = [desk.get("/api/v1/nowhere").status_code for _ in range(5)]
        refused = desk.get("/api/v1/nowhere")
        assert statuses == [404, 404, 404, 429, 429]
        assert 1 <= int(refused.headers["retry-after"]) <= 10
        assert desk.get("/static/desk.css").status_code == 200


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    buckets = Buckets(2, 4, clock=lambda: now[0])
    assert [buckets.take("a") for _ in range(5)] == [0, 0, 0, 0, 0.5]
    assert buckets.take("b") == 0
    now[0] = 1.0
    assert [buckets.take("a") > 0 for _ in range(3)] == [False, False, True]
    now[0] = 1000.0
    assert [buckets.take("a") > 0 for _ in range(5)] == [False] * 4 + [True]


def test_addresses_forgotten_are_bounded() -> None:
    buckets = Buckets(1, 1)
    for number in range(12_000):
        buckets.take(f"10.0.{number // 250}.{number % 250}")
    assert len(buckets._held) == 10_000


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::/64"),
        ("2001:db8::ff:2", "2001:db8::/64"),
        ("testclient", "testclient"),
    ],
)
def test_a_network_of_ipv6_is_one_address(address: str, network: str) -> None:
    assert network_of(address) == network


def test_an_unchanged_page_isnt_sent_again(desk: TestClient) -> None:
    first = desk.get("/")
    tag = first.headers["etag"]
    again = desk.get("/", headers={"if-none-match": f'"other", {tag}'})
    assert again.status_code == 304
    assert again.content == b""
    assert "content-length" not in again.headers
    assert desk.get("/?type=bombing").headers["etag"] != tag


def test_answers_are_packed(desk: TestClient) -> None:
    packed = desk.get("/", headers={"accept-encoding": "gzip"})
    plain = desk.get("/", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.text == plain.text
    assert packed.headers["etag"] == plain.headers["etag"]


@pytest.mark.parametrize(
    ("tag", "asked", "known"),
    [
        ('W/"a"', 'W/"a"', True),
        ('W/"a"', '"a"', True),
        ('W/"a"', "*", True),
        ('W/"a"', '"b", "a"', True),
        ('W/"a"', '"ab"', False),
        ('W/"a"', "", False),
    ],
)
def test_tags_are_compared_weakly(tag: str, asked: str, known: bool) -> None:
    assert is_known(tag, asked) is known


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "desk.example", "::"])
def test_beyond_this_machine_it_needs_accounts(tmp_path: Path, host: str) -> None:
    with pytest.raises(ConfigError, match="without accounts the desk opens on this machine only"):
        create_app(Settings(db=tmp_path / "none.db", host=host))
    assert not (tmp_path / "none.db").exists()
    Settings(host=host, accounts=True).check()


@pytest.mark.parametrize("host", ["127.0.0.1", "127.3.2.1", "::1", "[::1]", "localhost"])
def test_this_machine_needs_none(host: str) -> None:
    Settings(host=host).check()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (NotInStore("x"), 404), (Purged("x"), 410), (StoreBusy("x"), 503), (FilterError("x", where="type"), 422),
        (MissingInput("x"), 422), (StoreError("could be several"), 409), (DatelineError("x"), 400),
    ],
)  # fmt: skip
def test_each_error_has_its_status(error: DatelineError, status: int) -> None:
    assert status_of(error) == status
