"""How values are worded for people."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.exports.wording import (
    arguments,
    around,
    happenings,
    plain,
    word_amount,
    word_means,
    word_place,
    word_source,
    word_title,
    word_when,
)
from dateline.record import Argument, Claim, Event, Figure, Place, Report, Source, Span, When
from tests.builders import sample


def _figure(low: int | None, high: int | None, *, approximate: bool = False) -> Figure:
    return Figure(
        id="f1", measure="killed", span=Span(0, 1, "x"), low=low, high=high, approximate=approximate
    )


@pytest.mark.parametrize(
    ("figure", "words"),
    [
        (_figure(37, 37), "37"),
        (_figure(7, None), "at least 7"),
        (_figure(None, 50), "up to 50"),
        (_figure(10, 15), "10 to 15"),
        (_figure(100, 100, approximate=True), "about 100"),
        (_figure(20000, None, approximate=True), "at least 20,000"),
        (_figure(0, 0), "0"),
        (_figure(None, None), "an unknown number"),
    ],
)
def test_amount_tells_its_bounds(figure: Figure, words: str) -> None:
    """Both bounds of a figure can be read off its words, thousands parted."""
    assert word_amount(figure) == words


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (None, None),
        (When(), None),
        (When(start="2013-01-17", end="2013-01-17"), "2013-01-17"),
        (When(start="2013-01-17"), "2013-01-17"),
        (When(start="2013-01-14", end="2013-01-20"), "2013-01-14 to 2013-01-20"),
        (When(span=Span(0, 9, "last\nweek")), "“last week”"),
    ],
)
def test_time_is_its_days_or_else_its_words(when: When | None, words: str | None) -> None:
    """A time whose days are not known shows the report's own words."""
    assert word_when(when) == words


def test_place_bears_its_country() -> None:
    """A place is told with its country where that is known."""
    assert word_place(Place(id="p1", name="Gao", mentions=(), country="MLI")) == "Gao, MLI"
    assert word_place(Place(id="p1", name="Gao", mentions=())) == "Gao"
    assert word_place(None) is None


def test_source_is_named_with_who_was_told() -> None:
    """The speaker comes first and the outlet told behind it; no source is the report."""
    claims = sample().claims
    assert word_source(claims[0]) == "police"
    assert word_source(claims[1]) == "a doctor, to Radio Gao"
    assert word_source(claims[2]) == word_source(None) == "the report"


def test_around_keeps_whole_words() -> None:
    """The words around a span are cut between words, with an ellipsis where more stands."""
    text = "Officials in the capital said that troops stormed the plant before dawn on Monday."
    cut = around(text, Span.of(text, text.index("stormed"), text.index("stormed") + 7), 14)
    assert (cut.before, cut.span, cut.after) == ("…that troops ", "stormed", " the plant…")


def test_around_at_both_ends_has_no_ellipsis() -> None:
    """Where the text begins or ends nothing is left out."""
    cut = around("Two died.", Span(4, 8, "died"))
    assert (cut.before, cut.span, cut.after) == ("Two ", "died", ".")


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200), st.data())
def test_around_gives_back_the_span(text: str, data: st.DataObject) -> None:
    """Whatever the text, the middle is the span's own words and nothing is on two lines."""
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    cut = around(text, Span.of(text, start, end), 20)
    assert cut.span == plain(text[start:end])
    assert not set("\r\n\t\x1b") & set(cut.before + cut.span + cut.after)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "\ufffd[31mred\ufffd[0m"),
        ("bell\x07 nul\x00 csi\x9b", "bell\ufffd nul\ufffd csi\ufffd"),
        ("abc\u202edcba", "abc\ufffddcba"),
        (" two\r\n\t words\u00a0here ", "two words here"),
        ("\U0001f469\u200d\U0001f467 \u06cc\u200c\u062e", "\U0001f469\u200d\U0001f467 \u06cc\u200c\u062e"),
    ],
)  # fmt: skip
def test_plain_takes_away_what_a_terminal_acts_on(text: str, shown: str) -> None:
    """Escapes, other controls and direction overrides are shown as U+FFFD; joiners stay."""
    assert plain(text) == shown


def test_happenings_gather_mentions_in_order() -> None:
    """Mentions of one happening are one entry, told by the mention with the most about it."""
    found = happenings(sample())
    assert [[e.id for e in h.events] for h in found] == [["e1", "e2"], ["e3"]]
    assert found[0].first.id == "e1"


def _event(number: int, *phrases: str, role: str = "target") -> Event:
    told = tuple(Argument(role=role, span=Span(0, len(p), p)) for p in phrases)
    return Event(id=f"e{number}", type="killing", happening="h1", trigger=Span(0, 1, "x"), status="happened",
                 arguments=told)  # fmt: skip


def test_arguments_are_told_once() -> None:
    """A phrase that several mentions have, or that another contains, stands once."""
    events = [_event(1, "five hostages", "a guard"), _event(2, "Five hostages"), _event(3, "hostages")]
    assert arguments(events, ["target"]) == ["five hostages", "a guard"]
    assert arguments(events, ["agent"]) == []


def test_source_cannot_break_out_of_its_line() -> None:
    """A hostile name of a source has no line break and no escape left."""
    claim = Claim(
        id="c1",
        source=Source(span=Span(0, 1, "x"), name="a\nb\x1b[2J", kind="witness"),
        content=Span(0, 1, "x"),
    )
    assert word_source(claim) == "a b\ufffd[2J"


@pytest.mark.parametrize(
    ("report", "words"),
    [
        (Report.of("Body.", title="A title"), "A title"),
        (Report.of("\n\n Floods kill nine\n\nQUELIMANE - Nine people died."), "Floods kill nine"),
        (Report.of("word " * 60), ("word " * 18).strip() + "…"),
        (Report.of("x" * 500), "x" * 90 + "…"),
        (Report.of("\u200b"), "\u200b"),
    ],
)
def test_title_is_the_first_line_where_none_is_known(report: Report, words: str) -> None:
    """A report without a title is called by its first line, cut between words."""
    assert word_title(report) == words


def test_means_are_worded_by_role() -> None:
    """Weapons, ways and causes are told with a word that says which they are, others not at all."""
    events = [
        _event(1, "a lorry", role="instrument"),
        _event(2, "Nairobi", role="destination"),
        _event(3, "the floods", role="cause"),
        _event(4, "soldiers", role="agent"),
    ]
    assert word_means(events) == "with a lorry; to Nairobi; because of the floods"
    assert word_means([_event(5, "soldiers")]) == ""
