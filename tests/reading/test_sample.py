"""The sample report of two crises at once: what a reader must find in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from dateline.reading.reader import Reader
from dateline.record import Claim, Event, Figure, Record, Report

SAMPLE = "samples/embassy-and-siege.txt"


@pytest.fixture(scope="module")
def record(shared: Path, reader: Reader) -> Record:
    """The sample, read as of its day of publication."""
    text = (shared / SAMPLE).read_text(encoding="utf-8")
    return reader.read(Report.of(text, published="2013-01-23", language="en"))


def _said(record: Record, key: str) -> Claim:
    return next(claim for claim in record.claims if key in claim.about)


def _events(record: Record, trigger: str) -> Iterator[Event]:
    return (e for e in record.events if e.trigger.text == trigger)


def _figure(record: Record, words: str) -> Figure:
    return next(f for f in record.figures if f.span.text == words)


@pytest.mark.parametrize(
    ("trigger", "type_", "status", "source"),
    [
        ("shut", "mission-closure", "planned", "Japan"),
        ("evacuate", "evacuation", "planned", "Japan"),
        ("close", "mission-closure", "planned", "a foreign ministry statement"),
        ("hostage crisis", "abduction", "happened", "Japan"),
        ("bombed", "airstrike", "happened", "a defence ministry official"),
    ],
)
def test_events_with_their_sources(
    record: Record, trigger: str, type_: str, status: str, source: str
) -> None:
    """Each is found with its type and status, and tied to who says it."""
    (event,) = _events(record, trigger)
    assert (event.type, event.status) == (type_, status)
    assert _said(record, event.id).source.name == source


def test_travel_advice(record: Record) -> None:
    """Nationals urged to leave are a travel advisory, not a mere appeal."""
    assert any(e.type == "travel-advisory" for e in record.events)


def test_destruction_of_the_mansion(record: Record) -> None:
    """The mansion's destruction is told twice, by unnamed officials and by a security official."""
    told = [e for e in record.events if e.type == "destruction"]
    assert {_said(record, e.id).source.name for e in told} == {"officials", "a Malian security official"}


def test_forecast_of_the_army_chief(record: Record) -> None:
    """The retaking of Gao and Timbuktu is no fact but what the army chief says could be."""
    (event,) = _events(record, "reclaim")
    assert event.status in ("predicted", "hypothetical", "planned", "possible")
    assert _said(record, event.id).source.name == "Mali’s army chief"


def test_anonymous_official(record: Record) -> None:
    """The official who spoke on condition of anonymity is an anonymous source."""
    (event,) = _events(record, "bombed")
    assert _said(record, event.id).source.kind == "anonymous"


@pytest.mark.parametrize(
    ("words", "measure", "low", "high", "group", "source", "said"),
    [
        ("at least seven", "killed", 7, None, None, "Japan", None),
        ("several", "killed", 3, None, "militant", "a Malian security official", None),
        ("no", "killed", 0, 0, None, "a Malian security official", None),
        ("A militant", "killed", 1, 1, "militant", "a security source", "2013-01-23"),
        ("37", "killed", 37, 37, "hostage", "Prime Minister Abdelmalek Sellal", "2013-01-21"),
        ("29", "killed", 29, 29, "militant", "Prime Minister Abdelmalek Sellal", "2013-01-21"),
        ("Five", "missing", 5, 5, None, "report", None),
        ("seven", "unidentified", 7, 7, None, "report", None),
    ],
)
def test_figures_with_their_sources(  # one row a figure
    record: Record,
    words: str,
    measure: str,
    low: int,
    high: int | None,
    group: str | None,
    source: str,
    said: str | None,
) -> None:
    """Each figure has its measure, bounds, source and, where told, the day on which it was said."""
    figure = _figure(record, words)
    assert (figure.measure, figure.low, figure.high) == (measure, low, high)
    assert group is None or figure.group == group
    claim = _said(record, figure.id)
    assert claim.source.name == source
    assert said is None or (claim.when is not None and claim.when.start == said)


def test_japanese_dead(record: Record) -> None:
    """ "Its citizens", said by Japan, are Japanese."""
    assert _figure(record, "at least seven").nationality == "JPN"


def test_told_to_an_agency(record: Record) -> None:
    """The security source made the statement; the agency that it told goes to via."""
    claim = _said(record, _figure(record, "A militant").id)
    assert claim.via is not None
    assert claim.via.text == "AFP"


def test_two_assaults(record: Record) -> None:
    """The assaults fall on Thursday the 17th and Saturday the 19th: an attack, or an operation to free hostages."""
    told = [e for e in record.events if e.trigger.text in {"assaults", "raid"} and e.when]
    days = {e.when.start for e in told if e.when and e.type in {"armed-attack", "security-operation"}}
    assert {"2013-01-17", "2013-01-19"} <= days


@pytest.mark.parametrize("name", ["Tokyo", "Diabaly", "Bamako", "Gao", "Timbuktu", "In Amenas"])
def test_places_on_the_map(record: Record, name: str) -> None:
    """Each place has its country and coordinates."""
    place = next(p for p in record.places if any(name in m.text for m in p.mentions))
    assert place.country == {"Tokyo": "JPN", "In Amenas": "DZA"}.get(name, "MLI")
    assert place.lat is not None
    assert place.lon is not None


def test_known_group(record: Record) -> None:
    """AQIM is known to the actor list under its short and its long name."""
    actor = next(a for a in record.actors if any(m.text == "AQIM" for m in a.mentions))
    assert actor.registry is not None
    assert actor.registry.startswith("ucdp:")
    assert actor.kind == "armed-group"
