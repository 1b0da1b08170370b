"""GeoJSON, GeoPackage, JSON-LD, Turtle, STIX: opened by tools that nobody here wrote."""

from __future__ import annotations

import io
import json
import logging
import sqlite3
import struct
from pathlib import Path

import msgspec
import pytest

from dateline.exports import events, geojson, geopackage, rdf, stix, tables
from dateline.exports.stories import Story
from dateline.record import Place
from dateline.store.telling import Telling
from tests.exports.builders import record, story, variant


def _rows() -> list[tables.Row]:
    nowhere = variant(where=None, id="i-nowhere")
    return [tables.incident_row(story().incident), tables.incident_row(nowhere.incident)]


def _telling() -> Telling:
    key = (story().incident.id,)
    return Telling(record=record(), incidents={"e1": key, "f1": key, "c1": key})


class TestGeoJson:
    def test_it_is_rfc_7946(self) -> None:
        """Longitude first; a feature without a place has no geometry."""
        stream = io.StringIO()
        assert geojson.write_geojson("incidents", _rows(), tables.INCIDENT_COLUMNS, stream) == 2
        read = json.loads(stream.getvalue())
        assert read["type"] == "FeatureCollection"
        first, second = read["features"]
        assert first["geometry"] == {"type": "Point", "coordinates": [-0.0447, 16.2717]}
        assert (first["id"], first["properties"]["killed_best"]) == ("i-0123456789ab", 8)
        assert second["geometry"] is None
        assert not {"lat", "lon"} & set(first["properties"])

    def test_nothing_is_still_a_collection(self) -> None:
        """An empty one."""
        stream = io.StringIO()
        assert geojson.write_geojson("events", [], events.EVENT_COLUMNS, stream) == 0
        assert json.loads(stream.getvalue())["features"] == []

    def test_events_are_named_by_report_and_event(self) -> None:
        """So that a feature can be found again in the store."""
        stream = io.StringIO()
        geojson.write_geojson("events", events.event_rows([_telling()]), events.EVENT_COLUMNS, stream)
        (feature,) = json.loads(stream.getvalue())["features"]
        assert feature["id"] == f"{record().report.id}#e1"

    def test_gdal_opens_it(self, tmp_path: Path) -> None:
        """Two features of one layer, one with a point."""
        pyogrio = pytest.importorskip("pyogrio")
        path = tmp_path / "i.geojson"
        with path.open("w", encoding="utf-8") as stream:
            geojson.write_geojson("incidents", _rows(), tables.INCIDENT_COLUMNS, stream)
        info = pyogrio.read_info(path)
        assert (info["features"], info["geometry_type"], info["crs"]) == (2, "Point", "EPSG:4326")


class TestGeoPackage:
    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        made = tmp_path / "i.gpkg"
        assert geopackage.write_geopackage("incidents", _rows(), tables.INCIDENT_COLUMNS, made) == 2
        return made

    def test_gdal_opens_it(self, path: Path) -> None:
        """As a layer of points with every column of its type."""
        pyogrio = pytest.importorskip("pyogrio")
        info = pyogrio.read_info(path, layer="incidents")
        assert (info["features"], info["geometry_type"], info["crs"]) == (2, "Point", "EPSG:4326")
        assert info["driver"] == "GPKG"
        types = dict(zip(info["fields"], info["dtypes"], strict=True))
        assert (types["title"], types["killed_best"], types["contested"]) == ("object", "int64", "bool")
        assert tuple(round(side, 4) for side in info["total_bounds"]) == (-0.0447, 16.2717, -0.0447, 16.2717)

    def test_gdal_reads_the_values(self, path: Path) -> None:
        """The point's well-known binary, and the cells."""
        raw = pytest.importorskip("pyogrio.raw")
        _, _, geometry, fields = raw.read(path, layer="incidents", columns=["id", "killed_best"])
        assert list(fields[0]) == ["i-0123456789ab", "i-nowhere"]
        assert struct.unpack("<BIdd", geometry[0]) == (1, 1, -0.0447, 16.2717)
        assert geometry[1] is None

    def test_its_tables_are_the_standards(self, path: Path) -> None:
        """Application id, version, and no broken reference."""
        with sqlite3.connect(path) as base:
            assert base.execute("PRAGMA application_id").fetchone() == (0x47504B47,)
            assert base.execute("PRAGMA user_version").fetchone() == (10400,)
            assert base.execute("PRAGMA foreign_key_check").fetchall() == []
            assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            changed = base.execute("SELECT table_name, last_change FROM gpkg_contents").fetchall()
        assert changed == [("incidents", "2013-01-21T00:00:00.000Z")]

    def test_the_same_rows_give_the_same_bytes(self, path: Path, tmp_path: Path) -> None:
        """No clock, no chance."""
        again = tmp_path / "again.gpkg"
        geopackage.write_geopackage("incidents", _rows(), tables.INCIDENT_COLUMNS, again)
        assert again.read_bytes() == path.read_bytes()


