"""What changed between two states of an incident or a posture, and who says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from dateline.exports.ledger_wording import word_line, word_speaker
from dateline.exports.stories import sentence_at
from dateline.exports.wording import word_bounds, word_days, word_where
from dateline.record import Incident, LedgerClaim, Posture, Record, Report
from dateline.watch.alerts.alert import Change, Saying
from dateline.watch.alerts.facts import Facts, posture_words
from dateline.watch.alerts.rules import Rule

__all__ = ["Reports", "incident_changes", "posture_change"]

_MOST_SAYINGS = 8  # of one change; the incident's page has all
Reports = Callable[[str], Record | None]


def incident_changes(
    rule: Rule, before: Facts | None, after: Facts, incident: Incident, reports: Reports, *, entered: bool
) -> tuple[Change, ...]:
    """Give what changed in an incident that matters to a rule; `entered`: it didn't meet the rule before."""
    found: list[Change] = []
    if entered and "new" in rule.on:
        found.append(_new(before, after, incident, reports))
    if before is not None and not entered and "toll" in rule.on:
        found += _tolls(rule, before, after, incident, reports)
    if before is not None and "contested" in rule.on:
        found += _contested(before, after, incident, reports)
    elif before is None and entered and "contested" in rule.on and "new" not in rule.on:
        found += _contested(None, after, incident, reports)
    return tuple(found)


def _new(before: Facts | None, after: Facts, incident: Incident, reports: Reports) -> Change:
    tolls = ", ".join(f"{measure} {toll}" for measure, toll in after.totals.items() if toll.value)
    where = f"{word_where(incident)}, {word_days(incident)}"
    claims = [(word_line(line), c) for line in incident.ledger for c in line.claims if not c.part]
    said = _sayings(claims, reports) or _tellings(incident, reports)
    was = None if before is None else ", ".join(f"{m} {t}" for m, t in before.totals.items()) or "no toll"
    return Change(
        kind="new", what=incident.type.replace("-", " "), before=was,
        after=f"{where}: {tolls}" if tolls else where, said_by=said,
    )  # fmt: skip


def _tolls(rule: Rule, before: Facts, after: Facts, incident: Incident, reports: Reports) -> Iterator[Change]:
    for measure in rule.measures(after):
        was, now = before.totals.get(measure), after.totals.get(measure)
        if now is None or (was is not None and str(was) == str(now)):
            continue
        told = [incident.ledger[at] for at in incident.totals[measure].lines if at < len(incident.ledger)]
        lines = told or [line for line in incident.ledger if line.measure == measure]
        claims = [claim for line in lines for claim in line.claims]
        fresh = [c for c in claims if f"{c.report}#{c.figure}" not in set(before.claims)]
        yield Change(
            kind="toll", what=measure, before=str(was) if was is not None else None, after=str(now),
            said_by=_sayings([("", claim) for claim in fresh or claims], reports),
        )  # fmt: skip


def _contested(before: Facts | None, after: Facts, incident: Incident, reports: Reports) -> Iterator[Change]:
    known = set(before.contested) if before is not None else set()
    for line in incident.ledger:
        name = word_line(line)
        if line.agreement == "contested" and name not in known:
            latest = list({claim.by: claim for claim in line.claims if not claim.part}.values())
            yield Change(
                kind="contested", what=name, before="not contested" if before is not None else None,
                after=word_bounds(line.lowest, line.highest),
                said_by=_sayings([("", claim) for claim in latest], reports),
            )  # fmt: skip


def _sayings(claims: Iterable[tuple[str, LedgerClaim]], reports: Reports) -> tuple[Saying, ...]:
    """Give who says so, the latest first; with each claim comes what it counts, where that must be said."""
    ordered = sorted(claims, key=lambda pair: (pair[1].said or "", pair[1].report), reverse=True)
    found = []
    for counted, claim in ordered[:_MOST_SAYINGS]:
        record = reports(claim.report)
        report = record.report if record else None
        own = claim.source is None and report is not None and report.publisher
        found.append(
            Saying(
                who=str(own or word_speaker(claim)),
                kind=claim.kind,
                said=claim.said,
                says=f"{counted} {word_bounds(claim.low, claim.high, approximate=claim.approximate)}".strip(),
                **_of(claim.report, report),
            )
        )
    return tuple(found)


def _tellings(incident: Incident, reports: Reports) -> tuple[Saying, ...]:
    """Give the reports that tell of an incident without a figure, each with its words."""
    found: list[Saying] = []
    for member in incident.events[:_MOST_SAYINGS]:
        record = reports(member.report)
        event = next((e for e in record.events if e.id == member.event), None) if record else None
        if record is not None and event is not None and all(s.report != member.report for s in found):
            says = sentence_at(record.report.text, event.trigger)
            who = record.report.publisher or "a report"
            found.append(
                Saying(who=who, says=says, said=_day(record.report), **_of(member.report, record.report))
            )
    return tuple(found)


def _of(key: str, report: Report | None) -> dict[str, str | None]:
    if report is None:
        return {"report": key}
    return {"report": key, "title": report.title, "publisher": report.publisher, "url": report.url}


def _day(report: Report) -> str | None:
    return report.published[:10] if report.published else None


def posture_change(before: Posture | None, after: Posture, reports: Reports) -> Change:
    """Give the change of a posture, with the claim that it rests on."""
    key, _, claim_id = (after.claim or "").partition("#")
    record = reports(key) if key else None
    claim = next((c for c in record.claims if c.id == claim_id), None) if record else None
    said: tuple[Saying, ...] = ()
    if record is not None:
        who = claim.source.name if claim and claim.source.span else record.report.publisher or "a report"
        says = claim.content.text if claim else posture_words(after)
        kind = claim.source.kind if claim else None
        said = (
            Saying(
                who=who,
                kind=kind,
                says=" ".join(says.split()),
                said=_day(record.report),
                **_of(key, record.report),
            ),
        )
    what = f"{after.sender} in {after.host}" + (f" ({after.area})" if after.area else "")
    was = posture_words(before) if before is not None else None
    return Change(kind="posture", what=what, before=was, after=posture_words(after), said_by=said)
