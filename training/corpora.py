"""Texts of the public corpora, by id: annotations are kept apart from them.

Annotations in `training/annotations/` name a text by an id such as
`muc4:DEV-MUC3-0001` and hold its digest; the text itself stays where the
corpus is. Everything reserved for measurement (the dev gold, the measuring
splits of `benchmarks/README.md`) is left out here, so that no reader of this
module can train on it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
SENTENCES_A_FILE = 20


def shared() -> Path:
    """Find the folder with gold and benchmarks: `DATELINE_SHARED`, or beside the repository."""
    found = Path(os.environ.get("DATELINE_SHARED", HERE.parent.parent / "shared"))
    if not found.is_dir():
        message = f"{found}: no such folder; set DATELINE_SHARED to the folder with gold/ and benchmarks/"
        raise FileNotFoundError(message)
    return found


def digest(text: str) -> str:
    """Give the hex SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()


def trainable(key: str) -> bool:
    """Tell whether a document id falls in the part that may be trained on.

    First hex digit of the id's SHA-256: 0 to 3 measures, the rest trains
    (benchmarks/README.md).
    """
    return digest(key)[0] not in "0123"


def held(doc: str, every: int) -> bool:
    """Tell whether a text is kept out of training."""
    return every > 0 and int(digest(doc)[:8], 16) % every == 0


def gold_rows(name: str) -> list[dict]:
    """Read `dev` or `train` of the gold."""
    with (shared() / "gold" / f"{name}.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _squeeze(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def reserved_texts() -> set[str]:
    """Give every text and sentence of the dev gold, white space folded."""
    out = set()
    for row in gold_rows("dev"):
        out.add(_squeeze(row["text"]))
        out.update(_squeeze(part) for part in re.split(r"\n\s*\n", row["text"]))
        out.update(_squeeze(part) for part in re.split(r"(?<=[.!?])\s+", row["text"]) if len(part) > 40)
    return out


def muc4_paragraphs(body: str) -> str:
    """Join a dispatch's wrapped lines into paragraphs, as the gold has them."""
    parts = [_squeeze(part) for part in re.split(r"\n\s*\n", body.strip("\n"))]
    return "\n\n".join(part for part in parts if part)


def muc4(part: str = "train") -> Iterator[tuple[str, str]]:
    """Yield MUC-4 dispatches (`train` or `dev`) as (id, text)."""
    with tarfile.open(shared() / "benchmarks" / "muc4.tar.gz") as archive:
        names = sorted(m.name for m in archive.getmembers() if m.isfile())
        for name in names:
            if not name.startswith(f"muc4/{part}/") or "/key-" in name:
                continue
            handle = archive.extractfile(name)
            assert handle is not None
            raw = handle.read().decode("latin-1")
            pieces = re.split(r"^((?:DEV|TST\d)-MUC\d-\d{4}).*$", raw, flags=re.M)
            for key, body in zip(pieces[1::2], pieces[2::2], strict=True):
                yield key, muc4_paragraphs(body)


def event_location() -> list[dict]:
    """Read the event-location rows that may be trained on."""
    reserved = reserved_texts()
    with gzip.open(shared() / "benchmarks/event-location/train.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [r for r in rows if trainable(r["text"]) and _squeeze(r["text"]) not in reserved]


def event_location_files() -> Iterator[tuple[str, str]]:
    """Yield files of twenty unrelated sentences, those of the gold left out."""
    seen = {_squeeze(p) for row in gold_rows("train") for p in re.split(r"\n\s*\n", row["text"])}
    kept = []
    for row in sorted(event_location(), key=lambda r: digest(r["text"])):
        folded = _squeeze(row["text"])
        if folded not in seen and len(folded) > 30:
            seen.add(folded)
            kept.append(folded)
    for at in range(0, len(kept) - SENTENCES_A_FILE + 1, SENTENCES_A_FILE):
        yield f"{at // SENTENCES_A_FILE:03d}", "\n\n".join(kept[at : at + SENTENCES_A_FILE])


def re3d() -> Iterator[tuple[str, str]]:
    """Yield the texts of re3d as (document id, text)."""
    with tarfile.open(shared() / "benchmarks" / "re3d.tar.gz") as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            if not member.name.endswith("documents.json"):
                continue
            handle = archive.extractfile(member)
            assert handle is not None
            for line in handle.read().decode("utf-8").splitlines():
                if line.strip():
                    row = json.loads(line)
                    yield row["_id"], row["text"]


def gva() -> Iterator[tuple[str, str]]:
    """Yield the reports of shootings whose incident may be trained on."""
    with gzip.open(shared() / "benchmarks/gva/reports.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    measured = {r["doc"] for r in rows if not trainable(r["incident"])}
    seen = set()
    for row in rows:
        if row["doc"] not in measured and row["doc"] not in seen:
            seen.add(row["doc"])
            yield row["doc"], row["text"]


def polnear(part: str = "train") -> Iterator[tuple[str, str]]:
    """Yield PolNeAR articles (`train` or `dev`) as (name, text)."""
    with tarfile.open(shared() / "benchmarks" / "polnear.tar.gz") as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            name = member.name.removeprefix("./")
            if name.startswith(f"{part}/text/") and name.endswith(".txt"):
                handle = archive.extractfile(member)
                assert handle is not None
                yield Path(name).stem, handle.read().decode("utf-8")


def wikievents() -> Iterator[tuple[str, str]]:
    """Yield WikiEvents dev texts that may be trained on, tokens joined by blanks."""
    reserved = {row["doc"] for row in gold_rows("dev")}
    with gzip.open(shared() / "benchmarks/wikievents/dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    for row in rows:
        short = "we-" + row["doc_id"].replace("_", "-").replace(".", "-")
        if trainable(row["doc_id"]) and not any(short.startswith(name) for name in reserved):
            yield row["doc_id"], row.get("text") or " ".join(row["tokens"])


def own() -> Iterator[tuple[str, str]]:
    """Yield the reports written for this project (`training/reports/*.jsonl`)."""
    for path in sorted((HERE / "reports").glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for row in map(json.loads, lines):
                yield row["doc"], row["text"]


SOURCES: dict[str, Callable[[], Iterator[tuple[str, str]]]] = {
    "muc4": muc4,
    "evloc": event_location_files,
    "re3d": re3d,
    "gva": gva,
    "polnear": polnear,
    "we": wikievents,
    "own": own,
}


def texts(source: str) -> dict[str, str]:
    """Give all texts of one source by their full id, those of the dev gold left out."""
    gold = {_squeeze(r["text"]) for name in ("dev", "train") for r in gold_rows(name)}
    return {f"{source}:{key}": text for key, text in SOURCES[source]() if _squeeze(text) not in gold}
