"""The ledger: lines, voices, parts, revisions, agreement and the best estimate."""

from __future__ import annotations

import pytest

from dateline.incidents import link
from dateline.record import Incident, LedgerLine, Record
from tests.incidents.builder import Builder
from tests.incidents.stories import siege

Told = tuple[str, str, int | None, int | None, str]  # source, kind, low, high, day


def line(incident: Incident, measure: str, group: str, nationality: str | None = None) -> LedgerLine:
    """Give the line of a measure, group and nationality."""
    return next(
        row
        for row in incident.ledger
        if (row.measure, row.group, row.nationality) == (measure, group, nationality)
    )


def toll(*told: Told, approximate: bool = False) -> LedgerLine:
    """The line of the soldiers killed, each figure in a report of its own, of the day it was said."""
    records = []
    for n, (source, kind, low, high, day) in enumerate(told):
        number = f"{n + 1}0{n}"
        text = (
            f"GAO, Mali - Rebels attacked the barracks of Gao on Monday at dawn and {number} soldiers were killed, "
            f"{source} said. The fort burned."
        )
        made = Builder(text, day, f"Wire {n}", title="Rebels attack barracks of Gao")
        made.event("armed-attack", "attacked", where="Gao", day="2013-01-14")
        made.event("killing", "killed", where="Gao", day="2013-01-14")
        made.figure("killed", number, low, high, group="soldier", of="killed", approximate=approximate)
        made.claim(source, kind, ["attacked", "killed", number], said=day)
        records.append(made.build())
    incidents = link(records).incidents
    assert len(incidents) == 1
    return line(incidents[0], "killed", "soldier")


def test_claims_stand_in_order_of_saying() -> None:
    """A line lists its claims by the day they were said, and by report within a day."""
    found = line(link(siege()).incidents[0], "killed", "hostage")
    assert [(c.low, c.said) for c in found.claims] == [
        (9, "2014-05-04"), (12, "2014-05-04"), (9, "2014-05-04"), (12, "2014-05-04"),
        (13, "2014-05-06"), (15, "2014-05-13"),
    ]  # fmt: skip


def test_a_minister_and_his_ministry_are_one_voice() -> None:
    """The ministry, `his ministry` and the minister by name have the same `by` over all reports."""
    found = line(link(siege()).incidents[0], "killed", "hostage")
    assert {c.by for c in found.claims if c.low in (9, 13)} == {"som-interior-ministry"}


def test_an_unnamed_source_is_known_by_its_outlet_and_number() -> None:
    """Who told Horn FM of twelve dead that Sunday is the one quoted without an outlet later."""
    found = line(link(siege()).incidents[0], "killed", "hostage")
    assert {c.by for c in found.claims if c.low == 12} == {"unnamed-security-told-horn-fm"}


def test_a_figure_its_speaker_replaced_is_revised() -> None:
    """The ministry's nine became thirteen: the nine are marked, and still count for the lowest."""
    found = line(link(siege()).incidents[0], "killed", "hostage")
    assert {c.status for c in found.claims if c.low == 9} == {"revised"}
    assert {c.status for c in found.claims if c.low == 13} == {"stated"}
    assert (found.lowest, found.highest) == (9, 15)


def test_nationalities_have_lines_of_their_own() -> None:
    """Three Kenyans among the dead stand in a line beside that of all hostages."""
    incident = link(siege()).incidents[0]
    assert line(incident, "killed", "hostage", "KEN").best == 3


def test_attackers_are_militants_among_the_dead() -> None:
    """Those who carried it out are `attacker` in the measure `attackers` alone."""
    incident = link(siege()).incidents[0]
    assert line(incident, "killed", "militant").best == 5


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ([("the presidency", "institution", 11, 11, "2013-01-15")], "single"),
        ([("the presidency", "institution", 11, 11, "2013-01-15"),
          ("the presidency", "institution", 30, 30, "2013-01-16")], "single"),
        ([("the presidency", "institution", 11, 11, "2013-01-15"),
          ("a shopkeeper", "witness", 10, None, "2013-01-16")], "agreed"),
        ([("the presidency", "institution", 11, 11, "2013-01-15"),
          ("a shopkeeper", "witness", 24, None, "2013-01-17")], "contested"),
        ([("the presidency", "institution", 11, 11, "2013-01-15"),
          ("a shopkeeper", "witness", 24, None, "2013-01-18")], "agreed"),
    ],
)  # fmt: skip
def test_agreement_looks_at_last_claims_within_two_days(told: list[Told], expected: str) -> None:
    """One speaker is single; two exclude each other only within two days; a toll that rises is no contest."""
    assert toll(*told).agreement == expected


