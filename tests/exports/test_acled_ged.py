"""The shapes of ACLED and GED: columns, codes, precisions, and what isn't theirs."""

from __future__ import annotations

import io
import re
from pathlib import Path

import msgspec
import pytest

from dateline import codebook
from dateline.exports import acled, ged, tables
from dateline.exports.countries import country
from dateline.exports.stories import Story, sentence_at
from dateline.reading.segments import sentences
from dateline.record import LedgerLine, Member, Place, Span, Total, When
from tests.exports.builders import story, variant


def _replaced(told: Story, **changes: object) -> Story:
    """The story with its events changed, in both reports."""
    records = tuple(
        msgspec.structs.replace(r, events=tuple(msgspec.structs.replace(e, **changes) for e in r.events))
        for r in told.records
    )
    return Story(told.incident, records)


class TestAcled:
    def test_every_cell_of_a_known_incident(self) -> None:
        """A reader of ACLED finds each value where it belongs, in ACLED's words."""
        row = acled.acled_row(story())
        assert row is not None
        assert list(row) == list(acled.ACLED_COLUMNS)
        assert {k: v for k, v in row.items() if k not in ("event_id_cnty", "notes")} == {
            "event_date": "2013-01-21", "year": 2013, "time_precision": 1, "disorder_type": "Political violence",
            "event_type": "Violence against civilians", "sub_event_type": "Attack", "actor1": "Ansar Dine",
            "assoc_actor_1": None, "inter1": "Rebel group", "actor2": "Civilians (Mali)", "assoc_actor_2": None,
            "inter2": "Civilians", "interaction": "Rebel group-Civilians",
            "civilian_targeting": "Civilian targeting", "iso": 466, "region": "Western Africa", "country": "Mali",
            "admin1": "Gao Region", "admin2": None, "admin3": None, "location": "Gao", "latitude": 16.2717,
            "longitude": -0.0447, "geo_precision": 2, "source": "Sahel Wire; Bamako Post", "source_scale": None,
            "fatalities": 8, "tags": None, "timestamp": None,
        }  # fmt: skip
        assert str(row["event_id_cnty"]).startswith("MLI")
        assert row["notes"] == (
            "Gunmen of the Ansar Dine group shot dead five villagers near Gao on 21 January 2013, "
            "police said. Fatalities reported: 5–8, contested."
        )

    @pytest.mark.parametrize("kind", list(codebook.TYPES))
    def test_every_type_has_a_sub_event_or_is_left_out(self, kind: str) -> None:
        """What the codebook gives no ACLED code is no row; all else is of ACLED's vocabulary."""
        row = acled.acled_row(variant(type=kind, types=()))
        if kind in ("death", "injury"):  # ACLED's codebook asks for an act
            assert row is None
        else:
            assert (row is None) == (codebook.TYPES[kind].acled is None)
        if row is not None:
            assert acled.EVENT_TYPE[str(row["sub_event_type"])] == row["event_type"]

    @pytest.mark.parametrize("kind", list(codebook.TYPES))
    def test_sub_events_are_those_of_the_codebook(self, kind: str) -> None:
        """The codebook's own column, of which this is the exact form, names each of them."""
        book = codebook.TYPES[kind].acled
        if book in (None, "Territory changes hands"):
            return
        assert acled.sub_event(variant(type=kind, types=())) in (None, *str(book).split(" / "))

    def test_a_killing_by_a_bomb_is_the_bomb(self) -> None:
        """ACLED codes the means, and people killed are its fatalities."""
        row = acled.acled_row(variant(types=("bombing",)))
        assert row is not None
        assert row["sub_event_type"] == "Remote explosive/landmine/IED"
        assert row["civilian_targeting"] == "Civilian targeting"

    def test_forces_are_named_by_their_state(self) -> None:
        """Those of the country are State forces, those of another External."""
        told = story()
        actors = told.records[0].actors
        french = msgspec.structs.replace(actors[0], kind="military", country="FRA", name="French troops")
        first = msgspec.structs.replace(told.records[0], actors=(french, actors[1]))
        row = acled.acled_row(Story(told.incident, (first, told.records[1])))
        assert row is not None
        assert (row["actor1"], row["inter1"]) == ("Military Forces of France", "External/Other forces")

    @pytest.mark.parametrize(
        ("precision", "code"),
        [("exact", 1), ("near", 2), ("admin2", 2), ("admin1", 3), ("country", 3), ("region", 3)],
    )
    def test_geo_precision(self, precision: str, code: int) -> None:
        """One to three."""
        where = story().incident.where
        assert where is not None
        row = acled.acled_row(variant(where=msgspec.structs.replace(where, precision=precision)))
        assert row is not None
        assert row["geo_precision"] == code

    @pytest.mark.parametrize(
        ("precision", "code"),
        [("hour", 1), ("day", 1), ("week", 2), ("month", 3), ("year", 3), ("unknown", 3)],
    )
    def test_time_precision(self, precision: str, code: int) -> None:
        """One to three."""
        when = When(start="2013-01-21", end="2013-01-27", precision=precision)  # type: ignore[arg-type]
        row = acled.acled_row(_replaced(story(), when=when))
        assert row is not None
        assert row["time_precision"] == code

    def test_the_least_that_can_be_known_is_a_row(self) -> None:
        """No place, no day, no toll, no record at hand."""
        bare = variant(where=None, country=None, start=None, end=None, ledger=(), totals={}, actors={})
        row = acled.acled_row(Story(bare.incident))
        assert row is not None
        assert (row["event_date"], row["country"], row["fatalities"]) == (None, None, 0)
        assert (row["actor1"], row["notes"]) == ("Unidentified Armed Group", "Killing, Gao, 2013-01-21")

    def test_known_agencies_have_a_scale(self) -> None:
        """Of the country: national; foreign: international; not in the list: nothing is said."""
        told = story()
        reports = [msgspec.structs.replace(r.report, publisher=p) for r, p in
                   zip(told.records, ("Agence France-Presse", "Anon Blog"), strict=True)]  # fmt: skip
        records = tuple(
            msgspec.structs.replace(r, report=x) for r, x in zip(told.records, reports, strict=True)
        )
        row = acled.acled_row(Story(told.incident, records))
        assert row is not None
        assert row["source_scale"] == "International"


