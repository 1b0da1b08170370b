"""Tell the language of a report."""

from __future__ import annotations

__all__ = ["detect_language"]

_SAMPLE = 4000  # code points: more doesn't change the answer and costs time
# English is taken for granted unless another language is this much likelier (natural
# logarithm). Chosen on strings of place names and acronyms, which stay under 22, and on
# single sentences in French, Spanish and German, which are above 28.
_MARGIN = 25.0
_ENGLISH = "en"


def detect_language(text: str) -> str:
    """Give the ISO 639-1 code of the language of a text; `en` for texts too short to tell.

    The detector is loaded at the first call. Reports in capitals are read in
    lower case, which it is trained on.
    """
    import py3langid  # its model takes half a second, and not every command needs it

    ranked = py3langid.rank(text[:_SAMPLE].lower())
    language, score = ranked[0]
    english = dict(ranked)[_ENGLISH]
    return str(language) if score - english > _MARGIN else _ENGLISH
