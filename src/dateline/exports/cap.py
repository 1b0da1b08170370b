"""Incidents as alerts of the Common Alerting Protocol 1.2 (OASIS, ITU-T X.1303bis): one document each.

An export is a draft: `status` says so until a person who may alert sends it. Urgency,
severity and certainty follow from what is kept, by the rules in docs/exports.md.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from xml.etree import ElementTree

from dateline.errors import ExportError
from dateline.exports.archive import write_archive
from dateline.exports.stories import DONE, Story
from dateline.exports.wording import plain, word_bounds, word_days
from dateline.record import Incident, LedgerLine, Place

__all__ = ["NAMESPACE", "alert", "write_alert", "write_alerts"]

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
Status = Literal["Actual", "Exercise", "System", "Test", "Draft"]

_CATEGORY = {
    "disaster": "Geo", "outbreak": "Health", "accident": "Safety", "death": "Safety", "injury": "Safety",
    "displacement": "Safety", "evacuation": "Rescue", "aid": "Rescue", "travel-advisory": "Safety",
    "mission-closure": "Safety", "mission-opening": "Other", "talks": "Other", "agreement": "Other",
    "appeal": "Other", "accusation": "Other", "rejection": "Other", "support": "Other",
}  # fmt: skip
_SEVERITY = ((100, "Extreme"), (10, "Severe"), (1, "Moderate"))  # by the dead: mass, many, some
_RADIUS_KM = {"exact": 5.0, "near": 25.0}  # round a point that is a town, or lies near one
_WORDS = ("killed", "wounded", "missing", "held", "displaced", "evacuated", "infected")
_NO_TIME = "1970-01-01T00:00:00+00:00"


def alert(story: Story, *, sender: str = "dateline", status: Status = "Draft") -> bytes:
    """Write an incident as a CAP 1.2 alert in UTF-8; `sender` must have no blank, comma, `<` or `&`."""
    incident = story.incident
    root = ElementTree.Element("alert", xmlns=NAMESPACE)
    _add(root, "identifier", f"dateline-{_safe(incident.id)}")
    _add(root, "sender", _safe(sender))
    _add(root, "sent", _sent(story))
    _add(root, "status", status)
    _add(root, "msgType", "Alert")
    _add(root, "source", "; ".join(_publishers(story)) or None)
    _add(root, "scope", "Public")
    _add(root, "note", "Made from news reports; not verified on the spot.")
    _info(ElementTree.SubElement(root, "info"), story, sender)
    ElementTree.indent(root)
    body = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'.encode()


def write_alert(stories: Iterable[Story], path: Path, *, sender: str = "dateline") -> int:
    """Write the one alert that a file can hold. Raises ExportError where there is none, or more than one."""
    found = [story for _, story in zip(range(2), stories, strict=False)]
    if len(found) != 1:
        what = "no incident to alert of" if not found else "a CAP file holds one alert, and here are more"
        hint = "ask for one incident, or for cap-zip, which holds a file an alert"
        raise ExportError(what, hint=hint if found else "ask for others")
    path.write_bytes(alert(found[0], sender=sender))
    return 1


def write_alerts(stories: Iterable[Story], path: Path, *, sender: str = "dateline") -> int:
    """Write a ZIP archive with a file an alert, as they come; give how many."""
    members = ((f"dateline-{_safe(s.incident.id)}.cap.xml", alert(s, sender=sender)) for s in stories)
    return write_archive(members, path)


def _add(parent: ElementTree.Element, name: str, words: str | None) -> None:
    if words:
        ElementTree.SubElement(parent, name).text = plain(words)


def _pair(parent: ElementTree.Element, tag: str, name: str, value: str) -> None:
    pair = ElementTree.SubElement(parent, tag)
    _add(pair, "valueName", name)
    _add(pair, "value", value)


def _safe(words: str) -> str:
    """Leave out what CAP forbids in identifiers: blanks, commas and XML's own signs."""
    return "".join("-" if c.isspace() or c in ",<&:#" else c for c in words)


def _publishers(story: Story) -> list[str]:
    return list(dict.fromkeys(t.publisher for t in story.titles() if t.publisher))


def _stamp(value: str | None) -> str | None:
    """Write a day or time as CAP's pattern has it: seconds, and a zone in figures."""
    try:
        at = datetime.fromisoformat(value or "")
    except ValueError:
        return None
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    return at.replace(microsecond=0).isoformat()


