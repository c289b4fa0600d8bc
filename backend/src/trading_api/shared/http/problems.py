"""Every error becomes one `application/problem+json` answer, here and nowhere else."""

import json
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection

from trading_api.shared.errors import (
    BodyTooLarge,
    Internal,
    JsonInvalid,
    MethodNotAllowed,
    NotFound,
    TradingError,
    validation_failure,
)
from trading_api.shared.routing import PROBLEM_MEDIA_TYPE

log = structlog.get_logger(__name__)


class ProblemResponse(JSONResponse):
    """A problem in ASCII: a value it echoes may be text that UTF-8 cannot hold, such as half a surrogate."""

    media_type = PROBLEM_MEDIA_TYPE

    def render(self, content: Any) -> bytes:
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode("ascii")


def problem_response(
    request: HTTPConnection, error: TradingError, headers: dict[str, str] | None = None
) -> JSONResponse:
    """The answer for `error`."""
    request_id = getattr(request.state, "request_id", "")
    return ProblemResponse(error.problem(request_id).to_wire(), error.status, headers=headers)


def install_problem_handlers(app: FastAPI) -> None:
    """Make `app` answer every error as a problem."""
    app.add_exception_handler(TradingError, _trading_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, defect_response)


def refusal_response(request: Request, error: Exception) -> JSONResponse | None:
    """The answer for an error that is foreseen; None for a defect."""
    if isinstance(error, TradingError):
        return _trading_error(request, error)
    return _http_error(request, error) if isinstance(error, HTTPException) else None


def _trading_error(request: Request, error: Any) -> JSONResponse:
    return problem_response(request, error)


def _validation_error(request: Request, error: Any) -> JSONResponse:
    return problem_response(request, validation_failure(error.errors()))


def _http_error(request: Request, error: Any) -> JSONResponse:
    path = request.url.path
    problem: TradingError
    match error.status_code:
        case 404:
            problem = NotFound(f"There is nothing at {path}.")
        case 405:
            problem = MethodNotAllowed(f"{path} does not take {request.method}.")
        case 413:
            problem = BodyTooLarge(f"The body of {request.method} {path} is larger than the server reads.")
        case _:
            problem = JsonInvalid(f"The body of {request.method} {path} cannot be read: {error.detail}.")
    return problem_response(request, problem, headers=error.headers)


def defect_response(request: Request, error: Any) -> JSONResponse:
    """The answer for an error that nobody foresaw, which is logged."""
    request_id = getattr(request.state, "request_id", "")
    log.error("request failed", path=request.url.path, request_id=request_id, exc_info=error)
    return problem_response(
        request, Internal(f"The server failed; its log has the details under {request_id}.")
    )
