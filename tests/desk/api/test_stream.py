"""Server-sent events: what comes, in which order, from where it goes on, and who looks at the store."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from dateline.desk.api import stream
from dateline.desk.api.stream import Ticker, events
from dateline.desk.settings import Limits
from dateline.store import Store, open_store
from tests.desk.desks import a_store, opened_desk
from tests.store.tales import tale


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(a_store(tmp_path))


def run(make: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(make(), 60))


async def take(stream_: AsyncIterator[bytes], count: int) -> list[str]:
    return [(await anext(stream_)).decode() for _ in range(count)]


def test_a_revision_ends_with_its_number(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """So that who is cut off in the midst of one gets the whole of it again; also over several fetches."""
    monkeypatch.setattr(stream, "_TOGETHER", 2)

    async def main() -> None:
        ticker = Ticker(store, 5)
        told = events(store, ticker, 0)
        assert await take(told, 1) == ["retry: 5000\n\n"]
        found = await take(told, 5)
        assert [("id: " in event) for event in found] == [False] * 4 + [True]
        assert all(event.startswith("event: incident\n") and event.endswith("}\n\n") for event in found)
        assert all(event.count("\n\n") == 1 for event in found)
        await told.aclose()  # type: ignore[attr-defined]

    run(main)


def test_a_quiet_stream_says_that_it_is_there(store: Store) -> None:
    async def main() -> None:
        ticker = Ticker(store, 5)
        told = events(store, ticker, store.revision(), quiet=0.01)
        assert await take(told, 3) == ["retry: 5000\n\n", ": still here\n\n", ": still here\n\n"]
        await told.aclose()  # type: ignore[attr-defined]

    run(main)


def test_all_are_told_by_one_look(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    looks = 0
    real = store.paging.revision

    class Counting:
        def __getattr__(self, name: str) -> Any:
            return getattr(type(store).paging.fget(store), name)  # type: ignore[attr-defined]

        def revision(self) -> int:
            nonlocal looks
            looks += 1
            return real()

    async def main() -> None:
        class Watched:
            paging = Counting()

        ticker = Ticker(Watched(), 50, every=0.05)  # type: ignore[arg-type]
        begun = store.revision()
        listeners = []
        for _ in range(20):
            listeners.append(events(store, ticker, begun))
        for one in listeners:
            await anext(one)
        waiting = [asyncio.create_task(anext(one)) for one in listeners]
        await asyncio.sleep(0.2)
        store.add(*tale("Bamako", "2013-03-03", 4))
        store.link()
        told = await asyncio.gather(*waiting)
        assert all(b"Bamako" in event for event in told)
        assert looks < 20
        for one in listeners:
            await one.aclose()  # type: ignore[attr-defined]
        assert ticker.listening == 0
        assert ticker._task is None

    run(main)


def test_so_many_listen_and_no_more(store: Store) -> None:
    async def main() -> None:
        ticker = Ticker(store, 1)
        told = events(store, ticker, None)
        assert not ticker.full
        await anext(told)
        assert ticker.full
        await told.aclose()  # type: ignore[attr-defined]
        assert not ticker.full

    run(main)


def test_a_full_desk_says_so(tmp_path: Path) -> None:
    with opened_desk(a_store(tmp_path), limits=Limits(rate=0, streams=0)) as desk:
        answer = desk.get("/api/v1/incidents/stream")
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "30"
        assert desk.get("/api/v1/incidents/stream", headers={"last-event-id": "x"}).status_code == 422
