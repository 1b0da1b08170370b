"""Fates: who of those told of in a report is dead, wounded, a doer, or not counted at all."""

from __future__ import annotations

import pytest

from dateline.incidents import link
from dateline.incidents.fates import is_part, is_recalled, is_victim
from dateline.incidents.layout import Layout
from dateline.incidents.statements import Statement, bare_statement
from tests.incidents.builder import Builder

Counted = tuple[str, str, int]  # measure, words, number


def tolls(text: str, *counted: Counted) -> dict[str, int | None]:
    """The best totals of the dead and the wounded of an incident that one report tells."""
    text = f"Shots were fired in Reno on Monday. {text}"
    made = Builder(text, "2013-10-22").event("armed-attack", "Shots", where="Reno", day="2013-10-21")
    for measure, words, number in counted:
        made.figure(measure, words, number, of="Shots")
    return {m: t.best for m, t in link([made.build()]).incidents[0].totals.items()}


@pytest.mark.parametrize(
    ("text", "counted", "expected"),
    [
        ("Five people were shot, and two of them died.",
         [("wounded", "Five", 5), ("killed", "two", 2)], {"killed": 2, "wounded": 3}),
        ("Five people were shot and wounded, and two died.",
         [("wounded", "Five", 5), ("killed", "two", 2)], {"killed": 2, "wounded": 5}),
        ("He is accused of the shooting of nine people at a bar. One man was killed.",
         [("killed", "nine", 9), ("killed", "One", 1)], {"killed": 1, "wounded": 8}),
    ],
)  # fmt: skip
def test_of_those_who_were_shot_the_others_are_the_wounded(
    text: str, counted: list[Counted], expected: dict[str, int]
) -> None:
    """People told as shot are dead and wounded together, those told as wounded are not."""
    assert tolls(text, *counted) == expected


def test_who_died_later_is_not_wounded_too() -> None:
    """A person found with a wound and pronounced dead is counted once, among the dead."""
    text = "Deputies found Dale Pruitt, 33, with a gunshot wound. Dale Pruitt was pronounced dead at the hospital."
    assert tolls(text, ("wounded", "Dale Pruitt, 33", 1), ("killed", "Dale Pruitt was", 1)) == {"killed": 1}


def test_another_person_stays_wounded() -> None:
    """One who is expected to recover is not the one who died."""
    text = "A student of 16 was killed. A driver was also shot and is expected to recover."
    assert tolls(text, ("killed", "A student of 16", 1), ("wounded", "A driver", 1)) == {
        "killed": 1,
        "wounded": 1,
    }


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A man of 40 has been charged with murder.", "A man of 40"),
        ("A farmer shot his brother on Monday.", "A farmer"),
        ("The boy was accidentally shot by a cousin.", "a cousin"),
        ("A clerk was in the lobby and was not hurt.", "A clerk"),
        ("The dead man was the father of three girls.", "three"),
        ("Doctors counted four gunshot wounds in the dead man.", "four"),
    ],
)
def test_doers_kin_and_things_are_no_victims(text: str, words: str) -> None:
    """Whom the words around show to have done it, or to be unhurt or no person, adds to no toll."""
    number = {"three": 3, "four": 4}.get(words, 1)
    assert tolls(text, ("killed", words, number)) == {}


def test_one_told_as_wounded_who_died_is_dead() -> None:
    """The words behind a figure decide over the measure that it was given."""
    assert tolls("A girl of nine died of a gunshot wound.", ("wounded", "A girl of nine", 1)) == {"killed": 1}


def test_two_figures_of_one_phrase_are_one_person() -> None:
    """An age and the noun behind it, each read as a figure, are one person."""
    text = "A 3-year-old boy was killed."
    assert tolls(text, ("killed", "A 3", 1), ("killed", "old boy", 1)) == {"killed": 1}


def test_a_later_report_that_tells_of_some_only_does_not_lower_the_toll() -> None:
    """Of the last reports, one that says less is outvoted by those before it."""
    records = []
    for day, word, number in (("2013-10-21", "Four", 4), ("2013-10-22", "Four", 4), ("2013-11-20", "Two", 2)):
        text = f"{word} people died in the shooting at the Starlight bar in Reno on Oct 21, police said on {day}."
        made = Builder(text, day, f"Paper {day}", title="Shooting at Starlight bar")
        made.event("armed-attack", "shooting", where="Reno", day="2013-10-21")
        records.append(made.figure("killed", word, number, of="shooting").build())
    incidents = link(records).incidents
    assert len(incidents) == 1
    assert incidents[0].totals["killed"].best == 4


def test_where_a_death_is_told_the_one_person_is_the_dead() -> None:
    """A report that tells twice of a killing and counts one person as shot tells of one dead."""
    text = (
        "A girl of nine was shot in Reno on Monday. The killing shocked the town, and no murder was so near."
    )
    made = Builder(text, "2013-10-22").event("armed-attack", "shot", where="Reno", day="2013-10-21")
    made.event("killing", "killing", where="Reno").event("killing", "murder", where="Reno")
    made.figure("wounded", "A girl of nine", 1, of="shot")
    totals = link([made.build()]).incidents[0].totals
    assert {m: t.best for m, t in totals.items()} == {"killed": 1}


