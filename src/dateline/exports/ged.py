"""Incidents as rows in the shape of UCDP's Georeferenced Event Dataset: its columns, codes and precisions.

After the GED codebook, version 25.1. Only incidents of organised violence in which at least
one person died are rows, as in GED. Conflicts, dyads and active years are UCDP's own
judgement over years and stay empty; docs/exports.md goes through every column. Rows are
made by Dateline and are no data of UCDP's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from dateline.codebook import where_prec
from dateline.exports.countries import country
from dateline.exports.parties import (
    ARMED,
    CIVILIAN_GROUPS,
    STATE,
    UNARMED,
    number_of,
    shot_at_civilians,
    side,
)
from dateline.exports.stories import Party, Story
from dateline.exports.tables import Columns, Row
from dateline.record import Incident, LedgerLine, Place

__all__ = ["GED_COLUMNS", "ged_row", "ged_rows", "priogrid_cell"]

GED_COLUMNS: Columns = {
    "id": "int", "relid": "text", "year": "int", "active_year": "int", "code_status": "text",
    "type_of_violence": "int", "conflict_dset_id": "int", "conflict_new_id": "int", "conflict_name": "text",
    "dyad_dset_id": "int", "dyad_new_id": "int", "dyad_name": "text", "side_a_dset_id": "int",
    "side_a_new_id": "int", "side_a": "text", "side_b_dset_id": "int", "side_b_new_id": "int",
    "side_b": "text", "number_of_sources": "int", "source_article": "text", "source_office": "text",
    "source_date": "text", "source_headline": "text", "source_original": "text", "where_prec": "int",
    "where_coordinates": "text", "where_description": "text", "adm_1": "text", "adm_2": "text",
    "latitude": "float", "longitude": "float", "geom_wkt": "text", "priogrid_gid": "int", "country": "text",
    "country_id": "int", "region": "text", "event_clarity": "int", "date_prec": "int", "date_start": "text",
    "date_end": "text", "deaths_a": "int", "deaths_b": "int", "deaths_civilians": "int",
    "deaths_unknown": "int", "best": "int", "high": "int", "low": "int", "gwnoa": "int", "gwnob": "int",
}  # fmt: skip

_VIOLENCE = frozenset(
    "armed-attack battle bombing suicide-bombing airstrike shelling killing abduction abuse seizure"
    " security-operation riot".split()
)
_STATE_BASED, _NON_STATE, _ONE_SIDED = 1, 2, 3
_CIVILIANS_ID = 9999  # UCDP's number for civilians as the other side of one-sided violence
_WHEN = {"hour": 1, "day": 1, "week": 3, "month": 4, "year": 5, "unknown": 5}
_STATE_DEAD, _GROUP_DEAD = frozenset({"soldier", "police", "official"}), frozenset({"militant", "attacker"})
_GRID = 2  # PRIO-GRID cells a degree


def ged_rows(stories: Iterable[Story]) -> Iterator[Row]:
    """Yield a row for every incident of organised violence that killed somebody."""
    for story in stories:
        row = ged_row(story)
        if row is not None:
            yield row


def ged_row(story: Story) -> Row | None:
    """Put an incident into GED's columns; None where GED would have no event."""
    incident = story.incident
    total = incident.totals.get("killed")
    best = (total.best if total.best is not None else total.lowest) if total else None
    if not total or not (best or total.highest) or not _VIOLENCE & {incident.type, *incident.types}:
        return None
    if story.only_talked_of():
        return None
    row: Row = dict.fromkeys(GED_COLUMNS)
    kind, one, two = _sides(story)
    row.update(
        id=number_of(incident), relid=incident.id, type_of_violence=kind,
        code_status=_status(incident, one, two), best=best or 0,
        low=total.lowest if total.lowest is not None else best, high=total.highest or best,
    )  # fmt: skip
    row.update(_side_cells(one, two, kind), **_source_cells(story), **_place_cells(incident))
    row.update(_time_cells(story), **_deaths(incident, kind, one, best or 0))
    return row


def _sides(story: Story) -> tuple[int | None, Party | None, Party | None]:
    """Give the type of violence and its sides: a state, if there is one, is side A."""
    one, two = side(story, "agent"), side(story, "target")
    if one is None or one.kind not in (*ARMED, "intergovernmental"):
        return None, one, two
    if two is None:
        return (_ONE_SIDED if shot_at_civilians(story) else None), one, None
    if two.kind in UNARMED:
        return _ONE_SIDED, one, two
    if two.kind not in (*ARMED, "intergovernmental"):
        return None, one, two
    if one.kind == "armed-group" == two.kind:
        return _NON_STATE, one, two
    return (_STATE_BASED, two, one) if one.kind == "armed-group" else (_STATE_BASED, one, two)


def _status(incident: Incident, one: Party | None, two: Party | None) -> str:
    if one is None or two is None:
        return "Check dyad"
    contested = any(x.agreement == "contested" for x in incident.ledger if x.measure == "killed")
    return "Check deaths" if contested else "Clear"


