"""What is new, as it comes: server-sent events (HTML, 9.2) of incidents that are new or changed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated, Any

import anyio.to_thread
from fastapi import APIRouter, Header, Query, Request
from fastapi.responses import StreamingResponse
from starlette.exceptions import HTTPException

from dateline.desk.api.answers import store_of
from dateline.desk.person import Role, needs
from dateline.errors import StoreError
from dateline.store import Store
from dateline.store.paging import Change

__all__ = ["Ticker", "router"]

router = APIRouter(tags=["incidents"])

_EVERY = 2.0  # seconds between two looks at the store: one look, however many listen
_QUIET = 15.0  # seconds after which a line is sent so that proxies don't take a silent stream for a dead one
_TOGETHER = 50  # incidents fetched at once
_STREAM: dict[int | str, Any] = {
    200: {
        "description": "Events as they come.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}
_Since = Annotated[
    int | None, Query(ge=0, le=2**53, description="A revision to begin behind; without one only what comes.")
]


class Ticker:
    """Looks at the store's revision for all who listen, while anybody does."""

    def __init__(self, store: Store, most: int, *, every: float = _EVERY) -> None:
        self.revision = 0
        self.listening = 0
        self._store, self._most, self._every = store, most, every
        self._changed = asyncio.Condition()
        self._task: asyncio.Task[None] | None = None

    @property
    def full(self) -> bool:
        """Tell whether as many listen as may."""
        return self.listening >= self._most

    async def enter(self) -> None:
        """Begin to listen; raises as the store."""
        self.listening += 1
        if self._task is None:
            try:
                self.revision = await anyio.to_thread.run_sync(self._store.paging.revision)
            except BaseException:
                self.listening -= 1
                raise
            self._task = self._task or asyncio.create_task(self._look())

    def leave(self) -> None:
        """Listen no more; with the last the looking ends."""
        self.listening -= 1
        if self.listening == 0 and self._task is not None:
            self._task.cancel()
            self._task = None

    async def beyond(self, revision: int, seconds: float) -> bool:
        """Wait until there is a later revision, so long at most; tell whether there is one."""
        async with self._changed:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._changed.wait_for(lambda: self.revision > revision), seconds)
        return self.revision > revision

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            with suppress(StoreError):  # a store that can't answer now may at the next look
                found = await anyio.to_thread.run_sync(self._store.paging.revision)
                if found > self.revision:
                    async with self._changed:
                        self.revision = found
                        self._changed.notify_all()


@router.get("/incidents/stream", responses=_STREAM, response_class=StreamingResponse)
async def stream_incidents(
    request: Request,
    since: _Since = None,
    last_event_id: Annotated[str | None, Header(max_length=30, pattern=r"^\d{1,16}$")] = None,
) -> StreamingResponse:
    """Stream incidents as they come or change: an event `incident` each, its id the revision.

    A browser that loses the stream goes on from where it was.
    """
    needs(request, Role.VIEWER)
    ticker: Ticker = request.app.state.ticker
    if ticker.full:
        raise HTTPException(503, "too many listen already", headers={"Retry-After": "30"})
    begin = int(last_event_id) if last_event_id else since
    return StreamingResponse(
        events(store_of(request), ticker, begin),
        media_type="text/event-stream",
        headers={"Cache-Control": "no-store"},
    )


async def events(
    store: Store, ticker: Ticker, since: int | None, *, quiet: float = _QUIET
) -> AsyncIterator[bytes]:
    """Yield events of what changes after a revision, or from now on, for good."""
    await ticker.enter()
    try:
        told = ticker.revision if since is None else since
        yield b"retry: 5000\n\n"
        while True:
            if not await ticker.beyond(told, quiet):
                yield b": still here\n\n"
                continue
            seen = ticker.revision
            async for revision, event in _changes(store, told):
                seen = max(seen, revision)
                yield event
            told = seen
    finally:
        ticker.leave()


async def _changes(store: Store, since: int) -> AsyncIterator[tuple[int, bytes]]:
    """Yield the events of later revisions; the last of each bears its number, by which a stream goes on.

    Who is cut off within a revision gets the whole of it again.
    """
    held: Change | None = None
    at, after, full = since, "", True
    while full:
        rows = await anyio.to_thread.run_sync(_fetch, store, at, after)
        full = len(rows) == _TOGETHER
        for row in rows:
            if held is not None:
                yield held.revision, _event(held, last=held.revision != row.revision)
            held, at, after = row, row.revision, row.id
    if held is not None:
        yield held.revision, _event(held, last=True)


def _fetch(store: Store, since: int, after: str) -> list[Change]:
    return store.paging.changes(since, size=_TOGETHER, after=after)


def _event(change: Change, *, last: bool) -> bytes:
    number = f"id: {change.revision}\n" if last else ""
    return f"event: incident\n{number}data: {change.body}\n\n".encode()