def test_approximate_bounds_are_widened_by_a_tenth() -> None:
    """About 20 and about 22 can both be right, since 20 reaches to 22; exactly 20 and 22 can't."""
    told = (
        ("the presidency", "institution", 20, 20, "2013-01-15"),
        ("a doctor", "witness", 22, 22, "2013-01-15"),
    )
    assert toll(*told, approximate=True).agreement == "agreed"
    assert toll(*told).agreement == "contested"


def test_latest_names_the_last_claim_of_each_kind() -> None:
    """`latest` gives for each kind of source the index of its last claim that counts."""
    found = line(link(siege()).incidents[0], "killed", "hostage")
    assert {k: found.claims[n].low for k, n in found.latest.items()} == {
        "institution": 9, "anonymous": 12, "official": 13, "document": 15,
    }  # fmt: skip


def test_the_best_estimate_is_the_last_word_of_the_most_reliable() -> None:
    """Officials and documents go before witnesses, parties to the fight come last."""
    assert line(link(siege()).incidents[0], "killed", "hostage").best == 15
    found = toll(
        ("the rebels", "armed-group", 90, 90, "2013-01-17"), ("a shopkeeper", "witness", 24, 24, "2013-01-15"),
    )  # fmt: skip
    assert (found.lowest, found.best, found.highest) == (24, 24, 90)


def _part(sentence: str, more: str, *, low: int = 7) -> Record:
    text = f"GAO, Mali - Thirty hostages were killed in the siege of Gao, a colonel said. {sentence}"
    made = Builder(text, "2013-01-15").event("abduction", "siege", where="Gao", day="2013-01-14")
    made.event("killing", "killed", where="Gao")
    made.figure("killed", "Thirty", 30, group="hostage", of="killed")
    made.figure("killed", more, low, group="hostage", of="killed")
    return made.claim("a colonel", "official", ["siege", "killed", "Thirty", more]).build()


@pytest.mark.parametrize(
    ("sentence", "more"),
    [
        ("Among them were seven foreigners.", "seven"),
        ("In the final assault seven died.", "seven"),
        ("Another seven were found later.", "seven"),
    ],
)
def test_a_count_of_some_of_the_people_is_a_part(sentence: str, more: str) -> None:
    """A part is listed and marked, and stays out of lowest, highest and agreement."""
    found = line(link([_part(sentence, more)]).incidents[0], "killed", "hostage")
    assert [(c.low, c.part) for c in found.claims] == [(30, False), (7, True)]
    assert (found.lowest, found.highest, found.agreement) == (30, 30, "single")


def test_a_line_of_parts_alone_has_no_agreement() -> None:
    """Where only parts were told there is no lowest, no highest and no agreement."""
    text = "GAO, Mali - Moussa Traore and Awa Diallo were killed in an attack on Gao on Monday, police said."
    made = Builder(text, "2013-01-15").event("armed-attack", "attack", where="Gao", day="2013-01-14")
    made.event("killing", "killed", where="Gao")
    made.figure("killed", "Moussa Traore", 1, of="killed").figure("killed", "Awa Diallo", 1, of="killed")
    incident = link([made.build()]).incidents[0]
    found = line(incident, "killed", "unspecified")
    assert (found.lowest, found.highest, found.agreement) == (None, None, None)
    assert incident.totals["killed"].best == 2


