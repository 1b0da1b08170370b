"""The layers and links that the reader's model gives, in the order of its outputs.

A layer labels words; class 0 is "none". A link scores a pair: from a query (a
trigger, a cue or a figure) to every other word.
"""

from __future__ import annotations

from dateline.codebook import FIGURE_STATUSES, GROUPS, KINDS, MEASURES, ROLES, STATUSES, TYPES

__all__ = [
    "ATTRIBUTES",
    "CUE_LINKS",
    "ESTIMATED",
    "FIGURE_LINKS",
    "HEADLINE",
    "LAYERS",
    "OPENING",
    "TRIGGER_LINKS",
]

LAYERS: dict[str, tuple[str, ...]] = {
    "trigger": ("", *TYPES),
    "figure": ("", *MEASURES),
    "cue": ("", "cue"),
    "source": ("", "source"),
    "place": ("", "place"),
    "time": ("", "time"),
    "actor": ("", "actor"),
    "speaker": ("", "speaker"),  # these three as PolNeAR cuts them: source, cue and content of a saying
    "saying": ("", "saying"),
    "said": ("", "said"),
    # who and what fills a template of MUC-4: the parties of an incident that is the news of its report
    "filler": ("", "perpetrator", "organization", "thing", "victim", "weapon"),
}
ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "status": tuple(STATUSES),
    "group": tuple(GROUPS),
    "figure_status": tuple(FIGURE_STATUSES),
    "kind": tuple(KINDS),
}
TRIGGER_LINKS: tuple[str, ...] = (*ROLES, "where", "when", "same")
CUE_LINKS: tuple[str, ...] = ("source", "via", "content")
FIGURE_LINKS: tuple[str, ...] = ("who", "event")
# Of a text as a whole: how many numbers of each measure are told apart, the last of them "or more".
ESTIMATED: dict[str, int] = {"killed": 5, "wounded": 7}
HEADLINE, OPENING = 24, 200  # words of the title and of the text by which they are estimated
