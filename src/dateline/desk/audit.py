"""The log of what was done over the desk: by whom, from where, and what came of it."""

from __future__ import annotations

from fastapi import Request

from dateline.desk.core import desk_of
from dateline.desk.person import Person

__all__ = ["address_of", "note"]


def address_of(request: Request) -> str:
    """Give where a request comes from."""
    return request.client.host if request.client else ""


def note(request: Request, person: Person, action: str, what: str, outcome: str) -> None:
    """Write a line of the log; raises as the store does when it can't be written."""
    log = desk_of(request).store.accounts
    log.note(person.name, person.via, action, what=what, outcome=outcome, address=address_of(request))
