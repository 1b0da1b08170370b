"""Who may come in over the desk, and what each role may do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from dateline.desk.signing import _within
from dateline.store import open_store
from dateline.store.accounts import MOST_FROM
from tests.desk.desks import HOST, HOSTILE, a_store, opened_desk

API = "/api/v1"
PASSWORD = "correct horse battery staple"
ROLES = ("viewer", "analyst", "admin")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A store with an account of each role, named after it."""
    file = a_store(tmp_path)
    with open_store(file) as store:
        for role in ROLES:
            store.accounts.add(role, role, PASSWORD)  # type: ignore[arg-type]
    return file


@pytest.fixture
def desk(file: Path) -> Iterator[TestClient]:
    with opened_desk(file, accounts=True) as client:
        client.follow_redirects = False
        yield client


def token(file: Path, name: str, **options: object) -> dict[str, str]:
    with open_store(file) as store:
        return {"authorization": f"Bearer {store.accounts.issue_token(name, 'test', **options)}"}  # type: ignore[arg-type]


def sign_in(desk: TestClient, name: str, password: str = PASSWORD, following: str = "/") -> object:
    return desk.post(
        "/login", data={"name": name, "password": password, "next": following}, headers={"origin": HOST}
    )


def log(file: Path) -> list[tuple[str, str, str]]:
    with open_store(file) as store:
        return [(line.who, line.action, line.outcome) for line in store.accounts.log()]


def test_whether_it_is_ready_is_told_to_anybody(desk: TestClient) -> None:
    """A proxy or a supervisor has no account, and learns nothing else."""
    answer = desk.get("/healthz")
    assert (answer.status_code, answer.json(), answer.headers["cache-control"]) == (
        200, {"status": "ready"}, "no-store",
    )  # fmt: skip


@pytest.mark.parametrize(
    "path", ["/", "/api/v1/incidents", "/map/marks.json", "/api/v1/openapi.json", "/incidents/x/card"]
)
def test_nobody_unknown_sees_anything(desk: TestClient, path: str) -> None:
    answer = desk.get(path)
    if path.startswith("/api/"):
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
        assert answer.headers["content-type"] == "application/problem+json"
    else:
        assert answer.status_code == 303
        assert answer.headers["location"].startswith("/login?next=%2F")
    assert "Gao" not in answer.text


def test_every_route_needs_somebody(desk: TestClient) -> None:
    """No route is open but those to sign in, and the files that pages load."""
    described = desk.get(f"{API}/openapi.json", headers={"authorization": "Bearer x"})
    assert described.status_code == 401
    opened = [p for p in ("/login", "/static/desk.css") if desk.get(p).status_code == 200]
    assert opened == ["/login", "/static/desk.css"]
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert desk.request(method, "/review/x").status_code == 401


@pytest.mark.parametrize("given", ["Bearer ", "Bearer dlt_guess", "Basic YTpi", "dlt_x", "Bearer \xff"])
def test_tokens_that_are_none(desk: TestClient, given: str) -> None:
    assert (
        desk.get(f"{API}/incidents", headers=[("authorization", given.encode("latin-1"))]).status_code == 401
    )


def test_a_session_begins_and_ends(desk: TestClient, file: Path) -> None:
    answer = sign_in(desk, "Analyst", following="/?type=bombing")
    assert (answer.status_code, answer.headers["location"]) == (303, "/?type=bombing")  # type: ignore[attr-defined]
    cookie = answer.headers["set-cookie"]  # type: ignore[attr-defined]
    assert cookie.startswith("dateline_session=")
    assert "HttpOnly" in cookie
    assert "samesite=lax" in cookie.lower()
    assert "Secure" not in cookie
    page = desk.get("/")
    assert page.status_code == 200
    assert "analyst" in page.text
    assert desk.get(f"{API}/me").json() == {"name": "analyst", "role": "analyst", "via": "session"}
    assert desk.get("/login").headers["location"] == "/"
    before = desk.cookies["dateline_session"]
    assert desk.post("/logout", headers={"origin": HOST}).status_code == 303
    assert desk.get("/").status_code == 303
    assert desk.get(f"{API}/me", headers={"cookie": f"dateline_session={before}"}).status_code == 401
    assert log(file)[:2] == [("analyst", "sign-out", "out"), ("analyst", "sign-in", "in")]


def test_over_https_the_cookie_goes_nowhere_else(file: Path) -> None:
    with opened_desk(file, accounts=True, https=True) as desk:
        desk.follow_redirects = False
        cookie = sign_in(desk, "viewer").headers["set-cookie"]  # type: ignore[attr-defined]
        assert cookie.startswith("__Host-dateline_session=")
        assert "Secure" in cookie
        assert "max-age=31536000" in desk.get("/login").headers["strict-transport-security"]