def _side_cells(one: Party | None, two: Party | None, kind: int | None) -> Row:
    civilians = kind == _ONE_SIDED
    names = _side_name(one), "Civilians" if civilians else _side_name(two)
    return {
        "side_a": names[0], "side_a_new_id": _side_id(one),
        "side_b": names[1], "side_b_new_id": _CIVILIANS_ID if civilians else _side_id(two),
        "dyad_name": " - ".join(names) if names[0] and names[1] else None,  # type: ignore[arg-type]
        "gwnoa": _gwno(one), "gwnob": None if civilians else _gwno(two),
    }  # fmt: skip


def _side_name(party: Party | None) -> str | None:
    """Name a side: forces of a state are its government, as in UCDP."""
    if party is None:
        return None
    land = country(party.country)
    return f"Government of {land.ucdp_name}" if party.kind in STATE and land else party.name


def _side_id(party: Party | None) -> int | None:
    if party is None:
        return None
    if (party.registry or "").startswith("ucdp:"):
        return int((party.registry or "").removeprefix("ucdp:"))
    land = country(party.country)
    return land.ucdp_government if party.kind in STATE and land else None


def _gwno(party: Party | None) -> int | None:
    land = country(party.country) if party and party.kind in STATE else None
    return land.gwno if land else None


def _source_cells(story: Story) -> Row:
    titles = story.titles()
    offices = dict.fromkeys(title.publisher for title in titles if title.publisher)
    speakers = (story.speaker(c) for x in story.incident.ledger if x.measure == "killed" for c in x.claims)
    return {
        "number_of_sources": len(offices) or None,
        "source_article": ";".join(
            f'"{title.publisher or ""},{(title.published or "")[:10]},{title.title}"' for title in titles
        ) or None,
        "source_office": ";".join(offices) or None,
        "source_date": ";".join((title.published or "")[:10] for title in titles) or None,
        "source_headline": ";".join(title.title for title in titles) or None,
        "source_original": "; ".join(dict.fromkeys(speakers)) or None,
    }  # fmt: skip


def _place_cells(incident: Incident) -> Row:
    where, land = incident.where, country(incident.country)
    cells: Row = {
        "country": land.ucdp_name if land else incident.country,
        "country_id": land.gwno if land else None, "region": land.ucdp_region if land else None,
    }  # fmt: skip
    return {**cells, **_point(where)} if where else cells


def _point(where: Place) -> Row:
    cells: Row = {
        "where_prec": where_prec(where.precision, where.radius_km, where.country, where.name),
        "where_coordinates": where.name,
        "where_description": where.name, "adm_1": where.admin1, "latitude": where.lat, "longitude": where.lon,
    }  # fmt: skip
    if where.lat is not None and where.lon is not None:
        cells["geom_wkt"] = f"POINT ({where.lon:.6f} {where.lat:.6f})"
        cells["priogrid_gid"] = priogrid_cell(where.lat, where.lon)
    return cells


def priogrid_cell(lat: float, lon: float) -> int:
    """Number the PRIO-GRID cell of a point: half degrees, row by row from the South Pole and 180° west."""
    row = min(int((lat + 90) * _GRID), 180 * _GRID - 1)
    column = min(int((lon + 180) * _GRID), 360 * _GRID - 1)
    return row * 360 * _GRID + column + 1


def _time_cells(story: Story) -> Row:
    start, end, when = story.incident.start, story.incident.end, story.when()
    if start is None:
        return {"event_clarity": 2}
    first, last = date.fromisoformat(start[:10]), date.fromisoformat((end or start)[:10])
    days = (last - first).days + 1
    span = next(prec for most, prec in ((1, 1), (6, 2), (7, 3), (31, 4), (10**6, 5)) if days <= most)
    return {
        "year": first.year, "date_start": first.isoformat(), "date_end": last.isoformat(),
        "date_prec": max(span, _WHEN[when.precision] if when else 1), "event_clarity": 1 if days == 1 else 2,
    }  # fmt: skip


def _deaths(incident: Incident, kind: int | None, one: Party | None, best: int) -> Row:
    """Share the dead among the sides by the groups of the ledger; parts that overlap are all unknown."""
    civilians = _dead(incident, CIVILIAN_GROUPS)
    state, group = _dead(incident, _STATE_DEAD), _dead(incident, _GROUP_DEAD)
    if civilians + state + group > best or kind is None:
        return {"deaths_a": 0, "deaths_b": 0, "deaths_civilians": 0, "deaths_unknown": best}
    a_is_state = one is not None and one.kind in STATE
    a, b = (state, group) if a_is_state else (group, state)
    if kind == _NON_STATE:  # both are groups, and the ledger doesn't say whose men died
        a, b, rest = 0, 0, best - civilians
    else:
        rest = best - civilians - a - b
    return {"deaths_a": a, "deaths_b": b, "deaths_civilians": civilians, "deaths_unknown": rest}


def _dead(incident: Incident, groups: frozenset[str]) -> int:
    return sum(_of_group(incident.ledger, group) for group in sorted(groups))


def _of_group(ledger: Iterable[LedgerLine], group: str) -> int:
    """Count a group's dead: those of all nations where that is told, else nation by nation."""
    lines = [x for x in ledger if x.measure == "killed" and x.group == group and x.best is not None]
    whole = [x.best or 0 for x in lines if x.nationality is None]
    return whole[0] if whole else sum(x.best or 0 for x in lines)
