"""REST routes of a module: stable operation ids, absent instead of null, declared errors."""

from abc import abstractmethod
from collections.abc import Callable, Mapping
from inspect import getdoc
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_dependant
from fastapi.routing import APIRoute
from pydantic import JsonValue

from trading_api.models.common import FieldProblem, Problem
from trading_api.shared.errors import (
    BodyTooLarge,
    HostNotAllowed,
    Internal,
    JsonInvalid,
    TradingError,
    ValidationFailed,
)
from trading_api.shared.versions import DeprecatedRoute

PROBLEM_MEDIA_TYPE = "application/problem+json"
EXAMPLE_REQUEST_ID = "f35d4c673a6d4817a097a50704e3fab1"

Responses = dict[int | str, dict[str, Any]]
"""OpenAPI responses by status, as routes declare them."""


class RefusingRoute(APIRoute):
    """A route of a foreign protocol: it tells refusals in its own shape, and takes no unknown parameter.

    `refusal` is the answer to any error; that of its handler has to be the same.
    """

    @abstractmethod
    def refusal(self, request: Request, error: Exception) -> Response:
        """The answer that tells of `error`, which is logged if nobody foresaw it."""


class ModuleRouter(APIRouter):
    """A router whose operations are named by their functions and whose answers leave out None.

    What any operation can be refused with need not be declared: a foreign caller, a defect, and, where the
    operation has parameters or a body, those that do not fit.
    """

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        options["response_model_exclude_none"] = True
        options["route_class_override"] = DeprecatedRoute if options.get("deprecated") else None
        options["operation_id"] = options.get("operation_id") or endpoint.__name__
        options["responses"] = _joined(
            problems(HostNotAllowed, Internal, *_input_errors(get_dependant(path=path, call=endpoint))),
            self.responses,
            options.get("responses") or {},
        )
        super().add_api_route(path, endpoint, **options)


def problems(*errors: type[TradingError]) -> Responses:
    """OpenAPI responses for `errors`, one a status, with an example of each code; for `responses=`."""
    by_status: dict[int, list[type[TradingError]]] = {}
    for error in errors:
        by_status.setdefault(error.status, []).append(error)
    return {status: _response(_examples(listed)) for status, listed in sorted(by_status.items())}


def answering(
    example: JsonValue, status: int = 200, headers: Mapping[str, dict[str, Any]] | None = None
) -> Responses:
    """OpenAPI response with an example, for an answer whose model has none or another; for `responses=`."""
    described: dict[str, Any] = {"content": {"application/json": {"example": example}}}
    return {status: described | ({"headers": dict(headers)} if headers else {})}


def _input_errors(dependant: Dependant) -> set[type[TradingError]]:
    errors: set[type[TradingError]] = set()
    if dependant.path_params or dependant.query_params or dependant.header_params or dependant.cookie_params:
        errors.add(ValidationFailed)
    if dependant.body_params:
        errors |= {BodyTooLarge, JsonInvalid, ValidationFailed}
    return errors.union(*map(_input_errors, dependant.dependencies))


def _joined(*declared: Mapping[int | str, dict[str, Any]]) -> Responses:
    """All responses; those of one status are one, with all their codes."""
    joined: Responses = {}
    for responses in declared:
        for status, response in responses.items():
            codes = _codes(joined.get(status, {})) | _codes(response)
            joined[status] = joined.get(status, {}) | response | (_response(codes) if codes else {})
    return joined


def _response(examples: dict[str, Any]) -> dict[str, Any]:
    return {
        "model": Problem,
        "description": "Codes: " + ", ".join(f"`{code}`" for code in sorted(examples)),
        "content": {PROBLEM_MEDIA_TYPE: {"examples": dict(sorted(examples.items()))}},
    }


def _codes(response: dict[str, Any]) -> dict[str, Any]:
    """The examples of a response's problems, by code."""
    examples: dict[str, Any] = response.get("content", {}).get(PROBLEM_MEDIA_TYPE, {}).get("examples", {})
    return examples


def _examples(errors: list[type[TradingError]]) -> dict[str, Any]:
    return {
        error.code: {"summary": error.title, "value": _problem(error).to_wire()}
        for error in sorted(errors, key=lambda error: error.code)
    }


def _problem(error: type[TradingError]) -> Problem:
    field = FieldProblem(field="qty", message="Input should be a number", code="number_type", value="many")
    return Problem(
        type=f"urn:trading-pro:{error.code}",
        title=error.title,
        status=error.status,
        detail=(getdoc(error) or error.title).splitlines()[0],
        code=error.code,
        request_id=EXAMPLE_REQUEST_ID,
        retryable=error.retryable,
        fields=[field] if error is ValidationFailed else None,
    )
