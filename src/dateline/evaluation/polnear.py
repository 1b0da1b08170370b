"""PolNeAR: who says what in political news, by span and by who is tied to what.

Newell, Margolin and Ruths (2018, "An Attribution Relations Corpus for
Political News", LREC). The archive's brat files give source, cue and content
spans and the attributions that tie them. Some texts have several annotators:
the first by the name of the file is taken.

Ours are the reader's acts of saying, also those without a source (the whole
task), and in rows of their own the record's claims, which by the codebook have
one. A claim's content that has its source and cue inside it is cut there, as the
corpus cuts it; each piece counts. `exact` asks for the same offsets, `overlap` for a shared word. A
pair or triple is right when all its parts are, the content by any of its pieces.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from dateline.errors import EvaluationError
from dateline.evaluation.benchmark import Peer, Read, Result, Step, a_few, ignore, open_archive
from dateline.evaluation.scores import Tally, pair_off
from dateline.reading.sayings import Saying
from dateline.record import Claim, Record, Report

__all__ = ["Attribution", "attributions_of", "evaluate", "read_brat"]

Offsets = tuple[int, int]
Sayings = Callable[[Report], Sequence[Saying]]
_HINT = "give --data polnear.tar.gz"
_TAGGER = "plain tagger"  # our encoder (MiniLM) with a layer of labels, three passes over train
_PEERS = (
    Peer("source exact", _TAGGER, 0.79, "the same texts; MiniLM encoder, three passes over train"),
    Peer("cue exact", _TAGGER, 0.71, "the same texts; MiniLM encoder, three passes over train"),
    Peer("content exact", _TAGGER, 0.62, "the same texts; MiniLM encoder, three passes over train"),
)
_NOTES = ("one annotator a text, the first by file name", "`content`: each piece of a divided one counts")
_SPAN = re.compile(r"(T\d+)\t(\w[\w-]*) ([\d; ]+)\t")
_RELATION = re.compile(r"(Source|Cue|Content)\d*:(T\d+)")
_EDGE = " \t\n,;:.—–-"  # what a cut leaves at the edges of a piece
_CLOSING = ('"', "”", "’")
_HALVES = ("source", "cue", "content")


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of saying: the offsets of its source and cue, None where there is none, and its content."""

    source: Offsets | None
    cue: Offsets | None
    content: tuple[Offsets, ...]


def evaluate(
    path: Path,
    read: Read,
    *,
    sayings: Sayings | None = None,
    part: str = "dev",
    limit: int | None = None,
    step: Step = ignore,
) -> Result:
    """Measure spans, pairs and triples on a part of the archive; without `sayings` by the claims alone.

    Raises EvaluationError when the archive can't be read or has no such part.
    """
    result = Result(f"PolNeAR {part}", "texts", 0, peers=_PEERS if part == "dev" else (), notes=_NOTES)
    for name, text, gold in a_few(_texts(path, part), limit):
        result.size += 1
        report = Report.of(text, language="en")
        claimed = attributions_of(read(report))
        if sayings is None:
            _count(result.tally, text, claimed, gold, name)
        else:
            _count(result.tally, text, [_of_saying(s) for s in sayings(report)], gold, name)
            _exact(result.tally, claimed, gold)
        step()
    return result


def _texts(path: Path, part: str) -> list[tuple[str, str, list[Attribution]]]:
    files = open_archive(path, _HINT)
    first: dict[str, str] = {}
    for name in sorted(n for n in files if n.startswith(f"{part}/attributions/") and n.endswith(".ann")):
        first.setdefault(Path(name).stem.rpartition("_")[0], name)
    out = []
    for stem, name in first.items():
        text = files.get(f"{part}/text/{stem}.txt")
        if text is not None:
            out.append((stem, text.decode("utf-8"), read_brat(files[name].decode("utf-8"))))
    if not out:
        what = f"no annotated texts of the part {part!r} in the archive"
        raise EvaluationError(what, where=str(path), hint=_HINT)
    return out


def read_brat(annotation: str) -> list[Attribution]:
    """Read the attributions of a brat file; source and cue in pieces count from first to last."""
    spans: dict[str, tuple[Offsets, ...]] = {}
    relations = []
    for line in annotation.splitlines():
        if match := _SPAN.match(line):
            pieces = [piece.split() for piece in match[3].split(";")]
            spans[match[1]] = tuple((int(a), int(b)) for a, b in pieces)
        elif line.startswith("E"):
            relations.append(_RELATION.findall(line))
    return [_attribution(spans, relation) for relation in relations]


def _attribution(spans: dict[str, tuple[Offsets, ...]], relation: Sequence[tuple[str, str]]) -> Attribution:
    parts: dict[str, list[Offsets]] = {"Source": [], "Cue": [], "Content": []}
    for role, key in relation:
        parts[role] += spans.get(key, ())
    return Attribution(_hull(parts["Source"]), _hull(parts["Cue"]), tuple(sorted(parts["Content"])))


