"""Know armed groups, states and their forces, organisations and news agencies by name.

The list is built by `dateline.knowledge.build_actors` from UCDP's actor list and curated names.
"""

from __future__ import annotations

import gzip
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from dateline.errors import AssetError
from dateline.knowledge.names import fold
from dateline.record import ActorKind

__all__ = ["ActorRegistry", "Known"]

DEFAULT_PATH = Path(__file__).parent / "data" / "actors.json.gz"
LOCAL = "~"  # before an alias that holds only in texts that name the actor's country: `~National Guard`
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
_BODY_WORDS = 2  # of the longest body: `armed forces`
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
    `countries` are those in which it acts, `also` other ids of the same actor; `parent` is the id of what
    it is a part, a mission or the voice of; `since` and `until` are the years of its life where known.
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    aliases: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    parent: str | None = None
    since: int | None = None
    until: int | None = None


class _List(msgspec.Struct, frozen=True):
    known: list[Known]
    states: dict[str, str]


class ActorRegistry:
    """The known actors by name."""

    def __init__(self, known: list[Known], states: dict[str, str]) -> None:
        self._by_id = {actor.id: actor for actor in known}
        self._states = states
        self._by_key: dict[str, list[Known]] = defaultdict(list)
        self._local: dict[str, list[Known]] = defaultdict(list)
        for actor in known:
            for name in dict.fromkeys((actor.name, *actor.aliases)):
                table = self._local if name.startswith(LOCAL) else self._by_key
                key = fold(_LEADING.sub("", name.lstrip(LOCAL).split(" (")[0]))
                if key and actor not in table[key]:
                    table[key].append(actor)
        self._longest = _longest([*self._by_key, *self._local], states)

    def __len__(self) -> int:
        """Count the actors."""
        return len(self._by_id)

    def __iter__(self) -> Iterator[Known]:
        """Go through the actors, those most in the news first."""
        return iter(self._by_id.values())

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

    def longest(self, word: str) -> int:
        """Give how many words the longest name has that begins with a word; 0 where none does."""
        return self._longest.get(fold(word).partition(" ")[0], 0)

    def get(self, identifier: str) -> Known | None:
        """Give the actor of an id, None when there is none."""
        return self._by_id.get(identifier)

    def lookup(self, name: str, *, countries: Mapping[str, float] | Collection[str] = ()) -> Known | None:
        """Give the actor of a name, None when the list has none.

        Articles, case, accents and a word for what they are (`Abu Sayyaf gunmen`) don't count. Of several
        the one that acts in one of `countries` (alpha-3; the one of most weight) is taken, else the one most
        in the news; an alias of one country needs it to be among `countries`. Bodies of
        a state are known by its name or demonym: `Malian army`, `government of Peru`.
        """
        if name.islower() and " " not in name:
            return None
        plain = re.sub(r"^(?:The|A|An|THE) ", "", _LEADING.sub("", name.strip()))
        bare = _POSSESSIVE.sub("", plain).strip()
        for key in dict.fromkeys((fold(plain), fold(bare))):  # `Lord's Resistance Army`, `Boko Haram's`
            found = self._by_key.get(key) or self._by_key.get(_TAIL.sub("", key))
            if found:
                return _nearest(found, countries) or found[0]
            if local := _nearest(self._local.get(key, ()), countries):
                return local
        return self._state_body(fold(bare))

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


def _nearest(found: Sequence[Known], countries: Mapping[str, float] | Collection[str]) -> Known | None:
    """Give the actor at work in the weightiest of some countries, the first of equals; None if in none."""
    weights = countries if isinstance(countries, Mapping) else dict.fromkeys(countries, 1.0)
    rated = [
        (max((weights.get(c, 0.0) for c in actor.countries), default=0.0), -i)
        for i, actor in enumerate(found)
    ]
    weight, at = max(rated, default=(0.0, 0))
    return found[-at] if weight else None


def _longest(keys: Sequence[str], states: Mapping[str, str]) -> dict[str, int]:
    """Give the number of words of the longest name for each first word, a body behind a state's name too."""
    out: dict[str, int] = {}
    for key in keys:
        words = key.split()
        out[words[0]] = max(out.get(words[0], 0), len(words))
    for key in states:
        words = key.split()
        out[words[0]] = max(out.get(words[0], 0), len(words) + _BODY_WORDS)
    return out