def test_a_hedged_or_denied_figure_counts_for_nothing_stated() -> None:
    """Possible and denied figures are listed with their status and move no bound."""
    text = "GAO, Mali - Four died in an attack on Gao. Nine may be dead. The army denied that ninety fell."
    made = Builder(text, "2013-01-15").event("armed-attack", "attack", where="Gao", day="2013-01-14")
    made.event("killing", "died", where="Gao")
    made.figure("killed", "Four", 4, of="died").figure("killed", "Nine", 9, of="died", status="possible")
    made.figure("killed", "ninety", 90, of="died", status="denied")
    found = line(link([made.build()]).incidents[0], "killed", "unspecified")
    assert [c.status for c in found.claims] == ["stated", "possible", "denied"]
    assert (found.lowest, found.highest) == (4, 4)


def test_a_figure_taken_back_is_retracted() -> None:
    """A figure whose sentence says that it was wrong stays out of the bounds."""
    text = "GAO, Mali - Six died in an attack on Gao, police said. Their count of eleven dead was wrong, they said."
    made = Builder(text, "2013-01-15").event("armed-attack", "attack", where="Gao", day="2013-01-14")
    made.event("killing", "died", where="Gao")
    made.figure("killed", "Six", 6, of="died").figure("killed", "eleven", 11, of="died")
    made.claim("police", "institution", ["died", "Six", "eleven"])
    found = line(link([made.build()]).incidents[0], "killed", "unspecified")
    assert [(c.low, c.status) for c in found.claims] == [(6, "stated"), (11, "retracted")]
    assert found.highest == 6


def test_a_reprint_is_no_second_source() -> None:
    """A near copy's claims go to `also` of the original's, and the agreement stays single."""
    body = (
        "GAO, Mali - Rebels attacked the barracks of Gao on Monday and killed eleven soldiers, the presidency said. "
        "The fight went on until noon, when helicopters came from the south and drove the attackers out towards the "
        "river. A fuel store burned down and the market was shut for the day. Traders said that nobody had dared to "
        "come in from the villages along the road. The governor asked people to stay at home until the patrols were "
        "back. Schools would open again on Wednesday, he told the radio station of the town in the evening."
    )
    records = []
    for publisher, day, text in (
        ("Wire", "2013-01-15", body),
        ("Ledger", "2013-01-16", body + " Shops were shut."),
    ):
        made = Builder(text, day, publisher).event("armed-attack", "attacked", where="Gao", day="2013-01-14")
        made.event("killing", "killed", where="Gao", day="2013-01-14")
        made.figure("killed", "eleven", 11, group="soldier", of="killed")
        records.append(made.claim("the presidency", "institution", ["attacked", "killed", "eleven"]).build())
    found = line(link(records).incidents[0], "killed", "soldier")
    assert len(found.claims) == 1
    assert found.claims[0].also == (records[1].report.id,)
    assert found.agreement == "single"


@pytest.mark.parametrize(
    ("sentences", "now", "then"),
    [
        ("The mayor said that 19 people were killed. He had earlier put the dead at 12.", "19", "12"),
        ("The mayor said that 19 people were killed, up from 12.", "19", "12"),
        ("The mayor raised the toll from 12 to 19 killed.", "19", "12"),
        ("The mayor at first said 12 people were killed. Now he said that 19 were.", "19", "12"),
    ],
)
def test_an_earlier_number_recalled_beside_the_new_one_is_revised(
    sentences: str, now: str, then: str
) -> None:
    """Wherever it stands in the text, the number of before gives way and is nobody's last word."""
    made = Builder(f"A bomb hit Gao on Monday. {sentences}", "2013-01-15")
    made.event("bombing", "bomb", where="Gao", day="2013-01-14")
    made.event("killing", "killed", where="Gao", day="2013-01-14")
    for number in sorted((now, then), key=made.text.index):
        made.figure("killed", number, int(number), int(number), of="killed")
    made.claim("The mayor", "official", ["killed", now, then], said="2013-01-15")
    found = line(link([made.build()]).incidents[0], "killed", "unspecified")
    assert {c.low: c.status for c in found.claims} == {19: "stated", 12: "revised"}
    assert (found.lowest, found.best, found.highest) == (12, 19, 19)
