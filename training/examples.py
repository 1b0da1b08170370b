"""Turn each corpus into one kind of example: spans, labels, and what is not told.

An example says which layers its corpus annotates; what a corpus leaves out is
masked in the loss, never taken for a negative.
"""

from __future__ import annotations

import gzip
import json
import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dateline.evaluation.event_location import places as spans_of_places
from dateline.evaluation.muc4.keys import Template, templates
from dateline.record import Span
from training.annotate import pool, text_of
from training.corpora import HERE, digest, event_location, gold_rows, re3d, shared, trainable

Offsets = tuple[int, int]


@dataclass
class Trigger:
    """An event mention: label indices are left to the features."""

    span: Offsets
    type: str | None = None
    status: str | None = None
    key: str | None = None
    arguments: list[tuple[str, Offsets]] = field(default_factory=list)
    claim: str | None = None


@dataclass
class Count:
    """A figure: its number's span and what it counts."""

    span: Offsets
    measure: str
    group: str
    status: str
    who: Offsets | None = None
    event: str | None = None
    claim: str | None = None


@dataclass
class Saying:
    """An act of saying; `content` spans only where the corpus gives them."""

    key: str
    cue: Offsets | None
    source: Offsets | None
    kind: str | None = None
    via: Offsets | None = None
    content: list[Offsets] | None = None


@dataclass
class Example:
    """One text with all that a corpus tells of it.

    `full`: annotated by the codebook, so what is not marked is negative;
    `sayings`: sources and cues are complete; `contents`: so are the words
    said; `entities`: places, times and actors are complete; `fillers`: who
    and what fills a MUC-4 template, by number of `FILLERS`.
    """

    doc: str
    text: str
    full: bool = False
    sayings_full: bool = False
    contents_full: bool = False
    entities_full: bool = False
    triggers: list[Trigger] = field(default_factory=list)
    counts: list[Count] = field(default_factory=list)
    sayings: list[Saying] = field(default_factory=list)
    entities: list[tuple[str, Offsets]] = field(default_factory=list)
    fillers: list[tuple[int, Offsets]] | None = None


def _of(span: dict | None) -> Offsets | None:
    return (span["start"], span["end"]) if span else None


def _gold_trigger(row: dict) -> Trigger:
    arguments = [(a["role"], (a["span"]["start"], a["span"]["end"])) for a in row["arguments"]]
    if row["where"]:
        arguments.append(("where", (row["where"]["start"], row["where"]["end"])))
    if row["when"] and row["when"]["span"]:
        arguments.append(("when", (row["when"]["span"]["start"], row["when"]["span"]["end"])))
    at = row["trigger"]
    return Trigger((at["start"], at["end"]), row["type"], row["status"], row["key"], arguments, row["claim"])


def _gold_count(row: dict) -> Count:
    at = row["span"]
    return Count(
        (at["start"], at["end"]),
        row["measure"],
        row["group"],
        row["status"],
        _of(row["who"]),
        row["event"],
        row["claim"],
    )


def gold(name: str) -> Iterator[Example]:
    """Yield the gold texts, `train` or `dev`."""
    for row in gold_rows(name):
        sayings = [
            Saying(c["key"], _of(c["cue"]), _of(c["source"]), c["kind"], _of(c["via"]))
            for c in row["claims"]
            if c["source"]
        ]
        yield Example(
            row["doc"],
            row["text"],
            full=True,
            sayings_full=True,
            triggers=[_gold_trigger(e) for e in row["events"]],
            counts=[_gold_count(f) for f in row["figures"]],
            sayings=sayings,
        )


def _pair(span: list[int] | None) -> Offsets | None:
    return (span[0], span[1]) if span else None


def _kept_trigger(row: dict) -> Trigger:
    arguments = [(role, (a, b)) for role, a, b in row["arguments"]]
    if row["where"]:
        arguments.append(("where", tuple(row["where"])))
    if row["when"]:
        arguments.append(("when", tuple(row["when"]["span"])))
    return Trigger(tuple(row["trigger"]), row["type"], row["status"], row["key"], arguments, row["claim"])


