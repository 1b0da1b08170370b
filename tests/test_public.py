"""The package's public names: what they are, and that asking for them costs nothing before."""

from __future__ import annotations

import subprocess
import sys

import pytest

import dateline
from tests.builders import sample
from tests.store.tales import tale


def test_every_public_name_is_there() -> None:
    """Each name in `__all__` can be had, and no other."""
    for name in dateline.__all__:
        assert getattr(dateline, name) is not None
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = dateline.nothing


def test_importing_the_package_is_light() -> None:
    """Neither the model's run time nor the database's comes with it."""
    code = (
        "import sys, dateline; "
        "print(sorted({'onnxruntime', 'numpy', 'sqlalchemy', 'jinja2', 'rich', 'typer'} & set(sys.modules)))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


def test_records_are_linked_without_a_store() -> None:
    """Every report is told by an incident, whose ledger names who counted."""
    records = [tale(killed=5)[1], tale("Konna", killed=9, source="a doctor")[1]]
    incidents = dateline.link(records).incidents
    assert all(isinstance(incident, dateline.Incident) for incident in incidents)
    assert {report for i in incidents for report in i.reports} == {record.report.id for record in records}
    told = {(c.source, c.low) for i in incidents for line in i.ledger for c in line.claims}
    assert told == {("police", 5), ("a doctor", 9)}


def test_record_and_incident_show_themselves() -> None:
    """In a notebook, once the package is imported."""
    (incident,) = dateline.link([tale()[1]]).incidents
    shown = incident._repr_html_()
    assert shown is not None
    assert incident.title in shown
    assert (sample()._repr_html_() or "").startswith("<iframe")
