"""Examples are of their schema, and what has none is named."""

from typing import Any

import jsonschema_rs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from trading_api.shared.codegen.examples import ExampleMissing, Examples

Schema = dict[str, Any]

ORDER = {
    "title": "Order",
    "type": "object",
    "properties": {
        "symbol": {"type": "string", "examples": ["SPY"]},
        "side": {"$ref": "#/components/schemas/Side"},
        "qty": {"type": "number", "examples": [100]},
        "note": {"type": "string"},
        "legs": {"type": "array", "items": {"$ref": "#/components/schemas/Order"}},
    },
    "required": ["symbol", "side", "qty"],
}
SIDE = {"type": "string", "enum": ["buy", "sell"]}


def example(schema: Schema, **schemas: Schema) -> Any:
    """What is made of `schema`."""
    return Examples(schemas).of(schema, "The test")


def reference(name: str) -> Schema:
    """A reference to a schema of the document."""
    return {"$ref": f"#/components/schemas/{name}"}


def test_an_object_is_made_of_its_fields_and_leaves_out_what_has_no_example() -> None:
    order = example(reference("Order"), Order=ORDER, Side=SIDE)
    assert order == {"symbol": "SPY", "side": "buy", "qty": 100, "legs": []}


def test_the_example_of_a_whole_model_outranks_its_fields() -> None:
    whole = {"symbol": "IBM", "side": "sell", "qty": 1}
    assert example(reference("Order"), Order=ORDER | {"examples": [whole]}, Side=SIDE) == whole


def test_an_example_beside_a_reference_outranks_it() -> None:
    assert example(reference("Side") | {"examples": ["sell"]}, Side=SIDE) == "sell"


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"const": 0}, 0),
        ({"type": "integer", "default": 30}, 30),
        ({"type": "string", "default": ""}, ""),
        ({"type": "boolean"}, True),
        ({"type": "boolean", "default": False}, False),
        ({"anyOf": [{"type": "null"}, {"type": "integer", "examples": [3]}]}, 3),
        ({"type": "array", "items": {"type": "boolean"}, "minItems": 2}, [True, True]),
        ({"type": "array", "items": {"type": "string"}, "maxItems": 0}, []),
        ({"type": "array", "prefixItems": [{"const": 1}, {"const": "a"}]}, [1, "a"]),
        ({"type": "string", "format": "date"}, "2013-10-04"),
        ({"type": "array", "items": {"type": "string"}, "examples": [[]]}, []),
        ({"allOf": [{"type": "object", "properties": {"a": {"const": 1}}}]}, {"a": 1}),
    ],
)
def test_what_a_schema_says_of_itself_is_an_example(schema: Schema, expected: object) -> None:
    assert example(schema) == expected


@pytest.mark.parametrize("schema", [{"type": "string"}, {"type": "number", "minimum": 1}, {}])
def test_what_says_too_little_is_named(schema: Schema) -> None:
    order = {"title": "PreOrder", "type": "object", "properties": {"qty": schema}, "required": ["qty"]}
    with pytest.raises(ExampleMissing, match=r"^Field qty of PreOrder has no example$"):
        example(reference("PreOrder"), PreOrder=order)


def test_a_field_of_an_optional_part_is_named_too() -> None:
    part = {"title": "Part", "type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
    whole = {"title": "Whole", "type": "object", "properties": {"part": reference("Part")}}
    with pytest.raises(ExampleMissing, match=r"^Field a of Part has no example$"):
        example(reference("Whole"), Whole=whole, Part=part)


def test_a_model_that_needs_itself_is_named() -> None:
    endless = {
        "title": "Node",
        "type": "object",
        "properties": {"next": reference("Node")},
        "required": ["next"],
    }
    with pytest.raises(ExampleMissing, match=r"^Field next of Node refers to Node, which it is a part of"):
        example(reference("Node"), Node=endless)


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "examples": [1]},
        {"type": "integer", "examples": [True]},
        {"type": "integer", "minimum": 2, "examples": [1]},
        {"type": "number", "exclusiveMaximum": 1, "examples": [1]},
        {"type": "string", "minLength": 2, "examples": ["a"]},
        {"type": "string", "pattern": "^b", "examples": ["ab"]},
        {"enum": ["a"], "examples": ["b"]},
        {"const": "a", "examples": ["b"]},
        {"type": "array", "maxItems": 1, "examples": [[1, 2]]},
    ],
)
def test_an_example_that_does_not_fit_is_named(schema: Schema) -> None:
    order = {"title": "Order", "type": "object", "properties": {"x": schema}}
    with pytest.raises(ExampleMissing, match=r"^Field x of Order does not admit its example"):
        example(order)


LEAVES = st.one_of(
    st.integers(-5, 5).map(lambda n: {"type": "integer", "minimum": n, "examples": [n + 1]}),
    st.text(max_size=3).map(lambda text: {"const": text}),
    st.lists(st.integers(), min_size=1, max_size=3, unique=True).map(lambda choices: {"enum": choices}),
    st.sampled_from([{"type": "boolean"}, {"type": "string", "format": "date"}, {"type": "string"}]),
)
NAMES = st.text("abc", min_size=1, max_size=2)


def _array(items: Schema, least: int) -> Schema:
    return {"type": "array", "items": items, "minItems": least}


def _object(properties: Schema, required: list[str]) -> Schema:
    return {"type": "object", "properties": properties, "required": sorted({*required} & {*properties})}


SCHEMAS = st.recursive(
    LEAVES,
    lambda parts: st.one_of(
        st.builds(_array, parts, st.integers(0, 3)),
        st.builds(_object, st.dictionaries(NAMES, parts, max_size=4), st.lists(NAMES, max_size=4)),
        st.lists(parts, min_size=1, max_size=3).map(lambda options: {"anyOf": options}),
    ),
    max_leaves=12,
)


@given(SCHEMAS)
def test_an_example_is_valid_or_named_as_missing(schema: Schema) -> None:
    try:
        made = example(schema)
    except ExampleMissing:
        return
    jsonschema_rs.validator_for(schema).validate(made)
