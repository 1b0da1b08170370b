"""Which peoples a text names: "Americans", "Dutch citizens", apart from the states themselves."""

from __future__ import annotations

import csv
import re
from importlib.resources import files

from dateline.errors import AssetError
from dateline.incidents.nations import states_named
from dateline.knowledge.names import fold

__all__ = ["peoples_named"]

_WORDS = re.compile(r"[^\W\d_][\w.’'-]*")


def _demonyms() -> frozenset[str]:
    path = files("dateline.knowledge").joinpath("data/countries.csv")
    try:
        rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
        pairs = [(name, row["aliases"].split("|")) for row in rows for name in row["demonyms"].split("|")]
    except (OSError, KeyError) as problem:
        message = "the list of states is missing or damaged"
        raise AssetError(message, where=str(path), hint="install the package again") from problem
    return frozenset(fold(name) for name, aliases in pairs if name and name not in aliases)


_DEMONYMS = _demonyms()


def peoples_named(text: str) -> list[tuple[int, str]]:
    """Find the states whose people a text names, in order: where (code points) and which (alpha-3)."""
    return [(at, code) for at, code in states_named(text) if _is_people(text[at:])]


def _is_people(text: str) -> bool:
    words = [re.sub(r"['’]s?$", "", m.group()) for m in _WORDS.finditer(text)][:2]
    return any(fold(" ".join(words[:count])) in _DEMONYMS for count in range(1, len(words) + 1))
