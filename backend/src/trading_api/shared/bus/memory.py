"""A bus within one process: messages are handed over at once, in order."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

Message = TypeVar("Message")


class MemoryBus:
    """Publish by type, subscribe by type. Subscribers must be quick and must not raise."""

    def __init__(self) -> None:
        self._callbacks: defaultdict[type, list[Callable[[Any], None]]] = defaultdict(list)

    def publish(self, message: object) -> None:
        """Hand `message` to everyone who subscribed to its type, in the order of subscription."""
        for callback in tuple(self._callbacks.get(type(message), ())):
            callback(message)

    def subscribe(self, kind: type[Message], callback: Callable[[Message], None]) -> Callable[[], None]:
        """Call `callback` with every message of type `kind` until the returned function is called."""
        self._callbacks[kind].append(callback)

        def unsubscribe() -> None:
            if callback in self._callbacks[kind]:
                self._callbacks[kind].remove(callback)

        return unsubscribe
