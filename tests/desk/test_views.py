"""View models of the pages, made without a request: what stands in rows, ledgers, bars, maps, queues."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from benchmarks.plain_linker import PlainLinker
from dateline.desk.core import Desk, ask, pages_of
from dateline.desk.decide import Field, changed, decide, fact_fields
from dateline.desk.ledger import days_of, lines_of
from dateline.desk.locator import Spot, locator
from dateline.desk.pages.actors import actor_page
from dateline.desk.pages.changes import changes
from dateline.desk.pages.country import country_page, posture_rows
from dateline.desk.pages.report import report_page
from dateline.desk.pages.review import _others
from dateline.desk.pages.situation import situation
from dateline.desk.pages.sources import _called, _piled, off_by, source_page
from dateline.desk.pages.things import _packed_names, gravity, marks
from dateline.desk.queue import queue
from dateline.desk.rows import toll_of
from dateline.desk.timescale import bars_of
from dateline.errors import DecisionError, NotInStore
from dateline.exports.outline import rings_within, shapes
from dateline.record import Incident, LedgerClaim, LedgerLine, Posture, Total
from dateline.store import Filter, open_store
from dateline.store.named import Given
from tests.desk.desks import a_store
from tests.store.tales import tale


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """A desk over six reports."""
    with open_store(a_store(tmp_path), linker=PlainLinker()) as store:
        yield Desk(store)


def test_the_list_and_the_map_hold_the_same(desk: Desk) -> None:
    """What a filter lets through stands in the list, on the map and in the count alike."""
    asked = ask({"country": "Mali", "killed": "", "type": ""})
    page = situation(desk, asked)
    on_map = msgspec.json.decode(marks(desk, asked.wanted))
    assert page.total == len(page.rows) == len(on_map["incidents"]) > 0
    assert {row.country for row in page.rows} == {"MLI"}
    assert {mark[-1] for mark in on_map["incidents"]} == {row.id for row in page.rows}


def test_what_cannot_be_asked_is_told_at_its_field() -> None:
    """A filter that is none leaves the page standing, with the reason by the field."""
    assert ask({"since": "soon"}).problems.keys() == {"since"}
    assert ask({"radius": "3"}).typed == {}
    assert ask({"place": "1,2", "radius": "3", "type": "bombing"}).without("place") == "type=bombing"


def test_pages_of_a_list_leave_gaps() -> None:
    """The first, the last and those around are linked to; zero stands for a gap."""
    assert list(pages_of(0, 40, 1)) == [1]
    assert list(pages_of(400, 40, 5)) == [1, 0, 3, 4, 5, 6, 7, 0, 10]


def test_a_toll_has_bounds_only_where_they_differ() -> None:
    """One figure alone has no bounds; its place on the scale is between 0 and 1."""
    alone = toll_of("killed", Total(lowest=5, best=5, highest=5, rule="r"))
    ranged = toll_of("killed", Total(lowest=2, best=5, highest=20, rule="r"))
    assert alone is not None
    assert ranged is not None
    assert alone.bounds == ""
    assert (ranged.best, ranged.bounds, ranged.low, ranged.at) == ("5", "2–20", 0.1, 0.25)
    assert toll_of("killed", Total(rule="r")) is None


def _claim(by: str, low: int | None, day: str, **more: object) -> LedgerClaim:
    found = {
        "report": "r1",
        "figure": "f1",
        "source": by,
        "by": by,
        "kind": "official",
        "low": low,
        "high": low,
    }
    return msgspec.convert({**found, "said": day, **more}, LedgerClaim)


def test_contested_figures_stand_side_by_side() -> None:
    """Each speaker's last figure that stands is a side, the lowest first; parts and denied ones are none."""
    claims = (
        _claim("army", 3, "2013-01-01"), _claim("army", 4, "2013-01-02"), _claim("doctor", 12, "2013-01-02"),
        _claim("mayor", 12, "2013-01-02"), _claim("rebels", 1, "2013-01-02", part=True),
        _claim("envoy", 99, "2013-01-02", status="retracted"),
    )  # fmt: skip
    line = LedgerLine(measure="killed", group="combined", claims=claims, agreement="contested")
    (shown,) = lines_of(Incident(id="i", type="bombing", title="t", ledger=(line,)), {})
    assert [(side.bounds, [c.speaker for c in side.claims]) for side in shown.sides] == [
        ("4", ["army"]),
        ("12", ["doctor", "mayor"]),
    ]
    assert [side.at for side in shown.sides] == [4 / 12, 1.0]
    assert [(day, len(entries)) for day, entries in days_of([shown])] == [
        ("2013-01-01", 1),
        ("2013-01-02", 5),
    ]


