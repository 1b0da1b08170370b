"""What the words around a figure say of its people: doers, kin, and those whose fate stays open.

"Five people were shot, and two died" tells of five whose fate is open: three of
them are the wounded. One who is charged or shoots others is no victim, and the
three of "a father of three" are not counted at all.
"""

from __future__ import annotations

import re

from dateline.incidents.statements import Statement, size_of

__all__ = ["fate_is_open", "is_told_dead", "is_victim", "may_have_died"]

_NUMBERS = r"two|three|four|five|six|seven|eight|nine|ten|\d+"
_OBJECT = rf"(?:an?|the|his|her|their|its|him|them|another|{_NUMBERS}|[A-Z][a-z]+)\b"
_CHARGED = (
    r"(?:charged|arrested|accused|facing|wanted|sought|suspected|indicted|convicted|sentenced|jailed"
    r"|taken into custody|in custody|behind bars|under arrest|several charges"
    r"|(?:a )?(?:murder|felony|manslaughter) charges?)"
)
_ACCUSED = re.compile(
    r"^[^.;]{0,40}?\b(?:(?:has|have|had) been|was|is|were|are|being|faces?|facing)\s*(?:\w+ly )?"
    rf"{_CHARGED}\b|^(?:, \d+,|[^.;,]{{0,20}}\b) ?"
    r"(?:faces?|pleaded|pled|turned (?:him|her)self in|surrendered|confessed|admitted)\b",
    re.I,
)
_DOES = re.compile(
    r"^(?:[ -]old)?"
    r"(?: (?:man|woman|boy|girl|father|mother|husband|teen|teenager|gunman|suspect|brother|child))?,?"
    r" (?:who )?(?:\w+ly )?(?:shot|shoots|shooting|killed|kills|killing|wounded|wounds|struck)"
    rf"(?: and (?:killed|wounded|injured))?,? {_OBJECT}|"
    r"^[^.;,]{0,24} (?:opened fire|fired (?:a|the|several|multiple|shots?|at|into|on))\b"
)
_HIMSELF = re.compile(r"^[^.;]{0,50}\b(?:him|her|them)sel(?:f|ves)\b", re.I)
_BY = re.compile(r"\bby (?:(?:his|her|their|the|another|a|an) )?(?:[\w-]+ )?$", re.I)
_KIN_OF = re.compile(r"\b(?:(?:grand)?(?:father|mother)|parents?|dad|mom|eldest|youngest|oldest) of $", re.I)
_PART_OF = re.compile(
    r"\b(?:one|two|three|four|five|six|some|most|none|all|\d+) of (?:the |those |his |her )?$", re.I
)
_NOT_PEOPLE = re.compile(
    r"^\s*(?:shots?|times|bullets?|rounds?|gunshots?|counts?|hours?|minutes?|days?|weeks?|months?"
    r"|years?(?![- ]old)|nationalities|shootings?|incidents?|scenes|homes?|houses?|cars?|vehicles?"
    r"|blocks?|feet|miles|images?|agencies|guns?|weapons|handguns?)\b",
    re.I,
)
_ENDED = re.compile(
    r"\b(?:kill\w*|dead|die[sd]?|dying|deaths?|deadly|fatal\w*|slain|slay\w*|murder\w*|homicides?"
    r"|bod(?:y|ies)|deceased|lost|(?:claim|took|take|cost)\w* [^.;]{0,30}\b(?:lives|life)|massacre\w*"
    r"|execut\w*|succumb\w*|pronounced|perish\w*|casualt\w*|toll|victims? of|suicides?|beheaded|remains"
    r"|drown\w*|crushed|buried)\b",
    re.I,
)
_SHOT = re.compile(r"\b(?:shot|shoots?|shootings?|struck|hit|hitting|striking|gunfire|gunned)\b", re.I)
_HURT = re.compile(
    r"\b(?:wound\w*|injur\w*|hurt|hospitali[sz]ed|critical|surviv\w*|stable|graz\w*|non-life|treated)\b",
    re.I,
)
_LIVES = re.compile(
    r"\b(?:recover\w*|stable|surviv\w*|non-life|not life|minor|treated|expected to|released|serious|graz\w*"
    r"|another|also|others?|good condition|fair condition|lucky|alive)\b",
    re.I,
)
_STRUCK_BEFORE = re.compile(
    r"\b(?:shot|shoots?|shootings?|struck|hits?|hitting|striking)"
    r"(?: (?:of|the|his|her|their|at least|about|some|all))*"
    r"(?: (?:younger|older|little|young|own|elder))?\s*$",
    re.I,
)
_STRUCK_BEHIND = re.compile(
    r"^(?:[ -][\w-]+){0,4}? (?:(?:shot|shoots) (?:him|her)self"
    r"|(?:(?:were|was|been|being|got|are|is|had been) )?(?:\w+ly )?(?:shot|struck|hit))\b",
    re.I,
)
_OTHERS = re.compile(r"^\s*(?:\w+ )?(?:others?|more|additional)\b", re.I)
_BEFORE = re.compile(r".*(?:[,;:.–—]|\band\b|\bbut\b|\bwhile\b|\bafter\b)", re.I | re.S)
_BEHIND = re.compile(
    r"[,;:.–—]|\b(?:and|but|while|after|when)\b"
    r"(?!\s+(?:\w+ly )?(?:killed|fatally|died|wounded|injured|hurt)\b)",
    re.I,
)
_UNHURT = re.compile(
    r"^[^.;]{0,60}\b(?:unharmed|uninjured|unhurt"
    r"|(?:was|were|is|are|escaped) (?:not|never|un)[ -]?(?:hurt|injured|harmed|hit|shot|struck))\b",
    re.I,
)
_DIED = re.compile(
    r"^(?:[ -][\w-]+){0,5}?(?:, (?:\d+|[^,.;]{1,40}),)? (?:has |had |who |later )*"
    r"(?:died|succumbed|was (?:\w+ )?(?:killed|pronounced|dead|shot (?:dead|to death|and killed))"
    r"|is dead|were killed|dies)\b",
    re.I,
)
_NAMES_A_VICTIM = re.compile(r"\b(?:victims?|identif\w+)\b", re.I)


