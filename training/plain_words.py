"""List the names of places that are plain English words: `python -m training.plain_words`.

A single-word name of the gazetteer counts as plain when the texts that may be trained on write it with a
small letter more often than with a capital inside a sentence. Texts in capitals say nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

from dateline.knowledge.gazetteer import Gazetteer
from dateline.knowledge.names import fold
from training.corpora import HERE, texts

TARGET = HERE.parent / "src" / "dateline" / "reading" / "plain_words.txt"
SETS = ("gva", "polnear", "re3d", "we", "evloc", "own")
LEAST = 2  # times that a word is written with a small letter
GREAT = 5.0  # no city of 100,000 is a plain word
_WORD = re.compile(r"(?<![.!?:\"“”'‘’\-\n] )(?<![\w'’-])[^\W\d_]{2,}(?![\w])")
HEAD = """\
# Names of places that are plain English words: no places by their capital alone.
# Written by training/plain_words.py from the texts that may be trained on.
"""


def counts() -> tuple[Counter[str], Counter[str]]:
    """Count each word inside sentences: with a small first letter, with a capital one."""
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    for name in SETS:
        for text in texts(name).values():
            if text.isupper():
                continue
            for match in _WORD.finditer(text):
                word = match.group()
                if word.islower():
                    small[word] += 1
                elif word.istitle():
                    capital[word.lower()] += 1
    return small, capital


def plain_words(gazetteer: Gazetteer) -> list[str]:
    """Give the plain words among the names, in order."""
    small, capital = counts()
    words = sorted({fold(w) for w, n in small.items() if n >= LEAST and n > capital[w]})
    known = gazetteer.knows(w for w in words if w.isalpha())
    return [w for w in words if w in known and gazetteer.lookup(w)[0].weight < GREAT]


def main(path: Path = TARGET) -> None:
    """Write the list."""
    with Gazetteer.open() as gazetteer:
        words = plain_words(gazetteer)
    path.write_text(HEAD + "\n".join(words) + "\n", encoding="utf-8")
    print(f"{path.name}: {len(words)} words")


if __name__ == "__main__":
    main()
