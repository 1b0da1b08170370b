"""What stands before every route: headers, host and origin, size and rate of requests, unchanged answers.

Plain ASGI, so that a stream passes through as it comes.
"""

from __future__ import annotations

import logging
from hashlib import blake2b

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dateline.desk.buckets import Buckets
from dateline.desk.problems import refuse
from dateline.desk.settings import LOCAL_NAMES, Settings

__all__ = ["POLICY", "SAFE", "BodyLimit", "RateLimit", "SafeHeaders", "SameSite", "Unchanged", "is_known"]

_log = logging.getLogger("dateline.desk")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer browsers send `Origin: null` from our own forms
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_HSTS = "max-age=31536000"
_FOR_GOOD = "public, max-age=31536000, immutable"
_FILES = ("/static/", "/assets/")
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_TAGGED = ("text/html", "application/json", "application/schema+json", "application/openapi+json")


class SafeHeaders:
    """Puts the headers on every answer that keep hostile text from acting, and says what may be kept.

    What no handler foresaw is answered here too: the traceback goes to the log, never to who asked.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and dress its answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        begun = False

        async def dressed(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._dress(MutableHeaders(scope=message), scope, message["status"])
            await send(message)

        try:
            await self.app(scope, receive, dressed)
        except Exception:
            _log.exception("%s %s failed", scope["method"], scope["path"])
            if begun:
                raise
            await refuse(scope, receive, dressed, 500, "something went wrong here", hint="the log says what")

    def _dress(self, headers: MutableHeaders, scope: Scope, status: int) -> None:
        headers.update(_HEADERS)
        if self.settings.https:
            headers["Strict-Transport-Security"] = _HSTS
        versioned = scope["query_string"].startswith(b"v=") and scope["path"].startswith(_FILES)
        if versioned and status == 200:
            headers["Cache-Control"] = _FOR_GOOD
        else:
            headers.setdefault("Cache-Control", "private, no-cache")


class SameSite:
    """Refuses what another site's page has sent, and names that aren't the desk's.

    A browser says with a request that changes something where it comes from (Origin, Sec-Fetch-Site);
    no page can forge that, and no form can forget it. Without accounts a name of somebody else's that
    points to this machine (DNS rebinding) would make that page ours, so the name is looked at too.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._names = None if settings.accounts else {*LOCAL_NAMES, settings.host, *settings.names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        if self._names is not None and _name_of(headers.get("host", "")) not in self._names:
            await refuse(scope, receive, send, 421, "the desk isn't known under this name")
        elif scope["method"] not in SAFE and _is_foreign(headers):
            await refuse(scope, receive, send, 403, "sent by a page of another site")
        else:
            await self.app(scope, receive, send)


def _name_of(host: str) -> str:
    """Give the name of a Host header without its port."""
    name, colon, port = host.rpartition(":")
    return (name if colon and port.isdecimal() else host).lower()


def _is_foreign(headers: Headers) -> bool:
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None:
        return site not in ("same-origin", "none")
    return origin is not None and origin.partition("://")[2].lower() != headers.get("host", "").lower()


class BodyLimit:
    """Refuses a body that is too large, by what it says it has or by what came."""

    def __init__(self, app: ASGIApp, most: int) -> None:
        """`most` in bytes."""
        self.app, self.most = app, most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http" or scope["method"] in SAFE:
            await self.app(scope, receive, send)
            return
        said = Headers(scope=scope).get("content-length", "0")
        if not said.isdecimal() or int(said) > self.most:
            await self._refuse(scope, receive, send)
            return
        body = bytearray()
        while True:
            message = await receive()
            if message["type"] != "http.request":
                return
            body += message.get("body", b"")
            if len(body) > self.most:
                await self._refuse(scope, receive, send)
                return
            if not message.get("more_body", False):
                break
        await self.app(scope, _replayed(bytes(body), receive), send)

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        await refuse(scope, receive, send, 413, f"more than {self.most:,} bytes")


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Give the body again that was taken in, then what comes after it."""
    pending: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> Message:
        return pending.pop() if pending else await receive()

    return again


class RateLimit:
    """Refuses an address that asks too often, and says when to come again."""

    def __init__(self, app: ASGIApp, buckets: Buckets) -> None:
        self.app, self.buckets = app, buckets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it; our own scripts and styles don't count."""
        if scope["type"] != "http" or scope["path"].startswith(_FILES):
            await self.app(scope, receive, send)
            return
        wait = self.buckets.take((scope.get("client") or ("", 0))[0])
        if wait > 0:
            again = {"Retry-After": str(max(1, round(wait)))}
            await refuse(scope, receive, send, 429, "too many requests", headers=again)
        else:
            await self.app(scope, receive, send)


class Unchanged:
    """Gives pages and JSON a tag of their content, and answers 304 to whoever has it already.

    Stands within the packing of answers: the tag is of what is said, not of how it is packed.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and tag its answer."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        asked = Headers(scope=scope).get("if-none-match", "")
        start: Message | None = None

        async def tagged(message: Message) -> None:
            nonlocal start
            if message["type"] == "http.response.start":
                headers = Headers(raw=message["headers"])
                kind = headers.get("content-type", "").split(";")[0]
                if message["status"] == 200 and kind in _TAGGED and "etag" not in headers:
                    start = message  # held back until the body is seen
                    return
            elif start is not None:
                begun, start = start, None
                if not message.get("more_body", False):
                    await self._answer(begun, message, asked, send)
                    return
                await send(begun)
            await send(message)

        await self.app(scope, receive, tagged)

    async def _answer(self, start: Message, body: Message, asked: str, send: Send) -> None:
        tag = f'W/"{blake2b(body.get("body", b""), digest_size=12).hexdigest()}"'
        headers = MutableHeaders(scope=start)
        headers["ETag"] = tag
        if is_known(tag, asked):
            start["status"] = 304
            del headers["content-length"], headers["content-type"]
            body = {"type": "http.response.body", "body": b""}
        await send(start)
        await send(body)


def is_known(tag: str, asked: str) -> bool:
    """Tell whether an If-None-Match names a tag, weakly compared (RFC 9110, 13.1.2)."""
    bare = tag.removeprefix("W/")
    return asked.strip() == "*" or any(one.strip().removeprefix("W/") == bare for one in asked.split(","))
