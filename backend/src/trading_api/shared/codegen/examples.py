"""Examples of what goes over the wire, made from JSON schemas and the examples of their fields."""

import re
from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

FORMATS = {
    "date": "2013-10-04",
    "date-time": "2013-10-04T13:30:00Z",
    "email": "trader@example.com",
    "uri": "https://example.com/",
    "uuid": "0b6f7a52-3f0e-4c56-9d1b-6f2f3a1c9e11",
}
"""Examples of texts whose format says all there is to say of them."""
JSON_TYPES: dict[str, type | tuple[type, ...]] = {
    "array": list,
    "boolean": bool,
    "integer": int,
    "null": type(None),
    "number": (int, float),
    "object": dict,
    "string": str,
}
REFERENCE = "#/components/schemas/"


class ExampleMissing(Exception):
    """Something on the wire has no example, or one that does not fit; the text is a sentence saying which."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(f"{place} {problem}")
        self.place = place


class _RefersToItself(ExampleMissing):
    """An example of this would never end."""


class Examples:
    """Makes examples of schemas that refer to each other as `#/components/schemas/<name>`."""

    def __init__(self, schemas: Mapping[str, Schema]) -> None:
        self._schemas = schemas
        self._open: list[str] = []

    def of(self, schema: Schema, place: str) -> Any:
        """A value that `schema` admits; `place` begins the sentence of ExampleMissing.

        The first of `examples` is taken as it is. Otherwise it is a constant, the first choice, the default,
        or made of the examples of the parts; optional parts without one are left out.
        """
        if examples := schema.get("examples"):
            return _fitting(schema, examples[0], place)
        if reference := schema.get("$ref"):
            return self._of_reference(reference.removeprefix(REFERENCE), place)
        if (known := _known(schema)) is not None:
            return known
        for union in ("anyOf", "oneOf", "allOf"):
            if options := schema.get(union):
                return self._of_options(options, union == "allOf", place)
        match schema.get("type"):
            case "object":
                return self._of_object(schema, place)
            case "array":
                return self._of_array(schema, place)
        raise ExampleMissing(place, "has no example")

    def _of_reference(self, name: str, place: str) -> Any:
        if name in self._open:
            raise _RefersToItself(place, f"refers to {name}, which it is a part of, and has no example")
        self._open.append(name)
        try:
            return self.of(self._schemas[name], name)
        finally:
            self._open.pop()

    def _of_options(self, options: list[Schema], together: bool, place: str) -> Any:
        if together:
            return {key: value for option in options for key, value in self.of(option, place).items()}
        return self.of(next(option for option in options if option.get("type") != "null"), place)

    def _of_object(self, schema: Schema, place: str) -> dict[str, Any]:
        required = schema.get("required", ())
        owner = schema.get("title", place)
        example: dict[str, Any] = {}
        for name, part in schema.get("properties", {}).items():
            field = f"Field {name} of {owner}"
            try:
                example[name] = self.of(part, field)
            except ExampleMissing as missing:
                own = missing.place == field and "examples" not in part
                if name in required or not (own or isinstance(missing, _RefersToItself)):
                    raise
        return example

    def _of_array(self, schema: Schema, place: str) -> list[Any]:
        if first := schema.get("prefixItems"):
            return [self.of(item, place) for item in first]
        if schema.get("maxItems") == 0:
            return []
        try:
            item = self.of(schema.get("items", {}), place)
        except _RefersToItself:
            if schema.get("minItems"):
                raise
            return []
        return [item] * max(1, schema.get("minItems", 1))


def _known(schema: Schema) -> Any:
    """What the schema itself says a value may be; None where it leaves that open."""
    if "const" in schema:
        return schema["const"]
    if choices := schema.get("enum"):
        return choices[0]
    if schema.get("default") is not None:
        return schema["default"]
    if schema.get("type") == "boolean":
        return True
    return FORMATS.get(schema.get("format", ""))


def _fitting(schema: Schema, example: Any, place: str) -> Any:
    """`example`, once its type and bounds are as the schema asks."""
    types = [schema["type"]] if isinstance(schema.get("type"), str) else schema.get("type", [])
    number = isinstance(example, int | float) and not isinstance(example, bool)
    fits = [
        not types or any(_is(example, kind) for kind in types),
        example in schema.get("enum", [example]),
        example == schema.get("const", example),
        not number or schema.get("minimum", example) <= example <= schema.get("maximum", example),
        not number or "exclusiveMinimum" not in schema or example > schema["exclusiveMinimum"],
        not number or "exclusiveMaximum" not in schema or example < schema["exclusiveMaximum"],
        not isinstance(example, str) or _between(example, schema, "Length"),
        not isinstance(example, str) or bool(re.search(schema.get("pattern", ""), example)),
        not isinstance(example, list) or _between(example, schema, "Items"),
    ]
    if not all(fits):
        raise ExampleMissing(place, f"does not admit its example {example!r}")
    return example


def _is(example: object, kind: str) -> bool:
    return isinstance(example, JSON_TYPES[kind]) and (kind == "boolean" or not isinstance(example, bool))


def _between(example: str | list[Any], schema: Schema, unit: str) -> bool:
    length = len(example)
    least, most = schema.get(f"min{unit}", length), schema.get(f"max{unit}", length)
    return bool(least <= length <= most)
