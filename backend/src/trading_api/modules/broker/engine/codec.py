"""Events and entities as JSON text, decimals as text; equal values give equal bytes."""

from typing import Annotated, Generic, TypeVar

from pydantic import Field, TypeAdapter

from trading_api.modules.broker.engine.entities import Execution, Order, Position
from trading_api.modules.broker.engine.events import Event

Value = TypeVar("Value")


class Codec(Generic[Value]):
    """Writes and reads one kind of value."""

    def __init__(self, adapter: TypeAdapter[Value]) -> None:
        self._adapter = adapter

    def write(self, value: Value) -> str:
        """The value as JSON."""
        return self._adapter.dump_json(value, exclude_none=True).decode()

    def read(self, text: str) -> Value:
        """The value that `write` wrote; raises pydantic's ValidationError for anything else."""
        return self._adapter.validate_json(text)


EVENT: Codec[Event] = Codec(TypeAdapter(Annotated[Event, Field(discriminator="type")]))
ORDER = Codec(TypeAdapter(Order))
EXECUTION = Codec(TypeAdapter(Execution))
POSITION = Codec(TypeAdapter(Position))
