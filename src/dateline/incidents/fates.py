"""What the words around a figure say of its people: doers, kin, and those whose fate stays open.

"Five people were shot, and two died" tells of five whose fate is open: three of
them are the wounded. One who is charged or shoots others is no victim, and the
three of "a father of three" are not counted at all.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache

from dateline.incidents.statements import Statement, size_of

__all__ = [
    "fate_is_open",
    "is_apart",
    "is_part",
    "is_recalled",
    "is_told_dead",
    "is_told_hurt",
    "is_victim",
    "may_have_died",
    "ordinal_of",
    "points_to_all",
    "tells_of_death",
    "was_counted_before",
]

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
    r"^[^.;,]{0,24} (?:opened fire|(?<!shots )(?<!shot )fired (?:a|the|several|multiple|shots?|at|into|on))\b"
)
_HIMSELF = re.compile(r"^[^.;]{0,50}\b(?:him|her|them)sel(?:f|ves)\b", re.I)
_BY = re.compile(r"\bby (?:(?:his|her|their|the|another|a|an) )?(?:[\w-]+ )?$", re.I)
_KIN_OF = re.compile(r"\b(?:(?:grand)?(?:father|mother)|parents?|dad|mom|eldest|youngest|oldest) of $", re.I)
_NOT_PEOPLE = re.compile(
    r"^\s*(?:shots|times|bullets?|rounds?|gunshots?|counts?|hours?|minutes?|days?|weeks?|months?"
    r"|years?(?![- ]old)|nationalities|shootings?|incidents?|scenes|homes?|houses?|cars?|vehicles?"
    r"|homicides?|murders?|blocks?|feet|miles|images?|agencies|guns?|weapons|handguns?)\b",
    re.I,
)
_ENDED = re.compile(
    r"\b(?:kill\w*|dead|die[sd]?|dying|deaths?|deadly|fatal\w*|slain|slay\w*|murder\w*|homicides?"
    r"|bod(?:y|ies)|deceased|lost|(?:claim|took|take|cost)\w* [^.;]{0,30}\b(?:lives|life)|massacre\w*"
    r"|execut\w*|succumb\w*|pronounced|perish\w*|casualt\w*|toll|victims? of|suicides?|beheaded|remains"
    r"|drown\w*|crushed|buried|bury|funeral|mourn\w*|passed away|loss of)\b",
    re.I,
)
_SHOT = re.compile(r"\b(?:shot|shoots?|shootings?|struck|hit|hitting|striking|gunfire|gunned)\b", re.I)
_HURT = re.compile(
    r"\b(?:wound\w*|injur\w*|hurt|hospitali[sz]ed|critical|surviv\w*|stable|graz\w*|non-life|treated)\b",
    re.I,
)
# What a sentence must say before a count of people in it is one of the hurt; "the shooting" may be far off.
_HARMED = re.compile(
    r"\b(?:wound\w*|injur\w*|hurt\w*|harm\w*|shot|hit|struck|stabb\w*|burn\w*|maim\w*|graz\w*|beaten|victims?"
    r"|bullets?|gunshots?|hospital\w*|clinics?|infirmar\w+|ambulances?|airlift\w*|medics?|medical\w*|trauma|surgery"
    r"|treat\w*|condition|critical\w*|serious\w*|stable|recover\w*|surviv\w*|bleed\w*|patients?|casualt\w*"
    r"|bitten|trampled|crushed|concuss\w*|fractur\w*|shrapnel|gunned|opened fire|fired (?:at|on|into))\b",
    re.I,
)
_LIVES = re.compile(
    r"\b(?:recover\w*|surviv\w*|non-life|not life|minor|released|graz\w*|(?:good|fair) condition)\b", re.I
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
_OTHERS_BEFORE = re.compile(r"\b(?:other|another|additional|remaining|surviving|further)\s+$", re.I)
_MISSED = re.compile(
    r"\b(?:shots?|fired?|firing|shoot(?:s|ing)?|guns?) (?:\w+ )?(?:at|towards?|into)"
    r" (?:(?:the|a|an|her|his|their) )?$",
    re.I,
)
_OF_THE_HURT = re.compile(
    r"^ of (?:the|those|them|his|her|their)\b(?: \w+)?"
    r"(?: (?:victims|wounded|injured|men|women|people|patients|teens|teenagers|boys|girls|students"
    r"|children|\w+ shot))?\b",
    re.I,
)
_FARE = re.compile(
    r"^(?: (?!and\b|were\b|was\b)[\w’'-]+){0,2}?"
    r"(?: (?:are|were|was|is|remain(?:ed|s)?|listed|reported(?:ly)?|left))*"
    r" (?:(?:in|with) (?:\w+ |but )*(?:condition|injuries|wounds)|critical(?:ly)?\b|seriously\b"
    r"|treated and released|released|to (?:\w+ )?(?:surgery|recover))",
    re.I,
)
_ORDINALS = {w: n for n, w in enumerate("third fourth fifth sixth seventh eighth ninth tenth".split(), 3)}
_ORDINAL = re.compile(r"\ba (third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?!\w)", re.I)
_BEFORE = re.compile(r".*(?:[,;:.–—]|\band\b|\bbut\b|\bwhile\b|\bafter\b)", re.I | re.S)
_BEHIND = re.compile(
    r"(?:[,;:.–—]|\b(?:and|but|while|after|when)\b)"
    r"(?!\s+(?:\w+ly )?(?:killed|fatally|died|wounded|injured|hurt)\b)",
    re.I,
)
_UNHURT = re.compile(
    r"^[^.;]{0,60}\b(?:unharmed|uninjured|unhurt"
    r"|(?:was|were|is|are|escaped) (?:not|never|un)[ -]?(?:hurt|injured|harmed|hit|shot|struck))\b",
    re.I,
)
_DIED = re.compile(
    r"^[^.;,]{0,80}? (?:(?:has|have|had) (?:since |later |now )?(?:died|passed away|succumbed)"
    r"|(?:was |were |is )?(?:later )?pronounced dead)\b"
    r"|^(?:[ -][\w-]+){0,5}?(?:, (?:\d+|[^,.;]{1,40}),)? (?:has |had |who |later )*"
    r"(?:died|succumbed|was (?:\w+ )?(?:killed|pronounced|dead|shot (?:dead|to death|and killed))"
    r"|is dead|were killed|dies)\b",
    re.I,
)
# "was shot in the head and later pronounced dead": the second verb of those who were hurt.
_THEN_DIED = re.compile(
    r"^[^.;]{0,80}?\b(?:and|but|before)(?: (?:was|were|has|had|have|is|later|then|since|he|she|eventually))*"
    r" (?:died|dying|dead|pronounced (?:\w+ )?dead|pronounced deceased|succumb\w+|declared dead)\b",
    re.I,
)
_MORTALLY = re.compile(
    r"\b(?:mortally|fatally) (?:wound|injur|shoot|shot|strik|struck|hit)\w*"
    r"(?: (?:his|her|their|the|an?))?\s*$",
    re.I,
)
_LIMB = re.compile(
    r"^[^.;,]{0,60}? (?:shot|hit|struck|grazed|wounded|wounds?)(?: \w+)? (?:in|on|to)"
    r" (?:(?:the|his|her|both|one|a) )?(?:\w+ )?(?:foot|feet|legs?|arms?|hands?|thigh|ankle|knee|calf|toe"
    r"|finger|shoulder|elbow|wrist|buttocks?|shin|hip|forearm)\b",
    re.I,
)  # where a shot seldom kills
_TALLY = re.compile(
    r"\b(?:homicides?|murders?|killings|shootings|victims|deaths)\b[^.;]{0,40}"
    r"\b(?:this year|last year|so far|(?:in|since|of|during) (?:19|20)\d\d|of the year|same time"
    r"|year to date|every year|a year|each year|per year|nationwide)\b"
    r"|\b(?:this year|so far|last year|in (?:19|20)\d\d)\b[^.;]{0,40}"
    r"\b(?:homicides?|murders?|killings|shootings)\b",
    re.I,
)
_MONTH = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_RECALLED = re.compile(
    rf"\b(?:(?:last|previous|past|prior) (?:week|month|year|spring|summer|fall|autumn|winter|{_MONTH})"
    r"|(?:weeks?|months?|years?|decades?) (?:ago|earlier|before|prior|after)"
    r"|earlier this (?:week|month|year)"
    rf"|(?:in|since) (?:{_MONTH}(?! \d{{1,2}}\b)|(?:19|20)\d\d\b)|{_MONTH} \d{{1,2}}, (?:19|20)\d\d"
    r"|history|anniversary|unrelated|separate (?:shooting|incident|case|attack)s?"
    r"|(?:two|three|four|five|six|several|multiple|other|citywide|overnight|weekend)"
    r" (?:\w+ )?(?:shootings|incidents|cases|attacks)"
    r"|shootings (?:across|around|in|over|on|within|overnight|citywide|since|between)"
    r"|across the (?:city|state|county|country|region)"
    r"|(?:another|different|previous|second|third) (?:shooting|incident|case|attack))\b",
    re.I,
)
_DAY_TOLD = re.compile(rf"({_MONTH}) (\d{{1,2}}), ((?:19|20)\d\d)", re.I)
_NEAR = 14  # days before its report in which a day told in full is that of the news
_ALL_OF = re.compile(r"(?:all|both|the|these|those)\b", re.I)
_ALL_BEFORE = re.compile(r"\b(?:all|the|these|those)\s+$", re.I)
# "killed two and wounded a boy": who is hurt beside the dead of a sentence is none of them.
_HURT_BEFORE = re.compile(
    r"(?<!fatally )(?<!mortally )\b(?:injur(?:ed|es|ing)|wound(?:ed|s|ing)|hurt(?:s|ing)?)"
    r"(?: (?:his|her|their|the|an?|another))?\s*$",
    re.I,
)
_HURT_BEHIND = re.compile(
    r"^(?:[ -][\w-]+){0,3}? (?:(?:was|were|is|are) )?(?:critically |seriously |badly )?"
    r"(?:injured|wounded|hurt|hospitali[sz]ed)\b",
    re.I,
)
_MANIFOLD = re.compile(
    r"\b(?:double|triple|quadruple|quintuple)[- ](?:\w+ )?(?:shooting|stabbing)\b"
    r"|^a (?:third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)\b|^(?:both|\w+) (?:\w+ )?victims$",
    re.I,
)
# Lines that lead to other stories of a site: "Related: ...", "0:39 Man charged ...", a headline in the text.
_LEADS_AWAY = re.compile(
    r"^\W*(?:(?i:related(?: coverage| stories| story| content)?|read(?: more| also| next)?|see also"
    r"|also(?: read)?|more|watch|video|photos?|previous(?:ly)?|trending|recommended|caption)\b ?[:►|]"
    r"|\d{1,2}:\d\d (?!AM|PM)[A-Z])"
)
_ENDS = re.compile(r"[.!?:;,][\"”’')\]]*\s*$")
_LINE = 16  # words of a headline at most
_TOP = 500  # characters in which a line may be the report's own: its headline, what is below it, captions
_LATER = re.compile(r"\b(?:died|dead|succumbed|pronounced|fatal\w*|did not survive|passed away)\b", re.I)
_SHORT = 12  # characters in which an ordinal stands before its noun
_NAMES_A_VICTIM = re.compile(r"\b(?:victims?|identif\w+)\b", re.I)


def is_victim(row: Statement) -> bool:
    """Tell whether a figure of dead or wounded can count: its people were neither doers, kin nor things.

    Of the dead the sentence must say that somebody died or was shot; who was
    only shot at is not wounded. A count of a year or a town is no toll.
    """
    if any(p.match(row.back) for p in (_NOT_PEOPLE, _UNHURT)) or _KIN_OF.search(row.front):
        return False
    if _leads_away(row):
        return False
    if _TALLY.search(row.sentence) or not _fits_its_sentence(row):
        return False
    if size_of(row.figure) > 1:
        return True
    return bool(_HIMSELF.match(row.back)) or not (
        _ACCUSED.match(row.back) or _DOES.match(row.back) or _BY.search(row.front)
    )


def _leads_away(row: Statement) -> bool:
    """Tell whether a sentence is a line that leads to another story."""
    words = row.sentence.strip()
    line = row.place[1] > _TOP and not _ENDS.search(words) and len(words.split()) <= _LINE
    return line or bool(_LEADS_AWAY.search(words))


def _fits_its_sentence(row: Statement) -> bool:
    if row.line[0] == "wounded":
        told = size_of(row.figure) <= 1 or _HARMED.search(row.sentence) or _is_manifold(row)
        return bool(told) and not _MISSED.search(row.front)
    words = (_ENDED, _SHOT) if size_of(row.figure) > 1 else (_ENDED, _SHOT, _NAMES_A_VICTIM)
    return row.line[0] != "killed" or any(p.search(row.sentence) for p in words)


def is_recalled(row: Statement) -> bool:
    """Tell whether a sentence speaks of another time or incident, or of several ("last month", "in 2006").

    The day of the news, told in full, is no other time.
    """
    return _recalls(row.sentence, row.published)


@lru_cache(maxsize=4096)  # each figure of a sentence is asked in every way of adding up
def _recalls(sentence: str, published: str | None) -> bool:
    return any(not _is_of_now(found.group(), published) for found in _RECALLED.finditer(sentence))


def _is_of_now(words: str, published: str | None) -> bool:
    told = _DAY_TOLD.fullmatch(words)
    if told is None or published is None:
        return False
    month = _MONTHS.index(told.group(1)[:3].casefold()) + 1
    try:
        day = date(int(told.group(3)), month, int(told.group(2)))
    except ValueError:
        return False
    return 0 <= (date.fromisoformat(published[:10]) - day).days <= _NEAR


def tells_of_death(row: Statement) -> bool:
    """Tell whether the sentence of a figure says that somebody died."""
    return _has_ended(row.sentence)


@lru_cache(maxsize=4096)
def _has_ended(sentence: str) -> bool:
    return bool(_ENDED.search(sentence))


def fate_is_open(row: Statement) -> bool:
    """Tell whether a figure counts people who were shot or struck, dead and wounded together."""
    return _is_open(row.figure.span.text, row.front, row.back)


@lru_cache(maxsize=4096)
def _is_open(figure: str, front: str, back: str) -> bool:
    if _MANIFOLD.search(figure):
        return True
    behind = _BEHIND.search(back)
    before, after = _BEFORE.sub("", front), back[: behind.start()] if behind else back
    if not (_STRUCK_BEFORE.search(before) or _STRUCK_BEHIND.match(after)) or _OTHERS.match(back):
        return False
    clause = f"{before} {figure} {after}"
    return not (_ENDED.search(clause) or _HURT.search(clause))


def _is_manifold(row: Statement) -> bool:
    return size_of(row.figure) > 1 and bool(_MANIFOLD.search(row.figure.span.text))


def is_apart(row: Statement) -> bool:
    """Tell whether a figure counts others than those told before ("three others", "the other two")."""
    return bool(_OTHERS.match(row.back) or _OTHERS_BEFORE.search(row.front))


def is_part(row: Statement) -> bool:
    """Tell whether a count is of some of the hurt: "two of them", "two are in critical condition"."""
    return bool(_OF_THE_HURT.match(row.back) or _FARE.match(row.back))


def was_counted_before(row: Statement) -> bool:
    """Tell whether the dead of a figure are some of the victims told before ("one of the men later died")."""
    return bool(_OF_THE_HURT.match(row.back)) and bool(_LATER.search(row.back))


def ordinal_of(row: Statement) -> int:
    """Give the number that an ordinal tells of a single person ("a fifth victim"), 0 where there is none."""
    found = _ORDINAL.search(f"{row.front[-_SHORT:]}{row.figure.span.text}")
    return _ORDINALS[found.group(1).casefold()] if found else 0


def is_told_dead(row: Statement) -> bool:
    """Tell whether the words around a figure say that its people died, whatever they are counted as."""
    return _is_told_dead(row.front, row.back)


@lru_cache(maxsize=4096)
def _is_told_dead(front: str, back: str) -> bool:
    return bool(_DIED.match(back) or _THEN_DIED.match(back) or _MORTALLY.search(front))


def may_have_died(row: Statement) -> bool:
    """Tell whether a person told as shot or hurt can be one whose death is told elsewhere."""
    if _LIVES.search(row.sentence):
        return False
    apart = _HURT_BEFORE.search(row.front) or _HURT_BEHIND.match(row.back)
    return not (apart and tells_of_death(row))


def is_told_hurt(row: Statement) -> bool:
    """Tell whether a figure's people are told as hurt and alive, and not only as shot or struck."""
    own = _HURT_BEFORE.search(row.front) or _HURT_BEHIND.match(row.back) or _LIMB.match(row.back)
    return bool(own or _LIVES.search(row.sentence))


def points_to_all(row: Statement) -> bool:
    """Tell whether a count takes up people told before, all of them ("all three", "both", "the four")."""
    return bool(_ALL_OF.match(row.figure.span.text) or _ALL_BEFORE.search(row.front))
