"""Numbers and bounds: the grammar of the codebook, section 3."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.reading.numbers import find_quantities, is_count_context, read_quantity

_SMALL = [
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
    *("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def spell(number: int, *, joined: bool = True) -> str:
    """Write a number below a billion in words, British style where `joined`."""
    if number < 20:
        return _SMALL[number]
    if number < 100:
        tens, unit = divmod(number, 10)
        return _TENS[tens - 2] + (f"-{_SMALL[unit]}" if unit else "")
    for size, name in ((10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if number >= size:
            head, rest = divmod(number, size)
            link = " and " if joined and 0 < rest < 100 else " "
            return f"{spell(head, joined=joined)} {name}" + (
                f"{link}{spell(rest, joined=joined)}" if rest else ""
            )
    raise AssertionError(number)


def bounds(phrase: str) -> tuple[int | None, int | None, bool] | None:
    """Give the bounds that a phrase is read with."""
    quantity = read_quantity(phrase)
    return None if quantity is None else (quantity.low, quantity.high, quantity.approximate)


def counts(text: str) -> list[str]:
    """Give the phrases of a text that may be counts."""
    return [text[q.start : q.end] for q in find_quantities(text) if is_count_context(text, q)]


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("37", (37, 37, False)),
        ("at least seven", (7, None, False)),
        ("seven or more", (7, None, False)),
        ("no fewer than 60", (60, None, False)),
        ("not less than twelve", (12, None, False)),
        ("up to 50", (None, 50, False)),
        ("as many as 12.5 million", (None, 12_500_000, False)),
        ("no more than 5", (None, 5, False)),
        ("more than 100", (101, None, False)),
        ("well over 100", (101, None, False)),
        ("in excess of 30", (31, None, False)),
        ("fewer than 10", (None, 9, False)),
        ("just under 100", (None, 99, False)),
        ("10 to 15", (10, 15, False)),
        ("20-30", (20, 30, False)),
        ("between 20 and 30", (20, 30, False)),
        ("two to three million", (2_000_000, 3_000_000, False)),
        ("four or five", (4, 5, False)),
        ("about 100", (100, 100, True)),
        ("nearly 100", (100, 100, True)),
        ("some 30", (30, 30, True)),
        ("An estimated 1,400", (1400, 1400, True)),
        ("an estimated 20+", (20, None, True)),
        ("at least about 30", (30, None, True)),
        ("dozens", (24, None, True)),
        ("scores", (40, None, True)),
        ("hundreds", (200, None, True)),
        ("thousands", (2000, None, True)),
        ("tens of thousands", (20_000, None, True)),
        ("hundreds of thousands", (200_000, None, True)),
        ("millions", (2_000_000, None, True)),
        ("several", (3, None, True)),
        ("some", (3, None, True)),
        ("a number of", (3, None, True)),
        ("several hundred", (300, None, True)),
        ("a few thousand", (3000, None, True)),
        ("a few", (3, None, False)),
        ("a couple", (2, 2, False)),
        ("both", (2, 2, False)),
        ("a dozen", (12, 12, False)),
        ("half a dozen", (6, 6, False)),
        ("two dozen", (24, 24, False)),
        ("more than a dozen", (13, None, False)),
        ("half a million", (500_000, 500_000, False)),
        ("two and a half million", (2_500_000, 2_500_000, False)),
        ("1.2m", (1_200_000, 1_200_000, False)),
        ("3 lakh", (300_000, 300_000, False)),
        ("no", (0, 0, False)),
        ("none", (0, 0, False)),
        ("no one", (0, 0, False)),
        ("not a single", (0, 0, False)),
        ("a total of 52", (52, 52, False)),
        ("all 19", (19, 19, False)),
        ("at least another 13", (13, None, False)),
        ("a militant", (1, 1, False)),
        ("a 12-year-old boy", (1, 1, False)),
        ("his 15-year-old son", (1, 1, False)),
    ],
)
def test_reads_the_bounds_of_the_codebook(phrase: str, expected: tuple[int | None, int | None, bool]) -> None:
    """Each form that the codebook names has its bounds, in lower and in upper case."""
    assert bounds(phrase) == expected
    assert bounds(phrase.upper()) == expected


@pytest.mark.parametrize("phrase", ["soldiers", "", "the twenty-first", "two-thirds", "wounded men", "2.5"])
def test_reads_nothing_where_no_count_is_stated(phrase: str) -> None:
    """Plain plurals, ordinals, fractions and broken numbers are no counts."""
    assert bounds(phrase) is None


@given(st.integers(0, 999_999_999), st.booleans())
def test_reads_back_every_number_spelled_out(number: int, joined: bool) -> None:
    """A number in words is read as itself, with and without `and`."""
    assert bounds(spell(number, joined=joined)) == (number, number, False)


@given(st.integers(0, 999_999_999))
def test_reads_back_digits_with_and_without_commas(number: int) -> None:
    """A number in digits is read as itself."""
    assert bounds(f"{number:,}") == bounds(str(number)) == (number, number, False)


_OPEN = {
    "at least": lambda n: (n, None, False),
    "no fewer than": lambda n: (n, None, False),
    "more than": lambda n: (n + 1, None, False),
    "over": lambda n: (n + 1, None, False),
    "well over": lambda n: (n + 1, None, False),
    "up to": lambda n: (None, n, False),
    "as many as": lambda n: (None, n, False),
    "fewer than": lambda n: (None, n - 1, False),
    "about": lambda n: (n, n, True),
    "roughly": lambda n: (n, n, True),
    "almost": lambda n: (n, n, True),
    "an estimated": lambda n: (n, n, True),
    "a total of": lambda n: (n, n, False),
}


@given(st.sampled_from(sorted(_OPEN)), st.integers(1, 2_000_000), st.booleans(), st.booleans())
def test_finds_a_qualified_number_inside_a_sentence(word: str, number: int, words: bool, upper: bool) -> None:
    """The span takes in qualifier and number, and no more, wherever the phrase stands."""
    phrase = f"{word} {spell(number) if words else f'{number:,}'}"
    text = f"Rebels killed {phrase} villagers near the river, an elder said."
    if upper:
        text, phrase = text.upper(), phrase.upper()
    (quantity,) = find_quantities(text)
    assert text[quantity.start : quantity.end] == phrase
    assert (quantity.low, quantity.high, quantity.approximate) == _OPEN[word](number)
    assert is_count_context(text, quantity)


@given(
    st.integers(1, 5000), st.integers(1, 5000), st.sampled_from(["{} to {}", "between {} and {}", "{}-{}"])
)
def test_reads_ranges_only_upwards(low: int, high: int, form: str) -> None:
    """Two joined numbers are a range where the second is the larger, else two numbers."""
    text = form.format(low, high)
    found = find_quantities(text)
    if low < high:
        assert [(q.low, q.high) for q in found] == [(low, high)]
    else:
        assert [(q.low, q.high) for q in found] == [(low, low), (high, high)]


@given(st.text(max_size=200))
def test_any_text_gives_ordered_spans_that_do_not_overlap(text: str) -> None:
    """Spans lie inside the text, in order and apart, for any input."""
    found = find_quantities(text)
    edges = [edge for q in found for edge in (q.start, q.end)]
    assert edges == sorted(edges)
    assert all(0 <= q.start < q.end <= len(text) for q in found)
    assert all(q.low is None or q.high is None or q.low <= q.high for q in found)


@pytest.mark.parametrize(
    "text",
    [
        "The camp was hit in 2013.",
        "Talks on 11 November failed.",
        "Talks on November 11 failed.",
        "It began ON 12 AND 13 FEBRUARY in the port.",
        "The blast came at 9:40 p.m. near the gate.",
        "Shots were heard AT 2230 outside.",
        "Prices rose 12 percent.",
        "Prices rose by 7%.",
        "They asked for $250 million.",
        "A ransom of 40,000 euros was paid.",
        "The driver, aged 36, fled.",
        "A 36-year-old driver fled.",
        "Amina Dalo, 36, fled.",
        "It lies 40 km north of the town.",
        "The bomb weighed 20 kg.",
        "It was 45 degrees in the shade.",
        "The side won 3-1 on the day.",
        "Flight 370 vanished.",
        "The H5N1 virus spread.",
        "Ministers of the G-20 met.",
        "The siege lasted five days.",
        "The war of 2012-2013 is over.",
        "They helped one another.",
        "For some time they no longer cared.",
        "Call 555-0134 for help.",
        "He was the twenty-first to leave.",
    ],
)
def test_tells_other_numbers_from_counts(text: str) -> None:
    """Dates, clocks, ages, money, measures, scores and names are no counts."""
    assert counts(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A local station put the dead at 11.", ["11"]),
        ("Cases were seen in April. Three have died.", ["Three"]),
        ("On November 19, at least 12 fighters died.", ["at least 12"]),
        ("A 39-man patrol fell into an ambush.", ["39"]),
        ("The toll rose from 30 to 45.", ["30", "45"]),
        ("A minister confirmed that one nurse had been hurt.", ["one"]),
        ("Tolls differ: 20 at one clinic, 31 at another.", ["20", "one", "31"]),
        ("Five were killed, at least two of them children.", ["Five", "at least two"]),
        ("Believed to number fewer than a dozen, they left.", ["fewer than a dozen"]),
    ],
)
def test_keeps_counts_beside_other_numbers(text: str, expected: list[str]) -> None:
    """Counts are kept where the words around them look like a date or a clock."""
    assert counts(text) == expected


def test_reads_a_long_text_in_bounded_time() -> None:
    """A text without a full stop costs time in proportion to its length."""
    text = "at least a few hundred and " * 20_000
    assert len(find_quantities(text)) == 20_000


@pytest.mark.parametrize(
    ("text", "counts"),
    [
        ("as many as 1,103 may have died in the floods", True),
        ("two may be dead", True),
        ("on 12 May they left", False),
        ("wounded another 15.Twenty insurgents were killed", True),
        ("in the 2-4 May", False),
    ],
)
def test_month_or_verb(text: str, counts: bool) -> None:
    """ "may" before a verb is no month; a number right behind a full stop still counts."""
    *_, quantity = find_quantities(text)
    assert is_count_context(text, quantity) is counts
