"""Parameters of an operation that hold one plain value: text, a number, yes or no, a choice."""

import inspect
from collections.abc import Mapping
from enum import Enum
from types import NoneType
from typing import Any, get_args

from fastapi._compat import ModelField

PLAIN = {str, int, float, bool, NoneType}


class Misfit(Exception):
    """FastAPI has to look at the request, and most likely refuses it."""


class PlainParameter:
    """One parameter, read as FastAPI reads it."""

    def __init__(self, field: ModelField) -> None:
        self._field = field
        self._alias = field.alias
        self._header = field.alias.lower().encode("latin-1")
        self._default = field.default
        self._required = field.field_info.is_required()

    @staticmethod
    def can_be(field: ModelField) -> bool:
        """Whether it holds one plain value, under one name."""
        annotation = field.field_info.annotation
        kinds = get_args(annotation) or (annotation,)
        is_plain = all(kind in PLAIN or (inspect.isclass(kind) and issubclass(kind, Enum)) for kind in kinds)
        return is_plain and field.validation_alias in {None, field.alias} and "_" not in field.alias

    @property
    def alias(self) -> str:
        """Its name in a request."""
        return self._alias

    def read(self, given: Mapping[str, str], arguments: dict[str, Any]) -> None:
        """Put its value among the arguments; raises Misfit."""
        self._put(given.get(self._alias), arguments)

    def read_header(self, given: Mapping[bytes, bytes], arguments: dict[str, Any]) -> None:
        """The same of headers by their names in small letters."""
        value = given.get(self._header)
        self._put(None if value is None else value.decode("latin-1"), arguments)

    def _put(self, text: str | None, arguments: dict[str, Any]) -> None:
        if text is None:
            if self._required:
                raise Misfit
            arguments[self._field.name] = self._default
            return
        value, errors = self._field.validate(text)
        if errors:
            raise Misfit
        arguments[self._field.name] = value
