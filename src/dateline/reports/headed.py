"""Read a text with its headline where it tells nothing of what the headline tells.

Of some pages only notices were kept ("You are the owner of this article."), or
what else the site shows, and all that is left of the report is its title. Such
a text is read with the title as its first line, so that what the title tells
has its place in the text; where nothing but notices was kept, the title alone
is read, since no report says "Please check your email".
"""

from __future__ import annotations

import re

__all__ = ["HEADED", "TITLE_ALONE", "headed_text"]

HEADED = "the text tells nothing of its title, which was put before it"
TITLE_ALONE = "only notices of its page were kept: its title is read"
_WORD = re.compile(r"[^\W\d_]{4,}|\d+")  # short words stand in any text
_STEM = 5  # letters by which "shooter" and "shooting" are one word
_FEWEST = 3  # words of a title that tells something
_LEAST = 1 / 3  # of a title's words that a text on the same has; of 2,350 saved pages 9 % have fewer
_LONGEST = 300  # words of what was kept; a longer text is a report whose headline plays with words
_NOTICE_LONGEST = 200  # words of notices, a form to log in among them
_PER_NOTICE = 60  # words for each of which a text of notices has a word of theirs
_DATELINE = re.compile(r"\W*[A-Z]{3,}[^\n]{0,60}?\s(?:--|[–—-])\s")  # "RENO, May 3 (Coast Wire) - "
_BREAK = re.compile(r"\s+(?:[|–—-]|::)\s+")
_SITE = re.compile(
    r"\b(?:news\w*|tv\d*|weather|sports|channel|radio|times|post|herald|tribune|gazette|journal|courier"
    r"|daily|online|press|media)\b|\.(?:com|org|net)\b|\b[KW][A-Z]{2,3}\b",
    re.I,
)
_NOTICE = re.compile(
    r"\bsubscri(?:ber|be|ption)|\bsign (?:in|up)\b|\blog ?in\b|your (?:account|notification|email|inbox)"
    r"|verification email|email notifications|premium clicks|you are the owner of this|e-?edition"
    r"|zip ?code|registering|registration|newsletter|home delivery|error sending your email",
    re.I,
)


def headed_text(text: str, title: str | None) -> str:
    """Give a text as it is, or with its title before it where it has less than a third of the title's words.

    A text without words, or of notices alone, gives the title alone. One of more
    than 300 words or with a dateline is a report and stays as it is; so does one
    whose title is missing or has less than three words. The name of a site behind
    the title is left out.
    """
    first = _headline(" ".join((title or "").split()))
    if not text.strip():
        return first or text
    told, words = _stems(first), text.split()
    if len(told) < _FEWEST or len(words) > _LONGEST or _DATELINE.match(text):
        return text
    if len(told & _stems(text)) >= _LEAST * len(told):
        return text
    if len(words) <= min(_NOTICE_LONGEST, _PER_NOTICE * len(_NOTICE.findall(text))):
        return first
    return f"{first}\n\n{text.lstrip()}"


def _headline(title: str) -> str:
    """Give a title without the name of its site behind it."""
    first, *rest = _BREAK.split(title)
    return first if any(map(_SITE.search, rest)) and len(_stems(first)) >= _FEWEST else title


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold()))
