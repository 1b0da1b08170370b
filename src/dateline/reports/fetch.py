"""Fetch an address within bounds: the one module here that opens a socket.

Only http and https; so many bytes, so many seconds in all, so many redirects.
An address that somebody typed may be anywhere; one that was found in data (a
link, a redirect) may not lead to a private network, so that a feed can't make
this machine ask its neighbours.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpcore
import httpx

from dateline.errors import BrokenFile, FetchError, InputError
from dateline.reports.bounded import inflate
from dateline.reports.polite import Politeness

__all__ = ["AGENT", "Fetched", "Fetcher", "Limits"]

AGENT = f"Dateline/{version('dateline')}"
_SCHEMES = ("http", "https")
_REDIRECTS = (301, 302, 303, 307, 308)
_GONE = (400, 401, 402, 403, 404, 405, 406, 410, 414, 451)  # asking again gives the same answer
_NOT_MODIFIED, _TOO_MANY, _UNAVAILABLE = 304, 429, 503
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w:.-]{2,40})", re.IGNORECASE)
_ACCEPT = (
    "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.5"
)
_LONGEST_PAUSE = 86_400.0  # seconds; a server that asks for more is asked again after a day


@dataclass(frozen=True, kw_only=True)
class Limits:
    """What one fetch may take: bytes (inflated ones too), seconds in all, seconds of silence, redirects."""

    bytes: int = 32 * 2**20
    seconds: float = 60.0
    silence: float = 20.0
    redirects: int = 5


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """What came: from which address in the end, when, what the server says of it; `same`: not modified."""

    address: str
    data: bytes
    at: datetime
    media: str | None = None
    charset: str | None = None
    etag: str | None = None
    modified: str | None = None
    same: bool = False


class Fetcher:
    """Fetches addresses; threads may share one. Close it, or use it as a context manager."""

    def __init__(
        self, *, limits: Limits | None = None, politeness: Politeness | None = None, agent: str = AGENT
    ) -> None:
        self.limits, self.agent = limits or Limits(), agent
        self.politeness = politeness or Politeness(agent=agent)
        self._named: set[str] = set()
        self._call = threading.local()
        headers = {"User-Agent": agent, "Accept": _ACCEPT, "Accept-Encoding": "gzip, deflate"}
        transport = _transport(_Guard(self._call, self._named))
        self._client = httpx.Client(headers=headers, transport=transport, follow_redirects=False)

    def close(self) -> None:
        """Close every connection."""
        self._client.close()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(
        self, address: str, *, named: bool = False, etag: str | None = None, modified: str | None = None
    ) -> Fetched:
        """Fetch an address, following redirects; `etag` and `modified` ask only for what is newer.

        `named` says that a person named it. Raises FetchError, TooLarge or BrokenFile.
        """
        if named:
            self._named.add(_host(address))
        self._call.until = time.monotonic() + self.limits.seconds
        conditions = {"If-None-Match": etag, "If-Modified-Since": modified}
        asked = {name: value for name, value in conditions.items() if value}
        return self._through_redirects(address, asked)

    def follow(self, address: str, *, etag: str | None = None, modified: str | None = None) -> Fetched:
        """Fetch an address that was found in data: as its host's robots.txt allows, and in its turn."""
        self.politeness.allow(address, lambda robots: self.get(robots).data)
        return self.get(address, etag=etag, modified=modified)

    def _through_redirects(self, address: str, conditions: Mapping[str, str]) -> Fetched:
        passed: list[str] = []
        while True:
            if _scheme(address) not in _SCHEMES or not _host(address):
                raise FetchError("only http and https are fetched", where=address[:200], final=True)
            if address in passed:
                raise FetchError("redirects in a circle", where=passed[0])
            if len(passed) > self.limits.redirects:
                raise FetchError(f"more than {self.limits.redirects} redirects", where=passed[0])
            passed.append(address)
            found = self._ask(address, conditions)
            if isinstance(found, Fetched):
                return found
            address = urljoin(address, found)

    def _ask(self, address: str, conditions: Mapping[str, str]) -> Fetched | str:
        """Ask once: give what came, or where it has moved."""
        try:
            with self._client.stream(
                "GET", address, headers=dict(conditions), timeout=self.limits.silence
            ) as response:
                return self._answer(address, response)
        except InputError:
            raise
        except (httpx.TimeoutException, httpcore.TimeoutException) as error:
            raise FetchError("no answer in time", where=address) from error
        except (httpx.InvalidURL, UnicodeError, ValueError) as error:
            raise FetchError(f"no address: {error}"[:200], where=address[:200], final=True) from error
        except (httpx.HTTPError, httpcore.NetworkError, httpcore.ProtocolError, OSError) as error:
            raise FetchError(_reason(error), where=address) from error

    def _answer(self, address: str, response: httpx.Response) -> Fetched | str:
        status, headers = response.status_code, response.headers
        if status in _REDIRECTS and headers.get("location"):
            return str(headers["location"])
        if status != _NOT_MODIFIED and not response.is_success:
            raise FetchError(
                f"the server answers {status}", where=address, status=status, final=status in _GONE,
                after=_pause(headers.get("retry-after")),
            )  # fmt: skip
        said = headers.get("content-type", "")
        charset = _CHARSET.search(said)
        return Fetched(
            address=address, data=b"" if status == _NOT_MODIFIED else self._body(address, response),
            at=datetime.now(UTC), media=said.partition(";")[0].strip().lower() or None,
            charset=charset[1] if charset else None, etag=headers.get("etag"),
            modified=headers.get("last-modified"), same=status == _NOT_MODIFIED,
        )  # fmt: skip

    def _body(self, address: str, response: httpx.Response) -> bytes:
        most, size, parts = self.limits.bytes, 0, []
        stated = response.headers.get("content-length", "")
        if stated.isdigit() and int(stated) > most:
            raise FetchError(f"more than {most / 2**20:.0f} MB", where=address, final=True)
        for part in response.iter_raw():
            size += len(part)
            if size > most:
                raise FetchError(f"more than {most / 2**20:.0f} MB", where=address, final=True)
            parts.append(part)
        data = b"".join(parts)
        encoding = response.headers.get("content-encoding", "identity").strip().lower()
        if encoding in ("", "identity") or not data:
            return data
        if encoding not in ("gzip", "x-gzip", "deflate"):
            raise BrokenFile(f"in an encoding that wasn't asked for: {encoding[:40]}", where=address)
        return inflate(data, encoding, where=address, most=most)


