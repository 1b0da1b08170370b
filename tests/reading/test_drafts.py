"""From mentions to events, figures and claims."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dateline.reading.claims import draft_claims, in_quotes, quotations
from dateline.reading.coreference import happenings
from dateline.reading.events import draft_events
from dateline.reading.figures import draft_figures
from dateline.reading.layers import TRIGGER_LINKS
from dateline.reading.mentions import runs
from dateline.reading.thresholds import Thresholds
from tests.reading.builders import Sheet

T = Thresholds()


def test_event_takes_its_roles() -> None:
    """Linked words become arguments with their role; the place and the time are kept apart."""
    sheet = Sheet("French planes bombed a rebel base near Gao on Wednesday.")
    sheet.query(
        "trigger",
        "bombed",
        "airstrike",
        {"agent": ["French planes"], "target": ["a rebel base"], "where": ["Gao"], "when": ["on Wednesday"]},
    )
    (event,) = draft_events(sheet.found, T)
    told = {p.role: sheet.text[slice(*sheet.found.offsets(*p.words))] for p in event.parts}
    assert told == {"agent": "French planes", "target": "a rebel base"}
    assert event.where == sheet.at("Gao")
    assert event.when == sheet.at("on Wednesday")
    assert event.status == "happened"


@pytest.mark.parametrize(
    ("link", "trigger", "told"), [(0.9, 0.8, True), (0.75, 0.95, True), (0.75, 0.72, False)]
)
def test_a_time_needs_a_sure_event(link: float, trigger: float, told: bool) -> None:
    """A time counts where its link and its event together are sure; a doubtful trigger has none."""
    sheet = Sheet("French planes bombed a rebel base on Wednesday.")
    query = sheet.query("trigger", "bombed", "airstrike")
    query.scores[slice(*sheet.at("on Wednesday")), TRIGGER_LINKS.index("when")] = link
    sheet.found.triggers = [replace(query, confidence=trigger)]
    (event,) = draft_events(sheet.found, T)
    assert event.when == (sheet.at("on Wednesday") if told else None)


def test_the_likeliest_time_is_taken() -> None:
    """Of two times that link to an event the surer one is its."""
    sheet = Sheet("On Monday planes bombed a base, and on Friday a camp.")
    query = sheet.query("trigger", "bombed", "airstrike", {"when": ["On Monday"]})
    query.scores[slice(*sheet.at("on Friday")), TRIGGER_LINKS.index("when")] = 0.7
    (event,) = draft_events(sheet.found, T)
    assert event.when == sheet.at("On Monday")


def test_two_roles_never_share_words() -> None:
    """Where two roles claim the same words, the likelier has them."""
    sheet = Sheet("Gunmen killed five traders.")
    query = sheet.query("trigger", "killed", "killing", {"target": ["five traders"]})
    query.scores[slice(*sheet.at("five traders")), 0] = 0.6
    (event,) = draft_events(sheet.found, T)
    assert [p.role for p in event.parts] == ["target"]


def test_argument_is_trimmed() -> None:
    """Stray commas and conjunctions at the ends of a phrase are taken off."""
    sheet = Sheet("Rebels , and soldiers fought.")
    query = sheet.query("trigger", "fought", "battle")
    query.scores[0:4, 0] = 0.9
    (event,) = draft_events(sheet.found, T)
    assert event.parts[0].words == (0, 4)
    query.scores[:] = 0
    query.scores[1:4, 0] = 0.9
    (event,) = draft_events(sheet.found, T)
    assert event.parts[0].words == (3, 4)


def test_run_bridges_one_doubtful_word() -> None:
    """One weaker word inside a phrase does not cut it; a sentence border does."""
    sheet = Sheet("A car bomb went off. Two died.")
    query = sheet.query("trigger", "went off", "bombing")
    query.scores[0, 2] = query.scores[2, 2] = 0.9
    query.scores[1, 2] = 0.3
    assert [(a, b) for a, b, _ in runs(query, 2, 0.5, sheet.found.text.sentence)] == [(0, 3)]
    query.scores[:, 2] = 0.9
    assert (0, 6) in [(a, b) for a, b, _ in runs(query, 2, 0.5, sheet.found.text.sentence)]


def test_figure_takes_its_bounds_from_the_grammar() -> None:
    """The number's words give the bounds, with the qualifier the model may have missed."""
    sheet = Sheet("At least seven villagers were killed and a driver was hurt.")
    event = sheet.query("trigger", "killed", "killing")
    sheet.query("figure", "seven", "killed", {"who": ["villagers"], "event": ["killed"]}, group="civilian")
    sheet.query("figure", "a driver", "wounded")
    events = draft_events(sheet.found, T)
    toll, hurt = draft_figures(sheet.found, events, T)
    assert (sheet.text[toll.start : toll.end], toll.low, toll.high) == ("At least seven", 7, None)
    assert (toll.group, toll.event) == ("civilian", 0)
    assert toll.who == sheet.at("villagers")
    assert (hurt.low, hurt.high, hurt.event) == (1, 1, None)
    assert events[0].query is event


