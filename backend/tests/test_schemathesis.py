"""Every route, called with what its document allows and forbids: no defect, and answers as documented."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from httpx2 import InvalidURL
from hypothesis import HealthCheck, given, reject, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode, checks
from schemathesis.core.result import Ok
from schemathesis.generation.case import Case
from schemathesis.schemas import APIOperation
from starlette.testclient import TestClient

import trading_api.modules
from trading_api.app_factory import AppFactory
from trading_api.settings import Settings
from trading_api.shared.codegen.openapi import API_PREFIX, merged_openapi
from trading_api.shared.module_registry import ModuleRegistry

CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]
DOCUMENT = merged_openapi(ModuleRegistry([trading_api.modules], installed=False).enabled("all"))
OPERATIONS = [
    found.ok()
    for found in schemathesis.openapi.from_dict(DOCUMENT).get_all_operations()
    if isinstance(found, Ok)
]


def takes_anything(operation: APIOperation[Any, Any, Any, Any]) -> bool:
    """Whether a request of this operation can be wrong at all."""
    return bool(operation.body) or any(operation.iter_parameters())


def test_every_operation_is_called() -> None:
    assert len(OPERATIONS) == sum(len(path) for path in DOCUMENT["paths"].values())


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    folder: Path = tmp_path_factory.mktemp("schemathesis")
    app = AppFactory(installed=False).create(Settings(data_dir=folder, terminal_dir=folder))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client


@pytest.mark.parametrize(
    ("operation", "mode"),
    [
        pytest.param(operation, mode, id=f"{operation.label} {mode.value}")
        for operation in OPERATIONS
        for mode in GenerationMode
        if mode is GenerationMode.POSITIVE or takes_anything(operation)
    ],
)
def test_answers_are_as_documented(
    operation: APIOperation[Any, Any, Any, Any], mode: GenerationMode, client: TestClient
) -> None:
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(max_examples=50, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def call(case: Case[Any]) -> None:
        request = case.as_transport_kwargs(base_url=f"http://localhost{API_PREFIX}")
        request["content"] = request.pop("data", None)
        del request["cookies"]
        try:
            response = client.request(**request)
        except InvalidURL:
            reject()  # longer than the client sends
        case.validate_response(response, checks=CHECKS)

    with suppress(Unsatisfiable):  # where any text will do, nothing can be wrong
        call()
