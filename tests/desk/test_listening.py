"""How the desk listens, and that its tags are the same in every process."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from dateline.cli.serve import _bound, _server
from dateline.desk.pages.things import _packed_names
from dateline.errors import ConfigError
from dateline.store import open_store
from tests.desk.desks import HOST, a_store, opened_desk

_ASK = """
import sys
from fastapi.testclient import TestClient
from dateline.desk.app import create_app
with TestClient(create_app(sys.argv[1]), base_url=sys.argv[2]) as desk:
    print(desk.get("/map/marks.json?country=MLI").headers["etag"])
"""


def test_answers_are_not_held_back() -> None:
    """A connection sends what there is at once; with the delay every answer took 40 ms more."""
    listening = _bound(uvicorn.Config("x:y", port=0))
    with listening, socket.create_connection(listening.getsockname()) as asking:
        taken, _ = listening.accept()
        with taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            assert asking.getpeername() == listening.getsockname()


def test_the_address_is_told_when_all_is_loaded() -> None:
    """Who comes as soon as it is told waits for nothing; before, whoever asks waits and isn't refused."""
    order: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        assert (await receive())["type"] == "lifespan.startup"
        order.append("loaded")
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await send({"type": "lifespan.shutdown.complete"})

    config = uvicorn.Config(app, port=0, log_level="critical")
    with _bound(config) as listening, socket.create_connection(listening.getsockname()):
        server = _server(config, lambda: order.append("told"))
        config.load()
        server.lifespan = config.lifespan_class(config)

        async def start() -> None:
            await server.startup(sockets=[listening])
            await server.shutdown(sockets=[listening])

        asyncio.run(start())
    assert order == ["loaded", "told"]


def test_a_desk_that_cannot_load_tells_no_address() -> None:
    """Its failure is in the log."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await receive()
        await send({"type": "lifespan.startup.failed", "message": "no model"})

    config = uvicorn.Config(app, port=0, log_level="critical")
    told: list[str] = []
    with _bound(config) as listening:
        server = _server(config, lambda: told.append("told"))
        config.load()
        server.lifespan = config.lifespan_class(config)
        with pytest.raises(SystemExit):
            asyncio.run(server.startup(sockets=[listening]))
    assert told == []


def test_a_warm_desk_has_loaded_what_pages_need(tmp_path: Path) -> None:
    """Reader, outline and names are there before the first request, and it says that it is ready."""
    with opened_desk(a_store(tmp_path), warm=True) as desk:
        assert desk.app.state.reader._reader is not None  # type: ignore[attr-defined]
        assert _packed_names.cache_info().currsize == 1
        answer = desk.get("/healthz")
        assert (answer.status_code, answer.json()) == (200, {"status": "ready"})


@pytest.mark.skipif(not hasattr(os, "posix_fadvise"), reason="this system reads files as they are asked for")
def test_the_store_is_read_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of its file, unless it would push other things out of memory."""
    file = a_store(tmp_path)
    asked: list[tuple[int, int]] = []
    kept = os.posix_fadvise

    def seen(number: int, start: int, size: int, advice: int) -> None:
        kept(number, start, size, advice)
        asked.append((start, size))

    monkeypatch.setattr(os, "posix_fadvise", seen)
    with open_store(file) as store:
        store.looking.read_ahead()
        assert asked[0][0] == 0
        assert sum(size for _, size in asked) >= file.stat().st_size
        asked.clear()
        monkeypatch.setattr(os, "sysconf", lambda name: 1)
        store.looking.read_ahead()
        assert asked == []


def test_a_port_that_is_taken_is_told_in_one_line() -> None:
    """No traceback, and a hint."""
    with _bound(uvicorn.Config("x:y", port=0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigError, match="can't listen there"):
            _bound(uvicorn.Config("x:y", port=port))


def test_a_tag_is_the_same_in_every_process(tmp_path: Path) -> None:
    """Whatever Python's hashes are; another filter or another state has another one."""
    file = a_store(tmp_path)
    command = [sys.executable, "-c", _ASK, str(file), HOST]
    seeds = [{**os.environ, "PYTHONHASHSEED": seed} for seed in ("1", "2")]
    tags = {subprocess.check_output(command, env=env, text=True) for env in seeds}
    assert len(tags) == 1
    tag = tags.pop().strip()
    with opened_desk(file) as desk:
        same = desk.get("/map/marks.json?country=MLI", headers={"If-None-Match": tag})
        assert (same.status_code, same.headers["etag"]) == (304, tag)
        assert desk.get("/map/marks.json?country=NGA").headers["etag"] != tag
        plain = desk.get("/map/marks.json", headers={"Accept-Encoding": "identity"})
        assert "content-encoding" not in plain.headers
        assert plain.json() == desk.get("/map/marks.json").json()
