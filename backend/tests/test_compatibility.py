"""What a new contract breaks of the released one, planted in the real documents: each is found and named."""

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trading_api.shared.codegen.compatibility import breaches, contract_files, read_contract
from trading_api.shared.versions import DEPRECATION_FIELD

Document = dict[str, Any]
Contract = dict[str, Document]
Edit = Callable[[Contract], None]

BACKEND = Path(__file__).parents[1]
TODAY = date(2027, 1, 1)
REAL: Contract = {
    name: json.loads((BACKEND / name).read_text("utf-8")) for name in ("openapi.json", "asyncapi.json")
}
METHODS = {"get", "put", "post", "delete", "patch"}


def changed(*edits: Edit) -> Contract:
    """The real contract after `edits`."""
    contract = deepcopy(REAL)
    for edit in edits:
        edit(contract)
    return contract


def found(*edits: Edit) -> list[str]:
    """What `edits` of the real contract break."""
    return breaches(REAL, changed(*edits), TODAY)


def operations(contract: Contract) -> Iterator[Document]:
    """The REST operations of a contract."""
    for item in contract["openapi.json"]["paths"].values():
        yield from (operation for method, operation in item.items() if method in METHODS)


def operation(contract: Contract, name: str) -> Document:
    """The REST operation with this id."""
    return next(each for each in operations(contract) if each["operationId"] == name)


def schema(contract: Contract, name: str, document: str = "openapi.json") -> Document:
    """A schema of a document."""
    described: Document = contract[document]["components"]["schemas"][name]
    return described


def of_model(name: str, edit: Callable[[Document], None]) -> Edit:
    """`edit` of the schema of a model in each document that has it."""

    def run(contract: Contract) -> None:
        for document in contract.values():
            if name in document["components"]["schemas"]:
                edit(document["components"]["schemas"][name])

    return run


# One sentence for each rule.


def remove_operation(contract: Contract) -> None:
    del contract["openapi.json"]["paths"]["/datafeed/time"]


def rename_operation(contract: Contract) -> None:
    operation(contract, "list_positions")["operationId"] = "positions"


def move_operation(contract: Contract) -> None:
    paths = contract["openapi.json"]["paths"]
    paths["/broker/holdings"] = paths.pop("/broker/positions")


def change_method(contract: Contract) -> None:
    item = contract["openapi.json"]["paths"]["/datafeed/replay"]
    item["patch"] = item.pop("put")


def require_parameter(contract: Contract) -> None:
    new = {"in": "query", "name": "desk", "required": True, "schema": {"type": "string"}}
    operation(contract, "list_positions")["parameters"].append(new)


def parameter(contract: Contract, name: str, of: str) -> Document:
    listed: list[Document] = operation(contract, of)["parameters"]
    return next(each for each in listed if each["name"] == name)


def remove_parameter(contract: Contract) -> None:
    described = operation(contract, "search")
    described["parameters"] = [each for each in described["parameters"] if each["name"] != "exchange"]


def insist_on_parameter(contract: Contract) -> None:
    parameter(contract, "exchange", "search")["required"] = True


def lower_maximum(contract: Contract) -> None:
    parameter(contract, "levels", "depth")["schema"]["maximum"] = 50


def raise_minimum(contract: Contract) -> None:
    described = parameter(contract, "levels", "depth")["schema"]
    described["exclusiveMinimum"] = described.pop("minimum")


def change_status(contract: Contract) -> None:
    responses = operation(contract, "place_order")["responses"]
    responses["200"] = responses.pop("201")


def remove_header(contract: Contract) -> None:
    del operation(contract, "place_order")["responses"]["201"]["headers"]["X-Stream-Offset"]


def change_media_type(contract: Contract) -> None:
    content = operation(contract, "time")["responses"]["200"]["content"]
    content["text/plain"] = content.pop("application/json")


def answer_of(contract: Contract, name: str) -> Document:
    content: Document = operation(contract, name)["responses"]["200"]["content"]["application/json"]
    return content


def answer_one_for_many(contract: Contract) -> None:
    answer_of(contract, "list_positions")["schema"] = {"$ref": "#/components/schemas/Position"}


def change_delivery(contract: Contract) -> None:
    contract["asyncapi.json"]["operations"]["broker.orders.update"]["x-delivery"] = "latest"


def remove_stream(contract: Contract) -> None:
    del contract["asyncapi.json"]["operations"]["datafeed.bars.subscribe"]


