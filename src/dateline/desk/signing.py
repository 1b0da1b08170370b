"""Signing in and out: the page, the attempt, the cookie."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from dateline.desk.admission import cookie_name
from dateline.desk.audit import address_of, note
from dateline.desk.core import desk_of
from dateline.desk.person import PERSON, Person, Role
from dateline.desk.settings import Settings
from dateline.store.accounts import SESSION

__all__ = ["router"]

router = APIRouter(include_in_schema=False)

_LONGEST = 1000  # characters of a name or password
_AT_ONCE = BoundedSemaphore(2)  # passwords checked side by side: each takes 64 MiB and a processor
_WRONG = "Name and password don't fit."


@router.get("/login")
def sign_in_page(request: Request, next: str = "/") -> Response:
    """Show where to sign in."""
    if request.scope.get(PERSON) is not None:
        return RedirectResponse(_within(next), 303)
    return _page(request, next)


def _page(
    request: Request, following: str, *, status: int = 200, wrong: str = "", name: str = ""
) -> Response:
    return desk_of(request).show(
        request, "login.html", status=status, following=_within(following), wrong=wrong, typed=name
    )


@router.post("/login")
def sign_in(
    request: Request,
    name: Annotated[str, Form(max_length=_LONGEST)] = "",
    password: Annotated[str, Form(max_length=_LONGEST)] = "",
    next: Annotated[str, Form(max_length=4000)] = "/",
) -> Response:
    """Check a name and password, slower the more often they failed, and begin a session."""
    accounts, address = desk_of(request).store.accounts, address_of(request)
    wait = accounts.pause(name, address)
    if wait:
        minutes = -(-wait // 60)
        page = _page(
            request, next, status=429, wrong=f"Too many attempts; come again in {minutes} min.", name=name
        )
        page.headers["Retry-After"] = str(wait)
        return page
    with _AT_ONCE:
        account = accounts.check(name, password)
    if account is None:
        accounts.note(name.strip().lower(), "session", "sign-in", outcome="failed", address=address)
        return _page(request, next, status=401, wrong=_WRONG, name=name)
    secret = accounts.open_session(account.name)
    note(request, Person(name=account.name, role=Role(account.role), via="session"), "sign-in", "", "in")
    answer = RedirectResponse(_within(next), 303)
    settings: Settings = request.app.state.settings
    answer.set_cookie(
        cookie_name(settings), secret, max_age=int(SESSION.total_seconds()), path="/", httponly=True,
        secure=settings.https or request.url.scheme == "https", samesite="lax",
    )  # fmt: skip
    return answer


@router.post("/logout")
def sign_out(request: Request) -> Response:
    """End the session."""
    person = request.scope.get(PERSON)
    if isinstance(person, Person) and person.session:
        desk_of(request).store.accounts.close_session(person.session)
        note(request, person, "sign-out", "", "out")
    answer = RedirectResponse("/login", 303)
    settings: Settings = request.app.state.settings
    answer.delete_cookie(
        cookie_name(settings), path="/", httponly=True, secure=settings.https, samesite="lax"
    )
    return answer


def _within(following: str) -> str:
    """Give the path to go on to: one of this desk's own, else its first page."""
    parts = urlsplit(following.replace("\\", "/"))
    inside = following.startswith("/") and not following.startswith(("//", "/\\")) and not parts.netloc
    return (
        following if inside and following.isprintable() and parts.path not in ("/login", "/logout") else "/"
    )
