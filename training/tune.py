"""Choose the reader's thresholds on the annotated texts that were kept out of training.

    python -m training.tune --hold 12 [--model FOLDER]

Each threshold is set in turn to what is best for the measure that it serves;
the gold's dev texts play no part. Prints the values for `reading/thresholds.py`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from dateline.evaluation.gold import MEASURES, score, to_report
from dateline.evaluation.scores import Tally
from dateline.reading.encoder import MODEL, Encoder, Text, View
from dateline.reading.reader import Reader
from dateline.reading.thresholds import Thresholds
from training.agreement import to_gold
from training.corpora import HERE, gold_rows, held

SERVES = {
    "trigger": ("FACT",), "figure": ("FACT",), "cue": ("attribution", "FACT"), "source": ("attribution",),
    "attributed": ("attribution", "FACT"), "content": ("FACT",), "role": ("role",), "who": ("who",),
    "where": ("where",), "when": ("when",), "same": ("same",), "counted": ("figure",),
}  # fmt: skip
STEPS = (0.2, 0.3, 0.4, 0.5, 0.6, 0.7)


class Remembering(Encoder):
    """An encoder that reads each text once."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._seen: dict[str, tuple[Text, list[View]]] = {}

    def cut(self, text: str) -> Text:
        if text not in self._seen:
            made = super().cut(text)
            self._seen[text] = (made, list(super().views(made)))
        return self._seen[text][0]

    def views(self, cut: Text) -> Iterator[View]:
        return iter(self._seen[cut.text][1])


def held_rows(every: int) -> list[dict[str, Any]]:
    """Gather the annotated texts kept out of training, as gold rows."""
    rows = [r for r in gold_rows("train") if held(r["doc"], every)]
    for path in sorted((HERE / "annotations").glob("*.jsonl")):
        if not path.name.startswith("twice"):
            kept = map(json.loads, path.open(encoding="utf-8"))
            rows += [to_gold(r) for r in kept if held(r["doc"], every)]
    return rows


def measure(reader: Reader, rows: list[dict[str, Any]]) -> Tally:
    """Read and score all texts."""
    return score(rows, [reader.read(to_report(r)) for r in rows])


def main() -> None:
    """Tune by the module's docstring."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--hold", type=int, required=True)
    parser.add_argument("--model", type=Path, default=MODEL)
    options = parser.parse_args()
    rows = held_rows(options.hold)
    reader = Reader(encoder=Remembering(options.model), any_language=True)
    best = Thresholds()
    for name, measures in SERVES.items():
        ranked = []
        for value in (getattr(best, name), *STEPS):
            reader.thresholds = replace(best, **{name: value})
            tally = measure(reader, rows)
            ranked.append((sum(tally.rows[m].f1 for m in measures), -abs(value - 0.45), value))
        best = replace(best, **{name: max(ranked)[2]})
        print(name, max(ranked)[2], [(v, round(s, 4)) for s, _, v in ranked], flush=True)
    reader.thresholds = best
    tally = measure(reader, rows)
    for line in MEASURES:
        row = tally.rows[line]
        print(f"{line:12} {row.precision:.3f} {row.recall:.3f} {row.f1:.3f}")
    print(asdict(best))


if __name__ == "__main__":
    main()