@pytest.mark.parametrize(
    ("rows", "unit", "count"),
    [
        ([("2013-01-16", 2, 5), ("2013-01-20", 1, 0)], "day", 5),
        ([("2012-01-16", 2, 5), ("2013-01-20", 1, 0)], "month", 13),
        ([("1990-01-16", 2, 5), ("2013-01-20", 1, 0)], "year", 24),
    ],
)
def test_bars_take_the_unit_that_fits(rows: list[tuple[str, int, int]], unit: str, count: int) -> None:
    """Days, months or years without a gap, the most at full height."""

    def counted(digits: int) -> list[tuple[str, int, int]]:
        return [(day[:digits], n, killed) for day, n, killed in rows]

    bars = bars_of(counted)
    assert (bars.unit, len(bars.bars), bars.bars[0].height, bars.bars[-1].height) == (unit, count, 1.0, 0.5)
    assert bars.bars[bars.at(rows[1][0], end=True)].first <= rows[1][0] <= bars.bars[-1].last
    assert bars.at(None, end=False) == 0


def test_the_outline_closes_its_rings() -> None:
    """Every ring is closed, within the globe, and no edge of it leaps over half the world but over a pole."""
    for shape in shapes():
        assert shape.points[0] == pytest.approx(shape.points[-1])
        assert -90 <= shape.box[1] <= shape.box[3] <= 90
        leaps = [b for a, b in zip(shape.points, shape.points[1:], strict=False) if abs(a[0] - b[0]) > 180]
        assert all(abs(lat) == 90 for _, lat in leaps)
    assert {"DZA", "LBY"} <= {shape.country for shape in rings_within(8, 27, 12, 29)}


def test_a_locator_is_true_to_scale() -> None:
    """A place due north stands above the midst, as far as the scale says."""
    drawn = locator(Spot(27.9, 9.1, "Tigantourine"), (Spot(28.9, 9.1, "North"),))
    (north,) = drawn.others
    assert north.x == drawn.here.x == drawn.wide / 2
    km = (drawn.here.y - north.y) / drawn.scale * float(drawn.scale_words.split()[0])
    assert km == pytest.approx(111.2, rel=0.02)
    assert "M" in drawn.land


def test_every_fact_of_a_report_leads_to_its_words(desk: Desk) -> None:
    """The marks put together are the text to the letter; each fact has an anchor in it."""
    report, record = tale("Konna", "2013-01-20", 12, kind="airstrike", agent="the French air force")
    page = report_page(desk, report.id)
    assert "".join(mark.text for mark in page.marks) == report.text
    anchors = {key for mark in page.marks for key in mark.anchors}
    assert {fact.id for fact in (*record.events, *record.figures, *record.places)} <= anchors
    assert [row.title for row in page.incidents]
    (when,) = page.events[0].rests
    assert when.value == "2013-01-20"


def test_doubtful_facts_come_first_until_they_are_decided(tmp_path: Path) -> None:
    """What the reader is least sure of heads the queue, and leaves it once accepted; undone, it is back."""
    report, record = tale()
    unsure = msgspec.structs.replace(record.figures[0], confidence=0.2)
    record = msgspec.structs.replace(record, figures=(unsure,))
    with open_store(tmp_path / "s.db", linker=PlainLinker()) as store:
        store.add(report, record)
        store.link()
        desk = Desk(store)
        (item,) = queue(desk, "facts").items
        assert (item.words, item.confidence) == ("5 people", 20)
        made = decide(store, "accept", item.what, who="Ana", why="so it says")
        assert queue(desk, "facts").items == ()
        decide(store, "undo", [made.id], who="Ana", why="no")
        assert [again.what for again in queue(desk, "facts").items] == [item.what]


