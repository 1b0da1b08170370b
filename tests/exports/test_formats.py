"""One door for all formats: what each takes, that a file is whole, filters, the same bytes again."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import typer.main

from benchmarks.exports import Synthetic
from benchmarks.plain_linker import PlainLinker
from dateline import exports
from dateline.cli.export import Format as Named
from dateline.cli.export import What
from dateline.cli.main import app
from dateline.errors import ExportError, InputError
from dateline.exports import acled, ged
from dateline.exports.formats import FORMATS, WHATS, check, export, write
from dateline.exports.stories import told
from dateline.record import Incident, Posture, Record
from dateline.store import Filter, Near, Store, open_store
from tests.store.tales import closure, tale

PAIRS = [(form, what) for form, found in FORMATS.items() for what in found.takes if form != "cap"]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three attacks in two countries, one contested, and a posture."""
    rows = [
        tale(killed=5, url="https://sahel-wire.example.org/1"),
        tale(killed=9, source="a doctor", publisher="Gulf \x1b[31mCourier"),
        tale("Konna", "2013-01-20", 12, kind="airstrike", agent="the French air force"),
        tale("Tigantourine", "2013-01-17", 30), closure(),
    ]  # fmt: skip
    with open_store(tmp_path_factory.mktemp("s") / "s.db", linker=PlainLinker()) as opened:
        for report, record in rows:
            opened.add(report, record)
        yield opened


@pytest.mark.parametrize(("form", "what"), PAIRS)
def test_every_format_writes_what_it_takes(form: str, what: str, store: Store, tmp_path: Path) -> None:
    """Something, twice the same, and nothing beside the file."""
    path, again = tmp_path / "a", tmp_path / "b"
    assert export(store, what, form, path) > 0
    export(store, what, form, again)
    if form != "parquet":  # which holds a mark of its writer's version
        assert again.read_bytes() == path.read_bytes()
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "b"]


@pytest.mark.parametrize(("form", "what"), PAIRS)
def test_every_format_holds_nothing_too(form: str, what: str, store: Store, tmp_path: Path) -> None:
    """A filter that lets nothing through gives a file of the format without a row."""
    assert export(store, what, form, tmp_path / "a", Filter(country="JPN")) == 0
    body = (tmp_path / "a").read_bytes()
    if form in ("geojson", "jsonld", "stix"):
        assert isinstance(json.loads(body), dict)
    if form == "cap-zip":
        assert zipfile.ZipFile(io.BytesIO(body)).namelist() == []


def test_every_table_has_the_same_rows_in_every_format(store: Store, tmp_path: Path) -> None:
    """CSV, HXL, Parquet, GeoJSON, GeoPackage: the same ids."""
    pandas, raw = pytest.importorskip("pandas"), pytest.importorskip("pyogrio.raw")
    wanted = Filter(country="MLI")
    paths = {form: tmp_path / f"i.{form}" for form in ("csv", "hxl", "parquet", "geojson", "gpkg")}
    for form, path in paths.items():
        export(store, "incidents", form, path, wanted)
    frame = pandas.read_csv(paths["csv"])
    ids = sorted(frame["id"])
    assert len(ids) == 3
    assert sorted(pandas.read_csv(paths["hxl"], skiprows=[1])["id"]) == ids
    assert sorted(pandas.read_parquet(paths["parquet"])["id"]) == ids
    for form in ("geojson", "gpkg"):
        _, _, _, (found,) = raw.read(paths[form], columns=["id"], read_geometry=False)
        assert sorted(found) == ids


@pytest.mark.parametrize("form", ["acled", "ged", "geojson", "jsonld", "stix", "cap-zip", "turtle"])
def test_filters_hold_in_every_format(form: str, store: Store, tmp_path: Path) -> None:
    """Near Gao there is one incident."""
    assert export(store, "incidents", form, tmp_path / "a", Filter(near=Near(16.27, -0.04, 50))) == 1


def test_events_belong_to_the_incidents_asked_for(store: Store) -> None:
    """As figures and claims do."""
    stream = io.StringIO(newline="")
    write(store, "events", "csv", stream, Filter(country="DZA"))
    stream.seek(0)
    assert [row["place"] for row in csv.DictReader(stream)] == ["Tigantourine"]


def test_postures_take_a_host_and_days(store: Store) -> None:
    """Other filters are none that a posture could answer."""
    assert write(store, "postures", "csv", io.StringIO(), Filter(country="MLI", since="2013-01-01")) == 1
    assert write(store, "postures", "csv", io.StringIO(), Filter(country="MLI", until="2013-01-01")) == 0
    with pytest.raises(ExportError, match="--country"):
        write(store, "postures", "jsonl", io.StringIO(), Filter(killed=3))


def test_what_a_format_cannot_hold_is_said() -> None:
    """With what it holds."""
    with pytest.raises(ExportError, match="ical holds postures, not incidents"):
        check("incidents", "ical")
    with pytest.raises(ExportError, match="jsonld holds incidents and claims, not figures"):
        check("figures", "jsonld")
    with pytest.raises(ExportError, match="no such format"):
        check("incidents", "xls")


