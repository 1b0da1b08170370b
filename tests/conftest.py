"""What tests share: the settings of Hypothesis, and things that a machine may lack.

A test asks for a thing by its fixture. Where the thing is missing the test is
skipped by name; with DATELINE_REQUIRE_ALL=1, as CI sets it, it fails.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from dateline.reading.reader import Reader

# A busy machine is no fault of the code, and CI must give the same verdict twice.
settings.register_profile(
    "dateline",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("dateline")

ROOT = Path(__file__).resolve().parent.parent


def needs(thing: str, present: bool) -> None:
    """Skip the test by name where a thing is missing, or fail it where all things are required."""
    if present:
        return
    message = f"needs {thing}"
    if os.environ.get("DATELINE_REQUIRE_ALL") == "1":
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with gold, benchmarks and samples: DATELINE_SHARED, or beside the repository."""
    folder = Path(os.environ.get("DATELINE_SHARED") or ROOT.parent / "shared")
    needs("shared/ (set DATELINE_SHARED)", folder.is_dir())
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """The browser: Debian's package `chromium`, or CHROMIUM."""
    path = os.environ.get("CHROMIUM", "/usr/bin/chromium")
    needs("chromium", Path(path).exists())
    return path


@pytest.fixture(scope="session")
def reader() -> Reader:
    """A reader, loaded once for all tests."""
    from dateline.reading.reader import Reader

    return Reader()
