"""Try rules on a store as it is: what they would say if all of it were new."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from dateline.store import Store
from dateline.watch.alerts.alert import Alert
from dateline.watch.alerts.engine import Alerts
from dateline.watch.alerts.rules import Rules
from dateline.watch.state import State

__all__ = ["preview"]


def preview(store: Store, rules: Rules, *, since: str | None = None) -> Iterator[Alert]:
    """Yield what the rules would say of incidents not over before a day (ISO); nothing is kept or sent."""
    with tempfile.TemporaryDirectory() as folder, State(Path(folder) / "preview.state") as state:
        alerts = Alerts(store, state, rules, clock=time.time, log=lambda line: None)
        yield from alerts.preview(since)
