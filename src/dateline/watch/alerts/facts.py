"""What is remembered of an incident and a posture, to tell later what has changed."""

from __future__ import annotations

import msgspec

from dateline.exports.ledger_wording import word_line
from dateline.exports.wording import word_bounds
from dateline.record import Incident, Posture, Total

__all__ = ["Facts", "Toll", "facts_of", "posture_key", "posture_words"]


class Toll(msgspec.Struct, frozen=True, array_like=True):
    """A total: lowest, best, highest."""

    lowest: int | None = None
    best: int | None = None
    highest: int | None = None

    @property
    def value(self) -> int | None:
        """Give the number that is compared with a threshold: the best, else the least that is sure."""
        return next((n for n in (self.best, self.lowest, self.highest) if n is not None), None)

    def __str__(self) -> str:
        """Word it: `37`, or `37 (30–40)`."""
        bounds = word_bounds(self.lowest, self.highest)
        if self.best is None:
            return bounds
        return f"{self.best:,}" if self.lowest == self.highest else f"{self.best:,} ({bounds})"


class Facts(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An incident, as far as alerts look at it.

    `contested` names the ledger's lines on which sources contradict each
    other; `claims` are the figures known, as `report id#figure id`.
    """

    id: str
    type: str
    types: tuple[str, ...] = ()
    title: str
    country: str | None = None
    place: str | None = None
    lat: float | None = None
    lon: float | None = None
    start: str | None = None
    end: str | None = None
    actors: tuple[str, ...] = ()
    totals: dict[str, Toll] = {}
    contested: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


def facts_of(incident: Incident) -> Facts:
    """Give what is remembered of an incident."""
    where = incident.where
    return Facts(
        id=incident.id, type=incident.type, types=tuple(dict.fromkeys((incident.type, *incident.types))),
        title=incident.title, country=incident.country or (where.country if where else None),
        place=where.name if where else None, lat=where.lat if where else None,
        lon=where.lon if where else None, start=(incident.start or "")[:10] or None,
        end=(incident.end or "")[:10] or None,
        actors=tuple(dict.fromkeys(name for names in incident.actors.values() for name in names)),
        totals={measure: _toll(total) for measure, total in incident.totals.items()},
        contested=tuple(word_line(line) for line in incident.ledger if line.agreement == "contested"),
        claims=tuple(f"{c.report}#{c.figure}" for line in incident.ledger for c in line.claims),
        reports=incident.reports,
    )  # fmt: skip


def _toll(total: Total) -> Toll:
    return Toll(total.lowest, total.best, total.highest)


def posture_key(posture: Posture) -> str:
    """Give the name under which a posture is remembered: of one sender in one host country, or area of it."""
    area = f":{posture.area}" if posture.area else ""
    return f"posture:{posture.sender}:{posture.host}{area}"


def posture_words(posture: Posture) -> str:
    """Word a posture: `mission closed, staff evacuated, advice leave (in-force)`."""
    parts = [
        f"{name} {value}" for name in ("mission", "staff", "advice") if (value := getattr(posture, name))
    ]
    status = f" ({posture.status})" if posture.status else ""
    return (", ".join(parts) or "nothing stated") + status
