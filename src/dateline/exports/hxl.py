"""Tables as CSV with a row of HXL hashtags under the header (HXL standard 1.1).

Hashtags are of the core dictionary; what that has no word for is an attribute of ours or a
tag with `x_`, as the standard asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TextIO

from dateline import codebook
from dateline.exports.tables import Cell, Columns, Row, write_cells

__all__ = ["hashtags", "write_hxl"]

_PLACE = {
    "place": "#loc+name", "country": "#country+code+iso3", "admin1": "#adm1+name", "lat": "#geo+lat",
    "lon": "#geo+lon", "precision": "#geo+precision+code", "geonames": "#loc+code+geonames",
}  # fmt: skip
_REPORT = {
    "report": "#meta+id+report", "publisher": "#meta+source+publisher", "url": "#meta+url+source",
    "published": "#date+published", "claim": "#meta+id+claim", "source": "#meta+source+speaker",
    "source_kind": "#meta+source+type", "confidence": "#meta+confidence+num",
    "incident_ids": "#meta+id+incident+list", "event": "#meta+id+event", "figure": "#meta+id+figure",
    "words": "#description+words", "start": "#meta+offset+start", "end": "#meta+offset+end",
}  # fmt: skip
_MEASURES = {
    "killed": "#affected+killed", "wounded": "#affected+injured", "missing": "#affected+missing",
    "held": "#affected+held", "detained": "#affected+detained", "freed": "#affected+released",
    "displaced": "#affected+displaced", "evacuated": "#affected+evacuated", "infected": "#affected+infected",
    "unidentified": "#affected+killed+unidentified", "attackers": "#x_people+attackers",
    "deployed": "#capacity+deployed", "participants": "#x_people+participants", "affected": "#affected",
    "destroyed": "#impact+destroyed",
}  # fmt: skip
_SIDES = {"lowest": "+min", "best": "+best", "highest": "+max"}
_OF_TABLE: Mapping[str, Mapping[str, str]] = {
    "incidents": {
        **_PLACE, "id": "#meta+id+incident", "type": "#event+type", "types": "#event+type+list",
        "title": "#event+name", "start": "#date+start", "end": "#date+end", "actors": "#org+actor+list",
        "reports": "#meta+reports+num", "report_ids": "#meta+id+report+list", "events": "#event+mentions+num",
        "contested": "#status+contested",
        **{f"{m}_{s}": tag + attribute for m, tag in _MEASURES.items() for s, attribute in _SIDES.items()},
    },
    "records": {
        **_PLACE, **_REPORT, "title": "#meta+title", "language": "#meta+lang", "places": "#loc+num",
        "actors": "#org+num", "events": "#event+num", "figures": "#affected+figures+num",
        "claims": "#meta+claims+num", "types": "#event+type+list", "countries": "#country+code+iso3+list",
        "notices": "#meta+notices",
    },
    "events": {
        **_PLACE, **_REPORT, "happening": "#meta+id+happening", "type": "#event+type", "status": "#status",
        "event_start": "#date+start", "event_end": "#date+end",
        "time_precision": "#event+time_precision+code",
        **{role: f"#org+{role}" for role in codebook.ROLES}, "agent": "#org+actor+name",
        "target": "#org+target+name", "instrument": "#x_instrument", "origin": "#loc+origin",
        "destination": "#loc+destination", "cause": "#cause", "plover": "#event+code+plover",
        "cameo": "#event+code+cameo",
    },
    "figures": {
        **_PLACE, **_REPORT, "measure": "#indicator+code", "low": "#indicator+value+min",
        "high": "#indicator+value+max", "approximate": "#indicator+approximate", "group": "#x_people+group",
        "nationality": "#x_people+nationality+code", "status": "#status", "who": "#x_people+name",
        "event_type": "#event+type", "event_start": "#date+start",
    },
    "claims": {
        **_REPORT, "cue": "#description+cue", "via": "#meta+source+via", "quote": "#status+quoted",
        "content": "#description+claim", "said": "#date+reported", "events": "#meta+id+event+list",
        "event_types": "#event+type+list", "figures": "#meta+id+figure+list",
    },
    "postures": {
        "sender": "#org+country+code+iso3", "host": "#country+code+iso3", "mission": "#status+mission",
        "staff": "#status+staff", "advice": "#status+advice", "area": "#loc+area+name", "status": "#status",
        "since": "#date+start", "until": "#date+end", "report": "#meta+id+report", "claim": "#meta+id+claim",
        "current": "#status+current",
    },
}  # fmt: skip


def hashtags(what: str, columns: Columns) -> list[str]:
    """List the hashtag of each column of a table; the same column has it in every export."""
    tags = _OF_TABLE[what]
    return [tags[name] for name in columns]


def write_hxl(what: str, rows: Iterable[Row], columns: Columns, stream: TextIO) -> int:
    """Write a header, the hashtags, and a line a row; give how many rows.

    White space within a cell is folded, since HXL's own checks complain of it.
    """
    folded = ({name: _folded(value) for name, value in row.items()} for row in rows)
    return write_cells([list(columns), hashtags(what, columns)], folded, columns, stream)


def _folded(value: Cell) -> Cell:
    return " ".join(value.split()) if isinstance(value, str) else value
