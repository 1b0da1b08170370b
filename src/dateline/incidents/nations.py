"""Which state words name: by its name, its demonym, or its capital standing for its government."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from dateline.errors import AssetError
from dateline.knowledge.names import fold

__all__ = ["capital_state", "load_states", "state_name", "state_named", "states_named"]

_LONGEST = 4  # words of a name that is looked up
_WORDS = re.compile(r"[^\W\d_][\w.’'-]*")
# Capitals that news uses for their governments.
_CAPITALS = {
    "tokyo": "JPN", "london": "GBR", "paris": "FRA", "washington": "USA", "berlin": "DEU", "moscow": "RUS",
    "beijing": "CHN", "algiers": "DZA", "bamako": "MLI", "tripoli": "LBY", "oslo": "NOR", "manila": "PHL",
    "rome": "ITA", "madrid": "ESP", "ottawa": "CAN", "canberra": "AUS", "ankara": "TUR", "cairo": "EGY",
    "kabul": "AFG", "islamabad": "PAK", "delhi": "IND", "tehran": "IRN", "baghdad": "IRQ", "damascus": "SYR",
    "jerusalem": "ISR", "riyadh": "SAU", "kyiv": "UKR", "kiev": "UKR", "warsaw": "POL", "vienna": "AUT",
    "brussels": "BEL", "hague": "NLD", "stockholm": "SWE", "copenhagen": "DNK", "helsinki": "FIN",
    "bern": "CHE",
    "dublin": "IRL", "lisbon": "PRT", "athens": "GRC", "seoul": "KOR", "pyongyang": "PRK", "hanoi": "VNM",
    "jakarta": "IDN", "bangkok": "THA", "nairobi": "KEN", "abuja": "NGA", "khartoum": "SDN", "tunis": "TUN",
    "rabat": "MAR", "niamey": "NER", "ouagadougou": "BFA", "dakar": "SEN", "nouakchott": "MRT", "lima": "PER",
    "bogota": "COL", "caracas": "VEN", "brasilia": "BRA", "havana": "CUB", "wellington": "NZL",
    "bucharest": "ROU",
}  # fmt: skip
_NEVER = frozenset(("us", "polish"))  # a pronoun and a verb when in small letters


def load_states() -> dict[str, str]:
    """Read the names and demonyms of states, folded, with their alpha-3 codes.

    Raises AssetError when the list is missing or damaged.
    """
    path = files("dateline.knowledge").joinpath("data/countries.csv")
    out: dict[str, str] = {}
    try:
        for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
            names = [row["name"], *row["aliases"].split("|"), *row["demonyms"].split("|")]
            for name in names:
                if name:
                    out.setdefault(fold(name), row["alpha3"])
    except (OSError, KeyError) as problem:
        message = "the list of states is missing or damaged"
        raise AssetError(message, where=str(path), hint="install the package again") from problem
    return out


_STATES: Mapping[str, str] = load_states()
_NAMES: Mapping[str, str] = {code: name for name, code in reversed(list(_STATES.items()))}


def state_name(code: str) -> str:
    """Give the first name listed of a state (alpha-3), folded; its code where it has none."""
    return _NAMES.get(code, code)


def states_named(text: str) -> list[tuple[int, str]]:
    """Find the states that a text names, in order: where (code points) and which (alpha-3).

    Only words with a capital count. A longer name beats a shorter one inside it.
    """
    words = [(m.start(), re.sub(r"['’]s?$", "", m.group())) for m in _WORDS.finditer(text)]
    out, at = [], 0
    while at < len(words):
        size, code = _state_at([w for _, w in words[at : at + _LONGEST]])
        if code:
            out.append((words[at][0], code))
        at += size
    return out


def _state_at(words: list[str]) -> tuple[int, str | None]:
    if not words[0][:1].isupper():
        return 1, None
    for count in range(len(words), 0, -1):
        name = " ".join(words[:count])
        key = fold(name)
        if key in _STATES and not (key in _NEVER and not name.isupper()):
            return count, _STATES[key]
    if "-" in words[0]:
        return 1, _STATES.get(fold(words[0].split("-")[0]))
    return 1, None


@lru_cache(maxsize=4096)  # the same few sources speak again and again
def state_named(text: str) -> str | None:
    """Give the first state that a phrase names, by name, demonym or capital; None where none is."""
    found = states_named(text)
    return found[0][1] if found else capital_state(text)


def capital_state(text: str) -> str | None:
    """Give the state whose capital a phrase names; None where none is."""
    return next(
        (_CAPITALS[w] for w in (fold(m.group()) for m in _WORDS.finditer(text)) if w in _CAPITALS), None
    )
