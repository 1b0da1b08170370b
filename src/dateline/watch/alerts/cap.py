"""Alerts as files of the Common Alerting Protocol 1.2 (OASIS): one each, named by the alert's id."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from dateline.errors import ConfigError
from dateline.exports.cap import NAMESPACE
from dateline.exports.wording import plain
from dateline.watch.alerts.alert import Alert, words
from dateline.watch.alerts.files import put_whole

__all__ = ["CapFolder", "cap_of"]

_FORBIDDEN = set(" ,<&\t\n\r")  # in senders and identifiers, by the standard
_POSTURE = (
    ("language", "en-US"), ("category", "Safety"), ("event", "posture"), ("urgency", "Unknown"),
    ("severity", "Unknown"), ("certainty", "Observed"),
)  # fmt: skip


class CapFolder:
    """Writes each alert as a file; a later alert of the same subject updates the one before."""

    def __init__(
        self, folder: Path, sender: str, status: str, incident_xml: Callable[[str, str], bytes | None]
    ) -> None:
        """Raises ConfigError for a sender that the standard forbids."""
        if set(sender) & _FORBIDDEN:
            raise ConfigError(f"sender has a blank, comma, < or &: {sender!r}")
        self._folder, self._sender, self._status, self._incident = folder, sender, status, incident_xml

    def send(self, alert: Alert) -> None:
        """Write the file of an alert. Raises SendError when that can't be done."""
        body = self._incident(alert.subject, self._sender)
        put_whole(self._folder / f"{alert.id}.xml", cap_of(alert, self._sender, self._status, body))


def cap_of(alert: Alert, sender: str, status: str, incident: bytes | None) -> bytes:
    """Write an alert as CAP 1.2: the incident's own information, headed by what changed."""
    ElementTree.register_namespace("", NAMESPACE)
    info = ElementTree.fromstring(incident).find(f"{{{NAMESPACE}}}info") if incident else None
    root = ElementTree.Element(f"{{{NAMESPACE}}}alert")
    for name, value in (
        ("identifier", alert.id), ("sender", sender), ("sent", _sent(alert.made)), ("status", status),
        ("msgType", "Update" if alert.replaces else "Alert"), ("scope", "Public"),
        ("note", "Made from news reports; not verified on the spot."),
    ):  # fmt: skip
        _add(root, name, value)
    if alert.replaces and alert.replaces_made:
        _add(root, "references", f"{sender},{alert.replaces},{_sent(alert.replaces_made)}")
    _add(root, "incidents", "".join("-" if c in _FORBIDDEN or c == '"' else c for c in alert.subject))
    if info is None:
        info = _plain_info(alert)
    _say(info, alert)
    root.append(info)
    ElementTree.indent(root)
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _plain_info(alert: Alert) -> ElementTree.Element:
    """Make the information of an alert that is about no incident (any more)."""
    info = ElementTree.Element(f"{{{NAMESPACE}}}info")
    for name, value in (*_POSTURE, ("headline", ""), ("description", ""), ("web", "")):
        _add(info, name, value)
    if alert.country:
        area = ElementTree.SubElement(info, f"{{{NAMESPACE}}}area")
        _add(area, "areaDesc", ", ".join(part for part in (alert.place, alert.country) if part))
        code = ElementTree.SubElement(area, f"{{{NAMESPACE}}}geocode")
        _add(code, "valueName", "ISO 3166-1")
        _add(code, "value", alert.country)
    return info


def _say(info: ElementTree.Element, alert: Alert) -> None:
    """Put what changed, and who says so, where CAP has its words."""
    texts = {"headline": alert.headline, "description": words(alert), "web": next(iter(alert.links), None)}
    for name, text in texts.items():
        element = info.find(f"{{{NAMESPACE}}}{name}")
        if element is not None and text and (name != "web" or _is_uri(text)):
            element.text = "\n".join(plain(line) for line in text.split("\n"))
        elif element is not None and not element.text:
            info.remove(element)


def _is_uri(address: str) -> bool:
    return address.startswith(("http://", "https://")) and " " not in address


def _sent(made: str) -> str:
    """Write a time as the standard has it: UTC is -00:00, a Z is forbidden."""
    return made.replace("+00:00", "-00:00")


def _add(parent: ElementTree.Element, name: str, value: str) -> None:
    ElementTree.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = value