class TestGed:
    def test_every_cell_of_a_known_incident(self) -> None:
        """One-sided violence: the group is side A, civilians side B with UCDP's number for them."""
        row = ged.ged_row(story())
        assert row is not None
        assert list(row) == list(ged.GED_COLUMNS)
        filled = {k: v for k, v in row.items() if v is not None and not k.startswith("source") and k != "id"}
        assert filled == {
            "relid": "i-0123456789ab", "year": 2013, "code_status": "Check deaths", "type_of_violence": 3,
            "dyad_name": "Ansar Dine - Civilians", "side_a": "Ansar Dine", "side_a_new_id": 2883,
            "side_b": "Civilians", "side_b_new_id": 9999, "number_of_sources": 2, "where_prec": 2,
            "where_coordinates": "Gao", "where_description": "Gao", "adm_1": "Gao Region", "latitude": 16.2717,
            "longitude": -0.0447, "geom_wkt": "POINT (-0.044700 16.271700)", "priogrid_gid": 153000,
            "country": "Mali", "country_id": 432, "region": "Africa", "event_clarity": 1, "date_prec": 1,
            "date_start": "2013-01-21", "date_end": "2013-01-21", "deaths_a": 0, "deaths_b": 0,
            "deaths_civilians": 8, "deaths_unknown": 0, "best": 8, "high": 8, "low": 5,
        }  # fmt: skip
        assert row["source_original"] == "police; a doctor"
        assert str(row["source_article"]).startswith('"Sahel Wire,2013-01-22,Villagers killed near Gao"')

    def test_deaths_add_up_to_the_best(self) -> None:
        """As in GED, whatever the groups."""
        for best in (3, 8, 20):
            line = story().incident.ledger[0]
            total = Total(lowest=1, best=best, highest=30, rule="-", lines=(0,))
            row = ged.ged_row(variant(ledger=(line,), totals={"killed": total}))
            assert row is not None
            parts = [row[f"deaths_{side}"] for side in ("a", "b", "civilians", "unknown")]
            assert sum(p for p in parts if isinstance(p, int)) == row["best"] == best

    def test_a_state_is_side_a(self) -> None:
        """Also where the group attacked it; its dead and the group's are told apart."""
        told = story()
        actors = told.records[0].actors
        army = msgspec.structs.replace(actors[1], kind="military", country="MLI", name="Malian army")
        records = tuple(
            msgspec.structs.replace(r, actors=(*(a for a in r.actors if a.id != "a2"), army))
            for r in told.records
        )
        lines = (
            LedgerLine(measure="killed", group="soldier", best=5), LedgerLine(measure="killed", group="militant", best=2),
        )  # fmt: skip
        total = Total(lowest=7, best=8, highest=8, rule="-", lines=(0, 1))
        incident = msgspec.structs.replace(told.incident, ledger=lines, totals={"killed": total})
        row = ged.ged_row(Story(incident, records))
        assert row is not None
        assert (row["type_of_violence"], row["side_a"], row["side_b"]) == (
            1,
            "Government of Mali",
            "Ansar Dine",
        )
        assert (row["side_a_new_id"], row["gwnoa"], row["gwnob"]) == (72, 432, None)
        assert (row["deaths_a"], row["deaths_b"], row["deaths_unknown"]) == (5, 2, 1)

    @pytest.mark.parametrize(
        "changes",
        [
            {"type": "accident", "types": ()},
            {"totals": {}},
            {"totals": {"killed": Total(lowest=0, best=0, highest=0, rule="-")}},
        ],
    )
    def test_what_is_no_event_of_organised_violence_is_no_row(self, changes: dict[str, object]) -> None:
        """No accident, nobody dead."""
        assert ged.ged_row(variant(**changes)) is None

    @pytest.mark.parametrize(
        ("end", "code"),
        [("2013-01-21", 1), ("2013-01-24", 2), ("2013-01-27", 3), ("2013-02-10", 4), ("2013-12-30", 5)],
    )
    def test_date_prec(self, end: str, code: int) -> None:
        """One day, 2 to 6, a week, a month, a year."""
        row = ged.ged_row(variant(end=end))
        assert row is not None
        assert (row["date_prec"], row["event_clarity"]) == (code, 1 if code == 1 else 2)

    @pytest.mark.parametrize(
        ("precision", "code"),
        [("exact", 1), ("near", 2), ("admin2", 3), ("admin1", 4), ("region", 5), ("country", 6)],
    )
    def test_where_prec(self, precision: str, code: int) -> None:
        """One to six; seven, the high seas, is never known."""
        where = Place(id="p", name="x", mentions=(), lat=1.0, lon=1.0, precision=precision)  # type: ignore[arg-type]
        row = ged.ged_row(variant(where=where))
        assert row is not None
        assert row["where_prec"] == code

    @pytest.mark.parametrize(
        ("lat", "lon", "cell"),
        [(-90, -180, 1), (-89.75, 179.75, 720), (90, 180, 259200), (9.25, 38.75, 142998)],
    )
    def test_priogrid(self, lat: float, lon: float, cell: int) -> None:
        """The corners, and a cell near Addis Ababa."""
        assert ged.priogrid_cell(lat, lon) == cell

    def test_an_unknown_attacker_is_to_be_checked(self) -> None:
        """UCDP's coders decide such; no side is made up."""
        told = variant(actors={})
        records = tuple(
            msgspec.structs.replace(
                r, events=tuple(msgspec.structs.replace(e, arguments=()) for e in r.events)
            )
            for r in told.records
        )
        row = ged.ged_row(Story(told.incident, records))
        assert row is not None
        assert (row["side_a"], row["type_of_violence"], row["code_status"]) == (None, None, "Check dyad")
        assert row["deaths_unknown"] == 8