def move_streams(contract: Contract) -> None:
    contract["asyncapi.json"]["channels"]["broker"]["address"] = "/api/v1/broker/streams"


def remove_message(contract: Contract) -> None:
    described = contract["asyncapi.json"]["operations"]["broker.orders.subscribe"]["reply"]
    described["messages"] = []


def field_gone(name: str) -> Callable[[Document], None]:
    def edit(described: Document) -> None:
        del described["properties"][name]
        described["required"] = [each for each in described.get("required", []) if each != name]

    return edit


def field_is(name: str, new: Document) -> Callable[[Document], None]:
    def edit(described: Document) -> None:
        described["properties"][name] = new

    return edit


def required(name: str) -> Callable[[Document], None]:
    def edit(described: Document) -> None:
        described.setdefault("properties", {}).setdefault(name, {"type": "string"})
        described["required"] = [*described.get("required", []), name]

    return edit


def optional(name: str) -> Callable[[Document], None]:
    return lambda described: described["required"].remove(name)


def without(value: str) -> Callable[[Document], None]:
    return lambda described: described["enum"].remove(value)


RULES: list[tuple[Edit, str]] = [
    (remove_operation, "time: the operation was GET /datafeed/time and is gone."),
    (rename_operation, "list_positions: the id was list_positions and is positions."),
    (move_operation, "list_positions: the operation was GET /broker/positions and is GET /broker/holdings."),
    (change_method, "change_replay: the operation was PUT /datafeed/replay and is PATCH /datafeed/replay."),
    (require_parameter, "list_positions, query parameter desk: it was unknown and is required."),
    (remove_parameter, "search, query parameter exchange: it was string and is gone."),
    (insist_on_parameter, "search, query parameter exchange: it was optional and is required."),
    (lower_maximum, "depth, query parameter levels, $: maximum was 1000 and is 50."),
    (raise_minimum, "depth, query parameter levels, $: minimum was 1 and is more than 1."),
    (
        of_model("PreOrder", required("desk")),
        "place_order, request body, $.desk: the field was unknown and is required.",
    ),
    (
        of_model("PreOrder", required("duration")),
        "place_order, request body, $.duration: the field was optional and is required.",
    ),
    (
        of_model("PreOrder", field_gone("duration")),
        "place_order, request body, $.duration: the field was OrderDuration and is gone.",
    ),
    (
        of_model("PreOrder", field_is("qty", {"type": "integer"})),
        "place_order, request body, $.qty: the type was number and is integer.",
    ),
    (
        of_model("PreOrder", field_is("symbol", {"type": "string", "minLength": 1, "maxLength": 9})),
        "place_order, request body, $.symbol: maxLength was 64 and is 9.",
    ),
    (
        of_model("PreOrder", field_is("symbol", {"type": "string", "maxLength": 64, "pattern": "^[A-Z]$"})),
        r'place_order, request body, $.symbol: pattern was "^[^\\x00-\\x1f\\x7f]+$" and is "^[A-Z]$".',
    ),
    (
        of_model("OrderType", without("limit")),
        'place_order, request body, $.type: the value "limit" was accepted and is refused.',
    ),
    (
        of_model("PlacedOrder", field_gone("avgPrice")),
        "get_order, answer 200, $.avgPrice: the field was number and is gone.",
    ),
    (
        of_model("PlacedOrder", field_gone("qty")),
        "list_orders, answer 200, $[*].qty: the field was number and is gone.",
    ),
    (
        of_model("PlacedOrder", field_is("offset", {"type": "string"})),
        "place_order, answer 201, $.order.offset: the type was integer and is string.",
    ),
    (
        of_model("PlacedOrder", optional("qty")),
        "get_order, answer 200, $.qty: the field was required and is optional.",
    ),
    (
        of_model("PlacedOrder", field_is("status", {"type": "string"})),
        'get_order, answer 200, $.status: the value was one of "placing", "inactive", "working", "filled", '
        '"canceled", "rejected", "expired" and is any.',
    ),
    (
        of_model("PlacedOrder", field_gone("qty")),
        "broker.orders.update, message orders.update, $.payload.payload.qty: "
        "the field was number and is gone.",
    ),
    (
        of_model("OrdersSubscriptionRequest", required("desk")),
        "broker.orders.subscribe, message orders.subscribe, $.payload.desk: "
        "the field was unknown and is required.",
    ),
    (of_model("Problem", field_gone("code")), "Every problem, $.code: the field was string and is gone."),
    (change_status, "place_order: the status of success was 201 and is 200."),
    (remove_header, "place_order, answer 201, header X-Stream-Offset: it was integer and is gone."),
    (change_media_type, "time, answer 200: the media type was application/json and is text/plain."),
    (answer_one_for_many, "list_positions, answer 200, $: the type was array of Position and is Position."),
    (change_delivery, "broker.orders.update: the delivery was journal and is latest."),
    (remove_stream, "datafeed.bars.subscribe: the operation was on /api/v1/datafeed/ws and is gone."),
    (move_streams, "broker.ping: the address was /api/v1/broker/ws and is /api/v1/broker/streams."),
    (
        remove_message,
        "broker.orders.subscribe, message orders.subscribe.response: "
        "it was a message of the operation and is gone.",
    ),
]


