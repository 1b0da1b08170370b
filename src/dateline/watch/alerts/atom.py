"""Alerts as an Atom feed in a file (RFC 4287), for any reader of feeds, and for a web server to give out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

from dateline.exports.wording import plain
from dateline.watch.alerts.alert import Alert, words
from dateline.watch.alerts.files import put_whole

__all__ = ["AtomFile", "feed_of"]

_SPACE = "http://www.w3.org/2005/Atom"
_NEVER = "1970-01-01T00:00:00Z"


class AtomFile:
    """Writes the last alerts of its channel anew each time; an alert is in it once."""

    def __init__(self, path: Path, title: str, sent: Callable[[], list[Alert]]) -> None:
        self._path, self._title, self._sent = path, title, sent

    def send(self, alert: Alert) -> None:
        """Put an alert into the feed. Raises SendError when the file can't be written."""
        alerts = {one.id: one for one in (alert, *self._sent())}
        ordered = sorted(alerts.values(), key=lambda one: (one.made, one.id), reverse=True)
        put_whole(self._path, feed_of(ordered, self._title))


def feed_of(alerts: list[Alert], title: str) -> bytes:
    """Write alerts as a feed in UTF-8; its id is made from its title."""
    root = ElementTree.Element("feed", xmlns=_SPACE)
    _add(root, "title", title)
    _add(root, "id", f"urn:dateline:alerts:{'-'.join(title.lower().split())}")
    _add(root, "updated", alerts[0].made if alerts else _NEVER)
    _add(ElementTree.SubElement(root, "author"), "name", "Dateline")
    for alert in alerts:
        entry = ElementTree.SubElement(root, "entry")
        _add(entry, "id", f"urn:dateline:alert:{alert.id}")
        _add(entry, "title", alert.headline)
        _add(entry, "updated", alert.made)
        for kind in alert.types:
            ElementTree.SubElement(entry, "category", term=kind)
        for link in alert.links:
            ElementTree.SubElement(entry, "link", rel="related", href=plain(link))
        _add(entry, "content", words(alert)).set("type", "text")
    ElementTree.indent(root)
    body: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return body + b"\n"


def _add(parent: ElementTree.Element, name: str, text: str) -> ElementTree.Element:
    made = ElementTree.SubElement(parent, name)
    made.text = "\n".join(plain(line) for line in text.split("\n"))
    return made
