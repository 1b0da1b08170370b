"""Times in running text, resolved by the day of publication."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.header import read_header
from dateline.reading.times import TimeMention, find_times, resolve_time

_ANCHOR = date(2013, 1, 23)  # a Wednesday
_FORMS = ("%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d %b %Y")
_FAR = ("last century", "next decade", "900 years ago", "in the past 9999 years", "tomorrow")
_HANGING = ("on Monday", "yesterday", "last week", "on 3 May", "in March", "since Friday", "at noon")


def days(text: str, anchor: date | None = _ANCHOR) -> tuple[str | None, str | None]:
    """Give first and last day of the one time in a text."""
    (mention,) = find_times(text, anchor)
    return mention.first, mention.last


def words(text: str, anchor: date | None = _ANCHOR) -> list[str]:
    """Give the times of a text as they stand there."""
    return [text[found.start : found.end] for found in find_times(text, anchor)]


@pytest.mark.parametrize(
    ("phrase", "first", "last"),
    [
        ("today", "2013-01-23", "2013-01-23"),
        ("tonight", "2013-01-23", "2013-01-23"),
        ("yesterday noon", "2013-01-22", "2013-01-22"),
        ("last night", "2013-01-22", "2013-01-22"),
        ("tomorrow", "2013-01-24", "2013-01-24"),
        ("overnight", "2013-01-22", "2013-01-23"),
        ("this morning", "2013-01-23", "2013-01-23"),
        ("on Wednesday", "2013-01-23", "2013-01-23"),
        ("late on Monday night", "2013-01-21", "2013-01-21"),
        ("last Wednesday", "2013-01-16", "2013-01-16"),
        ("next Friday", "2013-01-25", "2013-01-25"),
        ("from Monday to Wednesday", "2013-01-21", "2013-01-23"),
        ("over the weekend", "2013-01-19", "2013-01-20"),
        ("this week", "2013-01-21", "2013-01-27"),
        ("last week", "2013-01-14", "2013-01-20"),
        ("this month", "2013-01-01", "2013-01-23"),
        ("earlier this month", "2013-01-01", "2013-01-23"),
        ("last month", "2012-12-01", "2012-12-31"),
        ("next month", "2013-02-01", "2013-02-28"),
        ("late last year", "2012-10-01", "2012-12-31"),
        ("so far this year", "2013-01-01", "2013-01-23"),
        ("two days ago", "2013-01-21", "2013-01-21"),
        ("two months ago", "2012-11-01", "2012-11-30"),
        ("more than three months ago", None, "2012-10-23"),
        ("over the past 24 hours", "2013-01-22", "2013-01-23"),
        ("the past 11 days", "2013-01-12", "2013-01-23"),
        ("for the last 10 years", "2003-01-23", "2013-01-23"),
        ("on 3 February 2013", "2013-02-03", "2013-02-03"),
        ("on February 3, 2013", "2013-02-03", "2013-02-03"),
        ("ON 3 FEB 89.", "1989-02-03", "1989-02-03"),
        ("on 2013-01-16", "2013-01-16", "2013-01-16"),
        ("on 04/30/2005", "2005-04-30", "2005-04-30"),
        ("on 18 August", "2012-08-18", "2012-08-18"),
        ("on January 30", "2013-01-30", "2013-01-30"),
        ("on 12 AND 13 JANUARY", "2013-01-12", "2013-01-13"),
        ("between 5 and 9 May", "2012-05-05", "2012-05-09"),
        ("10-12 January", "2013-01-10", "2013-01-12"),
        ("from Jan. 30 to Feb. 5", "2013-01-30", "2013-02-05"),
        ("in March", "2012-03-01", "2012-03-31"),
        ("in March 2012", "2012-03-01", "2012-03-31"),
        ("in late May 2011", "2011-05-21", "2011-05-31"),
        ("since last July", "2012-07-01", "2013-01-23"),
        ("in the summer of 2009", "2009-06-01", "2009-08-31"),
        ("in 1988", "1988-01-01", "1988-12-31"),
        ("in the first half of 2012", "2012-01-01", "2012-06-30"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
        ("1998–2001", "1998-01-01", "2001-12-31"),
        ("since 2003", "2003-01-01", "2013-01-23"),
        ("by 2015", None, "2015-12-31"),
        ("as of July 21, 2005", None, "2005-07-21"),
        ("until Friday", None, "2013-01-25"),
        ("starting today", "2013-01-23", None),
        ("in the coming weeks", None, None),
    ],
)
def test_resolves_a_time_by_the_day_of_publication(phrase: str, first: str | None, last: str | None) -> None:
    """Each kind of time has its first and its last day, in lower and in upper case."""
    assert days(phrase) == (first, last)
    assert days(phrase.upper()) == (first, last)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("The talks are due on Friday in Rome.", "2013-01-25"),
        ("The minister will leave on Monday.", "2013-01-28"),
        ("On Friday the two sides will meet again.", "2013-01-25"),
        ("Embassies would be closed on Sunday.", "2013-01-27"),
        ("The minister said on Monday that he will leave.", "2013-01-21"),
        ("The envoy, expected to resume a plan which rebels rejected on Sunday, left.", "2013-01-20"),
        ("The town will not bow after Friday's raid.", "2013-01-18"),
        ("A ship is to dock on March 3.", "2013-03-03"),
        ("A ship sank on March 3.", "2012-03-03"),
    ],
)
def test_lets_the_tense_choose_between_past_and_coming(text: str, first: str) -> None:
    """A weekday or a date without a year is past unless the clause looks ahead."""
    assert days(text)[0] == first


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("Donors pledged a relief scheme to run through June.", "2013-06-30"),
        ("The fever had peaked by the end of the year.", "2012-12-31"),
        ("The camp will be emptied by the end of the year.", "2013-12-31"),
    ],
)
def test_lets_the_tense_choose_the_end_of_what_lasts(text: str, last: str) -> None:
    """What is to run has its end ahead; what has ended did so in the year before."""
    assert days(text)[1] == last


@pytest.mark.parametrize("phrase", _HANGING)
def test_leaves_open_what_hangs_on_an_unknown_day(phrase: str) -> None:
    """Without a day of publication nothing is guessed."""
    (mention,) = find_times(f"It was shut {phrase}, police said.", None)
    assert (mention.first, mention.last, mention.precision) == (None, None, "unknown")
    assert mention.rests_on == ()


def test_keeps_the_start_of_an_open_time_without_anchor() -> None:
    """`since 2003` begins in 2003 whenever the report is from."""
    assert days("since 2003", None) == ("2003-01-01", None)


def test_hangs_a_clock_on_the_day_told_before() -> None:
    """Clock times, `a day earlier` and `the next day` follow the last day of the story."""
    text = "On Monday rebels attacked. At 1620 they left. A day earlier it was calm. The next day they fled."
    monday, clock, earlier, following = find_times(text, _ANCHOR)
    assert (monday.first, clock.first, earlier.first, following.first) == (
        "2013-01-21",
        "2013-01-21",
        "2013-01-20",
        "2013-01-21",
    )
    assert clock.precision == "hour"
    assert clock.rests_on == ("published", f"span:{monday.start}-{monday.end}")


def test_a_clock_alone_is_of_the_day_of_the_report() -> None:
    """Without a day told before, a clock time belongs to the report's day; without that it stays open."""
    assert days("At 1620 they left.") == ("2013-01-23", "2013-01-23")
    assert days("At 1620 they left.", None) == (None, None)


