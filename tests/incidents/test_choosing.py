"""Choosing: which sum of the dead and wounded holds, where reports, headlines and openings differ."""

from __future__ import annotations

import math

import pytest

from dateline.incidents import link
from dateline.incidents.choosing import (
    FEATURES,
    PLAIN,
    WEIGHTS,
    Evidence,
    Telling,
    candidates,
    choose,
    features,
)
from dateline.record import Total
from tests.incidents.builder import Builder

Figures = tuple[tuple[str, str, int], ...]  # measure, words, number


def telling(**known: object) -> Telling:
    """One report's sums; what is not given it does not say."""
    body = known.pop("body", {})
    sums = {"body": body, "apart": body, "raw": body, "early": body, "head": {}}
    return Telling(day="2013-10-22", **{**sums, **known})  # type: ignore[arg-type]


def evidence(*tellings: Telling, **known: object) -> Evidence:
    """The evidence of an incident whose rule is its last report's sum."""
    rule = known.pop("rule", tellings[-1].body)
    return Evidence(tellings=tellings, rule=rule, **{"persons": {}, "people": 0, **known})  # type: ignore[arg-type]


def test_every_feature_has_a_weight_and_a_meaning() -> None:
    """The weights that ship are those of the features, none more and none less."""
    assert set(WEIGHTS) == set(PLAIN) == set(FEATURES)
    assert all(FEATURES.values())


def test_features_are_named() -> None:
    """Only known features come out, each a share or a yes."""
    found = features((2, 3), evidence(telling(body={"killed": 2, "wounded": 3}, head={"killed": 2})))
    assert set(found) <= set(FEATURES)
    assert all(0 < value <= 1 for value in found.values())


def test_candidates_hold_what_is_told_and_what_is_left_of_those_struck() -> None:
    """Sums, headlines, single counts, none at all, and the struck without the dead come into question."""
    found = candidates(evidence(telling(body={"killed": 1}, struck=frozenset([5]), head={"wounded": 3})))
    assert {(1, 4), (1, 3), (1, 0), (0, 5), (0, 0)} <= set(found)


def test_nothing_told_is_nothing() -> None:
    """Without any sum the answer is none, and sure."""
    pair, belief = choose(evidence(telling()))
    assert pair == (0, 0)
    assert belief == pytest.approx(1.0)


def test_the_struck_less_the_dead_are_the_wounded() -> None:
    """Five were shot and one died: four are wounded, though no report says so."""
    told = telling(body={"killed": 1, "wounded": 4}, struck=frozenset([5]), head={"killed": 1})
    assert choose(evidence(told))[0] == (1, 4)


def test_dead_are_not_wounded_too() -> None:
    """Four found shot who are all dead are not four wounded beside them, where the headline has dead alone."""
    told = telling(
        body={"killed": 4, "wounded": 4},
        early={"killed": 4},
        head={"killed": 4},
        counts={"killed": frozenset([4]), "wounded": frozenset([4])},
    )
    rows = candidates(evidence(told))
    assert (4, 0) in rows
    assert features((4, 4), evidence(told))["same"] == 1.0


def test_reports_as_a_whole_speak_for_their_number() -> None:
    """The mean log of their likelihoods; beyond the last number it is "that many or more"; none said, none weighed."""
    likely = {"killed": (0.1, 0.8, 0.1), "wounded": (0.0, 0.5, 0.5)}
    told = evidence(telling(body={"killed": 1, "wounded": 7}), wholes=[likely, {"killed": (0.1, 0.2, 0.7)}])
    found = features((1, 7), told)
    assert found["dead_whole"] == pytest.approx((math.log(0.8) + math.log(0.2)) / 2)
    assert found["hurt_whole"] == pytest.approx(math.log(0.5))
    assert features((1, 0), told)["hurt_whole"] == pytest.approx(math.log(0.001))
    assert "hurt_whole" not in features((1, 7), evidence(telling(body={"killed": 1, "wounded": 7})))


def test_of_great_tolls_reports_as_a_whole_say_nothing() -> None:
    """A siege is told by many reports, each of a part: that most read like no wounded takes back no count."""
    none = {"killed": (0.0, 0.0, 0.0, 0.0, 1.0), "wounded": (1.0, 0.0)}
    siege = evidence(
        telling(body={"killed": 37, "wounded": 6}), telling(body={"killed": 37}), wholes=[none] * 9
    )
    assert "hurt_whole" not in features((37, 0), siege)
    small = evidence(telling(body={"killed": 3, "wounded": 6}), wholes=[none] * 9)
    assert "hurt_whole" in features((3, 6), small)