def kept_example(row: dict) -> Example:
    """Join one standoff annotation with its text; its digest must still be the text's."""
    text = text_of(row["doc"])
    if digest(text) != row["sha256"]:
        message = f"{row['doc']}: the text is not the one that was annotated"
        raise ValueError(message)
    sayings = [
        Saying(key, _pair(c["cue"]), _pair(c["source"]), c["kind"], _pair(c["via"]))
        for key, c in row["claims"].items()
    ]
    counts = [
        Count(
            tuple(f["span"]), f["measure"], f["group"], f["status"], _pair(f["who"]), f["event"], f["claim"]
        )
        for f in row["figures"]
    ]
    return Example(
        row["doc"],
        text,
        full=True,
        sayings_full=True,
        triggers=[_kept_trigger(e) for e in row["events"]],
        counts=counts,
        sayings=sayings,
    )


def annotations() -> Iterator[Example]:
    """Yield this project's own annotations (`training/annotations/*.jsonl`)."""
    for path in sorted((HERE / "annotations").glob("*.jsonl")):
        if path.name.startswith("twice"):
            continue
        with path.open(encoding="utf-8") as lines:
            for line in lines:
                yield kept_example(json.loads(line))


def _brat(raw: str) -> tuple[dict[str, list[Offsets]], list[dict[str, str]]]:
    spans: dict[str, list[Offsets]] = {}
    links: list[dict[str, str]] = []
    for line in raw.splitlines():
        head = re.match(r"(T\d+)\t\w+ ([\d ;]+)", line)
        if head:
            spans[head[1]] = [(int(a), int(b)) for a, b in re.findall(r"(\d+) (\d+)", head[2])]
        elif re.match(r"E\d+\t", line):
            link: dict[str, str] = {}
            for part in line.split("\t")[1].split():
                role, _, key = part.partition(":")
                link[re.sub(r"\d+$", "", role)] = key
            links.append(link)
    return spans, links


def _hull(spans: list[Offsets] | None) -> Offsets | None:
    return (spans[0][0], spans[-1][1]) if spans else None


def polnear(part: str = "train") -> Iterator[Example]:
    """Yield PolNeAR articles with source, cue and content; the first annotator of each."""
    with tarfile.open(shared() / "benchmarks" / "polnear.tar.gz") as archive:
        members = {m.name.removeprefix("./"): m for m in archive.getmembers() if m.isfile()}
        first: dict[str, str] = {}
        for name in sorted(members):
            if name.startswith(f"{part}/attributions/") and name.endswith(".ann"):
                first.setdefault(Path(name).stem.rsplit("_", 1)[0], name)
        for stem, name in first.items():
            text = archive.extractfile(members[f"{part}/text/{stem}.txt"]).read().decode("utf-8")
            spans, links = _brat(archive.extractfile(members[name]).read().decode("utf-8"))
            sayings = [
                Saying(
                    str(i),
                    _hull(spans.get(link.get("Cue", ""))),
                    _hull(spans.get(link.get("Source", ""))),
                    content=spans.get(link.get("Content", ""), []),
                )
                for i, link in enumerate(links)
            ]
            yield Example(f"polnear:{stem}", text, sayings_full=True, contents_full=True, sayings=sayings)


def event_places() -> Iterator[Example]:
    """Yield event-location sentences: a verb and the place where it happened."""
    for row in event_location():
        verbs = [(s["start"], s["end"]) for s in row["spans"] if s["label"] == "VERB"]
        given = [Span.of(row["text"], s["start"], s["end"]) for s in row["spans"] if s["label"] == "LOCATION"]
        named = spans_of_places(row["text"], given)
        if verbs and named is not None:
            places = [(s.start, s.end) for s in named]
            yield Example(
                "evloc:" + digest(row["text"])[:8],
                row["text"],
                triggers=[Trigger(v, arguments=[("where", p) for p in places]) for v in verbs],
                entities=[("place", p) for p in places],
            )


FILLERS = {
    "PERP: INDIVIDUAL ID": 1,
    "PERP: ORGANIZATION ID": 2,
    "PHYS TGT: ID": 3,
    "HUM TGT: NAME": 4,
    "HUM TGT: DESCRIPTION": 4,
    "INCIDENT: INSTRUMENT ID": 5,
}  # the slots of MUC-4's templates, by number of the layer's label


