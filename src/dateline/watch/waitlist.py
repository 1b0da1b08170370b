"""Which items are next: by host, so that none is asked more than it may be, and none waits for another."""

from __future__ import annotations

from collections import Counter, deque

from dateline.watch.state import State, Waiting

__all__ = ["Waitlist"]

_TOGETHER = 100  # items of a host taken from the state at once
_LOOK_EVERY = 1.0  # seconds between two looks for hosts whose items have come due


class Waitlist:
    """Hands out items whose pages are to be fetched, and knows which are under way."""

    def __init__(self, state: State, per_host: int) -> None:
        self._state, self._most = state, per_host
        self._lists: dict[str, deque[Waiting]] = {}
        self._fetching: dict[str, Waiting] = {}
        self._busy: Counter[str] = Counter()
        self._looked = float("-inf")

    def __len__(self) -> int:
        """Give how many are under way."""
        return len(self._fetching)

    def look(self) -> None:
        """Look for due items at the next call: there are new ones."""
        self._looked = float("-inf")

    def take(self, now: float, room: int) -> list[Waiting]:
        """Give up to so many items, one of each host in turn; they are under way until `give_back`."""
        if now - self._looked >= _LOOK_EVERY:
            self._looked = now
            for host in self._state.hosts(now):
                self._lists.setdefault(host, deque())
        taken: list[Waiting] = []
        for host in list(self._lists):
            while len(taken) < room and self._busy[host] < self._most:
                waiting = self._next(host, now)
                if waiting is None:
                    del self._lists[host]
                    break
                taken.append(waiting)
        return taken

    def _next(self, host: str, now: float) -> Waiting | None:
        own = self._lists[host]
        if not own:
            found = self._state.waiting(now, _TOGETHER + self._most, host)
            own.extend(waiting for waiting in found if waiting.key not in self._fetching)
        if not own:
            return None
        waiting = own.popleft()
        self._fetching[waiting.key] = waiting
        self._busy[host] += 1
        return waiting

    def give_back(self, waiting: Waiting) -> None:
        """Say that an item is no longer under way; how it stands is in the state."""
        del self._fetching[waiting.key]
        host = waiting.host or ""
        self._busy[host] -= 1
        if not self._busy[host]:
            del self._busy[host]
