"""What a headline counts: "Two dead, 12 hurt as bus overturns", "Boy, 9, shot by friend", "Triple murder".

The reader reads the text, and a headline often tells the whole toll where the
text below it goes on about one arrest. Its counts have no span in the text, so
they never enter a record or a ledger; the totals weigh them beside the report's own.
The sentences of the text are read by the same words, as a second pair of eyes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from dateline.incidents.furniture import headline
from dateline.incidents.layout import Layout
from dateline.incidents.statements import Statement, bare_statement
from dateline.incidents.units import Unit
from dateline.incidents.victims import PERSON_NOUNS
from dateline.reading.numbers import find_quantities, is_count_context
from dateline.record import Figure, Record, Span

__all__ = ["OPENING", "HeadCount", "counts_in", "headline_statements", "rounds_up"]


@dataclass(frozen=True, slots=True)
class HeadCount:
    """People whom a headline counts: its offsets, `killed` or `wounded`, and the bounds."""

    start: int
    end: int
    measure: str
    low: int | None
    high: int | None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class _People:
    """A phrase of a headline that counts or names people."""

    start: int
    end: int
    low: int | None
    high: int | None
    approximate: bool


OPENING = 700  # characters of a text in which a report that leads with its toll has told it
_LONGEST = 300  # characters of a title that are read: what is longer is no headline
_AGE = r"(?:\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)[- ](?:years?|months?|weeks?)[- ]old"
_NO_NOUN = r"shot|shoots?|kill\w*|dies?|died|dead|hit|by|in|on|at|of|and|with|from|after|injured|hurt"
_YEARS = r"(?:,? \(?(?:aged? )?\d{1,2}\b(?:\)|,|$|(?= (?:is|was|has|dies?|died)\b)),?)?"
_SINGLE = (
    f"{PERSON_NOUNS}|commander|militant|rebel|civilian|hostage|migrant|tourist|activist|politician|minister"
    "|peacekeeper|firefighter|villager|protester|prisoner|inmate|fighter|pilot|priest|principal|bartender"
)
_LIMB = r"[’']s (?:\w+ )?(?:toe|foot|leg|thigh|knee|hand|arm|finger|thumb|head|face|neck|shoulder|back)\b"
_ONE = re.compile(
    rf"\b(?:{_AGE}(?: (?:(?!(?:{_NO_NOUN})\b)[\w’'.-]+ ){{0,2}}(?:{_SINGLE})\b)?"
    rf"|(?:(?:{_SINGLE}) )*(?:{_SINGLE}|another|(?:him|her)?self)\b)(?:(?={_LIMB})|(?![-’']))"
    rf"{_YEARS}(?! (?:says?|said)\b)",
    re.I,
)
_LETTERS = re.compile(r"[^\W\d_]+")
_ODD = "old olds wife husband girlfriend boyfriend neighbor neighbour fiance fiancee fiancé fiancée"
_ONES = frozenset([*_SINGLE.split("|"), *_ODD.split(), "another", "self", "himself", "herself"])
_NAMED = re.compile(r"\b[A-Z][a-z][\w’'-]*(?: [A-Z][\w.’'-]+){1,2}, \d{1,2},")
_JOINT = re.compile(
    r",?(?: and| &|,)? (?:(?:an?|the|his|her|their|its|own|at least|another|other|young|baby|little) )*", re.I
)
_WHO = re.compile(
    rf"{_LIMB}|(?: (?!(?:{_NO_NOUN})\b)[\w’'-]+){{0,2}}"
    rf" (?!(?:{_NO_NOUN}|is|was|has|dies|shoots|kills|wounds|injures|hits|hurts)\b)"
    rf"(?:[\w’'-]*s|people|(?:\w*-?)(?:wo)?men|children|police|crew|staff|more|{_SINGLE})\b(?!-)|",
    re.I,
)  # the noun that a number counts
_FILLER = re.compile(
    r"(?:, (?:including|among them) [^,.;]{1,50},)?(?:,? (?:who|is|are|was|were|has|have|had|been|being|be"
    r"|got|gets|found|left|leaves|reported(?:ly)?|confirmed|feared|apparently|allegedly|later|accident\w+"
    r"|critically|seriously|badly|gravely|also|both|now|among|listed|recovering"
    r"|(?:in|from|at|near|on|outside|inside) (?:[\w’'.-]+ ){0,3}?[\w’'.-]+))*",
    re.I,
)
_PRESENT = re.compile(r"s$", re.I)
_DEAD_BEHIND = re.compile(
    r",? (?:dead|killed|slain|dies?|died|dying|murdered|fatally|shot (?:dead|to death|(?:and|&) killed)"
    r"|shot,? killed|fatalit(?:y|ies)|deaths|gunned down|succumbs?|succumbed|executed|massacred|drown\w*"
    r"|perish\w*|loses? (?:his|her|their) li[fv]es?|(?:stabbed|beaten|burned?) to death|beheaded)\b",
    re.I,
)
_HURT_BEHIND = re.compile(
    r",? (?:injured|wounded|hurt|hospitali[sz]ed|grazed|maimed|critical"
    r"|in (?:critical|serious|stable|fair|good) condition|(?:in|at) (?:the |an? )?(?:[\w-]+ )?hospital"
    r"|recover(?:s|ing)?"
    r"|(?:taken|rushed|airlifted|flown|sent|transported|walks?(?: in)?|drives?|driven) (?:in)?to"
    r" (?:(?!prison|jail)[\w’'.-]+ ){0,3}?hospitals?|(?:walks? into (?:[\w’'.-]+ ){1,4})?with gun ?shots?"
    r"|with (?:an? )?(?:apparent )?(?:gunshot|bullet|stab) wounds?|to (?:[\w’'.-]+ ){0,3}?hospitals?"
    r"|suffer(?:s|ed|ing)? (?:[\w’'-]+ ){0,4}?(?:wounds?|injur(?:y|ies))|treated (?:for|at)"
    r"|surviv(?:es?|ed|ing)|expected to (?:live|survive|recover)"
    r"|(?:fights|fighting|clings|clinging|battles) (?:for|to) (?:his |her )?life|shot|hit|struck|stabbed)\b",
    re.I,
)
_ACTS_BEHIND = re.compile(
    r",? (?:\w+ly )?(?:shoots?|shot|stabs?|stabbed|kills?|killed|hits?|hurts?|wound(?:s|ed)|injure[sd])"
    r"(?:(?:,| and| &) (?:kill|wound|injur)(?:e?s|ed))?\b",
    re.I,
)
_KILLS = re.compile(
    r"\b(?:kills?|killed|killing|murders?|murdering|murdered|slays?|slaying|claims?|claimed"
    r"|(?:deaths?|murders?|killings?|slayings?|homicide|manslaughter|fatal (?:shooting|stabbing)|loss) of"
    r"|fatally (?:shot|shoots|shooting|wounded|struck|stabbed))$",
    re.I,
)
_HURTS = re.compile(
    r"\b(?:injur(?:es?|ed|ing)|wound(?:s|ed|ing)?|hurts?|hurting|shoots?|shot|shooting|strikes?|struck"
    r"|striking|hits?|hitting|stabs?|stabbed|stabbing|grazes|grazing|(?:shootings?|stabbing|wounding) of)$",
    re.I,
)
_LEADING = re.compile(
    r"(?:an?|the|his|her|their|its|own|another|other|young|older|younger|baby|little|estranged"
    r"|pregnant|elderly|off-duty|former|ex|[A-Z].*)",
)
_LEADS = 3  # words between a verb and the people it is done to
_NO_OBJECT = re.compile(r"(?:suspect|victim|gunman|shooter|sheriff|officer|deputy|witness)s?\b", re.I)
_TOLL = re.compile(
    r"\btoll\b(?: (?!to\b|at\b)[\w’'-]+){0,6}? (?:to|at|hits|reaches|tops|passes|now|exceeds)(?: now)? $",
    re.I,
)
_POSSESSIVE = re.compile(
    r"^[’']s? (?:accidental |fatal |shooting )*(death|murder|killing|slaying|shooting)\b", re.I
)
_PART = re.compile(
    r"\b(?:including|includes|among|one of|incl\.?|at|by|(?<!family )of|charged|arrested?|suspects?)[: ]+"
    r"(?:(?:an?|the|at least|his|her) )*$",
    re.I,
)
_HARM_OF = re.compile(
    r"\b(?:deaths?|murders?|killings?|slayings?|homicide|manslaughter|shootings?|stabbings?|wounding|loss) of"
    r" (?:(?:an?|the|at least|his|her) )*$",
    re.I,
)
_AMONG = re.compile(r"\bamong (?:at least )?$", re.I)  # "woman among 4 shot": the four are the whole
_FOLD = {"double": 2, "triple": 3, "quadruple": 4, "quintuple": 5}
_MANIFOLD = re.compile(
    r"\b(?:(double|triple|quadruple|quintuple)[- ](?:(?:fatal|deadly) )?)?"
    r"(murder[- /]suicide|shooting|stabbing|homicide|murder|killing|slaying)\b",
    re.I,
)
_FATAL = re.compile(
    r"\b(?:(?:fatal|deadly) (?:\w+ )?(?:shooting|stabbing|attack|crash|accident|fire|blast|explosion|bombing"
    r"|gunfire|fight|robbery|incident|encounter)|shooting death|homicide|murder|slaying)\b"
    r"(?![ -](?:suicide|attempt)| of (?:\w+ )?\w+s\b)",
    re.I,
)  # somebody died, and the headline doesn't say how many
_ROUND_UP = re.compile(
    r"\b(?i:weekend|shootings|stabbings|attacks|homicides|murders|incidents|citywide|so far|this year"
    r"|(?:\d+|two|three|four) (?:hours|days)|across (?:the )?(?:city|state|country|[A-Z]\w+))\b"
)
_HARM = re.compile(
    r"kill|dead|die[sd]|dying|death|fatal|slain|slay|murder|homicide|gunn|perish|succumb|drown|claim|toll|lose"
    r"|loss|execut|massac|behead|injur|wound|hurt|hospital|graz|maim|critical|condition|recover|surviv|expected"
    r"|life|shot|shoot|hits?\b|hitting|str[iu]|stab|gunshot|suffer|treated|burn|beat",
    re.I,
)  # without one of these no sentence counts any
_ATTEMPTED = re.compile(r"\battempted\b", re.I)


def headline_statements(units: Sequence[Unit], records: Mapping[str, Record]) -> list[Statement]:
    """Give a statement for each count in the headlines of the reports that the units lead.

    Its rank is negative, since its offsets are those of another text; -1 is that of the first report.
    The sentences of a report's opening are read in the same way, beside the reader, which may
    miss a count. Their statements have the rank of their unit.
    """
    return [
        row
        for rank, unit in enumerate(units)
        if unit.lead
        for row in (
            *_of_title(records[unit.report], -1 - rank),
            *_of_text(records[unit.report], rank),
        )
    ]


def rounds_up(title: str) -> bool:
    """Tell whether a headline speaks of several incidents, or of all of some days."""
    return bool(_ROUND_UP.search(title))


def _of_title(record: Record, rank: int) -> Iterator[Statement]:
    title = headline(record.report.title or "")[:_LONGEST]
    layout = Layout(title, ((0, len(title)),), ((0, len(title)),))
    for count in counts_in(title):
        yield bare_statement(record, layout, _figure(count, title, 0), rank)


def _of_text(record: Record, rank: int) -> Iterator[Statement]:
    text = record.report.text
    layout = Layout.of(text)
    for start, count in _counts_of(text):
        yield bare_statement(record, layout, _figure(count, text, start), rank)


@lru_cache(maxsize=2048)  # an incident is built anew with each report that joins it
def _counts_of(text: str) -> tuple[tuple[int, HeadCount], ...]:
    """Give the counts of the sentences of the opening that tell of harm, each with its sentence's offset."""
    opening = takewhile(lambda span: span[0] < OPENING, Layout.of(text).sentences)
    told = ((start, text[start : min(end, start + _LONGEST)]) for start, end in opening)
    return tuple(
        (start, count)
        for start, words in told
        if _HARM.search(words)
        for count in counts_in(words)
        if count.high is not None or (count.low or 0) > 1  # "charged with murder" counts nobody
    )


