"""The JSON Schema file: it is what the code gives, records fit it, and faults don't."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from dateline import codebook
from dateline.record import Record
from dateline.schema import build
from tests.builders import records, sample

VALIDATOR = Draft202012Validator(json.loads(build.FILE.read_text(encoding="utf-8")))


def _row() -> dict[str, Any]:
    row: dict[str, Any] = json.loads(sample().to_json())
    return row


def test_file_is_what_the_code_gives() -> None:
    """The file in the package is up to date; `make schema` writes it."""
    assert build.FILE.read_text(encoding="utf-8") == build.written()
    assert build.main(["--check"]) == 0


def test_check_finds_a_stale_file(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`--check` fails with a line on a file that differs, and writing mends it."""
    monkeypatch.setattr(build, "FILE", tmp_path / "dateline-1.schema.json")
    assert build.main(["--check"]) == 1
    assert "dateline.schema.build" in capsys.readouterr().err
    assert build.main([]) == 0
    assert build.main(["--check"]) == 0


def test_schema_is_a_schema() -> None:
    """The file is valid JSON Schema 2020-12 with a title and an id."""
    Draft202012Validator.check_schema(VALIDATOR.schema)
    assert VALIDATOR.schema["$id"]
    assert VALIDATOR.schema["title"] == "Dateline record"


@given(records())
@settings(max_examples=25)
def test_any_record_fits(record: Record) -> None:
    """What `to_json` writes validates, whatever is in it."""
    VALIDATOR.validate(json.loads(record.to_json()))


def test_further_keys_fit() -> None:
    """`dateline/1` may gain keys: they are no fault."""
    row = _row()
    row["later"] = row["events"][0]["later"] = row["report"]["later"] = 1
    VALIDATOR.validate(row)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "dateline/2"),
        (("report", "id"), "sha1:00"),
        (("report", "published"), "yesterday"),
        (("report", "text"), None),
        (("places", 0, "country"), "Mali"),
        (("places", 0, "lat"), 91),
        (("places", 0, "precision"), "about"),
        (("actors", 0, "kind"), "alien"),
        (("events", 0, "type"), "said"),
        (("events", 0, "status"), "maybe"),
        (("events", 0, "trigger"), None),
        (("events", 0, "arguments", 0, "role"), "patient"),
        (("events", 0, "confidence"), 1.5),
        (("events", 0, "when", "start"), "21 January"),
        (("figures", 0, "measure"), "dead"),
        (("figures", 0, "group"), "people"),
        (("figures", 0, "status"), "happened"),
        (("figures", 0, "low"), -1),
        (("figures", 0, "nationality"), "JP"),
        (("claims", 0, "source"), None),
        (("claims", 0, "source", "kind"), "rumour"),
        (("claims", 0, "content", "start"), "12"),
    ],
)
def test_a_fault_does_not_fit(path: tuple[str | int, ...], value: object) -> None:
    """A value that the codebook does not have is refused at its place."""
    row = copy.deepcopy(_row())
    at: Any = row
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    faults = list(VALIDATOR.iter_errors(row))
    assert faults
    assert any(
        list(fault.absolute_path)[: len(path)] == list(path)[: len(fault.absolute_path)] for fault in faults
    )


def test_values_are_those_of_the_codebook() -> None:
    """Every list of values in the schema is the codebook's, in its order."""
    parts = VALIDATOR.schema["$defs"]
    assert parts["Event"]["properties"]["type"]["enum"] == list(codebook.TYPES)
    assert parts["Event"]["properties"]["status"]["enum"] == list(codebook.STATUSES)
    assert parts["Argument"]["properties"]["role"]["enum"] == list(codebook.ROLES)
    assert parts["Figure"]["properties"]["measure"]["enum"] == list(codebook.MEASURES)
    assert parts["Figure"]["properties"]["group"]["enum"] == list(codebook.GROUPS)
    assert parts["Figure"]["properties"]["status"]["enum"] == list(codebook.FIGURE_STATUSES)
    assert parts["Source"]["properties"]["kind"]["enum"] == list(codebook.KINDS)
    assert parts["Actor"]["properties"]["kind"]["enum"] == list(codebook.ACTOR_KINDS)
