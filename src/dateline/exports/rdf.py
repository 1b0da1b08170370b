"""Incidents and claims as linked data: schema.org Event and Claim, in JSON-LD and in Turtle.

One node builder serves both. What schema.org has no word for stands in Dateline's own
namespace, `urn:dateline:terms#`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TextIO
from urllib.parse import quote

import msgspec

from dateline import codebook
from dateline.exports.countries import country
from dateline.exports.stories import Story, title_of
from dateline.exports.wording import plain
from dateline.record import Claim, Event, Figure, Incident, LedgerLine, Place, Record
from dateline.store.telling import Telling

__all__ = ["CONTEXT", "claim_nodes", "event_node", "write_jsonld", "write_turtle"]

TERMS = "urn:dateline:terms#"
CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "dl": TERMS,
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    **{name: {"@type": "@id"} for name in ("url", "sameAs", "additionalType")},
    **{name: {"@type": "xsd:date"} for name in ("startDate", "endDate", "datePublished")},
}
_SCHEMES = {"plover": "PLOVER", "cameo": "CAMEO", "acled": "ACLED"}
_GEONAMES = "https://sws.geonames.org/"
_PEOPLE = frozenset({"official", "witness", "expert", "relative", "anonymous"})
Node = dict[str, Any]


def event_node(story: Story) -> Node:
    """Make a schema.org Event of an incident: place, days, reports, toll by source."""
    incident = story.incident
    node = {
        "@id": _incident_uri(incident.id), "@type": "Event", "name": incident.title,
        "identifier": incident.id, "description": story.sentence(), "startDate": (incident.start or "")[:10],
        "endDate": (incident.end or incident.start or "")[:10],
        "location": _place(incident.where, incident.country),
        "additionalType": [f"{TERMS}{t}" for t in dict.fromkeys((incident.type, *incident.types))],
        "keywords": _codes(incident.type), "subjectOf": [_report(record) for record in story.records],
        "dl:agent": list(incident.actors.get("agent", ())),
        "dl:target": list(incident.actors.get("target", ())),
        "dl:toll": [_toll(incident, measure) for measure in incident.totals],
        "dl:ledger": [_line(story, number, line) for number, line in enumerate(incident.ledger)],
    }  # fmt: skip
    return _kept(node)


def claim_nodes(telling: Telling) -> Iterator[Node]:
    """Yield a schema.org Claim for every claim that is asked for: who says it, where, about what."""
    article = _report(telling.record)
    for claim in telling.record.claims:
        if telling.asked(claim.id):
            yield _claim(telling, claim, article)


def write_jsonld(nodes: Iterable[Node], stream: TextIO) -> int:
    """Write a JSON-LD document with a graph of nodes, one at a time; give how many.

    The context stands in the document, so that reading it needs no network.
    """
    stream.write('{"@context":' + msgspec.json.encode(CONTEXT).decode() + ',\n"@graph":[')
    count = 0
    for count, node in enumerate(nodes, 1):
        stream.write((",\n" if count > 1 else "\n") + msgspec.json.encode(node).decode("utf-8"))
    stream.write("\n]}\n")
    return count


def write_turtle(nodes: Iterable[Node], stream: TextIO) -> int:
    """Write the same as Turtle, node by node; give how many.

    Written here and not through a graph in memory, which takes ten times as long; a test
    holds it against the JSON-LD by rdflib. A place or report of several nodes stands again
    with each, which in RDF says nothing new.
    """
    prefixes = {"schema": CONTEXT["@vocab"], "dl": TERMS, "xsd": CONTEXT["xsd"]}
    stream.write("".join(f"@prefix {name}: <{uri}> .\n" for name, uri in prefixes.items()))
    count = 0
    for count, node in enumerate(nodes, 1):  # noqa: B007 (the count is the result)
        stream.write("".join(_statements(node)))
    return count


def _statements(node: Node) -> Iterator[str]:
    """Yield what is said of a node, then of the nodes within it."""
    lines = [f"    a schema:{node['@type']}"] if "@type" in node else []
    inner: list[Node] = []
    for key, value in node.items():
        if not key.startswith("@"):
            values = value if isinstance(value, list) else [value]
            inner += [one for one in values if isinstance(one, dict)]
            verb = key if ":" in key else f"schema:{key}"
            lines.append(f"    {verb} {', '.join(_object(key, one) for one in values)}")
    if lines:
        yield f"\n<{node['@id']}>\n" + " ;\n".join(lines) + " .\n"
    for one in inner:
        yield from _statements(one)


def _object(key: str, value: Any) -> str:
    """Write an object as the context has it. JSON's escapes within a string are Turtle's, too."""
    if isinstance(value, dict):
        return f"<{value['@id']}>"
    kind = CONTEXT.get(key, {}).get("@type")
    if kind == "@id":
        return f"<{value}>"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f'"{value!r}"^^xsd:double'
    if isinstance(value, int):
        return str(value)
    return msgspec.json.encode(value).decode("utf-8") + (f"^^{kind}" if kind else "")


def _kept(node: Node) -> Node:
    return {key: value for key, value in node.items() if value not in (None, "", [], {})}


def _incident_uri(key: str) -> str:
    return f"urn:dateline:incident:{quote(key, safe='')}"


def _report_uri(key: str) -> str:
    return f"urn:dateline:report:{quote(key.replace(':', '-'), safe='-')}"


def _uri(url: str | None) -> str | None:
    """Give an address that may stand as an IRI: what a page calls its address may be anything."""
    if not url or not url.startswith(("http://", "https://")):
        return None
    return quote(url, safe=":/?#[]@!$&'()*+,;=%-._~")


def _report(record: Record) -> Node:
    title = title_of(record)
    publisher = {"@id": f"urn:dateline:publisher:{quote(title.publisher or '', safe='')}",
                 "@type": "Organization", "name": title.publisher}  # fmt: skip
    return _kept({
        "@id": _report_uri(title.id), "@type": "NewsArticle", "identifier": title.id, "headline": title.title,
        "url": _uri(title.url), "datePublished": (title.published or "")[:10],
        "inLanguage": record.report.language, "publisher": publisher if title.publisher else None,
    })  # fmt: skip


def _place(where: Place | None, alpha3: str | None) -> Node | None:
    if where is None and alpha3 is None:
        return None
    key = f"{where.geonames or where.name}" if where else str(alpha3)
    uri = f"urn:dateline:place:{quote(key, safe='')}"
    land = country(alpha3)
    address = _kept({
        "@id": uri + ":address", "@type": "PostalAddress", "addressCountry": land.alpha2 if land else alpha3,
        "addressRegion": where.admin1 if where else None,
    })  # fmt: skip
    known = where is not None and where.lat is not None and where.lon is not None
    geo = {"@id": uri + ":geo", "@type": "GeoCoordinates", "latitude": where.lat, "longitude": where.lon}  # type: ignore[union-attr]
    return _kept({
        "@id": uri, "@type": "Place", "name": where.name if where else (land.name if land else alpha3),
        "address": address, "geo": geo if known else None, "dl:precision": where.precision if where else None,
        "sameAs": f"{_GEONAMES}{where.geonames}/" if where and where.geonames else None,
    })  # fmt: skip


def _codes(kind: str) -> list[str]:
    codes = codebook.TYPES.get(kind)
    found = [
        f"{name}:{getattr(codes, key)}" for key, name in _SCHEMES.items() if codes and getattr(codes, key)
    ]
    return [kind, *found]


def _toll(incident: Incident, measure: str) -> Node:
    total = incident.totals[measure]
    return _kept({
        "@id": f"{_incident_uri(incident.id)}:toll:{measure}", "@type": "QuantitativeValue", "name": measure,
        "minValue": total.lowest, "maxValue": total.highest, "value": total.best, "description": total.rule,
    })  # fmt: skip


def _line(story: Story, number: int, line: LedgerLine) -> Node:
    said = (
        f"{story.speaker(c)} ({c.kind}), {c.said or 'no day'}: {_bounds(c.low, c.high)} {c.status}"
        for c in line.claims
    )
    return _kept({
        "@id": f"{_incident_uri(story.incident.id)}:line:{number}", "@type": "QuantitativeValue",
        "name": line.measure, "category": line.group, "dl:nationality": line.nationality,
        "minValue": line.lowest, "maxValue": line.highest, "value": line.best,
        "dl:agreement": line.agreement, "dl:said": list(dict.fromkeys(said)),
    })  # fmt: skip


def _claim(telling: Telling, claim: Claim, article: Node) -> Node:
    record = telling.record
    said = (claim.when.start if claim.when else None) or record.report.published
    facts: dict[str, Event | Figure] = {e.id: e for e in record.events} | {f.id: f for f in record.figures}
    return _kept({
        "@id": f"{_report_uri(record.report.id)}:{claim.id}", "@type": "Claim",
        "text": plain(claim.content.text),
        "identifier": f"{record.report.id}#{claim.id}", "author": _author(record, claim),
        "appearance": article, "datePublished": (said or "")[:10],
        "about": [{"@id": _incident_uri(key)} for key in telling.incidents.get(claim.id, ())],
        "dl:sourceKind": claim.source.kind, "dl:quoted": claim.quote,
        "dl:via": claim.via.text if claim.via else None,
        "dl:states": [_fact(facts[key]) for key in claim.about if key in facts],
    })  # fmt: skip


def _fact(fact: Event | Figure) -> str:
    """Word an event or a figure shortly: `killing`, `killed 5..5`."""
    if isinstance(fact, Event):
        return f"{fact.type} ({fact.status})"
    return f"{fact.measure} {_bounds(fact.low, fact.high)}"


def _bounds(low: int | None, high: int | None) -> str:
    return f"{'' if low is None else low}..{'' if high is None else high}"


def _author(record: Record, claim: Claim) -> Node:
    """Say who makes the claim: a person where the codebook's kind is one, else an organisation."""
    source = claim.source
    kind = "Person" if source.kind in _PEOPLE else "Organization"
    name = plain(source.name) or "unnamed"
    uri = f"{_report_uri(record.report.id)}:source:{quote(source.actor or name, safe='')}"
    return {"@id": uri, "@type": kind, "name": name}
