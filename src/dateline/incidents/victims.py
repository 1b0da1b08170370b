"""Single persons whom events tell of: who was killed, died, was shot or hurt, where no figure counts them.

"A 19-year-old man died at the hospital" counts one person, whether or not the
reader gave a figure for him. The totals know such persons by the phrase to
which the harm was done; the ledger, which shows what was counted, does not. So
they do words that count people without a number: "a double shooting", "both victims".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from dateline.incidents.layout import Layout
from dateline.incidents.statements import Statement, bare_statement
from dateline.incidents.units import Unit
from dateline.record import Argument, Event, Figure, Record, Span

__all__ = ["PERSON_NOUNS", "names_one_person", "victims_of"]

_MEASURES = {"killing": "killed", "death": "killed", "injury": "wounded", "armed-attack": "wounded"}
_HITS = re.compile(
    r"\b(?:shot|shoots?|shooting|struck|strikes|hit|hits|hitting|striking|gunned|wound\w*|stabb\w*|stabs?)\b",
    re.I,
)  # of attacks only those that reach somebody: "opened fire on" may miss
PERSON_NOUNS = (
    "man|woman|boy|girl|teen|teenager|adult|child|baby|infant|toddler|newborn|kid|student|victim|person|officer"
    "|policeman|policewoman|deputy|sheriff|trooper|agent|soldier|marine|veteran|guard|father|mother|dad|mom"
    "|husband|wife|son|daughter|brother|sister|uncle|aunt|nephew|niece|cousin|grandfather|grandmother"
    "|grandson|granddaughter|stepfather|stepson|stepdaughter|boyfriend|girlfriend|fianc[eé]e?|friend|roommate|neighbou?r"
    "|driver|passenger|motorist|cyclist|bicyclist|pedestrian|bystander|clerk|employee|worker|manager|owner"
    "|homeowner|customer|resident|tenant|patient|intruder|burglar|robber|suspect|gunman|shooter|attacker"
    "|juvenile|youth|male|female|ex-wife|ex-husband|ex-girlfriend|ex-boyfriend|rapper|teacher|pastor|nurse|doctor"
    "|[- ]old|one|other|hunter|player|sergeant|detective|journalist|reporter|mayor|judge|lawyer|leader"
)
_HEAD = re.compile(rf"(?:\b(?:{PERSON_NOUNS})|\d-year-old|[- ]olds?(?=\W|$))$", re.I)
_TAIL = re.compile(
    r"\s*(?:,|\(|\b(?:of|in|from|at|with|who|whose|near|on|inside|outside|identified|named)\b).*", re.S
)
_MANY = re.compile(
    r"^(?:(?:the|his|her|their|all|some|other|at least|about|more than)\s+)*"
    r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|both|many|dozens|hundreds|no|none|nobody|each|every"
    r"|all|most|many|few|some|anyone|anybody|someone else|everyone|\d+(?![- ]?(?:year|month|week|day)))\b",
    re.I,
)
_AGED = re.compile(r"^(?:(?:an?|the) )?[\w-]+[- ]years?[- ]old\s+(?=[A-Z])")
_PLURAL = re.compile(
    r"^(?:men|women|children|people|police|officers|deputies|victims|teens|students|kids|others|residents|soldiers"
    r"|civilians|troops|passengers|workers|juveniles|suspects|gunmen|deceased|bodies|body)$",
    re.I,
)
_PRONOUN = re.compile(r"^(?:he|him|she|her|himself|herself)$", re.I)
_PART = r"[A-Z][\w.’'-]+|\"[^\"]+\"|“[^”]+”"
_NAME = re.compile(rf"^(?:{_PART})(?:,? (?:{_PART}|I+|de|la|del|van|von|bin|al))*$")
_HIMSELF = re.compile(r"(?: and (?:killed|wounded|injured))? (?:him|her)self\b", re.I)
_NOBODY = re.compile(
    r"\b(?:Police|Department|County|School|University|Street|Avenue|City|State|Church|Hospital|Park|House|Office"
    r"|Center|Club|Store|Market|Bank|Embassy|Army|Government|Force|Base|Airport|Station|Consulate|Hotel|Camp)\b"
)


def names_one_person(phrase: str) -> bool:
    """Tell whether a noun phrase names or describes one person."""
    words = phrase.strip()
    if _PRONOUN.match(words):
        return True
    if _MANY.match(words) or _PLURAL.match(words):
        return False
    words = _AGED.sub("", words)
    if _NAME.match(words):
        return not _NOBODY.search(words)
    return bool(_HEAD.search(_TAIL.sub("", words).strip()))


def victims_of(units: Sequence[Unit], records: Mapping[str, Record]) -> list[Statement]:
    """Give a statement for every single person to whom an event of the units does harm.

    Persons whom a figure counts are left out, in the order of the units and of the text.
    A "double shooting" counts two who were shot, so do "both victims"; "a fourth victim" counts four.
    """
    return [
        row
        for rank, unit in enumerate(units)
        for find in (_of_unit, _themselves, _manifolds)
        for row in find(unit, records[unit.report], rank)
    ]


def _themselves(unit: Unit, record: Record, rank: int) -> Iterator[Statement]:
    """Yield a person for each "shot herself" in a sentence of the unit that no event tells of."""
    known = [a.span for e in record.events if e.id in set(unit.events) for a in e.arguments]
    known += [f.span for f in record.figures]
    for found in _finds(_HARMS_SELF, record.report.text):
        span = Span.of(record.report.text, found.start(1), found.end(1))
        if _stands_in(unit, record, span) and not _overlaps(span, known):
            figure = Figure(id=f"text@{span.start}", measure="wounded", span=span, low=1, high=1)
            yield bare_statement(record, Layout.of(record.report.text), figure, rank)


@lru_cache(maxsize=64)  # each unit of a report asks for the same
def _finds(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str], ...]:
    """Find a pattern in a text; hardly any has the words that it hangs on, so these are looked for first."""
    low = text.casefold()
    return tuple(pattern.finditer(text)) if any(word in low for word in _HINGES[pattern]) else ()


def _size_told(found: re.Match[str]) -> int:
    words = {name: word.casefold() for name, word in found.groupdict().items() if word}
    if "size" in words:
        return int(words["size"]) if words["size"].isdigit() else _SIZES[words["size"]]
    return _NTH[words["nth"]] if "nth" in words else _FOLD[words.get("fold", "double")]


def _stands_in(unit: Unit, record: Record, span: Span) -> bool:
    """Tell whether an event of the unit stands in the sentence of a span."""
    wanted, layout = set(unit.events), Layout.of(record.report.text)
    own = layout.sentence(span.start)
    return any(e.id in wanted and layout.sentence(e.trigger.start) == own for e in record.events)


def _manifolds(unit: Unit, record: Record, rank: int) -> Iterator[Statement]:
    """Yield a count for each "triple shooting" or "three victims" in a sentence with an event of the unit."""
    counted = [f.span for f in record.figures]
    for found in _finds(_MANIFOLD, record.report.text):
        span = Span.of(record.report.text, found.start(), found.end())
        if _stands_in(unit, record, span) and not _overlaps(span, counted):
            size = _size_told(found)
            figure = Figure(id=f"text@{span.start}", measure="wounded", span=span, low=size, high=size)
            yield bare_statement(record, Layout.of(record.report.text), figure, rank)


def _of_unit(unit: Unit, record: Record, rank: int) -> Iterator[Statement]:
    wanted = set(unit.events)
    layout = Layout.of(record.report.text)
    counted = [f.span for f in record.figures]
    taken: set[tuple[int, int, str]] = set()
    for event in record.events:
        if event.id not in wanted or not _harms(event):
            continue
        for argument in event.arguments:
            if argument.role != "target" and not _at_himself(event, argument, record.report.text):
                continue
            for span in _apart(argument.span, record.report.text):
                key = (span.start, span.end, _MEASURES[event.type])
                if key in taken or _overlaps(span, counted) or not names_one_person(span.text):
                    continue
                taken.add(key)
                yield bare_statement(record, layout, _figure(event, span), rank)


_TOLD = ("happened", "ongoing")
_HARMS_SELF = re.compile(
    r"\b(?:shot|shoots?|shooting|wound(?:ed|ing|s)|injur(?:ed|ing|es)|struck|striking|stabb(?:ed|ing))"
    r"(?: and (?:wounded|injured))? (?:both )?((?:him|her)self)\b",
    re.I,
)
_FOLD = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5}
_SIZES = {w: n for n, w in enumerate("two three four five six seven eight nine ten".split(), 2)}
_NTH = {w: n for n, w in enumerate("third fourth fifth sixth seventh eighth ninth tenth".split(), 3)}
_SHOT = r"(?:was |were |had been |being )?(?:\w+ly )?(?:shot|wounded|injured|hit|struck|grazed|hurt|killed)"
_MANIFOLD = re.compile(
    rf"\b(?:(?P<fold>{'|'.join(_FOLD)})[- ](?:\w+ )?(?:shooting|stabbing)\b(?! spree)"
    r"|(?P<both>both) (?:\w+ )?victims\b"
    rf"|a (?P<nth>{'|'.join(_NTH)})"
    rf" (?:(?:\w+ )?victim\b|(?:person|man|woman|teen|boy|girl|child)\b(?= {_SHOT}\b))"
    rf"|(?P<size>{'|'.join(_SIZES)}|[2-9]) (?!other|others|more|additional)(?:\w+ )?victims\b)",
    re.I,
)

_HINGES = {
    _HARMS_SELF: ("himself", "herself"),
    _MANIFOLD: ("victim", *_FOLD, *(f"a {word}" for word in _NTH)),
}  # words one of which a text has in which the pattern is found


def _harms(event: Event) -> bool:
    if event.type not in _MEASURES or event.status not in _TOLD:
        return False
    return event.type != "armed-attack" or bool(_HITS.search(event.trigger.text))


def _at_himself(event: Event, argument: Argument, text: str) -> bool:
    """Tell whether a doer does the harm to himself ("a man shot himself")."""
    end = event.trigger.end
    return argument.role == "agent" and bool(_HIMSELF.match(text[end : end + 40]))


def _apart(span: Span, text: str) -> Iterable[Span]:
    """Part "John Bech and his wife" into its two persons."""
    start = span.start
    for joint in re.finditer(r",? and ", span.text):
        yield Span.of(text, start, span.start + joint.start())
        start = span.start + joint.end()
    yield Span.of(text, start, span.end)


def _overlaps(span: Span, others: Iterable[Span]) -> bool:
    return any(span.start < o.end and o.start < span.end for o in others)


def _figure(event: Event, span: Span) -> Figure:
    return Figure(
        id=f"{event.id}@{span.start}",
        measure=_MEASURES[event.type],
        span=span,
        low=1,
        high=1,
        approximate=False,
        who=None,
        group="unspecified",
        nationality=None,
        status="stated",
        event=event.id,
        confidence=event.confidence,
    )