def _figure(count: HeadCount, text: str, at: int) -> Figure:
    return Figure(
        id=f"words@{at + count.start}",
        measure=count.measure,
        span=Span.of(text, at + count.start, at + count.end),
        low=count.low,
        high=count.high,
        approximate=count.approximate,
    )


def counts_in(title: str) -> list[HeadCount]:
    """Find the dead and wounded whom a headline counts, in order."""
    found = [*_added_up(title, _people(title)), *_manifold(title)]
    fatal = _FATAL.search(title)
    if fatal and not any(c.measure == "killed" for c in found) and not _ATTEMPTED.search(title):
        found.append(HeadCount(fatal.start(), fatal.end(), "killed", 1, None))
    return sorted(found, key=lambda c: c.start)


def _added_up(title: str, people: Sequence[_People]) -> list[HeadCount]:
    """Give the counts, the hurt of one list as one ("2 girls, 2 men shot"); single persons stay apart."""
    found: list[tuple[int, HeadCount]] = []
    for n in range(len(people)):
        count = _counted(title, people, n)
        if count is None:
            continue
        before, last = found[-1] if found else (-1, None)
        if last and before == n - 1 and _adds_to(last, count) and _are_listed(title, people, before):
            count = _sum(found.pop()[1], count)
        found.append((n, count))
    return [count for _, count in found]


