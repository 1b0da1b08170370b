"""What a page says that is no part of its report: its site's name in the headline, notices around the text.

Two reports of one site share these words whatever they tell of, so linking
leaves them out. Figures and events are not touched.
"""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["headline", "told_text"]

_SITE = re.compile(
    r"\b(?:news\w*|tv\d*|weather|sports|channel|radio|times|post|herald|tribune|gazette|journal|courier"
    r"|daily|online|press|media|network|breaking|headlines|local|video|fox ?\d*|cbs ?\d*|nbc ?\d*"
    r"|abc ?\d*|bbc|cnn|ap|reuters|afp)\b|\.(?:com|org|net)\b",
    re.I,
)
_STATION = re.compile(r"\b[KW][A-Z]{2,3}\b")
_BREAK = re.compile(r"\s+(?:[|–—-]|::)\s+")
_FEWEST = 3  # words of a headline before its site's name
_NOTICES = {
    "reserved": "all rights reserved", "javascript": "javascript", "copyright": r"\bcopyright\b", "©": "©",
    "may not be ": "may not be (?:published|reproduced)", "(c)": r"\(c\) ?\d{4}", "mail": "e-?mail",
    "sign ": r"\bsign (?:up|in)\b", "log": r"\blog ?in\b", "subscri": r"\bsubscri",
    "newsletter": "newsletter",
    "your ": "your (?:account|profile|notification|inbox|browser)", "click ": "click (?:here|on|the)",
    "terms of": "terms of (?:service|use)", "privacy": "privacy policy", " this": r"\b(?:like|share) this\b",
    "trending": r"\btrending\b", "loading": r"loading\.\.\.", "cookie": r"\bcookies?\b",
    "twitter": r"on twitter\b",
    "facebook": r"on facebook\b|facebook page", "download": "download (?:the|our)",
    "check back": "check back",
    "stay ": "stay (?:with us|up to date)", "report an": "report an error", "try again": "try again later",
    "trouble": "trouble viewing", "caption": r"\bview (?:full )?caption|(?:hide|show) caption",
    "transcript": "(?:hide|show) transcript", "you are the": "you are the owner of this",
    "guest": "guest book",
    "free up": "free updates", "premium": "premium clicks", "moderated": "moderated",
    "advertise": "advertisement", "stoppers": "crime ?stoppers",
}  # fmt: skip
# Each is looked for where its sign stands: one pattern of all takes three times as long.
_NOTICE_OF = {sign: re.compile(pattern) for sign, pattern in _NOTICES.items()}
_CLIP = re.compile(r"(?<!\d)\d{1,2}:\d{2} (?=[A-Z“\"'])")
_CLIPS = 2  # lengths of clips in one paragraph: a list of what else the site shows
_SENTENCE = re.compile(r"[^\n.!?]*(?:[.!?](?!\s|$)[^\n.!?]*)*[.!?\n]*\s*")


def headline(title: str) -> str:
    """Give a title without the name of its site behind it.

    Every part behind the first break goes when one of them names a site.
    """
    first, *rest = _BREAK.split(title)
    if rest and len(first.split()) >= _FEWEST and (
        any(_SITE.search(part) for part in rest) or _STATION.search(" ".join(rest))
    ):  # fmt: skip
        return first
    return title


def told_text(text: str) -> str:
    """Give a text without notices of its page and lists of other clips, sentence by sentence."""
    kept = (p for p in text.split("\n") if len(_CLIP.findall(p)) < _CLIPS)
    return "\n".join(_without_notices(paragraph) for paragraph in kept)


@lru_cache(maxsize=4096)  # a passage is compared as part of its report and alone
def _without_notices(paragraph: str) -> str:
    if not _has_notice(paragraph):
        return paragraph
    return "".join(s for s in _SENTENCE.findall(paragraph) if not _has_notice(s))


def _has_notice(text: str) -> bool:
    low = text.lower()
    return any(sign in low and pattern.search(low) for sign, pattern in _NOTICE_OF.items())
