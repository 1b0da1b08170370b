"""MUC-4's answer keys and dispatches are read."""

from __future__ import annotations

from dateline.evaluation.muc4.keys import dispatches, normalised, templates

KEY = r"""
;;; a comment
0.  MESSAGE: ID                     TST9-MUC3-0001 (U. SOMEWHERE)
1.  MESSAGE: TEMPLATE               1 (OPTIONAL)
4.  INCIDENT: TYPE                  BOMBING
9.  PERP: INDIVIDUAL ID             ? "TERRORISTS"
                                    "TWO MEN" / "MEN"
10. PERP: ORGANIZATION ID           -
12. PHYS TGT: ID                    "\"SANTO TOMAS\" FARM" / "FARM"
18. HUM TGT: NAME                   "ROBERTO NAVAS"
19. HUM TGT: DESCRIPTION            "REPORTER" / "PHOTOGRAPHER":
                                    "ROBERTO NAVAS"
                                    "PEASANTS"
21. HUM TGT: NUMBER                 1: "ROBERTO NAVAS"

0.  MESSAGE: ID                     TST9-MUC3-0002
1.  MESSAGE: TEMPLATE               *
9.  PERP: INDIVIDUAL ID             *
"""


def test_slots_are_read() -> None:
    """Alternatives, optional fillers, escapes, cross-references and continued lines come out."""
    first, second = templates(KEY)
    assert first.message == "TST9-MUC3-0001"
    people = first.get("PERP: INDIVIDUAL ID")
    assert [(f.strings, f.optional) for f in people] == [(("TERRORISTS",), True), (("TWO MEN", "MEN"), False)]
    assert first.get("PERP: ORGANIZATION ID") == []
    assert first.get("PHYS TGT: ID")[0].strings == ('"SANTO TOMAS" FARM', "FARM")
    described = first.get("HUM TGT: DESCRIPTION")
    assert described[0].strings == ("REPORTER", "PHOTOGRAPHER")
    assert described[0].refers == ("ROBERTO NAVAS",)
    assert described[1].strings == ("PEASANTS",)
    number = first.get("HUM TGT: NUMBER")[0]
    assert (number.code, number.refers) == ("1", ("ROBERTO NAVAS",))
    assert second.message == "TST9-MUC3-0002"
    assert second.get("PERP: INDIVIDUAL ID") == []


def test_strings_are_normalised_as_published() -> None:
    """Case, punctuation, articles and blanks don't count."""
    assert normalised('THE  "A-B" U.S. BASE') == "ab us base"


def test_dispatches_join_wrapped_lines() -> None:
    """Lines become paragraphs, blank lines part them, ids part the dispatches."""
    raw = "TST9-MUC3-0001\n\n   ONE\nTWO.\n\n   THREE.\n\nTST9-MUC3-0002 (X)\nFOUR.\n"
    assert list(dispatches(raw)) == [
        ("TST9-MUC3-0001", "ONE TWO.\n\nTHREE."),
        ("TST9-MUC3-0002", "FOUR."),
    ]