def _adds_to(first: HeadCount, second: HeadCount) -> bool:
    """Tell whether a count of hurt goes on with another of a list, of which one is more than a person."""
    return first.measure == second.measure == "wounded" and max(first.low or 0, second.low or 0) > 1


def _sum(first: HeadCount, second: HeadCount) -> HeadCount:
    return HeadCount(
        first.start,
        second.end,
        first.measure,
        None if first.low is None or second.low is None else first.low + second.low,
        None if first.high is None or second.high is None else first.high + second.high,
        first.approximate or second.approximate,
    )


def _people(title: str) -> list[_People]:
    """Find the phrases that count people, or describe one, none overlapping, in order."""
    numbers = [
        _People(q.start, q.end, q.low, q.high, q.approximate)
        for q in find_quantities(title)
        if is_count_context(title, q) and (q.low is not None or q.high is not None)
    ]
    words = _LETTERS.findall(title.casefold())
    patterns = (_NAMED,) if _ONES.isdisjoint(words) else (_NAMED, _ONE)
    ones = [_People(m.start(), m.end(), 1, 1, False) for p in patterns for m in p.finditer(title)]
    out: list[_People] = []
    for one in sorted([*numbers, *ones], key=lambda p: (p.start, -p.end)):
        if not out or title[out[-1].end : one.start].strip():
            out.append(one)
    return out


