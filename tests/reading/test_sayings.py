"""Acts of saying as PolNeAR has them, and what they lend to claims."""

from __future__ import annotations

from datetime import date

import pytest

from dateline.knowledge.actors import ActorRegistry
from dateline.knowledge.gazetteer import Gazetteer
from dateline.reading.assemble import Assembler, Drafts
from dateline.reading.claims import draft_claims
from dateline.reading.events import draft_events
from dateline.reading.mentions import Mention
from dateline.reading.parties import find_parties
from dateline.reading.reader import Reader
from dateline.reading.sayings import find_sayings
from dateline.reading.thresholds import Thresholds
from dateline.record import Report
from tests.reading.builders import Sheet

T = Thresholds()


def _mention(sheet: Sheet, phrase: str, label: str) -> Mention:
    return Mention(*sheet.at(phrase), label, 0.9)


def test_claim_takes_the_whole_source_and_cue() -> None:
    """A source gets its title and a cue its verb group where the wider layers have them."""
    sheet = Sheet("Sellal , the prime minister , has said that 37 hostages died.")
    sheet.query("cue", "said", "cue", {"source": ["prime minister"], "content": ["37 hostages died"]})
    sheet.source("prime minister", "official")
    sheet.found.speakers.append(_mention(sheet, "Sellal , the prime minister ,", "speaker"))
    sheet.found.sayings.append(_mention(sheet, "has said", "saying"))
    (claim,) = draft_claims(sheet.found, [], [], T)
    assert claim.source == sheet.at("Sellal , the prime minister ,")
    assert claim.cue == sheet.at("has said")


def test_content_joins_what_the_saying_parts() -> None:
    """The two halves of a quotation around "police said" are one content; a further quotation is not."""
    sheet = Sheet('" They came at night , " police said , " and took her . " She is at home .')
    sheet.query(
        "cue", "said", "cue",
        {"source": ["police"], "content": ["They came at night", "and took her", "She is at home"]},
    )  # fmt: skip
    sheet.source("police", "institution")
    for phrase in ("They came at night", "and took her", "She is at home"):
        sheet.found.said.append(_mention(sheet, phrase, "said"))
    (claim,) = draft_claims(sheet.found, [], [], T)
    assert claim.content == (sheet.at("They came at night")[0], sheet.at("and took her")[1])


def test_attitude_holds_no_facts() -> None:
    """A cue that PolNeAR alone has makes a claim, but an event goes to a cue of the codebook."""
    sheet = Sheet("Officials hope that the army said ten rebels died.")
    sheet.query("trigger", "died", "death")
    sheet.query("cue", "hope", "saying", {"source": ["Officials"], "content": ["ten rebels died"]})
    sheet.query("cue", "said", "cue", {"source": ["the army"], "content": ["ten rebels died"]})
    sheet.source("Officials", "anonymous")
    sheet.source("the army", "institution")
    claims = draft_claims(sheet.found, draft_events(sheet.found, T), [], T)
    assert [c.events for c in claims] == [(), (0,)]


def test_saying_without_a_source() -> None:
    """What no one is named for is a saying, though no claim."""
    sheet = Sheet("It was reported that two men were shot.")
    sheet.query("cue", "reported", "saying", {"content": ["two men were shot"]})
    sheet.found.sayings.append(_mention(sheet, "reported", "saying"))
    sheet.found.said.append(_mention(sheet, "two men were shot", "said"))
    (saying,) = find_sayings(sheet.found, T)
    assert saying.source is None
    assert [s.text for s in saying.content] == ["two men were shot"]
    assert draft_claims(sheet.found, [], [], T) == []


def test_parties_keep_role_and_words() -> None:
    """A party has its role, and no stray comma."""
    sheet = Sheet("REBELS BOMBED THE BRIDGE , POLICE SAID.")
    sheet.found.fillers.append(Mention(*sheet.at("THE BRIDGE ,"), "thing", 0.7))
    (party,) = find_parties(sheet.found)
    assert (party.role, party.span.text) == ("thing", "THE BRIDGE")


def test_the_day_of_what_is_said_is_not_that_of_saying_it(reader: Reader) -> None:
    """ "Will evacuate its staff on Friday" dates the evacuation; "said on Tuesday" the claim."""
    text = (
        "BERLIN, March 3 - Germany said on Tuesday that it would close its embassy in Sanaa next week. "
        "The ministry said it will evacuate its staff on Friday."
    )
    record = reader.read(Report.of(text, published="2026-03-03", language="en"))
    when = {claim.source.name: claim.when for claim in record.claims}
    assert when["Germany"] is not None
    assert when["Germany"].start == "2026-03-03"
    assert when["The ministry"] is None
    assert {e.when.start for e in record.events if e.when and e.type == "evacuation"} == {"2026-03-06"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("The minister said on Monday that ten rebels had died in Gao.", "2013-01-14"),
        ("The minister said on 3 March 2012 that ten rebels had died in Gao.", "2012-03-03"),
        ("On 3 March 2012 the minister said that ten rebels had died in Gao.", "2012-03-03"),
        ("The minister said in 2011 that ten rebels had died in Gao.", None),
        ("The minister said a year ago ten rebels had died in Gao.", None),
        ("The minister said 3 March 2011 was when ten rebels had died in Gao.", None),
        ("The minister said in December that ten rebels had died in Gao.", "2012-12-31"),
    ],
)
def test_a_time_long_before_the_report_is_none_of_saying(text: str, said: str | None) -> None:
    """A day beside the words of saying stands however old; a year, or a day inside what is said, does not."""
    sheet = Sheet(text)
    at = text.casefold().index("the minister")
    content = text[text.index("3 March 2011") if "3 March 2011" in text else text.index("ten rebels") :][:-1]
    sheet.query("cue", "said", "cue", {"source": [text[at : at + 12]], "content": [content]})
    sheet.source(text[at : at + 12], "official")
    drafts = Drafts((), (), draft_claims(sheet.found, [], [], T), ())
    made = Assembler(
        None, sheet.found, drafts, Gazetteer.open(), ActorRegistry.open(),
        anchor=date(2013, 1, 16), header=None, quoted=(),
    )  # fmt: skip
    when = made.claims()[0].when
    assert (when.end if when else None) == said
