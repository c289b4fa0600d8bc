"""One operation of a module as its client knows it, and how values become parts of a request."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from pydantic import BaseModel, TypeAdapter
from pydantic_core import to_jsonable_python

Answer = TypeVar("Answer")

PLACEHOLDER = re.compile(r"\{(\w+)\}")
HEADER_VALUE = re.compile(r"[\x20-\x7e]*")


@dataclass(frozen=True)
class Operation(Generic[Answer]):
    """Method, path template and answer; `keyed` if the module takes an idempotency key with it."""

    method: str
    path: str
    answer: Any
    """What the answer is validated as: the type parameter, as a value."""
    keyed: bool = False

    @cached_property
    def adapter(self) -> TypeAdapter[Answer]:
        """Validates answers; built when first needed, so that importing a client costs nothing."""
        return TypeAdapter(self.answer)

    def filled_path(self, values: Mapping[str, object]) -> str:
        """The path with each `{name}` replaced by its value, which stays one segment whatever it holds."""
        return PLACEHOLDER.sub(lambda found: path_segment(_text(values[found[1]])), self.path)


def path_segment(text: str) -> str:
    """`text` as one segment of a path; dots too, lest `..` mean the segment above."""
    return quote(text, safe="").replace(".", "%2E")


def query_pairs(values: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Names and texts of a query: a list repeats its name, a model gives its fields, None is left out."""
    return tuple(
        (name, _text(item)) for given, value in values.items() for name, item in _items(given, value)
    )


def header_values(values: Mapping[str, object]) -> dict[str, str]:
    """Headers as text, None left out. Raises ValueError for a value that no header can hold."""
    headers = {name: _text(value) for name, value in values.items() if value is not None}
    for name, text in headers.items():
        if not HEADER_VALUE.fullmatch(text):
            raise ValueError(f"{name} can hold printable ASCII only, not {text!r}")
    return headers


def request_body(value: object) -> bytes | None:
    """`value`, a model or a structure of models, as JSON with wire names; None sends no body."""
    if value is None:
        return None
    plain = to_jsonable_python(value, by_alias=True, exclude_none=True)
    return json.dumps(plain, allow_nan=False, separators=(",", ":")).encode()


def _items(name: str, value: object) -> Iterator[tuple[str, object]]:
    match to_jsonable_python(value, by_alias=True, exclude_none=True):
        case None:
            return
        case list() as items:
            yield from ((name, item) for item in items)
        case dict() as fields if isinstance(value, BaseModel):
            for field, content in fields.items():
                yield from _items(field, content)
        case single:
            yield name, single


def _text(value: object) -> str:
    plain = to_jsonable_python(value)
    return str(plain).lower() if isinstance(plain, bool) else str(plain)
