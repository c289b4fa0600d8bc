"""OpenAPI documents, made from the routes alone: no server, no service, no I/O."""

from collections.abc import Sequence
from importlib import metadata
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from trading_api.shared.errors import StartupError
from trading_api.shared.module_interface import Module, modules_at
from trading_api.shared.routing import PROBLEM_MEDIA_TYPE

API_PREFIX = "/api/v1"
Document = dict[str, Any]


def module_openapi(module: type[Module]) -> Document:
    """The document of one module; paths are relative to its own base URL."""
    bare = FastAPI(separate_input_output_schemas=False)
    bare.include_router(module.router, tags=[module.name])
    document = get_openapi(
        title=f"Trading Pro {module.name}",
        version=release(),
        description=module.description,
        routes=bare.routes,
        servers=[{"url": module.base_path()}],
        tags=[{"name": module.name, "description": module.description}],
        separate_input_output_schemas=False,
    )
    for item in document["paths"].values():
        for operation in item.values():
            _name_problem_media_type(operation["responses"])
            if module.lifecycle.deprecation is not None:
                operation["deprecated"] = True
    return document


def merged_openapi(modules: Sequence[type[Module]], version: str = "v1") -> Document:
    """One document of all that have this version of the API.

    Raises StartupError where two of them contradict each other.
    """
    merged: Document = {
        "openapi": "3.1.0",
        "info": {
            "title": "Trading Pro",
            "version": release(),
            "description": "All enabled modules.",
        },
        "servers": [{"url": f"/api/{version}"}],
        "tags": [],
        "paths": {},
        "components": {"schemas": {}},
    }
    operations: dict[str, str] = {}
    for module in sorted(modules_at(modules, version), key=lambda each: each.name):
        document = module_openapi(module)
        merged["tags"] += document["tags"]
        for path, item in document["paths"].items():
            _add_operations(operations, f"/{module.name}{path}", item)
            merged["paths"][f"/{module.name}{path}"] = item
        _add_schemas(merged["components"]["schemas"], document, module.name)
    return merged


def release() -> str:
    """Which release of this project it is."""
    return metadata.version("trading-pro")


def _name_problem_media_type(responses: Document) -> None:
    """FastAPI files the schema of an error under JSON; our errors have a media type of their own."""
    for response in responses.values():
        content = response.get("content", {})
        if PROBLEM_MEDIA_TYPE in content:
            content[PROBLEM_MEDIA_TYPE] = content.pop("application/json")


def _add_operations(operations: dict[str, str], path: str, item: Document) -> None:
    for method, operation in item.items():
        place = f"{method.upper()} {path}"
        other = operations.setdefault(operation["operationId"], place)
        if other != place:
            raise StartupError(f"Two operations are named '{operation['operationId']}': {other} and {place}.")


def _add_schemas(schemas: Document, document: Document, module: str) -> None:
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        if schemas.setdefault(name, schema) != schema:
            raise StartupError(f"Module '{module}' defines the schema '{name}' unlike another module.")
