"""PLOVER: the root of a political relation, and who stands on either side of it.

Two forms are read. PLV_train.tsv (Hu, Skorupa Parolin, Khan, Brandt, Osorio and
D'Orazio 2024, "Leveraging Codebook Knowledge with NLI and ChatGPT for
Zero-Shot Political Relation Classification", ACL): sentences with one source
and one target marked, and the gold root. PLOVER_GSR_CAMEO.txt: the manual's own
gold records. Neither is trained on.

An event's root is its type's code in the codebook, then what its status makes
of it, as PLOVER and CAMEO code intents and not acts: what is asked for is
REQUEST; what is threatened, or harm that is planned, THREATEN; help, talks or a
step back that is planned, AGREE. Older names of roots are read as those of
PLV's fifteen (RETREAT and CONCEDE are YIELD, DEMAND is REQUEST).

`root` is the share of the sentences whose root is right: of the event that
stands between the given source and target, else of the first with a root.
`triple` gives the reader neither: it is the first event with a root, an agent
and a target or recipient, all three right; sentences without both phrases are left out.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dateline.codebook import TYPES
from dateline.errors import EvaluationError
from dateline.evaluation.benchmark import Read, Result, Step, a_few, ignore, read_text
from dateline.evaluation.gold import same_phrase
from dateline.evaluation.scores import Tally
from dateline.record import Event, Record, Report, Span

__all__ = ["Relation", "evaluate", "root_of"]

_HINT = "give --data PLV_train.tsv or PLOVER_GSR_CAMEO.txt"
_NOTES = ("no row of it was trained on",)
_RENAMED = {
    "RETREAT": "YIELD", "CONCEDE": "YIELD", "DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE",
    "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT",
}  # fmt: skip
_COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "YIELD"})
_HARMFUL = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST"})
_TAG = re.compile(r"</?([st])>")
_SIDES = ("target", "recipient")


@dataclass(frozen=True, slots=True)
class Relation:
    """One gold row: the sentence, the phrases on either side (any of them is right), and the root."""

    text: str
    sources: tuple[Span, ...]
    targets: tuple[Span, ...]
    root: str


def evaluate(path: Path, read: Read, *, limit: int | None = None, step: Step = ignore) -> Result:
    """Measure the roots and the triples.

    Raises EvaluationError when the file is missing or of neither form.
    """
    rows = _relations(path)
    result = Result(
        "PLOVER", "sentences", 0, shares=frozenset({"root", "root where one is found"}), notes=_NOTES
    )
    for row in a_few(rows, limit):
        result.size += 1
        _count(result.tally, row, read(Report.of(row.text, language="en")))
        step()
    return result


def root_of(event: Event) -> str | None:
    """Give the PLOVER root of an event by its type and status, None where its type has none."""
    code = TYPES[event.type].plover
    if code is None:
        return None
    root = _RENAMED.get(code, code)
    if event.status == "requested":
        return "REQUEST"
    if event.status == "threatened" or (event.status == "planned" and root in _HARMFUL):
        return "THREATEN"
    if event.status == "planned" and root in _COOPERATIVE:
        return "AGREE"
    return root


def _relations(path: Path) -> list[Relation]:
    text = read_text(path, _HINT)
    try:
        if path.suffix == ".tsv":
            return [_marked(row) for row in csv.DictReader(io.StringIO(text), delimiter="\t")]
        return [_record(row) for row in json.loads(text) if row["event"] != "DOCUMENT"]
    except (ValueError, KeyError, TypeError) as problem:
        what = "not a file of PLV or of the PLOVER gold records"
        raise EvaluationError(what, where=str(path), hint=_HINT) from problem


def _marked(row: dict[str, str]) -> Relation:
    """Read a row of PLV: `<s>` and `<t>` stand around source and target, now and then twice or not at all."""
    plain, at = "", 0
    opened: dict[str, int] = {}
    spans: dict[str, list[tuple[int, int]]] = {"s": [], "t": []}
    marked = row["marked_sentence"]
    for tag in _TAG.finditer(marked):
        plain += marked[at : tag.start()]
        at = tag.end()
        if tag[0].startswith("</"):
            spans[tag[1]].append((opened[tag[1]], len(plain)))
        else:
            opened[tag[1]] = len(plain)
    plain += marked[at:]
    source, target = (tuple(Span.of(plain, *offsets) for offsets in spans[key]) for key in "st")
    return Relation(plain, source, target, row["gold_root"])


def _record(row: dict[str, Any]) -> Relation:
    """Read a gold record of the manual; two sources without a target stand on both sides."""
    text = str(row["text"])
    source, target = (tuple(_phrases(text, row.get(side))) for side in ("source", "target"))
    root = str(row["event"])
    return Relation(text, source, target or (source if len(source) > 1 else ()), _RENAMED.get(root, root))


def _phrases(text: str, actors: object) -> list[Span]:
    """Find a side's actors in the text; some rows have dashes where there is none."""
    names = [actor.get("actorText", "") for actor in actors] if isinstance(actors, list) else []
    return [Span.of(text, at, at + len(name)) for name in names if name and (at := text.find(name)) >= 0]


def _count(tally: Tally, row: Relation, record: Record) -> None:
    rooted = [(e, root) for e in record.events if (root := root_of(e))]
    chosen = min(rooted, key=lambda pair: (-_between(pair[0], row), pair[0].trigger.start), default=None)
    right = chosen is not None and chosen[1] == row.root
    tally.count("root", right, gold=1)
    tally.count("root where one is found", right, gold=chosen is not None)
    if not right:
        ours = f"{chosen[1]} by {chosen[0].trigger.text!r}, {chosen[0].status}" if chosen else "none"
        tally.errors.append(f"{row.root}: {ours}: {row.text[:150]!r}")
    if not row.sources or not row.targets:
        return
    full = [(e, root) for e, root in rooted if _sides(e, ("agent",)) and _sides(e, _SIDES)]
    first = min(full, key=lambda pair: pair[0].trigger.start, default=None)
    met = (
        first is not None
        and _meets(first[0], ("agent",), row.sources)
        and _meets(first[0], _SIDES, row.targets)
    )
    tally.count("source and target", met, first is not None, 1)
    tally.count("triple", met and first is not None and first[1] == row.root, first is not None, 1)


def _between(event: Event, row: Relation) -> int:
    """Count on how many sides of the relation an event stands, source and target told apart first."""
    sides = 2 * _meets(event, ("agent",), row.sources) + 2 * _meets(event, _SIDES, row.targets)
    inside = [a.span for a in event.arguments]
    return sides + any(_touch(s, g) for s in inside for g in (*row.sources, *row.targets))


def _sides(event: Event, roles: Sequence[str]) -> list[Span]:
    return [a.span for a in event.arguments if a.role in roles]


def _meets(event: Event, roles: Sequence[str], gold: Sequence[Span]) -> bool:
    return any(same_phrase(span, g) for span in _sides(event, roles) for g in gold)


def _touch(a: Span, b: Span) -> bool:
    return a.start < b.end and b.start < a.end
