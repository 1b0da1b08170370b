"""How strong a travel advisory is, on the codebook's scale, and whether it holds yet.

A sentence often tells of several advisories ("Austria told its citizens to take care, while Ireland
advised against all travel"), so each is read by its own clause.
"""

from __future__ import annotations

import re

from dateline.record import Advice

__all__ = ["advice_level", "clause_of", "is_to_come", "is_unsure"]

_BOUNDS = re.compile(
    r";|:(?=\s)|,? \bwhile\b|,? but\b|,? whereas\b|,? although\b"
    r"|,? and (?=(?:the )?[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*(?: \w+ly)? "
    r"(?:told|advised|urged|warned|asked|said|has|have|did|issued|raised|closed|shut))"
)
_LEVELS: dict[str, Advice] = {
    "1": "none", "one": "none", "2": "caution", "two": "caution", "3": "avoid", "three": "avoid",
    "4": "avoid", "four": "avoid",
}  # fmt: skip
_NUMBERED = re.compile(r"\blevel[ -](1|2|3|4|one|two|three|four)\b", re.I)
_RANKED = re.compile(r"\b(first|second|third|fourth) of (?:its |the )?(?:four|five|three)\b", re.I)
_RANKS: dict[str, Advice] = {"first": "none", "second": "caution", "third": "avoid", "fourth": "avoid"}
_WORD = r"(?:warnings?|advisor(?:y|ies)|advice|alerts?|recommendations?|notices?|caution)"
_LIFTED = re.compile(
    r"\b(?:lift(?:ed|s|ing)?|drop(?:ped|s|ping)?|withdr(?:ew|awn|aws|awing)|cancel\w*|end(?:ed|s)"
    r"|rescind\w*|remov\w+"
    rf"|revok\w+|scrap\w*)\b[^.;]{{0,40}}\b{_WORD}\b"
    rf"|\b{_WORD}\b[^.;]{{0,60}}\b(?:was|were|been|is|are)(?: now)? (?:lifted|dropped|withdrawn"
    rf"|cancell?ed|rescinded|removed)"
    r"|\bno longer (?:advis|warn|recommend)\w*",
    re.I,
)
_NOT_LIFTED = re.compile(
    r"\b(?:not|never|refus\w+ to|declin\w+ to|likely to|no plans? to|will|would|could|(?-i:may)|might"
    r"|should|ask\w* \w+ to"
    r"|urg\w+ \w+ to|call\w* (?:on|for)|want\w*)\b[^.;]{0,40}\b(?:lift|drop|withdraw|cancel|end"
    r"|rescind|remove|revoke|scrap)",
    re.I,
)
_UNCHANGED = re.compile(
    r"\bunchanged\b|\b(?:not|no|never) (?:\w+ )?chang\w+|\bleft (?:its|their) [^.;]{0,20}as (?:it"
    r"|they) w",
    re.I,
)
_AT_HOME = re.compile(
    r"\b(?:not|never) to (?:leave|go out|quit)\b"
    r"|\bleav(?:e|ing) (?:home|(?:the|their|its) (?:house|home|hotel|room|embass|compound|resort"
    r"|shelter)\w*)",
    re.I,
)
_GO = (
    r"(?:leav(?:e|ing)|depart(?:ing)?|get(?:ting)? out|quit|return(?:ing)?(?: home)?|com(?:e"
    r"|ing) (?:back|home)"
    r"|go(?:ing)? home|go at once|fly(?:ing)? (?:out|home)|evacuate|move out|go(?=\s*(?:[.,;]|$|now\b"
    r"|while\b)))"
)
_LEAVE = re.compile(
    rf"\b(?:to|should|must|ought to|or|consider|and|that (?:the|all|its) \w+)(?: \w+ly| all| at once"
    rf"| now| consider"
    rf"| think (?:about|of)| either)* {_GO}\b"
    rf"|\bthat [^.;]{{3,70}}? {_GO}\b(?! (?:of absence|behind))"
    r"|\bout of the (?:country|city)\b|\b(?:compulsory|mandatory) (?:repatriation|evacuation)\b"
    r"|\bevacuation (?:advisory|order|notice)\b",
    re.I,
)
_CROWDS = re.compile(
    r"\b(?:avoid(?:ing)?|(?:stay|keep)(?:ing)? (?:away|out|clear)(?: from| of)?|off) (?:(?:all|any"
    r"|large|big|public|the|shopping"
    r"|crowded|political|mass|major|busy|tourist|military|western|unnecessary) ?)*"
    r"(?:crowds?|gatherings?|demonstrations?|protests?|rall(?:y|ies)|places|malls?|markets?|buildings"
    r"|installations"
    r"|streets?|hotels?|restaurants?|stations?|events?|polling|spaces|areas where)\b",
    re.I,
)
_AVOID = re.compile(
    r"\bagainst\b[^.;]{0,70}?\b(?:travel\w*|journeys?|trips?|visit\w*|going|holidays?|tours?|flying"
    r"|[A-Z]\w+)\b"
    r"|\bavoid\w*\b|\b(?:not|never|don[’']t) (?:to )?(?:travel|go(?! out)|visit|fly|enter|set out)\b"
    r"|\b(?:stay|keep|steer)(?:ing)? (?:well )?(?:away|out|clear)\b|\b(?:defer|postpon|reconsider"
    r"|re-?think)\w*"
    r"|\bput(?:ting)? off\b|\bdelay(?:ing)? (?:all |any |their )?(?:travel|trips?|visits?|journeys?)\b"
    r"|\bcancel\w* (?:all |any |their |planned )*(?:travel|trips?|visits?|journeys?|holidays?)\b"
    r"|\brefrain\w*|\babstain\w*"
    r"|\bno-go\b|\boff[- ]limits\b|\binadvisable\b|\b(?:in|to|turned|coloured|colored|map|code|a|is"
    r"|now|whole|all) red\b|\bcolou?red\b[^.;]{0,30}\bred\b|\bred (?:list|zone|level|alert)"
    r"|\b(?:orange|amber)\b|\bdiscourag\w+ [^.;]{0,30}\b(?:travel|journeys?|trips?|visits?)"
    r"|\b(?:highest|top) (?:level|alert|of|grade)\b|\bits highest\b",
    re.I,
)
_CARE = re.compile(
    r"\b(?:warn\w*|caution\w*|careful|cautious|vigilan\w+|risks?|alert\w*|take care"
    r"|high degree of care|threats?"
    r"|dangers?|exercis\w+|on (?:their|its) guard|low profile|indoors|at home|inside|shelter|stay put"
    r"|precaution\w*|aware|wary"
    r"|register)\b",
    re.I,
)
_TO_COME = re.compile(
    r"\b(?:plan(?:s|ned|ning)? to|consider(?:s|ed|ing)?|(?:is|are|was|were) (?:due|set|about"
    r"|preparing|expected) to|will"
    r"|would|prepar(?:es|ed|ing)|intends? to|going to|drafting)(?: [\w’'-]+){0,4} $",
    re.I,
)
_SOON = re.compile(r"\bnext (?:week|month)\b")
# "May 29" is a day: only in small letters is it a doubt.
_UNSURE = re.compile(r"\b(?:if|unless|whether|could|might|(?-i:may)|were to)\b[^.,;]{0,30}$", re.I)


