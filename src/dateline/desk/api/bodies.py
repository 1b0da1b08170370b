"""What the API takes and gives besides the objects of the codebook."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from dateline.desk.api.objects import Added, Hit

__all__ = [
    "DECIDING",
    "GIVEN",
    "SENT",
    "Accept",
    "Apart",
    "Correct",
    "Deciding",
    "Given",
    "Merge",
    "Reject",
    "Split",
    "Undo",
]

_LARGEST = 2**53  # beyond it JavaScript's numbers are no longer exact
_Why = Annotated[
    str, Meta(min_length=1, max_length=10_000, pattern=r"\S", description="The reason, which is kept.")
]
_Name = Annotated[str, Meta(min_length=1, max_length=2000)]
_What = Annotated[
    str,
    Meta(
        min_length=1,
        max_length=2000,
        description="An incident's id, or REPORT#FACT (FACT as in its record: e1, f2).",
    ),
]
_Short = Annotated[str, Meta(max_length=2000)]
_Number = Annotated[int, Meta(ge=-_LARGEST, le=_LARGEST)]
_Value = Annotated[str, Meta(max_length=10_000)] | _Number | float | bool | None


class _Said(
    msgspec.Struct, frozen=True, kw_only=True, tag=str.lower, tag_field="kind", forbid_unknown_fields=True
):
    """What every decision says: its kind, which is its name, and why."""

    why: _Why


class Merge(_Said, frozen=True, kw_only=True):
    """Say that incidents are one and the same."""

    incidents: Annotated[tuple[_Name, ...], Meta(min_length=2, max_length=100)]


class Split(_Said, frozen=True, kw_only=True):
    """Say that some reports of an incident (or REPORT#EVENT) tell of another one."""

    incident: _Name
    reports: Annotated[tuple[_Name, ...], Meta(min_length=1, max_length=1000)]


class Apart(_Said, frozen=True, kw_only=True):
    """Say that two incidents are not the same; it is kept as a split."""

    incidents: Annotated[tuple[_Name, ...], Meta(min_length=2, max_length=2)]


class Accept(_Said, frozen=True, kw_only=True):
    """Say that a fact, or an incident as it stands, was looked at and is right."""

    what: _What


class Correct(_Said, frozen=True, kw_only=True):
    """Say what fields of a fact or an incident should be."""

    what: _What
    changes: Annotated[dict[str, _Value], Meta(min_length=1, max_length=20)]


class Reject(_Said, frozen=True, kw_only=True):
    """Say that a fact, or an incident with all its events, is none."""

    what: _What


class Undo(_Said, frozen=True, kw_only=True):
    """Take a decision back."""

    decision: Annotated[str, Meta(min_length=4, max_length=40, description="Its id, or the beginning of it.")]


Deciding = Accept | Apart | Merge | Split | Correct | Reject | Undo
DECIDING = (Accept, Apart, Merge, Split, Correct, Reject, Undo)


class Given(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A report given by hand: its text to the letter and what is known of it (`published` in ISO)."""

    text: Annotated[str, Meta(min_length=1)]
    title: _Short | None = None
    publisher: _Short | None = None
    url: _Short | None = None
    published: Annotated[str, Meta(max_length=100)] | None = None


class ExportFormat(msgspec.Struct, frozen=True, kw_only=True):
    """A format of exports: its name, what it is, and what it can hold."""

    name: str
    tells: str
    takes: tuple[str, ...]


class ExportFormats(msgspec.Struct, frozen=True, kw_only=True):
    """All formats of exports."""

    items: tuple[ExportFormat, ...]


class Me(msgspec.Struct, frozen=True, kw_only=True):
    """Who asks, and what they may do."""

    name: str
    role: Literal["viewer", "analyst", "admin"]
    via: Literal["machine", "session", "token"]


SENT = (*DECIDING, Given)
GIVEN = (Added, Hit, ExportFormats, Me)
