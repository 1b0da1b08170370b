"""Toponyms and times: the XML of each set is read and scored."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from dateline.errors import EvaluationError
from dateline.evaluation import timex, toponyms
from dateline.knowledge.gazetteer import Gazetteer
from dateline.record import Record, Report
from tests.evaluation.records import place, record

LGL = """<articles><article docid="1"><text>A blast in Bamako and Narnia.</text><toponyms>
<toponym><start>11</start><end>17</end><phrase>Bamako</phrase><gaztag geonameid="2460596">
<lat>12.65</lat><lon>-8.0</lon></gaztag></toponym>
<toponym><start>22</start><end>28</end><phrase>Narnia</phrase></toponym></toponyms></article></articles>"""
GWN = """<articles><article file="0"><text>In Bamako.</text><toponyms><toponym>
<extractedName>Bamako</extractedName><start>3</start><end>9</end><geonamesID>2460596</geonamesID>
<latitude>12.65</latitude><longitude>-8.0</longitude></toponym></toponyms></article></articles>"""


def test_distance() -> None:
    """A degree of latitude is 111 km."""
    assert toponyms.kilometres((0, 0), (1, 0)) == pytest.approx(111.2, abs=0.1)


@pytest.mark.parametrize(("xml", "name"), [(LGL, "LGL"), (GWN, "GWN")])
def test_both_sets_are_told_apart(tmp_path: Path, xml: str, name: str) -> None:
    """LGL and GeoWebNews are known by their XML; a name's id and coordinates are read."""
    file = tmp_path / "set.xml"
    file.write_text(xml, encoding="utf-8")
    found, [(_, gold)] = toponyms.read_toponyms(file)
    assert found == name
    assert gold[0].place == (2460596, 12.65, -8.0)


def test_toponym_counts(tmp_path: Path) -> None:
    """Given names are resolved; found ones count, a name without coordinates neither way."""
    file = tmp_path / "lgl.xml"
    file.write_text(LGL, encoding="utf-8")

    def read(report: Report) -> Record:
        bamako = place(report.text, "Bamako", geonames=1, lat=12.0, lon=-8.0)
        narnia = place(report.text, "Narnia", number=2)
        blast = place(report.text, "blast", number=3)
        return record(report.text, places=(bamako, narnia, blast))

    with Gazetteer.open() as gazetteer:
        result = toponyms.evaluate(file, read, gazetteer=gazetteer)
    rows = {m: (r.right, r.found, r.gold) for m, r in result.tally.rows.items()}
    assert rows["resolved exact"] == (1, 0, 1)
    assert rows["found"] == (1, 2, 1)
    assert rows["found and exact"] == (0, 2, 1)
    assert rows["found and within 161 km"] == (1, 2, 1)


def test_demonyms_stand_for_their_state(tmp_path: Path) -> None:
    """A demonym that GeoWebNews ties to a state is right when ours gives that state."""
    file = tmp_path / "gwn.xml"
    german = GWN.replace("Bamako", "German").replace("2460596", "2921044")
    file.write_text(german.replace("12.65", "51.5").replace("-8.0", "10.5"), encoding="utf-8")
    with Gazetteer.open() as gazetteer:
        result = toponyms.evaluate(file, None, gazetteer=gazetteer)
    assert result.tally.rows["resolved exact"].right == 1


def test_adjectives_stand_for_their_region(tmp_path: Path) -> None:
    """A regional adjective, which has no point in a record, is measured by its region's."""
    file = tmp_path / "gwn.xml"
    sicilian = GWN.replace("Bamako", "Sicilian").replace("2460596", "1").replace("<end>9", "<end>11")
    file.write_text(sicilian.replace("12.65", "37.5").replace("-8.0", "14.0"), encoding="utf-8")
    with Gazetteer.open() as gazetteer:
        result = toponyms.evaluate(file, None, gazetteer=gazetteer)
    assert result.tally.rows["resolved within 161 km"].right == 1


def test_xml_of_another_kind(tmp_path: Path) -> None:
    """A file that is no such XML is an EvaluationError."""
    file = tmp_path / "x.xml"
    file.write_text("<articles/>", encoding="utf-8")
    with pytest.raises(EvaluationError, match="no articles"):
        toponyms.read_toponyms(file)


TIMEML = """<TimeML><DCT><TIMEX3 type="DATE" value="2013-03-22">March 22, 2013</TIMEX3></DCT>
<TEXT>He <EVENT>spoke</EVENT> on <TIMEX3 type="DATE" value="2013-03-22">Friday</TIMEX3>.
He came in <TIMEX3 type="DATE" value="2010">2010</TIMEX3>. It took
<TIMEX3 type="DURATION" value="PXD">days</TIMEX3>.</TEXT>
</TimeML>"""


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2013-03-22", date(2013, 3, 22), date(2013, 3, 22)),
        ("2013-03-22T09:30", date(2013, 3, 22), date(2013, 3, 22)),
        ("2013-W12", date(2013, 3, 18), date(2013, 3, 24)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2012-Q4", date(2012, 10, 1), date(2012, 12, 31)),
        ("2012-WI", date(2012, 12, 1), date(2013, 2, 28)),
        ("199", date(1990, 1, 1), date(1999, 12, 31)),
    ],
)
def test_values_are_intervals(value: str, first: date, last: date) -> None:
    """A TIMEX3 value of the calendar is its first and last day."""
    assert timex.interval_of(value) == (first, last)


@pytest.mark.parametrize("value", ["P1M", "PRESENT_REF", "2012-XX-XX", "2013-13", "XXXX-WI"])
def test_values_without_an_interval(value: str) -> None:
    """Durations, references and values with gaps have none."""
    assert timex.interval_of(value) is None


def test_timex_counts(tmp_path: Path) -> None:
    """Spans and values are counted; the day of publication is given and is none of the gold."""
    file = tmp_path / "a.tml"
    file.write_text(TIMEML, encoding="utf-8")
    result = timex.evaluate(tmp_path)
    rows = {m: (r.right, r.gold) for m, r in result.tally.rows.items()}
    assert result.size == 1
    assert rows["strict"] == rows["type"] == rows["value"] == (3, 3)
    assert rows["days"] == (2, 2)


def test_no_timeml(tmp_path: Path) -> None:
    """A folder without TimeML and a file that is none are EvaluationErrors."""
    with pytest.raises(EvaluationError, match="no TimeML"):
        timex.evaluate(tmp_path)
    (tmp_path / "a.tml").write_text("plain", encoding="utf-8")
    with pytest.raises(EvaluationError, match="not TimeML"):
        timex.evaluate(tmp_path)