def _counted(title: str, people: Sequence[_People], n: int) -> HeadCount | None:
    one = people[n]
    if _is_part(title[: one.start], one):
        return None
    measure = _said_behind(title, people, n) or _said_before(title, people, n) or _owned(title[one.end :])
    return HeadCount(one.start, one.end, measure, one.low, one.high, one.approximate) if measure else None


def _is_part(before: str, one: _People) -> bool:
    if _HARM_OF.search(before) or ((one.low or 0) > 1 and _AMONG.search(before)):
        return False
    return bool(_PART.search(before))


def _owned(behind: str) -> str | None:
    owned = _POSSESSIVE.match(behind)
    if owned is None:
        return None
    return "wounded" if owned.group(1).casefold() == "shooting" else "killed"


def _said_behind(title: str, people: Sequence[_People], n: int) -> str | None:
    """Give the measure that the words behind a phrase tell ("two men found dead"), also over a list."""
    for number in range(n, len(people)):
        at = people[number].end
        if _acts_on_others(title, people, number):
            return None
        if harm := _harm_at(title, at):
            return harm
        if number + 1 == len(people) or not _are_listed(title, people, number):
            return None
    return None


def _are_listed(title: str, people: Sequence[_People], n: int) -> bool:
    """Tell whether a phrase and the next are members of one list ("boy, 2, and man", "2 men, woman")."""
    at = people[n].end
    between = title[at + len(_match(_WHO, title, at)) : people[n + 1].start]
    ends = title[at - 1] == "," and between in (" ", " and ")
    return ends or bool(between and _JOINT.fullmatch(between))


