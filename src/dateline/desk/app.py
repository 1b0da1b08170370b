"""The desk's application: pages and the API over one store, and what stands before them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from threading import Thread

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware

from dateline.desk import signing
from dateline.desk.admission import Admission
from dateline.desk.api import routes
from dateline.desk.api.stream import Ticker
from dateline.desk.buckets import Buckets
from dateline.desk.core import Desk
from dateline.desk.guard import BodyLimit, RateLimit, SafeHeaders, SameSite, Unchanged
from dateline.desk.pages import (
    actors,
    add,
    changes,
    country,
    incident,
    report,
    review,
    situation,
    sources,
    things,
)
from dateline.desk.problems import tell_error, tell_invalid, tell_status
from dateline.desk.settings import Settings
from dateline.errors import DatelineError
from dateline.store import open_store

__all__ = ["create_app"]

_PACKED = 1500  # bytes from which on an answer is worth packing
_EFFORT = 5  # of packing, 1 to 9: a tenth larger than 9, in a third of the time
_PAGES = (situation, incident, report, review, add, country, actors, sources, changes, things)


def create_app(settings: Settings | str | Path | None = None, *, create: bool = True) -> FastAPI:
    """Make the application over a store; it is closed when the application stops.

    A file or URL stands for the settings of a desk on this machine over that store. Raises ConfigError
    for a desk that strangers could change, else as `open_store`.
    """
    if not isinstance(settings, Settings):
        settings = Settings(db=settings, create=create)
    settings.check()
    store = open_store(settings.db, create=settings.create)
    desk = Desk(store)

    @asynccontextmanager
    async def life(app: FastAPI) -> AsyncIterator[None]:
        app.state.ticker = Ticker(store, settings.limits.streams)
        if settings.warm:
            with suppress(DatelineError):  # what is wrong is told to who asks
                desk.warm()
                things.warm()
            Thread(target=_link_what_waits, args=(desk,), daemon=True).start()
        yield
        store.close()

    app = FastAPI(
        title="Dateline", lifespan=life, docs_url=None, redoc_url=None, openapi_url=None,
        middleware=_middleware(settings),
    )  # fmt: skip
    app.state.desk, app.state.settings, app.state.reader = desk, settings, desk.reader
    app.mount("/static", StaticFiles(directory=Path(__file__).parent / "static"), name="static")
    app.include_router(routes.router)
    for page in (*_PAGES, signing):
        app.include_router(page.router)
    app.add_exception_handler(DatelineError, tell_error)
    app.add_exception_handler(RequestValidationError, tell_invalid)
    app.add_exception_handler(HTTPException, tell_status)
    return app


def _link_what_waits(desk: Desk) -> None:
    """Link what another process left to be linked."""
    with suppress(DatelineError):
        desk.store.link()


def _middleware(settings: Settings) -> list[Middleware]:
    """Give what a request goes through, the outermost first."""
    limits = settings.limits
    return [
        Middleware(SafeHeaders, settings),
        Middleware(RateLimit, Buckets(limits.rate, limits.burst)),
        Middleware(SameSite, settings),
        Middleware(Admission, settings),
        Middleware(BodyLimit, limits.body),
        Middleware(GZipMiddleware, minimum_size=_PACKED, compresslevel=_EFFORT),
        Middleware(Unchanged),
    ]
