"""Decisions: merge, split, correct, reject and undo, kept with who and why, and replayed."""

from __future__ import annotations

import msgspec
import pytest

from dateline.errors import DecisionError, NotInStore, StoreError
from dateline.record import Span
from dateline.store import Decision, Store
from tests.store.tales import tale

URL = "https://sahel-wire.example.org/1"


def _ids(store: Store) -> list[str]:
    return sorted(incident.id for incident in store.incidents())


def test_merged_incidents_stay_one(store: Store) -> None:
    """A merge holds after a rebuild, and after further reports."""
    store.add(*tale("Gao"))
    store.add(*tale("Konna"))
    decision = store.merge(_ids(store), why="one convoy", who="Ana")
    assert len(_ids(store)) == 1
    store.rebuild()
    store.add(*tale("Konna", killed=8))
    (incident,) = store.incidents()
    assert len(incident.reports) == 3
    assert store.decisions() == [decision]
    assert (decision.who, decision.why, decision.kind) == ("Ana", "one convoy", "merge")


def test_a_decision_names_reports_and_spans(store: Store) -> None:
    """An anchor is a report's id and the words of an event, not an incident."""
    report, record = tale("Gao")
    store.add(report, record)
    store.add(*tale("Konna"))
    decision = store.merge(_ids(store), why="one convoy")
    anchor = next(a for a in decision.anchors if a.report == report.id)
    assert report.text[anchor.start : anchor.end] == anchor.text == "attack"
    assert Decision.from_json(decision.to_json()) == decision


def test_split_reports_stay_apart(store: Store) -> None:
    """What was told of another happening leaves the incident, and comes back when that is undone."""
    reports = [tale(killed=killed)[0] for killed in (5, 6, 7)]
    for killed in (5, 6, 7):
        store.add(*tale(killed=killed))
    (whole,) = _ids(store)
    decision = store.split(whole, [reports[2].id], why="another bomb")
    told = sorted((i.reports for i in store.incidents()), key=len)
    assert told[0] == (reports[2].id,)
    store.rebuild()
    assert sorted((i.reports for i in store.incidents()), key=len) == told
    store.undo(decision.id, why="one bomb after all")
    assert _ids(store) == [whole]


def test_an_event_can_be_split_off(store: Store) -> None:
    """Of a report that tells of two happenings only one need leave."""
    report, record = tale(killed=5, more=" A second attack followed.")
    second = msgspec.structs.replace(
        record.events[0], id="e2", happening="h2",
        trigger=Span.of(report.text, report.text.rindex("attack"), report.text.rindex("attack") + 6),
    )  # fmt: skip
    store.add(report, msgspec.structs.replace(record, events=(*record.events, second)))
    store.add(*tale(killed=6))
    (whole,) = _ids(store)
    decision = store.split(whole, [f"{report.id}#e2"], why="another bomb")
    assert [anchor.start for anchor in decision.anchors] == [second.trigger.start]
    assert {(a.report, a.start) for a in decision.others} >= {(report.id, record.events[0].trigger.start)}
    with pytest.raises(DecisionError, match="tells nothing of this incident"):
        store.split(whole, [f"{report.id}#f1"], why="no event")


def test_an_undo_can_be_undone(store: Store) -> None:
    """The second undo puts the first decision in force again; all stay on record."""
    store.add(*tale("Gao"))
    store.add(*tale("Konna"))
    merge = store.merge(_ids(store), why="one convoy")
    undo = store.undo(merge.id, why="two convoys")
    assert len(_ids(store)) == 2
    store.undo(undo.id[:6], why="one after all")
    assert len(_ids(store)) == 1
    assert [d.kind for d in store.decisions()] == ["merge", "undo", "undo"]
    assert store.decisions(in_force=True) == [merge]


def test_a_corrected_figure_is_in_the_ledger(store: Store) -> None:
    """The record, the toll and the figure's own row follow; what the reader took stays on record."""
    report, record = tale(killed=50)
    store.add(report, record)
    store.correct(f"{report.id}#f1", {"low": 5, "high": 5}, why="misprint")
    (incident,) = store.incidents()
    assert incident.totals["killed"].best == 5
    assert store.record(report.id).figures[0].low == 5
    assert store.record(report.id, corrected=False) == record


def test_a_correction_stands_against_what_the_report_reads_like(store: Store) -> None:
    """Where people decided on a fact, the estimates of the report as a whole count no more."""
    report, record = tale(killed=3)
    likely = {"killed": (0.0, 0.0, 0.0, 1.0, 0.0), "wounded": (1.0, 0.0)}
    store.add(report, msgspec.structs.replace(record, estimates=likely))
    assert store.record(report.id).estimates == likely
    store.correct(f"{report.id}#f1", {"low": 2, "high": 2}, why="misprint")
    assert not store.record(report.id).estimates
    (incident,) = store.incidents()
    assert incident.totals["killed"].best == 2


