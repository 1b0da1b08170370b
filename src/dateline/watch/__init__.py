"""Watch feeds: poll them as a good guest does, add what is new, and send word when it matters."""

from __future__ import annotations

from dateline.watch.config import Config, FeedConfig, read_config
from dateline.watch.service import Watcher
from dateline.watch.state import State

__all__ = ["Config", "FeedConfig", "State", "Watcher", "read_config"]
