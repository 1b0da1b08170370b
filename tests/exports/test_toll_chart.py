"""The toll chart and the piece of HTML that an incident shows itself as."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.exports.incident_html import incident_html
from dateline.exports.toll_chart import charted, toll_chart
from dateline.record import Incident, LedgerClaim, LedgerLine, Total

_SVG = "{http://www.w3.org/2000/svg}"


def _claim(by: str, low: int | None, high: int | None, said: str | None, **more: object) -> LedgerClaim:
    return LedgerClaim(
        report="sha256:" + "0" * 64, figure="f1", by=by, kind="official", low=low, high=high, said=said,
        **more,  # type: ignore[arg-type]
    )  # fmt: skip


def _line(*claims: LedgerClaim, **more: object) -> LedgerLine:
    return LedgerLine(measure="killed", group="hostage", claims=claims, **more)  # type: ignore[arg-type]


SIEGE = _line(
    _claim("a kidnapper", 34, 34, "2013-01-17"),
    _claim("the ministry", 23, 23, "2013-01-19"),
    _claim("the ministry", 37, 37, "2013-01-21"),
    _claim("a doctor", 20, 30, "2013-01-20"),
    _claim("officials", 38, None, "2013-01-24"),
    _claim("a rumour", 90, 90, "2013-01-18", status="denied"),
    _claim("nobody", 5, 5, None),
    lowest=20, best=37, highest=38, agreement="contested",
)  # fmt: skip


def _parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def _sources(root: ElementTree.Element) -> list[ElementTree.Element]:
    return [g for g in root.iter(f"{_SVG}g") if g.get("class") == "source"]


def _places(root: ElementTree.Element) -> dict[str, tuple[float, float]]:
    """Where each point stands, whatever its shape, by the words of its figure."""
    found = {}
    for group in root.iter(f"{_SVG}g"):
        title = group.find(f"{_SVG}title")
        if group.get("class") == "claim" and title is not None:
            shape = group[-1].attrib
            start = re.findall(r"-?[\d.]+", shape.get("d", "0 0"))
            x, y = shape.get("cx", shape.get("x", start[0])), shape.get("cy", shape.get("y", start[1]))
            found[title.text or ""] = (float(x), float(y))
    return found


def test_each_source_is_drawn_over_the_days() -> None:
    """A group a source, a point a figure, in the order of days and amounts; the undated is counted."""
    root = _parsed(toll_chart(SIEGE))
    assert len(_sources(root)) == 5
    places = _places(root)
    assert len(places) == 6
    early, late = (
        places["2013-01-17: 34, a kidnapper, official"],
        places["2013-01-24: 38+, officials, official"],
    )
    assert early[0] < late[0]
    assert early[1] > late[1]
    text = "".join(root.itertext())
    assert "1 without a day or a number" in text
    assert "17 Jan 2013" in text
    assert "killed, hostages: 20–38 by day and source" in (root.get("aria-label") or "")


def test_bounds_are_drawn() -> None:
    """A range has a bar, an open bound an arrow, a single number neither."""

    def paths(claim: LedgerClaim) -> list[str]:
        (source,) = _sources(_parsed(toll_chart(_line(claim))))
        return [path.get("d") or "" for path in source.iter(f"{_SVG}path")]

    day = "2013-01-17"
    assert paths(_claim("x", 7, 7, day)) == []
    assert len(paths(_claim("x", 7, 9, day))) == len(paths(_claim("x", 7, 7, day, approximate=True))) == 1
    (up,), (down,) = paths(_claim("x", 7, None, day)), paths(_claim("x", None, 7, day))
    assert "v-13" in up
    assert "v13" in down


def test_what_was_denied_is_hollow_and_on_no_line() -> None:
    """The steps of a source join what it stands by."""
    line = _line(
        _claim("x", 5, 5, "2013-01-16"), _claim("x", 50, 50, "2013-01-17", status="retracted"),
        _claim("x", 7, 7, "2013-01-18"),
    )  # fmt: skip
    (source,) = _sources(_parsed(toll_chart(line)))
    faint = [g for g in source.iter(f"{_SVG}g") if g.get("opacity")]
    assert len(faint) == 1
    steps = source.find(f"{_SVG}path")
    assert steps is not None
    assert (steps.get("d") or "").count("V") == 1


def test_what_one_speaker_repeats_on_a_day_is_one_point() -> None:
    """Ten papers that quote one minister draw one point."""
    line = _line(*(_claim("the minister", 23, 23, "2013-01-19") for _ in range(10)))
    assert len(_places(_parsed(toll_chart(line)))) == 1
    assert charted(Incident(id="i", type="killing", title="t", ledger=(line,))) == []


def test_many_sources_are_named_as_far_as_there_is_room() -> None:
    """The chart grows, and then says how many more there are."""
    line = _line(*(_claim(f"source {n}", n, n, "2013-01-19") for n in range(1, 31)))
    svg = toll_chart(line)
    assert "and 12 more" in svg
    assert svg.count('class="claim"') == 30


def test_a_line_without_dated_figures_has_no_chart() -> None:
    """There is nothing to draw."""
    assert toll_chart(_line(_claim("x", 3, 3, None), _claim("x", None, None, "2013-01-16"))) == ""
    assert toll_chart(_line()) == ""


_amounts = st.none() | st.integers(0, 2**70)
_claims = st.builds(
    _claim, by=st.text(max_size=60), low=_amounts, high=_amounts, approximate=st.booleans(),
    said=st.none() | st.dates().map(str) | st.sampled_from(["2013-01-16T10:00:00+01:00", "2013"]),
    part=st.booleans(), status=st.sampled_from(["stated", "denied", "revised"]), source=st.text(max_size=20),
)  # fmt: skip


@given(st.lists(_claims, max_size=12))
def test_any_ledger_gives_sound_xml_within_its_frame(claims: list[LedgerClaim]) -> None:
    """Whatever names and numbers a report holds."""
    svg = toll_chart(_line(*claims))
    if svg:
        root = _parsed(svg)
        *_, wide, high = map(float, (root.get("viewBox") or "").split())
        for x, y in _places(root).values():
            assert 0 <= x <= wide
            assert 0 <= y <= high


def _incident(**more: object) -> Incident:
    return Incident(
        id="sha256:" + "ab" * 32 + "#10-20", type="abduction", title="Siege", country="DZA",
        start="2013-01-16", end="2013-01-19", reports=("sha256:" + "0" * 64,), ledger=(SIEGE,),
        totals={"killed": Total(lowest=20, best=37, highest=38, rule="the latest official count")}, **more,
    )  # type: ignore[arg-type]  # fmt: skip


def test_an_incident_shows_itself_with_its_toll_chart() -> None:
    """In a notebook: what it is, the tolls with the rule, the chart, the ledger."""
    shown = _incident()._repr_html_()
    assert shown is not None
    for words in ("Siege", "abduction", "2013-01-16 to 2013-01-19", "the latest official count", "<svg",
                  "killed, hostages", "contested", "7 figures", "a kidnapper", "denied"):  # fmt: skip
        assert words in shown
    assert shown.count("<svg") == 1


def test_what_reports_say_can_not_act_in_a_page() -> None:
    """Mark-up in a name is text."""
    evil = '<script>alert(1)</script>"><img src=x onerror=1>'
    line = _line(_claim(evil, 1, 1, "2013-01-16", source=evil), _claim("y", 2, 2, "2013-01-17"))
    shown = incident_html(
        Incident(id=evil, type="killing", title=evil, ledger=(line,), actors={"agent": (evil,)})
    )
    assert "<script" not in shown
    assert "<img" not in shown
    assert "&lt;script&gt;" in shown


@pytest.mark.parametrize("count", [0, 1, 2, 9])
def test_the_lines_with_most_figures_are_charted(count: int) -> None:
    """At most four, those with the most figures first."""
    lines = [
        LedgerLine(measure="held", group="hostage", nationality=f"A{n:02}",
                   claims=tuple(_claim(f"s{m}", m, m, "2013-01-16") for m in range(n + 1)))
        for n in range(count)
    ]  # fmt: skip
    found = charted(Incident(id="i", type="killing", title="t", ledger=tuple(lines)))
    assert found == lines[:0:-1][:4]
