"""Where a publisher's address says that it sits."""

from __future__ import annotations

import pytest

from dateline.reading.addresses import state_of_address


@pytest.mark.parametrize(
    ("url", "state"),
    [
        ("https://www.dawn.com.pk/news/1", "PAK"),
        ("http://dailynews.co.uk", "GBR"),
        ("punch.ng/a", "NGA"),
        ("https://example.com/.pk", None),
        ("https://stream.tv", None),
        ("http://[broken", None),
        ("", None),
        (None, None),
    ],
)
def test_the_ending_tells_the_state(url: str | None, state: str | None) -> None:
    """An ending of a state gives it; one sold as a word, none or a broken address gives nothing."""
    assert state_of_address(url) == state
