"""What an alert says: what changed, from what to what, who says so, with links; and its words for people."""

from __future__ import annotations

import hashlib
from typing import Literal

import msgspec

from dateline.exports.wording import plain

__all__ = ["Alert", "Change", "Kind", "Saying", "alert_id", "words"]

Kind = Literal["new", "toll", "contested", "posture"]


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """Who says so, what (`5`, `7+`, or the words), on which day, in which report."""

    who: str
    says: str
    kind: str | None = None
    said: str | None = None
    report: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that changed: `what` (`killed`), from `before` (None: nothing was known) to `after`."""

    kind: Kind
    what: str
    before: str | None = None
    after: str
    said_by: tuple[Saying, ...] = ()


class Alert(msgspec.Struct, frozen=True, kw_only=True):
    """One word to send. `id` is made from what it says: the same news has the same id for good.

    `subject` is the incident's id, or `posture:SENDER:HOST`; `made` is in UTC;
    `replaces` the alert of the same rule and subject before this one.
    """

    id: str
    rule: str
    subject: str
    made: str
    headline: str
    changes: tuple[Change, ...]
    types: tuple[str, ...] = ()
    country: str | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    start: str | None = None
    end: str | None = None
    replaces: str | None = None
    replaces_made: str | None = None

    @property
    def links(self) -> tuple[str, ...]:
        """Give the addresses of the reports that say so, each once."""
        found = [saying.url for change in self.changes for saying in change.said_by if saying.url]
        return tuple(dict.fromkeys(found))


def alert_id(rule: str, subject: str, changes: tuple[Change, ...]) -> str:
    """Give the id of what an alert says."""
    said = [
        [c.kind, c.what, c.before, c.after, sorted({s.report or s.who for s in c.said_by})] for c in changes
    ]
    return hashlib.sha256(msgspec.json.encode([rule, subject, said])).hexdigest()[:32]


def words(alert: Alert) -> str:
    """Write an alert as plain text: a line for each change, under it who says so, then the links."""
    lines = [alert.headline, ""]
    for change in alert.changes:
        was = f" (before: {change.before})" if change.before else ""
        lines.append(f"{_TITLES[change.kind]}{change.what}: {change.after}{was}")
        lines += [f"  - {_saying(saying)}" for saying in change.said_by]
    where = ", ".join(part for part in (alert.place, alert.country) if part)
    days = alert.start if alert.end in (None, alert.start) else f"{alert.start} to {alert.end}"
    lines += [
        "",
        *(line for line in (f"Where: {where}" if where else "", f"When: {days}" if days else "") if line),
    ]
    lines += [f"Rule: {alert.rule}", f"About: {alert.subject}"]
    return "\n".join(lines) + "\n"


_TITLES = {"new": "New: ", "toll": "Toll, ", "contested": "Contested, ", "posture": "Posture, "}


def _saying(saying: Saying) -> str:
    said = f" on {saying.said}" if saying.said else ""
    kind = f" ({saying.kind})" if saying.kind else ""
    paper = ", ".join(plain(part) for part in (saying.publisher, saying.title) if part)
    link = f" <{saying.url}>" if saying.url else ""
    return f"{plain(saying.who)}{kind}{said}: {plain(saying.says)}" + (f"; {paper}" if paper else "") + link
