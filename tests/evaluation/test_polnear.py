"""PolNeAR: brat files are read, claims become attributions, spans and ties are counted."""

from __future__ import annotations

import io
import tarfile
from pathlib import Path

from dateline.evaluation.polnear import Attribution, attributions_of, evaluate, read_brat
from dateline.reading.sayings import Saying
from dateline.record import Claim, Record, Report, Source
from tests.evaluation.records import record, span

TEXT = '"Come," the mayor said, "and see." Police warned of floods.'
BRAT = """T1\tSource 8 17\tthe mayor
T2\tCue 18 22\tsaid
T3\tContent 0 7;24 34\t"Come," "and see."
T4\tAttribution 18 22\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
T5\tCue 42 48\twarned
T6\tContent 49 58\tof floods
T7\tDiscard 35 41\tPolice
E2\tAttribution-no-source:T5 Content:T6 Cue:T5
"""


def _claim(number: int, source: str, cue: str, content: tuple[int, int], kind: str = "official") -> Claim:
    spoken = span(TEXT, source) if source else None
    return Claim(
        id=f"c{number}", source=Source(span=spoken, name=source or "report", kind=kind),
        cue=span(TEXT, cue) if cue else None,
        content=span(TEXT, TEXT[slice(*content)]),
    )  # fmt: skip


CLAIMS = (
    _claim(1, "the mayor", "said", (0, 34)),
    _claim(2, "Police", "warned", (49, 58), "institution"),
    _claim(3, "", "", (35, 59), "report"),
)


def test_brat() -> None:
    """Divided contents keep their pieces; an attribution may lack a source."""
    first, second = read_brat(BRAT)
    assert first == Attribution((8, 17), (18, 22), ((0, 7), (24, 34)))
    assert (second.source, second.cue) == (None, (42, 48))


def test_content_is_cut_at_its_source_and_cue() -> None:
    """A content around source and cue falls into two pieces; the report's own voice is no attribution."""
    first, second = attributions_of(record(TEXT, claims=CLAIMS))
    assert [TEXT[a:b] for a, b in first.content] == ['"Come,"', '"and see."']
    assert second.content == ((49, 58),)


def _archive(path: Path) -> Path:
    files = {
        "./dev/text/paper_1.txt": TEXT,
        "./dev/attributions/paper_1_aaaa.ann": BRAT,
        "./dev/attributions/paper_1_bbbb.ann": "",
    }
    with tarfile.open(path, "w:gz") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content.encode())
            archive.addfile(info, io.BytesIO(content.encode()))
    return path


def test_counts(tmp_path: Path) -> None:
    """The first annotator counts; exact and overlapping spans, pairs and triples have their rows."""

    def read(report: Report) -> Record:
        return record(report.text, claims=CLAIMS)

    result = evaluate(_archive(tmp_path / "polnear.tar.gz"), read)
    rows = {m: (r.right, r.found, r.gold) for m, r in result.tally.rows.items()}
    assert result.size == 1
    assert rows["source exact"] == (1, 2, 1)
    assert rows["cue exact"] == (2, 2, 2)
    assert rows["content overlap"] == (3, 3, 3)
    assert rows["source and cue exact"] == (1, 2, 1)
    assert rows["source, cue and content overlap"] == (1, 2, 1)


def test_sayings_count_without_a_source(tmp_path: Path) -> None:
    """Given the reader's sayings, those without a source count, and the claims have rows of their own."""
    warned = Saying(None, span(TEXT, "warned"), (span(TEXT, "of floods"),), 0.9)
    mayor = Saying(
        span(TEXT, "the mayor"), span(TEXT, "said"), (span(TEXT, '"Come,"'), span(TEXT, '"and see."')), 0.9
    )

    def read(report: Report) -> Record:
        return record(report.text, claims=CLAIMS[1:])

    result = evaluate(_archive(tmp_path / "polnear.tar.gz"), read, sayings=lambda _: [mayor, warned])
    rows = {m: (r.right, r.found, r.gold) for m, r in result.tally.rows.items()}
    assert rows["source exact"] == (1, 1, 1)
    assert rows["cue exact"] == (2, 2, 2)
    assert rows["content exact"] == (3, 3, 3)
    assert rows["cue exact, claims"] == (1, 1, 2)
