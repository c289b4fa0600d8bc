"""Events in the making, and the state that they lead to."""

from collections.abc import Iterable

from trading_api.modules.broker.engine.events import Event
from trading_api.modules.broker.engine.evolve import fold
from trading_api.modules.broker.engine.state import AccountState


class Draft:
    """What one decision has come to so far; each next step sees the state after the ones before."""

    def __init__(self, state: AccountState) -> None:
        self.state = state
        self._events: list[Event] = []

    @property
    def events(self) -> tuple[Event, ...]:
        """What was recorded, in order."""
        return tuple(self._events)

    @property
    def next_offset(self) -> int:
        """Offset of the next event."""
        return self.state.offset + 1

    def record(self, events: Iterable[Event]) -> None:
        """Add events that follow those recorded before."""
        added = tuple(events)
        self.state = fold(self.state, added)
        self._events += added

    def adopt(self, other: "Draft") -> None:
        """Take over what began with the present state."""
        self.state = other.state
        self._events += other.events

    def not_before(self, time: int) -> int:
        """`time`, or the time of the last event if that is later: a journal's time never runs backwards."""
        return max(time, self.state.time)
