"""When to ask again: intervals with jitter, and back-off that doubles."""

from __future__ import annotations

import random

__all__ = ["Schedule"]

_JITTER = 0.1  # of an interval: many watchers, or many feeds, don't ask all at once
_BACK_OFF_JITTER = 0.25
_LONGEST = 6 * 3600.0  # seconds; a feed that is down for a week is asked four times a day
_FIRST_ITEM = 60.0  # seconds after which a page that couldn't be had is tried again
TRIES = 6  # of a page: over about half an hour; then the feed's own text must do


class Schedule:
    """Draws times by chance; give it a seeded `random.Random` to have them again."""

    def __init__(self, chance: random.Random | None = None) -> None:
        self._chance = chance or random.Random()

    def next_poll(self, every: float) -> float:
        """Give the seconds to the next poll of a feed that answered."""
        return every * self._chance.uniform(1 - _JITTER, 1 + _JITTER)

    def after_failure(self, every: float, failures: int, asked: float | None = None) -> float:
        """Give the seconds to the next poll after failures in a row, at least what the server asked."""
        doubled = min(every * 2 ** min(failures - 1, 20), max(_LONGEST, every))
        return max(self._spread(doubled), asked or 0.0)

    def after_try(self, tries: int, asked: float | None = None) -> float:
        """Give the seconds to the next try of a page that has failed so often before."""
        return max(self._spread(min(_FIRST_ITEM * 2**tries, _LONGEST)), asked or 0.0)

    def _spread(self, seconds: float) -> float:
        return seconds * self._chance.uniform(1 - _BACK_OFF_JITTER, 1 + _BACK_OFF_JITTER)