def _sent(story: Story) -> str:
    """Give the time of the newest report, else the incident's day: the same store gives the same alert."""
    times = sorted(filter(None, (_stamp(t.published) for t in story.titles())), key=datetime.fromisoformat)
    return times[-1] if times else _stamp(story.incident.start) or _NO_TIME


def _info(info: ElementTree.Element, story: Story, sender: str) -> None:
    incident = story.incident
    _add(info, "language", "en-US")
    _add(info, "category", _CATEGORY.get(incident.type, "Security"))
    _add(info, "event", incident.type.replace("-", " "))
    _add(info, "urgency", _urgency(story))
    _add(info, "severity", _severity(incident))
    _add(info, "certainty", _certainty(story))
    _pair(info, "eventCode", "dateline:type", incident.type)
    _add(info, "onset", _stamp(incident.start))
    _add(info, "senderName", sender)
    _add(info, "headline", incident.title)
    _add(info, "description", _description(story))
    _add(info, "web", next((t.url for t in reversed(story.titles()) if t.url and _is_uri(t.url)), None))
    for measure, total in incident.totals.items():
        _pair(info, "parameter", f"dateline:{measure}", word_bounds(total.lowest, total.highest))
        if total.best is not None:
            _pair(info, "parameter", f"dateline:{measure}:best", str(total.best))
    _area(info, incident)


def _is_uri(url: str) -> bool:
    return url.startswith(("http://", "https://")) and " " not in url


def _urgency(story: Story) -> str:
    """Immediate while it goes on, Future where it is threatened or planned, else Past."""
    statuses = {event.status for _, event in story.events()}
    if "ongoing" in statuses:
        return "Immediate"
    if statuses and not statuses & DONE:
        return "Future"
    return "Past"


def _severity(incident: Incident) -> str:
    total = incident.totals.get("killed")
    dead = (total.best if total.best is not None else total.lowest) if total else None
    if dead is None:
        return "Unknown"
    return next((word for least, word in _SEVERITY if dead >= least), "Minor")


def _certainty(story: Story) -> str:
    """Observed where it happened by two sources or more, Likely by one, Possible where all is hedged."""
    statuses = {event.status for _, event in story.events()}
    if statuses and not statuses & DONE:
        return "Possible"
    return "Observed" if len(_publishers(story)) > 1 else "Likely"


def _description(story: Story) -> str:
    incident = story.incident
    parts = [f"{incident.type.replace('-', ' ').capitalize()}, {word_days(incident)}."]
    parts += [f"“{sentence}”" for sentence in (story.sentence(),) if sentence]
    parts += [
        _line(story, line) for line in incident.ledger if line.measure in _WORDS and not line.nationality
    ]
    return " ".join(parts)


def _line(story: Story, line: LedgerLine) -> str:
    who = "" if line.group == "unspecified" else f" ({line.group})"
    told = [
        f"{story.speaker(line.claims[at])}: {word_bounds(line.claims[at].low, line.claims[at].high)}"
        for at in line.latest.values() if at < len(line.claims)
    ]  # fmt: skip
    end = f" — {line.agreement}." if line.agreement == "contested" else "."
    return f"{line.measure}{who} {word_bounds(line.lowest, line.highest)}, by {', '.join(told)}{end}"


def _area(info: ElementTree.Element, incident: Incident) -> None:
    where = incident.where
    if where is None and incident.country is None:
        return
    area = ElementTree.SubElement(info, "area")
    names = [where.name if where else None, where.admin1 if where else None, incident.country]
    _add(area, "areaDesc", ", ".join(dict.fromkeys(n for n in names if n)))
    if where and where.lat is not None and where.lon is not None:
        _circle(area, where, where.lat, where.lon)
    if incident.country:
        _pair(area, "geocode", "ISO 3166-1", incident.country)


def _circle(area: ElementTree.Element, where: Place, lat: float, lon: float) -> None:
    """Draw a circle only round what is a point on a map; a province or a country has its name alone."""
    radius = where.radius_km or _RADIUS_KM.get(where.precision or "")
    if radius:
        _add(area, "circle", f"{lat:.4f},{lon:.4f} {radius:g}")