def test_plural_without_a_number_is_no_figure() -> None:
    """A crowd that nobody counted gives no figure."""
    sheet = Sheet("In Gao soldiers were killed.")
    sheet.query("figure", "soldiers", "killed")
    assert draft_figures(sheet.found, [], T) == []


def test_claim_ties_facts_to_their_source() -> None:
    """What stands in the content of a cue is said by its source; the rest is the report's own."""
    sheet = Sheet("Police said two men were shot. The town was shelled.")
    sheet.query("trigger", "shot", "armed-attack")
    sheet.query("trigger", "shelled", "shelling")
    sheet.query("cue", "said", "cue", {"source": ["Police"], "content": ["two men were shot"]})
    sheet.source("Police", "institution")
    events = draft_events(sheet.found, T)
    (claim,) = draft_claims(sheet.found, events, [], T)
    assert claim.events == (0,)
    assert claim.kind == "institution"
    assert claim.content == sheet.at("two men were shot")


def test_saying_without_a_source_is_no_claim() -> None:
    """A cue that links to no one makes no claim."""
    sheet = Sheet("It was reported that two men were shot.")
    sheet.query("cue", "reported", "cue", {"content": ["two men were shot"]})
    assert draft_claims(sheet.found, [], [], T) == []


def test_nearer_cue_has_the_fact() -> None:
    """Of two sayings that cover a fact alike, the nearer one holds it."""
    sheet = Sheet("AFP said the army announced that ten rebels died.")
    sheet.query("trigger", "died", "death")
    for cue, source in (("said", "AFP"), ("announced", "the army")):
        sheet.query("cue", cue, "cue", {"source": [source], "content": ["ten rebels died"]})
        sheet.source(source, "media")
    claims = draft_claims(sheet.found, draft_events(sheet.found, T), [], T)
    assert [c.events for c in claims] == [(), (0,)]


def test_happenings_do_not_chain() -> None:
    """A third mention joins a group by its mean likeness, not through one strong link."""
    sheet = Sheet("The blast, the explosion and the bombing.")
    a = sheet.query("trigger", "blast", "bombing", {"same": ["explosion"]})
    b = sheet.query("trigger", "explosion", "bombing", {"same": ["blast"]})
    c = sheet.query("trigger", "bombing", "bombing")
    assert happenings([a, b, c], 0.5) == [0, 0, 1]
    c.scores[slice(*sheet.at("explosion")), -1] = 0.9
    assert happenings([a, b, c], 0.5) == [0, 0, 1]


def test_happenings_keep_types_apart() -> None:
    """Two types are never one happening, whatever the scores."""
    sheet = Sheet("The blast killed two.")
    a = sheet.query("trigger", "blast", "bombing", {"same": ["killed"]})
    b = sheet.query("trigger", "killed", "killing", {"same": ["blast"]})
    assert happenings([a, b], 0.5) == [0, 1]


def test_quotations() -> None:
    """Curly and straight marks are matched; a paragraph's end closes what was left open."""
    text = 'He said “two died” and "three fled.\n\nNo one "else" came.'
    assert [text[a:b] for a, b in quotations(text)] == ["two died", "else"]
    assert in_quotes(quotations(text), 9, 17)
    assert not in_quotes(quotations(text), 0, 12)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Japan said on Wednesday it would shut its embassy.", "planned"),
        ("Japan announced it would evacuate staff and shut its embassy.", "planned"),
        ("Japan said it would shut its embassy if fighting spread.", "planned"),
        ("TOKYO, May 3 - Japan said it would shut its embassy.", "planned"),
        ("If fighting spread, Japan said it would shut its embassy.", "hypothetical"),
        ("The mayor wondered whether Japan would shut its embassy.", "hypothetical"),
    ],
)
def test_announced_plan(text: str, status: str) -> None:
    """What its maker says it "would" do is planned; what hangs on a condition told before is not."""
    sheet = Sheet(text)
    sheet.query("trigger", "shut", "mission-closure", status="hypothetical")
    (event,) = draft_events(sheet.found, T)
    assert event.status == status


