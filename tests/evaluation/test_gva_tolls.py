"""GVA: which text of a report is read."""

from __future__ import annotations

from dateline.evaluation import gva


def test_a_row_is_read_as_loading_would_read_it() -> None:
    """A text that tells nothing of its title has it as its first line; a report on its title stays."""
    title = "Two hurt in bar fight in Reno"
    away = gva.report_of({"text": "The five best cakes of the summer.", "title": title})
    assert away.text.startswith(f"{title}\n")
    text = "Two men were hurt in a fight at a bar in Reno."
    assert gva.report_of({"text": text, "title": title}).text == text
    assert gva.report_of({"text": "", "title": ""}).text == "-"
