"""The bases of all wire types: field naming, exact numbers, times and the one error shape."""

from collections.abc import Iterable
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    ValidationError,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
)
from pydantic.alias_generators import to_camel
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

BOUNDS = {"ge": "minimum", "gt": "exclusiveMinimum", "le": "maximum", "lt": "exclusiveMaximum"}
"""What JSON Schema calls the bounds that a field may be given."""
LARGEST_NUMBER = Decimal(10) ** 15
"""Beyond this no exact arithmetic on the finest tick is promised, so no number on the wire may be larger."""


def _read_number(value: object) -> Decimal:
    if isinstance(value, Decimal):
        number = value
    elif isinstance(value, bool) or not isinstance(value, (int, float)):
        raise PydanticCustomError("number_type", "Input should be a number")
    else:
        number = Decimal(str(value)) if isinstance(value, float) else Decimal(value)
    if not number.is_finite():
        raise PydanticCustomError("finite_number", "Input should be a finite number")
    if abs(number) > LARGEST_NUMBER:
        raise PydanticCustomError("number_too_large", "Input should be at most 1e15 in size")
    return number


def _write_number(value: Decimal) -> int | float:
    """The shortest JSON number that reads back as `value` (exact to 15 digits, the wire's promise)."""
    return int(value) if value == value.to_integral_value() else float(value)


Number = Annotated[
    Decimal,
    BeforeValidator(_read_number, json_schema_input_type=float),
    PlainSerializer(_write_number, return_type=Any, when_used="json"),
    WithJsonSchema({"type": "number"}, mode="serialization"),
]
"""A price, quantity or amount of money: `Decimal` inside, a JSON number on the wire."""

TimeMs = Annotated[int, Field(description="Milliseconds since 1970-01-01 UTC.", examples=[1380893400000])]


NEWER_SERVER = {"newer_server": True}
"""Validation context of a client: the server may be newer, so unknown choices are kept as their text."""


class WireEnum(StrEnum):
    """A choice on the wire. The server takes only the members; a client also reads a newer server's.

    What a client does not know becomes a value outside the members: equal to its text, `known` false.
    """

    __hash__ = str.__hash__  # what is equal to its text has its hash

    @property
    def known(self) -> bool:
        """Whether this is a member, or a value that only a newer server knows."""
        return self.value in type(self)._value2member_map_

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_wrap_validator_function(cls._read, handler(source))

    @classmethod
    def _read(cls, value: Any, known: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
        try:
            return known(value)
        except ValidationError:
            if not _is_from_newer_server(value, info):
                raise
            return cls._unknown(value)

    @classmethod
    def _unknown(cls, text: str) -> Self:
        value = str.__new__(cls, text)
        value._name_, value._value_ = "UNKNOWN", text
        return value


class Open:
    """Marks a `Literal` of an answer to which a newer server may add: a client keeps an unknown text."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.with_info_wrap_validator_function(_read_open, handler(source))


def _read_open(value: Any, known: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
    try:
        return known(value)
    except ValidationError:
        if not _is_from_newer_server(value, info):
            raise
        return value


def _is_from_newer_server(value: object, info: ValidationInfo) -> bool:
    return info.context == NEWER_SERVER and isinstance(value, str)


class WireModel(BaseModel):
    """A type on the wire: camelCase names, immutable, absent instead of null, tolerant of additions."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True, extra="ignore")

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler, /
    ) -> JsonSchemaValue:
        """Optional fields are left out on the wire, never null, so their schemas do not admit null.

        Pydantic forgets the bounds of a Number, or writes them as it calls them itself, and writes its
        default as text.
        """
        schema = handler(core_schema)
        properties: dict[str, Any] = handler.resolve_ref_schema(schema).get("properties", {})
        for name, prop in properties.items():
            properties[name] = _without_null(prop)
        for name, field in cls.model_fields.items():
            prop = properties.get(field.alias or name, {})
            if prop.get("type") == "number":
                properties[field.alias or name] = _with_bounds(prop, field.metadata)
        return schema

    def to_wire(self) -> dict[str, Any]:
        """JSON-ready object with wire names, absent fields left out."""
        return self.model_dump(mode="json", by_alias=True, exclude_none=True)


class RequestModel(WireModel):
    """A request body or subscription: an unknown field is the caller's mistake, never ignored."""

    model_config = ConfigDict(extra="forbid")


class EventModel(WireModel):
    """Something that happened: unlike a value it is not replaced by what happens next.

    Its topics deliver every one to whoever keeps up, and send away who does not.
    """


class JournalModel(WireModel):
    """What an entity is after an event of its account's journal; its topics deliver every one, in order."""

    offset: int = Field(description="Journal offset of the last change.", examples=[7])


class BookModel(WireModel):
    """A change of something that is sent whole once; its topics deliver each, in order, or start anew."""

    offset: int = Field(description="Number of the change; the next one's `prev`.", examples=[7])


class SnakeModel(WireModel):
    """A type whose wire names are snake_case, as the chart libraries define them."""

    model_config = ConfigDict(alias_generator=None)


def _with_bounds(prop: dict[str, Any], constraints: Iterable[object]) -> dict[str, Any]:
    bounds = {
        keyword: bound
        for constraint in constraints
        for name, keyword in BOUNDS.items()
        if (bound := getattr(constraint, name, None)) is not None
    }
    kept = {key: value for key, value in prop.items() if key not in BOUNDS} | bounds
    return kept | {"default": _write_number(Decimal(kept["default"]))} if "default" in kept else kept


def _without_null(prop: dict[str, Any]) -> dict[str, Any]:
    if "anyOf" not in prop or {"type": "null"} not in prop["anyOf"]:
        return prop
    rest = [option for option in prop["anyOf"] if option != {"type": "null"}]
    kept = {key: value for key, value in prop.items() if key not in {"anyOf", "default"}}
    return {**rest[0], **kept} if len(rest) == 1 else {"anyOf": rest, **kept}


class FieldProblem(WireModel):
    """One thing wrong with one field."""

    field: str = Field(description="Path of the field on the wire.", examples=["qty"])
    message: str = Field(examples=["qty must be a multiple of 1"])
    code: str | None = Field(default=None, examples=["quantity-step"])
    value: Any | None = Field(
        default=None, description="The offending value, as text if JSON cannot hold it.", examples=["12.5"]
    )


class Problem(WireModel):
    """Every error answer (RFC 9457, `application/problem+json`)."""

    type: str = Field(
        description="A URI naming the kind of problem.", examples=["urn:trading-pro:symbol-unknown"]
    )
    title: str = Field(examples=["Symbol unknown"])
    status: int = Field(examples=[404])
    detail: str = Field(
        description="One sentence for the user, naming the offending value.",
        examples=["The symbol NOPE is unknown."],
    )
    code: str = Field(description="Stable, kebab-case.", examples=["symbol-unknown"])
    request_id: str = Field(examples=["f35d4c673a6d4817a097a50704e3fab1"])
    retryable: bool
    fields: list[FieldProblem] | None = None
