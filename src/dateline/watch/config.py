"""The file that says what to watch (feeds.toml), checked wholly before anything starts."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any, Literal, TypeVar
from urllib.parse import urlsplit

import msgspec

from dateline.errors import ConfigError

__all__ = ["Config", "FeedConfig", "WatchConfig", "read_config", "read_toml", "seconds_of"]

_T = TypeVar("_T")
_DURATION = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([smhd])\s*")
_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_SHORTEST = 30.0  # seconds between two polls of one feed; no feed changes faster
_LARGEST = 2**20  # bytes of a file of feeds


class FeedConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One feed: `follow` fetches the page of each item, `publisher` names it where its pages don't."""

    url: str
    name: str = ""
    kind: Literal["feed", "sitemap"] = "feed"
    every: str | None = None
    follow: bool = True
    publisher: str | None = None

    @property
    def label(self) -> str:
        """Give its name, or else its address."""
        return self.name or self.url


class WatchConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How to watch: times like `15m`; `pause` in seconds between two requests to a host."""

    every: str = "15m"
    state: str | None = None
    alerts: str | None = None
    contact: str | None = None
    threads: int = 8
    per_host: int = 1
    pause: float = 1.0
    seconds: float = 60.0
    silence: float = 20.0
    megabytes: float = 16.0


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a file of feeds says."""

    watch: WatchConfig = WatchConfig()
    feed: tuple[FeedConfig, ...] = ()

    def every(self, feed: FeedConfig) -> float:
        """Give the seconds between two polls of a feed."""
        return max(_SHORTEST, seconds_of(feed.every or self.watch.every))


def seconds_of(duration: str) -> float:
    """Read a duration like `90s`, `15m`, `6h`, `1d`. Raises ConfigError."""
    found = _DURATION.fullmatch(duration)
    if found is None:
        raise ConfigError(f"{duration[:40]!r} is no duration", hint="write it like 90s, 15m, 6h, 1d")
    return float(found[1]) * _UNITS[found[2]]


def read_toml(path: Path, kind: type[_T]) -> _T:
    """Read a TOML file as an object of a type. Raises ConfigError: what, where in it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        raise ConfigError(f"can't be opened: {reason}", where=str(path)) from error
    if len(data) > _LARGEST:
        raise ConfigError("more than a megabyte", where=str(path))
    try:
        return msgspec.toml.decode(data, type=kind)
    except msgspec.ValidationError as error:
        raise ConfigError(_worded(str(error)), where=str(path)) from error
    except (msgspec.DecodeError, UnicodeError) as error:
        raise ConfigError(f"no TOML: {error}", where=str(path)) from error


def _worded(message: str) -> str:
    """Say where in the file in the words of the file: `feed[2].url`, not `$.feed[2].url`."""
    what, _, place = message.partition(" - at ")
    return f"{place.strip('`$.')}: {what}" if place.strip("`$.") else what


def read_config(path: Path) -> Config:
    """Read a file of feeds. Raises ConfigError for anything in it that can't be meant so."""
    config = read_toml(path, Config)
    if not config.feed:
        raise ConfigError("names no feed", where=str(path), hint="add [[feed]] with a url")
    for check in (_check_addresses, _check_numbers, _check_names):
        fault = check(config)
        if fault:
            raise ConfigError(fault, where=str(path))
    for feed in config.feed:
        _in_place(path, config.every, feed)
    return config


def _in_place(path: Path, act: Any, value: Any) -> None:
    try:
        act(value)
    except ConfigError as error:
        raise ConfigError(error.what, where=f"{path}: {value.label}", hint=error.hint) from error


def _check_addresses(config: Config) -> str | None:
    for feed in config.feed:
        try:
            parts = urlsplit(feed.url)
            fine = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
        except ValueError:
            fine = False
        if not fine:
            return f"no http address: {feed.url[:200]!r}"
    return None


def _check_numbers(config: Config) -> str | None:
    watch = config.watch
    for name, least in (("threads", 1), ("per_host", 1), ("pause", 0), ("seconds", 1), ("silence", 1)):
        if getattr(watch, name) < least:
            return f"watch.{name} is under {least}"
    return "watch.megabytes is not over 0" if watch.megabytes <= 0 else None


def _check_names(config: Config) -> str | None:
    for values, what in (([f.url for f in config.feed], "address"), ([f.label for f in config.feed], "name")):
        twice = [value for value, count in Counter(values).items() if count > 1]
        if twice:
            return f"two feeds of one {what}: {twice[0][:200]}"
    return None
