"""Events and entities as JSON text, decimals as text; equal values give equal bytes."""

from functools import partial
from typing import Annotated, Generic, TypeVar

from pydantic import Field, TypeAdapter

from trading_api.modules.broker.engine.causes import Cause
from trading_api.modules.broker.engine.entities import Execution, Order, Position
from trading_api.modules.broker.engine.events import (
    ORDER_EVENTS,
    Event,
    ExecutionRecorded,
    OrderEvent,
    PositionChanged,
)

Value = TypeVar("Value")


class Codec(Generic[Value]):
    """Writes and reads one kind of value."""

    def __init__(self, adapter: TypeAdapter[Value], *, exclude_none: bool = True) -> None:
        self._adapter = adapter
        self._to_json = partial(adapter.serializer.to_json, exclude_none=exclude_none)

    def write(self, value: Value) -> str:
        """The value as JSON."""
        return self._to_json(value).decode()

    def read(self, text: str) -> Value:
        """The value that `write` wrote; raises pydantic's ValidationError for anything else."""
        return self._adapter.validate_json(text)


EVENT: Codec[Event] = Codec(TypeAdapter(Annotated[Event, Field(discriminator="type")]))
ORDER = Codec(TypeAdapter(Order))
EXECUTION = Codec(TypeAdapter(Execution))
POSITION = Codec(TypeAdapter(Position))
_CAUSE = Codec(TypeAdapter(Cause))


def write_parts(event: Event) -> tuple[str, str | None]:
    """What `EVENT.write` gives, and in it the JSON of the entity that the event is about; None without one.

    Whoever keeps both writes the entity once.
    """
    if isinstance(event, ORDER_EVENTS):
        entity = ORDER.write(event.order)
        return _around(event, f'"order":{entity}{_cause(event)}'), entity
    if isinstance(event, ExecutionRecorded):
        entity = EXECUTION.write(event.execution)
        return _around(event, f'"execution":{entity}'), entity
    if isinstance(event, PositionChanged):
        entity = POSITION.write(event.position)
        return _around(event, f'"position":{entity}'), entity
    return EVENT.write(event), None


def _cause(event: OrderEvent) -> str:
    return "" if event.cause is None else f',"cause":{_CAUSE.write(event.cause)}'


def _around(event: OrderEvent | ExecutionRecorded | PositionChanged, content: str) -> str:
    return f'{{"offset":{event.offset},"time":{event.time},{content},"type":"{event.type}"}}'