@pytest.mark.parametrize(("edit", "sentence"), RULES, ids=[sentence for _, sentence in RULES])
def test_a_breach_is_one_sentence(edit: Edit, sentence: str) -> None:
    assert sentence in found(edit)


# Properties of any change.

REFERENCE = "#/components/schemas/"


def references(node: Any) -> set[str]:
    """Names of the schemas to which a part of a document refers."""
    if isinstance(node, list):
        return {name for each in node for name in references(each)}
    if not isinstance(node, dict):
        return set()
    named = (
        {str(node["$ref"]).removeprefix(REFERENCE)}
        if str(node.get("$ref", "")).startswith(REFERENCE)
        else set()
    )
    return named | {name for each in node.values() for name in references(each)}


def reachable(roots: list[Any]) -> set[str]:
    """The schemas of the OpenAPI document that `roots` are made of."""
    names: set[str] = set()
    waiting = references(roots)
    while waiting:
        names |= waiting
        waiting = references([schema(REAL, name) for name in waiting]) - names
    return names


SENT = reachable([each.get("requestBody") for each in operations(REAL)])
"""Schemas of requests."""
ANSWERED = reachable([each["responses"] for each in operations(REAL)])
"""Schemas of answers."""


def properties(names: set[str]) -> list[tuple[str, str]]:
    """Each field of the schemas `names`; not those that may be anything."""
    return [
        (name, field)
        for name in sorted(names)
        for field, described in schema(REAL, name).get("properties", {}).items()
        if {"type", "$ref", "anyOf", "enum", "const"} & set(described)
    ]


def enumerations(names: set[str]) -> list[tuple[str, str]]:
    """Each value of the enumerations among `names`."""
    return [(name, value) for name in sorted(names) for value in schema(REAL, name).get("enum", [])]


def set_schema(name: str, key: str, value: Any) -> Edit:
    return of_model(name, lambda described: described.update({key: value}))


def new_operation(path: str) -> Edit:
    def edit(contract: Contract) -> None:
        answers = {"200": {"description": "New."}}
        item = {"get": {"operationId": path.strip("/"), "responses": answers}}
        contract["openapi.json"]["paths"].setdefault(path, item)

    return edit


def of_operation(name: str, edit: Callable[[Document], None]) -> Edit:
    return lambda contract: edit(operation(contract, name))


def new_parameter(described: Document) -> None:
    new = {"in": "query", "name": "new", "required": False, "schema": {"type": "integer"}}
    described.setdefault("parameters", []).append(new)


def other_problems(described: Document) -> None:
    for status in [status for status in described["responses"] if status.startswith(("4", "5"))]:
        del described["responses"][status]
    described["responses"]["418"] = {"description": "New."}


def new_header(described: Document) -> None:
    for status, answer in described["responses"].items():
        if status.startswith("2"):
            answer.setdefault("headers", {})["X-New"] = {"schema": {"type": "string"}}


def new_stream(contract: Contract) -> None:
    streams = contract["asyncapi.json"]["operations"]
    streams["broker.new.update"] = deepcopy(streams["broker.orders.update"])


NAMES = sorted(each["operationId"] for each in operations(REAL))
OBJECTS = sorted(name for name in SENT | ANSWERED if "properties" in schema(REAL, name))

