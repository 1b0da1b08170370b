"""How far apart two places are, and which of them are exact enough to say so."""

from __future__ import annotations

from dateline.knowledge.sphere import great_circle_km
from dateline.record import Place

__all__ = ["SAME_KM", "distance_km", "is_exact"]

SAME_KM = 30.0  # a town, its airport and the plant outside it are one place in the news
_EXACT = ("exact", "near", "admin2")


def is_exact(place: Place) -> bool:
    """Tell whether a place is known to the town or district."""
    return place.lat is not None and place.precision in _EXACT


def distance_km(p: Place, q: Place) -> float | None:
    """Give the great-circle distance of two places in kilometres, None where one has no coordinates."""
    if p.lat is None or p.lon is None or q.lat is None or q.lon is None:
        return None
    return great_circle_km(p.lat, p.lon, q.lat, q.lon)
