"""Count in what share of texts each word stands: the fixed table that linking weighs words by.

    python -m training.frequencies

The texts are those that may be trained on: the training part of GVA, MUC-4,
PolNeAR, re3d, WikiEvents, and the reports written for this project. A word's
share is the greatest of its shares in these sets, so that what is common in one
field of news (`hostages`, `gunfire`) tells nothing apart there.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from training.corpora import SOURCES, texts

TABLE = Path(__file__).resolve().parent.parent / "src/dateline/incidents/frequencies.txt"
SETS = ("gva", "muc4", "polnear", "re3d", "own")
LEAST_TEXTS = 4  # texts of a set: a word of fewer counts as rare
LEAST_SHARE = 0.004  # one text in 250; under it words are alike rare

HEAD = """\
# Share of news texts (thousandths) in which a word stands: the greatest over several sets.
# Written by training/frequencies.py. Words that are not here count as rare.
"""


def shares() -> dict[str, float]:
    """Give each word's share of texts, the greatest over the sets."""
    from dateline.incidents.words import fold_words

    found: dict[str, float] = {}
    for name in SETS:
        assert name in SOURCES
        every = list(texts(name).values())
        counts = Counter(word for text in every for word in set(fold_words(text)))
        for word, count in counts.items():
            share = count / len(every)
            if count >= LEAST_TEXTS and share >= LEAST_SHARE:
                found[word] = max(found.get(word, 0.0), share)
    return found


def main() -> None:
    rows = sorted(shares().items(), key=lambda row: (-row[1], row[0]))
    lines = [f"{word} {max(share * 1000, LEAST_SHARE * 1000):.4g}" for word, share in rows]
    TABLE.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(rows)} words in {TABLE}")


if __name__ == "__main__":
    main()
