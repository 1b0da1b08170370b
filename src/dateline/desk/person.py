"""Who asks, and what they may do."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

import msgspec
from fastapi import Request
from starlette.exceptions import HTTPException

__all__ = ["PERSON", "Person", "Role", "needs", "person_of", "signature"]

PERSON = "dateline.person"  # the key under which a request's scope holds who asks


class Role(StrEnum):
    """What somebody may do: look; decide and add too; look after accounts as well."""

    VIEWER = "viewer"
    ANALYST = "analyst"
    ADMIN = "admin"

    def may(self, needed: Role) -> bool:
        """Tell whether it is enough."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(needed)


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks: an account by its session or a token of its, or whoever sits at this machine."""

    name: str
    role: Role
    via: Literal["machine", "session", "token"] = "machine"
    session: str | None = None


def person_of(request: Request) -> Person:
    """Give who asks; an HTTPException of status 401 where nobody is known."""
    found = request.scope.get(PERSON)
    if not isinstance(found, Person):
        raise HTTPException(401, "sign in first", headers={"WWW-Authenticate": "Bearer"})
    return found


def needs(request: Request, role: Role) -> Person:
    """Give who asks, if they may; else an HTTPException of status 403."""
    person = person_of(request)
    if not person.role.may(role):
        raise HTTPException(403, f"this needs the role {role}")
    return person


def signature(request: Request, given: str) -> str:
    """Give the name under which somebody decides: an account's own, else what is given at this machine."""
    person = request.scope.get(PERSON)
    return person.name if isinstance(person, Person) and person.via != "machine" else given
