"""Distances on the earth, taken for a sphere."""

from __future__ import annotations

import math

__all__ = ["EARTH_KM", "great_circle_km"]

EARTH_KM = 6371.0  # mean radius


def great_circle_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Give the great-circle distance of two points in degrees, in kilometres (haversine)."""
    a, b = math.radians(lat), math.radians(other_lat)
    half = (
        math.sin((b - a) / 2) ** 2
        + math.cos(a) * math.cos(b) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))