@pytest.mark.parametrize("module", [acled, ged])
def test_pandas_reads_the_tables(module: object, tmp_path: Path) -> None:
    """The columns come back with their types."""
    pandas = pytest.importorskip("pandas")
    rows, columns = (
        (acled.acled_rows, acled.ACLED_COLUMNS) if module is acled else (ged.ged_rows, ged.GED_COLUMNS)
    )
    stream = io.StringIO(newline="")
    assert tables.write_csv(rows([story(), variant(type="disaster", types=())]), columns, stream) == 1
    stream.seek(0)
    frame = pandas.read_csv(stream)
    assert list(frame.columns) == list(columns)
    assert frame["latitude"][0] == 16.2717
    key = "event_id_cnty" if module is acled else "id"
    (first,) = rows([story()])
    assert frame[key][0] == first[key]


def test_member_events_that_are_gone_do_no_harm() -> None:
    """A record that was read anew may lack an event."""
    told = variant(events=(Member(report="sha256:x", event="e9"),))
    assert acled.acled_row(told) is not None
    assert list(told.events()) == []


def test_country_codes() -> None:
    """Codes of three schemes; states of history have none."""
    mali = country("MLI")
    assert mali is not None
    assert (mali.alpha2, mali.numeric, mali.gwno, mali.ucdp_government) == ("ML", 466, 432, 72)
    assert country("SUN") is not None
    assert country(None) is None


