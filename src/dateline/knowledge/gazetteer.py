"""Look places up by name: one read-only file, a few microseconds a name.

The file is built by `dateline.knowledge.build_gazetteer`, which names its sources.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, cast

import msgspec

from dateline.errors import AssetError
from dateline.knowledge.names import article_variants, edits, fold, skeleton, strip_kind_word
from dateline.knowledge.schema import BONES_LEAST, CURATED_FROM, Weight

__all__ = ["Entry", "Gazetteer", "PlaceKind"]

PlaceKind = Literal[
    "country", "admin1", "admin2", "city", "site", "airfield", "region", "continent", "water", "mountain",
]  # fmt: skip

DEFAULT_PATH = Path(__file__).parent / "data" / "gazetteer.sqlite"
CACHE_LIMIT = 50_000  # names kept in memory: about 20 MB at the worst
SPELLING_SHARE = 3  # one letter in so many may differ between spellings of one name
OTHER_NAME_LOSS = 1.0  # a place under another spelling stands below one ten times smaller under its own
_FIELDS = """
       place.id, place.name, place.kind, place.country, place.lat, place.lon, place.population,
       place.capital, place.prominence, place.radius, place.countries, a1.id, a1.name, a2.id, a2.name
"""
_AREAS = "LEFT JOIN place a1 ON a1.id = place.admin1 LEFT JOIN place a2 ON a2.id = place.admin2"
_PLACE = (
    f"SELECT name.weight, {_FIELDS} FROM name JOIN place ON place.id = name.place {_AREAS} WHERE name.key = ?"
)
_SIMILAR = f"SELECT 1, {_FIELDS} FROM bones JOIN place ON place.id = bones.place {_AREAS} WHERE bones.key = ?"
_OF_STATE = f"SELECT 0, {_FIELDS} FROM place {_AREAS} WHERE place.country = ? AND place."


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One place of the gazetteer.

    `lat`, `lon` in degrees (WGS 84), `radius_km` in kilometres, `prominence` about the decimal
    logarithm of the population, raised for capitals and states. `country` is alpha-3 (of a withdrawn
    code for a state of history), `countries` those over which a region lies. `main` tells whether the
    name looked up is the place's own and no other spelling.
    """

    id: int
    name: str
    kind: PlaceKind
    country: str | None
    lat: float
    lon: float
    population: int = 0
    capital: bool = False
    prominence: float = 0.0
    radius_km: float | None = None
    countries: tuple[str, ...] = ()
    admin1_id: int | None = None
    admin1: str | None = None
    admin2_id: int | None = None
    admin2: str | None = None
    main: bool = True

    @property
    def geonames(self) -> int | None:
        """Give the GeoNames id, None for a curated place."""
        return self.id if self.id < CURATED_FROM else None

    @property
    def weight(self) -> float:
        """Give the prominence under the name that was looked up."""
        return self.prominence if self.main else self.prominence - OTHER_NAME_LOSS


