"""The schemas that a document holds as components: made from models, or merged from other documents."""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from trading_api.shared.errors import StartupError

Document = dict[str, Any]
REFERENCE = "#/components/schemas/"


def component_schemas(models: Iterable[type[BaseModel]]) -> dict[str, Document]:
    """The schemas of `models` and of all that they are made of, by name and in its order."""
    ordered = sorted(set(models), key=lambda model: (model.__name__, model.__module__))
    _, found = models_json_schema(
        [(model, "validation") for model in ordered], ref_template=f"{REFERENCE}{{model}}"
    )
    schemas: dict[str, Document] = found.get("$defs", {})
    for schema in schemas.values():
        drop_made_up_titles(schema)
        _drop_discriminators(schema)
    return dict(sorted(schemas.items()))


def used_schemas(schemas: dict[str, Document], *roots: object) -> dict[str, Document]:
    """Those of `schemas` that `roots` refer to, directly or through others, in order of their names."""
    used: set[str] = set()
    waiting = [name for root in roots for name in _references(root)]
    while waiting:
        name = waiting.pop()
        if name not in used:
            used.add(name)
            waiting += _references(schemas[name])
    return {name: schemas[name] for name in sorted(used)}


def add_schemas(merged: Document, document: Document, module: str, owners: dict[str, str]) -> None:
    """Add the schemas of a module's `document`; `owners` remembers which module each came from.

    Raises StartupError for a name that another module uses for something else.
    """
    schemas = merged["components"]["schemas"]
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        owner = owners.setdefault(name, module)
        if schemas.setdefault(name, schema) != schema:
            raise StartupError(f"Modules '{owner}' and '{module}' define the schema '{name}' differently.")
    merged["components"]["schemas"] = dict(sorted(schemas.items()))


def drop_made_up_titles(schema: Document) -> None:
    """Forget the titles of fields, which only repeat their names."""
    for name, part in schema.get("properties", {}).items():
        if part.get("title") == name.replace("_", " ").title():
            del part["title"]


def _drop_discriminators(schema: object) -> None:
    """AsyncAPI knows discriminators of another form; the constants of the choices say the same."""
    if isinstance(schema, dict):
        if "propertyName" in (schema.get("discriminator") or ()):
            del schema["discriminator"]
        for part in schema.values():
            _drop_discriminators(part)
    elif isinstance(schema, list):
        for part in schema:
            _drop_discriminators(part)


def _references(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        reference = node.get("$ref")
        if isinstance(reference, str) and reference.startswith(REFERENCE):
            yield reference.removeprefix(REFERENCE)
        for part in node.values():
            yield from _references(part)
    elif isinstance(node, list):
        for part in node:
            yield from _references(part)