def test_what_reports_tell_as_a_whole_decides_between_sums() -> None:
    """One sum as good as another: what the report as a whole reads like holds."""
    told = telling(body={"wounded": 2}, apart={"wounded": 3})
    for number in (2, 3):
        likely = {"wounded": tuple(0.9 if n == number else 0.02 for n in range(5))}
        assert choose(evidence(told, rule={}, wholes=[likely]), {**WEIGHTS, "hurt_whole": 5.0})[0] == (
            0,
            number,
        )


def story(*reports: tuple[str, str, str, Figures]) -> dict[str, Total]:
    """The totals of an attack told by several reports: day, title, text, figures."""
    records = []
    for number, (day, title, told, figures) in enumerate(reports):
        text = f"An attack hit the Starlight market on Virginia Street in Reno. {told}"
        made = Builder(text, day, f"Paper {number}", title=title)
        made.event("bombing", "attack", where="Reno", day="2013-10-21")
        for measure, words, size in figures:
            made.figure(measure, words, size, of="attack")
        records.append(made.build())
    incidents = link(records).incidents
    assert len(incidents) == 1
    return incidents[0].totals


def test_a_toll_that_grows_over_days_is_the_latest() -> None:
    """Old headlines do not hold a toll down: the dead of the last report count, and the first are the lowest."""
    rows = [
        (
            f"2013-10-{day}",
            f"{dead} dead in attack on Starlight market in Reno",
            f"{dead} people were killed and {hurt} were wounded, officials said on {day} October.",
            (("killed", f"{dead}", dead), ("wounded", f"{hurt}", hurt)),
        )
        for day, dead, hurt in ((21, 12, 63), (22, 25, 110), (26, 41, 190))
    ]
    found = story(*rows)
    assert (found["killed"].lowest, found["killed"].best, found["killed"].highest) == (12, 41, 41)
    assert found["wounded"].best == 190


def test_a_count_that_is_told_late_still_counts() -> None:
    """An opening of a long report that tells of the dead alone does not make the wounded none."""
    filler = "The market was full of people at noon and the street was closed for the rest of the day. " * 9
    text = f"Forty people were killed, officials said. {filler}More than 120 people were wounded, a minister said."
    found = story(
        (
            "2013-10-22",
            "Forty killed in Reno",
            text,
            (("killed", "Forty", 40), ("wounded", "More than 120", 121)),
        )
    )
    assert (found["killed"].best, found["wounded"].best) == (40, 121)


def test_great_counts_outweigh_named_persons() -> None:
    """A report that names one of the dead and one of the hurt has not counted them all."""
    text = (
        "At least 310 people died and 2,000 were hurt. Dale Pruitt was killed by a wall. Ann Lee was injured."
    )
    figures = (
        ("killed", "At least 310", 310), ("wounded", "2,000", 2000), ("killed", "Dale Pruitt", 1), ("wounded", "Ann Lee", 1)
    )  # fmt: skip
    found = story(("2013-10-22", "Hundreds feared dead after Reno blast", text, figures))
    assert (found["killed"].best, found["wounded"].best) == (310, 2000)


def test_a_headline_on_a_part_does_not_outweigh_the_count() -> None:
    """A headline on one of the victims leaves the toll of the text as it is."""
    text = "Nine people were killed and 30 were wounded, police said. A nurse was among the dead."
    figures = (("killed", "Nine", 9), ("wounded", "30", 30))
    found = story(("2013-10-22", "Nurse killed in Reno attack mourned", text, figures))
    assert (found["killed"].best, found["wounded"].best) == (9, 30)


def test_a_round_up_headline_is_no_toll() -> None:
    """What is counted over a weekend is not the toll of one attack."""
    text = "Two people were killed and five were wounded, police said."
    figures = (("killed", "Two", 2), ("wounded", "five", 5))
    found = story(("2013-10-22", "9 killed, 40 wounded in weekend attacks across Reno", text, figures))
    assert (found["killed"].best, found["wounded"].best) == (2, 5)


def test_a_count_of_some_of_the_hurt_is_known_as_such() -> None:
    """Two told of a part alone are marked, the whole is not."""
    told = evidence(telling(body={"wounded": 2}, head={"wounded": 4}, parts=frozenset([2])))
    assert features((0, 2), told)["part"] == 1.0
    assert "part" not in features((0, 4), told)


def test_an_opening_that_counts_those_shot_is_not_silent_on_the_hurt() -> None:
    """One dead in a double shooting: that the opening has one person alone says nothing against one hurt."""
    sums = {"killed": 1}
    plain = evidence(telling(body=sums, struck=frozenset([2])))
    opened = evidence(telling(body=sums, struck=frozenset([2]), early_struck=True))
    assert "hurt_early_silent_count" in features((1, 1), plain)
    assert "hurt_early_silent_count" not in features((1, 1), opened)
    assert choose(opened)[0] == (1, 1)