class TestSides:
    def test_forces_without_a_country_are_those_of_the_place(self) -> None:
        """`the army` in a report from Mali is Mali's."""
        told = story()
        actors = told.records[0].actors
        army = msgspec.structs.replace(actors[0], kind="military", name="army", registry=None)
        first = msgspec.structs.replace(told.records[0], actors=(army, actors[1]))
        row = ged.ged_row(Story(told.incident, (first, told.records[1])))
        assert row is not None
        assert (row["side_a"], row["gwnoa"]) == ("Government of Mali", 432)

    def test_what_nobody_knows_the_kind_of_is_no_actor(self) -> None:
        """Pronouns and things fill no column."""
        told = story()
        records = tuple(msgspec.structs.replace(r, actors=()) for r in told.records)
        row = acled.acled_row(Story(told.incident, records))
        assert row is not None
        assert (row["actor1"], row["actor2"]) == ("Unidentified Armed Group (Mali)", None)

    @pytest.mark.parametrize("status", ["possible", "planned", "threatened", "denied"])
    def test_what_was_not_done_is_no_row(self, status: str) -> None:
        """Both data sets hold what happened."""
        told = _replaced(story(), status=status)
        assert acled.acled_row(told) is None
        assert ged.ged_row(told) is None

    def test_an_advice_of_nobody_has_no_actor(self) -> None:
        """An unidentified armed group advises no travellers."""
        told = variant(type="travel-advisory", types=(), actors={})
        row = acled.acled_row(Story(told.incident))
        assert row is not None
        assert (row["event_type"], row["actor1"], row["interaction"]) == (
            "Strategic developments",
            None,
            None,
        )


@pytest.mark.parametrize(
    ("text", "word", "sentence"),
    [
        (
            "GAO, Mali, Jan 22 (Wire) -- Two men, of the U.S. Army, fell. More.",
            "fell",
            "Two men, of the U.S. Army, fell.",
        ),
        ("One fell. Mr. Diallo said \u201cyes.\u201d Two fell.", "said", "Mr. Diallo said \u201cyes.\u201d"),
        ("First line\n\nThe bomb - a big one - killed five", "killed", "The bomb - a big one - killed five"),
        ("A man - armed - fell.", "fell", "A man - armed - fell."),
    ],
)
def test_a_sentence_is_cut_as_readers_would(text: str, word: str, sentence: str) -> None:
    """Abbreviations end none; only an agency's header line is left out."""
    start = text.index(word)
    assert sentence_at(text, Span.of(text, start, start + len(word))) == sentence


@pytest.mark.parametrize(
    "text",
    [
        "One fell. Two fell. \n\nthree fell there. Four fell.",
        "One fell.  \r\n\r\n- Two fell.\n\n\n  Three fell. \n \n",
        "GAO - One fell\nin Gao. Dr. Two fell.\nThree fell",
    ],
)
def test_the_paragraph_alone_gives_the_same_sentence(text: str) -> None:
    """As cutting the whole text does."""
    words = [match.span() for match in re.finditer(r"\w+", text)]
    for start, end in words:
        (whole,) = [text[a:b] for a, b in sentences(text) if a <= start < b]
        found = sentence_at(text, Span.of(text, start, end))
        assert found == " ".join(whole.split()).removeprefix("GAO - ")