def test_a_corrected_event_moves(store: Store) -> None:
    """With another type, day or place an event is linked anew."""
    store.add(*tale(killed=5))
    report, record = tale(killed=6)
    store.add(report, record)
    assert len(_ids(store)) == 1
    store.correct(
        f"{report.id}#e1", {"type": "shelling", "start": "2013-01-20", "end": "2013-01-20"}, why="so"
    )
    assert {(i.type, i.start) for i in store.incidents()} == {
        ("bombing", "2013-01-16"),
        ("shelling", "2013-01-20"),
    }


def test_a_corrected_incident_keeps_its_correction(store: Store) -> None:
    """Title and type of the whole hold over further reports and a rebuild."""
    store.add(*tale())
    store.correct(_ids(store)[0], {"title": "The attack on Gao", "type": "suicide-bombing"}, why="as known")
    store.add(*tale(day="2013-01-15", killed=8))
    store.rebuild()
    (incident,) = store.incidents()
    assert (incident.title, incident.type, incident.types) == (
        "The attack on Gao",
        "suicide-bombing",
        ("bombing",),
    )


def test_a_rejected_incident_is_gone(store: Store) -> None:
    """Its events count no more; undone, it is back."""
    store.add(*tale())
    store.add(*tale(killed=6))
    (known,) = _ids(store)
    decision = store.reject(known, why="a film")
    assert _ids(store) == []
    store.rebuild()
    assert _ids(store) == []
    store.undo(decision.id, why="no film")
    assert _ids(store) == [known]


def test_a_rejected_figure_is_gone(store: Store) -> None:
    """The fact is taken out of the record with all that refers to it."""
    report, record = tale()
    store.add(report, record)
    store.reject(f"{report.id[7:20]}#f1", why="a house number")
    assert store.record(report.id).figures == ()
    assert store.record(report.id).claims[0].about == ("e1",)
    (incident,) = store.incidents()
    assert incident.totals == {}


def test_decisions_hold_for_a_newer_reading(store: Store) -> None:
    """A newer reader finds the figure under another id and a longer span: the decision still means it."""
    report, record = tale(killed=50)
    store.add(report, record, reader="1")
    store.correct(f"{report.id}#f1", {"low": 5, "high": 5}, why="misprint")
    figure = record.figures[0]
    longer = msgspec.structs.replace(
        figure.span, start=figure.span.start - 7, text="killed " + figure.span.text
    )
    renamed = msgspec.structs.replace(figure, id="f9", span=longer)
    claim = msgspec.structs.replace(record.claims[0], about=("e1", "f9"))
    store.reread(msgspec.structs.replace(record, figures=(renamed,), claims=(claim,)), reader="2")
    assert [(f.id, f.low) for f in store.record(report.id).figures] == [("f9", 5)]


def test_decisions_hold_for_a_corrected_version(store: Store) -> None:
    """When the report is superseded, what was decided on it holds for the same words of the new text."""
    old, new = tale(killed=50, url=URL), tale(killed=50, url=URL, more=" (Corrects the byline.)")
    store.add(*old)
    store.correct(f"{old[0].id}#f1", {"low": 5, "high": 5}, why="misprint")
    store.add(*new)
    (incident,) = store.incidents()
    assert incident.reports == (new[0].id,)
    assert incident.totals["killed"].best == 5


@pytest.mark.parametrize(
    ("fact", "changes", "said"),
    [
        ("f1", {"colour": "red"}, "can't be corrected; these can: measure, low"),
        ("e1", {"type": "party"}, "'party' is no type of an event"),
        ("f1", {"low": "many"}, "the correction doesn't fit"),
        ("f1", {"low": 9}, "from 9 to 5 goes backwards; give both ends"),
        ("f1", {"low": 30, "high": 20}, "from 30 to 20 goes backwards"),
        ("e1", {"start": "2013-01-17T08:00"}, "from 2013-01-17 to 2013-01-16 goes backwards"),
        ("e1", {"end": "2013-W03"}, "'2013-W03' is no end of an event; write it like 2013-01-23"),
        ("e1", {"where": "Atlantis"}, "the report names no place 'Atlantis'; its places: Gao"),
        ("c1", {"kind": "gossip"}, "'gossip' is no kind of a claim"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    store: Store, fact: str, changes: dict[str, object], said: str
) -> None:
    """The error says what can be, and nothing is kept."""
    report, record = tale()
    store.add(report, record)
    with pytest.raises(DecisionError, match=said.replace("(", r"\(")):
        store.correct(f"{report.id}#{fact}", changes, why="so")
    assert store.decisions() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"end": "2012-01-01"}, "from 2013-01-16 to 2012-01-01 goes backwards"),
        ({"start": "20130115"}, "'20130115' is no start of an incident"),
        ({"end": "2013-01-16T10:00"}, "'2013-01-16T10:00' is no end of an incident"),
        ({"end": "2013-02-30"}, "'2013-02-30' is no end of an incident"),
    ],
)
def test_the_days_of_an_incident_are_days_in_order(
    store: Store, changes: dict[str, object], said: str
) -> None:
    """What is listed, filtered and exported by days is given as days."""
    store.add(*tale())
    (known,) = _ids(store)
    with pytest.raises(DecisionError, match=said):
        store.correct(known, changes, why="so")
    store.correct(known, {"start": "2013-01-15", "end": "2013-01-15"}, why="the day before")
    assert [(i.start, i.end) for i in store.incidents()] == [("2013-01-15", "2013-01-15")]


