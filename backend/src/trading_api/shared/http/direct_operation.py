"""An operation called with what a request holds, and answered as FastAPI would.

Only operations whose parameters are plain are called so, and only with requests in which nothing is wrong:
to find the words for what is wrong is left to FastAPI.
"""

import inspect
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, TypeAlias
from urllib.parse import parse_qsl

from fastapi import FastAPI
from fastapi.datastructures import DefaultPlaceholder
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, RouteContext, serialize_response
from fastapi.utils import is_body_allowed_for_status_code
from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from trading_api.shared.http.direct_parameters import Misfit, PlainParameter
from trading_api.shared.http.origins import Headers, first_headers
from trading_api.shared.http.problems import refusal_response
from trading_api.shared.routing import RefusingRoute

JSON = b"application/json"
Arguments: TypeAlias = dict[str, Any]


class DirectOperation:
    """One route of the application of a module, below `base_path`."""

    def __init__(self, app: FastAPI, base_path: str, route: RouteContext) -> None:
        dependant: Dependant = route.dependant
        self._call: Callable[..., Any] = route.dependant.call
        self._place = {"app": app, "root_path": base_path, "route": route.original_route}
        self._request_name = dependant.request_param_name
        self._services = [_Service(each) for each in dependant.dependencies]
        self._path = [PlainParameter(field) for field in dependant.path_params]
        self._query = [PlainParameter(field) for field in dependant.query_params]
        self._headers = [PlainParameter(field) for field in dependant.header_params]
        self._body: tuple[str, Any] | None = next(
            ((each.name, each.field_info.annotation) for each in dependant.body_params), None
        )
        self._status = route.status_code or 200
        self._refusing = route.original_route if isinstance(route.original_route, RefusingRoute) else None
        self._known = {parameter.alias for parameter in self._query}
        self._serialized = _serializing(route)

    @staticmethod
    def can_be(route: RouteContext) -> bool:
        """Whether `route` has plain parameters, at most one JSON body, and one answer."""
        kind = type(route.original_route)
        if kind is not APIRoute and not issubclass(kind, RefusingRoute):
            return False
        if route.is_sse_stream or route.is_json_stream:
            return False
        dependant: Dependant = route.dependant
        return (
            inspect.iscoroutinefunction(dependant.call)
            and isinstance(route.response_class, DefaultPlaceholder)
            and is_body_allowed_for_status_code(route.status_code)
            and not _wants_more(dependant)
            and all(map(PlainParameter.can_be, _parameters(dependant)))
            and _has_plain_body(route)
            and all(map(_Service.can_be, dependant.dependencies))
        )

    @property
    def has_body(self) -> bool:
        """Whether it takes one."""
        return self._body is not None

    def read(self, scope: Scope, path: Mapping[str, str], body: bytes) -> Arguments:
        """What it is called with; raises Misfit."""
        arguments: Arguments = {}
        for parameter in self._path:
            parameter.read(path, arguments)
        if self._query or self._refusing:
            query: bytes = scope["query_string"]
            given = dict(parse_qsl(query.decode("latin-1"), keep_blank_values=True)) if query else {}
            if self._refusing and not given.keys() <= self._known:
                raise Misfit
            for parameter in self._query:
                parameter.read(given, arguments)
        if self._headers or self._body:
            headers = first_headers(scope)
            for parameter in self._headers:
                parameter.read_header(headers, arguments)
            if self._body is not None:
                name, model = self._body
                arguments[name] = _read_body(headers, model, body)
        return arguments

    def refusal(self, request: Request, error: Exception) -> Response | None:
        """The answer for an error that its call has raised; None for a defect."""
        if self._refusing is not None:
            return self._refusing.refusal(request, error)
        return refusal_response(request, error)

    async def answer(self, scope: Scope, receive: Receive, send: Send, arguments: Arguments) -> Response:
        """Calls it, with the scope as routing would leave it; raises what it raises."""
        scope.update(self._place)
        request = Request(scope, receive, send)
        for service in self._services:
            await service.read(request, arguments)
        if self._request_name:
            arguments[self._request_name] = request
        answered = await self._call(**arguments)
        if isinstance(answered, Response):
            return answered
        content = await self._serialized(response_content=answered)
        return Response(content, self._status, media_type="application/json")


def _read_body(headers: Headers, model: type[BaseModel], body: bytes) -> BaseModel:
    if headers.get(b"content-type") != JSON:
        raise Misfit
    try:
        return model.model_validate_json(body)
    except ValidationError:
        raise Misfit from None


def _serializing(route: RouteContext) -> Callable[..., Any]:
    return partial(
        serialize_response,
        field=route.response_field,
        include=route.response_model_include,
        exclude=route.response_model_exclude,
        by_alias=route.response_model_by_alias,
        exclude_unset=route.response_model_exclude_unset,
        exclude_defaults=route.response_model_exclude_defaults,
        exclude_none=route.response_model_exclude_none,
        dump_json=True,
    )


def _parameters(dependant: Dependant) -> list[Any]:
    return [*dependant.path_params, *dependant.query_params, *dependant.header_params]


def _wants_more(dependant: Dependant) -> bool:
    return bool(
        dependant.cookie_params
        or dependant.websocket_param_name
        or dependant.http_connection_param_name
        or dependant.response_param_name
        or dependant.background_tasks_param_name
        or dependant.security_scopes_param_name
        or dependant.concurrency
    )


def _has_plain_body(route: RouteContext) -> bool:
    """None, or one model; an answer without a model must come as a response, which its type says."""
    dependant: Dependant = route.dependant
    answered = inspect.signature(route.dependant.call).return_annotation
    if route.response_field is None and not (inspect.isclass(answered) and issubclass(answered, Response)):
        return False
    if not dependant.body_params:
        return True
    annotation = dependant.body_params[0].field_info.annotation
    is_model = inspect.isclass(annotation) and issubclass(annotation, BaseModel)
    is_alone = len(dependant.body_params) == 1 and not getattr(route, "_embed_body_fields", False)
    return is_model and is_alone and dependant.request_param_name is None


class _Service:
    """What an operation is given to work with."""

    def __init__(self, dependant: Dependant) -> None:
        self._name = dependant.name
        self._call: Callable[..., Any] | None = dependant.call
        self._request_name = dependant.request_param_name

    @staticmethod
    def can_be(dependant: Dependant) -> bool:
        """Whether it is made of the request alone, with nothing to clean up."""
        bare = not (_wants_more(dependant) or _parameters(dependant) or dependant.body_params)
        return bare and not dependant.dependencies and inspect.iscoroutinefunction(dependant.call)

    async def read(self, request: Request, arguments: Arguments) -> None:
        """Put it among the arguments, unless it is only called."""
        assert self._call is not None
        given = await self._call(**{self._request_name: request} if self._request_name else {})
        if self._name is not None:
            arguments[self._name] = given
