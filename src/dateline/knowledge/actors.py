"""Know armed groups, states and their forces, organisations and news agencies by name.

The list is built by `dateline.knowledge.build_actors` from UCDP's actor list and curated names.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Collection
from pathlib import Path

import msgspec

from dateline.errors import AssetError
from dateline.knowledge.names import fold
from dateline.record import ActorKind

__all__ = ["ActorRegistry", "Known"]

DEFAULT_PATH = Path(__file__).parent / "data" / "actors.json.gz"
_BODIES: dict[str, str] = {
    **dict.fromkeys(
        ("government", "regime", "authorities", "administration", "junta", "cabinet", "state"), "gov"
    ),
    **dict.fromkeys(
        ("army", "military", "armed forces", "forces", "troops", "soldiers", "air force", "navy"), "mil"
    ),
    **dict.fromkeys(("national army", "defence forces", "defense forces", "soldiers", "air force"), "mil"),
    **dict.fromkeys(("police", "national police", "police force", "policemen", "gendarmerie"), "pol"),
    **dict.fromkeys(("embassy", "foreign ministry", "defence ministry", "defense ministry"), "gov"),
    **dict.fromkeys(
        ("interior ministry", "health ministry", "parliament", "ministry of foreign affairs"), "gov"
    ),
}
_BODY_OF = re.compile(r"^(?P<body>.+?) of (?:the )?(?P<state>.+)$")
_LEADING = re.compile(r"^(?:the|a|an|its|their|his|our) ")
_POSSESSIVE = re.compile(r"['’]s?(?=\s|$)")
_TAIL = re.compile(
    r" (?:militants?|rebels?|guerrillas?|fighters?|group|movement|militia|militiamen|jihadists?|gunmen"
    r"|insurgents?|terrorists?|members?|forces|leaders|commanders|spokesman|spokesmen|spokeswoman"
    r"|officials?|troops|news agency|agency|newspaper|television|tv|radio|organi[sz]ation"
    r"|extremists?|islamists?|command|commandos?)$"
)


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """One actor of the list.

    `id` is `ucdp:` and UCDP's number, `gov:`, `mil:` or `pol:` and a state's alpha-3 code, or ours.
    `countries` are those in which it acts, `also` other ids of the same actor.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    aliases: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    also: tuple[str, ...] = ()


class _List(msgspec.Struct, frozen=True):
    known: list[Known]
    states: dict[str, str]


class ActorRegistry:
    """The known actors by name."""

    def __init__(self, known: list[Known], states: dict[str, str]) -> None:
        self._by_id = {actor.id: actor for actor in known}
        self._states = states
        self._by_key: dict[str, list[Known]] = defaultdict(list)
        for actor in known:
            for name in dict.fromkeys((actor.name, *actor.aliases)):
                key = fold(_LEADING.sub("", name.split(" (")[0]))
                if key and actor not in self._by_key[key]:
                    self._by_key[key].append(actor)

    def __len__(self) -> int:
        """Count the actors."""
        return len(self._by_id)

    @classmethod
    def open(cls, path: Path | str | None = None) -> ActorRegistry:
        """Open the list that ships, or another.

        Raises `AssetError` when the file is missing or damaged.
        """
        file = Path(path) if path else DEFAULT_PATH
        if not file.is_file():
            raise AssetError("no actor list here", where=str(file), hint="install the package again")
        try:
            whole = msgspec.json.decode(gzip.decompress(file.read_bytes()), type=_List)
        except (OSError, EOFError, msgspec.DecodeError) as error:
            message = f"damaged actor list ({error})"
            raise AssetError(message, where=str(file), hint="install the package again") from error
        return cls(whole.known, whole.states)

    def get(self, identifier: str) -> Known | None:
        """Give the actor of an id, None when there is none."""
        return self._by_id.get(identifier)

    def lookup(self, name: str, *, countries: Collection[str] = ()) -> Known | None:
        """Give the actor of a name, None when the list has none.

        Articles, case, accents and a word for what they are (`Abu Sayyaf gunmen`) don't count. Of several
        the one that acts in one of `countries` (alpha-3) is taken, else the one most in the news. Bodies of
        a state are known by its name or demonym: `Malian army`, `government of Peru`.
        """
        if name.islower() and " " not in name:
            return None
        plain = _LEADING.sub("", _POSSESSIVE.sub("", name.strip()).strip())
        plain = re.sub(r"^(?:The|A|An|THE) ", "", plain)
        key = fold(plain)
        found = self._by_key.get(key) or self._by_key.get(_TAIL.sub("", key))
        if found:
            wanted = set(countries)
            return next((actor for actor in found if wanted.intersection(actor.countries)), found[0])
        return self._state_body(key)

    def _state_body(self, key: str) -> Known | None:
        match = _BODY_OF.match(key)
        if match and (prefix := _BODIES.get(match["body"])):
            return self._by_id.get(f"{prefix}:{self._states.get(match['state'])}")
        words = key.split()
        for cut in range(1, min(len(words), 5)):
            code, prefix = self._states.get(" ".join(words[:cut])), _BODIES.get(" ".join(words[cut:]))
            if code and prefix:
                return self._by_id.get(f"{prefix}:{code}")
        return None
