"""OpenAPI documents say what each operation does, takes, answers and refuses."""

from typing import Annotated, Any

import jsonschema_rs
import pytest
from fastapi import APIRouter, Query
from openapi_spec_validator import validate

from trading_api.models.common import WireModel
from trading_api.shared.codegen.document_gaps import refuse_document_gaps
from trading_api.shared.codegen.openapi import merged_openapi, module_openapi, openapi_faults
from trading_api.shared.errors import StartupError
from trading_api.shared.routing import ModuleRouter
from trading_api.shared.tests.small_modules import JournalModule, module_of

DOCUMENT = module_openapi(JournalModule)
PROBLEM = "application/problem+json"


def operation(method: str, path: str) -> dict[str, Any]:
    """An operation of the small module."""
    found: dict[str, Any] = DOCUMENT["paths"][path][method]
    return found


def test_the_document_is_valid_and_lacks_nothing() -> None:
    validate(DOCUMENT)
    assert openapi_faults(JournalModule) == []
    refuse_document_gaps([JournalModule])


def test_the_summary_is_the_first_sentence_and_the_description_the_rest() -> None:
    assert operation("post", "/lines")["summary"] == "Write a line: durable when answered"
    assert operation("post", "/lines")["description"] == "It is never written twice.\n\nNothing else happens."
    assert operation("get", "/lines/{number}")["summary"] == "One line"
    assert "description" not in operation("get", "/lines/{number}")


@pytest.mark.parametrize(
    ("method", "path", "codes"),
    [
        ("post", "/lines", ["body-too-large", "json-invalid", "line-taken", "validation-failed"]),
        ("get", "/lines/{number}", ["not-found", "validation-failed"]),
        ("get", "/count", ["validation-failed"]),
        ("delete", "/lines", []),
    ],
)
def test_every_code_is_listed_and_has_an_example(method: str, path: str, codes: list[str]) -> None:
    found = operation(method, path)
    assert found["x-error-codes"] == sorted([*codes, "host-not-allowed", "internal-error"])
    shown = {
        code: (status, example["value"])
        for status, response in found["responses"].items()
        for code, example in response.get("content", {}).get(PROBLEM, {}).get("examples", {}).items()
    }
    assert sorted(shown) == found["x-error-codes"]
    for code, (status, problem) in shown.items():
        assert (problem["code"], str(problem["status"])) == (code, status)
        assert f"`{code}`" in found["responses"][status]["description"]


def test_the_example_of_a_problem_is_that_of_its_class() -> None:
    examples = operation("post", "/lines")["responses"]["422"]["content"][PROBLEM]["examples"]
    assert examples["line-taken"]["value"] == {
        "type": "urn:trading-pro:line-taken",
        "title": "Line taken",
        "status": 422,
        "detail": "The line is there already.",
        "code": "line-taken",
        "requestId": examples["line-taken"]["value"]["requestId"],
        "retryable": False,
    }
    assert examples["validation-failed"]["value"]["fields"]


def test_bodies_answers_and_parameters_have_examples_of_their_schemas() -> None:
    body = operation("post", "/lines")["requestBody"]["content"]["application/json"]
    answer = operation("post", "/lines")["responses"]["201"]["content"]["application/json"]
    assert (body["example"], answer["example"]) == ({"text": "one"}, {"offset": 7, "text": "one"})
    (number,) = operation("get", "/lines/{number}")["parameters"]
    assert number["example"] == 1
    count = operation("get", "/count")["responses"]["200"]["content"]["application/json"]
    for described in (body, answer, number, count):
        schema = described["schema"] | {"components": DOCUMENT["components"]}
        jsonschema_rs.validator_for(schema).validate(described["example"])
    assert "content" not in operation("delete", "/lines")["responses"]["204"]


def test_schemas_are_those_that_are_used_in_order_and_without_made_up_titles() -> None:
    schemas = DOCUMENT["components"]["schemas"]
    assert list(schemas) == ["FieldProblem", "Line", "NewLine", "Problem"]
    assert "title" not in schemas["Line"]["properties"]["text"]
    assert "title" not in operation("get", "/lines/{number}")["parameters"][0]["schema"]
    assert list(operation("post", "/lines")["responses"]) == ["201", "400", "403", "413", "422", "500"]


def test_what_an_operation_lacks_is_told_by_its_name() -> None:
    class Bare(WireModel):
        qty: int

    router = ModuleRouter()

    @router.get("/bare")
    async def bare(symbol: Annotated[str, Query()]) -> Bare:
        raise NotImplementedError

    silent = module_of(router)
    faults = [
        "Operation 'bare': its function has no docstring.",
        "Operation 'bare': Parameter symbol has no example.",
        "Operation 'bare': Field qty of Bare has no example.",
    ]
    assert openapi_faults(silent) == faults
    validate(module_openapi(silent))
    with pytest.raises(StartupError) as refused:
        refuse_document_gaps([silent])
    assert str(refused.value) == " ".join(f"Module 'other': {fault}" for fault in faults)


def test_an_operation_without_error_codes_is_told() -> None:
    router = APIRouter()

    @router.get("/plain", operation_id="plain")
    async def plain() -> None:
        """Nothing."""

    faults = openapi_faults(module_of(router))
    assert faults[0] == "Operation 'plain': it declares no error code."


def test_many_gaps_are_counted() -> None:
    router = ModuleRouter()
    for number in range(7):

        async def silent() -> None: ...

        router.add_api_route(f"/{number}", silent, operation_id=f"silent_{number}", status_code=204)
    with pytest.raises(StartupError, match=r"silent_4': its function has no docstring\. And 2 more\.$"):
        refuse_document_gaps([module_of(router)])


def test_the_merged_document_is_valid_and_has_every_operation() -> None:
    merged = merged_openapi([JournalModule])
    validate(merged)
    assert set(merged["paths"]) == {f"/journal{path}" for path in DOCUMENT["paths"]}
    assert merged["components"] == DOCUMENT["components"]


def test_one_name_for_two_schemas_names_both_modules() -> None:
    class Line(WireModel):
        other: int

    router = ModuleRouter()

    @router.get("/line")
    async def other_line() -> Line:
        raise NotImplementedError

    with pytest.raises(StartupError, match="Modules 'journal' and 'other' define the schema 'Line'"):
        merged_openapi([module_of(router), JournalModule])
