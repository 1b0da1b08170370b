"""Put the texts to the annotated actor mentions: `python -m training.actors > actors.jsonl`.

`annotations/actors/mentions.jsonl` holds ids, digests, offsets and answers; the texts stay where the
corpora are. What this prints is for `dateline evaluate actors --data actors.jsonl` and for nothing else:
the mentions measure, and no model is trained on them.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from training.annotate import text_of
from training.corpora import HERE, digest

MENTIONS = HERE / "annotations" / "actors" / "mentions.jsonl"


def rows() -> Iterator[dict[str, Any]]:
    """Yield the annotated texts; raises ValueError where a text is not the one that was annotated."""
    with MENTIONS.open(encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            text = text_of(row["doc"])
            if digest(text) != row["sha256"]:
                message = f"{row['doc']}: the text is not the one that was annotated"
                raise ValueError(message)
            yield {**row, "text": text}


def main() -> None:
    """Print one text a line with its mentions."""
    for row in rows():
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
