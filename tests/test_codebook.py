"""The vocabulary: complete, and the same as the codebook's own tables."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dateline import codebook

TYPES = """
armed-attack battle bombing suicide-bombing airstrike shelling killing abduction abuse destruction seizure
security-operation arrest prosecution sanction restriction threat coup deployment withdrawal displacement
evacuation release protest riot talks agreement aid appeal accusation rejection support responsibility-claim
mission-closure mission-opening travel-advisory disaster outbreak accident death injury
""".split()
STATUSES = "happened ongoing planned predicted requested threatened possible denied hypothetical".split()
ROLES = "agent target instrument origin destination recipient cause".split()
MEASURES = """
killed wounded missing held detained freed displaced evacuated infected unidentified attackers deployed
participants affected destroyed
""".split()
GROUPS = """
civilian hostage militant soldier police official worker journalist aid-worker child migrant prisoner
protester attacker combined unspecified
""".split()
FIGURE_STATUSES = "stated possible predicted denied".split()
KINDS = """
official anonymous institution armed-group witness media expert document company relative report
""".split()
ACTOR_KINDS = """
government military police armed-group intergovernmental ngo company media civilians person other
""".split()
PLOVER = {
    *("ASSAULT COERCE SANCTION THREATEN MOBILIZE RETREAT PROTEST CONSULT AGREE AID REQUEST ACCUSE".split()),
    *("REJECT SUPPORT COOPERATE".split()),
}


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        (codebook.TYPES, TYPES),
        (codebook.STATUSES, STATUSES),
        (codebook.ROLES, ROLES),
        (codebook.MEASURES, MEASURES),
        (codebook.GROUPS, GROUPS),
        (codebook.FIGURE_STATUSES, FIGURE_STATUSES),
        (codebook.KINDS, KINDS),
        (codebook.ACTOR_KINDS, ACTOR_KINDS),
    ],
    ids=["types", "statuses", "roles", "measures", "groups", "figure statuses", "kinds", "actor kinds"],
)
def test_every_name_is_there_in_order(names: dict[str, object], wanted: list[str]) -> None:
    """The names are those of the codebook, in its order, on which the model's label indices rest."""
    assert list(names) == wanted


def test_every_name_says_what_it_covers() -> None:
    """No name is without words of its own."""
    assert all(t.covers for t in codebook.TYPES.values())
    for table in (codebook.STATUSES, codebook.ROLES, codebook.MEASURES, codebook.GROUPS, codebook.KINDS):
        assert all(table.values())


def test_codes_are_of_their_schemes() -> None:
    """PLOVER codes are its roots, CAMEO codes roots 01 to 20; `none` is None and no string."""
    for event in codebook.TYPES.values():
        assert event.plover is None or event.plover in PLOVER, event
        assert event.cameo is None or re.fullmatch("0[1-9]|1[0-9]|20", event.cameo), event
        assert event.acled != "none", event


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("suicide-bombing", ("ASSAULT", "18", "Suicide bomb")),
        ("destruction", ("ASSAULT", "20", "Looting/property destruction")),
        ("mission-opening", ("COOPERATE", "05", "Other")),
        ("travel-advisory", (None, "01", "Other")),
        ("displacement", (None, None, "Other")),
        ("disaster", (None, None, None)),
    ],
)
def test_codes_of_some_types(name: str, codes: tuple[str | None, ...]) -> None:
    """A type bears the codes of its row."""
    event = codebook.TYPES[name]
    assert (event.plover, event.cameo, event.acled) == codes


def _rows(text: str, head: str) -> list[list[str]]:
    """Read the rows of the Markdown table whose header row begins with `head`."""
    lines = text[text.index(head) :].splitlines()[2:]
    rows = []
    for line in lines:
        if not line.startswith("|"):
            break
        rows.append([cell.strip().strip("`") for cell in line.strip("|").split("|")])
    return rows


def test_types_are_the_rows_of_the_codebook(shared: Path) -> None:
    """Every type has the words and codes of its row in the codebook's table."""
    text = (shared / "codebook.md").read_text(encoding="utf-8")
    ours = [
        [t.name, t.covers, t.plover or "none", t.cameo or "none", t.acled or "none"]
        for t in codebook.TYPES.values()
    ]
    assert ours == _rows(text, "| type | what it covers")


def test_measures_are_the_rows_of_the_codebook(shared: Path) -> None:
    """The measures are the rows of the codebook's table."""
    text = (shared / "codebook.md").read_text(encoding="utf-8")
    assert list(codebook.MEASURES) == [name for name, _ in _rows(text, "| measure | counts")]


@pytest.mark.parametrize(
    ("names", "start", "stop"),
    [
        ("STATUSES", "**Status**", "**Roles**"),
        ("ROLES", "**Roles**", "## 3."),
        ("GROUPS", "`group` is one of", "`status` is"),
        ("FIGURE_STATUSES", "`status` is `stated`", "A part of"),
        ("KINDS", "`kind`: `official`", "A suspect"),
        ("ACTOR_KINDS", "| Actor | `id`", "`country`"),
    ],
)
def test_lists_are_those_of_the_codebook(shared: Path, names: str, start: str, stop: str) -> None:
    """Each list of names is the one that the codebook's text gives, in its order."""
    text = (shared / "codebook.md").read_text(encoding="utf-8")
    part = text[text.index(start) :]
    found = re.findall("`([a-z-]+)`", part[: part.index(stop, len(start))])
    wanted = list(getattr(codebook, names))
    assert [n for n in dict.fromkeys(found) if n in wanted] == wanted
    assert set(found) - set(wanted) <= {"kind", "status", "group", "id", "name", "where", "when"}


@pytest.mark.parametrize(
    ("precision", "radius", "country", "name", "code"),
    [
        ("exact", None, "MLI", "Gao", 1),
        ("near", 6.0, "MLI", "15 km north of Gao", 2),
        ("near", 143.0, "MLI", "between Gao and Kidal", 5),
        ("admin2", None, "USA", "Todd County", 3),
        ("admin1", None, "AFG", "Kunar", 4),
        ("region", 500.0, None, "Sahel", 5),
        ("country", None, "MLI", "Mali", 6),
        (None, None, None, "Qwrtzabad", 6),
        ("region", 400.0, None, "Gulf of Aden", 7),
    ],
)
def test_where_prec_is_that_of_ucdp(
    precision: str | None, radius: float | None, country: str | None, name: str, code: int
) -> None:
    """Each precision has its code; a stretch over 25 km is fuzzy, the sea is of no state."""
    assert codebook.where_prec(precision, radius, country, name) == code