ADDITIONS = st.one_of(
    st.sampled_from(OBJECTS).map(lambda name: of_model(name, field_is("new", {"type": "string"}))),
    st.sampled_from(sorted(ANSWERED - SENT)).map(
        lambda name: (
            of_model(name, required("new")) if name in OBJECTS else set_schema(name, "description", "")
        )
    ),
    st.sampled_from(sorted({name for name, _ in enumerations(SENT | ANSWERED)})).map(
        lambda name: of_model(name, lambda described: described["enum"].append("new"))
    ),
    st.sampled_from([(name, field) for name, field in properties(SENT - ANSWERED)]).map(
        lambda at: set_schema(at[0], "required", [])
    ),
    st.sampled_from(["/desk/new", "/broker/new"]).map(new_operation),
    st.sampled_from(NAMES).map(lambda name: of_operation(name, new_parameter)),
    st.sampled_from(NAMES).map(lambda name: of_operation(name, other_problems)),
    st.sampled_from(NAMES).map(lambda name: of_operation(name, new_header)),
    st.just(new_stream),
)


def gone(name: str) -> Edit:
    """Remove a REST operation."""

    def edit(contract: Contract) -> None:
        for item in contract["openapi.json"]["paths"].values():
            for method in [key for key, each in item.items() if each["operationId"] == name]:
                del item[method]

    return edit


def stream_gone(name: str) -> Edit:
    def edit(contract: Contract) -> None:
        del contract["asyncapi.json"]["operations"][name]

    return edit


def parameters_gone(name: str) -> Edit:
    return of_operation(name, lambda described: described.update(parameters=[]))


def other_success(name: str) -> Edit:
    def edit(described: Document) -> None:
        for status in [each for each in described["responses"] if each.startswith("2")]:
            described["responses"]["299"] = described["responses"].pop(status)

    return of_operation(name, edit)


def retyped(name: str, field: str) -> Edit:
    is_boolean = schema(REAL, name)["properties"][field].get("type") == "boolean"
    return of_model(name, field_is(field, {"type": "string" if is_boolean else "boolean"}))


REMOVALS: list[tuple[Edit, str]] = [
    *((gone(name), name) for name in NAMES),
    *((other_success(name), name) for name in NAMES),
    *((parameters_gone(name), name) for name in NAMES if operation(REAL, name).get("parameters")),
    *((stream_gone(name), name) for name in REAL["asyncapi.json"]["operations"]),
    *((of_model(name, field_gone(field)), field) for name, field in properties(SENT | ANSWERED)),
    *((retyped(name, field), field) for name, field in properties(SENT | ANSWERED)),
    *((of_model(name, without(value)), f'"{value}"') for name, value in enumerations(SENT)),
    *((of_model(name, required("new")), "new") for name in OBJECTS if name in SENT),
    *(
        (of_model(name, optional(field)), field)
        for name in sorted(ANSWERED)
        for field in schema(REAL, name).get("required", [])
    ),
]
"""Everything that can be taken from the real contract, one by one, and what a sentence about it names."""


def test_nothing_changed() -> None:
    assert breaches(REAL, REAL, TODAY) == []
    assert len(NAMES) >= 17
    assert len(REMOVALS) > 200


@settings(deadline=None, max_examples=60)
@given(st.lists(ADDITIONS, max_size=5))
def test_additions_break_nothing(additions: list[Edit]) -> None:
    assert found(*additions) == []


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(REMOVALS), st.lists(ADDITIONS, max_size=3))
def test_a_removal_is_found_among_additions(removal: tuple[Edit, str], additions: list[Edit]) -> None:
    edit, named = removal
    assert any(named in sentence for sentence in found(edit, *additions))


