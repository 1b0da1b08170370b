"""What the words of a report say of its happening: rare words, people's names, ages, house numbers.

Everything here is a function of the text and of one fixed table of document
frequencies (`frequencies.txt`, counted by `training/linking.py`). The table is
not that of the store: a report weighs the same whatever else was added.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

__all__ = [
    "Vector",
    "ages_in",
    "cosine",
    "fold_words",
    "names_in",
    "numbers_in",
    "proper_words",
    "stem",
    "vector",
]

Vector = dict[str, float]
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_POSSESSIVE = re.compile(r"['’]s?$")
_COMBINING = re.compile("[\u0300-\u036f]+")
_PLAIN_PLURAL = 4  # letters: of shorter words the last s belongs to the word ("gas", "bus")
KEPT_TERMS = 120  # heaviest terms of a vector: more costs time in every pair and moves no cosine by 0.01

_CAPITAL = r"[A-Z][a-zà-öø-ÿ’'\-]+(?:[A-Z][a-zà-öø-ÿ]+)?"
_NAME = re.compile(
    rf"\b({_CAPITAL})((?:\s(?:[A-Z]\.|(?:al|el|de|da|van|von|bin|ben|Al|El)[ \-])?\s?{_CAPITAL}){{1,3}})"
)
_FIGURES = re.compile(r"\d+")
_AGE = re.compile(
    r"\b\d{1,2}(?=\u00ad?[- ]years?[- ]olds?)|(?:(?<=\bage )|(?<=\baged )|(?<=\bages ))\d{1,2}\b"
    r"|(?<=[A-Za-z]{2}, )\d{1,2}(?=,)|(?<=[a-z]{2}, )\d{1,2}(?=\.)"
)  # looked for at numbers alone: in all of a text it takes ten times as long
_COUNTED_AGES = {
    word: n
    for n, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split(),
        1,
    )
}
_LONGEST_AGE = 2 + max(map(len, _COUNTED_AGES))  # with what stands before and behind it
_YEARS_OLD = re.compile(r"years?[- ]olds?")
_AGE_IN_WORDS = re.compile(rf"\b({'|'.join(_COUNTED_AGES)})[- ]$")
_AGES = re.compile(r"\bages (\d{1,2}(?:, \d{1,2})*,? and \d{1,2})")
_NUMBER = re.compile(r"(?<![\d.,:$#\-/])(\d{3,5})(?![\d,:/\-]|\.\d|%)")
_YEARS = range(1900, 2100)
_TITLES = frozenset(
    """mr mrs ms dr sir lady president minister prime foreign interior defence defense communication general
    colonel captain lieutenant sergeant sgt lt col gen maj major chief detective officer deputy sheriff police
    spokesman spokeswoman senator governor mayor judge king queen prince pope secretary ambassador commander
    reverend rev pastor professor coroner attorney inspector corporal private superintendent the a an in on
    at of and for by but when after he she they his her it this that there neighbor neighbour suspect victim
    mother father brother sister son daughter wife husband friend teen student pastor witness resident with
    little baby young said from to""".split()
)
_RANK_WORDS = (
    "sgt sergeant lt lieutenant chief detective officer deputy sheriff cpl corporal capt captain spokesman"
    " spokeswoman inspector superintendent commander prosecutor attorney coroner commissioner trooper cmdr"
).split()
_RANKS = frozenset(_RANK_WORDS)
_RANK_REACH = 20  # characters in which the longest of these stands before a name
_PROPER = re.compile(r"(?<=[^\s.!?:“\"'] )([A-Z][^\W\d_]+)")
_SMALL = re.compile(r"\b[a-zà-öø-ÿ][a-zà-öø-ÿ’'-]+")
_RANK_BEFORE = re.compile(r"\b(?:" + "|".join(_RANK_WORDS) + r")\.?,? $", re.I)
_NOT_A_NAME = frozenset(
    """street avenue road drive lane boulevard court place park highway hospital center centre county
    university school church department office station police city state states united north south east west
    new saint st hall house club hotel airport bureau agency court district news press company corp inc
    january february march april may june july august september october november december monday tuesday
    wednesday thursday friday saturday sunday ministry government army council union party republic islamic
    times post herald daily journal tribune channel facebook twitter copyright associated reuters rights
    crime stoppers anyone medical examiner anonymous tips investigators detectives apartments high
    photo image video caption close alerts email newsletter subscribe comments related stories story read more
    advertisement privacy policy terms service web weather sports radio tv app android iphone ios mobile
    memorial baptist methodist christian lake valley river county island beach creek hills heights falls
    springs grove ridge village side square middle elementary academy college university stadium arena
    task force unit division section national guard supreme superior circuit crimes""".split()
)


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Fold a word: case, accents, possessive and a plain plural s go."""
    text = _POSSESSIVE.sub("", word)
    if not text.isascii():
        text = _COMBINING.sub("", unicodedata.normalize("NFKD", text))
    text = text.casefold()
    if len(text) > _PLAIN_PLURAL and text.endswith("s") and not text.endswith("ss"):
        return text[:-1]
    return text


