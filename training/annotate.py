"""Write annotations by hand in short lines, check them, keep them as standoff.

    python -m training.annotate list SOURCE [--words N]
    python -m training.annotate show ID...
    python -m training.annotate check FILE.ann...
    python -m training.annotate keep NAME FILE.ann...    -> training/annotations/NAME.jsonl

`show` prints a text with numbered sentences. A `.ann` file holds any number of
texts, each begun by `doc ID`; then one line a claim, event or figure, fields
parted by ` | `:

    doc muc4:DEV-MUC3-0085
    by annotator-1 drafted=no
    C c1 4 | said | a defence ministry official | anonymous
    C c2 7 | told | a security source | anonymous | via=AFP | quote
    E E1 4 | bombed | airstrike | happened | c1 | agent=French planes | target=a major base | where=Timbuktu
    E E2 7 | killed | killing | happened | c2 | agent=special forces | target=A militant; a driver | when=on Wednesday@2013-01-23
    F 9 | at least seven | killed | 7.. | its citizens | unspecified | JPN | stated | E3 | report

The number is that of the sentence in which the phrase stands; `said#2` is its
second occurrence there. `-` is an empty field. Bounds are `7`, `7..`, `..50`,
`10..15`, with `~` behind them for an approximate figure. A time is
`when=WORDS`, `when=WORDS@DAY` or `when=WORDS@DAY/DAY`. Roles hold several
phrases parted by `; ` and stand nearest to the trigger. What is kept holds
ids, digests and offsets only, never the text.
"""

from __future__ import annotations

import json
import re
import sys
from functools import cache
from pathlib import Path

from training.corpora import HERE, digest, texts

TYPES = set(
    """armed-attack battle bombing suicide-bombing airstrike shelling killing abduction
    abuse destruction seizure security-operation arrest prosecution sanction restriction threat
    coup deployment withdrawal displacement evacuation release protest riot talks agreement aid
    appeal accusation rejection support responsibility-claim mission-closure mission-opening
    travel-advisory disaster outbreak accident death injury""".split()
)
STATUSES = set("happened ongoing planned predicted requested threatened possible denied hypothetical".split())
ROLES = "agent target instrument origin destination recipient cause".split()
MEASURES = set(
    """killed wounded missing held detained freed displaced evacuated infected
    unidentified attackers deployed participants affected destroyed""".split()
)
GROUPS = set(
    """civilian hostage militant soldier police official worker journalist aid-worker
    child migrant prisoner protester attacker combined unspecified""".split()
)
KINDS = set(
    """official anonymous institution armed-group witness media expert document company
    relative""".split()
)
FIGURE_STATUSES = set("stated possible predicted denied".split())


@cache
def pool(source: str) -> dict[str, str]:
    """Load one source's texts once."""
    return texts(source)


def text_of(doc: str) -> str:
    """Give the text behind an id such as `muc4:DEV-MUC3-0085`."""
    found = pool(doc.split(":", 1)[0]).get(doc)
    if found is None:
        message = f"{doc}: no such text"
        raise KeyError(message)
    return found


def sentences(text: str) -> list[tuple[int, int]]:
    """Split a text roughly into sentences: (start, end) each, in order."""
    out = []
    for paragraph in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", text):
        start = paragraph.start()
        for stop in re.finditer(
            r"(?<=[.!?][\"”’'\]])\s+|(?<=[.!?])\s+(?=[\"“‘'\[(A-Z0-9])", paragraph.group()
        ):
            out.append((start, paragraph.start() + stop.start()))
            start = paragraph.start() + stop.end()
        out.append((start, paragraph.end()))
    return [(a, b) for a, b in out if text[a:b].strip()]


class Fault(ValueError):
    """A line that does not fit its text or the codebook."""


def _whole(phrase: str) -> str:
    before = r"(?<!\w)" if re.match(r"\w", phrase) else ""
    after = r"(?!\w)" if re.search(r"\w$", phrase) else ""
    return before + re.escape(phrase) + after