@pytest.mark.parametrize(
    ("text", "counted", "expected"),
    [
        ("They found four with gunshot wounds. One man died and three others are treated.",
         [("wounded", "four", 4), ("killed", "One", 1), ("wounded", "three", 3)], {"killed": 1, "wounded": 3}),
        ("Five were taken to a hospital with wounds. One of the victims later died.",
         [("wounded", "Five", 5), ("killed", "One", 1)], {"killed": 1, "wounded": 4}),
        ("One man is dead and four were wounded. Three are in a bad state.",
         [("killed", "One", 1), ("wounded", "four", 4), ("wounded", "Three", 3)], {"killed": 1, "wounded": 4}),
        ("A man was killed. Six others were wounded. Five remain in care.",
         [("killed", "A man", 1), ("wounded", "Six", 6), ("wounded", "Five", 5)], {"killed": 1, "wounded": 6}),
    ],
)  # fmt: skip
def test_the_dead_are_taken_out_of_a_count_that_holds_them(
    text: str, counted: list[Counted], expected: dict[str, int]
) -> None:
    """A count of wounded that the dead make up with a lesser one held them; one beside the dead did not."""
    assert tolls(text, *counted) == expected


@pytest.mark.parametrize(
    ("text", "counted", "expected"),
    [
        ("A boy was killed. Last month three boys were killed.",
         [("killed", "A boy", 1), ("killed", "three", 3)], {"killed": 1}),
        ("Four were wounded at a bar. Eleven were wounded in shootings across the town.",
         [("wounded", "Four", 4), ("wounded", "Eleven", 11)], {"wounded": 4}),
        ("Two men were killed. The town has seen 66 homicides.",
         [("killed", "Two", 2), ("killed", "66", 66)], {"killed": 2}),
        ("A man was killed. There were 40 murders this year.",
         [("killed", "A man", 1), ("killed", "40", 40)], {"killed": 1}),
        ("Three were killed last month.", [("killed", "Three", 3)], {"killed": 3}),
    ],
)  # fmt: skip
def test_other_times_and_other_incidents_are_no_toll(
    text: str, counted: list[Counted], expected: dict[str, int]
) -> None:
    """What is recalled beside news is left out; where all is recalled, it is what the report is about."""
    assert tolls(text, *counted) == expected


@pytest.mark.parametrize(
    ("text", "counted", "expected"),
    [
        ("He fired shots at four men.", [("wounded", "four", 4)], {}),
        ("A girl shot in the arm was taken away.", [("wounded", "A girl", 1)], {"wounded": 1}),
        ("Three were hit. A fourth victim was found later with a wound.",
         [("wounded", "Three", 3), ("wounded", "A fourth", 1)], {"wounded": 4}),
        ("Police found three men and a woman shot.",
         [("wounded", "three", 3), ("wounded", "a woman", 1)], {"wounded": 4}),
        ("Four people were wounded, two of them badly.",
         [("wounded", "Four", 4), ("wounded", "two", 2)], {"wounded": 4}),
        ("Two boys are dead along with their father.",
         [("killed", "Two", 2), ("killed", "their father", 1)], {"killed": 3}),
        ("Police look for men who shot five people.", [("killed", "five", 5)], {"wounded": 5}),
        ("In all seven people were shot. One died.", [("affected", "seven", 7), ("killed", "One", 1)],
         {"affected": 7, "killed": 1, "wounded": 6}),
    ],
)  # fmt: skip
def test_who_was_hit_counts(text: str, counted: list[Counted], expected: dict[str, int]) -> None:
    """Shot at is not shot; a part of a count is inside it; what was read as dead, and isn't told so, was hit."""
    found = {k: v for k, v in tolls(text, *counted).items() if v}
    assert found == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A clerk was shot in the neck and later pronounced dead.", "A clerk"),
        ("The blast mortally wounded a clerk.", "a clerk"),
        ("A clerk hurt in the blast on Monday has died.", "A clerk"),
    ],
)
def test_who_died_of_it_is_dead_whatever_comes_first(text: str, words: str) -> None:
    """A second verb, an adverb or a late death makes one of the wounded one of the dead."""
    assert tolls(text, ("wounded", words, 1)) == {"killed": 1}


@pytest.mark.parametrize(
    ("text", "recalled"),
    [
        ("Two were hurt, the paper of October 20, 2013 says.", False),
        ("Two were hurt on October 20, 2012.", True),
        ("Two were hurt last year.", True),
    ],
)
def test_the_day_of_the_news_is_no_other_time(text: str, recalled: bool) -> None:
    """A full date within two weeks before the report recalls nothing."""
    assert is_recalled(statement(text, "Two", 2)) is recalled


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Two of them are in hospital.", True),
        ("Two are in critical condition.", True),
        ("Two men were treated and released.", True),
        ("Two were wounded at a party.", False),
    ],
)
def test_how_some_of_the_hurt_fare_is_a_part(text: str, part: bool) -> None:
    """A count of those in a bad state is no count of all."""
    assert is_part(statement(text, "Two", 2)) is part


@pytest.mark.parametrize(
    "line",
    ["Related: Two men wounded in Elko", "0:39 Two men wounded in Elko", "Two men wounded in Elko storm"],
)
def test_lines_that_lead_to_other_stories_do_not_count(line: str) -> None:
    """What a page says of its other stories, far below its own headline, is none of its toll."""
    filler = "Nobody knows why the shots were fired at the old mill. " * 10
    text = f"{filler}\n\n{line}\n\nThe mill is closed."
    assert not is_victim(statement(text, "Two", 2))
    assert is_victim(statement(f"{filler}\n\nTwo men were wounded in Elko.", "Two", 2))


def statement(text: str, words: str, number: int) -> Statement:
    """The statement of one figure of wounded."""
    made = Builder(text, "2013-10-22").figure("wounded", words, number)
    record = made.build()
    return bare_statement(record, Layout.of(text), record.figures[0], 0)
