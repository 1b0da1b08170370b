"""Tell whether a clause speaks of what is still to come."""

from __future__ import annotations

import re

__all__ = ["looks_ahead"]

_BEFORE = 160  # code points: reaches over a long sentence, which is cut at its full stop
_NEAR = 25  # code points: "is scheduled", "would be closed" just before the time
_AFTER = 60  # code points: the verb of a sentence that a time opens stands this near

_AHEAD = re.compile(
    r"\b(?:will|would|shall|could|might|may\s+be|(?:is|are|was|were|be)\s+to|due|scheduled|slated|set\s+to|going\s+to"
    r"|plans?|planned|planning|expect(?:s|ed)|likely\s+to|intends?|vow(?:s|ed)|calls?\s+for|called\s+for"
    r"|(?:put|pushed)\s+(?:off|back)|postponed|upcoming|deadline|threaten(?:s|ed)"
    r"|agree(?:s|d)\W+(?:\w+\W+)?to|(?:asked|asks|ordered|orders|urged|urges|told|invited|invites)\s+(?:[\w'’]+\s+){1,5}?to)\b|['’]ll\b"
    r"|\bto\s+(?:run|last|continue|remain|stay|extend|go\s+on)\s+(?:on\s+)?(?:until|till|through|into|to)\s+$"
    r"|\b(?:summit|talks|meeting|strike|elections?|vote|rally|protests?|march|visit|hearing|trial)\s+for\s+(?:on\s+)?$",
    re.IGNORECASE,
)
# A verb of saying takes the time after it to itself ("said on Thursday that it would close").
_SAYING = re.compile(
    r"\b(?:said|says|saying|told|announced|announces|reported|confirmed|stated|declared|added|warned|denied|wrote)\b",
    re.IGNORECASE,
)
# A past verb right before the time owns it ("a plan which it rejected in February"), as does that of a
# relative or passive clause ("who were killed in Gao on Friday").
_PAST = (
    r"(?:\w{2,}ed|began|held|met|took|left|came|went|fell|shot|broke|hit|struck|won|lost|fled|died|was|were|had|set"
    r"|made|sent|got|found|put|saw|led|blew|ran|rose|drove|gave|flew|sank|swept|seized|overran)"
)
_DONE_HERE = re.compile(rf"(?<!\bbe )(?<!\bto )\b{_PAST}\s+$", re.IGNORECASE)
_DONE = re.compile(
    rf"\b(?:who|which|that)\s+(?:\w+\s+)?(?:was\s+|were\s+|had\s+)?{_PAST}\b(?!\s+to\b)"
    r"|\b(?:was|were|had\s+been|has\s+been|have\s+been)\s+(?:\w+ly\s+)?\w{2,}(?:ed|en|un|ught)\b(?!\s+(?:to|for)\b)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r".*(?:[.!?;](?=\s)|\n\s*\n)", re.DOTALL)
_CLAUSE_END = re.compile(r"[,.!?;:]|\n\s*\n")


def looks_ahead(text: str, start: int, end: int) -> bool:
    """Tell whether the words around a time say that it lies ahead.

    A word of what is to come decides where it stands before the time in its
    sentence with no verb of saying between; after the time only where the time
    opens the sentence.
    """
    before = text[max(0, start - _BEFORE) : start]
    stop = _SENTENCE_END.match(before)
    sentence = before[stop.end() :] if stop else before
    ahead, said = _last(_AHEAD, sentence), _last(_SAYING, sentence)
    here = _DONE_HERE.search(sentence, max(0, len(sentence) - _NEAR))
    done = here.start() if here else _last(_DONE, sentence)
    if done > ahead and not _AHEAD.search(sentence, max(0, len(sentence) - _NEAR)):
        return False
    if ahead > said:
        return True
    if sentence.strip(" \n\t\"“'") or ahead >= 0:
        return False
    after = _CLAUSE_END.split(text[end : end + _AFTER], maxsplit=1)[0]
    word = _AHEAD.search(after)
    saying = _SAYING.search(after)
    return word is not None and (saying is None or word.start() < saying.start())


def _last(words: re.Pattern[str], text: str) -> int:
    """Give where the last of the words begins, -1 if there is none."""
    return max((found.start() for found in words.finditer(text)), default=-1)