@pytest.mark.parametrize(
    ("old", "new", "in_request", "in_answer"),
    [
        ({"type": "integer"}, {"type": "number"}, False, True),
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, {"type": "string"}, True, False),
        ({"type": "string"}, {"anyOf": [{"type": "string"}, {"type": "integer"}]}, False, True),
        ({"type": ["string", "null"]}, {"type": "null"}, True, False),
        ({"enum": ["a", "b"]}, {"enum": ["a"]}, True, False),
        ({"enum": ["a"]}, {"enum": ["a", "b"]}, False, False),
        ({"enum": [1]}, {"enum": [1, 2]}, False, True),
        ({"const": "a"}, {"enum": ["a", "b"]}, False, False),
        ({"type": "string"}, {"enum": ["a"]}, True, False),
        ({"type": "integer", "minimum": 1}, {"type": "integer", "exclusiveMinimum": 0.5}, False, True),
        ({"type": "integer", "exclusiveMinimum": 0}, {"type": "integer", "minimum": 0}, False, True),
        ({"type": "integer"}, {"type": "integer", "maximum": 9}, True, False),
        ({"type": "string"}, {"type": "string", "minLength": 0}, False, False),
        ({"type": "integer", "multipleOf": 10}, {"type": "integer", "multipleOf": 5}, False, True),
        ({"type": "string"}, {"type": "string", "format": "date"}, True, False),
        ({"type": "array", "items": {"type": "string"}}, {"type": "array"}, False, True),
        ({"type": "array", "prefixItems": [{}, {}]}, {"type": "array", "prefixItems": [{}]}, True, True),
        ({"type": "object"}, {"type": "object", "additionalProperties": False}, True, False),
        (
            {"type": "object", "additionalProperties": {"type": "string"}},
            {"type": "object", "additionalProperties": {"type": "integer"}},
            True,
            True,
        ),
        ({"$ref": "#/components/schemas/Side"}, {"type": "string", "enum": ["buy", "sell"]}, False, False),
        ({"allOf": [{"type": "object", "properties": {"a": {}}}]}, {"type": "object"}, True, True),
        ({}, {"type": "string"}, True, False),
        ({"type": "string", "description": "old", "examples": ["a"]}, {"type": "string"}, False, False),
    ],
)
def test_what_breaks_depends_on_the_direction(
    old: Document, new: Document, in_request: bool, in_answer: bool
) -> None:
    for name, breaks in (("PreOrder", in_request), ("ReplayState", in_answer)):
        then, now = (changed(of_model(name, field_is("it", each))) for each in (old, new))
        assert bool(breaches(then, now, TODAY)) is breaks


def test_a_model_that_holds_itself_is_compared() -> None:
    tree = {"type": "array", "items": {"$ref": "#/components/schemas/Position"}}
    then = changed(of_model("Position", field_is("parts", tree)))
    now = deepcopy(then)
    of_model("Position", field_gone("side"))(now)
    assert breaches(then, then, TODAY) == []
    sentences = breaches(then, now, TODAY)
    assert "list_positions, answer 200, $[*].side: the field was Side and is gone." in sentences


# Ends that were announced.


def test_an_operation_may_go_once_its_sunset_has_come() -> None:
    then = changed(
        of_operation(
            "time", lambda described: described.update({DEPRECATION_FIELD: {"sunset": "2027-01-01"}})
        )
    )
    now = changed(gone("time"))
    assert breaches(then, now, date(2027, 1, 1)) == []
    assert breaches(then, now, date(2026, 12, 31)) == [
        "time: the operation was GET /datafeed/time and is gone."
    ]


def version(*, sunset: str | None) -> Contract:
    """The real contract with a version v2 that equals it, deprecated if it has a `sunset`."""
    other = deepcopy(REAL)
    if sunset is not None:
        for described in [*operations(other), *other["asyncapi.json"]["channels"].values()]:
            described[DEPRECATION_FIELD] = {"since": "2026-11-21", "sunset": sunset}
    return {**REAL, "openapi.v2.json": other["openapi.json"], "asyncapi.v2.json": other["asyncapi.json"]}


@pytest.mark.parametrize(("sunset", "may_go"), [("2026-12-31", True), ("2027-01-02", False), (None, False)])
def test_a_version_may_go_once_its_sunset_has_come(sunset: str | None, may_go: bool) -> None:
    missing = [
        f"{name}: the version was served and is gone." for name in ("asyncapi.v2.json", "openapi.v2.json")
    ]
    assert breaches(version(sunset=sunset), REAL, TODAY) == ([] if may_go else missing)


def test_a_new_version_breaks_nothing() -> None:
    assert breaches(REAL, version(sunset=None), TODAY) == []


def test_a_contract_is_kept_on_one_line_a_document(tmp_path: Path) -> None:
    for path, text in contract_files(REAL, tmp_path).items():
        assert text.count("\n") == 1
        path.write_text(text, "utf-8")
    assert read_contract(tmp_path) == REAL
    assert read_contract(tmp_path / "none") == {}


def test_the_last_release_is_kept_and_holds() -> None:
    released = read_contract(BACKEND / "released")
    assert set(released) == set(REAL)
    assert breaches(released, REAL, TODAY) == []