def test_puts_the_parts_of_one_time_together() -> None:
    """Clock, part of the day and weekday that stand together are one time."""
    text = "It was shortly after 9 p.m. on Monday, and at dawn on Tuesday they left; AT 1000 ON 14 JANUARY."
    assert words(text) == ["shortly after 9 p.m. on Monday", "at dawn on Tuesday", "AT 1000 ON 14 JANUARY"]
    assert [found.precision for found in find_times(text, _ANCHOR)] == ["hour", "hour", "hour"]


@pytest.mark.parametrize(
    "text",
    [
        "Troops may march on the city.",
        "THEY MAY ATTACK.",
        "Some 2000 people fled.",
        "Flight 1234 left.",
        "Infants aged 9 months and older are vaccinated.",
    ],
)
def test_takes_no_other_words_for_times(text: str) -> None:
    """Verbs, counts and names are no times."""
    assert words(text) == []


def test_the_dateline_is_the_anchor_and_no_mention() -> None:
    """The day of the header serves where no day of publication is known."""
    text = "LIMA, 3 FEB 89 (EFE) -- [TEXT] A PATROL WAS AMBUSHED YESTERDAY NOON."
    (mention,) = find_times(text, None, header=read_header(text))
    assert (mention.first, mention.rests_on) == ("1989-02-02", ("dateline",))