def test_twins_leave_the_queue_when_kept_apart(tmp_path: Path) -> None:
    """Two attacks of one type in one place within two days are asked about once."""
    with open_store(tmp_path / "s.db") as store:
        store.add(*tale(day="2013-01-16"))
        store.add(*tale(day="2013-01-18", killed=41, agent="rebels"))
        store.link()
        desk = Desk(store)
        (item,) = queue(desk, "twins").items
        decide(store, "apart", item.what, who="Ana", why="two markets")
        assert queue(desk, "twins").items == ()
        assert len(list(store.incidents())) == 2


def test_a_contest_leaves_the_queue_when_accepted(desk: Desk) -> None:
    """That sources contradict each other can be the truth."""
    items = queue(desk, "contested").items
    for item in items:
        decide(desk.store, "accept", item.what, who="Ana", why="they do differ")
    assert queue(desk, "contested").items == ()


def test_only_what_was_changed_is_corrected() -> None:
    """Fields left alone are no change; an emptied one is null, numbers are numbers."""
    _, record = tale()
    kind, fields = fact_fields(record, "f1")
    given = {field.name: field.value for field in fields} | {"low": "7", "high": "", "group": "civilian"}
    assert kind == "figure"
    assert changed(fields, given) == {"low": 7, "high": None, "group": "civilian"}
    assert fact_fields(record, "x9") == ("", [])
    with pytest.raises(DecisionError, match="no number"):
        changed([Field("low", "7", ())], {"low": "many"})


@pytest.mark.parametrize(("action", "what"), [("correct", ["i-1"]), ("merge all", []), ("apart", ["i-1"])])
def test_what_is_no_decision_is_refused(desk: Desk, action: str, what: list[str]) -> None:
    """Nothing is kept of a form that says nothing, or that has no name."""
    with pytest.raises(DecisionError):
        decide(desk.store, action, what, who="Ana", why="because")
    with pytest.raises(DecisionError, match="name"):
        decide(desk.store, "accept", ["i-1"], who=" ", why="because")
    assert desk.store.decisions() == []


def test_changes_tell_what_moved(tmp_path: Path) -> None:
    """A new incident is new; a toll that another report moves is told as it was and is."""
    with open_store(tmp_path / "s.db") as store:
        store.add(*tale(killed=5))
        store.link()
        desk, seen = Desk(store), store.revision()
        assert changes(desk, seen).fresh == ()
        store.add(*tale(killed=9, source="a doctor"))
        store.add(*tale("Konna"))
        store.link()
        page = changes(desk, seen)
        (moved,) = page.moved
        assert [row.where for row in page.fresh] == ["Konna"]
        assert moved.tolls[0][0] == "killed"
        assert moved.tolls[0][1] != moved.tolls[0][2]
        before = changes(desk, store.revision())
        store.rebuild()
        assert (before.fresh, before.moved) == ((), ())
        assert changes(desk, page.now).moved == ()


def test_who_never_looked_sees_all_that_is_there(tmp_path: Path) -> None:
    """Whatever there is, is new; nothing has moved, and nothing is gone."""
    with open_store(tmp_path / "s.db") as store:
        for made in (tale(), tale("Konna"), tale(killed=9, source="a doctor")):
            store.add(*made)
            store.link()
        page = changes(Desk(store), 0)
        assert sorted(row.where for row in page.fresh) == ["Gao", "Konna"]
        assert (page.fresh_count, page.moved_count, page.gone, page.postures) == (2, 0, 0, ())
        assert page.now == store.revision()


def test_a_country_shows_postures_with_their_history(desk: Desk) -> None:
    """The posture in force stands first, what it replaced below it with the day on which it ended."""
    was = Posture(sender="JPN", host="MLI", mission="open", since="2013-01-01")
    now = Posture(sender="JPN", host="MLI", mission="closed", since="2013-01-23", before=was)
    rows = posture_rows([now])
    assert [(r.mission, r.since, r.until, r.current) for r in rows] == [
        ("closed", "2013-01-23", "", True),
        ("open", "2013-01-01", "2013-01-23", False),
    ]
    assert (gravity(now), gravity(was)) == (3, 0)
    page = country_page(desk, "MLI")
    assert page.incidents == len(page.rows)
    assert page.killed == sum(int(row.toll.best) for row in page.rows if row.toll)


