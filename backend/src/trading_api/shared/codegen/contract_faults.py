"""What no document can say, found before one is made: each fault is a sentence that names both places."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Any

from fastapi import APIRouter
from fastapi.openapi.utils import get_fields_from_routes
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts
from pydantic import BaseModel, TypeAdapter

from trading_api.shared.codegen.contract_models import (
    WireType,
    collisions,
    inexpressible_field,
    is_expressible,
    models_of,
)
from trading_api.shared.errors import StartupError
from trading_api.shared.module_interface import Module
from trading_api.shared.source_places import field_place, place
from trading_api.shared.ws.router import WsRouter


def refuse_contract_faults(modules: Sequence[type[Module]]) -> None:
    """Raises StartupError with the first fault of the contract that `modules` declare."""
    _refuse(tuple(modules))


@lru_cache(maxsize=4)
def _refuse(modules: tuple[type[Module], ...]) -> None:
    for fault in chain.from_iterable(_interface_faults(module) for module in modules):
        raise StartupError(fault)
    versions: dict[str, dict[str, type[Module]]] = {}
    for module in chain.from_iterable(module.all_versions() for module in modules):
        versions.setdefault(module.version, {})[module.name] = module
    for version in versions.values():
        for fault in _faults(list(version.values())):
            raise StartupError(fault)


@dataclass(frozen=True)
class _Use:
    """Something of a module that carries models: an operation, or a route of its WebSocket."""

    module: str
    name: str
    address: str
    defined: Callable[..., Any] | type[Any]
    annotations: tuple[Any, ...]

    @property
    def place(self) -> str:
        return f"{self.address} ({place(self.defined)})"


def _interface_faults(module: type[Module]) -> Iterator[str]:
    """What a module must have before anything can be read from it."""
    named = f"{module.__name__} ({place(module)})"
    if missing := sorted(module.__abstractmethods__):
        yield f"{named} does not define {' and '.join(missing)}."
    if not isinstance(getattr(module, "description", None), str):
        yield f"{named} has no description."
    others = module.other_versions
    for router in (getattr(module, "router", None), *(other.router for other in others)):
        if not isinstance(router, APIRouter):
            yield f"The router of {named} is not an APIRouter."
    routes: Iterator[object] = chain(module.ws_routes, *(other.ws_routes for other in others))
    for route in routes:
        if not isinstance(route, WsRouter):
            yield f"{route!r} among the ws_routes of {named} is not a WsRouter."


def _faults(modules: list[type[Module]]) -> Iterator[str]:
    """Faults of the modules that share the documents of one version."""
    operations = [use for module in modules for use in _operations(module)]
    streams = [use for module in modules for use in _streams(module)]
    yield from _same_names("operations", operations)
    for module in modules:
        yield from _same_names("routes", [use for use in streams if use.module == module.name])
        yield from _parameter_faults(module)
    yield from _field_faults([*operations, *streams])
    yield from _model_faults(operations)
    yield from _model_faults(streams)


def _route_contexts(module: type[Module]) -> list[RouteContext]:
    contexts = iter_route_contexts(module.router.routes)
    return [each for each in contexts if isinstance(each.original_route, APIRoute) and each.include_in_schema]


def _operations(module: type[Module]) -> Iterator[_Use]:
    for context in _route_contexts(module):
        annotations = tuple(field.field_info.annotation for field in get_fields_from_routes([context]))
        for method in sorted(context.methods or ()):
            address = f"{method} /{module.name}{context.path_format}"
            name = context.operation_id or context.unique_id
            yield _Use(module.name, name, address, context.endpoint or module, annotations)


def _streams(module: type[Module]) -> Iterator[_Use]:
    for route in module.ws_routes:
        models = (route.request, route.data)
        yield _Use(module.name, route.route, type(route).__name__, type(route), models)


def _same_names(kind: str, uses: list[_Use]) -> Iterator[str]:
    named: dict[str, _Use] = {}
    for use in uses:
        other = named.setdefault(use.name, use)
        if other is not use:
            yield f"Two {kind} are named '{use.name}': {other.place} and {use.place}."


def _parameter_faults(module: type[Module]) -> Iterator[str]:
    for context in _route_contexts(module):
        defined = context.endpoint or module
        for kind in ("path_params", "query_params", "header_params", "cookie_params"):
            named: dict[str, str] = {}
            for parameter in getattr(context.dependant, kind):
                other = named.setdefault(parameter.alias, parameter.name)
                if other != parameter.name:
                    yield (
                        f"The parameters '{other}' and '{parameter.name}' of {defined.__name__} "
                        f"({place(defined)}) are both '{parameter.alias}' on the wire."
                    )


def _field_faults(uses: list[_Use]) -> Iterator[str]:
    annotations = [annotation for use in uses for annotation in use.annotations]
    for model in models_of(annotations):
        if issubclass(model, BaseModel):
            yield from _collision_faults(model)
    if is_expressible(annotations):
        return
    for use in uses:
        if is_expressible(use.annotations):
            continue
        for model in models_of(use.annotations):
            field = inexpressible_field(model) if issubclass(model, BaseModel) else None
            if field is not None:
                yield (
                    f"The field '{field}' of {model.__name__} ({field_place(model, field)}) cannot be "
                    f"expressed in JSON Schema, and {use.place} needs it."
                )
        yield f"What {use.place} takes or answers cannot be expressed in JSON Schema."


def _collision_faults(model: type[BaseModel]) -> Iterator[str]:
    for one, other, name in collisions(model):
        yield (
            f"The fields '{one}' ({field_place(model, one)}) and '{other}' ({field_place(model, other)}) "
            f"of {model.__name__} are both '{name}' on the wire."
        )


def _model_faults(uses: list[_Use]) -> Iterator[str]:
    """Two classes of one name would be one schema, or get names made of their modules'."""
    named: dict[str, tuple[str, WireType]] = {}
    for use in uses:
        for model in models_of(use.annotations):
            owner, other = named.setdefault(model.__name__, (use.module, model))
            if other is not model and (owner == use.module or _schema(other) != _schema(model)):
                yield f"Two models are named '{model.__name__}': {place(other)} and {place(model)}."


def _schema(model: WireType) -> Any:
    return TypeAdapter(model).json_schema()