def fold_words(text: str) -> list[str]:
    """Give the words of a text, folded, in order; numbers are left out."""
    return [stem(word) for word in _WORD.findall(text)]


def vector(words: Iterable[str], weights: Mapping[str, float], rare: float) -> Vector:
    """Weigh words by TF-IDF: unit length, the heaviest terms kept.

    `weights` is the inverse document frequency of each word of the fixed table,
    `rare` that of every other word.
    """
    counts = Counter(words)
    raw = {w: (1.0 + math.log(n)) * weights.get(w, rare) for w, n in counts.items() if len(w) > 1}
    kept = sorted(raw.items(), key=lambda row: (-row[1], row[0]))[:KEPT_TERMS]
    length = math.sqrt(sum(v * v for _, v in kept)) or 1.0
    return {w: round(v / length, 5) for w, v in kept}


def cosine(a: Vector, b: Vector) -> float:
    """Give the cosine of two vectors of unit length, 0 to 1."""
    return math.fsum([a[word] * b[word] for word in a.keys() & b.keys()])


def proper_words(text: str) -> list[str]:
    """Give the words with a capital that does not come of opening a sentence, folded: names of any kind."""
    return [stem(m.group(1)) for m in _PROPER.finditer(text)]


def names_in(text: str) -> frozenset[str]:
    """Find people's names: runs of capitalised words, each as folded `first last`.

    Titles before a name and places, bodies and days are left out, so a name
    told in full and one told with a title meet. Who speaks for the police is
    no one to know an incident by: names behind a rank are left out. A run whose
    words stand in small letters, too, is a headline and no name.
    """
    found = set()
    runs = list(_NAME.finditer(text))
    small = {stem_name(w) for w in set(_SMALL.findall(text))} if runs else set()
    for match in runs:
        words = [stem_name(w) for w in match.group().replace("-", " ").split()]
        before = text[max(0, match.start() - _RANK_REACH) : match.start()]
        if _RANKS.intersection(words) or _RANK_BEFORE.search(before):
            continue
        while words and words[0] in _TITLES:
            words = words[1:]
        if len(words) >= 2 and not _NOT_A_NAME.intersection(words) and not small.issuperset(words):
            found.add(f"{words[0]} {words[-1]}")
    return frozenset(found)


@lru_cache(maxsize=65536)
def stem_name(word: str) -> str:
    """Fold a word of a name: case, accents, possessive and dots go, a final s stays."""
    text = _POSSESSIVE.sub("", word).strip(".'’")
    return _COMBINING.sub("", unicodedata.normalize("NFKD", text)).casefold()


def ages_in(text: str) -> frozenset[int]:
    """Find the ages told: `12-year-old`, `two-year-old`, `aged 36`, `Bech, 58,`, `ages 13 and 19`."""
    found = {
        int(m.group()) for m in _FIGURES.finditer(text) if len(m.group()) < 3 and _AGE.match(text, m.start())
    }
    for match in _AGES.finditer(text):
        found.update(int(number) for number in re.findall(r"\d+", match.group(1)))
    low = text.lower()
    for match in _YEARS_OLD.finditer(low):
        told = _AGE_IN_WORDS.search(low[max(0, match.start() - _LONGEST_AGE) : match.start()])
        if told:
            found.add(_COUNTED_AGES[told.group(1)])
    return frozenset(age for age in found if age > 0)


def numbers_in(text: str) -> frozenset[int]:
    """Find house numbers and the like: three to five digits, no years, amounts or telephone numbers."""
    return frozenset(n for n in map(int, _NUMBER.findall(text)) if n not in _YEARS)
