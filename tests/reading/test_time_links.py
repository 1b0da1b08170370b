"""Times that hang on happenings, and stories without a day of publication."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.reading.times import TimeMention, date_by_events, find_times, since_time
from dateline.record import Event, Span, When

_ANCHOR = date(2013, 1, 23)  # a Wednesday


def event(text: str, number: int, trigger: str, when: TimeMention | None = None) -> Event:
    """Make an event of a text by its trigger."""
    start = text.index(trigger)
    told = None
    if when is not None:
        told = When(
            span=Span.of(text, when.start, when.end),
            start=when.first,
            end=when.last,
            precision=when.precision,
        )
    return Event(
        id=f"e{number}",
        type="armed-attack",
        happening=f"h{number}",
        trigger=Span.of(text, start, start + len(trigger)),
        status="happened",
        when=told,
        confidence=1.0,
    )


def test_what_a_dated_clause_hangs_on_is_dated_by_it() -> None:
    """ "On Friday, a day after militants stormed": the storming was on Thursday."""
    text = "The mission closed on Friday, a day after militants stormed the plant."
    friday, hanging = find_times(text, _ANCHOR)
    made = date_by_events(
        text, [event(text, 1, "closed", friday), event(text, 2, "stormed")], [friday, hanging]
    )
    assert [(e.when.start, e.when.end) for e in made if e.when] == [
        ("2013-01-18", "2013-01-18"),
        ("2013-01-17", "2013-01-17"),
    ]


def test_a_day_after_says_nothing_of_the_next_clause() -> None:
    """ "One on Thursday a day after the drama began and then a raid on Saturday": the raid keeps its day."""
    text = "They launched one on Thursday a day after the drama began and then a raid on Saturday."
    times = find_times(text, _ANCHOR)
    saturday = times[-1]
    (raid,) = date_by_events(text, [event(text, 1, "raid", saturday)], times)
    assert raid.when is not None
    assert raid.when.start == "2013-01-19"


def test_what_hangs_on_a_dated_happening_is_dated_by_it() -> None:
    """ "Talks opened two days after the coup", of which the report says elsewhere that it was on Monday."""
    text = "Talks opened two days after the coup. The coup came on Monday."
    hanging, monday = find_times(text, _ANCHOR)
    first = event(text, 1, "opened", hanging)
    second = event(text, 2, "coup", monday)
    made = date_by_events(text, [first, second], [hanging, monday])
    assert made[0].when is not None
    assert (made[0].when.start, made[0].when.rests_on) == ("2013-01-23", ("e2",))


def test_what_hangs_on_an_undated_happening_stays_open() -> None:
    """Nothing is guessed."""
    text = "Talks opened two days after the coup."
    (hanging,) = find_times(text, _ANCHOR)
    made = date_by_events(text, [event(text, 1, "opened", hanging), event(text, 2, "coup")], [hanging])
    assert [e.when.start if e.when else None for e in made] == [None, None]


def test_a_clause_of_since_reaches_to_the_day_of_the_report() -> None:
    """What has gone on since the war began in 2011 began then and goes on; the war's beginning is of 2011."""
    text = "Thousands have died since the war began in 2011."
    (year,) = find_times(text, _ANCHOR)
    wide = since_time(text, year, text.index("died") + 4, _ANCHOR)
    assert (text[wide.start : wide.end], wide.first, wide.last) == (
        "since the war began in 2011",
        "2011-01-01",
        "2013-01-23",
    )
    assert since_time(text, year, text.index("began") + 5, _ANCHOR) == year


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("The war of 1998 went on. In December the army attacked.", "1998-12-31"),
        ("It began on 3 December 1998. On 2 February it was over.", "1999-02-02"),
        ("It began on 3 March 1998. In August of that year it was over.", "1998-08-31"),
        ("In 2011 23 were seized, up from 15 in 2010. On 7 January two were shot.", "2011-01-07"),
        ("On 26 October 2008 the camp fell. On the 29th the rebels left.", "2008-10-29"),
        ("He fled on 4 May 1999. The following year he was tried.", "2000-12-31"),
    ],
)
def test_a_story_without_a_day_takes_its_year_from_what_was_told(text: str, last: str) -> None:
    """Where no day of publication is known, a date goes on from the one before it."""
    assert find_times(text, None)[-1].last == last


def test_pieces_that_do_not_belong_together_tell_each_other_nothing() -> None:
    """In a list of single sentences a date takes no year from another paragraph."""
    pieces = [f"A camp was burned in 200{i}." for i in range(9)]
    text = "\n\n".join([*pieces, "Two men were shot on 7 January."])
    assert find_times(text, None)[-1].first is None


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Youths have looted shops for three days.", "2013-01-21", "2013-01-23"),
        ("Forty died in two days of fighting.", "2013-01-22", "2013-01-23"),
        ("They were held for nine days.", None, None),
        ("The army will pull out within a week.", "2013-01-23", "2013-01-30"),
        ("They are now in custody.", "2013-01-23", "2013-01-23"),
        ("It was recently closed.", None, None),
    ],
)
def test_a_length_tells_days_where_it_reaches_to_the_report(
    text: str, first: str | None, last: str | None
) -> None:
    """ "Have looted for three days" is up to now; how long ago something lasted nine days isn't told."""
    from dateline.reading.times import resolve_time

    start = next(text.index(w) for w in ("for ", "in two", "within", "now", "recently") if w in text)
    mention = resolve_time(text, start, text.index("."), _ANCHOR)
    assert (mention.first, mention.last) == (first, last)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The crackdown that began on Sunday will not stop.", "2013-01-20"),
        ("The U.N. asked the Security Council to meet on Thursday.", "2013-01-24"),
        ("Unions called a one-day strike for Thursday.", "2013-01-24"),
        ("The bodies of the men who were shot in Gao on Friday will be flown home.", "2013-01-18"),
        ("Four men may be pardoned on Tuesday.", "2013-01-29"),
        ("Last weekend the rebels threatened to fight.", "2013-01-19"),
    ],
)
def test_tense(text: str, first: str) -> None:
    """The verb that a time belongs to tells whether it lies ahead."""
    assert find_times(text, _ANCHOR)[0].first == first
