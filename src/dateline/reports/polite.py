"""Ask as a guest does: what robots.txt allows, and one request to a host after the other, with a pause."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from dateline.errors import FetchError, InputError

__all__ = ["Politeness", "origin_of"]

PAUSE = 1.0  # seconds between two requests to a host, where its robots.txt asks for no more
_LONGEST_PAUSE = 60.0  # seconds; a host that asks for more gets this
_KEPT = 86_400.0  # seconds that a robots.txt is kept (RFC 9309: at most a day)
_RETRY = 600.0  # seconds after which a host whose robots.txt couldn't be had is asked again
_MOST = 512 * 1024  # bytes of robots.txt that are read (RFC 9309: at least 500 KiB)
_FIRST_FAULT, _LAST_FAULT = 400, 499
_HOSTS = 10_000  # whose rules and turns are kept


class Politeness:
    """Keeps the rules and the turns of hosts; threads may share one.

    `wait` sleeps some seconds and may return early to stop; `clock` is
    monotonic.
    """

    def __init__(
        self,
        *,
        agent: str,
        pause: float = PAUSE,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], object] = time.sleep,
    ) -> None:
        self._agent, self._pause, self._clock, self._wait = agent, pause, clock, wait
        self._rules: dict[str, tuple[float, Protego | None]] = {}
        self._turns: dict[str, float] = {}
        self._lock = threading.Lock()

    def allow(self, address: str, get: Callable[[str], bytes]) -> None:
        """Wait for the host's turn. Raises FetchError where its robots.txt forbids, or can't be had.

        `get` fetches the robots.txt, and raises FetchError with the status.
        """
        origin = origin_of(address)
        rules = self._rules_of(origin, get)
        if rules is not None and not rules.can_fetch(address, self._agent):
            raise FetchError("robots.txt of the site forbids it", where=address, final=True)
        self.take_turn(origin, rules.crawl_delay(self._agent) if rules is not None else None)

    def take_turn(self, origin: str, asked: float | None = None) -> None:
        """Wait until a host may be asked again; `asked` is the pause that it wants, in seconds."""
        pause = max(self._pause, min(asked or 0.0, _LONGEST_PAUSE))
        with self._lock:
            now = self._clock()
            turn = max(now, self._turns.get(origin, now))
            if len(self._turns) > _HOSTS:
                self._turns = {host: at for host, at in self._turns.items() if at > now}
            self._turns[origin] = turn + pause
        if turn > now:
            self._wait(turn - now)

    def _rules_of(self, origin: str, get: Callable[[str], bytes]) -> Protego | None:
        """Give a host's rules, None where it has none."""
        until, rules = self._rules.get(origin, (0.0, None))
        if self._clock() < until:
            return rules
        try:
            text = get(f"{origin}/robots.txt")[:_MOST].decode("utf-8", "replace")
            rules = Protego.parse(text)
        except FetchError as error:
            if error.final and error.status is None:  # no address that is asked at all
                raise
            if not _FIRST_FAULT <= (error.status or 0) <= _LAST_FAULT:
                what = f"robots.txt can't be had: {error.what}"
                raise FetchError(what, where=origin, after=error.after or _RETRY) from error
            rules = None
        except InputError:
            rules = None
        if len(self._rules) > _HOSTS:
            self._rules.clear()
        self._rules[origin] = (self._clock() + _KEPT, rules)
        return rules


def origin_of(address: str) -> str:
    """Give the scheme and host of an address, by which turns are taken; of what is none, all of it."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    return f"{parts.scheme}://{parts.netloc}"
