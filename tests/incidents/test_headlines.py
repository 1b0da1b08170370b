"""Headlines: whom they count as dead and hurt, and whom not."""

from __future__ import annotations

import pytest

from dateline.incidents import link
from dateline.incidents.headlines import counts_in, rounds_up
from dateline.record import Total
from tests.incidents.builder import Builder

Count = tuple[str, str, int | None, int | None]  # words, measure, bounds


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Bomb kills at least 12 in market", [("at least 12", "killed", 12, None)]),
        ("Two dead, 12 hurt as bus overturns", [("Two", "killed", 2, 2), ("12", "wounded", 12, 12)]),
        ("Quake death toll rises to 250", [("250", "killed", 250, 250)]),
        ("Three aid workers killed, two injured in ambush", [("Three", "killed", 3, 3), ("two", "wounded", 2, 2)]),
        ("Gunmen kill three policemen, wound five", [("three", "killed", 3, 3), ("five", "wounded", 5, 5)]),
        ("Air strike kills commander, two others", [("commander", "killed", 1, 1), ("two", "killed", 2, 2)]),
        ("Family of four killed in crash", [("four", "killed", 4, 4)]),
        ("Dozens killed in stampede", [("Dozens", "killed", 24, None)]),
        ("MORE THAN 100 HURT AS TRAIN DERAILS", [("MORE THAN 100", "wounded", 101, None)]),
        ("2 girls, 2 men shot at party", [("2 girls, 2", "wounded", 4, 4)]),
        ("Man, 3 boys hurt in blast", [("Man, 3", "wounded", 4, 4)]),
        ("Woman, 2 children among 4 hurt", [("4", "wounded", 4, 4)]),
        ("Shooting of 5 may be tied to feud", [("5", "wounded", 5, 5)]),
        ("Two men, woman taken to hospital after blast", [("Two men, woman", "wounded", 3, 3)]),
        ("5 People Shot, 1 Fatally, Outside Bar", [("5", "wounded", 5, 5), ("1", "killed", 1, 1)]),
    ],
)  # fmt: skip
def test_counts(title: str, expected: list[Count]) -> None:
    """A number is dead or hurt by the word behind it, or by the verb before it."""
    assert _told(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Boy, 9, shot by friend", [("Boy, 9,", "wounded", 1, 1)]),
        ("Police look into shooting of child, father", [("child", "wounded", 1, 1), ("father", "wounded", 1, 1)]),
        ("Boy, girl walk into clinic with gunshot wounds", [("Boy", "wounded", 1, 1), ("girl", "wounded", 1, 1)]),
        ("13-year-old's toe grazed by bullet", [("13-year-old", "wounded", 1, 1)]),
        ("Man's car hit by bullet", []),
        ("Farmer sent to prison", []),
        ("Tore Bech, 58, dies after fall", [("Tore Bech, 58,", "killed", 1, 1)]),
        ("Mother, 2 children found dead", [("Mother", "killed", 1, 1), ("2", "killed", 2, 2)]),
        ("Boy, 2, and man killed, woman wounded",
         [("Boy, 2,", "killed", 1, 1), ("man", "killed", 1, 1), ("woman", "wounded", 1, 1)]),
        ("Teen killed, another wounded", [("Teen", "killed", 1, 1), ("another", "wounded", 1, 1)]),
        ("Farmer's son accidentally shoots self", [("self", "wounded", 1, 1)]),
        ("Man kills wife, 3 kids, self",
         [("wife", "killed", 1, 1), ("3", "killed", 3, 3), ("self", "killed", 1, 1)]),
        ("8-year-old shoots 11-year-old", [("11-year-old", "wounded", 1, 1)]),
        ("Girl accidentally shot, killed older brother", [("brother", "killed", 1, 1)]),
    ],
)  # fmt: skip
def test_single_persons(title: str, expected: list[Count]) -> None:
    """One person is counted by his noun, name or age, an age is no count, and who does it is no victim."""
    assert _told(title) == expected


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Triple murder in Reno", [("Triple murder", "killed", 3, 3)]),
        ("Quadruple shooting leaves 1 dead",
         [("Quadruple shooting", "wounded", 4, 4), ("1", "killed", 1, 1)]),
        ("Police look into murder-suicide", [("murder-suicide", "killed", 2, None)]),
        ("Man charged in fatal crash", [("fatal crash", "killed", 1, None)]),
    ],
)  # fmt: skip
def test_manifold_and_fatal(title: str, expected: list[Count]) -> None:
    """What names its number counts; a fatal event without one has a dead at least."""
    assert _told(title) == expected


@pytest.mark.parametrize(
    "title",
    [
        "Two men charged after robbery",
        "Police: 3 suspects sought in shooting",
        "Sheriff says shooting suspect was armed",
        "12 homes destroyed in fire",
        "Talks held for 3 days",
        "Attempted murder charge dropped",
        "",
    ],
)
def test_who_is_not_hurt_is_not_counted(title: str) -> None:
    """Suspects, things and days are no victims."""
    assert counts_in(title) == []


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("4 killed, 53 wounded in weekend shootings across Reno", True),
        ("Two dead in separate attacks", True),
        ("Two dead in attack on market", False),
    ],
)
def test_round_ups(title: str, expected: bool) -> None:
    """A headline on several incidents is told from one on one."""
    assert rounds_up(title) is expected


def test_a_long_title_is_quick_and_harmless() -> None:
    """A page's junk in the place of a title does not stall the reading."""
    title = "in the at from " * 2000 + "12 dead"
    assert _totals(title, "A man was arrested in Reno.") == {}


def test_the_headline_counts_where_the_text_goes_on_about_less() -> None:
    """The text tells of an arrest; the headline has the toll, and the rule says that it does."""
    found = _totals(
        "Two dead, 12 hurt in attack on bus near Reno", "Police arrested a man in Reno on Tuesday."
    )
    assert (found["killed"].best, found["wounded"].best) == (2, 12)
    assert "headline" in found["killed"].rule
    assert found["killed"].lines == ()


def _told(title: str) -> list[Count]:
    return [(title[c.start : c.end], c.measure, c.low, c.high) for c in counts_in(title)]


def _totals(title: str, text: str) -> dict[str, Total]:
    made = Builder(text, "2013-10-22", title=title).event(
        "arrest", "arrested", where="Reno", day="2013-10-21"
    )
    return link([made.build()]).incidents[0].totals


def _read(text: str, *figures: tuple[str, str, int]) -> dict[str, int | None]:
    """The best totals of an incident told by one report without a title."""
    made = Builder(text, "2013-10-22").event("armed-attack", "Shots", where="Reno", day="2013-10-21")
    for measure, words, number in figures:
        made.figure(measure, words, number, of="Shots")
    return {m: t.best for m, t in link([made.build()]).incidents[0].totals.items()}


def test_a_count_that_the_reader_missed_is_read_by_its_words() -> None:
    """The text says "four people were wounded" as a headline would, and no figure stands against it."""
    assert _read("Shots were fired in Reno. Four people were wounded by gunfire.") == {"wounded": 4}


def test_a_single_person_needs_more_than_words() -> None:
    """Without any figure or event, one who is told as hurt by the words alone is left out."""
    assert _read("Shots were fired in Reno. A farmer shot his brother.") == {}


def test_words_of_harm_that_count_nobody_are_no_count_of_a_text() -> None:
    """In a headline "murder" is one dead at least; in a text it may be any charge."""
    assert counts_in("Teen charged with murder") != []
    assert _read("Shots were fired in Reno. A man is charged with murder.") == {}