def test_ends_are_checked_against_what_was_corrected_before(store: Store) -> None:
    """What counts is the fact as it stands, not as it was read."""
    report, record = tale(killed=5)
    store.add(report, record)
    store.correct(f"{report.id}#f1", {"low": 40, "high": None}, why="misprint")
    with pytest.raises(DecisionError, match="from 40 to 20 goes backwards"):
        store.correct(f"{report.id}#f1", {"high": 20}, why="so")
    store.correct(f"{report.id}#f1", {"high": 50}, why="so")
    assert [(f.low, f.high) for f in store.record(report.id).figures] == [(40, 50)]


def test_what_was_rejected_is_decided_on_no_more(store: Store) -> None:
    """A second decision on it would reach the fact that overlaps it; the first can be undone."""
    report, record = tale(killed=5)
    figure = record.figures[0]
    beside = msgspec.structs.replace(
        figure, id="f2", span=Span.of(report.text, figure.span.start, figure.span.end + 3)
    )
    store.add(report, msgspec.structs.replace(record, figures=(figure, beside)))
    decision = store.reject(f"{report.id}#f1", why="a house number", who="Ana")
    for again in (store.reject, store.accept):
        with pytest.raises(DecisionError, match=f"rejected by Ana; dateline undo {decision.id}"):
            again(f"{report.id}#f1", why="so")
    with pytest.raises(DecisionError, match="rejected by Ana"):
        store.correct(f"{report.id}#f1", {"low": 1}, why="so")
    assert [f.id for f in store.record(report.id).figures] == ["f2"]
    store.undo(decision.id, why="so")
    store.correct(f"{report.id}#f1", {"low": 1}, why="so")
    assert [f.low for f in store.record(report.id).figures] == [1, 5]


def test_half_a_sign_is_refused(store: Store) -> None:
    """Bytes of a command line that are no UTF-8 come as such; the error is one of ours, and nothing is kept."""
    store.add(*tale())
    (known,) = _ids(store)
    for act in (
        lambda: store.reject("\udcff#e1", why="so"),
        lambda: store.reject(known, why="\udcff"),
        lambda: store.correct(known, {"title": "\udcff"}, why="so"),
        lambda: store.incident("\udcffabcdef"),
    ):
        with pytest.raises(StoreError, match="half a sign"):
            act()
    assert store.decisions() == []


def test_decisions_that_cannot_be_are_refused(store: Store) -> None:
    """A merge of one, a split that leaves nothing, a stranger, no reason, a second undo."""
    report, record = tale(url=URL)
    store.add(report, record)
    (known,) = _ids(store)
    with pytest.raises(DecisionError, match="needs two incidents"):
        store.merge([known, known], why="so")
    with pytest.raises(DecisionError, match="no report would be left"):
        store.split(known, [report.id], why="so")
    other, other_record = tale("Suva")
    store.add(other, other_record)
    with pytest.raises(DecisionError, match="tells nothing of this incident"):
        store.split(known, [other.id], why="so")
    with pytest.raises(DecisionError, match="needs its reason"):
        store.reject(known, why=" ")
    with pytest.raises(NotInStore, match="no such fact"):
        store.reject(f"{report.id}#f7", why="so")
    with pytest.raises(NotInStore, match="no such decision"):
        store.undo("d-000000", why="so")
    with pytest.raises(NotInStore, match="is a report, no incident; name a fact of it, as in"):
        store.reject(URL, why="so")
    decision = store.reject(known, why="so")
    with pytest.raises(NotInStore, match="no such decision"):
        store.undo("d-", why="so")
    store.undo(decision.id, why="so")
    with pytest.raises(DecisionError, match="was taken back already"):
        store.undo(decision.id, why="so")
