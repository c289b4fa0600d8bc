"""OpenAPI documents, made from the routes alone: no server, no service, no I/O."""

from collections.abc import Sequence
from copy import deepcopy
from functools import lru_cache
from importlib import metadata

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from trading_api.shared.codegen.examples import Examples
from trading_api.shared.codegen.openapi_operations import OperationTexts
from trading_api.shared.codegen.schemas import Document, add_schemas, drop_made_up_titles, used_schemas
from trading_api.shared.errors import StartupError
from trading_api.shared.module_interface import Module, modules_at
from trading_api.shared.versions import DEPRECATION_FIELD

API_PREFIX = "/api/v1"


def module_openapi(module: type[Module]) -> Document:
    """The document of one module; paths are relative to its own base URL."""
    return deepcopy(_completed(module)[0])


def openapi_faults(module: type[Module]) -> list[str]:
    """What the operations of `module` fail to say, as sentences that name them."""
    return _completed(module)[1]


@lru_cache(maxsize=64)
def _completed(module: type[Module]) -> tuple[Document, list[str]]:
    """The document, and what is missing in it."""
    document = _written_by_fastapi(module)
    schemas = document.get("components", {}).get("schemas", {})
    for schema in schemas.values():
        drop_made_up_titles(schema)
    texts = OperationTexts(Examples(schemas))
    faults = []
    for path, item in document["paths"].items():
        for method, operation in item.items():
            faults += texts.complete(operation, f"{method.upper()} {path}")
            if module.lifecycle.deprecation is not None:
                operation["deprecated"] = True
                operation.setdefault(DEPRECATION_FIELD, module.lifecycle.deprecation.told())
    document["components"] = {"schemas": used_schemas(schemas, document["paths"])}
    return document, faults


def _written_by_fastapi(module: type[Module]) -> Document:
    bare = FastAPI(separate_input_output_schemas=False)
    bare.include_router(module.router, tags=[module.name])
    document: Document = get_openapi(
        title=f"Trading Pro {module.name}",
        version=release(),
        description=module.description,
        routes=bare.routes,
        servers=[{"url": module.base_path()}],
        tags=[{"name": module.name, "description": module.description}],
        separate_input_output_schemas=False,
    )
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
    owners: dict[str, str] = {}
    for module in sorted(modules_at(modules, version), key=lambda each: each.name):
        document = module_openapi(module)
        merged["tags"] += document["tags"]
        for path, item in document["paths"].items():
            _add_operations(operations, f"/{module.name}{path}", item)
            merged["paths"][f"/{module.name}{path}"] = item
        add_schemas(merged, document, module.name, owners)
    return merged


def release() -> str:
    """Which release of this project it is."""
    return metadata.version("trading-pro")


def _add_operations(operations: dict[str, str], path: str, item: Document) -> None:
    for method, operation in item.items():
        place = f"{method.upper()} {path}"
        other = operations.setdefault(operation["operationId"], place)
        if other != place:
            raise StartupError(f"Two operations are named '{operation['operationId']}': {other} and {place}.")