class _Guard(httpcore.NetworkBackend):
    """Connects only where it may, and lets nothing take longer than the whole fetch may."""

    def __init__(self, call: threading.local, named: set[str]) -> None:
        self._call, self._named, self._plain = call, named, httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Connect to a host, at an address that was checked: no second look-up can give another."""
        at = host if host.lower() in self._named else _public(host, port)
        stream = self._plain.connect_tcp(at, port, self._left(timeout), local_address, socket_options)
        return _Timed(stream, self._left)

    def _left(self, timeout: float | None) -> float:
        left = getattr(self._call, "until", time.monotonic()) - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time for this fetch is over")
        return min(left, timeout) if timeout is not None else left


class _Timed(httpcore.NetworkStream):
    """A connection whose every wait ends with the time for the whole fetch."""

    def __init__(self, stream: httpcore.NetworkStream, left: Any) -> None:
        self._stream, self._left = stream, left

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """Read some bytes."""
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Write bytes."""
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        """Close it."""
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """Go on in TLS."""
        stream = self._stream.start_tls(ssl_context, server_hostname, self._left(timeout))
        return _Timed(stream, self._left)

    def get_extra_info(self, info: str) -> Any:
        """Tell about the connection."""
        return self._stream.get_extra_info(info)


def _transport(guard: _Guard) -> httpx.HTTPTransport:
    """Make a transport that connects through a guard, which httpx has no option for."""
    context = httpx.create_ssl_context()
    transport = httpx.HTTPTransport(verify=context)
    transport._pool = httpcore.ConnectionPool(
        ssl_context=context, max_connections=100, max_keepalive_connections=20,
        keepalive_expiry=5.0, network_backend=guard,
    )  # fmt: skip
    return transport


def _public(host: str, port: int) -> str:
    """Give an address of a host, all of whose addresses must be public."""
    try:
        found = [str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]
    except OSError as error:
        raise httpcore.ConnectError("no such host") from error
    if any(not ipaddress.ip_address(at.partition("%")[0]).is_global for at in found):
        raise FetchError("leads into a private network", where=host, final=True)
    return found[0]


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").lower()
    except ValueError:
        return ""


def _scheme(address: str) -> str:
    return address.partition(":")[0].lower()


def _pause(value: str | None) -> float | None:
    """Read a Retry-After: seconds, or a time."""
    if not value:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError):
            return None
    return min(max(seconds, 0.0), _LONGEST_PAUSE)


def _reason(error: Exception) -> str:
    """Say in a few words what went wrong between here and the server."""
    words = str(error)
    if "without sending complete" in words or "incomplete" in words:
        return "the answer is cut off"
    if isinstance(error, httpx.ConnectError | httpcore.ConnectError):
        return f"can't be reached ({words[:100] or 'no connection'})"
    return f"no proper answer ({words[:100] or type(error).__name__})"
