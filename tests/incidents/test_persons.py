"""Persons: names, ages and sexes keep them apart, pronouns and `the` join them."""

from __future__ import annotations

import pytest

from dateline.incidents.layout import Layout
from dateline.incidents.persons import distinct_persons
from dateline.incidents.statements import bare_statement
from tests.incidents.builder import Builder


def persons(text: str, *words: str) -> int:
    """Count the persons whom the words of a text describe."""
    made = Builder(text)
    for phrase in words:
        made.figure("killed", phrase, 1)
    record = made.build()
    layout = Layout.of(text)
    return len(distinct_persons([bare_statement(record, layout, f, 0) for f in record.figures]))


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Ann Lee, 30, and Carl Lee, 31, were found dead.", ["Ann Lee", "Carl Lee"], 2),
        ("Ann Lee was killed. Lee, 30, lived here.", ["Ann Lee", "Lee, 30"], 1),
        ("An Austin man was killed. Dale Pruitt died at home.", ["An Austin man", "Dale Pruitt"], 1),
        ("A 20-year-old former Reno High School student died. Pruitt was loved.",
         ["A 20-year-old former Reno High School student", "Pruitt"], 1),
        ("A man was killed. Another man died later.", ["A man", "Another man"], 2),
        ("A man was killed. He died at home.", ["A man", "He"], 1),
        ("The victim was found. A woman was killed.", ["The victim", "A woman"], 1),
        ("A man and a man were killed.", ["A man", "a man were"], 2),
        ("One of the victims, a 24-year-old man, died.", ["One", "a 24-year-old man"], 1),
        ("A man kills daughter, himself.", ["A man", "daughter"], 2),
        ("Carl Otto Bech died. Bech was 30.", ["Carl", "Bech was"], 1),
        ("Sarah Lee was killed. Sara Lee was 30.", ["Sarah Lee", "Sara Lee"], 1),
        ("A boy was killed. Her brother died later. She was hurt.", ["A boy", "Her brother"], 1),
        ("The victim died. The victim's friend was killed.", ["The victim died", "The victim's friend"], 1),
        ("A woman died. The other victim was killed.", ["A woman", "The other victim"], 2),
        ("The clerk, Ann Lee, and a woman were killed.", ["The clerk", "a woman"], 2),
        ("A teen died. A 2nd teen was killed.", ["A teen", "A 2nd teen"], 2),
        ("A 3-Year-Old Girl died. A 5-year-old girl died.", ["A 3-Year-Old Girl", "A 5-year-old girl"], 2),
        ("The father killed his son.", ["The father", "his son"], 1),
    ],
)  # fmt: skip
def test_each_description_is_one_person(text: str, words: list[str], expected: int) -> None:
    """Two first names are two people of one family; a town's name in a description is nobody's."""
    assert persons(text, *words) == expected
