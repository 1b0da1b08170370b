"""The fixed phrases of travel advice and of missions, and what only looks like them."""

from __future__ import annotations

import pytest

from dateline.reading.advice import advice_in
from dateline.reading.missions import missions_in
from dateline.reading.reader import Reader
from dateline.record import Report

ADVICE = [
    ("The Philippines raised alert level 4 over Libya on Monday.", ["alert level 4"]),
    ("A travel warning told Canadians to stay out of northern Nigeria.", ["travel warning", "told"]),
    ("The State Department issued a travel warning for Lebanon on Monday.", ["travel warning"]),
    ("Australia updated its travel advice for Bali on Friday.", ["travel advice"]),
    ("Washington put Mexico at level 3 of its travel advisory.", ["travel advisory"]),
    ("The ministry renewed its travel alert for Nepal.", ["travel alert"]),
    ("A worldwide caution by the State Department spoke of attacks.", ["worldwide caution"]),
    ("Sweden lifted its advice against travel to Sharm el-Sheikh.", ["advice"]),
    ("Berlin repeated its warning against any journeys to the border.", ["warning"]),
    ("Kenya and Uganda issued alerts to their citizens.", ["alerts"]),
    ("The United States raised its alert for Haiti on Friday.", ["alert"]),
    ("Japan raised its alert to level 3.", ["alert"]),
    ("South Korea raised its alert to the third of four levels.", ["alert"]),
    ("France lists the north as “do not travel”.", ["do not travel"]),
    ("A security alert by the embassy spoke of crowds.", ["security alert"]),
    ("Germany's foreign ministry warned its citizens against all travel to Yemen.", ["warned"]),
    ("The Foreign Office advises against all but essential travel to the coast.", ["advises"]),
    ("Swiss authorities advised against tourist trips and other non-urgent travel.", ["advised"]),
    ("France told its nationals to leave Chad without delay.", ["told"]),
    ("Poland called on Poles in Ukraine to come home.", ["called on"]),
    ("Belgium advised its 300 nationals in Burundi to leave while flights ran.", ["advised"]),
    ("India asked its citizens not to travel to Kabul.", ["asked"]),
    ("Italy advised its citizens to put off all trips to Egypt.", ["advised"]),
    ("Spain recommended that its citizens avoid the border region.", ["recommended"]),
    ("The embassy in Kabul urged Americans to exercise caution.", ["urged"]),
    ("Denmark asked its citizens in Libya to register and be vigilant.", ["asked"]),
    ("France told its citizens in Niger to stay at home.", ["told"]),
    ("China warned its tourists in Venezuela about the danger of crime.", ["warned"]),
    ("New Zealand said its nationals should not travel to Bangui.", ["should not travel"]),
    ("Its citizens were urged to leave the island.", ["urged"]),
    ("Norway urges citizens to go\n\nOSLO - Norway shut its embassy.", ["urges"]),
    ("Americans told to leave Libya", ["told"]),
    ("THE EMBASSY ADVISED U.S. CITIZENS TO AVOID DOWNTOWN.", ["ADVISED"]),
]
OTHER = [
    "The oil company warned its staff in Yemen of attacks.",
    "The weather office issued a severe weather warning for travellers on Highway 9.",
    "A winter storm brought a travel advisory for three counties; motorists were told to stay at home.",
    "Forecasters issued a tsunami warning for the coast of Chile.",
    "A profit warning by the airline hit its shares.",
    "The hotel gave travel advice to its guests.",
    "The travel agency published its travel advice for skiers in Austria.",
    "A court issued a travel ban on the former minister.",
    "He ignored the warning and travelled to Aleppo.",
    "Police urged people to avoid the area around the station.",
    "The mayor asked residents to stay indoors until the gas was gone.",
    "The coach told the players to be careful with the ball.",
    "Deputies told the crowd to leave.",
    "The union advised against a strike.",
    "The doctor warned her patients of the risks.",
    "Scientists raised alert level 3 over Mayon Volcano.",
    "The school is on alert level 2 for now.",
    "The rebels warned the army against any attack on the town.",
]


@pytest.mark.parametrize(("text", "words"), ADVICE)
def test_advice_is_found(text: str, words: list[str]) -> None:
    """Nouns and verbs of travel advice, each by the words that name it."""
    assert [text[a:b] for a, b in advice_in(text)] == words


@pytest.mark.parametrize("text", OTHER)
def test_other_warnings_are_none(text: str) -> None:
    """A company's word to its staff, a storm's warning, a town's call to its own are no travel advice."""
    assert advice_in(text) == []


def test_mission_nouns_are_found() -> None:
    """A closing, an opening and the leaving of staff, told as nouns."""
    text = (
        "Canada announced the temporary suspension of operations at its embassy in Caracas and the departure of "
        "non-essential staff. Oslo spoke of the reopening of the British consulate. The closure of the French "
        "embassy follows."
    )
    found = sorted(missions_in(text), key=lambda row: row[1])
    assert [(kind, text[a:b]) for kind, a, b in found] == [
        ("mission-closure", "suspension"), ("evacuation", "departure"),
        ("mission-opening", "reopening"), ("mission-closure", "closure"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "The closure of a library near the river was announced.",
        "The opening of the trial was put off.",
        "The departure of the team from Lima was late.",
        "The suspension of the minister followed.",
    ],
)
def test_other_closings_are_none(text: str) -> None:
    """Libraries, trials, teams and ministers are no missions."""
    assert list(missions_in(text)) == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The State Department issued a travel warning for Lebanon on Monday, citing the risk of crime.", "warning"),
        ("Germany's foreign ministry warned its citizens against all travel to Yemen.", "warned"),
        ("The Foreign Office advises against all but essential travel to the coast of Kenya.", "advises"),
        ("Poland called on Poles in Ukraine to come home.", "called"),
        ("Spain recommended that its citizens avoid the border region of Mauritania.", "recommended"),
    ],
)  # fmt: skip
def test_a_record_has_them_as_advisories(reader: Reader, text: str, words: str) -> None:
    """Whatever the model makes of such a phrase, the record has one travel advisory there."""
    events = [
        e for e in reader.read(Report.of(text, published="2015-03-03")).events if words in e.trigger.text
    ]
    assert [e.type for e in events] == ["travel-advisory"]
