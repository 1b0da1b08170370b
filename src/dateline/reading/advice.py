"""Find the fixed phrases in which a state tells its people to leave a country, stay away or take care.

News says it in a few dozen ways, as a noun ("a travel warning", "its advice against all travel") or
as a verb ("told its nationals to leave", "advised against all but essential travel"). The model takes
some of them for a threat, an appeal or a restriction, and others for nothing. What these patterns
find is a travel advisory whatever the model makes of it; they ask for the people of the one who
speaks or for journeys, so that a storm warning or a company's word to its staff stays what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

__all__ = ["advice_in"]

Offsets = tuple[int, int]

_JOURNEY = r"(?:travel\w*|trips?|journeys?|visits?|visiting|going|flying|excursions?|holidays?|tours?)"
_DEGREE = (
    r"(?:(?:all|any|but|other|essential|inessential|non-?essential|non-urgent|urgent|unnecessary"
    r"|necessary|absolutely"
    r"|the|most|foreign|tourist|holiday|road|overland|leisure|business|such|and|or|their|its|further"
    r"|kinds? of)[ -]){0,6}"
)
_AGAINST = rf"against {_DEGREE}{_JOURNEY}"
_OFFICIAL = r"(?:warning|advisory|advisories|advice|alert|notice|caution|guidance|recommendation|bulletin)s?"

# People who are abroad by what they are called, and those who are someone's own or of a nation.
_ABROAD = (
    r"(?:nationals|compatriots|expatriates|expats|tourists|travell?ers|holiday-?makers|vacationers|pilgrims)"
)
_CITIZENS = r"(?:citizens|countrymen|subjects|passport[- ]holders)"
_DEMONYM = (
    r"(?:[A-Z][a-z]+(?:ese|ians|cans|gans|lans|sians|ons|is)|French|British|Dutch|Swiss|Irish|Spanish"
    r"|Poles|Swedes|Danes"
    r"|Finns|Turks|Greeks|Czechs|Slovaks|Serbs|Croats|Spaniards|Filipinos|Thais|Germans|Zealanders|Arabs)"
)
_WHOSE = r"(?:its|their|his|her|our|fellow)"
_COUNT = (
    r"(?:(?:all|any|the|its|their|his|her|our|other|own|those|of|fellow|some|more than|about|around"
    r"|roughly|remaining"
    r"|approximately|[Uu]\.?[Ss]\.?|[A-Z][a-z]+|[\d,.]+|(?:or )?so)[ ]){0,6}"
)
_PEOPLE = (
    rf"(?:{_COUNT}(?:{_ABROAD}|{_CITIZENS}|{_DEMONYM})|{_WHOSE} (?:own )?(?:[\d,.]+ )?(?:people"
    rf"|residents|students|tourists)"
    r"|those(?= (?:in [A-Z]|still|already))|theirs|visitors)"
)
_LEAVE = (
    r"(?:leave|depart|get out|quit|return(?: home)?|come (?:home|back)|go (?:home|at once)"
    r"|fly (?:home|out)|evacuate"
    r"|move out|go(?=\s*(?:[.,;\n]|$| now\b| while\b)))"
)
_AVOID = (
    r"(?:avoid|defer|delay|postpone|put off|put back|reconsider|re-?think|cancel|(?:stay"
    r"|keep) (?:well )?(?:away|out|clear)"
    r"|refrain from|steer clear|abstain from)"
)
_STAY = (
    r"(?:(?:stay|remain|keep) (?:at home|indoors|inside|in (?!touch|contact)|put|where|off"
    r"|a low profile)|lie low|shelter"
    r"|lock themselves)"
)
_CARE = (
    r"(?:(?:exercise|show|use|take|apply) [^.;,]{0,24}?(?:caution|care|vigilance|precautions?|prudence)"
    r"|(?:be|remain|stay) [^.;,]{0,24}?(?:vigilant|careful|cautious|alert|aware|wary|inconspicuous"
    r"|on (?:their|its) guard)"
    r"|register\b|have their papers)"
)
_HOW = r"(?:\w+ly |all |at once |consider |think (?:about|of) |strongly consider )?"
_COMING = r"(?:leaving|coming home|returning home|getting out)"
_NOT = r"(?:not|never) to (?:travel|go|visit|fly|drive|leave|enter|take|use|cross|walk|move)"
_DOING = rf"(?:to {_HOW}(?:{_LEAVE}|{_AVOID}|{_COMING})|{_NOT}|{_AGAINST})\b"
_MINDING = rf"to {_HOW}(?:{_STAY}|{_CARE})"
_TOLD = (
    r"(?:advised|warned|cautioned|recommended|counsel+ed|urged|asked|told|ordered|instructed|directed"
    r"|exhorted|encouraged"
    r"|reminded|discouraged|begged|implored)"
)
_TELL = (
    rf"(?:{_TOLD}|advis(?:es?|ing)|warn(?:s|ing)?|caution(?:s|ing)?|recommend(?:s|ing)?|urg(?:es?|ing)"
    rf"|ask(?:s|ing)?|tells?"
    r"|telling|order(?:s|ing)?|instruct(?:s|ing)?|remind(?:s|ing)?|call(?:s|ed|ing)?(?: again)? on"
    r"|appeal(?:s|ed|ing)? to|discourag(?:es?|ing))"
)
_BETWEEN = r"[^.;:\n]{0,70}?"
_CHANGED = (
    r"(?:rais|low|lift|drop|eas|chang|renew|repeat|updat|upgrad|downgrad|soften|tighten|withdr|reissu"
    r"|strengthen|issu|revis"
    r"|extend|lower|maintain|keep|kept|left|cancel)\w*"
)
_OTHER_TRADES = re.compile(
    r"\b(?:snow\w*|ice|icy|blizzards?|motorists?|drivers?|highways?|county|winter|fog|weather"
    r"|tornado\w*|tsunami"
    r"|ski\w*|hotels?|agency|flood\w*|storms?|hurricanes?|forecasters?|airlines?|delays?|guests?"
    r"|operators?|volcan\w+|erupt\w*|lava|ash|crater|Mount)\b", re.I,
)  # fmt: skip
_STATELY = re.compile(
    r"\b(?:[Ee]mbass\w+|[Cc]onsul\w*|[Ff]oreign (?:[Oo]ffice|[Mm]inist\w+|[Aa]ffairs|[Ss]ecretary)"
    r"|State Department"
    r"|[Nn]ationals|[Aa]mbassador|[Cc]ompatriots|[Ee]xpatriates|in (?:the )?[A-Z]\w+|abroad|overseas"
    r"|worldwide)\b"
    rf"|\b[A-Z]\w+(?: (?:has|have|had|also))? {_TOLD} (?:its|their) "
)
_NOUN = re.compile(
    rf"\b(?P<travel>(?:[Tt]ravel|TRAVEL)[- ](?:health )?{_OFFICIAL})\b"
    r"|\b(?P<world>[Ww]orld-?wide (?:caution|(?:travel )?alert))\b"
    r"|(?P<quoted>(?<=[\"“'‘])[Dd]o not travel)(?=[,.]?[\"”'’])"
    rf"|\b(?P<plain>(?:warning|advice|advisory|recommendation|call)s?)(?: (?:to|for) {_PEOPLE})? {_AGAINST}"
    r"|\b(?P<level>[Aa]lert [Ll]evel (?:[1-4]|one|two|three|four))"
    r"(?= (?:over|in|for|on|across) (?:all of )?(?:the )?[A-Z])"
    rf"|\b(?P<people>(?:warning|advice|advisory|recommendation|call|alert)s?) (?:to|for) {_PEOPLE}\b"
    rf"|\b{_CHANGED} (?:its|their|his|the) (?P<changed>(?:warning|advice|advisory|alert)s?)(?= (?:for"
    rf"|on|about) [A-Z]| to (?:level|the \w+ of))"
    r"|\b(?P<mission>(?:[Ww]arden|[Ss]ecurity|[Ee]mergency) (?:message|notice|alert)s?)\b(?=[^.;\n]{0,60}"
    r"\b(?:[Ee]mbassy|[Cc]onsulate|State Department|citizens|nationals))"
)
_ALONE = ("travel", "people", "changed", "level")  # nouns of other trades, too
_VERB = re.compile(
    rf"\b(?P<trigger>{_TELL})\s+{_PEOPLE}\b(?:{_BETWEEN}[ ,])?\s*(?:{_DOING}|(?P<mind>{_MINDING}))"
    rf"|\b(?P<risk>(?:warn(?:s|ed|ing)?|remind(?:s|ed"
    rf"|ing)?))\s+{_PEOPLE} (?:in [A-Z][\w ]{{2,24}}?)?(?:of|about|that)\b"
)
_THAT = re.compile(
    rf"\b(?P<trigger>(?:recommend|suggest|urg|ask|advis|insist)\w*|recommendation"
    rf"|advice) that {_PEOPLE}\b{_BETWEEN}"
    rf"\b(?:not (?:to )?(?:travel|go|visit)|{_LEAVE}|{_AVOID})"
)
_BARE = re.compile(rf"\b(?P<trigger>{_TELL}) (?:\w+ly |as before |also |still )?{_AGAINST}")
_PASSIVE = re.compile(
    rf"\b{_PEOPLE}\b(?: [^.;,:\n]{{0,50}}?)? (?:(?:are|were|is|was|have been|had been|being) (?:now "
    rf"|again |strongly )?)?"
    rf"(?P<trigger>{_TOLD}) (?:{_DOING}|(?P<mind>{_MINDING}))"
)
_SHOULD = re.compile(
    rf"\b{_PEOPLE}\b{_BETWEEN}\b(?P<trigger>(?:should|must|ought to)(?: all| now| either| immediately"
    rf"| still)?"
    rf" (?:not (?:travel|go|visit)|(?:strongly )?consider leaving|{_LEAVE}|{_AVOID}))\b"
)


def advice_in(text: str) -> list[Offsets]:
    """Find the words that name a travel advisory: (start, end) in code points, in order, apart."""
    plain = text.lower() if text.isupper() and len(text.lower()) == len(text) else text
    found = sorted({*_nouns(plain), *_verbs(plain)}, key=lambda span: (span[0], -span[1]))
    kept: list[Offsets] = []
    for start, end in found:
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


def _nouns(text: str) -> Iterator[Offsets]:
    for match in _NOUN.finditer(text):
        name = match.lastgroup or ""
        if name not in _ALONE or not _OTHER_TRADES.search(_sentence(text, match.start())):
            yield match.span(name)


def _verbs(text: str) -> Iterator[Offsets]:
    for pattern in (_BARE, _THAT, _SHOULD):
        yield from (m.span("trigger") for m in pattern.finditer(text))
    for pattern in (_VERB, _PASSIVE):
        for match in pattern.finditer(text):
            name = "trigger" if match.group("trigger") else "risk"
            plain = name == "trigger" and match.group("mind") is None
            if plain or _speaks_abroad(_sentence(text, match.start())):
                yield match.span(name)


def _speaks_abroad(sentence: str) -> bool:
    """Tell whether a word of care or of risk is said to people abroad, and not by a town to its own."""
    return bool(_STATELY.search(sentence)) and not _OTHER_TRADES.search(sentence)


def _sentence(text: str, at: int) -> str:
    """Give the sentence around an offset, roughly: by its full stops and lines."""
    start = max(text.rfind(". ", 0, at), text.rfind("\n", 0, at)) + 1
    ends = [e for e in (text.find(". ", at), text.find("\n", at)) if e >= 0]
    return text[start : min(ends, default=len(text))]