def test_an_actor_is_found_by_any_spelling(desk: Desk) -> None:
    """Names are folded, as places are; what the actor did stands under it."""
    page = actor_page(desk, "ANSAR DINE")
    assert [part.words for part in page.parts] == ["Did"]
    assert all(row.type == "bombing" for row in page.parts[0].rows)
    with pytest.raises(NotInStore):
        actor_page(desk, "nobody at all")


def _given(low: int | None, high: int | None, best: int, **more: object) -> Given:
    found = {
        "incident": "i", "title": "t", "report": "r", "figure": "f", "source": "s", "kind": "official", "low": low,
        "high": high, "approximate": False, "said": "2013-01-01", "part": False, "status": "stated",
        "measure": "killed", "group": "combined", "nationality": None, "lowest": 1, "best": best, "highest": 9,
        "agreement": "agreed", "first": "2013-01-01",
    }  # fmt: skip
    return msgspec.convert({**found, **more}, Given)


def test_a_source_is_held_against_what_came_out() -> None:
    """Within its bounds a figure is right; else it is off by the nearer bound, as a share of the best."""
    assert off_by(_given(10, 10, 10)) == 0
    assert off_by(_given(15, 15, 10)) == 0.5
    assert off_by(_given(5, 5, 10)) == -0.5
    assert off_by(_given(5, None, 10)) == 0
    assert off_by(_given(20, None, 10)) == 1.0
    assert off_by(_given(5, 5, 10, part=True)) is None
    assert off_by(_given(5, 5, 10, agreement="single")) is None


def test_a_source_tells_who_quotes_it(desk: Desk) -> None:
    """The figures, the publishers and how often it was first."""
    by = desk.store.named.sources("police")[0].by
    page = source_page(desk, by)
    assert page.figures == len(page.rows) > 0
    assert sum(n for _, n in page.publishers) == page.figures
    assert page.first == page.figures == page.looked
    with pytest.raises(NotInStore):
        source_page(desk, "nobody")


def test_errors_pile_up_where_they_are_alike() -> None:
    """Far ones stand at the edges; a pile never grows beyond its room."""
    assert _piled([0.0, 0.0, -3.0, 9.0, 0.9]) == ((0, 4), (0, 8), (-100, 4), (100, 4), (44, 4))
    assert max(y for _, y in _piled([0.0] * 300)) == 40


def test_sources_are_listed_as_reports_call_them(desk: Desk) -> None:
    """By the name that says most, not by the key under which ledgers have them."""
    listed = {row.by: name for row, name in _called(desk, "", size=50, first=0)}
    assert "a doctor" in listed.values()
    assert [name for _, name in _called(desk, "doctor", size=50, first=0)] == ["a doctor"]


def test_an_incident_can_be_merged_with_those_around_it(tmp_path: Path) -> None:
    """Those in its country within three days are offered, never itself nor others."""
    with open_store(tmp_path / "s.db", linker=PlainLinker()) as store:
        for place, day in (
            ("Gao", "2013-01-16"),
            ("Konna", "2013-01-18"),
            ("Gao", "2013-02-16"),
            ("Suva", "2013-01-16"),
        ):
            store.add(*tale(place, day))
        store.link()
        found = next(i for i in store.incidents() if i.start == "2013-01-16" and i.country == "MLI")
        assert [row.start for row in _others(Desk(store), found)] == ["2013-01-18"]


def test_the_map_names_countries_and_towns() -> None:
    """The widest countries and the largest towns come first; capitals are told from smaller ones."""
    made = msgspec.json.decode(gzip.decompress(_packed_names()))
    lands = {name: wide for name, _, _, wide in made["lands"]}
    assert lands["Russia"] > lands["Mali"] > 10
    people = [row[3] for row in made["towns"]]
    assert people == sorted(people, reverse=True)
    assert {"Bamako", "Lagos", "Suva"} <= {row[0] for row in made["towns"]}
    assert all(-90 <= row[1] <= 90 and -180 <= row[2] <= 180 for row in (*made["lands"], *made["towns"]))


def test_whole_countries_are_counted_once(desk: Desk) -> None:
    """The table of countries has each incident in one of them."""
    counted = desk.looking.by_country(Filter())
    assert sum(row[1] for row in counted) == desk.looking.tally(Filter()).total
