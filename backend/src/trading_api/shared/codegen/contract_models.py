"""The models that a contract is made of, and the names that their fields have on the wire."""

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Annotated, Any, get_args

from pydantic import AliasChoices, AliasPath, BaseModel, PydanticUserError, TypeAdapter
from pydantic.fields import FieldInfo

WireType = type[BaseModel] | type[Enum]


def models_of(annotations: Iterable[Any]) -> list[WireType]:
    """The models and enumerations that `annotations` are made of, each after those that it is made of."""
    found: dict[WireType, None] = {}
    entered: set[Any] = set()
    for annotation in annotations:
        _collect(annotation, found, entered)
    return list(found)


def _collect(annotation: Any, found: dict[WireType, None], entered: set[Any]) -> None:
    annotation = getattr(annotation, "__value__", annotation)
    if not isinstance(annotation, type) or get_args(annotation):
        for part in get_args(annotation):
            _collect(part, found, entered)
    elif issubclass(annotation, BaseModel | Enum) and annotation not in entered:
        entered.add(annotation)
        if issubclass(annotation, BaseModel):
            for field in annotation.model_fields.values():
                _collect(field.annotation, found, entered)
        found[annotation] = None


def is_expressible(annotations: Iterable[Any]) -> bool:
    """Whether JSON Schema can say what all of `annotations` are."""
    try:
        TypeAdapter.json_schemas(
            [(str(place), "validation", TypeAdapter(each)) for place, each in enumerate(annotations)]
        )
    except PydanticUserError:
        return False
    return True


def inexpressible_field(model: type[BaseModel]) -> str | None:
    """The first field of `model` that JSON Schema cannot express."""
    for name, field in model.model_fields.items():
        if not is_expressible([Annotated[(field.annotation, *field.metadata, None)]]):
            return name
    return None


def collisions(model: type[BaseModel]) -> Iterator[tuple[str, str, str]]:
    """Pairs of fields that have one name on the wire, and that name. Pydantic itself lets the later win."""
    read = {name: _names_read(model, name, field) for name, field in model.model_fields.items()}
    written = {name: [field.serialization_alias or name] for name, field in model.model_fields.items()}
    written |= {name: [field.alias or name] for name, field in model.model_computed_fields.items()}
    for names in (read, written):
        owners: dict[str, str] = {}
        for field, wire_names in names.items():
            for wire_name in wire_names:
                owner = owners.setdefault(wire_name, field)
                if owner != field:
                    yield owner, field, wire_name


def _names_read(model: type[BaseModel], name: str, field: FieldInfo) -> list[str]:
    alias = field.validation_alias
    choices = alias.choices if isinstance(alias, AliasChoices) else [alias or name]
    names = [_path(each) if isinstance(each, AliasPath) else each for each in choices]
    by_name = model.model_config.get("populate_by_name") or model.model_config.get("validate_by_name")
    return [*names, name] if by_name else names


def _path(alias: AliasPath) -> str:
    return ".".join(str(part) for part in alias.path)
