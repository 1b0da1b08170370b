"""Texts that tell nothing of their title: they are read with it."""

from __future__ import annotations

import pytest

from dateline.reports.headed import HEADED, TITLE_ALONE, headed_text
from dateline.reports.jsonl import report_of_row
from dateline.reports.text import make_report

TITLE = "Two fishermen drown off Salter Point"
ELSE = "Best bakeries of the coast\n\nOur readers chose five places for bread and cake this summer."
NOTICE = "Already a subscriber?\n\nClick on the button below to log in to your account."


def test_a_text_without_its_headline_begins_with_it() -> None:
    """What else a site shows says nothing of the drowned; the title comes first."""
    assert headed_text(ELSE, TITLE) == f"{TITLE}\n\n{ELSE}"


@pytest.mark.parametrize("text", ["", " \n", NOTICE])
def test_of_notices_the_title_alone_is_left(text: str) -> None:
    """A page that kept nothing, or a request to log in, is its title."""
    assert headed_text(text, TITLE) == TITLE


@pytest.mark.parametrize(
    "text",
    [
        "Two fishermen drowned on Monday when their boat sank off Salter Point.",
        f"{TITLE}\n\nTheir boat sank on Monday.",
        "The coast guard found two fishermen off Salter Island on Monday. Both were dead.",
        "The weather was bad. " * 100,
        "PORT HOLM, May 3 (Coast Wire) - A boat sank on Monday. Two men are dead.",
    ],
    ids=["told in other words", "begins with it", "a third of its words", "long", "with a dateline"],
)
def test_a_text_on_its_title_stays(text: str) -> None:
    """A report is kept to the letter, and so is a long one whose headline plays with words."""
    assert headed_text(text, TITLE) == text


@pytest.mark.parametrize("title", [None, "", "Update", "On the sea"])
def test_a_title_that_tells_nothing_is_not_put_before(title: str | None) -> None:
    """Without three words there is nothing to read."""
    assert headed_text(ELSE, title) == ELSE


def test_the_name_of_the_site_is_no_part_of_the_first_line() -> None:
    """The paper behind the title is not read; what is no paper's name is."""
    assert headed_text(ELSE, f"{TITLE} - Harbour News, Weather").startswith(f"{TITLE}\n")
    assert headed_text(ELSE, f"{TITLE} - police").startswith(f"{TITLE} - police\n")


def test_a_report_says_that_its_title_was_read() -> None:
    """The notice tells which of the two happened; a mail's or a row's other values stay."""
    headed = make_report(ELSE, where="a.html", title=TITLE, notices=("first",))
    assert headed.text.startswith(TITLE)
    assert headed.notices == ("first", HEADED)
    alone = report_of_row({"text": NOTICE, "title": TITLE}, where="a.jsonl:1")
    assert alone.text == TITLE
    assert alone.notices == (TITLE_ALONE,)


def test_a_report_on_its_title_has_no_notice() -> None:
    """Nothing is said where nothing was done."""
    text = "Two fishermen drowned off Salter Point on Monday."
    report = make_report(text, where="a.html", title=TITLE)
    assert (report.text, report.notices) == (text, ())
