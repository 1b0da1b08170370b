"""Many reports, one incident: link records into incidents with their ledgers, and postures.

Everything here is a pure function of the records: no disk, no clock, no
network, the same for the same records in any order. A `Brief` is what of a
record is compared; `keys` and `ties` say which reports bear on each other, so
that a store can link what is new with what it touches, build anew only the
incidents that are told by others than before, and get what linking everything
would give.
"""

from __future__ import annotations

from dateline.incidents.briefs import (
    Brief,
    brief_of,
    open_brief,
    open_signs,
    pack_brief,
    pack_signs,
    tied,
)
from dateline.incidents.index import Index
from dateline.incidents.link import Group, Grouping, Linked, build, group, hosts, keys, link, postures
from dateline.incidents.posture import postures_from, signs_of
from dateline.incidents.units import Unit, units_of

__all__ = [
    "Brief",
    "Group",
    "Grouping",
    "Index",
    "Linked",
    "Unit",
    "brief_of",
    "build",
    "group",
    "hosts",
    "keys",
    "link",
    "open_brief",
    "open_signs",
    "pack_brief",
    "pack_signs",
    "postures",
    "postures_from",
    "signs_of",
    "tied",
    "units_of",
]
