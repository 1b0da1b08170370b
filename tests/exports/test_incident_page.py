"""The page of an incident on a terminal: what stands where, in what order, and how wide."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from rich.console import Console

from dateline.exports.incident_page import print_incident
from dateline.exports.ledger_wording import by_gravity, word_line, word_speaker, word_speakers
from dateline.record import Incident, LedgerClaim, LedgerLine, Total


def _claim(by: str, low: int | None, high: int | None = None, **more: object) -> LedgerClaim:
    known: dict[str, object] = {"source": by, "kind": "official", "said": "2013-01-17", **more}
    return LedgerClaim(report="r" * 8, figure="f", by=by, low=low, high=high, **known)  # type: ignore[arg-type]


def _line(measure: str, *claims: LedgerClaim, **more: object) -> LedgerLine:
    return LedgerLine(measure=measure, group=str(more.pop("group", "hostage")), claims=claims, **more)  # type: ignore[arg-type]


def _incident(*lines: LedgerLine) -> Incident:
    return Incident(
        id="i-0123456789ab", type="abduction", types=("abduction", *"abcdefghij"), title="A siege",
        country="DZA", start="2013-01-16", end="2013-01-19", reports=("r" * 8,), ledger=lines,
        actors={"agent": tuple(f"group {n}" for n in range(20))},
        totals={"held": Total(best=41, rule="as one has it"), "killed": Total(best=37, rule="as all have it")},
    )  # fmt: skip


def _printed(incident: Incident, **options: bool) -> list[str]:
    console = Console(width=80, record=True, file=open("/dev/null", "w"), highlight=False)  # noqa: SIM115
    print_incident(console, incident, [], **options)
    return [line.rstrip() for line in console.export_text().splitlines()]


CONTESTED = _line(
    "killed", _claim("the army", 23, 23), _claim("a doctor", 30, 60), _claim("rebels", 40),
    _claim("a rumour", 46, 46, status="denied"),
    lowest=23, best=40, highest=60, agreement="contested",
)  # fmt: skip


def test_the_gravest_comes_first() -> None:
    """By measure in the codebook's order, wholes before nationals; the same in the toll."""
    held, nationals = _line("held", _claim("x", 1, 1)), _line("killed", _claim("x", 1, 1), nationality="JPN")
    assert by_gravity([held, nationals, CONTESTED]) == [CONTESTED, nationals, held]
    lines = _printed(_incident(held, CONTESTED))
    tolls = [line.split()[0] for line in lines if line.endswith("have it") or line.endswith("has it")]
    assert tolls == ["killed", "held"]


def test_several_figures_have_bars_and_single_ones_a_row() -> None:
    """A bar is as long as its share of the largest figure; a range is shaded, an open bound has a tip."""
    singles = _line("killed", _claim("Tokyo", 10, 10), nationality="JPN")
    lines = _printed(_incident(CONTESTED, singles))
    (head,) = [line for line in lines if line.startswith("  killed, hostages")]
    assert head.split("  ")[1:] == ["killed, hostages", "23–60, best 40", "contested"]
    bars = {line.split("  ")[-2 if "official" in line else -1].strip(): line for line in lines}
    army, doctor, rebels = (bars[name] for name in ("the army", "a doctor", "rebels"))
    assert army.count("█") == 3
    assert (doctor.count("█"), doctor.count("░")) == (4, 4)
    assert "▸" in rebels
    row = next(line for line in lines if "Tokyo" in line)
    assert row.split()[:5] == ["17", "Jan", "10", "JPN", "hostages"]
    assert lines[lines.index(row) - 1] == "  killed, one figure each"


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [(1, 1, ["1", "prisoner"]), (2, 2, ["2", "prisoners"]), (1, None, ["1+", "prisoners"])],
)
def test_one_is_told_in_the_singular(low: int, high: int | None, words: list[str]) -> None:
    """A row of one figure counts `1 prisoner`, and more than one in the plural."""
    lines = _printed(_incident(_line("held", _claim("Tokyo", low, high), group="prisoner")))
    row = next(line.split() for line in lines if "Tokyo" in line and "Jan" in line)
    assert row[2:4] == words


def test_only_what_is_contested_ends_the_page() -> None:
    """As the demo shows it: other lines of the ledger are left out, and the rest stands before."""
    lines = _printed(_incident(CONTESTED, _line("held", _claim("x", 41, 41))), contested=True)
    assert "LEDGER" not in lines
    at = lines.index("CONTESTED")
    assert at > lines.index("TIMELINE") > lines.index("TOLL")
    assert not any("held" in line for line in lines[at:])
    assert any("the army" in line for line in lines[at:])


def test_a_day_is_named_once() -> None:
    """And with its year where there are several."""
    one = _printed(_incident(CONTESTED))
    assert sum("17 Jan" in line for line in one) == 1
    line = _line("killed", _claim("x", 1, 1, said="2012-12-31"), _claim("y", 2, 2, said="2013-01-01"))
    assert any("31 Dec 2012" in text for text in _printed(_incident(line)))


def test_long_lists_are_cut() -> None:
    """Of names and types some are shown, and how many more there are."""
    lines = _printed(_incident())
    assert any("and 14 more" in line for line in lines)
    assert any(line.startswith("with: a, b, c, d, e, f and 4 more") for line in lines)


def test_nothing_is_wider_than_the_terminal() -> None:
    """Whatever the names."""
    wide = _line("killed", *(_claim("ж" * 200 + " 漢字" * 40, 10**15, 10**15) for _ in range(3)))
    assert max(map(cell_len, _printed(_incident(wide)))) <= 80


@pytest.mark.parametrize(
    ("source", "by", "words"),
    [
        ("Prime Minister Sellal", "abdelmalek-sellal", "Prime Minister Sellal"),
        ("he", "abdelmalek-sellal", "he [abdelmalek sellal]"),
        ("The same source", "unnamed-local", "The same source [unnamed local]"),
        ("their governments", "usa-government", "their governments [usa government]"),
        (None, "gulf-courier", "gulf courier"),
        ("a \x1b[31msource", "x", "a \ufffd[31msource"),
    ],
)
def test_a_speaker_is_named_where_the_report_only_points(source: str | None, by: str, words: str) -> None:
    """As an editor adds it, in brackets."""
    assert word_speaker(_claim(by, 1, source=source)) == words


def test_a_report_speaks_by_its_publisher_s_name() -> None:
    """What nobody is cited for is the publisher's, written as a name."""
    claim = _claim("gulf-courier", 1, kind="report", source=None)
    assert word_speaker(claim) == "Gulf Courier"
    assert word_speakers([claim]) == {"gulf-courier": "Gulf Courier"}


def test_a_speaker_has_one_name_over_his_claims() -> None:
    """The longest that a report has for him; his key where there are only pointers."""
    claims = [_claim("s", 1, source=name) for name in ("he", "Sellal", "Prime Minister Sellal")]
    assert word_speakers([*claims, _claim("the-army", 1, source="it")]) == {
        "s": "Prime Minister Sellal", "the-army": "the army",
    }  # fmt: skip


def test_a_line_is_worded_by_whom_it_counts() -> None:
    """Groups in the plural; none where all are counted."""
    assert [word_line(_line("killed", group=g)) for g in ("child", "police", "aid-worker", "unspecified")] == [
        "killed, children", "killed, police", "killed, aid workers", "killed",
    ]  # fmt: skip
    assert word_line(_line("held", nationality="JPN", group="combined")) == "held, JPN"
