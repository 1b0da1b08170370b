"""Fold names to keys, so that spellings of one name meet: `Mocímboa da Praia`, `MOCIMBOA DA PRAIA`."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

__all__ = ["article_variants", "edits", "fold", "is_latin", "skeleton", "strip_kind_word"]

# Letters that Unicode does not decompose, written as English news writes them.
_LETTERS = str.maketrans(
    {
        "ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "þ": "th", "Þ": "Th",
        "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe", "ı": "i", "ə": "a", "Ə": "A", "ŋ": "ng",
    }
)  # fmt: skip
_APOSTROPHES = re.compile("[’‘'`´ʻʼʽʾʿ″′.]")
_NOT_WORD = re.compile(r"[^\w]+|_+")
_COMBINING = re.compile("[\u0300-\u036f]+")
_SAINT = re.compile(r"\b(?:saint|sankt|sainte|ste)\b")
_MOUNT = re.compile(r"^mt\b")
_FORT = re.compile(r"^ft\b")

_ARTICLES = ("al", "el", "an", "ar", "as", "ash", "at", "az", "ad", "adh", "ed", "en", "er", "es", "et", "ez")
KIND_WORDS = (
    "province", "region", "department", "departamento", "governorate", "oblast", "county", "district",
    "state", "prefecture", "municipality", "cercle", "parish", "raion", "canton", "territory", "division",
    "wilaya", "woreda", "zone", "voivodeship", "republic", "city", "town", "village", "island", "islands",
    "township", "borough",
)  # fmt: skip
_ARTICLE = re.compile("^(?:al|el|a[dnrstz]|ash) ")
_SKELETON = str.maketrans("qcz", "kks", "aeiouywh ")  # what differs between transliterations of one name
_KIND_AFTER = re.compile(r" (?:" + "|".join(KIND_WORDS) + r")$")
_KIND_BEFORE = re.compile(r"^(?:departamento (?:de|del)|departement (?:de|du)|provincia (?:de|del)"
                          r"|province (?:of|de|du)|region (?:de|du|of)|wilaya de|estado de|cercle de"
                          r"|municipio de|condado de|governorate of|muhafazat) ")  # fmt: skip


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Fold a name to its key.

    Case, accents, dots and apostrophes go; hyphens and other marks become one blank;
    `Saint` and `Sainte` become `st`, a leading `Mt` becomes `mount`, a leading `Ft` becomes `fort`.
    """
    if name.isascii():
        text = name.casefold()
    else:
        decomposed = unicodedata.normalize("NFKD", name.translate(_LETTERS))
        text = _COMBINING.sub("", decomposed).casefold()
    text = _NOT_WORD.sub(" ", _APOSTROPHES.sub("", text)).strip()
    return _FORT.sub("fort", _MOUNT.sub("mount", _SAINT.sub("st", text)))


def article_variants(key: str) -> tuple[str, ...]:
    """Give the other keys under which an Arabic name may stand: other article, or none.

    `al hasakah` gives `hasakah`; `hasakah` gives `al hasakah`. For a name that was not found as written.
    """
    first, _, rest = key.partition(" ")
    if first in _ARTICLES and rest:
        others = [f"{article} {rest}" for article in ("al", "el", f"a{rest[0]}") if article != first]
        return (*others, rest) if len(rest) > 3 else tuple(others)
    return (f"al {key}",)


def strip_kind_word(key: str) -> str:
    """Take the word that says what kind of area it is off a key: `kunar province` gives `kunar`."""
    bare = _KIND_BEFORE.sub("", _KIND_AFTER.sub("", key))
    return bare if len(bare) > 2 else key


def is_latin(name: str) -> bool:
    """Tell whether a name is written in Latin letters throughout."""
    return all(ch < "\u0250" or "\u1e00" <= ch < "\u1f00" or ch in "ʻʼ’‘–" for ch in name)


def skeleton(key: str) -> str:
    """Reduce a key to what all transliterations share: `al fallujah` and `falluja` give one."""
    bones = _ARTICLE.sub("", key).translate(_SKELETON)
    return "".join(a for a, b in zip(bones, " " + bones, strict=False) if a != b)


def edits(one: str, other: str) -> int:
    """Count the letters to add, drop or change between two keys (Levenshtein 1966)."""
    before = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        row = [i]
        for j, b in enumerate(other, 1):
            row.append(min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b)))
        before = row
    return before[-1]