class Gazetteer:
    """The places of the world by name.

    Use it as a context manager or call `close`. One reader may call it from any one thread at a time.
    """

    def __init__(self, base: sqlite3.Connection) -> None:
        self._base = base
        self._cache: dict[str, tuple[Entry, ...]] = {}
        self._countries: dict[str, Entry | None] = {}
        self._capitals: dict[str, Entry | None] = {}
        self._short: dict[str, tuple[Entry, ...]] = {}
        self._known: dict[str, bool] = {}
        self._demonyms: dict[str, tuple[str, str]] = {
            key: (country, word)
            for key, country, word in base.execute("SELECT key, country, word FROM demonym")
        }

        self._states: dict[str, str] = dict(base.execute("SELECT key, country FROM state"))
        self._heads = frozenset(key.partition(" ")[0] for key in (*self._states, *self._demonyms))

    @classmethod
    def open(cls, path: Path | str | None = None) -> Gazetteer:
        """Open the gazetteer that ships, or another.

        Raises `AssetError` when the file is missing or damaged.
        """
        file = Path(path) if path else DEFAULT_PATH
        if not file.is_file():
            raise AssetError("no gazetteer here", where=str(file), hint="install the package again")
        try:
            base = sqlite3.connect(
                f"{file.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
            )
            return cls(base)
        except sqlite3.DatabaseError as error:
            message = f"damaged gazetteer ({error})"
            raise AssetError(message, where=str(file), hint="install the package again") from error

    def __enter__(self) -> Gazetteer:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._base.close()

    def lookup(self, name: str) -> tuple[Entry, ...]:
        """Give the places of a name, the most prominent first; none gives an empty tuple.

        Case, accents, hyphens and apostrophes don't count. A name not found as written is tried with
        another Arabic article, or none, and without the word for its kind (`Kunar province`); the name of
        a body gives its seat, if no place is called so.
        """
        key = fold(name)
        if key not in self._cache:
            self._keep(self._cache, key, self._find(key))
        return self._cache[key]

    def similar(self, name: str) -> tuple[Entry, ...]:
        """Give the places whose name is spelt nearly so, for a name that `lookup` does not know.

        They share its consonants, as transliterations of one name do (`Tombouctou`, `Timbuktu`), and
        differ in at most a third of its letters. The name counts as another spelling of theirs.
        """
        key = strip_kind_word(fold(name))
        bones = skeleton(key)
        if len(bones) < BONES_LEAST:
            return ()
        entries = self._entries(self._base.execute(_SIMILAR, (bones,)).fetchall())
        return tuple(e for e in entries if edits(key, fold(e.name)) <= max(1, len(key) // SPELLING_SHARE))

    def knows(self, keys: Iterable[str]) -> set[str]:
        """Give those of the folded keys that name a place as they stand; one query for all that are new."""
        wanted = list(keys)
        new = [key for key in wanted if key not in self._known]
        if new:
            marks = ",".join("?" * len(new))
            query = f"SELECT DISTINCT key FROM name WHERE weight < {int(Weight.SHORT)} AND key IN ({marks})"
            found = {key for (key,) in self._base.execute(query, new)}
            if len(self._known) > CACHE_LIMIT:
                self._known.clear()
            self._known.update({key: key in found for key in wanted if key in found or key in new})
        return {key for key in wanted if self._known.get(key)}

    def country(self, alpha3: str) -> Entry | None:
        """Give the state with an alpha-3 code, None when there is none."""
        if alpha3 not in self._countries:
            self._countries[alpha3] = self._of_state(alpha3, "kind = 'country'")
        return self._countries[alpha3]

    def capital(self, alpha3: str) -> Entry | None:
        """Give the capital of a state, None where it has none in the list."""
        if alpha3 not in self._capitals:
            self._capitals[alpha3] = self._of_state(alpha3, "capital = 1")
        return self._capitals[alpha3]

    def towns(self, least: int) -> tuple[Entry, ...]:
        """Give the capitals and the towns of at least so many people; goes through all places once."""
        condition = "place.kind = 'city' AND (place.capital = 1 OR place.population >= ?)"
        query = f"SELECT 0, {_FIELDS} FROM place {_AREAS} WHERE {condition}"
        return self._entries(self._base.execute(query, (least,)).fetchall())

    def may_begin_state(self, word: str) -> bool:
        """Tell quickly whether a word can be the first of a state's name or of a demonym."""
        return "-" in word or fold(word).partition(" ")[0] in self._heads

    def state(self, name: str) -> str | None:
        """Give the alpha-3 code of a state's name; a short one must stand in capitals (`US`, never `Us`)."""
        key = fold(name)
        short = len(key) < 4 and not name.replace(".", "").isupper()
        return None if short else self._states.get(key)

    def demonym(self, word: str) -> str | None:
        """Give the state of a demonym: `Malian`, `Frenchmen`, `French-backed`, `Afghan-led`.

        In mixed case only a word with a capital counts (`Polish`, never `polish`); `us` is no American.
        """
        whole = self._demonym(word)
        if whole or "-" not in word:
            return whole
        first, second = word.split("-")[:2]
        return self._demonym(first) or self._demonym(second)

    def abbreviation(self, word: str) -> tuple[Entry, ...]:
        """Give the regions for which a short form stands after a comma: `Tex.`, `NSW`."""
        key = fold(word)
        if key not in self._short:
            rows = self._base.execute(_PLACE + f" AND weight = {int(Weight.SHORT)}", (key,)).fetchall()
            self._keep(self._short, key, self._entries(rows))
        return self._short[key]

    def _of_state(self, alpha3: str, condition: str) -> Entry | None:
        rows = self._base.execute(_OF_STATE + condition, (alpha3,)).fetchall()
        return self._entries(rows)[0] if rows else None

    def _demonym(self, word: str) -> str | None:
        known = self._demonyms.get(fold(word))
        if known is None or word[:1].islower():
            return None
        country, written = known
        return None if written.isupper() and not word.replace(".", "").isupper() else country

    def _find(self, key: str) -> tuple[Entry, ...]:
        for candidate in (key, *article_variants(key), strip_kind_word(key)):
            rows = self._base.execute(_PLACE + f" AND weight < {int(Weight.SHORT)}", (candidate,)).fetchall()
            if rows:
                return self._entries(rows)
        return self._entries(
            self._base.execute(_PLACE + f" AND weight = {int(Weight.SEAT)}", (key,)).fetchall()
        )

    @staticmethod
    def _keep(cache: dict[str, tuple[Entry, ...]], key: str, entries: tuple[Entry, ...]) -> None:
        if len(cache) > CACHE_LIMIT:
            cache.clear()
        cache[key] = entries

    @staticmethod
    def _entries(rows: list[tuple[object, ...]]) -> tuple[Entry, ...]:
        entries = [_entry(row) for row in rows]
        return tuple(sorted(entries, key=lambda e: (-e.weight, e.id)))


def _entry(row: tuple[object, ...]) -> Entry:
    (weight, number, name, kind, country, lat, lon, people, capital, prominence, radius, countries,
     admin1_id, admin1, admin2_id, admin2) = row  # fmt: skip
    return Entry(
        id=cast(int, number),
        name=str(name),
        kind=cast(PlaceKind, kind),
        country=cast("str | None", country),
        lat=cast(int, lat) / 1e4,
        lon=cast(int, lon) / 1e4,
        population=cast(int, people),
        capital=bool(capital),
        prominence=cast(int, prominence) / 100,
        radius_km=cast("float | None", radius),
        countries=tuple(str(countries).split("|")) if countries else (),
        admin1_id=cast("int | None", admin1_id),
        admin1=cast("str | None", admin1),
        admin2_id=cast("int | None", admin2_id),
        admin2=cast("str | None", admin2),
        main=weight != int(Weight.OTHER),
    )
