"""What pages load: libraries and fonts, the world's outline, marks on the map."""

from __future__ import annotations

import gzip
from functools import lru_cache
from typing import Any

import msgspec
from fastapi import APIRouter, HTTPException, Request, Response

from dateline.desk.assets import ASSETS, asset, asset_type
from dateline.desk.core import Desk, ask, desk_of
from dateline.desk.tags import JSON, Tag
from dateline.desk.wording import country_name, family
from dateline.exports.outline import outline_bytes, shapes
from dateline.knowledge.gazetteer import Entry, Gazetteer
from dateline.record import Posture
from dateline.store import Filter

__all__ = ["marks", "posture_marks", "router", "warm"]

router = APIRouter(include_in_schema=False)

_EFFORT = 4  # of packing, 1 to 9: marks are packed once, while somebody waits
_TOWN, _CAPITAL = 200_000, 4  # people from which on a town is named; how much more a capital weighs
_GRAVITY = {"leave": 3, "avoid": 2, "caution": 1}
_SHUT = {"closed": 3, "relocated": 3, "reduced": 2}


def warm() -> None:
    """Make what every map loads before anybody waits for it."""
    _packed_outline()
    _packed_names()


@router.get("/healthz")
def health(request: Request) -> Response:
    """Say that the desk is ready: it has loaded, and its store answers. Asked without an account."""
    desk_of(request).looking.version()
    return Response(b'{"status":"ready"}', media_type=JSON, headers={"Cache-Control": "no-store"})


@router.get("/assets/outline.json")
def outline(request: Request) -> Response:
    """Give the world's outline as TopoJSON, packed once where it may be."""
    if "gzip" in request.headers.get("accept-encoding", ""):
        packed = {"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return Response(_packed_outline(), media_type="application/json", headers=packed)
    return Response(outline_bytes(), media_type="application/json")


@lru_cache(maxsize=1)
def _packed_outline() -> bytes:
    return gzip.compress(outline_bytes(), mtime=0)


@router.get("/assets/names.json")
def names(request: Request) -> Response:
    """Give the names of countries and towns for the map, packed once where it may be."""
    packed = _packed_names()
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(
            packed, media_type=JSON, headers={"Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        )
    return Response(gzip.decompress(packed), media_type=JSON)


@lru_cache(maxsize=1)
def _packed_names() -> bytes:
    """Pack countries with the degrees over which their largest land reaches, and towns with their people."""
    wide: dict[str, float] = {}
    for shape in shapes():
        west, _, east, _ = shape.box
        wide[shape.country] = max(wide.get(shape.country, 0.0), round(east - west, 1))
    with Gazetteer.open() as gazetteer:
        lands = [(land, gazetteer.country(land)) for land in sorted(wide, key=lambda code: -wide[code])]
        towns = gazetteer.towns(_TOWN)
    found = [(country_name(code), _at(land.lat), _at(land.lon), wide[code]) for code, land in lands if land]
    largest = [(town.name, _at(town.lat), _at(town.lon), _people(town)) for town in towns]
    largest.sort(key=lambda row: -row[3])
    return gzip.compress(msgspec.json.encode({"lands": found, "towns": largest}), mtime=0)


def _at(degrees: float) -> float:
    return round(degrees, 2)


def _people(town: Entry) -> int:
    """Give by how many people a town is ranked on the map: a capital comes before larger ones."""
    return town.population * (_CAPITAL if town.capital else 1)


@router.get("/assets/{name}")
def library(name: str) -> Response:
    """Give a file of a library or a font."""
    if name not in ASSETS:
        raise HTTPException(404)
    return Response(asset(name), media_type=asset_type(name))


@router.get("/map/marks.json")
def map_marks(request: Request) -> Response:
    """Give what stands on the map: incidents that the filters let through, postures by host."""
    desk, asked, tag = desk_of(request), ask(request.query_params), Tag(request)
    headers = {"ETag": tag.text, "Vary": "Accept-Encoding"}
    if tag.known:
        return Response(status_code=304, headers=headers)
    packed = desk.kept.get(("marks", asked.wanted), lambda: _packed(marks(desk, asked.wanted)))
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(packed, media_type=JSON, headers={**headers, "Content-Encoding": "gzip"})
    return Response(gzip.decompress(packed), media_type=JSON, headers=headers)


def _packed(body: bytes) -> bytes:
    return gzip.compress(body, _EFFORT, mtime=0)


def marks(desk: Desk, wanted: Filter) -> bytes:
    """Give the marks as compact JSON."""
    kinds: dict[str, int] = {}
    incidents = []
    for p in desk.looking.points(wanted):
        kind = kinds.setdefault(p.type, len(kinds))
        incidents.append((round(p.lat, 4), round(p.lon, 4), kind, p.killed, int(p.contested), p.id))
    return msgspec.json.encode(
        {
            "kinds": [{"name": kind, "family": family(kind)} for kind in kinds],
            "incidents": incidents,
            "postures": posture_marks(desk.store.postures(None, wanted.country)),
        }
    )


def posture_marks(postures: list[Posture]) -> list[dict[str, Any]]:
    """Give a mark a host country, at its capital: how many senders, and how grave the gravest of them."""
    hosts: dict[str, list[Posture]] = {}
    for posture in postures:
        hosts.setdefault(posture.host, []).append(posture)
    found = []
    with Gazetteer.open() as gazetteer:
        for host, own in sorted(hosts.items()):
            at = gazetteer.capital(host) or gazetteer.country(host)
            if at is not None:
                found.append(
                    {"host": host, "name": country_name(host), "lat": at.lat, "lon": at.lon,
                     "count": len(own), "gravity": max(map(gravity, own))}
                )  # fmt: skip
    return found


def gravity(posture: Posture) -> int:
    """Tell how grave a posture is: 3 left or closed, 2 avoid or reduced, 1 caution, 0 calm."""
    staff = 3 if posture.staff in ("evacuated", "evacuating") else 0
    return max(_GRAVITY.get(posture.advice or "", 0), _SHUT.get(posture.mission or "", 0), staff)
