"""The page of all error codes, made from the examples of problems in the merged OpenAPI documents."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from trading_api.shared.errors import (
    ApiVersionSunset,
    ApiVersionUnknown,
    MethodNotAllowed,
    NotFound,
    TradingError,
)
from trading_api.shared.routing import PROBLEM_MEDIA_TYPE

Document = dict[str, Any]

HEAD = """\
# Error codes

Generated from the declared errors by `make generate`. Every problem carries `code`; a client compares nothing
else. Retryable means that the same request may succeed later without a change.

| code | status | retryable | meaning | operations |
| --- | --- | --- | --- | --- |
"""
OUTSIDE = (ApiVersionSunset, ApiVersionUnknown, MethodNotAllowed, NotFound)
"""What answers a request that reaches no operation."""
NO_OPERATION = "none: the request reaches no operation"
MOST_EXCEPTIONS = 3


class _Meaning(NamedTuple):
    code: str
    status: int
    retryable: bool
    text: str


def error_codes_page(documents: Sequence[Document]) -> str:
    """Markdown with a row for each code and meaning, and the operations in `documents` that declare it."""
    modules: dict[str, set[str]] = {}
    for name, operation in _operations(documents):
        modules.setdefault(operation["tags"][0], set()).add(name)
    users: dict[_Meaning, set[str]] = {_of_class(error): set() for error in OUTSIDE}
    for name, operation in _operations(documents):
        for meaning in _declared(operation):
            users.setdefault(meaning, set()).add(name)
    return HEAD + "".join(_row(meaning, users[meaning], modules) for meaning in sorted(users))


def _operations(documents: Sequence[Document]) -> Iterator[tuple[str, Document]]:
    for item in (item for document in documents for item in document["paths"].values()):
        for operation in item.values():
            yield operation["operationId"], operation


def _declared(operation: Document) -> Iterator[_Meaning]:
    for answer in operation["responses"].values():
        for example in answer.get("content", {}).get(PROBLEM_MEDIA_TYPE, {}).get("examples", {}).values():
            problem = example["value"]
            yield _Meaning(problem["code"], problem["status"], problem["retryable"], problem["detail"])


def _of_class(error: type[TradingError]) -> _Meaning:
    return _Meaning(error.code, error.status, error.retryable, (error.__doc__ or "").splitlines()[0])


def _row(meaning: _Meaning, names: set[str], modules: dict[str, set[str]]) -> str:
    retryable = "yes" if meaning.retryable else "no"
    text = meaning.text.replace("|", "\\|")
    return f"| `{meaning.code}` | {meaning.status} | {retryable} | {text} | {_users(names, modules)} |\n"


def _users(names: set[str], modules: dict[str, set[str]]) -> str:
    if not names:
        return NO_OPERATION
    if all(operations <= names for operations in modules.values()):
        return "all"
    parts = []
    for module, operations in sorted(modules.items()):
        used, others = operations & names, operations - names
        if not others:
            parts.append(f"all of {module}")
        elif len(others) <= MOST_EXCEPTIONS < len(used):
            parts.append(f"all of {module} but {_listed(others)}")
        elif used:
            parts.append(_listed(used))
    return "; ".join(parts)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