def is_victim(row: Statement) -> bool:
    """Tell whether a figure of dead or wounded can count: its people were neither doers, kin nor things.

    Of the dead the sentence must say that somebody died or was shot.
    """
    if _NOT_PEOPLE.match(row.back) or _KIN_OF.search(row.front) or _UNHURT.match(row.back):
        return False
    words = (_ENDED, _SHOT) if size_of(row.figure) > 1 else (_ENDED, _SHOT, _NAMES_A_VICTIM)
    if row.line[0] == "killed" and not any(p.search(row.sentence) for p in words):
        return False
    if size_of(row.figure) > 1:
        return not _PART_OF.search(row.front)
    if _HIMSELF.match(row.back):
        return True
    return not (_ACCUSED.match(row.back) or _DOES.match(row.back) or _BY.search(row.front))


def fate_is_open(row: Statement) -> bool:
    """Tell whether a figure counts people who were shot or struck, dead and wounded together."""
    behind = _BEHIND.search(row.back)
    before, after = _BEFORE.sub("", row.front), row.back[: behind.start()] if behind else row.back
    if not (_STRUCK_BEFORE.search(before) or _STRUCK_BEHIND.match(after)) or _OTHERS.match(row.back):
        return False
    clause = f"{before} {row.figure.span.text} {after}"
    return not (_ENDED.search(clause) or _HURT.search(clause))


def is_told_dead(row: Statement) -> bool:
    """Tell whether the words behind a figure say that its people died, whatever they are counted as."""
    return bool(_DIED.match(row.back))


def may_have_died(row: Statement) -> bool:
    """Tell whether a person told as shot or hurt can be one whose death is told elsewhere."""
    return not _LIVES.search(row.sentence)
