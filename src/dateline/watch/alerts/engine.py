"""Look at what changed in the store since the last look, and queue the alerts that rules ask for.

What was known of each incident is remembered beside the queue, and both are
written in one transaction: a change is told once, however often the watcher
starts, and incidents that are derived anew with the same content tell nothing.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime

import msgspec

from dateline.exports.wording import word_days, word_where
from dateline.record import Incident, Posture, Record
from dateline.store import Filter, Store
from dateline.store.bodies import batched
from dateline.watch.alerts.alert import Alert, Change, alert_id
from dateline.watch.alerts.changes import incident_changes, posture_change
from dateline.watch.alerts.facts import Facts, facts_of, posture_key
from dateline.watch.alerts.rules import Rule, Rules
from dateline.watch.state import State

__all__ = ["Alerts"]

_TOGETHER = 500  # values in one IN
_KEPT = 500  # records, some 0.1 MB each: those of one incident are asked for several times
_SEEN = "alerts revision"  # the note of the last step of deriving that was looked at


class Alerts:
    """Rules over a store; what they have seen is in a watcher's state."""

    def __init__(
        self,
        store: Store,
        state: State,
        rules: Rules,
        *,
        clock: Callable[[], float],
        log: Callable[[str], None],
    ) -> None:
        self._store, self._state, self._rules, self._clock, self._log = store, state, rules, clock, log
        self._records: dict[str, Record | None] = {}

    def begin(self) -> None:
        """Take what the store holds as known, at the very first start: alerts are of what comes after."""
        if self._state.note(_SEEN) is not None:
            return
        self._store.link()
        until, known = self._store.revision(), 0
        for incident in self._store.changed(0):
            with self._state.writing() as base:
                _remember(base, incident.id, facts_of(incident), _members(incident))
            known += 1
        with self._state.writing() as base:
            for posture in self._latest_postures().values():
                _remember(base, posture_key(posture), posture)
        self._state.write_note(_SEEN, str(until))
        self._log(f"alerts are of what comes after: {known:,} incidents known")

    def look(self) -> list[Alert]:
        """Compare what changed with what was known; queue and give the alerts."""
        since, until = int(self._state.note(_SEEN) or 0), self._store.revision()
        if until == since:
            return []
        self._records.clear()
        made = [alert for incident in self._store.changed(since) for alert in self._incident(incident)]
        made += [alert for posture in self._latest_postures().values() for alert in self._posture(posture)]
        self._state.write_note(_SEEN, str(until))
        for alert in made:
            self._log(f"alert: {alert.rule}: {alert.headline}")
        return made

    def preview(self, since: str | None = None) -> Iterator[Alert]:
        """Yield what the rules would say of what is kept, as if all of it were new; queue nothing."""
        for incident in self._store.incidents(Filter(since=since)):
            self._records.clear()
            yield from self._alerts_of(incident, facts_of(incident), None)
        for posture in self._latest_postures().values():
            if since is None or (posture.since or "") >= since:
                yield from self._posture_alerts(posture, None)

    # Incidents.

    def _incident(self, incident: Incident) -> list[Alert]:
        after = facts_of(incident)
        before = self._known(incident)
        if before is not None and msgspec.structs.replace(before, id=after.id) == after:
            return []
        made = self._alerts_of(incident, after, before)
        self._keep(incident.id, after, made, _members(incident))
        return made

    def _alerts_of(self, incident: Incident, after: Facts, before: Facts | None) -> list[Alert]:
        made = []
        for rule in self._rules.rules:
            recent = rule.is_recent(after.end or after.start, self._clock())
            if not (recent and rule.holds(after, lambda: self._texts(after))):
                continue
            entered = before is None or not rule.holds(before, lambda: self._texts(before))
            changes = incident_changes(rule, before, after, incident, self._record, entered=entered)
            if changes:
                made.append(self._alert(rule, incident, after, changes, before.id if before else None))
        return made

    def _known(self, incident: Incident) -> Facts | None:
        """Give what was known of an incident: under its id, else of the one that had most of its events.

        Its id changes when an earlier report of it comes.
        """
        return self._facts(incident.id) or next(
            (found for key in self._had_most(incident) if (found := self._facts(key)) is not None), None
        )

    def _had_most(self, incident: Incident) -> list[str]:
        counts: Counter[str] = Counter(dict.fromkeys(incident.aliases, 0))
        for batch in batched(_members(incident), _TOGETHER):
            marks = ", ".join("?" * len(batch))
            query = f"SELECT key, count(*) FROM members WHERE member IN ({marks}) GROUP BY key"
            counts.update(dict(self._state.rows(query, batch)))
        return [key for key, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]

    def _facts(self, key: str) -> Facts | None:
        rows = self._state.rows("SELECT body FROM facts WHERE key = ?", [key])
        return msgspec.json.decode(rows[0][0], type=Facts) if rows else None

    def _alert(
        self, rule: Rule, incident: Incident, after: Facts, changes: tuple[Change, ...], earlier: str | None
    ) -> Alert:
        named = f"{incident.title} ({word_where(incident)}, {word_days(incident)})"
        first = changes[0]
        headline = named if first.kind == "new" else f"{_told(first)}: {named}"
        return self._made(
            rule, incident.id, headline, changes, earlier, types=after.types, country=after.country,
            place=after.place, lat=after.lat, lon=after.lon, start=after.start, end=after.end,
        )  # fmt: skip

    def _made(
        self,
        rule: Rule,
        subject: str,
        headline: str,
        changes: tuple[Change, ...],
        earlier: str | None = None,
        **known: object,
    ) -> Alert:
        """Make an alert; `earlier` is the id that its incident had before."""
        at = datetime.fromtimestamp(self._clock(), UTC).isoformat(timespec="seconds")
        query = "SELECT body FROM alerts WHERE rule = ? AND subject IN (?, ?) ORDER BY made DESC, id LIMIT 1"
        before = self._state.rows(query, [rule.name, subject, earlier or subject])
        last = msgspec.json.decode(before[0][0], type=Alert) if before else None
        return Alert(
            id=alert_id(rule.name, subject, changes), rule=rule.name, subject=subject, made=at,
            headline=headline, changes=changes, replaces=last.id if last else None,
            replaces_made=last.made if last else None, **known,  # type: ignore[arg-type]
        )  # fmt: skip

    # Postures.

    def _latest_postures(self) -> dict[str, Posture]:
        """Give the latest posture of each sender and host; the store gives the latest last."""
        return {posture_key(p): msgspec.structs.replace(p, before=None) for p in self._store.postures()}

    def _posture(self, posture: Posture) -> list[Alert]:
        key = posture_key(posture)
        rows = self._state.rows("SELECT body FROM facts WHERE key = ?", [key])
        before = msgspec.json.decode(rows[0][0], type=Posture) if rows else None
        if before == posture:
            return []
        made = self._posture_alerts(posture, before) if _moved(before, posture) else []
        self._keep(key, posture, made)
        return made

    def _posture_alerts(self, posture: Posture, before: Posture | None) -> list[Alert]:
        rules = [r for r in self._rules.rules if self._wants(r, posture)]
        if not rules:
            return []
        change = posture_change(before, posture, self._record)
        known = {"country": posture.host, "place": posture.area, "start": (posture.since or "")[:10] or None}
        headline, subject = f"{change.what}: {change.after}", posture_key(posture)
        return [self._made(rule, subject, headline, (change,), **known) for rule in rules]

    def _wants(self, rule: Rule, posture: Posture) -> bool:
        recent = rule.is_recent(posture.since, self._clock())
        return "posture" in rule.on and recent and rule.holds_posture(posture)

    # What both need.

    def _keep(
        self, key: str, known: Facts | Posture, made: list[Alert], members: Collection[str] = ()
    ) -> None:
        """Remember what is known now, and queue the alerts of it: both or neither."""
        channels = {rule.name: rule.channels for rule in self._rules.rules}
        now = self._clock()
        with self._state.writing() as base:
            _remember(base, key, known, members)
            for alert in made:
                body = msgspec.json.encode(alert)
                row = [alert.id, alert.rule, alert.subject, now, body]
                base.execute("INSERT OR IGNORE INTO alerts VALUES (?, ?, ?, ?, ?)", row)
                for channel in channels[alert.rule]:
                    query = "INSERT OR IGNORE INTO deliveries VALUES (?, ?, 'waiting', 0, ?, NULL)"
                    base.execute(query, [alert.id, channel, now])

    def _record(self, key: str) -> Record | None:
        if key not in self._records:
            if len(self._records) >= _KEPT:
                self._records.clear()
            self._records.update({key: None, **self._store.records_by_id([key])})
        return self._records[key]

    def _texts(self, facts: Facts) -> Iterator[str]:
        for key in facts.reports:
            record = self._record(key)
            if record is not None:
                yield f"{record.report.title or ''}\n{record.report.text}"


def _remember(
    base: sqlite3.Connection, key: str, known: Facts | Posture, members: Collection[str] = ()
) -> None:
    base.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", [key, msgspec.json.encode(known)])
    base.executemany("INSERT OR REPLACE INTO members VALUES (?, ?)", [(one, key) for one in members])


def _members(incident: Incident) -> list[str]:
    return [f"{member.report}#{member.event}" for member in incident.events]


def _moved(before: Posture | None, after: Posture) -> bool:
    """Tell whether a posture says something else; a new claim of the same is no change."""
    names = ("mission", "staff", "advice", "status")
    return before is None or any(getattr(before, n) != getattr(after, n) for n in names)


def _told(change: Change) -> str:
    if change.kind == "contested":
        return f"{change.what} contested, {change.after}"
    return f"{change.what} {change.after}" + (f", was {change.before}" if change.before else "")