def _acts_on_others(title: str, people: Sequence[_People], n: int) -> bool:
    """Tell whether the people of a phrase do the harm to those of the next ("teen shoots brother")."""
    if n + 1 == len(people):
        return False
    at = people[n].end
    at += len(_match(_WHO, title, at))
    acts = _ACTS_BEHIND.match(title, at)
    if acts is None:
        return False
    between = title[acts.end() : people[n + 1].start].split()
    if len(between) > _LEADS or not all(_LEADING.fullmatch(w) for w in between):
        return False
    return bool(_PRESENT.search(acts.group())) or _harm_at(title, people[n + 1].end) is None


def _harm_at(title: str, at: int) -> str | None:
    """Give the measure of the word of harm at an offset, with or without a noun and fillers before it."""
    who = at + len(_match(_WHO, title, at))
    for start in (at, who, who + len(_match(_FILLER, title, who))):
        if _DEAD_BEHIND.match(title, start):
            return "killed"
        if _HURT_BEHIND.match(title, start):
            return "wounded"
    return None


def _match(pattern: re.Pattern[str], title: str, at: int) -> str:
    found = pattern.match(title, at)
    return found.group() if found else ""


def _said_before(title: str, people: Sequence[_People], n: int) -> str | None:
    """Give the measure that the words before a phrase tell ("kills two", "death of a boy"), lists too."""
    for number in range(n, -1, -1):
        if measure := _done_to(title, people[number]):
            return measure
        if number == 0 or not _are_listed(title, people, number - 1):
            return None
    return None


def _done_to(title: str, one: _People) -> str | None:
    before = title[: one.start]
    if _TOLL.search(before):
        return "killed"
    words = before.split()
    for skipped in range(min(_LEADS, len(words) - 1) + 1):
        if skipped and not _LEADING.fullmatch(words[-skipped]):
            return None
        bare = " ".join(words[: len(words) - skipped])
        if _KILLS.search(bare):
            return "killed"
        if _HURTS.search(bare) and (skipped or not _NO_OBJECT.match(title, one.start)):
            return "wounded"
    return None


def _manifold(title: str) -> Iterator[HeadCount]:
    """Count a "triple shooting", a "double murder", and a "murder-suicide", whose doer is one of the dead."""
    if _ATTEMPTED.search(title):
        return
    for found in _MANIFOLD.finditer(title):
        size = _FOLD.get((found.group(1) or "").casefold(), 1)
        what = found.group(2).casefold()
        if "suicide" in what:
            yield HeadCount(found.start(), found.end(), "killed", size + 1, None)
        elif size > 1:
            measure = "wounded" if what in ("shooting", "stabbing") else "killed"
            yield HeadCount(found.start(), found.end(), measure, size, size)