@pytest.mark.parametrize(
    ("published", "first", "basis"),
    [
        (date(1989, 2, 3), "1989-02-02", "published"),
        (date(1989, 2, 6), "1989-02-02", "dateline"),  # printed days after it was filed
        (date(2012, 7, 1), "1989-02-02", "dateline"),  # put on a page from an archive
        (date(1989, 1, 30), "1989-01-29", "published"),  # a header of days to come
    ],
)
def test_header_and_day_of_publication_that_differ(published: date, first: str, basis: str) -> None:
    """Times hang on the day that a report was written; a header that can't be is passed over."""
    text = "LIMA, 3 FEB 89 (EFE) -- [TEXT] A PATROL WAS AMBUSHED YESTERDAY NOON."
    (mention,) = find_times(text, published, header=read_header(text, published))
    assert (mention.first, mention.rests_on) == (first, (basis,))


def test_resolves_a_given_span_with_words_around_the_time() -> None:
    """The span of a reader may hold more than the time itself."""
    text = "Cases rose since the outbreak began in August of 2008, a doctor said."
    start, end = text.index("since"), text.index(", a doctor")
    mention = resolve_time(text, start, end, None)
    assert (mention.first, mention.last) == ("2008-08-01", None)


def test_resolves_a_given_span_by_what_stands_before_it() -> None:
    """A clock in a given span finds its day in the text before."""
    text = "Rebels attacked on Monday.\n\nThey fired again at 2335, police said."
    start = text.index("at 2335")
    mention = resolve_time(text, start, start + len("at 2335"), _ANCHOR)
    assert mention.first == "2013-01-21"


def test_gives_an_open_mention_for_words_it_does_not_know() -> None:
    """A span without any known time is a mention without days."""
    assert resolve_time("during the games", 0, 16, _ANCHOR) == TimeMention(0, 16, None, None, "unknown")


def test_two_days_after_a_happening_hangs_on_that() -> None:
    """A time that hangs on another happening stays open."""
    assert days("It came two days after the coup.") == (None, None)


@given(st.dates(date(1900, 1, 1), date(2049, 12, 31)), st.integers(1, 400))
def test_days_ago_are_counted_back(anchor: date, amount: int) -> None:
    """`N days ago` is exactly that day."""
    expected = (anchor - timedelta(days=amount)).isoformat()
    assert days(f"It fell {amount} days ago.", anchor) == (expected, expected)


@given(
    st.dates(date(1950, 1, 1), date(2049, 12, 31)),
    st.sampled_from(_FORMS),
)
def test_full_dates_are_read_back(day: date, form: str) -> None:
    """A date with its year is itself, whatever the anchor."""
    text = f"It fell on {day.strftime(form)}, police said."
    assert days(text, None) == days(text) == (day.isoformat(), day.isoformat())


@given(st.dates(date(1950, 1, 1), date(2049, 12, 31)), st.sampled_from(["Monday", "Thursday", "Sunday"]))
def test_a_weekday_is_within_the_last_seven_days(anchor: date, weekday: str) -> None:
    """In a plain past clause a weekday is today or up to six days back."""
    (mention,) = find_times(f"It fell on {weekday}.", anchor)
    day = date.fromisoformat(mention.first or "")
    assert day.strftime("%A") == weekday
    assert 0 <= (anchor - day).days <= 6


@given(st.text(max_size=200), st.dates() | st.none())
def test_any_text_is_read_without_error(text: str, anchor: date | None) -> None:
    """Mentions lie in the text, in order, apart, and run forwards."""
    mentions = find_times(text, anchor)
    edges = [edge for found in mentions for edge in (found.start, found.end)]
    assert edges == sorted(edges)
    assert all(not (m.first and m.last) or m.first <= m.last for m in mentions)


@given(
    st.dates(),
    st.sampled_from(_FAR),
)
def test_stops_at_the_ends_of_the_calendar(anchor: date, phrase: str) -> None:
    """No time leaves the years 1 to 9999, and none raises."""
    assert find_times(f"It was {phrase}.", anchor)


def test_reads_a_long_text_in_bounded_time() -> None:
    """A megabyte of times without a full stop is read in seconds."""
    assert len(find_times("on Monday they left and " * 5_000, _ANCHOR)) == 5_000


@pytest.mark.parametrize(
    ("phrase", "first"),
    [
        ("killed in the 9/11 attacks", "2001-09-11"),
        ("held for the Sept. 11 attacks on New York", "2001-09-11"),
        ("the 7/7 bombings in London", "2005-07-07"),
        ("the Sept. 11 attack on the consulate", "2012-09-11"),  # of Benghazi, four months before
        ("the Oct. 7 attack on a convoy", "2012-10-07"),  # nothing was known by that day yet
    ],
)
def test_an_attack_that_goes_by_its_day_keeps_its_year(phrase: str, first: str) -> None:
    """Attacks that all know by their day are those, whenever the report was written."""
    assert days(phrase) == (first, first)