def test_bare_article_takes_its_noun() -> None:
    """One person found by the article alone is told with the noun."""
    sheet = Sheet("A militant died in the raid.")
    sheet.query("figure", "A", "killed")
    (figure,) = draft_figures(sheet.found, [], T)
    assert (sheet.text[figure.start : figure.end], figure.low, figure.high) == ("A militant", 1, 1)


def test_words_that_count_no_one() -> None:
    """A preposition or an untold number is no person."""
    sheet = Sheet("They flew an unspecified number of workers out at dawn.")
    sheet.query("figure", "an unspecified number of", "evacuated")
    sheet.query("figure", "at", "killed")
    assert draft_figures(sheet.found, [], T) == []


def test_multiple_is_no_one_person() -> None:
    """Words that say there were people and not how many give no figure."""
    sheet = Sheet("Multiple people were hurt, and neither man had a gun.")
    sheet.query("figure", "Multiple", "wounded")
    sheet.query("figure", "neither", "wounded")
    assert draft_figures(sheet.found, [], T) == []


@pytest.mark.parametrize(
    ("text", "wrong", "right"),
    [
        ("The director said that 17 had died , not 19 .", "19", "17"),
        ("The army said 12 rebels were killed rather than 40 .", "40", "12"),
        ("Not 5 but 9 people were killed .", "5", "9"),
        ("The ministry spoke of 23 dead instead of the 37 .", "37", "23"),
    ],
)
def test_the_number_beside_the_right_one_is_denied(text: str, wrong: str, right: str) -> None:
    """Who corrects a toll says that the other number is wrong; the word "not" itself counts no one."""
    sheet = Sheet(text)
    for words in (wrong, right, *(["not"] if ", not" in text else [])):
        sheet.query("figure", words, "killed")
    status = {sheet.text[f.start : f.end]: f.status for f in draft_figures(sheet.found, [], T)}
    assert status == {wrong: "denied", right: "stated"}


def test_not_all_of_a_number_denies_nothing() -> None:
    """A bound below is no correction."""
    sheet = Sheet("No fewer than 19 people were killed , not all of them civilians .")
    sheet.query("figure", "19", "killed")
    assert [f.status for f in draft_figures(sheet.found, [], T)] == ["stated"]


@pytest.mark.parametrize(
    ("text", "told", "numbers"),
    [
        ("The ministry raised the death toll from 12 to 19 on Sunday .", "12", [12, 19]),
        ("The ministry raised the death toll from 12 to 19 on Sunday .", "19", [12, 19]),
        ("The toll rose to 19 from 12 , the ministry said .", "19", [19, 12]),
        ("Police said 19 people had died, up from an earlier toll of 12 .", "19", [19, 12]),
        ("Some 40 workers from 14 countries were killed .", "40", [40]),
        ("They drove 12 people from 3 villages to 2 camps .", "12", [12]),
    ],
)
def test_a_toll_that_moves_has_both_its_numbers(text: str, told: str, numbers: list[int]) -> None:
    """ "From 12 to 19" is two figures, where the model takes one of them; "from 14 countries" is none."""
    sheet = Sheet(text)
    sheet.query("figure", told, "killed")
    figures = draft_figures(sheet.found, [], T)
    assert [f.low for f in figures] == numbers
    assert [f.high for f in figures] == numbers


@pytest.mark.parametrize(
    "text",
    [
        "An Egyptian court sentenced 21 people to death on Saturday .",
        "Another 21 were sentenced to hang .",
        "A judge condemned some 21 of them to die .",
    ],
)
def test_those_sentenced_to_death_are_not_dead(text: str) -> None:
    """What a court says will be done is no count of the killed; a riot's dead in the same sentence are."""
    sheet = Sheet(text)
    sheet.query("figure", "21", "killed")
    assert draft_figures(sheet.found, [], T) == []
    told = Sheet("A court sentenced a man to death for a riot in which 74 people died .")
    told.query("figure", "74", "killed")
    assert [f.low for f in draft_figures(told.found, [], T)] == [74]


def test_an_unknown_number_counts_no_one() -> None:
    """An article before "unknown number" is no single person, wherever the mention ends."""
    for words in ("an", "an unknown", "an unknown number"):
        sheet = Sheet("Inside an unknown number of hostages were held .")
        sheet.query("figure", words, "held")
        assert draft_figures(sheet.found, [], T) == []


def test_an_article_alone_says_nothing() -> None:
    """A source of which only the article is left makes no claim."""
    sheet = Sheet("The embassy was closed , citing threats .")
    sheet.query("cue", "citing", "cue", {"source": ["The"], "content": ["threats"]})
    assert draft_claims(sheet.found, [], [], T) == []