class TestRdf:
    @staticmethod
    def _nodes() -> list[rdf.Node]:
        return [rdf.event_node(story()), *rdf.claim_nodes(_telling())]

    def test_json_ld_and_turtle_say_the_same(self) -> None:
        """rdflib reads one graph out of both."""
        rdflib = pytest.importorskip("rdflib")
        from rdflib.compare import isomorphic

        as_json, as_turtle = io.StringIO(), io.StringIO()
        assert rdf.write_jsonld(self._nodes(), as_json) == rdf.write_turtle(self._nodes(), as_turtle) == 2
        one = rdflib.Graph().parse(data=as_json.getvalue(), format="json-ld")
        two = rdflib.Graph().parse(data=as_turtle.getvalue(), format="turtle")
        assert len(one) > 50
        assert isomorphic(one, two)
        assert not [s for s in one.subjects() if isinstance(s, rdflib.BNode)]

    def test_what_it_says_in_schema_org(self) -> None:
        """An Event with place, days and reports; a Claim with speaker, place of appearance and subject."""
        rdflib = pytest.importorskip("rdflib")
        stream = io.StringIO()
        rdf.write_turtle(self._nodes(), stream)
        graph = rdflib.Graph().parse(data=stream.getvalue(), format="turtle")
        found = graph.query("""
            PREFIX s: <https://schema.org/>
            SELECT ?name ?start ?place ?lat ?reports ?speaker ?headline WHERE {
              ?event a s:Event ; s:name ?name ; s:startDate ?start ; s:location ?l .
              ?l s:name ?place ; s:geo/s:latitude ?lat ; s:address/s:addressCountry "ML" .
              ?claim a s:Claim ; s:about ?event ; s:author/s:name ?speaker ; s:appearance/s:headline ?headline .
              { SELECT ?event (COUNT(?r) AS ?reports) WHERE { ?event s:subjectOf ?r } GROUP BY ?event }
            }""")
        ((name, start, place, lat, reports, speaker, headline),) = list(found)
        assert (str(name), str(start), str(place)) == ("Killing, Gao, 2013-01-21", "2013-01-21", "Gao")
        assert start.datatype == rdflib.XSD.date
        assert (float(lat), int(reports), str(speaker)) == (16.2717, 2, "police")
        assert str(headline) == "Villagers killed near Gao"

    def test_every_property_is_of_schema_org_or_ours(self) -> None:
        """No misspelt term; those used are of schema.org 28, looked up when this was written."""
        rdflib = pytest.importorskip("rdflib")
        stream = io.StringIO()
        rdf.write_turtle(self._nodes(), stream)
        graph = rdflib.Graph().parse(data=stream.getvalue(), format="turtle")
        schema = {
            str(p).removeprefix("https://schema.org/") for p in graph.predicates() if "schema.org" in str(p)
        }
        assert schema <= {
            "name", "identifier", "description", "startDate", "endDate", "location", "additionalType", "keywords",
            "subjectOf", "headline", "url", "datePublished", "inLanguage", "publisher", "address", "addressCountry",
            "addressRegion", "geo", "latitude", "longitude", "sameAs", "minValue", "maxValue", "value", "category",
            "text", "author", "appearance", "about",
        }  # fmt: skip
        others = {str(p) for p in graph.predicates() if "schema.org" not in str(p)}
        assert all(p.startswith((rdf.TERMS, "http://www.w3.org/1999/02/22-rdf-syntax-ns#")) for p in others)

    def test_hostile_words_stay_words(self) -> None:
        """Quotes, line breaks, an address that is none."""
        rdflib = pytest.importorskip("rdflib")
        first = record()
        report = msgspec.structs.replace(
            first.report, title='a "quote" \\ and\n<b>', url="javascript:alert(1)"
        )
        told = Story(
            variant(title='x"@en . <urn:x>').incident, (msgspec.structs.replace(first, report=report),)
        )
        stream = io.StringIO()
        rdf.write_turtle([rdf.event_node(told)], stream)
        graph = rdflib.Graph().parse(data=stream.getvalue(), format="turtle")
        titles = {str(o) for o in graph.objects(None, rdflib.URIRef("https://schema.org/headline"))}
        assert titles == {'a "quote" \\ and <b>'}
        assert "javascript" not in stream.getvalue()


