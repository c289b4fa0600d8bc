"""Whether what one side sends still fits what the other side reads, by their JSON schemas.

In a request the released client sends and the present server reads; in an answer the present server
sends and the released client reads. So one comparison serves both: the reader may not ask for more than
the writer promises. A client reads on over fields and texts of a choice that it does not know.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from trading_api.shared.codegen.schema_terms import (
    any_of,
    choices,
    covers,
    described,
    json_text,
    limit_text,
    limits,
    one_of,
    resolved,
    tighter,
    types,
    values,
)

Schema = dict[str, Any]


class Direction(Enum):
    """Which way a body goes."""

    REQUEST = "request"
    ANSWER = "answer"


@dataclass(frozen=True)
class Change:
    """A change that breaks the other side: what it concerns at the JSON path, before and now."""

    path: str
    what: str
    old: str
    new: str

    def sentence(self, where: str) -> str:
        """The change as one sentence, `where` naming operation and body."""
        return f"{where}, {self.path}: {self.what} was {self.old} and is {self.new}."


class SchemaComparison:
    """Compares schemas of a released document with those of the present one."""

    def __init__(self, released: Schema, present: Schema, direction: Direction) -> None:
        self._released = released
        self._present = present
        self._is_request = direction is Direction.REQUEST
        self._open: set[tuple[str, str]] = set()

    def changes(self, old: Any, new: Any, path: str = "$") -> list[Change]:
        """What breaks between the schemas `old` (released) and `new` (present), in the order of `old`."""
        pair = (old.get("$ref", ""), new.get("$ref", ""))
        reader, _ = self._roles(old, new)
        if not reader or pair in self._open:
            return []
        entered = {pair} if all(pair) else set()
        self._open |= entered
        found = list(self._compared(old, new, path))
        self._open -= entered
        return found

    def _compared(self, old: Schema, new: Schema, path: str) -> Iterator[Change]:
        before, now = choices(old, self._released), choices(new, self._present)
        if len(before) > 1 or len(now) > 1:
            yield from self._union_changes(before, now, path)
            return
        was, now_is = described(old), described(new)
        old, new = resolved(before[0], self._released), resolved(now[0], self._present)
        reader, writer = self._roles(old, new)
        if not covers(types(reader), types(writer)):
            yield Change(path, "the type", was, now_is)
            return
        yield from self._value_changes(old, new, path)
        yield from self._limit_changes(old, new, path)
        if "object" in types(old) & types(new):
            yield from self._field_changes(old, new, path)
        if "array" in types(old) & types(new):
            yield from self._item_changes(old, new, path)

    def _roles(self, old: Any, new: Any) -> tuple[Any, Any]:
        """The reader's and the writer's."""
        return (new, old) if self._is_request else (old, new)

    def _union_changes(self, old: list[Schema], new: list[Schema], path: str) -> Iterator[Change]:
        reader, writer = self._roles(old, new)
        unread = [sent for sent in writer if not any(self._reads(each, sent) for each in reader)]
        spare = [each for each in reader if not any(self._reads(each, sent) for sent in writer)]
        if len(unread) == len(spare) == 1:
            yield from self.changes(*self._roles(spare[0], unread[0]), path)
        elif unread:
            yield Change(path, "the type", any_of(old), any_of(new))

    def _reads(self, reader: Schema, writer: Schema) -> bool:
        return not self.changes(*self._roles(reader, writer))

    def _value_changes(self, old: Schema, new: Schema, path: str) -> Iterator[Change]:
        reader, writer = (values(each) for each in self._roles(old, new))
        if reader is None:
            return
        if writer is None:
            yield Change(path, "the value", one_of(values(old)), one_of(values(new)))
            return
        was, now_is = ("accepted", "refused") if self._is_request else ("not sent", "sent")
        for value in writer:
            tolerated = isinstance(value, str) and not self._is_request
            if value not in reader and not tolerated:
                yield Change(path, f"the value {json_text(value)}", was, now_is)

    def _limit_changes(self, old: Schema, new: Schema, path: str) -> Iterator[Change]:
        reader, writer = (limits(each) for each in self._roles(old, new))
        before, now = limits(old), limits(new)
        for name in reader:
            if tighter(name, reader[name], writer.get(name)):
                yield Change(path, name, limit_text(before.get(name)), limit_text(now.get(name)))

    def _field_changes(self, old: Schema, new: Schema, path: str) -> Iterator[Change]:
        before, now = old.get("properties", {}), new.get("properties", {})
        for name, schema in before.items():
            if name not in now:
                yield Change(f"{path}.{name}", "the field", described(schema), "gone")
            else:
                yield from self.changes(schema, now[name], f"{path}.{name}")
        reader, writer = (set(each.get("required", [])) for each in self._roles(old, new))
        for name in sorted(reader - writer):
            if self._is_request:
                was = "optional" if name in before else "unknown"
                yield Change(f"{path}.{name}", "the field", was, "required")
            elif name in now:
                yield Change(f"{path}.{name}", "the field", "required", "optional")
        yield from self._rest_changes(old, new, path)

    def _rest_changes(self, old: Schema, new: Schema, path: str) -> Iterator[Change]:
        """Fields that are not named: values of a mapping, or unknown ones."""
        before, now = (each.get("additionalProperties", True) for each in (old, new))
        reader, writer = self._roles(before, now)
        if reader is False:
            if self._is_request and writer is not False:
                yield Change(path, "any other field", "accepted", "refused")
        elif reader is not True and writer is not False:
            yield from self.changes(_schema_of(before), _schema_of(now), f"{path}.*")

    def _item_changes(self, old: Schema, new: Schema, path: str) -> Iterator[Change]:
        before, now = (each.get("prefixItems", []) for each in (old, new))
        if len(before) != len(now):
            yield Change(path, "the number of its items", str(len(before)), str(len(now)))
            return
        for place, (one, other) in enumerate(zip(before, now, strict=True)):
            yield from self.changes(one, other, f"{path}[{place}]")
        items = (_schema_of(old.get("items", True)), _schema_of(new.get("items", True)))
        yield from self.changes(items[0], items[1], f"{path}[*]")


def _schema_of(written: Schema | bool) -> Schema:
    """A schema that may be written as `true` for anything, or as `false` for nothing."""
    if isinstance(written, bool):
        return {} if written else {"not": {}}
    return written