def clause_of(sentence: str, at: int) -> tuple[str, str]:
    """Give what stands in a trigger's clause before it, and the rest from it on; `at` is its offset."""
    marks = [(m.start(), m.end()) for m in _BOUNDS.finditer(sentence)]
    first = max((end for _, end in marks if end <= at), default=0)
    last = min((start for start, _ in marks if start > at), default=len(sentence))
    return sentence[first:at], sentence[at:last]


def advice_level(before: str, rest: str) -> Advice | None:
    """Give the level that a clause tells, `rest` from its trigger on; None where it tells none."""
    clause = before + rest
    if _UNCHANGED.search(clause):
        return None
    ranked = _numbered(clause)
    if ranked:
        return "leave" if ranked == "avoid" and _LEAVE.search(clause) else ranked
    if _LIFTED.search(clause) and not _NOT_LIFTED.search(clause):
        return "none"
    told = _CROWDS.sub("caution", _AT_HOME.sub("caution", rest))
    if _LEAVE.search(told):
        return "leave"
    if _AVOID.search(told) or _AVOID.search(_CROWDS.sub("", before)):
        return "avoid"
    return "caution" if _CARE.search(before + told) else None


def _numbered(clause: str) -> Advice | None:
    """Give the level that is told by its number ("raised its alert to level 3"); the last is the one now."""
    found = [_LEVELS[m.group(1).casefold()] for m in _NUMBERED.finditer(clause)]
    found = found or [_RANKS[m.group(1).casefold()] for m in _RANKED.finditer(clause)]
    lowered = re.search(r"\bfrom level\b", clause, re.I) and not re.search(r"\bto level\b", clause, re.I)
    return found[-1] if found and not lowered else None


def is_to_come(before: str, rest: str) -> bool:
    """Tell whether an advisory is only planned: "plans to issue a travel warning"."""
    return bool(_TO_COME.search(before) or _SOON.search(rest))


def is_unsure(before: str) -> bool:
    """Tell whether an advisory is only supposed: "could issue a travel warning", "if it advised against"."""
    return bool(_UNSURE.search(before))