def test_what_a_wrong_password_tells(desk: TestClient, file: Path) -> None:
    """The same for a name that isn't there, and nothing of what was typed but the name, escaped."""
    wrong, unknown = sign_in(desk, "viewer", "wrong"), sign_in(desk, HOSTILE, "wrong")
    assert wrong.status_code == unknown.status_code == 401  # type: ignore[attr-defined]
    told = [re.sub(r'value="[^"]*"', "", answer.text) for answer in (wrong, unknown)]  # type: ignore[attr-defined]
    assert told[0] == told[1]
    assert "<script>alert" not in unknown.text  # type: ignore[attr-defined]
    assert log(file)[1] == ("viewer", "sign-in", "failed")
    assert "set-cookie" not in wrong.headers  # type: ignore[attr-defined]


def test_guessing_is_slowed_down(desk: TestClient) -> None:
    for _ in range(MOST_FROM):
        assert sign_in(desk, "viewer", "wrong").status_code == 401  # type: ignore[attr-defined]
    refused = sign_in(desk, "viewer")
    assert refused.status_code == 429  # type: ignore[attr-defined]
    assert int(refused.headers["retry-after"]) > 0  # type: ignore[attr-defined]


MERGE = {"kind": "reject", "what": "none-such", "why": "x"}


@pytest.mark.parametrize("role", ROLES)
def test_what_each_role_may(desk: TestClient, file: Path, role: str) -> None:
    """Viewers look, and may have a text read; to change something takes an analyst."""
    headers = token(file, role)
    may = role != "viewer"
    assert desk.get(f"{API}/incidents", headers=headers).status_code == 200
    assert desk.post(f"{API}/read", json={"text": " "}, headers=headers).status_code == 422
    assert desk.post(f"{API}/decisions", json=MERGE, headers=headers).status_code == (404 if may else 403)
    assert desk.post(f"{API}/reports", json={"text": " "}, headers=headers).status_code == (
        422 if may else 403
    )
    assert desk.post("/review/anything", headers=headers).status_code in ((404, 405) if may else (403,))


def test_a_token_of_lesser_role(desk: TestClient, file: Path) -> None:
    headers = token(file, "admin", role="viewer")
    assert desk.get(f"{API}/me", headers=headers).json() == {
        "name": "admin",
        "role": "viewer",
        "via": "token",
    }
    assert desk.post(f"{API}/decisions", json=MERGE, headers=headers).status_code == 403


def test_a_decision_bears_the_name_of_who_made_it(desk: TestClient, file: Path) -> None:
    headers = token(file, "analyst")
    row = desk.get(f"{API}/incidents?country=FJI", headers=headers).json()["items"][0]
    asked = {"kind": "reject", "what": row["id"], "why": "a hoax"}
    made = desk.post(f"{API}/decisions", json=asked, headers=headers)
    assert made.json()["who"] == "analyst"
    assert log(file)[0] == ("analyst", "reject", "kept")


def test_a_page_signs_with_the_account_whatever_the_form_says(desk: TestClient, file: Path) -> None:
    sign_in(desk, "analyst")
    row = desk.get(f"{API}/incidents?country=FJI").json()["items"][0]
    form = {"action": "reject", "what": row["id"], "who": "somebody else", "why": "a hoax", "next": "/review"}
    assert desk.post("/review/decide", data=form, headers={"origin": HOST}).status_code == 303
    (made,) = desk.get(f"{API}/decisions").json()["items"]
    assert (made["kind"], made["who"]) == ("reject", "analyst")
    who, action, outcome = log(file)[0]
    assert (who, action) == ("analyst", "page")
    assert made["id"] in outcome
    assert desk.post("/review/decide", data=form).status_code == 404
    desk.post("/logout")
    sign_in(desk, "viewer")
    assert desk.post("/review/decide", data=form, headers={"origin": HOST}).status_code == 403


def test_another_sites_form_does_nothing_with_a_session(desk: TestClient) -> None:
    sign_in(desk, "analyst")
    foreign = {"origin": "https://evil.example", "content-type": "application/json"}
    assert desk.post(f"{API}/decisions", json=MERGE, headers=foreign).status_code == 403
    assert desk.post("/logout", headers=foreign).status_code == 403
    assert desk.get("/").status_code == 200
    outside = desk.post("/login", data={"name": "admin", "password": PASSWORD}, headers={"origin": "null"})
    assert outside.status_code == 403


@pytest.mark.parametrize(
    ("given", "leads"),
    [
        ("/incidents/x?a=1", "/incidents/x?a=1"), ("//evil.example", "/"), ("/\\evil.example", "/"),
        ("https://evil.example/", "/"), ("javascript:alert(1)", "/"), ("/a\r\nSet-Cookie: x", "/"),
        ("\\\\evil.example", "/"), ("", "/"), ("/login?next=/", "/"), ("/%0d%0aX", "/%0d%0aX"),
    ],
)  # fmt: skip
def test_signing_in_leads_only_within(given: str, leads: str) -> None:
    assert _within(given) == leads
