"""What the routes of a module say about its operations, for whoever generates code that calls them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, params
from fastapi.datastructures import DefaultPlaceholder
from fastapi.dependencies.models import Dependant
from fastapi.dependencies.utils import get_typed_return_annotation
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from starlette.responses import JSONResponse, Response

from trading_api.shared.errors import StartupError
from trading_api.shared.routing import PROBLEM_MEDIA_TYPE

HEADER_KINDS: dict[str, type] = {"integer": int, "boolean": bool}


@dataclass(frozen=True)
class Parameter:
    """One value that a caller gives: its name in Python and on the wire, its type, and whether it must be."""

    name: str
    wire: str
    annotation: Any
    required: bool


@dataclass
class OperationShape:
    """One operation of a module."""

    id: str
    method: str
    path: str
    """With `{name}` for each path parameter, by its name on the wire."""
    doc: str
    answer: Any
    """The type of the answer; None if there is nothing in it."""
    body: Parameter | None = None
    path_parameters: list[Parameter] = field(default_factory=list)
    query: list[Parameter] = field(default_factory=list)
    headers: list[Parameter] = field(default_factory=list)
    answer_headers: dict[str, type] = field(default_factory=dict)
    """Declared headers of the answer and what they hold: str, int or bool."""
    codes: set[str] = field(default_factory=set)
    """Codes of the declared problems."""


def operations_of(router: APIRouter, module: str) -> list[OperationShape]:
    """The operations in the order of their routes, without those that are hidden or answer raw.

    A raw answer is one that no model describes: a page, a file, a stream. Raises StartupError, naming
    the operation, for what a client cannot send: a form, a cookie, more than one body.
    """
    return [
        _shape(route, f"Operation '{route.operation_id}' of module '{module}'")
        for route in iter_route_contexts(router.routes)
        if isinstance(route.original_route, APIRoute) and route.include_in_schema and not _is_raw(route)
    ]


def _is_raw(route: RouteContext) -> bool:
    if route.is_sse_stream or route.is_json_stream:
        return True
    chosen = route.response_class
    kind = chosen.value if isinstance(chosen, DefaultPlaceholder) else chosen
    returned = get_typed_return_annotation(route.endpoint) if route.endpoint else None
    by_hand = isinstance(returned, type) and issubclass(returned, Response)
    return not issubclass(kind, JSONResponse) or (by_hand and route.response_field is None)


def _shape(route: RouteContext, name: str) -> OperationShape:
    methods = sorted((route.methods or set()) - {"HEAD"})
    if len(methods) != 1:
        raise StartupError(f"{name} has {len(methods)} methods; a client needs one.")
    shape = OperationShape(
        id=route.operation_id,
        method=methods[0],
        path=route.path_format or "",
        doc=(route.description or route.summary or "") + ("\n\nDeprecated." if route.deprecated else ""),
        answer=None if route.response_field is None else route.response_model,
    )
    for dependant in _flat(route.dependant):
        _add_parameters(shape, dependant, name)
    for status, response in route.responses.items():
        shape.codes |= set(response.get("content", {}).get(PROBLEM_MEDIA_TYPE, {}).get("examples", {}))
        if str(status).startswith("2"):
            for header, described in response.get("headers", {}).items():
                shape.answer_headers[header] = HEADER_KINDS.get(described["schema"].get("type"), str)
    return shape


def _flat(dependant: Dependant) -> Iterator[Dependant]:
    yield dependant
    for part in dependant.dependencies:
        yield from _flat(part)


def _add_parameters(shape: OperationShape, dependant: Dependant, name: str) -> None:
    if dependant.cookie_params:
        raise StartupError(f"{name} takes a cookie, which a client does not send.")
    for kind, fields in (
        (shape.path_parameters, dependant.path_params),
        (shape.query, dependant.query_params),
        (shape.headers, dependant.header_params),
    ):
        known = {parameter.wire for parameter in kind}
        kind += [parameter for parameter in map(_parameter, fields) if parameter.wire not in known]
    for body in dependant.body_params:
        if isinstance(body.field_info, params.Form):
            raise StartupError(f"{name} takes a form, but a client sends JSON.")
        if shape.body is not None or getattr(body.field_info, "embed", None):
            raise StartupError(f"{name} takes a body of several parts; one model can hold them all.")
        shape.body = _parameter(body)


def _parameter(declared: Any) -> Parameter:
    wire = declared.validation_alias or declared.alias
    if isinstance(declared.field_info, params.Header) and declared.field_info.convert_underscores:
        wire = wire.replace("_", "-") if wire == declared.name else wire
    return Parameter(declared.name, wire, declared.field_info.annotation, declared.field_info.is_required())