def within(text: str, spans: list[tuple[int, int]], number: str, phrase: str) -> list[int]:
    """Find a phrase in a numbered sentence, its second occurrence by `phrase#2`."""
    counted = re.fullmatch(r"(.+)#(\d)", phrase)
    phrase, nth = (counted[1], int(counted[2])) if counted else (phrase, 0)
    if not number.isdigit() or int(number) >= len(spans):
        raise Fault(f"no sentence {number}")
    start, end = spans[int(number)]
    found = [m.span() for m in re.finditer(_whole(phrase), text[start:end])]
    if not found or nth > len(found):
        raise Fault(f"{phrase!r} stands {len(found)} times in sentence {number}")
    if len(found) > 1 and not nth:
        raise Fault(f"{phrase!r} stands {len(found)} times in sentence {number}: say which with #1, #2")
    at = found[max(nth, 1) - 1]
    return [start + at[0], start + at[1]]


def nearest(text: str, phrase: str, anchor: int) -> list[int]:
    """Find a phrase where it stands nearest to an anchor: in the anchor's own sentence if it does there."""
    found = [m.span() for m in re.finditer(_whole(phrase), text)]
    if not found:
        raise Fault(f"not in the text: {phrase!r}")
    first, last = next((s for s in sentences(text) if s[0] <= anchor < s[1]), (0, len(text)))
    best = min(found, key=lambda s: (not first <= s[0] < last, abs(s[0] - anchor)))
    return [best[0], best[1]]


def one_of(value: str, allowed: set[str], what: str) -> str:
    """Check a label against the codebook."""
    if value not in allowed:
        raise Fault(f"{what}: {value!r}")
    return value


def bounds(field: str) -> tuple[int | None, int | None, bool]:
    """Read `7`, `7..`, `..50`, `10..15`, with `~` for approximate."""
    rough = field.endswith("~")
    row = re.fullmatch(r"(\d*)(\.\.)?(\d*)", field.rstrip("~").replace(",", ""))
    if not row or not (row[1] or row[3]):
        raise Fault(f"bounds: {field!r}")
    low = int(row[1]) if row[1] else None
    high = (int(row[3]) if row[3] else None) if row[2] else low
    return low, high, rough


class Sheet:
    """The annotation of one text, growing line by line."""

    def __init__(self, doc: str) -> None:
        self.doc, self.text = doc, text_of(doc)
        self.spans = sentences(self.text)
        self.by = ""
        self.claims: dict[str, dict] = {}
        self.events: list[dict] = []
        self.figures: list[dict] = []

    def claim(self, head: list[str], fields: list[str]) -> None:
        key, number = head
        cue, source, kind, *rest = fields
        span = within(self.text, self.spans, number, cue) if cue != "-" else None
        anchor = span[0] if span else self.spans[int(number)][0]
        row: dict = {
            "cue": span,
            "source": nearest(self.text, source, anchor),
            "kind": one_of(kind, KINDS, "kind"),
            "via": None,
            "quote": "quote" in rest,
        }
        for extra in rest:
            if extra.startswith("via="):
                row["via"] = nearest(self.text, extra[4:], anchor)
            elif extra != "quote":
                raise Fault(f"field {extra!r}")
        if key in self.claims:
            raise Fault(f"claim {key} stands twice")
        self.claims[key] = row

    def event(self, head: list[str], fields: list[str]) -> None:
        key, number = head
        trigger, kind, status, claim, *rest = fields
        span = within(self.text, self.spans, number, trigger)
        row: dict = {
            "key": key,
            "trigger": span,
            "type": one_of(kind, TYPES, "type"),
            "status": one_of(status, STATUSES, "status"),
            "claim": claim,
            "arguments": [],
            "where": None,
            "when": None,
        }
        for extra in rest:
            role, _, value = extra.partition("=")
            if role == "where":
                row["where"] = nearest(self.text, value, span[0])
            elif role == "when":
                row["when"] = self.when(value, span[0])
            else:
                one_of(role, set(ROLES), "role")
                row["arguments"] += [
                    [role, *nearest(self.text, p.strip(), span[0])] for p in value.split(";") if p.strip()
                ]
        self.events.append(row)

    def when(self, value: str, anchor: int) -> dict:
        words, _, days = value.partition("@")
        first, _, last = days.partition("/")
        for day in filter(None, (first, last)):
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
                raise Fault(f"day {day!r}")
        return {
            "span": nearest(self.text, words, anchor),
            "start": first or None,
            "end": last or first or None,
        }

    def figure(self, head: list[str], fields: list[str]) -> None:
        (number,) = head
        phrase, measure, size, who, group, nation, status, event, claim = fields
        span = within(self.text, self.spans, number, phrase)
        low, high, rough = bounds(size)
        self.figures.append(
            {
                "span": span,
                "measure": one_of(measure, MEASURES, "measure"),
                "low": low,
                "high": high,
                "approximate": rough,
                "who": None if who == "-" else nearest(self.text, who, span[0]),
                "group": one_of(group, GROUPS, "group"),
                "nationality": None if nation == "-" else nation,
                "status": one_of(status, FIGURE_STATUSES, "status"),
                "event": None if event == "-" else event,
                "claim": claim,
            }
        )

    def faults(self) -> list[str]:
        """Tell which claims and events are named but not there."""
        keys = {e["key"] for e in self.events}
        out = [
            f"claim {row['claim']} is not there"
            for row in [*self.events, *self.figures]
            if row["claim"] != "report" and row["claim"] not in self.claims
        ]
        return out + [
            f"event {f['event']} is not there" for f in self.figures if f["event"] and f["event"] not in keys
        ]

    def row(self) -> dict:
        """Give what is kept: ids, digests, offsets."""
        return {
            "doc": self.doc,
            "sha256": digest(self.text),
            "by": self.by,
            "claims": self.claims,
            "events": sorted(self.events, key=lambda e: e["trigger"]),
            "figures": sorted(self.figures, key=lambda f: f["span"]),
        }