def test_a_file_of_bytes_is_not_printed(store: Store) -> None:
    """It is said that it needs a file."""
    for form in ("parquet", "gpkg", "cap", "cap-zip"):
        with pytest.raises(ExportError, match="--output"):
            write(store, FORMATS[form].takes[0], form, io.StringIO())


def test_a_failed_export_leaves_the_file_of_before(store: Store, tmp_path: Path) -> None:
    """Whole, and nothing beside it."""
    path = tmp_path / "a.xml"
    path.write_text("before")
    with pytest.raises(ExportError, match="cap-zip"):
        export(store, "incidents", "cap", path)
    assert path.read_text() == "before"
    assert [p.name for p in tmp_path.iterdir()] == ["a.xml"]
    with pytest.raises(InputError, match="can't be written"):
        export(store, "incidents", "csv", tmp_path / "no" / "such" / "folder.csv")


def test_the_command_names_the_same() -> None:
    """The command line's lists are those of the library."""
    assert [form.value for form in Named] == list(FORMATS)
    assert [what.value for what in What] == list(WHATS)


def test_incidents_export_and_brief_have_one_filter_language() -> None:
    """Every option of `incidents` that says which, with the same names and help."""
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]

    def filters(name: str) -> dict[str, tuple[tuple[str, ...], str]]:
        own = {"as_json", "limit", "db", "what", "form", "output", "sender"}
        return {p.name: (tuple(p.opts), p.help) for p in commands[name].params if p.name not in own}

    assert len(filters("incidents")) >= 10
    assert filters("export") == filters("brief") == filters("incidents")


def test_the_package_gives_its_names() -> None:
    """`dateline.exports.export` and the others, loaded when asked for."""
    assert exports.export is export
    assert exports.FORMATS is FORMATS
    with pytest.raises(AttributeError):
        _ = exports.nothing


def test_stories_are_fetched_some_at_a_time() -> None:
    """However many incidents there are, the records of a few are held; one with many reports comes alone."""
    asked: list[int] = []
    made = Synthetic(1000)

    def records_of(names: list[str]) -> dict[str, object]:
        asked.append(len(names))
        return dict(made.records_by_id(names))

    seen = [story.incident.id for story in told(made.incidents(), records_of)]  # type: ignore[arg-type]
    assert seen == [f"i-{number:012}" for number in range(1000)]
    assert max(asked) <= 200
    assert sum(asked) == 1000


def test_a_calendar_holds_few_reports_at_once() -> None:
    """However many postures there are: of a report it needs the title alone."""
    asked: list[int] = []

    class Watched(Synthetic):
        def postures(self, sender: str | None = None, host: str | None = None) -> list[Posture]:
            names = [f"sha256:{number:064x}#c1" for number in range(1000)]
            return [
                Posture(sender="JPN", host="MLI", mission="closed", since="2013-01-23", claim=n)
                for n in names
            ]

        def records_by_id(self, names: Sequence[str]) -> dict[str, Record]:
            asked.append(len(names))
            return super().records_by_id(names)

    stream = io.StringIO(newline="")
    assert write(Watched(1000), "postures", "ical", stream) == 1000  # type: ignore[arg-type]
    assert (max(asked), sum(asked)) == (200, 1000)
    assert stream.getvalue().replace("\r\n ", "").count("Told by") == 1000


@pytest.mark.parametrize("form", [form for form in FORMATS if form not in ("cap", "ical")])
def test_exports_stream(form: str, tmp_path: Path) -> None:
    """A format is written while incidents and records are still being made, never after the last."""
    rows, seen = 12_000, []

    class Watched(Synthetic):
        """Notes how large the file is while rows are asked for."""

        def _note(self, number: int) -> None:
            if number == rows - 1:
                seen.append(sum(p.stat().st_size for p in tmp_path.iterdir() if p.name.startswith(".")))

        def incidents(self, wanted: Filter | None = None) -> Iterator[Incident]:
            for number, incident in enumerate(super().incidents(wanted)):
                self._note(number)
                yield incident

        def tellings(self, wanted: Filter | None = None) -> Iterator[object]:  # type: ignore[override]
            for number, telling in enumerate(super().tellings(wanted)):
                self._note(number)
                yield telling

        def records(self, wanted: Filter | None = None) -> Iterator[object]:  # type: ignore[override]
            for number, record in enumerate(super().records(wanted)):
                self._note(number)
                yield record

    small = rows if form in ("parquet", "gpkg") else 1500  # a row group, a transaction, is larger
    rows = small
    what = FORMATS[form].takes[0]
    export(Watched(rows), what, form, tmp_path / "a")  # type: ignore[arg-type]
    whole = (tmp_path / "a").stat().st_size
    assert seen
    assert seen[0] > whole / 4


class TestDocument:
    """docs/exports.md goes through every format and every column."""

    TEXT = (Path(__file__).resolve().parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")

    @pytest.mark.parametrize("form", list(FORMATS))
    def test_every_format_is_told(self, form: str) -> None:
        assert f"`{form}`" in self.TEXT

    @pytest.mark.parametrize("column", [*acled.ACLED_COLUMNS, *ged.GED_COLUMNS])
    def test_every_column_is_told(self, column: str) -> None:
        assert f"`{column}`" in self.TEXT
