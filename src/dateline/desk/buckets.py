"""Token buckets: so many requests at once, then so many a second, by address; kept in this process."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

__all__ = ["Buckets", "network_of"]

_MOST = 10_000  # addresses remembered; the longest unseen are forgotten first, whose buckets are full again
_V6_HOST_BITS = 64  # one customer has a whole network of IPv6 addresses


class Buckets:
    """A bucket an address: it holds `burst` tokens and gains `rate` a second; a request takes one."""

    def __init__(self, rate: float, burst: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        """A `rate` of 0 lets everything through."""
        self.rate, self.burst, self._clock = rate, float(max(1, burst)), clock
        self._held: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str, cost: float = 1.0) -> float:
        """Take tokens of an address's bucket; give 0, or the seconds to wait where there are too few."""
        if self.rate <= 0:
            return 0.0
        key, now = network_of(address), self._clock()
        tokens, seen = self._held.pop(key, (self.burst, now))
        tokens = min(self.burst, tokens + (now - seen) * self.rate)
        enough = tokens >= cost
        self._held[key] = (tokens - cost if enough else tokens, now)
        if len(self._held) > _MOST:
            self._held.popitem(last=False)
        return 0.0 if enough else (cost - tokens) / self.rate


def network_of(address: str) -> str:
    """Give what counts as one address: itself, or the /64 network of one of IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(IPv6Address(int(found) >> _V6_HOST_BITS << _V6_HOST_BITS)) + "/64"
    return address