def read_sheets(path: str, faults: list[str]) -> list[Sheet]:
    """Read a `.ann` file; what is wrong goes to `faults`, each with its line."""
    sheets: list[Sheet] = []
    for at, line in enumerate(Path(path).read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        try:
            if line.startswith("doc "):
                sheets.append(Sheet(line[4:].strip()))
                continue
            if line.startswith("by "):
                sheets[-1].by = line[3:].strip()
                continue
            head, *fields = [part.strip() for part in line.split(" | ")]
            verb, *keys = head.split()
            {"C": sheets[-1].claim, "E": sheets[-1].event, "F": sheets[-1].figure}[verb](keys, fields)
        except (Fault, KeyError, ValueError, IndexError) as problem:
            faults.append(f"{path}:{at}: {problem}: {line}")
    for sheet in sheets:
        faults += [f"{path}: {sheet.doc}: {fault}" for fault in sheet.faults()]
    return sheets


def show(doc: str) -> None:
    """Print a text with its sentences numbered."""
    text = text_of(doc)
    print(f"doc {doc}  ({len(text.split())} words)")
    for number, (start, end) in enumerate(sentences(text)):
        print(f"[{number}] {text[start:end]}")


def main(argv: list[str]) -> int:
    """Run one of the calls in the module's docstring; 1 when a line has a fault."""
    if len(argv) < 2:
        sys.exit(__doc__)
    verb, names = argv[0], argv[1:]
    faults: list[str] = []
    if verb == "list":
        for doc, text in pool(names[0]).items():
            print(doc, len(text.split()))
    elif verb == "show":
        for doc in names:
            show(doc)
    elif verb in ("check", "keep"):
        files = names if verb == "check" else names[1:]
        sheets = [sheet for path in files for sheet in read_sheets(path, faults)]
        print(
            f"{len(sheets)} texts, {sum(len(s.text.split()) for s in sheets)} words, "
            f"{sum(len(s.events) for s in sheets)} events, {sum(len(s.figures) for s in sheets)} figures, "
            f"{sum(len(s.claims) for s in sheets)} claims, {len(faults)} faults"
        )
        if verb == "keep" and not faults:
            target = HERE / "annotations" / f"{names[0]}.jsonl"
            target.parent.mkdir(exist_ok=True)
            target.write_text("".join(json.dumps(s.row()) + "\n" for s in sheets), encoding="utf-8")
    else:
        sys.exit(__doc__)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