class TestStix:
    @staticmethod
    def _bundle(*stories: Story) -> str:
        stream = io.StringIO()
        assert stix.write_stix(stories, stream) == len(stories)
        return stream.getvalue()

    def test_the_validator_takes_it(self) -> None:
        """Errors none, and warnings only of words that the vocabulary leaves open."""
        validator = pytest.importorskip("stix2validator")
        logging.getLogger().setLevel(logging.ERROR)
        bare = variant(id="i-2", where=None, country=None, start=None, ledger=(), totals={}, actors={})
        text = self._bundle(story(), Story(bare.incident))
        result = validator.validate_string(text, validator.ValidationOptions(version="2.1"))
        assert result.is_valid, [str(e) for e in result.errors]

    def test_what_it_says(self) -> None:
        """The incident, where it was, who did it to whom, and its toll."""
        stix2 = pytest.importorskip("stix2")
        bundle = stix2.parse(self._bundle(story()), allow_custom=True)
        by_type: dict[str, list[object]] = {}
        for thing in bundle.objects:
            by_type.setdefault(thing["type"], []).append(thing)
        (incident,), (place,), (group,) = by_type["incident"], by_type["location"], by_type["threat-actor"]
        assert incident.name == "Killing, Gao, 2013-01-21"  # type: ignore[attr-defined]
        assert (place.country, round(place.latitude, 4)) == ("ML", 16.2717)  # type: ignore[attr-defined]
        assert group.name == "Ansar Dine"  # type: ignore[attr-defined]
        verbs = {r.relationship_type for r in by_type["relationship"]}  # type: ignore[attr-defined]
        assert verbs == {"located-at", "attributed-to", "targets"}
        core = json.loads(incident.serialize())["extensions"]  # type: ignore[attr-defined]
        assert core[stix.CORE]["determination"] == "confirmed"
        assert core[stix.TOLL]["toll"]["killed"]["best"] == 8
        references = [r["source_name"] for r in incident.external_references]  # type: ignore[attr-defined]
        assert references == ["dateline", "Sahel Wire", "Bamako Post"]

    def test_ids_are_made_from_content(self) -> None:
        """The same incident is the same object in another bundle; a place of two incidents stands once."""
        alone, together = (json.loads(self._bundle(*s)) for s in ((story(),), (story(), variant(id="i-2"))))
        ids = [o["id"] for o in together["objects"]]
        assert len(set(ids)) == len(ids)
        assert {o["id"] for o in alone["objects"]} < set(ids)
        assert alone["id"] != together["id"]
        assert self._bundle(story()) == self._bundle(story())

    def test_what_many_incidents_share_stands_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Also what was written longer ago than memory keeps."""
        monkeypatch.setattr(stix, "_LATEST", 3)
        places = [Place(id="p", name=f"Town {n % 5}", mentions=(), lat=1.0, lon=n % 5) for n in range(20)]
        stories = [variant(id=f"i-{n}", where=place) for n, place in enumerate(places)]
        things = list(stix.stix_objects(stories))
        ids = [thing["id"] for thing in things]
        assert len(set(ids)) == len(ids)
        assert sum(thing["type"] == "location" for thing in things) == 5
        assert sum(thing["type"] == "incident" for thing in things) == 20
        ends = {
            thing[end]
            for thing in things
            if thing["type"] == "relationship"
            for end in ("source_ref", "target_ref")
        }
        assert ends <= set(ids)

    def test_only_what_is_shared_is_remembered(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Not each incident with its relationships, of which there is no end."""
        kept: list[str] = []
        is_new = stix._Shared.is_new
        monkeypatch.setattr(stix._Shared, "is_new", lambda self, key: kept.append(key) or is_new(self, key))
        things = list(stix.stix_objects(variant(id=f"i-{n}") for n in range(3)))
        assert {key.partition("--")[0] for key in kept} == {"location", "threat-actor", "identity"}
        assert [thing["type"] for thing in things].count("relationship") == 9

    def test_a_place_of_history_is_left_out(self) -> None:
        """No code, no point: STIX has no location for it."""
        where = Place(id="p", name="Somewhere", mentions=())
        told = variant(where=where, country="SUN")
        assert "location--" not in self._bundle(Story(told.incident))
