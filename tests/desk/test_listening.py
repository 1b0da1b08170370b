"""How the desk listens, and that its tags are the same in every process."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import uvicorn

from dateline.cli.serve import _bound
from dateline.errors import ConfigError
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
