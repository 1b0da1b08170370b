"""What tests of alerts share: the file of rules, and adding tales."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from dateline.store import Store
from dateline.watch import State
from dateline.watch.alerts import Alerts, read_rules
from tests.store.tales import tale
from tests.watch.conftest import Clock

__all__ = ["CHANNELS", "Looking", "add", "looker"]

CHANNELS = '[channels.page]\nkind = "atom"\nfile = "alerts.atom"\n'
Looking = Callable[..., Alerts]


def looker(store: Store, state: State, clock: Clock, folder: Path) -> Looking:
    """Make what makes the alerts of some rules, which have begun to look."""

    def make(*rules: str, begin: bool = True) -> Alerts:
        path = folder / "alerts.toml"
        bodies = "".join(
            f'[[rule]]\nname = "r{n}"\nchannels = ["page"]\n{rule}\n' for n, rule in enumerate(rules)
        )
        path.write_text(CHANNELS + bodies)
        alerts = Alerts(store, state, read_rules(path), clock=clock, log=lambda line: None)
        if begin:
            alerts.begin()
        return alerts

    return make


def add(store: Store, *told: object, **options: object) -> None:
    """Add a tale and link it."""
    store.add(*tale(*told, **options))  # type: ignore[arg-type]
    store.link()
