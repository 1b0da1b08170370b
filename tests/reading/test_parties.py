"""The parties of the news: two cuts of windows, and the mean of what they say."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from dateline.reading.encoder import Encoder, Text, View
from dateline.reading.layers import LAYERS
from dateline.reading.mentions import find_fillers
from dateline.reading.parties import narrower
from dateline.reading.reader import Reader
from dateline.reading.segments import Window

SENTENCE = "REBELS BOMBED THE BRIDGE NEAR THE TOWN AND KILLED PEDRO PEREZ, POLICE SAID ON MONDAY. "


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return Encoder(threads=1)


def test_narrower_windows_hold_every_word(encoder: Encoder) -> None:
    """The second cut has more windows of fewer pieces; its cores cover the text once."""
    cut = encoder.cut(SENTENCE * 40)
    narrow = narrower(cut)
    assert len(narrow.windows) > len(cut.windows)
    assert all(sum(len(p) for p in cut.pieces[w.start : w.end]) <= 256 for w in narrow.windows)
    edges = [(w.first, w.last) for w in narrow.windows]
    assert edges[0][0] == 0
    assert edges[-1][1] == len(cut.words)
    assert all(a[1] == b[0] for a, b in pairwise(edges))


def _view(cut: Text, start: int, end: int, thing: list[float]) -> View:
    labels = np.zeros((end - start, len(LAYERS["filler"])), dtype=np.float32)
    labels[:, LAYERS["filler"].index("thing")] = thing
    labels[:, 0] = 1 - labels[:, 1:].sum(1)
    begins = np.array([p > 0 for p in thing], dtype=np.float32)
    nothing = np.zeros((0, 0), dtype=np.float32)
    window = Window(start, end, start, end)
    return View(window, cut.sentence[start:end], {"filler": labels}, {"filler": begins}, {}, nothing, {}, {})


def test_the_mean_of_several_views_counts(encoder: Encoder) -> None:
    """A word that two windows hold has the mean of both; one alone has that of its own."""
    cut = encoder.cut("REBELS BOMBED BRIDGES AND TOWERS")
    views = [_view(cut, 0, 4, [0, 0, 0.9, 0]), _view(cut, 2, 5, [0.5, 0, 0.8])]
    found = find_fillers(cut, views, 0.1).fillers
    assert [(m.start, m.end, m.label) for m in found] == [(2, 3, "thing"), (4, 5, "thing")]
    assert [m.confidence for m in found] == pytest.approx([0.7, 0.8])


def test_parties_of_a_report() -> None:
    """The reader finds who did it and to what, and the words are the report's."""
    text = (
        "SAN SALVADOR -- URBAN GUERRILLAS OF THE FMLN BLEW UP THE EL GUAYABO BRIDGE WITH DYNAMITE LAST NIGHT."
    )
    found = Reader(encoder=Encoder(threads=1)).parties(text)
    assert all(text[p.span.start : p.span.end] == p.span.text for p in found)
    roles = {p.role for p in found if p.confidence > 0.3}
    assert {"perpetrator", "thing", "weapon"} <= roles


def test_a_text_of_one_word_has_no_parties() -> None:
    """What holds nothing gives nothing."""
    assert Reader(encoder=Encoder(threads=1)).parties("BRIDGES") == []
