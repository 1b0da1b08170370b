"""Who comes in: each request is known by a token or a session, and may look or change as its role says."""

from __future__ import annotations

from functools import partial
from urllib.parse import quote

import anyio.to_thread
from starlette.datastructures import Headers
from starlette.requests import cookie_parser
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.desk.guard import SAFE
from dateline.desk.person import PERSON, Person, Role
from dateline.desk.problems import API, refuse
from dateline.desk.settings import Settings
from dateline.store.accounts import Accounts
from dateline.store.deciding import user_name

__all__ = ["COOKIE", "Admission", "cookie_name"]

COOKIE = "dateline_session"
_OPEN = ("/static/", "/assets/", "/login", "/logout", "/healthz")  # what anybody may ask for
_FOR_VIEWERS = (
    "/api/v1/read",
    "/add",
    "/changes/seen",
    "/logout",
)  # sent, and yet changes nothing that is kept
_NOTED_THERE = ("/api/", "/login", "/logout")  # whose routes write in the log themselves
_BEARER = "bearer "


def cookie_name(settings: Settings) -> str:
    """Name the cookie; over HTTPS browsers take it from this very host only (__Host-)."""
    return f"__Host-{COOKIE}" if settings.https else COOKIE


class Admission:
    """Finds who asks, and refuses who may not; without accounts it is whoever runs the desk."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self._machine = Person(name=user_name(), role=Role.ADMIN)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with who asks, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if not self.settings.accounts:
            scope[PERSON] = self._machine
            await self.app(scope, receive, send)
            return
        accounts = scope["app"].state.desk.store.accounts
        person = await anyio.to_thread.run_sync(self._known, Headers(scope=scope), accounts)
        scope[PERSON] = person
        if person is None and not scope["path"].startswith(_OPEN):
            await self._to_sign_in(scope, receive, send)
        elif person is not None and not _may(person, scope):
            hint = "ask an administrator of the desk"
            await refuse(scope, receive, send, 403, f"{person.role} may only look", hint=hint)
        elif person is not None and _is_noted(scope):
            await self._noted(person, accounts, scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _noted(
        self, person: Person, accounts: Accounts, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Pass on what is sent from a page, and write in the log what came of it."""
        outcome = ""

        async def seen(message: Message) -> None:
            nonlocal outcome
            if message["type"] == "http.response.start":
                outcome = f"{message['status']} {Headers(raw=message['headers']).get('location', '')}".strip()
            await send(message)

        await self.app(scope, receive, seen)
        address = (scope.get("client") or ("", 0))[0]
        note = partial(
            accounts.note,
            person.name,
            person.via,
            "page",
            what=scope["path"],
            outcome=outcome,
            address=address,
        )
        await anyio.to_thread.run_sync(note)

    def _known(self, headers: Headers, accounts: Accounts) -> Person | None:
        given = headers.get("authorization", "")
        if given:
            if not given.lower().startswith(_BEARER):
                return None
            account, via, secret = accounts.token(given[len(_BEARER) :].strip()), "token", None
        else:
            secret = cookie_parser(headers.get("cookie", "")).get(cookie_name(self.settings))
            account, via = (accounts.session(secret) if secret else None), "session"
        if account is None:
            return None
        role = Role(account.role)
        if via == "token":
            return Person(name=account.name, role=role, via="token")
        return Person(name=account.name, role=role, via="session", session=secret)

    async def _to_sign_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send people to where they sign in, and tell programs that nobody known asks."""
        if scope["path"].startswith(API) or scope["method"] != "GET":
            headers = {"WWW-Authenticate": 'Bearer realm="dateline"'}
            await refuse(scope, receive, send, 401, "sign in first", headers=headers)
            return
        asked = scope["path"] + (
            "?" + scope["query_string"].decode("latin-1") if scope["query_string"] else ""
        )
        await RedirectResponse("/login?next=" + quote(asked, safe=""), 303)(scope, receive, send)


def _may(person: Person, scope: Scope) -> bool:
    """Tell whether a role may: viewers look, analysts change too."""
    looks = scope["method"] in SAFE or scope["path"] in _FOR_VIEWERS
    return person.role.may(Role.VIEWER if looks else Role.ANALYST)


def _is_noted(scope: Scope) -> bool:
    """Tell whether something is sent from a page that may change what is kept."""
    path = scope["path"]
    return scope["method"] not in SAFE and path not in _FOR_VIEWERS and not path.startswith(_NOTED_THERE)
