"""What incidents are asked for; a light module, so that asking for help costs no database."""

from __future__ import annotations

import msgspec

__all__ = ["Filter", "Near"]


class Near(msgspec.Struct, frozen=True):
    """A circle: degrees (WGS 84) and kilometres."""

    lat: float
    lon: float
    km: float


class Filter(msgspec.Struct, frozen=True, kw_only=True):
    """What incidents are asked for; all that is given must hold.

    `country` alpha-3; `since`, `until` ISO days, inclusive, of which the
    incident must share one; `type` any of its types; `actor` words of a name,
    in any role; `killed` the least best toll; `text` words and "phrases" that
    stand in one of its reports.
    """

    country: str | None = None
    near: Near | None = None
    type: str | None = None
    since: str | None = None
    until: str | None = None
    actor: str | None = None
    killed: int | None = None
    contested: bool = False
    text: str | None = None

    @property
    def on_incidents(self) -> bool:
        """Tell whether it asks for anything but words."""
        return msgspec.structs.replace(self, text=None) != Filter()
