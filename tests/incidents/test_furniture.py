"""Furniture: what stands on a page around its report is left out of comparing."""

from __future__ import annotations

import pytest

from dateline.incidents.furniture import headline, told_text


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("Four hurt in Reno bar shooting - KXYZ News 5 - Reno, NV", "Four hurt in Reno bar shooting"),
        ("Four hurt in Reno bar shooting | Coast Herald", "Four hurt in Reno bar shooting"),
        ("Four hurt in Reno bar shooting :: coast.com", "Four hurt in Reno bar shooting"),
        ("Gunmen storm hotel - nine dead", "Gunmen storm hotel - nine dead"),
        ("Berbera - News", "Berbera - News"),
    ],
)
def test_the_name_of_the_site_goes(title: str, kept: str) -> None:
    """What stands behind a break goes where it names a site, and a headline is left."""
    assert headline(title) == kept


def test_notices_go_sentence_by_sentence() -> None:
    """A notice takes its own sentence with it and nothing else."""
    text = "Two men died at 5.30 a.m. in Reno. Copyright 2013 Coast Herald. All rights reserved.\n\nOne fled."
    assert told_text(text) == "Two men died at 5.30 a.m. in Reno. \n\nOne fled."


def test_lists_of_clips_go() -> None:
    """A paragraph with the lengths of several clips tells of what else the site shows."""
    text = (
        "1:28 Mayor on the budget 0:26 Train kills woman\nTwo men died. The fight began at 1:30 in the bar."
    )
    assert told_text(text) == "Two men died. The fight began at 1:30 in the bar."
