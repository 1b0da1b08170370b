"""A desk over a small store, for tests: asked within the process, as from a browser on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from benchmarks.plain_linker import PlainLinker
from dateline.desk.app import create_app
from dateline.desk.settings import Limits, Settings
from dateline.store import open_store
from tests.store.tales import tale

__all__ = ["HOST", "HOSTILE", "a_store", "opened_desk"]

HOST = "http://localhost:8300"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"


def a_store(folder: Path) -> Path:
    """Six reports on five attacks in three countries, one with two tolls, one from a hostile publisher."""
    file = folder / "desk.db"
    with open_store(file, linker=PlainLinker()) as store:
        for made in (
            tale("Gao", "2013-01-16", 5, agent="Ansar Dine", title="Five killed in Gao"),
            tale("Gao", "2013-01-16", 9, agent="Ansar Dine", source="a doctor"),
            tale("Konna", "2013-01-20", 12, kind="airstrike", agent="the French air force"),
            tale("Tigantourine", "2013-01-16", 37, kind="abduction", url="https://wire.example/siege"),
            tale("Suva", "2013-02-01", 1, agent="a man", publisher=HOSTILE, title=HOSTILE),
            tale("Apia", "2013-02-01", 2, agent="a man", more=' The café on the quay burned, "Côte" too.'),
        ):
            store.add(*made)
        store.link()
    return file


@contextmanager
def opened_desk(file: Path, *, limits: Limits | None = None, **settings: Any) -> Iterator[TestClient]:
    """Open a desk over a store, and give who asks it."""
    made = create_app(Settings(db=file, limits=limits or Limits(rate=0), **settings))
    with TestClient(made, base_url=HOST) as client:
        yield client
