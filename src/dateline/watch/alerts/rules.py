"""Rules of alerts (alerts.toml): what matters, and by which channels to say so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Literal

import msgspec

from dateline import codebook
from dateline.errors import ConfigError, FilterError
from dateline.knowledge.names import fold
from dateline.knowledge.sphere import great_circle_km
from dateline.record import Posture
from dateline.watch.alerts.alert import Kind
from dateline.watch.alerts.facts import Facts
from dateline.watch.config import read_toml, seconds_of

__all__ = ["ChannelConfig", "Rule", "RuleConfig", "Rules", "RulesFile", "read_rules"]

_RADIUS_KM = 30.0
_PHRASE = re.compile(r'"([^"]+)"|(\S+)')
_Texts = Callable[[], Iterable[str]]


class Circle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A point (degrees, WGS 84) and a radius in kilometres."""

    lat: float
    lon: float
    km: float = _RADIUS_KM

    def holds(self, lat: float, lon: float) -> bool:
        """Tell whether a point lies in it."""
        return great_circle_km(self.lat, self.lon, lat, lon) <= self.km


class RuleConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A rule as it is written; all conditions that are given must hold."""

    name: str
    channels: tuple[str, ...]
    on: tuple[Kind, ...] = ()
    country: str | tuple[str, ...] = ()
    sender: str | tuple[str, ...] = ()
    place: str | None = None
    radius: float | None = None
    near: Circle | None = None
    box: tuple[float, float, float, float] | None = None
    types: tuple[str, ...] = ()
    measure: str | None = None
    at_least: int | None = None
    actor: str | None = None
    text: str | None = None
    within: str | None = None


class ChannelConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way to send; which keys it needs depends on its kind (docs/feeds.md). Secrets come from variables."""

    kind: Literal["webhook", "mail", "atom", "cap"]
    url: str | None = None
    secret_env: str | None = None
    host: str | None = None
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    user: str | None = None
    password_env: str | None = None
    sender: str | None = None
    to: tuple[str, ...] = ()
    file: str | None = None
    folder: str | None = None
    title: str = "Dateline alerts"
    keep: int = 200
    status: Literal["Actual", "Exercise", "Test", "Draft"] = "Actual"


class RulesFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a file of rules says."""

    channels: dict[str, ChannelConfig] = {}
    rule: tuple[RuleConfig, ...] = ()


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """A rule, looked up and checked."""

    name: str
    channels: tuple[str, ...]
    on: frozenset[Kind]
    countries: frozenset[str] = frozenset()
    senders: frozenset[str] = frozenset()
    circle: Circle | None = None
    box: tuple[float, float, float, float] | None = None
    types: frozenset[str] = frozenset()
    measure: str | None = None
    at_least: int | None = None
    actor: tuple[str, ...] = ()
    text: tuple[str, ...] = ()
    within: float | None = None

    def is_recent(self, day: str | None, now: float) -> bool:
        """Tell whether a day (ISO) is no longer ago than the rule wants; one that isn't known is."""
        if self.within is None or day is None:
            return True
        end = datetime.fromisoformat(day[:10]).replace(tzinfo=UTC) + timedelta(days=1)
        return now - end.timestamp() <= self.within

    def holds(self, facts: Facts, texts: _Texts) -> bool:
        """Tell whether an incident meets all conditions but time; `texts` gives its reports', asked last."""
        return (
            (not self.countries or facts.country in self.countries)
            and (not self.types or not self.types.isdisjoint(facts.types))
            and self._is_there(facts)
            and self._is_large(facts)
            and self._takes_part(facts)
            and (not self.text or any(_all_in(self.text, fold(text)) for text in texts()))
        )

    def holds_posture(self, posture: Posture) -> bool:
        """Tell whether a posture is of a sender and in a country that matter."""
        return (not self.countries or posture.host in self.countries) and (
            not self.senders or posture.sender in self.senders
        )

    def measures(self, facts: Facts) -> list[str]:
        """Give the measures whose changes matter."""
        return [self.measure] if self.measure else list(facts.totals)

    def _is_there(self, facts: Facts) -> bool:
        if self.circle is None and self.box is None:
            return True
        if facts.lat is None or facts.lon is None:
            return False
        if self.box is not None:
            west, south, east, north = self.box
            across = west <= facts.lon <= east if west <= east else facts.lon >= west or facts.lon <= east
            if not (across and south <= facts.lat <= north):
                return False
        return self.circle is None or self.circle.holds(facts.lat, facts.lon)

    def _is_large(self, facts: Facts) -> bool:
        if self.at_least is None:
            return True
        toll = facts.totals.get(self.measure or "killed")
        return toll is not None and (toll.value or 0) >= self.at_least

    def _takes_part(self, facts: Facts) -> bool:
        return not self.actor or any(set(self.actor) <= set(fold(name).split()) for name in facts.actors)


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """All rules, and the channels that they name."""

    rules: tuple[Rule, ...]
    channels: dict[str, ChannelConfig]
    folder: Path


