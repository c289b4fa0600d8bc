"""Frozen values with some of their fields changed."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from itertools import repeat
from operator import attrgetter, call
from typing import TYPE_CHECKING, Any, TypeVar

Value = TypeVar("Value")
Read = Callable[[Any], tuple[object, ...]]

if TYPE_CHECKING:
    from dataclasses import replace as replace  # noqa: PLC0414  # makes it a name of this module
else:

    def replace(value: Value, /, **changes: object) -> Value:
        """What `dataclasses.replace` gives, in a third of its time: all fields are copied by one call.

        For frozen dataclasses with slots and without `__post_init__`, as events, entities and states are.
        """
        read, setters = _slots(type(value))
        changed = object.__new__(type(value))
        any(map(call, setters, repeat(changed), read(value)))  # no setter returns anything
        for name, new in changes.items():
            object.__setattr__(changed, name, new)
        return changed


@cache
def _slots(
    kind: type[Any],
) -> tuple[Callable[[Any], tuple[object, ...]], tuple[Callable[[Any, Any], None], ...]]:
    """What reads all fields of a value at once, and what sets each."""
    names = [field.name for field in fields(kind)]
    read = attrgetter(*names, names[0])  # of one name alone it would give no tuple
    return read, tuple(getattr(kind, name).__set__ for name in names)
