"""Sentences as crisis news has them, drawn by the number of a story: names, things and wording of its own.

Its words are ones that news has often (`incidents/frequencies.txt`), but for the
names: what a report is known by are its people and its quarter, as in the news.
Reports of one happening share its people, its quarter of the town and the things
that stand there; reports of different ones share what news shares. A made report
whose words are all those of a fixed sentence would look like a reprint of every other.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["Story", "story"]

_STARTS = (
    "Ab Ad Al Am Ba Be Bo Da Di Do El Fa Fo Ga Go Ha Hi Ib Is Ja Ju Ka Ke Ko La Li Lo Ma Me Mo Na Ni "
    "No Od Om Pa Po Ra Ri Ro Sa Se So Ta Ti To Ul Va Vo Wa Ya Yu Za Zo"
).split()
_MIDDLES = ("ba da di dou fa ga gui ha ka ki la li lo ma mi mou na ni ra ri ro sa si ta ti va wa ya").split()
_ENDS = (
    "bal dane dou far gan go kan ko lam lem man mar mou nan ne ouf ra ren ri rou san so tan ti tou yel za"
).split()
_THINGS = (
    "airport arena bakery bank barracks bridge camp church clinic club college consulate court depot "
    "embassy farm ferry garage hall highway hotel jail lake market mill mine ministry mosque "
    "observatory office palace park pipeline plant port post-office power-line prison restaurant "
    "river road school shop square station store street temple tower town-hall tunnel university "
    "water-tower well"
).split()
_PEOPLE = (
    "actor banker cook doctor driver engineer farmer grandmother guard journalist lawyer manager "
    "miner neighbour nurse officer pastor photographer pilot priest professor sailor secretary singer "
    "soldier student teacher tourist worker writer"
).split()
# A story has its own word for each of these, so that two stories share no whole sentence.
_WORDINGS = tuple(
    tuple(row.split("/"))
    for row in (
        "said/told reporters/recalled/explained/added/related/insisted", "asked/begged/urged/ordered",
        "people/residents/villagers/neighbours/locals", "carried/brought/driven",
        "dead/fallen/victims/killed", "ruins/remains/wreck", "evening/night/afternoon/small hours",
        "heard/reported/counted/noticed", "hit/struck/damaged", "roof/front/gate/upper floor/north wall",
        "broken/blown out", "families/relatives", "guard/convoy", "promised/vowed/pledged/announced",
        "searched/dug through", "commission/panel/committee/team", "weeks/days/months", "minutes/hours",
        "cousin/uncle/sister/brother/nephew", "hid/lay", "pamphlet/note/letter/flag",
        "aides/deputies/drivers", "capital/coast/border/province", "ran/fled",
        "pupils/children/passengers/customers", "lost/kept only/will need", "blankets/tents",
        "earnings/wages/trade", "turned/stopped", "wounded/injured/hurt", "doctors/nurses/medics",
        "watchmen/guards", "owner/manager/founder", "volunteers/students/soldiers",
        "power/water/telephone line", "failed/was cut/gave out/came back late",
    )
)  # fmt: skip
_ALTERNATIVES = {row[0]: row for row in _WORDINGS}
_SENTENCES = (
    "{person}, a {trade}, said that the {thing} moved as if in an earthquake.",
    "The dead were carried to the {thing} in {quarter}, where {official} received the families.",
    "“I saw {n} of them at the {thing},” {person} said by telephone.",
    "{official}, head of the council, asked people to avoid the {other}.",
    "Windows were broken as far as the {other} at the edge of {quarter}.",
    "A {trade}, {first}, hid behind the {thing} for {n} minutes.",
    "Traffic to {quarter} was turned at the {other} until the evening.",
    "{person} had come to {quarter} only {n} days before, a cousin said.",
    "Twice this year the {thing} was hit, {official} recalled.",
    "The owner of the {thing}, {person}, puts the damage at {n} months of earnings.",
    "Volunteers from {quarter} brought water and blankets to the {other}.",
    "{official} promised a new {thing} within {n} weeks.",
    "{official} named no one, and nobody claimed it.",
    "In {quarter} the power failed, and the {other} was dark.",
    "“They asked for my {trade}'s licence,” said {person}.",
    "A commission led by {official} will hear the men of the {thing}.",
    "The {other}, built {n} years ago, lost its roof.",
    "A {trade} and {n} children were wounded outside the {thing}.",
    "{person} searched the ruins of the {thing} for {first} until dawn.",
    "Shots were heard again near the {other} {n} hours later, people in {quarter} said.",
    "{official} came from the capital to {quarter} with a guard of {n}.",
    "The {thing} was searched last week, according to {person}.",
    "A letter at the {other} named {official} and his aides.",
    "The insurance sent {n} people to the {thing}; {person} met them.",
)
_AID = (
    "Doctors asked for blood in {quarter}, whose hospital is full.",
    "The hospital in {quarter} has too little blood, {official} said.",
    "The wounded lie in the hospital beside the {other}; {person} gave blood.",
    "No blood was left in {quarter}'s hospital, according to {person}.",
    "At the hospital {official} gave blood and {n} others waited.",
)
_WORD = re.compile(r"(?<![{a-z])[a-z]+(?![}a-z])")  # no slot


@dataclass(frozen=True)
class Story:
    """What all reports of one happening share: its quarter of the town, and sentences on it.

    `aid` is the one on the hospital, which half of its reports have.
    """

    quarter: str
    lines: tuple[str, ...]
    aid: str

    def told(self, own: random.Random, count: int) -> list[str]:
        """Give the sentences that one report of it has: `count` of its own choice, or all there are."""
        chosen = own.sample(range(len(self.lines)), min(count, len(self.lines)))
        return [self.lines[at] for at in sorted(chosen)] + [self.aid] * (own.random() < 0.5)


def story(number: int, lines: int = 6) -> Story:
    """Make what is told of a happening: the same number gives the same."""
    drawn = random.Random(f"story {number}")
    quarter, official = _name(drawn), f"{_name(drawn)} {_name(drawn)}"
    things = drawn.sample(_THINGS, 4)
    wording = {word: drawn.choice(row) for word, row in _ALTERNATIVES.items()}

    def filled(sentence: str) -> str:
        worded = _WORD.sub(lambda m: wording.get(m.group(), m.group()), sentence)
        return worded.format(
            person=f"{_name(drawn)} {_name(drawn)}", official=official, first=_name(drawn), quarter=quarter,
            thing=_words(drawn.choice(things[:2])), other=_words(drawn.choice(things[2:])),
            trade=drawn.choice(_PEOPLE), n=drawn.randint(2, 40),
        )  # fmt: skip

    return Story(quarter, tuple(map(filled, _drawn(drawn, lines))), filled(drawn.choice(_AID)))


def _drawn(drawn: random.Random, count: int) -> Sequence[str]:
    """Draw sentences, each once before any comes twice."""
    rounds = -(-count // len(_SENTENCES))
    return [s for _ in range(rounds) for s in drawn.sample(_SENTENCES, len(_SENTENCES))][:count]


def _words(name: str) -> str:
    return name.replace("-", " ")


def _name(drawn: random.Random) -> str:
    middle = drawn.choice(_MIDDLES) if drawn.random() < 0.6 else ""
    return drawn.choice(_STARTS) + middle + drawn.choice(_ENDS)
