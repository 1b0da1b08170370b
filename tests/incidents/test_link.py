"""Linking: one happening is one incident, whatever came first; others stay apart."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, permutations
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.incidents import Index, Linked, hosts, keys, link
from dateline.incidents.match import SCORER, features
from dateline.incidents.profiles import profile_of
from dateline.incidents.units import units_of
from dateline.record import Incident, Record
from tests.incidents.builder import Builder
from tests.incidents.stories import battle_elsewhere, car_bomb, quake, siege, tanker


@dataclass(frozen=True)
class Anchor:
    report: str
    start: int
    end: int


@dataclass(frozen=True)
class Decision:
    kind: str
    anchors: tuple[Anchor, ...]
    others: tuple[Anchor, ...] = ()


@dataclass(frozen=True)
class Copy:
    publisher: str | None
    url: str | None


def anchor(record: Record, event: int = 0) -> Anchor:
    trigger = record.events[event].trigger
    return Anchor(record.report.id, trigger.start, trigger.end)


def of(linked: Linked, record: Record) -> Incident:
    """The incident in which a report has most events."""
    return max(linked.incidents, key=lambda i: sum(m.report == record.report.id for m in i.events))


def test_a_siege_told_over_ten_days_is_one_incident() -> None:
    """Reports of the first and of the tenth day stand in one incident, in order of telling."""
    records = siege()
    linked = link(records)
    assert len(linked.incidents) == 1
    assert linked.incidents[0].reports == tuple(r.report.id for r in records)
    assert linked.incidents[0].start == "2014-05-03"
    assert linked.incidents[0].where is not None
    assert linked.incidents[0].where.name == "Berbera"


def test_other_attacks_stay_apart() -> None:
    """A bombing in the same town that week and a battle elsewhere are incidents of their own."""
    records = [*siege(), *car_bomb(), battle_elsewhere()]
    linked = link(records)
    assert sorted(len(i.reports) for i in linked.incidents) == [1, 2, 4]
    assert of(linked, records[0]).id != of(linked, records[4]).id
    assert of(linked, records[4]).id == of(linked, records[5]).id


def test_an_older_attack_is_background() -> None:
    """An attack of years ago neither joins the incident nor makes one that no report tells as news."""
    linked = link(siege())
    text = {m.event for i in linked.incidents for m in i.events if m.report == siege()[2].report.id}
    assert text == {"e1", "e2"}
    assert "19" not in {str(c.low) for i in linked.incidents for line in i.ledger for c in line.claims}


@pytest.mark.parametrize("order", list(permutations(range(4)))[::5])
def test_the_order_of_records_does_not_matter(order: tuple[int, ...]) -> None:
    """Linking gives the same bytes for the same records in any order."""
    records = siege()
    whole = link([*records, *car_bomb()])
    shuffled = link([*reversed(car_bomb()), *(records[n] for n in order)])
    assert [i.to_json() for i in shuffled.incidents] == [i.to_json() for i in whole.incidents]
    assert shuffled.ties == whole.ties


def test_parts_are_named() -> None:
    """The raid within the siege is a part of the whole, and the siege itself is none."""
    incident = link(siege()).incidents[0]
    parts = {m.part for m in incident.events}
    assert incident.type == "abduction"
    assert None in parts
    assert {"killing", "security-operation"} <= parts


@pytest.mark.parametrize("seed", range(6))
def test_adding_one_by_one_gives_what_a_batch_gives(seed: int) -> None:
    """An index fed in any order, relinking only what each report touches, ends where linking all ends."""
    records = [*siege(), *car_bomb(), battle_elsewhere(), tanker(), quake()]
    whole = link(records)
    Random(seed).shuffle(records)
    index = Index(records)
    assert [i.to_json() for i in index.linked().incidents] == [i.to_json() for i in whole.incidents]
    assert index.linked().postures == whole.postures


def test_a_report_that_touches_nothing_relinks_nothing() -> None:
    """Adding a report from elsewhere gives its own incident alone, and adding it twice changes nothing."""
    index = Index([*siege(), *car_bomb()])
    before = {i.id for i in index.linked().incidents}
    added = index.add(tanker())
    assert [i.reports for i in added] == [(tanker().report.id,)]
    assert index.add(tanker()) == added
    assert {i.id for i in index.linked().incidents} == before | {added[0].id}


def test_what_is_joined_shares_a_key_and_is_tied() -> None:
    """Any two reports of one incident are joined by ties, and tied reports share a key."""
    records = {r.report.id: r for r in siege()}
    linked = link(records.values())
    assert all(keys(records[a]) & keys(records[b]) for a, b in linked.ties)
    reached, more = {next(iter(records))}, True
    while more:
        grown = reached | {x for pair in linked.ties if set(pair) & reached for x in pair}
        more, reached = grown != reached, grown
    assert reached == set(records)


def test_an_earlier_report_keeps_the_old_id_as_an_alias() -> None:
    """The id is that of the earliest report; the one it had before stands in the aliases."""
    records = siege()
    before = link(records[1:]).incidents[0]
    after = link(records).incidents[0]
    assert before.id != after.id
    assert before.id in after.aliases


def test_the_same_text_is_a_copy() -> None:
    """Records of one text are one report; the other appearance is told in `also`."""
    records = siege()
    reprint = Builder(records[0].report.text, "2014-05-04", "Zeila Times", url="https://zeila.example.org/1")
    twin = Record(report=reprint.build().report, places=records[0].places, events=records[0].events,
                  figures=records[0].figures, claims=records[0].claims)  # fmt: skip
    alone, both = link(records[:1]), link([records[0], twin])
    assert len(both.incidents) == len(alone.incidents) == 1
    claim = both.incidents[0].ledger[0].claims[0]
    assert claim.also == ("https://zeila.example.org/1",)
    assert both.incidents[0].reports == alone.incidents[0].reports


def test_copies_that_the_store_knows_are_told() -> None:
    """Appearances handed in by report id stand in `also` of each claim of the report."""
    record = siege()[0]
    linked = link([record], copies={record.report.id: [Copy("Zeila Times", None)]})
    assert {c.also for line in linked.incidents[0].ledger for c in line.claims} == {("Zeila Times",)}


def test_people_merge_and_split() -> None:
    """A merge joins what the scorer keeps apart, a split parts what it joins; the later decision holds."""
    records, bomb = siege(), car_bomb()
    merge = Decision("merge", (anchor(records[0]), anchor(bomb[0])))
    merged = link([*records, *bomb], decisions=[merge])
    assert of(merged, records[0]).id == of(merged, bomb[0]).id
    split = Decision("split", (anchor(records[3]),), (anchor(records[0]), anchor(records[1])))
    parted = link(records, decisions=[split])
    assert of(parted, records[3]).id != of(parted, records[0]).id
    undone = Decision("split", merge.anchors[:1], merge.anchors[1:])
    assert len(link([*records, *bomb], decisions=[merge, undone]).incidents) == 2


def test_a_split_can_part_the_events_of_one_report() -> None:
    """Two events of one report that people keep apart stand in two incidents."""
    record = siege()[0]
    split = Decision("split", (anchor(record, 2),), (anchor(record, 0),))
    linked = link([record], decisions=[split])
    assert len(linked.incidents) == 2


def test_a_report_without_events_makes_no_incident() -> None:
    """A report in which nothing happens has no hosts and no incident, and a very short one no keys."""
    record = Builder(
        "The national side won its first match on Sunday evening, and the streets were full."
    ).build()
    assert (hosts(record), link([record]).incidents) == (set(), ())
    assert keys(Builder("They won.").build()) == frozenset()


def test_a_report_in_which_no_event_was_found_can_join_by_its_words() -> None:
    """What the reader missed in a report is no reason to leave it out of the incident that it tells of."""
    records = siege()
    bare = Builder(
        records[0].report.text + " Night fell.", "2014-05-03", "Horn Daily", title=records[0].report.title
    )
    bare.place("Berbera")
    incident = link([*records, bare.build()]).incidents[0]
    assert bare.build().report.id in incident.reports
    assert bare.build().report.id not in {m.report for m in incident.events}


def test_a_report_without_events_does_not_join_by_common_words() -> None:
    """A quiet harbour elsewhere is no report on a bombing that neither day nor known place tells from it."""
    bomb = Builder(
        "A bomb killed four in Sevare in the morning, and in the evening the town was quiet.", "2013-01-09"
    )
    bomb.event("bombing", "bomb").event("killing", "killed")
    quiet = Builder(
        "The harbour of Suva was quiet in the morning and the town in the evening.", "2013-01-09", "Reef Post"
    )
    assert [i.reports for i in link([bomb.build(), quiet.build()]).incidents] == [(bomb.build().report.id,)]
    first, second = (units_of(made.build())[0] for made in (bomb, quiet))
    assert features(first, second)["undated_near"] == 0.0


@pytest.mark.parametrize("seed", range(3))
def test_ties_are_told_early_and_are_those_of_the_whole_score(seed: int) -> None:
    """Giving up early on a pair never loses one that ties, nor finds another score."""
    profiles = [profile_of(unit) for record in _all() for unit in units_of(record)]
    Random(seed).shuffle(profiles)
    found = 0
    for p, q in combinations(profiles, 2):
        score = SCORER.score(p.unit, q.unit)
        assert SCORER.tie(p, q) == (score if score >= SCORER.edge else None)
        assert score == pytest.approx(
            max(-SCORER.limit, min(SCORER.limit, SCORER.bias + sum(SCORER.explain(p.unit, q.unit).values()))),
            abs=0.03,
        )
        found += score >= SCORER.edge
    assert found


def test_a_happening_no_report_dates_or_places_is_kept() -> None:
    """Without day, place or date of publication an event still makes an incident."""
    record = Builder("A bomb went off and killed two.", None).event("bombing", "went off").build()
    incident = link([record]).incidents[0]
    assert (incident.type, incident.start, incident.where) == ("bombing", None, None)


def _all() -> list[Record]:
    return [*siege(), *car_bomb(), battle_elsewhere(), tanker(), quake(), passing()]


def passing(published: str = "2014-05-09") -> Record:
    """Give a report of another matter elsewhere that recalls the siege in one sentence, with its toll."""
    text = (
        "NAIROBI (Nairobi Courier) - Kenya shut its embassy in Yemen on Friday, the foreign ministry said.\n\n"
        "Thirteen people died last week in the siege of a hotel in Berbera."
    )
    made = Builder(text, published, "Nairobi Courier", title="Kenya shuts embassy in Sanaa")
    made.actor("Kenya", "government", "KEN")
    made.event("mission-closure", "shut", where="Yemen", day="2014-05-09", roles={"agent": "Kenya"})
    made.event("killing", "died", where="Berbera").event("abduction", "siege", where="Berbera")
    made.figure("killed", "Thirteen", 13, of="died")
    return made.claim("the foreign ministry", "institution", ["shut"]).build()


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(10)), size=st.integers(min_value=1, max_value=10))
def test_any_reports_in_any_order_one_by_one_give_what_a_batch_gives(order: list[int], size: int) -> None:
    """Whichever reports came, in whatever order: the same incidents, ties and postures, one by one or at once."""
    records = [_all()[n] for n in order[:size]]
    batch, other = link(records), link(sorted(records, key=lambda r: r.report.id))
    index = Index(records)
    grown = index.linked()
    assert batch == other
    assert [i.to_json() for i in grown.incidents] == [i.to_json() for i in batch.incidents]
    assert grown.postures == batch.postures


def test_a_passage_joins_what_it_recalls() -> None:
    """A sentence on the siege in a report of another matter gives the siege its figure, and no more."""
    linked = link([*siege(), passing()])
    recalled = of(linked, siege()[0])
    assert passing().report.id in recalled.reports
    assert {m.event for m in recalled.events if m.report == passing().report.id} == {"e2", "e3"}
    closure = next(i for i in linked.incidents if i.type == "mission-closure")
    assert closure.reports == (passing().report.id,)


def test_a_passage_does_not_chain() -> None:
    """A report that tells of two attacks ties them to itself and not to each other."""
    text = (
        "BERBERA - A car bomb killed four traders at the fish market of Berbera on Monday.\n\n"
        "On Saturday gunmen had taken guests hostage at the Mansoor Hotel in Berbera."
    )
    both = Builder(text, "2014-05-06", "Gulf Mail", title="Car bomb kills four at Berbera fish market")
    both.event("bombing", "bomb", where="Berbera", day="2014-05-05").event(
        "killing", "killed", where="Berbera"
    )
    both.event("abduction", "taken", where="Berbera", day="2014-05-03")
    both.figure("killed", "four", 4, of="killed")
    linked = link([*siege(), *car_bomb(), both.build()])
    assert of(linked, siege()[0]).id != of(linked, car_bomb()[0]).id
    assert both.build().report.id in of(linked, car_bomb()[0]).reports
