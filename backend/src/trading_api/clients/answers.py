"""Reading what a module answered: the answer itself, its headers, or its refusal."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

import httpx
from pydantic import TypeAdapter, ValidationError

from trading_api.clients.errors import AnswerInvalid, Refused, refusal
from trading_api.clients.operation import Operation
from trading_api.models.common import NEWER_SERVER, Problem

Answer = TypeVar("Answer")
Value = TypeVar("Value")

NOTHING_THERE = frozenset({"not-found", "method-not-allowed"})
"""Codes of a server that has no such operation, unless the module declares them as its own."""


@dataclass(frozen=True)
class AnswerHeader(Generic[Value]):
    """A declared header of an answer, and who wants its value."""

    name: str
    kind: type[Value]
    receiver: Callable[[Value], object] | None


def read_answer(operation: Operation[Answer], response: httpx.Response) -> Answer:
    """The answer as a model; fields and choices of a newer server are tolerated.

    Raises AnswerInvalid naming the place that does not fit.
    """
    content = b"null" if response.status_code == httpx.codes.NO_CONTENT else response.content
    try:
        return operation.adapter.validate_json(content, context=NEWER_SERVER, extra="ignore")
    except ValidationError as error:
        raise _invalid(response, f"does not fit{_place(error)}") from error


def read_headers(response: httpx.Response, wanted: Sequence[AnswerHeader[Any]]) -> None:
    """Hand every wanted header that came to its receiver. Raises AnswerInvalid where it does not fit."""
    for header in wanted:
        text = response.headers.get(header.name)
        if header.receiver is None or text is None:
            continue
        try:
            value = TypeAdapter(header.kind).validate_python(text)
        except ValidationError as error:
            raise _invalid(
                response, f"has a header {header.name} that does not fit{_place(error)}"
            ) from error
        header.receiver(value)


def read_refusal(response: httpx.Response, declared: type[StrEnum]) -> Refused | AnswerInvalid:
    """The refusal that the response holds; AnswerInvalid if it holds none, or of another server."""
    try:
        problem = Problem.model_validate_json(response.content, extra="ignore")
    except ValidationError:
        return _invalid(response, "is no problem document")
    if problem.code in NOTHING_THERE - set(declared):
        return _invalid(response, f"says that the URL is not of the module: {problem.detail}")
    return refusal(problem)


def _invalid(response: httpx.Response, reason: str) -> AnswerInvalid:
    request, status = response.request, response.status_code
    media = response.headers.get("content-type", "no content type").partition(";")[0]
    return AnswerInvalid(
        f"{request.method} {request.url}: the answer ({status}, {media}) {reason.rstrip('.')}.",
        status,
        request_id=response.headers.get("x-request-id", ""),
    )


def _place(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(str(part) for part in first["loc"])
    return f" at {place}: {first['msg']}" if place else f": {first['msg']}"
