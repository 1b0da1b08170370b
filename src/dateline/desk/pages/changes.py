"""What changed since it was last looked at: new incidents, tolls that moved, contests, postures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from dateline import codebook
from dateline.desk.core import Desk, desk_of
from dateline.desk.rows import Row, row_of
from dateline.desk.wording import country_name
from dateline.exports.wording import word_bounds
from dateline.record import Posture
from dateline.store import Filter
from dateline.store.moves import Digest, Move

__all__ = ["Changes", "PostureMove", "TollMove", "changes", "router"]

router = APIRouter(include_in_schema=False)

SEEN = "dateline_seen"  # the cookie that holds the last step that was looked at
_SPANS = {"12h": timedelta(hours=12), "1d": timedelta(days=1), "7d": timedelta(days=7)}
_SHOWN = 60  # of each kind
_STATES = ("mission", "staff", "advice")


class TollMove(msgspec.Struct, frozen=True):
    """An incident whose figures moved: measures as they were and are; what is now or no longer contested."""

    row: Row
    tolls: tuple[tuple[str, str, str], ...]
    contested: tuple[str, ...]
    settled: tuple[str, ...]


class PostureMove(msgspec.Struct, frozen=True):
    """A posture that changed: whose, where, and each state as it was and is."""

    sender: str
    host: str
    host_name: str
    states: tuple[tuple[str, str, str], ...]


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; the counts are of all, the lists hold the latest of each kind."""

    since: int
    now: int
    fresh: tuple[Row, ...]
    fresh_count: int
    moved: tuple[TollMove, ...]
    moved_count: int
    postures: tuple[PostureMove, ...]
    gone: int


def changes(desk: Desk, since: int) -> Changes:
    """Make the page of what moved after a step, once a version of the store."""
    return desk.kept.get(("changes", since), lambda: _moves(desk, since) if since else _all(desk))


def _all(desk: Desk) -> Changes:
    """Make the page for who has never looked: whatever there is, is new."""
    states = {f"{p.sender}>{p.host}": _states(p) for p in desk.store.postures()}
    return Changes(
        since=0, now=desk.looking.revision(), fresh=tuple(map(row_of, desk.looking.newest(_SHOWN))),
        fresh_count=desk.tally(Filter()).total, moved=(), moved_count=0,
        postures=tuple(_postures((key, None, now) for key, now in states.items())), gone=0,
    )  # fmt: skip


def _states(posture: Posture) -> str:
    return msgspec.json.encode({name: getattr(posture, name) for name in _STATES}).decode()


def _moves(desk: Desk, since: int) -> Changes:
    first: dict[str, Move] = {}
    last: dict[str, Move] = {}
    for move in desk.looking.moves(since):
        first.setdefault(move.subject, move)
        last[move.subject] = move
    net = {key: (first[key].before, last[key].after) for key in last if first[key].before != last[key].after}
    incidents = {key: pair for key, pair in net.items() if last[key].kind != "posture"}
    fresh = [key for key, (before, _) in incidents.items() if before is None]
    moved = [key for key, pair in incidents.items() if None not in pair]
    return Changes(
        since=since, now=desk.looking.revision(), fresh=tuple(_rows(desk, fresh)), fresh_count=len(fresh),
        moved=tuple(_moved(desk, moved, incidents)), moved_count=len(moved),
        postures=tuple(_postures((key, *net[key]) for key in net if last[key].kind == "posture")),
        gone=sum(last[key].kind == "gone" for key in incidents),
    )  # fmt: skip


def _rows(desk: Desk, ids: Sequence[str]) -> list[Row]:
    return list(map(row_of, desk.looking.briefs(ids[::-1][:_SHOWN])))


def _moved(
    desk: Desk, ids: Sequence[str], net: dict[str, tuple[str | None, str | None]]
) -> Iterable[TollMove]:
    for row in _rows(desk, ids):
        before, after = (msgspec.json.decode(side or "{}", type=Digest) for side in net[row.id])
        measures = [m for m in codebook.MEASURES if before.tolls.get(m) != after.tolls.get(m)]
        tolls = tuple((m, _toll(before, m), _toll(after, m)) for m in measures)
        contested = tuple(sorted({*after.contested} - {*before.contested}))
        yield TollMove(row, tolls, contested, tuple(sorted({*before.contested} - {*after.contested})))


def _toll(digest: Digest, measure: str) -> str:
    if measure not in digest.tolls:
        return "none"
    low, best, high = digest.tolls[measure]
    bounds = word_bounds(low, high)
    return bounds if best is None or low == high else f"{best:,} ({bounds})"


def _postures(moves: Iterable[tuple[str, str | None, str | None]]) -> Iterable[PostureMove]:
    for key, before, after in moves:
        was, now = (
            msgspec.json.decode(side, type=dict[str, str | None]) if side else {} for side in (before, after)
        )
        states = tuple((s, was.get(s) or "", now.get(s) or "") for s in _STATES if was.get(s) != now.get(s))
        sender, _, host = key.partition(">")
        if states:
            yield PostureMove(country_name(sender), host, country_name(host), states)


@router.get("/changes", response_class=HTMLResponse)
def show_changes(request: Request) -> HTMLResponse:
    """Show what changed, since it was last looked at, or in a span of time."""
    desk, span = desk_of(request), request.query_params.get("in", "")
    seen = request.cookies.get(SEEN, "")
    if span in _SPANS:
        since = desk.looking.revision_at((datetime.now(UTC) - _SPANS[span]).isoformat(timespec="seconds"))
    else:
        since = int(seen) if seen.isdecimal() and len(seen) < 16 else 0
    return desk.show(
        request, "changes.html", page=changes(desk, since), span=span if span in _SPANS else "",
        looked=bool(seen), section="changes",
    )  # fmt: skip


@router.post("/changes/seen")
def seen(request: Request) -> RedirectResponse:
    """Remember that all up to now was looked at."""
    back = RedirectResponse("/changes", status_code=303)
    back.set_cookie(
        SEEN, str(desk_of(request).looking.revision()), max_age=31_536_000, samesite="strict", httponly=True
    )
    return back
