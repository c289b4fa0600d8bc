"""Whether what one side sends still fits what the other side reads, by their JSON schemas.

In a request the released client sends and the present server reads; in an answer the present server
sends and the released client reads. So one comparison serves both: the reader may not ask for more than
the writer promises. A client reads on over fields and texts of a choice that it does not know.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

Schema = dict[str, Any]
LOWER = (("minLength",), ("minItems",), ("minProperties",), ("minimum", "exclusiveMinimum"))
UPPER = (("maxLength",), ("maxItems",), ("maxProperties",), ("maximum", "exclusiveMaximum"))
EXACT = ("pattern", "format", "multipleOf", "uniqueItems", "contentEncoding", "not", "if", "then", "else",
         "patternProperties", "propertyNames", "dependentRequired", "dependentSchemas", "contains")  # fmt: skip
"""What a reader may not begin to ask, and a writer not cease to keep; any other value is another promise."""


class Direction(Enum):
    """Which way a body goes."""

    REQUEST = "request"
    ANSWER = "answer"


@dataclass(frozen=True)
class Change:
    """A change that breaks the other side: what it concerns at `path`, before and now."""

    path: str
    what: str
    old: str
    new: str


class SchemaComparison:
    """Compares schemas of a released document with those of the present one."""

    def __init__(self, released: Schema, present: Schema, direction: Direction) -> None:
        self._released = released
        self._present = present
        self._direction = direction
        self._open: set[tuple[str, str]] = set()

    def changes(self, old: Any, new: Any, path: str = "$") -> list[Change]:
        """What breaks between the schemas `old` (released) and `new` (present), in the order of `old`."""
        pair = (_reference(old), _reference(new))
        if all(pair) and pair in self._open:
            return []
        self._open.add(pair)
        found = list(self._compared(resolved(old, self._released), resolved(new, self._present), path))
        self._open.discard(pair)
        return found

    def _compared(self, old: Schema, new: Schema, path: str) -> Iterator[Change]:
        choices = (_choices(old), _choices(new))
        if any(len(each) > 1 for each in choices):
            yield from self._union_changes(*choices, path)
            return
        old, new = (resolved(each[0], document) for each, document in self._beside(choices))
        reader, writer = self._roles(old, new)
        if not _covers(types(reader), types(writer)):
            yield Change(path, "the type", described(old), described(new))
            return
        yield from self._value_changes(old, new, path)
        yield from _limit_changes(reader, writer, old, new, path)
        if "object" in types(old) & types(new):
            yield from self._field_changes(old, new, path)
        if "array" in types(old) & types(new):
            yield from self._item_changes(old, new, path)

    def _roles(self, old: Any, new: Any) -> tuple[Any, Any]:
        return (new, old) if self._direction is Direction.REQUEST else (old, new)

    def _beside(self, pair: tuple[Any, Any]) -> Iterator[tuple[Any, Schema]]:
        return zip(pair, (self._released, self._present), strict=True)

    def _union_changes(self, old: list[Any], new: list[Any], path: str) -> Iterator[Change]:
        reader, writer = self._roles(old, new)
        unread = [sent for sent in writer if not any(self._reads(each, sent) for each in reader)]
        left = [each for each in reader if not any(self._reads(each, sent) for sent in writer)]
        if len(unread) == len(left) == 1:
            yield from self.changes(*self._roles(left[0], unread[0]), path)
        elif unread:
            yield Change(path, "the type", _any_of(old), _any_of(new))

    def _reads(self, reader: Any, writer: Any) -> bool:
        # A choice may hold what is being compared; asking again is what finds the alternative.
        inner = type(self)(self._released, self._present, self._direction)
        inner._open = set(self._open)
        return not inner.changes(*self._roles(reader, writer))

    def _value_changes(self, old: Schema, new: Schema, path: str) -> Iterator[Change]:
        reader, writer = (_values(each) for each in self._roles(old, new))
        if reader is None:
            return
        if writer is None:
            yield Change(path, "the value", _one_of(_values(old)), _one_of(_values(new)))
            return
        for value in writer:
            if value in reader or (self._direction is Direction.ANSWER and isinstance(value, str)):
                continue
            then, now = self._roles("refused", "accepted")
            if self._direction is Direction.ANSWER:
                then, now = "not among the answers", "among them"
            yield Change(path, f"the value {_json(value)}", *((now, then) if then == "refused" else (then, now)))

    def _field_changes(self, old: Schema, new: Schema, path: str) -> Iterator[Change]:
        before, now = old.get("properties", {}), new.get("properties", {})
        reader, writer = self._roles(old, new)
        for name, schema in before.items():
            if name not in now:
                yield Change(_member(path, name), "the field", described(schema), "gone")
            else:
                yield from self.changes(schema, now[name], _member(path, name))
        for name in reader.get("required", []):
            if name in writer.get("required", []) or (name in before and name not in now):
                continue
            if self._direction is Direction.ANSWER:
                yield Change(_member(path, name), "the field", "required", "optional")
            else:
                was = "optional" if name in before else "unknown"
                yield Change(_member(path, name), "the field", was, "required")
        yield from self._rest_changes(old, new, path)

    def _rest_changes(self, old: Schema, new: Schema, path: str) -> Iterator[Change]:
        before, now = (each.get("additionalProperties", True) for each in (old, new))
        reader, writer = self._roles(before, now)
        if isinstance(reader, dict) and writer is not False:
            yield from self.changes(before, now, f"{path}.*")
        elif reader is False and writer is not False and self._direction is Direction.REQUEST:
            yield Change(path, "any other field", "accepted", "refused")

    def _item_changes(self, old: Schema, new: Schema, path: str) -> Iterator[Change]:
        before, now = (each.get("prefixItems", []) for each in (old, new))
        if len(before) != len(now):
            yield Change(path, "the number of its items", str(len(before)), str(len(now)))
            return
        for place, (one, other) in enumerate(zip(before, now, strict=True)):
            yield from self.changes(one, other, f"{path}[{place}]")
        yield from self.changes(old.get("items", {}), new.get("items", {}), f"{path}[*]")
