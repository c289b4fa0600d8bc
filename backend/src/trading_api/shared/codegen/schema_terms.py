"""What a JSON schema says, in terms that can be compared and read aloud."""

import json
from decimal import Decimal
from math import inf
from typing import Any

Schema = dict[str, Any]

ALL_TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
LOWER_LIMITS = {"minItems", "minLength", "minProperties", "minimum"}
UPPER_LIMITS = {"maxItems", "maxLength", "maxProperties", "maximum"}
DEMANDS = {
    "contains", "contentEncoding", "dependentRequired", "dependentSchemas", "else", "format", "if",
    "multipleOf", "not", "pattern", "patternProperties", "propertyNames", "then", "uniqueItems",
}  # fmt: skip
"""Keywords of which any other value is another demand."""
NO_LIMIT = [("minLength", (0, 0)), ("minItems", (0, 0)), ("minProperties", (0, 0))]
JSON_TYPES: dict[type, str] = {
    str: "string", bool: "boolean", int: "integer", float: "number", type(None): "null", list: "array",
    dict: "object",
}  # fmt: skip


def resolved(schema: Schema, document: Schema) -> Schema:
    """`schema` with what it refers to in `document`; what stands beside the reference outranks it."""
    while reference := schema.get("$ref"):
        target: Any = document
        for part in reference.removeprefix("#/").split("/"):
            target = target[part.replace("~1", "/").replace("~0", "~")]
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    for part in schema.get("allOf", []):
        schema = _joined(resolved(part, document), schema)
    return schema


def _joined(part: Schema, whole: Schema) -> Schema:
    properties = part.get("properties", {}) | whole.get("properties", {})
    required = [*part.get("required", []), *whole.get("required", [])]
    return {**part, **whole, "properties": properties, "required": required}


def choices(schema: Schema, document: Schema) -> list[Schema]:
    """The alternatives of a union, as written; a schema without any is its own only one."""
    complete = resolved(schema, document)
    written = complete.get("anyOf") or complete.get("oneOf")
    if not written:
        return [schema]
    return [choice for each in written for choice in choices(each, document)]


def types(schema: Schema) -> frozenset[str]:
    """The JSON types that `schema` admits."""
    written = schema.get("type")
    if isinstance(written, str):
        return frozenset({written})
    if written:
        return frozenset(written)
    admitted = values(schema)
    return ALL_TYPES if admitted is None else frozenset(JSON_TYPES[type(value)] for value in admitted)


def covers(reader: frozenset[str], writer: frozenset[str]) -> bool:
    """Whether a reader of these types can read a writer's; an integer is a number."""
    return writer <= (reader | {"integer"} if "number" in reader else reader)


def values(schema: Schema) -> list[Any] | None:
    """The only values that `schema` admits, if it lists them."""
    if "const" in schema:
        return [schema["const"]]
    return schema.get("enum")


def limits(schema: Schema) -> dict[str, Any]:
    """What `schema` demands of a value beyond its type, by keyword; a bound with 0 if it is inclusive."""
    found = {key: value for key, value in schema.items() if key in DEMANDS}
    found |= {key: (value, 0) for key, value in schema.items() if key in LOWER_LIMITS | UPPER_LIMITS}
    if "exclusiveMinimum" in schema:
        found["minimum"] = max(found.get("minimum", (-inf, 0)), (schema["exclusiveMinimum"], 1))
    if "exclusiveMaximum" in schema:
        found["maximum"] = min(found.get("maximum", (inf, 0)), (schema["exclusiveMaximum"], -1))
    return {key: limit for key, limit in found.items() if limit is not False and (key, limit) not in NO_LIMIT}


def tighter(name: str, reader: Any, writer: Any) -> bool:
    """Whether a reader's limit `name` is one that the writer's (None: it has none) does not keep."""
    if writer is None:
        return True
    if name in LOWER_LIMITS:
        return bool(reader > writer)
    if name in UPPER_LIMITS:
        return bool(reader < writer)
    if name == "multipleOf":
        return Decimal(str(writer)) % Decimal(str(reader)) != 0
    return bool(reader != writer)


def described(schema: Schema) -> str:
    """`schema` in a few words: the name of a model, or the type."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if written := schema.get("anyOf") or schema.get("oneOf"):
        return any_of(written)
    named = sorted(types(schema))
    if named == ["array"]:
        return f"array of {described(schema.get('items', {}))}"
    return "anything" if len(named) == len(ALL_TYPES) else " or ".join(named)


def any_of(alternatives: list[Schema]) -> str:
    """The alternatives of a union in words."""
    return " or ".join(dict.fromkeys(described(each) for each in alternatives))


def one_of(admitted: list[Any] | None) -> str:
    """A list of values in words."""
    return "any" if admitted is None else f"one of {', '.join(json_text(value) for value in admitted)}"


def limit_text(limit: Any) -> str:
    """A limit as a sentence shows it."""
    if limit is None:
        return "not set"
    if isinstance(limit, tuple):
        value, side = limit
        return {0: "", 1: "more than ", -1: "less than "}[side] + json_text(value)
    return json_text(limit)


def json_text(value: Any) -> str:
    """`value` as JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
