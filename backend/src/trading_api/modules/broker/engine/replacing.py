"""Frozen values with some of their fields changed."""

from typing import TYPE_CHECKING, TypeVar

Value = TypeVar("Value")

if TYPE_CHECKING:
    from dataclasses import replace as replace  # noqa: PLC0414  # makes it a name of this module
else:

    def replace(value: Value, /, **changes: object) -> Value:
        """What `dataclasses.replace` gives, in a tenth of its time: the fields are copied at once.

        For frozen dataclasses without slots and without `__post_init__`, as events, entities and states are.
        """
        changed = object.__new__(type(value))
        changed.__dict__.update(value.__dict__, **changes)
        return changed
