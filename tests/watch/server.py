"""A server on this machine that misbehaves as servers of feeds do, each path in a way of its own."""

from __future__ import annotations

import gzip
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType

__all__ = ["Server", "answer", "bomb", "cut", "drip", "flaky", "hang", "redirect", "tagged"]

Act = Callable[[BaseHTTPRequestHandler], None]


class _Quiet(ThreadingHTTPServer):
    """Says nothing of clients that go away: they do so on purpose."""

    daemon_threads = True

    def handle_error(self, *_: object) -> None:
        """Say nothing."""


class Server:
    """Serves on a free port of the loopback; `asked` counts requests by path, `posted` keeps what was sent."""

    def __init__(self, routes: Mapping[str, Act] | None = None) -> None:
        self.routes: dict[str, Act] = dict(routes or {})
        self.asked: Counter[str] = Counter()
        self.times: list[tuple[float, str]] = []
        self.agents: set[str] = set()
        self.posted: list[tuple[str, dict[str, str], bytes]] = []
        self._lock = threading.Lock()
        self._server = _Quiet(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self._server.server_address[1])

    def url(self, path: str = "/") -> str:
        """Give the address of a path."""
        return f"http://127.0.0.1:{self.port}{path}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = -1

            def do_GET(self) -> None:
                with server._lock:
                    server.asked[self.path] += 1
                    server.times.append((time.monotonic(), self.path))
                    server.agents.add(self.headers.get("User-Agent", ""))
                act = (
                    server.routes.get(self.path)
                    or server.routes.get("*")
                    or answer(b"no such page", status=404)
                )
                try:
                    act(self)
                    self.wfile.flush()
                except OSError:
                    self.close_connection = True

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                with server._lock:
                    server.posted.append((self.path, dict(self.headers.items()), body))
                self.do_GET()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        return Handler

    def __enter__(self) -> Server:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()


def _send(
    handler: BaseHTTPRequestHandler, status: int, headers: Mapping[str, str], body: bytes = b""
) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def answer(body: bytes | str, media: str = "text/html; charset=utf-8", status: int = 200, **more: str) -> Act:
    """Answer as a good server does."""
    data = body.encode() if isinstance(body, str) else body
    headers = {"Content-Type": media, "Content-Length": str(len(data))}
    headers |= {name.replace("_", "-"): value for name, value in more.items()}
    return lambda handler: _send(handler, status, headers, data)


def tagged(body: str, etag: str, media: str = "application/rss+xml") -> Act:
    """Answer 304 to whom has it already."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers.get("If-None-Match") == etag:
            _send(handler, 304, {"ETag": etag, "Content-Length": "0"})
        else:
            answer(body, media, ETag=etag)(handler)

    return act


def redirect(to: str, status: int = 302) -> Act:
    """Send elsewhere."""
    return lambda handler: _send(handler, status, {"Location": to, "Content-Length": "0"})


def hang(seconds: float = 30.0) -> Act:
    """Take the request and say nothing."""
    return lambda _handler: time.sleep(seconds)


def drip(seconds: float = 30.0, pause: float = 0.05) -> Act:
    """Send a body byte by byte, never so slowly that one wait would tell."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        _send(handler, 200, {"Content-Type": "text/html", "Content-Length": "1000000"})
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            handler.wfile.write(b"x")
            handler.wfile.flush()
            time.sleep(pause)

    return act


def cut(body: str, media: str = "text/html; charset=utf-8") -> Act:
    """Promise all of it and send half."""

    def act(handler: BaseHTTPRequestHandler) -> None:
        data = body.encode()
        _send(handler, 200, {"Content-Type": media, "Content-Length": str(len(data))}, data[: len(data) // 2])
        handler.wfile.flush()
        handler.close_connection = True

    return act


def bomb(size: int = 60_000_000) -> Act:
    """Send a little that inflates to a lot."""
    data = gzip.compress(b"0" * size)
    return answer(data, "text/html", Content_Encoding="gzip")


def flaky(good: Act, bad: Act, times: int = 1) -> Act:
    """Misbehave some times, then answer well."""
    left = [times]

    def act(handler: BaseHTTPRequestHandler) -> None:
        left[0] -= 1
        (bad if left[0] >= 0 else good)(handler)

    return act
