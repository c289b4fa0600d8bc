"""What can go wrong when one module asks another.

ClientError             any failure; `code` is stable, `retryable` says whether trying again may help
  SymbolUnknownError    the datafeed has no such symbol
"""

import httpx
from pydantic import ValidationError

from trading_api.models.common import Problem


class ClientError(Exception):
    """A request to a module failed; `status` is 0 if no answer came."""

    def __init__(self, code: str, detail: str, status: int, *, retryable: bool) -> None:
        super().__init__(f"{code}: {detail}")
        self.code = code
        self.detail = detail
        self.status = status
        self.retryable = retryable


class SymbolUnknownError(ClientError):
    """The datafeed has no such symbol."""


def no_answer(error: httpx.HTTPError) -> ClientError:
    """The module could not be reached."""
    return ClientError("unreachable", str(error) or type(error).__name__, 0, retryable=True)


def refusal(response: httpx.Response) -> ClientError:
    """The problem that the module answered with."""
    try:
        problem = Problem.model_validate_json(response.content)
    except ValidationError:
        detail = f"status {response.status_code} without a problem document"
        return ClientError("answer-invalid", detail, response.status_code, retryable=False)
    return ClientError(problem.code, problem.detail, problem.status, retryable=problem.retryable)