def read_rules(path: Path) -> Rules:
    """Read a file of rules. Raises ConfigError for what no list knows or can't be meant so."""
    file = read_toml(path, RulesFile)
    if not file.rule:
        raise ConfigError("names no rule", where=str(path), hint="add [[rule]] with a name and channels")
    names = [rule.name for rule in file.rule]
    if len(set(names)) < len(names):
        raise ConfigError("two rules of one name", where=str(path))
    rules = tuple(_checked(rule, file, path) for rule in file.rule)
    return Rules(rules=rules, channels=file.channels, folder=path.parent)


def _checked(rule: RuleConfig, file: RulesFile, path: Path) -> Rule:
    where = f"{path}: rule {rule.name!r}"
    fault = _fault(rule, file)
    if fault:
        raise ConfigError(fault, where=where)
    try:
        countries, senders = _countries(rule.country), _countries(rule.sender)
        circle = rule.near or _circle(rule)
        if rule.within:
            seconds_of(rule.within)
    except (FilterError, ConfigError) as error:
        raise ConfigError(error.what, where=where, hint=error.hint) from error
    default: tuple[Kind, ...] = ("posture",) if rule.sender else ("new", "toll", "contested")
    return Rule(
        name=rule.name, channels=rule.channels, on=frozenset(rule.on or default), countries=countries,
        senders=senders, circle=circle, box=rule.box, types=frozenset(rule.types), measure=rule.measure,
        at_least=rule.at_least, actor=tuple(fold(rule.actor or "").split()), text=_phrases(rule.text),
        within=seconds_of(rule.within) if rule.within else None,
    )  # fmt: skip


def _fault(rule: RuleConfig, file: RulesFile) -> str | None:
    """Give the first thing that can't be meant so."""
    unknown = [name for name in rule.channels if name not in file.channels]
    wrong_types = [name for name in rule.types if name not in codebook.TYPES]
    faults = {
        "names no channel": not rule.channels,
        f"no such channel: {''.join(unknown[:1])}": bool(unknown),
        f"no type of event: {''.join(wrong_types[:1])}": bool(wrong_types),
        f"no measure: {rule.measure}": rule.measure is not None and rule.measure not in codebook.MEASURES,
        "at_least is under 1": rule.at_least is not None and rule.at_least < 1,
        "box is not [west, south, east, north] in degrees": rule.box is not None and not _is_box(rule.box),
        "radius needs place": rule.radius is not None and rule.place is None,
    }
    return next((fault for fault, is_so in faults.items() if is_so), None)


def _is_box(box: tuple[float, float, float, float]) -> bool:
    west, south, east, north = box
    return -90 <= south < north <= 90 and all(-180 <= side <= 180 for side in (west, east))


def _countries(names: str | tuple[str, ...]) -> frozenset[str]:
    from dateline.store import parse_filter

    listed = (names,) if isinstance(names, str) else names
    return frozenset(str(parse_filter({"country": name}).country) for name in listed if name)


def _circle(rule: RuleConfig) -> Circle | None:
    from dateline.store import parse_filter

    if rule.place is None:
        return None
    near = parse_filter({"place": rule.place, "radius": rule.radius}).near
    return None if near is None else Circle(near.lat, near.lon, near.km)


def _phrases(text: str | None) -> tuple[str, ...]:
    """Cut words and "phrases", folded as names are."""
    return tuple(fold(phrase or word) for phrase, word in _PHRASE.findall(text or ""))


def _all_in(phrases: tuple[str, ...], text: str) -> bool:
    return all(re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", text) for phrase in phrases)
