"""Actors: what each did and suffered."""

from __future__ import annotations

import msgspec
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from dateline import codebook
from dateline.desk.core import Desk, desk_of
from dateline.desk.pages.names import show_names
from dateline.desk.rows import Row, row_of
from dateline.errors import NotInStore
from dateline.exports.wording import plain
from dateline.store.named import Part as Counted

__all__ = ["ActorPage", "Part", "actor_page", "router"]

router = APIRouter(include_in_schema=False)

_ROWS = 40  # incidents shown of one role
_WORDS = {"agent": "Did", "target": "Suffered", "recipient": "Received", "cause": "Caused"}


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody did or suffered: incidents in one role, their types, and the dead of them."""

    role: str
    words: str
    count: int
    types: tuple[tuple[str, int], ...]
    killed: int
    rows: tuple[Row, ...]


class ActorPage(msgspec.Struct, frozen=True, kw_only=True):
    """What the page shows; `beside` are those who stand in the same incidents: role, name, how many."""

    name: str
    parts: tuple[Part, ...]
    beside: tuple[tuple[str, str, int], ...]


def actor_page(desk: Desk, name: str) -> ActorPage:
    """Make the page of a name, once a version of the store. Raises NotInStore where nobody takes part."""
    return desk.kept.get(("actor", name), lambda: _page(desk, name))


def _page(desk: Desk, name: str) -> ActorPage:
    roles = desk.store.named.roles(name)
    if not roles:
        raise NotInStore("nobody of that name takes part in an incident", where=name, hint="look at the list")
    order = [role for role in codebook.ROLES if role in roles]
    return ActorPage(
        name=plain(name), parts=tuple(_part(desk, name, role, roles[role]) for role in order),
        beside=tuple((role, plain(other), n) for role, other, n in desk.store.named.beside(name)),
    )  # fmt: skip


def _part(desk: Desk, name: str, role: str, counted: Counted) -> Part:
    briefs = desk.looking.briefs(desk.store.named.incidents(name, role, size=_ROWS))
    return Part(
        role=role, words=_WORDS.get(role, role.capitalize()), count=counted.count, killed=counted.killed,
        types=tuple(sorted(counted.types.items(), key=lambda row: (-row[1], row[0]))),
        rows=tuple(map(row_of, briefs)),
    )  # fmt: skip


@router.get("/actors", response_class=HTMLResponse)
def actors(request: Request) -> HTMLResponse:
    """List actors, or those whose name holds some words."""
    return show_names(request, "actors", desk_of(request).store.named.actors)


@router.get("/actors/{name:path}", response_class=HTMLResponse)
def show_actor(request: Request, name: str) -> HTMLResponse:
    """Show an actor."""
    desk = desk_of(request)
    return desk.show(request, "actor.html", page=actor_page(desk, name), section="actors")
