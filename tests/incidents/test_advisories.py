"""The level of an advisory, whether it holds yet, and who gives it."""

from __future__ import annotations

import pytest

from dateline.incidents import postures
from dateline.incidents.advisories import advice_level, clause_of, is_to_come, is_unsure
from dateline.incidents.peoples import peoples_named
from tests.incidents.builder import Builder

LEVELS = [
    ("told Americans of the risks of a journey to Yemen", "told", "caution"),
    ("Britain issued a travel warning for Yemen, citing crime", "travel warning", "caution"),
    ("The embassy urged Americans to exercise caution", "urged", "caution"),
    ("France told its citizens to stay at home", "told", "caution"),
    ("Spain asked its nationals not to leave their homes", "asked", "caution"),
    ("The embassy told Americans to avoid crowds and demonstrations", "told", "caution"),
    ("Japan raised its alert to the second of four levels", "alert", "caution"),
    ("Washington put Mexico at level 2 of its travel advisory", "travel advisory", "caution"),
    ("Canada lowered its travel advisory from level 4 to level 2", "travel advisory", "caution"),
    ("The United States raised its alert for Yemen to level 3", "alert", "avoid"),
    ("The State Department raised its travel advisory to level 4, its highest", "travel advisory", "avoid"),
    ("Germany warned its citizens against all travel to Yemen", "warned", "avoid"),
    ("The ministry advises against all but essential travel to the coast", "advises", "avoid"),
    ("Italy advised its citizens to put off all trips", "advised", "avoid"),
    ("Australia asked its citizens to reconsider their need to travel", "asked", "avoid"),
    ("A travel warning told Canadians to stay out of the north", "travel warning", "avoid"),
    ("India asked its citizens not to travel to Aden", "asked", "avoid"),
    ("The government coloured the whole of Yemen red on its travel advice map", "travel advice", "avoid"),
    ("France told its nationals to leave Yemen without delay", "told", "leave"),
    ("Belgium advised its nationals to leave while flights ran", "advised", "leave"),
    ("Poland called on Poles in Yemen to come home", "called on", "leave"),
    ("Austria told its citizens that they should consider leaving", "told", "leave"),
    ("Japan issued an evacuation advisory for its nationals", "evacuation advisory", "leave"),
    ("Manila raised its alert to level 4, which means compulsory repatriation", "alert", "leave"),
    ("Sweden lifted its advice against travel to Aden", "advice", "none"),
    ("Britain no longer advises against travel to Aden", "advises", "none"),
    ("The travel warning for Yemen was withdrawn", "travel warning", "none"),
    ("Ireland left its advice unchanged", "advice", None),
    ("The ministry updated its travel advice for Yemen", "travel advice", None),
    ("Britain refused to lift its travel warning", "travel warning", "caution"),
]


@pytest.mark.parametrize(("sentence", "trigger", "level"), LEVELS)
def test_level(sentence: str, trigger: str, level: str | None) -> None:
    """Each wording has its level on the codebook's scale."""
    assert advice_level(*clause_of(sentence, sentence.index(trigger))) == level


def test_each_clause_has_its_own_level() -> None:
    """Two senders in one sentence keep their levels apart."""
    sentence = "Austria told its citizens to take care, while Ireland advised against all travel to Yemen."
    told = [
        advice_level(*clause_of(sentence, sentence.index(word))) for word in ("told its", "advised against")
    ]
    assert told == ["caution", "avoid"]


def test_plans_and_guesses_are_told_from_advice() -> None:
    """What is planned is to come, what may be is unsure, what is given is neither."""
    for sentence, planned, unsure in (
        ("Finland plans to issue a travel warning for Yemen", True, False),
        ("New Zealand is considering a travel warning", True, False),
        ("Finland will raise its travel warning", True, False),
        ("Britain could issue a travel warning for Yemen", False, True),
        ("If the fighting spreads it may mean a travel warning", False, True),
        ("Britain issued a travel warning for Yemen", False, False),
    ):
        before, rest = clause_of(sentence, sentence.index("travel warning"))
        assert (is_to_come(before, rest), is_unsure(before)) == (planned, unsure), sentence


def posture_of(
    text: str, trigger: str, status: str = "happened", **roles: str
) -> tuple[str | None, ...] | None:
    """Give sender, advice and status of the one posture that an advisory for Yemen makes, if any."""
    made = Builder(text, "2015-02-11").event(
        "travel-advisory", trigger, where="Yemen", status=status, roles=dict(roles)
    )
    found = postures([made.build()])
    assert len(found) <= 1
    return (found[0].sender, found[0].advice, found[0].status) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Britain's travel warning for Yemen stands.", ("GBR", "caution", "in-force")),
        ("The American travel warning told visitors of risks in Yemen.", ("USA", "caution", "in-force")),
        ("The State Department issued a travel warning for Yemen.", ("USA", "caution", "in-force")),
        ("A travel warning told Canadians to stay out of Yemen.", ("CAN", "avoid", "in-force")),
        ("A travel warning by the Dutch embassy spoke of crime in Yemen.", ("NLD", "caution", "in-force")),
        (
            "Norway moved its diplomats. Its travel warning speaks of danger in Yemen.",
            ("NOR", "caution", "in-force"),
        ),
        ("The oil company's travel warning told its staff of risks in Yemen.", None),
        ("The tourism minister was angry at the travel warning for Yemen.", None),
        ("Britain could issue a travel warning for Yemen.", None),
    ],
)
def test_the_sender_of_a_noun(text: str, expected: tuple[str, ...] | None) -> None:
    """Whose a travel warning is stands beside it, in its sentence, or in the one before."""
    assert posture_of(text, "travel warning") == expected


def test_planned_advice_is_announced() -> None:
    """A warning that is only planned is announced; a given one is in force, whatever the model calls it."""
    text = "Finland plans to issue a travel warning for Yemen."
    assert posture_of(text, "travel warning", "planned") == ("FIN", "caution", "announced")
    text = "Finland told its citizens to leave Yemen."
    assert posture_of(text, "told", "requested", agent="Finland") == ("FIN", "leave", "in-force")


def test_advice_no_longer_given_is_none() -> None:
    """What is said no longer to be advised is told as denied, and lifts the advice."""
    text = "Britain no longer advises against travel to Yemen."
    assert posture_of(text, "advises", "denied", agent="Britain") == ("GBR", "none", "in-force")


def test_the_seat_of_a_mission_is_its_host() -> None:
    """An embassy that moves to another country had its seat where it was."""
    text = "Germany's embassy in Mali has moved to Yemen."
    made = Builder(text, "2015-02-11").event("mission-closure", "moved", where="Yemen")
    made.place("Mali")
    (found,) = postures([made.build()])
    assert (found.sender, found.host, found.mission) == ("DEU", "MLI", "relocated")


def test_peoples_are_not_their_states() -> None:
    """A people is named by its demonym, a state by its name."""
    assert [code for _, code in peoples_named("Canadians and Dutch citizens left Yemen")] == ["CAN", "NLD"]