def muc4_keys() -> dict[str, list[Template]]:
    """Read the templates of MUC-4's train by message."""
    keys: dict[str, list[Template]] = {}
    with tarfile.open(shared() / "benchmarks" / "muc4.tar.gz") as archive:
        for member in archive.getmembers():
            if member.isfile() and member.name.startswith("muc4/train/key-"):
                for template in templates(archive.extractfile(member).read().decode("latin-1")):
                    keys.setdefault(template.message, []).append(template)
    return keys


def _fillers(text: str, found: list[Template]) -> list[tuple[int, Offsets]]:
    """Find every place where a filler's string stands in a dispatch, widest first.

    Keys give alternatives ("OFFICES OF THE BOARD" / "OFFICES"): one inside another of its slot is left out.
    """
    out = []
    for template in found:
        for slot, value in FILLERS.items():
            for filler in template.get(slot):
                for name in filler.strings:
                    words = r"\s+".join(re.escape(word) for word in name.split())
                    if words:
                        out += [(value, m.span()) for m in re.finditer(rf"(?<!\w){words}(?!\w)", text, re.I)]
    kept: list[tuple[int, Offsets]] = []
    for value, (start, end) in sorted(set(out), key=lambda row: row[1][0] - row[1][1]):
        if not any(slot == value and a <= start and end <= b for slot, (a, b) in kept):
            kept.append((value, (start, end)))
    return kept


def muc4_fillers() -> Iterator[Example]:
    """Yield MUC-4's training dispatches with what fills their templates; the dev gold's are left out."""
    keys = muc4_keys()
    for doc, text in pool("muc4").items():
        message = doc.split(":", 1)[1]
        if message in keys:
            yield Example(doc, text, fillers=_fillers(text, keys[message]))


RAMS_ROLES = {
    "agent": """attacker killer injurer destroyer damager damagerdestroyer communicator giver transporter
        preventer jailer executioner prosecutor participant spy investigator inspector yielder retreater
        surrenderer demonstrator extraditer violator granter passenger""",
    "target": "victim target detainee defendant artifact employee crashobject fireexplosionobject",
    "instrument": "instrument vehicle",
    "origin": "origin",
    "destination": "destination",
    "recipient": "recipient beneficiary",
    "where": "place",
}
_RAMS = {name: role for role, names in RAMS_ROLES.items() for name in names.split()}


def rams() -> Iterator[Example]:
    """Yield RAMS passages: one event with its arguments in our roles."""
    with gzip.open(shared() / "benchmarks/rams/dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if not trainable(row["doc_key"]):
                continue
            tokens = [token for sentence in row["sentences"] for token in sentence]
            starts, text = [], ""
            for token in tokens:
                starts.append(len(text))
                text += token + " "
            cut = [(a, a + len(t)) for a, t in zip(starts, tokens, strict=True)]
            first, last, _ = row["evt_triggers"][0]
            arguments = []
            for _, (a, b), name in row["gold_evt_links"]:
                role = _RAMS.get(re.sub(r"^evt\d+arg\d+", "", name))
                if role:
                    arguments.append((role, (cut[a][0], cut[b][1])))
            if arguments:
                yield Example(
                    "rams:" + row["doc_key"],
                    text,
                    triggers=[Trigger((cut[first][0], cut[last][1]), arguments=arguments)],
                )


_RE3D = {"Location": "place", "Temporal": "time", "Person": "actor", "Organisation": "actor"}


def re3d_entities() -> Iterator[Example]:
    """Yield re3d texts with places, times and actors."""
    found: dict[str, list[tuple[str, Offsets]]] = {}
    with tarfile.open(shared() / "benchmarks" / "re3d.tar.gz") as archive:
        for member in archive.getmembers():
            if member.name.endswith("entities.json"):
                for line in archive.extractfile(member).read().decode("utf-8").splitlines():
                    row = json.loads(line) if line.strip() else {}
                    if row.get("type") in _RE3D:
                        found.setdefault(row["documentId"], []).append(
                            (_RE3D[row["type"]], (row["begin"], row["end"]))
                        )
    for key, text in re3d():
        yield Example(f"re3d:{key}", text, entities_full=True, entities=found.get(key, []))