def _hull(pieces: Sequence[Offsets]) -> Offsets | None:
    return (min(a for a, _ in pieces), max(b for _, b in pieces)) if pieces else None


def attributions_of(record: Record) -> list[Attribution]:
    """Give a record's claims by others as attributions."""
    return [_of_claim(record.report.text, c) for c in record.claims if c.source.kind != "report"]


def _of_claim(text: str, claim: Claim) -> Attribution:
    source = (claim.source.span.start, claim.source.span.end) if claim.source.span else None
    cue = (claim.cue.start, claim.cue.end) if claim.cue else None
    content = (claim.content.start, claim.content.end)
    return Attribution(source, cue, _pieces(text, content, [s for s in (source, cue) if s]))


def _of_saying(saying: Saying) -> Attribution:
    source = (saying.source.start, saying.source.end) if saying.source else None
    content = tuple((piece.start, piece.end) for piece in saying.content)
    return Attribution(source, (saying.cue.start, saying.cue.end), content)


def _exact(tally: Tally, ours: Sequence[Attribution], gold: Sequence[Attribution]) -> None:
    """Count the exact spans of the record's claims."""
    for kind in _HALVES:
        a, b = _spans(ours, kind), _spans(gold, kind)
        tally.count(f"{kind} exact, claims", len(set(a) & set(b)), len(a), len(b))


def _pieces(text: str, content: Offsets, holes: Sequence[Offsets]) -> tuple[Offsets, ...]:
    """Cut the source and cue out of a content that has them inside."""
    inside = sorted(h for h in holes if content[0] <= h[0] and h[1] <= content[1])
    if not inside:
        return (content,)
    marks = [content[0], *(at for hole in inside for at in hole), content[1]]
    stretches = list(pairwise(marks))[::2]
    cut = [_stripped(text, a, b, at, len(stretches)) for at, (a, b) in enumerate(stretches)]
    return tuple(piece for piece in cut if piece[0] < piece[1])


def _stripped(text: str, start: int, end: int, at: int, of: int) -> Offsets:
    """Strip a piece where it was cut; the outer ends stay as they are, quotation marks stay with it."""
    while at > 0 and start < end and text[start] in _EDGE:
        start += 1
    if at < of - 1:
        end = start + len(text[start:end].rstrip())
        if text[end - 1 : end] not in _CLOSING:
            end = start + len(text[start:end].rstrip(_EDGE))
    return start, end


def _count(
    tally: Tally, text: str, ours: Sequence[Attribution], gold: Sequence[Attribution], name: str
) -> None:
    for kind in _HALVES:
        a, b = _spans(ours, kind), _spans(gold, kind)
        tally.count(f"{kind} exact", len(set(a) & set(b)), len(a), len(b))
        tally.count(f"{kind} overlap", len(pair_off(a, b, _touch, _common)), len(a), len(b))
        missed = [span for span in b if not any(_touch(span, other) for other in a)]
        tally.errors += [f"{name}: missed {kind} {text[slice(*span)][:80]!r}" for span in missed]
    for label, fits in (("exact", _equal), ("overlap", _touch)):
        _tied(tally, f"source and cue {label}", ours, gold, _pair_fits(fits))
        _tied(tally, f"source, cue and content {label}", ours, gold, _triple_fits(fits))


def _spans(rows: Sequence[Attribution], kind: str) -> list[Offsets]:
    if kind == "content":
        return sorted({piece for row in rows for piece in row.content})
    return sorted({span for row in rows if (span := getattr(row, kind)) is not None})


def _equal(a: Offsets, b: Offsets) -> bool:
    return a == b


def _touch(a: Offsets, b: Offsets) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _common(a: Offsets, b: Offsets) -> int:
    return min(a[1], b[1]) - max(a[0], b[0])


Fits = Callable[[Offsets, Offsets], bool]


def _pair_fits(fits: Fits) -> Callable[[Attribution, Attribution], bool]:
    def both(a: Attribution, b: Attribution) -> bool:
        if a.source is None or b.source is None or a.cue is None or b.cue is None:
            return False
        return fits(a.source, b.source) and fits(a.cue, b.cue)

    return both


def _triple_fits(fits: Fits) -> Callable[[Attribution, Attribution], bool]:
    both = _pair_fits(fits)

    def all_three(a: Attribution, b: Attribution) -> bool:
        return both(a, b) and any(fits(p, q) for p in a.content for q in b.content)

    return all_three


def _tied(
    tally: Tally,
    measure: str,
    ours: Sequence[Attribution],
    gold: Sequence[Attribution],
    fits: Callable[[Attribution, Attribution], bool],
) -> None:
    """Count attributions with source and cue, paired one to one."""
    a = [row for row in ours if row.source and row.cue]
    b = [row for row in gold if row.source and row.cue]
    right = pair_off(a, b, fits, lambda x, y: float(x.cue == y.cue) + float(x.source == y.source))
    tally.count(measure, len(right), len(a), len(b))
