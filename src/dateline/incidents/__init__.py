"""Many reports, one incident: link records into incidents with their ledgers, and postures.

Everything here is a pure function of the records: no disk, no clock, no
network, the same for the same records in any order. `keys` and `Linked.ties`
say which records bear on each other, so that a store can link what is new with
what it touches and get what linking everything would give.
"""

from __future__ import annotations

from dateline.incidents.index import Index
from dateline.incidents.link import Linked, hosts, keys, link, postures, tied
from dateline.incidents.units import Unit, units_of

__all__ = ["Index", "Linked", "Unit", "hosts", "keys", "link", "postures", "tied", "units_of"]
