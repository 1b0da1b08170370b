"""Offices: a governor by name, by office and by title is one voice over all reports; two governors are two."""

from __future__ import annotations

import pytest

from dateline.incidents import link
from dateline.incidents.offices import office_told, person_in, without_more
from dateline.record import LedgerLine
from tests.incidents.builder import Builder

OUTLETS = (
    "Governor Issa Baro Keita",
    "Keita, the governor of Gao",
    "the governor of Gao",
    "Gao State Governor Issa Keita",
    "Mr Keita",
    "Gao's governor",
    "the Gao governor, Issa Keita",
    "Prof. Issa Keita",
    "Governor Keita of Gao State",
    "the governor",
)


def line_of(*speakers: str, kind: str = "official") -> LedgerLine:
    """The line of the soldiers killed, told alike by outlets that each name their source in one way."""
    records = []
    for n, speaker in enumerate(speakers):
        text = (
            f"GAO, Mali - Rebels attacked the barracks of Gao on Monday at dawn and eleven soldiers were killed, "
            f"{speaker} told the paper's man number {n}. The fort burned."
        )
        made = Builder(text, "2013-01-15", f"Wire {n}", title="Rebels attack barracks of Gao")
        made.event("armed-attack", "attacked", where="Gao", day="2013-01-14")
        made.event("killing", "killed", where="Gao", day="2013-01-14")
        made.figure("killed", "eleven", 11, group="soldier", of="killed")
        made.claim(speaker, kind, ["attacked", "killed", "eleven"], said="2013-01-15")
        records.append(made.build())
    (incident,) = link(records).incidents
    return next(line for line in incident.ledger if line.measure == "killed")


def test_one_governor_quoted_by_ten_outlets_is_one_source() -> None:
    """Name, office, title: ten outlets that quote one man in ten wordings count as one source."""
    found = line_of(*OUTLETS)
    assert len({c.report for c in found.claims} | {r for c in found.claims for r in c.also}) == len(OUTLETS)
    assert {c.by for c in found.claims} == {"issa-keita"}
    assert found.agreement == "single"


def test_a_minister_by_name_alone_speaks_for_the_ministry_that_another_report_gives_him() -> None:
    """The ministry is known from one report, and holds for the name in another."""
    found = line_of("Malian Interior Minister Issa Keita", "Issa Keita", "the Malian interior ministry")
    assert {c.by for c in found.claims} == {"mli-interior-ministry"}


def test_a_spokesman_by_name_speaks_for_the_governor() -> None:
    """Who is named as the governor's spokesman is the governor's voice, in every report."""
    found = line_of(
        "Gao Governor Issa Keita", "Awa Diallo, a spokesman for the governor of Gao", "Awa Diallo"
    )
    assert {c.by for c in found.claims} == {"issa-keita"}


def test_a_head_of_government_by_office_and_by_name_is_one() -> None:
    """`Prime Minister X of Mali` is who `the Malian prime minister` is."""
    found = line_of("Prime Minister Issa Keita of Mali", "the Malian prime minister")
    assert {c.by for c in found.claims} == {"issa-keita"}


@pytest.mark.parametrize(
    "speakers",
    [
        ("Gao Governor Issa Keita", "the governor of Kidal"),
        ("Gao Governor Issa Keita", "Kidal Governor Awa Diallo"),
        ("French President Jean Petit", "the Malian president"),
        ("President Jean Petit", "the president"),
        ("Gao Governor Issa Keita", "the deputy governor of Gao"),
        ("Issa Keita", "Awa Keita"),
        ("Issa Keita", "Awa Diallo"),
        ("Issa Keita", "Officer Keita"),
        ("Gao Governor Issa Keita", "the Gao governor's wife"),
    ],
)
def test_two_are_two(speakers: tuple[str, str]) -> None:
    """Other area, other state, a deputy, another name: two voices that agree."""
    found = line_of(*speakers)
    assert len({c.by for c in found.claims}) == 2
    assert found.agreement == "agreed"


def test_an_office_that_two_are_told_to_hold_is_tied_to_neither() -> None:
    """Where two governors of one place are named, `the governor of Gao` stays apart from both."""
    found = line_of("Gao Governor Issa Keita", "Gao Governor Awa Diallo", "the governor of Gao")
    assert {c.by for c in found.claims} == {"issa-keita", "awa-diallo", "gao-governor"}


@pytest.mark.parametrize(
    ("name", "person", "office"),
    [
        ("Keita, the governor of Gao", "Keita", ("governor", "gao")),
        ("Keita, Gao's governor", "Keita", ("governor", "gao")),
        ("Keita, the", "Keita", (None, None)),
        ("Prime Minister Issa Keita of Mali", "Issa Keita", ("prime minister", "mli")),
        ("Governor Keita of Gao State", "Keita", ("governor", "gao")),
        ("Gov. Issa Keita", "Issa Keita", ("governor", None)),
        ("Issa Keita,", "Issa Keita", (None, None)),
        ("Libyan Prime Minister Ali al-Zeidan", "Ali al-Zeidan", ("prime minister", "lby")),
        ("the Malian presidency", "", ("president", "mli")),
        ("Governor of Gao", "", ("governor", "gao")),
        ("the mayor of the northern town of Kidal", "", ("mayor", "kidal")),
        ("Chief Justice of Mali", "", (None, None)),
        ("Human Rights Commission of Mali", "", (None, None)),
        ("the president of the traders' union", "", (None, None)),
        ("the former governor of Gao", "", (None, None)),
        ("police commander Abdi Warsame", "Abdi Warsame", (None, None)),
    ],
)
def test_name_and_office_are_told_apart(
    name: str, person: str, office: tuple[str | None, str | None]
) -> None:
    """What stands behind a name is cut from it, and an office's own place is no name."""
    words = person_in(without_more(name))
    assert " ".join(words) == person
    assert office_told(name, words) == office
