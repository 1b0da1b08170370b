"""What the API and its client share."""

from __future__ import annotations

import subprocess
import sys

import msgspec
import pytest

from dateline import client
from dateline.desk.api import bodies, objects

SERVER = ("fastapi", "starlette", "uvicorn", "jinja2", "sqlalchemy")


def test_the_client_loads_no_server() -> None:
    """Whoever only asks needs none of it."""
    script = f"import sys, dateline.client; print([m for m in {SERVER!r} if m in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


def test_client_and_desk_have_the_same_objects() -> None:
    """One definition each."""
    assert client.Added is objects.Added
    assert client.Hit is objects.Hit
    assert {objects.Added, objects.Hit} <= set(bodies.GIVEN)


@pytest.mark.parametrize("kind", bodies.DECIDING)
def test_a_decision_names_its_kind_and_its_reason(kind: type[msgspec.Struct]) -> None:
    """Each is told by its name, asks why, and takes no field that it doesn't have."""
    shape = msgspec.json.schema(kind)["$defs"][kind.__name__]
    assert shape["properties"]["kind"] == {"enum": [kind.__name__.lower()]}
    assert {"kind", "why"} <= set(shape["required"])
    assert shape["additionalProperties"] is False
