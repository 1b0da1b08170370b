"""The API against its own description: requests made up from the schema, answers held against it.

Bounded and the same each time; on a store made for it. What is streamed for good is left out.
"""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import GenerationConfig, ProjectConfig, ProjectsConfig, SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from dateline.desk.app import create_app
from dateline.desk.settings import Limits, Settings
from tests.desk.desks import a_store

_CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance, negative_data_rejection,
]  # fmt: skip
_EXAMPLES = 8  # an operation, of some twenty


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Any:
    file = a_store(tmp_path_factory.mktemp("schema"))
    app = create_app(Settings(db=file, limits=Limits(rate=0), names=("testserver",)))
    generation = GenerationConfig(modes=list(GenerationMode), allow_x00=True)
    config = SchemathesisConfig(projects=ProjectsConfig(default=ProjectConfig(generation=generation)))
    made = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app, config=config)
    return made.exclude(path="/api/v1/incidents/stream")


def _holds(strategy: SearchStrategy[Any]) -> None:
    """Ask with cases of a strategy, and hold each answer against the description."""

    @given(case=strategy)
    @settings(
        max_examples=_EXAMPLES, derandomize=True, deadline=None, database=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    def asked(case: Any) -> None:
        case.call_and_validate(checks=_CHECKS)

    asked()


def test_answers_are_as_described(api: Any) -> None:
    """Requests that fit the description and such that don't: never a 5xx, always what was described."""
    told, troubles = 0, []
    for found in api.get_all_operations():
        operation = found.ok()
        for mode in GenerationMode:
            try:
                _holds(operation.as_strategy(generation_mode=mode))
            except Unsatisfiable:  # an operation without parameters can't be asked wrongly
                continue
            except Exception as trouble:
                troubles.append(f"{operation.label} ({mode.value}): {trouble}")
            told += 1
    assert not troubles, "\n\n".join(troubles)
    assert told > 20
