"""One tree of errors and one shape in which they reach the caller.

StartupError            the server cannot start; the command line prints the sentence
TradingError            any refusal of a request; modules derive theirs in their errors.py
  NotFound  ApiVersionUnknown  ApiVersionSunset  MethodNotAllowed  JsonInvalid  BodyTooLarge
  ValidationFailed  HostNotAllowed  Unavailable  Internal
"""

from collections.abc import Iterable, Sequence
from typing import Any, ClassVar

from trading_api.models.common import FieldProblem, Problem

LONGEST_ECHO = 200


class StartupError(Exception):
    """The server cannot start; the text is one sentence for the person who started it."""


class TradingError(Exception):
    """A refusal with a stable code; `detail` is one sentence that names the offending value."""

    code: ClassVar[str] = "internal-error"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Internal error"
    retryable: ClassVar[bool] = False

    def __init__(self, detail: str, fields: Sequence[FieldProblem] = (), code: str | None = None) -> None:
        super().__init__(detail)
        self.detail = detail
        self.fields = tuple(fields)
        self.problem_code = code or self.code

    def problem(self, request_id: str) -> Problem:
        """The answer that tells the caller of this error."""
        return Problem(
            type=f"urn:trading-pro:{self.problem_code}",
            title=self.title,
            status=self.status,
            detail=self.detail,
            code=self.problem_code,
            request_id=request_id,
            retryable=self.retryable,
            fields=list(self.fields) or None,
        )


class NotFound(TradingError):
    """There is nothing at this path."""

    code, status, title = "not-found", 404, "Not found"


class ApiVersionUnknown(TradingError):
    """This server has no such version of the API."""

    code, status, title = "api-version-unknown", 404, "Unknown version of the API"


class ApiVersionSunset(TradingError):
    """This version of the API has ended; a newer one takes its place."""

    code, status, title = "api-version-sunset", 410, "Ended version of the API"


class MethodNotAllowed(TradingError):
    """The path exists, the method does not."""

    code, status, title = "method-not-allowed", 405, "Method not allowed"


class JsonInvalid(TradingError):
    """The body is not JSON."""

    code, status, title = "json-invalid", 400, "Body is not JSON"


class BodyTooLarge(TradingError):
    """The body is larger than the server reads."""

    code, status, title = "body-too-large", 413, "Body too large"


class ValidationFailed(TradingError):
    """Fields of the request have a wrong shape."""

    code, status, title = "validation-failed", 422, "Validation failed"


class HostNotAllowed(TradingError):
    """The request names a host or comes from a page that this server does not serve."""

    code, status, title = "host-not-allowed", 403, "Host not allowed"


class Internal(TradingError):
    """A defect of the server; details are in its log under the request id."""


class Unavailable(TradingError):
    """The server cannot do this right now."""

    code, status, title, retryable = "unavailable", 503, "Unavailable", True


def echo(value: object) -> Any:
    """`value` as an error may show it: JSON-safe and bounded."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) < 10**15:
        return value
    if isinstance(value, str):
        return value[:LONGEST_ECHO]
    if isinstance(value, float) and abs(value) < 1e15:
        return value
    if isinstance(value, int):
        return f"{'-' if value < 0 else ''}an integer of {value.bit_length()} bits"
    return repr(value)[:LONGEST_ECHO]


def validation_failure(errors: Iterable[Any]) -> TradingError:
    """Pydantic's error list as the one problem the caller sees."""
    listed = list(errors)
    if any(error["type"] == "json_invalid" for error in listed):
        reason = next(error for error in listed if error["type"] == "json_invalid")
        return JsonInvalid(f"The body is not JSON: {reason.get('ctx', {}).get('error', reason['msg'])}.")
    fields = [_field_problem(error) for error in listed]
    detail = "; ".join(f"{problem.field}: {problem.message}" for problem in fields[:5])
    return ValidationFailed(f"{detail}.", fields)


def _field_problem(error: dict[str, Any]) -> FieldProblem:
    location = [str(part) for part in error["loc"]]
    if len(location) > 1 and location[0] in {"body", "query", "path", "header"}:
        location = location[1:]
    value = None if error["type"] == "missing" else echo(error.get("input"))
    return FieldProblem(field=".".join(location), message=error["msg"], code=error["type"], value=value)
